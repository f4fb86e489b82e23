"""The Ergebnisbericht: length, numbers of the profile, what it must say and must not."""

import re

import paper_cases as cases
import pytest
from pdf_checks import assert_accessible

from assessment.comparison.comparison import Standing
from assessment.comparison.gap_types import GapState, Reference
from assessment.german import format_number, format_percent, format_signed
from assessment.profiles.council.findings import block_findings
from assessment.profiles.council.sensitive import sensitive_items
from assessment.profiles.dossier import Dossier
from assessment.profiles.type_statement import shown_share
from assessment.profiles.variants import Variant
from assessment.reports.document import Chart, Contents, Heading, ScaleDrawing, Table
from assessment.reports.documents.results_gaps import SHOWN
from assessment.reports.documents.results_paper import results_document
from assessment.reports.pdf.writer import pdf_bytes, pdf_pages
from assessment.typology.model import MembershipState

NEVER = re.compile(
    r"Rang \d|Platz \d|schlechter als|besser als (?!ein anderer)|Schlusslicht|rückständig"
)
"""Ranks a municipality below others, or shames it (AK-3.9)."""


def document_of(found: Dossier):
    return results_document(found, cases.CREATED)


@pytest.mark.parametrize("place", range(0, 412, 70))
def test_six_to_twelve_pages(place):
    assert 6 <= pdf_pages(pdf_bytes(document_of(cases.dossier(place)))) <= 12


def test_six_to_twelve_pages_with_an_earlier_wave_and_for_larger_ones():
    later = cases.later()
    found = Dossier(later, later.survey.keys[4], waves=cases.both_waves())
    assert 6 <= pdf_pages(pdf_bytes(document_of(found))) <= 12
    for kind in ("kreis", "verband"):
        assert 6 <= pdf_pages(pdf_bytes(document_of(cases.dossier(cases.key_of(kind))))) <= 12


def test_charts_show_the_profile_and_each_has_sentence_table_and_source():
    found = cases.dossier(40)
    charts = cases.blocks_of(document_of(found).blocks, Chart)
    rows = {row.name: row for row in found.profile.fields}
    drawn = []
    for chart in charts:
        assert isinstance(chart.drawing, ScaleDrawing)
        assert chart.title
        assert chart.sentence
        assert chart.source.startswith("Quelle: ")
        assert len(chart.alt) <= 250
        table = chart.table
        assert table is not None
        for drawing, cells in zip(chart.drawing.rows, table.rows, strict=True):
            row = rows[drawing.label]
            drawn.append(row.dimension)
            scale = drawing.scale
            assert (scale.own, scale.low, scale.high, scale.median) == (
                row.score,
                row.low,
                row.high,
                row.median,
            )
            assert cells[0] == row.name
            assert cells[2] == ("–" if row.score is None else format_number(row.score))
    assert sorted(drawn) == sorted(row.dimension for row in found.profile.fields)


def test_findings_count_what_the_rows_say():
    for place in range(0, 412, 37):
        profile = cases.dossier(place).profile
        findings = block_findings(profile.blocks)
        assert [row for one in findings for row in one.rows] == list(profile.fields)
        for one in findings:
            above = sum(row.standing is Standing.ABOVE for row in one.rows)
            below = sum(row.standing is Standing.BELOW for row in one.rows)
            numbers = [int(n) for n in re.findall(r"\d+", one.title)]
            if above or below:
                compared = sum(row.standing is not Standing.UNKNOWN for row in one.rows)
                assert numbers[:2] == [above or below, compared]
            for row in one.rows:
                clear = row.standing in (Standing.ABOVE, Standing.BELOW)
                assert (f"„{row.name}“" in one.sentence) == (clear or row.score is None)


def test_who_answered_and_how_much():
    found = cases.dossier(5)
    text = " ".join(cases.printed(document_of(found).blocks))
    counts = found.profile.data.counts
    asked = counts.answered + counts.dont_know + counts.missing
    assert f"{counts.answered} von {asked} zutreffenden Fragen" in text
    assert format_percent(counts.answered / asked) in text
    for area in found.profile.data.respondents:
        assert f"„{area}“" in text
    assert found.profile.peers.sentence in text


def test_strengths_and_gaps_name_group_size_and_numbers():
    found = cases.dossier(40)
    text = " ".join(cases.printed(document_of(found).blocks))
    for field in (*found.profile.strengths, *found.profile.gaps):
        assert f"{field.listed}: {abs(field.difference)} Punkte" in text
        assert f"von {field.n_others} anderen" in text
        assert f"eigener Wert {field.own}, Median {field.median}" in text


