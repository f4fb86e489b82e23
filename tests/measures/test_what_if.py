"""The projection: one step per measure, prerequisites first, never less for more."""

from datetime import date
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_catalogue import FIELDS, IDS, catalogue, catalogues, measure

from assessment.measures.model import Catalogue, Horizon
from assessment.measures.plan_types import MunicipalityPlan, PlannedMeasure
from assessment.measures.prerequisites import fulfilled
from assessment.measures.roadmap import schedule
from assessment.measures.what_if import NO_FORECAST, ProjectedDimension, Projection, Reason, project
from assessment.questionnaire.model import Gate

BEGINS = date(2027, 1, 1)


def field(projection: Projection, name: str = "HF01") -> ProjectedDimension:
    return next(d for d in projection.dimensions if d.id == name)


def reasons(projection: Projection) -> dict[str, Reason]:
    return {entry.id: entry.reason for entry in projection.no_effect}


def test_measures_add_up_step_by_step() -> None:
    # 0–1, 0–2, 2–4 from level 0: 0→1, 1→2, 2→3; each measure is worth one step.
    known = catalogue(
        measure("LOW", level_to=1),
        measure("MID", horizon="mittel"),
        measure("TOP", level_from=2, level_to=4, requires=("MID",), effort=5),
    )
    projection = project(known, {"HF01": 0}, ["TOP", "MID", "LOW"], BEGINS, targets={"HF01": 4})
    one = field(projection)
    assert [(s.measure, s.from_level, s.to_level) for s in one.steps] == [
        ("LOW", 0, 1),
        ("MID", 1, 2),
        ("TOP", 2, 3),
    ]
    assert (one.level, one.projected, one.raised) == (0, 3, True)
    # MID takes 24 months, TOP 9 more.
    assert one.end == projection.end == date(2029, 9, 30)
    assert one.sentence == (
        "HF01: von Stufe 0 auf Stufe 3 (frühestens 3. Quartal 2029); "
        "zum Ziel Stufe 4 fehlt 1 Stufe."
    )
    assert projection.effort == 9
    assert projection.count == 3
    assert projection.horizons == {Horizon.SHORT: 2, Horizon.MEDIUM: 1, Horizon.LONG: 0}
    assert projection.no_effect == ()
    assert projection.note == NO_FORECAST
    assert projection.sentences == (
        "Mit den 3 gewählten Maßnahmen steigt rechnerisch 1 von 1 bewerteten Feld um mindestens "
        "eine Stufe.",
        "Aufwand zusammen: 9 Punkte (je Maßnahme 1 bis 5 nach Katalog, kein Geldbetrag).",
        "Zeithorizont der Maßnahmen: 2 kurz, 1 mittel.",
        "Frühestes Ende: 3. Quartal 2029, wenn jede Maßnahme beginnt, sobald ihre Voraussetzungen "
        "abgeschlossen sind.",
    )


def test_the_order_of_the_catalogue_does_not_cost_a_step() -> None:
    # Taking the wide measure first would leave the narrow one without use.
    known = catalogue(measure("WIDE", level_to=2), measure("NARROW", level_to=1))
    assert field(project(known, {"HF01": 0}, ["WIDE", "NARROW"], BEGINS)).projected == 2


def test_each_reason_for_no_effect_is_told() -> None:
    known = catalogue(
        measure("DONE"),
        measure("KREIS", kinds=("kreis",)),
        measure("UNRATED", action_field="HF02"),
        measure("REACHED", level_to=1),
        measure("BASE"),
        measure("WAITS", requires=("BASE",)),
        measure("HIGH", level_from=3, level_to=4),
        measure("STEP", level_to=2),
        measure("SPARE", level_to=2),
        measure("CHAIN", requires=("WAITS",)),
    )
    chosen = [m.id for m in known.measures if m.id != "BASE"] + ["E1"]
    projection = project(
        known, {"HF01": 1, "HF02": None}, chosen, BEGINS, done=["DONE"], kind="stadt"
    )
    assert field(projection).projected == 2
    assert reasons(projection) == {
        "DONE": Reason.DONE,
        "KREIS": Reason.OUTSIDE,
        "UNRATED": Reason.NOT_RATED,
        "REACHED": Reason.REACHED,
        "WAITS": Reason.PREREQUISITE,
        "HIGH": Reason.LEVEL_TOO_LOW,
        "SPARE": Reason.NO_FURTHER_STEP,
        "CHAIN": Reason.PREREQUISITE,
        "E1": Reason.UNKNOWN,
    }
    by_id = {entry.id: entry.sentence for entry in projection.no_effect}
    assert by_id["WAITS"] == (
        "„Titel WAITS“ hebt keine Stufe: die Voraussetzung „Titel BASE“ ist nicht gewählt."
    )
    assert "kann mit dieser Auswahl noch nicht umgesetzt werden" in by_id["CHAIN"]
    assert "setzt Stufe 3 im Feld voraus" in by_id["HIGH"]
    unrated = field(projection, "HF02")
    assert (unrated.level, unrated.projected) == (None, None)
    assert unrated.sentence == "HF02: nicht bewertbar, deshalb keine Projektion."
    # What is done costs nothing any more.
    assert projection.count == 8


