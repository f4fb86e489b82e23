"""Tests of one question between types: shares and means against all, as FactoMineR's ``catdes``.

A v-test says how far a share or mean of a type lies from that of all municipalities, in standard
deviations of what drawing that many at random would give (Lebart, Morineau and Piron 1995,
Statistique exploratoire multidimensionnelle, p. 181–184; Lê, Josse and Husson 2008, Journal of
Statistical Software 25(1)). Shares use the hypergeometric distribution with half the probability
of the observed count on either side.
"""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, slots=True, eq=False)
class ShareTests:
    """Shares of categories; arrays (k, categories) unless said, ``NaN`` where undefined."""

    n: np.ndarray
    """int (k,): municipalities of each type with an answer."""
    n_all: int
    """Municipalities with an answer and a type."""
    counts: np.ndarray
    """int: municipalities of the type with this answer."""
    in_type: np.ndarray
    """Share of the type with this answer, 0–1."""
    overall: np.ndarray
    """(categories,): share of all, 0–1."""
    of_category: np.ndarray
    """Share of those with this answer that are of the type, 0–1."""
    effect: np.ndarray
    """Share in the type minus share in all other types."""
    p: np.ndarray
    v_test: np.ndarray


@dataclass(frozen=True, slots=True, eq=False)
class MeanTests:
    """Means of numbers; arrays (k,), ``NaN`` where undefined. sd: divided by n, as FactoMineR."""

    n: np.ndarray
    n_all: int
    in_type: np.ndarray
    overall: float
    sd_in_type: np.ndarray
    sd_overall: float
    effect: np.ndarray
    """Standardised mean difference: type minus all others over their pooled sd (Cohen's d)."""
    p: np.ndarray
    v_test: np.ndarray


@dataclass(frozen=True, slots=True)
class Association:
    """How much a question has to do with the types as a whole."""

    p: float
    df: tuple[int, ...]
    """χ²: one number; F: two."""
    strength: float
    """Cramér's V for categories, eta² (share of variance between types) for numbers; 0–1."""
    n: int


def compare_shares(categories: np.ndarray, size: int, labels: np.ndarray, k: int) -> ShareTests:
    """Compare the answers of each type with those of all.

    ``categories`` int (n,): 0 … size - 1, -1 = no answer; ``labels`` int (n,): 0 … k - 1, -1 = no
    type. Rows without either are left out.
    """
    table = _table(categories, size, labels, k)
    per_type, per_category, total = table.sum(axis=1), table.sum(axis=0), int(table.sum())
    with np.errstate(invalid="ignore", divide="ignore"):
        in_type = table / per_type[:, None]
        overall = per_category / total if total else np.full(size, np.nan)
        of_category = table / per_category
        effect = in_type - (per_category - table) / (total - per_type)[:, None]
    p = _hypergeometric(table, per_type, per_category, total)
    return ShareTests(
        n=per_type,
        n_all=total,
        counts=table,
        in_type=in_type,
        overall=overall,
        of_category=of_category,
        effect=effect,
        p=p,
        v_test=_normal_quantile(p) * np.where(in_type > overall, 1.0, -1.0),
    )


def compare_means(
    values: np.ndarray, labels: np.ndarray, k: int, *, ranked: bool = False
) -> MeanTests:
    """Compare the mean of each type with that of all.

    ``values`` float (n,), ``NaN`` = no answer; ``labels`` int (n,): 0 … k - 1, -1 = no type.
    ``ranked``: test ranks instead of values (then the v-test is Wilcoxon's z), for numbers so
    skewed that one municipality may carry a mean; means, sds and effects stay those of the values.
    """
    used = ~np.isnan(values) & (labels >= 0)
    y, of = values[used], labels[used]
    total, member = len(y), of[None, :] == np.arange(k)[:, None]
    n = member.sum(axis=1)
    scored = _ranks(y) if ranked and total else y
    mean, sd = _moments(y, member)
    overall, spread = (float(y.mean()), float(y.std())) if total else (np.nan, np.nan)
    with np.errstate(invalid="ignore", divide="ignore"):
        scored_mean = member @ scored / n
        scored_sd = scored.std() if total else np.nan
        error = scored_sd * np.sqrt((total - n) / (n * max(total - 1, 1)))
        v_test = (scored_mean - (scored.mean() if total else np.nan)) / error
        rest, rest_sd = _moments(y, ~member)
        pooled = np.sqrt((n * sd**2 + (total - n) * rest_sd**2) / max(total - 2, 1))
        effect = (mean - rest) / pooled
    # A spread of rounding errors is none.
    tested = (error > 1e-12 * max(abs(overall), 1e-300)) & (n > 0) & (n < total)
    v_test = np.where(tested, v_test, np.nan)
    return MeanTests(
        n=n,
        n_all=total,
        in_type=mean,
        overall=overall,
        sd_in_type=sd,
        sd_overall=spread,
        effect=np.where(np.isfinite(effect), effect, np.nan),
        p=_two_sided(v_test),
        v_test=v_test,
    )


