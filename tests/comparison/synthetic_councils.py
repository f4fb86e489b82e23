"""Small assessments for the attacker: any number of municipalities, types and answers of any shape.

Answers, types and structure are drawn directly; scores, groups and pages are the product's own.
"""

from dataclasses import replace
from functools import cache

import numpy as np
import pandas as pd

from assessment import pipeline
from assessment.comparison.peers import build_peer_index
from assessment.profiles.goals_of import goal_deviations
from assessment.profiles.results import Assessment
from assessment.questionnaire.default import default_questionnaire
from assessment.questionnaire.model import ItemKind, Questionnaire
from assessment.scoring.scores import score_survey
from assessment.survey import AnswerStatus, Provenance, Survey
from assessment.typology.model import Membership, MembershipState

DIMENSIONS = ("HF01", "HF05", "HF09", "MF09")
"""Three fields of one question with five answers, one of four questions; none with a gate."""
TYPES = "BOSC"
NONE = 4
"""Number of those in no type."""


@cache
def questionnaire() -> Questionnaire:
    """The default questionnaire with few questions, so that hundreds of surveys take seconds."""
    whole = default_questionnaire()
    goals = {column.item for column in pipeline.sample_typology().columns}
    data = {name: getattr(whole, name) for name in type(whole).model_fields}
    data["dimensions"] = tuple(whole.dimension_by_id[name] for name in DIMENSIONS)
    data["items"] = tuple(
        item
        for item in whole.items
        if item.id in {"A03", "A04", "A05", *goals} or item.dimension in DIMENSIONS
    )
    data["rules"] = ()
    return Questionnaire(**data)


def scored_items() -> list[str]:
    """Questions that count, in order."""
    return [item.id for name in DIMENSIONS for item in questionnaire().scored_items(name)]


def random_council(
    rng: np.random.Generator, n: int | None = None, *, alike: bool = False
) -> Assessment:
    """A survey of 12–1,100 municipalities, half of them with groups of 4, 5 or 6.

    ``alike``: all have the same size and kind. Some questions are answered by few, some almost
    alike, some at the ends of the scale.
    """
    n = n or int(np.exp(rng.uniform(np.log(12), np.log(1101))))
    kinds = rng.choice(5, size=n, p=_shares(rng))
    if rng.random() < 0.5:
        # Some types have 4, 5 or 6 members: what was too many becomes the first type.
        for small in rng.choice([1, 2, 3, NONE], size=2, replace=False):
            members = np.flatnonzero(kinds == small)
            kinds[members[int(rng.integers(4, 7)) :]] = 0
    answers = {item: random_answers(rng, n, kinds) for item in scored_items()}
    places = (
        rng.integers(0, 3, size=(n, 2))
        if rng.random() < 0.7 and not alike
        else np.zeros((n, 2), int)
    )
    goals = rng.integers(0, 5, size=(n, 13))
    return council(kinds, answers, places, goals)


def _shares(rng: np.random.Generator) -> np.ndarray:
    shares = rng.dirichlet([1.2] * 5)
    shares[NONE] *= rng.choice([0.0, 0.2])
    return shares / shares.sum()


def random_answers(rng: np.random.Generator, n: int, kinds: np.ndarray) -> np.ndarray:
    """Answers 0–4 of one question, -1 = not answered."""
    shape = rng.choice(["spread", "alike", "ends", "by type"])
    if shape == "by type":
        answers = rng.integers(0, 5, size=6)[kinds]
        stray = rng.random(n) < rng.choice([0.0, 0.05, 0.3])
        answers = np.where(stray, rng.integers(0, 5, size=n), answers)
    else:
        concentration = {"spread": 2.0, "alike": 0.05, "ends": 0.3}[shape]
        answers = rng.choice(5, size=n, p=rng.dirichlet([concentration] * 5))
    open_ = rng.random(n) < rng.choice([0.0, 0.02, 0.3])
    if rng.random() < 0.3:
        # All of a group but 4, 5 or 6 leave it open.
        members = np.flatnonzero(kinds == rng.integers(0, 5))
        open_[members[int(rng.integers(4, 7)) :]] = True
    return np.where(open_, -1, answers)


