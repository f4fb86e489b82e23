"""Surveys of rated goals with known types, drawn for tests (our own small generator)."""

import numpy as np
from survey_builder import build_survey

from assessment.questionnaire.model import Item, ItemKind, Option, OptionKind, Questionnaire, Role

GOALS = {
    "Z01": "B", "Z02": "B", "Z03": "B",
    "Z04": "O", "Z05": "O", "Z06": "O",
    "Z07": "S", "Z08": "S", "Z09": "S",
    "Z10": "C", "Z11": "C", "Z12": "C",
}  # fmt: skip
TYPES = "BOSC"
RATING = tuple(Option(code=str(i), label=str(i)) for i in range(1, 6))
DONT_KNOW = Option(code="k", label="Weiß nicht", kind=OptionKind.DONT_KNOW)

QUESTIONNAIRE = Questionnaire(
    id="ziele",
    version="1.0",
    title="Ziele",
    items=tuple(
        Item(
            id=name,
            text=f"Wie wichtig ist das Ziel: {name}?",
            kind=ItemKind.RATING,
            options=(*RATING, DONT_KNOW),
            roles=(Role.GOAL,),
            goal_type=kind,
        )
        for name, kind in GOALS.items()
    ),
)


def draw(n, seed, separation=2.0, missing=0.1):
    """Ratings 1–5 with NaN, shape (n, 12), and the letter of each row's true type.

    Some rate everything high and some use the ends of the scale, as people do.
    """
    random = np.random.default_rng(seed)
    truth = random.choice(4, n, p=(0.3, 0.3, 0.2, 0.2))
    own = np.array([[kind == TYPES[t] for kind in GOALS.values()] for t in truth], dtype=float)
    latent = separation * (own - 0.25) + random.normal(size=own.shape)
    latent = random.normal(0.6, 0.8, (n, 1)) + np.exp(random.normal(0, 0.25, (n, 1))) * latent
    ratings = 1.0 + (latent[:, :, None] > np.array([-1.5, -0.5, 0.5, 1.5])).sum(axis=2)
    ratings[random.random(ratings.shape) < missing] = np.nan
    return ratings, np.array(list(TYPES))[truth]


def goal_survey(ratings, questionnaire=QUESTIONNAIRE, **more):
    """Ratings as a survey; one goal per column, in the order of the questionnaire."""
    names = [item.id for item in questionnaire.items]
    rows = [
        {
            name: None if np.isnan(value) else str(int(value))
            for name, value in zip(names, row, strict=True)
        }
        for row in ratings
    ]
    return build_survey(questionnaire, rows, **more)
