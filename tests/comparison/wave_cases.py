"""Two small waves by hand: five questions in one field, one level question in another."""

from datetime import date

import numpy as np
import pandas as pd
from survey_builder import build_survey

from assessment.comparison.peers import build_peer_index
from assessment.comparison.waves import WaveSide
from assessment.questionnaire.model import (
    Dimension,
    Item,
    ItemKind,
    Option,
    OptionKind,
    Questionnaire,
    ScoringRule,
)
from assessment.scoring.scores import score_survey
from assessment.typology.model import Membership, MembershipState

OPTIONS = (
    *(Option(code=str(i), label=f"Stufe {i}", points=25.0 * i) for i in range(5)),
    Option(code="k", label="Weiß nicht", kind=OptionKind.DONT_KNOW),
)
TYPES = ("B", "O")


def question(name, dimension, **more):
    given = {
        "text": f"Wie weit ist {name}?",
        "kind": ItemKind.LEVEL,
        "options": OPTIONS,
        "scoring": ScoringRule.POINTS,
        "weight": 1.0,
    }
    return Item(id=name, dimension=dimension, **{**given, **more})


def book(*items, version="1", **more):
    given = {"id": "klein", "title": "Klein"}
    return Questionnaire(
        version=version,
        dimensions=(Dimension(id="HF1", name="Bildung"), Dimension(id="MF1", name="Strategie")),
        items=items or default_items(),
        **{**given, **more},
    )


def default_items():
    return (question("H1", "HF1"), *(question(f"Q{n}", "MF1") for n in range(1, 5)))


def row(education, *answers):
    return {"H1": education, **{f"Q{n}": code for n, code in enumerate(answers, start=1)}}


def side(questionnaire, rows, year, *, membership=None, mark=None, data_hash="", **more):
    """``rows``: key → answers; the wave is called after its year."""
    survey = build_survey(
        questionnaire,
        rows,
        reference_date=date(year, 1, 31),
        data_hash=data_hash or f"hash {year}",
    )
    scores = score_survey(survey)
    peers = build_peer_index(scores, survey, membership)
    return WaveSide(survey, scores, membership, peers, mark, **more)


def membership_of(keys, probability):
    """A membership from probabilities (n, 2); rows of ``NaN`` = not assignable."""
    known = ~np.isnan(probability).any(axis=1)
    first = np.where(known, np.nan_to_num(probability).argmax(axis=1), -1)
    index, kinds = pd.Index(list(keys), dtype=object), pd.CategoricalDtype(list(TYPES))
    strength = np.nan_to_num(probability).max(axis=1)
    state = [
        MembershipState.ASSIGNED if ok else MembershipState.NOT_ASSIGNABLE for ok in known.tolist()
    ]
    return Membership(
        probability=pd.DataFrame(probability, index, list(TYPES)),
        first=pd.Series(pd.Categorical.from_codes(first, dtype=kinds), index),
        second=pd.Series(
            pd.Categorical.from_codes(np.where(known, 1 - first, -1), dtype=kinds), index
        ),
        strength=pd.Series(np.where(known, strength, np.nan), index),
        state=pd.Series(state, index, dtype=object),
        reason=pd.Series(np.where(known, "", "ohne Ziele"), index, dtype=object),
    )


def keys_of(n):
    return [f"01{number:06d}" for number in range(1, n + 1)]
