"""In which order papers list the measures of a plan: that of the roadmap, duties first if poor.

In Haushaltssicherung voluntary measures follow duties and those without own costs (AK-2.6), as the
recommendations do; numbers stay those of the roadmap.
"""

from collections.abc import Iterable

from assessment.measures.model import CostKind, Obligation
from assessment.measures.periods import period_text
from assessment.measures.plan_types import Status
from assessment.measures.roadmap_types import RoadmapRow
from assessment.profiles.advice import situation
from assessment.profiles.dossier import Dossier
from assessment.profiles.texts import sentence


def constrained(dossier: Dossier) -> bool:
    """Whether the municipality is in Haushaltssicherung or vorläufiger Haushaltsführung."""
    return situation(dossier.assessment, dossier.key, ()).constrained


def ordered_rows(dossier: Dossier) -> tuple[RoadmapRow, ...]:
    """The measures of the plan as papers list them; empty without a plan."""
    found = dossier.schedule
    if found is None:
        return ()
    return duties_first(found.rows, dossier) if constrained(dossier) else found.rows


def duties_first(rows: Iterable[RoadmapRow], dossier: Dossier) -> tuple[RoadmapRow, ...]:
    """Duties, what is duty in part, what costs nothing, what nobody has classed, voluntary ones."""
    return tuple(sorted(rows, key=lambda row: _place(row, dossier)))


def shown_period(row: RoadmapRow) -> str:
    """The period as planned, also of what is over: „noch nicht terminiert“ is said of no such."""
    if row.start or row.end:
        return period_text(row.start, row.end)
    over = row.status is Status.DONE or not row.active
    return sentence("measures_paper.undated") if over else row.period


def _place(row: RoadmapRow, dossier: Dossier) -> int:
    if row.obligation is Obligation.DUTY:
        return 0
    if row.obligation is Obligation.PARTLY:
        return 1
    if _cost_kind(row, dossier) is CostKind.NONE:
        return 2
    # An own measure says nothing about duty: it isn't set behind those known to be voluntary.
    return 3 if row.obligation is None else 4


def _cost_kind(row: RoadmapRow, dossier: Dossier) -> CostKind | None:
    plan = dossier.plan
    planned = plan.by_id.get(row.id) if plan else None
    if planned is not None and planned.is_own:
        return planned.cost_kind
    measure = dossier.catalogue.by_id.get(row.id)
    return measure.cost_kind if measure else None
