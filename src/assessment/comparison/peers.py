"""Who one is compared with: a fixed cascade of groups, the first with enough others.

The steps are those of :mod:`assessment.comparison.cascade`. A group is used if the middle half of
its others may be shown (at least twelve) and if, next to all other prepared groups, nobody follows
from a difference. Values are ordered only for groups somebody asks for, and then kept.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np

from assessment.comparison.answer_step import item_noise, noise_of
from assessment.comparison.cascade import (
    EVERYBODY,
    TYPE,
    Partition,
    cascade,
    coded,
    type_partition,
)
from assessment.comparison.disclosure import (
    MINIMUM_MEMBERS,
    MINIMUM_OTHERS,
    QUARTILES_FROM,
    OrderStatistics,
    admitted_groups,
    guarded_counts,
    order_statistics,
)
from assessment.comparison.free_group import free_admission
from assessment.comparison.group_sizes import sizes_told
from assessment.comparison.structure import Structure, structure_of
from assessment.german import format_number
from assessment.questionnaire.model import Questionnaire
from assessment.scoring.scores import Scores
from assessment.survey import Survey
from assessment.typology.model import Membership, TypologyModel

__all__ = [
    "EVERYBODY",
    "TYPE",
    "Partition",
    "PeerGroup",
    "PeerIndex",
    "build_peer_index",
    "group_sizes",
    "type_partition",
]

FEWEST_OTHERS = QUARTILES_FROM
"""Others a group of the cascade needs, so that the middle half may be shown."""
MOST_SHOWN = 0.75
"""Share of the dimensions shown of everybody that a group must be able to show as well: where open
answers make it differ by few from other groups in many questions, a wider one says more."""


@dataclass(frozen=True, eq=False)
class PeerGroup:
    """A group with the ordered values of each dimension, so that a comparison only looks up."""

    id: str
    name: str
    phrase: str
    members: np.ndarray
    values: np.ndarray = field(repr=False)
    """Scores of the whole survey, (municipalities, dimensions)."""
    admitted: tuple[bool, ...]
    """Per dimension: whether it may be shown beside all other prepared groups."""
    size_shown: bool = True
    """False where the size would tell the size of a very small group."""
    plural: str = ""
    """What follows „nur 7 andere“."""
    kept: dict[Hashable, OrderStatistics] = field(default_factory=dict, repr=False)
    """Statistics already worked out."""
    columns: dict[str, np.ndarray] = field(default_factory=dict, repr=False)
    """Question → the members' points in ascending order, as far as already asked for."""
    place: tuple[int, int] | None = None
    """Step and number within it; ``None`` for a group chosen freely."""
    usable: bool = True
    """False where the group, or too many of its dimensions, may not be shown beside the others."""

    @cached_property
    def size(self) -> int:
        return int(self.members.sum())

    @cached_property
    def ordered(self) -> tuple[np.ndarray, ...]:
        """Per dimension the known values of the members, ascending."""
        return ordered_columns(self.values[self.members])

    def viewed(
        self, name: Hashable, ordered: np.ndarray, admitted: bool, own: float, row: int
    ) -> OrderStatistics:
        """Statistics of one column for the municipality in ``row`` with the value ``own``.

        ``name`` tells the columns apart: municipalities with the same value see the same numbers,
        so they are worked out once.
        """
        known = bool(self.members[row]) and own == own
        seen = (name, own if known else None)
        found = self.kept.get(seen)
        if found is None:
            found = order_statistics(ordered, own=own if known else None, admitted=admitted)
            if not self.size_shown:
                found = replace(found, n=None)
            self.kept[seen] = found
        return found

    def described(self, others: int) -> str:
        """„46 Serviceorientierten“; „anderen Serviceorientierten“ where the size is hidden."""
        if not self.size_shown:
            return f"anderen {self.phrase}; ihre Zahl bleibt verdeckt"
        return f"{format_number(others)} {self.phrase}"


