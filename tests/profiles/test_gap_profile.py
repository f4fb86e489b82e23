"""Gaps in words: what counts, what is „nicht unterscheidbar“, orders and priorities by hand."""

import json
import re
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from measure_cases import BOOK, advice, recommendation
from profile_cases import NEVER, texts_in

from assessment.comparison.gap_types import Gap, GapRow, GapState, Reference
from assessment.measures.advice_types import Priority, PriorityClass
from assessment.profiles.gap_profile import (
    BY_ORDER,
    BY_PRIORITY,
    GapLine,
    GapProfile,
    GapText,
    gap_profile,
    gap_sentence,
    gap_text,
    sorted_lines,
)
from assessment.questionnaire.default import default_questionnaire

MEDIAN, UPPER = Reference.PEER_MEDIAN, Reference.PEER_UPPER_QUARTILE
TARGET, PREVIOUS = Reference.OWN_TARGET, Reference.PREVIOUS_WAVE


def gap(
    reference: Reference,
    state: GapState,
    own: int | None = 40,
    value: int | None = 60,
    low: int | None = 12,
    high: int | None = 28,
    n: int | None = 46,
    refusal: str = "",
) -> Gap:
    short = None if own is None or value is None else max(0, value - own)
    return Gap(reference, state, own, value, short, low, high, n, refusal)


def row(dimension: str, *gaps: Gap) -> GapRow:
    name = BOOK.dimension_by_id[dimension].name
    return GapRow(dimension, name, dimension, None, {one.reference: one for one in gaps})


def cell(line: GapLine, reference: Reference) -> GapText:
    shown = line.gap(reference)
    assert shown is not None
    return shown


def priority(value: float, kind: PriorityClass) -> Priority:
    return Priority(0.8, MEDIAN, 2, "Grund.", 2, value, kind, f"= {value}")


ROWS = (
    row("HF01", gap(MEDIAN, GapState.SHORTFALL, 25, 50), gap(TARGET, GapState.REACHED, 25, 25)),
    row("HF02", gap(MEDIAN, GapState.INDISTINGUISHABLE, 48, 50)),
    row("MF01", gap(MEDIAN, GapState.SHORTFALL, 10, 50), gap(TARGET, GapState.SHORTFALL, 10, 75)),
    row("MF05", gap(MEDIAN, GapState.UNKNOWN, None, 50, None, None, 46, "Es fehlt der Wert.")),
)
ADVICE = advice(
    recommendation("M3", priority=priority(0.3, PriorityClass.MEDIUM)),
    recommendation("M4", priority=priority(2.0, PriorityClass.HIGH)),
    recommendation("M1", priority=priority(0.4, PriorityClass.LOW)),
)


def found(rows=ROWS, given_advice=ADVICE) -> GapProfile:
    return gap_profile("01001000", "Musterstadt", rows, BOOK, given_advice)


def test_the_sentence_counts_clear_gaps_to_the_median_only():
    assert found().sentence == (
        "In 2 von 3 Feldern gibt es einen deutlichen Abstand zum Median der Gruppe. "
        "Am größten ist er im Feld Strategie: 40 Punkte."
    )
    assert found().target_note == "Eigenes Ziel: aus der Erhebung."


def sentence_of(*rows: GapRow, block: str = "") -> str:
    lines = found(rows).lines
    return gap_sentence(lines, [MEDIAN, TARGET], block)


def test_equals_are_all_named_or_none_before_the_others():
    def short(dimension: str, size: int) -> GapRow:
        return row(dimension, gap(MEDIAN, GapState.SHORTFALL, 100 - size, 100))

    assert sentence_of(short("HF01", 25), short("MF05", 50), short("HF02", 50)).endswith(
        "Am größten ist er in den Feldern „Daten“ und „Bürgerinnen und Bürger“: je 50 Punkte."
    )
    many = [short(name, 50) for name in ("HF01", "HF02", "MF01", "MF05")]
    assert sentence_of(*many).endswith("zum Median der Gruppe. Er beträgt jeweils 50 Punkte.")
    assert sentence_of(*many, short("HF01", 25)).endswith(
        "Am größten ist er in 4 Feldern, unter anderem „Bildung“ und „Bürgerinnen und Bürger“: "
        "je 50 Punkte."
    )


