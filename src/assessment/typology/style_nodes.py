"""The expectation step over classes and nodes of response style: the hot loop of every fit.

Everything between the answers and the expected counts is done in three matrix products and one
exponential per block of rows; blocks stay in the processor's cache.
"""

from dataclasses import dataclass

import numpy as np

from assessment.typology import ordinal_part
from assessment.typology.category_part import cells

_BLOCK = 1024


@dataclass(frozen=True, slots=True, eq=False)
class NodeExpectation:
    """``log_total`` (n,): log-likelihood of each row; ``posterior`` (n, k), rows sum to 1;
    ``counts`` (k, nodes, goals, steps): expected answers, weighted; ``log_probability`` likewise
    shaped.
    """

    log_total: np.ndarray
    posterior: np.ndarray
    counts: np.ndarray
    log_probability: np.ndarray


class StyleNodes:
    """Rated answers prepared once: ``rated`` steps (n, goals), -1 = no answer."""

    def __init__(self, rated: np.ndarray, steps: int) -> None:
        hot = cells(rated, (steps,) * rated.shape[1])
        # The last column carries the weights of the nodes into the product.
        self._hot = np.hstack([hot, np.ones((len(rated), 1))])
        self._grid = ordinal_part.style_grid()

    @property
    def grid(self) -> ordinal_part.Grid:
        return self._grid

    def expect(
        self, parameters: ordinal_part.OrdinalParameters, by_class: np.ndarray, weights: np.ndarray
    ) -> NodeExpectation:
        """``by_class`` (n, k): log-share of each class plus what else speaks for it."""
        log_probability = ordinal_part.node_log_probability(parameters, self._grid)
        k, nodes, goals, steps = log_probability.shape
        table = np.empty((k * nodes, goals * steps + 1))
        table[:, :-1] = log_probability.reshape(k * nodes, -1)
        table[:, -1] = np.tile(np.log(self._grid.weight), k)
        belongs = np.repeat(np.eye(k), nodes, axis=0)
        # The middle node of each class: close enough to a row's largest term to shift by.
        middle = table[nodes // 2 :: nodes]
        wide = np.hstack([table, belongs]).T
        log_total, posterior = np.empty(len(by_class)), np.empty(by_class.shape)
        counts = np.zeros((k * nodes, goals * steps + 1))
        for begin in range(0, len(by_class), _BLOCK):
            block = slice(begin, begin + _BLOCK)
            hot, apart = self._hot[block], by_class[block]
            shift = (hot @ middle.T + apart).max(axis=1)
            # With too small a shift the exponential overflows; that is seen and mended below.
            with np.errstate(over="ignore", invalid="ignore"):
                node = np.hstack([hot, apart - shift[:, None]]) @ wide
                np.exp(node, out=node)
                mass = node @ belongs
                total = mass.sum(axis=1)
            if not (np.isfinite(total) & (total > 0)).all():
                node, mass, total, shift = _carefully(hot, apart, wide, belongs)
            log_total[block] = np.log(total) + shift
            posterior[block] = mass / total[:, None]
            counts += node.T @ (hot * (weights[block] / total)[:, None])
        shape = log_probability.shape
        return NodeExpectation(log_total, posterior, counts[:, :-1].reshape(shape), log_probability)


def _carefully(
    hot: np.ndarray, apart: np.ndarray, wide: np.ndarray, belongs: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """The same with the true maximum, where the middle node was too far from it."""
    node = np.hstack([hot, apart]) @ wide
    shift = node.max(axis=1)
    node = np.exp(node - shift[:, None])
    mass = node @ belongs
    return node, mass, mass.sum(axis=1), shift
