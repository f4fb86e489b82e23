"""``report``, ``reports`` and ``council-paper`` as somebody types them."""

import io
import zipfile
from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader

from assessment.cli.main import main
from assessment.importing.importer import import_survey
from assessment.measures.plan_file import plan_to_yaml
from assessment.measures.plan_types import MunicipalityPlan, PlannedMeasure, Status

DAY = ("--date", "2026-11-22")


@pytest.fixture(scope="session")
def few(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("wenige") / "wenige.xlsx"
    assert main(["sample", "--n", "12", "--seed", "7", "--out", str(path)]) == 0
    return path


@pytest.fixture(scope="session")
def survey(few: Path):
    return import_survey(few.read_bytes(), few.name).survey


@pytest.fixture(scope="session")
def key(survey) -> str:
    return survey.keys[2]


@pytest.fixture
def plan_file(survey, key: str, tmp_path: Path) -> Path:
    plan = MunicipalityPlan(
        municipality=key,
        name=survey.name_of(key),
        measures=(
            PlannedMeasure(id="M001", status=Status.DONE),
            PlannedMeasure(
                id="M004",
                status=Status.DELAYED,
                # Delayed, but begun: its begin lies in the past.
                start=date(2026, 3, 1),
                cause="Die Stelle ist nicht besetzt.",
            ),
        ),
    )
    path = tmp_path / "plan.yaml"
    path.write_text(plan_to_yaml(plan), encoding="utf-8")
    return path


def text_of(path: Path) -> str:
    return " ".join(
        " ".join(
            page.extract_text() for page in PdfReader(io.BytesIO(path.read_bytes())).pages
        ).split()
    )


def report(file: Path, who: str, kind: str, out: Path, *more: str) -> int:
    arguments = ["report", str(file), "--municipality", who, "--kind", kind, "--out", str(out)]
    return main([*arguments, *DAY, *more])


def test_a_steckbrief_by_name_is_that_of_the_key(
    few: Path, survey, key: str, tmp_path: Path, capsys
):
    by_key, by_name = tmp_path / "neu" / "a.pdf", tmp_path / "b.pdf"
    assert report(few, key, "steckbrief", by_key) == 0
    assert survey.name_of(key) in capsys.readouterr().out
    assert report(few, survey.name_of(key), "steckbrief", by_name) == 0
    assert by_key.read_bytes() == by_name.read_bytes()
    assert "Erstellt am 22.11.2026" in text_of(by_key)


def test_the_ending_decides_the_form(few: Path, key: str, tmp_path: Path):
    word, plain = tmp_path / "m.docx", tmp_path / "m.TXT"
    assert report(few, key, "massnahmen", word) == 0
    assert report(few, key, "massnahmen", plain) == 0
    with zipfile.ZipFile(word) as archive:
        assert "word/document.xml" in archive.namelist()
    assert "Vorschlag der Anwendung" in plain.read_text(encoding="utf-8-sig")


def test_a_plan_makes_the_sachstandsbericht(few: Path, key: str, plan_file: Path, tmp_path: Path):
    out = tmp_path / "s.pdf"
    assert report(few, key, "sachstand", out, "--plan", str(plan_file)) == 0
    text = text_of(out)
    assert "ist von 2 Maßnahmen eine erledigt; begonnen: 1." in text
    assert "Die Stelle ist nicht besetzt." in text
    assert "[bitte ergänzen]" in text, "nobody has written what can be done"


def test_an_earlier_file_shows_what_has_changed(sample: Path, tmp_path: Path):
    later = tmp_path / "spaeter.xlsx"
    arguments = ["sample", "--n", "60", "--seed", "7", "--wave", "2", "--out", str(later)]
    assert main(arguments) == 0
    before, after = (
        import_survey(path.read_bytes(), path.name).survey.keys for path in (sample, later)
    )
    who = next(key for key in before if key in set(after))
    out = tmp_path / "s.txt"
    assert report(later, who, "sachstand", out, "--before", str(sample)) == 0
    text = out.read_text(encoding="utf-8-sig")
    assert "Stufen seit der Erhebung" in text
    assert "vergleichbaren Feldern" in text


def refused(capsys, status: int) -> str:
    assert status == 2
    message = capsys.readouterr().err.strip()
    assert "\n" not in message
    assert "Traceback" not in message
    return message


def test_what_needs_another_variant_or_a_plan_says_so(few: Path, key: str, tmp_path: Path, capsys):
    out = tmp_path / "x.pdf"
    assert "nichtöffentlich" in refused(capsys, report(few, key, "sicherheit", out))
    assert "Plan" in refused(capsys, report(few, key, "sachstand", out))
    assert not out.exists()
    assert report(few, key, "sicherheit", out, "--variant", "nichtoeffentlich") == 0
    assert "Nichtöffentlich" in text_of(out)


def test_wrong_arguments_are_refused_in_one_sentence(few: Path, key: str, tmp_path: Path, capsys):
    out = tmp_path / "x.pdf"
    before = few.read_bytes()
    assert "nicht vor" in refused(capsys, report(few, "Nirgends", "steckbrief", out))
    assert ".pdf" in refused(capsys, report(few, key, "steckbrief", tmp_path / "x.odt"))
    assert ".pdf" in refused(capsys, report(few, key, "steckbrief", few))
    message = refused(capsys, report(few, key, "steckbrief", out, "--date", "gestern"))
    assert "gestern" in message
    assert "gibt es nicht" in refused(
        capsys, report(few, key, "steckbrief", out, "--plan", str(tmp_path / "nie.yaml"))
    )
    assert few.read_bytes() == before
    assert not out.exists()


def test_no_input_is_written_over(few: Path, key: str, tmp_path: Path, capsys):
    plan = tmp_path / "plan.txt"
    plan.write_text(plan_to_yaml(MunicipalityPlan(municipality=key, name="X")), encoding="utf-8")
    before = plan.read_bytes()
    message = refused(capsys, report(few, key, "massnahmen", plan, "--plan", str(plan)))
    assert "nicht überschrieben" in message
    assert plan.read_bytes() == before


def test_the_plan_of_another_municipality_is_refused(
    few: Path, survey, plan_file: Path, tmp_path: Path, capsys
):
    out = tmp_path / "x.pdf"
    status = report(few, survey.keys[3], "massnahmen", out, "--plan", str(plan_file))
    assert "plan.yaml" in refused(capsys, status)


def test_a_kind_there_is_not_ends_with_the_choice(few: Path, key: str, tmp_path: Path, capsys):
    with pytest.raises(SystemExit) as ended:
        report(few, key, "roman", tmp_path / "x.pdf")
    assert ended.value.code == 2
    assert "kurzfassung" in capsys.readouterr().err


def test_reports_of_all_lie_in_a_folder(few: Path, tmp_path: Path, capsys):
    folder = tmp_path / "neu" / "alle"
    assert main(["reports", str(few), "--out", str(folder), *DAY]) == 0
    said = capsys.readouterr()
    assert "12 Dateien" in said.out
    assert said.err == "", "no progress where nobody watches"
    files = sorted(path.name for path in folder.glob("*.pdf"))
    assert len(files) == 13, "one each and the collective report"
    assert all(name.endswith("_2026-11-22.pdf") for name in files)


def test_reports_refuse_files_and_anonymity(few: Path, tmp_path: Path, capsys):
    before = few.read_bytes()
    assert "Datei" in refused(capsys, main(["reports", str(few), "--out", str(few)]))
    anonymous = ["reports", str(few), "--out", str(tmp_path / "a"), "--variant", "anonymisiert"]
    assert refused(capsys, main(anonymous))
    assert few.read_bytes() == before


def test_a_vorlage_keeps_its_order_and_lists_what_is_open(
    few: Path, key: str, plan_file: Path, tmp_path: Path, capsys
):
    orders = {}
    for preset in ("beschluss-zuerst", "sachverhalt-zuerst"):
        out = tmp_path / f"{preset}.txt"
        arguments = ["council-paper", str(few), "--municipality", key, "--preset", preset]
        status = main([*arguments, "--plan", str(plan_file), "--out", str(out), *DAY])
        text = out.read_text(encoding="utf-8-sig")
        remarks = capsys.readouterr().err
        # The sample names nobody: something is always left for people.
        assert status == 1
        assert remarks.startswith("Noch zu ergänzen oder zu prüfen (")
        orders[preset] = text.index("\nBeschlussvorschlag") < text.index("\nSachverhalt")
    assert orders == {"beschluss-zuerst": True, "sachverhalt-zuerst": False}


def test_a_vorlage_needs_no_plan(few: Path, key: str, tmp_path: Path):
    out = tmp_path / "v.docx"
    arguments = ["council-paper", str(few), "--municipality", key, "--out", str(out), *DAY]
    assert main(arguments) == 1
    with zipfile.ZipFile(out) as archive:
        assert "word/document.xml" in archive.namelist()


def test_a_target_that_cannot_be_written_is_named_before_the_work(
    few: Path, key: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "d.zip"
    folder.mkdir()
    with pytest.raises(SystemExit) as ended:
        main(["reports", str(few), "--out", ""])
    assert ended.value.code == 2
    assert "fehlt der Name der Zieldatei" in capsys.readouterr().err
    assert main(["reports", str(few), "--out", str(folder)]) == 2
    assert f"„{folder}“ ist ein Ordner" in capsys.readouterr().err
    inside_a_file = few / "x.pdf"
    long_name = tmp_path / f"{'n' * 300}.pdf"
    for out, why in ((inside_a_file, "eine Datei und kein Ordner"), (long_name, "zu lang")):
        assert report(few, key, "steckbrief", out) == 2
        said = capsys.readouterr().err
        assert str(out) in said
        assert why in said
    assert main(["reports", str(few), "--out", str(few / "alle.zip")]) == 2
    assert str(few / "alle.zip") in capsys.readouterr().err
