"""Data without types, but otherwise like the data at hand.

How stable would classes be if there were none? The answer depends on the number of classes, the
gaps, the popularity of the questions and, for ratings, on response style; so it is taken from
simulated data that share all of these and have one class only:

* ratings: a latent answer ``shift + extremity x (popularity + noise)`` cut at thresholds that give
  each goal the observed shares of answers; the variation of shift and extremity between
  municipalities is chosen so that answers hang together, and rows differ in spread, as observed;
* rankings: one Plackett–Luce model for all; categories: independent draws; numbers: one
  multivariate normal distribution.

Where an answer is missing it stays missing.
"""

from dataclasses import dataclass, replace

import numpy as np

from assessment.typology.goal_data import GoalData

_LEAST_SIMULATED = 2000
_TURNS = 2
_HALVINGS = 9
_MOST_SHIFT = 4.0
_MOST_EXTREMITY = 1.5
_RANKING_ROUNDS = 200


def structureless(data: GoalData, seed: int, count: int) -> list[GoalData]:
    """``count`` simulated data sets of one class; each depends on ``data``, ``seed``, its number.

    Every question needs at least one answer.
    """
    style = _learn_style(data.rated, data.steps, seed) if data.rated is not None else None
    worth = worths(data.orders, data.options) if data.orders is not None else None
    normal = _learn_normal(data.numbers) if data.numbers is not None else None
    found: list[GoalData] = []
    for number in range(count):
        random = np.random.default_rng([seed, 11, number])
        parts: dict[str, np.ndarray] = {}
        if style is not None and data.rated is not None:
            steps = style.draw(random, data.n)
            parts["rated"] = np.where(data.rated >= 0, steps, -1).astype(np.int16)
        if worth is not None and data.orders is not None:
            parts["orders"] = _ranked(data.orders, worth, random)
        if data.categories is not None:
            parts["categories"] = _categories(data.categories, random)
        if normal is not None and data.numbers is not None:
            mean, root = normal
            drawn = mean + random.standard_normal(data.numbers.shape) @ root
            parts["numbers"] = np.where(np.isnan(data.numbers), np.nan, drawn)
        simulated = replace(data, **parts)
        # Fits expect canonical order; it is part of the data, as for those at hand.
        found.append(simulated.take(simulated.canonical_order()))
    return found


@dataclass(frozen=True, slots=True, eq=False)
class _Style:
    """Response style of rated answers without types."""

    popularity: np.ndarray
    """(goals,): mean latent answer."""
    below: np.ndarray
    """(goals, steps - 1): share of answers at or below a step."""
    shift: float
    """Standard deviation of what a municipality adds to all its answers; noise has 1."""
    extremity: float
    """Standard deviation of the logarithm of how widely a municipality spreads its answers."""

    def draw(self, random: np.random.Generator, n: int) -> np.ndarray:
        """Steps (n, goals)."""
        many = max(n, _LEAST_SIMULATED)
        return self.answers(
            random.standard_normal((many, 2)),
            random.standard_normal((many, len(self.popularity))),
        )[:n]

    def answers(self, municipalities: np.ndarray, noise: np.ndarray) -> np.ndarray:
        """Steps for standard normal numbers (rows, 2) and (rows, goals)."""
        spread = np.exp(self.extremity * municipalities[:, 1:])
        latent = self.shift * municipalities[:, :1] + spread * (self.popularity + noise)
        steps = np.empty(latent.shape, dtype=np.int16)
        ordered = np.sort(latent, axis=0)
        place = np.clip(np.rint(self.below * len(latent)).astype(int) - 1, 0, len(latent) - 1)
        for goal in range(latent.shape[1]):
            cuts = np.where(self.below[goal] > 0, ordered[place[goal], goal], -np.inf)
            steps[:, goal] = np.searchsorted(cuts, latent[:, goal], side="left")
        return steps


