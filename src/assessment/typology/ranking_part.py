"""Goals put in order: the Plackett–Luce part of a latent class model.

The first place goes to option j with probability w_j / Σ w, the second to one of the rest likewise,
and so on; places not given drop out (Plackett 1975; Luce 1959). Log-worths are θ_gj per class.
Beside ratings of the same goals, a municipality's own rating also counts: θ_gj + κ (z_ij - m_gj),
z its centred rating and m its mean in the class. By the chain rule p(ratings | class) ·
p(ranking | class, own ratings) is exact where the two are not independent within a class: what a
municipality says twice is not counted twice. Worths by the MM algorithm of Hunter (2004), Annals of
Statistics 32(1); κ by Newton.
"""

from dataclasses import dataclass, replace

import numpy as np

PRIOR = 0.5
"""Pseudo-choices per class spread over the options: keeps an option nobody names finite."""


@dataclass(frozen=True, slots=True, eq=False)
class RankingParameters:
    """``worth`` θ (k, options), each row's exponentials sum to 1."""

    worth: np.ndarray
    own_rating: float = 0.0
    """κ: how much a rating above the class's own moves a goal up."""
    class_rating: np.ndarray | None = None
    """m (k, options): mean centred rating in the class, 0 for options that aren't rated."""


@dataclass(frozen=True, slots=True, eq=False)
class RankedRows:
    """Orders prepared for the likelihood, together with the same rows' ratings."""

    chosen: np.ndarray
    """int (n, places), 0 where not given."""
    given: np.ndarray
    """float (n, places), 1 = place given."""
    ticks: np.ndarray
    """float (n, options), 1 = option has a place."""
    rating: np.ndarray
    """float (n, options): centred own rating, 0 where unknown."""
    rated: np.ndarray
    """float (n, options): 1 where ``rating`` is known; all 0 where the ranking stands alone."""
    rating_chosen: np.ndarray
    """float (n, places): ``rating`` of the option at each place."""
    rated_chosen: np.ndarray

    @property
    def alone(self) -> bool:
        """Whether there are no own ratings."""
        return not self.rated.any()


def ranked_rows(
    orders: np.ndarray, options: int, rating: np.ndarray | None, rated: np.ndarray | None
) -> RankedRows:
    """Prepare orders (n, places), -1 = not given."""
    given = orders >= 0
    ticks = np.zeros((len(orders), options))
    rows, places = np.nonzero(given)
    ticks[rows, orders[rows, places]] = 1.0
    chosen = np.where(given, orders, 0)
    rating = np.zeros_like(ticks) if rating is None else rating
    rated = np.zeros_like(ticks) if rated is None else rated
    return RankedRows(
        chosen,
        given.astype(float),
        ticks,
        rating,
        rated,
        np.take_along_axis(rating, chosen, axis=1),
        np.take_along_axis(rated, chosen, axis=1),
    )


@dataclass(frozen=True, slots=True, eq=False)
class Worths:
    """What the likelihood and the next step both need.

    A worth is ``beside[k, o] · rise[n, o]`` where the option is rated and ``alone[k, o]`` where it
    isn't, so sums over options are matrix products and no table over class, row and option is ever
    formed.
    """

    beside: np.ndarray
    """(k, options): exp(θ - κ m)."""
    alone: np.ndarray
    """(k, options): exp(θ)."""
    open_rated: np.ndarray
    """(n, options): exp(κ z) of rated options without a place, else 0."""
    open_unrated: np.ndarray
    """(n, options): 1 for unrated options without a place, else 0."""
    chosen: np.ndarray
    """(k, n, places): worth of the option at each place, 0 where not given."""
    left: np.ndarray
    """(k, n, places): worths still to choose from at each place."""


def worths_of(rows: RankedRows, parameters: RankingParameters) -> Worths:
    """Worths under given parameters."""
    alone = np.exp(parameters.worth)
    mean = parameters.class_rating
    beside = alone if mean is None else np.exp(parameters.worth - parameters.own_rating * mean)
    rise = np.exp(parameters.own_rating * rows.rating)
    unplaced = 1.0 - rows.ticks
    open_rated = rise * rows.rated * unplaced
    open_unrated = (1.0 - rows.rated) * unplaced
    rise_chosen = np.exp(parameters.own_rating * rows.rating_chosen) * rows.rated_chosen
    chosen = beside[:, rows.chosen] * rise_chosen
    chosen += alone[:, rows.chosen] * (1.0 - rows.rated_chosen)
    chosen *= rows.given
    rest = beside @ open_rated.T + alone @ open_unrated.T
    # Summed from the last place backwards: subtracting from the total would cancel digits.
    left = rest[..., None] + np.cumsum(chosen[..., ::-1], axis=2)[..., ::-1]
    return Worths(beside, alone, open_rated, open_unrated, chosen, np.maximum(left, 1e-300))


