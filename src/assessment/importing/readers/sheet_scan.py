"""What a worksheet holds that the reader library hides: errors, formulas without result, reach."""

import math
import re
from collections.abc import Iterator
from typing import Any

from assessment.importing.readers.messages import (
    column_letter,
    column_number,
    corrupt,
    grid_too_large,
    grouped,
    too_many_columns,
    too_many_rows,
)

_FAR = re.compile(
    rb'<c r="(?:([A-Z]{3,})(\d+)|([A-Z]{1,2})([2-9]\d{4}|\d{6,}))"[^>]*(?<!/)>(?!</c>)'
)
_OTHER_CELL = re.compile(rb'<(?:\w+:)?(?:c(?=[\s/>])(?! r="[A-Z])|row(?=[\s/>])(?! r="\d))')
_ANY_TAG = re.compile(rb"<(?:\w+:)?(row|c)(?=[\s/>])([^>]*)>")
_REFERENCE = re.compile(rb"""(?:^|\s)r\s*=\s*["']([A-Z]*)(\d*)["']""")
_TYPE_ERROR = re.compile(rb"""\st\s*=\s*["']e["']""")
_ERROR = re.compile(
    rb'<c r="([A-Z]+)(\d+)"[^>]*? t="e"[^>]*>'
    rb"(?:\s*<f(?:[^>]*/>|[^>]*>[^<]*</f>))?\s*(?:<v>([^<]*)</v>)?"
)
_NO_RESULT = re.compile(
    rb'<c r="([A-Z]+)(\d+)"(?P<text>[^>]* t="str")?+[^>]*>\s*'
    rb"<f(?:[^>]*/>|[^>]*(?<!/)>[^<]*</f>)\s*(?(text)|(?:<v></v>|<v ?/>)?)\s*</c>"
)
"""A formula without a stored result; an empty text is one."""
_MERGED = re.compile(rb'<mergeCell ref="\$?([A-Z]+)\$?(\d+):\$?([A-Z]+)\$?(\d+)"')
_ROW = re.compile(rb'<row((?: r="(\d+)")?[^>]*)>')
_COLUMN = re.compile(rb"<col\s[^>]*>")
_HIDDEN = re.compile(rb'\shidden="(?:1|true)"')
_ODD_DATE = (
    rb'<c r="([A-Z]+)(\d+)" s="(?:%s)"(?: t="n")?>\s*'
    rb"<v>(-[^<]*|0|60|60\.[^<]*|0\.0*|[^<]*[eE][^<]*|\d{7,}[^<]*)</v>"
)
_LAST_DATE = 2_958_466
"""The serial number of 1 January 10000."""
_KEPT = 200_000
"""So many special cells are kept by address; no real survey has a tenth of them."""

Found = list[list[Any]]
"""Row, column (counted from 1), code of the remark, text of the value."""


