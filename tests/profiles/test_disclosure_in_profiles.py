"""An attacker reads everything the profiles say about small surveys and small types."""

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from profile_cases import part_of

from assessment import pipeline
from assessment.comparison.peers import build_peer_index
from assessment.profiles.goals_of import goal_deviations
from assessment.profiles.results import Assessment
from assessment.profiles.typology_summary import changed_types, typology_summary
from assessment.scoring.scores import score_survey
from assessment.typology.model import Membership, MembershipState

TYPES = "BOSC"


def membership_of(letters: str, keys: pd.Index) -> Membership:
    """Everybody surely in the type of its letter; ``-`` is in none, a small letter is mixed."""
    kinds = pd.CategoricalDtype(list(TYPES))
    known = [letter.upper() if letter != "-" else None for letter in letters]
    first = pd.Series(pd.Categorical(known, dtype=kinds), keys)
    probability = pd.DataFrame(0.05, keys, list(TYPES))
    states = []
    for key, letter in zip(keys, letters, strict=True):
        if letter == "-":
            probability.loc[key] = np.nan
            states.append(MembershipState.NOT_ASSIGNABLE)
        else:
            probability.loc[key, letter.upper()] = 0.85
            mixed = letter.islower()
            states.append(MembershipState.MIXED if mixed else MembershipState.ASSIGNED)
    second = pd.Series(pd.Categorical(["B" if k else None for k in known], dtype=kinds), keys)
    return Membership(
        probability=probability,
        first=first,
        second=second,
        strength=probability.max(axis=1),
        state=pd.Series(states, keys, dtype=object),
        reason=pd.Series([""] * len(keys), keys, dtype=object),
    )


def assessed(sample: Assessment, letters: str, rows=None) -> Assessment:
    """The first municipalities of the sample (or ``rows``), put into the types of ``letters``."""
    survey = part_of(sample.survey, np.arange(len(letters)) if rows is None else rows)
    survey = replace(survey, names={})
    scores, membership = score_survey(survey), membership_of(letters, survey.keys)
    return replace(
        sample,
        survey=survey,
        scores=scores,
        membership=membership,
        peers=build_peer_index(scores, survey, membership, sample.typology),
        goal_deviations=goal_deviations(survey, sample.typology),
    )


def with_other_answers(assessment: Assessment, donor: Assessment, rows: list[int]) -> Assessment:
    """The same municipalities, but those in ``rows`` answered like municipalities of ``donor``."""
    answers = assessment.survey.answers.copy()
    status = assessment.survey.status.copy()
    for number, row in enumerate(rows):
        answers.iloc[row] = donor.survey.answers.iloc[300 + number]
        status.iloc[row] = donor.survey.status.iloc[300 + number]
    survey = replace(assessment.survey, answers=answers, status=status)
    scores = score_survey(survey)
    membership, model = assessment.membership, assessment.typology
    return replace(
        assessment,
        survey=survey,
        scores=scores,
        peers=build_peer_index(scores, survey, membership, model),
        goal_deviations=goal_deviations(survey, model),
    )


def statistics_with_n(content: Any, found: list[tuple[dict, int]] | None = None):
    """All entries of plain data that carry a number of cases."""
    found = [] if found is None else found
    if isinstance(content, dict):
        for name in ("n", "n_others", "n_everybody"):
            if isinstance(content.get(name), int):
                found.append((content, content[name]))
        for value in content.values():
            statistics_with_n(value, found)
    elif isinstance(content, list):
        for value in content:
            statistics_with_n(value, found)
    return found


def shapes(most: int):
    """Surveys of 3–12 and more municipalities in types of any size, some mixed, some in none."""
    return st.text(alphabet="BOSCbosc-", min_size=3, max_size=most)