def class_log_likelihood(rows: RankedRows, worths: Worths) -> np.ndarray:
    """Log-probability of each order in each class, shape (n, k)."""
    ratio = np.where(rows.given > 0, worths.chosen / worths.left, 1.0)
    return np.log(np.maximum(ratio, 1e-300)).sum(axis=2).T


def first_parameters(rows: RankedRows, posterior: np.ndarray) -> RankingParameters:
    """Worths from the places a class gives each option (the first counts most)."""
    places = rows.chosen.shape[1]
    points = np.zeros_like(rows.ticks)
    lines = np.arange(len(points))
    for place in range(places):
        worth = rows.given[:, place] * (places - place)
        np.add.at(points, (lines, rows.chosen[:, place]), worth)
    named = posterior.T @ points + PRIOR / points.shape[1]
    share = named / named.sum(axis=1, keepdims=True)
    return RankingParameters(np.log(share), 0.0, _class_rating(rows, posterior))


def improve(
    parameters: RankingParameters,
    rows: RankedRows,
    worths: Worths,
    posterior: np.ndarray,
    *,
    prior: float = PRIOR,
    dependent: bool = True,
) -> RankingParameters:
    """One MM step for the worths and one Newton step for κ; ``posterior`` (n, k) is weighted."""
    options = rows.ticks.shape[1]
    weight = posterior.T
    up_to = np.cumsum(rows.given / worths.left, axis=2)
    through = weight * up_to[..., -1]
    taken = worths.chosen * up_to
    named = weight @ rows.ticks + prior / options
    model = worths.beside * (through @ worths.open_rated) + prior * worths.alone
    model += worths.alone * (through @ worths.open_unrated)
    for group, row in enumerate(taken * weight[..., None]):
        model[group] += np.bincount(rows.chosen.ravel(), row.ravel(), options)
    worth = parameters.worth + np.log(np.maximum(named, 1e-12) / np.maximum(model, 1e-12))
    worth -= np.log(np.exp(worth).sum(axis=1, keepdims=True))
    found = replace(parameters, worth=worth)
    if rows.alone or not dependent:
        return found
    own = parameters.own_rating + _own_rating_step(parameters, rows, worths, up_to, weight)
    mean = _class_rating(rows, posterior)
    # The worths take up the moved means, so that the likelihood of rated options stays as it was.
    moved = own * (_known(mean) - _known(parameters.class_rating))
    return replace(found, worth=found.worth + moved, own_rating=own, class_rating=mean)


def _own_rating_step(
    parameters: RankingParameters,
    rows: RankedRows,
    worths: Worths,
    up_to: np.ndarray,
    weight: np.ndarray,
) -> float:
    """Newton step for κ: named minus expected own ratings, over their variance."""
    mean = _known(parameters.class_rating)
    own_chosen = rows.rating_chosen - mean[:, rows.chosen] * rows.rated_chosen
    own_chosen *= rows.given
    once, twice = worths.beside * mean, worths.beside * mean**2
    first = worths.open_rated * rows.rating
    rest = worths.beside @ first.T - once @ worths.open_rated.T
    squares = worths.beside @ (first * rows.rating).T
    squares += twice @ worths.open_rated.T - 2.0 * (once @ first.T)
    through = up_to[..., -1]
    taken = worths.chosen * own_chosen
    gradient = own_chosen.sum(axis=2) - rest * through - (taken * up_to).sum(axis=2)
    mean = (rest[..., None] + np.cumsum(taken[..., ::-1], axis=2)[..., ::-1]) / worths.left
    second = squares * through + (taken * own_chosen * up_to).sum(axis=2)
    spread = second - (rows.given * mean**2).sum(axis=2)
    information = float((weight * spread).sum())
    return float(np.clip((weight * gradient).sum() / (information + 1e-9), -0.2, 0.2))


def _known(class_rating: np.ndarray | None) -> np.ndarray:
    if class_rating is None:
        raise ValueError("own ratings without their class means")
    return class_rating


def _class_rating(rows: RankedRows, posterior: np.ndarray) -> np.ndarray | None:
    if rows.alone:
        return None
    return posterior.T @ rows.rating / np.maximum(posterior.T @ rows.rated, 1e-9)


def penalty(parameters: RankingParameters, prior: float = PRIOR) -> float:
    """Minus the log-prior of the worths, up to a constant."""
    return -prior * float(parameters.worth.mean(axis=1).sum())


def parameter_count(options: int, k: int, *, dependent: bool) -> int:
    """Free parameters without the class shares."""
    return k * (options - 1) + int(dependent)
