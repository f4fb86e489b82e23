"""Second ``make run`` to a healthy page, against an empty Streamlit application."""

import statistics
import tempfile
from pathlib import Path

from benchmarks.streamlit_client import (
    Session,
    empty_app,
    free_port,
    server,
    streamlit_command,
)

RUNS = 5


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        script = empty_app(Path(folder))
        ours: list[tuple[float, float]] = []
        empty: list[tuple[float, float]] = []
        for _ in range(RUNS):
            port = free_port()
            empty.append(_start(streamlit_command(script, port), port))
            port = free_port()
            ours.append(_start(["make", "run"], port))
    for name, times in (("make run, second time", ours), ("empty Streamlit app", empty)):
        healthy = statistics.median(first for first, _ in times)
        page = statistics.median(second for _, second in times)
        print(f"  {name:24} healthy after {healthy:.2f} s, first page complete after {page:.2f} s")
    difference = statistics.median(o[0] for o in ours) - statistics.median(e[0] for e in empty)
    pages = statistics.median(o[1] for o in ours) - statistics.median(e[1] for e in empty)
    print(f"  difference: {difference:+.2f} s to healthy, {pages:+.2f} s to the first page")


def _start(command: list[str], port: int) -> tuple[float, float]:
    with server(command, port) as healthy:
        session = Session(port)
        first, _ = session.rerun()
        session.close()
        return healthy, healthy + first
