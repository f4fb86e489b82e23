"""Start the reading process, feed it one file, and survive whatever becomes of it."""

import compileall
import dataclasses
import importlib.util
import json
import os
import select
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import Any

from assessment.importing import wire
from assessment.importing.limits import Limits
from assessment.importing.wire_check import Answer, GarbledAnswer, decode_answer
from assessment.remarks import InputRefused

_WAITING = 5
_CORES = len(os.sched_getaffinity(0))
_WORKER = ("-m", "assessment.importing.worker")


class _Queue:
    """At most one reading process per core at once and five files waiting for their turn."""

    def __init__(self, at_once: int, waiting: int) -> None:
        self._turns = threading.Semaphore(at_once)
        self._places = threading.Semaphore(at_once + waiting)

    @contextmanager
    def turn(self, timeout: float) -> Iterator[None]:
        if not self._places.acquire(blocking=False):
            raise _busy()
        try:
            if not self._turns.acquire(timeout=timeout):
                raise _busy()
            try:
                yield
            finally:
                self._turns.release()
        finally:
            self._places.release()


_QUEUE = _Queue(_CORES, _WAITING)


def read_isolated(
    data: bytes,
    job: dict[str, Any],
    limits: Limits,
    *,
    command: Sequence[str] = _WORKER,
) -> Answer:
    """Read ``data`` in a process of its own and return its checked answer.

    ``job`` names the kind of file and its parts; ``command`` (arguments of the interpreter) exists
    for tests that put something ill-behaved in the worker's place.
    Raises :class:`InputRefused`: what the reading process refuses, ``RESOURCE_LIMIT`` if it dies
    or takes too long, ``READER_FAILED`` if its answer makes no sense, ``BUSY``.
    """
    with _QUEUE.turn(limits.child_wall_seconds):
        return _run(data, job, limits, command)


def _run(data: bytes, job: dict[str, Any], limits: Limits, command: Sequence[str]) -> Answer:
    deadline = time.monotonic() + limits.child_wall_seconds
    settings = json.dumps({**job, "limits": dataclasses.asdict(limits)}).encode()
    verdict, verdict_end = os.pipe()
    source = _in_memory("upload", data)
    setting = _in_memory("job", settings)
    try:
        process = subprocess.Popen(
            [sys.executable, "-S", "-s", "-P", *command, str(source), str(verdict_end)],
            stdin=setting,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(),
            cwd="/",
            start_new_session=True,
            pass_fds=(source, verdict_end),
        )
    except BaseException:
        os.close(verdict)
        raise
    finally:
        os.close(source)
        os.close(setting)
        os.close(verdict_end)
    try:
        return _checked(process, _collect(process, verdict, deadline, limits), limits)
    finally:
        _end(process)
        os.close(verdict)


def _checked(process: subprocess.Popen[bytes], answer: bytes, limits: Limits) -> Answer:
    try:
        return decode_answer(answer, limits)
    except GarbledAnswer as error:
        # A process that was stopped leaves half an answer or none.
        with suppress(subprocess.TimeoutExpired):
            if process.wait(timeout=5) != 0:
                raise _limit_reached() from error
        raise InputRefused(
            "READER_FAILED",
            "Die Datei ließ sich nicht auswerten. Bitte in Excel öffnen, als neue .xlsx-Datei "
            "speichern und diese einlesen.",
        ) from error


def _in_memory(name: str, data: bytes) -> int:
    """A file that exists in memory only; nothing of an upload ever touches a disk."""
    descriptor = os.memfd_create(name, os.MFD_CLOEXEC)
    with os.fdopen(os.dup(descriptor), "wb") as stream:
        stream.write(data)
    os.lseek(descriptor, 0, os.SEEK_SET)
    return descriptor


def _collect(
    process: subprocess.Popen[bytes], verdict: int, deadline: float, limits: Limits
) -> bytes:
    """The bytes of the answer, or of the refusal that comes by the second pipe."""
    assert process.stdout is not None
    output = process.stdout.fileno()
    received = {output: bytearray(), verdict: bytearray()}
    waiting = select.poll()
    for pipe in received:
        waiting.register(pipe, select.POLLIN | select.POLLHUP)
    open_pipes = set(received)
    while open_pipes:
        left = deadline - time.monotonic()
        if left <= 0:
            raise _limit_reached()
        for pipe, _ in waiting.poll(left * 1000):
            piece = os.read(pipe, 1 << 20)
            if piece:
                received[pipe] += piece
                if len(received[pipe]) > limits.answer_bytes:
                    raise _limit_reached()
                continue
            waiting.unregister(pipe)
            open_pipes.discard(pipe)
            if pipe == verdict and received[verdict]:
                # The scan refuses: whatever the reader still does is of no interest.
                return bytes(received[verdict])
    return bytes(received[output])


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the process and its helper, if they still run, and leave nothing behind."""
    with suppress(ProcessLookupError):  # already gone, which is the normal case
        os.killpg(process.pid, signal.SIGKILL)
    if process.poll() is None:
        # Giving back a few hundred MB takes the system a moment, nobody needs to wait for it.
        threading.Thread(target=process.wait, daemon=True).start()
    if process.stdout is not None:
        process.stdout.close()


@cache
def _environment() -> dict[str, str]:
    """Just enough to find the packages; nothing of ours leaks into the reading process."""
    own = Path(wire.__file__).resolve().parents[2]
    # The reading process may not write files, so its modules are compiled beforehand.
    compileall.compile_dir(str(Path(wire.__file__).parent), quiet=2)
    paths = [str(own)]
    for package in ("python_calamine", "pyreadstat", "openpyxl"):
        spec = importlib.util.find_spec(package)
        if spec is not None and spec.origin is not None:
            folder = str(Path(spec.origin).resolve().parents[1])
            if folder not in paths:
                paths.append(folder)
    return {
        "PYTHONPATH": os.pathsep.join(paths),
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONUTF8": "1",
        "LC_ALL": "C.UTF-8",
        # Thread pools of numeric libraries would only reserve memory.
        "OPENBLAS_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
    }


def _limit_reached() -> InputRefused:
    return InputRefused(
        "RESOURCE_LIMIT",
        "Die Datei braucht zum Lesen mehr Speicher oder Zeit, als für eine Umfrage vorgesehen ist, "
        "oder sie ist beschädigt. Bitte nur das Blatt mit den Antworten in eine neue Arbeitsmappe "
        "kopieren und diese einlesen.",
    )


def _busy() -> InputRefused:
    return InputRefused(
        "BUSY", "Es werden gerade zu viele Dateien eingelesen. Bitte später noch einmal versuchen."
    )
