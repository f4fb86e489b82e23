"""Unordered answers: the categorical part of a latent class model (Bernoulli for multiple choice).

Answers are independent given the class; those not given drop out of the likelihood (full
information). The model of poLCA (Linzer and Lewis 2011, Journal of Statistical Software 42(10)).
"""

import numpy as np

LEAST = 1e-12
"""Probabilities are kept above this: what no member of a class answers is as good as ruled out."""


def cells(categories: np.ndarray, sizes: tuple[int, ...]) -> np.ndarray:
    """One-hot answers, shape (n, Σ sizes); an unanswered question is all zero."""
    begin = np.concatenate([[0], np.cumsum(sizes)[:-1]]).astype(int)
    hot = np.zeros((len(categories), int(sum(sizes))))
    rows, questions = np.nonzero(categories >= 0)
    hot[rows, begin[questions] + categories[rows, questions]] = 1.0
    return hot


def log_probability(counts: np.ndarray, sizes: tuple[int, ...], prior: float) -> np.ndarray:
    """Log-probabilities (k, Σ sizes) from expected counts; ``prior`` pseudo-answers a question."""
    begin = np.concatenate([[0], np.cumsum(sizes)[:-1]]).astype(int)
    share = counts + prior / np.repeat(sizes, sizes)
    total = np.add.reduceat(share, begin, axis=1)
    found = share / np.maximum(np.repeat(total, sizes, axis=1), LEAST)
    return np.log(np.maximum(found, LEAST))


def penalty(log_probabilities: np.ndarray, sizes: tuple[int, ...], prior: float) -> float:
    """Minus the log-prior, up to a constant."""
    return -prior * float((log_probabilities / np.repeat(sizes, sizes)).sum()) if prior else 0.0


def parameter_count(sizes: tuple[int, ...], k: int) -> int:
    """Free parameters without the class shares."""
    return k * sum(size - 1 for size in sizes)