def associate_categories(
    categories: np.ndarray, size: int, labels: np.ndarray, k: int
) -> Association:
    """Pearson's χ² test without correction and Cramér's V; empty rows and columns don't count."""
    table = _table(categories, size, labels, k)
    table = table[table.sum(axis=1) > 0][:, table.sum(axis=0) > 0]
    total, least = int(table.sum()), min(table.shape) - 1
    if least < 1:
        return Association(np.nan, (0,), np.nan, total)
    from scipy.special import chdtrc

    expected = np.outer(table.sum(axis=1), table.sum(axis=0)) / total
    chi2 = float(((table - expected) ** 2 / expected).sum())
    df = (table.shape[0] - 1) * (table.shape[1] - 1)
    return Association(float(chdtrc(df, chi2)), (df,), float(np.sqrt(chi2 / total / least)), total)


def associate_numbers(
    values: np.ndarray, labels: np.ndarray, k: int, *, ranked: bool = False
) -> Association:
    """F test of equal means and eta²; with ``ranked`` both of the ranks."""
    used = ~np.isnan(values) & (labels >= 0)
    y, of = values[used], labels[used]
    if ranked and len(y):
        y = _ranks(y)
    n = np.bincount(of, minlength=k)
    groups, total = int((n > 0).sum()), len(y)
    squares = float(((y - y.mean()) ** 2).sum()) if total else 0.0
    if groups < 2 or total <= groups or squares <= 0:
        return Association(np.nan, (max(groups - 1, 0), max(total - groups, 0)), np.nan, total)
    from scipy.special import fdtrc

    means = np.bincount(of, weights=y, minlength=k)[n > 0] / n[n > 0]
    between = float((n[n > 0] * (means - y.mean()) ** 2).sum())
    eta2 = min(between / squares, 1.0)
    df = (groups - 1, total - groups)
    f = np.inf if eta2 >= 1 else eta2 / (1 - eta2) * df[1] / df[0]
    return Association(float(fdtrc(*df, f)), df, eta2, total)


def _table(categories: np.ndarray, size: int, labels: np.ndarray, k: int) -> np.ndarray:
    used = (categories >= 0) & (labels >= 0)
    table = np.zeros((k, size), dtype=int)
    np.add.at(table, (labels[used], categories[used]), 1)
    return table


def _hypergeometric(
    table: np.ndarray, per_type: np.ndarray, per_category: np.ndarray, total: int
) -> np.ndarray:
    """Two-sided p (k, categories) of each count; ``NaN`` where only one count is possible."""
    from scipy.stats import hypergeom

    possible = (per_type > 0) & (per_type < total)
    possible = possible[:, None] & ((per_category > 0) & (per_category < total))
    p = np.full(table.shape, np.nan)
    rows, columns = np.nonzero(possible)
    if len(rows):
        counts = table[rows, columns]
        drawn = (total, per_type[rows], per_category[columns])
        tail = np.minimum(hypergeom.cdf(counts - 1, *drawn), hypergeom.sf(counts, *drawn))
        p[rows, columns] = np.minimum(2 * tail + hypergeom.pmf(counts, *drawn), 1.0)
    return p


def _normal_quantile(p: np.ndarray) -> np.ndarray:
    from scipy.special import ndtri

    # Below that no p is representable; a finite v-test sorts and prints.
    return -ndtri(np.maximum(p, np.finfo(float).tiny) / 2)


def _two_sided(z: np.ndarray) -> np.ndarray:
    from scipy.special import ndtr

    return 2 * ndtr(-np.abs(z))


def _ranks(values: np.ndarray) -> np.ndarray:
    from scipy.stats import rankdata

    return rankdata(values)


def _moments(y: np.ndarray, member: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Means and sds (divided by n) of the members of each type, ``NaN`` for an empty one."""
    n = member.sum(axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = member @ y / n
        deviation = (y[None, :] - np.where(n > 0, mean, 0.0)[:, None]) * member
        return mean, np.sqrt((deviation**2).sum(axis=1) / n)
