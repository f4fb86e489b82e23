"""The level profile beside a group an analyst has chosen, as far as the guard lets it pass."""

from dataclasses import dataclass

from assessment.comparison.disclosure import whole_points
from assessment.comparison.peers import PeerGroup
from assessment.profiles.results import Assessment


@dataclass(frozen=True, slots=True)
class FreeRow:
    """One dimension; whole points 0–100, ``None`` where not rated or hidden."""

    dimension: str
    name: str
    own: int | None
    level: int | None
    median: int | None
    low: int | None
    high: int | None
    refusal: str


def free_rows(assessment: Assessment, key: str, group: PeerGroup) -> tuple[FreeRow, ...]:
    """All dimensions of a municipality beside a group made by ``PeerIndex.free_group``."""
    peers, questionnaire = assessment.peers, assessment.survey.questionnaire
    row = peers.rows[key]
    found = []
    statistics = peers.statistics(group, key)
    for place, (name, shown) in enumerate(
        zip(assessment.scores.dimensions, statistics, strict=True)
    ):
        own = float(peers.values[row, place])
        level = int(assessment.scores.level_values[row, place])
        found.append(
            FreeRow(
                name,
                questionnaire.dimension_by_id[name].name,
                whole_points(own) if own == own else None,
                level if level >= 0 else None,
                shown.median,
                shown.low,
                shown.high,
                shown.refusal,
            )
        )
    return tuple(found)
