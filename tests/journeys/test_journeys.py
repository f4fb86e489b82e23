"""What a visitor's browser meets: only this server, German, no barriers, no markup from data."""

import io
import re
import sys
import urllib.error
import urllib.request
import zipfile
from email.message import Message
from pathlib import Path

import axe_playwright_python
import pytest
from english_words import english_texts
from playwright.sync_api import Browser, BrowserContext, Page, expect
from survey_files import HOSTILE_NAMES, hostile_bytes, sample_bytes
from visits import Server, Visit, start_server, watch

from assessment.ui.navigation import MENU

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

ADDRESSES = ["" if e.start else e.url for entries in MENU.values() for e in entries]
TITLES = [entry.title for entries in MENU.values() for entry in entries]
AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js")

NOT_OURS = {
    "list": "Streamlit's menu with sections nests lists wrongly",
    "listitem": "the same",
}
"""Findings of axe that come from Streamlit's own markup (reference: streamlit.md, 1.4)."""


def test_pages_ask_only_this_server_and_obey_the_policy(visit: Visit) -> None:
    for address in ADDRESSES:
        visit.open(address)
    assert visit.foreign == []
    assert visit.violations == []


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_english_and_language_is_german(visit: Visit, address: str) -> None:
    page = visit.open(address)
    assert page.evaluate("document.documentElement.lang") == "de"
    assert english_texts(page) == set()


def test_menus_and_uploader_are_german_too(visit: Visit) -> None:
    page = visit.open("einlesen")
    page.locator('[data-testid="stMainMenu"] button').click()
    page.wait_for_timeout(500)
    assert english_texts(page) == set()
    page.keyboard.press("Escape")
    page.set_input_files("input[type=file]", files=[_file("welle.xlsx", sample_bytes())])
    page.wait_for_selector('[role="tab"]', timeout=60_000)
    visit.settle()
    for tab in ("Zuordnung", "Hinweise", "Doppelte", "Unterschiede", "Fragebogen"):
        page.get_by_role("tab", name=tab).click()
        visit.settle()
        assert english_texts(page) == set(), tab


@pytest.mark.parametrize("address", ADDRESSES)
def test_axe_finds_nothing_serious_of_ours(visit: Visit, address: str) -> None:
    page = visit.open(address)
    # Through the debugger, not as a script of the page: the policy forbids foreign scripts.
    page.evaluate(AXE.read_text(encoding="utf-8"))
    result = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    serious = {
        finding["id"]: [node["html"][:160] for node in finding["nodes"]]
        for finding in result["violations"]
        if finding["impact"] in ("serious", "critical") and finding["id"] not in NOT_OURS
    }
    assert serious == {}


@pytest.mark.parametrize("width", [820, 1440])
def test_nothing_sticks_out(visit: Visit, width: int) -> None:
    visit.page.set_viewport_size({"width": width, "height": 1000})
    for address in ADDRESSES:
        page = visit.open(address)
        over = page.evaluate(
            "(() => { const m = document.querySelector('[data-testid=stMain]');"
            "return Math.max(m.scrollWidth - m.clientWidth,"
            "document.documentElement.scrollWidth - innerWidth); })()"
        )
        assert over <= 0, address


def test_first_screen_of_a_municipality_says_five_things(visit: Visit) -> None:
    page = visit.open("profil")
    texts = ("zugeordnet", "Wo stehen wir?", "Drei Stärken", "Drei Lücken", "Drei nächste Schritte")
    for text in (*texts, "Was kostet es ungefähr?", "Selbstauskunft"):
        box = page.get_by_text(text).first.bounding_box()
        assert box is not None, text
        assert box["y"] + box["height"] <= 900, text
    drawing = page.locator('[data-testid="stImage"] img').last.bounding_box()
    assert drawing is not None
    assert drawing["y"] + drawing["height"] <= 900


def test_choose_by_search_and_pass_on_by_address(
    visit: Visit, browser: Browser, served: Server
) -> None:
    page = visit.open("profil")
    before = page.locator("h1").inner_text()
    search = page.get_by_label("Kommune suchen")
    search.fill("kerbel")
    search.press("Enter")
    expect(page.locator("h1")).not_to_have_text(before, timeout=20_000)
    visit.settle()
    name = page.locator("h1").inner_text()
    assert "kerbel" in name.casefold()
    match = re.search(r"kommune=(\w+)", page.url)
    assert match
    colleague = browser.new_context(locale="de-DE")
    other = watch(colleague.new_page(), served).open(f"profil?kommune={match[1]}")
    assert other.locator("h1").inner_text() == name
    colleague.close()


def test_upload_and_take_over(visit: Visit) -> None:
    page = visit.open("einlesen")
    _take_over(visit, page, "eigene.xlsx", sample_bytes())
    page.get_by_role("link", name="Zur Übersicht").click()
    expect(page.locator("h1")).to_have_text("Übersicht", timeout=20_000)
    visit.settle()
    expect(page.get_by_text("eigene.xlsx")).to_be_visible()