def council(
    kinds: np.ndarray,
    answers: dict[str, np.ndarray] | None = None,
    places: np.ndarray | None = None,
    goals: np.ndarray | None = None,
    keys: pd.Index | None = None,
) -> Assessment:
    """An assessment from numbers.

    ``kinds``: type 0–3 or 4 for none, ``answers``: item → 0–4 or -1 (missing), ``places``: size and
    kind of municipality 0–2 each, ``goals``: 0–4 per goal; what is not given is alike for all.
    """
    n = len(kinds)
    places = np.zeros((n, 2), int) if places is None else places
    goals = np.tile(np.arange(13) % 5, (n, 1)) if goals is None else goals
    if keys is None:
        keys = pd.Index([f"{1 + number % 16:02d}{number:06d}" for number in range(n)], dtype=object)
    asked = questionnaire()
    columns: dict[str, pd.Series] = {}
    status: dict[str, np.ndarray] = {}
    whole = {
        "A03": np.arange(n) % 16,
        "A04": places[:, 1],
        **{item: goals[:, place] for place, item in enumerate(_goal_items())},
        **{item: np.zeros(n, int) for item in scored_items()},
        **(answers or {}),
    }
    for item, codes in whole.items():
        options = _options(item)
        fewer = codes if len(options) >= 5 else np.where(codes < 0, -1, codes * len(options) // 5)
        columns[item] = pd.Series(pd.Categorical.from_codes(fewer, categories=options), keys)
        known = np.where(codes >= 0, AnswerStatus.ANSWERED, AnswerStatus.MISSING)
        status[item] = known.astype(np.int8)
    columns["A05"] = pd.Series(np.array([3_000.0, 15_000.0, 70_000.0])[places[:, 0]], keys)
    status["A05"] = np.full(n, AnswerStatus.ANSWERED, dtype=np.int8)
    survey = Survey(
        questionnaire=asked,
        answers=pd.DataFrame(columns, index=keys),
        status=pd.DataFrame(status, index=keys),
        provenance=Provenance("hand.xlsx", "0" * 64, "feedc0de", "hand", "test"),
        simulated=True,
        reference_date=None,
        names={},
    )
    return assessed(survey, kinds)


def assessed(survey: Survey, kinds: np.ndarray) -> Assessment:
    """Score a survey and put its municipalities into the given types."""
    model, scores = pipeline.sample_typology(), score_survey(survey)
    membership = membership_of(kinds, survey.keys)
    return Assessment(
        survey=survey,
        scores=scores,
        typology=model,
        membership=membership,
        peers=build_peer_index(scores, survey, membership, model),
        goal_deviations=goal_deviations(survey, model),
    )


def membership_of(kinds: np.ndarray, keys: pd.Index) -> Membership:
    """Everybody surely in the given type."""
    dtype = pd.CategoricalDtype(list(TYPES))
    none = kinds == NONE
    probability = np.full((len(kinds), 4), 0.05)
    probability[np.arange(len(kinds)), np.minimum(kinds, 3)] = 0.85
    probability[none] = np.nan
    first = pd.Categorical.from_codes(np.where(none, -1, kinds), dtype=dtype)
    second = pd.Categorical.from_codes(np.where(none, -1, (kinds + 1) % 4), dtype=dtype)
    states = np.where(none, MembershipState.NOT_ASSIGNABLE, MembershipState.ASSIGNED)
    return Membership(
        probability=pd.DataFrame(probability, keys, list(TYPES)),
        first=pd.Series(first, keys),
        second=pd.Series(second, keys),
        strength=pd.Series(np.where(none, np.nan, 0.85), keys),
        state=pd.Series([MembershipState(state) for state in states], keys, dtype=object),
        reason=pd.Series([""] * len(kinds), keys, dtype=object),
    )


def part_of(assessment: Assessment, rows: np.ndarray, kinds: np.ndarray) -> Assessment:
    """An earlier release: only some of the municipalities."""
    survey = assessment.survey
    survey = replace(survey, answers=survey.answers.iloc[rows], status=survey.status.iloc[rows])
    return assessed(survey, kinds[rows])


@cache
def _goal_items() -> tuple[str, ...]:
    return tuple(column.item for column in pipeline.sample_typology().columns)


@cache
def _options(item: str) -> tuple[str, ...]:
    """Answers of a question from little to much: at most five of scored ones."""
    found = questionnaire().item_by_id[item]
    codes = [option.code for option in found.answer_options]
    if found.kind is ItemKind.MULTIPLE:
        return tuple(";".join(codes[:ticks]) for ticks in range(1, 6))
    return tuple(codes)
