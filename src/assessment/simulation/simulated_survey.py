"""One simulated wave: answers of fictitious municipalities, and the truth behind them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

import numpy as np

from assessment.questionnaire.default import default_questionnaire
from assessment.questionnaire.model import Item, ItemKind, OptionKind, Questionnaire, Role
from assessment.remarks import InputRefused
from assessment.simulation.answers import AnswerSheet
from assessment.simulation.assumptions import Assumptions, load_assumptions
from assessment.simulation.contradictions import set_contradictions, set_targets_below
from assessment.simulation.goals import GoalAnswers, draw_goals, draw_types
from assessment.simulation.nonresponse import Nonresponse, draw_nonresponse, not_applicable_mask
from assessment.simulation.practice import Practice, Situation, situation, target_levels
from assessment.simulation.randomness import Streams
from assessment.simulation.structure import Structure, build_structure

FEWEST, MOST = 10, 10_800
"""Bounds of the sample size; the upper one is about the number of German municipalities."""


@dataclass(frozen=True, slots=True, eq=False)
class SimulatedSurvey:
    """A simulated wave. All arrays have shape (n,), in the same order.

    ``answers``: item id → object array of text codes (multiple and ranking joined by ``;``),
    numbers or dates; ``None`` where nothing was answered.
    """

    questionnaire: Questionnaire
    assumptions: Assumptions
    seed: int
    wave: int
    keys: np.ndarray
    names: np.ndarray
    answers: Mapping[str, np.ndarray]
    last_page: np.ndarray
    pages: int
    submitted: np.ndarray
    """Time of submission (``datetime``), ``None`` for those who broke off."""
    types: np.ndarray
    """True type per municipality. Never written to the export: nobody would have it in life."""

    @property
    def n(self) -> int:
        return len(self.keys)


def simulate(
    n: int = 412,
    seed: int = 2020,
    questionnaire: Questionnaire | None = None,
    assumptions: Assumptions | None = None,
    wave: int = 1,
) -> SimulatedSurvey:
    """Simulate ``n`` fictitious municipalities (10–10,800) answering the questionnaire.

    The same arguments give the same answers; ``wave=2`` gives the same municipalities two years
    later (who of them takes part again: :mod:`~assessment.simulation.turnover`).
    ``InputRefused`` (SAMPLE_SIZE, WAVE, SIMULATION_ITEMS) if the arguments don't fit.
    """
    questionnaire = questionnaire or default_questionnaire()
    assumptions = assumptions or load_assumptions()
    if not FEWEST <= n <= MOST:
        raise InputRefused(
            "SAMPLE_SIZE", f"Simuliert werden {FEWEST} bis 10.800 Kommunen, nicht {n}."
        )
    if str(wave) not in assumptions.field_period:
        raise InputRefused("WAVE", f"Für die Welle {wave} gibt es keine Annahmen; bitte 1 oder 2.")
    _check_items(questionnaire, assumptions)
    return _Simulation(Streams(seed, n, wave), questionnaire, assumptions).run()


def _check_items(questionnaire: Questionnaire, assumptions: Assumptions) -> None:
    """The assumptions must cover every coded item of the questionnaire."""
    needed = {
        item.id
        for item in questionnaire.items
        if item.kind in (ItemKind.LEVEL, ItemKind.RATING, ItemKind.MULTIPLE)
        and not item.has(Role.GOAL)
        and not item.has(Role.TARGET_LEVEL)
    }
    missing = sorted(needed - set(assumptions.levels) - set(assumptions.options))
    if missing:
        raise InputRefused(
            "SIMULATION_ITEMS",
            f"Die Annahmen der Simulation nennen keine Anteile für: {', '.join(missing)}.",
        )


@dataclass(slots=True, eq=False)
class _Wave:
    """What one wave is made of, before answers."""

    structure: Structure
    goals: GoalAnswers
    situation: Situation
    nonresponse: Nonresponse


class _Simulation:
    """One run; keeps what the answers of the different kinds of items share."""

    def __init__(
        self, streams: Streams, questionnaire: Questionnaire, assumptions: Assumptions
    ) -> None:
        self._streams = streams
        self._questionnaire = questionnaire
        self._assumptions = assumptions
        sections = list(questionnaire.sections())
        self._page = {item.id: sections.index(item.section) + 1 for item in questionnaire.items}
        self._pages = len(sections)
        self._now = self._wave(streams)
        first = self._now if streams.wave == 1 else self._wave(streams.first_wave())
        self._practice = Practice(assumptions, first.situation)
        self._outside = {
            item: not_applicable_mask(
                streams, self._now.structure.kind, item, list(percent.items())
            )
            for item, percent in assumptions.not_applicable.items()
            if not isinstance(percent, str)
        }
        self._sheet = self._new_sheet(streams, self._now)
        self._first_sheet = (
            self._sheet if streams.wave == 1 else self._new_sheet(streams.first_wave(), first)
        )

    def _wave(self, streams: Streams) -> _Wave:
        structure = build_structure(streams, self._assumptions)
        goals = draw_goals(streams, self._assumptions, draw_types(streams, self._assumptions))
        factors = situation(streams, self._assumptions, structure, goals)
        nonresponse = draw_nonresponse(streams, self._assumptions, self._pages)
        return _Wave(structure, goals, factors, nonresponse)

    def _new_sheet(self, streams: Streams, wave: _Wave) -> AnswerSheet:
        return AnswerSheet(streams, self._assumptions, wave.nonresponse, self._page, self._outside)

    def run(self) -> SimulatedSurvey:
        """Answer every item in questionnaire order, then set the declared contradictions."""
        for item in self._questionnaire.items:
            self._answer(item)
        answers = self._sheet.answers
        set_contradictions(self._streams, self._assumptions, answers)
        pairs = [(item.target_of, item.id) for item in self._questionnaire.items if item.target_of]
        set_targets_below(self._streams, self._assumptions, answers, pairs)
        return SimulatedSurvey(
            questionnaire=self._questionnaire,
            assumptions=self._assumptions,
            seed=self._streams.seed,
            wave=self._streams.wave,
            keys=self._now.structure.keys,
            names=self._now.structure.names,
            answers=answers,
            last_page=self._now.nonresponse.last_page,
            pages=self._pages,
            submitted=self._submission_times(),
            types=self._now.goals.types,
        )

    def _answer(self, item: Item) -> None:
        structural = next((role for role in item.roles if role in self._structural), None)
        if structural is not None:
            self._sheet.put(item, self._structural[structural]())
        elif item.has(Role.GOAL):
            column = self._assumptions.goals.items.index(item.id)
            self._sheet.put(item, _codes(item, self._now.goals.ratings[:, column] - 1))
        elif item.kind is ItemKind.RANKING:
            self._sheet.put(item, self._ranking())
        elif item.target_of:
            self._put_target(item, item.target_of)
        elif item.kind is ItemKind.MULTIPLE:
            first = self._first_sheet.answers_item(item)
            ticks = self._practice.options(item, self._now.situation, first, self._sheet.answers)
            self._sheet.put(item, _joined(item, ticks))
        elif item.id in self._assumptions.levels:
            first = self._first_sheet.answers_item(item)
            numbers = self._practice.level(item, self._now.situation, first)
            self._sheet.put(item, _codes(item, numbers))

    @cached_property
    def _structural(self) -> dict[Role, Callable[[], np.ndarray]]:
        """What answers the items about the municipality itself, by role."""
        structure = self._now.structure
        return {
            Role.NAME: lambda: structure.names,
            Role.KEY: lambda: structure.keys,
            Role.LAND: lambda: structure.land,
            Role.KIND: lambda: structure.kind,
            Role.POPULATION: lambda: structure.population.astype(object),
            Role.STRUCTURE: lambda: structure.staff.astype(object),
            Role.BUDGET: lambda: structure.budget,
            Role.REFERENCE_DATE: self._reference_dates,
            Role.COMMENT: self._comments,
        }

    def _reference_dates(self) -> np.ndarray:
        period = self._assumptions.field_period[str(self._streams.wave)]
        days = np.array(period.reference_dates, dtype=object)
        return days[
            self._streams.generator("reference date").integers(0, len(days), self._streams.n)
        ]

    def _comments(self) -> np.ndarray:
        given = self._assumptions.nonresponse
        generator = self._streams.generator("comments")
        texts = np.array(given.comments, dtype=object)
        comments = texts[generator.integers(0, len(texts), self._streams.n)]
        comments[generator.random(self._streams.n) >= given.comment_percent / 100] = None
        return comments

    def _ranking(self) -> np.ndarray:
        goals = np.array(self._assumptions.goals.items, dtype=object)
        picked = goals[self._now.goals.picks]
        return np.array([";".join(row) for row in picked], dtype=object)

    def _put_target(self, item: Item, current_item: str) -> None:
        """Targets lie at or above the current level; outside responsibility they stay outside."""
        current = self._sheet.answers[current_item]
        known = np.array([code is not None and code.isdigit() for code in current])
        levels = np.array([int(code) if ok else 0 for code, ok in zip(current, known, strict=True)])
        steps = self._assumptions.targets.increase_percent
        highest = len(item.answer_options) - 1
        generator = self._streams.generator(f"target {item.id}")
        self._sheet.put(item, _codes(item, target_levels(levels, steps, highest, generator)))
        outside = next((o.code for o in item.options if o.kind is OptionKind.NOT_APPLICABLE), None)
        if outside is not None:
            column = self._sheet.answers[item.id]
            column[current == outside] = outside

    def _submission_times(self) -> np.ndarray:
        """Office hours within the field period; ``None`` for those who broke off."""
        period = self._assumptions.field_period[str(self._streams.wave)]
        generator = self._streams.generator("submitted")
        days = (period.last - period.first).days + 1
        day = generator.integers(0, days, self._streams.n)
        seconds = generator.integers(7 * 3600, 18 * 3600, self._streams.n)
        start = datetime(period.first.year, period.first.month, period.first.day)
        times = np.array(
            [
                start + timedelta(days=int(d), seconds=int(s))
                for d, s in zip(day, seconds, strict=True)
            ],
            dtype=object,
        )
        times[~self._now.nonresponse.complete] = None
        return times


def _codes(item: Item, numbers: np.ndarray) -> np.ndarray:
    """Option codes of class numbers 0, 1, … in the order of the answer options."""
    codes = np.array([option.code for option in item.answer_options], dtype=object)
    return codes[numbers]


def _joined(item: Item, ticks: Mapping[str, np.ndarray]) -> np.ndarray:
    """Ticked codes joined by ``;``, the exclusive „nichts davon“ where nothing is ticked."""
    none = next((o.code for o in item.options if o.kind is OptionKind.NONE_OF_THESE), "")
    codes = list(ticks)
    rows = np.column_stack([ticks[code] for code in codes])
    return np.array(
        [
            ";".join(c for c, on in zip(codes, row, strict=True) if on) or none
            for row in rows.tolist()
        ],
        dtype=object,
    )
