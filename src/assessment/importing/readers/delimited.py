"""Text tables: .csv, .tsv, .txt and .csv.gz.

Row numbers count records as a spreadsheet program shows them: a cell with line breaks is one row,
a blank line is one row, and the line ``sep=;`` is none.
"""

import csv
import re
import zlib
from collections import Counter
from typing import Any

from assessment.importing import wire
from assessment.importing.readers.columns import Encoder
from assessment.importing.readers.encodings import decode_text
from assessment.importing.readers.findings import report_cells
from assessment.importing.readers.grid import Grid
from assessment.importing.readers.messages import (
    cell_too_long,
    column_letter,
    corrupt,
    grid_too_large,
    grouped,
    too_many_columns,
    too_many_rows,
)
from assessment.importing.wire import EncodedSheet, Notes, Refusal

_DELIMITERS = ";,\t|"
_SAMPLE_LINES = 200
_SEP_LINE = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
_LISTED_ROWS = 20
_END_MARK = "\ue000end\ue000"


def read_delimited(
    data: bytes, limits: Any, *, plain_text: bool, notes: Notes
) -> tuple[EncodedSheet, str, str]:
    """Return the sheet, its encoding and its delimiter.

    ``plain_text``: the name promises no table (.txt), so a text without columns is refused.
    """
    text, encoding = decode_text(data, notes)
    text = text.lstrip("\ufeff")
    if not text.strip():
        raise Refusal("EMPTY", "Die Datei enthält keinen Text. Bitte die Ausgabe wiederholen.")
    _refuse_other_texts(text)
    delimiter = ""
    if match := _SEP_LINE.match(text):
        delimiter, text = match[1], text[match.end() :]
    delimiter = delimiter or _find_delimiter(text, limits)
    rows = _parse(text, delimiter or ",", limits, notes)
    width = max(map(len, rows))
    if plain_text and not (delimiter and _is_even(rows)):
        raise _no_table()
    if width > limits.columns:
        raise too_many_columns(width, limits.columns)
    if len(rows) > limits.rows:
        raise too_many_rows(len(rows), limits.rows)
    if len(rows) * width > limits.grid_cells:
        raise grid_too_large(f"Die Tabelle hat {grouped(len(rows))} × {grouped(width)} Felder.")
    _report_ragged(rows, notes)
    grid = Grid("Tabelle")
    grid.fill(1, 1, [row + [""] * (width - len(row)) for row in rows])
    grid.cut_stray_cells(notes, {})
    encoder = Encoder(limits.cell_characters)
    sheet = grid.encode(encoder, {}, limits)
    report_cells(encoder, "Tabelle", 1, notes)
    for note in notes.entries:
        note[3] = None  # a text file has no sheets to name
    return sheet, encoding, delimiter or ","


def unpack_gzip(data: bytes, limits: Any) -> bytes:
    """Unpack a .gz file in memory, never to disk and never beyond the limits."""
    allowed = min(limits.unpacked_bytes, max(limits.ratio_from_bytes, 200 * len(data)))
    result = bytearray()
    while data:
        unpacker = zlib.decompressobj(31)
        try:
            result += unpacker.decompress(data, allowed - len(result) + 1)
        except zlib.error as error:
            raise corrupt("Die gepackte Datei ist beschädigt.") from error
        if len(result) > allowed:
            raise Refusal(
                "ARCHIVE_TOO_LARGE",
                "Die gepackte Datei wäre ausgepackt größer als bei Umfragen möglich. Bitte die "
                "Tabelle unverpackt und nur mit den nötigen Zeilen einlesen.",
            )
        if not unpacker.eof:
            raise corrupt("Die gepackte Datei ist unvollständig.")
        data = unpacker.unused_data.lstrip(b"\0")
    return bytes(result)


def _refuse_other_texts(text: str) -> None:
    start = text[:400].lstrip()
    first = start.split("\n", 1)[0].strip()
    if first.startswith(("id\trelated_id\tclass", "class\ttype/scale\tname")):
        raise Refusal(
            "QUESTIONNAIRE_FILE",
            "Die Datei enthält den Aufbau eines LimeSurvey-Fragebogens und keine Antworten. Bitte "
            "sie unter „Fragebogen einlesen“ verwenden und hier die Antworten als .xlsx oder .csv.",
        )
    if first.split(";")[0] == "META" and re.search(r"^VOTES\b", text, re.MULTILINE):
        raise Refusal(
            "NOT_A_TABLE",
            "Die Datei besteht aus mehreren Abschnitten (META, PROJECTS, VOTES) und ist keine "
            "einfache Tabelle. Bitte nur den Abschnitt mit den Stimmen als CSV ausgeben.",
        )


def _no_table() -> Refusal:
    return Refusal(
        "NOT_A_TABLE",
        "Die Textdatei enthält keine Tabelle mit gleichbleibenden Spalten, etwa ein Programm oder "
        "eine Beschreibung. Bitte die Antworten als .csv oder .xlsx ausgeben und diese einlesen.",
    )


