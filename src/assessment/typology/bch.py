"""Outside variables by type, freed of the error of assigning (three-step method of Bolck, Croon
and Hagenaars, BCH).

Whoever takes each municipality's likeliest type for its true one finds differences between types
too small, as some are assigned wrongly. BCH weights undo that: they are the assignments times the
inverse of the table of how often each type is assigned to each (Bakk, Tekle and Vermunt 2013,
Sociological Methodology 43, 272–311, eq. 9–13; Bakk and Kuha 2021, British Journal of Mathematical
and Statistical Psychology 74, 340–362). Standard errors are of the sandwich kind, as weights are
not counts and can be negative; the error of estimating the weights is not in them.

Means are tested for equality by Wald's test. Shares and very skewed numbers (these by rank) are
tested by what shuffling the answers would give (χ² from the exact moments under permutation,
Strasser and Weber 1999, Mathematical Methods of Statistics 8, 220–250): with rare answers Wald's
test calls chance a difference far too often, up to half of the time with sixteen categories.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace

import numpy as np

from assessment.survey import Survey
from assessment.typology.multiple_testing import false_discovery_q
from assessment.typology.outside_items import outside_items

NOT_SEPARABLE = "Die Typen überlappen zu stark, um Angaben außerhalb der Ziele auf sie aufzuteilen."
ONE_TYPE = "Mit einem einzigen Typ gibt es nichts zu vergleichen."
NO_ANSWERS = "Zu wenige Antworten für einen Vergleich der Typen."
_WORST_CONDITION = 50.0
_LEAST_MASS = 2.0
"""A type that weighs less than two municipalities has no mean of its own."""


@dataclass(frozen=True, slots=True, eq=False)
class BchWeights:
    """What assigning is corrected by."""

    weights: np.ndarray
    """float64 (n, k), may be negative; 0 for rows and types that take no part."""
    classification: np.ndarray
    """(k, k): of those truly of type t (row), the share assigned to type s; rows sum to 1."""
    types: np.ndarray
    """bool (k,): types that take part."""
    reason: str
    """Why nothing can be said, else ``""``."""


@dataclass(frozen=True, slots=True)
class Equality:
    """Test of equality over all types."""

    kind: str
    """``"wald"`` or ``"permutation"``."""
    statistic: float
    """χ² with ``df`` degrees of freedom."""
    df: int
    p: float


@dataclass(frozen=True, slots=True, eq=False)
class TypeMeans:
    """A number by type; arrays (k,), ``NaN`` where nothing can be said."""

    means: np.ndarray
    errors: np.ndarray
    """Standard errors; ±1.96 of them make a 95 % interval."""
    n: int
    """Municipalities with an answer and a type."""
    equality: Equality | None
    reason: str = ""
    """Why there is no test, ``""`` if there is one."""


@dataclass(frozen=True, slots=True, eq=False)
class TypeShares:
    """Shares of categories by type; arrays (k, categories), ``NaN`` where nothing can be said."""

    shares: np.ndarray
    """0–1, rows sum to 1."""
    errors: np.ndarray
    clipped: np.ndarray
    """bool (k,): the correction gave impossible shares here (below 0 or above 1), which were set to
    the nearest possible ones; too few municipalities for a firm figure."""
    n: int
    equality: Equality | None
    """Of the shares before clipping; that they are the same means: type and answer are
    independent."""
    reason: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class OutsideComparison:
    """One question of a survey by type."""

    item: str
    text: str
    option: str
    names: tuple[str, ...]
    """Labels of the categories, empty for numbers."""
    estimate: TypeMeans | TypeShares
    q: float | None
    """p of equality after all questions of the run (Benjamini–Hochberg)."""


def bch_weights(posterior: np.ndarray, weights: np.ndarray | None = None) -> BchWeights:
    """Correction weights from membership probabilities (n, k); ``NaN`` rows take no part.

    ``weights`` (n,): of the municipalities, by default all 1.
    """
    n, k = posterior.shape
    weight = np.ones(n) if weights is None else np.asarray(weights, dtype=float)
    weight = np.where(np.isnan(posterior).any(axis=1), 0.0, weight)
    mass = np.nan_to_num(posterior) * weight[:, None]
    types = mass.sum(axis=0) >= _LEAST_MASS
    table = np.zeros((k, k))
    nothing = BchWeights(np.zeros((n, k)), table, types, NO_ANSWERS)
    if not types.any():
        return nothing
    likely = np.nan_to_num(posterior)[:, types]
    total = likely.sum(axis=1, keepdims=True)
    likely = np.divide(likely, total, out=np.zeros_like(likely), where=total > 0)
    weight = np.where(total[:, 0] > 0, weight, 0.0)
    assigned = np.eye(types.sum())[likely.argmax(axis=1)]
    if not (assigned * weight[:, None]).any(axis=0).all():
        # A type that is nobody's likeliest: assign by shares, which leaves out none.
        assigned = likely
    inner = (likely * weight[:, None]).T @ assigned
    inner /= inner.sum(axis=1, keepdims=True)
    table[np.ix_(types, types)] = inner
    if np.linalg.cond(inner) > _WORST_CONDITION:
        return replace(nothing, classification=table, reason=NOT_SEPARABLE)
    corrected = np.zeros((n, k))
    corrected[:, types] = assigned @ np.linalg.inv(inner) * weight[:, None]
    return BchWeights(corrected, table, types, "")


def bch_means(correction: BchWeights, values: np.ndarray, *, skewed: bool = False) -> TypeMeans:
    """Mean of a number in each type. ``values`` float (n,), ``NaN`` = no answer.

    ``skewed``: test ranks, as a single large city may carry a mean of inhabitants.
    """
    found, errors, covariance, n, reason = _estimate(correction, values[:, None])
    if reason:
        test = None
    elif skewed:
        test = _independence(correction, found, _ranks(values)[:, None])
    else:
        test = _wald(found[:, 0], covariance)
    if test is None and not reason:
        reason = ONE_TYPE if np.isfinite(found[:, 0]).sum() < 2 else NO_ANSWERS
    return TypeMeans(found[:, 0], errors[:, 0], n, test, reason)


def bch_shares(correction: BchWeights, categories: np.ndarray, size: int) -> TypeShares:
    """Shares of 0 … size - 1 in each type. ``categories`` int (n,), -1 = no answer."""
    answered = categories >= 0
    indicators = np.full((len(categories), size), np.nan)
    indicators[answered] = np.eye(size)[categories[answered]]
    raw, errors, _, n, reason = _estimate(correction, indicators)
    # The last share follows from the others.
    given = np.flatnonzero(np.nan_to_num(indicators).any(axis=0))[:-1]
    test = None
    if not reason and len(given):
        test = _independence(correction, raw, indicators[:, given])
    if test is None and not reason:
        reason = ONE_TYPE if np.isfinite(raw[:, 0]).sum() < 2 else NO_ANSWERS
    clipped = np.any((raw < -1e-9) | (raw > 1 + 1e-9), axis=1)
    shares = np.clip(raw, 0.0, 1.0)
    with np.errstate(invalid="ignore"):
        shares = shares / shares.sum(axis=1, keepdims=True)
    return TypeShares(shares, errors, np.asarray(clipped), n, test, reason)


def outside_by_type(
    posterior: np.ndarray,
    survey: Survey,
    *,
    without: Collection[str] = (),
    items: Collection[str] | None = None,
    weights: np.ndarray | None = None,
) -> tuple[OutsideComparison, ...]:
    """All outside questions of a survey by type, in questionnaire order.

    ``posterior`` (municipalities of the survey, k): ``NaN`` rows = not assignable. ``without``:
    the goals of the typology; they differ by construction and must not be tested.
    """
    correction = bch_weights(posterior, weights)
    found: list[OutsideComparison] = []
    for one in outside_items(survey, without=without, items=items):
        if one.numbers is not None:
            estimate = bch_means(correction, one.numbers, skewed=one.skewed)
        elif one.categories is not None:
            estimate = bch_shares(correction, one.categories, len(one.names))
        else:
            continue
        found.append(OutsideComparison(one.item, one.text, one.option, one.names, estimate, None))
    p = [c.estimate.equality.p if c.estimate.equality else np.nan for c in found]
    q = false_discovery_q(np.array(p))
    return tuple(
        replace(c, q=None if np.isnan(value) else float(value))
        for c, value in zip(found, q, strict=True)
    )


def _estimate(
    correction: BchWeights, values: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray, int, str]:
    """Weighted means and errors (k, columns), covariance (k, k) of the first column, n, reason."""
    k, columns = correction.weights.shape[1], values.shape[1]
    used = ~np.isnan(values[:, 0]) & correction.weights.any(axis=1)
    n = int(used.sum())
    means, errors = np.full((k, columns), np.nan), np.full((k, columns), np.nan)
    covariance = np.full((k, k), np.nan)
    weights, y = correction.weights[used], values[used]
    mass = weights.sum(axis=0)
    kept = np.flatnonzero(correction.types & (mass >= _LEAST_MASS))
    if correction.reason or not len(kept):
        return means, errors, covariance, n, correction.reason or NO_ANSWERS
    means[kept] = weights[:, kept].T @ y / mass[kept, None]
    score = weights[:, kept, None] * (y[:, None, :] - means[kept]) / mass[kept, None]
    score *= np.sqrt(n / max(n - 1, 1))
    errors[kept] = np.sqrt((score**2).sum(axis=0))
    covariance[np.ix_(kept, kept)] = score[:, :, 0].T @ score[:, :, 0]
    return means, errors, covariance, n, ""


def _wald(means: np.ndarray, covariance: np.ndarray) -> Equality | None:
    """All types have the same mean; arrays (k,) and (k, k). ``None`` where untestable."""
    types = np.flatnonzero(np.isfinite(means))
    if len(types) < 2:
        return None
    contrast = np.eye(len(types))[1:] - np.eye(len(types))[:1]
    spread = contrast @ covariance[np.ix_(types, types)] @ contrast.T
    difference = contrast @ means[types]
    df = int(np.linalg.matrix_rank(spread, hermitian=True))
    statistic = float(difference @ np.linalg.pinv(spread, hermitian=True) @ difference)
    return _chi2("wald", statistic, df)


def _independence(
    correction: BchWeights, estimates: np.ndarray, values: np.ndarray
) -> Equality | None:
    """``values`` (n, columns) have nothing to do with the types; ``None`` where untestable."""
    types = np.flatnonzero(np.isfinite(estimates[:, 0]))
    used = ~np.isnan(values[:, 0]) & correction.weights.any(axis=1)
    if len(types) < 2 or used.sum() < 3:
        return None
    weights = correction.weights[np.ix_(used, types)]
    weights = weights / weights.sum(axis=0)
    weights = weights[:, 1:] - weights[:, :1]
    weights, y = weights - weights.mean(axis=0), values[used] - values[used].mean(axis=0)
    of_types, of_answers = weights.T @ weights, y.T @ y / (len(y) - 1)
    difference = weights.T @ y
    df = int(np.linalg.matrix_rank(of_types, hermitian=True)) * int(
        np.linalg.matrix_rank(of_answers, hermitian=True)
    )
    scaled = np.linalg.pinv(of_types, hermitian=True) @ difference
    scaled = scaled @ np.linalg.pinv(of_answers, hermitian=True)
    return _chi2("permutation", float((scaled * difference).sum()), df)


def _chi2(kind: str, statistic: float, df: int) -> Equality | None:
    if not df:
        return None
    # Imported here: only the laboratory needs scipy, not every start.
    from scipy.special import chdtrc

    return Equality(kind, statistic, df, float(chdtrc(df, statistic)))


def _ranks(values: np.ndarray) -> np.ndarray:
    from scipy.stats import rankdata

    return rankdata(values, nan_policy="omit")
