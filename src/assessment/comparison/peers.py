"""Who one is compared with: a fixed cascade of groups, the first with enough others.

The steps are those of :mod:`assessment.comparison.cascade`. A group is used if the middle half of
its others may be shown (at least twelve) and if, next to all other prepared groups, nobody follows
from a difference. Values are ordered only for groups somebody asks for, and then kept.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
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
from assessment.comparison.disclosure import OrderStatistics
from assessment.comparison.free_group import free_admission
from assessment.comparison.peer_group import FEWEST_OTHERS, PeerGroup, reason_for
from assessment.comparison.prepared_groups import (
    admitted_in_order,
    group_sizes,
    prepared_groups,
)
from assessment.comparison.structure import Structure, structure_of
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
                    return group, reason_for(skipped, left_out)
                # A wider step of the same size is the same group under a shorter name.
                if all(group.size != other.size for other in left_out):
                    left_out.append(group)
        return self.everybody, reason_for(skipped, left_out)

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
        found = admitted_in_order(
            self.partitions, self.steps, answered, [len(one) for one in names]
        )
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
            admitted=admitted_in_order(self.partitions, self.steps, ~np.isnan(points), widths),
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
    groups, steps = prepared_groups(partitions, values, structure)
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
