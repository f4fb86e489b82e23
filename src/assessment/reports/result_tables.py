"""Results as machine-readable CSV: comma, decimal point, UTF-8, keys as text.

For spreadsheet programs there is :mod:`assessment.reports.csv_files`.
"""

import csv
import io
import math

from assessment.reports.safe_text import neutral
from assessment.scoring.scores import Scores
from assessment.survey import Survey
from assessment.typology.model import Membership


def scores_csv(survey: Survey, scores: Scores) -> bytes:
    """One row a municipality: score, level, coverage per dimension; empty where not rated."""
    dimensions = list(scores.score.columns)
    header = ["key", "name"]
    for dimension in dimensions:
        header += [dimension, f"{dimension}_level", f"{dimension}_coverage"]
    score, coverage = scores.score.to_numpy(), scores.coverage.to_numpy()
    level = scores.level.to_numpy(dtype=float, na_value=math.nan)
    rows = []
    for number, key in enumerate(survey.keys):
        row = [neutral(str(key)), neutral(survey.name_of(key))]
        for place in range(len(dimensions)):
            row += [
                _decimal(score[number, place], 2),
                _decimal(level[number, place], 0),
                _decimal(coverage[number, place], 3),
            ]
        rows.append(row)
    return _csv(header, rows)


def assignments_csv(survey: Survey, membership: Membership) -> bytes:
    """One row a municipality: type, probability of each type, second type and state."""
    types = list(membership.probability.columns)
    header = ["key", "name", "type", *(f"probability_{t}" for t in types), "second_type", "state"]
    probability = membership.probability.to_numpy()
    rows = [
        [
            neutral(str(key)),
            neutral(survey.name_of(key)),
            _text(membership.first.iloc[number]),
            *(_decimal(value, 6) for value in probability[number]),
            _text(membership.second.iloc[number]),
            str(membership.state.iloc[number]),
        ]
        for number, key in enumerate(survey.keys)
    ]
    return _csv(header, rows)


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
