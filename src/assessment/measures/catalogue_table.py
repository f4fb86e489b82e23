"""The catalogue as a table: German headers, one measure a row, lists separated by semicolons.

Uploaded tables are read by the isolated reader of the import: encodings, separators, limits and
hostile files are its business.
"""

import csv
import hashlib
import io
import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from pydantic import ValidationError

from assessment.german import format_date, parse_date
from assessment.importing.limits import MIB, Limits
from assessment.importing.opening import open_file
from assessment.importing.text_hygiene import clean_text
from assessment.measures.file_problems import named_first, problem_of, refusal
from assessment.measures.model import ACROSS, Catalogue, Measure
from assessment.questionnaire.default import default_questionnaire
from assessment.table import CellValue, ErrorCell, NoResultCell, Sheet, SheetState
from assessment.typology.reference import load_reference

HEADERS = {
    "id": "id",
    "title": "titel",
    "description": "beschreibung",
    "axis": "hauptachse",
    "action_field": "handlungsfeld_code",
    "management_field": "managementfeld_code",
    "effort": "aufwand",
    "benefit": "nutzen",
    "level_from": "reifegrad_min",
    "level_to": "reifegrad_ziel",
    "strong_type": "typ_stark",
    "further_types": "typ_weitere",
    "responsible": "verantwortlich",
    "involved": "beteiligte",
    "legal": "rechtsgrundlage",
    "checked": "rechtsstand",
    "obligation": "verbindlichkeit",
    "horizon": "zeithorizont",
    "cost_kind": "kostenart",
    "indicator": "indikator",
    "climate": "klimarelevanz",
    "kinds": "gebietskoerperschaft",
    "requires": "voraussetzung_ids",
}
"""Field → column."""
NAMES_BESIDE = {
    "action_field": "handlungsfeld",
    "management_field": "managementfeld",
    "strong_type": "typ_stark_name",
}
"""Columns for people beside a code; not read."""
OPTIONAL = {"strong_type", "further_types", "involved", "legal", "checked", "kinds", "requires"}
LISTS = {"further_types", "involved", "kinds", "requires"}
NUMBERS = {"effort", "benefit", "level_from", "level_to"}
TYPES = {"BED": "B", "OPT": "O", "SER": "S", "COM": "C"}
"""How tables write the four types."""
EVERY_KIND = "alle"

_LIMITS = Limits(
    file_bytes=2 * MIB, unpacked_bytes=40 * MIB, part_bytes=30 * MIB, rows=5000, columns=300
)
_HEADER_WITHIN = 20
_TRIGGERS = ("=", "+", "-", "@")


def read_catalogue_table(data: bytes, name: str, most: int) -> Catalogue:
    """Read a table of at most ``most`` measures; the catalogue's id comes from the file's name
    and its version from the content, so that a plan says what it was made with.

    Raises ``InputRefused``: one sentence with file and row.
    """
    opened = open_file(data, name, _LIMITS)
    sheet, header, columns = _find_table(
        [sheet for sheet in opened.sheets if sheet.state is SheetState.VISIBLE], name
    )
    entries: list[dict[str, Any]] = []
    rows: list[int] = []
    for row in range(header + 1, sheet.n_rows):
        cells = {field: sheet.columns[place].cell(row) for field, place in columns.items()}
        if all(cell is None or not str(cell).strip() for cell in cells.values()):
            continue
        number = int(sheet.row_numbers[row])
        entries.append(_entry(cells, f"{name}, Zeile {number}"))
        rows.append(number)
    if not entries:
        raise refusal(name, "Unter der Kopfzeile steht keine Maßnahme.")
    if len(entries) > most:
        raise refusal(
            name, f"Ein Katalog hat höchstens {most} Maßnahmen, hier sind es {len(entries)}."
        )
    stem = re.sub(r"[^A-Za-z0-9_.-]+", "_", name.rsplit(".", 1)[0])[:20].strip("_.") or "eigen"
    content = {
        "id": stem,
        "version": hashlib.sha256(data).hexdigest()[:8],
        "title": name[:200],
        "source": "Eigener Katalog aus einer Tabelle.",
        "measures": entries,
    }
    try:
        return Catalogue.model_validate(content)
    except ValidationError as error:
        problem, sentence = problem_of(error, Measure, HEADERS)
        match problem["loc"]:
            case ("measures", int() as place, *_):
                raise refusal(f"{name}, Zeile {rows[place]}", sentence) from error
        subject = named_first(sentence)
        found = [n for n, entry in zip(rows, entries, strict=True) if entry["id"] == subject]
        raise refusal(f"{name}, Zeile {found[-1]}" if found else name, sentence) from error


def write_catalogue_table(catalogue: Catalogue) -> bytes:
    """The table as CSV for German Excel: semicolons, byte order mark, CRLF."""
    fields = default_questionnaire().dimension_by_id
    names = {ACROSS: "Querschnitt über alle Handlungsfelder"}
    names |= {kind.id: kind.name for kind in load_reference().types}
    names |= {field.id: field.name for field in fields.values()}
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", quoting=csv.QUOTE_ALL)
    writer.writerow(
        column
        for field, header in HEADERS.items()
        for column in (header, *filter(None, [NAMES_BESIDE.get(field)]))
    )
    for measure in catalogue.measures:
        cells = _cells(measure)
        writer.writerow(
            _neutral(text)
            for field in HEADERS
            for text in (
                cells[field],
                *([names.get(str(getattr(measure, field)), "")] if field in NAMES_BESIDE else []),
            )
        )
    return out.getvalue().encode("utf-8-sig")


