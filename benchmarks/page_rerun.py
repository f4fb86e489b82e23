"""Rerun of the Kommune page, warm, at 412 and at 10,800 municipalities.

CPU: the body of the page script in a test run, in a process of its own. Wall: a websocket session
against the real server, 200 reruns, beside an empty Streamlit page on its own server.
"""

import os
import shutil
import statistics
import sys
import tempfile
from pathlib import Path

from benchmarks.page_body import body_cpu
from benchmarks.streamlit_client import (
    ROOT,
    Session,
    empty_app,
    free_port,
    server,
    streamlit_command,
)

RERUNS = 200
SIZES = (412, 10_800)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        script = empty_app(Path(folder))
        port = free_port()
        with server(streamlit_command(script, port), port):
            empty = _reruns(port)
        print(f"  empty Streamlit page        {_summary(empty)}")
        for size in SIZES:
            content = None
            if size != SIZES[0]:
                content = content_with_sample(size, Path(folder))
                os.environ["ASSESSMENT_DATA"] = str(content)
            port = free_port()
            with server([sys.executable, "-m", "assessment.ui.server"], port):
                ours = _reruns(port, page="profil")
            body = body_cpu(content)
            print(f"  Kommune page, n = {size:6}    {_summary(ours)}")
            print(
                f"     p95 above the empty page: {(_p95(ours) - _p95(empty)) * 1000:.0f} ms; "
                f"script body {body * 1000:.1f} ms CPU (median)"
            )
    os.environ.pop("ASSESSMENT_DATA", None)


def content_with_sample(size: int, folder: Path) -> Path:
    """A copy of the content files whose sample has ``size`` municipalities."""
    from assessment.pipeline import SAMPLE_FILE
    from assessment.questionnaire.default import default_questionnaire
    from assessment.simulation import load_assumptions, simulate, write_export

    copy = folder / "data"
    shutil.copytree(ROOT / "data", copy)
    simulated = simulate(size, 2020, default_questionnaire(), load_assumptions())
    (copy / "sample" / SAMPLE_FILE).write_bytes(write_export(simulated))
    return copy


def _reruns(port: int, page: str = "") -> list[float]:
    session = Session(port, page=page)
    for _ in range(10):
        session.rerun()
    times = [session.rerun()[0] for _ in range(RERUNS)]
    session.close()
    return times


def _p95(times: list[float]) -> float:
    return sorted(times)[int(len(times) * 0.95) - 1]


def _summary(times: list[float]) -> str:
    median = statistics.median(times)
    return f"median {median * 1000:5.1f} ms, p95 {_p95(times) * 1000:5.1f} ms, n = {len(times)}"
