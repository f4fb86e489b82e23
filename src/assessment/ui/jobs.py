"""A long computation beside the page: it says how far it is, and it ends when asked to.

A :class:`Job` is a plain object and its thread knows nothing of streamlit. A page starts one, keeps
it in the session and looks at it as often as it likes. When the session forgets the job (the person
has closed the browser), the computation is asked to stop as well: nobody waits for it any more.
"""

import logging
import threading
import time
import weakref
from collections.abc import Callable
from enum import StrEnum
from typing import Any, Generic, TypeVar

from assessment.remarks import InputRefused
from assessment.typology.progress import Progress, Stopped

Result = TypeVar("Result")

MOST_AT_ONCE = 2
"""Computations of one process at the same time; more of them only make all of them slower."""
_WAITING = "Wartet, bis andere Berechnungen fertig sind"
_BEGINNING = "Beginnt"
_LOOK_AGAIN = 0.2

_LOG = logging.getLogger("assessment.jobs")
_slots = threading.BoundedSemaphore(MOST_AT_ONCE)


class JobState(StrEnum):
    """What became of a job."""

    RUNNING = "running"
    DONE = "done"
    STOPPED = "stopped"
    REFUSED = "refused"
    """The input can't be used; the refusal says why."""
    FAILED = "failed"


class _Course:
    """What job and thread share. The thread holds this alone, so that the job can be forgotten."""

    def __init__(self) -> None:
        self.share = 0.0
        self.what = _BEGINNING
        self.state = JobState.RUNNING
        self.result: Any = None
        self.refusal: InputRefused | None = None
        self.begun = time.monotonic()
        self.seconds = 0.0
        self.wanted = threading.Event()
        self.over = threading.Event()

    def report(self, share: float, what: str) -> None:
        """The progress a computation calls between its steps."""
        if self.wanted.is_set():
            raise Stopped
        # A later step may count anew, but a bar that goes back looks broken.
        self.share = max(self.share, min(max(share, 0.0), 1.0))
        self.what = what

    def run(self, work: Callable[[Progress], Any]) -> None:
        state = JobState.FAILED
        try:
            self._wait_for_slot()
            try:
                self.result = work(self.report)
                state = JobState.DONE
            finally:
                _slots.release()
        except Stopped:
            state = JobState.STOPPED
        except InputRefused as refused:
            self.refusal = refused
            state = JobState.REFUSED
        except Exception:
            _LOG.exception("A computation failed")
        finally:
            self.seconds = time.monotonic() - self.begun
            # Last, because a page reads the result as soon as the state says that it is there.
            self.state = state
            self.over.set()

    def _wait_for_slot(self) -> None:
        while not _slots.acquire(timeout=_LOOK_AGAIN):
            self.report(0.0, _WAITING)
        if self.wanted.is_set():
            _slots.release()
            raise Stopped


class Job(Generic[Result]):
    """One running or finished computation; all attributes may be read at any time."""

    def __init__(self, work: Callable[[Progress], Result]) -> None:
        """Start ``work`` in a thread of its own; it gets the progress to call."""
        self._course = _Course()
        weakref.finalize(self, self._course.wanted.set)
        thread = threading.Thread(
            target=self._course.run, args=(work,), name="assessment-job", daemon=True
        )
        thread.start()

    @property
    def state(self) -> JobState:
        return self._course.state

    @property
    def running(self) -> bool:
        return self._course.state is JobState.RUNNING

    @property
    def share(self) -> float:
        """How much is done, 0–1; never goes back."""
        return self._course.share

    @property
    def what(self) -> str:
        """What is being computed: a short German phrase."""
        return self._course.what

    @property
    def seconds(self) -> float:
        """How long it has been running, or took."""
        return time.monotonic() - self._course.begun if self.running else self._course.seconds

    @property
    def stopping(self) -> bool:
        """Asked to stop and not over yet."""
        return self.running and self._course.wanted.is_set()

    @property
    def result(self) -> Result:
        """What came out; ``ValueError`` unless :attr:`state` is ``DONE``."""
        if self.state is not JobState.DONE:
            raise ValueError("this computation has no result")
        return self._course.result

    @property
    def refusal(self) -> InputRefused | None:
        """Why the input can't be used, if it was refused."""
        return self._course.refusal

    def stop(self) -> None:
        """Ask for the end; it comes with the next step that reports its progress."""
        self._course.wanted.set()

    def wait(self, seconds: float | None = None) -> bool:
        """Wait until it is over; False where ``seconds`` were not enough."""
        return self._course.over.wait(seconds)
