"""Nobody's answers follow from what councils see; every rule that is switched off is noticed."""

from collections import Counter
from dataclasses import replace
from functools import partial

import numpy as np
import pytest
from attacker import Count, Mean, Question, attack, attack_means, attack_table, quantile_facts
from council_facts import facts_of, findings, later_facts, read_associations, read_waves
from synthetic_councils import (
    DIMENSIONS,
    council,
    part_of,
    random_answers,
    random_council,
    scored_items,
)

from assessment import pipeline
from assessment.comparison import disclosure, prepared_groups, table_suppression
from assessment.comparison.disclosure import GuardedCounts
from assessment.comparison.release import Release, may_follow
from assessment.measures.association import prepare_associations
from assessment.profiles import goals_of, overview, type_tables
from assessment.profiles.results import Assessment

SETS = 200
PARTS = 8


def two_of(rng: np.random.Generator, assessment: Assessment) -> list[int]:
    """A coalition; every second one of the same group, where it knows most."""
    n = len(assessment.survey.keys)
    first = int(rng.integers(n))
    group, _ = assessment.peers.group_for(str(assessment.survey.keys[first]))
    near = np.setdiff1d(np.flatnonzero(group.members), [first])
    far = np.setdiff1d(np.arange(n), [first])
    return [first, int(rng.choice(near if len(near) and rng.random() < 0.5 else far))]


@pytest.mark.parametrize("part", range(PARTS))
def test_nothing_follows_for_one_council_or_two(part):
    for seed in range(part, SETS, PARTS):
        rng = np.random.default_rng(seed)
        assessment = random_council(rng)
        pair = two_of(rng, assessment)
        for viewers in (pair[:1], pair):
            facts = facts_of(assessment, viewers, tables=viewers is pair and seed % 5 == 0)
            if seed % 5 == 0:
                told = prepare_associations(
                    assessment.survey, assessment.scores, assessment.membership
                )
                for viewer in viewers:
                    read_associations(facts, assessment, told, viewer)
            assert findings(facts, assessment, viewers) == [], (seed, viewers)


def release_of(assessment: Assessment, id_: str) -> Release:
    keys = assessment.survey.keys
    members = frozenset(map(str, keys))
    groups = {
        group.id: frozenset(map(str, keys[group.members]))
        for group in assessment.peers.groups.values()
    }
    scores, points = assessment.scores, assessment.scores.item_points
    answered = {
        name: frozenset(map(str, keys[frame[name].notna()]))
        for frame in (scores.score, points)
        for name in frame
    }
    counts = {
        name: np.bincount(level[level >= 0], minlength=5).tolist()
        for name, level in zip(scores.dimensions, scores.level_values.T, strict=True)
    }
    same = dict.fromkeys(members, "same")
    return Release(id_, len(members), members, groups, same, answered, counts)


def two_releases(rng: np.random.Generator, late: int, follows=may_follow):
    """A survey, its earlier release without ``late`` municipalities, and whether both are shown."""
    whole = random_council(rng, int(rng.integers(30, 120)), alike=True)
    first = whole.membership.first
    kinds = first.cat.codes.to_numpy().astype(int)
    kinds = np.where(kinds < 0, 4, kinds)
    n = len(kinds)
    # Late answers of one type, else each group differs by few anyway.
    chosen = np.argsort(rng.random(n) + (kinds != np.bincount(kinds).argmax()))[:late]
    rows = np.setdiff1d(np.arange(n), chosen)
    early = part_of(whole, rows, kinds)
    both, _ = follows([release_of(early, "1")], release_of(whole, "2"))
    return whole, early, rows, both


