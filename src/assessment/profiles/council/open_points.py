"""The check before a paper leaves the house: what must be filled in, what is worth a look.

Every „[bitte ergänzen]“ of the paper belongs to a point that must be filled in; a mark in a text of
a person is found as well.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from assessment.german import format_date
from assessment.measures.paper_types import Budgeted, Operative
from assessment.measures.plan_editing import target_warning
from assessment.measures.plan_types import CostRowKind
from assessment.profiles.council.paper_basis import PaperBasis, deciding_rows
from assessment.profiles.council.paper_effects import climate_of
from assessment.profiles.council.paper_head import confidential_in_public, kind_conflicts
from assessment.profiles.council.paper_parts import (
    TO_FILL,
    ConsultationRow,
    OpenPoint,
    PaperSection,
    PaperTable,
    SectionId,
    Urgency,
)
from assessment.profiles.texts import sentence

HEAD = "paper_open.head"


@dataclass(frozen=True, slots=True)
class _Found:
    """A point before it is put into words."""

    code: str
    section: SectionId | None
    urgency: Urgency = Urgency.FILL
    ids: tuple[str, ...] = ()
    values: tuple[tuple[str, object], ...] = ()


def open_points(
    basis: PaperBasis,
    facts: Sequence[tuple[str, str]],
    chain: Sequence[ConsultationRow],
    sections: Sequence[PaperSection],
) -> tuple[OpenPoint, ...]:
    """All open points; those that must be filled in first, each in reading order."""
    parts = [part for section in sections for part in (section, *section.parts)]
    shown = {part.id: part for part in parts}
    marked = {part.id for part in parts if is_marked(part)}
    found = [*_of_head(basis, facts, chain), *_of_chain(basis, chain), *_of_texts(marked, shown)]
    found += [*_of_money(basis, shown), *_of_choice(basis, shown)]
    covered = {each.section for each in found if each.urgency is Urgency.FILL}
    found += [_Found("mark", section) for section in marked if section not in covered]
    place = {None: -1} | {part.id: number for number, part in enumerate(parts)}
    points = [_point(each, basis) for each in found]
    return tuple(
        sorted(
            points,
            key=lambda point: (point.urgency is not Urgency.FILL, place.get(point.section, 99)),
        )
    )


def is_marked(section: PaperSection) -> bool:
    """Whether a section itself (not its parts) has a mark to fill."""
    texts = [
        said.text for each in (*section.paragraphs, *section.closing) for said in each.sentences
    ]
    texts.append(section.heading)
    return any(TO_FILL in text for text in texts) or any(map(_table_marked, section.tables))


def _table_marked(table: PaperTable) -> bool:
    return any(TO_FILL in text for row in table.rows for text in row) or any(
        TO_FILL in note for note in table.notes
    )


def _of_head(
    basis: PaperBasis, facts: Sequence[tuple[str, str]], chain: Sequence[ConsultationRow]
) -> Iterator[_Found]:
    if not basis.settings.lead:
        yield _Found("lead", None)
    written = [text for _, text in facts if text != TO_FILL]
    written += [text for row in chain for text in (row.body, row.outcome) if text != TO_FILL]
    if any(TO_FILL in text for text in written):
        yield _Found("mark", None)
    if confidential_in_public(basis):
        yield _Found("confidential", None)
    if not basis.day:
        yield _Found("reference_date", None, Urgency.CHECK)
    if len(basis.settings.subject) > 120:
        yield _Found("subject", None, Urgency.CHECK)
    for name in kind_conflicts(basis):
        yield _Found(name, SectionId.RESOLUTION, Urgency.CHECK)


def _of_chain(basis: PaperBasis, chain: Sequence[ConsultationRow]) -> Iterator[_Found]:
    for row in chain:
        values = (("number", row.number), ("body", row.body))
        if row.session is None:
            yield _Found("day", None, values=values)
        elif row.session < basis.created:
            if not row.outcome:
                yield _Found("session_over", None, Urgency.CHECK, values=values)
        elif row.editorial and row.editorial < basis.created:
            days = (("day", format_date(row.editorial)), ("session", format_date(row.session)))
            yield _Found("editorial", None, Urgency.CHECK, values=(*values, *days))
        if row.body == TO_FILL:
            yield _Found("body", None, values=values)
    days = [row.session for row in chain if row.session]
    if days != sorted(days):
        yield _Found("order", None, Urgency.CHECK)
    if basis.settings.operative is not Operative.NOTE and not deciding_rows(basis.chain):
        yield _Found("no_decision", None)
    if not basis.chain_given:
        yield _Found("chain", None, Urgency.CHECK, values=(("body", basis.body.name),))
    if not basis.settings.committee:
        yield _Found("committee", None, Urgency.CHECK, values=(("body", basis.committee.name),))


_TEXT_POINTS = {
    SectionId.OCCASION: "occasion",
    SectionId.PARTICIPATION: "participation",
    SectionId.REPORTING: "next_report",
    SectionId.CLIMATE: "climate_reason",
}


def _of_texts(
    marked: Iterable[SectionId], shown: dict[SectionId, PaperSection]
) -> Iterator[_Found]:
    for section in marked:
        if section in _TEXT_POINTS and not shown[section].own:
            yield _Found(_TEXT_POINTS[section], section)


def _of_choice(basis: PaperBasis, shown: dict[SectionId, PaperSection]) -> Iterator[_Found]:
    targets = {name: target for name, (_, target) in basis.dossier.basis.targets.items()}
    if SectionId.GOALS in shown and not shown[SectionId.GOALS].own:
        if not targets:
            yield _Found("targets", SectionId.GOALS)
        if basis.rows and not basis.settings.choice.strip():
            yield _Found("choice", SectionId.GOALS)
    if target_warning(targets):
        yield _Found("targets_high", SectionId.GOALS, Urgency.CHECK)
    if not basis.rows and basis.settings.operative is not Operative.NOTE:
        yield _Found("no_measures", SectionId.MEASURES, Urgency.CHECK)
    measures = shown.get(SectionId.MEASURES)
    if measures and not measures.own:
        without = tuple(row.id for row in basis.rows if not row.owner)
        if without:
            yield _Found("owner", SectionId.MEASURES, ids=without, values=(("n", len(without)),))
    undated = tuple(row.id for row in basis.rows if row.start is None)
    if undated:
        values = (("n", len(undated)),)
        yield _Found("undated", SectionId.MEASURES, Urgency.CHECK, undated, values)
    problems = basis.dossier.schedule.problems if basis.dossier.schedule else ()
    if problems:
        ids = tuple(dict.fromkeys(each for one in problems for each in one.measures))
        values = (("n", len(problems)),)
        yield _Found("problems", SectionId.MEASURES, Urgency.CHECK, ids, values)
    if basis.settings.climate_shown and basis.settings.climate is None:
        yield _Found("climate", SectionId.CLIMATE, Urgency.CHECK, climate_of(basis).ids)


def _of_money(basis: PaperBasis, shown: dict[SectionId, PaperSection]) -> Iterator[_Found]:
    finance, costs = basis.finance, basis.finance.costs
    section = SectionId.FINANCE
    open_lines = tuple(dict.fromkeys(line.measure for line in costs.lines if not line.quantified))
    if open_lines:
        values = (("n", len(open_lines)),)
        yield _Found("unquantified", section, Urgency.CHECK, open_lines, values)
    if basis.rows and not finance.staff_stated:
        yield _Found("staff", section, Urgency.CHECK)
    if finance.staff_silent:
        silent = finance.staff_silent
        values = (("n", len(silent)),)
        yield _Found("staff_silent", section, Urgency.CHECK, silent, values)
    if basis.rows and not finance.income_stated:
        yield _Found("income", section, Urgency.CHECK)
    posts = tuple(
        line.measure
        for line in costs.lines
        if line.kind is CostRowKind.STAFF and any(each is None for each in line.posts)
    )
    if posts:
        yield _Found("posts", SectionId.STAFF, Urgency.CHECK, posts, (("n", len(posts)),))
    if costs.without_costs:
        values = (("n", len(costs.without_costs)),)
        yield _Found("free", section, Urgency.CHECK, values=values)
    # An own text stands instead of sentences; the tables stay.
    if section in shown and finance.budget is not None:
        unclear = tuple(
            row.id
            for row in basis.rows
            if (planned := basis.planned(row.id))
            and any(line.measure == row.id for line in costs.lines)
            and (
                not (planned.budget.product and planned.budget.account and planned.budget.cover)
                or planned.budget.budgeted is Budgeted.OPEN
            )
        )
        if unclear and is_marked(shown[section]):
            yield _Found("budget", section, ids=unclear, values=(("n", len(unclear)),))
    undated = tuple(
        line.measure
        for line in costs.lines
        if line.funding and line.funding.programme and line.funding.checked is None
    )
    if undated:
        yield _Found("funding", section, ids=undated, values=(("n", len(undated)),))


def _point(found: _Found, basis: PaperBasis) -> OpenPoint:
    heading = basis.headings[found.section] if found.section else sentence(HEAD)
    values = {"section": heading, **dict(found.values)}
    one = values.get("n") == 1
    name = f"paper_open.{found.code}"
    return OpenPoint(
        code=found.code,
        urgency=found.urgency,
        section=found.section,
        heading=heading,
        text=sentence(f"{name}_one" if one else name, **values),
        where=sentence(f"paper_where.{found.code}", **values),
        ids=found.ids,
    )
