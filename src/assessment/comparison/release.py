"""Rule 7: a release is frozen. Two that differ by few are not both shown for the same question.

A late answer, a correction or a withdrawal makes a new release; who keeps the old numbers could
take them from the new ones.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from assessment.comparison.disclosure_rules import MINIMUM_OTHERS, is_safe

EVERYBODY = ""
"""Name of the group of all members where groups are compared."""

DIFFERS_BY_FEW = (
    "Gegenüber einem früheren Stand haben sich die Angaben von weniger als 5 Kommunen geändert; "
    "der neue Stand wird erst gezeigt, wenn es mehr sind."
)
UNKNOWN_CHANGES = (
    "Welche Angaben sich seit einem früheren Stand geändert haben, ist nicht festgehalten; "
    "der neue Stand wird deshalb nicht gezeigt."
)
ID_TAKEN = "Ein Stand mit dieser Kennung ist bereits veröffentlicht und bleibt, wie er ist."


@dataclass(frozen=True, slots=True)
class Release:
    """What was shown at one time."""

    id: str
    n: int
    members: frozenset[str]
    """Keys of the municipalities."""
    groups: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Group id → members, of all groups whose statistics are shown."""
    answers: Mapping[str, str] = field(default_factory=dict)
    """Key → mark of the answers (such as a hash), so that corrections are noticed. A member without
    one may have changed anything: such a release has no successor and follows none."""
    answered: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Question → who answered it, of all questions that are shown."""
    counts: Mapping[str, Sequence[int]] = field(default_factory=dict)
    """Question → how many gave each answer, where such counts are shown of everybody."""

    def __post_init__(self) -> None:
        if not self.id or self.n != len(self.members):
            raise ValueError("a release needs an id, and n is the number of its members")
        parts = [*self.groups.values(), *self.answered.values(), frozenset(self.answers)]
        if not all(part <= self.members for part in parts):
            raise ValueError("groups and answers of a release are those of its members only")
        if not set(self.counts) <= set(self.answered):
            raise ValueError("who answered must be known wherever answers are counted")


def may_follow(earlier: Sequence[Release], new: Release) -> tuple[bool, str]:
    """Whether a release may be shown after the earlier ones, and the sentence why not (rule 7).

    Against each earlier release, and for everybody, each group of the same name and each question
    (those of a group who answered it): who joined, who left and who answers otherwise are none or
    at least five each. A group only one of them has is taken as a difference to everybody of the
    other. Counts of answers must differ in more than one answer, by at least five beside the
    largest difference: else those who joined would all be known to have given the same.
    """
    for old in earlier:
        if old.id == new.id:
            return False, ID_TAKEN
        if any(release.answers.keys() != release.members for release in (old, new)):
            return False, UNKNOWN_CHANGES
        changed = {key for key in old.members & new.members if old.answers[key] != new.answers[key]}
        if old.answered.keys() != new.answered.keys() or old.counts.keys() != new.counts.keys():
            return False, UNKNOWN_CHANGES
        for before, after in _compared(old, new):
            parts = (before - after, after - before, before & after & changed)
            if not all(is_safe(len(part)) for part in parts):
                return False, DIFFERS_BY_FEW
        for question, before in old.counts.items():
            if not _spread(before, new.counts[question]):
                return False, DIFFERS_BY_FEW
    return True, ""


def _compared(old: Release, new: Release) -> Iterator[tuple[frozenset[str], frozenset[str]]]:
    """All pairs of groups of both releases, whole and of those who answered each question."""
    for name in [EVERYBODY, *sorted({*old.groups, *new.groups})]:
        before, after = old.groups.get(name, old.members), new.groups.get(name, new.members)
        yield before, after
        for question in old.answered:
            yield before & old.answered[question], after & new.answered[question]


def _spread(before: Sequence[int], after: Sequence[int]) -> bool:
    """Whether counts differ not at all, or by enough answers of more than one kind."""
    if len(before) != len(after):
        return False
    differences = [abs(late - early) for early, late in zip(before, after, strict=True)]
    largest = max(differences, default=0)
    return largest == 0 or sum(differences) - largest >= MINIMUM_OTHERS