def test_the_sentence_speaks_of_the_fields_it_is_given():
    said = sentence_of(ROWS[0], ROWS[1], block="Handlungsfelder")
    assert said == (
        "Handlungsfelder: In 1 von 2 Feldern gibt es einen deutlichen Abstand zum Median der "
        "Gruppe. Am größten ist er im Feld Bildung: 25 Punkte."
    )


def test_what_only_the_own_target_asks_is_said():
    one = row(
        "HF01",
        gap(MEDIAN, GapState.REACHED, 50, 50),
        replace(gap(TARGET, GapState.SHORTFALL, 50, 75), levels=1),
    )
    two = row(
        "HF02",
        gap(MEDIAN, GapState.INDISTINGUISHABLE, 45, 50),
        replace(gap(TARGET, GapState.SHORTFALL, 45, 100), levels=3),
    )
    assert sentence_of(one) == (
        "In keinem von 1 Feldern gibt es einen deutlichen Abstand zum Median der Gruppe. "
        "Im Feld Bildung gibt es einen Abstand zum eigenen Ziel."
    )
    assert sentence_of(one, two).endswith("Zum eigenen Ziel gibt es in 2 Feldern einen Abstand.")
    assert sentence_of(ROWS[2], one, two).endswith(
        "In 2 weiteren Feldern gibt es einen Abstand zum eigenen Ziel."
    )
    lines = gap_profile("k", "n", (one, two), BOOK, ADVICE, {"HF02"}).lines
    assert [line.target_sentence for line in lines] == [
        "Zum eigenen Ziel fehlt 1 Stufe (Ziel aus der Erhebung).",
        "Zum eigenen Ziel fehlen 3 Stufen (Ziel aus dem Plan).",
    ]


def test_where_the_targets_come_from_is_said():
    rows = [
        row(name, replace(gap(TARGET, GapState.SHORTFALL, 50, 75), levels=1))
        for name in ("HF01", "HF02", "MF01")
    ]
    notes = [
        gap_profile("k", "n", rows, BOOK, ADVICE, planned).target_note
        for planned in ((), ("MF01",), ("HF01", "HF02", "MF01"))
    ]
    assert notes == [
        "Eigenes Ziel: aus der Erhebung.",
        "Eigenes Ziel: in 1 von 3 Feldern aus dem Plan, sonst aus der Erhebung.",
        "Eigenes Ziel: aus dem Plan.",
    ]
    assert gap_profile("k", "n", ROWS[1:2], BOOK, ADVICE).target_note == ""


def test_parts_of_the_strategy_say_what_they_are_beside_other_fields():
    book = default_questionnaire()
    names = {each.name: each.id for each in book.scored_dimensions}
    one, other = names["Beteiligung"], names["Bürgerbeteiligung"]
    rows = [
        GapRow(name, "", name, None, {MEDIAN: gap(MEDIAN, GapState.SHORTFALL)})
        for name in (one, other)
    ]
    rows[0] = replace(rows[0], gaps={MEDIAN: gap(MEDIAN, GapState.REACHED)})
    lines = gap_profile("k", "n", rows, book, advice()).lines
    assert [line.listed for line in lines] == ["Beteiligung", "Baustein: Bürgerbeteiligung"]
    assert "Baustein: Bürgerbeteiligung" in gap_sentence(lines, [MEDIAN])
    assert "Baustein:" not in gap_sentence(lines[1:], [MEDIAN])


def test_only_references_that_occur_are_columns():
    assert [one.id for one in found().references] == [MEDIAN, TARGET]
    notes = " ".join(found().notes)
    assert "frühere Erhebung eingelesen" in notes
    assert "Zielstufen sind nicht angegeben" not in notes


