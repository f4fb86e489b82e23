"""The verdict on hand-made candidates, and whole studies of surveys whose truth is known."""

import numpy as np
import pytest
from goal_survey_builder import QUESTIONNAIRE, draw, goal_survey

from assessment.questionnaire.model import Questionnaire
from assessment.simulation.goal_survey import SCENARIOS, draw_goal_survey
from assessment.typology import stability
from assessment.typology import study as studying
from assessment.typology.method import Method
from assessment.typology.progress import Stopped
from assessment.typology.solution import FitStatistics, Solution
from assessment.typology.study import model_of, run_study
from assessment.typology.study_types import Candidate, Stability, TypologyStudy, Verdict
from assessment.typology.verdict import judge, supported_number

N = 412


def stable(k, weakest=0.9, null_high=0.5):
    jaccard = (weakest, *[0.95] * (k - 1))
    return Stability(Method.RESPONSE_STYLE, 100, jaccard, None, null_high - 0.1, null_high)


def candidate(k, bic, icl=None, *, large=True, certain=0.8, quick=None, likeness=0.7):
    fit = None
    if bic is not None:
        icl = bic + 50.0 if icl is None else icl
        fit = FitStatistics(-bic / 2, 10 * k, bic, icl, bic - 20.0, certain)
    labels = np.arange(N) % k
    # Belief of each municipality in its own type: what the number of wrong ones is told from.
    posterior = np.full((N, k), 0.03 / max(k - 1, 1))
    posterior[np.arange(N), labels] = 0.97 if k > 1 else 1.0
    solution = Solution(
        Method.RESPONSE_STYLE, k, posterior, labels, np.full(k, 1 / k), fit, 10, 8, None
    )
    smallest = N // k if large else 12
    return Candidate(
        k, solution, smallest, smallest / N, large, None, quick, None,
        likeness if k > 1 else None,
    )  # fmt: skip


def row(*bics, **changes):
    """Candidates 1, 2 … with these BIC; ``changes`` by number of types: ``c4={…}``."""
    return [candidate(k, bic, **changes.get(f"c{k}", {})) for k, bic in enumerate(bics, start=1)]


FOUR = (1000.0, 900.0, 850.0, 800.0, 820.0)


class TestSupportedNumber:
    def test_bic_names_it(self):
        assert supported_number(row(*FOUR)) == 4

    def test_a_class_too_small_makes_the_coarser_criterion_count(self):
        icl = {"c3": {"icl": 880.0}, "c5": {"icl": 999.0}}
        small = {"large": False, "icl": 990.0}
        assert supported_number(row(*FOUR, c4=small, **icl)) == 3
        assert supported_number(row(*FOUR, c4={"icl": 990.0}, **icl)) == 4

    def test_without_likelihood_the_largest_stable_number(self):
        quick = {2: 0.95, 3: 0.9, 4: 0.8, 5: 0.7}
        found = [
            candidate(k, None, quick=stable(k, quick[k]) if k > 1 else None) for k in range(1, 6)
        ]
        assert supported_number(found) == 4
        small = [*found[:3], candidate(4, None, quick=stable(4), large=False), found[4]]
        assert supported_number(small) == 3
        null = [found[0], candidate(2, None, quick=stable(2, 0.8, null_high=0.85))]
        assert supported_number(null) == 1


