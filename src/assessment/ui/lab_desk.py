"""What a session has computed in the lab, and what it is computing.

A study takes seconds, so it runs as a job beside the page. What a computation has found is kept in
a memo: another number of types, a second try after „Abbrechen“ or the way back to earlier settings
take up what is there. The sample's results are shared by all sessions, a survey's own stay in its
session.
"""

from collections import OrderedDict
from collections.abc import Iterator, MutableMapping
from dataclasses import dataclass
from threading import RLock
from typing import Any

import streamlit as st

from assessment.survey import Survey
from assessment.typology.goal_input import GoalInput, goal_input
from assessment.typology.method import Method
from assessment.typology.progress import Progress
from assessment.typology.ranking_reading import ReadingTest, compare_readings
from assessment.typology.study import prepared, run_study
from assessment.typology.study_types import TypologyStudy
from assessment.typology.usable import UsableGoals
from assessment.ui.jobs import Job, JobState
from assessment.ui.lab_explanation import Explanation
from assessment.ui.lab_result import LabResult, lab_result
from assessment.ui.loaders import sample
from assessment.ui.taken import TakenSurvey

MOST_TYPES = 8
_DESK = "lab_desk"
_CHOICES = "lab-"
"""Beginning of the names of all widgets of the lab."""
_STOPPED = (
    "Die Berechnung wurde abgebrochen. Was schon fertig war, bleibt erhalten; ein neuer Anlauf "
    "setzt dort fort."
)
_FAILED = (
    "Bei der Berechnung ist ein Fehler aufgetreten. Bitte mit anderen Einstellungen noch einmal "
    "versuchen."
)


class Memo(MutableMapping[Any, Any]):
    """A dictionary for several threads that forgets what was used longest ago."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: OrderedDict[Any, Any] = OrderedDict()
        self._lock = RLock()

    def __getitem__(self, key: Any) -> Any:
        with self._lock:
            value = self._kept[key]
            self._kept.move_to_end(key)
            return value

    def __setitem__(self, key: Any, value: Any) -> None:
        with self._lock:
            self._kept[key] = value
            self._kept.move_to_end(key)
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)

    def __delitem__(self, key: Any) -> None:
        with self._lock:
            del self._kept[key]

    def __iter__(self) -> Iterator[Any]:
        with self._lock:
            return iter(list(self._kept))

    def __len__(self) -> int:
        return len(self._kept)


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything a study depends on besides the survey."""

    items: tuple[str, ...]
    method: Method
    seed: int = 0
    bootstrap: int = 100
    inverted: bool | None = None
    """How a full ranking is read (see ``RankedQuestion.inverted``); ``None``: as fits better."""

    def goals(self, survey: Survey) -> GoalInput:
        """The chosen questions by form; raises ``InputRefused``."""
        return goal_input(survey, self.items)


class Shelf:
    """Results of one survey."""

    def __init__(self) -> None:
        self.memo = Memo(400)
        self.studies = Memo(24)
        """(settings, number of types or ``None`` = the supported one) → study."""
        self.results = Memo(24)
        """(settings, number of types, whether its stability is known) → result."""
        self.explanations = Memo(6)


@st.cache_resource(show_spinner=False)
def _sample_shelf() -> Shelf:
    return Shelf()


