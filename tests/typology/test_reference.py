import numpy as np
import pytest

from assessment.questionnaire.default import default_questionnaire
from assessment.remarks import InputRefused
from assessment.typology.goals import Coding, GoalColumn, goal_items
from assessment.typology.naming import name_clusters
from assessment.typology.reference import load_reference, read_reference


def goal_columns_of_the_default():
    return [GoalColumn(i.id, i.id, Coding.SCALE) for i in goal_items(default_questionnaire())]


def test_four_types_in_order_each_with_sources_and_unknowns():
    reference = load_reference()
    assert reference.ids == ("B", "O", "S", "C")
    for kind in reference.types:
        assert kind.facts
        assert kind.strengths or any("Stärken" in text for text in kind.unknown)
        assert all(statement.sources for statement in (*kind.facts, *kind.strengths))
        assert any("Schwächen" in text for text in kind.unknown)
        assert any("Größe" in text for text in kind.unknown)


def test_profiles_agree_with_the_questionnaire():
    # Every goal weighs most for the type the questionnaire gives it; the climate goal has none.
    questionnaire, reference = default_questionnaire(), load_reference()
    goals = goal_items(questionnaire)
    assert [item.id for item in goals] == [f"B{number:02d}" for number in range(1, 14)]
    assert set(reference.profile.goals) == {item.id for item in goals}
    for item in goals:
        weight = reference.profile.goals[item.id]
        assert max(weight, key=lambda kind: weight[kind]) == item.goal_type
    for kind in reference.types:
        assert set(kind.teaches_dimensions) <= set(questionnaire.dimension_by_id)


def test_a_cluster_like_a_profile_gets_its_name_whatever_its_number():
    columns = goal_columns_of_the_default()
    reference = load_reference()
    profiles, known = reference.profiles(columns, default_questionnaire())
    assert known.all()
    order = [2, 0, 3, 1]
    naming = name_clusters(profiles[order], columns, default_questionnaire(), reference)
    assert [match.type_id for match in naming.matches] == ["S", "B", "C", "O"]
    assert all(match.correlation > 0.9 for match in naming.matches)
    assert naming.lead > 1


def test_a_poor_match_gets_no_name():
    columns = goal_columns_of_the_default()
    reference = load_reference()
    profiles, _ = reference.profiles(columns, default_questionnaire())
    flat = profiles.copy()
    flat[3] = np.tile([1.0, -1.0], 7)[:13]
    naming = name_clusters(flat, columns, default_questionnaire(), reference)
    poor = naming.matches[3]
    assert poor.type_id is None
    assert poor.best == "C"
    assert poor.correlation < 0.5
    assert [match.type_id for match in naming.matches[:3]] == ["B", "O", "S"]


def test_too_few_known_goals_give_no_names_at_all():
    columns = goal_columns_of_the_default()[:4]
    naming = name_clusters(np.eye(4), columns, default_questionnaire(), load_reference())
    assert all(match.type_id is None and match.correlation is None for match in naming.matches)


@pytest.mark.parametrize(
    ("text", "part"),
    [("a: [", "Zeile"), ("version: '1'", "origin"), ("- 1", "types.yaml")],
)
def test_a_broken_file_is_named(tmp_path, text, part):
    path = tmp_path / "types.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputRefused) as refusal:
        read_reference(path)
    assert refusal.value.code == "TYPES_INVALID"
    assert part in str(refusal.value)
