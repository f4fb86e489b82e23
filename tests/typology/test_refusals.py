"""What can't be done is said in a German sentence: no traceback, no warning, no silent result."""

import re

import numpy as np
import pytest
from goal_survey_builder import GOALS, QUESTIONNAIRE, draw
from survey_builder import build_survey

from assessment.questionnaire.model import Item, ItemKind, Option, Questionnaire, Role
from assessment.remarks import InputRefused
from assessment.typology import stability
from assessment.typology.fit import fit
from assessment.typology.goal_data import GoalData
from assessment.typology.goal_input import goal_input
from assessment.typology.method import METHODS_FOR, Method
from assessment.typology.methods import refit, solve
from assessment.typology.solution import Starts
from assessment.typology.study import run_study
from assessment.typology.study_types import TypologyStudy

pytestmark = pytest.mark.filterwarnings("error")

LETTERS = "abcdef"
OPTIONS = tuple(Option(code=letter, label=letter.upper()) for letter in LETTERS)
N = 104


def book(*items):
    return Questionnaire(id="fremd", version="1", title="", items=items)


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    """How stable types are is not the matter here."""
    monkeypatch.setattr(stability, "_NULL_SETS", 1)
    monkeypatch.setattr(stability, "_NULL_RESAMPLES", 2)
    monkeypatch.setattr(stability, "_QUICK_NULL_SETS", 1)
    monkeypatch.setattr(stability, "_QUICK_NULL_RESAMPLES", 2)


class Answers:
    """A survey of one kind of questions with two groups, to be spoilt by a test."""

    def __init__(self, questionnaire, rows, items=None):
        self.questionnaire, self.rows, self.items = questionnaire, rows, items

    @property
    def survey(self):
        return build_survey(self.questionnaire, self.rows)

    @property
    def methods(self):
        return METHODS_FOR[goal_input(self.survey, self.items).kind]


def rated(n):
    table = draw(n, 1)[0]
    rows = [
        {
            name: None if np.isnan(value) else str(int(value))
            for name, value in zip(GOALS, row, strict=True)
        }
        for row in table
    ]
    return Answers(QUESTIONNAIRE, rows)


def rated_and_ranked(n):
    found, random = rated(n), np.random.default_rng(1)
    names = list(GOALS)
    pick = Item(
        id="P",
        text="Die wichtigsten",
        kind=ItemKind.RANKING,
        picks=3,
        options=tuple(Option(code=name, label=name) for name in names),
        roles=(Role.PRIORITY_PICK,),
    )
    for row in found.rows:
        worth = [int(row[name] or 3) for name in names] + random.gumbel(size=len(names))
        row["P"] = ";".join(names[place] for place in np.argsort(-worth)[:3])
    return Answers(book(*QUESTIONNAIRE.items, pick), found.rows)


def ranking(n, places):
    random = np.random.default_rng(2)
    item = Item(id="R", text="Rang", kind=ItemKind.RANKING, options=OPTIONS, picks=places)
    rows = []
    for number in range(n):
        worth = random.gumbel(size=6)
        worth[[0, 1] if number % 2 else [4, 5]] += 2.5
        rows.append({"R": ";".join(LETTERS[place] for place in np.argsort(-worth)[:places])})
    return Answers(book(item), rows, ["R"])


def top_three(n):
    return ranking(n, 3)


def full_ranking(n):
    return ranking(n, 6)


def choices(n):
    random = np.random.default_rng(3)
    item = Item(id="T", text="Ziele", kind=ItemKind.MULTIPLE, options=OPTIONS)
    rows = []
    for number in range(n):
        likely = np.array([0.8] * 3 + [0.2] * 3)[:: 1 if number % 2 else -1]
        named = random.random(6) < likely
        rows.append({"T": ";".join(c for c, yes in zip(LETTERS, named, strict=True) if yes)})
    return Answers(book(item), rows, ["T"])


def categories(n):
    random = np.random.default_rng(4)
    names = [f"S{number}" for number in range(5)]
    items = (Item(id=i, text=i, kind=ItemKind.SINGLE, options=OPTIONS[:3]) for i in names)
    rows = [
        {
            name: "abc"[int(random.choice(3, p=(0.7, 0.2, 0.1) if n % 2 else (0.1, 0.2, 0.7)))]
            for name in names
        }
        for n in range(n)
    ]
    return Answers(book(*items), rows, names)


