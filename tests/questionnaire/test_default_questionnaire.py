"""The questionnaire that comes with the product: complete, scorable to the ends, clean in words."""

import re
from collections.abc import Iterator
from itertools import combinations

import pytest

from assessment.questionnaire.default import default_questionnaire
from assessment.questionnaire.model import (
    Comparison,
    Item,
    ItemKind,
    OptionKind,
    Questionnaire,
    Role,
    ScoringRule,
)

QUESTIONNAIRE = default_questionnaire()


def texts(questionnaire: Questionnaire) -> Iterator[str]:
    """Every text a person reads."""
    yield from (questionnaire.title, questionnaire.source, *questionnaire.notes)
    yield from (*questionnaire.blocks.values(), *questionnaire.level_names)
    for dimension in questionnaire.dimensions:
        yield from (dimension.name, dimension.description, *dimension.levels)
        yield from (gate.reason for gate in dimension.gates)
    for item in questionnaire.items:
        yield from (item.text, item.help, item.section)
        yield from (option.label for option in item.options)
    yield from (rule.message for rule in questionnaire.rules)


def test_size_and_order() -> None:
    ids = [item.id for item in QUESTIONNAIRE.items]
    assert len(ids) == 110
    assert ids == sorted(ids)
    per_section = {letter: sum(name[0] == letter for name in ids) for letter in "ABCDEFGH"}
    assert per_section == {"A": 9, "B": 15, "C": 20, "D": 40, "E": 4, "F": 8, "G": 8, "H": 6}
    assert sum(item.short_form for item in QUESTIONNAIRE.items) == 61


def test_thirty_scored_dimensions() -> None:
    expected = [f"HF{n:02d}" for n in range(1, 11)] + [f"MF{n:02d}" for n in range(1, 12)]
    expected += ["EGB"] + [f"SB{n}" for n in range(1, 9)]
    assert [dimension.id for dimension in QUESTIONNAIRE.scored_dimensions] == expected


def test_every_dimension_has_a_short_form_and_level_texts() -> None:
    for dimension in QUESTIONNAIRE.scored_dimensions:
        assert any(item.short_form for item in QUESTIONNAIRE.scored_items(dimension.id))
        assert len(QUESTIONNAIRE.level_texts(dimension.id)) == 5
        assert dimension.block in QUESTIONNAIRE.blocks
        assert dimension.description
    assert len(QUESTIONNAIRE.level_names) == 5


def possible_points(item: Item) -> list[float]:
    """All points 0–100 an item can give, by trying every answer; knows nothing of scoring."""
    answers = [option for option in item.options if option.kind is OptionKind.ANSWER]
    if item.scoring is ScoringRule.POINTS:
        top = item.max_points or max(option.points or 0 for option in answers)
        assert all(option.points is not None for option in answers)
        return [100 * (option.points or 0) / top for option in answers]
    assert item.scoring is ScoringRule.SHARE
    assert [option.code for option in item.options if option.kind is OptionKind.NONE_OF_THESE]
    ticked = {0, 1, len(answers)} if len(answers) > 8 else range(len(answers) + 1)
    return [
        100 * len(chosen) / len(answers)
        for number in ticked
        for chosen in combinations(answers, number)
    ]


@pytest.mark.parametrize("dimension", [d.id for d in QUESTIONNAIRE.scored_dimensions])
def test_worst_answers_give_0_and_best_100(dimension: str) -> None:
    items = QUESTIONNAIRE.scored_items(dimension)
    weight = sum(item.weight for item in items)
    worst = sum(item.weight * min(possible_points(item)) for item in items) / weight
    best = sum(item.weight * max(possible_points(item)) for item in items) / weight
    assert (worst, best) == (0, 100)


@pytest.mark.parametrize("dimension", [d.id for d in QUESTIONNAIRE.scored_dimensions])
def test_best_answers_pass_all_gates(dimension: str) -> None:
    for gate in QUESTIONNAIRE.dimension_by_id[dimension].gates:
        item = QUESTIONNAIRE[gate.item]
        assert item.dimension == dimension
        assert item.short_form, "A gate outside the short form would hold every short answer down."
        assert gate.reason.endswith(".")
        points = possible_points(item)
        assert min(points) < gate.points <= max(points)


def test_reverse_items_are_reversed_and_no_others() -> None:
    reverse = {item.id for item in QUESTIONNAIRE.items if item.polarity == -1}
    assert reverse == {"D05", "D10", "D15", "D20", "G04", "H05"}
    for item in QUESTIONNAIRE.items:
        if item.scoring is not ScoringRule.POINTS:
            continue
        points = [option.points for option in item.answer_options]
        assert points == sorted(points, reverse=item.id in reverse), item.id
        assert ("umgekehrt formuliert" in item.help) == (item.id in reverse)


