"""The second processor core: stability questions answered by a process of its own.

Fits hold Python's interpreter lock most of the time, so threads hardly share the work; a second
process does. It gets arrays and numbers, answers in JSON, and knows nothing else. Where it can't be
started or dies, the caller's own process answers: the results are the same.

Run as ``python -m assessment.typology.stability_process``: requests on standard input, a line of
JSON each followed by the arrays (``.npz``), answers line by line on standard output.
"""

import io
import json
import os
import select
import subprocess
import sys
from contextlib import suppress
from dataclasses import asdict, fields
from types import TracebackType
from typing import Any

import numpy as np

from assessment.typology.goal_data import GoalData
from assessment.typology.method import Method
from assessment.typology.progress import Progress
from assessment.typology.stability import null_level, quick_stabilities
from assessment.typology.study_types import Stability

_WORTH_A_PROCESS = 20_000
"""Municipalities times resamples from which starting it (a quarter of a second) pays."""
_PATIENCE = 0.2
_ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}


class StabilityProcess:
    """Asks the second process where that pays, else answers itself. One question at a time."""

    def __init__(self, work: int) -> None:
        self._worth = work >= _WORTH_A_PROCESS
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> "StabilityProcess":
        if self._worth:
            with suppress(OSError):
                self._process = subprocess.Popen(
                    [sys.executable, "-m", "assessment.typology.stability_process"],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.DEVNULL,
                    env={**os.environ, **_ONE_THREAD},
                )
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._end()

    def quick(
        self,
        data: GoalData,
        ks: list[int],
        resamples: int,
        seed: int,
        both: tuple[int, ...],
        watch: Progress,
    ) -> dict[int, Stability]:
        """As :func:`assessment.typology.stability.quick_stabilities`."""
        request = {"ks": ks, "resamples": resamples, "seed": seed, "both": list(both)}
        answer = self._ask("quick", request, data, watch)
        if answer is None:
            return quick_stabilities(data, ks, resamples, seed, both=both, progress=watch)
        return {int(k): _stability(plain) for k, plain in answer.items()}

    def null(
        self, data: GoalData, method: Method, k: int, seed: int, watch: Progress
    ) -> tuple[float, float]:
        """As :func:`assessment.typology.stability.null_level`."""
        answer = self._ask("null", {"method": str(method), "k": k, "seed": seed}, data, watch)
        if answer is None:
            return null_level(data, method, k, seed, progress=watch)
        return float(answer[0]), float(answer[1])

    def _ask(self, what: str, request: dict[str, Any], data: GoalData, watch: Progress) -> Any:
        """The answer, or ``None`` where there is no process to ask any more."""
        process = self._process
        if process is None or process.stdin is None or process.stdout is None:
            return None
        arrays = _packed(data)
        head = json.dumps({"what": what, "bytes": len(arrays), **request}) + "\n"
        try:
            process.stdin.write(head.encode() + arrays)
            process.stdin.flush()
            line = b""
            while not line.endswith(b"\n"):
                watch(0.0, "")
                if select.select([process.stdout], [], [], _PATIENCE)[0]:
                    part = os.read(process.stdout.fileno(), 65536)
                    if not part:
                        raise EOFError
                    line += part
            return json.loads(line)
        except (OSError, EOFError, ValueError):
            self._end()
            return None

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.wait()
            for pipe in (process.stdin, process.stdout):
                if pipe is not None:
                    with suppress(OSError):
                        pipe.close()


def _stability(plain: dict[str, Any]) -> Stability:
    rows = {
        name: None if plain[name] is None else tuple(plain[name])
        for name in ("jaccard", "jaccard_without_duplicates")
    }
    return Stability(**{**plain, **rows, "method": Method(plain["method"])})


def _packed(data: GoalData) -> bytes:
    parts = {
        field.name: np.asarray(value)
        for field in fields(data)
        if (value := getattr(data, field.name)) is not None
    }
    buffer = io.BytesIO()
    np.savez(buffer, allow_pickle=False, **parts)
    return buffer.getvalue()


def _unpacked(arrays: bytes) -> GoalData:
    with np.load(io.BytesIO(arrays), allow_pickle=False) as parts:
        values: dict[str, Any] = {name: parts[name] for name in parts.files}
    for name in ("n", "steps", "options"):
        values[name] = int(values[name])
    for name in ("links", "sizes"):
        values[name] = tuple(int(value) for value in values[name])
    return GoalData(**values)


def _answer(request: dict[str, Any], data: GoalData) -> Any:
    if request["what"] == "null":
        return null_level(data, Method(request["method"]), request["k"], request["seed"])
    found = quick_stabilities(
        data, request["ks"], request["resamples"], request["seed"], both=request["both"]
    )
    return {k: asdict(stability) for k, stability in found.items()}


def main() -> None:
    """Answer until standard input ends."""
    from threadpoolctl import threadpool_limits

    with threadpool_limits(1):
        for line in sys.stdin.buffer:
            request = json.loads(line)
            data = _unpacked(sys.stdin.buffer.read(request["bytes"]))
            print(json.dumps(_answer(request, data)), flush=True)


if __name__ == "__main__":
    main()
