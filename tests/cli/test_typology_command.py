"""Finding types by command: what is written, what is said, what is refused."""

import io
import json
import re
from pathlib import Path

import pytest
from cli_files import FOREIGN, check_companion, rows_of

from assessment.cli.main import main
from assessment.cli.progress_line import progress_line
from assessment.importing.importer import import_survey
from assessment.questionnaire.default import default_questionnaire
from assessment.typology.method import METHOD_NAMES
from assessment.typology.model import TypologyModel

pytestmark = pytest.mark.xdist_group("typology-command")

GOAL_HEADERS = ",".join(FOREIGN[0][2:5])
FILES = ("assignments.csv", "assignments.meta.json", "typology.json", "study.json", "bericht.html")


def test_equal_calls_write_equal_bytes(sample: Path, result: Path, tmp_path: Path):
    command = ["typology", str(sample), "--seed", "3", "--bootstrap", "2"]
    report = ["--report", str(tmp_path / "bericht.html")]
    assert main([*command, *report, "--out", str(tmp_path)]) == 0
    for name in FILES:
        assert (tmp_path / name).read_bytes() == (result / name).read_bytes()


def test_assignments_are_those_of_the_model(sample: Path, result: Path):
    rows = rows_of(result / "assignments.csv")
    assert len(rows) == 60
    columns = [name for name in rows[0] if name.startswith("probability_")]
    assert len(columns) == 4
    for row in rows:
        if row["type"]:
            assert sum(float(row[name]) for name in columns) == pytest.approx(1, abs=1e-5)
            assert row["second_type"] != row["type"]
    model = TypologyModel.from_json((result / "typology.json").read_text(encoding="utf-8"))
    survey = import_survey(sample.read_bytes(), sample.name, default_questionnaire()).survey
    membership = model.assign(survey)
    assert [row["type"] or None for row in rows] == [
        kind if isinstance(kind, str) else None for kind in membership.first
    ]
    assert {row["simulated"] for row in rows} == {"true"}
    assert all(re.fullmatch(r"0\d{7}|1\d{7}|\d{5}|\d{9}", row["key"]) for row in rows)
    assert any(row["key"].startswith("0") for row in rows)


def test_assignments_come_with_what_they_rest_on(sample: Path, result: Path):
    described = json.loads((result / "assignments.meta.json").read_text(encoding="utf-8"))
    check_companion(described, "assignments.csv", sample)
    record = described["provenance"]
    assert record["typology"]["method"] == "joint"
    assert (record["typology"]["k"], record["typology"]["seed"]) == (4, 3)
    model = TypologyModel.from_json((result / "typology.json").read_text(encoding="utf-8"))
    assert record["typology_mark"] == model.mark


def test_the_study_tells_of_every_number_of_types(result: Path):
    study = json.loads((result / "study.json").read_text(encoding="utf-8"))
    assert [one["k"] for one in study["candidates"]] == list(range(1, 9))
    assert study["simulated"] is True
    assert study["chosen_k"] == 4
    chosen = study["candidates"][3]
    assert chosen["stability"]["resamples"] == 2
    assert 0 <= chosen["stability"]["null_mean"] <= chosen["stability"]["null_high"] <= 1
    for one in study["candidates"][1:]:
        assert set(one["indices"]) >= {"silhouette", "calinski_harabasz", "davies_bouldin", "dunn"}
        assert len(one["quick_stability"]["jaccard"]) == one["k"]
        # The kinder convention is worked out for the number that was asked about.
        assert bool(one["quick_stability"]["jaccard_without_duplicates"]) == (one["k"] == 4)
    assert "raw_kmeans" in {one["method"] for one in study["baselines"]}
    assert all(-1 <= one["ari"] <= 1 for one in study["baselines"])


def test_the_report_is_one_german_page(result: Path):
    page = (result / "bericht.html").read_text(encoding="utf-8")
    assert page.startswith('<!DOCTYPE html>\n<html lang="de">')
    assert "<script" not in page
    assert "Szenario – nicht amtlich festgelegt" in page


