"""What the profile of one block says at a glance: the finding above a chart, names below it.

Counts and names only; every number is one of the profile's rows.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from assessment.comparison.comparison import Standing
from assessment.profiles.field_names import joined
from assessment.profiles.fields import FieldBlock, FieldRow
from assessment.profiles.texts import sentence

SMALL_BLOCK = 3
"""A block with fewer fields stands together with its neighbour."""
LONGEST_ALT = 250


@dataclass(frozen=True, slots=True)
class BlockFinding:
    """One chart's worth of fields. ``title`` states the finding, ``sentence`` names the fields."""

    name: str
    rows: tuple[FieldRow, ...]
    title: str
    sentence: str
    alt: str


def block_findings(blocks: Sequence[FieldBlock]) -> tuple[BlockFinding, ...]:
    """Blocks with rated fields in order, small ones together with the next (or the last) one."""
    groups: list[list[FieldBlock]] = []
    for block in blocks:
        if groups and _small(groups[-1]):
            groups[-1].append(block)
        else:
            groups.append([block])
    if len(groups) > 1 and _small(groups[-1]):
        last = groups.pop()
        groups[-1] += last
    return tuple(_finding(group) for group in groups)


def overall_finding(rows: Sequence[FieldRow]) -> str:
    """The same count over all fields, as a sentence."""
    return sentence("finding.overall", text=_lower_first(_count(rows)))


def _small(group: Sequence[FieldBlock]) -> bool:
    return sum(len(block.rows) for block in group) < SMALL_BLOCK


def _finding(group: Sequence[FieldBlock]) -> BlockFinding:
    rows = tuple(row for block in group for row in block.rows)
    name = joined([block.name for block in group])
    full = sentence("finding.alt", name=name, text=_count(rows))
    return BlockFinding(
        name,
        rows,
        _count(rows),
        _named(rows),
        # A name of a foreign questionnaire may be long or missing: then it does without.
        full
        if name and len(full) <= LONGEST_ALT
        else sentence("finding.alt_short", text=_count(rows)),
    )


def _count(rows: Sequence[FieldRow]) -> str:
    rated = [row for row in rows if row.score is not None]
    if not rated:
        return sentence("finding.nothing_rated")
    compared = [row for row in rated if row.standing is not Standing.UNKNOWN]
    if not compared:
        return sentence("finding.rated", n=len(rated), total=len(rows))
    above = sum(row.standing is Standing.ABOVE for row in compared)
    below = sum(row.standing is Standing.BELOW for row in compared)
    text = {(True, True): "both", (True, False): "only_above", (False, True): "only_below"}.get(
        (above > 0, below > 0), "level"
    )
    return sentence(f"finding.{text}", above=above, below=below, total=len(compared))


def _lower_first(text: str) -> str:
    return f"{text[:1].lower()}{text[1:]}"


def _named(rows: Sequence[FieldRow]) -> str:
    """Who lies where, in words; fields without points are named with the reason."""
    above = [row.name for row in rows if row.standing is Standing.ABOVE]
    below = [row.name for row in rows if row.standing is Standing.BELOW]
    away = [row.name for row in rows if row.score is None and row.coverage is None]
    open_ = [row.name for row in rows if row.score is None and row.coverage is not None]
    said = [
        sentence(f"finding.{kind}", names=joined([f"„{name}“" for name in names]))
        for kind, names in (("above", above), ("below", below), ("open", open_), ("away", away))
        if names
    ]
    levels = _levels(rows)
    return " ".join(part for part in (levels, *said) if part) or sentence("finding.nothing_rated")


def _levels(rows: Sequence[FieldRow]) -> str:
    """„Stufe 3: 2 Felder, Stufe 2: 5 Felder“; ``""`` without levels."""
    levels = [row.level for row in rows if row.level is not None]
    parts = []
    for level in sorted(set(levels), reverse=True):
        n = levels.count(level)
        text = "finding.at_level_one" if n == 1 else "finding.at_level"
        parts.append(sentence(text, level=level, n=n))
    return sentence("finding.levels", levels=", ".join(parts)) if parts else ""