def numbers(n):
    random = np.random.default_rng(5)
    names = [f"N{number}" for number in range(5)]
    items = (Item(id=i, text=i, kind=ItemKind.DECIMAL) for i in names)
    rows = [
        {name: float(random.normal(3 * (number % 2) * (-1) ** place)) for place, name in
         enumerate(names)}
        for number in range(n)
    ]  # fmt: skip
    return Answers(book(*items), rows, names)


EVERY_KIND = (rated, rated_and_ranked, top_three, full_ranking, choices, categories, numbers)


def both(answers, *, k=3, methods=None):
    """What ``fit`` and ``run_study`` make of the answers by every method: results or refusals.

    Anything but a refusal passes through as the error it is.
    """
    survey, found = answers.survey, []
    for method in methods or answers.methods:
        for run in (_fit, _study):
            try:
                found.append((method, run(survey, answers.items, method, k)))
            except InputRefused as refusal:
                assert_sentence(refusal.message)
                found.append((method, refusal))
    return found


def _fit(survey, items, method, k):
    return fit(survey, k, method=method, items=items, starts=Starts(2, 1))


def _study(survey, items, method, k):
    return run_study(
        survey, goals=goal_input(survey, items), method=method, k_values=range(1, k + 1),
        bootstrap=3,
    )  # fmt: skip


def assert_sentence(text):
    """German for whoever imported the file: whole sentences, no names from the code."""
    assert re.match(r"[A-ZÄÖÜ„]", text)
    assert text.rstrip().endswith(".")
    assert not re.search(r"\b(nan|NaN|None|array|int16|Error)\b|_", text)


def codes(found):
    return {result.code for _, result in found if isinstance(result, InputRefused)}


def all_refused(found, *expected):
    refused = [isinstance(result, InputRefused) for _, result in found]
    assert refused
    assert all(refused)
    assert codes(found) <= set(expected)


@pytest.mark.parametrize("kind", EVERY_KIND)
def test_good_answers_go_through_without_a_warning(kind):
    answers = kind(N)
    found = both(answers, k=2)
    assert codes(found) == set()
    for _, result in found:
        study = isinstance(result, TypologyStudy)
        for sentence in (result.sentence, *result.reasons) if study else result.remarks:
            assert_sentence(sentence)


@pytest.mark.parametrize("kind", EVERY_KIND)
def test_nobody_answered(kind):
    answers = kind(40)
    answers.rows = [dict.fromkeys(row) for row in answers.rows]
    all_refused(both(answers), "TOO_FEW_MUNICIPALITIES", "TOO_FEW_GOALS", "NO_GOALS")


@pytest.mark.parametrize("kind", EVERY_KIND)
def test_all_answered_alike(kind):
    answers = kind(60)
    answers.rows = [answers.rows[1]] * 60
    all_refused(both(answers), "TOO_FEW_GOALS", "TOO_FEW_DIFFERENT", "TOO_FEW_MUNICIPALITIES")


@pytest.mark.parametrize("kind", EVERY_KIND)
def test_more_types_than_different_rows(kind):
    answers = kind(60)
    answers.rows = [answers.rows[number % 2] for number in range(60)]
    for method, result in both(answers):
        if isinstance(result, InputRefused):
            expected = {"TOO_FEW_DIFFERENT", "TOO_FEW_GOALS", "TOO_FEW_MUNICIPALITIES"}
            assert result.code in expected
        else:
            # Only the study may go on, with the numbers of types there can be.
            assert isinstance(result, TypologyStudy), method
            assert max(candidate.k for candidate in result.candidates) <= 2


@pytest.mark.parametrize("kind", EVERY_KIND)
def test_rows_without_any_answer_are_left_out(kind):
    answers = kind(N)
    answers.rows = [
        row if number % 2 else dict.fromkeys(row) for number, row in enumerate(answers.rows)
    ]
    for _, result in both(answers, k=2):
        assert not isinstance(result, InputRefused)
        if isinstance(result, TypologyStudy):
            assert result.n <= N // 2
        else:
            assert result.provenance.n_left_out >= N // 2
            assert any("eingegangen" in remark for remark in result.remarks)


@pytest.mark.parametrize("kind", EVERY_KIND)
def test_too_few_municipalities(kind):
    all_refused(both(kind(8)), "TOO_FEW_MUNICIPALITIES", "TOO_FEW_GOALS")


