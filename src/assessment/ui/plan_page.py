"""What the pages of measures, roadmap and strategy begin with: municipality, advice, plan."""

from dataclasses import dataclass
from datetime import date

import streamlit as st

from assessment.german import format_date
from assessment.measures.model import Catalogue
from assessment.measures.plan_types import MunicipalityPlan
from assessment.profiles.header import header_of, provenance
from assessment.profiles.measure_basis import MeasureBasis, measure_basis
from assessment.profiles.measure_profile import MeasureProfile, measure_profile
from assessment.ui.catalogue_state import current_catalogue, is_own
from assessment.ui.markdown import esc_md
from assessment.ui.municipality_page import open_municipality
from assessment.ui.plan_state import done_in, fresh_plan, keep, kept_plan, planned_in
from assessment.ui.taken import TakenSurvey

_ADVICE = "page_advice"
_KEPT = 4


@dataclass(frozen=True, slots=True)
class PlanPage:
    """What such a page works with."""

    taken: TakenSurvey
    key: str
    name: str
    catalogue: Catalogue
    given: MeasureBasis
    plan: MunicipalityPlan

    def change(self, plan: MunicipalityPlan) -> None:
        """Keep a changed plan and draw the page anew."""
        keep(self.taken, self.key, plan)
        st.rerun()

    @property
    def roadmap_label(self) -> str:
        """„Zur Roadmap (3 Maßnahmen)“."""
        n = len(self.plan.measures)
        counted = {0: "noch leer", 1: "1 Maßnahme"}.get(n, f"{n} Maßnahmen")
        return f"Zur Roadmap ({counted})"


def open_page(title: str) -> PlanPage:
    """Strip, chooser, title; stops the script where no municipality is chosen."""
    taken, key = open_municipality(title)
    name = taken.survey.name_of(key)
    catalogue = current_catalogue()
    kept = kept_plan(taken, key)
    if kept is None:
        given = _given(taken, key, catalogue)
        plan = fresh_plan(taken, key, catalogue, given.levels)
    else:
        plan = kept.plan
        given = _given(taken, key, catalogue, plan)
    page = PlanPage(taken, key, name, catalogue, given, plan)
    _head(title, page)
    return page


def _given(
    taken: TakenSurvey, key: str, catalogue: Catalogue, plan: MunicipalityPlan | None = None
) -> MeasureBasis:
    """The advice, kept in the session for as long as nothing it rests on changes."""
    done = done_in(plan) if plan else ()
    targets = tuple(plan.targets.items()) if plan else ()
    mark = (taken.identifier, key, done, targets)
    kept: dict[tuple, tuple[Catalogue, MeasureBasis]] = st.session_state.setdefault(_ADVICE, {})
    found = kept.get(mark)
    if found is not None and found[0] is catalogue:
        return found[1]
    while len(kept) >= _KEPT:
        kept.pop(next(iter(kept)))
    basis = measure_basis(taken.assessment, key, catalogue, done=done, targets=dict(targets))
    kept[mark] = (catalogue, basis)
    return basis


def basis_now(taken: TakenSurvey, key: str) -> tuple[MeasureBasis, Catalogue] | None:
    """Advice and targets by this session's catalogue and plan; ``None``: both are as shipped."""
    kept = kept_plan(taken, key)
    if kept is None and not is_own():
        return None
    catalogue = current_catalogue()
    return _given(taken, key, catalogue, kept.plan if kept else None), catalogue


def _head(title: str, page: PlanPage) -> None:
    survey, catalogue = page.taken.survey, page.catalogue
    # The municipality's own day, as on its profile; only else that of the survey.
    day = header_of(survey, page.key).reference_date
    questionnaire = survey.questionnaire
    facts = [
        f"Stichtag {format_date(day)}" if day else "",
        # Of a proposed questionnaire nobody has numbered a version.
        "" if questionnaire.proposed else f"Fragebogen {questionnaire.version}",
        f"Maßnahmenkatalog {catalogue.version}",
    ]
    with st.container(horizontal=True, vertical_alignment="bottom", key="profile-head"):
        st.title(esc_md(f"{title}: {page.name}"), anchor=False)
        st.caption(esc_md(" · ".join(fact for fact in facts if fact)), text_alignment="right")


def associations_of(page: PlanPage, field: str) -> tuple[str, ...]:
    """What municipalities of the own type report more often one level up, as sentences."""
    assessment = page.taken.assessment
    if assessment.membership is None:
        return ()
    with st.spinner("Die Antworten anderer Kommunen werden ausgewertet …"):
        found = assessment.associations.of(page.key)
    return tuple(each.sentence for each in found.get(field, ()))


def measures_of(page: PlanPage) -> MeasureProfile:
    """The advice in words, with what the roadmap already holds."""
    return measure_profile(
        page.given.advice,
        page.catalogue,
        page.taken.survey.questionnaire,
        name=page.name,
        planned=planned_in(page.plan),
        done=done_in(page.plan),
        provenance=provenance(page.taken.survey, page.taken.assessment.typology_mark),
        rated=bool(page.given.advice.not_rated)
        or any(level is not None for level in page.given.levels.values()),
    )


def today() -> date:
    """The day the page is shown."""
    return date.today()
