"""What the reading process writes and the asking process reads: no pickle, shapes re-checked.

One answer is ``MAGIC``, the length of a JSON header (little endian, 8 bytes), the header and the
row codes of all columns as raw bytes. This half is used in the reading process and therefore
imports next to nothing: each import there is paid for with every file.
"""

import json
from collections.abc import Sequence
from typing import Any

MAGIC = b"ASMTWIR1"
INFO, WARNING = "info", "warning"

# Tags of cell values in the header.
TEXT, NUMBER, TRUTH, EMPTY = "s", "f", "b", "n"
DATETIME, DATE, TIME = "D", "d", "t"
ERROR, NO_RESULT = "e", "r"

Tagged = tuple[str, Any]
"""A tag and the value as JSON holds it."""


class Refusal(Exception):
    """The reading process refuses the file; becomes ``InputRefused`` on the other side."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


class NoAnswer(Exception):
    """The reading process has nothing to say, because the other pipe already carries a refusal."""


class EncodedColumn:
    """One column, each distinct value once.

    ``codes`` are the raw bytes of unsigned 8- or 16-bit or signed 32-bit integers, ``width``
    bytes per row.
    """

    __slots__ = ("codes", "label", "missing", "name", "position", "value_labels", "values", "width")

    def __init__(self, position: int, values: Sequence[Tagged], codes: bytes, width: int) -> None:
        self.position = position
        self.values = values
        self.codes = codes
        self.width = width
        self.name = ""
        self.label = ""
        self.value_labels: list[tuple[str, Any, str]] = []
        self.missing: list[Tagged] = []


class EncodedSheet:
    """One sheet: its columns and the original number of its first row (rows are consecutive)."""

    __slots__ = ("columns", "first_row", "labelled", "n_rows", "name", "state")

    def __init__(self, name: str, first_row: int, n_rows: int) -> None:
        self.name = name
        self.first_row = first_row
        self.n_rows = n_rows
        self.columns: list[EncodedColumn] = []
        self.state = "visible"
        self.labelled = False


class Notes:
    """Remarks gathered while reading."""

    __slots__ = ("entries",)

    def __init__(self) -> None:
        self.entries: list[list[Any]] = []

    def add(
        self,
        code: str,
        severity: str,
        message: str,
        sheet: str | None = None,
        row: int | None = None,
        column: str | None = None,
        value: str | None = None,
    ) -> None:
        self.entries.append([code, severity, message, sheet, row, column, value])


def encode_refusal(refusal: Refusal) -> list[bytes]:
    """The answer of a process that refuses the file."""
    return _frame({"refused": [refusal.code, refusal.message]}, [])


def encode_answer(
    sheets: Sequence[EncodedSheet],
    notes: Notes,
    *,
    file_format: str,
    encoding: str | None = None,
    delimiter: str | None = None,
) -> list[bytes]:
    """The answer with all sheets, as a list of byte strings to be written one after the other."""
    blobs: list[bytes] = []
    described = []
    for sheet in sheets:
        columns = []
        for column in sheet.columns:
            blobs.append(column.codes)
            columns.append(
                [
                    column.position,
                    column.width,
                    "".join(tag for tag, _ in column.values),
                    [value for _, value in column.values],
                    column.name,
                    column.label,
                    column.value_labels,
                    column.missing,
                ]
            )
        described.append(
            [sheet.name, sheet.first_row, sheet.n_rows, sheet.state, sheet.labelled, columns]
        )
    header = {
        "format": file_format,
        "encoding": encoding,
        "delimiter": delimiter,
        "notes": notes.entries,
        "sheets": described,
    }
    return _frame(header, blobs)


def _frame(header: dict[str, Any], blobs: list[bytes]) -> list[bytes]:
    text = json.dumps(header, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    data = text.encode("utf-8", "surrogatepass")
    return [MAGIC, len(data).to_bytes(8, "little"), data, *blobs]
