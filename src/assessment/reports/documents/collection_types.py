"""Which types there are and in which sizes and Länder; the types never stand in a rank."""

from collections.abc import Sequence

from assessment.german import format_number
from assessment.profiles.overview import SIZE, Overview
from assessment.profiles.results import Assessment
from assessment.profiles.texts import sentence
from assessment.profiles.type_profile import TypeProfile
from assessment.profiles.type_tables import TypeTable, type_tables
from assessment.reports.document import Block, Bullets, Column, Heading, Paragraph, Table
from assessment.reports.documents.collection_head import lettered
from assessment.reports.documents.collection_participants import counted

_UNIT = " Einwohner"
"""Stands in the head of the column instead of in each row."""

_OWN_SENTENCES = 2
"""Sentences about the numbers of one table: the largest number, the largest share."""


def types_section(
    assessment: Assessment, seen: Overview, kinds: Sequence[TypeProfile], source: str
) -> tuple[Block, ...]:
    """Sizes of the types, what each aims at, and the guarded cross tables."""
    heading = Heading(sentence("collection_paper.types_heading"))
    intro = sentence("collection_paper.types_intro")
    if seen.types is None:
        return heading, Paragraph(seen.type_note or sentence("type.no_typology"))
    names = [lettered(cell.id, cell.label) if cell.id else cell.label for cell in seen.types.cells]
    return (
        heading,
        Paragraph(f"{kinds[0].equality} {intro}" if kinds else intro),
        counted(seen.types, source, names),
        Bullets(tuple(_aim(kind) for kind in kinds)),
        *_tables(type_tables(assessment, seen), source),
    )


def _tables(found: Sequence[TypeTable], source: str) -> list[Block]:
    """The cross tables; what holds for all of them is said below the last one shown."""
    shown = [one for one in found if one.table.shown]
    return [
        _crossed(one, source, last=one is shown[-1]) if one in shown else _refused(one)
        for one in found
    ]


def _refused(found: TypeTable) -> Block:
    return Paragraph(" ".join(found.sentences))


def _aim(kind: TypeProfile) -> str:
    text = kind.focus or kind.goals_sentence
    return sentence("collection_paper.aim", name=lettered(kind.type_id, kind.name), text=text)


def _crossed(found: TypeTable, source: str, *, last: bool) -> Block:
    table, hidden = found.table, sentence("collection_paper.hidden_short")
    known = "size" if found.title == SIZE else "land"
    return Table(
        sentence(f"collection_paper.cross_{known}"),
        (
            Column(sentence(f"collection_paper.head_{known}"), 46),
            *(Column(c.label, 25 if c.id else 22, right=True) for c in table.columns),
            Column(sentence("collection_paper.together"), 20, right=True),
        ),
        tuple(
            (
                row.label.removesuffix(_UNIT),
                *(hidden if n is None else format_number(n) for n in cells),
                hidden if row.n is None else format_number(row.n),
            )
            for row, cells in zip(table.rows, table.cells, strict=True)
        ),
        note=" ".join(found.sentences if last else found.sentences[:_OWN_SENTENCES]),
        source=source,
    )
