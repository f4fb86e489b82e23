"""The Kurzfassung: one page for everybody, everything a decision needs, short sentences."""

import re
from dataclasses import replace
from decimal import Decimal

import paper_cases as cases
import pytest
from pdf_checks import assert_accessible

from assessment.measures.paper_editing import set_paper
from assessment.measures.plan_editing import change_plan
from assessment.measures.plan_types import Status
from assessment.measures.roadmap_types import UNQUANTIFIED, euro_text
from assessment.profiles.council.summary import council_summary
from assessment.profiles.variants import Variant
from assessment.reports.branding import Branding, Crest
from assessment.reports.document import Bullets, Heading, Paragraph, ParagraphKind
from assessment.reports.documents.summary_fit import fits_one_page, height
from assessment.reports.documents.summary_paper import summary_document
from assessment.reports.pdf.writer import pdf_bytes, pdf_pages

AVERAGE = 18
"""Words a sentence, on average (AK-3.6)."""

_ENDS = re.compile(r"(?<=[a-zäöüß)“])[.!?](?=\s|$)")
"""An end of a sentence; „1. Quartal“ and „10.000“ are none."""


def pages(found) -> int:
    return pdf_pages(pdf_bytes(summary_document(found, cases.CREATED)))


def words_and_sentences(found) -> tuple[int, int]:
    document = summary_document(found, cases.CREATED)
    texts = [
        block.text
        for block in cases.blocks_of(document.blocks, Paragraph)
        if block.kind is not ParagraphKind.NOTE
    ]
    words = sum(len(text.split()) for text in texts)
    return words, sum(max(len(_ENDS.findall(text)), 1) for text in texts)


@pytest.mark.parametrize("n", [None, 0, 1, 3, 6, 12])
def test_one_page_whatever_the_plan(n):
    for place in range(0, 412, 59):
        assert pages(cases.dossier(place, n)) == 1, (place, n)


@pytest.mark.parametrize("kind", ["kreis", "verband", "krfr"])
def test_one_page_for_larger_ones(kind):
    assert pages(cases.dossier(cases.key_of(kind), 8)) == 1


def test_one_page_for_long_names_and_titles():
    found = cases.renamed(cases.LONG_NAME.strip())
    assert pages(found) == 1
    assert pages(replace(found, plan=cases.crowded(found))) == 1
    open_words = "".join(c for c in cases.LONG_NAME if c.isalpha())[:150]
    assert pages(cases.renamed(open_words)) == 1


def test_one_page_with_a_coat_of_arms():
    head = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">'
    square = f'{head}<rect width="9" height="9"/></svg>'
    branding = Branding(crest=Crest(square.encode(), "svg"), association="Kommunalverband")
    for found in (cases.dossier(5, 9), cases.renamed(cases.LONG_NAME.strip())):
        document = summary_document(found, cases.CREATED)
        assert pdf_pages(pdf_bytes(document, branding)) == 1


def test_one_page_without_answers_types_or_points():
    for assessment in (cases.nothing_answered(), cases.foreign(), cases.one_field()):
        found = cases.Dossier(assessment, assessment.survey.keys[0])
        assert pages(found) == 1


def test_every_variant_and_the_later_wave_have_one_page():
    for variant in Variant:
        assert pages(cases.dossier(3, 5, variant=variant)) == 1
    later = cases.later()
    found = cases.Dossier(later, later.survey.keys[0], waves=cases.both_waves())
    assert pages(found) == 1


def test_the_estimate_is_on_the_safe_side():
    """A document taken to fit stays on its page; one far too long is known as such."""
    document = summary_document(cases.dossier(5, 6), cases.CREATED)
    assert fits_one_page(document)
    filler = tuple(
        Paragraph("Ein Satz über die Digitalisierung in der Kommune.") for _ in range(30)
    )
    longer = replace(document, blocks=(*document.blocks, *filler))
    assert not fits_one_page(longer)
    assert pdf_pages(pdf_bytes(longer)) > 1
    with pytest.raises(TypeError):
        height(("text",))  # pyright: ignore[reportArgumentType]


def test_sentences_are_short():
    """Every Kurzfassung of a part of the sample, with and without a plan (AK-3.6)."""
    for n in (None, 6):
        for place in range(0, 412, 20):
            words, sentences = words_and_sentences(cases.dossier(place, n))
            assert words / sentences <= AVERAGE, place


