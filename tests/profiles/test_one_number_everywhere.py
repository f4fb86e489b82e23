"""All 412 municipalities: one number is the same on Profil, Lücken, Maßnahmen and in every file."""

import csv
import io
import json
import re
from dataclasses import replace

import numpy as np
import pytest
from everything_said import taken_of
from profile_cases import part_of

from assessment import pipeline
from assessment.comparison.gap_types import GapState, Reference
from assessment.german import format_number
from assessment.measures.advice_types import LinkKind
from assessment.measures.model import CostKind, Obligation
from assessment.measures.priority import class_of, short_number
from assessment.measures.recommendation import suits
from assessment.profiles.advice import gap_rows, situation
from assessment.profiles.measure_basis import measure_basis
from assessment.profiles.measure_profile import measure_profile
from assessment.profiles.plain import as_plain
from assessment.reports.table_files import CsvForm, table_csv
from assessment.scoring.levels import POINTS_PER_LEVEL
from assessment.survey import AnswerStatus
from assessment.ui.gap_view import map_figure
from assessment.ui.profile_view import level_figure

CHAIN = [
    LinkKind.ANSWER,
    LinkKind.GAP,
    LinkKind.RULE,
    LinkKind.MEASURE,
    LinkKind.EXPECTED,
]


@pytest.fixture(scope="module")
def taken(sample):
    return taken_of(sample)


@pytest.fixture(scope="module")
def keys(sample):
    return [str(key) for key in sample.survey.keys]


def table_of(figure) -> list[dict[str, str]]:
    """A figure's table as the machine form of its file says it."""
    table = figure.table
    made = table_csv(table.columns, table.rows, CsvForm.MACHINE, decimals=table.decimals)
    return list(csv.DictReader(io.StringIO(made.decode())))


def test_points_median_and_gap_are_the_same_on_every_page(taken, keys):
    checked = 0
    for key in keys:
        profile, gaps = taken.profile(key), taken.gap_profile(key)
        lines = {line.dimension: line for line in gaps.lines}
        assert list(lines) == [row.dimension for row in profile.fields]
        for row in profile.fields:
            line = lines[row.dimension]
            gap = line.gap(Reference.PEER_MEDIAN)
            assert (line.own, line.name) == (row.score, row.name)
            if gap is None:
                continue
            assert (gap.value, gap.n) == (row.median, row.n_others)
            if row.standing == "below":
                assert gap.state is GapState.SHORTFALL
                assert gap.shortfall == -row.difference
                checked += 1
            else:
                assert gap.state is not GapState.SHORTFALL
                assert gap.shortfall is None
        for named in profile.gaps:
            assert lines[named.dimension].gap(Reference.PEER_MEDIAN).shortfall == -named.difference
        assert {named.dimension for named in profile.strengths}.isdisjoint(
            named.dimension for named in profile.gaps
        )
    assert checked > 500


def test_the_chain_says_the_number_of_the_page_of_gaps(taken, keys):
    counted = 0
    for key in keys:
        rows = {row.id: row for row in taken.gaps(key)}
        for given in taken.advice(key).recommendations:
            assert [link.kind for link in given.chain] == CHAIN
            assert all(link.sentence.strip() for link in given.chain)
            priority, row = given.priority, rows[given.dimension]
            largest = row.largest
            assert priority.reference is (largest.reference if largest else None)
            if largest is None:
                assert (priority.gap, priority.value) == (0, 0)
                continue
            counted += 1
            assert priority.gap == largest.shortfall / POINTS_PER_LEVEL
            said = given.chain[1].sentence
            if largest.reference is Reference.OWN_TARGET:
                continue
            for number in (largest.shortfall, largest.own, largest.value):
                assert re.search(rf"\b{number}\b", said), (said, largest)
    assert counted > 1000


def test_priority_class_value_and_formula_agree(taken, keys):
    for key in keys:
        best: dict[str, float] = {}
        for given in taken.advice(key).recommendations:
            one = given.priority
            value = one.gap**2 * one.relevance / one.effort
            assert one.value == pytest.approx(value)
            assert one.priority_class is class_of(value)
            assert one.effort == given.measure.effort
            assert one.formula == (
                f"{short_number(one.gap)}² × {one.relevance} ÷ {one.effort} = {short_number(value)}"
            )
            best[given.dimension] = max(best.get(given.dimension, 0.0), one.value)
        for line in taken.gap_profile(key).lines:
            if line.priority_class:
                assert line.priority_value == best[line.dimension]
                assert class_of(line.priority_value) == line.priority_class


