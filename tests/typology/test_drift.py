"""Whether a new survey still looks like the one a typology was learnt on."""

import json
from dataclasses import replace

import numpy as np
import pytest

from assessment.simulation.goal_survey import SCENARIOS, draw_goal_survey
from assessment.typology.drift import drift
from assessment.typology.expected import Expected, expected_of
from assessment.typology.goal_data import GoalData
from assessment.typology.goal_input import CategoryQuestion, GoalInput, RankedQuestion
from assessment.typology.goals import Coding, GoalColumn
from assessment.typology.method import Method
from assessment.typology.methods import solve

COLUMNS = tuple(
    GoalColumn(f"Z{number:02d}", f"Ziel {number}", Coding.SCALE, codes=tuple("12345"))
    for number in range(12)
)
RANKED = RankedQuestion("R", tuple(c.item for c in COLUMNS), tuple(c.label for c in COLUMNS), 3)
GOALS = GoalInput(COLUMNS, rated=True, ranked=RANKED)
TYPES = ("Bürgernah", "Ordnend", "Sparsam", "Sozial")
MEDIUM = SCENARIOS["medium"]


def answers(n, seed, scenario=MEDIUM):
    drawn = draw_goal_survey(n, scenario, seed)
    return GoalData(
        n=n,
        rated=drawn.ratings,
        steps=5,
        orders=drawn.orders,
        options=12,
        links=tuple(range(12)),
    )


def learnt_on(seed):
    data = answers(412, seed)
    measurement = solve(data, Method.JOINT, 4, 0).measurement
    return measurement, expected_of(data, measurement.probabilities(data))


@pytest.fixture(scope="module")
def model():
    return learnt_on(1)


def remarks(model, data, posterior=None):
    measurement, expected = model
    posterior = measurement.probabilities(data) if posterior is None else posterior
    return drift(expected, data, posterior, GOALS, TYPES)


def test_the_same_population_is_no_drift():
    warned = {}
    for seed in range(5):
        measurement, expected = learnt_on(seed)
        for n, times in ((30, 6), (60, 6), (200, 6), (412, 4), (2000, 2)):
            for again in range(times):
                data = answers(n, 1000 * (seed + 1) + 10 * again + n)
                found = drift(expected, data, measurement.probabilities(data), GOALS, TYPES)
                warned.setdefault(n, []).append(bool(found))
    print("surveys with a remark:", {n: float(np.mean(found)) for n, found in warned.items()})
    assert np.mean(np.concatenate(list(warned.values()))) <= 0.05


def test_a_goal_become_more_important(model):
    data = answers(150, 7)
    data.rated[:, 5] = np.where(data.rated[:, 5] < 0, -1, np.minimum(data.rated[:, 5] + 2, 4))
    (found,) = remarks(model, data)
    assert found.about == "goal"
    assert found.sentence.startswith(
        "Ziel „Ziel 5“ wird deutlich wichtiger eingeschätzt als bei den Kommunen, auf denen die "
        "Typologie beruht: um "
    )
    assert found.n == (data.rated[:, 5] >= 0).sum()
    assert found.effect > 0.5
    data.rated[:, 5] = np.where(data.rated[:, 5] < 0, -1, np.maximum(data.rated[:, 5] - 4, 0))
    assert "weniger wichtig" in remarks(model, data)[0].sentence


def test_a_goal_named_more_often(model):
    data = answers(150, 8)
    free = ~(data.orders == 10).any(axis=1)
    data.orders[np.flatnonzero(free)[:60], 0] = 10
    found = remarks(model, data)
    assert found[0].sentence.startswith("„Ziel 10“ wird deutlich häufiger unter den ersten Zielen")
    assert "\u00a0% statt " in found[0].sentence


def test_everybody_rates_higher(model):
    data = answers(200, 9)
    data.rated[:] = np.where(data.rated < 0, -1, np.minimum(data.rated + 1, 4))
    found = remarks(model, data)
    assert [remark.about for remark in found if remark.about == "level"] == ["level"]
    assert any("insgesamt werden deutlich höher bewertet" in one.sentence for one in found)


def test_other_types_and_unsure_ones(model):
    measurement, expected = model
    data = answers(600, 10)
    posterior = measurement.probabilities(data)
    most = int(np.argmax(expected.types))
    kept = posterior.argmax(axis=1) != most
    found = remarks(model, data.take(kept))
    kinds = [one for one in found if one.about == "types"]
    assert any(
        one.sentence.startswith(f"Der Typ „{TYPES[most]}“ kommt deutlich seltener vor")
        and "0\u00a0% statt " in one.sentence
        for one in kinds
    )
    blurred = 0.3 * posterior + 0.7 / 4
    assert any(one.about == "unsure" for one in remarks(model, data, blurred))