def test_it_says_what_a_decision_needs():
    found = cases.dossier(5, 6)
    summary = council_summary(found, cases.CREATED)
    assert all((summary.decision, summary.why_now, summary.without))
    assert UNQUANTIFIED in summary.cost
    assert "01.01.2027" in summary.timeline
    assert len(summary.gaps) == len(summary.measures) == 3
    assert summary.measures_note == "und 3 weitere (Anlage 3)"
    rows = found.schedule.rows
    assert [line.name for line in summary.measures] == [row.title for row in rows[:3]]
    text = " ".join(cases.printed(summary_document(found, cases.CREATED).blocks))
    for said in (summary.decision, summary.why_now, summary.cost, summary.timeline):
        assert said in text
    assert summary.without in text
    assert "Die Nummerierung der Maßnahmen gibt keine Rangfolge wieder." in text


def test_costs_that_are_known_are_named_and_what_is_missing_as_well():
    found = cases.dossier(5, 6)
    costed = replace(found, plan=cases.with_costs(found.plan, 12500))
    cost = council_summary(costed, cases.CREATED).cost
    assert euro_text(Decimal(12500)).replace(",00", "") in cost
    # The sum leaves six measures out and says so.
    assert "Bei 6 Maßnahmen ist noch nicht alles beziffert" in cost


def test_gaps_are_those_of_the_profile():
    for place in range(0, 412, 30):
        found = cases.dossier(place)
        summary = council_summary(found, cases.CREATED)
        named = [gap.dimension for gap in found.profile.gaps]
        assert [line.id for line in summary.gaps][: len(named)] == named
        for line, gap in zip(summary.gaps, found.profile.gaps, strict=False):
            assert str(abs(gap.difference)) in line.text
        targets = {t.dimension for t in found.profile.targets if t.gap}
        assert {line.id for line in summary.gaps[len(named) :]} <= targets


def test_put_back_measures_are_not_decided_on():
    found = cases.dossier(5, 3)
    first, *others = found.plan.measures
    plan = change_plan(
        found.plan, measures=(first.model_copy(update={"status": Status.DROPPED}), *others)
    )
    summary = council_summary(replace(found, plan=plan), cases.CREATED)
    assert [line.id for line in summary.measures] == [each.id for each in others]


def test_without_a_plan_proposals_are_called_proposals():
    summary = council_summary(cases.dossier(5), cases.CREATED)
    assert not summary.measures_planned
    headings = cases.blocks_of(summary_document(cases.dossier(5), cases.CREATED).blocks, Heading)
    assert "Drei Vorschläge" in [heading.text for heading in headings]
    assert "noch nicht" in summary.timeline


def test_long_entries_are_counted_not_cut():
    found = cases.dossier(5)
    crowded = replace(found, plan=cases.crowded(found))
    document = summary_document(crowded, cases.CREATED)
    numbered = next(b for b in cases.blocks_of(document.blocks, Bullets) if b.numbered)
    assert all(cases.LONG_TITLE.strip() in item for item in numbered.items)
    left = 14 - len(numbered.items)
    assert f"und {left} weitere (Anlage 3)" in " ".join(cases.printed(document.blocks))


def test_summary_is_plain_data():
    assert council_summary(cases.dossier(5, 3), cases.CREATED).as_dict()["measures"][0]["id"]


def test_it_is_accessible():
    assert_accessible(pdf_bytes(summary_document(cases.dossier(5, 6), cases.CREATED)))


def test_long_answers_never_push_out_three_gaps_and_measures() -> None:
    """AK-3.1: an occasion of 290 letters and every sentence on costs there is."""
    found = cases.dossier(0, 12)
    assert found.plan is not None
    plan = cases.with_costs(found.plan, 511_090)
    occasion = (
        "Der Rat hat die Verwaltung am 12.03.2026 beauftragt, eine Strategie vorzulegen. " * 4
    )
    plan = set_paper(plan, occasion=occasion[:290].strip())
    for variant in (Variant.PUBLIC, Variant.ANONYMOUS):
        document = summary_document(replace(found, plan=plan, variant=variant), cases.CREATED)
        texts = cases.printed(document.blocks)
        assert "Drei Lücken" in texts
        assert "Drei Maßnahmen" in texts
        assert fits_one_page(document)
