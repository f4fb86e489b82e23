"""Which column answers which item: by code, by text, by customary name, by similarity."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from assessment.importing.contacts import contact_reason
from assessment.importing.item_index import ItemIndex, Match
from assessment.importing.recognition import Recognition
from assessment.questionnaire.model import ItemKind, Questionnaire
from assessment.remarks import InputRefused
from assessment.source_column import Part, SourceColumn

SURE = 0.9
"""Confidence from which a proposal is taken without asking."""

_PART_REASONS = {
    Part.METADATA: "vom Umfrageprogramm geschrieben",
    Part.OTHER_TEXT: "Freitext neben einer Option",
    Part.COMMENT: "Kommentar zu einer Frage",
}


@dataclass(frozen=True, slots=True)
class ColumnTarget:
    """What one column feeds. ``how`` says in German why; without ``item`` it is set aside.

    ``option`` is an option code (one column per option), ``#2`` (second place of a ranking) or
    ``None`` (the whole answer). Where ``needs_decision`` is set, ``item`` is only a suggestion and
    nothing is taken until somebody confirms it. ``confidence`` 0–1.
    """

    position: int
    item: str | None
    option: str | None
    confidence: float
    how: str
    needs_decision: bool = False


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """One target per column of the table, in the order of the file."""

    targets: tuple[ColumnTarget, ...]

    @property
    def taken(self) -> tuple[ColumnTarget, ...]:
        """The targets that feed an item."""
        return tuple(t for t in self.targets if t.item is not None and not t.needs_decision)

    @property
    def open_questions(self) -> tuple[ColumnTarget, ...]:
        """The targets somebody has to decide."""
        return tuple(target for target in self.targets if target.needs_decision)

    def __getitem__(self, position: int) -> ColumnTarget:
        return next(target for target in self.targets if target.position == position)


def propose_mapping(
    recognition: Recognition,
    questionnaire: Questionnaire,
    saved: Mapping[int, tuple[str | None, str | None]] | None = None,
    *,
    keep_contacts: bool = False,
) -> ColumnMapping:
    """Propose what each column answers; unclear ones are left for a decision, never guessed.

    ``saved`` holds confirmed targets by column position (from a saved mapping); they win.
    """
    index = ItemIndex(questionnaire)
    targets: dict[int, ColumnTarget] = {}
    waiting: list[SourceColumn] = []
    for column in recognition.columns:
        position = column.column.position
        if saved is not None and position in saved:
            targets[position] = _confirmed(position, *saved[position], "gespeicherte Zuordnung")
            continue
        aside = _aside(column, keep_contacts)
        if aside is not None:
            targets[position] = aside
            continue
        match = index.by_code(column.code) if recognition.by_code else index.certain(column)
        if match is None and recognition.by_code:
            targets[position] = _target(position, None)
        elif match is None:
            waiting.append(column)
        else:
            targets[position] = _target(position, match)
    used = {target.item for target in targets.values() if target.item}
    for column, match in zip(waiting, index.similar(waiting, used), strict=True):
        targets[column.column.position] = _target(column.column.position, match)
    ordered = tuple(targets[column.column.position] for column in recognition.columns)
    return ColumnMapping(_without_conflicts(ordered, questionnaire))


def mapping_of_proposal(
    recognition: Recognition,
    proposed: Mapping[int, tuple[str, str | None]],
    questionnaire: Questionnaire,
    *,
    keep_contacts: bool = False,
) -> ColumnMapping:
    """The mapping that comes with a codebook inferred from the file itself."""
    targets = []
    for column in recognition.columns:
        position = column.column.position
        if position in proposed and not _left_out(column, keep_contacts):
            item, option = proposed[position]
            how = "aus der Datei vorgeschlagener Fragebogen"
            target = ColumnTarget(position, item, option, 1.0, how)
            contact = questionnaire[item].kind is ItemKind.CONTACT
            if contact and not keep_contacts:
                target = _set_aside(position, "enthält Kontaktdaten")
        else:
            aside = _aside(column, keep_contacts)
            target = aside or _set_aside(position, "im vorgeschlagenen Fragebogen ohne Frage")
        targets.append(target)
    return ColumnMapping(tuple(targets))


def with_decisions(
    mapping: ColumnMapping,
    decisions: Mapping[int, tuple[str | None, str | None]],
) -> ColumnMapping:
    """Replace targets by what the analyst decided (position → item and option).

    A proposal that claims the same answer as a decision gives way and becomes a question.

    Raises:
        InputRefused: ``MAPPING_CONFLICT`` if two decisions claim the same answer.
    """
    decided = [
        _confirmed(position, *target, "von Hand zugeordnet")
        for position, target in decisions.items()
    ]
    clash = _clash(decided)
    if clash is not None:
        raise InputRefused(
            "MAPPING_CONFLICT",
            f"Zwei Spalten sind derselben Antwort zugeordnet ({clash.item}); bitte nur eine davon "
            "einlesen.",
        )
    by_position = {target.position: target for target in decided}
    return ColumnMapping(
        tuple(
            by_position.get(target.position) or _giving_way(target, decided)
            for target in mapping.targets
        )
    )


def _clash(targets: Sequence[ColumnTarget]) -> ColumnTarget | None:
    """The first target that claims what an earlier one claims: same option, or the whole item."""
    seen: dict[str, set[str | None]] = defaultdict(set)
    for target in targets:
        if target.item is None:
            continue
        claimed = seen[target.item]
        if claimed and (target.option is None or claimed & {None, target.option}):
            return target
        claimed.add(target.option)
    return None


def _giving_way(target: ColumnTarget, decided: Sequence[ColumnTarget]) -> ColumnTarget:
    if target.item is None or target.needs_decision:
        return target
    if not any(_clash([other, target]) for other in decided):
        return target
    how = f"{target.how}; diese Antwort ist von Hand einer anderen Spalte zugeordnet"
    return replace(target, needs_decision=True, how=how)


def _left_out(column: SourceColumn, keep_contacts: bool) -> bool:
    return not keep_contacts and contact_reason(column) is not None


def _aside(column: SourceColumn, keep_contacts: bool) -> ColumnTarget | None:
    position = column.column.position
    if column.part in _PART_REASONS:
        return _set_aside(position, _PART_REASONS[column.part])
    reason = None if keep_contacts else contact_reason(column)
    return None if reason is None else _set_aside(position, f"Kontaktdaten: {reason}")


def _set_aside(position: int, reason: str) -> ColumnTarget:
    return ColumnTarget(position, None, None, 1.0, reason)


def _confirmed(position: int, item: str | None, option: str | None, how: str) -> ColumnTarget:
    if item is None:
        return _set_aside(position, f"{how}: nicht einlesen")
    return ColumnTarget(position, item, option, 1.0, how)


def _target(position: int, match: Match | None) -> ColumnTarget:
    if match is None:
        return ColumnTarget(position, None, None, 0.0, "keiner Frage ähnlich")
    unsure = match.confidence < SURE
    return ColumnTarget(
        position, match.item, match.option, round(match.confidence, 3), match.how, unsure
    )


def _without_conflicts(
    targets: Sequence[ColumnTarget], questionnaire: Questionnaire
) -> tuple[ColumnTarget, ...]:
    """Columns that claim the same answer are all left for a decision."""
    claims: dict[tuple[str, str | None], list[ColumnTarget]] = defaultdict(list)
    parts: set[str] = set()
    for target in targets:
        if target.item is not None and not target.needs_decision:
            claims[target.item, target.option].append(target)
            if target.option is not None:
                parts.add(target.item)
    doubtful = {
        target.position
        for (item, option), group in claims.items()
        for target in group
        if len(group) > 1 or (option is None and item in parts)
    }
    several = (ItemKind.MULTIPLE, ItemKind.RANKING)
    doubtful |= {
        target.position
        for target in targets
        if target.item and target.option and questionnaire[target.item].kind not in several
    }
    return tuple(
        replace(
            target,
            needs_decision=True,
            how=f"{target.how}; mehrere Spalten beanspruchen diese Antwort",
        )
        if target.position in doubtful
        else target
        for target in targets
    )