@pytest.mark.parametrize("n", [40, 99])
def test_under_a_hundred_is_said(n):
    for _, result in both(top_three(n), k=2):
        if isinstance(result, TypologyStudy):
            assert str(n) in result.sentence or result.verdict != "none"
        else:
            assert any(f"Nur {n} Kommunen" in remark for remark in result.remarks)
    enough = fit(top_three(100).survey, 2, items=["R"], starts=Starts(2, 1))
    assert not any("Nur" in remark for remark in enough.remarks)


@pytest.mark.parametrize(
    ("kind", "spoil", "name"),
    [
        (rated, lambda row: row.update(Z05="3"), "Z05"),
        (rated, lambda row: row.update(Z05=None), "Z05"),
        (rated_and_ranked, lambda row: row.update(Z05="3"), "Z05"),
        (categories, lambda row: row.update(S2="b"), "S2"),
        (numbers, lambda row: row.update(N3=7.0), "N3"),
    ],
)
def test_constant_questions_are_named(kind, spoil, name):
    answers = kind(N)
    for row in answers.rows:
        spoil(row)
    for method in answers.methods:
        model = _fit(answers.survey, answers.items, method, 2)
        assert any(f"„{name}“ bleibt außen vor" in remark for remark in model.remarks)
        assert name not in [column.item for column in model.columns]


def test_only_constant_questions():
    answers = rated(N)
    for row in answers.rows:
        row.update(dict.fromkeys(list(GOALS)[2:], "4"))
    all_refused(both(answers), "TOO_FEW_GOALS")


@pytest.mark.parametrize("kind", [rated, top_three, choices, numbers])
def test_an_empty_type_is_refused_not_shown(kind, monkeypatch):
    from dataclasses import replace

    from assessment.typology import fit as fitting

    def emptied(*arguments, **more):
        found = solve(*arguments, **more)
        return replace(found, labels=np.where(found.labels == 1, 0, found.labels))

    monkeypatch.setattr(fitting, "solve", emptied)
    answers = kind(N)
    with pytest.raises(InputRefused) as refusal:
        _fit(answers.survey, answers.items, answers.methods[0], 3)
    assert refusal.value.code == "EMPTY_TYPES"
    assert_sentence(refusal.value.message)


def test_an_option_nobody_names():
    answers = top_three(N)
    for row in answers.rows:
        named = [code for code in row["R"].split(";") if code != "c"]
        row["R"] = ";".join(named)
    for method, result in both(answers):
        assert not isinstance(result, InputRefused), method
    model = fit(answers.survey, 2, items=["R"])
    assert all(np.isfinite(cluster.centre).all() for cluster in model.clusters)
    # Somebody new who does name it is placed all the same.
    new = build_survey(answers.questionnaire, [{"R": "c;a;b"}, {"R": "c;e;f"}])
    assert model.assign(new).first.notna().all()


def test_inverted_ranks_are_said():
    answers = full_ranking(400)
    random = np.random.default_rng(7)
    right = []
    for number, row in enumerate(answers.rows):
        # A clear first place among six: the other reading of it fits badly.
        first = LETTERS[number % 2]
        rest = [code for code in LETTERS if code != first]
        right.append([first, *random.permutation(rest)])
        ranks = np.argsort([LETTERS.index(code) for code in right[-1]])
        row["R"] = ";".join(LETTERS[rank] for rank in ranks)
    model = fit(answers.survey, 2, items=["R"])
    assert any("als Rang des Ziels gelesen" in remark for remark in model.remarks)
    for remark in model.remarks:
        assert_sentence(remark)
    answers.rows = [{"R": ";".join(order)} for order in right]
    assert not any("Rang" in remark for remark in fit(answers.survey, 2, items=["R"]).remarks)


def test_a_second_ranking_is_refused():
    answers = top_three(N)
    other = Item(id="Q", text="Noch eine", kind=ItemKind.RANKING, options=OPTIONS, picks=3)
    two = book(*answers.questionnaire.items, other)
    rows = [{**row, "Q": row["R"]} for row in answers.rows]
    with pytest.raises(InputRefused) as refusal:
        fit(build_survey(two, rows), items=["R", "Q"])
    assert refusal.value.code == "SEVERAL_RANKINGS"
    assert_sentence(refusal.value.message)


@pytest.mark.parametrize("kind", EVERY_KIND)
def test_a_method_for_other_questions_is_refused(kind):
    answers = kind(N)
    unfit = [method for method in Method if method not in answers.methods]
    all_refused(both(answers, methods=unfit), "METHOD_UNFIT")