@pytest.mark.parametrize("part", range(2))
def test_nothing_follows_from_two_releases(part):
    shown = 0
    for seed in range(part, 40, 2):
        rng = np.random.default_rng(1_000 + seed)
        whole, early, rows, both = two_releases(rng, late=int(rng.integers(1, 25)))
        if not both:
            continue
        shown += 1
        viewer = int(rng.choice(rows))
        facts = later_facts(
            facts_of(whole, [viewer]),
            facts_of(early, [int(np.flatnonzero(rows == viewer)[0])]),
            rows,
            len(whole.survey.keys),
        )
        assert findings(facts, whole, [viewer]) == [], seed
    assert shown


@pytest.mark.parametrize("part", range(2))
def test_nothing_follows_from_two_waves(part):
    for seed in range(part, 20, 2):
        rng = np.random.default_rng(2_000 + seed)
        before, after = two_waves(rng, int(rng.integers(14, 120)))
        pair = two_of(rng, after)
        waves = pipeline.waves(before, after)
        assert not waves.refusal
        for viewers in (pair[:1], pair):
            facts = facts_of(after, viewers)
            read_waves(facts, waves, after, viewers)
            assert findings(facts, after, viewers) == [], (seed, viewers)


def two_waves(rng: np.random.Generator, n: int) -> tuple[Assessment, Assessment]:
    kinds = rng.choice(5, size=n, p=[0.35, 0.3, 0.15, 0.15, 0.05])
    moved = np.where(rng.random(n) < 0.2, rng.integers(0, 5, size=n), kinds)
    sides = []
    for wave, groups in (("2026", kinds), ("2028", moved)):
        answers = {item: random_answers(rng, n, groups) for item in scored_items()}
        side = council(groups, answers)
        provenance = replace(side.survey.provenance, data_hash=wave * 2)
        survey = replace(side.survey, wave=wave, provenance=provenance)
        sides.append(replace(side, survey=survey))
    return sides[0], sides[1]


# What a rule prevents must be found as soon as the rule is switched off, every time.

TRIALS = 12


def violated(assessment: Assessment, viewers: list[int], **options) -> Counter:
    found = findings(facts_of(assessment, viewers, **options), assessment, viewers)
    return Counter(one.question for one in found)


def alike_answers(n: int, level: int) -> np.ndarray:
    return np.full(n, level)


@pytest.mark.parametrize("seed", range(TRIALS))
def test_planted_groups_too_small_are_found(monkeypatch, seed):
    rng = np.random.default_rng(seed)
    n = int(rng.integers(20, 60))
    kinds = np.where(np.arange(n) < 1, 3, rng.integers(0, 3, size=n))
    answers = {item: rng.integers(0, 5, size=n) for item in scored_items()}
    # Types of every size are shown, whoever is in them.
    assessment = council(kinds, answers)
    viewer = n - 1
    assert not violated(assessment, [viewer])
    monkeypatch.setattr(disclosure, "refusal_of", lambda *_: "")
    assert violated(assessment, [viewer])["HF01"]


@pytest.mark.parametrize("seed", range(TRIALS))
def test_planted_quartiles_of_few_are_found(monkeypatch, seed):
    rng = np.random.default_rng(seed)
    answers = {item: rng.integers(0, 5, size=7) for item in scored_items()}
    order = rng.permutation(7)
    # The viewer, one who answers less, and five who all answer the highest: of these six, the
    # lower quartile is the second lowest, and one of the two.
    answers["C01"] = np.array([2, 0, 4, 4, 4, 4, 4])[np.argsort(order)]
    viewers = [int(order[0]), int(order[1])]
    assessment = council(np.full(7, 4), answers)
    assert not violated(assessment, viewers)
    monkeypatch.setattr(disclosure, "QUARTILES_FROM", 1)
    assert violated(council(np.full(7, 4), answers), viewers)["HF01"]


