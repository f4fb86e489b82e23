"""Giving clusters the names of the published types, and withholding a name that doesn't fit.

Optimal assignment (Hungarian method) on the correlations between the clusters' item-adjusted,
row-centred profiles and the reference profiles. A cluster with r below 0.5 stays „Gruppe 1“: in
simulations every name above this bound was right, below it a quarter was wrong.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from assessment.questionnaire.model import Questionnaire
from assessment.typology.assignment import best_pairs
from assessment.typology.goals import GoalColumn
from assessment.typology.reference import TypeReference

LEAST_CORRELATION = 0.5
_LEAST_GOALS = 5


@dataclass(frozen=True, slots=True)
class Match:
    """What a cluster was matched to. ``type_id`` is ``None`` where no name fits."""

    type_id: str | None
    best: str | None
    """The type it was matched to, whether or not the match is good enough for the name."""
    correlation: float | None
    """r with ``best``; ``None`` where the goals can't be compared with the reference at all."""
    margin: float | None
    """r with ``best`` minus the highest r with any other type."""


@dataclass(frozen=True, slots=True)
class Naming:
    """Matches in the order of the clusters, and the lead over the second-best naming overall."""

    matches: tuple[Match, ...]
    lead: float | None
    """Sum of r of the best assignment minus that of the best one that differs from it."""


def name_clusters(
    centres: np.ndarray,
    columns: Sequence[GoalColumn],
    questionnaire: Questionnaire,
    reference: TypeReference,
) -> Naming:
    """Match cluster centres (k, goals) to the types of the reference."""
    profiles, known = reference.profiles(columns, questionnaire)
    nothing = Naming(tuple(Match(None, None, None, None) for _ in centres), None)
    if known.sum() < _LEAST_GOALS or (profiles.max(axis=1) <= 0).any():
        return nothing
    correlation = _correlations(centres[:, known], profiles[:, known])
    clusters, types = best_pairs(-correlation)
    matches = [Match(None, None, None, None)] * len(centres)
    for cluster, kind in zip(clusters, types, strict=True):
        r = float(correlation[cluster, kind])
        others = np.delete(correlation[cluster], kind)
        name = reference.ids[kind]
        margin = round(r - float(others.max()), 4)
        fits = r >= LEAST_CORRELATION
        matches[cluster] = Match(name if fits else None, name, round(r, 4), margin)
    return Naming(tuple(matches), _lead(correlation, clusters, types))


def _correlations(centres: np.ndarray, profiles: np.ndarray) -> np.ndarray:
    """Pearson r, shape (clusters, types), over item-adjusted and row-centred profiles."""
    adjusted = profiles - profiles.mean(axis=0)
    left, right = _standardised(centres), _standardised(adjusted)
    return left @ right.T


def _standardised(rows: np.ndarray) -> np.ndarray:
    centred = rows - rows.mean(axis=1, keepdims=True)
    length = np.sqrt((centred**2).sum(axis=1, keepdims=True))
    return centred / np.where(length > 1e-12, length, 1.0)


def _lead(correlation: np.ndarray, clusters: np.ndarray, types: np.ndarray) -> float | None:
    """Forbid each pair of the best assignment in turn; the best of the rest is the runner-up."""
    if min(correlation.shape) < 2:
        return None
    best = correlation[clusters, types].sum()
    totals = []
    for cluster, kind in zip(clusters, types, strict=True):
        without = correlation.copy()
        without[cluster, kind] = -10.0
        totals.append(without[best_pairs(-without)].sum())
    return round(float(best - max(totals)), 4)
