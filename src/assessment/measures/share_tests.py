"""Two shares compared, for thousands of pairs at once: exact test and interval."""

import numpy as np

Z_95 = 1.96
_CHUNK = 1000


def exact_p(
    yes_here: np.ndarray, n_here: np.ndarray, yes_ahead: np.ndarray, n_ahead: np.ndarray
) -> np.ndarray:
    """Two-sided p of two shares, all of shape (tests,): twice the smaller of Fisher's tails.

    Worked out here because importing ``scipy.stats`` takes longer than all of it.
    """
    total, ticked = n_here + n_ahead, yes_here + yes_ahead
    factorial = np.concatenate([[0.0], np.cumsum(np.log(np.arange(1, total.max() + 1)))])

    def log_choose(n: np.ndarray, k: np.ndarray) -> np.ndarray:
        inside = (k >= 0) & (k <= n)
        k = np.where(inside, k, 0)
        found = factorial[n] - factorial[k] - factorial[n - k]
        return np.where(inside, found, -np.inf)

    p = np.empty(len(total))
    for start in range(0, len(total), _CHUNK):
        part = slice(start, start + _CHUNK)
        n, m, k = (a[part, None] for a in (total, ticked, n_ahead))
        of_ticked = np.arange(int(k.max()) + 1)[None, :]
        log_p = log_choose(m, of_ticked) + log_choose(n - m, k - of_ticked) - log_choose(n, k)
        chance = np.exp(log_p)
        seen = yes_ahead[part, None]
        lower = np.where(of_ticked <= seen, chance, 0.0).sum(axis=1)
        upper = np.where(of_ticked >= seen, chance, 0.0).sum(axis=1)
        p[part] = np.minimum(1.0, 2.0 * np.minimum(lower, upper))
    return p


def lower_end(
    here: tuple[np.ndarray, np.ndarray], ahead: tuple[np.ndarray, np.ndarray]
) -> np.ndarray:
    """Lower end of the 95 % interval of share ahead minus share here.

    Newcombe 1998, Statistics in Medicine 17, 873–890, method 10: from Wilson's intervals.
    """
    (p0, _, high0), (p1, low1, _) = (_wilson(*group) for group in (here, ahead))
    return p1 - p0 - np.sqrt((p1 - low1) ** 2 + (high0 - p0) ** 2)


def _wilson(yes: np.ndarray, n: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    size = np.maximum(n, 1).astype(float)
    share = yes / size
    middle = share + Z_95**2 / (2 * size)
    half = Z_95 * np.sqrt(share * (1 - share) / size + Z_95**2 / (4 * size**2))
    scale = 1 + Z_95**2 / size
    return share, (middle - half) / scale, (middle + half) / scale