def test_placed_and_not_placed_make_all(
    sample: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    command = ["typology", str(sample), "--method", "centred_kmeans", "--types", "2"]
    assert main([*command, "--bootstrap", "2", "--out", str(tmp_path)]) == 0
    said = capsys.readouterr()
    placed, total = map(int, re.findall(r"(\d+) von (\d+) Kommunen", said.out)[0])
    assert total == 60
    rows = rows_of(tmp_path / "assignments.csv")
    assert placed == sum(row["state"] != "not_assignable" for row in rows)
    missing = [int(n) for n in re.findall(r"Nicht zuordenbar: (\d+) \(", said.out)]
    assert placed + sum(missing) == total
    # No terminal: nothing of the progress gets into a log.
    assert "\r" not in said.err
    assert "%" not in said.err


def test_a_real_survey_is_grouped_by_headers_and_not_marked_as_simulated(
    foreign: Path, tmp_path: Path
):
    out = tmp_path / "typen"
    command = ["typology", str(foreign), "--items", GOAL_HEADERS, "--types", "2"]
    assert main([*command, "--bootstrap", "2", "--out", str(out)]) == 0
    rows = rows_of(out / "assignments.csv")
    assert len(rows) == 40
    assert {row["simulated"] for row in rows} == {"false"}
    described = json.loads((out / "assignments.meta.json").read_text(encoding="utf-8"))
    assert described["simulated"] is False
    assert described["provenance"]["questionnaire_proposed"] is True


def test_without_types_only_the_study_is_written(
    foreign: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    out = tmp_path / "typen"
    command = ["typology", str(foreign), "--items", GOAL_HEADERS, "--types", "auto"]
    report = tmp_path / "bericht.html"
    files = ["--report", str(report), "--out", str(out)]
    # Too few and too evenly answered to show anything.
    assert main([*command, "--bootstrap", "2", *files]) == 1
    assert "--types mit einer Zahl" in capsys.readouterr().out
    assert [path.name for path in out.iterdir()] == ["study.json"]
    study = json.loads((out / "study.json").read_text(encoding="utf-8"))
    assert (study["chosen_k"], study["verdict"]) == (1, "undecidable")
    assert "nicht entscheidbar" in report.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (["--items", "Gibtsnicht"], "Gibtsnicht"),
        (["--types", "13"], "zwischen 2 und 12"),
        (["--types", "1"], "zwischen 2 und 12"),
        (["--types", "9"], "mindestens 45 Kommunen"),
        (["--bootstrap", "0"], "üblich sind 100"),
        (["--method", "plackett_luce"], "Verfahren passt nicht"),
    ],
)
def test_what_cannot_be_done_is_refused_in_one_sentence(
    arguments: list[str],
    word: str,
    foreign: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
):
    out = tmp_path / "typen"
    assert main(["typology", str(foreign), *arguments, "--out", str(out)]) == 2
    said = capsys.readouterr()
    assert not said.out
    assert word in said.err
    assert len(said.err.splitlines()) == 1
    assert not out.exists()


@pytest.mark.parametrize("arguments", [["--types", "viele"], ["--method", "zauberei"]])
def test_wrong_values_are_explained_in_german(
    arguments: list[str], foreign: Path, capsys: pytest.CaptureFixture[str]
):
    with pytest.raises(SystemExit) as stop:
        main(["typology", str(foreign), *arguments, "--out", "x"])
    assert stop.value.code == 2
    assert arguments[1] in capsys.readouterr().err


def test_the_help_names_every_method_in_german(capsys: pytest.CaptureFixture[str]):
    with pytest.raises(SystemExit):
        main(["typology", "--help"])
    said = " ".join(capsys.readouterr().out.split())
    for method, name in METHOD_NAMES.items():
        assert f"{method.value}: {name}" in said


def test_an_interrupted_study_ends_with_one_word(
    sample: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch
):
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("assessment.typology.study.run_study", interrupted)
    assert main(["typology", str(sample), "--out", str(tmp_path / "typen")]) == 130
    assert capsys.readouterr().err == "Abgebrochen.\n"
    assert not (tmp_path / "typen").exists()


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_progress_is_one_line_that_is_wiped():
    terminal = Terminal()
    with progress_line(terminal) as progress:
        progress(0.5, "3 Gruppen anpassen")
        progress(1.7, "fertig")
    shown = terminal.getvalue().split("\r")
    assert "\n" not in terminal.getvalue()
    assert " 50 % 3 Gruppen anpassen" in shown[1]
    assert "100 % fertig" in shown[2]
    assert shown[-1] == ""
    assert not shown[-2].strip()


def test_nothing_is_drawn_into_a_file():
    log = io.StringIO()
    with progress_line(log) as progress:
        progress(0.5, "3 Gruppen anpassen")
    assert log.getvalue() == ""


def test_a_new_version_says_what_it_replaces_and_what_changed(
    result: Path, sample: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    former = result / "typology.json"
    command = ["typology", str(sample), "--method", "centred_kmeans", "--bootstrap", "2"]
    assert main([*command, "--replaces", str(former), "--out", str(tmp_path)]) == 0
    old = TypologyModel.from_json(former.read_text(encoding="utf-8"))
    new = TypologyModel.from_json((tmp_path / "typology.json").read_text(encoding="utf-8"))
    assert (new.version, new.predecessor, new.official) == (2, old.mark, None)
    replaced = json.loads((tmp_path / "study.json").read_text(encoding="utf-8"))["replaces"]
    assert (replaced["mark"], replaced["version"]) == (old.mark, 1)
    assert sum(map(sum, replaced["table"])) == replaced["n"]
    assert 0.3 < replaced["ari"] < 1
    said = capsys.readouterr().out
    assert f"Fassung 2, ersetzt {old.mark}" in said
    assert "Rand-Index" in said
