"""SPSS files with variable labels, value labels and declared missing values."""

import math
from typing import Any

import pyreadstat

from assessment.importing import wire
from assessment.importing.readers.columns import Encoder
from assessment.importing.readers.findings import report_cells
from assessment.importing.readers.messages import (
    corrupt,
    grid_too_large,
    grouped,
    too_many_columns,
    too_many_rows,
)
from assessment.importing.text_hygiene import clean_text
from assessment.importing.wire import EncodedSheet, Notes, Tagged

_SHEET = "Daten"


def read_spss(descriptor: int, limits: Any, notes: Notes) -> EncodedSheet:
    """Read the file behind an inherited descriptor; the library wants a path, so it gets that."""
    path = f"/proc/self/fd/{descriptor}"
    try:
        _, meta = pyreadstat.read_sav(path, metadataonly=True, output_format="dict")
    except MemoryError:
        raise
    except Exception as error:  # the library wraps its C errors in several classes
        raise corrupt("Die SPSS-Datei ist beschädigt und lässt sich nicht lesen.") from error
    if not all(isinstance(name, str) and name for name in meta.column_names):
        raise corrupt("Die SPSS-Datei ist beschädigt: eine Variable hat keinen Namen.")
    width = len(meta.column_names)
    if width > limits.columns:
        raise too_many_columns(width, limits.columns)
    try:
        # One row more than allowed shows that there are too many, whatever the header says.
        values, meta = pyreadstat.read_sav(
            path, user_missing=True, output_format="dict", row_limit=limits.rows + 1
        )
    except MemoryError:
        raise
    except Exception as error:
        raise corrupt("Die SPSS-Datei ist beschädigt und lässt sich nicht lesen.") from error
    columns = {name: list(cells) for name, cells in values.items()}
    n_rows = max((len(cells) for cells in columns.values()), default=0)
    if n_rows > limits.rows:
        raise too_many_rows(n_rows, limits.rows)
    if n_rows * width > limits.grid_cells:
        raise grid_too_large(f"Die Tabelle hat {grouped(n_rows)} × {grouped(width)} Felder.")
    sheet = EncodedSheet(_SHEET, 1, n_rows)
    sheet.labelled = True
    encoder = Encoder(limits.cell_characters)
    for position, name in enumerate(meta.column_names, 1):
        cells = [_plain(cell) for cell in columns.get(name, [None] * n_rows)]
        column = encoder.encode(position, cells)
        column.name = clean_text(name)
        column.label = clean_text((meta.column_names_to_labels or {}).get(name) or "")
        labels = meta.variable_value_labels.get(name, {})
        column.value_labels = [
            (*tagged, clean_text(str(text)))
            for value, text in labels.items()
            if (tagged := _tagged(value)) is not None
        ]
        column.missing = _missing(meta.missing_ranges.get(name, []), column.values)
        sheet.columns.append(column)
    report_cells(encoder, _SHEET, 1, notes)
    return sheet


def _plain(cell: Any) -> Any:
    """Python values only; SPSS knows no NaN, the library writes it for „missing“."""
    if cell is None or (isinstance(cell, float) and math.isnan(cell)):
        return None
    if isinstance(cell, str):
        return cell.rstrip(" ") or None
    item = getattr(cell, "item", None)
    return item() if callable(item) else cell


def _tagged(value: Any) -> Tagged | None:
    if isinstance(value, str):
        return (wire.TEXT, clean_text(value.rstrip(" ")))
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return None
    return (wire.NUMBER, float(value))


def _missing(ranges: Any, values: Any) -> list[Tagged]:
    """The values of the column that fall into the declared missing ranges."""
    found = []
    for span in ranges:
        low, high = _tagged(span["lo"]), _tagged(span["hi"])
        bounds = span["lo"], span["hi"]
        if low is not None and low == high:
            found.append(low)
            continue
        for tag, value in values:
            if tag == wire.NUMBER and float(bounds[0]) <= value <= float(bounds[1]):
                found.append((tag, value))
    return list(dict.fromkeys(found))
