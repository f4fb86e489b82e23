"""The command line used as an analyst would use it, on small files made here."""

import json
import math
import re
from pathlib import Path

import pandas as pd
import pytest
from cli_files import FOREIGN, check_companion, rows_of

from assessment.cli.main import build_parser, main
from assessment.importing.importer import import_survey
from assessment.questionnaire.default import default_questionnaire
from assessment.scoring.scores import score_survey


def test_equal_seeds_give_equal_bytes(sample: Path, tmp_path: Path):
    again = tmp_path / "beispiel.xlsx"
    main(["sample", "--n", "60", "--seed", "7", "--out", str(again)])
    assert again.read_bytes() == sample.read_bytes()


def test_the_second_wave_has_other_municipalities_as_well(
    sample: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    later = tmp_path / "beispiel_2.xlsx"
    arguments = ["sample", "--n", "60", "--seed", "7", "--wave", "2", "--out", str(later)]
    assert main(arguments) == 0
    first, second = (
        set(import_survey(path.read_bytes(), path.name).survey.keys) for path in (sample, later)
    )
    assert 40 < len(first & second) < 60
    assert second - first
    assert f"{len(second)} simulierte Kommunen" in capsys.readouterr().out


def test_check_accounts_for_every_row_and_column(sample: Path, capsys):
    status = main(["check", str(sample), "--json"])
    account = json.loads(capsys.readouterr().out)
    assert status == {"accept": 0, "warn": 1}[account["verdict"]]
    for part in ("rows", "columns"):
        counts = account[part]
        assert counts["in"] == counts["taken"] + len(counts["set_aside"])
    assert account["rows"]["taken"] == 60
    assert account["simulated"] is True
    assert account["questionnaire"]["id"] == "kommunal"


def test_check_in_words_says_what_was_recognised(sample: Path, capsys):
    main(["check", str(sample)])
    text = capsys.readouterr().out
    assert "LimeSurvey" in text
    assert "simuliert" in text


def test_a_foreign_file_is_read_with_a_proposal_and_says_so(foreign: Path, capsys):
    main(["check", str(foreign), "--json"])
    account = json.loads(capsys.readouterr().out)
    assert account["questionnaire"]["proposed"] is True
    assert "PROPOSED_CODEBOOK" in {remark["code"] for remark in account["remarks"]}
    assert account["rows"]["taken"] == 40


def test_a_proposed_codebook_can_be_corrected_and_used(foreign: Path, tmp_path: Path, capsys):
    book = tmp_path / "fragebogen.yaml"
    assert main(["codebook", str(foreign), "--out", str(book)]) == 0
    text = book.read_text(encoding="utf-8")
    book.write_text(text.replace("Wie wichtig ist Verkehr?", "Wichtigkeit Verkehr"), "utf-8")
    capsys.readouterr()
    assert main(["check", str(foreign), "--codebook", str(book), "--json"]) in (0, 1)
    assert json.loads(capsys.readouterr().out)["rows"]["taken"] == 40


def test_a_codebook_becomes_a_form_and_can_be_read_back(foreign: Path, tmp_path: Path, capsys):
    form, back = tmp_path / "formular.xlsx", tmp_path / "zurueck.yaml"
    assert main(["codebook", str(foreign), "--xlsform", "--out", str(form)]) == 0
    assert main(["codebook", str(form), "--out", str(back)]) == 0
    text = back.read_text(encoding="utf-8")
    assert all(header in text for header in FOREIGN[0][2:5])
    capsys.readouterr()
    assert main(["codebook", str(form), "--xlsform", "--out", str(tmp_path / "f.yaml")]) == 2
    assert ".xlsx" in capsys.readouterr().err


def test_scores_cover_every_municipality_and_keep_keys_as_text(sample: Path, tmp_path: Path):
    out = tmp_path / "werte.csv"
    assert main(["score", str(sample), "--out", str(out)]) == 0
    rows = rows_of(out)
    assert len(rows) == 60
    assert all(re.fullmatch(r"\d{5}|\d{8}|\d{9}", row["key"]) for row in rows)
    assert {"HF01", "MF11", "EGB", "SB8", "MF01_level", "MF01_coverage"} <= rows[0].keys()
    survey = import_survey(sample.read_bytes(), sample.name, default_questionnaire()).survey
    expected = score_survey(survey)
    assert [row["key"] for row in rows] == list(survey.keys)
    for row in rows:
        score, level = (f.at[row["key"], "MF01"] for f in (expected.score, expected.level))
        assert row["MF01"] == ("" if math.isnan(score) else f"{score:.2f}")
        assert row["MF01_level"] == ("" if pd.isna(level) else str(level))


def test_every_score_comes_with_its_coverage_bounds_and_state(sample: Path, tmp_path: Path):
    out = tmp_path / "werte.csv"
    main(["score", str(sample), "--out", str(out)])
    rows = rows_of(out)
    states = set()
    for row in rows:
        for name in ("HF01", "HF03", "MF01", "EGB"):
            state = row[f"{name}_state"]
            states.add(state)
            numbers = [row[name], *(row[f"{name}_{p}"] for p in ("level", "lowest", "highest"))]
            assert all(numbers) if state == "rated" else not any(numbers)
            assert bool(row[f"{name}_coverage"]) == (state != "not_concerned")
            if state == "rated":
                assert float(row[f"{name}_coverage"]) >= 0.6
                assert float(numbers[2]) <= float(numbers[0]) <= float(numbers[3])
            elif state == "too_few_answers":
                assert float(row[f"{name}_coverage"]) < 0.6
        parts = ("answered", "dont_know", "missing", "not_applicable", "not_asked")
        assert len({sum(int(row[part]) for part in parts) for row in rows}) == 1
        assert row["simulated"] == "true"
    assert states == {"rated", "too_few_answers", "not_concerned"}


def test_scores_come_with_what_they_rest_on(sample: Path, tmp_path: Path):
    main(["score", str(sample), "--out", str(tmp_path / "werte.csv")])
    described = json.loads((tmp_path / "werte.meta.json").read_text(encoding="utf-8"))
    check_companion(described, "werte.csv", sample)


def test_a_survey_without_points_is_not_scored(foreign: Path, tmp_path: Path, capsys):
    assert main(["score", str(foreign), "--out", str(tmp_path / "w.csv")]) == 2
    assert "--codebook" in capsys.readouterr().err


def test_a_profile_is_found_by_key_and_by_name(sample: Path, capsys):
    main(["check", str(sample), "--json"])
    out = Path(str(sample) + ".csv")
    main(["score", str(sample), "--out", str(out)])
    capsys.readouterr()
    row = rows_of(out)[0]
    assert main(["profile", str(sample), "--municipality", row["key"], "--json"]) == 0
    by_key = json.loads(capsys.readouterr().out)
    assert main(["profile", str(sample), "--municipality", row["name"], "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == by_key
    assert main(["profile", str(sample), "--municipality", row["key"]]) == 0
    assert row["name"] in capsys.readouterr().out
    assert main(["profile", str(sample), "--municipality", "Atlantis"]) == 2
    assert "Atlantis" in capsys.readouterr().err


@pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n\x1a\n" + b"\0" * 64, b"PK\x03\x04kaputt"])
def test_an_unusable_file_gives_one_german_sentence(content: bytes, tmp_path: Path, capsys):
    path = tmp_path / "daten.xlsx"
    path.write_bytes(content)
    assert main(["check", str(path)]) == 2
    error = capsys.readouterr().err.strip()
    assert error
    assert "\n" not in error
    assert "Traceback" not in error
    assert str(tmp_path) not in error


def test_a_missing_file_is_named(tmp_path: Path, capsys):
    assert main(["check", str(tmp_path / "fehlt.xlsx")]) == 2
    assert "fehlt.xlsx" in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments", [["check"], ["gibtsnicht"], ["sample", "--n", "viele", "--out", "x.xlsx"], []]
)
def test_a_wrong_call_is_explained_in_german(arguments: list[str], capsys):
    with pytest.raises(SystemExit) as stop:
        main(arguments)
    assert stop.value.code == 2
    error = capsys.readouterr().err
    assert "--help" in error
    assert not re.search(r"\b(the|following|required|invalid|choose|argument)\b", error)


COMMANDS = (
    "sample",
    "check",
    "codebook",
    "score",
    "typology",
    "assign",
    "compare",
    "profile",
    "report",
    "reports",
    "council-paper",
)


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_is_german(command: str, capsys):
    with pytest.raises(SystemExit) as stop:
        main([command, "--help"] if command else ["--help"])
    assert stop.value.code == 0
    text = capsys.readouterr().out
    assert text.startswith("Aufruf: ")
    assert not re.search(r"\b(usage|options|show|this|the|and|exit)\b", text.replace("--", ""))


def test_the_readme_names_every_command():
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    known = build_parser()._subparsers._group_actions[0].choices  # pyright: ignore
    assert set(known) == set(COMMANDS)
    for command in known:
        assert f"`assessment {command} " in readme


def test_account_names_things_as_people_do(foreign: Path, capsys: pytest.CaptureFixture[str]):
    main(["check", str(foreign)])
    said = capsys.readouterr().out
    assert "Erkannt als: Einfache Tabelle" in said
    assert "Fragebogen: aus der Datei vorgeschlagen" in said
    assert said.index("Zur Kenntnis:") < said.index("Die Datei passt zu keinem")