def test_files_hold_what_the_pages_show(taken, keys):
    for key in keys[::20]:
        profile, gaps = taken.profile(key), taken.gap_profile(key)
        levels = table_of(level_figure(profile, profile.fields, "light"))
        shown = table_of(map_figure(gaps, gaps.lines, "light"))
        assert len(levels) == len(profile.fields)
        assert len(shown) == len(profile.fields) * len(gaps.references)
        names = {one.id: one.name for one in gaps.references}
        for row, level in zip(profile.fields, levels, strict=True):
            numbers = set(re.findall(r"\d+", " ".join(str(cell) for cell in level.values())))
            for value in (row.level, row.score, row.median):
                assert value is None or str(value) in numbers
            line = next(line for line in gaps.lines if line.dimension == row.dimension)
            for gap in line.gaps:
                cells = next(
                    each
                    for each in shown
                    if (each["Feld"], each["Bezug"]) == (line.listed, names[gap.reference])
                )
                numbers = [cells[name] for name in ("Abstand", "Punkte des Bezugs")]
                assert numbers == [
                    "" if one is None else str(one) for one in (gap.shortfall, gap.value)
                ]
                assert cells["Stand"] == (gap.word if gap.shortfall is None else "Abstand")


def test_the_order_of_recommendations(sample, taken, keys):
    constrained = 0
    for key in keys:
        known = situation(sample, key, taken.gaps(key))
        given = taken.advice(key).recommendations
        assert len({each.measure.id for each in given}) == len(given)
        duties = [each.duty for each in given]
        assert duties == sorted(duties, reverse=True)
        for each in given:
            assert each.duty == (each.measure.obligation is Obligation.DUTY)
            assert each.measure.concerns(known.kind)
            assert known.levels[each.dimension] == each.level
            assert suits(each.measure, each.level)
            assert each.expected_level == each.level + 1 <= each.measure.level_to
        voluntary = [each.measure.obligation is Obligation.VOLUNTARY for each in given]
        assert [each.voluntary_mark for each in given] == [
            known.constrained and one for one in voluntary
        ]
        if known.constrained:
            constrained += 1
            assert voluntary == sorted(voluntary)
            costly = [
                each.measure.cost_kind is not CostKind.NONE for each in given if each.voluntary_mark
            ]
            assert costly == sorted(costly)
    assert constrained > 10


def test_what_is_not_rated_or_not_ones_task_has_neither_gap_nor_step(sample, taken, keys):
    survey, outside = sample.survey, 0
    for key in keys:
        profile, advice = taken.profile(key), taken.advice(key)
        unrated = {row.dimension for row in profile.fields if row.score is None}
        for row in taken.gaps(key):
            if row.id in unrated:
                assert {gap.state for gap in row.gaps.values()} == {GapState.UNKNOWN}
        assert unrated.isdisjoint(each.dimension for each in advice.recommendations)
        unrated_names = {row.name for row in profile.fields if row.score is None}
        assert unrated_names.isdisjoint(step.field for step in profile.next_steps)
        for row in profile.fields:
            items = [item.id for item in survey.questionnaire.scored_items(row.dimension)]
            status = {int(survey.status.at[key, name]) for name in items if name in survey.status}
            if status == {AnswerStatus.NOT_APPLICABLE}:
                outside += 1
                assert row.dimension in unrated
                assert row.dimension not in advice.not_rated
    assert outside > 10


def test_a_question_outside_ones_task_has_no_gap(taken, keys, sample):
    survey = sample.survey
    found = 0
    for key in keys[::9]:
        for row in taken.profile(key).fields:
            for line in taken.field_gaps(key, row.dimension).items:
                if survey.status.at[key, line.item] != AnswerStatus.ANSWERED:
                    found += 1
                    assert line.own is None
                    assert all(gap.state is GapState.UNKNOWN for gap in line.gaps)
    assert found > 20


def test_robustness_is_a_share_and_its_interval_holds_the_score(taken, keys):
    outside = 0
    for key in keys:
        profile = taken.profile(key)
        rows = {row.dimension: row for row in profile.fields}
        for one in profile.robustness.fields:
            row = rows[one.dimension]
            assert 0 <= one.same_level <= 1
            assert 0 <= one.low <= one.high <= 100
            assert 0 <= one.lowest <= row.score <= one.highest <= 100
            assert one.level == row.level
            if one.fixed:
                assert (one.low, one.high) == (row.score, row.score)
            outside += not one.low <= row.score <= one.high
    assert outside == 0


