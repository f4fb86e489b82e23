"""Whether a new survey still looks like the one a typology was learnt on.

A frozen typology places anybody, also municipalities of another kind or year, for whom it was not
made. So every goal's answers are compared with what the typology remembers (:class:`Expected`). A
remark needs two things: a difference that samples of the same population would show in less than
one survey of twenty, all comparisons taken together (Bonferroni), and one large enough to matter.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from assessment.german import format_number, format_percent
from assessment.typology.expected import (
    UNSURE_BELOW,
    Expected,
    ExpectedColumn,
    group_numbers,
    rated_moments,
)
from assessment.typology.goal_data import GoalData
from assessment.typology.goal_input import GoalInput
from assessment.typology.two_samples import exact_p, welch_p

LEAST_ROWS = 20
"""Fewer municipalities, or answers to a question, say nothing about drift."""
_ALARM = 0.05
_LEAST_EFFECT = 0.3
"""In standard deviations: less moves hardly anybody to another type."""
_LEAST_SHARE = 0.10
"""Of shares: ten points."""
_BEFORE = "bei den Kommunen, auf denen die Typologie beruht"


@dataclass(frozen=True, slots=True)
class DriftRemark:
    """One respect in which a survey differs from what the typology was learnt on."""

    about: str
    """``"goal"``, ``"level"``, ``"placing"``, ``"types"`` or ``"unsure"``."""
    sentence: str
    """In German, with figures and n."""
    effect: float
    """Difference in standard deviations (goals rated, level) or of shares; above 0 = more now."""
    p: float
    """Of this comparison alone."""
    n: int
    """Municipalities of the new survey it rests on."""


@dataclass(frozen=True, slots=True)
class _Comparison:
    remark: DriftRemark
    large: bool


def drift(
    expected: Expected,
    data: GoalData,
    posterior: np.ndarray,
    goals: GoalInput,
    type_names: Sequence[str],
) -> tuple[DriftRemark, ...]:
    """Remarks on how a new survey differs, largest difference first; empty where it doesn't.

    ``data``: all its municipalities, ``posterior`` (n, k) by the frozen model, ``NaN`` rows =
    can't be placed. Questions it doesn't ask are left out; where some are (a short form), types are
    not compared either, as fewer questions place differently. Below 20 municipalities nothing is
    said.
    """
    if data.n < LEAST_ROWS or expected.n < LEAST_ROWS:
        return ()
    placed = np.flatnonzero(~np.isnan(posterior).any(axis=1))
    compared = [*_placing(expected, data.n, len(placed))]
    if len(placed) >= LEAST_ROWS and expected.assigned >= LEAST_ROWS:
        answers, likely = data.take(placed), posterior[placed]
        compared += _rated(expected, answers, goals)
        compared += _named(expected, answers, goals)
        compared += _categories(expected, answers, goals)
        compared += _numbers(expected, answers, goals)
        if _whole_battery(expected, answers):
            compared += _types(expected, likely, type_names)
    alarm = _ALARM / max(len(compared), 1)
    found = [one.remark for one in compared if one.large and one.remark.p <= alarm]
    return tuple(sorted(found, key=lambda remark: (remark.p, -abs(remark.effect))))


def _placing(expected: Expected, n: int, placed: int) -> Iterator[_Comparison]:
    left, before = n - placed, expected.n - expected.assigned
    yield _shares(
        "placing",
        (left, n),
        (before, expected.n),
        "Es lassen sich {direction} Kommunen nicht zuordnen als " + _BEFORE,
        ("deutlich mehr", "deutlich weniger"),
    )


def _rated(expected: Expected, data: GoalData, goals: GoalInput) -> Iterator[_Comparison]:
    if data.rated is None:
        return
    answered = (data.rated >= 0).sum(axis=0)
    known = [
        column
        for column in _of(expected, "rated")
        if column.column < len(answered) and min(column.n, answered[column.column]) >= LEAST_ROWS
    ]
    if len(known) < 2:
        return
    now = rated_moments(data)
    places = [column.column for column in known]
    before = np.array([column.average for column in known])
    shift = now.averages[places] - before
    level = float(shift.mean())
    yield _level(expected, level, now.levels)
    for column, own in zip(known, shift - level, strict=True):
        n = int(answered[column.column])
        variance = float(now.variances[column.column])
        sd = np.sqrt((column.n * column.variance + n * variance) / (column.n + n))
        p = welch_p(float(own), (column.variance, column.n), (variance, n))
        effect = float(own / sd) if sd > 0 else 0.0
        label = goals.columns[column.column].label
        word = "wichtiger" if own > 0 else "weniger wichtig"
        sentence = (
            f"Ziel „{label}“ wird deutlich {word} eingeschätzt als {_BEFORE}: um "
            f"{format_number(abs(float(own)))} von 100 Punkten, gemessen an den übrigen Zielen "
            f"(n = {n})."
        )
        yield _Comparison(DriftRemark("goal", sentence, effect, p, n), abs(effect) >= _LEAST_EFFECT)


def _level(expected: Expected, shift: float, levels: np.ndarray) -> _Comparison:
    """How high goals are rated on the whole; ``shift`` in points."""
    variance, n = float(levels.var()), len(levels)
    sd = np.sqrt((expected.level_variance + variance) / 2)
    p = welch_p(shift, (expected.level_variance, expected.assigned), (variance, n))
    effect = shift / sd if sd > 0 else 0.0
    word = "höher" if shift > 0 else "niedriger"
    sentence = (
        f"Die Ziele insgesamt werden deutlich {word} bewertet als {_BEFORE}: um "
        f"{format_number(abs(shift))} von 100 Punkten (n = {n})."
    )
    return _Comparison(
        DriftRemark("level", sentence, float(effect), p, n), abs(effect) >= _LEAST_EFFECT
    )


def _named(expected: Expected, data: GoalData, goals: GoalInput) -> Iterator[_Comparison]:
    ticks = data.ticks
    if ticks is None or goals.ranked is None or goals.ranked.full:
        # In a full ranking every goal is named by all.
        return
    asked = ~np.isnan(ticks).any(axis=1)
    n = int(asked.sum())
    for column in _of(expected, "ranked"):
        if min(column.n, n) < LEAST_ROWS or column.column >= ticks.shape[1]:
            continue
        named = int(ticks[asked, column.column].sum())
        yield _shares(
            "goal",
            (named, n),
            (column.counts[1], column.n),
            f"„{goals.ranked.labels[column.column]}“ wird "
            "{direction} unter den ersten Zielen genannt als " + _BEFORE,
            ("deutlich häufiger", "deutlich seltener"),
        )


def _categories(expected: Expected, data: GoalData, goals: GoalInput) -> Iterator[_Comparison]:
    if data.categories is None:
        return
    for column in _of(expected, "categories"):
        if column.column >= data.categories.shape[1]:
            continue
        codes = data.categories[:, column.column]
        counts = np.bincount(codes[codes >= 0], minlength=len(column.counts))
        n, question = int(counts.sum()), goals.categories[column.column]
        if min(column.n, n) < LEAST_ROWS:
            continue
        # Of two answers that exclude each other one is enough.
        for code in range(1 if len(counts) == 2 else 0, len(counts)):
            answer = ""
            if question.codes:
                answer = f", Antwort „{question.codes[code]}“,"
            elif question.edges:
                answer = f", Gruppe {code + 1} von {len(counts)},"
            yield _shares(
                "goal",
                (int(counts[code]), n),
                (column.counts[code], column.n),
                f"„{question.label}“{answer} wird " + "{direction} gewählt als " + _BEFORE,
                ("deutlich häufiger", "deutlich seltener"),
            )


def _numbers(expected: Expected, data: GoalData, goals: GoalInput) -> Iterator[_Comparison]:
    """Groups of numbers compared as steps: one large city must not be a drift."""
    if data.numbers is None:
        return
    for column in _of(expected, "numbers"):
        if column.column >= data.numbers.shape[1] or len(column.counts) < 2:
            continue
        groups = group_numbers(data.numbers[:, column.column], column.edges)
        groups = groups[groups >= 0]
        n = len(groups)
        if min(column.n, n) < LEAST_ROWS:
            continue
        steps, counts = np.arange(len(column.counts)), np.array(column.counts)
        before = float((steps * counts).sum() / column.n)
        spread = float((steps**2 * counts).sum() / column.n - before**2)
        difference, variance = float(groups.mean()) - before, float(groups.var())
        sd = np.sqrt((column.n * spread + n * variance) / (column.n + n))
        effect = difference / sd if sd > 0 else 0.0
        p = welch_p(difference, (spread, column.n), (variance, n))
        word = "höher" if difference > 0 else "niedriger"
        sentence = (
            f"Die Angaben zu „{goals.columns[column.column].label}“ sind deutlich {word} als "
            f"{_BEFORE} (n = {n})."
        )
        yield _Comparison(
            DriftRemark("goal", sentence, float(effect), p, n), abs(effect) >= _LEAST_EFFECT
        )


def _types(expected: Expected, likely: np.ndarray, names: Sequence[str]) -> Iterator[_Comparison]:
    n, k = likely.shape
    if k != len(expected.types) or k < 2:
        return
    counts = np.bincount(likely.argmax(axis=1), minlength=k)
    for kind in range(1 if k == 2 else 0, k):
        yield _shares(
            "types",
            (int(counts[kind]), n),
            (expected.types[kind], expected.assigned),
            f"Der Typ „{names[kind]}“ kommt " + "{direction} vor als " + _BEFORE,
            ("deutlich häufiger", "deutlich seltener"),
        )
    unsure = int((likely.max(axis=1) < UNSURE_BELOW).sum())
    yield _shares(
        "unsure",
        (unsure, n),
        (expected.unsure, expected.assigned),
        "Es liegen {direction} Kommunen zwischen zwei Typen als " + _BEFORE,
        ("deutlich mehr", "deutlich weniger"),
    )


def _whole_battery(expected: Expected, data: GoalData) -> bool:
    """Whether everything the typology was learnt on is asked."""
    asked = {
        "rated": None if data.rated is None else (data.rated >= 0).any(axis=0),
        "ranked": None
        if data.orders is None
        else np.full(data.options, bool((data.orders >= 0).any())),
        "categories": None if data.categories is None else (data.categories >= 0).any(axis=0),
        "numbers": None if data.numbers is None else (~np.isnan(data.numbers)).any(axis=0),
    }
    for column in expected.columns:
        columns = asked[column.part]
        missing = columns is None or column.column >= len(columns) or not columns[column.column]
        if column.n and missing:
            return False
    return True


def _of(expected: Expected, part: str) -> list[ExpectedColumn]:
    return [column for column in expected.columns if column.part == part]


def _shares(
    about: str,
    now: tuple[int, int],
    before: tuple[int, int],
    sentence: str,
    words: tuple[str, str],
) -> _Comparison:
    """Compare two shares, each as (count, n)."""
    (count, n), (count_before, n_before) = now, before
    difference = count / n - count_before / n_before
    text = sentence.replace("{direction}", words[0] if difference > 0 else words[1])
    text += f": {format_percent(count / n)} statt {format_percent(count_before / n_before)}"
    remark = DriftRemark(about, f"{text} (n = {n}).", difference, exact_p(now, before), n)
    return _Comparison(remark, abs(difference) >= _LEAST_SHARE)
