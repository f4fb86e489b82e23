"""Recommendations: every rule on a situation made by hand, and the whole sample."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from situations import catalogue, gap_row, limiting, measure, situation

from assessment.comparison.gap_types import GapState, Reference
from assessment.measures.advice_types import Advice, LinkKind, PriorityClass, Recommendation
from assessment.measures.catalogue import load_catalogue
from assessment.measures.model import CostKind, Obligation
from assessment.measures.recommendation import advise, measures_for
from assessment.measures.rules import load_rules
from assessment.pipeline import assess_sample
from assessment.profiles.advice import advice_of
from assessment.profiles.advice import situation as situation_in
from assessment.questionnaire.default import default_questionnaire


def ids(advice: Advice) -> list[str]:
    return [each.measure.id for each in advice.recommendations]


def link(recommendation: Recommendation, kind: LinkKind) -> str:
    return next(each.sentence for each in recommendation.chain if each.kind is kind)


@pytest.mark.parametrize(("level", "fits"), [(0, False), (1, True), (2, True), (3, False)])
def test_suitable_from_the_starting_level_up_to_the_level_it_leads_to(
    level: int, fits: bool
) -> None:
    own = catalogue(measure("A", level_from=1, level_to=3))
    advice = advise(own, situation({"MF01": level}))
    assert ids(advice) == (["A"] if fits else [])


def test_one_level_up_at_most() -> None:
    own = catalogue(measure("A", level_from=0, level_to=4), measure("B", level_to=1))
    first, second = advise(own, situation({"MF01": 0})).recommendations
    assert (first.level, first.expected_level) == (0, 1)
    assert (second.level, second.expected_level) == (0, 1)


def test_a_field_without_a_level_is_to_be_cleared_up_never_level_0() -> None:
    own = catalogue(measure("A"), measure("B", management_field="MF02"))
    advice = advise(own, situation({"MF01": None, "MF02": 0}))
    assert ids(advice) == ["B"]
    assert advice.not_rated == ("MF01",)


def test_a_field_outside_the_own_responsibility_is_neither_rated_nor_to_be_cleared_up() -> None:
    own = catalogue(measure("A", axis="HF", action_field="HF03"))
    advice = advise(own, situation({"HF03": None}, outside=frozenset({"HF03"})))
    assert ids(advice) == []
    assert advice.not_rated == ()


def test_tasks_of_other_kinds_are_set_apart() -> None:
    own = catalogue(measure("A", kinds=("kreis",)), measure("B"))
    advice = advise(own, situation({"MF01": 0}, kind="gem"))
    assert ids(advice) == ["B"]
    assert [m.id for m in advice.outside_responsibility] == ["A"]
    assert ids(advise(own, situation({"MF01": 0}, kind="kreis"))) == ["A", "B"]
    # Nobody is told that something isn't their task because they left the question out.
    assert ids(advise(own, situation({"MF01": 0}, kind=None))) == ["A", "B"]
    # Not suitable anyway: not even behind the switch.
    assert advise(own, situation({"MF01": 3}, kind="gem")).outside_responsibility == ()


def test_a_field_only_others_are_responsible_for_needs_no_clearing_up() -> None:
    own = catalogue(measure("A", kinds=("kreis",)))
    assert advise(own, situation({"MF01": None}, kind="gem")).not_rated == ()
    assert advise(own, situation({"MF01": None}, kind="kreis")).not_rated == ("MF01",)


def test_duties_come_first_whatever_their_priority() -> None:
    own = catalogue(
        measure("A"), measure("P", obligation="pflicht", management_field="MF06", effort=5)
    )
    found = advise(own, situation({"MF01": 0, "MF06": 0}, gaps={"MF01": gap_row("MF01", 75)}))
    assert ids(found) == ["P", "A"]
    assert found.recommendations[0].duty
    assert found.recommendations[0].priority.priority_class is PriorityClass.LOW
    assert found.recommendations[1].priority.priority_class is PriorityClass.HIGH
    assert "Pflichtaufgaben zuerst" in found.order_reason


def test_priority_then_catalogue_order() -> None:
    own = catalogue(
        measure("A", effort=5),
        measure("B", effort=1),
        measure("C", effort=1),
        measure("D", management_field="MF02", effort=1),
    )
    gaps = {"MF01": gap_row("MF01", 25), "MF02": gap_row("MF02", 50)}
    assert ids(advise(own, situation({"MF01": 0, "MF02": 0}, gaps=gaps))) == ["D", "B", "C", "A"]


def test_in_haushaltssicherung_voluntary_ones_come_last_and_those_without_cost_before_them() -> (
    None
):
    own = catalogue(
        measure("V", effort=1),
        measure("F", cost_kind="keine", effort=5),
        measure("T", obligation="teilweise", effort=5),
        measure("P", obligation="pflicht", effort=5),
    )
    gaps = {"MF01": gap_row("MF01", 50)}
    usual = advise(own, situation({"MF01": 0}, gaps=gaps))
    assert ids(usual) == ["P", "V", "F", "T"]
    assert not any(each.voluntary_mark for each in usual.recommendations)
    tight = advise(own, situation({"MF01": 0}, gaps=gaps, constrained=True))
    assert ids(tight) == ["P", "T", "F", "V"]
    assert [each.voluntary_mark for each in tight.recommendations] == [False, False, True, True]
    assert "Haushaltslage" in tight.order_reason
    assert "Haushaltslage" in link(tight.recommendations[3], LinkKind.RULE)


def test_missing_prerequisites_stand_before_and_are_named() -> None:
    own = catalogue(
        measure("A", effort=1, requires=["C"]),
        measure("B", management_field="MF02", effort=1),
        measure("C", effort=5),
    )
    gaps = {"MF01": gap_row("MF01", 50)}
    found = advise(own, situation({"MF01": 0, "MF02": 0}, gaps=gaps))
    assert ids(found) == ["C", "A", "B"]
    assert found.recommendations[1].missing == ("C",)
    assert "Vorher fehlt noch: „Maßnahme C“ (C)" in link(found.recommendations[1], LinkKind.RULE)
    # The reader is told why something of lower priority stands ahead.
    assert "weil „Maßnahme A“ (A) darauf aufbaut" in link(found.recommendations[0], LinkKind.RULE)


def test_prerequisites_are_fulfilled_by_the_level_or_because_they_are_done() -> None:
    before = measure("C", management_field="MF02", level_to=2)
    own = catalogue(measure("A", requires=["C"]), before)
    assert advise(own, situation({"MF01": 0, "MF02": 2})).recommendations[0].missing == ()
    below = situation({"MF01": 0, "MF02": 1})
    assert ids(advise(own, below)) == ["C", "A"]
    done = advise(own, below, done=("C",))
    assert ids(done) == ["A"]
    assert done.recommendations[0].missing == ()
    # Unknown is not reached: it is named, and the field is to be cleared up.
    unknown = advise(own, situation({"MF01": 0, "MF02": None}))
    assert unknown.recommendations[0].missing == ("C",)
    assert unknown.not_rated == ("MF02",)


def test_a_missing_prerequisite_of_a_duty_does_not_overtake_duties() -> None:
    own = catalogue(
        measure("P", obligation="pflicht", requires=["V"]),
        measure("V"),
        measure("Q", obligation="pflicht"),
    )
    found = advise(own, situation({"MF01": 0}))
    assert ids(found) == ["P", "Q", "V"]
    assert found.recommendations[0].missing == ("V",)


def test_indirect_prerequisites_are_named_in_buildable_order() -> None:
    own = catalogue(
        measure("A", requires=["B"]), measure("B", requires=["C"]), measure("C", level_to=1)
    )
    found = advise(own, situation({"MF01": 0}))
    assert ids(found) == ["C", "B", "A"]
    assert found.recommendations[2].missing == ("C", "B")
    # What comes before something reached already is not asked for again.
    assert advise(own, situation({"MF01": 0}), done=("B",)).recommendations[-1].missing == ()


def test_a_gap_that_cannot_be_told_apart_leaves_a_low_priority_and_says_so() -> None:
    own = catalogue(measure("A"))
    row = gap_row("MF01", 40, state=GapState.INDISTINGUISHABLE)
    (found,) = advise(own, situation({"MF01": 1}, gaps={"MF01": row})).recommendations
    assert found.priority.priority_class is PriorityClass.LOW
    assert found.priority.reference is None
    assert "Kein deutlicher Abstand." in link(found, LinkKind.GAP)
    unknown = gap_row("MF01", 0, state=GapState.UNKNOWN)
    (found,) = advise(own, situation({"MF01": 1}, gaps={"MF01": unknown})).recommendations
    assert "Vergleichswert liegt nicht vor" in link(found, LinkKind.GAP)


def test_the_upper_quartile_alone_makes_nothing_urgent() -> None:
    row = gap_row("MF01", 60, reference=Reference.PEER_UPPER_QUARTILE)
    (found,) = advise(
        catalogue(measure("A")), situation({"MF01": 1}, gaps={"MF01": row})
    ).recommendations
    # Three quarters of any group lie below it.
    assert found.priority.priority_class is PriorityClass.LOW
    assert found.priority.reference is None


@pytest.mark.parametrize(
    "reference", [each for each in Reference if each is not Reference.PEER_UPPER_QUARTILE]
)
def test_the_gap_link_names_its_reference(reference: Reference) -> None:
    row = gap_row("MF01", 20, reference=reference)
    (found,) = advise(
        catalogue(measure("A")), situation({"MF01": 1}, gaps={"MF01": row})
    ).recommendations
    gap = found.chain[1]
    assert gap.ids == ("MF01", reference.value)
    assert "Strategie: 20 Punkte" in gap.sentence
    assert "0,8 Stufen" in gap.sentence
    assert found.priority.reference is reference


def test_an_own_target_is_told_in_levels() -> None:
    row = gap_row("MF01", 50, reference=Reference.OWN_TARGET)
    seen = situation({"MF01": 1}, gaps={"MF01": row}, targets={"MF01": (1, 3)})
    (found,) = advise(catalogue(measure("A")), seen).recommendations
    assert found.chain[1].sentence == (
        "Strategie: 2 Stufen Abstand zum eigenen Ziel (heute Stufe 1, Ziel Stufe 3)."
    )
    assert found.priority.formula == "2² × 3 ÷ 2 = 6"


def test_own_target_and_preferred_goal_raise_the_relevance() -> None:
    own = catalogue(measure("A", axis="HF", action_field="HF02"))
    plain = situation({"HF02": 1})
    assert advise(own, plain).recommendations[0].priority.relevance == 1
    goal = advise(own, replace(plain, goals=("B07",))).recommendations[0].priority
    assert goal.relevance == 2
    assert "Bürgernähe und einfache Zugänge" in goal.relevance_reason
    target = advise(own, replace(plain, targets={"HF02": (1, 3)})).recommendations[0].priority
    assert target.relevance == 3


def test_answers_open_questions_and_gates_are_named() -> None:
    own = catalogue(measure("A"))
    facts = situation(
        {"MF01": 2},
        limiting={"MF01": (limiting("D01", gate=True, reason="Ohne Beschluss geht es nicht."),)},
        unknown={"MF01": ("D02",)},
        unanswered={"MF01": ("D03", "D04")},
    )
    (found,) = advise(catalogue(measure("A", level_to=4)), facts).recommendations
    answer = found.chain[0]
    assert answer.ids == ("D01", "D02", "D03", "D04")
    assert "hält das Feld auf Stufe 2. Ohne Beschluss" in answer.sentence
    assert "Zu klären: Frage D02 ist mit „weiß nicht“ beantwortet." in answer.sentence
    assert "Offen: Fragen D03 und D04 sind noch nicht beantwortet." in answer.sentence
    secret = situation(
        {"MF01": 1}, limiting={"MF01": (limiting("D26", sensitive=True, answer=""),)}
    )
    (found,) = advise(own, secret).recommendations
    assert "vertraulich" in found.chain[0].sentence


def test_what_if_not_follows_from_catalogue_and_level() -> None:
    own = catalogue(
        measure("A"),
        measure("B", requires=["A"]),
        measure("C", requires=["B"]),
        measure("P", obligation="pflicht", legal=[{"text": "DSGVO Art. 32"}]),
        measure("T", obligation="teilweise"),
    )
    found = {
        each.measure.id: each.without
        for each in advise(own, situation({"MF01": 1})).recommendations
    }
    assert found["A"].startswith("Strategie bleibt ohne diesen oder einen gleichwertigen Schritt")
    assert "Stufe 1 (im Einstieg)" in found["A"]
    assert "2 weitere Maßnahmen" in found["A"]
    assert "Eine weitere Maßnahme" in found["B"]
    assert "weitere" not in found["C"]
    assert "DSGVO Art. 32" in found["P"]
    assert "Je nach Land" in found["T"]


def test_the_partner_is_another_type() -> None:
    own = catalogue(measure("A", strong_type="S"))
    assert advise(own, situation({"MF01": 0}, type_id="B")).recommendations[0].partner == "S"
    assert advise(own, situation({"MF01": 0}, type_id="S")).recommendations[0].partner == ""
    assert advise(own, situation({"MF01": 0})).recommendations[0].partner == "S"


@pytest.mark.parametrize("field", [f"SB{n}" for n in range(1, 9)] + ["EGB", "MF05", "HF09"])
@pytest.mark.parametrize("level", range(4))
def test_every_field_is_helped_from_every_level(field: str, level: int) -> None:
    found = measures_for(load_catalogue(), field, level, "gem")
    assert found
    wanted = load_rules().stands_for.get(field, field)
    assert {each.dimension for each in found} == {wanted}


def test_a_foreign_catalogue_and_questionnaire_find_nothing_but_do_not_fail() -> None:
    own = catalogue(measure("A", management_field="XX"))
    advice = advise(own, situation({"MF01": 0}))
    assert ids(advice) == []
    assert advice.not_rated == ()


FIELDS = [d.id for d in default_questionnaire().dimensions if d.block in ("HF", "MF")]


@settings(max_examples=60, deadline=None)
@given(
    levels=st.fixed_dictionaries(
        {name: st.one_of(st.none(), st.integers(0, 4)) for name in FIELDS}
    ),
    kind=st.sampled_from([None, "gem", "gkstadt", "krfr", "kreis", "verband"]),
    constrained=st.booleans(),
    shortfalls=st.dictionaries(st.sampled_from(FIELDS), st.integers(1, 100)),
    done=st.sets(st.sampled_from([m.id for m in load_catalogue().measures]), max_size=20),
)
def test_any_situation_keeps_the_rules(
    levels: dict[str, int | None],
    kind: str | None,
    constrained: bool,
    shortfalls: dict[str, int],
    done: set[str],
) -> None:
    own = load_catalogue()
    gaps = {name: gap_row(name, points) for name, points in shortfalls.items()}
    given_ = situation(levels, kind=kind, constrained=constrained, gaps=gaps)
    advice = advise(own, given_, done=done)
    wanted = {
        m.id
        for m in own.measures
        if (level := levels[m.dimension]) is not None and m.level_from <= level < m.level_to
    }
    outside = {m.id for m in advice.outside_responsibility}
    assert set(ids(advice)) | outside == wanted - done
    assert not set(ids(advice)) & outside
    ranks = []
    for each in advice.recommendations:
        fulfilled = {
            name
            for name in each.measure.requires
            if name in done or (levels[own[name].dimension] or 0) >= own[name].level_to
        }
        assert set(each.measure.requires) - fulfilled <= set(each.missing)
        assert not fulfilled & set(each.missing)
        voluntary = each.measure.obligation is Obligation.VOLUNTARY
        assert each.voluntary_mark == (constrained and voluntary)
        free = each.measure.cost_kind is CostKind.NONE
        ranks.append(0 if each.duty else 1 if not each.voluntary_mark else 2 if free else 3)
    assert ranks == sorted(ranks)


@pytest.fixture(scope="module")
def sample() -> dict[str, tuple]:
    assessment = assess_sample()
    return {
        key: (situation_in(assessment, key), advice_of(assessment, key))
        for key in map(str, assessment.survey.keys)
    }


def test_every_chain_of_the_sample_is_complete_and_its_ids_exist(sample: dict[str, tuple]) -> None:
    own = load_catalogue()
    questionnaire = default_questionnaire()
    known = set(questionnaire.item_by_id) | set(questionnaire.dimension_by_id) | set(own.by_id)
    known |= {"level", "duty", "budget", "priority", "prerequisites"} | {r.value for r in Reference}
    assert len(sample) == 412
    for facts, advice in sample.values():
        for each in advice.recommendations:
            assert [step.kind for step in each.chain] == list(LinkKind)
            for step in each.chain:
                assert step.sentence.endswith((".", "“."))
                assert "None" not in step.sentence
                assert "nan" not in step.sentence.split()
                assert "  " not in step.sentence
                assert step.ids
                assert set(step.ids) <= known
            assert each.level == facts.levels[each.dimension]
            assert each.level < each.expected_level <= each.level + 1
            assert each.expected_level <= each.measure.level_to
            assert each.measure.concerns(facts.kind)


def test_the_order_of_the_sample_keeps_the_rules(sample: dict[str, tuple]) -> None:
    for facts, advice in sample.values():
        duty = [each.duty for each in advice.recommendations]
        assert duty == sorted(duty, reverse=True)
        assert len(set(ids(advice))) == len(ids(advice))
        if facts.constrained:
            tiers = [
                0
                if each.measure.obligation is not Obligation.VOLUNTARY
                else 1
                if each.measure.cost_kind is CostKind.NONE
                else 2
                for each in advice.recommendations
            ]
            assert tiers == sorted(tiers)
        else:
            place = {name: number for number, name in enumerate(ids(advice))}
            for each in advice.recommendations:
                for name in each.missing:
                    if name in place and not each.duty:
                        assert place[name] < place[each.measure.id]
        for name in advice.not_rated:
            assert facts.levels[name] is None
            assert all(each.dimension != name for each in advice.recommendations)
    assert any(facts.constrained for facts, _ in sample.values())
    assert any(facts.outside for facts, _ in sample.values())


def test_answers_to_confidential_questions_are_in_no_sentence(sample: dict[str, tuple]) -> None:
    secret = [item for item in default_questionnaire().items if item.sensitive]
    labels = {o.label for item in secret for o in item.answer_options if len(o.label) > 12}
    for _, advice in sample.values():
        for each in advice.recommendations:
            if each.dimension == "MF06":
                assert not any(label in each.chain[0].sentence for label in labels)


def test_no_sentence_of_the_gap_contradicts_the_relevance(sample: dict[str, tuple]) -> None:
    for _, advice in sample.values():
        for each in advice.recommendations:
            gap, reason = each.chain[1].sentence, each.priority.relevance_reason
            if reason.startswith("eigenes Ziel"):
                assert "Kein deutlicher Abstand" not in gap


@pytest.mark.parametrize(
    ("points", "words"),
    [(13, "rund einer halben Stufe"), (24, "knapp 1 Stufe"), (25, "1 Stufe"),
     (27, "gut 1 Stufe"), (48, "knapp 2 Stufen"), (20, "0,8 Stufen"), (33, "1,3 Stufen")],
)  # fmt: skip
def test_a_distance_is_told_as_people_say_it(points: int, words: str) -> None:
    row = gap_row("MF01", points)
    (found,) = advise(
        catalogue(measure("A")), situation({"MF01": 1}, gaps={"MF01": row})
    ).recommendations
    assert found.chain[1].sentence.endswith(f"das entspricht {words}.")


def test_the_same_twice(sample: dict[str, tuple]) -> None:
    for facts, advice in list(sample.values())[:40]:
        assert advise(load_catalogue(), facts) == advice
