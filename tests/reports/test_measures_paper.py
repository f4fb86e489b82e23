"""Maßnahmen und Roadmap, Sachstandsbericht: what stands in them, how long and how accessible."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from pdf_checks import assert_accessible, bookmarks, pdf_text
from planned_municipality import plan_of

from assessment import pipeline
from assessment.measures.plan_editing import change_measure, change_plan, set_cost
from assessment.measures.plan_types import CostBasis, CostRowKind, PlannedMeasure
from assessment.measures.roadmap_types import NO_RANKING, UNQUANTIFIED
from assessment.profiles.council.glossary import unexplained_abbreviations
from assessment.profiles.council.measure_order import constrained
from assessment.profiles.dossier import Dossier
from assessment.profiles.public_check import texts_in
from assessment.profiles.variants import Variant
from assessment.reports.document import (
    Block,
    Box,
    Chart,
    Document,
    Facts,
    Heading,
    Landscape,
    Table,
    TimelineDrawing,
)
from assessment.reports.documents.measures_costs import spans
from assessment.reports.documents.measures_paper import measures_document
from assessment.reports.documents.progress_paper import progress_document
from assessment.reports.pdf.writer import pdf_bytes, pdf_pages

DAY = date(2026, 11, 22)
MOST_PAGES = 7
"""With Kurzfassung (1) and Ergebnisbericht (7) at most 15 for twelve measures (AK-3.8)."""


@pytest.fixture(scope="module")
def sample():
    return pipeline.assess_sample()


@pytest.fixture(scope="module")
def key(sample) -> str:
    return sample.survey.keys[3]


@pytest.fixture(scope="module")
def dossier(sample, key: str) -> Dossier:
    return Dossier(sample, key, plan=plan_of(sample, key))


@pytest.fixture(scope="module")
def document(dossier: Dossier) -> Document:
    return measures_document(dossier, DAY)


def blocks_of(blocks: tuple[Block, ...]) -> Iterator[Block]:
    for block in blocks:
        yield block
        if isinstance(block, Landscape | Box):
            yield from blocks_of(block.blocks)


def found(document: Document, kind: type) -> list:
    return [block for block in blocks_of(document.blocks) if isinstance(block, kind)]


def sheets(document: Document) -> dict[str, dict[str, str]]:
    """Number and title → rows of the Steckbrief below."""
    pages, name = {}, ""
    for block in blocks_of(document.blocks):
        if isinstance(block, Heading):
            name = block.text
        elif isinstance(block, Facts):
            pages[name] = dict(block.rows)
    return pages


def test_table_and_bars_hold_every_measure_in_the_order_of_the_roadmap(
    dossier: Dossier, document: Document
) -> None:
    assert dossier.roadmap is not None
    [chart] = found(document, Chart)
    assert isinstance(chart.drawing, TimelineDrawing)
    titles = [entry.title for entry in dossier.roadmap.entries]
    assert [row[1] for row in chart.table.rows] == titles
    assert [row[0] for row in chart.table.rows] == [str(n) for n in range(1, 13)]
    dated = [entry for entry in dossier.roadmap.entries if entry.start and entry.end]
    assert [bar.label.partition("  ")[2] for bar in chart.drawing.rows] == [e.title for e in dated]
    assert [(bar.start, bar.end) for bar in chart.drawing.rows] == [(e.start, e.end) for e in dated]
    for row in chart.table.rows:
        symbol, _, word = row[4].partition("\u00a0")
        assert symbol, "a symbol and a word, so that grey paper says the same"
        assert word


def test_what_must_be_said_is_said(document: Document) -> None:
    text = " ".join(texts_in(document))
    assert NO_RANKING in text
    assert "Vorbehalt der Veranschlagung" in text
    assert "keine Rechtsberatung" in text
    assert document.attachment == "Anlage 3"


def test_a_steckbrief_says_all_that_the_plan_knows(document: Document) -> None:
    pages = list(sheets(document).values())
    assert len(pages) == 12
    second = pages[1]
    assert second["Stand, Zeitraum"].endswith("beschlossen, Rat, 10.12.2026")
    years = "2027\u20132030 je "
    assert second["Personalkosten"] == (
        f"{years}36.000,00\u00a0€; Folgejahre je 36.000,00\u00a0€ (Schätzung)"
    )
    assert second["Stellen"] == f"{years}0,5\u00a0VZÄ; Folgejahre noch nicht beziffert"
    assert second["Erträge"] == (
        "2027\u20132028 je 20.000,00\u00a0€; ab 2029 noch nicht beziffert (Erfahrungswert)"
    )
    assert second["Förderung"].startswith(
        "Landesprogramm, Quote 80\u00a0%; zuletzt nachgesehen am "
    )
    assert "zu klären" in second["Förderung"], "a programme is never said to be available"
    assert second["Haushalt"] == (
        "Produkt 111.10; Sachkonto 5271; veranschlagt: teilweise; Deckung: Deckung aus Budget 1"
    )
    assert "Rechtsrahmen" in second["Pflicht"]
    assert "(Stand 22.11.2026)" in second["Pflicht"]
    assert pages[-1]["Eigene Notiz"] == "Wunsch der Ortsteile."
    for page in pages:
        assert {"Feld", "Stand, Zeitraum", "Federführung", "Pflicht"} <= set(page)
        money = {"Kosten", "Einmalige Kosten", "Laufende Kosten", "Personalkosten"}
        assert money & set(page), "costs are never blank"


def test_unknown_years_are_never_blank_nor_zero() -> None:
    cells = [(2027, Decimal(5)), (2028, None), (2029, None), (2031, None), (2032, Decimal(0))]

    def shown(amount: Decimal | None) -> str:
        return UNQUANTIFIED if amount is None else str(amount)

    assert list(spans(cells, "measure_sheet.cost_year", "amount", shown)) == [
        "2027 5",
        "2028\u20132029 noch nicht beziffert",
        "2031 noch nicht beziffert",
        "2032 0",
    ]


def test_every_measure_stands_with_its_field(dossier: Dossier, document: Document) -> None:
    index = next(table for table in found(document, Table) if "nach Feld" in table.caption)
    assert dossier.schedule is not None
    for row in dossier.schedule.rows:
        [numbers] = [numbers for field, numbers in index.rows if field == row.field]
        assert str(row.number) in re.findall(r"\d+", str(numbers))
    names = [row[0] for row in index.rows]
    dimensions = [each.name for each in dossier.assessment.survey.questionnaire.dimensions]
    known = [name for name in names if name in dimensions]
    assert known == sorted(known, key=dimensions.index)


def with_years(dossier: Dossier, last: int) -> Document:
    """The paper with amounts up to a year."""
    assert dossier.plan is not None
    plan = dossier.plan
    for year in range(2031, last + 1):
        plan = set_cost(
            plan, plan.measures[0].id, CostRowKind.ONCE, year, 100, basis=CostBasis.ESTIMATE
        )
    return measures_document(replace(dossier, plan=plan), DAY)


@pytest.mark.parametrize(("last", "parts"), [(2031, (3, 3)), (2032, (4, 3))])
def test_up_to_six_years_stand_upright_in_two_parts(dossier, last: int, parts) -> None:
    document = with_years(dossier, last)
    assert not found(document, Landscape)
    first, second = (each for each in found(document, Table) if each.caption.startswith("Finanz"))
    assert tuple(len(each.columns) - 1 for each in (first, second)) == parts
    names = [column.name for each in (first, second) for column in each.columns[1:]]
    assert names == [*map(str, range(2027, last + 1)), "Folgejahre (je Jahr)"]
    assert [row[0] for row in first.rows] == [row[0] for row in second.rows]
    assert all(column.right for each in (first, second) for column in each.columns[1:])


def test_a_longer_plan_turns_its_finance_table(dossier: Dossier, document: Document) -> None:
    assert not found(document, Landscape)
    [landscape] = found(with_years(dossier, 2033), Landscape)
    [table] = [block for block in landscape.blocks if isinstance(block, Table)]
    assert "2033" in [column.name for column in table.columns]


def test_without_a_plan_it_is_a_proposal(sample, key: str) -> None:
    dossier = Dossier(sample, key)
    document = measures_document(dossier, DAY)
    text = " ".join(texts_in(document))
    assert document.title == "Vorschläge für Maßnahmen"
    assert "Vorschlag der Anwendung; die Entscheidung trifft der Rat." in text
    assert NO_RANKING in text
    assert not found(document, Chart)
    assert len(sheets(document)) == len(dossier.measures.first) >= 3
    for page in sheets(document).values():
        assert "€" not in page["Kosten"], "the catalogue knows no amounts"
    shown = {row[0] for table in found(document, Table) for row in table.rows}
    assert shown.isdisjoint(row.text.title for row in dossier.measures.first)


def test_an_anonymous_paper_names_no_body(dossier: Dossier) -> None:
    for found in (dossier, replace(dossier, plan=None)):
        hidden = measures_document(replace(found, variant=Variant.ANONYMOUS), DAY)
        text = " ".join(texts_in(hidden))
        assert "die zuständige Vertretung" in text
        assert "der Rat" not in text


def test_in_haushaltssicherung_voluntary_ones_are_marked_and_last(sample) -> None:
    key = next(key for key in sample.survey.keys if constrained(Dossier(sample, key)))
    chosen = [each for each in sample.catalogue.measures if each.obligation.value == "freiwillig"]
    paid = next(each.id for each in chosen if each.cost_kind.value != "keine")
    plan = plan_of(sample, key)
    # First in the plan, last on paper.
    plan = change_plan(
        plan,
        measures=(
            PlannedMeasure(id=paid),
            *(each for each in plan.measures[:10] if each.id != paid),
        ),
    )
    dossier = Dossier(sample, key, plan=plan)
    document = measures_document(dossier, DAY)
    assert dossier.schedule is not None
    by_number = {str(row.number): row for row in dossier.schedule.rows}
    [chart] = found(document, Chart)
    voluntary = []
    for row in chart.table.rows:
        kind = by_number[row[0]].obligation
        is_voluntary = kind is not None and kind.value == "freiwillig"
        assert row[1].endswith(" (freiwillig)") is is_voluntary
        voluntary.append(is_voluntary)
    assert any(voluntary)
    assert not all(voluntary)
    assert "Haushaltssicherung" in " ".join(texts_in(document))
    # Behind a voluntary measure with costs nothing else follows.
    costly = [
        flag and dossier.catalogue[by_number[row[0]].id].cost_kind.value != "keine"
        for flag, row in zip(voluntary, chart.table.rows, strict=True)
    ]
    assert costly == sorted(costly)
    assert chart.table.rows[-1][0] == "1"


def test_user_texts_stay_texts(dossier: Dossier) -> None:
    assert dossier.plan is not None
    hostile = '=cmd|" /C calc"!A0 <b>x</b> #import "x" $a$ [link](http://x) \u202e \x07'
    first = dossier.plan.measures[0].id
    plan = change_measure(dossier.plan, first, note=hostile, owner="*Amt* _eins_ @ref <lbl>")
    text = pdf_text(pdf_bytes(measures_document(replace(dossier, plan=plan), DAY)))
    for part in ('#import "x"', "<b>x</b>", "[link](http://x)", "*Amt* _eins_ @ref <lbl>"):
        assert part in text


def test_twelve_measures_fit_and_are_accessible(document: Document) -> None:
    pdf = pdf_bytes(document)
    assert pdf_pages(pdf) <= MOST_PAGES
    assert len(pdf) < 5_000_000
    assert_accessible(pdf)
    assert sum(mark.strip().startswith("Nr.") for _, mark in bookmarks(pdf)) == 12, (
        "each measure can be jumped to"
    )
    assert pdf == pdf_bytes(document)


def test_nothing_needs_a_glossary_that_has_none(document: Document) -> None:
    assert unexplained_abbreviations(texts_in(document)) == ()


def test_an_unknown_measure_keeps_its_place(sample, key: str) -> None:
    plan = change_plan(plan_of(sample, key), measures=(PlannedMeasure(id="Z9"),))
    page = sheets(measures_document(Dossier(sample, key, plan=plan), DAY))
    assert list(page) == ["Nr.\u00a01 Z9"]


@pytest.fixture(scope="module")
def later():
    return pipeline.assess_sample("2028")


@pytest.fixture(scope="module")
def progressed(sample, later) -> Document:
    key = [key for key in later.survey.keys if key in sample.survey.rows][3]
    waves = pipeline.waves(sample, later)
    dossier = Dossier(later, key, plan=plan_of(sample, key), waves=waves)
    return progress_document(dossier, date(2028, 6, 15))


def test_the_sachstandsbericht_is_accessible_and_short(progressed: Document) -> None:
    pdf = pdf_bytes(progressed)
    assert pdf_pages(pdf) <= 5
    assert_accessible(pdf)


def test_section_four_is_the_one_to_be_decided(progressed: Document) -> None:
    heads = [block.text for block in found(progressed, Heading) if block.level == 1]
    assert [head[0] for head in heads] == list("12345")
    assert heads[3] == "4 Was ist jetzt zu entscheiden?"


def test_deviations_show_cause_and_option(progressed: Document) -> None:
    pages = sheets(progressed)
    told = [page for page in pages.values() if page["Ursache"].startswith("Die Stelle war")]
    assert len(told) == 1
    assert told[0]["Möglichkeit"] == "Beginn verschieben oder Leistung vergeben."
    asked = [page for page in pages.values() if page["Ursache"] == "[bitte ergänzen]"]
    assert asked
    assert all(set(page) >= {"Stand", "Ursache", "Möglichkeit"} for page in pages.values())


def test_costs_so_far_are_planned_ones_and_say_so(progressed: Document) -> None:
    table = next(
        table for table in found(progressed, Table) if table.caption.startswith("Geplante Kosten")
    )
    assert [column.name for column in table.columns[1:]] == ["2027", "2028"]
    assert table.rows[-1] == ("Tatsächlich entstanden", "[bitte ergänzen]", "[bitte ergänzen]")
    assert "nur geplante Beträge" in table.note


def test_changes_are_the_own_ones(progressed: Document) -> None:
    [chart] = found(progressed, Chart)
    assert len(chart.drawing.rows) == len(chart.table.rows) > 0
    text = " ".join(texts_in(progressed))
    assert "Median" not in text, "what others changed is another page's business"
    assert "lässt sich daraus nicht ablesen" in text


def test_the_public_paper_hides_the_field_when_asked(sample) -> None:
    measure = next(each for each in sample.catalogue.measures if each.dimension == "MF06")
    for key in sample.survey.keys:
        whole = Dossier(sample, key, variant=Variant.CLOSED)
        if whole.measures.row(measure.id) is not None:
            break
    else:
        pytest.fail("no municipality is recommended the measure")
    plan = change_plan(plan_of(sample, key), measures=(PlannedMeasure(id=measure.id),))
    hidden = change_plan(plan, paper=plan.paper.model_copy(update={"security_field_public": False}))
    [shown] = sheets(
        measures_document(Dossier(sample, key, plan=hidden, variant=Variant.CLOSED), DAY)
    ).values()
    [kept] = sheets(measures_document(Dossier(sample, key, plan=hidden), DAY)).values()
    assert "Stufe" in shown["Feld"]
    assert "Stufe" not in kept["Feld"]
