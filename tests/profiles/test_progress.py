"""How a plan stands on a day: each deviation with cause and option, own change only."""

from datetime import date

import pytest
from profile_cases import NEVER, texts_in

from assessment import pipeline
from assessment.measures.plan_types import (
    Decision,
    DecisionState,
    MunicipalityPlan,
    PlannedMeasure,
    Status,
)
from assessment.profiles.council.measure_order import constrained, ordered_rows
from assessment.profiles.council.paper_parts import TO_FILL
from assessment.profiles.council.progress import progress
from assessment.profiles.dossier import Dossier
from assessment.profiles.variants import Variant

DAY = date(2027, 6, 15)


@pytest.fixture(scope="module")
def later():
    return pipeline.assess_sample("2028")


@pytest.fixture(scope="module")
def waves(sample, later):
    return pipeline.waves(sample, later)


@pytest.fixture(scope="module")
def key(sample) -> str:
    return sample.survey.keys[3]


def plan_with(key: str, *measures: PlannedMeasure) -> MunicipalityPlan:
    return MunicipalityPlan(
        municipality=key, name="Musterstadt", begins=date(2027, 1, 1), measures=measures
    )


def own(number: int, **more) -> PlannedMeasure:
    return PlannedMeasure(id=f"E{number}", own_title=f"Vorhaben {number}", owner="Amt", **more)


def of(sample, key: str, *measures: PlannedMeasure, day: date = DAY):
    return progress(Dossier(sample, key, plan=plan_with(key, *measures)), day)


def timing(sample, key: str, **more) -> tuple[str, bool]:
    [row] = of(sample, key, own(1, **more)).rows
    return row.timing, row.deviates


@pytest.mark.parametrize(
    ("more", "said", "deviates"),
    [
        ({"status": Status.DONE}, "erledigt", False),
        ({"status": Status.DEFERRED}, "wird vorerst nicht umgesetzt", True),
        ({"status": Status.DROPPED}, "wird vorerst nicht umgesetzt", True),
        ({"status": Status.DELAYED, "end": date(2027, 12, 31)}, "später als geplant", True),
        (
            {"status": Status.RUNNING, "start": date(2027, 1, 1), "end": date(2027, 3, 14)},
            "Ende seit 3 Monaten überschritten",
            True,
        ),
        (
            {"status": Status.RUNNING, "start": date(2027, 1, 1), "end": date(2027, 5, 15)},
            "Ende seit einem Monat überschritten",
            True,
        ),
        (
            {"status": Status.RUNNING, "start": date(2027, 1, 1), "end": date(2027, 6, 14)},
            "Ende seit einem Tag überschritten",
            True,
        ),
        (
            {"status": Status.RUNNING, "start": date(2027, 1, 1), "end": DAY},
            "im Zeitplan",
            False,
        ),
        (
            {"status": Status.PLANNED, "start": date(2027, 6, 3), "end": date(2027, 12, 31)},
            "Beginn seit 12 Tagen überschritten",
            True,
        ),
        (
            {"status": Status.PLANNED, "start": DAY, "end": date(2027, 12, 31)},
            "noch nicht fällig",
            False,
        ),
    ],
)
def test_planned_against_actual_time(sample, key, more, said, deviates):
    assert timing(sample, key, **more) == (said, deviates)


def test_each_deviation_has_cause_and_option_or_asks_for_them(sample, key):
    found = of(
        sample,
        key,
        own(1, status=Status.DELAYED, cause="Stelle frei", option="Vergabe"),
        own(2, status=Status.DELAYED, cause="Lieferung fehlt"),
        own(3, status=Status.DEFERRED),
        own(4, status=Status.DONE, cause="alt"),
    )
    assert [each.id for each in found.deviations] == ["E1", "E2", "E3"]
    first, second, third = found.deviations
    assert (first.cause, first.option, first.missing) == ("Stelle frei", "Vergabe", ())
    assert (second.cause, second.option) == ("Lieferung fehlt", TO_FILL)
    assert (third.cause, third.option) == (TO_FILL, TO_FILL)
    # Whatever shows the mark is listed, and nothing else is.
    assert [text for text in found.open_points if "„Vorhaben" in text] == [
        "Nr. 2 „Vorhaben 2“: Möglichkeit.",
        "Nr. 3 „Vorhaben 3“: Ursache und Möglichkeit.",
    ]
    assert found.sentence == (
        "Am 15.06.2027 ist von 4 Maßnahmen eine erledigt; begonnen: 2. "
        "3 weichen vom Plan ab; zu jeder stehen Ursache und Möglichkeit unten."
    )


def test_what_builds_on_a_late_measure_waits_for_it(sample, key):
    late = own(1, status=Status.DELAYED, start=date(2027, 1, 1), end=date(2027, 12, 31))
    found = of(sample, key, late, own(2, requires=("E1",)))
    assert found.rows[1].timing == "wartet auf Nr. 1"
    assert found.deviations[0].waiting == ("2 Vorhaben 2",)