class Desk:
    """The lab of one session and one survey: settings, the running job, what it found."""

    def __init__(self, survey_key: str, shelf: Shelf) -> None:
        self.survey_key = survey_key
        self.settings: Settings | None = None
        self.message = ""
        """Why the last computation brought no result; ``""`` if it did."""
        self._shelf = shelf
        self._job: Job[TypologyStudy] | None = None
        self._wanted: tuple[Settings, int | None] | None = None
        self._declined: set[tuple[Settings, int | None]] = set()

    @property
    def job(self) -> Job[TypologyStudy] | None:
        """The running computation, if any; a finished one is put away first."""
        job = self._job
        if job is not None and not job.running:
            self._put_away(job)
        return self._job

    @property
    def waits_for_stability(self) -> bool:
        """Whether the running job only adds the stability of another number of types."""
        return self.job is not None and self._wanted is not None and self._wanted[1] is not None

    def ask(self, settings: Settings, survey: Survey, k: int | None = None) -> None:
        """Use these settings; what isn't known yet is computed beside the page."""
        self.settings, self.message = settings, ""
        self._declined.discard((settings, k))
        if (settings, k) in self._shelf.studies:
            self.stop()
            return
        if self.job is not None and self._wanted == (settings, k):
            return
        self.stop()
        self._wanted = (settings, k)
        memo = self._shelf.memo

        def work(progress: Progress) -> TypologyStudy:
            return run_study(
                survey,
                goals=settings.goals(survey),
                method=settings.method,
                k_values=range(1, MOST_TYPES + 1),
                chosen=k,
                bootstrap=settings.bootstrap,
                seed=settings.seed,
                inverted=settings.inverted,
                progress=progress,
                memo=memo,
            )

        self._job = Job(work)

    def complete(self, k: int, survey: Survey) -> None:
        """Add what another number of types than the supported one lacks, unless it was stopped."""
        first = self.study()
        known = first is None or first.chosen_k == k or self.study(k) is not None
        if self.settings is not None and not known and not self.declined(k):
            self.ask(self.settings, survey, k)

    def declined(self, k: int | None = None) -> bool:
        """Whether this computation was stopped by hand; it doesn't begin again by itself."""
        return self.settings is not None and (self.settings, k) in self._declined

    def stop(self) -> None:
        """End the running computation without a word about it."""
        if self._job is not None:
            self._job.stop()
        self._job = self._wanted = None

    def study(self, k: int | None = None) -> TypologyStudy | None:
        """The study under the current settings; with ``k`` the one that knows its stability."""
        _ = self.job
        return self._shelf.studies.get((self.settings, k)) if self.settings else None

    def result(self, k: int, survey: Survey) -> LabResult:
        """The typology with ``k`` types; needs a study. Kept until the stability is known."""
        if self.settings is None:
            raise ValueError("no study was asked for")
        full = self.study(k)
        first = self.study()
        found = full or first
        if found is None:
            raise ValueError("no study has been computed")
        if full is None and first is not None and first.chosen_k == k:
            full = first
        key = (self.settings, k, full is not None)
        known = self._shelf.results.get(key)
        if known is None:
            known = lab_result(survey, full or found, k, self._fitted(self.settings, survey))
            self._shelf.results[key] = known
        return known

    def _fitted(self, settings: Settings, survey: Survey) -> UsableGoals:
        goals = settings.goals(survey)
        return prepared(survey, goals, settings.seed, settings.inverted, self._shelf.memo)

    def reading(self, goals: GoalInput, survey: Survey, seed: int) -> ReadingTest | None:
        """Which reading of a full ranking fits better; tried once, ``None`` where it can't be."""
        key = ("reading", goals, seed)
        if key not in self._shelf.memo:
            self._shelf.memo[key] = compare_readings(goals.encode(survey), seed)
        return self._shelf.memo[key]

    def explanation(self, result: LabResult) -> Explanation:
        """What makes the types of a result; each part is worked out at first use."""
        known = self._shelf.explanations.get(result)
        if known is None:
            known = Explanation(result)
            self._shelf.explanations[result] = known
        return known

    def earlier(self) -> list[tuple[Settings, int]]:
        """Other settings computed before, with the number of types they led to."""
        return [
            (settings, study.chosen_k)
            for settings, k in self._shelf.studies
            if settings != self.settings and k is None
            for study in [self._shelf.studies.get((settings, k))]
            if study is not None and study.chosen_k > 1
        ]

    def earlier_result(self, settings: Settings, k: int, survey: Survey) -> LabResult:
        """The typology of settings computed before; ``KeyError`` if it is forgotten."""
        key = (settings, k, True)
        known = self._shelf.results.get(key)
        if known is None:
            study = self._shelf.studies[(settings, None)]
            known = lab_result(survey, study, k, self._fitted(settings, survey))
            self._shelf.results[key] = known
        return known

    def _put_away(self, job: Job[TypologyStudy]) -> None:
        wanted, self._job, self._wanted = self._wanted, None, None
        if job.state is JobState.DONE and wanted is not None:
            self._shelf.studies[wanted] = job.result
        elif job.state is JobState.STOPPED:
            self.message = _STOPPED
            if wanted is not None:
                self._declined.add(wanted)
        elif job.refusal is not None:
            self.message = job.refusal.message
        else:
            self.message = _FAILED


def desk_of(taken: TakenSurvey) -> Desk:
    """The session's desk for this survey; another survey gets a new one."""
    key = taken.data_identifier
    desk = st.session_state.get(_DESK)
    if isinstance(desk, Desk) and desk.survey_key == key:
        return desk
    if isinstance(desk, Desk):
        desk.stop()
        # What was chosen for another survey may not exist in this one.
        for name in [name for name in st.session_state if str(name).startswith(_CHOICES)]:
            del st.session_state[name]
    is_sample = key == sample().data_identifier
    fresh = Desk(key, _sample_shelf() if is_sample else Shelf())
    st.session_state[_DESK] = fresh
    return fresh
