"""A questionnaire filled in by one organisation: one line per question, answers in one column.

The table is turned by ninety degrees, so that the questions become columns and the organisation
the only row. Places in messages and in the ledger stay those of the file.
"""

from dataclasses import dataclass

import numpy as np

from assessment.german import fold
from assessment.importing.dialects.view import SheetView, tidy
from assessment.source_column import SourceColumn
from assessment.table import Column

DIALECT_ID = "one_organisation"
TITLE = "Ausgefüllter Fragebogen einer Organisation"

_QUESTION = {"question", "frage", "fragetext", "kriterium"}
_ANSWER = {"answer", "antwort", "ihre antwort", "response"}
_NUMBER = {"id", "nr", "nr.", "code", "nummer"}


@dataclass(frozen=True, slots=True)
class Turned:
    """Where the parts of a turned table stand: positions of columns, numbers of rows."""

    question: int
    answer: int
    others: tuple[tuple[int, str], ...]
    """Columns beside question and answer: (position, header)."""
    set_aside: tuple[tuple[int, str], ...]
    """Rows that are no question: (row number, German reason)."""
    columns: tuple[SourceColumn, ...]
    """One per question; ``column.position`` is the row number of the question."""


def turn(view: SheetView, header_rows: tuple[int, ...]) -> Turned | None:
    """Read a filled-in questionnaire, or return ``None`` if the sheet isn't one."""
    if len(header_rows) != 1:
        return None
    heads = view.row_texts(header_rows[0])
    keys = [fold(head) for head in heads]
    questions = [index for index, key in enumerate(keys) if key in _QUESTION]
    answers = [index for index, key in enumerate(keys) if key in _ANSWER]
    if len(questions) != 1 or len(answers) != 1 or len(view.columns_in_use) > 20:
        return None
    question, answer = questions[0], answers[0]
    number = next((index for index, key in enumerate(keys) if key in _NUMBER), None)
    columns, aside = _read_lines(view, header_rows[0], question, answer, number)
    positions = [column.position for column in view.sheet.columns]
    others = tuple(
        (positions[index], head)
        for index, head in enumerate(heads)
        if index not in (question, answer)
    )
    return Turned(positions[question], positions[answer], others, tuple(aside), tuple(columns))


def _read_lines(
    view: SheetView, header: int, question: int, answer: int, number: int | None
) -> tuple[list[SourceColumn], list[tuple[int, str]]]:
    columns: list[SourceColumn] = []
    aside: list[tuple[int, str]] = []
    head = view.row_texts(header)
    for row in range(view.sheet.n_rows):
        line = int(view.sheet.row_numbers[row])
        if row == header:
            continue
        text = view.text(row, question)
        code = view.text(row, number) if number is not None else ""
        reason = None
        if row < header:
            reason = "Titelzeile über der Kopfzeile"
        elif view.row_counts[row] == 0:
            reason = "leere Zeile"
        elif view.row_texts(row) == head:
            reason = "Wiederholung der Kopfzeile"
        elif not text:
            reason = "Zeile ohne Frage"
        elif not view.filled[row, answer] and not code:
            reason = "Zwischenüberschrift"
        if reason is not None:
            aside.append((line, reason))
            continue
        column = Column(line, (view.value(row, answer),), np.zeros(1, dtype=np.int32))
        columns.append(SourceColumn(column, tidy(f"{code} {text}"), question=text))
    return columns, aside
