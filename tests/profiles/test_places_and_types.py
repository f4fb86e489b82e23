"""Participation, places, types by size and Land: counted by hand, and read by an attacker."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from profile_cases import NEVER, part_of
from scipy.optimize import linprog
from survey_builder import build_survey
from test_disclosure_in_profiles import assessed

from assessment import pipeline
from assessment.profiles.group_medians import group_medians
from assessment.profiles.guarded_cross import REST, CrossTable, Line, guarded_cross
from assessment.profiles.overview import SIZE
from assessment.profiles.participation import participation
from assessment.profiles.places import places
from assessment.profiles.type_tables import TYPE_SIZE, _largest, type_tables
from assessment.questionnaire.default import default_questionnaire
from assessment.questionnaire.model import Role
from assessment.register import load_register


@pytest.fixture(scope="module")
def overview(sample):
    return pipeline.overview(sample)


def real_survey(groups: dict[str, int]):
    """The first municipalities of each Kreis of the register; nothing but a question is asked."""
    register = load_register()
    keys = []
    for kreis, n in groups.items():
        found = (f"{kreis}{number:03d}" for number in range(1, 400))
        entries = [key for key in found if (e := register.entry(key)) and e.incorporated]
        keys += entries[:n]
    item = default_questionnaire().first(Role.LAND)
    assert item is not None
    return build_survey(default_questionnaire(), {key: {item.id: key[:2]} for key in keys})


GROUPS = {"09171": 8, "09172": 6, "08115": 9, "06531": 12, "05154": 11, "03351": 7, "09173": 2}
"""Altötting, Berchtesgadener Land, Böblingen, Gießen, Kleve, Celle, Bad Tölz-Wolfratshausen."""


@pytest.fixture(scope="module")
def real():
    return pipeline.assess(real_survey(GROUPS))


def test_participation_counts_against_the_register(real) -> None:
    found = participation(real, pipeline.overview(real), load_register())
    assert not found.refusal
    towns, kreise, verbaende = found.kinds
    assert (towns.n, towns.of) == (sum(GROUPS.values()), 10_751)
    assert (kreise.n, kreise.of) == (0, 294)
    assert (verbaende.n, verbaende.of) == (0, 1203)
    laender = {row.id: row for row in found.laender}
    assert laender["09"].n == 16
    # 2,056 municipalities, 71 Landkreise and 311 Verwaltungsgemeinschaften.
    assert laender["09"].of == 2056 + 71 + 311
    assert laender["06"].text.startswith("12 von ")
    # In all, the denominators are all municipalities, Kreise and Verbände.
    assert sum(row.of for row in found.sizes) <= 10_751 + 294 + 1203
    assert "freiwillig" in found.sentences[-1]
    assert not [said for said in found.sentences if NEVER.search(said)]


def test_shares_are_said_without_false_exactness(sample, overview) -> None:
    found = participation(sample, overview, load_register())
    rows = {row.id: row for row in (*found.sizes, *found.laender)}
    assert rows["GK7"].share == "unter 1\u00a0%"
    assert rows["05"].text == "87 von 427 (20\u00a0%)"
    hidden = [row for row in rows.values() if row.n is None]
    assert hidden
    assert all(row.text == "verdeckt" and row.share == "" for row in hidden)
    assert found.note


def test_a_survey_from_elsewhere_has_no_participation() -> None:
    survey = build_survey(default_questionnaire(), {f"X{n}": {"Z01": None} for n in range(20)})
    assessment = pipeline.assess(survey)
    view = pipeline.overview(assessment)
    assert participation(assessment, view, load_register()).refusal
    assert places(assessment, view, load_register()).laender == ()


def test_places_of_real_keys_show_kreise(real) -> None:
    found = places(real, pipeline.overview(real), load_register())
    assert {place.key: place.n for place in found.laender} == {
        "03": 7,
        "05": 11,
        "06": 12,
        "08": 9,
        "09": 16,
    }
    kreise = {place.key: place.n for place in found.kreise}
    # 2 of 16 in Bavaria are hidden, and the next one with them.
    assert kreise["09173"] is None
    assert [kreise["09171"], kreise["09172"]].count(None) == 1
    assert kreise["06531"] == 12
    assert "Gießen" in found.kreise_sentence


def test_the_sample_has_no_kreise(sample, overview) -> None:
    found = places(sample, overview, load_register())
    assert found.kreise == ()
    assert "Beispieldaten" in found.kreise_sentence
    shown = {cell.label: cell.n for cell in overview.breakdown("Land").cells}
    assert {place.name: place.n for place in found.laender} == shown


def test_no_map_of_few_laender(sample) -> None:
    rows = np.flatnonzero(np.isin(sample.peers.structure.land, ["05", "09"]))[:40]
    small = pipeline.assess(part_of(sample.survey, rows))
    found = places(small, pipeline.overview(small), load_register())
    assert found.laender == ()
    assert "mindestens 5 Ländern" in found.laender_sentence


def test_cross_tables_put_hidden_lines_together() -> None:
    rows = np.array(["a"] * 30 + ["b"] * 20 + ["c"] * 6, dtype=object)
    columns = np.array((["x"] * 5 + ["y"] * 5) * 5 + ["x"] * 6, dtype=object)
    lines = [Line("a", "A", 30), Line("b", "B", None), Line("c", "C", None)]
    found = guarded_cross(
        lines, rows, [Line("x", "X", 31), Line("y", "Y", 25)], columns, rest=("übrige", "")
    )
    assert [line.id for line in found.rows] == ["a", REST]
    assert [line.n for line in found.rows] == [30, 26]
    assert found.cells == ((15, 15), (16, 10))
    with pytest.raises(KeyError):
        guarded_cross(lines, np.where(rows == "a", "z", rows), [], columns, rest=("", ""))


def test_types_by_size_are_counts_of_the_survey(sample, overview) -> None:
    by_size, by_land = type_tables(sample, overview)
    first, size = sample.membership.first.to_numpy(), sample.peers.structure.size
    for row, cells in zip(by_size.table.rows, by_size.table.cells, strict=True):
        for column, n in zip(by_size.table.columns, cells, strict=True):
            if n is not None:
                assert n == ((first == column.id) & (size == row.id)).sum()
                assert n == 0 or n >= 5
    assert [column.id for column in by_size.table.columns] == ["B", "O", "S", "C", ""]
    assert by_land.title == "Land"
    for table in (by_size, by_land):
        assert not [said for said in table.sentences if NEVER.search(said)]


def followed(assessment, view, table) -> list[tuple[str, str]]:
    """Groups of 1 to 4 by type and size whose number follows exactly from what pages show."""
    first = [kind if isinstance(kind, str) else "" for kind in assessment.membership.first]
    size_of = assessment.peers.structure.size
    kinds, sizes = sorted({*first, *"BOSC"}), sorted(set(size_of))
    true = np.zeros((len(kinds), len(sizes)))
    for kind, size in zip(first, size_of, strict=True):
        true[kinds.index(kind), sizes.index(size)] += 1
    # Who is in which size class is public; types are known as far as the page shows them.
    columns = [(slice(None), place) for place in range(len(sizes))]
    rows = [kinds.index(cell.id) for cell in view.types.cells if cell.n is not None]
    single = {
        (column.id, row.id)
        for row, cells in zip(table.rows, table.cells, strict=True)
        for column, n in zip(table.columns, cells, strict=True)
        if n is not None and REST not in (row.id, column.id)
    }
    # Pages of municipalities tell how many others of their type and size there are.
    for (step, label), group in assessment.peers.groups.items():
        if step == TYPE_SIZE and group.size_shown:
            kind, _, size = label.partition("|")
            single.add((kind, size))
    cells = [(kinds.index(kind), sizes.index(size)) for kind, size in single]
    known = np.zeros((len(columns) + len(rows) + len(cells), *true.shape))
    for line, place in zip(known, [*columns, *rows, *cells], strict=True):
        line[place] = 1
    matrix = known.reshape(len(known), -1)
    values = matrix @ true.ravel()
    found = []
    for place in np.argwhere((true > 0) & (true < 5)):
        goal = np.zeros(true.shape)
        goal[tuple(place)] = 1
        low, high = (
            linprog(sign * goal.ravel(), A_eq=matrix, b_eq=values, bounds=(0, None)).fun
            for sign in (1, -1)
        )
        if -high - low < 1 - 1e-6:
            found.append((kinds[place[0]], sizes[place[1]]))
    return found


@settings(max_examples=25, deadline=None)
@given(st.text(alphabet="BBBOOOSSSC-", min_size=20, max_size=140))
@example("B" * 40 + "O" * 30 + "S" * 20 + "C" * 12 + "-" * 3)
def test_no_small_group_follows_from_everything_shown(sample, letters) -> None:
    small = assessed(sample, letters)
    view = pipeline.overview(small)
    tables = [found.table for found in type_tables(small, view) if found.title == SIZE]
    if tables:
        assert followed(small, view, tables[0]) == []


def test_the_attacker_finds_what_two_pages_would_tell_together(sample, overview) -> None:
    [table] = [found.table for found in type_tables(sample, overview) if found.title == SIZE]
    assert followed(sample, overview, table) == []
    without = replace(sample.peers, partitions=())
    alone = type_tables(replace(sample, peers=without), overview)[0].table
    assert followed(sample, overview, alone)


def test_group_medians_are_order_statistics_of_the_chosen(sample) -> None:
    mask = sample.peers.structure.land == "05"
    found = group_medians(sample, sample.peers.free_group(mask, "ausgewählten Kommunen"))
    for place, field in enumerate(found.fields):
        values = sample.peers.values[mask, place]
        if field.group.median is not None:
            assert abs(field.group.median - np.nanmedian(values)) <= 0.5
            assert field.difference == field.group.median - field.everybody.median
    assert found.sentences
    assert not [said for said in found.sentences if NEVER.search(said)]


def test_a_small_choice_has_no_median(sample) -> None:
    mask = np.zeros(len(sample.survey.keys), dtype=bool)
    mask[:5] = True
    found = group_medians(sample, sample.peers.free_group(mask, "ausgewählten Kommunen"))
    assert all(field.group.median is None for field in found.fields)
    assert found.sentences == ("In keinem Feld darf der Median dieser Auswahl gezeigt werden.",)


def test_the_sentence_on_a_table_names_all_ties() -> None:
    rows = (Line("1", "klein", 118), Line("2", "mittel", 20), Line("3", "groß", None))
    columns = (Line("B", "Bedächtige", 45), Line("O", "Optimierer", 45))
    table = CrossTable(rows, columns, ((32, 32), (10, None), (None, 32)), "")
    assert _largest(table) == [
        "Die größte gezeigte Zahl ist 32: Bedächtige und Optimierer in der Gruppe „klein“ und "
        "Optimierer in der Gruppe „groß“.",
        "Der größte gezeigte Anteil an einer Gruppe ist 10 von 20: Bedächtige in der Gruppe "
        "„mittel“.",
    ]
    even = CrossTable(rows[:2], columns, ((59, None), (10, None)), "")
    assert _largest(even)[1] == (
        "Der größte gezeigte Anteil an einer Gruppe ist 59 von 118 und 10 von 20: Bedächtige in "
        "der Gruppe „klein“ und Bedächtige in der Gruppe „mittel“."
    )
    without = CrossTable(rows[2:], columns, ((None, 32),), "")
    assert len(_largest(without)) == 1