class TestJudge:
    def test_confirmed(self):
        found = judge(row(*FOUR), {4: stable(4)}, 4, N)
        assert (found.k, found.verdict) == (4, Verdict.CONFIRMED)
        assert found.sentence.startswith("Die Erhebung zeigt vier Typen")
        said = " ".join(found.reasons)
        assert "103 Kommunen" in said
        assert "90 %" in said
        assert "50 %" in said
        assert "r = 0,7" in said

    @pytest.mark.parametrize(
        ("c4", "stability", "why"),
        [
            ({"large": False}, stable(4), "zu klein"),
            ({"certain": 0.4}, stable(4), "40 %"),
            ({}, stable(4, weakest=0.55), "55 %"),
            ({}, stable(4, weakest=0.7, null_high=0.75), "75 %"),
            ({"icl": 2000.0}, stable(4), "ICL"),
        ],
    )
    def test_each_missing_sign_makes_it_undecidable(self, c4, stability, why):
        candidates = row(*FOUR, c4={"icl": 850.0, **c4}, c3={"icl": 1100.0}, c5={"icl": 1200.0})
        found = judge(candidates, {4: stability, 1: stable(1)}, 4, N)
        assert found.verdict is Verdict.UNDECIDABLE
        assert "412" in found.sentence
        assert "nicht entscheidbar" in found.sentence
        assert why in " ".join(found.reasons)

    def test_groups_unlike_the_published_types_are_not_the_four_types(self):
        found = judge(row(*FOUR, c4={"likeness": 0.3}), {4: stable(4)}, 4, N)
        assert found.verdict is Verdict.UNDECIDABLE
        assert "veröffentlichten Typ" in found.sentence
        # Foreign questions can't be compared: their number alone is judged.
        found = judge(row(*FOUR, c4={"likeness": None}), {4: stable(4)}, 4, N)
        assert found.verdict is Verdict.CONFIRMED

    def test_fewer(self):
        candidates = row(1000.0, 900.0, 800.0, 820.0)
        found = judge(candidates, {3: stable(3)}, 4, N)
        assert (found.k, found.verdict) == (3, Verdict.FEWER)
        assert "3 statt 4" in found.sentence
        # What would do for the hypothesis doesn't do against it.
        found = judge(candidates, {3: stable(3, weakest=0.7)}, 4, N)
        assert found.verdict is Verdict.UNDECIDABLE

    def test_more(self):
        candidates = row(1000.0, 900.0, 850.0, 820.0, 800.0)
        found = judge(candidates, {5: stable(5)}, 4, N)
        assert (found.k, found.verdict) == (5, Verdict.UNDECIDABLE)
        assert "eher für 5 Gruppen" in found.sentence

    def test_bic_that_splits_types_yields_to_icl(self):
        candidates = row(1000.0, 900.0, 850.0, 820.0, 815.0, c5={"icl": 999.0})
        found = judge(candidates, {4: stable(4), 5: stable(5)}, 4, 10_800)
        assert (found.k, found.verdict) == (4, Verdict.CONFIRMED)

    def test_none_where_enough_answered(self):
        candidates = row(800.0, 820.0, 850.0, 900.0)
        found = judge(candidates, {}, 4, N)
        assert (found.k, found.verdict) == (1, Verdict.NONE)
        assert "keine Typen" in found.sentence
        few = judge(candidates, {}, 4, 120)
        assert (few.k, few.verdict) == (1, Verdict.UNDECIDABLE)
        assert "120" in few.sentence

    def test_not_tested_is_not_confirmed(self):
        assert judge(row(*FOUR), {}, 4, N).verdict is Verdict.UNDECIDABLE
        untested = [candidate(k, None) for k in (1, 2, 3, 4)]
        assert judge(untested, {}, 4, N).verdict is Verdict.UNDECIDABLE

    @pytest.mark.parametrize("hypothesis", [2, 3, 5])
    def test_other_hypotheses(self, hypothesis):
        bics = [1000.0 + 50 * abs(k - hypothesis) for k in range(1, 7)]
        found = judge(row(*bics), {hypothesis: stable(hypothesis)}, hypothesis, N)
        assert (found.k, found.verdict) == (hypothesis, Verdict.CONFIRMED)


@pytest.fixture
def few_nulls(monkeypatch):
    """Where how stable types are is not the matter."""
    for name in ("_NULL_SETS", "_QUICK_NULL_SETS", "_NULL_RESAMPLES", "_QUICK_NULL_RESAMPLES"):
        monkeypatch.setattr(stability, name, 2)


