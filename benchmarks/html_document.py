"""A document as HTML with inline SVG: the same blocks, texts and drawings as in our PDF.

The yardstick of ``pdf_speed``: what another engine would be given to set the same pages. It knows
every block, so that any document can be compared.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from html import escape
from pathlib import Path

from assessment.german import format_date
from assessment.reports.document import (
    Bar,
    Block,
    Box,
    Bullets,
    Cell,
    Chart,
    Columns,
    Contents,
    Document,
    Drawing,
    Facts,
    Heading,
    Landscape,
    PageBreak,
    Paragraph,
    Picture,
    Pips,
    Scale,
    ScaleDrawing,
    Table,
    TimelineDrawing,
    TypeBadge,
)

FONTS = Path(__file__).parents[1] / "static" / "fonts"
_FACE = "Atkinson Hyperlegible Next"
_INK, _QUIET, _BAND = "#1B2A36", "#5E7688", "#D5DEE6"

STYLE = f"""
@page {{ size: A4; margin: 18mm 16mm 16mm 20mm;
  @top-left {{ content: string(head); font: 8pt "{_FACE}"; }}
  @bottom-left {{ content: string(foot); font: 7.5pt "{_FACE}"; }}
  @bottom-right {{ content: "Seite " counter(page) " von " counter(pages); font: 7.5pt "{_FACE}"; }}
}}
@page wide {{ size: A4 landscape; }}
body {{ font: 11pt/1.4 "{_FACE}"; color: {_INK}; margin: 0; hyphens: auto; }}
body.compact {{ font-size: 10pt; line-height: 1.25; }}
.running {{ string-set: head content(); position: absolute; font-size: 0; }}
.foot {{ string-set: foot content(); position: absolute; font-size: 0; }}
h1 {{ font-size: 1.6em; margin: 0; }} h2 {{ font-size: 1.15em; margin: .5em 0 .2em; }}
h3 {{ font-size: 1em; margin: .5em 0 .1em; }} h4 {{ font-size: 1em; margin: 0; }}
p {{ margin: 0 0 .4em; }} .note, .source, figcaption {{ font-size: .85em; color: {_QUIET}; }}
.lead {{ font-weight: 600; }} .mark {{ border: 1px solid {_INK}; padding: 0 .4em; }}
ul, ol {{ margin: 0 0 .4em; padding-left: 1.2em; }}
table {{ border-collapse: collapse; width: 100%; font-size: .9em; margin: 0 0 .3em;
  font-variant-numeric: tabular-nums; }}