@pytest.mark.parametrize("seed", range(TRIALS))
def test_planted_distributions_of_one_mind_are_found(monkeypatch, seed):
    rng = np.random.default_rng(seed)
    n = int(rng.integers(12, 300))
    answers = {item: rng.integers(0, 5, size=n) for item in scored_items()}
    answers["C05"] = alike_answers(n, int(rng.integers(5)))
    assessment = council(rng.integers(0, 4, size=n), answers)
    assert not violated(assessment, [0])
    open_counts = partial(disclosure.guarded_counts, public=True)
    monkeypatch.setattr(
        overview, "guarded_answers", lambda counts, without: open_counts([*counts, without])
    )
    assert violated(assessment, [0])["HF05"]


@pytest.mark.parametrize("seed", range(TRIALS))
def test_planted_differences_of_groups_are_found(monkeypatch, seed):
    rng = np.random.default_rng(seed)
    # The viewer and 29 others in one type, one in none: of the 29, quartiles are single answers.
    low, high = sorted(rng.choice(5, size=2, replace=False))
    answers = {item: rng.integers(0, 5, size=31) for item in scored_items()}
    answers["C01"] = np.concatenate([[low], np.full(22, low), np.full(7, high), [high]])
    order = rng.permutation(31)
    kinds = np.concatenate([np.zeros(30, int), [4]])
    answers = {item: codes[order] for item, codes in answers.items()}
    viewer = int(np.flatnonzero(order == 0)[0])
    assert not violated(council(kinds[order], answers), [viewer])

    def anything(labels, answered):
        return tuple(
            np.ones((int(step.max(initial=-1)) + 1, answered.shape[1]), dtype=bool)
            for step in labels
        )

    monkeypatch.setattr(prepared_groups, "admitted_groups", anything)
    assert violated(council(kinds[order], answers), [viewer])["HF01"]


@pytest.mark.parametrize("seed", range(TRIALS))
def test_planted_lonely_hidden_cells_are_found(monkeypatch, seed):
    rng = np.random.default_rng(seed)
    few = int(rng.integers(1, 5))
    # Three sizes by two types; one cell is small, all others are large.
    sizes = rng.integers(8, 20, size=(3, 3))
    sizes[int(rng.integers(3)), int(rng.integers(3))] = few
    cells = [(row, kind) for row in range(3) for kind in range(3) for _ in range(sizes[row, kind])]
    places = np.array([(row, 0) for row, _ in cells])
    kinds = np.array([kind for _, kind in cells])
    answers = {item: rng.integers(0, 5, size=len(cells)) for item in scored_items()}
    assessment = council(kinds, answers, places)
    assert not violated(assessment, [0], tables=True)
    # Only the small cell is hidden then: none for the sake of the peer groups' sizes.
    monkeypatch.setattr(type_tables, "_kept_back", lambda _: None)
    monkeypatch.setattr(table_suppression, "_protected", lambda core, hidden, *_: hidden)
    assert violated(assessment, [0], tables=True)["Größenklasse"]


@pytest.mark.parametrize("seed", range(TRIALS))
def test_planted_lonely_hidden_counts_are_found(monkeypatch, seed):
    rng = np.random.default_rng(seed)
    few = int(rng.integers(1, 5))
    codes = np.concatenate([np.zeros(few, int), rng.integers(1, 4, size=60)])
    answers = {item: rng.integers(0, 5, size=len(codes)) for item in scored_items()}
    answers["C01"] = codes
    assessment = council(np.full(len(codes), 4), answers)
    assert not violated(assessment, [60])

    def only_small(counts, without):
        return GuardedCounts(tuple(None if 0 < n < 5 else n for n in (*counts, without)))

    monkeypatch.setattr(overview, "guarded_answers", only_small)
    assert violated(assessment, [60])["HF01"]


