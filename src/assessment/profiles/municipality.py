"""One municipality's profile: every fact and sentence of its page, before any layout."""

from dataclasses import dataclass
from typing import Any

from assessment.comparison.comparison import Standing
from assessment.measures.advice_types import Advice
from assessment.profiles.advice import advice_of, comparison_of, gap_rows
from assessment.profiles.fields import (
    FieldBlock,
    FieldRow,
    NamedField,
    field_blocks,
    gaps,
    note_on,
    strengths,
)
from assessment.profiles.goals_group import municipality_goals
from assessment.profiles.goals_of import GoalRow, priorities
from assessment.profiles.header import DataNote, Header, data_note, header_of
from assessment.profiles.next_steps import NextStep, next_steps
from assessment.profiles.placement import Placement, placement
from assessment.profiles.plain import as_plain
from assessment.profiles.provenance import ProvenanceRecord, provenance_record
from assessment.profiles.results import Assessment
from assessment.profiles.robustness_notes import RobustnessNote, robustness_note
from assessment.profiles.targets import TargetGap, target_gaps, target_sentence
from assessment.profiles.texts import sentence
from assessment.profiles.type_statement import TypeStatement, type_statement


@dataclass(frozen=True, slots=True)
class PeerNote:
    """Who the municipality is compared with; ``sentence`` is ``""`` where nothing is rated."""

    id: str
    name: str
    n_others: int | None
    """``None`` where the size of the group is hidden."""
    sentence: str
    short: str
    """The same without the reason: for the first screen."""
    reason: str
    """Why not a closer group of the cascade; ``""`` where it is the closest."""


@dataclass(frozen=True, slots=True)
class MunicipalityProfile:
    """What one page says. ``type`` is ``None`` without a typology (``type_note`` says why)."""

    header: Header
    type: TypeStatement | None
    type_note: str
    peers: PeerNote
    blocks: tuple[FieldBlock, ...]
    strengths: tuple[NamedField, ...]
    strengths_note: str
    gaps: tuple[NamedField, ...]
    gaps_note: str
    next_steps: tuple[NextStep, ...]
    """Three at most, the same as on the page of measures."""
    next_steps_note: str
    robustness: RobustnessNote
    placement: Placement
    targets: tuple[TargetGap, ...]
    targets_note: str
    goals: tuple[GoalRow, ...]
    goals_group: str
    """Name of the group whose means stand beside the goals."""
    priorities: tuple[str, ...]
    data: DataNote
    record: ProvenanceRecord
    simulated_note: str
    """Says that the data are simulated; ``""`` if they are not."""

    @property
    def fields(self) -> tuple[FieldRow, ...]:
        """All dimensions in order."""
        return tuple(row for block in self.blocks for row in block.rows)

    def as_dict(self) -> dict[str, Any]:
        """The whole profile with plain types, ready for JSON."""
        return as_plain(self)


def municipality_profile(
    assessment: Assessment, key: str, advice: Advice | None = None
) -> MunicipalityProfile:
    """Put the profile together; raises ``KeyError`` for an unknown key.

    ``advice``: saves working the recommendations out again.
    """
    survey, scores = assessment.survey, assessment.scores
    row = assessment.peers.rows[key]
    questionnaire = survey.questionnaire
    comparison = comparison_of(assessment, key)
    if advice is None:
        advice = advice_of(assessment, key, gaps=gap_rows(assessment, key, comparison=comparison))
    group, _ = assessment.peers.group_for(key)
    header = header_of(survey, key)
    targets = target_gaps(survey, key)
    statement, goals, goals_group = None, (), ""
    if assessment.typology is not None and assessment.membership is not None:
        statement = type_statement(assessment.typology, assessment.membership, key, header.name)
        goals, goals_group = municipality_goals(assessment, key, group)
    steps, steps_note = next_steps(advice, assessment.catalogue, questionnaire)
    text = "comparison.with_reason" if comparison.reason else "comparison.group"
    rated = any(position.own is not None for position in comparison.positions)
    return MunicipalityProfile(
        header=header,
        type=statement,
        type_note="" if statement else assessment.typology_refusal,
        peers=PeerNote(
            comparison.group_id,
            comparison.group_name,
            comparison.n_others,
            sentence(text, group=comparison.group, reason=comparison.reason) if rated else "",
            sentence("comparison.group", group=comparison.group) if rated else "",
            comparison.reason,
        ),
        blocks=field_blocks(assessment, comparison, key),
        strengths=strengths(comparison, questionnaire),
        strengths_note=note_on(comparison, Standing.ABOVE),
        gaps=gaps(comparison, questionnaire),
        gaps_note=note_on(comparison, Standing.BELOW),
        next_steps=steps,
        next_steps_note=steps_note,
        robustness=robustness_note(assessment, row),
        placement=placement(assessment, key, statement),
        targets=targets,
        targets_note=target_sentence(targets),
        goals=goals,
        goals_group=goals_group,
        priorities=priorities(survey, key),
        data=data_note(survey, scores, key, row, assessment.typology_mark),
        record=provenance_record(survey, assessment.typology, assessment.typology_mark),
        simulated_note=sentence("data.simulated") if survey.simulated else "",
    )
