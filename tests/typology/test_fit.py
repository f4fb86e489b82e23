import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from goal_survey_builder import GOALS, QUESTIONNAIRE, RATING, draw, goal_survey
from survey_builder import build_survey

from assessment.questionnaire.model import Item, ItemKind, Option, Questionnaire
from assessment.remarks import InputRefused
from assessment.typology.fit import fit
from assessment.typology.method import Method
from assessment.typology.model import MembershipState, TypologyModel


@pytest.fixture(scope="module")
def drawn():
    return draw(300, seed=1)


@pytest.fixture(scope="module")
def model(drawn):
    return fit(goal_survey(drawn[0]))


def test_types_are_recovered_named_and_in_fixed_order(drawn, model):
    ratings, truth = drawn
    assert model.type_ids == ("B", "O", "S", "C")
    assert [cluster.name for cluster in model.clusters] == [
        "Bedächtige",
        "Optimierer",
        "Serviceorientierte",
        "Community Manager",
    ]
    membership = model.assign(goal_survey(ratings))
    assigned = membership.first.notna().to_numpy()
    assert assigned.mean() > 0.98
    assert (membership.first.to_numpy()[assigned] == truth[assigned]).mean() > 0.9
    assert all(cluster.correlation > 0.8 and cluster.margin > 0.3 for cluster in model.clusters)


def test_response_style_does_not_make_types(drawn, model):
    # Rating everything a point higher (no answer at the end of the scale) changes no clear type.
    ratings = drawn[0]
    inside = (np.nan_to_num(ratings, nan=3.0) < 5).all(axis=1)
    low = model.assign(goal_survey(ratings[inside]))
    high = model.assign(goal_survey(ratings[inside] + 1))
    clear = (low.strength > 0.8).to_numpy()
    assert clear.sum() > 20
    assert (low.first[clear].astype(object) == high.first[clear].astype(object)).mean() > 0.95


def test_centred_rows_know_no_shift_at_all(drawn):
    model = fit(goal_survey(drawn[0]), method=Method.CENTRED_KMEANS)
    rows = np.array([[2.0, 1, 2, 3, 2, 4, 1, 2, 1, 3, 2, 1]])
    low = model.assign(goal_survey(rows)).probability
    high = model.assign(goal_survey(rows + 1)).probability
    np.testing.assert_allclose(low.to_numpy(), high.to_numpy(), atol=1e-9)


def test_probabilities_are_coherent(drawn, model):
    membership = model.assign(goal_survey(drawn[0]))
    known = membership.state != MembershipState.NOT_ASSIGNABLE
    probability = membership.probability[known]
    np.testing.assert_allclose(probability.sum(axis=1), 1.0)
    assert (probability.idxmax(axis=1) == membership.first[known].astype(object)).all()
    assert (membership.strength[known] == probability.max(axis=1)).all()
    assert (membership.first[known].astype(object) != membership.second[known].astype(object)).all()
    strength, state = membership.strength[known], membership.state[known]
    assert ((strength >= 0.8) == (state == MembershipState.ASSIGNED)).all()
    assert ((strength < 0.6) == (state == MembershipState.MIXED)).all()
    assert set(state) == {MembershipState.ASSIGNED, MembershipState.LIKELY, MembershipState.MIXED}


def test_fewer_answers_make_less_sure(model):
    row = np.array([[5.0, 5, 5, 2, 2, 2, 2, 2, 2, 2, 2, 2]])
    some = row.copy()
    some[0, [0, 1, 4, 7, 10]] = np.nan
    strengths = [model.assign(goal_survey(r)).strength.iloc[0] for r in (row, some)]
    assert strengths[0] > strengths[1] > 0.5


