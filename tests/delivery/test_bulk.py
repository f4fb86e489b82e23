"""Many documents at once: names, list, cancel, a failure that loses nothing, equal bytes."""

import csv
import hashlib
import io
import threading
import zipfile
from dataclasses import replace
from datetime import date

import pytest

from assessment import pipeline
from assessment.delivery import bulk
from assessment.delivery.bulk import FAILURES, MANIFEST, write_reports
from assessment.profiles.dossier import Dossier
from assessment.profiles.variants import Variant
from assessment.remarks import InputRefused
from assessment.reports.document import DocumentKind
from assessment.reports.pdf.writer import pdf_bytes
from assessment.typology.progress import Stopped

DAY = date(2026, 11, 22)
NAMES = ("Neustadt", "Neustadt", "Ärger am Öhr, Stadt", "../..", "=2+5", "Neustadt")


@pytest.fixture(scope="module")
def sample():
    return pipeline.assess_sample()


@pytest.fixture(scope="module")
def six(sample):
    """The sample with six municipalities of awkward names, and their keys."""
    keys = [str(key) for key in sample.survey.keys[:6]]
    names = {str(key): sample.survey.name_of(str(key)) for key in sample.survey.keys}
    survey = replace(sample.survey, names=names | dict(zip(keys, NAMES, strict=True)))
    return replace(sample, survey=survey), keys


@pytest.fixture(scope="module")
def made(six, tmp_path_factory):
    """An archive with its result and the steps told on the way."""
    assessment, keys = six
    path = tmp_path_factory.mktemp("bulk") / "alle.zip"
    steps: list[tuple[float, str]] = []
    result = write_reports(
        assessment,
        DocumentKind.PROFILE,
        DAY,
        path,
        keys=keys,
        progress=lambda share, what: steps.append((share, what)),
    )
    return path, result, steps


