"""The Methodenbericht as a document: the same sections, for the PDF."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from assessment import __version__
from assessment.german import format_number
from assessment.profiles.header import provenance
from assessment.profiles.texts import sentence
from assessment.reports.document import (
    Block,
    Chart,
    Contents,
    Document,
    DocumentKind,
    Heading,
    Landscape,
    PageBreak,
    Paragraph,
    ParagraphKind,
    Picture,
    Table,
)
from assessment.reports.typology_blocks import TEXT_WIDTH_MM
from assessment.reports.typology_facts import ReportFacts, report_facts
from assessment.reports.typology_sections import (
    IN_SHORT,
    KIND,
    SECTIONS,
    facts_line,
    for_analysts,
    report_marks,
    summary,
)
from assessment.survey import Survey
from assessment.typology.model import TypologyModel
from assessment.typology.study_types import TypologyStudy

_WIDE = 8
"""Tables of so many columns stand on a turned page."""
_HIGHEST_MM = 205.0
"""A drawing leaves room for title and sentence on its page."""
_STYLE = (
    "text{fill:#1B232C;font-size:13px;font-family:'Atkinson Hyperlegible Next'}"
    ".quiet{fill:#54606C}.strong{font-weight:600}.grid{stroke:#DDE3E8}.axis{stroke:#7C8C9B}"
    ".data{stroke:#1B232C;fill:none;stroke-width:1.5}.dashed{stroke-dasharray:5 3}"
    ".dot{fill:#1B232C;stroke:#1B232C;stroke-width:1.5}"
    ".hollow{fill:#fff;stroke:#1B232C;stroke-width:1.5}.band{fill:#E3E8ED;stroke:none}"
)
"""The rules of ``methodenbericht.css`` for drawings: a picture carries its own."""


def typology_document(
    survey: Survey, study: TypologyStudy, model: TypologyModel, created: date
) -> Document:
    """The report as a document. ``model`` is one of the study's candidates, frozen.

    ``created``: the day printed on it. Raises ``KeyError`` if the study has no candidate with as
    many types as the model.
    """
    known = report_facts(survey, study, model)
    blocks: list[Block] = [
        Paragraph(for_analysts(), ParagraphKind.NOTE),
        Heading(IN_SHORT),
        *summary(known),
        Contents(1),
        PageBreak(),
    ]
    for number, (_, title, write) in enumerate(SECTIONS, start=1):
        blocks += [Heading(f"{number}. {title}"), *_for_paper(write(known))]
    return Document(
        kind=DocumentKind.TYPOLOGY,
        title=f"Methodenbericht: {survey.questionnaire.title}",
        subtitle=facts_line(known),
        short_title=KIND,
        municipality="",
        reference_date=survey.reference_date,
        as_of=f"Typologie, Fassung {model.version}, Kennung {model.mark}",
        created=created,
        marks=tuple(report_marks(known)),
        source=_source(known),
        record=provenance(survey, model.mark),
        disclaimer=for_analysts(),
        blocks=tuple(blocks),
    )


def _source(known: ReportFacts) -> str:
    return sentence(
        "document.source_all",
        n=format_number(len(known.survey.keys)),
        day="",
        version=__version__,
    )


def _for_paper(blocks: Iterable[Block]) -> Iterator[Block]:
    """Wide tables with the notes between and below them share their turned pages."""
    turned: list[Block] = []
    for block in blocks:
        wide = isinstance(block, Table) and len(block.columns) >= _WIDE
        note = isinstance(block, Paragraph) and block.kind is ParagraphKind.NOTE
        if wide or (turned and note):
            turned.append(block)
            continue
        if turned:
            yield Landscape(tuple(turned))
            turned = []
        match block:
            case Chart(drawing=Picture() as picture):
                yield replace(block, drawing=_styled(picture))
            case _:
                yield block
    if turned:
        yield Landscape(tuple(turned))


def _styled(picture: Picture) -> Picture:
    """The drawing with its style, name space and size; no higher than a page."""
    factor = min(1.0, _HIGHEST_MM / picture.height_mm)
    width, height = TEXT_WIDTH_MM * factor, picture.height_mm * factor
    head = f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.1f}mm" height="{height:.1f}mm" '
    svg = picture.svg.replace("<svg ", head, 1).replace(">", f"><style>{_STYLE}</style>", 1)
    return Picture(svg, width, height)
