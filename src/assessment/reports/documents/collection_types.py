"""Which types there are and in which sizes and Länder; the types never stand in a rank."""

from assessment.german import format_number
from assessment.profiles.overview import SIZE, Overview
from assessment.profiles.results import Assessment
from assessment.profiles.texts import sentence
from assessment.profiles.type_profile import TypeProfile, type_profiles
from assessment.profiles.type_tables import TypeTable, type_tables
from assessment.reports.document import Block, Bullets, Column, Heading, Paragraph, Table
from assessment.reports.documents.collection_head import lettered
from assessment.reports.documents.collection_participants import counted

_UNIT = " Einwohner"
"""Stands in the head of the column instead of in each row."""


def types_section(assessment: Assessment, seen: Overview, source: str) -> tuple[Block, ...]:
    """Sizes of the types, what each aims at, and the guarded cross tables."""
    heading = Heading(sentence("collection_paper.types_heading"))
    if seen.types is None:
        return heading, Paragraph(seen.type_note or sentence("type.no_typology"))
    kinds = type_profiles(assessment)
    names = [lettered(cell.id, cell.label) if cell.id else cell.label for cell in seen.types.cells]
    return (
        heading,
        *([Paragraph(f"{kinds[0].origin} {kinds[0].equality}")] if kinds else []),
        counted(seen.types, source, names),
        Bullets(tuple(_aim(kind) for kind in kinds)),
        *(_crossed(one, source) for one in type_tables(assessment, seen)),
    )


def _aim(kind: TypeProfile) -> str:
    focus = kind.focus or kind.match_sentence
    return sentence("collection_paper.aim", name=kind.name, text=f"{focus} {kind.goals_sentence}")


def _crossed(found: TypeTable, source: str) -> Block:
    if not found.table.shown:
        return Paragraph(" ".join(found.sentences))
    table, hidden = found.table, sentence("collection_paper.hidden_short")
    known = "size" if found.title == SIZE else "land"
    return Table(
        sentence(f"collection_paper.cross_{known}"),
        (
            Column(sentence(f"collection_paper.head_{known}"), 48),
            *(Column(lettered(c.id, c.label), 24, right=True) for c in table.columns),
            Column(sentence("collection_paper.together"), 18, right=True),
        ),
        tuple(
            (
                row.label.removesuffix(_UNIT),
                *(hidden if n is None else format_number(n) for n in cells),
                hidden if row.n is None else format_number(row.n),
            )
            for row, cells in zip(table.rows, table.cells, strict=True)
        ),
        note=f"{' '.join(found.sentences)} {sentence('collection_paper.hidden_means')}",
        source=source,
    )
