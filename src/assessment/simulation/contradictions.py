"""Contradictions in a small declared share, and none beyond it.

They exist so that the consistency checks of the import have something to find.
"""

from collections.abc import Mapping, Sequence

import numpy as np

from assessment.simulation.assumptions import Assumptions, Base
from assessment.simulation.randomness import Streams


def _gave(answers: Mapping[str, np.ndarray], base: Base) -> np.ndarray:
    """Who gave one of the codes (or ticked one of them), boolean of shape (n,)."""
    wanted = set(base.codes)
    return np.array(
        [text is not None and not wanted.isdisjoint(text.split(";")) for text in answers[base.item]]
    )


def set_contradictions(
    streams: Streams, assumptions: Assumptions, answers: Mapping[str, np.ndarray]
) -> None:
    """Leave each contradicting pair to its declared share of all municipalities (in place)."""
    for pair in assumptions.contradictions.pairs:
        generator = streams.generator(f"contradiction {pair.then.item}")
        column = answers[pair.then.item]
        candidates = np.flatnonzero(
            _gave(answers, pair.if_) & np.array([text is not None for text in column])
        )
        column[candidates[_gave(answers, pair.then)[candidates]]] = pair.otherwise
        count = min(round(pair.percent / 100 * streams.n), len(candidates))
        chosen = generator.choice(candidates, count, replace=False)
        column[chosen] = generator.choice(np.array(pair.then.codes, dtype=object), count)


def set_targets_below(
    streams: Streams,
    assumptions: Assumptions,
    answers: Mapping[str, np.ndarray],
    pairs: Sequence[tuple[str, str]],
) -> None:
    """Put one target below the current level for a declared share (in place).

    ``pairs``: (item of the current level, item of the target).
    """
    if not pairs:
        return
    generator = streams.generator("targets below")
    count = round(assumptions.contradictions.target_below_current / 100 * streams.n)
    for row in generator.choice(streams.n, count, replace=False).tolist():
        current, target = pairs[int(generator.integers(0, len(pairs)))]
        level: str | None = answers[current].item(row)
        if level is not None and level.isdigit() and int(level) > 0 and answers[target][row]:
            answers[target][row] = str(int(level) - 1)
