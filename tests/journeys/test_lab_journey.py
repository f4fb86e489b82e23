"""The laboratory in a real browser: progress and stop, every panel, lasso, freezing, the report."""

import re
from pathlib import Path

import axe_playwright_python
import pytest
from english_words import english_texts
from playwright.sync_api import Page, expect
from test_journeys import NOT_OURS
from visits import Visit

from assessment.ui.lab_panels import PANELS

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text(encoding="utf-8")
STUDY = 600_000
"""Milliseconds a study may take on a busy machine."""


@pytest.fixture
def lab(visit: Visit) -> Visit:
    """The lab with its study computed."""
    page = visit.open("typologie")
    page.get_by_role("tab", name=PANELS[0]).wait_for(timeout=STUDY)
    visit.settle()
    return visit


def open_panel(visit: Visit, name: str) -> Page:
    visit.page.get_by_role("tab", name=name, exact=True).click()
    visit.page.wait_for_timeout(300)
    visit.settle()
    return visit.page


def serious(page: Page) -> dict[str, list[str]]:
    page.evaluate(AXE)
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return {
        one["id"]: [node["html"][:160] for node in one["nodes"]]
        for one in found["violations"]
        if one["impact"] in ("serious", "critical") and one["id"] not in NOT_OURS
    }


def test_a_study_runs_beside_the_page_stops_and_goes_on(visit: Visit) -> None:
    page = visit.open("typologie")
    stop = page.get_by_role("button", name="Abbrechen")
    # Another test may have computed the sample already: then there is nothing to stop.
    stop.or_(page.get_by_role("tab", name=PANELS[0])).first.wait_for(timeout=STUDY)
    if stop.count():
        assert english_texts(page) == set()
        stop.click()
        page.get_by_text("Die Berechnung wurde abgebrochen").wait_for(timeout=STUDY)
        page.get_by_role("button", name="Weiterrechnen").click()
    page.get_by_role("tab", name=PANELS[0]).wait_for(timeout=STUDY)
    expect(page.get_by_text("Zeigt diese Erhebung vier Typen?")).to_be_visible()


@pytest.mark.parametrize("name", PANELS)
def test_every_panel_is_german_accessible_and_fits(lab: Visit, name: str) -> None:
    for width in (820, 1440):
        lab.page.set_viewport_size({"width": width, "height": 1000})
        page = open_panel(lab, name)
        over = page.evaluate(
            "(() => { const m = document.querySelector('[data-testid=stMain]');"
            "return Math.max(m.scrollWidth - m.clientWidth,"
            "document.documentElement.scrollWidth - innerWidth); })()"
        )
        assert over <= 0, width
    assert english_texts(page) == set()
    assert serious(page) == {}
    assert lab.foreign == []
    assert lab.violations == []


def test_a_loop_on_the_map_lists_municipalities_and_leads_to_their_profile(lab: Visit) -> None:
    page = open_panel(lab, "Kommunen")
    plot = page.locator(".js-plotly-plot .nsewdrag").first
    plot.scroll_into_view_if_needed()
    page.wait_for_timeout(500)
    box = plot.bounding_box()
    assert box is not None
    middle = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    corners = ((-150, -120), (150, -120), (150, 120), (-150, 120), (-150, -120))
    page.mouse.move(middle[0] + corners[0][0], middle[1] + corners[0][1])
    page.mouse.down()
    for right, down in corners[1:]:
        page.mouse.move(middle[0] + right, middle[1] + down, steps=6)
    page.mouse.up()
    expect(page.get_by_text(re.compile(r"^\d+ gewählt$"))).to_be_visible(timeout=30_000)
    lab.settle()
    assert english_texts(page) == set()
    link = page.get_by_test_id("stMain").get_by_test_id("stPageLink-NavLink").first
    name = link.inner_text()
    link.click()
    expect(page.locator("h1")).to_have_text(name, timeout=30_000)
    assert "kommune=" in page.url


def test_another_number_shows_before_its_stability_is_known(lab: Visit) -> None:
    page = lab.page
    page.locator(".st-key-lab-number").get_by_text("3", exact=True).click()
    table = page.get_by_test_id("stTable").first
    expect(table.locator("tbody tr")).to_have_count(3, timeout=30_000)
    open_panel(lab, "Sicherheit")
    expect(page.get_by_text("Wiederholungen mit neu gezogenen Kommunen")).to_be_visible(
        timeout=STUDY
    )


def test_freezing_takes_the_watermark_away_and_the_report_can_be_taken_along(lab: Visit) -> None:
    page = lab.page
    marks = page.get_by_test_id("stMain").locator("svg").get_by_text("Szenario", exact=True)
    open_panel(lab, "Ziele")
    expect(marks).to_have_count(1)
    open_panel(lab, "Festhalten")
    with page.expect_download(timeout=STUDY) as report:
        page.get_by_role("button", name="Methodenbericht (HTML)").click()
    assert re.fullmatch(r"methodenbericht-[0-9a-f]{8}\.html", report.value.suggested_filename)
    content = Path(report.value.path()).read_text(encoding="utf-8")
    assert "Methodenbericht" in content
    assert "sprache.js" not in content
    page.get_by_label("Grund").fill("Beschluss der Arbeitsgruppe")
    page.get_by_label("Wer legt das fest?").fill("Referat 12")
    page.get_by_label("Datum").fill("22.11.2026")
    page.get_by_role("button", name="Als amtlich festhalten").click()
    page.get_by_text("Amtlich seit 22.11.2026").first.wait_for(timeout=60_000)
    lab.settle()
    open_panel(lab, "Ziele")
    expect(marks).to_have_count(0)
