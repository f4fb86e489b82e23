"""Simulated answers as numbers, for the tests of associations."""

import numpy as np

from assessment.questionnaire.model import OptionKind
from assessment.simulation import SimulatedSurvey

TYPED_GOALS = tuple(f"B{number:02d}" for number in range(1, 14))


def numbers(sample: SimulatedSurvey, item: str) -> np.ndarray:
    """Position of the answer among the item's answer options, ``NaN`` without an answer."""
    codes = [option.code for option in sample.questionnaire[item].answer_options]
    return np.array(
        [codes.index(code) if code in codes else np.nan for code in sample.answers[item]]
    )


def ticks(sample: SimulatedSurvey, item: str) -> dict[str, np.ndarray]:
    """Option code → 1.0/0.0 per municipality, ``NaN`` where the question has no answer."""
    silent = {o.code for o in sample.questionnaire[item].options if o.kind is OptionKind.DONT_KNOW}
    given = [
        None if text is None or text in silent else text.split(";") for text in sample.answers[item]
    ]
    return {
        option.code: np.array(
            [np.nan if named is None else float(option.code in named) for named in given]
        )
        for option in sample.questionnaire[item].answer_options
    }


def tick_count(sample: SimulatedSurvey, item: str) -> np.ndarray:
    return np.sum(list(ticks(sample, item).values()), axis=0)


def correlation(first: np.ndarray, second: np.ndarray) -> float:
    """Pearson correlation over pairs where both are known."""
    known = ~(np.isnan(first) | np.isnan(second))
    return float(np.corrcoef(first[known], second[known])[0, 1])


def log_population(sample: SimulatedSurvey) -> np.ndarray:
    return np.log(sample.answers["A05"].astype(float))


def of_type(sample: SimulatedSurvey, kind: str) -> np.ndarray:
    return (sample.types == kind).astype(float)


def goal_ratings(sample: SimulatedSurvey) -> np.ndarray:
    """Ratings of the goals that belong to a type, shape (n, 13), ``NaN`` without an answer."""
    return np.array([numbers(sample, item) for item in TYPED_GOALS]).T