UNTYPED = Questionnaire(
    id="ohne",
    version="1",
    title="",
    items=tuple(item.model_copy(update={"goal_type": None}) for item in QUESTIONNAIRE.items),
)


def rated(name, n, seed, questionnaire=QUESTIONNAIRE):
    """Ratings of the generator in a questionnaire of tests; NaN = none."""
    ratings = draw_goal_survey(n, SCENARIOS[name], seed).ratings + 1.0
    return goal_survey(np.where(ratings == 0, np.nan, ratings), questionnaire)


def quick_study(survey, **more):
    return run_study(survey, **{"k_values": range(1, 6), "bootstrap": 15, **more})


class TestStudies:
    def test_four_clear_types_that_resemble_the_published_ones_are_confirmed(self):
        found = quick_study(goal_survey(draw(300, 1)[0]))
        assert (found.supported_k, found.verdict) == (4, Verdict.CONFIRMED)
        assert found.chosen_k == 4
        assert found.candidate(4).stability is not None
        assert found.candidate(3).stability is None
        assert all(c.quick_stability is not None for c in found.candidates if c.k > 1)
        assert {b.method for b in found.baselines} == {
            Method.CENTRED_KMEANS, Method.WARD, Method.LATENT_CLASS, Method.RAW_KMEANS
        }  # fmt: skip
        assert model_of(goal_survey(draw(300, 1)[0]), found).type_ids == ("B", "O", "S", "C")

    def test_four_clear_types_of_other_goals_are_not_the_published_ones(self):
        # The generator's goals are not those the questionnaire says: profiles don't match.
        found = quick_study(rated("easy", 300, 3))
        assert found.supported_k == 4
        assert found.verdict is Verdict.UNDECIDABLE
        assert "veröffentlichten Typ" in found.sentence

    @pytest.mark.parametrize("seed", [0, 1])
    def test_no_structure_no_types(self, seed):
        found = quick_study(rated("structureless", N, seed), k_values=range(1, 5))
        assert (found.supported_k, found.verdict) == (1, Verdict.NONE)
        assert found.chosen_k == 1
        assert found.baselines == ()

    @pytest.mark.parametrize("seed", [0, 1])
    def test_overlapping_types_are_never_confirmed_without_a_warning(self, seed):
        # Without published types to compare with, nothing but the statistics can hold it back.
        found = quick_study(rated("hard", N, seed, UNTYPED))
        assert all(c.least_reference_r is None for c in found.candidates)
        assert found.verdict is not Verdict.CONFIRMED or "Achtung" in found.sentence

    def test_clear_types_of_questions_without_published_types_are_confirmed(self):
        found = quick_study(rated("easy", 300, 3, UNTYPED), k_values=range(3, 6))
        assert (found.supported_k, found.verdict) == (4, Verdict.CONFIRMED)

    def test_same_study_in_another_order_of_rows(self, few_nulls):
        table = draw(90, 4)[0]
        surveys = goal_survey(table), goal_survey(table[::-1])
        one, other = (quick_study(s, k_values=range(1, 4), bootstrap=5) for s in surveys)
        assert summary(one) == summary(other)
        np.testing.assert_array_equal(one.rows, 89 - other.rows)


def summary(found: TypologyStudy):
    return [
        (c.k, c.fit, c.smallest_n, c.indices, c.quick_stability, c.stability, c.least_reference_r)
        for c in found.candidates
    ] + [found.verdict, found.sentence, found.reasons]


