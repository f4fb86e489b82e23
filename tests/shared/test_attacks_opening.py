"""The generated attack files at the level of opening: verdict, code, time, nothing left behind."""

import json
import resource
import subprocess
import sys
import time
from pathlib import Path

import pytest

from assessment.importing.opening import OpenedFile, open_file
from assessment.remarks import InputRefused

pytestmark = pytest.mark.shared

# What these files require is said by the stages after opening (headers, keys, codebook).
LATER = {
    "c17_duplicate_headers.xlsx",
    "c18_ags_variants.xlsx",
    "c19_likert_dirty.xlsx",
    "e08_header_only.xlsx",
    "e09_title_rows_above_header.xlsx",
}
SLOW = {"e18_separators_only.csv", "c05_styled_empty_rows_1m.xlsx"}


@pytest.fixture(scope="module")
def attacks(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("attacks")
    generator = shared / "attacks" / "make_attacks.py"
    subprocess.run(
        [sys.executable, str(generator), str(folder), "--scale", "ci"],
        check=True,
        capture_output=True,
    )
    return folder


def test_every_file_gives_its_verdict(attacks: Path) -> None:
    cases = json.loads((attacks / "manifest.json").read_text())["cases"]
    assert len(cases) == 73
    wrong = []
    for case in cases:
        data = (attacks / case["name"]).read_bytes()
        started = time.monotonic()
        verdict, codes, message = _verdict(data, case["name"])
        seconds = time.monotonic() - started
        required, _, code = case["required"].partition(":")
        if case["name"] in LATER:
            fits = verdict == "opened"
        elif required == "reject":
            fits = verdict == "refused" and codes == {code}
            fits = fits and seconds < (5 if case["name"] in SLOW else 3)
        elif required == "warn":
            fits = verdict == "opened" and codes == {code}
        else:
            fits = verdict == "opened" and codes <= {"CONTROL_CHARACTERS"}
        if verdict == "refused":
            fits = fits and message.endswith(".") and "itte " in message
        if not fits:
            wrong.append((case["name"], case["required"], verdict, codes, round(seconds, 1)))
    assert wrong == []


def test_the_asking_process_stays_small(attacks: Path) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for path in sorted(attacks.glob("[abc]*.xls*")):
        _verdict(path.read_bytes(), path.name)
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert grown < 60 * 1024  # kilobytes


def test_hostile_names_are_only_shown(attacks: Path) -> None:
    names = json.loads((attacks / "manifest.json").read_text())["hostile_filenames"]
    data = (attacks / "r01_good_small.xlsx").read_bytes()
    for name in names:
        verdict, codes, _ = _verdict(data, name)
        assert verdict == "opened" or codes == {"TYPE_MISMATCH"}, name


def test_values_of_the_good_files(attacks: Path) -> None:
    opened = open_file((attacks / "r01_good_small.xlsx").read_bytes(), "r01.xlsx")
    table = opened.sheets[0]
    assert [column.cell(1) for column in table.columns] == ["08111000", "Stuttgart", 632865.0, 4.0]
    opened = open_file((attacks / "r02_good_survey_1100x250.xlsx").read_bytes(), "r02.xlsx")
    assert (opened.sheets[0].n_rows, len(opened.sheets[0].columns)) == (1101, 250)


def _verdict(data: bytes, name: str) -> tuple[str, set[str], str]:
    try:
        opened: OpenedFile = open_file(data, name)
    except InputRefused as error:
        return "refused", {error.code}, error.message
    assert opened.name.isprintable()
    assert len(opened.name) <= 200
    return "opened", {remark.code for remark in opened.remarks}, ""