def test_roles() -> None:
    single = {
        Role.NAME: "A01",
        Role.KEY: "A02",
        Role.LAND: "A03",
        Role.KIND: "A04",
        Role.POPULATION: "A05",
        Role.STRUCTURE: "A06",
        Role.BUDGET: "A07",
        Role.RESPONDENT: "A08",
        Role.REFERENCE_DATE: "A09",
        Role.COMMENT: "H06",
        Role.PRIORITY_PICK: "B15",
    }
    for role, name in single.items():
        assert [item.id for item in QUESTIONNAIRE.with_role(role)] == [name]
    goals = {item.id: item.goal_type for item in QUESTIONNAIRE.with_role(Role.GOAL)}
    assert list(goals) == [f"B{n:02d}" for n in range(1, 15)]
    assert "".join(goal or "-" for goal in goals.values()) == "BBBOOOSSSCCCC-"
    assert [item.id for item in QUESTIONNAIRE.with_role(Role.CURRENT_LEVEL)] == [
        f"C{n:02d}" for n in range(1, 11)
    ]
    targets = QUESTIONNAIRE.with_role(Role.TARGET_LEVEL)
    assert [item.target_of for item in targets] == [f"C{n:02d}" for n in range(1, 11)]
    for target in targets:
        assert target.target_of is not None
        assert target.dimension == QUESTIONNAIRE[target.target_of].dimension
        assert target.weight == 0
        assert target.scoring is ScoringRule.NONE


def test_priority_pick_names_the_goals() -> None:
    pick = QUESTIONNAIRE["B15"]
    assert (pick.kind, pick.picks) == (ItemKind.RANKING, 3)
    for option in pick.options:
        assert QUESTIONNAIRE[option.code].text.endswith(f"das Ziel: {option.label}?")


def test_missing_answers_are_told_apart() -> None:
    for item in QUESTIONNAIRE.items:
        kinds = {option.code: option.kind for option in item.options}
        assert (kinds.get("k", OptionKind.DONT_KNOW)) is OptionKind.DONT_KNOW
        assert (kinds.get("nz", OptionKind.NOT_APPLICABLE)) is OptionKind.NOT_APPLICABLE
        if item.scoring is not ScoringRule.NONE:
            assert "k" in kinds, item.id
    outside = [item.id for item in QUESTIONNAIRE.items if "nz" in item.option_by_code]
    assert outside == [*(f"C{n:02d}" for n in range(1, 21)), "D35"]


def test_sensitive_is_security_only() -> None:
    assert [item.id for item in QUESTIONNAIRE.items if item.sensitive] == [
        "D26",
        "D27",
        "D28",
        "D29",
        "D30",
    ]


def test_limits() -> None:
    assert (QUESTIONNAIRE["A05"].minimum, QUESTIONNAIRE["A05"].maximum) == (1, 5_000_000)
    assert (QUESTIONNAIRE["A06"].minimum, QUESTIONNAIRE["A06"].maximum) == (0, 100_000)
    assert QUESTIONNAIRE["H06"].max_length == 1000
    pattern = re.compile(QUESTIONNAIRE["A02"].pattern or "")
    assert all(pattern.search(key) for key in ("08111", "08111000", "081115001", "081110000000"))
    assert not any(pattern.search(key) for key in ("8111000", "0811100", "08111000 ", "x8111000"))


def test_consistency_rules() -> None:
    rules = {rule.id: rule for rule in QUESTIONNAIRE.rules}
    assert len(rules) == 16
    targets = [rules[f"ZIEL_HF{n:02d}"].when[0] for n in range(1, 11)]
    assert [(c.item, c.is_, c.value) for c in targets] == [
        (f"C{n + 10}", Comparison.BELOW_ITEM, f"C{n:02d}") for n in range(1, 11)
    ]
    strategy = rules["STRATEGIE_VISION"].when
    assert [(c.item, c.value) for c in strategy] == [("D01", ("3", "4")), ("F01", ("0", "1"))]
    for rule in rules.values():
        assert "Bitte" in rule.message
        for condition in rule.when:
            item = QUESTIONNAIRE[condition.item]
            coded = condition.is_ in (Comparison.EQUAL, Comparison.ONE_OF, Comparison.CONTAINS)
            if coded and item.kind.coded:
                value = condition.value
                codes = value if isinstance(value, tuple) else (value,)
                assert set(codes) <= set(item.option_by_code)


GENDER_SIGNS = re.compile(r"\w[*:_/]-?(?:innen|in|r|n|e)\b|\wInnen\b|\w\(?:in\)")


def test_texts_are_free_of_gender_signs() -> None:
    assert GENDER_SIGNS.search("Bürger*innen Bürger:innen Bürger_innen BürgerInnen")
    for text in texts(QUESTIONNAIRE):
        assert not GENDER_SIGNS.search(text), text
        assert "*" not in text


def test_typography_and_punctuation() -> None:
    for text in texts(QUESTIONNAIRE):
        assert text == " ".join(text.split()), text
        assert not re.search(r"[\"'`]| [,.;:!?]|--|\.\.", text), text
        assert text.count("„") == text.count("“")
    for item in QUESTIONNAIRE.items[9:]:
        assert item.text[-1] in "?.", item.id
        assert item.help[-1] == ".", item.id
    for dimension in QUESTIONNAIRE.dimensions:
        assert all(level.endswith(".") for level in dimension.levels)
