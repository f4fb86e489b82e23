"""The one chain from gaps to advice, for every page and file that recommends measures."""

from collections.abc import Collection, Mapping

from assessment.comparison.comparison import Comparison, compare
from assessment.comparison.gap_types import GapRow
from assessment.comparison.gaps import dimension_gaps
from assessment.comparison.targets import target_levels
from assessment.measures.advice_types import Advice
from assessment.measures.recommendation import advise
from assessment.measures.situation import Situation, situation_of
from assessment.profiles.results import Assessment


def comparison_of(assessment: Assessment, key: str) -> Comparison:
    """A municipality among its peers; ``KeyError`` for an unknown key."""
    return compare(
        assessment.scores,
        assessment.membership,
        assessment.survey,
        key,
        index=assessment.peers,
    )


def gap_rows(
    assessment: Assessment,
    key: str,
    previous: Mapping[str, int] | None = None,
    comparison: Comparison | None = None,
    targets: Mapping[str, tuple[int, int]] | None = None,
) -> tuple[GapRow, ...]:
    """Gaps of all fields. ``previous``: own points of an earlier wave per field.

    ``targets``: instead of the survey's (level, target).
    """
    return dimension_gaps(
        assessment.peers,
        comparison or comparison_of(assessment, key),
        target_levels(assessment.survey, key) if targets is None else targets,
        previous,
    )


def situation(
    assessment: Assessment,
    key: str,
    gaps: Collection[GapRow] | None = None,
    targets: Mapping[str, tuple[int, int]] | None = None,
) -> Situation:
    """What recommendations rest on. ``targets``: instead of the survey's (level, target)."""
    survey = assessment.survey
    rows = gap_rows(assessment, key) if gaps is None else tuple(gaps)
    return situation_of(
        survey,
        assessment.scores,
        assessment.peers,
        assessment.membership,
        key,
        rows,
        target_levels(survey, key) if targets is None else targets,
    )


def advice_of(
    assessment: Assessment,
    key: str,
    *,
    done: Collection[str] = (),
    targets: Mapping[str, tuple[int, int]] | None = None,
    gaps: Collection[GapRow] | None = None,
) -> Advice:
    """Recommendations of one municipality from the assessment's catalogue."""
    return advise(assessment.catalogue, situation(assessment, key, gaps, targets), done=done)
