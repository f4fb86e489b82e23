"""Solutions that can be set side by side, and what their comparison says."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from assessment.comparison.disclosure import MINIMUM_OTHERS
from assessment.german import format_number
from assessment.typology.agreement import adjusted_rand, cross_table, match_labels
from assessment.typology.method import METHOD_NAMES, Method
from assessment.typology.model import Membership
from assessment.typology.study_types import BaselineResult
from assessment.ui.lab_result import LabResult

STYLE_FREE = {
    *(Method.JOINT, Method.RESPONSE_STYLE, Method.PLACKETT_LUCE),
    *(Method.CENTRED_KMEANS, Method.WARD),
}
"""Methods that take response style out, or read what has none."""
_AGREEMENT = (
    (0.9, "fast dieselbe Einteilung"),
    (0.75, "weitgehend dieselbe Einteilung"),
    (0.5, "in den Grundzügen ähnlich"),
    (0.2, "nur teilweise ähnlich"),
    (-1.1, "kaum ähnlicher als durch Zufall"),
)


@dataclass(frozen=True, eq=False)
class SolutionChoice:
    """One grouping of a survey: ``labels`` int (n,) = place in ``groups``, -1 = in none."""

    title: str
    groups: tuple[str, ...]
    labels: np.ndarray
    numbered: bool = False
    """The groups have numbers only, which follow the order in which they are shown."""


@dataclass(frozen=True, eq=False)
class Offer:
    """A solution to choose; it is worked out when it is chosen."""

    title: str
    load: Callable[[], SolutionChoice]


@dataclass(frozen=True, eq=False)
class SideBySide:
    """Two groupings of the same survey; the second in the order that fits the first best."""

    first: SolutionChoice
    second: SolutionChoice
    table: np.ndarray
    """int (groups, groups): municipalities that are in a group of both."""
    ari: float
    moved: np.ndarray
    """Rows of the survey that are not in corresponding groups, ascending."""
    n: int

    @property
    def guarded(self) -> list[list[int | None]]:
        """The table as shown: counts of 1 to 4 are ``None``."""
        return [
            [None if 0 < cell < MINIMUM_OTHERS else int(cell) for cell in line]
            for line in self.table
        ]

    @property
    def sentence(self) -> str:
        """Agreement in words, with its index."""
        if self.n < 2:
            return "Keine Kommune ist in beiden Lösungen eingeordnet."
        stayed = self.n - len(self.moved)
        return (
            f"Die beiden sind {agreement_words(self.ari)}: {format_number(stayed)} von "
            f"{format_number(self.n)} Kommunen liegen in Gruppen, die einander entsprechen. "
            f"Bereinigter Rand-Index {format_number(self.ari, 2)} (1 = dieselbe Einteilung, "
            "0 = so viel wie bei Zufall)."
        )


def agreement_words(ari: float) -> str:
    """An adjusted Rand index in words."""
    return next(words for least, words in _AGREEMENT if ari >= least)


def side_by_side(first: SolutionChoice, second: SolutionChoice) -> SideBySide:
    """Compare two groupings; groups of the second are sorted to lie beside their counterparts."""
    ka, kb = len(first.groups), len(second.groups)
    matched = match_labels(first.labels, second.labels, ka, kb)
    order = sorted(range(kb), key=lambda place: (matched[place] < 0, matched[place], place))
    place_of = np.empty(kb + 1, dtype=int)
    place_of[order] = np.arange(kb)
    place_of[-1] = -1
    labels = place_of[second.labels]
    names = second.groups if second.numbered else tuple(second.groups[p] for p in order)
    turned = SolutionChoice(second.title, names, labels)
    counterpart = np.append(matched, -1)
    both = (first.labels >= 0) & (labels >= 0)
    moved = both & (counterpart[second.labels] != first.labels)
    return SideBySide(
        first,
        turned,
        cross_table(first.labels, labels, ka, kb),
        adjusted_rand(first.labels, labels),
        np.flatnonzero(moved),
        int(both.sum()),
    )


def of_result(result: LabResult, title: str) -> SolutionChoice:
    """The types of a result of the lab."""
    return SolutionChoice(
        title, tuple(result.told(cluster.id) for cluster in result.clusters), result.labels
    )


def of_membership(membership: Membership, names: Sequence[str], title: str) -> SolutionChoice:
    """An assignment by a frozen typology."""
    return SolutionChoice(title, tuple(names), np.asarray(membership.first.cat.codes, dtype=int))


def of_baseline(result: LabResult, one: BaselineResult) -> SolutionChoice:
    """Another method, computed with the same number of types."""
    return SolutionChoice(
        baseline_title(one),
        tuple(f"Gruppe {place + 1}" for place in range(one.solution.k)),
        result.baseline_labels(one),
        numbered=True,
    )


def baseline_title(one: BaselineResult) -> str:
    """Another method as a choice names it."""
    return f"{METHOD_NAMES[one.method]}, {one.solution.k} Gruppen"


def level_share(values: np.ndarray, labels: np.ndarray) -> float:
    """How much of the differences in the average answer a grouping explains (eta², 0–1).

    ``values`` (n, columns), ``NaN`` = unanswered: a grouping by response style explains much, one
    by priorities little.
    """
    known = ~np.isnan(values)
    used = (labels >= 0) & known.any(axis=1)
    filled = np.where(known, values, 0.0)[used]
    levels = filled.sum(axis=1) / known[used].sum(axis=1)
    total = float(((levels - levels.mean()) ** 2).sum()) if len(levels) else 0.0
    if total <= 0:
        return 0.0
    groups = labels[used]
    within = sum(
        float(((levels[groups == g] - levels[groups == g].mean()) ** 2).sum())
        for g in np.unique(groups)
    )
    return 1.0 - within / total
