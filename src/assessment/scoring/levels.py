"""Maturity levels 0–4 from scores, held down by gate items.

A level is a step, not a rounded score: it is reached when the score passes its threshold *and*
every gate item of that level is in place, so that a strong average can't hide a missing
foundation (threshold levels as in the Flickit assessment engine; „peers“ note, c.5).
"""

from dataclasses import dataclass

import numpy as np

from assessment.questionnaire.model import Dimension, Item, ItemKind
from assessment.scoring.item_points import ItemPoints

LEVELS = 5
POINTS_PER_LEVEL = 25.0


@dataclass(frozen=True, slots=True, eq=False)
class Levels:
    """Both arrays have the length of the survey."""

    level: np.ndarray
    """int8, 0–4; -1 where there is no score."""
    gate: np.ndarray
    """Item id of the gate that held the level down, ``""`` else (object)."""


def levels_of(dimension: Dimension, score: np.ndarray, points: ItemPoints) -> Levels:
    """Levels of one dimension from its scores (``NaN`` = no score)."""
    rated = ~np.isnan(score)
    single = single_level_item(dimension, points)
    reached = level_of_score(score) if single is None else _position(single, score)
    caps = gate_caps(dimension, points)
    held = rated & (reached > caps.level)
    level = np.where(rated, np.minimum(reached, caps.level), -1).astype(np.int8)
    return Levels(level, np.where(held, caps.gate, ""))


def level_of_score(score: np.ndarray) -> np.ndarray:
    """Level 0–4 whose threshold a score passes, gates aside; 0 for ``NaN``. Any shape."""
    # The tiny summand keeps 74.999999999 from losing a level to floating point.
    passed = np.floor(np.where(np.isnan(score), 0.0, score) / POINTS_PER_LEVEL + 1e-9)
    return np.minimum(passed, LEVELS - 1).astype(np.int8)


def gate_caps(dimension: Dimension, points: ItemPoints) -> Levels:
    """The highest level the gates allow each municipality, and the gate that sets it."""
    n = len(points.points)
    cap = np.full(n, LEVELS - 1, dtype=np.int8)
    gate = np.full(n, "", dtype=object)
    place = {item.id: number for number, item in enumerate(points.items)}
    for condition in sorted(dimension.gates, key=lambda g: -g.level):
        column = place.get(condition.item)
        if column is None:
            continue
        # Asked and not known counts as not reached („im Zweifel die niedrigere Stufe“);
        # what was never asked or does not apply can't hold a level down.
        relevant = points.asked[:, column] & points.applicable[:, column]
        reached = points.points[:, column] >= condition.points - 1e-9
        held = relevant & ~reached & (cap >= condition.level)
        cap[held] = condition.level - 1
        gate[held] = condition.item
    return Levels(cap, gate)


def single_level_item(dimension: Dimension, points: ItemPoints) -> Item | None:
    """The one question a dimension rests on, if its options *are* the levels."""
    own = [item for item in points.items if item.dimension == dimension.id]
    return own[0] if len(own) == 1 and _is_level_scale(own[0]) else None


def _is_level_scale(item: Item) -> bool:
    return item.kind is ItemKind.LEVEL and len(item.answer_options) == LEVELS


def _position(item: Item, score: np.ndarray) -> np.ndarray:
    """Position of the chosen option: the options of a level item *are* the levels."""
    best = item.max_points or max(option.points or 0.0 for option in item.answer_options)
    anchors = np.array([100.0 * (option.points or 0.0) / best for option in item.answer_options])
    known = np.where(np.isnan(score), 0.0, score)
    return np.abs(known[:, None] - anchors[None, :]).argmin(axis=1)
