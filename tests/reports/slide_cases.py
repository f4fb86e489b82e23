"""Vorlagen and dossiers for the tests of the slides, and the reading of a presentation."""

import io
from datetime import date
from typing import Any

import pptx

from assessment.profiles.council.paper_parts import (
    ConsultationRow,
    CouncilPaper,
    Form,
    PaperParagraph,
    PaperSection,
    Said,
    SectionId,
)

CREATED = date(2026, 11, 22)


def paragraph(text: str, form: Form = Form.BODY) -> PaperParagraph:
    return PaperParagraph((Said(text),), form)


def paper(
    *texts: str,
    cost: str = "Die Kosten sind noch nicht beziffert. Personal ist noch nicht beziffert.",
    decision: str = "Der Rat entscheidet über die Strategie.",
    without: str = "Es bleibt, wie es ist.",
    bodies: tuple[str, ...] = ("Hauptausschuss", "Rat"),
    subject: str = "Digitalisierungsstrategie",
    municipality: str = "Musterstadt",
) -> CouncilPaper:
    """A Vorlage with these operative texts."""
    resolution = PaperSection(
        SectionId.RESOLUTION,
        "Beschlussvorschlag",
        tuple(paragraph(text, Form.NUMBERED) for text in texts or ("Der Rat beschließt.",)),
    )
    return CouncilPaper(
        municipality=municipality,
        kind="Beschlussvorlage",
        status="öffentlich",
        number="",
        subject=subject,
        lead="",
        reference="",
        reference_date="31.12.2025",
        facts=(),
        body="Rat",
        consultations=tuple(
            ConsultationRow(n, body, "Vorberatung", "[bitte ergänzen]", "", False, None, None)
            for n, body in enumerate(bodies, 1)
        ),
        answers=(
            paragraph(decision),
            paragraph("Jetzt, weil Fristen laufen."),
            paragraph(cost),
            paragraph(without),
        ),
        sections=(resolution,),
        attachments=(),
        marks=(),
        points=(),
    )


def opened(data: bytes) -> Any:
    """A presentation as the library reads it."""
    return pptx.Presentation(io.BytesIO(data))


def texts(shape: Any) -> list[str]:
    """Paragraphs of a shape or cells of a table."""
    if shape.has_text_frame:
        return [each.text for each in shape.text_frame.paragraphs]
    if shape.has_table:
        return [cell.text for row in shape.table.rows for cell in row.cells]
    return []


def all_texts(file: Any) -> str:
    """Everything that stands on the slides."""
    return "\n".join(
        text for slide in file.slides for shape in slide.shapes for text in texts(shape)
    )
