"""The assumptions file is complete, honest about its sources, and errors are named."""

import pytest
import yaml

from assessment.content import data_path
from assessment.questionnaire.default import default_questionnaire
from assessment.remarks import InputRefused
from assessment.simulation import load_assumptions, read_assumptions, simulate

PATH = data_path("simulation", "assumptions.yaml")


def test_every_named_item_and_option_exists() -> None:
    questionnaire, given = default_questionnaire(), load_assumptions()
    for item in given.levels:
        options = questionnaire[item].answer_options
        assert len(given.distribution(item)) == len(options), item
    for item, shares in given.options.items():
        known = {option.code for option in questionnaire[item].answer_options}
        components = set(given.components.options) if item == given.components.item else set()
        assert set(shares) | components == known, item
    for effect in given.type_effects:
        for name in effect.items:
            item, _, option = name.partition(".")
            assert not option or option in questionnaire[item].option_by_code, name
            assert item in questionnaire.item_by_id, name
    for dimension in set(given.factors.loadings) - {"default"}:
        assert dimension in questionnaire.dimension_by_id


def test_every_published_number_has_a_source_and_a_fate() -> None:
    for number in load_assumptions().published:
        assert number.source
        if number.measure is not None:
            assert number.measure.item in default_questionnaire().item_by_id


def test_no_share_by_type_is_called_published() -> None:
    given = load_assumptions()
    assert given.goals.status == "free"
    assert all("Typ" not in number.statement for number in given.published)


@pytest.mark.parametrize(
    ("change", "part"),
    [
        ({"levels": {"D01": [50, 40]}}, "100 Prozent"),
        ({"unheard_of": 1}, "unheard_of"),
        ({"goals": None}, "goals"),
    ],
)
def test_a_wrong_file_is_refused_in_one_sentence(tmp_path, change: dict, part: str) -> None:
    content = yaml.safe_load(PATH.read_text(encoding="utf-8")) | change
    path = tmp_path / "annahmen.yaml"
    path.write_text(yaml.safe_dump(content), encoding="utf-8")
    with pytest.raises(InputRefused, match=r"annahmen\.yaml") as refusal:
        read_assumptions(path)
    assert refusal.value.code == "ASSUMPTIONS_INVALID"
    assert part in str(refusal.value)


def test_an_item_without_shares_is_named() -> None:
    given = load_assumptions()
    levels = {item: value for item, value in given.levels.items() if item != "D02"}
    incomplete = given.model_copy(update={"levels": levels})
    with pytest.raises(InputRefused, match="D02"):
        simulate(20, assumptions=incomplete)