class SheetScan:
    """Looks through the pieces of one worksheet part."""

    def __init__(self, name: str, date_styles: list[int], date_1904: bool, limits: Any) -> None:
        self.name = name
        self.found: Found = []
        self.hidden = {"col": 0, "row": 0}
        self.row_zero = False
        self._limits = limits
        self._date_1904 = date_1904
        self._odd_date = None
        if date_styles:
            styles = b"|".join(b"%d" % style for style in date_styles)
            self._odd_date = re.compile(_ODD_DATE % styles)
        self._first = True
        self._prefixed = False
        self._seen_rows = False
        self._filled = 0
        self._rows = 0
        self._far_row = 0
        self._far_column = 0
        self._row = 0

    def piece(self, x: bytes) -> None:
        """Look through one piece, cut before a row. Raises :class:`Refusal`."""
        if self._first:
            self._first = False
            self._prefixed = b"<worksheet" not in x
        self._filled += x.count(b"<v>")
        if self._filled > self._limits.filled_cells:
            raise grid_too_large(
                f"Das Blatt „{self.name}“ hat mehr als {grouped(self._limits.filled_cells)} "
                "ausgefüllte Zellen."
            )
        rows = list(_ROW.finditer(x))
        self._rows += len(rows)
        for match in rows:
            attributes = match[1]
            if b' r="0"' in attributes:
                self._check_row_zero(x, match)
            if b'hidden="' in attributes and _HIDDEN.search(attributes):
                self.hidden["row"] += 1
        self._outside_rows(x)
        regular = x.count(b'<c r="')
        others = x.count(b"<c") > regular or not all(m[1].startswith(b' r="') for m in rows)
        if self._prefixed or (others and _OTHER_CELL.search(x)):
            self._slow_piece(x)
            return
        if self._is_far(x, rows):
            self._check_far(x)
        if b't="e"' in x:
            for match in _ERROR.finditer(x):
                self._keep(match[1], match[2], "ERROR_CELLS", _plain(match[3] or b"#FEHLER!"))
        if b"<f" in x:
            for match in _NO_RESULT.finditer(x):
                self._keep(match[1], match[2], "FORMULA_WITHOUT_VALUE", "")
        if self._odd_date is not None:
            for match in self._odd_date.finditer(x):
                self._check_date(match[1], match[2], match[3])

    def end(self) -> None:
        """Judge the reach of the sheet. Raises :class:`Refusal`."""
        limits = self._limits
        row, column = max(self._far_row, self._rows), self._far_column
        if self._far_row <= limits.rows and column <= limits.columns:
            return
        grid = max(row, 1) * max(column, 1)
        if grid > limits.grid_cells and self._filled * 2 < grid:
            address = f"{column_letter(max(column, 1))}{row}"
            raise grid_too_large(
                f"Im Blatt „{self.name}“ stehen Zellen bis {address}; die Tabelle wäre damit "
                f"{grouped(grid)} Felder groß."
            )
        if column > limits.columns:
            raise too_many_columns(column, limits.columns)
        raise too_many_rows(row, limits.rows)

    def _check_row_zero(self, x: bytes, match: re.Match[bytes]) -> None:
        """An empty row 0 is left out; where answers stand in it, no reader knows their row."""
        self.row_zero = True
        if not match[1].endswith(b"/"):
            end = x.find(b"</row>", match.end())
            if b"<c" in x[match.end() : end if end >= 0 else len(x)]:
                raise corrupt(f"Im Blatt „{self.name}“ stehen Antworten in einer Zeile 0.")

    def _outside_rows(self, x: bytes) -> None:
        """Column settings before the first row and merged ranges behind the last one."""
        if not self._seen_rows:
            head = x.find(b"<row")
            for match in _COLUMN.finditer(x, 0, head if head >= 0 else len(x)):
                self.hidden["col"] += bool(_HIDDEN.search(match[0]))
            self._seen_rows = head >= 0
        tail = max(0, x.rfind(b"</row>"))
        for match in _MERGED.finditer(x, tail):
            self._check_merged(match)

    def _is_far(self, x: bytes, rows: list[re.Match[bytes]]) -> bool:
        """Whether a row, or the last cell of one, may lie beyond the limits.

        Looking at the last cell only is enough for files whose cells are in order; what reaches
        far in disorder meets the memory limit of the reader.
        """
        if not rows:
            return b'<c r="' in x
        ends = [match.start() for match in rows[1:]] + [len(x)]
        for match, end in zip(rows, ends, strict=True):
            number = match[2]
            if number is not None and int(number) > self._limits.rows:
                return True
            last = x.rfind(b'<c r="', match.end(), end)
            if last >= 0 and x[last + 6 : last + 9].isalpha():
                return True
        return False

    def _check_far(self, x: bytes) -> None:
        far = _FAR.findall(x)
        if far:
            columns = {wide or narrow for wide, _, narrow, _ in far}
            numbers = {row or far_row for _, row, _, far_row in far}
            self._reach(max(map(int, numbers)), max(column_number(c.decode()) for c in columns))

    def _reach(self, row: int, column: int) -> None:
        # Only rows and columns beyond the limits count here, the rest is measured by the reader.
        if row > self._limits.rows or column > self._limits.columns:
            self._far_row = max(self._far_row, row)
            self._far_column = max(self._far_column, column)

    def _keep(self, letters: bytes, row: bytes, code: str, value: str) -> None:
        if len(self.found) < _KEPT:
            self.found.append([int(row), column_number(letters.decode()), code, value])

    def _check_date(self, letters: bytes, row: bytes, raw: bytes) -> None:
        text = _plain(raw)
        try:
            serial = float(text)
        except ValueError:
            return  # not a number at all: the reader library refuses the file
        impossible = not math.isfinite(serial) or serial < 0 or serial >= _LAST_DATE
        # Excel's calendar has a day 0 and a 29 February 1900; no other calendar has.
        if impossible or (not self._date_1904 and (serial == 0 or int(serial) == 60)):
            self._keep(letters, row, "BAD_DATES", text)

    def _check_merged(self, match: re.Match[bytes]) -> None:
        left, right = column_number(match[1].decode()), column_number(match[3].decode())
        area = (right - left + 1) * (int(match[4]) - int(match[2]) + 1)
        if area > self._limits.grid_cells:
            reference = match[0].split(b'"')[1].decode()
            raise grid_too_large(
                f"Im Blatt „{self.name}“ sind die Zellen {reference} verbunden, das sind "
                f"{grouped(area)} Felder."
            )

    def _slow_piece(self, x: bytes) -> None:
        """The same for sheets written in unusual ways: no references, prefixes, other order."""
        for row, column, attributes, body in self._cells(x):
            if not body:
                continue
            self._reach(row, column)
            address = column_letter(column).encode(), b"%d" % row
            if _TYPE_ERROR.search(attributes):
                value = re.search(rb"<(?:\w+:)?v>([^<]*)<", body)
                self._keep(*address, "ERROR_CELLS", _plain(value[1] if value else b"#FEHLER!"))
            elif re.match(rb"\s*<(?:\w+:)?f[\s>/]", body) and not re.search(
                rb"<(?:\w+:)?(?:v|is)[\s>/]", body
            ):
                self._keep(*address, "FORMULA_WITHOUT_VALUE", "")
            elif self._odd_date is not None:
                style = re.search(rb"""\ss\s*=\s*["'](\d+)["']""", b" " + attributes)
                value = re.search(rb"<(?:\w+:)?v>([^<]*)<", body)
                if style and value:
                    cell = b'<c r="%s%s" s="%s"><v>%s</v>' % (*address, style[1], value[1])
                    if match := self._odd_date.match(cell):
                        self._check_date(match[1], match[2], match[3])

    def _cells(self, x: bytes) -> Iterator[tuple[int, int, bytes, bytes]]:
        column = 0
        for match in _ANY_TAG.finditer(x):
            attributes = match[2]
            reference = _REFERENCE.search(attributes)
            if match[1] == b"row":
                self._row = int(reference[2]) if reference and reference[2] else self._row + 1
                column = 0
                continue
            row, column = self._row, column + 1
            if reference and reference[1] and reference[2]:
                row, column = int(reference[2]), column_number(reference[1].decode())
            if attributes.endswith(b"/"):
                yield row, column, attributes, b""
                continue
            end = x.find(b"c>", match.end())
            body = x[match.end() : end if end >= 0 else len(x)]
            yield row, column, attributes, body if body.strip() not in (b"", b"</") else b""


def _plain(raw: bytes) -> str:
    return raw.decode("utf-8", "replace").strip()[:40]
