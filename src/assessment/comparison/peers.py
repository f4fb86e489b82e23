"""Who one is compared with: a fixed cascade of groups, the first with enough others.

A step of the cascade is a partition of the municipalities into labelled groups. For now: the
same type, then everybody. Further steps (type and size, size, Land) are further partitions.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from assessment.comparison.answer_step import noise_of
from assessment.comparison.disclosure import (
    MINIMUM_OTHERS,
    OrderStatistics,
    guarded_counts,
    may_be_shown_together,
    order_statistics,
)
from assessment.german import format_number
from assessment.scoring.scores import Scores
from assessment.survey import Survey
from assessment.typology.model import Membership, MembershipState, TypologyModel
from assessment.typology.reference import load_reference

EVERYBODY = "all"
TYPE = "type"


@dataclass(frozen=True, slots=True, eq=False)
class Partition:
    """One step of the cascade."""

    id: str
    labels: np.ndarray
    """Label per municipality, ``""`` = in no group (object)."""
    names: Mapping[str, str]
    """Label → name of the group: „Serviceorientierte“."""
    phrases: Mapping[str, str]
    """Label → what follows a number in „verglichen mit 46 …“ (dative)."""
    skipped: np.ndarray
    """Municipalities for whom the group is no fair measure: they use the next step (bool)."""
    skip_reason: str = ""
    """Why, in one sentence."""
    few_reason: str = ""
    """What is said where the group has too few others."""


@dataclass(frozen=True, slots=True, eq=False)
class PeerGroup:
    """A group with the ordered values of each dimension, so that a comparison only looks up."""

    id: str
    name: str
    phrase: str
    members: np.ndarray
    ordered: tuple[np.ndarray, ...]
    admitted: tuple[bool, ...]
    """Per dimension: whether it may be shown beside everybody and the other groups of its step."""
    size_shown: bool = True
    """False where the size would tell the size of a very small group of the same step."""

    @property
    def size(self) -> int:
        return int(self.members.sum())

    def described(self, others: int) -> str:
        """„46 Serviceorientierten“; „anderen Serviceorientierten“ where the size is hidden."""
        if not self.size_shown:
            return f"anderen {self.phrase}; ihre Zahl bleibt verdeckt"
        return f"{format_number(others)} {self.phrase}"


@dataclass(frozen=True, slots=True, eq=False)
class PeerIndex:
    """All groups of all steps, ordered once per survey."""

    scores: Scores
    partitions: tuple[Partition, ...]
    groups: Mapping[tuple[str, str], PeerGroup]
    rows: Mapping[str, int] = field(repr=False)
    values: np.ndarray = field(repr=False)
    noise: tuple[int, ...] = field(repr=False)
    """Per dimension: points that one answer's step explains."""
    short_noise: tuple[int, ...] = field(repr=False)
    """The same where only the short form was asked."""

    def group_for(self, key: str) -> tuple[PeerGroup, str]:
        """The first group of the cascade with enough others, and why earlier steps were left out.

        The last step is returned also where it is too small; the guard refuses then.
        """
        row = self.rows[key]
        reasons: list[str] = []
        last = self.partitions[-1]
        for partition in self.partitions:
            label = partition.labels[row]
            if partition is not last:
                if not label or partition.skipped[row]:
                    reasons.append(partition.skip_reason)
                    continue
                size = self.groups[partition.id, label].size
                if size - 1 < MINIMUM_OTHERS or 0 < len(self.rows) - size < MINIMUM_OTHERS:
                    reasons.append(partition.few_reason)
                    continue
            return self.groups[partition.id, label], " ".join(r for r in reasons if r)
        raise AssertionError("the last step holds everybody")

    def statistics(self, group: PeerGroup, key: str) -> tuple[OrderStatistics, ...]:
        """What the guard lets this municipality know of its group, per dimension."""
        row = self.rows[key]
        inside = bool(group.members[row])
        found = []
        for place, ordered in enumerate(group.ordered):
            own = self.values[row, place]
            known = inside and not np.isnan(own)
            allowed = order_statistics(
                ordered, own=float(own) if known else None, admitted=group.admitted[place]
            )
            found.append(allowed if group.size_shown else replace(allowed, n=None))
        return tuple(found)


