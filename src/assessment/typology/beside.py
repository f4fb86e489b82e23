"""Work that runs beside other work, and ends when that does."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event
from typing import TypeVar

from assessment.typology.progress import Progress, Stopped

_Found = TypeVar("_Found")


@contextmanager
def beside(work: Callable[[Progress], _Found]) -> Iterator[Future[_Found]]:
    """Start ``work`` in a thread; leaving the block waits for it.

    Where the block ends by an error (as when a person stops it), the work is stopped at its next
    report of progress.
    """
    leave = Event()

    def watch(share: float, what: str) -> None:
        if leave.is_set():
            raise Stopped

    with ThreadPoolExecutor(1) as pool:
        future = pool.submit(work, watch)
        try:
            yield future
        except BaseException:
            leave.set()
            raise