@pytest.mark.usefixtures("few_nulls")
class TestMemo:
    def test_another_chosen_number_reuses_what_is_known(self, monkeypatch):
        fits, tests = [], []
        solve, own_stability = studying.solve, studying.own_stability

        def counted_solve(data, method, k, seed, **more):
            fits.append((method, k, seed))
            return solve(data, method, k, seed, **more)

        def counted_stability(data, solution, *arguments, **more):
            tests.append(solution.k)
            return own_stability(data, solution, *arguments, **more)

        monkeypatch.setattr(studying, "solve", counted_solve)
        monkeypatch.setattr(studying, "own_stability", counted_stability)
        survey, memo = goal_survey(draw(150, 2)[0]), {}
        settings = {"k_values": range(1, 5), "bootstrap": 5}
        first = quick_study(survey, memo=memo, **settings)
        once = list(fits)
        assert len(set(once)) == len(once)
        again = quick_study(survey, memo=memo, **settings)
        assert fits == once
        assert summary(again) == summary(first)
        assert len(set(tests)) == len(tests)
        before = list(tests)
        other = quick_study(survey, memo=memo, chosen=3, **settings)
        assert other.chosen_k == 3
        assert tests == [*before, 3]
        # Only the baselines with three types are new.
        assert {k for _, k, _ in fits[len(once) :]} == {3}
        assert not any(method is first.method for method, _, _ in fits[len(once) :])
        assert other.verdict is first.verdict
        assert summary(quick_study(survey, chosen=3, **settings))[-3:] == summary(other)[-3:]

    def test_other_answers_seeds_and_methods_are_not_mixed_up(self):
        table, memo = draw(80, 2)[0], {}
        settings = {"k_values": range(1, 4), "bootstrap": 3, "memo": memo}
        turned = table.copy()
        turned[0] = 6 - turned[0]
        surveys = [goal_survey(table), goal_survey(turned, data_hash="0ther")]
        for survey in surveys:
            for more in ({}, {"seed": 1}, {"method": Method.CENTRED_KMEANS}):
                remembered = run_study(survey, **settings, **more)
                anew = run_study(survey, **{**settings, "memo": None}, **more)
                assert summary(remembered) == summary(anew)


@pytest.mark.usefixtures("few_nulls")
class TestProgress:
    def test_shares_rise_to_one_with_german_words(self):
        said = []
        quick_study(
            goal_survey(draw(90, 2)[0]),
            k_values=range(1, 4),
            progress=lambda share, what: said.append((share, what)),
        )
        shares = [share for share, _ in said]
        assert len(said) >= 6
        assert shares[0] < 0.2
        assert shares[-1] == 1.0
        assert np.diff(shares).min() >= 0
        assert max(np.diff(shares)) < 0.5
        assert all(what.strip() for _, what in said)

    @pytest.mark.parametrize("share", [0.0, 0.2, 0.4, 0.6, 0.9])
    def test_whoever_watches_can_stop(self, share):
        def stop(done, what):
            if done >= share:
                raise Stopped

        with pytest.raises(Stopped):
            quick_study(
                goal_survey(draw(90, 2)[0]), k_values=range(1, 4), bootstrap=5, progress=stop
            )

    def test_a_stopped_study_can_be_taken_up_again(self):
        memo, survey = {}, goal_survey(draw(90, 2)[0])

        def stop(done, what):
            if done >= 0.6:
                raise Stopped

        with pytest.raises(Stopped):
            quick_study(survey, k_values=range(1, 4), memo=memo, progress=stop)
        kept = len(memo)
        assert kept > 3
        taken_up = quick_study(survey, k_values=range(1, 4), memo=memo)
        assert summary(taken_up) == summary(quick_study(survey, k_values=range(1, 4)))


def test_labels_do_not_depend_on_who_watches(few_nulls):
    survey = goal_survey(draw(120, 2)[0])
    one = quick_study(survey, k_values=range(1, 3), bootstrap=5)
    other = quick_study(
        survey, k_values=range(1, 3), bootstrap=5, progress=lambda share, what: None
    )
    for left, right in zip(one.candidates, other.candidates, strict=True):
        assert left.solution.posterior.tobytes() == right.solution.posterior.tobytes()
