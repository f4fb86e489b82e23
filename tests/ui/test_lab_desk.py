"""The desk: what is computed is kept and shared, what is stopped stays stopped, threads meet."""

from threading import Thread

import pytest
from survey_builder import build_survey

from assessment.questionnaire.model import Item, ItemKind, Option, Questionnaire, Role
from assessment.typology.method import Method
from assessment.ui import lab_desk
from assessment.ui.jobs import JobState
from assessment.ui.lab_desk import Desk, Memo, Settings, Shelf

LONG = 60.0
OPTIONS = tuple(Option(code=str(n), label=str(n)) for n in range(1, 6))
BOOK = Questionnaire(
    id="klein",
    version="1",
    title="Klein",
    items=tuple(
        Item(id=f"Z{n}", text=f"{n}?", kind=ItemKind.RATING, options=OPTIONS, roles=(Role.GOAL,))
        for n in range(4)
    ),
)
SURVEY = build_survey(
    BOOK, [{f"Z{n}": str(1 + (row + n) % 5) for n in range(4)} for row in range(9)]
)
SETTINGS = Settings(("Z0", "Z1", "Z2", "Z3"), Method.RESPONSE_STYLE)


class Study:
    """Stands in for a study; says for which number it was made."""

    def __init__(self, chosen: int | None) -> None:
        self.chosen_k = chosen or 4


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[int | None]:
    """Numbers of types that were computed."""
    calls: list[int | None] = []

    def run(_survey, *, chosen, progress, memo, **_rest):
        progress(0.5, "Typen werden gesucht")
        calls.append(chosen)
        memo["seen"] = True
        return Study(chosen)

    monkeypatch.setattr(lab_desk, "run_study", run)
    return calls


def finished(desk: Desk) -> None:
    job = desk._job
    assert job is None or job.wait(LONG)
    assert desk.job is None


def test_a_study_is_computed_once(asked: list[int | None]) -> None:
    desk = Desk("x", Shelf())
    assert desk.study() is None
    desk.ask(SETTINGS, SURVEY)
    finished(desk)
    assert desk.study() is not None
    desk.ask(SETTINGS, SURVEY)
    finished(desk)
    assert asked == [None]


def test_sessions_with_one_shelf_share_what_was_found(asked: list[int | None]) -> None:
    shelf = Shelf()
    one, other = Desk("x", shelf), Desk("x", shelf)
    one.ask(SETTINGS, SURVEY)
    finished(one)
    other.ask(SETTINGS, SURVEY)
    assert other.job is None
    assert other.study() is one.study()
    assert asked == [None]


def test_another_number_is_completed_once_and_only_if_needed(asked: list[int | None]) -> None:
    desk = Desk("x", Shelf())
    desk.complete(3, SURVEY)
    assert desk.job is None
    desk.ask(SETTINGS, SURVEY)
    finished(desk)
    desk.complete(4, SURVEY)
    assert desk.job is None
    desk.complete(3, SURVEY)
    finished(desk)
    desk.complete(3, SURVEY)
    assert desk.job is None
    assert asked == [None, 3]
    assert desk.study(3) is not None


def test_what_was_stopped_does_not_begin_again_by_itself(
    asked: list[int | None], monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk("x", Shelf())
    desk.ask(SETTINGS, SURVEY)
    finished(desk)

    def forever(_survey, *, progress, **_rest):
        while True:
            progress(0.1, "…")

    monkeypatch.setattr(lab_desk, "run_study", forever)
    desk.complete(3, SURVEY)
    job = desk.job
    assert job is not None
    job.stop()
    assert job.wait(LONG)
    assert job.state is JobState.STOPPED
    assert desk.job is None
    assert "abgebrochen" in desk.message
    desk.complete(3, SURVEY)
    assert desk.job is None
    assert desk.declined(3)
    assert not desk.declined()
    assert desk.study() is not None


def test_new_settings_stop_the_old_computation(monkeypatch: pytest.MonkeyPatch) -> None:
    def forever(_survey, *, progress, **_rest):
        while True:
            progress(0.1, "…")

    monkeypatch.setattr(lab_desk, "run_study", forever)
    desk = Desk("x", Shelf())
    desk.ask(SETTINGS, SURVEY)
    first = desk.job
    desk.ask(Settings(SETTINGS.items, Method.CENTRED_KMEANS), SURVEY)
    assert first is not None
    assert first.wait(LONG)
    assert desk.job is not None
    desk.stop()


def test_a_refusal_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    desk = Desk("x", Shelf())
    desk.ask(SETTINGS, SURVEY)
    finished(desk)
    assert desk.study() is None
    assert "Kommunen" in desk.message


def test_the_memo_forgets_what_was_used_longest_ago_and_bears_threads() -> None:
    memo = Memo(3)
    for n in range(3):
        memo[n] = n
    assert memo[0] == 0
    memo[3] = 3
    assert set(memo) == {0, 2, 3}
    assert memo.get(1) is None

    def write(start: int) -> None:
        for n in range(start, start + 500):
            memo[n] = n
            memo.get(n - 1)

    threads = [Thread(target=write, args=(1000 * t,)) for t in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(memo) == 3
