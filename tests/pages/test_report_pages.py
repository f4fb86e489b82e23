"""Berichte and Alle Kommunen: what is offered, under which name, and what becomes of the files."""

import io
import re
import threading
import time
import zipfile
from datetime import date
from pathlib import Path

import pytest
from paper_pages import EVERYBODY, REPORTS, watch_downloads, with_plan
from plan_pages import asked, field, open_panel, opened, press, says, texts, went
from streamlit.testing.v1 import AppTest
from survey_files import MARKERS, foreign_bytes, hostile_bytes

from assessment.delivery.bulk import BulkResult, FailedReport
from assessment.delivery.documents import document_file, offers
from assessment.importing.importer import import_survey
from assessment.profiles.dossier import Dossier
from assessment.profiles.variants import Variant
from assessment.remarks import InputRefused
from assessment.reports.branding import Branding
from assessment.reports.document import DocumentKind
from assessment.reports.pdf.writer import pdf_pages
from assessment.ui import bulk_desk
from assessment.ui.bulk_file import BulkFile, BulkOrder, remove_all
from assessment.ui.loaders import register, sample
from assessment.ui.plan_page import today
from assessment.ui.state import SessionSurveys
from assessment.ui.taken import share

KINDS = (
    "Vorlage", "Kurzfassung", "Ergebnisbericht", "Maßnahmen und Roadmap", "Glossar und Methodik",
    "Sachstandsbericht", "Steckbrief der Kommune",
)  # fmt: skip
CREST = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 50">'
    b'<path d="M0 0h40v30l-20 20L0 30z" fill="#224488"/></svg>'
)


def with_survey(app: AppTest, data: bytes, name: str) -> AppTest:
    survey = import_survey(data, name, register=register()).survey
    app.session_state["session_surveys"] = SessionSurveys([share(survey)], 0)
    return app


def chosen(app: AppTest, variant: Variant) -> AppTest:
    app.session_state["report-variant"] = variant
    app.run()
    assert not app.exception, app.exception
    return app


