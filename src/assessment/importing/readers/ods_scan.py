"""OpenDocument tables: repeated cells and rows, with which a few bytes fill a huge sheet."""

import re
from typing import Any

from assessment.importing.readers.messages import grid_too_large, grouped

_CELL = re.compile(
    rb'<table:(?:covered-)?table-cell\b[^>]*?number-columns-repeated="(\d+)"[^>]*>(?!</table)'
)
_ROW = re.compile(rb'<table:table-row\b[^>]*?number-rows-repeated="(\d+)"[^>]*>')


class OdsScan:
    """Looks through the pieces of ``content.xml``, each cut before a row."""

    def __init__(self, limits: Any) -> None:
        self._limits = limits
        self._fields = 0

    def piece(self, x: bytes) -> None:
        """Raises :class:`Refusal` if repeated *filled* cells exceed the limits."""
        rows = [(m.start(), int(m[1]), m.end()) for m in _ROW.finditer(x)]
        for _, times, end in rows:
            close = x.find(b"</table:table-row>", end)
            content = x[end : close if close >= 0 else len(x)]
            if not _filled(content):
                continue
            width = sum(self._width(m) for m in _CELL.finditer(content)) + 1
            self._fields += times * width
            if times > self._limits.rows or self._fields > self._limits.grid_cells:
                raise _refused(times, "Zeilen")
        for match in _CELL.finditer(x):
            if self._width(match) > self._limits.columns:
                raise _refused(int(match[1]), "Spalten")

    @staticmethod
    def _width(match: re.Match[bytes]) -> int:
        tag = match[0]
        empty = tag.endswith(b"/>") and b"office:value" not in tag and b"string-value" not in tag
        return 0 if empty else int(match[1])


def _filled(content: bytes) -> bool:
    return b"office:value" in content or b"<text:" in content


def _refused(count: int, what: str) -> Exception:
    return grid_too_large(
        f"In der Tabelle wiederholt sich eine ausgefüllte Zelle über {grouped(count)} {what}."
    )
