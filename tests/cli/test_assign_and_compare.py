"""Placing municipalities by a frozen typology, and comparing two results."""

import csv
import io
import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from assessment.cli.compare_command import agreement_sentence
from assessment.cli.main import main

pytestmark = pytest.mark.xdist_group("typology-command")

HEADER = "key,name,type,probability_B,probability_O,probability_S,second_type,state,reason\r\n"


def assignments(path: Path, *rows: tuple[str, str, str]) -> Path:
    lines = [f"{key},{name},{kind},,,,,assigned,\r\n" for key, name, kind in rows]
    path.write_text(HEADER + "".join(lines), encoding="utf-8", newline="")
    return path


def test_the_fitted_survey_is_placed_as_when_it_was_fitted(
    sample: Path, result: Path, tmp_path: Path
):
    model = result / "typology.json"
    assert main(["assign", str(sample), "--model", str(model), "--out", str(tmp_path)]) == 0
    for name in ("assignments.csv", "assignments.meta.json"):
        assert (tmp_path / name).read_bytes() == (result / name).read_bytes()


def test_without_a_folder_the_table_alone_goes_to_standard_output(
    sample: Path, result: Path, capsysbinary: pytest.CaptureFixture[bytes]
):
    main(["assign", str(sample), "--model", str(result / "typology.json")])
    said = capsysbinary.readouterr()
    assert said.out == (result / "assignments.csv").read_bytes()
    assert "60 Kommunen in 4 Gruppen" in said.err.decode()


def survey_file(path: Path, sample: Path, answers: Sequence[Sequence[str]]) -> list[str]:
    """A file with answers to the first goals only; returns it with the codebook to read it by."""
    book = path.with_suffix(".yaml")
    main(["codebook", str(sample), "--out", str(book)])
    header = ["A02", *(f"B{number:02d}" for number in range(1, len(answers[0]) + 1))]
    rows = [[f"01{number:06d}", *row] for number, row in enumerate(answers, start=1)]
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *rows])
    return [str(path), "--codebook", str(book)]


def test_a_part_of_the_goals_is_enough(
    sample: Path, result: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    command = survey_file(tmp_path / "teil.csv", sample, ["12345123"] * 4)
    capsys.readouterr()
    assert main(["assign", *command, "--model", str(result / "typology.json")]) == 0
    found = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert len(found) == 4
    assert all(row["type"] for row in found)


def test_a_survey_that_answers_otherwise_is_placed_with_a_warning(
    sample: Path, result: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    # All of them hold the last goals dear and the first ones cheap.
    answers = [f"{1 + n % 2}1111{4 + n % 2}555555{5 - n % 2}" for n in range(40)]
    command = survey_file(tmp_path / "anders.csv", sample, answers)
    capsys.readouterr()
    assert main(["assign", *command, "--model", str(result / "typology.json")]) == 1
    said = capsys.readouterr()
    assert len(list(csv.DictReader(io.StringIO(said.out)))) == 40
    assert "als bei den Kommunen, auf denen die Typologie beruht" in said.err


@pytest.mark.parametrize("content", ["", "{}", '{"schema": "zwei"}', "kein JSON", "[1, 2]"])
def test_what_is_no_typology_is_refused_in_one_sentence(
    content: str, sample: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    broken = tmp_path / "typology.json"
    broken.write_text(content, encoding="utf-8")
    assert main(["assign", str(sample), "--model", str(broken)]) == 2
    said = capsys.readouterr()
    assert not said.out
    assert "keine Typologie" in said.err
    assert len(said.err.splitlines()) == 1


def test_a_typology_of_another_version_says_so(
    sample: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    older = tmp_path / "typology.json"
    older.write_text('{"schema": 1}', encoding="utf-8")
    assert main(["assign", str(sample), "--model", str(older)]) == 2
    assert "Programmversion" in capsys.readouterr().err


def test_equal_results_agree_entirely(result: Path, capsys: pytest.CaptureFixture[str]):
    table = str(result / "assignments.csv")
    assert main(["compare", table, table]) == 0
    said = capsys.readouterr().out
    assert "1,00" in said
    assert "gleich" in said
    assert "Keine Kommune wechselte die Gruppe." in said


def test_who_changed_is_named_with_both_types(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    same = [(f"0100000{n}", f"Ort {n}", kind) for n, kind in enumerate("BBOOSS")]
    one = assignments(tmp_path / "eins.csv", *same, ("01000008", "Musterstadt", "B"))
    other = assignments(
        tmp_path / "zwei.csv",
        *same,
        ("01000008", "Musterstadt", "S"),
        ("01000009", "Neuhausen", "O"),
    )
    assert main(["compare", str(one), str(other)]) == 0
    said = capsys.readouterr().out
    assert "Gruppe gewechselt: 1" in said
    assert "01000008  Musterstadt: B → S" in said
    assert "01000009  Neuhausen: nicht enthalten → O" in said
    assert main(["compare", str(one), str(other), "--json"]) == 0
    plain = json.loads(capsys.readouterr().out)
    assert plain["moved"] == [{"key": "01000008", "name": "Musterstadt", "from": "B", "to": "S"}]
    assert plain["table"] == [[2, 0, 1], [0, 2, 0], [0, 0, 2]]
    assert plain["only_second"] == ["01000009"]
    # Counted by hand: 5 pairs together in the first, 5 in the second, 3 in both, of 21 pairs.
    assert plain["ari"] == pytest.approx((3 - 25 / 21) / (5 - 25 / 21))


def test_unnamed_groups_are_matched_by_who_is_in_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    kinds = ["G1"] * 3 + ["G2"] * 4
    turned = ["G2"] * 3 + ["G1"] * 4
    one, other = (
        assignments(tmp_path / name, *((f"0100000{n}", "Ort", k) for n, k in enumerate(given)))
        for name, given in (("a.csv", kinds), ("b.csv", turned))
    )
    main(["compare", str(one), str(other)])
    said = capsys.readouterr().out
    assert "G1 → G2, G2 → G1" in said
    assert "Keine Kommune wechselte" in said


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"", "keine Zuordnung"),
        (b"a,b\r\n1,2\r\n", "keine Zuordnung"),
        (b"\xff\xfe\x00", "keine Zuordnung"),
        ((HEADER + "01,A,B,,,,,,\r\n01,A,O,,,,,,\r\n").encode(), "mehrfach"),
        ((HEADER + "99,A,B,,,,,,\r\n").encode(), "Keine Kommune"),
    ],
)
def test_what_cannot_be_compared_is_refused_in_one_sentence(
    content: bytes, word: str, result: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    broken = tmp_path / "kaputt.csv"
    broken.write_bytes(content)
    assert main(["compare", str(result / "assignments.csv"), str(broken)]) == 2
    said = capsys.readouterr()
    assert not said.out
    assert word in said.err
    assert len(said.err.splitlines()) == 1


def test_agreement_is_said_in_words_that_grow_weaker():
    words = [agreement_sentence(ari) for ari in (1.0, 0.95, 0.8, 0.5, 0.1, -0.05)]
    assert len(set(words)) == 6
    assert "Zufall" in words[-1]
    assert agreement_sentence(None)
