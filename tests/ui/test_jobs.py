"""Background jobs: progress, a stop that works, refusals, failures, and being forgotten."""

import gc
import threading
from pathlib import Path

import pytest

from assessment.remarks import InputRefused
from assessment.typology.progress import Progress
from assessment.ui import jobs
from assessment.ui.jobs import MOST_AT_ONCE, Job, JobState

LONG = 20.0


def steps_until(end: threading.Event, begun: threading.Event | None = None):
    """Work that reports again and again until ``end`` is set; the last report says 100 %."""

    def work(progress: Progress) -> str:
        while not end.is_set():
            progress(0.5, "Typen werden gesucht")
            if begun:
                begun.set()
            end.wait(0.01)
        progress(1.0, "Fertig")
        return "Ergebnis"

    return work


def test_result_and_progress() -> None:
    end, begun = threading.Event(), threading.Event()
    job = Job(steps_until(end, begun))
    assert begun.wait(LONG)
    assert (job.running, job.share, job.what) == (True, 0.5, "Typen werden gesucht")
    with pytest.raises(ValueError, match="no result"):
        _ = job.result
    end.set()
    assert job.wait(LONG)
    assert (job.state, job.result, job.share) == (JobState.DONE, "Ergebnis", 1.0)


def test_stop_ends_the_work_at_its_next_step() -> None:
    begun = threading.Event()
    job = Job(steps_until(threading.Event(), begun))
    assert begun.wait(LONG)
    job.stop()
    assert job.wait(LONG)
    assert job.state is JobState.STOPPED
    assert not job.stopping


def test_progress_never_goes_back() -> None:
    def work(progress: Progress) -> None:
        progress(0.8, "erst")
        progress(0.2, "dann")

    job = Job(work)
    assert job.wait(LONG)
    assert (job.share, job.what) == (0.8, "dann")


def test_refusal_keeps_its_sentence() -> None:
    def work(_progress: Progress) -> None:
        raise InputRefused("TOO_FEW", "Es sind zu wenige.")

    job = Job(work)
    assert job.wait(LONG)
    assert job.state is JobState.REFUSED
    assert job.refusal is not None
    assert job.refusal.message == "Es sind zu wenige."


def test_failure_is_logged_and_frees_its_place(caplog: pytest.LogCaptureFixture) -> None:
    def work(_progress: Progress) -> None:
        raise RuntimeError("kaputt")

    failed = [Job(work) for _ in range(MOST_AT_ONCE + 1)]
    assert all(job.wait(LONG) for job in failed)
    assert {job.state for job in failed} == {JobState.FAILED}
    assert "kaputt" in caplog.text
    assert Job(lambda _progress: 1).wait(LONG)


def test_more_jobs_than_places_wait_and_can_be_stopped_while_waiting() -> None:
    end = threading.Event()
    begun = [threading.Event() for _ in range(MOST_AT_ONCE)]
    busy = [Job(steps_until(end, event)) for event in begun]
    assert all(event.wait(LONG) for event in begun)
    waiting = Job(lambda _progress: 1)
    assert not waiting.wait(0.5)
    assert "Wartet" in waiting.what
    waiting.stop()
    assert waiting.wait(LONG)
    assert waiting.state is JobState.STOPPED
    end.set()
    assert all(job.wait(LONG) for job in busy)
    assert {job.state for job in busy} == {JobState.DONE}


def test_a_forgotten_job_stops() -> None:
    begun, over = threading.Event(), threading.Event()

    def work(progress: Progress) -> None:
        try:
            steps_until(threading.Event(), begun)(progress)
        finally:
            over.set()

    job = Job(work)
    assert begun.wait(LONG)
    del job
    gc.collect()
    assert over.wait(LONG)


def test_the_thread_knows_nothing_of_streamlit() -> None:
    source = Path(jobs.__file__).read_text(encoding="utf-8")
    assert "import streamlit" not in source
