"""What every document about one municipality begins with and rests on."""

from collections.abc import Sequence
from datetime import date

from assessment import __version__
from assessment.german import format_date, format_number
from assessment.measures.model import Catalogue
from assessment.profiles.dossier import Dossier
from assessment.profiles.header import Header
from assessment.profiles.texts import sentence
from assessment.profiles.variants import Variant
from assessment.reports.document import Block, Document, DocumentKind

LONGEST_IN_SOURCE = 60
"""Characters of a name in the line of the source."""
ALL_MARKS = {
    Variant.PUBLIC: (),
    Variant.CLOSED: ("document.closed",),
    Variant.ANONYMOUS: ("document.anonymous",),
}


def municipality_document(
    dossier: Dossier,
    kind: DocumentKind,
    title: str,
    blocks: Sequence[Block],
    created: date,
    *,
    short_title: str = "",
    attachment: str = "",
    compact: bool = False,
) -> Document:
    """A document about one municipality with head, days, source and record.

    ``created``: the day it is made, given from outside so that equal input gives equal bytes.
    """
    profile = dossier.profile
    header = profile.header
    return Document(
        kind=kind,
        title=title,
        subtitle=facts_line(header),
        short_title=short_title or title,
        municipality=header.name,
        reference_date=header.reference_date,
        as_of=as_of(dossier.catalogue),
        created=created,
        marks=marks(dossier.variant, simulated=header.simulated),
        source=source_line(header),
        record=profile.data.provenance,
        disclaimer=disclaimer(dossier.catalogue),
        blocks=tuple(blocks),
        variant=dossier.variant,
        attachment=attachment,
        compact=compact,
    )


def facts_line(header: Header) -> str:
    """„Kreisangehörige Stadt · 24.310 Einw. · Schleswig-Holstein“."""
    people = header.population
    facts = (
        header.kind,
        "" if people is None else sentence("document.population", n=format_number(people)),
        header.land,
    )
    return " · ".join(fact for fact in facts if fact)


def source_line(header: Header) -> str:
    """Stands under each figure and table."""
    day = header.reference_date
    # Under each table: a name of several lines there would crowd out the tables.
    long = len(header.name) > LONGEST_IN_SOURCE
    return sentence(
        "document.source_long" if long else "document.source",
        name=header.name,
        day=sentence("document.source_day", day=format_date(day)) if day else "",
        version=__version__,
    )


def as_of(catalogue: Catalogue) -> str:
    """„Maßnahmenkatalog 2026.1, Rechtsstand 22.11.2026“."""
    day = legal_day(catalogue)
    if day is None:
        return sentence("document.as_of", catalogue=catalogue.version)
    return sentence("document.as_of_legal", catalogue=catalogue.version, day=format_date(day))


def disclaimer(catalogue: Catalogue) -> str:
    """Self-assessment, no legal advice; with the day the law was looked up."""
    day = legal_day(catalogue)
    if day is None:
        return sentence("document.disclaimer")
    return sentence("document.disclaimer_legal", day=format_date(day))


def legal_day(catalogue: Catalogue) -> date | None:
    """The earliest day a legal reference was looked up: nothing is more recent for certain."""
    days = [each.checked for one in catalogue.measures for each in one.legal if each.checked]
    return min(days, default=None)


def marks(variant: Variant, *, simulated: bool) -> tuple[str, ...]:
    """What everybody who sees a page must know first."""
    said = [sentence("document.simulated")] if simulated else []
    return (*said, *(sentence(name) for name in ALL_MARKS[variant]))