def test_decisions_are_options_and_what_begins_within_a_year(sample, key):
    decided = Decision(state=DecisionState.DECIDED)
    found = of(
        sample,
        key,
        own(1, status=Status.DELAYED, cause="x", option="Beginn verschieben"),
        own(2, status=Status.PLANNED, start=date(2028, 6, 15)),
        own(3, status=Status.PLANNED, start=date(2028, 6, 16)),
        own(4, status=Status.PLANNED, start=date(2027, 9, 1), decision=decided),
        own(5, status=Status.DONE),
        own(6, status=Status.DELAYED),
    )
    assert [each.id for each in found.decisions] == ["E1", "E2", "E6"]
    assert found.decisions[0].why == "Zur Wahl steht: Beginn verschieben"
    assert found.decisions[1].why == "Beginn am 15.06.2028; Beschluss: offen"
    assert TO_FILL in found.decisions[2].why


def test_the_order_is_that_of_the_roadmap(sample, key):
    dossier = Dossier(sample, key, plan=plan_with(key, own(3), own(1, status=Status.DONE), own(2)))
    assert [row.id for row in progress(dossier, DAY).rows] == ["E3", "E1", "E2"]


def test_levels_tell_the_own_change_and_nothing_of_others(sample, later, waves):
    key = next(key for key in later.survey.keys if key in sample.survey.rows)
    dossier = Dossier(later, key, plan=plan_with(key, PlannedMeasure(id="M004")), waves=waves)
    found = progress(dossier, DAY)
    changes = {each.dimension: each for each in waves.comparison(key).fields}
    field = later.catalogue["M004"].dimension
    shown = {each.dimension for each in found.fields}
    assert shown == {
        name
        for name, change in changes.items()
        if change.own is not None
        and (change.distinguishable or name == field)
        and name not in dossier.hidden
    }
    assert field in shown
    assert all(each.own == changes[each.dimension].own for each in found.fields)


def test_without_an_earlier_wave_or_a_plan_it_says_so(sample, key):
    found = progress(Dossier(sample, key), DAY)
    assert found.rows == found.deviations == found.open_points == ()
    assert "Plan" in found.sentence
    assert found.fields_refusal.startswith("Eine frühere Erhebung")


def test_in_haushaltssicherung_voluntary_measures_come_last(sample):
    poor, rich = (
        next(key for key in sample.survey.keys if constrained(Dossier(sample, key)) is wanted)
        for wanted in (True, False)
    )
    by_kind = {
        kind: [m.id for m in sample.catalogue.measures if m.obligation.value == kind]
        for kind in ("pflicht", "teilweise", "freiwillig")
    }
    paid = [
        name for name in by_kind["freiwillig"] if sample.catalogue[name].cost_kind.value != "keine"
    ]
    free = [name for name in by_kind["freiwillig"] if name not in paid]
    ids = [paid[0], free[0], "E1", by_kind["teilweise"][0], paid[1], by_kind["pflicht"][0]]
    measures = [own(1) if name == "E1" else PlannedMeasure(id=name) for name in ids]
    for key in (poor, rich):
        dossier = Dossier(sample, key, plan=plan_with(key, *measures), variant=Variant.CLOSED)
        rows = ordered_rows(dossier)
        expected = [ids[5], ids[3], ids[1], "E1", ids[0], ids[4]] if key == poor else ids
        assert [row.id for row in rows] == expected
        assert [row.number for row in rows] == [ids.index(name) + 1 for name in expected]


def test_no_word_shames(sample, key):
    statuses = [own(number, status=status) for number, status in enumerate(Status, 1)]
    found = of(sample, key, *statuses)
    for text in texts_in(found.as_dict()):
        assert not NEVER.search(text.replace(TO_FILL, "")), text


@pytest.mark.parametrize(
    ("statuses", "starts", "said"),
    [
        # A delayed measure whose planned begin is still ahead hasn't begun (day: 15.06.2027).
        (
            ["RUNNING", "DELAYED"],
            [None, date(2027, 9, 1)],
            "sind von 2 Maßnahmen keine erledigt und 1 begonnen",
        ),
        (
            ["RUNNING", "DELAYED"],
            [None, date(2027, 3, 1)],
            "sind von 2 Maßnahmen keine erledigt und 2 begonnen",
        ),
        (["PLANNED", "PROPOSED"], [None, None], "ist von 2 Maßnahmen noch keine begonnen"),
        (["DONE", "DONE"], [None, None], "sind von 2 Maßnahmen 2 erledigt und keine begonnen"),
        (["RUNNING"], [None], "ist die eine Maßnahme der Roadmap begonnen"),
    ],
)
def test_the_first_sentence_counts_what_has_begun(sample, key, statuses, starts, said):
    measures = [
        own(n, status=Status[name], start=start)
        for n, (name, start) in enumerate(zip(statuses, starts, strict=True), 1)
    ]
    assert of(sample, key, *measures).sentence.startswith(f"Am 15.06.2027 {said}.")
