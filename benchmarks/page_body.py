"""CPU of a page script's body, warm; in a process of its own, as caches outlive a data folder."""

import json
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

from benchmarks.streamlit_client import ROOT

RERUNS = 20


def body_cpu(content: Path | None = None, page: str = "pages/kommune/profil.py") -> float:
    """Median CPU seconds of a page's body over warm reruns; ``content``: another data folder."""
    environment = dict(os.environ)
    if content is not None:
        environment["ASSESSMENT_DATA"] = str(content)
    command = [sys.executable, "-m", "benchmarks.page_body", page]
    run = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    return statistics.median(json.loads(run.stdout.splitlines()[-1]))


def _measure(page: str) -> list[float]:
    """CPU seconds of each warm rerun, measured around ``StreamlitPage.run``."""
    from streamlit.navigation.page import StreamlitPage
    from streamlit.testing.v1 import AppTest

    ended: list[float] = []
    original = StreamlitPage.run

    def measured(self: StreamlitPage) -> None:
        start = time.thread_time()
        original(self)
        ended.append(time.thread_time() - start)

    StreamlitPage.run = measured
    spent = []
    try:
        test = AppTest.from_file(str(ROOT / "app.py"), default_timeout=300)
        test.run().switch_page(page).run()
        for _ in range(RERUNS):
            ended.clear()
            test.run()
            # The test runs app.py as a page around the page itself, which ends first.
            spent.append(ended[0])
    finally:
        StreamlitPage.run = original
    if test.exception:
        raise RuntimeError(f"{page}: {test.exception[0].message}")
    return spent


if __name__ == "__main__":
    print(json.dumps(_measure(sys.argv[1])))
