"""The plans of a session: one per municipality and survey, and whether its file is up to date.

Nothing is written on the server. A plan is kept for as long as the session lasts; only a plan that
somebody has changed or loaded is kept at all.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

import streamlit as st

from assessment.measures.model import Catalogue
from assessment.measures.plan_types import MunicipalityPlan, Status
from assessment.measures.strategy import new_plan
from assessment.ui.taken import TakenSurvey

_KEY = "session_plans"
_FRESH = "fresh_plan"


@dataclass(frozen=True, slots=True)
class KeptPlan:
    """A plan as it is now, and as its file was last saved or loaded (``None``: never)."""

    plan: MunicipalityPlan
    saved: MunicipalityPlan | None = None

    @property
    def unsaved(self) -> bool:
        """Whether something would be lost with the session."""
        return self.plan != self.saved


PlanKey = tuple[str, str]
"""Survey (whatever typology is applied to it) and municipality."""


def _plans() -> dict[PlanKey, KeptPlan]:
    return st.session_state.setdefault(_KEY, {})


def kept_plan(taken: TakenSurvey, key: str) -> KeptPlan | None:
    """The plan of a municipality, if one has been begun in this session."""
    return _plans().get((taken.data_identifier, key))


def plan_reader(taken: TakenSurvey, key: str) -> Callable[[], MunicipalityPlan | None]:
    """Reads the plan as it is when it is called, also outside a run of the page.

    Files are built at the click: what was typed a moment ago has to be in them.
    """
    plans, place = _plans(), (taken.data_identifier, key)

    def read() -> MunicipalityPlan | None:
        kept = plans.get(place)
        return kept.plan if kept else None

    return read


def fresh_plan(
    taken: TakenSurvey, key: str, catalogue: Catalogue, levels: Mapping[str, int | None]
) -> MunicipalityPlan:
    """An empty plan with what the survey already says; it isn't kept until it is changed."""
    mark = (taken.data_identifier, key, catalogue.id, catalogue.version)
    known = st.session_state.get(_FRESH)
    if known is None or known[0] != mark:
        begins = next_quarter(date.today())
        known = (mark, new_plan(taken.survey, key, catalogue, begins, levels))
        st.session_state[_FRESH] = known
    return known[1]


def keep(taken: TakenSurvey, key: str, plan: MunicipalityPlan) -> None:
    """Keep a changed plan; what was saved stays what was saved."""
    before = kept_plan(taken, key)
    _plans()[taken.data_identifier, key] = KeptPlan(plan, before.saved if before else None)


def mark_saved(taken: TakenSurvey, key: str, plan: MunicipalityPlan) -> None:
    """``plan`` has just been written to a file, or read from one."""
    _plans()[taken.data_identifier, key] = KeptPlan(plan, plan)


def plans_of_session(taken: TakenSurvey) -> dict[str, KeptPlan]:
    """Plans begun for municipalities of this survey, in the order they were begun."""
    return {
        key: kept
        for (survey, key), kept in _plans().items()
        if survey == taken.data_identifier and key in taken
    }


def done_in(plan: MunicipalityPlan) -> tuple[str, ...]:
    """Ids of the measures the plan says are done."""
    return tuple(each.id for each in plan.measures if each.status is Status.DONE)


def planned_in(plan: MunicipalityPlan) -> tuple[str, ...]:
    """Ids of the measures the plan means to carry out or has carried out."""
    return tuple(each.id for each in plan.measures if each.active)


def next_quarter(day: date) -> date:
    """First day of the quarter after ``day``."""
    month = 3 * ((day.month - 1) // 3) + 4
    return date(day.year + (month > 12), (month - 1) % 12 + 1, 1)