caption {{ text-align: left; font-weight: 600; }}
th {{ text-align: left; font-weight: 400; vertical-align: top; }}
thead th {{ font-size: .85em; border-bottom: 1px solid {_INK}; }}
td, th {{ padding: 0 .3em 0 0; border-bottom: .3px solid {_BAND}; }}
td.right, th.right {{ text-align: right; }}
.columns {{ display: grid; gap: 5mm; }} .box {{ border: 1px solid {_QUIET}; padding: .4em; }}
.badge {{ display: flex; gap: 3mm; }} .wide {{ page: wide; }} .break {{ break-after: page; }}
figure {{ margin: 0 0 .4em; }} svg {{ vertical-align: middle; }}
"""


def html_text(document: Document) -> str:
    """The whole page as HTML; fonts are those of the project."""
    days = [f"Erstellt am {format_date(document.created)}", f"Stand: {document.as_of}"]
    if document.reference_date:
        days.insert(0, f"Stichtag {format_date(document.reference_date)}")
    head = " · ".join(part for part in (document.municipality, document.short_title) if part)
    compact = ' class="compact"' if document.compact else ""
    return (
        '<!DOCTYPE html><html lang="de"><head><meta charset="utf-8">'
        f"<title>{escape(document.title)}</title><style>{_faces()}{STYLE}</style></head>"
        f'<body{compact}><div class="running">{escape(head)}</div>'
        f'<div class="foot">{escape(" · ".join(days))}</div>'
        f"<h1>{escape(document.title)}</h1>{_p(document.subtitle)}"
        + "".join(f'<p class="mark">{escape(mark)}</p>' for mark in document.marks)
        + _blocks(document.blocks)
        + _p(document.source, "source")
        + _p(" · ".join(document.record), "source")
        + _p(document.disclaimer, "source")
        + "</body></html>"
    )


def _faces() -> str:
    return "".join(
        f'@font-face {{ font-family: "{_FACE}"; font-weight: {weight}; '
        f'src: url("{path.as_uri()}") }}'
        for weight, path in ((400, _font("400")), (600, _font("600")))
    )


def _font(weight: str) -> Path:
    return next(iter(sorted(FONTS.glob(f"AtkinsonHyperlegibleNext*{weight}*"))))


def _blocks(blocks: Iterable[Block]) -> str:
    return "".join(_block(block) for block in blocks)


def _block(block: Block) -> str:
    match block:
        case Heading(text, level):
            return f"<h{level + 1}>{escape(text)}</h{level + 1}>"
        case Paragraph(text, kind):
            return _p(text, kind.value)
        case Bullets(items, numbered):
            tag = "ol" if numbered else "ul"
            return f"<{tag}>{''.join(f'<li>{escape(item)}</li>' for item in items)}</{tag}>"
        case Facts(caption, rows):
            lines = "".join(
                f'<tr><th scope="row">{escape(name)}</th>'
                f'<td class="right">{escape(value)}</td></tr>'
                for name, value in rows
            )
            return f"<table><caption>{escape(caption)}</caption><tbody>{lines}</tbody></table>"
        case Table():
            return _table(block)
        case Chart():
            return _chart(block)
        case TypeBadge(_, letter, name, text):
            mark = (
                f'<svg width="9mm" height="9mm" viewBox="0 0 40 40" aria-hidden="true">'
                f'<circle cx="20" cy="20" r="17" fill="{_INK}"/><text x="20" y="27" fill="#fff" '
                f'font-size="20" text-anchor="middle">{escape(letter)}</text></svg>'
            )
            said = f"<p><strong>{escape(name)}</strong> {escape(text)}</p>"
            return f'<div class="badge">{mark}{said}</div>'
        case Box(title, inside):
            return f'<div class="box"><h4>{escape(title)}</h4>{_blocks(inside)}</div>'
        case Columns(parts, shares):
            widths = shares or (1.0,) * len(parts)
            inside = "".join(f"<div>{_blocks(part)}</div>" for part in parts)
            tracks = " ".join(f"{share}fr" for share in widths)
            return f'<div class="columns" style="grid-template-columns: {tracks}">{inside}</div>'
        case Landscape(inside):
            return f'<div class="wide">{_blocks(inside)}</div>'
        case PageBreak():
            return '<div class="break"></div>'
        case Contents():
            return ""


def _p(text: str, kind: str = "") -> str:
    return f'<p class="{kind}">{escape(text)}</p>' if text else ""


def _table(table: Table) -> str:
    whole = sum(column.share for column in table.columns)
    widths = "".join(f'<col style="width: {100 * c.share / whole:.1f}%">' for c in table.columns)
    head = "".join(
        f'<th scope="col"{_right(column.right)}>{escape(column.name)}</th>'
        for column in table.columns
    )
    rows = "".join(f"<tr>{_row(row, [c.right for c in table.columns])}</tr>" for row in table.rows)
    return (
        f"<table><caption>{escape(table.caption)}</caption><colgroup>{widths}</colgroup>"
        f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
        + _p(table.note, "note")
        + _p(table.source, "source")
    )


def _row(row: Sequence[Cell], right: Sequence[bool]) -> str:
    first, *others = row
    cells = "".join(
        f"<td{_right(turned)}>{_cell(cell)}</td>"
        for cell, turned in zip(others, right[1:], strict=True)
    )
    return f'<th scope="row">{_cell(first)}</th>{cells}'


def _right(right: bool) -> str:
    return ' class="right"' if right else ""


def _cell(cell: Cell) -> str:
    match cell:
        case str():
            return escape(cell)
        case Scale():
            return _svg(90, 14, _marks(cell, 4, 86, 7))
        case Pips(level):
            steps = "".join(
                f'<rect x="{place * 9}" y="3" width="7" height="9" stroke="{_INK}" '
                f'fill="{_INK if level is not None and place < level else "none"}"/>'
                for place in range(4)
            )
            said = "–" if level is None else str(level)
            return f"{_svg(37, 14, steps)} {said}"
        case Bar(value, largest, text):
            length = 60 * value / largest if largest else 0
            return f"{_svg(62, 14, _rect(0, 2, length, 10, _QUIET))} {escape(text)}"


def _svg(width: float, height: float, inside: str) -> str:
    return (
        f'<svg aria-hidden="true" width="{width * 0.75}pt" height="{height * 0.75}pt" '
        f'viewBox="0 0 {width} {height}">{inside}</svg>'
    )


def _marks(scale: Scale, left: float, right: float, y: float) -> str:
    def x(value: float) -> float:
        return left + (right - left) * (value - scale.start) / (scale.stop - scale.start)

    parts = [_line(left, y, right, y)]
    ticks = [left + (right - left) * n / 4 for n in range(5)]
    parts += [_line(at, y - 3, at, y + 3) for at in ticks]
    if scale.low is not None and scale.high is not None:
        low, high = x(scale.low), x(scale.high)
        parts.append(_rect(low, y - 4, high - low, 8, "#fff", _QUIET))
    if scale.median is not None:
        parts.append(_rect(x(scale.median) - 1, y - 6, 2, 12, "#fff", _QUIET))
    if scale.target is not None:
        at = x(scale.target)
        points = f"{at},{y - 5} {at - 5},{y + 5} {at + 5},{y + 5}"
        parts.append(f'<polygon points="{points}" fill="#fff" stroke="{_INK}"/>')
    for value, fill in ((scale.before, "#fff"), (scale.own, _INK)):
        if value is not None:
            circle = f'cx="{x(value)}" cy="{y}" r="4" fill="{fill}"'
            parts.append(f'<circle {circle} stroke="{_INK}"/>')
    return "".join(parts)


def _line(x1: float, y1: float, x2: float, y2: float) -> str:
    return f'<line x1="{x1}" x2="{x2}" y1="{y1}" y2="{y2}" stroke="{_BAND}"/>'


def _rect(x: float, y: float, width: float, height: float, fill: str, stroke: str = "none") -> str:
    return (
        f'<rect x="{x}" y="{y}" width="{width}" height="{height}" fill="{fill}" stroke="{stroke}"/>'
    )


def _chart(chart: Chart) -> str:
    drawing = _drawing(chart.drawing)
    return (
        f'<figure><h3>{escape(chart.title)}</h3><div role="img" aria-label="{escape(chart.alt)}">'
        f"{drawing}</div><figcaption>{escape(chart.sentence)} {escape(chart.source)}</figcaption>"
        f"</figure>{_table(chart.table) if chart.table else ''}"
    )


def _drawing(drawing: Drawing) -> str:
    match drawing:
        case Picture(svg):
            return svg
        case ScaleDrawing(rows, axis, legend):
            lines = [
                f"{_text(0, 18 * n + 13, row.label)}{_marks(row.scale, 150, 290, 18 * n + 9)}"
                f"{_text(300, 18 * n + 13, row.text)}"
                for n, row in enumerate(rows)
            ]
            height = 18 * len(rows)
            scale = rows[0].scale
            for n in range(5):
                value = scale.start + (scale.stop - scale.start) * n / 4
                lines.append(_text(145 + 35 * n, height + 10, f"{value:g}"))
            lines.append(_text(200, height + 20, axis))
            for n, (mark, name) in enumerate(legend):
                lines.append(_legend(mark, 120 * n, height + 30))
                lines.append(_text(120 * n + 14, height + 33, name))
            return _svg(380, height + 40, "".join(lines))
        case TimelineDrawing(rows, first, last):
            return _svg(500, 18 * len(rows) + 4, "".join(_timeline(rows, first, last)))


def _legend(mark: str, x: float, y: float) -> str:
    match mark:
        case "own":
            return f'<circle cx="{x + 5}" cy="{y}" r="4" fill="{_INK}"/>'
        case "band":
            return _rect(x, y - 4, 10, 8, "#fff", _QUIET)
        case "median":
            return _rect(x + 4, y - 6, 2, 12, "#fff", _QUIET)
        case _:
            return f'<circle cx="{x + 5}" cy="{y}" r="4" fill="#fff" stroke="{_INK}"/>'


def _timeline(rows: Sequence, first: date, last: date) -> Iterable[str]:
    days = max((last - first).days, 1)
    for n, row in enumerate(rows):
        start, length = (row.start - first).days / days, (row.end - row.start).days / days
        yield _text(0, 18 * n + 13, row.label)
        yield _rect(180 + 220 * start, 18 * n + 3, 220 * length, 11, _QUIET)
        yield _text(410, 18 * n + 13, row.text)


def _text(x: float, y: float, said: str) -> str:
    return f'<text x="{x}" y="{y}" font-size="10">{escape(said)}</text>'
