"""A plan in a real browser: chosen, saved as a file, loaded in another session, never cut off."""

from pathlib import Path

import axe_playwright_python
import pytest
from english_words import english_texts
from playwright.sync_api import Browser, Page
from visits import Server, Visit, watch

from assessment.measures.plan_file import read_plan

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js")
NOT_OURS = {"list", "listitem"}
"""Streamlit's menu with sections nests lists wrongly (reference: streamlit.md, 1.4)."""
STRATEGY_TABS = ("Handlungsfelder", "Bausteine", "Beteiligung", "Zielstufen")


def go(visit: Visit, title: str) -> Page:
    """Another page of the same session."""
    visit.page.get_by_role("link", name=title, exact=True).first.click()
    visit.page.wait_for_selector(f'[data-testid="stMain"] h1:has-text("{title}")')
    visit.settle()
    return visit.page


def tab(visit: Visit, name: str) -> None:
    visit.page.get_by_role("tab", name=name).click()
    visit.settle()


def is_sound(visit: Visit, name: str) -> None:
    """German, without barriers of ours, nothing cut off on a wide and on a narrow screen."""
    page = visit.page
    assert english_texts(page) == set(), name
    page.evaluate(AXE.read_text(encoding="utf-8"))
    result = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    serious = {
        finding["id"]: [node["html"][:160] for node in finding["nodes"]]
        for finding in result["violations"]
        if finding["impact"] in ("serious", "critical") and finding["id"] not in NOT_OURS
    }
    assert serious == {}, name
    for width in (1440, 820):
        page.set_viewport_size({"width": width, "height": 1100})
        page.wait_for_timeout(400)
        cut = page.evaluate(
            """() => [document.querySelector('[data-testid=stMain]'),
              ...document.querySelectorAll('[data-testid=stTable], [data-testid=stTable] *')]
              .filter((e) => e.clientWidth && e.scrollWidth > e.clientWidth + 1)
              .map((e) => e.textContent.slice(0, 60))"""
        )
        assert cut == [], (name, width)
    page.set_viewport_size({"width": 1440, "height": 900})


def test_a_plan_is_made_saved_and_loaded_again(
    visit: Visit, browser: Browser, served: Server
) -> None:
    page = visit.open("massnahmen")
    page.locator('[data-testid="stExpander"]').first.locator("summary").click()
    visit.settle()
    is_sound(visit, "Maßnahme")
    for _ in range(3):
        page.get_by_role("button", name="In die Roadmap", exact=True).first.click()
        visit.settle()
    tab(visit, "Was wäre, wenn?")
    is_sound(visit, "Was wäre, wenn?")
    tab(visit, "Katalog")
    is_sound(visit, "Katalog")

    page = go(visit, "Roadmap")
    page.get_by_role("textbox", name="Gremium").fill("Hauptausschuss")
    page.get_by_role("button", name="Angaben übernehmen").click()
    visit.settle()
    is_sound(visit, "Roadmap")
    with page.expect_download() as download:
        page.get_by_role("button", name="Plan speichern (YAML)").click()
    path = download.value.path()
    content = path.read_bytes()
    plan = read_plan(content, "plan.yaml")
    assert len(plan.measures) == 3
    assert plan.measures[0].decision.body == "Hauptausschuss"
    visit.settle()
    assert page.get_by_text("✔ Gespeichert").count() == 1

    go(visit, "Strategie")
    is_sound(visit, "Leitbild")
    for name in STRATEGY_TABS:
        tab(visit, name)
        is_sound(visit, name)
    assert visit.foreign == []
    assert visit.violations == []

    context = browser.new_context(locale="de-DE", viewport={"width": 1440, "height": 900})
    try:
        other = watch(context.new_page(), served)
        fresh = other.open(f"roadmap?kommune={plan.municipality}")
        fresh.get_by_text("Plan laden, Pläne dieser Sitzung").click()
        other.settle()
        file = {"name": "plan.yaml", "mimeType": "text/plain", "buffer": content}
        fresh.set_input_files("input[type=file]", files=[file])
        fresh.get_by_role("button", name="Diesen Plan übernehmen").click()
        other.settle()
        assert fresh.get_by_text("Hauptausschuss").count() >= 1
        is_sound(other, "geladener Plan")
    finally:
        context.close()
