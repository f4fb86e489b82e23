"""J1 to J3 in a browser: a Vorlage is built and copied, papers are read, all are made at once."""

import io
import re
import zipfile
from collections.abc import Iterator

import docx
import pypdf
import pytest
from playwright.sync_api import Browser, Page
from test_plan_journey import go, is_sound, tab
from visits import Server, Visit, watch

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

PARTS = ("Finanzen", "Texte", "Vorschau")
SUBJECT = "Digitalisierung in Musterstadt: Beschluss der Roadmap"


@pytest.fixture(scope="module")
def visit(browser: Browser, served: Server) -> Iterator[Visit]:
    """One browser profile for all of them: it has loaded the application only once."""
    context = browser.new_context(
        locale="de-DE", viewport={"width": 1440, "height": 900}, accept_downloads=True
    )
    yield watch(context.new_page(), served)
    context.close()


def downloaded(page: Page, label: str) -> tuple[str, bytes]:
    """File name and content of a download."""
    with page.expect_download() as download:
        page.get_by_role("button", name=label, exact=True).click()
    return download.value.suggested_filename, download.value.path().read_bytes()


def paper_of_two(visit: Visit) -> Page:
    """The Vorlage with two measures in the roadmap."""
    page = visit.open("massnahmen")
    for _ in range(2):
        page.get_by_role("button", name="In die Roadmap", exact=True).first.click()
        visit.settle()
    return go(visit, "Vorlage")


def reads_twice_as_large(visit: Visit, name: str) -> None:
    """At 200 % on a tablet no line of text has to be moved sideways (AK-3.2)."""
    page = visit.page
    page.set_viewport_size({"width": 410, "height": 590})
    page.wait_for_timeout(400)
    cut = page.evaluate(
        """() => [...document.querySelectorAll('[data-testid=stMain], [data-testid=stMain] p')]
          .filter((e) => e.clientWidth && e.scrollWidth > e.clientWidth + 1)
          .map((e) => e.textContent.slice(0, 60))"""
    )
    assert cut == [], name
    page.set_viewport_size({"width": 1440, "height": 900})
    visit.settle()


def test_a_vorlage_is_built_copied_exported_and_recorded(visit: Visit) -> None:
    page = paper_of_two(visit)
    is_sound(visit, "Rahmen")
    # One number is changed and exported again without anything between: J2, step 9.
    for subject in ("Erster Betreff", SUBJECT):
        page.get_by_role("textbox", name="Betreff", exact=True).fill(subject)
        page.get_by_role("textbox", name="Aktenzeichen").click()
        visit.settle()
        name, data = downloaded(page, "Vorlage (Word)")
    assert re.fullmatch(r"Vorlage_[A-Za-z-]+_\d{4}-\d\d-\d\d\.docx", name)
    word = docx.Document(io.BytesIO(data))
    told = "\n".join(
        [one.text for one in word.paragraphs]
        + [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    )
    assert SUBJECT in told
    assert "Erster Betreff" not in told
    assert [one for one in word.paragraphs if one.style and one.style.name == "Heading 1"]

    tab(visit, "Beratungsfolge")
    page.get_by_role("button", name="Übliche Folge").click()
    visit.settle()
    day = page.get_by_role("textbox", name="1. Datum")
    day.fill("12.03.2027")
    # With the keyboard alone: the next field takes the focus, the date counts.
    day.press("Tab")
    visit.settle()
    assert page.get_by_text("Redaktionsschluss: 16.02.2027").count() == 1
    is_sound(visit, "Beratungsfolge")
    for part in PARTS:
        tab(visit, part)
        is_sound(visit, part)
    reads_twice_as_large(visit, PARTS[-1])

    tab(visit, "Text für das RIS")
    sections = page.locator('[data-testid="stCode"] code').all_inner_texts()
    assert len(sections) >= 8
    pasted = "\n".join(sections)
    assert not re.search(r"[\t<>*•\u00ad\u00a0\u200b]", pasted), "AK-2.3"
    assert "Nummerierung der Maßnahmen gibt keine Rangfolge wieder" in pasted

    tab(visit, "Nach der Sitzung")
    outcome = page.get_by_role("combobox", name="Ergebnis")
    # Scrolling closes an open list.
    outcome.scroll_into_view_if_needed()
    outcome.click()
    page.get_by_role("option", name="ungeändert beschlossen", exact=True).click()
    visit.settle()
    page.get_by_role("button", name="In die Roadmap übernehmen (2 Maßnahmen)").click()
    visit.settle()
    page = go(visit, "Roadmap")
    assert page.get_by_text("beschlossen, Fachausschuss, 12.03.2027").count() >= 1
    assert visit.foreign == []
    assert visit.violations == []


def test_papers_are_read_on_a_tablet_and_packed_for_the_file(visit: Visit) -> None:
    page = visit.page
    page.set_viewport_size({"width": 820, "height": 1180})
    visit.open("berichte")
    name, data = downloaded(page, "Kurzfassung als PDF")
    assert name.startswith("Anlage1_Kurzfassung_")
    pdf = pypdf.PdfReader(io.BytesIO(data))
    assert len(pdf.pages) == 1
    text = re.sub(r"\s+", " ", pdf.pages[0].extract_text())
    assert "Was" in text
    assert "Beispieldaten" in text
    _, packed = downloaded(page, "Alles als ZIP")
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        endings = {name.rpartition(".")[2] for name in archive.namelist()}
        assert {"pdf", "docx", "txt"} <= endings
    reads_twice_as_large(visit, "Berichte")
    page.get_by_text("Aussehen der Unterlagen: Farben und Wappen").click()
    visit.settle()
    is_sound(visit, "Berichte")
    assert visit.foreign == []


def test_all_papers_at_once_can_be_watched_and_stopped(visit: Visit) -> None:
    page = visit.open("alle-kommunen")
    is_sound(visit, "Alle Kommunen")
    reads_twice_as_large(visit, "Alle Kommunen")
    page.get_by_role("button", name="Alle 412 Unterlagen erstellen").click()
    page.get_by_text(re.compile(r"von 412: ")).first.wait_for()
    page.get_by_role("button", name="Abbrechen").click()
    page.get_by_text("Abgebrochen. Es wurde keine Datei behalten.").wait_for()
    visit.settle()
    name, data = downloaded(page, "Sammelbericht (PDF)")
    assert name.startswith("Sammelbericht_")
    assert data.startswith(b"%PDF")
    assert visit.foreign == []