def rows_of(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig")), delimiter=";"))


def test_every_municipality_has_its_file_and_equal_names_stay_apart(made, six):
    path, result, _ = made
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
    assert result.failed == ()
    assert result.count == 7
    assert result.sentence == "6 Dateien „Steckbrief der Kommune“ sind erstellt."
    assert [name for name in names if name.startswith("Steckbrief_")] == sorted(
        one.file for one in result.written if one.key
    )
    assert names[-2:] == ["Sammelbericht_2026-11-22.pdf", MANIFEST]
    assert len(set(names)) == len(names) == 8
    assert all(name.isascii() and "/" not in name and ".." not in name for name in names)
    by_key = {one.key: one.file for one in result.written}
    first, second = six[1][:2]
    assert by_key[first] == f"Steckbrief_Neustadt_{first}_2026-11-22.pdf"
    assert by_key[second] == f"Steckbrief_Neustadt_{second}_2026-11-22.pdf"


def test_the_list_names_each_file_with_its_digest_and_what_it_rests_on(made, six):
    path, result, _ = made
    with zipfile.ZipFile(path) as archive:
        rows = rows_of(archive.read(MANIFEST))
        assert [row["Datei"] for row in rows] == [one.file for one in result.written]
        for row in rows:
            data = archive.read(row["Datei"])
            assert data.startswith(b"%PDF-")
            assert row["SHA-256"] == hashlib.sha256(data).hexdigest()
            assert int(row["Seiten"]) > 0
    assert {row["Erstellt am"] for row in rows} == {"22.11.2026"}
    assert all("Fragebogen 2026.1" in row["Grundlage"] for row in rows)
    assert {row["Hinweis"] for row in rows} == {
        "Beispieldaten – simuliert, keine Studienergebnisse"
    }
    named = {row["Schlüssel"]: row["Name"] for row in rows}
    assert named[six[1][2]] == "Ärger am Öhr, Stadt"
    assert named[six[1][4]] == "'=2+5"  # no formula


def test_progress_counts_up_and_says_who(made):
    _, _, steps = made
    shares = [share for share, _ in steps]
    assert shares == sorted(shares)
    assert shares[0] == 0
    assert shares[-1] == 1
    assert len(steps) == 8
    assert sum("von 6: " in what for _, what in steps) == 6


def test_equal_input_gives_equal_bytes(made, six, tmp_path):
    assessment, keys = six
    again = tmp_path / "nochmal.zip"
    # The order of the keys is not the order of the files.
    write_reports(assessment, DocumentKind.PROFILE, DAY, again, keys=keys[::-1])
    assert again.read_bytes() == made[0].read_bytes()


def test_a_folder_holds_what_an_archive_holds(made, six, tmp_path):
    assessment, keys = six
    folder = tmp_path / "neu" / "berichte"
    write_reports(assessment, DocumentKind.PROFILE, DAY, folder, keys=keys[:2])
    with zipfile.ZipFile(made[0]) as archive:
        for path in folder.glob("*.pdf"):
            assert path.read_bytes() == archive.read(path.name)
    assert len(list(folder.iterdir())) == 4


def test_stopping_leaves_no_archive_and_no_thread(six, tmp_path):
    assessment, keys = six
    seen = []

    def stop_at_third(share: float, what: str) -> None:
        seen.append(what)
        if len(seen) == 3:
            raise Stopped

    with pytest.raises(Stopped):
        write_reports(
            assessment,
            DocumentKind.PROFILE,
            DAY,
            tmp_path / "halb.zip",
            keys=keys,
            progress=stop_at_third,
        )
    assert list(tmp_path.iterdir()) == []
    assert not [one for one in threading.enumerate() if one.name.startswith("assessment-pdf")]


def test_one_failure_is_told_and_loses_nothing_else(six, tmp_path, monkeypatch, caplog):
    assessment, keys = six

    def dossier_of(key: str) -> Dossier:
        if key == keys[1]:
            raise RuntimeError("broken")
        return Dossier(assessment, key)

    def sometimes(document, branding):
        if document.municipality == NAMES[2]:
            raise InputRefused("PDF_FAILED", "Der Satz ist gescheitert.")
        return pdf_bytes(document, branding)

    monkeypatch.setattr("assessment.reports.pdf.writer.pdf_bytes", sometimes)
    path = tmp_path / "teil.zip"
    result = write_reports(
        assessment, DocumentKind.PROFILE, DAY, path, keys=keys[:4], dossier_of=dossier_of
    )
    assert {one.key for one in result.failed} == {keys[1], keys[2]}
    assert {one.key for one in result.written} == {keys[0], keys[3], ""}
    assert result.sentence.endswith(f"2 fehlen; die Gründe stehen in {FAILURES}.")
    with zipfile.ZipFile(path) as archive:
        said = archive.read(FAILURES).decode("utf-8-sig")
        assert len(rows_of(archive.read(MANIFEST))) == 3
    assert f"Ärger am Öhr, Stadt ({keys[2]}): Der Satz ist gescheitert." in said
    assert "broken" not in said
    assert "broken" in caplog.text


def test_what_cannot_be_is_refused_before_anything_is_written(six, tmp_path):
    assessment, keys = six
    path = tmp_path / "nichts.zip"
    with pytest.raises(InputRefused) as refused:
        write_reports(assessment, DocumentKind.PROFILE, DAY, path, keys=[keys[0], "99999999"])
    assert refused.value.code == "BULK_UNKNOWN"
    assert "99999999" in refused.value.message
    with pytest.raises(InputRefused) as refused:
        write_reports(assessment, DocumentKind.PROFILE, DAY, path, variant=Variant.ANONYMOUS)
    assert refused.value.code == "BULK_ANONYMOUS"
    assert list(tmp_path.iterdir()) == []


def test_few_documents_wait_in_memory(six, tmp_path, monkeypatch):
    assessment, keys = six
    waiting, most = set(), 0
    made = bulk.make_document

    def counted(kind, dossier, created):
        nonlocal most
        waiting.add(dossier.key)
        most = max(most, len(waiting))
        return made(kind, dossier, created)

    written = bulk._written

    def gone(planned, data):
        waiting.discard(planned.key)
        return written(planned, data)

    monkeypatch.setattr(bulk, "make_document", counted)
    monkeypatch.setattr(bulk, "_written", gone)
    write_reports(assessment, DocumentKind.PROFILE, DAY, tmp_path / "alle.zip", keys=keys)
    assert most <= bulk.WAITING