def test_flat_and_mostly_unanswered_rows_are_not_assignable(model):
    rows = np.full((3, 12), np.nan)
    rows[0] = 4
    rows[1, :5] = [5, 1, 2, 3, 4]
    rows[2, :6] = [5, 1, 2, 3, 4, 5]
    membership = model.assign(goal_survey(rows))
    assert membership.state.tolist()[:2] == [MembershipState.NOT_ASSIGNABLE] * 2
    assert membership.state.iloc[2] != MembershipState.NOT_ASSIGNABLE
    assert membership.first.isna().tolist() == [True, True, False]
    assert membership.probability.iloc[0].isna().all()
    assert "gleich bewertet" in membership.reason.iloc[0]
    assert membership.reason.iloc[1].startswith("Nur 5 von 12 Zielen")
    assert membership.reason.iloc[2] == ""


def test_rows_that_cannot_be_assigned_do_not_shape_the_model(drawn, model):
    odd = np.full((40, 12), 5.0)
    more = fit(goal_survey(np.vstack([drawn[0], odd])))
    assert more.clusters == model.clusters
    assert more.provenance.n_left_out == model.provenance.n_left_out + 40


def test_same_input_same_bytes_in_any_row_order(drawn, model):
    order = np.random.default_rng(0).permutation(len(drawn[0]))
    assert fit(goal_survey(drawn[0])).to_json() == model.to_json()
    assert fit(goal_survey(drawn[0][order])).to_json() == model.to_json()


def test_same_bytes_in_new_processes_with_one_and_two_threads(drawn, model):
    code = (
        "import hashlib; from goal_survey_builder import draw, goal_survey;"
        "from assessment.typology.fit import fit;"
        "print(hashlib.sha256(fit(goal_survey(draw(300, seed=1)[0])).to_json().encode())"
        ".hexdigest())"
    )
    here = Path(__file__).resolve().parent
    found = set()
    for threads in ("1", "2"):
        environment = {
            **os.environ,
            "OPENBLAS_NUM_THREADS": threads,
            "OMP_NUM_THREADS": threads,
            "PYTHONPATH": os.pathsep.join([str(here), str(here.parent)]),
        }
        run = [sys.executable, "-c", code]
        found.add(subprocess.check_output(run, env=environment, text=True).strip())
    assert found == {hashlib.sha256(model.to_json().encode()).hexdigest()}


def test_json_round_trip_is_exact_and_plain(model):
    text = model.to_json()
    assert TypologyModel.from_json(text) == model
    assert TypologyModel.from_json(text).to_json() == text
    content = json.loads(text)
    assert content["provenance"]["questionnaire_version"] == "1.0"
    assert content["provenance"]["data_hash"] == "feedc0de"
    assert content["provenance"]["seed"] == 0


@pytest.mark.parametrize(
    "damage",
    [
        lambda c: c.pop("item_means"),
        lambda c: c.pop("schema"),
        lambda c: c.update(row_variance=-1),
        lambda c: c["measurement"].update(kind="unbekannt"),
        lambda c: c["measurement"]["shares"].pop(),
        lambda c: c["measurement"]["ordinal"]["location"][0].pop(),
        lambda c: c["measurement"]["ordinal"].update(threshold=[]),
        lambda c: c.update(surprise=1),
        lambda c: c["clusters"][0]["centre"].pop(),
        lambda c: c.update(clusters=[]),
        lambda c: c.update(item_means=["NaN"] * 12),
    ],
)
def test_a_damaged_model_is_refused(model, damage):
    content = json.loads(model.to_json())
    damage(content)
    with pytest.raises(InputRefused) as refusal:
        TypologyModel.from_json(json.dumps(content))
    assert refusal.value.code == "MODEL_INVALID"


def test_a_model_of_another_program_version_says_so(model):
    content = {**json.loads(model.to_json()), "schema": 1}
    with pytest.raises(InputRefused) as refusal:
        TypologyModel.from_json(json.dumps(content))
    assert refusal.value.code == "MODEL_OTHER_VERSION"


def test_a_typology_is_a_scenario_until_somebody_says_why_not(model):
    assert model.official is None
    with pytest.raises(InputRefused):
        model.declare_official(" ", "A. Muster", "2026-11-22")
    official = model.declare_official("Beschluss des Beirats", "A. Muster", "2026-11-22")
    assert official.official is not None
    assert official.official.reason == "Beschluss des Beirats"
    assert official.mark != model.mark
    assert TypologyModel.from_json(official.to_json()) == official


