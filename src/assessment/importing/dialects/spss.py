"""SPSS files: names, labels and value labels come with the columns."""

import re
from collections.abc import Sequence

from assessment.importing.dialects.bracketed import shared
from assessment.importing.dialects.dialect import Dialect, HeaderParts, RawColumn, Sighting
from assessment.importing.dialects.view import SheetView

_NUMBERED = re.compile(r"^(?P<code>[A-Za-z]\w*?)[_.](?P<sub>\w+)$")


def _look(view: SheetView, header_rows: tuple[int, ...]) -> Sighting | None:
    if not view.sheet.labelled:
        return None
    labels = sum(bool(column.value_labels) for column in view.sheet.columns)
    reason = (
        f"Die Datei ist eine SPSS-Datei; {labels} von {len(view.sheet.columns)} Variablen "
        "bringen Wertetexte mit."
    )
    return Sighting(1.0, (reason,), ())


def _read(columns: Sequence[RawColumn]) -> list[HeaderParts]:
    names = [column.column.name for column in columns]
    stems = shared(match["code"] for name in names if (match := _NUMBERED.match(name)))
    return [_parts(column, stems) for column in columns]


def _parts(column: RawColumn, stems: set[str]) -> HeaderParts:
    name, label = column.column.name, column.column.label
    match = _NUMBERED.match(name)
    if match and match["code"] in stems:
        return HeaderParts(match["code"], match["sub"], label)
    return HeaderParts(code=name, question=label)


DIALECT = Dialect("spss", "SPSS", _look, _read)