@dataclass(frozen=True, eq=False)
class PeerIndex:
    """All groups of all steps, worked out once per survey."""

    scores: Scores
    partitions: tuple[Partition, ...]
    groups: Mapping[tuple[str, str], PeerGroup]
    rows: Mapping[str, int] = field(repr=False)
    values: np.ndarray = field(repr=False)
    noise: tuple[int, ...] = field(repr=False)
    """Per dimension: points that one answer's step explains."""
    short_noise: tuple[int, ...] = field(repr=False)
    """The same where only the short form was asked."""
    structure: Structure = field(repr=False)
    membership: Membership | None = field(repr=False)
    steps: tuple[np.ndarray, ...] = field(repr=False)
    """Per partition int labels (n,) of the groups that are ever shown, -1 = none."""
    questionnaire: Questionnaire = field(repr=False)
    kept_noise: dict[str, int] = field(default_factory=dict, repr=False)

    def group_for(self, key: str) -> tuple[PeerGroup, str]:
        """The first group of the cascade with enough others, and why narrower ones were left out.

        The last step is returned also where it is too small; the guard refuses then.
        """
        row = self.rows[key]
        skipped, left_out = "", []
        for partition in self.partitions[:-1]:
            label = partition.labels[row]
            if partition.skipped[row]:
                skipped = partition.skip_reason
            elif label:
                group = self.groups[partition.id, label]
                if group.usable and group.size > FEWEST_OTHERS:
                    return group, _reason(skipped, left_out)
                # A wider step of the same size is the same group under a shorter name.
                if all(group.size != other.size for other in left_out):
                    left_out.append(group)
        return self.everybody, _reason(skipped, left_out)

    @property
    def everybody(self) -> PeerGroup:
        return self.groups[EVERYBODY, EVERYBODY]

    def statistics(self, group: PeerGroup, key: str) -> tuple[OrderStatistics, ...]:
        """What the guard lets this municipality know of its group, per dimension."""
        row = self.rows[key]
        return tuple(
            group.viewed(("score", place), column, group.admitted[place], own, row)
            for place, (column, own) in enumerate(
                zip(group.ordered, self.values[row].tolist(), strict=True)
            )
        )

    def admission(self, answered: np.ndarray) -> dict[tuple[str, str], np.ndarray]:
        """Which prepared groups may be shown for other questions than the scores.

        ``answered``: bool (municipalities, questions). Per group, keyed as in ``groups``, bool
        (questions,): whether it may be shown beside all other prepared groups.
        """
        names = [coded(partition.labels)[1] for partition in self.partitions]
        found = _admitted(self.partitions, self.steps, answered, [len(one) for one in names])
        return {
            (partition.id, label): fits[number]
            for partition, labels, fits in zip(self.partitions, names, found, strict=True)
            for number, label in enumerate(labels)
        }

    def item_statistics(self, group: PeerGroup, item: str, key: str) -> OrderStatistics:
        """The same for the points of one scored question; ``KeyError`` for any other."""
        row, column = self.rows[key], self._questions.columns[item]
        points = self._questions.points[:, column]
        ordered = group.columns.get(item)
        if ordered is None:
            known = points[group.members]
            ordered = group.columns[item] = np.sort(known[~np.isnan(known)])
        admitted = self._question_admitted(group, column)
        return group.viewed(("item", item), ordered, admitted, float(points[row]), row)

    def item_noise(self, item: str) -> int:
        """Points that one answer's step explains in a scored question; kept."""
        if item not in self.kept_noise:
            self.kept_noise[item] = item_noise(self.questionnaire[item])
        return self.kept_noise[item]

    @cached_property
    def _questions(self) -> "_Questions":
        points = self.scores.item_points.to_numpy(dtype=float)
        widths = [int(step.max(initial=-1)) + 1 for step in self.steps]
        return _Questions(
            columns={str(name): place for place, name in enumerate(self.scores.item_points)},
            points=points,
            admitted=_admitted(self.partitions, self.steps, ~np.isnan(points), widths),
        )

    def _question_admitted(self, group: PeerGroup, column: int) -> bool:
        if group.place is None:
            answered = ~np.isnan(self._questions.points[:, [column]])
            return group.usable and bool(free_admission(group.members, self.steps, answered)[0])
        step, number = group.place
        found = self._questions.admitted[step]
        # Groups never shown have no row.
        return number < len(found) and bool(found[number, column])

    def free_group(self, mask: np.ndarray, name: str) -> PeerGroup:
        """A group an analyst chose (bool mask over the survey), called ``name`` in the dative.

        It is shown beside all prepared groups, so each question passes the same rule; groups
        chosen earlier are the business of ``ShownGroups``.
        """
        members = np.asarray(mask, dtype=bool)
        admitted = free_admission(members, self.steps, ~np.isnan(self.values))
        whole = free_admission(members, self.steps, np.ones((len(members), 1), dtype=bool))
        return PeerGroup(
            id="free",
            name=name,
            phrase=name,
            members=members,
            values=self.values,
            admitted=tuple(bool(one) and bool(whole[0]) for one in admitted),
            size_shown=bool(whole[0]),
            plural=name,
            usable=bool(whole[0]),
        )