def test_text_that_is_no_json_is_refused():
    for text in ("", "[]", "kein JSON", "null"):
        with pytest.raises(InputRefused):
            TypologyModel.from_json(text)


def test_new_municipalities_with_a_part_of_the_goals(drawn, model):
    ratings, truth = draw(400, seed=9, missing=0.0)
    kept = [0, 2, 3, 4, 6, 8, 9, 11]
    fewer = Questionnaire(
        id="kurz", version="1", title="", items=tuple(QUESTIONNAIRE.items[i] for i in kept)
    )
    membership = model.assign(goal_survey(ratings[:, kept], fewer))
    assigned = membership.first.notna().to_numpy()
    assert (membership.first.to_numpy()[assigned] == truth[assigned]).mean() > 0.8


def test_a_survey_without_the_goals_is_refused(model):
    other = Questionnaire(
        id="x", version="1", title="", items=(Item(id="Q", text="", kind=ItemKind.INTEGER),)
    )
    with pytest.raises(InputRefused) as refusal:
        model.assign(build_survey(other, [{"Q": 3.0}]))
    assert refusal.value.code == "NO_COMMON_GOALS"


def test_no_name_is_forced_on_structureless_answers():
    random = np.random.default_rng(5)
    model = fit(goal_survey(random.integers(1, 6, (300, 12)).astype(float)))
    weak = [cluster for cluster in model.clusters if cluster.correlation < 0.5]
    assert weak
    assert all(not cluster.named and cluster.name.startswith("Gruppe ") for cluster in weak)
    assert all(cluster.named for cluster in model.clusters if cluster.correlation >= 0.5)


def test_more_clusters_than_types_leave_the_rest_unnamed(drawn):
    model = fit(goal_survey(drawn[0]), k=6)
    assert model.type_ids == ("B", "O", "S", "C", "G1", "G2")
    assert [cluster.name for cluster in model.clusters[4:]] == ["Gruppe 1", "Gruppe 2"]


def test_goals_without_types_give_groups_without_names(drawn):
    items = tuple(item.model_copy(update={"goal_type": None}) for item in QUESTIONNAIRE.items)
    plain = Questionnaire(id="ohne", version="1", title="", items=items)
    model = fit(goal_survey(drawn[0], plain))
    assert model.type_ids == ("G1", "G2", "G3", "G4")
    assert all(cluster.correlation is None for cluster in model.clusters)
    sizes = [cluster.n for cluster in model.clusters]
    assert sizes == sorted(sizes, reverse=True)


def test_items_may_be_chosen_and_their_order_does_not_matter(drawn):
    survey = goal_survey(drawn[0])
    chosen = ["Z12", "Z01", "Z02", "Z04", "Z05", "Z07", "Z08", "Z10"]
    model = fit(survey, items=chosen)
    assert [column.item for column in model.columns] == sorted(chosen)
    assert model.to_json() == fit(survey, items=sorted(chosen)).to_json()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"items": ["Z01", "nie"]}, "UNKNOWN_ITEM"),
        ({"items": ["Z01", "Z02"]}, "TOO_FEW_GOALS"),
        ({"k": 1}, "TYPE_COUNT"),
        ({"k": 13}, "TYPE_COUNT"),
    ],
)
def test_what_cannot_work_is_refused(drawn, change, code):
    with pytest.raises(InputRefused) as refusal:
        fit(goal_survey(drawn[0]), **change)
    assert refusal.value.code == code


def test_too_few_or_too_uniform_municipalities_are_refused(drawn):
    with pytest.raises(InputRefused) as refusal:
        fit(goal_survey(drawn[0][:15]))
    assert refusal.value.code == "TOO_FEW_MUNICIPALITIES"
    same = np.tile([[1.0, 2, 3, 4, 5, 1, 2, 3, 4, 5, 1, 2]], (40, 1))
    same[::2, :3] = [5, 4, 1]
    with pytest.raises(InputRefused) as refusal:
        fit(goal_survey(same))
    assert refusal.value.code == "TOO_FEW_DIFFERENT"


