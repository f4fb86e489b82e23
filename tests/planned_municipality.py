"""A municipality of the sample with a plan of twelve measures, as a Hauptamt would keep it."""

from datetime import date
from decimal import Decimal

from assessment.measures.paper_types import Budgeted, BudgetNote, Funding
from assessment.measures.plan_editing import (
    add_own_measure,
    change_measure,
    set_cost,
    set_cost_row,
)
from assessment.measures.plan_types import (
    CostBasis,
    CostRow,
    CostRowKind,
    Decision,
    DecisionState,
    MunicipalityPlan,
    Status,
)
from assessment.measures.strategy import new_plan, suggested_plan
from assessment.profiles.dossier import Dossier
from assessment.profiles.measure_basis import measure_basis
from assessment.profiles.results import Assessment
from assessment.profiles.variants import Variant

BEGINS = date(2027, 1, 1)


def plan_of(assessment: Assessment, key: str, n: int = 11) -> MunicipalityPlan:
    """``n`` recommended measures and an own one, with costs, decisions and states."""
    basis = measure_basis(assessment, key, assessment.catalogue)
    plan = new_plan(assessment.survey, key, assessment.catalogue, BEGINS, basis.levels)
    plan = suggested_plan(basis.advice, plan, n)
    plan = add_own_measure(plan, "Bürgerbüro mit Abholfach", owner="Bürgeramt", effort=2)
    ids = [each.id for each in plan.measures]
    first, second, third, fourth = ids[:4]
    plan = set_cost(
        plan, first, CostRowKind.ONCE, 2027, "12500", basis=CostBasis.OFFER, note="zwei Angebote"
    )
    plan = set_cost(plan, first, CostRowKind.ONCE, 2028, "0")
    plan = set_cost_row(
        plan,
        second,
        CostRow(
            kind=CostRowKind.STAFF,
            amounts=dict.fromkeys((2027, 2028, 2029, 2030), Decimal(36000)),
            later=Decimal(36000),
            posts=dict.fromkeys((2027, 2028, 2029, 2030), Decimal("0.5")),
            basis=CostBasis.ESTIMATE,
        ),
    )
    plan = set_cost_row(
        plan,
        second,
        CostRow(
            kind=CostRowKind.INCOME,
            amounts={2027: Decimal(20000), 2028: Decimal(20000)},
            funding=Funding(programme="Landesprogramm", quota=Decimal(80), checked=BEGINS),
            basis=CostBasis.EXPERIENCE,
        ),
    )
    plan = change_measure(
        plan,
        second,
        budget=BudgetNote(
            product="111.10", account="5271", budgeted=Budgeted.PARTLY, cover="Deckung aus Budget 1"
        ),
        status=Status.RUNNING,
        decision=Decision(state=DecisionState.DECIDED, body="Rat", day=date(2026, 12, 10)),
    )
    plan = change_measure(
        plan,
        third,
        status=Status.DELAYED,
        cause="Die Stelle war acht Monate nicht besetzt.",
        option="Beginn verschieben oder Leistung vergeben.",
    )
    plan = change_measure(plan, fourth, status=Status.DELAYED)
    plan = change_measure(plan, ids[-1], status=Status.PLANNED, note="Wunsch der Ortsteile.")
    return change_measure(plan, ids[4], status=Status.DONE)


def planned_dossier(
    assessment: Assessment, key: str, variant: Variant = Variant.PUBLIC, **more
) -> Dossier:
    """The municipality with that plan."""
    return Dossier(assessment, key, plan=plan_of(assessment, key), variant=variant, **more)
