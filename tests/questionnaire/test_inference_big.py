"""What must hold for the proposal whatever a file contains."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from inference_columns import column

from assessment.german import fold, parse_date
from assessment.questionnaire.inference import match_parts, propose_questionnaire
from assessment.questionnaire.inference.known import known, squeeze
from assessment.questionnaire.inference.values import ColumnValues, cell_text, number_in
from assessment.questionnaire.model import Item, ItemKind
from assessment.source_column import Part, SourceColumn
from assessment.table import CellValue

ROWS = 12
WORDS = st.sampled_from(
    (
        *("Ja", "Nein", "teils/teils", "trifft zu", "trifft nicht zu", "weiß nicht", "NA", "rot"),
        *("a;b", "a; c;", "a; c", "b", "Ä", "ae", "1", "2", "1-2", "10+", "3,5", "01067", "x"),
        *("08111000", "-9", "Sonstiges", "keine Angabe", "nie", "oft", "5 (sehr)", "", "a, b"),
        *("a|b", "1.1.2026", "Blau"),
    )
)
CELLS = st.one_of(
    WORDS,
    st.none(),
    st.integers(-9, 12).map(float),
    st.floats(-1e6, 1e6, allow_nan=False),
    st.booleans(),
    st.text(max_size=8),
)
HEADERS = st.sampled_from(
    [
        "Frage",
        "Alter",
        "AGS",
        "E-Mail",
        "Kommune",
        "Rank_1",
        "Rank_2",
        "Rank_3",
        "A1",
        "A2",
        "Ziele",
    ]
)
PARTS = st.sampled_from([Part.ANSWER] * 5 + [Part.METADATA, Part.OTHER_TEXT])


@st.composite
def tables(draw: st.DrawFn) -> list[SourceColumn]:
    """A few columns; some belong to one question, some draw from few values."""
    sources = []
    for position in range(1, draw(st.integers(1, 6)) + 1):
        pool = draw(st.lists(CELLS, min_size=1, max_size=6))
        values = draw(st.lists(st.sampled_from(pool), min_size=ROWS, max_size=ROWS))
        together = draw(st.booleans())
        sources.append(
            column(
                values,
                draw(HEADERS) if not together else f"Matrix [{position}]",
                position=position,
                question="Matrix" if together else "",
                option=f"Zeile {position}" if together else "",
                part=draw(PARTS),
            )
        )
    return sources


def accounted(item: Item, option: str | None, value: CellValue) -> bool:
    """Whether reading a cell has an outcome: an answer, a special answer or an explicit slip."""
    text = cell_text(value)
    words = known()
    if not text or words.is_placeholder(text) or not item.kind.coded:
        return True
    codes = {fold(o.code): o.code for o in item.options}
    by_text = {fold(o.label): o.code for o in item.options} | codes
    if option is None or (option.startswith("#") and item.kind is ItemKind.RANKING):
        return match_parts(text, by_text) is not None
    if words.special_kind(text) is not None or _is_code_for_nothing(text):
        return True
    if item.kind is ItemKind.RANKING:
        number = number_in(text)
        return number is not None and 0 <= number <= len(item.options)
    key = squeeze(text) or text
    own = item.option_by_code[option]
    return key in words.ticked | words.unticked or fold(text) in (fold(own.label), fold(own.code))


def _is_code_for_nothing(text: str) -> bool:
    return number_in(text) in known().special_numbers


@settings(max_examples=3000, deadline=None)
@given(tables())
def test_every_column_and_every_value_is_accounted_for(sources: list[SourceColumn]) -> None:
    proposed = propose_questionnaire(sources, "Test")
    positions = {source.column.position for source in sources}
    assert set(proposed.mapping) | set(proposed.left_out) == positions
    assert not set(proposed.mapping) & set(proposed.left_out)
    items = proposed.questionnaire.item_by_id
    assert set(proposed.reasons) == set(items)
    assert {item for item, _ in proposed.mapping.values()} == set(items)
    for source in sources:
        if source.column.position in proposed.mapping:
            item_id, option = proposed.mapping[source.column.position]
            for value in source.column.values:
                assert accounted(items[item_id], option, value), (item_id, option, value)


@settings(max_examples=3000, deadline=None)
@given(tables(), st.randoms(use_true_random=False))
def test_order_of_columns_does_not_change_the_kinds(
    sources: list[SourceColumn], random: object
) -> None:
    """Columns moved to other positions keep their kinds (ranks, whose order counts, aside)."""
    shuffled = list(range(len(sources)))
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    moved = [_at(sources[old], new) for new, old in enumerate(shuffled, 1)]
    first = _kinds(sources, list(range(len(sources))))
    second = _kinds(moved, shuffled)
    assert first == second


def _at(source: SourceColumn, position: int) -> SourceColumn:
    cells = [source.column.cell(row) for row in range(ROWS)]
    return column(
        cells,
        source.header,
        position=position,
        question=source.question,
        option=source.option,
        part=source.part,
    )


def _kinds(sources: list[SourceColumn], original: list[int]) -> dict[int, str]:
    proposed = propose_questionnaire(sources, "Test")
    items = proposed.questionnaire.item_by_id
    out = {}
    for source, old in zip(sources, original, strict=True):
        found = proposed.mapping.get(source.column.position)
        out[old] = items[found[0]].kind.value if found else "left out"
    # Only one column can be the key or the name; among equals the first one is taken.
    counted = Counter(out.values())
    if counted["key"] or counted["name"]:
        return dict.fromkeys(out, "any")
    return out


@settings(max_examples=3000, deadline=None)
@given(tables())
def test_proposal_is_deterministic(sources: list[SourceColumn]) -> None:
    first = propose_questionnaire(sources, "Test")
    second = propose_questionnaire(list(reversed(sources)), "Test")
    assert first == second


@settings(max_examples=3000, deadline=None)
@given(st.lists(CELLS, min_size=1, max_size=40))
def test_options_can_be_told_apart(cells: list[CellValue]) -> None:
    """No code is the label of another option, in whatever spelling."""
    (item,) = propose_questionnaire([column(cells)], "T").questionnaire.items or (None,)
    if item is None:
        return
    for option in item.options:
        others = {fold(o.label) for o in item.options if o is not option}
        assert fold(option.code) not in others
        assert fold(option.label) not in others


@pytest.mark.parametrize("text", ["01.03.2026", "2026-03-01", "1.3.26"])
def test_dates_pass_the_quick_look(text: str) -> None:
    assert parse_date(text) is not None
    assert ColumnValues.of(column([text] * 3)).date_share == 1
