"""Drawn goal surveys in the forms the typology reads: arrays for a method, a survey for a study."""

import numpy as np
import pandas as pd

from assessment.questionnaire.model import Item, ItemKind, Option, Questionnaire, Role
from assessment.simulation.goal_survey import GOALS, PLACES, STEPS, GoalSurvey
from assessment.survey import AnswerStatus, Provenance, Survey
from assessment.typology.goal_data import GoalData
from assessment.typology.method import Method
from assessment.typology.methods import solve
from assessment.typology.solution import Solution, Starts

FIRST_SEED = 1000
N = 412
K = 4

_GOAL_IDS = tuple(f"Z{number:02d}" for number in range(1, GOALS + 1))
_PICK = "V01"


def data_for(method: Method, drawn: GoalSurvey) -> GoalData:
    """What a method reads: the top three, both, or (all others) the ratings alone."""
    rated = None if method is Method.PLACKETT_LUCE else drawn.ratings
    orders = drawn.orders if method in (Method.PLACKETT_LUCE, Method.JOINT) else None
    return GoalData(
        n=drawn.n,
        rated=rated,
        steps=0 if rated is None else STEPS,
        orders=orders,
        options=0 if orders is None else GOALS,
        links=() if orders is None else tuple(range(GOALS)) if rated is not None else (-1,) * GOALS,
    )


def solve_drawn(
    method: Method, drawn: GoalSurvey, k: int = K, seed: int = 0, starts: Starts | None = None
) -> tuple[Solution, np.ndarray]:
    """The solution, and its labels in the order of the drawn municipalities, int (n,)."""
    data = data_for(method, drawn)
    order = data.canonical_order()
    solution = solve(data.take(order), method, k, seed, starts=starts)
    labels = np.empty(drawn.n, dtype=int)
    labels[order] = solution.labels
    return solution, labels


def survey_of(drawn: GoalSurvey, *, ranked: bool) -> Survey:
    """The answers as an imported survey; ``ranked``: with the question for the first three."""
    book = _questionnaire()
    keys = pd.Index([f"{row:08d}" for row in range(1, drawn.n + 1)], dtype=object)
    answers: dict[str, pd.Series] = {}
    for place, name in enumerate(_GOAL_IDS):
        steps = drawn.ratings[:, place]
        given = pd.Series((steps + 1).astype(str), keys).where(steps >= 0)
        answers[name] = given.astype("category")
    if ranked:
        ids = np.array(_GOAL_IDS)
        answers[_PICK] = pd.Series([";".join(ids[order]) for order in drawn.orders], keys).astype(
            "category"
        )
    frame = pd.DataFrame(answers, index=keys)
    status = np.where(frame.notna(), AnswerStatus.ANSWERED, AnswerStatus.MISSING)
    return Survey(
        questionnaire=book,
        answers=frame,
        status=pd.DataFrame(status, keys, frame.columns, dtype="int8"),
        provenance=Provenance("drawn", "0" * 64, "0" * 8, "drawn", "benchmark"),
        simulated=True,
    )


def _questionnaire() -> Questionnaire:
    steps = tuple(Option(code=str(step), label=str(step)) for step in range(1, STEPS + 1))
    goals = [
        Item(
            id=name,
            text=f"Wie wichtig ist das Ziel: {name}?",
            kind=ItemKind.RATING,
            options=steps,
            roles=(Role.GOAL,),
        )
        for name in _GOAL_IDS
    ]
    pick = Item(
        id=_PICK,
        text="Welche drei Ziele haben Vorrang?",
        kind=ItemKind.RANKING,
        options=tuple(Option(code=name, label=name) for name in _GOAL_IDS),
        picks=PLACES,
        roles=(Role.PRIORITY_PICK,),
    )
    return Questionnaire(id="ziele", version="1.0", title="Ziele", items=(*goals, pick))
