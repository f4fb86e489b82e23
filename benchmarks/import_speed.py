"""Our whole import against ``pandas.read_excel`` and bare python-calamine on the same files.

Each measurement runs in a fresh process, the contestants in turn, so that neither a warm cache nor
a slow minute of the machine favours one of them. Times are wall seconds without interpreter start
and imports (all contestants are libraries that a running program has loaded); memory is the peak of
the whole process and of its parser child, imports included.
"""

import contextlib
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import python_calamine
import xlsxwriter

SIZES = (412, 10_800)
COLUMNS = 150
RUNS = 5


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        for rows in SIZES:
            _compare(_workbook(rows, Path(folder)), rows)


def _workbook(rows: int, folder: Path) -> Path:
    """The simulated export, cut to 150 columns."""
    from assessment.questionnaire.default import default_questionnaire
    from assessment.simulation import load_assumptions, simulate, write_export

    simulated = simulate(rows, 2020, default_questionnaire(), load_assumptions())
    full = folder / f"full_{rows}.xlsx"
    full.write_bytes(write_export(simulated))
    path = folder / f"survey_{rows}.xlsx"
    sheet = python_calamine.load_workbook(str(full)).get_sheet_by_index(0)
    with xlsxwriter.Workbook(str(path)) as book:
        target = book.add_worksheet(sheet.name)
        for row, cells in enumerate(sheet.to_python()):
            for column, value in enumerate(cells[:COLUMNS]):
                if isinstance(value, str):
                    target.write_string(row, column, value)
                elif value != "":
                    target.write(row, column, value)
    return path


def _compare(path: Path, rows: int) -> None:
    contestants = ("ours", "calamine", "pandas_openpyxl")
    results: dict[str, list[dict]] = {name: [] for name in contestants}
    for turn in range(RUNS):
        for name in contestants:
            if name == "pandas_openpyxl" and rows > 1_000 and turn > 1:
                continue
            results[name].append(_measure(name, path))
    print(f"{rows} rows x {COLUMNS} columns, {path.stat().st_size / 1e6:.1f} MB")
    medians = {}
    for name in contestants:
        seconds = sorted(result["seconds"] for result in results[name])
        medians[name] = seconds[len(seconds) // 2]
        peak = max(result["own_mb"] for result in results[name])
        child = max(result["child_mb"] for result in results[name])
        print(
            f"  {name:16} {medians[name]:7.3f} s (min {seconds[0]:.3f}, max {seconds[-1]:.3f})"
            f"   peak {peak:5.0f} MB" + (f" + child {child:.0f} MB" if child else "")
        )
    print(
        f"  faster than pandas+openpyxl: {medians['pandas_openpyxl'] / medians['ours']:.1f} x;"
        f"  times bare calamine: {medians['ours'] / medians['calamine']:.2f}"
    )


def _measure(name: str, path: Path) -> dict:
    command = [sys.executable, "-m", "benchmarks.import_speed", name, str(path)]
    return json.loads(subprocess.run(command, capture_output=True, check=True, text=True).stdout)


def _once(name: str, path: Path) -> dict:
    run = {"ours": _ours, "calamine": _calamine, "pandas_openpyxl": _pandas_openpyxl}[name]
    seconds = run(path)
    result = {"seconds": seconds, "own_mb": _peak_mb("self"), "child_mb": 0.0}
    if name == "ours":
        # A second, untimed import: watching the child would slow the timed one.
        watch = ChildWatch()
        watch.start()
        _ours(path)
        watch.done.set()
        watch.join()
        result["child_mb"] = watch.peak_mb
    return result


class ChildWatch(threading.Thread):
    """Follows the peak memory of all child processes; they are gone when the import returns."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.done = threading.Event()
        self.peak_mb = 0.0

    def run(self) -> None:
        peaks: dict[str, float] = {}
        while not self.done.wait(0.005):
            with contextlib.suppress(OSError):
                children = Path(f"/proc/self/task/{os.getpid()}/children").read_text()
                for child in children.split():
                    with contextlib.suppress(OSError, ValueError):
                        peaks[child] = max(peaks.get(child, 0.0), _peak_mb(child))
        self.peak_mb = sum(peaks.values())


def _peak_mb(process: str) -> float:
    """Peak resident memory; unlike ``ru_maxrss`` it starts anew with the program."""
    for line in Path(f"/proc/{process}/status").read_text().splitlines():
        if line.startswith("VmHWM"):
            return int(line.split()[1]) / 1024
    raise ValueError(process)


def _ours(path: Path) -> float:
    from assessment.importing.importer import import_survey
    from assessment.questionnaire.default import default_questionnaire
    from assessment.register import load_register

    # A running program has questionnaire and register loaded, as pandas has its reader.
    questionnaire, register = default_questionnaire(), load_register()
    data = path.read_bytes()
    start = time.perf_counter()
    import_survey(data, path.name, questionnaire, register=register)
    return time.perf_counter() - start


def _calamine(path: Path) -> float:
    start = time.perf_counter()
    python_calamine.load_workbook(str(path)).get_sheet_by_index(0).to_python()
    return time.perf_counter() - start


def _pandas_openpyxl(path: Path) -> float:
    import openpyxl  # noqa: F401  (loaded outside the measured time)
    import pandas as pd

    start = time.perf_counter()
    pd.read_excel(path, engine="openpyxl")
    return time.perf_counter() - start


if __name__ == "__main__":
    print(json.dumps(_once(sys.argv[1], Path(sys.argv[2]))))
