"""The asking side of :mod:`assessment.importing.wire`: trust nothing, build the sheets."""

import json
import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

import numpy as np

from assessment.importing import wire
from assessment.importing.limits import Limits
from assessment.remarks import InputRefused, Remark, Severity
from assessment.table import CellValue, Column, ErrorCell, NoResultCell, Sheet, SheetState

_WIDTHS = {1: np.dtype("u1"), 2: np.dtype("<u2"), 4: np.dtype("<i4")}


class GarbledAnswer(Exception):
    """The reading process wrote something that is no answer."""


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """A checked answer of the reading process."""

    format: str
    encoding: str | None
    delimiter: str | None
    remarks: tuple[Remark, ...]
    sheets: tuple[Sheet, ...]


def decode_answer(data: bytes, limits: Limits) -> Answer:
    """Check the bytes of an answer against ``limits`` and return it.

    Raises :class:`InputRefused` if the reading process refused the file and
    :class:`GarbledAnswer` if the bytes are no well-formed answer.
    """
    try:
        return _decode(memoryview(data), limits)
    except (ValueError, TypeError, KeyError, IndexError, AttributeError) as error:
        # json, int(), numpy and the unpacking below raise nothing else on wrong shapes.
        raise GarbledAnswer(str(error)) from error


def _decode(data: memoryview, limits: Limits) -> Answer:
    start = len(wire.MAGIC) + 8
    if bytes(data[: len(wire.MAGIC)]) != wire.MAGIC:
        raise GarbledAnswer("no answer")
    length = int.from_bytes(data[len(wire.MAGIC) : start], "little")
    header = json.loads(bytes(data[start : start + length]).decode("utf-8"))
    if refused := header.get("refused"):
        code, message = refused
        raise InputRefused(_text(code, 60), _text(message, 2_000))
    rest = data[start + length :]
    sheets = []
    cells = offset = 0
    _demand(len(header["sheets"]) <= limits.sheets)
    for name, first_row, n_rows, state, labelled, columns in header["sheets"]:
        _demand(0 <= n_rows <= limits.rows and first_row >= 1)
        _demand(len(columns) <= limits.columns)
        cells += n_rows * len(columns)
        _demand(cells <= limits.grid_cells)
        built = []
        for described in columns:
            column, offset = _column(described, n_rows, rest, offset, limits)
            built.append(column)
        rows = np.arange(first_row, first_row + n_rows, dtype=np.int32)
        sheets.append(
            Sheet(
                _text(name, 500),
                tuple(built),
                rows,
                SheetState(state),
                labelled is True,
            )
        )
    _demand(offset == len(rest))
    return Answer(
        format=_text(header["format"], 20),
        encoding=header["encoding"] and _text(header["encoding"], 20),
        delimiter=header["delimiter"] and _text(header["delimiter"], 1),
        remarks=tuple(_remark(note) for note in header["notes"]),
        sheets=tuple(sheets),
    )


def _column(
    described: list[Any], n_rows: int, rest: memoryview, offset: int, limits: Limits
) -> tuple[Column, int]:
    position, width, tags, raw, name, label, value_labels, missing = described
    _demand(1 <= position <= 1_000_000 and len(tags) == len(raw))
    end = offset + n_rows * width
    codes = np.frombuffer(rest[offset:end], dtype=_WIDTHS[width])
    _demand(len(codes) == n_rows)
    if n_rows:
        _demand(int(codes.max()) < len(raw) and int(codes.min()) >= 0)
    values = tuple(
        _value(tag, value, limits.cell_characters) for tag, value in zip(tags, raw, strict=True)
    )
    column = Column(
        position,
        values,
        codes.astype(np.int32),
        _text(name, 2_000),
        _text(label, limits.cell_characters),
        {
            _value(tag, value, limits.cell_characters): _text(text, limits.cell_characters)
            for tag, value, text in value_labels
        },
        frozenset(_value(tag, value, limits.cell_characters) for tag, value in missing),
    )
    return column, end


def _value(tag: str, raw: Any, longest: int) -> CellValue:
    return _text(raw, longest) if tag == wire.TEXT else _BUILDERS[tag](raw)


def _number(raw: Any) -> float:
    number = float(raw)
    _demand(type(raw) in (int, float) and math.isfinite(number))
    return number


def _truth(raw: Any) -> bool:
    _demand(raw is True or raw is False)
    return raw


_BUILDERS: dict[str, Callable[[Any], CellValue]] = {
    wire.NUMBER: _number,
    wire.TRUTH: _truth,
    wire.EMPTY: lambda raw: None,
    wire.DATETIME: datetime.fromisoformat,
    wire.DATE: date.fromisoformat,
    wire.TIME: time.fromisoformat,
    wire.ERROR: lambda raw: ErrorCell(_text(raw, 100)),
    wire.NO_RESULT: lambda raw: NoResultCell(),
}


def _text(raw: Any, longest: int) -> str:
    _demand(type(raw) is str and len(raw) <= longest)
    return raw


def _remark(note: list[Any]) -> Remark:
    code, severity, message, sheet, row, column, value = note
    _demand(row is None or type(row) is int)
    for text in (sheet, column, value):
        _demand(text is None or type(text) is str)
    return Remark(
        _text(code, 60), Severity(severity), _text(message, 2_000), sheet, row, column, value
    )


def _demand(holds: bool) -> None:
    if not holds:
        raise GarbledAnswer("shape")
