"""What each municipality changed itself: both waves scored on the same questions, alike.

Same questions means: comparable in both questionnaires, asked in both waves and concerning the
municipality in both. Points, weights and fields are those of the later questionnaire.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace

import numpy as np

from assessment.comparison.answer_step import item_step, noise_of_step
from assessment.scoring.scores import ScoringBasis, scores_from, scoring_basis
from assessment.survey import Survey


@dataclass(frozen=True, slots=True, eq=False)
class OwnChanges:
    """Of the municipalities in both waves; arrays (panel, dimensions) unless said otherwise."""

    dimensions: tuple[str, ...]
    """Of the later questionnaire, those with any comparable question."""
    change: np.ndarray
    """float64, whole points (later minus earlier), ``NaN`` = no score in one of the waves."""
    clear: np.ndarray
    """bool: more than one answer's step and open answers explain."""
    n_items: np.ndarray
    """Comparable questions, int (dimensions,)."""
    differing: int
    """Municipalities with any other answer than before."""
    items: tuple[str, ...]
    """Comparable questions."""
    points_before: np.ndarray
    """Their points in the earlier wave, whole, (panel, items); ``NaN`` = not answered then."""


def own_changes(
    before: Survey,
    after: Survey,
    rows_before: np.ndarray,
    rows_after: np.ndarray,
    items: Collection[str],
) -> OwnChanges:
    """Own changes of a panel; ``rows_*``: its rows in each survey, in the same order.

    ``items``: ids of the comparable questions.
    """
    earlier = _part(replace(before, questionnaire=after.questionnaire), rows_before)
    later = _part(after, rows_after)
    old_basis, new_basis = (scoring_basis(survey, items) for survey in (earlier, later))
    both = old_basis.concerned & new_basis.concerned
    old = scores_from(replace(old_basis, concerned=both), earlier)
    new = scores_from(replace(new_basis, concerned=both), later)
    change = _whole(new.score.to_numpy()) - _whole(old.score.to_numpy())
    # Open questions may hide either: only what holds in the best and the worst case is said.
    up = new.lowest.to_numpy() > old.highest.to_numpy()
    down = new.highest.to_numpy() < old.lowest.to_numpy()
    with np.errstate(invalid="ignore"):
        enough = np.abs(change) >= _noise(new_basis, both)
        clear = enough & np.where(change > 0, up, down)
    points = [np.nan_to_num(one.points.points, nan=-1.0) for one in (old_basis, new_basis)]
    return OwnChanges(
        dimensions=new.dimensions,
        change=change,
        clear=clear,
        n_items=(new_basis.weights > 0).sum(axis=0),
        differing=int(np.count_nonzero((points[0] != points[1]).any(axis=1))),
        items=tuple(item.id for item in old_basis.points.items),
        points_before=_whole(np.where(both, old_basis.points.points, np.nan)),
    )


def _part(survey: Survey, rows: np.ndarray) -> Survey:
    return replace(survey, answers=survey.answers.iloc[rows], status=survey.status.iloc[rows])


def _whole(values: np.ndarray) -> np.ndarray:
    """Whole points as shown, halves up, ``NaN`` stays: nothing finer is compared."""
    return np.floor(values + 0.5)


def _noise(basis: ScoringBasis, concerned: np.ndarray) -> np.ndarray:
    """Points one answer's step explains, (panel, dimensions): more where fewer questions count."""
    total = concerned @ basis.weights
    found = np.zeros(total.shape)
    for number, item in enumerate(basis.points.items):
        moved = concerned[:, number, None] * basis.weights[number] * item_step(item)
        found = np.maximum(
            found, np.divide(moved, total, out=np.zeros(total.shape), where=total > 0)
        )
    return np.vectorize(noise_of_step, otypes=[float])(found)
