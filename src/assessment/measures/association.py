"""What municipalities of the own type one level up report more often: association, never cause.

For each type, field and level two groups are compared: those at the level and those one above.
A statement is told if its share is clearly higher above (95 % interval of the difference, exact
test, Benjamini–Hochberg over everything tested in the survey).

Shares pass the guard. So that nothing follows from groups that overlap, a statement is told of a
type in one field only: the level groups of one type in one field don't overlap, and what they leave
over of the type must be nobody or at least five.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from assessment.comparison.disclosure import (
    MINIMUM_MEMBERS,
    guarded_share,
    may_be_shown_together,
)
from assessment.measures.advice_types import Association
from assessment.measures.sentences import say
from assessment.measures.share_tests import exact_p, lower_end
from assessment.measures.statements import Statements, statements_of
from assessment.scoring.levels import LEVELS
from assessment.scoring.scores import Scores
from assessment.survey import Survey
from assessment.typology.model import Membership, MembershipState
from assessment.typology.multiple_testing import LEVEL as Q_LIMIT
from assessment.typology.multiple_testing import false_discovery_q
from assessment.typology.reference import load_reference

MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class Finding:
    """A statement that holds clearly more often one level up; counts of the whole groups."""

    statement: int
    yes_here: int
    n_here: int
    yes_ahead: int
    n_ahead: int
    inside: bool
    """The question belongs to the field itself."""


@dataclass(frozen=True, slots=True, eq=False)
class Associations:
    """Findings of one survey, prepared once; :meth:`of` only looks up."""

    survey: Survey = field(repr=False)
    statements: Statements = field(repr=False)
    dimensions: tuple[str, ...]
    levels: np.ndarray = field(repr=False)
    """int8 (municipalities, fields), -1 = not rated."""
    types: np.ndarray = field(repr=False)
    """Type per municipality, ``""`` = none (object)."""
    rows: Mapping[str, int] = field(repr=False)
    mixed: np.ndarray = field(repr=False)
    """Between types: counted, but not told what „their“ type reports (bool)."""
    findings: Mapping[tuple[str, str, int], tuple[Finding, ...]]
    """(type, field, level) → findings, in the order in which they are told."""

    def of(self, key: str) -> dict[str, tuple[Association, ...]]:
        """Per field at most three associations for one municipality, its own answer taken out.

        Empty without a type, between types and where the guard refuses. Raises ``KeyError`` for
        an unknown key.
        """
        row = self.rows[key]
        own = str(self.types[row])
        if not own or self.mixed[row]:
            return {}
        told = {}
        for place, name in enumerate(self.dimensions):
            level = int(self.levels[row, place])
            found = [
                self._told(finding, row, own, name, level)
                for finding in sorted(
                    self.findings.get((own, name, level), ()),
                    # What one reports oneself already is no news.
                    key=lambda finding: bool(self.statements.yes[row, finding.statement]),
                )
            ]
            shown = [each for each in found if each is not None][:MOST_NAMED]
            if shown:
                told[name] = tuple(shown)
        return told

    def _told(
        self, finding: Finding, row: int, own: str, name: str, level: int
    ) -> Association | None:
        column = finding.statement
        part = finding.yes_here - int(self.statements.yes[row, column])
        n = finding.n_here - int(self.statements.answered[row, column])
        here = guarded_share(part, n)
        ahead = guarded_share(finding.yes_ahead, finding.n_ahead)
        if here.refusal or ahead.refusal or here.n is None or ahead.n is None:
            return None
        if finding.yes_ahead * n <= part * finding.n_ahead:
            return None
        statement = self.statements.all[column]
        dimension = self.survey.questionnaire.dimension_by_id[name]
        kind = load_reference().type_of(own)
        return Association(
            item=statement.item,
            statement=statement.text,
            ahead=ahead.percent,
            n_ahead=ahead.n,
            here=here.percent,
            n_here=here.n,
            sentence=say(
                "association.sentence_inside" if finding.inside else "association.sentence",
                type=kind.name if kind else "Kommunen der eigenen Gruppe",
                field=dimension.name,
                statement=statement.text,
                level=level,
                next=level + 1,
                ahead=ahead.text,
                n_ahead=ahead.n,
                here=here.text,
                n_here=here.n,
            ),
        )


def prepare_associations(
    survey: Survey, scores: Scores, membership: Membership | None
) -> Associations:
    """Test every statement between neighbouring levels of every field within each type."""
    n = len(survey.keys)
    statements = statements_of(survey)
    types, mixed = np.full(n, "", dtype=object), np.zeros(n, dtype=bool)
    if membership is not None:
        types = np.array([k if isinstance(k, str) else "" for k in membership.first], dtype=object)
        mixed = membership.state.to_numpy() == MembershipState.MIXED
    counts = _count(statements, scores, types)
    return Associations(
        survey,
        statements,
        scores.dimensions,
        scores.level_values,
        types,
        {str(key): row for row, key in enumerate(survey.keys)},
        mixed,
        _findings(survey, statements, scores, types, counts),
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Counts:
    """Shape (types, fields, levels, statements)."""

    kinds: tuple[str, ...]
    yes: np.ndarray
    answered: np.ndarray


def _count(statements: Statements, scores: Scores, types: np.ndarray) -> _Counts:
    kinds = tuple(sorted({str(kind) for kind in types if kind}))
    shape = (len(kinds), len(scores.dimensions), LEVELS, len(statements.all))
    yes, answered = np.zeros(shape, dtype=np.int32), np.zeros(shape, dtype=np.int32)
    for number, kind in enumerate(kinds):
        rows = np.flatnonzero(types == kind)
        # One product per type counts all fields and levels at once.
        hot = scores.level_values[rows, :, None] == np.arange(LEVELS)
        flat = hot.reshape(len(rows), -1).T.astype(np.float32)
        for target, source in ((yes, statements.yes), (answered, statements.answered)):
            product = flat @ source[rows].astype(np.float32)
            target[number] = np.rint(product).astype(np.int32).reshape(shape[1:])
    return _Counts(kinds, yes, answered)


def _findings(
    survey: Survey,
    statements: Statements,
    scores: Scores,
    types: np.ndarray,
    counts: _Counts,
) -> dict[tuple[str, str, int], tuple[Finding, ...]]:
    yes, n = counts.yes, counts.answered
    here, ahead = (yes[:, :, :-1], n[:, :, :-1]), (yes[:, :, 1:], n[:, :, 1:])
    tested = (here[1] >= MINIMUM_MEMBERS) & (ahead[1] >= MINIMUM_MEMBERS)
    tested &= _meaningful(survey, statements, scores.dimensions)[None, :, None, :]
    lower = np.where(tested, lower_end(here, ahead), -1.0)
    clear = lower > 0
    # What is not clearly higher counts as tested with p = 1: that can only raise the others' q.
    p = np.where(tested, 1.0, np.nan)
    if clear.any():
        p[clear] = exact_p(here[0][clear], here[1][clear], ahead[0][clear], ahead[1][clear])
    clear &= false_discovery_q(p) <= Q_LIMIT
    inside = _inside(statements, scores.dimensions)
    by_step: dict[tuple[str, str, int], list[tuple[bool, float, Finding]]] = {}
    for number, kind in enumerate(counts.kinds):
        for column in range(len(statements.all)):
            place = _one_field(
                clear[number, :, :, column], lower[number, :, :, column], inside[:, column]
            )
            if place is None:
                continue
            for step in _admitted_steps(
                clear[number, place, :, column],
                scores.level_values[:, place],
                types == kind,
                statements.answered[:, column],
            ):
                belongs = bool(inside[place, column])
                groups = [int(a[number, place, step, column]) for a in (*here, *ahead)]
                finding = Finding(column, groups[0], groups[1], groups[2], groups[3], belongs)
                difference = finding.yes_ahead / finding.n_ahead - finding.yes_here / finding.n_here
                key = (kind, scores.dimensions[place], step)
                by_step.setdefault(key, []).append((belongs, -difference, finding))
    # Questions of other fields first: those of the field itself made the level.
    return {
        key: tuple(finding for _, _, finding in sorted(found, key=lambda f: f[:2]))
        for key, found in by_step.items()
    }


def _one_field(clear: np.ndarray, lower: np.ndarray, inside: np.ndarray) -> int | None:
    """The field in which a statement is told of a type: another than its own, then the clearest."""
    if not clear.any():
        return None
    best = np.where(clear, lower, -np.inf).max(axis=1) - 10.0 * inside
    return int(best.argmax())


def _admitted_steps(
    clear: np.ndarray, levels: np.ndarray, of_type: np.ndarray, answered: np.ndarray
) -> tuple[int, ...]:
    """Steps whose two groups may be shown beside each other, the whole type and everybody.

    ``clear``: bool per step; ``levels``, ``of_type``, ``answered`` (the statement): per
    municipality.
    """
    steps = [int(step) for step in np.flatnonzero(clear)]
    shown = sorted({level for step in steps for level in (step, step + 1)})
    known = of_type[answered]
    everybody = np.ones(len(known), dtype=bool)
    if not all(may_be_shown_together([everybody, known])):
        return ()
    own = levels[answered & of_type]
    whole, *admitted = may_be_shown_together(
        [np.ones(len(own), dtype=bool), *(own == level for level in shown)], additive=True
    )
    fine = {level for level, fits in zip(shown, admitted, strict=True) if fits and whole}
    return tuple(step for step in steps if {step, step + 1} <= fine)


def _inside(statements: Statements, dimensions: tuple[str, ...]) -> np.ndarray:
    """bool (fields, statements): the question belongs to the field."""
    return np.array([[s.dimension == name for s in statements.all] for name in dimensions])


def _meaningful(survey: Survey, statements: Statements, dimensions: tuple[str, ...]) -> np.ndarray:
    """bool (fields, statements): False where the one question of a field *is* its level."""
    single = {name: len(survey.questionnaire.scored_items(name)) == 1 for name in dimensions}
    return np.array(
        [
            [not (single[name] and s.dimension == name) for s in statements.all]
            for name in dimensions
        ],
        dtype=bool,
    ).reshape(len(dimensions), len(statements.all))