def test_the_pages_of_measures_and_profile_name_the_same_steps(sample, taken, keys):
    for key in keys[::10]:
        advice = taken.advice(key)
        said = measure_profile(
            advice, sample.catalogue, sample.survey.questionnaire, name=sample.survey.name_of(key)
        )
        steps = taken.profile(key).next_steps
        assert [step.id for step in steps] == [row.text.id for row in said.first][:3]
        assert len(said.rows) == len(advice.recommendations)
        for line in taken.gap_profile(key).lines:
            if line.formula:
                assert line.formula in {row.formula for row in said.rows}


def test_the_order_of_rows_changes_no_profile(sample, taken, keys):
    order = np.random.default_rng(4).permutation(len(keys))
    mixed = pipeline.assess(part_of(sample.survey, order), typology=sample.typology)
    other = taken_of(mixed)
    for key in keys[::8]:
        assert dump(other.profile(key).as_dict()) == dump(taken.profile(key).as_dict())
        assert dump(other.gap_profile(key).as_dict()) == dump(taken.gap_profile(key).as_dict())
        assert other.advice(key) == taken.advice(key)
    assert dump(as_plain(other.overview)) == dump(as_plain(taken.overview))


def test_twice_the_same_bytes(sample, taken, keys):
    again = taken_of(pipeline.assess(replace(sample.survey), typology=sample.typology))
    for key in keys[::40]:
        assert dump(again.profile(key).as_dict()) == dump(taken.profile(key).as_dict())


def test_somebody_more_changes_nobody_elses_own_points(sample, taken, keys):
    survey = sample.survey
    fewer = pipeline.assess(part_of(survey, np.arange(len(keys) - 1)), typology=sample.typology)
    other = taken_of(fewer)
    own = ("level", "score", "lowest", "highest", "coverage", "gate", "answers")
    for key in keys[:-1:8]:
        before, after = other.profile(key), taken.profile(key)
        for left, right in zip(before.fields, after.fields, strict=True):
            assert [getattr(left, name) for name in own] == [getattr(right, name) for name in own]
        assert before.robustness == after.robustness
        assert before.targets == after.targets
        assert before.priorities == after.priorities


def dump(content) -> str:
    return json.dumps(content, ensure_ascii=False, sort_keys=True)


def test_numbers_of_the_formula_are_german():
    assert short_number(0.84) == "0,84"
    assert format_number(10800) == "10.800"


@pytest.mark.parametrize("new", range(5))
def test_a_target_of_the_plan_is_the_target_that_counts(sample, taken, keys, new):
    """Relevance, gap and sentence must rest on the same target."""
    counted = 0
    for key in keys[::60]:
        for field, (today, _) in situation(sample, key, taken.gaps(key)).targets.items():
            basis = measure_basis(sample, key, sample.catalogue, targets={field: new})
            for given in basis.advice.recommendations:
                if given.dimension != field:
                    continue
                counted += 1
                own = given.priority.reference is Reference.OWN_TARGET
                if new <= given.level:
                    assert not own or new > today
                elif own:
                    assert f"Ziel Stufe {new}" in given.chain[1].sentence
    assert counted


def test_a_target_one_level_up_counts_one_level_whatever_the_points(sample, keys):
    """Sentence, formula and gap say the same, also in fields of several questions."""
    counted = 0
    for key in keys[::40]:
        levels = measure_basis(sample, key, sample.catalogue).levels
        wanted = {name: level + 1 for name, level in levels.items() if level in (0, 1, 2, 3)}
        basis = measure_basis(sample, key, sample.catalogue, targets=wanted)
        rows = {row.id: row for row in gap_rows(sample, key, targets=basis.targets)}
        for given in basis.advice.recommendations:
            if given.priority.reference is None:
                # The points suffice and a condition holds the level: said in the answer.
                own = rows[given.dimension].gaps[Reference.OWN_TARGET]
                assert (own.state, own.shortfall) == (GapState.INDISTINGUISHABLE, 0)
            if given.priority.reference is not Reference.OWN_TARGET:
                continue
            counted += 1
            assert "1 Stufe Abstand zum eigenen Ziel" in given.chain[1].sentence
            assert given.priority.gap == 1
            assert given.priority.formula.startswith("1²")
    assert counted > 100
