"""Head and Beratungsfolge of a Vorlage in words; the day by which a paper must be finished."""

from collections.abc import Iterator
from datetime import date, timedelta

from assessment.german import format_date
from assessment.measures.paper_types import Consultation, Operative, PaperStatus
from assessment.profiles.council.paper_basis import PaperBasis, deciding_rows, span_text
from assessment.profiles.council.paper_effects import vote_text
from assessment.profiles.council.paper_parts import TO_FILL, ConsultationRow
from assessment.profiles.council.paper_summary import operative_name
from assessment.profiles.texts import sentence
from assessment.profiles.variants import Variant

LONGEST_SUBJECT = 120
_SATURDAY = 5


def subject(basis: PaperBasis) -> str:
    """The Betreff: object and action, at most 120 characters; without the name where too long."""
    own = basis.settings.subject
    if own:
        return own if len(own) <= LONGEST_SUBJECT else f"{own[: LONGEST_SUBJECT - 1].rstrip()}…"
    name = operative_name(basis)
    values = {
        "genitive": basis.place.genitive,
        "span": span_text("paper_head.span", basis.span),
        "day": sentence("paper_head.subject_day", day=basis.day) if basis.day else "",
        "year": basis.created.year,
    }
    full = sentence(f"paper_head.subject_{name}", **values)
    if len(full) <= LONGEST_SUBJECT:
        return full
    return sentence(f"paper_head.subject_{name}_short", **values)


def facts(basis: PaperBasis) -> tuple[tuple[str, str], ...]:
    """The head in print order; rows that nobody filled and that may be missing are left out."""
    settings = basis.settings
    rows = (
        ("municipality", basis.place.official),
        ("lead", settings.lead or TO_FILL),
        ("number", settings.number or sentence("paper_head.number_open")),
        ("reference", settings.reference),
        ("subject", subject(basis)),
        ("kind", settings.kind.value),
        ("status", settings.status.value),
        ("reference_date", basis.day or sentence("paper_head.no_day")),
        ("involved", settings.involved),
        ("reporter", settings.reporter),
        ("created", format_date(basis.created)),
    )
    return tuple((sentence(f"paper_head.{name}"), text) for name, text in rows if text)


def marks(basis: PaperBasis) -> tuple[str, ...]:
    """What has to be known first."""
    return (sentence("paper_head.closed_mark"),) if confidential_in_public(basis) else ()


def confidential_in_public(basis: PaperBasis) -> bool:
    """Whether a paper for the public session is made with the confidential variant."""
    return (
        basis.dossier.variant is Variant.CLOSED and basis.settings.status is not PaperStatus.CLOSED
    )


def consultation_rows(basis: PaperBasis) -> tuple[ConsultationRow, ...]:
    """The Beratungsfolge in words."""
    deciding = deciding_rows(basis.chain)
    days = basis.settings.editorial_days
    return tuple(
        ConsultationRow(
            number=number,
            body=line.body or TO_FILL,
            role=line.role.value,
            day=format_date(line.day) if line.day else TO_FILL,
            outcome=outcome_text(line),
            deciding=number - 1 in deciding,
            session=line.day,
            editorial=editorial_day(line.day, days) if line.day else None,
        )
        for number, line in enumerate(basis.chain, 1)
    )


def outcome_text(line: Consultation) -> str:
    """„geändert beschlossen; Ja 22, Nein 0, Enthaltung 1“; ``""`` before the session."""
    if line.outcome is None:
        return ""
    return "; ".join(part for part in (line.outcome.value, vote_text(line.vote)) if part)


def editorial_day(session: date, days: int) -> date:
    """Redaktionsschluss: ``days`` before the session; at a weekend the Friday before."""
    day = session - timedelta(days=days)
    return day - timedelta(days=max(0, day.weekday() - _SATURDAY + 1))


def kind_conflicts(basis: PaperBasis) -> Iterator[str]:
    """Kind, role and verb are independent; combinations that are unusual are worth a look."""
    operative, kind = basis.settings.operative, basis.settings.kind
    decides = bool(deciding_rows(basis.chain))
    if operative is Operative.NOTE and (decides or kind.decides):
        yield "kind_note"
    if operative is not Operative.NOTE and not kind.decides:
        yield "kind_decision"
