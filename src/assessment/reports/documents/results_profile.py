"""„Wo stehen wir?“ of the Ergebnisbericht: a chart and a table for every block of fields."""

from assessment.comparison.comparison import Standing
from assessment.comparison.gap_types import Reference
from assessment.german import format_number, format_signed
from assessment.profiles.council.findings import BlockFinding, block_findings, overall_finding
from assessment.profiles.dossier import Dossier
from assessment.profiles.fields import FieldRow
from assessment.profiles.texts import sentence
from assessment.reports.document import (
    Block,
    Chart,
    Column,
    Heading,
    Paragraph,
    ParagraphKind,
    Scale,
    ScaleDrawing,
    ScaleRow,
    Table,
)
from assessment.reports.documents.parts import source_line

_MARKS = ("own", "band", "median", "target", "before")


def standing_blocks(dossier: Dossier) -> list[Block]:
    """Heading, how to read it, and one chart a block."""
    profile = dossier.profile
    blocks: list[Block] = [Heading(sentence("results_paper.where_heading"))]
    if not profile.fields:
        return [*blocks, Paragraph(sentence("results_paper.no_points"))]
    blocks += [
        Paragraph(overall_finding(profile.fields), ParagraphKind.LEAD),
        Paragraph(sentence("results_paper.how_to_read")),
    ]
    if dossier.hidden:
        blocks.append(Paragraph(sentence("results_paper.hidden_fields"), ParagraphKind.NOTE))
    targets = _values(dossier, Reference.OWN_TARGET)
    before = _values(dossier, Reference.PREVIOUS_WAVE)
    source = source_line(profile.header)
    for found in block_findings(profile.blocks):
        blocks.append(Heading(found.name or sentence("results_paper.all_fields"), 2))
        blocks.append(_chart(found, targets, before, source))
    return blocks


def _values(dossier: Dossier, reference: Reference) -> dict[str, int]:
    """Field → value of a reference in points, where there is one."""
    found = {}
    for line in dossier.gaps.lines:
        gap = line.gap(reference)
        if gap is not None and gap.value is not None:
            found[line.dimension] = gap.value
    return found


def _chart(
    found: BlockFinding, targets: dict[str, int], before: dict[str, int], source: str
) -> Chart:
    rows = tuple(
        ScaleRow(
            row.name,
            Scale(
                own=row.score,
                low=row.low,
                high=row.high,
                median=row.median,
                target=targets.get(row.dimension),
                before=before.get(row.dimension),
            ),
            _own(row),
        )
        for row in found.rows
    )
    return Chart(
        title=found.title,
        sentence=found.sentence,
        alt=found.alt,
        drawing=ScaleDrawing(rows, sentence("results_paper.axis"), _legend(rows)),
        source=source,
        table=_table(found, targets, before),
    )


def _legend(rows: tuple[ScaleRow, ...]) -> tuple[tuple[str, str], ...]:
    """Names of the marks that occur."""
    present = {
        "own": any(row.scale.own is not None for row in rows),
        "band": any(row.scale.low is not None for row in rows),
        "median": any(row.scale.median is not None for row in rows),
        "target": any(row.scale.target is not None for row in rows),
        "before": any(row.scale.before is not None for row in rows),
    }
    return tuple((mark, sentence(f"results_mark.{mark}")) for mark in _MARKS if present[mark])


def _own(row: FieldRow) -> str:
    return "–" if row.score is None else format_number(row.score)


def _table(found: BlockFinding, targets: dict[str, int], before: dict[str, int]) -> Table:
    """The numbers of the chart; a target or an earlier value only where a field has one."""
    with_target = any(row.dimension in targets for row in found.rows)
    with_before = any(row.dimension in before for row in found.rows)
    columns = [
        Column(sentence("results_table.field"), 2.7),
        # With an earlier value there is one column more: the level then stands as its number.
        Column(sentence("results_table.level"), 0.8 if with_before else 1.75, right=with_before),
        Column(sentence("results_table.points"), 0.95, right=True),
        Column(sentence("results_table.group"), 1.6, right=True),
        Column(sentence("results_table.others"), 0.95, right=True),
    ]
    if with_target:
        columns.append(Column(sentence("results_table.target"), 0.65, right=True))
    if with_before:
        columns.append(Column(sentence("results_table.before"), 0.95, right=True))
    columns.append(Column(sentence("results_table.difference"), 2.35))
    rows = []
    for row in found.rows:
        cells = [
            row.name,
            _level(row, short=with_before),
            _own(row),
            _group(row),
            _number(row.n_others),
        ]
        if with_target:
            cells.append(_number(targets.get(row.dimension)))
        if with_before:
            cells.append(_number(before.get(row.dimension)))
        rows.append((*cells, _standing(row)))
    return Table(
        caption=sentence("results_table.caption", name=found.name),
        columns=tuple(columns),
        rows=tuple(rows),
        note=_note(found),
        caption_shown=False,
    )


def _note(found: BlockFinding) -> str:
    said = [sentence("results_table.note")]
    if any(row.refusal for row in found.rows):
        said.append(sentence("results_table.note_hidden"))
    return " ".join(said)


def _level(row: FieldRow, *, short: bool) -> str:
    """„2 (im Aufbau)“; why there is none. ``short``: the number alone."""
    if short:
        return "–" if row.level is None else str(row.level)
    if row.level is not None:
        named = sentence("results_table.level_named", level=row.level, name=row.level_name)
        return named if row.level_name else str(row.level)
    if row.score is not None:
        return "–"
    if row.coverage is not None:
        return sentence("results_table.not_rated")
    away = row.answers.not_applicable > 0
    return sentence("results_table.away" if away else "results_table.not_asked_field")


def _group(row: FieldRow) -> str:
    """„50 (25–63)“: median and middle half of the others; the median alone where few answered."""
    if row.median is None:
        return "–"
    if row.low is None or row.high is None:
        return format_number(row.median)
    middle = sentence("results_table.from_to", low=row.low, high=row.high)
    return sentence("results_table.group_value", median=row.median, middle=middle)


def _number(value: int | None) -> str:
    return "–" if value is None else format_number(value)


def _standing(row: FieldRow) -> str:
    """Above or below with the difference; what can't be told apart carries no number."""
    if row.standing is Standing.UNKNOWN or row.difference is None:
        hidden = row.score is not None and bool(row.refusal)
        return sentence("results_table.hidden") if hidden else "–"
    if row.standing is Standing.SIMILAR:
        return sentence("results_table.similar")
    return sentence(f"results_table.{row.standing}", difference=format_signed(row.difference))
