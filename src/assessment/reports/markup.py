"""HTML of a report: every text escaped, every table with headers, nothing loaded or run.

Functions take plain text and return :data:`Markup`; the type checker tells the two apart.
"""

import re
from collections.abc import Iterable, Sequence
from html import escape
from typing import NewType

from assessment.fonts import font_faces
from assessment.reports.safe_text import writable

Markup = NewType("Markup", str)
"""HTML that is safe as it stands."""

NOTHING = Markup("")
_INDEX = re.compile(r"([_^])\{([^{}]*)\}")
_SHORT_TABLE = 12
"""A table of so few rows is not broken across pages."""
_LONGEST = 300
"""A longer text of a file (a question, an option) is cut."""


def escaped(content: object) -> Markup:
    """Any text for element content or a quoted attribute."""
    return Markup(escape(writable(str(content)), quote=True))


def shortened(text: str, most: int = _LONGEST) -> str:
    """``text`` on one line, cut with „…“ after ``most`` characters."""
    flat = " ".join(text.split())
    return flat if len(flat) <= most else f"{flat[: most - 1].rstrip()}…"


def joined(*parts: Markup) -> Markup:
    return Markup("\n".join(part for part in parts if part))


def paragraph(text: str, kind: str = "") -> Markup:
    """One paragraph; ``kind`` is a class of the style sheet (``note``, ``lead``)."""
    return Markup(f"<p{_class(kind)}>{escaped(text)}</p>")


def formula(text: str) -> Markup:
    """A formula in one line; ``_{…}`` and ``^{…}`` become subscript and superscript."""
    inside = _INDEX.sub(
        lambda m: f"<su{'b' if m[1] == '_' else 'p'}>{m[2]}</su{'b' if m[1] == '_' else 'p'}>",
        escaped(text),
    )
    return Markup(f'<p class="formula">{inside}</p>')


def bullets(lines: Iterable[str]) -> Markup:
    """A list of sentences; nothing for none."""
    items = "".join(f"<li>{escaped(line)}</li>" for line in lines)
    return Markup(f"<ul>{items}</ul>") if items else NOTHING


def subheading(title: str) -> Markup:
    return Markup(f"<h3>{escaped(title)}</h3>")


def section(anchor: str, title: str, *parts: Markup) -> Markup:
    """A section with its heading; ``anchor`` is ours, never a text of a file."""
    return Markup(
        f'<section aria-labelledby="{anchor}">\n<h2 id="{anchor}">{escaped(title)}</h2>\n'
        f"{joined(*parts)}\n</section>"
    )


def facts(pairs: Iterable[tuple[str, str]]) -> Markup:
    """Names and values, one a line."""
    rows = "".join(
        f'<tr><th scope="row">{escaped(name)}</th><td>{escaped(value)}</td></tr>'
        for name, value in pairs
    )
    return Markup(f'<table class="facts"><tbody>{rows}</tbody></table>')


def table(
    caption: str,
    columns: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    texts: int = 1,
    marked: frozenset[int] | None = None,
    note: str = "",
) -> Markup:
    """A table whose first column heads the rows.

    ``texts``: so many first columns hold text, the others numbers. ``marked``: numbers of rows to
    set off (they also carry a word or a mark of their own). ``note``: one sentence below.
    """
    head = "".join(
        f'<th scope="col"{_class("number" if place >= texts else "")}>{escaped(name)}</th>'
        for place, name in enumerate(columns)
    )
    body = []
    for number, row in enumerate(rows):
        cells = [f'<th scope="row">{escaped(row[0])}</th>']
        cells += [
            f"<td{_class('number' if place >= texts else '')}>{escaped(cell)}</td>"
            for place, cell in enumerate(row[1:], start=1)
        ]
        body.append(f"<tr{_class('marked' if number in (marked or ()) else '')}>{''.join(cells)}")
    below = paragraph(note, "note") if note else ""
    short = " short" if len(body) <= _SHORT_TABLE else ""
    return Markup(
        f'<div class="table{short}"><table><caption>{escaped(caption)}</caption>\n'
        f"<thead><tr>{head}</tr></thead>\n<tbody>\n"
        + "".join(f"{row}</tr>\n" for row in body)
        + f"</tbody></table></div>\n{below}"
    )


def figure(drawing: Markup, caption: str) -> Markup:
    """A drawing (with its own alternative text) and the sentence below it."""
    return Markup(f"<figure>\n{drawing}\n<figcaption>{escaped(caption)}</figcaption>\n</figure>")


def document(title: str, style: str, body: Markup) -> bytes:
    """The whole file: one page in German that needs nothing else and may run nothing."""
    policy = "default-src 'none'; style-src 'unsafe-inline'; font-src data:; base-uri 'none'"
    return (
        '<!DOCTYPE html>\n<html lang="de">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}; form-action \'none\'">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>{escaped(title)}</title>\n"
        f"<style>\n{font_faces('Atkinson Hyperlegible Next')}\n{style}\n</style>\n</head>\n"
        f"<body>\n{body}\n</body>\n</html>\n"
    ).encode()


def _class(name: str) -> str:
    return f' class="{name}"' if name else ""
