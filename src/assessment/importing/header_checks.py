"""Checks on the shape of the table: doubled headers, stray cells, columns without content."""

import unicodedata
from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from assessment.importing.dialects.extent import Extent
from assessment.importing.dialects.view import INVISIBLE, SheetView
from assessment.remarks import Remark, Severity
from assessment.source_column import SourceColumn
from assessment.table import column_letter

EMPTY = "leere Spalte ohne Kopf"
STRAY = "einzelne Zellen neben der Tabelle"


def header_key(header: str) -> str:
    """The key under which two headers look alike: case, blanks and composition don't count."""
    composed = unicodedata.normalize("NFC", INVISIBLE.sub("", header))
    return " ".join(composed.replace("\u00a0", " ").casefold().split())


def header_remarks(sheet: str, columns: Sequence[SourceColumn]) -> list[Remark]:
    """One warning per group of columns whose headers can't be told apart."""
    alike: dict[str, list[SourceColumn]] = defaultdict(list)
    for column in columns:
        alike[header_key(column.header)].append(column)
    remarks = []
    for group in alike.values():
        if len(group) < 2:
            continue
        letters = [column_letter(column.column.position) for column in group]
        remarks.append(
            Remark(
                "DUPLICATE_HEADERS",
                Severity.WARNING,
                f"Die Spalten {', '.join(letters)} haben den gleichen Kopf „{group[0].header}“; "
                "keine geht verloren. Bitte in der Zuordnung prüfen, welche gemeint ist.",
                sheet=sheet,
                column=letters[0],
                value=group[0].header,
            )
        )
    return remarks


def stray_columns(view: SheetView, extent: Extent) -> tuple[list[int], list[tuple[int, str]]]:
    """Indices of the columns of the table, and (index, reason) of those beside it.

    Beside the table are empty columns and, right of a gap, columns without header that hold at
    most one value.
    """
    rows = list(extent.header_rows)
    filled_head = view.filled[rows].sum(axis=0) if rows else np.zeros(view.filled.shape[1])
    counts = view.filled[extent.data_rows].sum(axis=0)
    kept: list[int] = []
    dropped: list[tuple[int, str]] = []
    gap = False
    for index, column in enumerate(view.sheet.columns):
        if view.sheet.labelled:
            kept.append(index)
            continue
        if kept and column.position - view.sheet.columns[kept[-1]].position > 1:
            gap = True
        if not filled_head[index] and counts[index] == 0:
            dropped.append((index, EMPTY))
        elif gap and not filled_head[index] and counts[index] <= 1 < len(extent.data_rows):
            dropped.append((index, STRAY))
        else:
            kept.append(index)
            gap = False
    return kept, dropped


def stray_remarks(
    view: SheetView, extent: Extent, dropped: Sequence[tuple[int, str]]
) -> list[Remark]:
    """A warning where cells lie outside the table, also such that only look empty."""
    places = []
    outside = [entry.row for entry in extent.set_aside if entry.reason == "leere Zeile"]
    for index, reason in dropped:
        column = view.sheet.columns[index]
        # A blank written into a cell (" ") makes the program believe the table goes that far.
        written = np.array([value is not None for value in column.values], dtype=bool)
        for row in np.flatnonzero(written[column.codes]):
            if reason == STRAY or row in outside or not view.filled[row, index]:
                places.append((column.position, int(view.sheet.row_numbers[row])))
    for row in outside:
        for index, column in enumerate(view.sheet.columns):
            if column.cell(row) is not None and (index, EMPTY) not in dropped:
                places.append((column.position, int(view.sheet.row_numbers[row])))
    if not places:
        return []
    cells = [f"{column_letter(position)}{row}" for position, row in sorted(set(places))]
    shown = ", ".join(cells[:5]) + (f" und {len(cells) - 5} weitere" if len(cells) > 5 else "")
    position, row = min(places)
    return [
        Remark(
            "STRAY_CELLS",
            Severity.WARNING,
            f"Außerhalb der Tabelle stehen Zellen ({shown}); sie werden nicht eingelesen. Bitte "
            "prüfen, ob sie zu den Antworten gehören.",
            sheet=view.sheet.name,
            row=row,
            column=column_letter(position),
        )
    ]
