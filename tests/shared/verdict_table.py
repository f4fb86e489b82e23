"""Prints what the import says about every shared survey and attack file.

    .venv/bin/python tests/shared/verdict_table.py SHARED [--attacks] [--markdown]

One line per file: verdict, dialect, rows × items, codes of the warnings or of the refusal.
"""

import contextlib
import importlib.util
import io
import json
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from assessment.importing.importer import import_survey
from assessment.remarks import InputRefused, Severity


@dataclass(frozen=True, slots=True)
class FileVerdict:
    """What became of one file. ``verdict`` is ``accept``, ``warn`` or ``reject``."""

    name: str
    verdict: str
    codes: tuple[str, ...]
    """Codes of the warnings, or the code of the refusal."""
    dialect: str = ""
    size: str = ""
    message: str = ""
    required: str = ""


def judge(path: Path, name: str, required: str = "") -> FileVerdict:
    """Import one file as a user would and note the outcome."""
    try:
        result = import_survey(path.read_bytes(), path.name)
    except InputRefused as refused:
        return FileVerdict(name, "reject", (refused.code,), "", "", refused.message, required)
    warnings = {r.code for r in result.ledger.remarks if r.severity is Severity.WARNING}
    rows, items = result.survey.answers.shape
    verdict = str(result.ledger.verdict)
    size = f"{rows}×{items}"
    dialect = result.recognition.dialect
    return FileVerdict(name, verdict, tuple(sorted(warnings)), dialect, size, "", required)


def survey_files(shared: Path) -> list[Path]:
    """All files below ``realdata/surveys``, in a fixed order."""
    folder = shared / "realdata" / "surveys"
    return sorted(path for path in folder.rglob("*") if path.is_file())


def survey_verdicts(shared: Path) -> Iterator[FileVerdict]:
    """The verdict on every real survey file."""
    folder = shared / "realdata" / "surveys"
    for path in survey_files(shared):
        yield judge(path, str(path.relative_to(folder)))


def make_attacks(shared: Path, folder: Path) -> list[tuple[Path, str]]:
    """Write the attack files (``--scale ci``) and return each with its required verdict."""
    script = shared / "attacks" / "make_attacks.py"
    spec = importlib.util.spec_from_file_location("make_attacks", script)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    before = sys.argv
    sys.argv = [str(script), str(folder), "--scale", "ci"]
    try:
        quiet = io.StringIO()
        with contextlib.redirect_stdout(quiet), contextlib.redirect_stderr(quiet):
            module.main()
    finally:
        sys.argv = before
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    return [(folder / case["name"], case["required"]) for case in manifest["cases"]]


def attack_verdicts(shared: Path) -> Iterator[FileVerdict]:
    """The verdict on every attack file, with what is required."""
    with tempfile.TemporaryDirectory() as folder:
        for path, required in make_attacks(shared, Path(folder)):
            yield judge(path, path.name, required)


def meets(verdict: FileVerdict) -> bool:
    """True if the verdict is the required one (any refusal for the resource limit is right)."""
    kind, _, code = verdict.required.partition(":")
    if kind == "accept":
        return verdict.verdict == "accept"
    wanted = {"warn": "warn", "reject": "reject"}[kind]
    right = {code, "RESOURCE_LIMIT"} if kind == "reject" else {code}
    return verdict.verdict == wanted and bool(right & set(verdict.codes))


def line(verdict: FileVerdict, markdown: bool = False) -> str:
    """One line of the table."""
    mark = "" if not verdict.required else ("ok" if meets(verdict) else "FALSCH")
    said = ", ".join(verdict.codes)
    cells = [verdict.name, verdict.verdict, verdict.dialect, verdict.size, said]
    if verdict.required:
        cells += [verdict.required, mark]
    return f"| {' | '.join(cells)} |" if markdown else "  ".join(cells)


def main(arguments: list[str]) -> None:
    """Print the table of the survey files or, with ``--attacks``, of the attack files."""
    shared = Path(arguments[0])
    verdicts = attack_verdicts(shared) if "--attacks" in arguments else survey_verdicts(shared)
    for verdict in verdicts:
        print(line(verdict, "--markdown" in arguments))


if __name__ == "__main__":
    main(sys.argv[1:])
