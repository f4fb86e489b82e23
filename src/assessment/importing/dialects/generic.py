"""Any table with one header row: codes, texts or variable names as they come."""

import re
from collections.abc import Sequence

from assessment.importing.dialects.bracketed import shared, split_bracket, split_code
from assessment.importing.dialects.dialect import Dialect, HeaderParts, RawColumn, Sighting
from assessment.importing.dialects.view import SheetView, is_number
from assessment.source_column import Part

_CODE = re.compile(r"[A-Za-z]{1,4}\d{1,3}[a-z]?")
_VARIABLE = re.compile(r"^(?P<code>[A-Za-zÄÖÜäöüß]\w*?)_(?P<sub>\w+)$")
_NAME = re.compile(r"[A-Za-zÄÖÜäöüß][\w.-]{0,39}")
_COUNTER = {"", "nr", "nr.", "lfd. nr.", "lfd nr", "index", "unnamed: 0", "line_number", "row"}


def _look(view: SheetView, header_rows: tuple[int, ...]) -> Sighting | None:
    if header_rows:
        reason = "Die Köpfe passen zu keinem bekannten Umfrageprogramm: einfache Tabelle."
    else:
        reason = "Es gibt keine Kopfzeile; die Spalten heißen nach ihren Buchstaben."
    return Sighting(0.1, (reason,), header_rows)


def _read(columns: Sequence[RawColumn]) -> list[HeaderParts]:
    headers = [column.header for column in columns]
    variables = shared(match["code"] for name in headers if (match := _VARIABLE.match(name)))
    matrices = shared(split[0] for name in headers if (split := split_bracket(name)))
    return [_parts(column, variables, matrices) for column in columns]


def _parts(column: RawColumn, variables: set[str], matrices: set[str]) -> HeaderParts:
    header = column.header
    if header.casefold() in _COUNTER and counts_rows(column):
        return HeaderParts(part=Part.METADATA)
    coded = split_code(header)
    if coded:
        return HeaderParts(*coded)
    bracketed = split_bracket(header)
    if bracketed and bracketed[0] in matrices:
        return HeaderParts(question=bracketed[0], option=bracketed[1])
    variable = _VARIABLE.match(header)
    if variable and variable["code"] in variables:
        return HeaderParts(variable["code"], variable["sub"], variable["code"], variable["sub"])
    if _CODE.fullmatch(header):
        return HeaderParts(code=header)
    # A single word is the name of a variable, whatever it says.
    return HeaderParts(code=header if _NAME.fullmatch(header) else "", question=header)


def counts_rows(column: RawColumn) -> bool:
    """True where every row holds another whole number: a running number, no answer."""
    values = column.values
    return len(values) == len(column.column.codes) > 1 and all(is_number(v) for v in values)


DIALECT = Dialect("generic", "Einfache Tabelle", _look, _read)