def _learn_style(rated: np.ndarray, steps: int, seed: int) -> _Style:
    """Match the mean covariance of goals (shift) and the variation of row spreads (extremity)."""
    known = rated >= 0
    shares = (rated[:, :, None] == np.arange(steps)).sum(axis=0) / known.sum(axis=0)[:, None]
    below = np.clip(np.cumsum(shares, axis=1)[:, :-1], 0.0, 1.0)
    style = _Style(_popularity(shares), below, 0.0, 0.0)
    shift_seen, spread_seen = _signs_of_style(rated, known)
    random = np.random.default_rng([seed, 13])
    tiled = np.tile(known, (-(-_LEAST_SIMULATED // len(rated)), 1))
    municipalities = random.standard_normal((len(tiled), 2))
    noise = random.standard_normal(tiled.shape)

    def signs(candidate: _Style) -> tuple[float, float]:
        drawn = np.where(tiled, candidate.answers(municipalities, noise), -1)
        return _signs_of_style(drawn, tiled)

    for _ in range(_TURNS):
        for name, most, place, seen in (
            ("extremity", _MOST_EXTREMITY, 1, spread_seen),
            ("shift", _MOST_SHIFT, 0, shift_seen),
        ):
            low, high = 0.0, most
            for _ in range(_HALVINGS):
                middle = (low + high) / 2
                if signs(replace(style, **{name: middle}))[place] < seen:
                    low = middle
                else:
                    high = middle
            style = replace(style, **{name: low})
    return style


def _popularity(shares: np.ndarray) -> np.ndarray:
    """Mean normal score of each goal's answers on the scale all goals share."""
    from scipy.special import ndtri

    pooled = shares.mean(axis=0)
    upper = np.clip(np.cumsum(pooled), 1e-6, 1 - 1e-6)
    lower = np.clip(upper - pooled, 1e-6, 1 - 1e-6)
    density = [np.exp(-(ndtri(edge) ** 2) / 2) / np.sqrt(2 * np.pi) for edge in (lower, upper)]
    scores = (density[0] - density[1]) / np.maximum(pooled, 1e-6)
    return shares @ scores


def _signs_of_style(rated: np.ndarray, known: np.ndarray) -> tuple[float, float]:
    """Mean covariance of two goals within a row; variance of the logarithm of row spreads."""
    means = np.where(known, rated, 0).sum(axis=0) / np.maximum(known.sum(axis=0), 1)
    residual = np.where(known, rated - means, 0.0)
    answered = known.sum(axis=1)
    squares, sums = (residual**2).sum(axis=1), residual.sum(axis=1)
    pairs = answered * (answered - 1)
    covariance = float((sums**2 - squares).sum() / max(pairs.sum(), 1))
    several = answered > 2
    if not several.any():
        return covariance, 0.0
    within = (squares - sums**2 / np.maximum(answered, 1))[several] / (answered[several] - 1)
    # Rows that rate all alike have no logarithm; a small spread stands for none.
    return covariance, float(np.log(within + 0.05 * within.mean() + 1e-9).var())


def worths(orders: np.ndarray, options: int) -> np.ndarray:
    """Plackett–Luce worth of each option in one model for all, (options,), sum 1.

    ``orders``: (n, places), option put first, second …; -1 = not given. Half a choice for each
    option is added, lest one never chosen be impossible. Hunter (2004): MM algorithms for
    generalized Bradley–Terry models, Annals of Statistics 32, 384–406.
    """
    given = orders >= 0
    chosen = np.bincount(orders[given], minlength=options) + 0.5
    left = np.ones((orders.shape[1], len(orders), options), dtype=bool)
    for place in range(1, orders.shape[1]):
        left[place] = left[place - 1]
        rows = np.flatnonzero(given[:, place - 1])
        left[place][rows, orders[rows, place - 1]] = False
    among = left[given.T].astype(float)
    worth = np.full(options, 1.0 / options)
    for _ in range(_RANKING_ROUNDS):
        # The added half choices are made among all options.
        weight = (1.0 / (among @ worth)) @ among + 0.5 * options / worth.sum()
        new = chosen / weight
        new = new / new.sum()
        if np.abs(new - worth).max() < 1e-10:
            return new
        worth = new
    return worth


def _ranked(orders: np.ndarray, worth: np.ndarray, random: np.random.Generator) -> np.ndarray:
    latent = np.log(worth) + random.gumbel(size=(len(orders), len(worth)))
    first = np.argsort(-latent, axis=1)[:, : orders.shape[1]]
    return np.where(orders >= 0, first, -1).astype(np.int16)


def _categories(categories: np.ndarray, random: np.random.Generator) -> np.ndarray:
    drawn = np.full(categories.shape, -1, dtype=np.int16)
    for question in range(categories.shape[1]):
        known = categories[:, question] >= 0
        answers = categories[known, question]
        drawn[known, question] = answers[random.integers(0, len(answers), len(answers))]
    return drawn


def _learn_normal(numbers: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Means and a root of the covariance, (p, p), from all pairs of answers present."""
    known = ~np.isnan(numbers)
    mean = np.where(known, numbers, 0.0).sum(axis=0) / np.maximum(known.sum(axis=0), 1)
    residual = np.where(known, numbers - mean, 0.0)
    both = known.T.astype(float) @ known
    values, vectors = np.linalg.eigh(residual.T @ residual / np.maximum(both, 1.0))
    # Pairs answered by different municipalities need not make a proper covariance together.
    return mean, (vectors * np.sqrt(np.maximum(values, 0.0))).T
