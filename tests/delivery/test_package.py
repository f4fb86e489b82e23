"""One ZIP per municipality: everything in it, equal bytes, a note that lists the files."""

import io
import re
import zipfile
from dataclasses import replace
from datetime import date

import pytest
from planned_municipality import plan_of

from assessment import pipeline
from assessment.delivery.archive import archive_bytes
from assessment.delivery.package import README, package
from assessment.profiles.dossier import Dossier
from assessment.profiles.variants import Variant
from assessment.typology.progress import Stopped

DAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def dossier() -> Dossier:
    sample = pipeline.assess_sample()
    key = sample.survey.keys[3]
    return Dossier(sample, key, plan=plan_of(sample, key))


@pytest.fixture(scope="module")
def packed(dossier: Dossier) -> tuple[str, bytes]:
    return package(dossier, DAY)


def opened(data: bytes) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(data))


def test_it_holds_papers_vorlage_slides_and_tables(packed: tuple[str, bytes]) -> None:
    name, data = packed
    assert name == "Paket_Pfriemelkamp_2026-11-22.zip"
    files = opened(data).namelist()
    assert files[0] == README
    subjects = [file.partition("_Pfriemelkamp_2026-11-22.") for file in files[1:]]
    assert {(subject, ending) for subject, _, ending in subjects} >= {
        ("Vorlage", "docx"),
        ("Vorlage", "pdf"),
        ("Folien", "pptx"),
        ("Anlage1_Kurzfassung", "pdf"),
        ("Anlage2_Digitale-Selbsteinschaetzung", "pdf"),
        ("Anlage3_Massnahmen-und-Roadmap", "pdf"),
        ("Anlage4_Glossar-und-Methodik", "pdf"),
        ("Sachstandsbericht", "pdf"),
        ("Steckbrief", "pdf"),
        ("Ergebnisse", "xlsx"),
        ("Tabellen/Ergebnisse", "csv"),
        ("Tabellen-maschinenlesbar/Ergebnisse", "csv"),
    }
    assert not any("Informationssicherheit" in file for file in files)


def test_the_note_lists_each_file_and_what_is_missing(packed: tuple[str, bytes]) -> None:
    archive = opened(packed[1])
    raw = archive.read(README)
    note = raw.decode("utf-8-sig")
    assert raw.count(b"\n") == raw.count(b"\r\n"), "reads well in every editor of Windows"
    for file in archive.namelist()[1:]:
        assert f"\r\n{file}\r\n" in note
    assert "Beispieldaten" in note
    assert "Stichtag der Antworten: 31.12.2025" in note
    assert "Erstellt am 22.11.2026" in note
    missing = note.partition("Nicht enthalten:")[2]
    assert "Informationssicherheit" in missing


def test_equal_input_gives_equal_bytes(dossier: Dossier, packed: tuple[str, bytes]) -> None:
    again = Dossier(dossier.assessment, dossier.key, plan=dossier.plan)
    assert package(again, DAY) == packed


def test_the_closed_package_differs_by_name_everywhere(dossier: Dossier) -> None:
    told: list[tuple[float, str]] = []
    closed = replace(dossier, variant=Variant.CLOSED)
    name, data = package(closed, DAY, report=lambda share, what: told.append((share, what)))
    files = [file for file in opened(data).namelist() if file != README]
    assert all(re.search(r"_nichtoeffentlich\.\w+$", file) for file in (name, *files))
    assert any(file.startswith("Anlage5_Informationssicherheit") for file in files)
    shares = [share for share, _ in told]
    assert shares == sorted(shares)
    assert shares[-1] == 1.0


def test_it_can_be_stopped(dossier: Dossier) -> None:
    def stop(share: float, what: str) -> None:
        raise Stopped

    with pytest.raises(Stopped):
        package(dossier, DAY, report=stop)


def test_archives_know_no_clock_and_no_equal_names() -> None:
    data = archive_bytes([("b.txt", b"zwei"), ("a.pdf", b"eins")])
    infos = opened(data).infolist()
    assert [info.filename for info in infos] == ["b.txt", "a.pdf"]
    assert {info.date_time for info in infos} == {(1980, 1, 1, 0, 0, 0)}
    with pytest.raises(ValueError, match=r"A\.txt"):
        archive_bytes([("a.txt", b""), ("A.txt", b"")])


def test_no_character_of_a_name_loses_the_package(dossier: Dossier) -> None:
    survey = dossier.assessment.survey
    names = {**survey.names, dossier.key: "x\ud800y\x1b\u202e"}
    renamed = replace(dossier.assessment, survey=replace(survey, names=names))
    _, data = package(Dossier(renamed, dossier.key), DAY)
    note = opened(data).read(README).decode("utf-8-sig")
    assert "\x1b" not in note
    assert note.count("\r\n") > 10