@dataclass(frozen=True, slots=True, eq=False)
class _Questions:
    """The points of all scored questions, and which groups may be shown for which."""

    columns: Mapping[str, int]
    points: np.ndarray
    admitted: Sequence[np.ndarray]
    """Per step bool (groups, questions)."""


def ordered_columns(values: np.ndarray) -> tuple[np.ndarray, ...]:
    """Per column the known values, ascending."""
    ordered = np.sort(values, axis=0)
    known = (~np.isnan(ordered)).sum(axis=0)
    return tuple(ordered[:n, place] for place, n in enumerate(known))


def build_peer_index(
    scores: Scores,
    survey: Survey,
    membership: Membership | None,
    model: TypologyModel | None = None,
    structure: Structure | None = None,
) -> PeerIndex:
    """Work out all groups of a survey once; ``structure`` if it is already known."""
    structure = structure or structure_of(survey)
    partitions = cascade(structure, membership, model)
    values = scores.score.to_numpy(dtype=float)
    groups, steps = _groups(partitions, values, structure)
    rows = {str(key): number for number, key in enumerate(survey.keys)}
    noise, short_noise = (
        tuple(noise_of(survey.questionnaire, name, short_form=short) for name in scores.dimensions)
        for short in (False, True)
    )
    return PeerIndex(
        scores,
        partitions,
        groups,
        rows,
        values,
        noise,
        short_noise,
        structure,
        membership,
        steps,
        survey.questionnaire,
    )