def test_a_cell_without_a_clear_gap_has_no_number():
    lines = {line.dimension: line for line in found().lines}
    assert cell(lines["HF01"], MEDIAN).shortfall == 25
    assert cell(lines["HF01"], MEDIAN).note == (
        "Bezug 50 Punkte, zwischen 12 und 28 Punkten, 46 andere"
    )
    assert cell(lines["HF01"], TARGET).shortfall is None
    assert cell(lines["HF01"], TARGET).word == "erreicht"
    assert cell(lines["HF02"], MEDIAN).word == "nicht unterscheidbar"
    assert cell(lines["HF02"], MEDIAN).shortfall is None
    assert cell(lines["MF05"], MEDIAN).note == "Es fehlt der Wert."
    assert lines["HF02"].gap(TARGET) is None


def test_a_field_takes_the_highest_priority_of_its_measures():
    lines = {line.dimension: line for line in found().lines}
    assert (lines["HF01"].priority, lines["HF01"].formula) == ("hoch", "= 2.0")
    assert "M4" in lines["HF01"].priority_note
    assert (lines["MF01"].priority_class, lines["MF01"].priority) == ("low", "gering")
    assert lines["HF02"].priority == ""
    assert lines["HF02"].priority_note == "kein deutlicher Abstand"


def test_a_gap_without_a_measure_has_no_priority_but_a_reason():
    line = found(given_advice=advice()).lines[0]
    assert (line.priority, line.priority_value) == ("–", 0.0)
    assert line.priority_note


def test_a_gap_to_the_upper_quartile_alone_is_not_urgent():
    rows = (row("MF01", gap(UPPER, GapState.SHORTFALL, 40, 60)),)
    zero = advice(recommendation("M1", priority=priority(0.0, PriorityClass.LOW)))
    line = found(rows, zero).lines[0]
    assert line.clear
    assert (line.priority, line.priority_class, line.formula) == ("", "", "")
    assert "oberen Viertel" in line.priority_note


def test_orders():
    lines = found().lines
    names = ["HF01", "HF02", "MF01", "MF05"]
    assert [line.dimension for line in sorted_lines(lines, BY_ORDER)] == names
    assert [line.dimension for line in sorted_lines(lines, BY_PRIORITY)] == [
        "HF01", "MF01", "HF02", "MF05",
    ]  # fmt: skip
    assert [line.dimension for line in sorted_lines(lines, MEDIAN.value)] == [
        "MF01", "HF01", "HF02", "MF05",
    ]  # fmt: skip
    assert sorted_lines(lines, TARGET.value)[0].dimension == "MF01"
    assert [line.dimension for line in sorted_lines(lines, "nie")] == names


def test_nothing_rated_and_no_rows():
    unknown = gap(MEDIAN, GapState.UNKNOWN, None, None, None, None, None, "Zu wenige.")
    for rows in ((), (row("HF01", unknown),)):
        said = found(rows).sentence
        assert said == "Noch ist kein Feld bewertet. Ohne Punkte gibt es keine Abstände."


def test_without_a_median_the_own_target_is_the_measure():
    hidden = gap(MEDIAN, GapState.UNKNOWN, 25, None, None, None, None, "Zu wenige andere.")
    rows = (row("HF01", hidden, gap(TARGET, GapState.SHORTFALL, 25, 75)),)
    assert found(rows).sentence == (
        "In 1 von 1 Feldern gibt es einen deutlichen Abstand zum eigenen Ziel. "
        "Am größten ist er im Feld Bildung: 50 Punkte."
    )


@given(
    state=st.sampled_from(GapState),
    own=st.integers(0, 100),
    value=st.integers(0, 100),
)
def test_a_lead_never_carries_a_number(state, own, value):
    said = gap_text(gap(MEDIAN, state, own, value))
    assert (said.shortfall is not None) == (state is GapState.SHORTFALL)
    if state is not GapState.SHORTFALL:
        assert not re.search(r"\d", said.word)


def test_texts_are_decent_and_complete():
    content = found().as_dict()
    json.dumps(content)
    assert not [text for text in texts_in(content) if NEVER.search(text)]
