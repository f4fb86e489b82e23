"""How firm the levels are, and what a self-assessment can say and what not."""

from assessment.german import format_number
from assessment.profiles.dossier import Dossier
from assessment.profiles.robustness_notes import FIRM, FieldRobustness
from assessment.profiles.texts import sentence
from assessment.profiles.type_statement import shown_share
from assessment.reports.document import (
    Block,
    Bullets,
    Column,
    Columns,
    Heading,
    Paragraph,
    ParagraphKind,
    Table,
)
from assessment.reports.documents.parts import source_line

CAN = ("can_level", "can_compare", "can_repeat", "can_talk")
CANNOT = ("cannot_check", "cannot_quality", "cannot_all", "cannot_rank")


def certainty_blocks(dossier: Dossier) -> list[Block]:
    """The finding in one sentence, and the fields whose level may as well be the next one."""
    note = dossier.profile.robustness
    if not note.fields:
        return []
    question = sentence("robust.question", text="").strip()
    blocks: list[Block] = [
        Heading(sentence("results_paper.robust_heading")),
        Paragraph(note.sentence.removeprefix(question).strip(), ParagraphKind.LEAD),
    ]
    if note.method:
        blocks.append(Paragraph(note.method))
    loose = [field for field in note.fields if not field.fixed and field.same_level < FIRM]
    if loose:
        blocks.append(_table(loose, source_line(dossier.profile.header)))
    if any(field.fixed for field in note.fields):
        blocks.append(Paragraph(sentence("results_paper.one_question"), ParagraphKind.NOTE))
    return blocks


def _table(fields: list[FieldRobustness], source: str) -> Table:
    return Table(
        caption=sentence("results_paper.robust_table"),
        columns=(
            Column(sentence("results_table.field"), 3),
            Column(sentence("results_table.level"), 1, right=True),
            Column(sentence("results_table.holds"), 1.6, right=True),
            Column(sentence("results_table.range"), 1.6, right=True),
        ),
        rows=tuple(
            (
                field.name,
                str(field.level),
                shown_share(field.same_level),
                sentence(
                    "results_table.from_to",
                    low=format_number(field.low),
                    high=format_number(field.high),
                ),
            )
            for field in fields
        ),
        source=source,
    )


def limits_blocks(dossier: Dossier) -> list[Block]:
    """Both lists side by side."""
    can = CAN if dossier.profile.fields else tuple(name for name in CAN if name != "can_level")
    return [
        Heading(sentence("results_paper.limits_heading")),
        Columns(
            (
                (
                    Heading(sentence("results_paper.can_heading"), 2),
                    Bullets(tuple(sentence(f"results_paper.{name}") for name in can)),
                ),
                (
                    Heading(sentence("results_paper.cannot_heading"), 2),
                    Bullets(tuple(sentence(f"results_paper.{name}") for name in CANNOT)),
                ),
            )
        ),
    ]
