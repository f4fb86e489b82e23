"""Municipalities in the plane in which their relative priorities differ most.

First two principal components of the centred answers (response style taken out); a goal not
answered counts as the municipality's own average. A picture, never a basis of the types.
"""

from dataclasses import dataclass

import numpy as np

from assessment.typology.response_style import centre, learn_preparation

_ALIKE = 1e-12


@dataclass(frozen=True, slots=True, eq=False)
class AnswerMap:
    """Places of the municipalities and what the axes stand for."""

    places: np.ndarray
    """float64 (n, 2); ``NaN`` where too little is answered to say anything."""
    loadings: np.ndarray
    """float64 (columns, 2): how far each goal points along the axes (unit length each)."""
    shares: tuple[float, float]
    """How much of all differences each axis shows, 0–1."""


def answer_map(values: np.ndarray) -> AnswerMap:
    """Map of answers ``values`` (n, columns), 0–100, ``NaN`` = unanswered.

    The same for any order of rows. The sign of an axis is fixed by its largest loading.
    """
    usable = (~np.isnan(values)).sum(axis=1) >= 2
    places = np.full((len(values), 2), np.nan)
    columns = values.shape[1]
    answered = (~np.isnan(values[usable])).any(axis=0)
    if usable.sum() < 2 or answered.sum() < 2:
        return AnswerMap(places, np.zeros((columns, 2)), (0.0, 0.0))
    chosen = values[usable][:, answered]
    rows = centre(chosen, learn_preparation(chosen)).values
    rows = rows - rows.mean(axis=0)
    # The covariance of a few columns is all that is needed, however many rows there are.
    strengths, directions = np.linalg.eigh(rows.T @ rows)
    two = directions[:, ::-1][:, :2]
    largest = np.abs(two).argmax(axis=0)
    two = two * np.sign(two[largest, [0, 1]])
    total = float(strengths.sum())
    shares = [float(s) / total if total > _ALIKE else 0.0 for s in strengths[::-1][:2]]
    places[usable] = rows @ two
    loadings = np.zeros((columns, 2))
    loadings[answered] = two
    return AnswerMap(places, loadings, (shares[0], shares[1]))
