"""Plans for tests of the Vorlage: municipalities of the sample with everything filled in."""

from datetime import date

from assessment.measures.model import CostKind
from assessment.measures.paper_editing import (
    set_budget,
    set_consultation,
    set_consultations,
    set_effect,
    set_funding,
    set_later,
    set_paper,
    set_posts,
)
from assessment.measures.paper_types import Budgeted, ClimateJudgement
from assessment.measures.plan_editing import add_own_measure, add_with_prerequisites, set_cost
from assessment.measures.plan_types import CostBasis, CostRowKind, MunicipalityPlan
from assessment.measures.strategy import new_plan
from assessment.profiles.council.bodies import default_chain
from assessment.profiles.council.paper_basis import land_of
from assessment.profiles.dossier import Dossier
from assessment.profiles.results import Assessment

CREATED = date(2026, 11, 22)
YEARS = (2027, 2028, 2029, 2030)
ONCE, RUNNING, STAFF, INCOME = CostRowKind


def key_of(assessment: Assessment, land: str, kind: str) -> str:
    """The first municipality of a Land and kind."""
    answers = assessment.survey.answers
    found = answers.index[(answers["A03"] == land) & (answers["A04"] == kind)]
    return str(found[0])


def plain_plan(assessment: Assessment, key: str) -> MunicipalityPlan:
    """The first recommendations with what comes before them; nothing else filled in."""
    dossier = Dossier(assessment, key)
    basis = dossier.basis
    plan = new_plan(
        assessment.survey,
        key,
        assessment.catalogue,
        date(2027, 1, 1),
        basis.levels,
        targets={name: target for name, (_, target) in basis.targets.items()},
    )
    for row in dossier.measures.first:
        plan = add_with_prerequisites(plan, assessment.catalogue, row.text.id, basis.fulfilled)
    return plan


def full_plan(assessment: Assessment, key: str) -> MunicipalityPlan:
    """Everything a Vorlage asks for is filled in; nothing is left to complete."""
    plan = plain_plan(assessment, key)
    plan = add_own_measure(
        plan, "Digitaler Sitzungsdienst", owner="Hauptamt", cost_kind=CostKind.BOTH
    )
    for planned in plan.measures:
        for kind, first, more in ((ONCE, 1000, 0), (RUNNING, 200, 200), (STAFF, 0, 0),
                                  (INCOME, 0, 0)):  # fmt: skip
            for year in YEARS:
                amount = first if year == YEARS[0] else more
                plan = set_cost(plan, planned.id, kind, year, amount, basis=CostBasis.ESTIMATE)
            plan = set_later(plan, planned.id, kind, more)
        for year in (*YEARS, None):
            plan = set_posts(plan, planned.id, year, 0)
        plan = set_budget(
            plan,
            planned.id,
            product="1.11.06",
            account="5431000",
            budgeted=Budgeted.YES,
            cover="Budget IT",
        )
    first = plan.measures[0].id
    plan = set_funding(
        plan, first, programme="Richtlinie Digitales", quota=80, checked=date(2026, 10, 1)
    )
    plan = set_paper(
        plan,
        lead="Fachbereich 1",
        committee="Digitalausschuss",
        occasion="Der Auftrag stammt vom 12.03.2026.",
        choice="Ausgewählt sind Pflichtaufgaben und ihre Voraussetzungen.",
        participation="Die Fachämter haben mitgewirkt.",
        next_report=date(2028, 1, 15),
        climate=ClimateJudgement.NONE,
        climate_reason="Der Energieverbrauch bleibt gleich.",
    )
    plan = set_effect(plan, "Inklusion", "Dokumente werden barrierefrei.")
    dossier = Dossier(assessment, key)
    chain = default_chain(land_of(dossier), dossier.basis.kind, plan.paper)
    plan = set_consultations(plan, chain)
    for number in range(len(chain)):
        plan = set_consultation(plan, number, day=date(2027, 1, 5 + 7 * number))
    return plan
