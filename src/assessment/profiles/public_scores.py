"""An assessment as a public paper may read it: confidential fields in whole points only.

Whatever is worked out of it (a standing, the interval of a gap, a priority) can then not tell more
of such a field than its whole points and its level do.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from dataclasses import fields as dataclass_fields
from functools import cached_property
from weakref import WeakKeyDictionary, ref

from assessment.comparison.disclosure import whole_points
from assessment.measures.association import Associations, prepare_associations
from assessment.profiles.middle import Middle, middle_of
from assessment.profiles.results import Assessment
from assessment.scoring.robustness import Robustness
from assessment.scoring.scores import Scores

_PREPARED: WeakKeyDictionary[Assessment, dict[frozenset[str], Assessment]] = WeakKeyDictionary()


@dataclass(frozen=True, eq=False)
class _Rounded(Assessment):
    """What all municipalities have in common is that of the assessment it was made from."""

    source: Callable[[], Assessment | None] = lambda: None
    """Weak: what is cached for an assessment must not keep it alive."""

    @cached_property
    def robustness(self) -> Robustness:
        source = self.source()
        return Robustness(self.survey, self.scores) if source is None else source.robustness

    @cached_property
    def associations(self) -> Associations:
        source = self.source()
        if source is None:
            return prepare_associations(self.survey, self.scores, self.membership)
        return source.associations

    @cached_property
    def middle(self) -> Middle:
        source = self.source()
        return middle_of(self.peers) if source is None else source.middle


def rounded_assessment(assessment: Assessment, fields: Collection[str]) -> Assessment:
    """The assessment with these fields rounded and without a trace of their open questions.

    Prepared once for each assessment. Group values stay those of the exact points.
    """
    wanted = frozenset(fields).intersection(assessment.scores.dimensions)
    if not wanted:
        return assessment
    known = _PREPARED.setdefault(assessment, {})
    if wanted not in known:
        known[wanted] = _made(assessment, wanted)
    return known[wanted]


def _made(assessment: Assessment, fields: frozenset[str]) -> Assessment:
    scores = _rounded(assessment.scores, fields)
    names = [each.name for each in dataclass_fields(Assessment)]
    shared = {name: getattr(assessment, name) for name in names}
    shared |= {"scores": scores, "peers": replace(assessment.peers, scores=scores)}
    return _Rounded(**shared, source=ref(assessment))


def _rounded(scores: Scores, fields: frozenset[str]) -> Scores:
    score, coverage, gated = scores.score.copy(), scores.coverage.copy(), scores.gated.copy()
    lowest, highest = scores.lowest.copy(), scores.highest.copy()
    for name in fields:
        points = score[name].map(whole_points, na_action="ignore").astype(float)
        score[name], lowest[name], highest[name] = points, points, points
        coverage[name] = coverage[name].where(points.isna(), 1.0)
        gated[name] = ""
    return replace(
        scores, score=score, coverage=coverage, lowest=lowest, highest=highest, gated=gated
    )


def renamed_assessment(assessment: Assessment, key: str, name: str) -> Assessment:
    """The assessment with another name for one municipality; everything prepared is shared."""
    names = {**assessment.survey.names, key: name}
    survey = replace(assessment.survey, names=names)
    shared = {each.name: getattr(assessment, each.name) for each in dataclass_fields(Assessment)}
    return _Rounded(**{**shared, "survey": survey}, source=ref(assessment))