def test_many_who_cannot_be_placed(model):
    measurement, _ = model
    data = answers(200, 11)
    posterior = measurement.probabilities(data)
    posterior[:60] = np.nan
    (found,) = remarks(model, data, posterior)
    assert found.about == "placing"
    assert found.sentence == (
        "Es lassen sich deutlich mehr Kommunen nicht zuordnen als bei den Kommunen, auf denen die "
        "Typologie beruht: 30\u00a0% statt 0\u00a0% (n = 200)."
    )
    assert found.effect == pytest.approx(0.3)


def test_a_short_form_is_no_drift(model):
    measurement, _ = model
    for seed in range(5):
        data = answers(300, 50 + seed)
        rated = np.full_like(data.rated, -1)
        rated[:, [0, 4, 7, 8, 10]] = data.rated[:, [0, 4, 7, 8, 10]]
        short = replace(data, rated=rated, orders=None, options=0, links=())
        posterior = measurement.probabilities(short)
        assert (posterior.max(axis=1) < 0.6).mean() > 0.1
        assert remarks(model, short, posterior) == ()


def test_too_few_say_nothing(model):
    data = answers(19, 3)
    data.rated[:, 5] = 4
    assert remarks(model, data) == ()
    assert remarks(model, answers(0, 3), np.empty((0, 4))) == ()


@pytest.mark.filterwarnings("error")
def test_empty_constant_and_unplaced_answers(model):
    data = answers(40, 4)
    nobody = np.full((40, 4), np.nan)
    assert [one.about for one in remarks(model, data, nobody)] == ["placing"]
    empty = expected_of(data, nobody)
    assert empty.assigned == 0
    assert drift(empty, data, np.full((40, 4), 0.25), GOALS, TYPES)[0].about == "placing"
    one = expected_of(data, np.ones((40, 1)))
    assert one.types == (40,)
    assert drift(one, data, np.ones((40, 1)), GOALS, ("Alle",)) == ()
    same = replace(data, rated=np.full((40, 12), 3, dtype=np.int16))
    flat = expected_of(same, np.full((40, 4), 0.25))
    assert drift(flat, same, np.full((40, 4), 0.25), GOALS, TYPES) == ()
    gone = replace(data, rated=np.full((40, 12), -1, dtype=np.int16))
    assert expected_of(gone, np.full((40, 4), 0.25)).columns[0].n == 0
    drift(flat, gone, np.full((40, 4), 0.25), GOALS, TYPES)


def test_categories_and_numbers():
    random = np.random.default_rng(0)
    goals = GoalInput(
        (GoalColumn("x", "Einwohner", Coding.NUMBER),),
        categories=(
            CategoryQuestion("a", "Wohnen", option="1"),
            CategoryQuestion("b", "Träger", ("stadt", "land", "bund")),
        ),
    )

    def drawn(n, named, size):
        return GoalData(
            n=n,
            categories=np.column_stack([random.random(n) < named, random.choice(3, n)]).astype(
                np.int16
            ),
            sizes=(2, 3),
            numbers=np.exp(random.normal(size, 2, (n, 1))),
        )

    posterior = np.array([[0.9, 0.1], [0.1, 0.9]] * 100)
    expected = expected_of(drawn(200, 0.4, 9), posterior)
    assert drift(expected, drawn(200, 0.4, 9), posterior, goals, ("A", "B")) == ()
    found = drift(expected, drawn(200, 0.7, 11), posterior, goals, ("A", "B"))
    sentences = sorted(one.sentence for one in found)
    assert len(sentences) == 2
    assert sentences[0].startswith("Die Angaben zu „Einwohner“ sind deutlich höher als")
    assert sentences[1].startswith("„Wohnen“ wird deutlich häufiger gewählt als")


def test_what_is_expected_survives_json(model):
    _, expected = model
    assert Expected.from_plain(json.loads(json.dumps(expected.as_plain()))) == expected
    assert sum(expected.types) == expected.assigned == expected.n == 412
    numbers = expected_of(GoalData(n=30, numbers=np.arange(30.0)[:, None]), np.full((30, 2), 0.5))
    assert Expected.from_plain(json.loads(json.dumps(numbers.as_plain()))) == numbers
    assert numbers.columns[0].counts == (6, 6, 6, 6, 6)


@pytest.mark.parametrize(
    "damage",
    [
        lambda plain: plain.pop("n"),
        lambda plain: plain.update(n=-1),
        lambda plain: plain.update(level_variance="inf"),
        lambda plain: plain.update(types=[1.5]),
        lambda plain: plain["columns"][0].update(part="secret"),
        lambda plain: plain["columns"][0].update(counts=None),
    ],
)
def test_a_damaged_file_is_noticed(model, damage):
    plain = json.loads(json.dumps(model[1].as_plain()))
    damage(plain)
    with pytest.raises((KeyError, TypeError, ValueError)):
        Expected.from_plain(plain)


def test_row_order_does_not_matter(model):
    measurement, expected = model
    data = answers(412, 1)
    order = np.random.default_rng(0).permutation(412)
    shuffled = data.take(order)
    assert expected_of(shuffled, measurement.probabilities(shuffled)) == expected
