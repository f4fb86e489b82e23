"""Our own questionnaire to be filled in: one row per question, found by its code, not its wording.

Above the table stands a line that begins with :data:`MARK`; the table has the columns Code, Frage
and Antwort. Rows may be moved, left out or added: the code alone says what an answer belongs to.
"""

import numpy as np

from assessment.german import fold
from assessment.importing.dialects.one_organisation import Turned
from assessment.importing.dialects.view import SheetView
from assessment.source_column import SourceColumn
from assessment.table import Column

DIALECT_ID = "answers_workbook"
TITLE = "Fragebogen zum Ausfüllen"
MARK = "Fragebogen zum Ausfüllen"
CODE, QUESTION, ANSWER = "Code", "Frage", "Antwort"
NOT_ASKED = "nicht gefragt"
"""Stands for an answer to a question that was not put, where no condition says so."""

WITHOUT_CODE = "Antwort ohne Code"
REASON = "Über der Tabelle steht „Fragebogen zum Ausfüllen“; die Spalte „Code“ nennt die Frage."
_LOOK_AHEAD = 40


def find_table(view: SheetView) -> int | None:
    """Index of the header row; ``None`` where the sheet isn't such a questionnaire."""
    marked = False
    for row in np.flatnonzero(view.row_counts)[:_LOOK_AHEAD].tolist():
        texts = [fold(text) for text in view.row_texts(row)]
        if {fold(CODE), fold(QUESTION), fold(ANSWER)} <= set(texts):
            return row if marked else None
        marked = marked or any(text.startswith(fold(MARK)) for text in texts)
    return None


def read_table(view: SheetView, header: int) -> Turned:
    """Every row with a code is a question; all others are set aside with their reason."""
    heads = view.row_texts(header)
    folded = [fold(head) for head in heads]
    code, question, answer = (folded.index(fold(name)) for name in (CODE, QUESTION, ANSWER))
    columns: list[SourceColumn] = []
    aside: list[tuple[int, str]] = []
    for row in range(view.sheet.n_rows):
        line = int(view.sheet.row_numbers[row])
        if row == header:
            continue
        name = view.text(row, code)
        reason = _not_a_question(view, row, header, name, answer)
        if reason:
            aside.append((line, reason))
            continue
        cell = Column(line, (view.value(row, answer),), np.zeros(1, dtype=np.int32))
        text = view.text(row, question)
        columns.append(SourceColumn(cell, f"{name} {text}".strip(), code=name, question=text))
    positions = [column.position for column in view.sheet.columns]
    others = tuple(
        (positions[index], head)
        for index, head in enumerate(heads)
        if index not in (question, answer)
    )
    return Turned(positions[question], positions[answer], others, tuple(aside), tuple(columns))


def is_empty(turned: Turned) -> bool:
    """Whether nobody has filled it in yet."""
    return all(column.column.values[0] is None for column in turned.columns)


def _not_a_question(view: SheetView, row: int, header: int, code: str, answer: int) -> str:
    """Why a row holds no question; ``""`` if it does."""
    if row < header:
        return "Titel oder Anleitung über der Kopfzeile"
    if view.row_counts[row] == 0:
        return "leere Zeile"
    if code:
        return "Wiederholung der Kopfzeile" if fold(code) == fold(CODE) else ""
    return WITHOUT_CODE if view.filled[row, answer] else "Zwischenüberschrift"