def test_every_paper_says_what_it_is_for_and_how_long(
    app: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = watch_downloads(monkeypatch)
    page = opened(app, REPORTS)
    cards = {text.split("**")[1]: text for text in texts(page) if text.startswith("**")}
    assert tuple(cards) == KINDS
    for name, text in cards.items():
        assert "Seite" in text, name
        assert text.split("  \n")[1].startswith(("Für ", "Der Text für ")), name
    assert "Kurzfassung als PDF" in files.names
    assert "Kurzfassung als Word" in files.names
    # Nothing to report on yet: no button, but the reason.
    assert not any("Sachstand" in label for label in files.names)
    assert says(page, "Einen Sachstandsbericht gibt es, sobald")


def test_the_number_of_pages_is_as_promised(app: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    files = watch_downloads(monkeypatch)
    page = with_plan(app, 3)
    files.builders.clear()
    went(page, REPORTS)
    for text in texts(page):
        said = re.search(r"(\d+)(?:–(\d+))? Seiten?\b", text)
        label = f"{text.split('**')[1]} als PDF" if said else ""
        if said and label in files.builders:
            pages = pdf_pages(files.build(label))
            assert int(said[1]) <= pages <= int(said[2] or said[1]), label


def test_the_variant_stands_in_every_name(app: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    files = watch_downloads(monkeypatch)
    page = opened(app, REPORTS)
    name = sample().survey.name_of(sample().keys[0]).partition(",")[0]
    public = dict(files.names)
    assert all(name in each for each in public.values())
    assert not any("Fragebogen" in label or "Sicherheit" in label for label in public)
    files.names.clear()
    chosen(page, Variant.CLOSED)
    assert all("_nichtoeffentlich." in each for each in files.names.values())
    assert {"Informationssicherheit als PDF", "Ausgefüllter Fragebogen (Excel)"} <= set(files.names)
    files.names.clear()
    chosen(page, Variant.ANONYMOUS)
    assert files.names
    key = asked(page, "kommune")
    told = [each for each in files.names.values() if name in each or key in each]
    assert told == []
    assert all("_anonymisiert." in each for each in files.names.values())
    assert not any(label.startswith("Vorlage") for label in files.names)


@pytest.mark.parametrize("variant", list(Variant))
def test_a_button_gives_the_name_that_the_file_has_elsewhere(
    app: AppTest, monkeypatch: pytest.MonkeyPatch, variant: Variant
) -> None:
    files = watch_downloads(monkeypatch)
    page = opened(app, REPORTS)
    files.names.clear()
    chosen(page, variant)
    dossier = Dossier(sample().assessment, sample().keys[0], variant=variant)
    found = [offer for offer in offers(dossier) if offer.available]
    assert found
    for offer in found:
        name, _ = document_file(offer.kind, dossier, today(), form="txt")
        assert files.names[f"{offer.name} als PDF"] == name.replace(".txt", ".pdf")


def test_tables_are_csv_files_in_one_archive(app: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    files = watch_downloads(monkeypatch)
    opened(app, REPORTS)
    with zipfile.ZipFile(io.BytesIO(files.build("CSV für Excel (ZIP)"))) as packed:
        assert "Ergebnisse.csv" in packed.namelist()
        for name in packed.namelist():
            assert packed.read(name).startswith(b"\xef\xbb\xbf"), name
    with zipfile.ZipFile(io.BytesIO(files.build("CSV maschinenlesbar (ZIP)"))) as packed:
        assert not packed.read("Ergebnisse.csv").startswith(b"\xef\xbb\xbf")


def test_colours_are_checked_and_a_crest_needs_consent(
    app: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = watch_downloads(monkeypatch)
    page = open_panel(opened(app, REPORTS), "report-look")
    key = asked(page, "kommune")
    before = files.build("Kurzfassung als PDF")
    assert says(page, "Beide Farben sind auf weißem Papier gut lesbar")
    assert page.file_uploader[0].disabled
    page.color_picker[0].set_value("#FFEE00").run()
    assert any(text.startswith("▲ ") and "#FFEE00" in text for text in texts(page))
    assert files.build("Kurzfassung als PDF") != before
    page.checkbox(key=f"branding-consent-{key}").check().run()
    assert not page.file_uploader[0].disabled
    page.file_uploader[0].set_value(("wappen.svg", b"<html></html>", "image/svg+xml")).run()
    assert len(page.error) == 1
    assert not page.exception
    page.file_uploader[0].set_value(("wappen.svg", CREST, "image/svg+xml")).run()
    assert not page.exception
    assert page.session_state["branding"][key].crest.format == "svg"
    press(page, "Wappen entfernen")
    assert page.session_state["branding"][key] == Branding(primary="#FFEE00")


@pytest.mark.parametrize("script", [REPORTS, EVERYBODY])
def test_a_survey_without_levels_still_has_its_files(
    app: AppTest, script: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = watch_downloads(monkeypatch)
    page = opened(with_survey(app, foreign_bytes(), "fremd.csv"), script)
    assert files.names
    for label in ("Steckbrief der Kommune als PDF", "Ergebnisse (Excel)", "Sammelbericht (PDF)"):
        if label in files.names:
            assert files.build(label)[:4] in (b"%PDF", b"PK\x03\x04"), label
    assert not page.error


def test_an_unknown_municipality_is_told(app: AppTest) -> None:
    app.query_params["kommune"] = "99999999"
    page = opened(app, REPORTS)
    assert says(page, "gibt es in der gewählten Erhebung nicht")


@pytest.mark.parametrize("script", [REPORTS, EVERYBODY])
def test_names_of_files_and_municipalities_stay_text(
    app: AppTest, script: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = watch_downloads(monkeypatch)
    page = opened(with_survey(app, hostile_bytes(), "böse.xlsx"), script)
    for element in (*page.title, *page.header, *page.markdown, *page.caption):
        assert not any(marker in str(element.value) for marker in MARKERS)
    assert all(
        name.isascii() and not set(name) & set('/\\:*?"<>| ') for name in files.names.values()
    )


def fake_result(failed: tuple[FailedReport, ...] = ()) -> BulkResult:
    return BulkResult((), failed, "412 Dateien sind erstellt.")


def finished(page: AppTest) -> AppTest:
    """The page after its job is over."""
    job = page.session_state["bulk_desk"].job
    assert job is None or job.wait(30)
    page.run()
    assert not page.exception, page.exception
    return page


def test_the_archive_lives_as_long_as_it_is_wanted(
    app: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = watch_downloads(monkeypatch)
    made: list[Path] = []

    def write(assessment, kind, created: date, path: Path, **rest) -> BulkResult:
        made.append(path)
        path.write_bytes(b"PK %d" % len(made))
        failed = (FailedReport("01", "Ort", "Es fehlt etwas."),)
        return fake_result(failed if len(made) == 1 else ())

    monkeypatch.setattr(bulk_desk, "write_reports", write)
    page = opened(app, EVERYBODY)
    press(page, "Alle 412 Unterlagen erstellen")
    finished(page)
    assert says(page, "412 Dateien sind erstellt.")
    assert says(page, "Ort (01): Es fehlt etwas.")
    label = next(label for label in files.names if label.startswith("Herunterladen"))
    assert files.names[label].startswith("Alle-Kommunen_Steckbrief-der-Kommune_")
    assert files.build(label) == b"PK 1"
    press(page, "Alle 412 Unterlagen erstellen")
    finished(page)
    assert [path.exists() for path in made] == [False, True]
    # The server is stopped while the session goes on.
    remove_all()
    assert not made[1].exists()


def test_the_archive_goes_when_its_session_is_over(tmp_path: Path) -> None:
    looks = 0

    def active() -> bool:
        nonlocal looks
        looks += 1
        return looks == 3  # Away twice, there once, then away for good.

    path = tmp_path / "alle.zip"
    path.write_bytes(b"PK")
    order = BulkOrder(
        sample().assessment, None, DocumentKind.PROFILE, date(2026, 1, 1), Branding(), ""
    )
    kept = BulkFile(path, fake_result(), order, active, every=0.01)
    ends = time.monotonic() + 20
    while path.exists() and time.monotonic() < ends:
        time.sleep(0.01)
    assert kept.size == 2
    assert not path.exists()
    assert looks == 3 + 6


def test_a_job_can_be_stopped_and_leaves_nothing(
    app: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, go_on = threading.Event(), threading.Event()
    made: list[Path] = []

    def write(assessment, kind, created: date, path: Path, *, progress, **rest) -> BulkResult:
        made.append(path)
        progress(0.25, "103 von 412: Musterstadt")
        begun.set()
        go_on.wait(30)
        progress(0.5, "206 von 412: Musterdorf")
        return fake_result()

    monkeypatch.setattr(bulk_desk, "write_reports", write)
    page = opened(app, EVERYBODY)
    press(page, "Alle 412 Unterlagen erstellen")
    assert begun.wait(30)
    page.run()
    assert not any(button.label.startswith("Alle 412") for button in page.button)
    press(page, "Abbrechen")
    go_on.set()
    finished(page)
    assert [str(one.value) for one in page.warning] == [
        "Abgebrochen\\. Es wurde keine Datei behalten\\."
    ]
    assert not made[0].exists()
    assert any(button.label.startswith("Alle 412") for button in page.button)


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (InputRefused("BULK_NOTHING", "Für keine Kommune gibt es etwas."), "Für keine Kommune"),
        (OSError("no space left"), "konnten nicht erstellt werden"),
    ],
)
def test_a_job_that_fails_says_so_in_one_sentence(
    app: AppTest, monkeypatch: pytest.MonkeyPatch, error: Exception, said: str
) -> None:
    made: list[Path] = []

    def write(assessment, kind, created: date, path: Path, **rest) -> BulkResult:
        made.append(path)
        raise error

    monkeypatch.setattr(bulk_desk, "write_reports", write)
    page = opened(app, EVERYBODY)
    press(page, "Alle 412 Unterlagen erstellen")
    finished(page)
    assert len(page.warning) == 1
    assert said in str(page.warning[0].value)
    assert not made[0].exists()


def test_papers_of_all_bear_the_name_of_the_association(
    app: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    branding: list[Branding] = []

    def write(assessment, kind, created: date, path: Path, **rest) -> BulkResult:
        branding.append(rest["branding"])
        path.write_bytes(b"PK")
        return fake_result()

    monkeypatch.setattr(bulk_desk, "write_reports", write)
    page = open_panel(opened(app, EVERYBODY), "bulk-look")
    field(page, "Kommunalverband, der die Unterlagen erstellt").set_value("Verband Nord").run()
    press(page, "Alle 412 Unterlagen erstellen")
    finished(page)
    assert [one.association for one in branding] == ["Verband Nord"]


def test_what_a_municipality_keeps_back_stays_back_in_bulk(
    app: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    dossiers: list[Dossier] = []
    page = with_plan(app)
    [(_, planned)] = page.session_state["session_plans"]

    def write(assessment, kind, created: date, path: Path, **rest) -> BulkResult:
        dossiers.extend(rest["dossier_of"](key) for key in sample().keys)
        path.write_bytes(b"PK")
        return fake_result()

    monkeypatch.setattr(bulk_desk, "write_reports", write)
    page = went(page, EVERYBODY)
    press(page, "Alle 412 Unterlagen erstellen")
    finished(page)
    assert [dossier.key for dossier in dossiers if dossier.plan is not None] == [planned]
