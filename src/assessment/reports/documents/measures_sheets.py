"""Steckbriefe of measures, each about half a page: planned ones, and proposals without a plan."""

from collections.abc import Iterator

from assessment.measures.model import Measure, Obligation
from assessment.measures.plan_types import PlannedMeasure
from assessment.measures.roadmap_types import PrerequisiteState, RoadmapRow
from assessment.profiles.council.measure_order import shown_period
from assessment.profiles.dossier import Dossier
from assessment.profiles.measure_profile import MeasureRow
from assessment.profiles.measure_text import MeasureText, measure_text
from assessment.profiles.measure_words import effort_word, legal_lines, obligation_word
from assessment.profiles.roadmap_profile import decision_text, status_shown
from assessment.profiles.texts import sentence
from assessment.reports.document import Block, Facts, Heading, Paragraph
from assessment.reports.documents.measures_costs import cost_rows

SHEET_LEVEL = 2


def planned_sheet(dossier: Dossier, row: RoadmapRow, *, voluntary: bool) -> tuple[Block, ...]:
    """One measure of the plan. ``voluntary``: it carries the mark of Haushaltssicherung."""
    if dossier.plan is None:
        raise ValueError("sheet of a planned measure without a plan")
    planned = dossier.plan.by_id[row.id]
    measure = None if row.own else dossier.catalogue.by_id.get(row.id)
    text = measure_text(measure, dossier.assessment.survey.questionnaire) if measure else None
    rows = _planned_rows(dossier, row, planned, measure, text)
    return _sheet(row.number, marked(row.title, voluntary=voluntary), row.id, text, rows)


def proposed_sheet(
    dossier: Dossier, number: int, row: MeasureRow, *, voluntary: bool
) -> tuple[Block, ...]:
    """One recommendation: what the catalogue says; dates and money come with a plan."""
    text = row.text
    before = "; ".join(f"{each.title}: {each.state}" for each in row.prerequisites)
    rows = (
        (sentence("measure_sheet.field"), _field(text, row.step)),
        (sentence("measure_sheet.owner"), _owner(text.responsible, text.involved)),
        (sentence("measure_sheet.duty"), _duty(dossier.catalogue[text.id])),
        *(((sentence("measure_sheet.requires"), before),) if before else ()),
        (sentence("measure_sheet.effort"), _effort(text)),
        (
            sentence("measure_sheet.costs"),
            sentence("measure_sheet.costs_kind", kind=text.cost_word),
        ),
        (sentence("measure_sheet.indicator"), text.indicator),
        (sentence("measure_sheet.climate"), text.climate),
    )
    return _sheet(number, marked(text.title, voluntary=voluntary), text.id, text, rows)


def marked(title: str, *, voluntary: bool) -> str:
    """The title, with „(freiwillig)“ where the budget is under supervision."""
    return sentence("measures_paper.voluntary", title=title) if voluntary else title


def is_voluntary(row: RoadmapRow) -> bool:
    return row.obligation is Obligation.VOLUNTARY


def _sheet(
    number: int,
    title: str,
    measure_id: str,
    text: MeasureText | None,
    rows: tuple[tuple[str, str], ...],
) -> tuple[Block, ...]:
    heading = sentence("measure_sheet.heading", number=number, title=title)
    description = (Paragraph(text.description, ids=(measure_id,)),) if text else ()
    # The heading names the rows; a caption would say the same again.
    return (Heading(heading, SHEET_LEVEL), *description, Facts("", rows))


def _planned_rows(
    dossier: Dossier,
    row: RoadmapRow,
    planned: PlannedMeasure,
    measure: Measure | None,
    text: MeasureText | None,
) -> tuple[tuple[str, str], ...]:
    rows = [
        (sentence("measure_sheet.field"), _field(text, _step(dossier, row)) if text else row.field),
        (sentence("measure_sheet.status"), _status(row)),
        (
            sentence("measure_sheet.owner"),
            _owner(row.owner or sentence("roadmap.no_owner"), measure.involved if measure else ()),
        ),
        (
            sentence("measure_sheet.duty"),
            _duty(measure) if measure else sentence("measure_sheet.duty_own"),
        ),
        *_requires(row),
        *_effort_row(row, text),
        *cost_rows(row, planned),
    ]
    # A report measures against it: that there is none is to be seen (J3).
    indicator = text.indicator if text else sentence("measure_sheet.indicator_open")
    rows.append((sentence("measure_sheet.indicator"), indicator))
    if row.priority:
        priority = sentence("measure_sheet.priority_own", text=row.priority)
        rows.append((sentence("measure_sheet.priority"), priority))
    if planned.note:
        rows.append((sentence("measure_sheet.note"), planned.note))
    return tuple(rows)


def _field(text: MeasureText, step: str) -> str:
    fields = ", ".join(text.fields)
    return sentence("measure_sheet.field_step", fields=fields, step=step) if step else fields


def _step(dossier: Dossier, row: RoadmapRow) -> str:
    """„Stufe 1 → 2“, where the measure fits the present level."""
    found = dossier.measures.row(row.id)
    return found.step if found else ""


def _status(row: RoadmapRow) -> str:
    return sentence(
        "measure_sheet.status_decision",
        status=status_shown(row.status),
        period=_period(row),
        decision=decision_text(row.decision),
    )


def _period(row: RoadmapRow) -> str:
    period = shown_period(row)
    if not row.overridden:
        return period
    return sentence("measure_sheet.period_note", period=period, note=row.overridden)


def _owner(owner: str, involved: tuple[str, ...]) -> str:
    if not involved:
        return owner
    return sentence("measure_sheet.involved", owner=owner, involved=", ".join(involved))


def _duty(measure: Measure) -> str:
    legal = "; ".join(legal_lines(measure, "measure_sheet.legal"))
    said = sentence("measure_sheet.duty_legal", word=obligation_word(measure), legal=legal)
    # The catalogue knows references, no days: those differ by Land and size.
    duty = measure.obligation is Obligation.DUTY
    return sentence("measure_sheet.deadline", text=said) if duty else said


def _requires(row: RoadmapRow) -> Iterator[tuple[str, str]]:
    # What is fulfilled keeps nobody waiting; a sheet has half a page.
    found = [each for each in row.prerequisites if each.state is not PrerequisiteState.DONE]
    if found:
        said = "; ".join(f"{each.title}: {each.state.value}" for each in found)
        yield sentence("measure_sheet.requires"), said


def _effort(text: MeasureText) -> str:
    return sentence(
        "measure_sheet.effort_value",
        effort=text.effort_word,
        benefit=text.benefit_word,
        horizon=text.horizon_word,
    )


def _effort_row(row: RoadmapRow, text: MeasureText | None) -> Iterator[tuple[str, str]]:
    name = sentence("measure_sheet.estimates")
    if text:
        said = sentence(
            "measure_sheet.effort_climate",
            effort=text.effort_word,
            benefit=text.benefit_word,
            climate=text.climate,
        )
        yield name, said
    elif row.effort:
        yield name, sentence("measure_sheet.effort_own", effort=effort_word(row.effort))
