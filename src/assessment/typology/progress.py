"""Telling how far a long computation is, and stopping it."""

from typing import Protocol


class Stopped(Exception):
    """Raised inside a computation whose caller wants it to end."""


class Progress(Protocol):
    """Called by long computations between their steps."""

    def __call__(self, share: float, what: str) -> None:
        """``share`` done, 0–1; ``what`` is a short German phrase. May raise :class:`Stopped`."""
        ...


def silent(share: float, what: str) -> None:
    """For callers who don't watch."""


def part_of(progress: Progress, begin: float, end: float) -> Progress:
    """Progress of a step that covers ``begin``–``end`` of the whole."""

    def report(share: float, what: str) -> None:
        progress(begin + (end - begin) * share, what)

    return report
