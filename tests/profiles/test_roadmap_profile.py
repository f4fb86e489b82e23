"""A plan of four measures in words: periods, marks, decisions, sums that name what is open."""

import json
from datetime import date
from decimal import Decimal

from measure_cases import CATALOGUE
from profile_cases import NEVER, texts_in

from assessment.measures.plan_types import (
    CostBasis,
    CostRow,
    CostRowKind,
    Decision,
    DecisionState,
    MunicipalityPlan,
    PlannedMeasure,
    Status,
)
from assessment.measures.roadmap import schedule
from assessment.profiles.roadmap_profile import decision_text, roadmap_profile, status_shown


def plan(*measures: PlannedMeasure, **more) -> MunicipalityPlan:
    return MunicipalityPlan(
        municipality="01000001",
        name="Musterstadt",
        begins=date(2027, 1, 1),
        measures=measures,
        **more,
    )


def profile(*measures: PlannedMeasure):
    return roadmap_profile(schedule(plan(*measures), CATALOGUE), "Musterstadt")


def test_an_empty_roadmap_invites():
    found = profile()
    assert found.sentence.startswith("Noch keine Maßnahme gewählt.")
    assert found.costs is None
    assert found.dated == ()


def test_periods_follow_prerequisites_and_are_drawn_by_begin():
    found = profile(PlannedMeasure(id="M2"), PlannedMeasure(id="M1", status=Status.RUNNING))
    first, second = found.dated
    assert (first.id, second.id) == ("M1", "M2")
    assert first.start == date(2027, 1, 1)
    assert first.end is not None
    assert second.start is not None
    assert second.start > first.end
    assert second.after == ("M1",)
    assert second.prerequisites == ("Maßnahme M1 (M1): im Plan",)
    # In the list they keep the order of the plan.
    assert [entry.id for entry in found.entries] == ["M2", "M1"]
    assert found.sentence.startswith("2 Maßnahmen vom 01.01.2027 bis zum ")
    assert found.sentence.endswith("1 läuft.")
    assert "keine Rangfolge" in found.no_ranking
    assert found.when.startswith("2 Maßnahmen laufen, die letzte bis zum ")
    assert found.when.endswith("zuerst beginnt „Maßnahme M1“ (1. Quartal 2027).")


def test_an_early_start_is_marked_with_its_reason_and_a_refused_one_as_moved():
    early = PlannedMeasure(
        id="M2", start=date(2027, 1, 1), override_note="Förderfrist endet im Juni"
    )
    [_, entry] = profile(PlannedMeasure(id="M1"), early).entries
    assert entry.short_note == "vorgezogen"
    assert any("Förderfrist" in remark for remark in entry.remarks)
    assert entry.reason == "vorgezogen: Förderfrist endet im Juni"
    refused = PlannedMeasure(id="M2", start=date(2027, 1, 1))
    [_, entry] = profile(PlannedMeasure(id="M1"), refused).entries
    assert entry.short_note == "verschoben"


def test_what_begins_first_is_named_or_counted():
    three = [PlannedMeasure(id=name) for name in ("M1", "M3", "M5")]
    assert profile(three[0]).when.startswith("„Maßnahme M1“ läuft vom 1. Quartal 2027 bis zum ")
    two = profile(*three[:2]).when
    assert two.endswith("zuerst beginnen „Maßnahme M1“ und „Maßnahme M3“ (1. Quartal 2027).")
    assert profile(*three).when.endswith("; alle beginnen im 1. Quartal 2027.")
    later = PlannedMeasure(id="M4", start=date(2028, 1, 1))
    found = profile(*three, later).when
    assert found.endswith("zuerst beginnen 3 davon (1. Quartal 2027), darunter „Maßnahme M1“.")
    assert profile(PlannedMeasure(id="M3", status=Status.DEFERRED)).when == ""


def test_measures_put_back_have_no_period_and_are_named():
    found = profile(PlannedMeasure(id="M3", status=Status.DEFERRED))
    assert found.dated == ()
    assert "„Maßnahme M3“" in found.undated
    assert found.entries[0].status_shown == "–\u00a0zurückgestellt"


def test_every_status_has_its_own_symbol():
    shown = [status_shown(status) for status in Status]
    assert len({words.split()[0] for words in shown}) == len(Status)
    assert status_shown(Status.DONE) == "✔\u00a0erledigt"


def test_decisions_in_words():
    assert decision_text(Decision()) == "offen"
    made = Decision(state=DecisionState.DECIDED, body="Rat", day=date(2027, 3, 12))
    assert decision_text(made) == "beschlossen, Rat, 12.03.2027"
    assert decision_text(Decision(state=DecisionState.DEFERRED, body="Rat")) == "vertagt, Rat"


def test_zero_is_an_amount_and_what_is_open_is_named():
    years: dict[int, Decimal | None] = dict.fromkeys(range(2027, 2031), Decimal(0))
    zero = CostRow(kind=CostRowKind.RUNNING, amounts=years, basis=CostBasis.ESTIMATE)
    found = profile(PlannedMeasure(id="M1", costs=(zero,)), PlannedMeasure(id="M3"))
    assert found.costs is not None
    assert found.costs.columns[:2] == ("Zeile", "2027")
    [running] = [row for row in found.costs.rows if row[0] == "Laufende Sachaufwendungen"]
    # A known 0 beside an open amount is no amount.
    assert set(running[1:]) == {"noch nicht beziffert"}
    assert found.costs.columns[-1] == "Folgejahre (je Jahr)"
    said = " ".join(found.costs.sentences)
    assert "Maßnahme M3" in said
    assert "Maßnahme M1" not in said
    lines = {line[0]: line for line in found.costs.lines}
    assert lines["Maßnahme M1"][2].startswith("0,00")
    assert lines["Maßnahme M3"][2] == "noch nicht beziffert"
    assert all(cell for line in found.costs.lines for cell in line)
    assert found.costs.amounts[0] == (0.0, 0.0, 0.0, 0.0, None)
    assert set(found.costs.amounts[-1]) == {None}


def test_plain_and_decent():
    plain = profile(PlannedMeasure(id="M1"), PlannedMeasure(id="M2")).as_dict()
    assert json.dumps(plain)
    shaming = [text for text in texts_in(plain) if NEVER.search(text)]
    # The one sentence that says there is no ranking names the word.
    assert set(shaming) <= {plain["no_ranking"]}
