"""The start page in a browser: a choice by hand, files, everything open, both widths."""

import re
from pathlib import Path

import pytest
from english_words import english_texts
from playwright.sync_api import expect
from visits import Visit


def test_choose_a_group_and_take_its_numbers_along(visit: Visit) -> None:
    page = visit.open("uebersicht")
    page.get_by_text("Kommunen auswählen").first.click()
    visit.settle()
    page.locator('[data-testid="stMultiSelect"] input').first.click()
    page.get_by_role("option", name="Bayern").click()
    # A busy machine may begin the rerun only after a moment of rest.
    expect(page).to_have_url(re.compile(r"land=09"), timeout=20_000)
    visit.settle()
    # The panel stays open, so that the choice can be narrowed.
    page.get_by_role("option", name="Hessen").click()
    visit.settle()
    assert english_texts(page) == set()
    page.keyboard.press("Escape")
    page.get_by_text("Als Tabelle").first.click()
    visit.settle()
    for label, beginning in (
        ("CSV für Excel (deutsch)", b"\xef\xbb\xbfFeld;Auswahl: Median;"),
        ("CSV maschinenlesbar", b"Feld,Auswahl: Median,"),
    ):
        with page.expect_download() as download:
            page.get_by_text(label).first.click()
        assert Path(download.value.path()).read_bytes().startswith(beginning)
    page.get_by_text("Auswahl aufheben").click()
    expect(page).not_to_have_url(re.compile("land="), timeout=20_000)
    visit.settle()
    assert visit.foreign == []
    assert visit.violations == []


@pytest.mark.parametrize("width", [820, 1440])
def test_everything_open_fits_and_is_german(visit: Visit, width: int) -> None:
    visit.page.set_viewport_size({"width": width, "height": 1000})
    page = visit.open("uebersicht?land=05,09")
    for words in ("Kommunen auswählen", "Welche Typen gibt es in welchen Gruppen?"):
        page.get_by_text(words).first.click()
        visit.settle()
    for place in range(page.get_by_text("Als Tabelle").count()):
        page.get_by_text("Als Tabelle").nth(place).click()
        visit.settle()
    assert english_texts(page) == set()
    over = page.evaluate(
        "(() => { const m = document.querySelector('[data-testid=stMain]');"
        "return m.scrollWidth - m.clientWidth; })()"
    )
    assert over <= 0