@pytest.mark.parametrize("k", [0, 1, 13, -2])
def test_impossible_numbers_of_types(k):
    with pytest.raises(InputRefused) as refusal:
        fit(top_three(N).survey, k, items=["R"])
    assert refusal.value.code == "TYPE_COUNT"
    with pytest.raises(InputRefused):
        run_study(top_three(N).survey, goals=goal_input(top_three(N).survey, ["R"]), chosen=13)


@pytest.mark.parametrize(
    "method", [Method.RESPONSE_STYLE, Method.LATENT_CLASS, Method.CENTRED_KMEANS, Method.WARD]
)
def test_a_resample_of_few_different_rows_does_not_end_the_study(method):
    base = np.array([[0, 4, 2, 1], [4, 0, 1, 2], [2, 2, 0, 4]], dtype=np.int16)
    data = GoalData(12, rated=np.repeat(base, 4, axis=0), steps=5)
    weights = np.ones((2, 12), dtype=np.int16)
    weights[0] = [3] * 4 + [0] * 8
    labels = refit(data, method, 3, weights, 0)
    assert len(np.unique(labels[0])) < 3
    assert len(np.unique(labels[1])) == 3


def test_several_infinite_numbers():
    answers = numbers(N)
    for row in answers.rows[:30]:
        row["N0"] = np.inf
    for _, result in both(answers, k=2):
        assert not isinstance(result, InputRefused) or result.code == "NOT_FINITE"


def test_one_infinite_number_moves_nobody_else():
    answers = numbers(N)
    before = _fit(answers.survey, answers.items, Method.HCPC, 2)
    plain = before.assign(answers.survey).first.astype(object)
    answers.rows[3]["N0"], answers.rows[4]["N1"] = np.inf, -np.inf
    after = _fit(answers.survey, answers.items, Method.HCPC, 2)
    spoilt = after.assign(answers.survey).first.astype(object)
    assert max((plain == spoilt).mean(), (plain != spoilt).mean()) >= 0.9


def test_who_has_the_largest_numbers_is_not_called_flat():
    answers = numbers(N)
    answers.rows[3] = dict.fromkeys(answers.rows[3], 1e6)
    model = _fit(answers.survey, answers.items, Method.HCPC, 2)
    assert model.provenance.n_left_out == 0


def test_a_first_place_alone_has_no_types():
    answers = ranking(N, 1)
    all_refused(both(answers), "TOO_FEW_GOALS")


def test_scales_of_different_length_are_said():
    answers = rated(N)
    four = tuple(Option(code=str(step), label=str(step)) for step in range(1, 5))
    items = [
        Item(id=item.id, text=item.text, kind=item.kind, roles=item.roles,
             goal_type=item.goal_type, options=four if place >= 9 else item.options)
        for place, item in enumerate(QUESTIONNAIRE.items)
    ]  # fmt: skip
    for row in answers.rows:
        for name in list(GOALS)[9:]:
            row[name] = row[name] and min(row[name], "4")
    model = fit(build_survey(book(*items), answers.rows), 2)
    assert any("Skala" in remark or "Skalen" in remark for remark in model.remarks)


def test_no_study_without_resamples_claims_there_are_no_types():
    survey = build_survey(QUESTIONNAIRE, rated(240).rows)
    for method in (Method.CENTRED_KMEANS, Method.RESPONSE_STYLE):
        found = run_study(survey, method=method, k_values=range(1, 5), bootstrap=0)
        assert found.verdict == "undecidable"
        assert_sentence(found.sentence)


@pytest.mark.parametrize(
    "request_", [{"k_values": range(1, 4), "chosen": 7}, {"k_values": ()}, {"k_values": (0, 1, 2)}]
)
def test_a_study_of_numbers_that_were_not_fitted(request_):
    survey = top_three(N).survey
    try:
        found = run_study(survey, goals=goal_input(survey, ["R"]), bootstrap=3, **request_)
    except InputRefused as refusal:
        said = refusal
    else:
        assert found.candidate(found.chosen_k).k == found.chosen_k
        return
    assert said.code != "TOO_FEW_DIFFERENT"
    assert_sentence(said.message)


def test_a_full_ranking_without_response_style_reads_the_places():
    answers = full_ranking(N)
    model = _fit(answers.survey, ["R"], Method.LATENT_CLASS, 2)
    first = model.assign(answers.survey).first.astype(object).to_numpy()
    own = first[::2] == first[0]
    other = first[1::2] == first[0]
    assert abs(own.mean() - other.mean()) > 0.8
