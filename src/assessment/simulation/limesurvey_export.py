"""The simulated sample as LimeSurvey's German Excel export with question and answer codes.

As LimeSurvey writes it: metadata columns first, question codes as headers, one Y/N column per
option of a multiple choice (``E01[a]``) and one column per rank (``B15[1]``), digits without a
leading zero as numbers, dates as text. So the sample takes the same way as a real file.
"""

import io
import tempfile
from collections.abc import Iterator
from datetime import date, datetime

import numpy as np
import xlsxwriter

from assessment.questionnaire.model import Item, ItemKind
from assessment.simulation.simulated_survey import SimulatedSurvey

SHEET_NAME = "Simulierte Beispieldaten"
TITLE = "Simulierte Beispieldaten – keine echten Kommunen"
_METADATA = (
    "Antwort ID",
    "Datum Abgeschickt",
    "Letzte Seite",
    "Start-Sprache",
    "Zufallsgeneratorstartwert",
)
_CREATED = datetime(2026, 1, 1)
"""Fixed, so that equal arguments give equal bytes."""

Cell = str | float | int | None


def write_export(simulated: SimulatedSurvey) -> bytes:
    """The wave as .xlsx; equal surveys give equal bytes. Types are not part of it."""
    columns = [*_metadata(simulated), *_answer_columns(simulated)]
    buffer = io.BytesIO()
    with tempfile.TemporaryDirectory() as folder:
        # constant_memory writes row by row: 10,800 municipalities need no more than 412.
        book = xlsxwriter.Workbook(
            buffer, {"constant_memory": True, "tmpdir": folder, "strings_to_formulas": False}
        )
        book.set_properties(
            {
                "title": TITLE,
                "subject": f"{simulated.n} erfundene Kommunen, Startwert {simulated.seed}, "
                f"Welle {simulated.wave}",
                "comments": "Erzeugt aus erklärten Annahmen. Namen und Schlüssel sind erfunden.",
                "keywords": "simuliert, Beispiel",
                "created": _CREATED,
            }
        )
        book.set_custom_property("simulated", True)
        book.set_custom_property("seed", simulated.seed)
        book.set_custom_property("wave", simulated.wave)
        book.set_custom_property("assumptions", simulated.assumptions.version)
        sheet = book.add_worksheet(SHEET_NAME)
        for position, (header, _) in enumerate(columns):
            sheet.write_string(0, position, header)
        for row in range(simulated.n):
            for position, (_, values) in enumerate(columns):
                value = values[row]
                if value is None:
                    continue
                if isinstance(value, str):
                    sheet.write_string(row + 1, position, value)
                else:
                    sheet.write_number(row + 1, position, value)
        book.close()
    return buffer.getvalue()


def _metadata(simulated: SimulatedSurvey) -> Iterator[tuple[str, list[Cell]]]:
    generator = np.random.default_rng([simulated.seed, simulated.wave, simulated.n])
    # Gaps in the numbers: some opened the questionnaire and left.
    numbers = np.cumsum(generator.integers(1, 4, simulated.n))
    seeds = generator.integers(10_000_000, 2_000_000_000, simulated.n)
    times: list[Cell] = [
        None if time is None else f"{time:%Y-%m-%d %H:%M:%S}" for time in simulated.submitted
    ]
    values: tuple[list[Cell], ...] = (
        numbers.tolist(),
        times,
        simulated.last_page.tolist(),
        ["de"] * simulated.n,
        seeds.tolist(),
    )
    yield from zip(_METADATA, values, strict=True)


def _answer_columns(simulated: SimulatedSurvey) -> Iterator[tuple[str, list[Cell]]]:
    for item in simulated.questionnaire.items:
        if item.id not in simulated.answers:
            continue
        values = simulated.answers[item.id]
        if item.kind is ItemKind.MULTIPLE:
            yield from _option_columns(item, values)
        elif item.kind is ItemKind.RANKING:
            yield from _rank_columns(item, values)
        else:
            yield item.id, [_cell(value) for value in values]


def _option_columns(item: Item, values: np.ndarray) -> Iterator[tuple[str, list[Cell]]]:
    given = [None if text is None else set(text.split(";")) for text in values]
    for option in item.options:
        cells: list[Cell] = [
            None if ticked is None else ("Y" if option.code in ticked else "N") for ticked in given
        ]
        yield f"{item.id}[{option.code}]", cells


def _rank_columns(item: Item, values: np.ndarray) -> Iterator[tuple[str, list[Cell]]]:
    given = [() if text is None else tuple(text.split(";")) for text in values]
    for rank in range(item.picks or len(item.options)):
        cells: list[Cell] = [named[rank] if rank < len(named) else None for named in given]
        yield f"{item.id}[{rank + 1}]", cells


def _cell(value: object) -> Cell:
    """A cell as LimeSurvey's writer types it: whole numbers as numbers unless they start with 0."""
    if value is None:
        return None
    if isinstance(value, datetime | date):
        return f"{value:%Y-%m-%d} 00:00:00"
    if isinstance(value, str):
        whole = value.isascii() and value.isdigit() and (value == "0" or value[0] != "0")
        return int(value) if whole else value
    if isinstance(value, int | float):
        return value
    raise TypeError(f"no cell for {type(value).__name__}")
