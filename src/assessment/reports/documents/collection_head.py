"""Head, source and record of documents about all municipalities of a survey or about a type."""

from collections.abc import Sequence
from datetime import date

from assessment import __version__
from assessment.german import format_date, format_number
from assessment.profiles.header import provenance
from assessment.profiles.results import Assessment
from assessment.profiles.texts import sentence
from assessment.profiles.variants import Variant
from assessment.reports.document import Block, Document, DocumentKind
from assessment.reports.documents.parts import as_of, disclaimer, marks


def survey_document(
    assessment: Assessment,
    kind: DocumentKind,
    title: str,
    subtitle: str,
    blocks: Sequence[Block],
    created: date,
    *,
    short_title: str,
    compact: bool = False,
) -> Document:
    """A document that names no municipality. ``created``: the day printed on it."""
    survey, catalogue = assessment.survey, assessment.catalogue
    return Document(
        kind=kind,
        title=title,
        subtitle=subtitle,
        short_title=short_title,
        municipality="",
        reference_date=survey.reference_date,
        as_of=as_of(catalogue),
        created=created,
        marks=marks(Variant.PUBLIC, simulated=survey.simulated),
        source=source_of_all(assessment),
        record=provenance(survey, assessment.typology_mark),
        disclaimer=disclaimer(catalogue),
        blocks=tuple(blocks),
        compact=compact,
    )


def source_of_all(assessment: Assessment) -> str:
    """Stands under tables about all municipalities."""
    survey = assessment.survey
    day = survey.reference_date
    return sentence(
        "document.source_all",
        n=format_number(len(survey.keys)),
        day=sentence("document.source_day", day=format_date(day)) if day else "",
        version=__version__,
    )


def lettered(type_id: str, name: str) -> str:
    """„S Serviceorientierte“; unnamed groups have their number in the name already."""
    return f"{type_id} {name}" if len(type_id) == 1 else name