def test_an_own_level_may_stand_for_a_prerequisite() -> None:
    known = catalogue(
        measure("BASE", action_field="HF02", level_to=1), measure("NEXT", requires=("BASE",))
    )
    assert field(project(known, {"HF01": 0, "HF02": 1}, ["NEXT"], BEGINS)).projected == 1
    assert field(project(known, {"HF01": 0, "HF02": 0}, ["NEXT"], BEGINS)).projected == 0
    # A prerequisite in a field nobody rated can be carried out all the same.
    both = project(known, {"HF01": 0, "HF02": None}, ["NEXT", "BASE"], BEGINS)
    assert field(both).projected == 1


def test_an_open_condition_of_a_level_is_named() -> None:
    known = catalogue(measure("A", level_from=2, level_to=3))
    gates = {
        "HF01": [Gate(level=3, item="D01", points=75, reason="Ohne Beschluss gilt sie nicht.")]
    }
    one = field(project(known, {"HF01": 2}, ["A"], BEGINS, gates=gates))
    assert one.condition == "Bedingung für Stufe 3: Ohne Beschluss gilt sie nicht."
    assert field(project(known, {"HF01": 2}, [], BEGINS, gates=gates)).condition == ""


def test_nothing_chosen_leaves_everything_as_it_is() -> None:
    projection = project(catalogue(measure("A")), {"HF01": 1, "EGB": 2}, [], BEGINS)
    assert [d.id for d in projection.dimensions] == ["HF01"]
    assert field(projection).sentence == "HF01: bleibt auf Stufe 1."
    assert projection.end is None
    assert projection.sentences == ("Es ist noch keine Maßnahme gewählt, die umzusetzen wäre.",)


levels = st.fixed_dictionaries({name: st.none() | st.integers(0, 4) for name in FIELDS})
choices = st.sets(st.sampled_from(IDS))


def brute_force(known: Catalogue, start: int, chosen: set[str]) -> int:
    """Highest level of HF01 any order of the chosen measures reaches (no prerequisites)."""
    best = start
    for name in chosen:
        own = known[name]
        if own.dimension == "HF01" and own.level_from <= start < own.level_to:
            best = max(best, brute_force(known, start + 1, chosen - {name}))
    return best


@settings(deadline=None, max_examples=150)
@given(catalogues(), st.integers(0, 4), st.sets(st.sampled_from(IDS), max_size=6))
def test_no_order_of_the_measures_leads_higher(
    known: Catalogue, start: int, chosen: set[str]
) -> None:
    free = catalogue(*(m.model_copy(update={"requires": (), "kinds": ()}) for m in known.measures))
    chosen &= set(free.by_id)
    projection = project(free, {"HF01": start}, chosen, BEGINS)
    found = [d.projected for d in projection.dimensions if d.id == "HF01"]
    assert found in ([], [brute_force(free, start, chosen)])


@settings(deadline=None, max_examples=300)
@given(catalogues(), levels, choices, st.sampled_from(IDS), choices, st.sampled_from(["x", None]))
def test_a_further_measure_lowers_no_level_and_brings_no_end_forward(
    known: Catalogue,
    own: dict[str, int | None],
    chosen: set[str],
    further: str,
    done: set[str],
    kind: str | None,
) -> None:
    before = project(known, own, chosen, BEGINS, done=done, kind=kind)
    after = project(known, own, chosen | {further}, BEGINS, done=done, kind=kind)
    assert after.effort >= before.effort
    assert (after.end or BEGINS) >= (before.end or BEGINS)
    for old, new in zip(before.dimensions, after.dimensions, strict=True):
        assert old.id == new.id
        if old.projected is not None and new.projected is not None:
            assert new.projected >= old.projected
        assert (new.end or BEGINS) >= (old.end or BEGINS)


@settings(deadline=None, max_examples=200)
@given(catalogues(), levels, choices, choices)
def test_every_chosen_measure_has_a_step_or_a_reason(
    known: Catalogue, own: dict[str, int | None], chosen: set[str], done: set[str]
) -> None:
    projection = project(known, own, chosen, BEGINS, done=done)
    stepped = [s.measure for d in projection.dimensions for s in d.steps]
    assert sorted([*stepped, *reasons(projection)]) == sorted(chosen)
    for dimension in projection.dimensions:
        level = dimension.level
        for step in dimension.steps:
            assert step.from_level == level
            assert known[step.measure].level_from <= step.from_level < known[step.measure].level_to
            level = step.to_level
        assert level == dimension.projected
    # The same dates as the roadmap of the same measures.
    ready = fulfilled(known, own, done)
    to_do = tuple(PlannedMeasure(id=n) for n in sorted(chosen & set(known.by_id) - done))
    plan = MunicipalityPlan(municipality="1", name="x", begins=BEGINS, measures=to_do)
    assert schedule(plan, known, done=ready).ends == projection.end


def test_a_hundred_measures_take_less_than_ten_milliseconds() -> None:
    many = catalogue(
        *(
            measure(
                f"M{n:03}",
                requires=(f"M{n - 1:03}",) if n % 5 else (),
                action_field=f"HF{n % 10:02}",
                level_from=n % 4,
                level_to=4,
            )
            for n in range(100)
        )
    )
    own = {f"HF{n:02}": n % 3 for n in range(10)}
    project(many, own, many.by_id, BEGINS)
    fastest = 1.0
    for _ in range(20):
        begun = process_time()
        project(many, own, many.by_id, BEGINS)
        fastest = min(fastest, process_time() - begun)
    assert fastest < 0.010


@pytest.mark.parametrize("chosen", [["A"], ["A", "B"]])
def test_the_note_is_always_there(chosen: list[str]) -> None:
    known = catalogue(measure("A"), measure("B"))
    assert project(known, {"HF01": 0}, chosen, BEGINS).note.endswith("keine Prognose.")
