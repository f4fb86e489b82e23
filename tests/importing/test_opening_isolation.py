"""The reading process may do what it likes: the asking process goes on and says so in German."""

import threading
import time
from pathlib import Path

import pytest

from assessment.importing import isolation
from assessment.importing.isolation import read_isolated
from assessment.importing.limits import MIB, Limits
from assessment.importing.wire import MAGIC
from assessment.remarks import InputRefused

LIMITS = Limits(child_wall_seconds=1.0)
JOB = {"kind": "csv", "plain_text": False, "promised": None, "parts": []}


def outcome(code: str, limits: Limits = LIMITS, data: bytes = b"a;b\n1;2\n") -> str:
    with pytest.raises(InputRefused) as caught:
        read_isolated(data, JOB, limits, command=("-c", code))
    return caught.value.code


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("import os; os.abort()", "RESOURCE_LIMIT"),
        ("import os; os.kill(os.getpid(), 9)", "RESOURCE_LIMIT"),
        ("import time; time.sleep(60)", "RESOURCE_LIMIT"),
        ("raise SystemExit(1)", "RESOURCE_LIMIT"),
        ("x = bytearray(1 << 62)", "RESOURCE_LIMIT"),
        ("print('Unsinn')", "READER_FAILED"),
        ("pass", "READER_FAILED"),
        ("print('x' * 5_000_000)", "READER_FAILED"),
    ],
)
def test_the_asking_process_survives(code: str, expected: str) -> None:
    started = time.monotonic()
    assert outcome(code) == expected
    assert time.monotonic() - started < 6


def test_an_endless_answer_is_cut() -> None:
    limits = Limits(child_wall_seconds=10.0, answer_bytes=MIB)
    assert outcome("import os\nwhile True: os.write(1, b'x' * 65536)", limits) == "RESOURCE_LIMIT"


def test_children_of_a_hanging_reader_are_ended_too() -> None:
    code = "import os, time\npid = os.fork()\ntime.sleep(60)"
    assert outcome(code) == "RESOURCE_LIMIT"
    time.sleep(0.2)
    running = [p for p in Path("/proc").iterdir() if p.name.isdigit()]
    commands = []
    for process in running:
        try:
            commands.append((process / "cmdline").read_bytes())
        except OSError:
            continue  # ended meanwhile
    assert not any(code.encode() in command for command in commands)


def framed(header: bytes, rest: bytes = b"") -> str:
    frame = MAGIC + len(header).to_bytes(8, "little") + header + rest
    return f"import os; os.write(1, {frame!r})"


SHEET = (
    b'{"format":"csv","encoding":null,"delimiter":null,"notes":[],'
    b'"sheets":[["T",1,2,"visible",false,[%s]]]}'
)


@pytest.mark.parametrize(
    "code",
    [
        framed(b"{}"),
        framed(b"[]"),
        framed(b"\xff\xfe"),
        framed(SHEET % b'[1,1,"s",["a"],"","",[],[]]', b"\x00\x07"),  # a code without value
        framed(SHEET % b'[1,1,"s",["a"],"","",[],[]]', b"\x00"),  # too few rows
        framed(SHEET % b'[1,1,"s",["a"],"","",[],[]]', b"\x00\x00\x00"),  # too many
        framed(SHEET % b'[1,3,"s",["a"],"","",[],[]]', b"\x00" * 6),  # unknown width
        framed(SHEET % b'[1,1,"f",["a"],"","",[],[]]', b"\x00\x00"),  # text as number
        framed(SHEET % b'[1,1,"f",[1e999],"","",[],[]]', b"\x00\x00"),  # not finite
        framed(SHEET % b'[1,1,"x",["a"],"","",[],[]]', b"\x00\x00"),  # unknown kind
        framed(SHEET % b'[0,1,"s",["a"],"","",[],[]]', b"\x00\x00"),  # no such column
        framed(SHEET.replace(b"1,2", b"1,99999999") % b"", b""),  # too many rows
    ],
)
def test_wrong_shapes_are_no_answer(code: str) -> None:
    assert outcome(code) == "READER_FAILED"


def test_the_worker_limits_itself() -> None:
    code = (
        "import json, os, sys, resource\n"
        "from assessment.importing import worker\n"
        "from types import SimpleNamespace\n"
        "worker._limit_process(SimpleNamespace(**json.loads(os.read(0, 1 << 20))['limits']))\n"
        "assert resource.getrlimit(resource.RLIMIT_AS)[0] == 300 << 20\n"
        "assert resource.getrlimit(resource.RLIMIT_CPU)[0] == 7\n"
        "assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] == 0\n"
        "bytearray(400 << 20)"
    )
    limits = Limits(child_memory_bytes=300 * MIB, child_cpu_seconds=7)
    assert outcome(code, limits) == "RESOURCE_LIMIT"  # by the last line
    passes = code.replace("bytearray(400 << 20)", "")
    assert outcome(passes, limits) == "READER_FAILED"  # silent, but not ended by a limit


def test_nothing_of_ours_reaches_the_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COOKIE_SECRET", "geheim")
    code = "import os, sys; sys.exit(1 if 'COOKIE_SECRET' in os.environ else 0)"
    assert outcome(code) == "READER_FAILED"


def test_start_is_fast_and_imports_little() -> None:
    code = (
        "import sys; import assessment.importing.worker\n"
        "import assessment.importing.readers.workbook\n"
        "heavy = {'numpy', 'pandas', 'dataclasses', 'openpyxl', 'streamlit', 'python_calamine'}\n"
        "sys.exit(1 if heavy & set(sys.modules) else 0)"
    )
    assert outcome(code) == "READER_FAILED"


def open_descriptors() -> int:
    return sum(1 for _ in Path("/proc/self/fd").iterdir())


def test_no_descriptors_are_left_open() -> None:
    outcome("pass")
    before = open_descriptors()
    for code in ("pass", "import os; os.abort()", "print('x')"):
        outcome(code)
    assert open_descriptors() == before


def test_too_many_files_at_once_are_asked_to_come_later(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(isolation, "_QUEUE", isolation._Queue(1, 1))
    results: list[str] = []
    limits = Limits(child_wall_seconds=3.0)
    threads = [
        threading.Thread(
            target=lambda: results.append(outcome("import time; time.sleep(0.5)", limits))
        )
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == ["BUSY", "BUSY", "READER_FAILED", "READER_FAILED"]
