"""How well the classes of a typology are found again: clusterwise Jaccard under the bootstrap.

Hennig (2007): Cluster-wise assessment of cluster stability, CSDA 52, 258–271, as in ``clusterboot``
of the R package fpc: of every class the largest Jaccard similarity with a class found anew in the
resample, counted over the municipalities drawn. Values up to 0.5 mean a dissolved class, from 0.75
a stable one – to be read beside what data without types give (``null_model``).
"""

import numpy as np


def resample_weights(n: int, resamples: int, seed: int) -> np.ndarray:
    """How often each of ``n`` rows is drawn with replacement, int16 (resamples, n)."""
    random = np.random.default_rng([seed, 7])
    drawn = (np.bincount(random.integers(0, n, n), minlength=n) for _ in range(resamples))
    return np.stack(list(drawn)).astype(np.int16)


def without_duplicates(weights: np.ndarray) -> np.ndarray:
    """The same resamples with every drawn row counted once: the default convention of fpc.

    It is kinder: each resample then is about 63 % of the rows without any doubled row.
    """
    return np.minimum(weights, 1).astype(np.int16)


def clusterwise_jaccard(
    labels: np.ndarray,
    k: int,
    refit_labels: np.ndarray,
    weights: np.ndarray,
    *,
    duplicates: bool = True,
) -> tuple[np.ndarray, np.ndarray]:
    """Mean Jaccard of each class, (k,), and the value in each resample, (resamples, k).

    ``labels``: (n,), 0 … k - 1. ``refit_labels``: (resamples, n), classes found in each resample.
    ``weights``: (resamples, n), how often each row was drawn. A class without a drawn row counts
    as 0. ``duplicates=False`` counts each drawn row once; for the convention of fpc the classes
    must have been found from :func:`without_duplicates` as well.
    """
    counts = weights if duplicates else without_duplicates(weights)
    found = int(refit_labels.max(initial=0)) + 1
    values = np.empty((len(refit_labels), k))
    pair = labels.astype(np.int64) * found + refit_labels
    for number in range(len(refit_labels)):
        both = np.bincount(pair[number], weights=counts[number], minlength=k * found)
        both = both[: k * found].reshape(k, found)
        either = both.sum(axis=1)[:, None] + both.sum(axis=0)[None, :] - both
        values[number] = (both / np.maximum(either, 1.0)).max(axis=1)
    return values.mean(axis=0), values