def test_gap_table_holds_every_clear_gap_and_no_other_number():
    found = cases.dossier(40)
    table = next(
        block
        for block in cases.blocks_of(document_of(found).blocks, Table)
        if block.caption == "Felder mit einem deutlichen Abstand"
    )
    shown = {row[0]: row for row in table.rows}
    for line in found.gaps.lines:
        gaps = [gap for gap in line.gaps if gap.reference in SHOWN]
        clear = [gap for gap in gaps if gap.state is GapState.SHORTFALL]
        assert (line.listed in shown) == bool(clear)
        for gap in clear:
            assert f"{gap.shortfall} Punkt" in " ".join(str(cell) for cell in shown[line.listed])
    assert Reference.PEER_UPPER_QUARTILE not in SHOWN


def test_all_values_of_the_type_and_mixed_profiles_are_said():
    states = cases.sample().membership.state
    for state in MembershipState:
        key = next(iter(states.index[states == state]), None)
        if key is None:
            continue
        found = cases.dossier(key)
        text = " ".join(cases.printed(document_of(found).blocks))
        statement = found.profile.type
        assert statement is not None
        assert statement.sentence in text
        for each in statement.probabilities:
            assert each.name in text
            assert shown_share(each.probability) in text
        assert ("Mischprofil" in text) == (state is MembershipState.MIXED)
        assert "Kein Typ ist besser als ein anderer" in text


def test_nothing_ranks_or_shames_and_nobody_else_is_named():
    names = {cases.sample().survey.name_of(key).split(",")[0] for key in cases.sample().survey.keys}
    for place in (0, 40, 200):
        found = cases.dossier(place)
        text = " ".join(cases.printed(document_of(found).blocks))
        assert not NEVER.search(text)
        others = names - {found.name.split(",")[0]}
        assert not [name for name in others if re.search(rf"\b{re.escape(name)}\b", text)]


def test_changes_since_the_earlier_wave_are_those_of_the_profile():
    later = cases.later()
    found = Dossier(later, later.survey.keys[4], waves=cases.both_waves())
    wave = found.wave
    assert wave is not None
    assert not wave.refusal
    document = document_of(found)
    text = cases.printed(document.blocks)
    assert wave.sentence in text
    assert wave.basis in text
    table = next(
        t for t in cases.blocks_of(document.blocks, Table) if "deutlicher Veränderung" in t.caption
    )
    clear = [field for field in wave.fields if field.own is not None and field.distinguishable]
    assert [row[0] for row in table.rows] == [field.listed for field in clear]
    assert [row[3] for row in table.rows] == [format_signed(field.own) for field in clear]


def test_odd_surveys_have_a_report():
    for assessment in (cases.nothing_answered(), cases.foreign(), cases.one_field()):
        found = Dossier(assessment, assessment.survey.keys[0])
        document = document_of(found)
        assert pdf_pages(pdf_bytes(document)) >= 1
        headings = [heading.text for heading in cases.blocks_of(document.blocks, Heading)]
        assert "Was kann diese Auswertung sagen, und was nicht?" in headings
        assert all(headings)
        assert bool(cases.blocks_of(document.blocks, Contents)) == (len(found.profile.fields) > 20)


def test_a_questionnaire_without_levels_says_so_instead_of_proposing():
    foreign = cases.foreign()
    text = cases.printed(document_of(Dossier(foreign, foreign.survey.keys[0])).blocks)
    assert "Für diese Erhebung ist keine Typologie berechnet." in text
    assert any("Dieser Fragebogen enthält keine Stufen" in each for each in text)


def test_public_variants_hold_no_confidential_answer():
    questions = sensitive_items(cases.sample().survey.questionnaire)
    labels = {
        option.label for item in questions for option in item.options if len(option.label) > 25
    }
    for place in (0, 40, 133):
        for variant in (Variant.PUBLIC, Variant.ANONYMOUS):
            text = " ".join(cases.printed(document_of(cases.dossier(place, variant=variant))))
            assert not [item.text for item in questions if item.text in text]
            assert not [label for label in labels if label in text]


def test_anonymous_variant_has_neither_name_nor_key_nor_land():
    found = cases.dossier(40)
    header = found.profile.header
    text = " ".join(cases.printed(document_of(cases.dossier(40, variant=Variant.ANONYMOUS))))
    assert header.name.split(",")[0] not in text
    assert header.key not in text
    assert header.land not in text
    assert header.population is not None
    assert format_number(header.population) not in text


def test_equal_input_gives_equal_bytes():
    first, second = (pdf_bytes(document_of(cases.dossier(7))) for _ in range(2))
    assert first == second


def test_it_is_accessible():
    later = cases.later()
    found = Dossier(later, later.survey.keys[4], waves=cases.both_waves())
    assert_accessible(pdf_bytes(document_of(found)))