@pytest.mark.parametrize("seed", range(TRIALS))
@pytest.mark.parametrize("what", ["points", "means"])
def test_planted_raw_numbers_are_found(monkeypatch, seed, what):
    rng = np.random.default_rng(seed)
    n = 48
    answers = {item: rng.integers(0, 5, size=n) for item in scored_items()}
    # Quarters of a distance of 25 points, whatever was answered.
    answers["C01"] = np.repeat([0, 1, 2, 3], 12)
    goals = rng.integers(0, 5, size=(n, 13))
    kinds = np.full(n, 4)
    assert not violated(council(kinds, answers, goals=goals), [0])
    if what == "points":
        monkeypatch.setattr(disclosure, "whole_points", float)
    else:
        raw = partial(disclosure.guarded_mean, decimals=9)
        monkeypatch.setattr(goals_of, "guarded_mean", raw)
    found = violated(council(kinds, answers, goals=goals), [0])
    assert any("/" in name for name in found)


@pytest.mark.parametrize("seed", range(TRIALS))
def test_planted_releases_that_differ_by_one_are_found(seed):
    rng = np.random.default_rng(seed)
    while True:
        whole, early, rows, both = two_releases(rng, late=1, follows=lambda *_: (True, ""))
        late = int(np.setdiff1d(np.arange(len(whole.survey.keys)), rows)[0])
        levels = [
            [spread.counts for spread in pipeline.overview(side).levels] for side in (early, whole)
        ]
        # Where a distribution is hidden anyway, a late answer to it is hidden as well.
        open_ = [
            place
            for place, pair in enumerate(zip(*levels, strict=True))
            if not any(None in counts for counts in pair)
            and not np.isnan(whole.scores.score.iloc[late, place])
            and DIMENSIONS[place].startswith("HF")
        ]
        if open_:
            break
    assert both
    assert not may_follow([release_of(early, "1")], release_of(whole, "2"))[0]
    viewer = int(rows[0])
    facts = later_facts(facts_of(whole, [viewer]), facts_of(early, [0]), rows, len(rows) + 1)
    found = Counter(one.question for one in findings(facts, whole, [viewer]))
    assert all(found[DIMENSIONS[place]] for place in open_)


# The attacker itself, on examples worked by hand.


def test_the_attacker_subtracts_groups():
    values = np.array([0.0, 50, 50, 100, 25])
    everybody, most = np.full(5, True), np.arange(5) < 4
    question = Question("q", values, np.arange(0, 101, 25.0))
    for low in (0.0, 25.0, 50.0, 75.0, 100.0):
        for members in (everybody, most):
            n = int((values[members] == low).sum())
            question.facts.append(Count(members, low, low + 1, n, n))
    found = attack(question, [])
    assert [(one.members, one.low, one.exact) for one in found] == [(1, 25.0, True)]
    assert attack(Question("q", values, np.arange(0, 101, 25.0)), [0]) == []


def test_the_attacker_reads_quantiles_as_they_are_rounded():
    # Of six with 0, 0, 25, 50, 100, 100 the median is 37.5, shown as 38.
    values = np.array([0.0, 0, 25, 50, 100, 100])
    question = Question("q", values, np.arange(0, 101, 25.0))
    question.facts.extend(quantile_facts(np.full(6, True), 0.5, 38.0))
    assert attack(question, []) == []
    # With three of them known, at least one of the others lies below.
    wrong = Question("q", values, np.arange(0, 101, 25.0))
    wrong.facts.extend(quantile_facts(np.full(6, True), 0.5, 60.0))
    with pytest.raises(AssertionError, match="not true"):
        attack(wrong, [])


def test_the_attacker_bounds_means():
    values = np.array([4.0, 4, 4, 4, 3])
    mean = [Mean(np.full(5, True), 3.75, 3.85)]
    found = attack_means("m", values, (0.0, 4.0), mean, [4])
    assert found
    assert not found[0].exact
    assert found[0].low >= 3.7
    assert attack_means("m", values - 2, (0.0, 4.0), [Mean(np.full(5, True), 1.75, 1.85)], []) == []


def test_the_attacker_solves_tables():
    assert attack_table("t", [[20, None], [8, 9]], [23, 17], [28, 12], 40)[0].exact
    assert attack_table("t", [[None, None], [None, None]], [23, 17], [28, 12], 40) == []
