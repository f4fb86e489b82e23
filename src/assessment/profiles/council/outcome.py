"""After the session: what a body decided becomes the state of the measures; never by itself."""

from collections.abc import Mapping
from dataclasses import dataclass

from assessment.measures.paper_types import Consultation, Outcome
from assessment.measures.plan_editing import change_plan, fields_of
from assessment.measures.plan_problems import refuse
from assessment.measures.plan_types import Decision, DecisionState, MunicipalityPlan
from assessment.profiles.council.paper_effects import vote_text
from assessment.profiles.texts import sentence

STATES: Mapping[Outcome, DecisionState] = {
    Outcome.UNCHANGED: DecisionState.DECIDED,
    Outcome.CHANGED: DecisionState.DECIDED_CHANGED,
    Outcome.NOTED: DecisionState.NOTED,
    Outcome.RECOMMENDED: DecisionState.IN_CONSULTATION,
    Outcome.ADJOURNED: DecisionState.DEFERRED,
    Outcome.DEFERRED: DecisionState.DEFERRED,
    Outcome.WITHDRAWN: DecisionState.OPEN,
    Outcome.REFERRED: DecisionState.IN_CONSULTATION,
    Outcome.REJECTED: DecisionState.REJECTED,
}
WAITING = (DecisionState.OPEN, DecisionState.IN_CONSULTATION, DecisionState.DEFERRED)
"""States a later outcome may replace; what is decided, rejected or needs nothing stays."""
LONGEST_NOTE = 200


@dataclass(frozen=True, slots=True)
class TakenOver:
    """The plan after an outcome was taken over, and whose state has changed."""

    plan: MunicipalityPlan
    changed: tuple[str, ...]
    sentence: str


def take_over(plan: MunicipalityPlan, number: int) -> TakenOver:
    """Put the outcome of a line of the Beratungsfolge (from 0) into the measures that wait.

    Body, day and vote go along. Status and period of the measures stay as they are: whether work
    goes on is another question. Raises ``InputRefused`` (``PLAN_INVALID``) for a line that does not
    exist or has no outcome yet.
    """
    lines = plan.paper.consultations
    if not 0 <= number < len(lines):
        refuse("", sentence("paper_outcome.no_line"))
    line = lines[number]
    if line.outcome is None:
        refuse("", sentence("paper_outcome.no_outcome", body=line.body))
    changed = tuple(
        planned.id
        for planned in plan.measures
        if planned.active and planned.decision.state in WAITING
    )
    decision = _decision(line, line.outcome)
    measures = tuple(
        {**fields_of(planned), "decision": decision} if planned.id in changed else planned
        for planned in plan.measures
    )
    name = {0: "taken_none", 1: "taken_one"}.get(len(changed), "taken")
    return TakenOver(
        change_plan(plan, measures=measures),
        changed,
        sentence(f"paper_outcome.{name}", n=len(changed), state=decision.state.value),
    )


def _decision(line: Consultation, outcome: Outcome) -> Decision:
    note = vote_text(line.vote)
    return Decision(state=STATES[outcome], body=line.body, day=line.day, note=note[:LONGEST_NOTE])