def build_peer_index(
    scores: Scores,
    survey: Survey,
    membership: Membership | None,
    model: TypologyModel | None = None,
    more: Sequence[Partition] = (),
) -> PeerIndex:
    """Order the scores of every group once. ``more``: steps that come before type and everybody."""
    partitions = [*more]
    if membership is not None:
        partitions.append(type_partition(membership, model))
    partitions.append(_everybody(len(survey.keys)))
    values = scores.score.to_numpy(dtype=float)
    groups = {}
    for partition in partitions:
        labels = [label for label in dict.fromkeys(partition.labels) if label]
        labels.sort(key=lambda label: (-int((partition.labels == label).sum()), label))
        masks = [partition.labels == label for label in labels]
        admitted = _admitted(masks, ~np.isnan(values))
        sizes = group_sizes(partition)
        for number, (label, members) in enumerate(zip(labels, masks, strict=True)):
            ordered = np.sort(values[members], axis=0)
            inside = (~np.isnan(ordered)).sum(axis=0)
            groups[partition.id, label] = PeerGroup(
                id=f"{partition.id}:{label}" if label != EVERYBODY else EVERYBODY,
                name=partition.names[label],
                phrase=partition.phrases[label],
                members=members,
                ordered=tuple(ordered[:n, place] for place, n in enumerate(inside)),
                admitted=tuple(bool(column[number]) for column in admitted),
                # That everybody is everybody tells nothing.
                size_shown=label == EVERYBODY or sizes[label] is not None,
            )
    rows = {str(key): number for number, key in enumerate(survey.keys)}
    noise, short_noise = (
        tuple(noise_of(survey.questionnaire, name, short_form=short) for name in scores.dimensions)
        for short in (False, True)
    )
    return PeerIndex(scores, tuple(partitions), groups, rows, values, noise, short_noise)


def group_sizes(partition: Partition) -> dict[str, int | None]:
    """Size of every group of a step, and of those in none (``""``); ``None`` = hidden.

    In the order of ``names``, so that every page hides the same ones.
    """
    labels = [*partition.names, ""]
    sizes = guarded_counts([int((partition.labels == label).sum()) for label in labels])
    return dict(zip(labels, sizes.counts, strict=True))


def _admitted(masks: Sequence[np.ndarray], answered: np.ndarray) -> list[tuple[bool, ...]]:
    """Per dimension, which groups may be shown beside everybody; larger groups go first."""
    return [
        may_be_shown_together([column[column], *(mask[column] for mask in masks)])[1:]
        for column in answered.T
    ]


def type_partition(membership: Membership, model: TypologyModel | None = None) -> Partition:
    """Groups by first type. Who stands between types counts in, but is measured against all."""
    types = [str(kind) for kind in membership.probability.columns]
    labels = np.array(
        [kind if isinstance(kind, str) else "" for kind in membership.first], dtype=object
    )
    names, phrases = {}, {}
    for kind in types:
        published = load_reference().type_of(kind)
        given = model.cluster(kind).name if model else f"Gruppe {kind.lstrip('G')}"
        names[kind] = published.name if published else given
        phrases[kind] = published.dative if published else f"Kommunen der {given}"
    mixed = membership.state.to_numpy() == MembershipState.MIXED
    return Partition(
        id=TYPE,
        labels=labels,
        names=names,
        phrases=phrases,
        skipped=np.asarray(mixed),
        skip_reason="Ohne sichere Zuordnung zu einem Typ wird mit allen verglichen.",
        few_reason="Der eigene Typ hat zu wenige andere Kommunen; verglichen wird mit allen.",
    )


def _everybody(n: int) -> Partition:
    return Partition(
        id=EVERYBODY,
        labels=np.full(n, EVERYBODY, dtype=object),
        names={EVERYBODY: "alle teilnehmenden Kommunen"},
        phrases={EVERYBODY: "anderen teilnehmenden Kommunen"},
        skipped=np.zeros(n, dtype=bool),
    )