def test_refused_file_says_what_to_do(visit: Visit) -> None:
    page = visit.open("einlesen")
    page.set_input_files("input[type=file]", files=[_file("kaputt.xlsx", b"PK\x03\x04 kaputt")])
    alert = page.get_by_test_id("stAlert")
    alert.wait_for(timeout=30_000)
    assert "Bitte" in alert.inner_text() or "bitte" in alert.inner_text()
    assert english_texts(page) == set()


def test_hostile_names_stay_text_on_every_page_and_in_every_export(visit: Visit) -> None:
    page = visit.open("einlesen")
    _take_over(visit, page, "böse.xlsx", hostile_bytes())
    for title in TITLES:
        page.get_by_test_id("stSidebarNavLink").filter(has_text=title).first.click()
        page.wait_for_timeout(400)
        visit.settle()
        if title == "Profil":
            for name in HOSTILE_NAMES[:3]:
                page.get_by_label("Kommune suchen").fill(name)
                page.get_by_label("Kommune suchen").press("Enter")
                page.wait_for_timeout(900)
                visit.settle()
                shown = page.locator("h1").inner_text().replace("\u2060", "")
                assert shown == name
                assert page.locator("[data-testid=stMain] img[src*='127.0.0.1:9']").count() == 0
        if title == "Qualität":
            _check_exports(page)
        assert page.evaluate("window.__xss") is None, title
        links = page.evaluate(
            "[...document.querySelectorAll('a')].map(a => a.href).filter(h => h.includes(':9'))"
        )
        assert links == [], title
    assert visit.foreign == []
    assert visit.violations == []


def test_cold_server_answers_a_deep_link_through_the_entry_script(
    cold: Server, context: BrowserContext
) -> None:
    visit = watch(context.new_page(), cold)
    page = visit.open("profil")
    _is_inside_the_shell(page)
    assert page.get_by_text("nicht gefunden").count() == 0
    assert page.locator("h1").inner_text() not in ("", "Übersicht")


def test_cold_plain_streamlit_shows_no_page_past_the_entry_script(
    context: BrowserContext, tmp_path: Path
) -> None:
    command = [
        *(sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", "{port}"),
        *("--server.address", "127.0.0.1"),
    ]
    process, server = start_server(tmp_path, command)
    try:
        visit = watch(context.new_page(), server)
        for address in ("profil", "qualitaet"):
            page = visit.open(address)
            _is_inside_the_shell(page)
        # Here the page's own script sets it, a moment after the first texts are there.
        expect(page.locator("html")).to_have_attribute("lang", "de")
        assert english_texts(page) == set()
        assert visit.foreign == []
    finally:
        process.terminate()
        process.wait(timeout=20)


def test_headers_on_every_route(served: Server) -> None:
    for path in ("/", "/profil", "/healthz", "/_stcore/health", "/sprache.js", "/static/nichts"):
        headers = _headers(f"{served.url}{path}")
        assert "default-src 'none'" in headers["Content-Security-Policy"], path
        assert "unsafe-eval" not in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["Referrer-Policy"] == "same-origin"
        assert headers.get("Server") is None
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(f"{served.url}/_stcore/metrics")
    assert refused.value.code == 404


def _headers(url: str) -> Message:
    try:
        with urllib.request.urlopen(url) as answer:
            return answer.headers
    except urllib.error.HTTPError as error:
        return error.headers


def _is_inside_the_shell(page: Page) -> None:
    menu = page.get_by_test_id("stSidebarNav")
    menu.wait_for(timeout=20_000)
    for section in MENU:
        assert section in menu.inner_text()
    assert page.get_by_test_id("stSidebarLogo").count() >= 1


def _file(name: str, content: bytes) -> dict:
    return {"name": name, "mimeType": "application/octet-stream", "buffer": content}


def _take_over(visit: Visit, page: Page, name: str, content: bytes) -> None:
    page.set_input_files("input[type=file]", files=[_file(name, content)])
    page.wait_for_selector('[role="tab"]', timeout=60_000)
    visit.settle()
    page.get_by_role("button", name="Übernehmen").click()
    page.get_by_text("Alle Seiten zeigen jetzt diese Erhebung").wait_for(timeout=60_000)
    visit.settle()


def _check_exports(page: Page) -> None:
    with page.expect_download() as ledger:
        page.get_by_role("button", name="Protokoll (Excel)").click()
    content = Path(ledger.value.path()).read_bytes()
    assert re.search(r"protokoll-[0-9a-f]{8}\.xlsx", ledger.value.suggested_filename)
    for name in (archive := zipfile.ZipFile(io.BytesIO(content))).namelist():
        text = archive.read(name).decode("utf-8")
        assert "<f>" not in text
        assert "<hyperlink" not in text
    with page.expect_download() as answers:
        page.get_by_role("button", name="Antworten (CSV)").click()
    csv_text = Path(answers.value.path()).read_text(encoding="utf-8-sig")
    assert "'=HYPERLINK" in csv_text
    assert not re.search(r'(^|;)"?=HYPERLINK', csv_text, re.MULTILINE)
