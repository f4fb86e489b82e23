"""CSV as German spreadsheet programs open it: byte order mark, semicolon, decimal comma.

For machines there is :mod:`assessment.reports.result_tables` (comma, decimal point).
"""

import csv
import io
import math
from collections.abc import Iterable, Sequence
from datetime import date, datetime

import pandas as pd

from assessment.questionnaire.model import ItemKind
from assessment.reports.ledger_workbook import SIMULATED, STATUSES
from assessment.reports.safe_text import neutral
from assessment.survey import AnswerStatus, Survey

_NUMBERS = (ItemKind.INTEGER, ItemKind.DECIMAL)


def german_csv(header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """A table as UTF-8 with byte order mark; text cells are neutralised, numbers stay numbers.

    Accepts text, numbers, dates, truth values and missing values (written as empty cells).
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    writer.writerow([neutral(str(name)) for name in header])
    for row in rows:
        writer.writerow([german_cell(value) for value in row])
    return buffer.getvalue().encode("utf-8-sig")


def german_cell(value: object) -> str:
    """One cell: ``1234.5`` → ``1234,5`` (no grouping: it stays a number), dates TT.MM.JJJJ."""
    if value is None or value is pd.NA or value is pd.NaT:
        return ""
    if isinstance(value, str):
        return neutral(value)
    if isinstance(value, bool):
        return "ja" if value else "nein"
    if isinstance(value, datetime | date):
        return value.strftime("%d.%m.%Y")
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        if not math.isfinite(value):
            return ""
        return f"{value:.6f}".rstrip("0").rstrip(".").replace(".", ",")
    return neutral(str(value))


def answers_csv(survey: Survey, *, labels: bool = True) -> bytes:
    """All answers, one municipality a row; option texts (``labels``) or codes.

    Columns are headed by the item's code. An empty cell was left empty; other reasons for no answer
    stand in brackets („[weiß nicht]“). Contact data is never part of a survey's answers that are
    written here. Simulated answers say so in a last column.
    """
    items = [
        survey.questionnaire[item]
        for item in survey.answers.columns
        if survey.questionnaire[item].kind is not ItemKind.CONTACT
    ]
    columns: list[list[object]] = []
    for item in items:
        values = survey.answers[item.id]
        if item.kind in _NUMBERS:
            columns.append([None if pd.isna(value) else float(value) for value in values])
        elif item.kind is ItemKind.DATE:
            columns.append([None if pd.isna(v) else pd.Timestamp(v).date() for v in values])
        else:
            names = {code: option.label for code, option in item.option_by_code.items()}
            columns.append(
                [
                    None
                    if pd.isna(value)
                    else _named(str(value), names)
                    if labels and item.kind.coded
                    else str(value)
                    for value in values
                ]
            )
    for column, item in zip(columns, items, strict=True):
        for number, status in enumerate(survey.status[item.id]):
            if status not in (AnswerStatus.ANSWERED, AnswerStatus.MISSING):
                column[number] = f"[{STATUSES[AnswerStatus(status)]}]"
    header = ["Schlüssel", "Name", *(item.id for item in items)]
    if survey.simulated:
        header.append("Hinweis")
        columns.append([SIMULATED] * len(survey.keys))
    rows = (
        [str(key), survey.name_of(key), *(column[number] for column in columns)]
        for number, key in enumerate(survey.keys)
    )
    return german_csv(header, rows)


def _named(codes: str, names: dict[str, str]) -> str:
    return "; ".join(names.get(code, code) for code in codes.split(";")) if codes else "nichts"
