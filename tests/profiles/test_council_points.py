"""The check before the paper leaves the house, and what happens after the session."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from council_plans import CREATED, full_plan, key_of, plain_plan

from assessment.measures.paper_editing import (
    set_budget,
    set_consultation,
    set_consultations,
    set_funding,
    set_later,
    set_paper,
    set_paper_text,
    set_posts,
)
from assessment.measures.paper_types import (
    ClimateJudgement,
    ConsultationRole,
    Operative,
    Outcome,
    PaperKind,
    PaperStatus,
)
from assessment.measures.plan_editing import change_measure, change_plan, remove_cost_row
from assessment.measures.plan_types import (
    CostRowKind,
    DecisionState,
    MunicipalityPlan,
    Status,
)
from assessment.profiles.council.outcome import STATES, take_over
from assessment.profiles.council.paper import council_paper
from assessment.profiles.council.paper_parts import OpenPoint, SectionId, Urgency
from assessment.profiles.dossier import Dossier
from assessment.profiles.variants import Variant
from assessment.remarks import InputRefused

ONCE, RUNNING, STAFF, INCOME = CostRowKind
FILL, CHECK = Urgency
Change = Callable[[MunicipalityPlan], MunicipalityPlan]


@pytest.fixture(scope="module")
def key(sample) -> str:
    return key_of(sample, "03", "stadt")


@pytest.fixture(scope="module")
def plan(sample, key: str) -> MunicipalityPlan:
    return full_plan(sample, key)


def points_of(
    sample, key: str, plan: MunicipalityPlan | None, variant=Variant.PUBLIC, created=CREATED
) -> tuple[OpenPoint, ...]:
    return council_paper(Dossier(sample, key, plan, variant=variant), created).points


def one(points: tuple[OpenPoint, ...], code: str) -> OpenPoint:
    [found] = [point for point in points if point.code == code]
    return found


def first_of(plan: MunicipalityPlan) -> str:
    return plan.measures[0].id


def days(*found: date | None) -> Change:
    def change(plan: MunicipalityPlan) -> MunicipalityPlan:
        for number, day in enumerate(found):
            plan = set_consultation(plan, number, day=day)
        return plan

    return change


def paper(**fields: object) -> Change:
    return lambda plan: set_paper(plan, **fields)


CASES: tuple[tuple[str, Urgency, SectionId | None, Change], ...] = (
    ("lead", FILL, None, paper(lead="")),
    ("day", FILL, None, days(None)),
    ("no_decision", FILL, None,
     lambda p: set_consultation(p, 2, role=ConsultationRole.NOTICE)),
    ("chain", CHECK, None, lambda p: set_consultations(p, ())),
    ("committee", CHECK, None, paper(committee="")),
    ("order", CHECK, None, days(date(2027, 3, 1), date(2027, 2, 1), date(2027, 4, 1))),
    ("session_over", CHECK, None, days(date(2026, 11, 2))),
    ("editorial", CHECK, None, days(date(2026, 12, 7))),
    ("occasion", FILL, SectionId.OCCASION, paper(occasion=" ")),
    ("choice", FILL, SectionId.GOALS, paper(choice="")),
    ("next_report", FILL, SectionId.REPORTING, paper(next_report=None)),
    ("climate", CHECK, SectionId.CLIMATE, paper(climate=None)),
    ("climate_reason", FILL, SectionId.CLIMATE,
     paper(climate=ClimateJudgement.POSITIVE, climate_reason="")),
    ("kind_decision", CHECK, SectionId.RESOLUTION, paper(kind=PaperKind.REPORT)),
    ("kind_note", CHECK, SectionId.RESOLUTION, paper(operative=Operative.NOTE)),
    ("owner", FILL, SectionId.MEASURES, lambda p: change_measure(p, first_of(p), owner="")),
    ("unquantified", CHECK, SectionId.FINANCE,
     lambda p: set_later(p, first_of(p), RUNNING, None)),
    ("posts", CHECK, SectionId.STAFF, lambda p: set_posts(p, first_of(p), 2028, None)),
    ("staff_silent", CHECK, SectionId.FINANCE, lambda p: remove_cost_row(p, first_of(p), STAFF)),
    ("budget", FILL, SectionId.FINANCE, lambda p: set_budget(p, first_of(p), cover="")),
    ("funding", FILL, SectionId.FINANCE, lambda p: set_funding(p, first_of(p), checked=None)),
    ("mark", FILL, SectionId.ALTERNATIVES,
     lambda p: set_paper_text(p, "alternativen", "Noch [bitte ergänzen].")),
    ("subject", CHECK, None, paper(subject="Betreff " * 20)),
    ("undated", CHECK, SectionId.MEASURES, lambda p: change_plan(p, begins=None)),
    ("targets_high", CHECK, SectionId.GOALS,
     lambda p: change_plan(p, targets=dict.fromkeys(p.targets, 4))),
)  # fmt: skip


@pytest.mark.parametrize(("code", "urgency", "section", "change"), CASES)
def test_each_open_point_is_found_and_says_where_to_go(
    sample, key: str, plan, code: str, urgency: Urgency, section, change: Change
) -> None:
    assert code not in [point.code for point in points_of(sample, key, plan)]
    point = one(points_of(sample, key, change(plan)), code)
    assert (point.urgency, point.section) == (urgency, section)
    assert point.text.endswith(".")
    assert point.where
    assert point.heading == ("Kopf der Vorlage" if section is None else point.heading)


def test_points_about_measures_name_them(sample, key: str, plan) -> None:
    changed = set_later(plan, first_of(plan), RUNNING, None)
    point = one(points_of(sample, key, changed), "unquantified")
    assert point.ids == (first_of(plan),)
    assert point.text == "Bei einer Maßnahme sind Beträge noch nicht beziffert."
    plain = one(points_of(sample, key, plain_plan(sample, key)), "unquantified")
    assert plain.text == f"Bei {len(plain.ids)} Maßnahmen sind Beträge noch nicht beziffert."
    assert len(plain.ids) > 1


def test_what_must_be_filled_in_stands_first(sample, key: str) -> None:
    points = points_of(sample, key, plain_plan(sample, key))
    urgencies = [point.urgency for point in points]
    assert urgencies == sorted(urgencies, key=[FILL, CHECK].index)
    assert {FILL, CHECK} == set(urgencies)
    # Head first, then in the order of the sections.
    filled = [point.section for point in points if point.urgency is FILL]
    assert filled[0] is None
    assert filled.index(SectionId.OCCASION) < filled.index(SectionId.REPORTING)


def test_staff_and_income_nobody_mentioned(sample, key: str) -> None:
    codes = [point.code for point in points_of(sample, key, plain_plan(sample, key))]
    assert {"staff", "income"} <= set(codes)


def test_without_a_roadmap_the_paper_can_only_ask_for_one(sample, key: str) -> None:
    point = one(points_of(sample, key, None), "no_measures")
    assert point.urgency is CHECK
    assert "deren Erarbeitung" in point.text


def test_confidential_answers_in_a_public_paper(sample, key: str, plan) -> None:
    point = one(points_of(sample, key, plan, Variant.CLOSED), "confidential")
    assert point.urgency is FILL
    closed = set_paper(plan, status=PaperStatus.CLOSED)
    assert "confidential" not in [p.code for p in points_of(sample, key, closed, Variant.CLOSED)]


def test_the_editorial_day_is_a_weekday_before_the_session(sample, key: str, plan) -> None:
    # Wednesday 16.12.2026 minus 24 days is Sunday 22.11.: the Friday before, two days ago.
    changed = days(date(2026, 12, 16))(plan)
    point = one(points_of(sample, key, changed), "editorial")
    assert point.text == (
        "Für die Sitzung von „Digitalausschuss“ am 16.12.2026 war am 20.11.2026 Redaktionsschluss."
    )
    early = points_of(sample, key, changed, created=date(2026, 11, 20))
    assert "editorial" not in [each.code for each in early]


def test_a_session_with_an_outcome_is_no_open_point(sample, key: str, plan) -> None:
    over = days(date(2026, 11, 2))(plan)
    done = set_consultation(over, 0, outcome=Outcome.RECOMMENDED)
    assert "session_over" not in [each.code for each in points_of(sample, key, done)]


def test_a_missing_stichtag_is_named(sample, key: str, plan) -> None:
    survey = sample.survey
    answers = survey.answers.drop(columns="A09")
    without = replace(sample, survey=replace(survey, answers=answers, reference_date=None))
    found = council_paper(Dossier(without, key, plan), CREATED)
    assert dict(found.facts)["Stichtag der Angaben"] == "nicht angegeben"
    assert one(found.points, "reference_date").urgency is CHECK
    assert "None" not in str([said.text for each in found.sections for said in each.statements])


# After the session


@pytest.mark.parametrize(
    ("outcome", "state"),
    [
        (Outcome.UNCHANGED, DecisionState.DECIDED),
        (Outcome.CHANGED, DecisionState.DECIDED_CHANGED),
        (Outcome.NOTED, DecisionState.NOTED),
        (Outcome.RECOMMENDED, DecisionState.IN_CONSULTATION),
        (Outcome.ADJOURNED, DecisionState.DEFERRED),
        (Outcome.WITHDRAWN, DecisionState.OPEN),
        (Outcome.REFERRED, DecisionState.IN_CONSULTATION),
        (Outcome.REJECTED, DecisionState.REJECTED),
    ],
)
def test_an_outcome_becomes_the_state_of_the_measures(plan, outcome, state) -> None:
    recorded = set_consultation(
        plan, 2, outcome=outcome, vote={"yes": 22, "no": 0, "abstention": 1}
    )
    assert {m.decision.state for m in recorded.measures} == {DecisionState.OPEN}
    taken = take_over(recorded, 2)
    assert taken.changed == tuple(m.id for m in plan.measures)
    for planned in taken.plan.measures:
        assert planned.decision.state is state
        assert planned.decision.body == "Rat"
        assert planned.decision.day == date(2027, 1, 19)
        assert planned.decision.note == "Ja 22, Nein 0, Enthaltung 1"
        # Whether work goes on is another question.
        assert planned.status is Status.PROPOSED
    assert state.value in taken.sentence
    assert set(STATES) == set(Outcome)


def test_what_is_decided_or_put_back_stays(plan) -> None:
    first, second, third, *_ = (m.id for m in plan.measures)
    plan = change_measure(plan, first, decision={"state": "beschlossen", "body": "Kreistag"})
    plan = change_measure(plan, second, status=Status.DROPPED)
    plan = change_measure(plan, third, decision={"state": "kein Beschluss nötig"})
    taken = take_over(set_consultation(plan, 2, outcome=Outcome.CHANGED), 2)
    by_id = taken.plan.by_id
    assert not {first, second, third} & set(taken.changed)
    assert by_id[first].decision.body == "Kreistag"
    assert by_id[second].decision.state is DecisionState.OPEN
    assert by_id[third].decision.state is DecisionState.NOT_NEEDED
    again = take_over(set_consultation(taken.plan, 2, outcome=Outcome.REJECTED), 2)
    assert again.changed == ()
    assert again.plan.measures == taken.plan.measures
    assert "übernommen wurde nichts" in again.sentence


def test_only_a_recorded_outcome_can_be_taken_over(plan) -> None:
    with pytest.raises(InputRefused, match="noch kein Ergebnis"):
        take_over(plan, 2)
    with pytest.raises(InputRefused, match="gibt es nicht mehr"):
        take_over(plan, 9)
