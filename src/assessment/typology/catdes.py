"""What sets each type apart, question by question: over- and under-represented answers.

As FactoMineR's ``catdes`` (:mod:`assessment.typology.group_tests`), but over many questions with
the share of chance findings held down (Benjamini–Hochberg). The goals that built the types differ
between them by construction: a test would prove nothing, so they come with effect sizes only.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

import numpy as np

from assessment.survey import Survey
from assessment.typology.goal_importance import relative_points
from assessment.typology.goal_input import GoalInput
from assessment.typology.group_tests import (
    Association,
    MeanTests,
    ShareTests,
    associate_categories,
    associate_numbers,
    compare_means,
    compare_shares,
)
from assessment.typology.multiple_testing import LEVEL, false_discovery_q
from assessment.typology.outside_items import OutsideItem, outside_items


@dataclass(frozen=True, slots=True)
class Trait:
    """One answer or mean of one type beside that of all. Undefined figures are ``None``."""

    item: str
    text: str
    """The question, or the option of a multiple choice."""
    category: str | None
    """Label of the answer whose share is meant; ``None`` for a mean."""
    goal: bool
    """Whether the typology rests on it: then there is no test, and for a rated goal the means are
    points (0–100 scale) above or below the municipality's own average, popular goals adjusted."""
    n: int
    """Municipalities of the type with an answer."""
    n_all: int
    """Municipalities with an answer and a type."""
    in_type: float | None
    """Share (0–1) or mean in the type."""
    overall: float | None
    effect: float | None
    """Difference of shares, or standardised mean difference, from all other types."""
    of_category: float | None = None
    """Share of those with this answer that are of the type, 0–1; ``None`` for a mean."""
    sd_in_type: float | None = None
    sd_overall: float | None = None
    v_test: float | None = None
    """Above 0: more than among all. Beyond ±1.96 a single test would call it a difference."""
    p: float | None = None
    q: float | None = None
    """p after all tests of the run; :data:`assessment.typology.multiple_testing.LEVEL` counts."""

    @property
    def stands_out(self) -> bool:
        """True for a difference that counts after all tests of the run."""
        return self.q is not None and self.q <= LEVEL


@dataclass(frozen=True, slots=True)
class QuestionTest:
    """How much a question as a whole has to do with the types."""

    item: str
    text: str
    kind: str
    """``"chi2"`` with Cramér's V, or ``"F"`` with eta²."""
    strength: float | None
    """Cramér's V or eta², 0–1."""
    p: float | None
    q: float | None
    """p after all questions of the run."""
    df: tuple[int, ...]
    n: int


@dataclass(frozen=True, slots=True)
class TypeDescription:
    """What sets one type apart; clearest first, by v-test, goals by effect."""

    n: int
    """Municipalities of the type."""
    traits: tuple[Trait, ...]
    """Outside questions."""
    goals: tuple[Trait, ...]
    """Questions the typology rests on."""


@dataclass(frozen=True, slots=True)
class Description:
    """All types in the order of their labels."""

    types: tuple[TypeDescription, ...]
    questions: tuple[QuestionTest, ...]
    """Outside questions, closest related to the types first."""
    tests: int
    """How many tests of single traits were made: what q accounts for."""
    found: int
    """How many of them count after all tests."""


def describe(
    types: np.ndarray,
    survey: Survey,
    *,
    k: int | None = None,
    goals: GoalInput | None = None,
    items: Collection[str] | None = None,
    least: int = 5,
) -> Description:
    """Describe types by the answers of a survey.

    ``types``: label 0 … k - 1 of each municipality of the survey, int (n,), -1 = none; or
    membership probabilities (n, k), ``NaN`` rows = none, of which the highest counts. ``goals``:
    what the typology rests on, described by effects only. ``items``: describe by these only.
    ``least``: answers given by fewer municipalities are left out, they show single cases.
    """
    labels, count = _labels(np.asarray(types), k)
    outside = outside_items(survey, without=goals.items if goals else (), items=items)
    traits, questions = [], []
    for one in outside:
        tests, association = _compare(one, labels, count)
        traits.append(_traits(one, tests, least))
        questions.append(_question(one, association))
    own = [_own(one, labels, count) for one in _goals(survey, goals)] if goals else []
    # One family: everything an analyst reads in one go.
    every = [trait for per_type in traits for of_type in per_type for trait in of_type]
    q = false_discovery_q(np.array([_or_nan(trait.p) for trait in every]))
    q_of = {id(trait): _or_none(value) for trait, value in zip(every, q, strict=True)}
    question_q = false_discovery_q(np.array([_or_nan(question.p) for question in questions]))
    sizes = np.bincount(labels[labels >= 0], minlength=count)
    return Description(
        types=tuple(
            TypeDescription(
                int(sizes[number]),
                _clearest(
                    replace(trait, q=q_of[id(trait)])
                    for per_type in traits
                    for trait in per_type[number]
                ),
                _clearest(trait for per_type in own for trait in per_type[number]),
            )
            for number in range(count)
        ),
        questions=tuple(
            sorted(
                (replace(a, q=_or_none(b)) for a, b in zip(questions, question_q, strict=True)),
                key=lambda question: 2.0 if question.p is None else question.p,
            )
        ),
        tests=int((~np.isnan(q)).sum()),
        found=int((q <= LEVEL).sum()),
    )


