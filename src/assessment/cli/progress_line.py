"""How far a long command is: one line on the terminal that is written over and wiped at the end.

Nothing is written where standard error is a file or a pipe, so that logs hold remarks only.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

from assessment.typology.progress import Progress, silent

_BAR = 24
_WIDTH = 79


@contextmanager
def progress_line(stream: TextIO | None = None) -> Iterator[Progress]:
    """A :class:`Progress` that draws on ``stream`` (standard error), if that is a terminal."""
    target = sys.stderr if stream is None else stream
    if not target.isatty():
        yield silent
        return
    last = ""

    def report(share: float, what: str) -> None:
        nonlocal last
        done = min(max(share, 0.0), 1.0)
        bar = "#" * round(done * _BAR)
        line = f"[{bar:.<{_BAR}}] {round(done * 100):3d} % {what}"[:_WIDTH]
        if line != last:
            target.write(f"\r{line:<{_WIDTH}}")
            target.flush()
            last = line

    try:
        yield report
    finally:
        if last:
            target.write("\r" + " " * _WIDTH + "\r")
            target.flush()
