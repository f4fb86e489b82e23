"""Klimarelevanz: a proposal from the measures' own proposals, by one rule that can be read.

The rule: what any counted measure leaves open, the whole leaves open („nicht einschätzbar“), so
that no rebound is talked away. Else one positive proposal makes the whole positive; only neutral
ones make „keine“. Own measures have no proposal in the catalogue and leave it open. The catalogue
never proposes „negativ“; people may tick it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from assessment.measures.model import Catalogue, ClimateEffect
from assessment.measures.paper_types import ClimateJudgement
from assessment.measures.plan_types import PlannedMeasure
from assessment.profiles.texts import sentence

_TICKED, _EMPTY = "☒", "☐"


@dataclass(frozen=True, slots=True)
class ClimateProposal:
    """What the catalogue proposes for all measures together; always to be checked."""

    judgement: ClimateJudgement
    reason: str
    ids: tuple[str, ...]
    """Measures that decide."""


def climate_proposal(measures: Sequence[PlannedMeasure], catalogue: Catalogue) -> ClimateProposal:
    """The proposal for the measures of a plan that are to be carried out."""
    counted = [each for each in measures if each.active]
    if not counted:
        return ClimateProposal(ClimateJudgement.UNKNOWN, sentence("paper_climate.nothing"), ())
    by_effect: dict[ClimateEffect, list[str]] = {effect: [] for effect in ClimateEffect}
    for planned in counted:
        known = None if planned.is_own else catalogue.by_id.get(planned.id)
        by_effect[known.climate if known else ClimateEffect.OPEN].append(planned.id)
    for effect, judgement, text in (
        (ClimateEffect.OPEN, ClimateJudgement.UNKNOWN, "unknown"),
        (ClimateEffect.POSITIVE, ClimateJudgement.POSITIVE, "positive"),
        (ClimateEffect.NEUTRAL, ClimateJudgement.NONE, "none"),
    ):
        ids = by_effect[effect]
        if ids:
            name = text if len(ids) > 1 else f"{text}_one"
            if len(ids) == len(counted):
                name = f"{text}_all" if len(ids) > 1 else f"single_{text}"
            reason = sentence(f"paper_climate.{name}", n=len(ids), total=len(counted))
            return ClimateProposal(judgement, reason, tuple(ids))
    raise AssertionError("every measure has an effect")


def climate_rule() -> str:
    """The rule in words, for the page on which people confirm or change the proposal."""
    return sentence("paper_climate.rule")


def ticks(judgement: ClimateJudgement) -> str:
    """All four ticks in one line, in words as well as signs: „☒ positiv  ☐ negativ …“."""
    return " ".join(
        f"{_TICKED if each is judgement else _EMPTY} {each.value}" for each in ClimateJudgement
    )