def _groups(
    partitions: Sequence[Partition], values: np.ndarray, structure: Structure
) -> tuple[dict[tuple[str, str], PeerGroup], tuple[np.ndarray, ...]]:
    """All groups of all steps, and per step the labels of those that are ever shown."""
    n = len(values)
    numbered = [coded(partition.labels) for partition in partitions]
    sizes = [np.bincount(step[step >= 0], minlength=len(names)) for step, names in numbered]
    # A type has a page for everybody from six members on; other groups only serve the cascade.
    least = [
        MINIMUM_MEMBERS if partition.id in (TYPE, EVERYBODY) else FEWEST_OTHERS + 1
        for partition in partitions
    ]
    steps = [
        _only(step, size >= fewest)
        for (step, _), size, fewest in zip(numbered, sizes, least, strict=True)
    ]
    widths = [len(names) for _, names in numbered]
    whole = _admitted(partitions, steps, np.ones((n, 1), dtype=bool), widths)
    usable = [found[:, 0] for found in whole]
    steps = [
        step if partition.id == TYPE else _only(step, fits)
        for partition, step, fits in zip(partitions, steps, usable, strict=True)
    ]
    admitted = _admitted(partitions, steps, ~np.isnan(values), widths)
    enough = MOST_SHOWN * admitted[-1].sum()
    usable = [fits & (a.sum(axis=1) >= enough) for fits, a in zip(usable, admitted, strict=True)]
    parents = [coded(part)[0] for part in (structure.size, structure.kind)]
    told = sizes_told([step for step, _ in numbered], parents)
    groups = {}
    for place, partition in enumerate(partitions):
        step, names = numbered[place]
        shown = group_sizes(partition) if partition.id == TYPE else {}
        for number, label in enumerate(names):
            # That everybody is everybody tells nothing.
            known = partition.id == EVERYBODY or bool(told[place][number])
            groups[partition.id, label] = PeerGroup(
                id=f"{partition.id}:{label}" if label != EVERYBODY else EVERYBODY,
                name=partition.names[label],
                phrase=partition.phrases[label],
                members=step == number,
                values=values,
                admitted=tuple(bool(one) for one in admitted[place][number]),
                size_shown=known and (label not in shown or shown[label] is not None),
                plural=partition.plural(label),
                usable=bool(usable[place][number]),
                place=(place, number),
            )
    return groups, tuple(steps)


def _only(step: np.ndarray, kept: np.ndarray) -> np.ndarray:
    """Labels of the kept groups, -1 for all others."""
    return np.where(np.append(kept, False)[step], step, -1)


def _admitted(
    partitions: Sequence[Partition],
    steps: Sequence[np.ndarray],
    answered: np.ndarray,
    widths: Sequence[int],
) -> list[np.ndarray]:
    """Per step bool (groups, questions); ``widths``: groups per step, also those not shown.

    Coarse groups win: everybody, types (pages show them to all), places, then narrower ones.
    """
    order = sorted(range(len(partitions)), key=lambda place: _rank(partitions[place]))
    found = admitted_groups([steps[place] for place in order], answered)
    full = [np.zeros((width, answered.shape[1]), dtype=bool) for width in widths]
    for place, one in zip(order, found, strict=True):
        full[place][: len(one)] = one
    return full


def _rank(partition: Partition) -> tuple[int, int]:
    parts = 0 if partition.id == EVERYBODY else len(partition.id.split("_"))
    wide = (EVERYBODY, TYPE)
    if partition.id in wide:
        return (wide.index(partition.id), 0)
    return (3, parts) if partition.typed else (2, parts)


def group_sizes(partition: Partition) -> dict[str, int | None]:
    """Size of every group of a step, and of those in none (``""``); ``None`` = hidden.

    In the order of ``names``, so that every page hides the same ones.
    """
    labels = [*partition.names, ""]
    sizes = guarded_counts([int((partition.labels == label).sum()) for label in labels])
    return dict(zip(labels, sizes.counts, strict=True))


def _reason(skipped: str, left_out: Sequence[PeerGroup]) -> str:
    """Why narrower groups were left out; never the size of a group under five."""
    said = [skipped] if skipped else []
    few = [_few(group) for group in left_out if group.size <= FEWEST_OTHERS]
    if few:
        said.append(f"Es gibt {' und '.join(few)}; nötig sind {FEWEST_OTHERS}, darum diese Gruppe.")
    close = [group.phrase for group in left_out if group.size > FEWEST_OTHERS]
    if close:
        said.append(
            f"Mit {' und mit '.join(close)} wird nicht verglichen, weil aus dem Unterschied zu "
            "anderen Gruppen auf einzelne Kommunen zu schließen wäre."
        )
    return " ".join(said)


def _few(group: PeerGroup) -> str:
    others = group.size - 1
    if others < MINIMUM_OTHERS or not group.size_shown:
        return f"zu wenige andere {group.plural}"
    return f"nur {others} andere {group.plural}"
