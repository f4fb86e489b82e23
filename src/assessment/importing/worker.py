"""The reading process: one file in, one answer out on standard output.

Run as ``python -m assessment.importing.worker FILE VERDICT`` with two inherited descriptors: the
uploaded bytes, and a pipe for a refusal that needn't wait for the reader. Standard input holds the
job as JSON. The process sets its own limits before it looks at the file, reads nothing else and
opens no connection. Everything imported here
is paid for with every file, so readers are imported when their kind of file comes.
"""

import gc
import json
import os
import resource
import sys
from types import SimpleNamespace
from typing import Any

from assessment.importing.wire import NoAnswer, Notes, Refusal, encode_answer, encode_refusal


def main() -> int:
    source, verdict = int(sys.argv[1]), int(sys.argv[2])
    job = json.loads(_content(0))
    limits = SimpleNamespace(**job["limits"])
    _limit_process(limits)
    # The process ends after one file: collecting garbage in between only costs time.
    gc.disable()
    try:
        answer = _read(job, source, verdict, limits)
    except Refusal as refusal:
        answer = encode_refusal(refusal)
    except (MemoryError, NoAnswer):
        return 3
    _write(answer)
    return 0


def _limit_process(limits: Any) -> None:
    for what, limit in (
        (resource.RLIMIT_AS, limits.child_memory_bytes),
        (resource.RLIMIT_CPU, limits.child_cpu_seconds),
        (resource.RLIMIT_NOFILE, 64),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(what)
        limit = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
        resource.setrlimit(what, (limit, limit))


def _read(job: dict[str, Any], source: int, verdict: int, limits: Any) -> list[bytes]:
    kind = job["kind"]
    notes = Notes()
    if kind in ("xlsx", "ods", "xls"):
        from assessment.importing.readers.workbook import read_workbook_file

        sheets = read_workbook_file(_content(source), kind, job, verdict, limits, notes)
        return encode_answer(sheets, notes, file_format=kind)
    os.close(verdict)
    if kind in ("sav", "zsav"):
        from assessment.importing.readers.spss import read_spss

        sheet = read_spss(source, limits, notes)
        return encode_answer([sheet], notes, file_format=kind)
    from assessment.importing.readers.delimited import read_delimited, unpack_gzip

    data = _content(source)
    if kind == "csv.gz":
        data = unpack_gzip(data, limits)
    sheet, encoding, delimiter = read_delimited(
        data, limits, plain_text=job["plain_text"], notes=notes
    )
    return encode_answer([sheet], notes, file_format=kind, encoding=encoding, delimiter=delimiter)


def _content(descriptor: int) -> bytes:
    with os.fdopen(descriptor, "rb", closefd=False) as stream:
        return stream.read()


def _write(answer: list[bytes]) -> None:
    # Closing tells the other side that this is all; the end of the process may take longer.
    with os.fdopen(1, "wb") as stream:
        stream.writelines(answer)


if __name__ == "__main__":
    # Without the interpreter's own tidying up: freeing millions of cells takes longer than _exit.
    os._exit(main())
