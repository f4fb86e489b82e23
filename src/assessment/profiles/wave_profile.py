"""What has changed between two waves, in words: own change, the others', the questionnaire's."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assessment.comparison.wave_types import FieldChange, TransitionTable, WaveComparison
from assessment.german import format_number, format_percent, format_signed
from assessment.profiles.field_names import largest_sentence, listed_name
from assessment.profiles.plain import as_plain
from assessment.profiles.texts import points, sentence
from assessment.questionnaire.model import Questionnaire


@dataclass(frozen=True, slots=True)
class WaveField:
    """One field over two waves; points 0–100, changes signed, ``None`` = unknown."""

    dimension: str
    name: str
    listed: str
    """Name as it stands beside fields of other blocks."""
    block: str
    block_name: str
    before: int | None
    after: int | None
    shown: int | None
    own: int | None
    questionnaire: int | None
    peers: int | None
    n_peers: int | None
    relative: int | None
    distinguishable: bool
    level_before: int | None
    level_after: int | None
    sentence: str
    note: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A question that can't be compared, and why."""

    item: str
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class TransitionText:
    """Earlier types down, later ones across; ``None`` = hidden."""

    types: tuple[str, ...]
    names: tuple[str, ...]
    counts: tuple[tuple[int | None, ...], ...]
    sentence: str
    refusal: str


@dataclass(frozen=True, slots=True)
class WaveProfile:
    """Everything the page says about two waves; with ``refusal`` the rest is empty."""

    before: str
    after: str
    fields: tuple[WaveField, ...]
    sentence: str
    basis: str
    parts_note: str
    left_out: tuple[LeftOut, ...]
    left_out_note: str
    type_sentence: str
    refusal: str

    def as_dict(self) -> dict[str, Any]:
        """The whole profile with plain types, ready for JSON."""
        return as_plain(self)


def wave_profile(found: WaveComparison, questionnaire: Questionnaire) -> WaveProfile:
    """Put a comparison of two waves into words. ``questionnaire``: that of the later wave."""
    if found.refusal:
        return WaveProfile(
            found.wave_before, found.wave_after, (), "", "", "", (), "", "", found.refusal
        )
    fields = tuple(
        _field(change, questionnaire, found.wave_before)
        for change in found.fields
        if change.dimension in questionnaire.dimension_by_id
    )
    left = tuple(
        LeftOut(one.item, _text(questionnaire, one.item), one.reason)
        for one in found.items
        if not one.comparable
    )
    note = ""
    if left:
        one = len(left) == 1
        note = sentence("wave.left_out_one") if one else sentence("wave.left_out", n=len(left))
    return WaveProfile(
        before=found.wave_before,
        after=found.wave_after,
        fields=fields,
        sentence=wave_sentence(fields),
        basis=_basis(found),
        parts_note=sentence("wave.parts"),
        left_out=left,
        left_out_note=note,
        type_sentence=_type_sentence(found),
        refusal="",
    )


def transition_text(table: TransitionTable, names: Mapping[str, str]) -> TransitionText:
    """The table of types over both waves. ``names``: type id → name."""
    shown = tuple(names.get(one, one) if one else sentence("wave.none_type") for one in table.types)
    return TransitionText(table.types, shown, table.counts, table.sentence, table.refusal)


def _field(change: FieldChange, questionnaire: Questionnaire, before: str) -> WaveField:
    dimension = questionnaire.dimension_by_id[change.dimension]
    peers = None if change.peers.value is None else round(change.peers.value)
    return WaveField(
        change.dimension,
        dimension.name,
        listed_name(questionnaire, change.dimension),
        dimension.block,
        questionnaire.blocks.get(dimension.block, dimension.block),
        change.before,
        change.after,
        change.shown,
        change.own,
        change.questionnaire,
        peers,
        change.peers.n,
        change.relative,
        change.distinguishable,
        change.level_before,
        change.level_after,
        _field_sentence(change, dimension.name, peers, before),
        change.note or change.peers.refusal,
    )


def _field_sentence(change: FieldChange, name: str, peers: int | None, before: str) -> str:
    if change.own is None:
        return sentence("wave.own_unknown", name=name, note=change.note).strip()
    if not change.distinguishable:
        said = [sentence("wave.own_same", name=name, before=before)]
    else:
        text = "wave.own_up" if change.own > 0 else "wave.own_down"
        said = [sentence(text, name=name, points=points(change.own), before=before)]
    if change.questionnaire:
        by = format_signed(change.questionnaire)
        said.append(sentence("wave.by_questionnaire", points=f"{by} Punkte"))
    if peers is not None:
        said.append(sentence("wave.more_than_peers", peers=f"{format_signed(peers)} Punkte"))
    return " ".join(said)


def wave_sentence(fields: Sequence[WaveField], block: str = "") -> str:
    """How many of these fields have risen and fallen, and which changed most.

    ``block``: name of the fields where they are not all there are.
    """
    known = [field for field in fields if field.own is not None]
    if not known:
        return sentence("wave.summary_none")
    clear = [(field.own or 0, field) for field in known if field.distinguishable]
    up = sum(change > 0 for change, _ in clear)
    said = [
        sentence(
            "wave.summary",
            total=len(known),
            up=up,
            down=len(clear) - up,
            same=len(known) - len(clear),
        )
    ]
    if clear:
        several = len({field.block for field in fields}) > 1
        size = max(abs(change) for change, _ in clear)
        most = [(change, field) for change, field in clear if abs(change) == size]
        names = [field.listed if several else field.name for _, field in most]
        # Equal changes may go both ways: then the size is said without a sign.
        alike = len({change for change, _ in most}) == 1
        by = f"{format_signed(most[0][0])} Punkte" if alike else f"um {points(size)}"
        said.append(largest_sentence("wave", names, by))
    text = " ".join(said)
    return sentence("gap.of_block", block=block, text=text) if block else text


def _basis(found: WaveComparison) -> str:
    items = sum(one.comparable for one in found.items)
    if found.n_panel is None:
        return sentence("wave.basis_hidden", items=items, all=len(found.items))
    return sentence(
        "wave.basis",
        items=items,
        all=len(found.items),
        n=format_number(found.n_panel),
        group=found.group_name,
    )


def _type_sentence(found: WaveComparison) -> str:
    transition = found.transition
    if transition is None:
        return ""
    said = [transition.sentence]
    probability = transition.probability_changed
    if probability is not None:
        if probability < 0.1:
            said.append(sentence("wave.chance_low"))
        else:
            said.append(sentence("wave.chance", share=format_percent(probability)))
    return " ".join(said)


def _text(questionnaire: Questionnaire, item: str) -> str:
    known = questionnaire.item_by_id.get(item)
    return known.text if known else ""
