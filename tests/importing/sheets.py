"""Builds sheets and opened files from rows, so that tests need no file."""

import hashlib
from collections.abc import Sequence

import numpy as np

from assessment.importing.opening import OpenedFile
from assessment.questionnaire.model import ItemKind, Questionnaire
from assessment.table import CellValue, Column, Sheet, SheetState

Row = Sequence[CellValue]


def make_sheet(
    rows: Sequence[Row],
    name: str = "Daten",
    state: SheetState = SheetState.VISIBLE,
    row_numbers: Sequence[int] | None = None,
) -> Sheet:
    """A sheet of the rows; short rows are filled up with empty cells, ints become floats."""
    width = max((len(row) for row in rows), default=0)
    columns = []
    for position in range(width):
        cells = [_cell(row[position] if position < len(row) else None) for row in rows]
        columns.append(make_column(position + 1, cells))
    numbers = row_numbers or range(1, len(rows) + 1)
    return Sheet(name, tuple(columns), np.array(numbers, dtype=np.int32), state)


def make_column(position: int, cells: Sequence[CellValue]) -> Column:
    """A column of the cells, values kept apart by type (``1.0`` is not ``True``)."""
    places: dict[tuple[type, CellValue], int] = {}
    codes = [places.setdefault((type(cell), cell), len(places)) for cell in cells]
    values = tuple(value for _, value in places)
    return Column(position, values, np.array(codes, dtype=np.int32))


def _cell(value: CellValue) -> CellValue:
    if isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    return value


def opened(*sheets: Sheet, name: str = "umfrage.xlsx") -> OpenedFile:
    """An opened file around the sheets."""
    return OpenedFile(
        name=name,
        sha256=hashlib.sha256(name.encode()).hexdigest(),
        size=1,
        format="xlsx",
        sheets=sheets,
        remarks=(),
    )


def opened_rows(rows: Sequence[Row], name: str = "umfrage.xlsx") -> OpenedFile:
    """An opened file with one sheet."""
    return opened(make_sheet(rows), name=name)


METADATA = ("id", "submitdate", "lastpage", "startlanguage", "seed")
KEYS = ("08111000", "08125001", "08125005", "01001000", "09162000", "05315000")
NAMES = ("Stuttgart", "Abstatt", "Beilstein", "Flensburg", "München", "Köln")


def limesurvey_rows(
    questionnaire: Questionnaire, n: int = 6, *, headers: str = "codes", answers: str = "codes"
) -> list[list[CellValue]]:
    """A LimeSurvey export of the questionnaire: ``n`` rows of deterministic answers.

    ``headers``: ``codes`` (``E01[a]``), ``underscore`` (``E01_a``), ``texts`` (``Frage [Option]``)
    or ``both`` (``E01[a]. Frage [Option]``). ``answers``: ``codes`` or ``labels``.
    """
    head: list[CellValue] = list(METADATA)
    rows: list[list[CellValue]] = [
        [float(i + 1), f"2026-02-{i % 27 + 1:02d} 10:00:00", 8.0, "de", 1000.0 + i]
        for i in range(n)
    ]
    for number, item in enumerate(questionnaire.items):
        codes = [option.code for option in item.options]
        shown = dict(
            zip(
                codes,
                [option.label if answers == "labels" else option.code for option in item.options],
                strict=True,
            )
        )
        if item.kind is ItemKind.MULTIPLE:
            for place, option in enumerate(item.options):
                head.append(_header(headers, item.id, item.text, option.code, option.label))
                for i, row in enumerate(rows):
                    # Exclusive options (the last ones) are left alone; the first is always ticked.
                    ticked = place < 3 and (place == 0 or (i + place + number) % 2 == 0)
                    yes, no = ("Ja", "Nein") if answers == "labels" else ("Y", "N")
                    row.append(yes if ticked else no)
        elif item.kind is ItemKind.RANKING:
            for place in range(item.picks or len(codes)):
                label = f"Rang {place + 1}"
                head.append(_header(headers, item.id, item.text, str(place + 1), label))
                for i, row in enumerate(rows):
                    row.append(shown[codes[(i + place * 2) % len(codes)]])
        else:
            head.append(_header(headers, item.id, item.text, "", ""))
            for i, row in enumerate(rows):
                row.append(_answer(item.kind, codes, shown, i, number))
    return [head, *rows]


def _header(style: str, code: str, text: str, sub: str, label: str) -> str:
    if style == "codes":
        return f"{code}[{sub}]" if sub else code
    if style == "underscore":
        return f"{code}_{sub}" if sub else code
    if style == "texts":
        return f"{text} [{label}]" if sub else text
    return f"{code}[{sub}]. {text} [{label}]" if sub else f"{code}. {text}"


def _answer(
    kind: ItemKind, codes: list[str], shown: dict[str, str], i: int, number: int
) -> CellValue:
    if kind is ItemKind.KEY:
        return KEYS[i] if i < len(KEYS) else f"08{i:06d}"
    if kind is ItemKind.NAME:
        return NAMES[i] if i < len(NAMES) else f"Ort {i}"
    if kind is ItemKind.INTEGER:
        return 1000.0 + i
    if kind is ItemKind.DECIMAL:
        return 12.5 + i
    if kind is ItemKind.DATE:
        return "2026-02-01"
    if kind is ItemKind.TEXT:
        return f"Text {i % 3}"
    return shown[codes[(i * 3 + number) % len(codes)]]