def _find_table(sheets: list[Sheet], name: str) -> tuple[Sheet, int, dict[str, int]]:
    """The first sheet with a header row, the row's index and field → column index."""
    by_header = {header: field for field, header in HEADERS.items()}
    for sheet in sheets:
        for row in range(min(sheet.n_rows, _HEADER_WITHIN)):
            found: dict[str, int] = {}
            for place, column in enumerate(sheet.columns):
                field = by_header.get(str(column.cell(row) or "").strip().casefold())
                if field is None:
                    continue
                if field in found:
                    number = int(sheet.row_numbers[row])
                    raise refusal(
                        f"{name}, Zeile {number}",
                        f"Die Spalte „{HEADERS[field]}“ steht zweimal da.",
                    )
                found[field] = place
            if {"id", "title"} <= found.keys():
                missing = [h for f, h in HEADERS.items() if f not in found and f not in OPTIONAL]
                if missing:
                    number = int(sheet.row_numbers[row])
                    raise refusal(
                        f"{name}, Zeile {number}", f"Es fehlen die Spalten: {', '.join(missing)}."
                    )
                return sheet, row, found
    raise refusal(
        name,
        "Die Tabelle hat keine Kopfzeile mit „id“ und „titel“; die Spalten sind die der "
        "CSV-Ausgabe des Katalogs.",
    )


def _entry(cells: Mapping[str, CellValue], place: str) -> dict[str, Any]:
    """One row as the model wants it; empty cells of optional columns take the defaults."""
    entry: dict[str, Any] = {}
    for field, cell in cells.items():
        text = _text(cell, HEADERS[field], place)
        if field in LISTS:
            entry[field] = [part for part in map(str.strip, text.split(";")) if part]
        elif field in NUMBERS:
            entry[field] = int(text) if re.fullmatch(r"\d{1,3}", text) else text
        elif text or field not in OPTIONAL:
            entry[field] = text
    if "strong_type" in entry:
        entry["strong_type"] = TYPES.get(entry["strong_type"], entry["strong_type"])
    if "further_types" in entry:
        entry["further_types"] = [TYPES.get(kind, kind) for kind in entry["further_types"]]
    if entry.get("kinds") == [EVERY_KIND]:
        entry["kinds"] = []
    for field in ("obligation", "horizon", "cost_kind", "climate"):
        entry[field] = entry[field].casefold()
    texts = [part for part in map(str.strip, entry.pop("legal", "").split(";")) if part]
    days = _days(entry.pop("checked", ""), len(texts), place)
    entry["legal"] = [{"text": text, "checked": day} for text, day in zip(texts, days, strict=True)]
    return entry


def _days(text: str, n: int, place: str) -> list[date | None]:
    """One day for all references of a row, or one each; none where the table has none."""
    parts = [part for part in map(str.strip, text.split(";")) if part]
    days: list[date | None] = []
    for part in parts:
        day = None if part == "–" else parse_date(part)
        if day is None and part != "–":
            raise refusal(
                place, f"Spalte „rechtsstand“: „{part[:40]}“ ist kein Datum wie 22.11.2026."
            )
        days.append(day)
    if len(days) == n:
        return days
    if len(days) <= 1:
        return (days or [None]) * n
    raise refusal(
        place, "Spalte „rechtsstand“: Bitte ein Datum für alle Rechtsgrundlagen oder je eines."
    )


def _text(cell: CellValue, header: str, place: str) -> str:
    if cell is None:
        return ""
    if isinstance(cell, ErrorCell | NoResultCell):
        raise refusal(
            place, f"Spalte „{header}“: Die Zelle enthält einen Fehler oder kein Ergebnis."
        )
    if isinstance(cell, datetime | date):
        return format_date(cell)
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    text = " ".join(clean_text(str(cell)).split())
    return text[1:] if text.startswith("'") and _like_a_formula(text) else text


def _cells(measure: Measure) -> dict[str, str]:
    """All fields as text; lists joined by semicolons."""
    by_type = {kind: code for code, kind in TYPES.items()}
    values = measure.model_dump(mode="json")
    cells = {
        field: _joined(values[field]) if field in LISTS else str(values[field])
        for field in HEADERS
        if field not in ("legal", "checked")
    }
    cells["strong_type"] = by_type.get(measure.strong_type, measure.strong_type)
    cells["further_types"] = "; ".join(by_type.get(t, t) for t in measure.further_types)
    cells["kinds"] = "; ".join(measure.kinds) or EVERY_KIND
    cells["legal"] = _joined([entry.text for entry in measure.legal])
    days = [entry.checked for entry in measure.legal]
    shown = days[:1] if len(set(days)) == 1 else days
    cells["checked"] = "; ".join(format_date(day) for day in shown) if any(days) else ""
    return cells


def _joined(texts: Sequence[str]) -> str:
    """A semicolon separates, so it can't stand within."""
    return "; ".join(text.replace(";", ",") for text in texts)


def _neutral(text: str) -> str:
    """Excel takes a cell that begins like a formula for one; the sign is taken off on reading."""
    return f"'{text}" if _like_a_formula(text) else text


def _like_a_formula(text: str) -> bool:
    return text.lstrip("'").startswith(_TRIGGERS)
