"""An overall index for those who insist: never shown without its parts and its bottleneck.

Off by default everywhere. The profile comes first; a mean over fields compensates weaknesses
with strengths, so the index names the lowest field and caps the level just above it.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from assessment.questionnaire.model import Questionnaire
from assessment.scoring.levels import LEVELS, POINTS_PER_LEVEL
from assessment.scoring.scores import Scores


@dataclass(frozen=True, slots=True, eq=False)
class OverallIndex:
    """All with the municipality keys as index."""

    index: pd.Series
    """float64 0–100: mean of the blocks, all of the same weight; ``NaN`` if one is missing."""
    parts: pd.DataFrame
    """float64 0–100, columns = blocks: weighted mean of the block's dimensions."""
    bottleneck: pd.Series
    """Id of the dimension with the lowest score, ``""`` where there is no index (object)."""
    level: pd.Series
    """``Int8`` 0–4: at most one level above the lowest dimension."""


def overall_index(scores: Scores, questionnaire: Questionnaire) -> OverallIndex:
    """Work out the index; every applicable dimension must have a score.

    Dimensions outside the municipality's responsibility (coverage ``NaN``) don't count.
    Raises ``ValueError`` for a questionnaire without scored dimensions.
    """
    top = [
        questionnaire.dimension_by_id[name]
        for name in scores.dimensions
        if questionnaire.scored_items(name)
    ]
    if not top:
        raise ValueError("the questionnaire has no scored dimensions")
    score = scores.score[[dimension.id for dimension in top]].to_numpy()
    concerned = ~np.isnan(scores.coverage[[dimension.id for dimension in top]].to_numpy())
    complete = np.all(~concerned | ~np.isnan(score), axis=1)
    blocks = tuple(dict.fromkeys(dimension.block for dimension in top))
    parts = np.full((len(score), len(blocks)), np.nan)
    for place, block in enumerate(blocks):
        inside = [number for number, dimension in enumerate(top) if dimension.block == block]
        weight = concerned[:, inside] * np.array([top[number].weight for number in inside])
        gained = np.where(concerned[:, inside], score[:, inside], 0.0)
        total = weight.sum(axis=1)
        with np.errstate(invalid="ignore"):
            parts[:, place] = np.where(total > 0, (gained * weight).sum(axis=1) / total, np.nan)
    whole = np.asarray(complete & ~np.any(np.isnan(parts), axis=1))
    index = np.where(whole, parts.mean(axis=1), np.nan)

    comparable = np.where(concerned & whole[:, None], score, np.inf)
    lowest = comparable.argmin(axis=1)
    names = np.array([dimension.id for dimension in top], dtype=object)
    bottleneck = np.where(whole, names[lowest], "")
    reached = np.floor(np.where(whole, index, 0.0) / POINTS_PER_LEVEL + 1e-9)
    levels = scores.level[list(names)].to_numpy(dtype=float, na_value=np.inf)
    cap = np.where(whole, levels.min(axis=1), 0.0) + 1
    level = np.minimum(np.minimum(reached, LEVELS - 1), cap).astype(np.int8)
    keys = scores.score.index
    return OverallIndex(
        index=pd.Series(index, keys),
        parts=pd.DataFrame(parts, keys, list(blocks)),
        bottleneck=pd.Series(bottleneck, keys, dtype=object),
        level=pd.Series(pd.arrays.IntegerArray(level, ~whole), keys),
    )
