"""Anlage 5 „Informationssicherheit“: confidential answers, never public."""

from datetime import date

from assessment.profiles.council.sensitive import (
    SecurityProfile,
    SensitiveField,
    security_profile,
)
from assessment.profiles.dossier import Dossier
from assessment.profiles.texts import sentence
from assessment.profiles.variants import Variant
from assessment.remarks import InputRefused
from assessment.reports.document import (
    Block,
    Bullets,
    Column,
    Document,
    DocumentKind,
    Heading,
    Paragraph,
    ParagraphKind,
    Table,
)
from assessment.reports.documents.parts import municipality_document, source_line

SECURITY_NOT_PUBLIC = "SECURITY_NOT_PUBLIC"
MOST_MEASURES = 3


def security_document(dossier: Dossier, created: date) -> Document:
    """The paper on information security.

    Raises ``InputRefused``: ``SECURITY_NOT_PUBLIC`` for a public or anonymous variant,
    ``NO_SENSITIVE_ITEMS`` where the questionnaire has no confidential question.
    """
    if dossier.variant is not Variant.CLOSED:
        raise InputRefused(SECURITY_NOT_PUBLIC, sentence("security_paper.not_public"))
    found = security_profile(dossier)
    blocks: list[Block] = [
        Paragraph(found.lead, ParagraphKind.LEAD),
        Paragraph(f"{sentence('security_paper.why')} {sentence('security_paper.handling')}"),
    ]
    source = source_line(dossier.profile.header)
    for field in found.fields:
        blocks += _field(field, source)
    blocks += _open(found)
    return municipality_document(
        dossier,
        DocumentKind.SECURITY,
        sentence("security_paper.title"),
        blocks,
        created,
        attachment=sentence("results_paper.attachment", n=5),
    )


def _field(field: SensitiveField, source: str) -> list[Block]:
    row = field.row
    said = [row.sentence]
    if row.level_text:
        said.append(sentence("security_paper.means", text=row.level_text))
    if field.next_level:
        said.append(sentence("security_paper.next", text=field.next_level))
    table = Table(
        caption=sentence("security_paper.table", name=row.name),
        columns=(
            Column(sentence("security_paper.question"), 3.2),
            Column(sentence("security_paper.answer"), 3.2),
            Column(sentence("results_table.points"), 0.7, right=True),
        ),
        rows=tuple(
            (
                f"{answer.item} {answer.text}",
                answer.answer,
                "–" if answer.points is None else str(answer.points),
            )
            for answer in field.answers
        ),
        note=sentence("security_paper.table_note"),
        source=source,
        caption_shown=False,
    )
    return [Heading(row.name), *(Paragraph(text, ids=(row.dimension,)) for text in said), table]


def _open(found: SecurityProfile) -> list[Block]:
    blocks: list[Block] = [Heading(sentence("security_paper.open_heading"))]
    if found.open:
        blocks.append(Bullets(found.open))
    else:
        blocks.append(Paragraph(sentence("security_paper.nothing_open")))
    if found.measures:
        shown, more = found.measures[:MOST_MEASURES], len(found.measures) - MOST_MEASURES
        note = [sentence("security_paper.measures_note")]
        if more > 0:
            text = (
                "security_paper.more_measures_one" if more == 1 else "security_paper.more_measures"
            )
            note.insert(0, sentence(text, n=more))
        blocks += [
            Heading(sentence("security_paper.measures_heading")),
            Bullets(
                tuple(f"{title} ({known})" for known, title in shown),
                ids=tuple(known for known, _ in shown),
            ),
            Paragraph(" ".join(note), ParagraphKind.NOTE),
        ]
    return blocks