def _find_delimiter(text: str, limits: Any) -> str:
    """The delimiter that gives the most even table, ``""`` if there is only one column."""
    first_line = text.split("\n", 1)[0]
    if '"' not in first_line:
        count = max(first_line.count(d) for d in _DELIMITERS) + 1
        if count > limits.columns:
            raise too_many_columns(count, limits.columns)
    lines = text[: 1 << 20].splitlines(keepends=True)[:_SAMPLE_LINES]
    best, best_score = "", 0.0
    for delimiter in _DELIMITERS:
        if not any(delimiter in line for line in lines):
            continue
        try:
            sample = [row for row in csv.reader(lines, delimiter=delimiter) if any(row)]
        except csv.Error:
            continue
        if len(sample) > 1:
            sample = sample[:-1] if len(lines) == _SAMPLE_LINES else sample
        widths = Counter(map(len, sample))
        width, count = max(
            ((w, c) for w, c in widths.items() if w > 1), key=lambda x: (x[1], x[0]), default=(1, 0)
        )
        score = count / len(sample) * (1 + min(width, 50) / 100) if width > 1 else 0.0
        if score > best_score:
            best, best_score = delimiter, score
    return best


def _parse(text: str, delimiter: str, limits: Any, notes: Notes) -> list[list[str]]:
    # Refuse by size of a field afterwards and with its place, not in the middle of parsing.
    csv.field_size_limit(len(text) + 1)
    try:
        rows = _records(text, delimiter, limits, strict=True)
    except csv.Error as error:
        if "unexpected end" in str(error):
            raise _unclosed(text, delimiter) from error
        rows = _records(text + f"\r\n{_END_MARK}\r\n", delimiter, limits, strict=False)
        if rows[-1] != [_END_MARK]:
            raise _unclosed(text, delimiter) from error
        rows.pop()
        notes.add(
            "QUOTES_DOUBTFUL",
            wire.WARNING,
            "In der Datei stehen Anführungszeichen innerhalb von Feldern, die nicht verdoppelt "
            "sind; bitte die betroffenen Texte prüfen.",
        )
    while rows and not any(rows[-1]):
        rows.pop()
    for number, row in enumerate(rows):
        for index, cell in enumerate(row):
            if len(cell) > limits.cell_characters:
                raise cell_too_long(index + 1, number, limits.cell_characters)
    return rows


def _records(text: str, delimiter: str, limits: Any, *, strict: bool) -> list[list[str]]:
    rows = []
    # Lines keep the endings of the file: those inside quotes belong to the text.
    lines = re.split(r"(?<=\n)|(?<=\r)(?!\n)", text) if "\r" in text else None
    source = lines if lines is not None else text.splitlines(keepends=True)
    if lines is None and len(source) != text.count("\n") + (not text.endswith("\n")):
        # splitlines also cuts at form feeds and the like, which are ordinary characters here.
        source = re.split(r"(?<=\n)", text)
    for row in csv.reader(filter(None, source), delimiter=delimiter, strict=strict):
        if len(row) > limits.columns:
            raise too_many_columns(len(row), limits.columns)
        rows.append(row)
    return rows


def _unclosed(text: str, delimiter: str) -> Refusal:
    """Name the row in which the quote was opened that nothing closes."""
    opened = record = 1
    inside = False
    for line in text.split("\n"):
        if not inside:
            opened = record
        inside ^= line.count('"') % 2 == 1
        record += not inside
    return Refusal(
        "CSV_MALFORMED",
        f"In Zeile {opened} beginnt ein Anführungszeichen, das nicht geschlossen wird; alle "
        "folgenden Zeilen gingen verloren. Bitte dort das Anführungszeichen ergänzen oder die "
        "Datei neu ausgeben.",
    )


def _usual_width(rows: list[list[str]]) -> tuple[int, int]:
    widths = Counter(len(row) for row in rows if any(row))
    return max(widths.items(), key=lambda item: (item[1], item[0]))


def _is_even(rows: list[list[str]]) -> bool:
    """Whether a text whose name promises no table is one: a header as wide as nearly all rows."""
    width, count = _usual_width(rows)
    filled = [row for row in rows if any(row)]
    return len(filled[0]) == width and count >= 0.8 * len(filled)


def _report_ragged(rows: list[list[str]], notes: Notes) -> None:
    if len({len(row) for row in rows}) == 1:
        return
    # The header is what the rows are measured by: the first row that is as wide as most or, in
    # a short table without a majority, the first one.
    usual, count = _usual_width(rows)
    start = next(i for i, row in enumerate(rows) if len(row) == usual)
    first = next(i for i, row in enumerate(rows) if any(row))
    if count * 2 <= len(rows):
        usual, start = len(rows[first]), first
    ragged = [
        (number, len(row))
        for number, row in enumerate(rows[start:], start + 1)
        if any(row) and (len(row) < usual or any(row[usual:]))
    ]
    if not ragged:
        return
    short = [n for n, width in ragged if width < usual]
    long = [n for n, width in ragged if width > usual]
    parts = []
    if short:
        parts.append(f"weniger als {usual} Felder haben die Zeilen {_listed(short)}")
    if long:
        parts.append(f"mehr als {usual} Felder haben die Zeilen {_listed(long)}")
    notes.add(
        "RAGGED_ROWS",
        wire.WARNING,
        "Nicht alle Zeilen sind gleich lang: " + "; ".join(parts) + ". Fehlende Felder bleiben "
        f"leer, überzählige stehen ab Spalte {column_letter(usual + 1)}; bitte prüfen.",
        row=ragged[0][0],
    )


def _listed(numbers: list[int]) -> str:
    shown = ", ".join(map(str, numbers[:_LISTED_ROWS]))
    more = len(numbers) - _LISTED_ROWS
    return f"{shown} und {grouped(more)} weitere" if more > 0 else shown