def _labels(types: np.ndarray, k: int | None) -> tuple[np.ndarray, int]:
    if types.ndim == 2:
        known = ~np.isnan(types).any(axis=1)
        return np.where(known, np.nan_to_num(types).argmax(axis=1), -1), types.shape[1]
    return types.astype(int), int(types.max(initial=-1)) + 1 if k is None else k


def _compare(
    one: OutsideItem, labels: np.ndarray, k: int
) -> tuple[ShareTests | MeanTests, Association]:
    if one.numbers is not None:
        # A mean of inhabitants hangs on one city; ranks keep the test honest there.
        ranked = one.skewed
        return (
            compare_means(one.numbers, labels, k, ranked=ranked),
            associate_numbers(one.numbers, labels, k, ranked=ranked),
        )
    assert one.categories is not None
    size = len(one.names)
    return (
        compare_shares(one.categories, size, labels, k),
        associate_categories(one.categories, size, labels, k),
    )


def _traits(one: OutsideItem, tests: ShareTests | MeanTests, least: int) -> list[list[Trait]]:
    """The traits of each type."""
    kinds = range(len(tests.n))
    if isinstance(tests, MeanTests):
        return [
            [
                Trait(
                    one.item,
                    one.text,
                    None,
                    goal=False,
                    n=int(tests.n[kind]),
                    n_all=tests.n_all,
                    in_type=_or_none(tests.in_type[kind]),
                    overall=_or_none(tests.overall),
                    effect=_or_none(tests.effect[kind]),
                    sd_in_type=_or_none(tests.sd_in_type[kind]),
                    sd_overall=_or_none(tests.sd_overall),
                    v_test=_or_none(tests.v_test[kind]),
                    p=_or_none(tests.p[kind]),
                )
            ]
            for kind in kinds
        ]
    shown = [c for c in one.tested if tests.counts[:, c].sum() >= least]
    return [
        [
            Trait(
                one.item,
                one.text,
                one.names[category],
                goal=False,
                n=int(tests.n[kind]),
                n_all=tests.n_all,
                in_type=_or_none(tests.in_type[kind, category]),
                overall=_or_none(tests.overall[category]),
                effect=_or_none(tests.effect[kind, category]),
                of_category=_or_none(tests.of_category[kind, category]),
                v_test=_or_none(tests.v_test[kind, category]),
                p=_or_none(tests.p[kind, category]),
            )
            for category in shown
        ]
        for kind in kinds
    ]


def _question(one: OutsideItem, found: Association) -> QuestionTest:
    return QuestionTest(
        one.item,
        one.text,
        "F" if one.numbers is not None else "chi2",
        _or_none(found.strength),
        _or_none(found.p),
        None,
        found.df,
        found.n,
    )


def _goals(survey: Survey, goals: GoalInput) -> list[OutsideItem]:
    """What the typology rests on; ratings relative to the municipality's own average."""
    rated = [column for column in goals.columns if goals.rated]
    values = relative_points(goals.values(survey)) if rated else np.empty((len(survey.keys), 0))
    others = set(goals.items) - {column.item for column in rated}
    return [
        *(
            OutsideItem(column.item, column.label, numbers=values[:, place])
            for place, column in enumerate(rated)
        ),
        *outside_items(survey, items=others),
    ]


def _own(one: OutsideItem, labels: np.ndarray, k: int) -> list[list[Trait]]:
    tests, _ = _compare(one, labels, k)
    return [
        [replace(trait, goal=True, p=None, v_test=None) for trait in of_type]
        for of_type in _traits(one, tests, least=1)
    ]


def _clearest(traits: Iterable[Trait]) -> tuple[Trait, ...]:
    def clearness(trait: Trait) -> float:
        return abs((trait.effect if trait.goal else trait.v_test) or 0.0)

    return tuple(sorted(traits, key=clearness, reverse=True))


def _or_none(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None


def _or_nan(value: float | None) -> float:
    return np.nan if value is None else value
