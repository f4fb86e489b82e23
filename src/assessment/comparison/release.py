"""Rule 7: a release is frozen. Two that differ by few are not both shown for the same question.

A late answer, a correction or a withdrawal makes a new release; who keeps the old numbers could
take them from the new ones.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from assessment.comparison.disclosure_rules import is_safe

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

    def __post_init__(self) -> None:
        if not self.id or self.n != len(self.members):
            raise ValueError("a release needs an id, and n is the number of its members")
        if not all(group <= self.members for group in self.groups.values()):
            raise ValueError("groups of a release hold its members only")
        if not set(self.answers) <= self.members:
            raise ValueError("answers of a release are those of its members")


def may_follow(earlier: Sequence[Release], new: Release) -> tuple[bool, str]:
    """Whether a release may be shown after the earlier ones, and the sentence why not.

    Against each earlier release, and for everybody and each group of the same name: who joined, who
    left and who answers otherwise are none or at least five each. A group only one of them has is
    taken as a difference to everybody of the other.
    """
    for old in earlier:
        if old.id == new.id:
            return False, ID_TAKEN
        if any(release.answers.keys() != release.members for release in (old, new)):
            return False, UNKNOWN_CHANGES
        if not all(_safe_between(old, new, name) for name in _group_names(old, new)):
            return False, DIFFERS_BY_FEW
    return True, ""


def _group_names(old: Release, new: Release) -> list[str]:
    return [EVERYBODY, *sorted({*old.groups, *new.groups})]


def _safe_between(old: Release, new: Release, name: str) -> bool:
    before = old.groups.get(name, old.members)
    after = new.groups.get(name, new.members)
    changed = {key for key in before & after if old.answers[key] != new.answers[key]}
    return all(is_safe(len(part)) for part in (before - after, after - before, changed))
