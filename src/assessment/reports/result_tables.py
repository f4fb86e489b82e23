"""Results as machine-readable CSV: comma, decimal point, UTF-8, keys as text, header in line 1.

What they rest on stands in a file beside them (:mod:`assessment.reports.companion`).
For spreadsheet programs there is :mod:`assessment.reports.csv_files`.
"""

import csv
import io
import math
from dataclasses import astuple, fields

from assessment.profiles.answer_counts import AnswerCounts, answer_counts
from assessment.reports.safe_text import neutral
from assessment.scoring.scores import Scores
from assessment.survey import Survey
from assessment.typology.model import Membership

_PARTS = ("level", "coverage", "lowest", "highest", "state")

SCORES_CONTENT = (
    "Eine Zeile je Kommune. Je Dimension: Punkte 0–100, _level Reifestufe (Selbstauskunft) 0–4, "
    "_coverage Anteil des beantworteten Gewichts 0–1, _lowest und _highest die Punkte, wenn alles "
    "Offene mit der niedrigsten oder höchsten Antwort ausgefüllt würde, _state „rated“, "
    "„too_few_answers“ oder „not_concerned“. Ohne Bewertung bleiben die Zahlen leer, nie 0. "
    "Am Ende die Zahl der Fragen nach Antwort und „simulated“."
)
ASSIGNMENTS_CONTENT = (
    "Eine Zeile je Kommune: Typ, Wahrscheinlichkeit je Typ 0–1, zweiter Typ, Zustand, Grund einer "
    "fehlenden Zuordnung und „simulated“. Kürzel und Namen der Typen stehen in typology.json."
)


def scores_csv(survey: Survey, scores: Scores) -> bytes:
    """One row a municipality: score, level, coverage, bounds and state per dimension.

    Numbers are empty where not rated; the state tells too few answers from not concerned. Then how
    many questions were answered, weiß nicht, empty, nicht zuständig and not asked.
    """
    dimensions = list(scores.score.columns)
    header = ["key", "name"]
    for dimension in dimensions:
        header += [dimension, *(f"{dimension}_{part}" for part in _PARTS)]
    header += [*(field.name for field in fields(AnswerCounts)), "simulated"]
    score, coverage = scores.score.to_numpy(), scores.coverage.to_numpy()
    lowest, highest = scores.lowest.to_numpy(), scores.highest.to_numpy()
    status, items = survey.status.to_numpy(), list(survey.status.columns)
    level = scores.level.to_numpy(dtype=float, na_value=math.nan)
    rows = []
    for number, key in enumerate(survey.keys):
        row = [neutral(str(key)), neutral(survey.name_of(key))]
        for place in range(len(dimensions)):
            row += [
                _decimal(score[number, place], 2),
                _decimal(level[number, place], 0),
                _decimal(coverage[number, place], 3),
                _decimal(lowest[number, place], 2),
                _decimal(highest[number, place], 2),
                _state(score[number, place], coverage[number, place]),
            ]
        counts = answer_counts(items, dict(zip(items, status[number].tolist(), strict=True)))
        row += [*(str(n) for n in astuple(counts)), _truth(survey.simulated)]
        rows.append(row)
    return _csv(header, rows)


def assignments_csv(survey: Survey, membership: Membership) -> bytes:
    """One row a municipality: type, probability of each type, second type and state."""
    types = list(membership.probability.columns)
    header = ["key", "name", "type", *(f"probability_{t}" for t in types), "second_type", "state"]
    header += ["reason", "simulated"]
    probability = membership.probability.to_numpy()
    rows = [
        [
            neutral(str(key)),
            neutral(survey.name_of(key)),
            _text(membership.first.iloc[number]),
            *(_decimal(value, 6) for value in probability[number]),
            _text(membership.second.iloc[number]),
            str(membership.state.iloc[number]),
            neutral(str(membership.reason.iloc[number])),
            _truth(survey.simulated),
        ]
        for number, key in enumerate(survey.keys)
    ]
    return _csv(header, rows)


def _state(score: float, coverage: float) -> str:
    if math.isnan(coverage):
        return "not_concerned"
    return "too_few_answers" if math.isnan(score) else "rated"


def _truth(value: bool) -> str:
    return "true" if value else "false"


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _decimal(value: float, decimals: int) -> str:
    return "" if math.isnan(value) else f"{value:.{decimals}f}"


def _csv(header: list[str], rows: list[list[str]]) -> bytes:
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows(rows)
    return buffer.getvalue().encode()