def test_constant_goals_are_left_out_and_small_samples_remarked(drawn):
    ratings = drawn[0][:80].copy()
    ratings[:, 0] = 3
    model = fit(goal_survey(ratings))
    assert "Z01" not in [column.item for column in model.columns]
    assert any("Z01" in remark for remark in model.remarks)
    assert any("Nur 8" in remark or "Nur 7" in remark for remark in model.remarks)


def test_foreign_surveys_ticks_choices_ranks_and_numbers():
    random = np.random.default_rng(2)
    letters = "abcdef"
    options = tuple(Option(code=c, label=c.upper()) for c in letters)
    questionnaire = Questionnaire(
        id="fremd",
        version="1",
        title="",
        items=(
            Item(id="T", text="Ziele", kind=ItemKind.MULTIPLE, options=options),
            Item(id="R", text="Rang", kind=ItemKind.RANKING, options=options[:3]),
            Item(id="E", text="Eins", kind=ItemKind.SINGLE, options=options[:2]),
            Item(id="N", text="Zahl", kind=ItemKind.DECIMAL),
            Item(id="L", text="Wichtig", kind=ItemKind.RATING, options=RATING),
            Item(id="F", text="Frei", kind=ItemKind.TEXT),
        ),
    )
    rows = []
    for number in range(120):
        half = letters[:3] if number % 2 else letters[3:]
        rows.append(
            {
                "T": ";".join(half) if random.random() < 0.8 else "",
                "R": ";".join(random.permutation(list("abc"))),
                "E": "ab"[number % 2],
                "N": float(random.lognormal(8, 2)),
                "L": str(random.integers(1, 6)),
                "F": "Text",
            }
        )
    survey = build_survey(questionnaire, rows)
    model = fit(survey, items=["T", "R", "E", "N", "L"], k=2)
    assert [column.id for column in model.columns] == [
        "T[a]", "T[b]", "T[c]", "T[d]", "T[e]", "T[f]",
        "R[a]", "R[b]", "R[c]", "E[a]", "N", "L",
    ]  # fmt: skip
    first = model.assign(survey).first
    assert first.notna().all()
    same = sum(first.iloc[i] == first.iloc[i % 2] for i in range(120))
    assert same > 90
    assert TypologyModel.from_json(model.to_json()) == model
    with pytest.raises(InputRefused) as refusal:
        fit(survey, items=["T", "F"])
    assert refusal.value.code == "ITEM_NOT_USABLE"


def test_goals_of_the_default_kind_are_found_without_naming_them(drawn):
    assert [c.item for c in fit(goal_survey(drawn[0])).columns] == list(GOALS)
    none = Questionnaire(
        id="x", version="1", title="", items=(Item(id="Q", text="", kind=ItemKind.INTEGER),)
    )
    with pytest.raises(InputRefused) as refusal:
        fit(build_survey(none, [{"Q": 1.0}]))
    assert refusal.value.code == "NO_GOALS"


def test_a_goal_answered_only_by_rows_that_cannot_be_assigned_is_left_out(drawn):
    ratings = drawn[0][:100].copy()
    ratings[:, 11] = np.nan
    rest = np.full((10, 12), np.nan)
    rest[:, 11] = np.arange(10) % 5 + 1.0
    model = fit(goal_survey(np.vstack([ratings, rest])))
    assert "Z12" not in [column.item for column in model.columns]
    assert model.provenance.n_left_out >= 10


def test_two_goals_alone_are_refused_also_if_both_vary(drawn):
    with pytest.raises(InputRefused) as refusal:
        fit(goal_survey(drawn[0]), items=["Z01", "Z07"])
    assert refusal.value.code == "TOO_FEW_GOALS"


def test_a_very_small_type_is_pointed_out():
    usual, apart = np.full((40, len(GOALS)), 2.0), np.full((3, len(GOALS)), 2.0)
    usual[:, :3] = 4
    apart[:, 9:] = 5
    model = fit(goal_survey(np.vstack([usual, apart])), k=2)
    assert min(cluster.n for cluster in model.clusters) == 3
    assert any("weniger als 6 Kommunen" in remark for remark in model.remarks)