@settings(max_examples=40, deadline=None)
@given(letters=shapes(30))
@example(letters="BBBOOOSSSCCC")
@example(letters="BBBBBOOOOOSSSSS---")
@example(letters="B" * 12 + "O" * 8 + "SSS" + "--")
@example(letters="b" * 4 + "B" * 30 + "---")
def test_nothing_is_said_about_fewer_than_five_others(sample, letters):
    small = assessed(sample, letters)
    keys = small.survey.keys
    for number in {0, len(letters) // 2, len(letters) - 1}:
        content = pipeline.municipality_profile(small, keys[number]).as_dict()
        everybody = content["peers"].pop("n_others")
        assert everybody is None or everybody >= 5 or content["peers"]["id"] == "all"
        content.pop("record")
        for entry, n in statistics_with_n(content):
            assert n >= 5, entry
        for block in content["blocks"]:
            for row in block["rows"]:
                if len(letters) < 6:
                    assert row["median"] is row["low"] is row["high"] is None
                    assert row["standing"] == "unknown"
    for profile in pipeline.type_profiles(small):
        members = sum(letter.upper() == profile.type_id for letter in letters)
        content = profile.as_dict()
        content.pop("record")
        shown = content.pop("n")
        assert shown is None or shown == 0 or shown >= 5
        for entry, n in statistics_with_n(content):
            assert n >= 7, entry
        if members < 7:
            assert all(f["score"] is f["level"]["value"] is None for f in content["fields"])
            assert all(goal["mean"]["value"] is None for goal in content["goals"])
            assert content["strong"] == []


def shown_sizes(assessment: Assessment) -> dict[str, int]:
    """Sizes of types and of „in none“ that any page gives away, put together."""
    found = {cell.id: cell.n for cell in pipeline.overview(assessment).types.cells}
    for profile in pipeline.type_profiles(assessment):
        found[profile.type_id] = found.get(profile.type_id) or profile.n
        for n in (*(f.n for f in profile.fields), *(g.mean.n for g in profile.goals)):
            # Who sees how many answered a question knows at least that many are in the type.
            found[profile.type_id] = found[profile.type_id] or n
    for key in assessment.survey.keys:
        note = pipeline.municipality_profile(assessment, key).peers
        if note.id.startswith("type:") and note.n_others is not None:
            found[note.id[-1]] = note.n_others + 1
    return {kind: n for kind, n in found.items() if n}


@settings(max_examples=25, deadline=None)
@given(sizes=st.tuples(*[st.integers(0, 14)] * 5))
@example(sizes=(14, 8, 3, 7, 0))
@example(sizes=(14, 14, 14, 0, 3))
@example(sizes=(30, 0, 0, 0, 2))
def test_a_small_type_does_not_follow_from_the_sizes_shown(sample, sizes):
    letters = "".join(kind * n for kind, n in zip("BOSC-", sizes, strict=True))
    if len(letters) < 3:
        return
    small = assessed(sample, letters)
    shown = shown_sizes(small)
    real = {kind: n for kind, n in zip(["B", "O", "S", "C", ""], sizes, strict=True) if n}
    hidden = [kind for kind in real if kind not in shown]
    for kind, n in real.items():
        if n < 5:
            assert kind in hidden
    if hidden and len(letters) >= 5 and len(real) > 1:
        # The number of participants is known, so one hidden cell alone would follow from it.
        assert len(hidden) >= 2
        assert sum(real[kind] for kind in hidden) >= 5
    said = " ".join(pipeline.overview(small).sentences)
    if "" in hidden:
        assert "einem Typ zugeordnet" not in said


@settings(max_examples=60, deadline=None)
@given(letters=shapes(60))
@example(letters="B" * 20 + "O" * 14 + "S" * 10 + "CCC" + "-" * 9)
@example(letters="B" * 20 + "b" * 6 + "O" * 20 + "o" * 2)
def test_the_lab_hides_what_the_other_pages_hide(sample, letters):
    small = assessed(sample, letters)
    found = typology_summary(small.membership)
    cells = {cell.id: cell.n for cell in pipeline.overview(small).types.cells}
    shown = [count.n for count in found.types.values()]
    for kind, count in found.types.items():
        members = sum(letter.upper() == kind for letter in letters)
        assert count.n is None or count.n == members
        assert cells.get(kind) == (count.n or None)
        assert count.n is None or count.n == 0 or count.n >= 5
        assert count.profile_shown == (members >= 7)
        if count.sure is not None:
            assert count.sure == 0 or count.sure >= 5
            assert count.n - count.sure == 0 or count.n - count.sure >= 5
    none = letters.count("-")
    known = [n for n in found.states.values() if n is not None]
    assert all(n == 0 or n >= 5 for n in known)
    if 0 < none < 5 and found.placed is not None:
        raise AssertionError("how many are in none follows from how many are placed")
    if None in shown:
        # One hidden size among types must not follow from those in none.
        assert shown.count(None) + (found.placed is None) >= 2


@pytest.mark.parametrize("n", [3, 4, 5])
def test_up_to_four_others_leave_no_trace(sample, n):
    before = assessed(sample, "B" * n)
    after = with_other_answers(before, sample, list(range(1, n)))
    key = before.survey.keys[0]
    one, two = (pipeline.municipality_profile(a, key).as_dict() for a in (before, after))
    assert one == two
    assert [p.as_dict() for p in pipeline.type_profiles(before)] == [
        p.as_dict() for p in pipeline.type_profiles(after)
    ]
    views = [pipeline.overview(assessment).as_dict() for assessment in (before, after)]
    for view in views:
        # About the file as a whole, not about answers.
        view.pop("breakdowns")
    assert views[0] == views[1]
    assert views[0]["quality"]["answered_median"] is None
    assert views[0]["quality"]["dont_know"] is None


@pytest.mark.parametrize("size", [1, 2, 3, 4, 5])
def test_members_of_a_small_type_leave_no_trace_on_its_page(sample, size):
    letters = "C" * size + "B" * 20 + "O" * 20
    before = assessed(sample, letters)
    after = with_other_answers(before, sample, list(range(size)))
    pages = []
    for assessment in (before, after):
        page = next(p for p in pipeline.type_profiles(assessment) if p.type_id == "C").as_dict()
        for field in page["fields"]:
            field.pop("everybody")
            field.pop("n_everybody")
        for goal in page["goals"]:
            goal.pop("everybody")
        pages.append(page)
    assert pages[0] == pages[1]
    assert all(field["score"] is None for field in pages[0]["fields"])


def test_few_changes_of_type_are_not_counted(sample):
    keys = sample.survey.keys[:30]
    before = membership_of("B" * 30, keys)
    for changes, shown in ((0, 0), (1, None), (4, None), (5, 5)):
        after = membership_of("O" * changes + "B" * (30 - changes), keys)
        assert changed_types(before, after) == (shown, 30)


def test_the_mean_of_a_small_type_does_not_follow_by_subtraction(sample):
    # Means of three types, of all, and everybody's number would give the sum of the fourth.
    small = assessed(sample, "B" * 20 + "O" * 16 + "S" * 12 + "C" * 3)
    profiles = {profile.type_id: profile for profile in pipeline.type_profiles(small)}
    for place in range(len(profiles["B"].goals)):
        shown = [kind for kind in "BOS" if profiles[kind].goals[place].mean.value is not None]
        assert shown != ["B", "O", "S"]
        assert profiles["C"].goals[place].mean.value is None
