"""From a plan to its roadmap: periods behind prerequisites, cost table, what needs attention."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from assessment.german import format_date
from assessment.measures.costs import (
    NO_COSTS,
    Costing,
    cost_lines,
    cost_table,
    costing_of,
    quoted,
    table_years,
)
from assessment.measures.model import Catalogue, CostKind, Horizon, Measure
from assessment.measures.periods import durations, months_of_horizon, period_text
from assessment.measures.plan_types import (
    DecisionState,
    MunicipalityPlan,
    PlannedMeasure,
    Status,
)
from assessment.measures.prerequisites import (
    Graph,
    buildable_order,
    plan_graph,
    to_wait_for,
)
from assessment.measures.roadmap_types import (
    Prerequisite,
    PrerequisiteState,
    Problem,
    Roadmap,
    RoadmapRow,
)
from assessment.measures.scheduling import Slot, Task, place

NO_FIELD = "ohne Handlungsfeld"
NO_SLOT = Slot(None, None, None)


def schedule(
    plan: MunicipalityPlan,
    catalogue: Catalogue,
    *,
    done: Collection[str] = (),
    names: Mapping[str, str] | None = None,
) -> Roadmap:
    """The roadmap of a plan.

    No measure begins before the prerequisites that are in the plan have ended; a given date that
    does is moved and named, unless the measure carries a note why it comes first. Measures that
    are done, put back or dropped are not placed anew. ``done``: measures that need not be carried
    out (``prerequisites.fulfilled``); ``names``: dimension → name.
    """
    work = _Work(plan, catalogue, frozenset(done), names or {})
    rows = tuple(work.row(number, planned) for number, planned in enumerate(plan.measures, 1))
    ends = [row.end for row in rows if row.end and row.active]
    return Roadmap(
        rows=rows,
        costs=cost_table([work.costing(planned) for planned in plan.measures], work.years),
        problems=tuple(work.problems(rows)),
        begins=plan.begins,
        ends=max(ends, default=None),
        duration_note=durations().note,
    )


class _Work:
    """Everything the rows of one plan share."""

    def __init__(
        self,
        plan: MunicipalityPlan,
        catalogue: Catalogue,
        done: frozenset[str],
        names: Mapping[str, str],
    ) -> None:
        self.plan, self.catalogue, self.names = plan, catalogue, names
        self.planned = plan.by_id
        self.graph: Graph
        self.graph, self.circles = plan_graph(catalogue, plan)
        self.done = done | {p.id for p in plan.measures if p.status is Status.DONE}
        self.active = {p.id for p in plan.measures if p.active}
        self.open = {p.id for p in plan.measures if p.active and p.status is not Status.DONE}
        self.slots = self._placed()
        first, last = self._span()
        self.years = table_years(plan.measures, first, last)

    def measure(self, planned: PlannedMeasure) -> Measure | None:
        """The catalogue's measure; ``None`` for own and unknown ones."""
        return None if planned.is_own else self.catalogue.by_id.get(planned.id)

    def title(self, measure_id: str) -> str:
        planned = self.planned.get(measure_id)
        if planned is not None and planned.is_own:
            return planned.own_title
        measure = self.catalogue.by_id.get(measure_id)
        return measure.title if measure else measure_id

    def costing(self, planned: PlannedMeasure) -> Costing:
        return costing_of(planned, self.catalogue)

    def _months(self, planned: PlannedMeasure) -> int:
        measure = self.measure(planned)
        horizon = measure.horizon if measure else planned.own_horizon or Horizon.SHORT
        return months_of_horizon()[horizon]

    def _placed(self) -> Mapping[str, Slot]:
        order = buildable_order(self.graph)
        waits = to_wait_for(self.graph, order, self.open, self.done)
        tasks = {
            planned.id: Task(
                planned.id,
                self._months(planned),
                waits[planned.id],
                planned.start,
                planned.end,
                bool(planned.override_note),
            )
            for planned in self.plan.measures
            if planned.id in self.open
        }
        return place(tasks, order, self.plan.begins)

    def _span(self) -> tuple[int | None, int | None]:
        starts = [slot.start.year for slot in self.slots.values() if slot.start]
        if self.plan.begins:
            starts.append(self.plan.begins.year)
        ends = [slot.end.year for slot in self.slots.values() if slot.end]
        return min(starts, default=None), max(ends, default=None)

    def row(self, number: int, planned: PlannedMeasure) -> RoadmapRow:
        measure = self.measure(planned)
        costing = self.costing(planned)
        slot = self.slots.get(planned.id, NO_SLOT)
        placed = planned.id in self.slots
        start = slot.start if placed else planned.start
        end = slot.end if placed else planned.end
        dimension = measure.dimension if measure else planned.own_field
        costs = cost_lines(costing, self.years)
        return RoadmapRow(
            number=number,
            id=planned.id,
            title=costing.title,
            own=planned.is_own,
            dimension=dimension,
            field=self.names.get(dimension) or dimension or NO_FIELD,
            owner=planned.owner,
            start=start,
            end=end,
            start_given=planned.start is not None and start == planned.start,
            end_given=planned.end is not None and end == planned.end,
            earliest=slot.earliest,
            period=period_text(start, end) if planned.active else planned.status.value,
            prerequisites=tuple(
                self._prerequisite(before) for before in self.graph.get(planned.id, ())
            ),
            moved=_moved(planned, slot),
            overridden=f"vorgezogen: {planned.override_note}" if slot.overtakes else "",
            priority=planned.priority,
            status=planned.status,
            decision=planned.decision,
            effort=measure.effort if measure else planned.own_effort,
            obligation=measure.obligation if measure else None,
            costs=costs,
            cost_note=NO_COSTS if not costs and costing.cost_kind is CostKind.NONE else "",
            active=planned.active,
        )

    def _prerequisite(self, measure_id: str) -> Prerequisite:
        state, end = PrerequisiteState.MISSING, None
        if measure_id in self.done:
            state = PrerequisiteState.DONE
        elif measure_id in self.open:
            state, end = PrerequisiteState.IN_PLAN, self.slots.get(measure_id, NO_SLOT).end
        elif measure_id in self.planned:
            state = PrerequisiteState.LEFT_OUT
        return Prerequisite(measure_id, self.title(measure_id), state, end)

    def problems(self, rows: Sequence[RoadmapRow]) -> Iterator[Problem]:
        yield from self._of_the_plan(rows)
        for circle in self.circles:
            titles = quoted([self.title(name) for name in circle])
            yield Problem(
                f"{titles} setzen sich gegenseitig voraus; die eigenen Voraussetzungen zwischen "
                "ihnen bleiben im Zeitplan unberücksichtigt. Bitte eine davon entfernen.",
                circle,
            )
        for row in rows:
            yield from self._of_row(row)

    def _of_the_plan(self, rows: Sequence[RoadmapRow]) -> Iterator[Problem]:
        plan, catalogue = self.plan, self.catalogue
        made_with = (plan.catalogue_id, plan.catalogue_version)
        if any(made_with) and made_with != (catalogue.id, catalogue.version):
            yield Problem(
                f"Der Plan wurde mit dem Katalog „{plan.catalogue_id}“ (Version "
                f"{plan.catalogue_version or 'ohne Angabe'}) angelegt; gezeigt wird "
                f"„{catalogue.id}“ (Version {catalogue.version}). Bitte die Maßnahmen prüfen."
            )
        titles: dict[str, list[str]] = {}
        for row in rows:
            titles.setdefault(row.title.casefold(), []).append(row.id)
        for row in rows:
            alike = titles[row.title.casefold()]
            if len(alike) > 1 and row.id == alike[0]:
                yield Problem(
                    f"{len(alike)} Maßnahmen heißen „{row.title}“ ({', '.join(alike)}). Bitte "
                    "umbenennen oder entfernen, was doppelt ist.",
                    tuple(alike),
                )
        undated = tuple(
            row.id
            for row in rows
            if row.id in self.slots and row.start is None and not self.slots[row.id].too_late
        )
        if undated:
            yield Problem(
                "Der Beginn der Roadmap fehlt; bitte angeben, damit alle Maßnahmen terminiert "
                "werden können.",
                undated,
            )

    def _of_row(self, row: RoadmapRow) -> Iterator[Problem]:
        planned, this = self.planned[row.id], (row.id,)
        if not row.own and row.id not in self.catalogue.by_id:
            yield Problem(
                f"Die Maßnahme „{row.id}“ steht nicht im Katalog „{self.catalogue.title}“ "
                f"(Version {self.catalogue.version}); bitte entfernen oder als eigene Maßnahme "
                "führen.",
                this,
            )
        if planned.start and planned.end and planned.end < planned.start:
            yield Problem(
                f"„{row.title}“: Das Ende ({format_date(planned.end)}) liegt vor dem Beginn "
                f"({format_date(planned.start)}); gerechnet wird mit der üblichen Dauer. Bitte "
                "berichtigen.",
                this,
            )
        if row.id not in self.open:
            return
        if planned.decision.state is DecisionState.REJECTED:
            yield Problem(
                f"„{row.title}“ ist abgelehnt, steht aber mit Stand „{row.status.value}“ im Plan; "
                "bitte den Stand anpassen.",
                this,
            )
        if self.slots[row.id].too_late:
            yield Problem(
                f"„{row.title}“ läge nach dem Jahr 2100 und ist deshalb nicht terminiert; bitte "
                "Termine und Voraussetzungen prüfen.",
                this,
            )
        if row.moved:
            yield Problem(f"„{row.title}“: {row.moved}", this)
        for before in row.missing:
            where = (
                "ist zurückgestellt oder entfallen"
                if before.state is PrerequisiteState.LEFT_OUT
                else "ist weder im Plan noch erfüllt"
            )
            yield Problem(
                f"„{row.title}“ setzt „{before.title}“ voraus; diese Maßnahme {where}. Bitte "
                "aufnehmen oder als erledigt kennzeichnen.",
                (row.id, before.id),
            )


def _moved(planned: PlannedMeasure, slot: Slot) -> str:
    if not slot.moved:
        return ""
    given = (
        f"Der Beginn ({format_date(planned.start)})"
        if planned.start
        else f"Das Ende ({format_date(planned.end)})"
    )
    return (
        f"{given} liegt vor dem Ende der Voraussetzungen; die Maßnahme ist auf "
        f"{format_date(slot.start)} verschoben. Soll sie früher beginnen, bitte einen Grund "
        "eintragen."
    )
