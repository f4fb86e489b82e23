"""How many of all German municipalities took part: by size class and by Land, against the register.

Who takes part decides so itself; the sentence on what such a sample can say belongs to the numbers.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from assessment.comparison.structure import KREIS_DIGITS, VERBAND_DIGITS
from assessment.german import NBSP, format_number, format_percent
from assessment.profiles.guarded_cross import Line, guarded_cross
from assessment.profiles.overview import KIND, LAND, SIZE, Breakdown, Overview
from assessment.profiles.results import Assessment
from assessment.profiles.texts import sentence
from assessment.register import KGST_MUNICIPALITIES, Register
from assessment.register.model import Level

_SMALL_SHARE = 0.01
_UNIT = " Einwohner"


@dataclass(frozen=True, slots=True)
class TakenPart:
    """``n`` of ``of`` took part; ``n`` is ``None`` where it is hidden."""

    id: str
    label: str
    n: int | None
    of: int

    @property
    def share(self) -> str:
        """„19 %“, „unter 1 %“; ``""`` where it is hidden or nobody took part."""
        if not self.n or not self.of:
            return ""
        part = self.n / self.of
        if part < _SMALL_SHARE:
            return sentence("participation.under_one").replace(" %", f"{NBSP}%")
        return format_percent(part)

    @property
    def text(self) -> str:
        """„77 von 396 (19 %)“."""
        if self.n is None:
            return sentence("participation.row_hidden")
        of = format_number(self.of)
        if not self.n:
            return sentence("participation.row_none", of=of)
        return sentence("participation.row", n=format_number(self.n), of=of, share=self.share)


@dataclass(frozen=True, slots=True)
class Participation:
    """Participants against all German municipalities, Kreise and Verbände."""

    kinds: tuple[TakenPart, ...]
    """Municipalities, Kreise, Verbände as wholes."""
    sizes: tuple[TakenPart, ...]
    """By KGSt size class, small to large; classes of Kreise apart."""
    laender: tuple[TakenPart, ...]
    sentences: tuple[str, ...]
    refusal: str
    """Why there is nothing, ``""`` if there is."""
    note: str
    """Why numbers are hidden, ``""`` if none is."""


def participation(assessment: Assessment, overview: Overview, register: Register) -> Participation:
    """Set the participants against the register.

    ``overview`` of the same assessment. By size and Land the very counts shown there are set
    against all authorities, Kreise and Verbände included: counts of municipalities alone beside
    them would give away the few others in a Land.
    """
    structure = assessment.peers.structure
    by_land, by_size = overview.breakdown(LAND), overview.breakdown(SIZE)
    codes = _land_codes(structure.land_label, register)
    if by_land is None or by_size is None or not set(codes) & set(structure.land):
        refusal = sentence("participation.no_structure")
        return Participation((), (), (), (), refusal, "")
    tiers, lands, sizes = Counter[str](), Counter[str](), Counter[str]()
    for (tier, land, size), number in register.authority_counts().items():
        tiers[tier.value] += number
        lands[land] += number
        sizes[size] += number
    digits = {code: lands[land] for code, land in codes.items()}
    kinds = _kinds(_tiers(structure.keys), structure.kind, overview, tiers)
    laender, by_class = _rows(by_land, digits), _rows(by_size, sizes)
    hidden = any(row.n is None for row in (*laender, *by_class, *kinds))
    return Participation(
        kinds,
        by_class,
        laender,
        tuple(_sentences(kinds, by_class)),
        "",
        sentence("participation.hidden") if hidden else "",
    )


_TIER_NAMES = {
    Level.MUNICIPALITY.value: "participation.municipalities",
    Level.KREIS.value: "participation.kreise",
    Level.VERBAND.value: "participation.verbaende",
}


def _tiers(keys: np.ndarray) -> np.ndarray:
    """Tier of every participant by the length of its key (object, shape (n,))."""
    by_length = {KREIS_DIGITS: Level.KREIS.value, VERBAND_DIGITS: Level.VERBAND.value}
    return np.array(
        [by_length.get(len(key), Level.MUNICIPALITY.value) for key in keys], dtype=object
    )


def _land_codes(labels: Mapping[str, str], register: Register) -> dict[str, str]:
    """Code of the survey → two digits, as far as the register knows the name."""
    found = {code: register.land_code(label) for code, label in labels.items()}
    return {code: digits for code, digits in found.items() if digits}


def _rows(breakdown: Breakdown, totals: Mapping[str, int]) -> tuple[TakenPart, ...]:
    return tuple(
        TakenPart(cell.id, cell.label, cell.n, totals[cell.id])
        for cell in breakdown.cells
        if totals.get(cell.id)
    )


def _kinds(
    tiers: np.ndarray, kinds: np.ndarray, overview: Overview, totals: Mapping[str, int]
) -> tuple[TakenPart, ...]:
    """Municipalities, Kreise and Verbände, as far as counts by kind beside them allow."""
    by_kind = overview.breakdown(KIND)
    lines = [Line(cell.id, cell.label, cell.n) for cell in by_kind.cells] if by_kind else []
    if not lines:
        lines, kinds = [Line("", "", len(tiers))], np.full(len(tiers), "", dtype=object)
    names = [Line(tier, sentence(name), 0) for tier, name in _TIER_NAMES.items()]
    table = guarded_cross(lines, kinds, names, tiers, rest=("", ""), public=(True, True))
    return tuple(TakenPart(line.id, line.label, line.n, totals[line.id]) for line in table.columns)


def _sentences(kinds: Sequence[TakenPart], sizes: Sequence[TakenPart]) -> list[str]:
    said = []
    towns = kinds[0]
    if towns.n:
        said.append(
            sentence(
                "participation.share",
                n=format_number(towns.n),
                of=format_number(towns.of),
                share=towns.share,
            )
        )
    towns_only = {size.code for size in KGST_MUNICIPALITIES}
    known = [row for row in sizes if row.n and row.id in towns_only]
    if len(known) > 1:
        most = max(known, key=lambda row: (row.n or 0) / row.of)
        least = min(known, key=lambda row: (row.n or 0) / row.of)
        said.append(
            sentence(
                "participation.skew",
                most=most.label.removesuffix(_UNIT),
                most_share=most.share,
                least=least.label.removesuffix(_UNIT),
                least_share=least.share,
            )
        )
    said.append(sentence("participation.self_selected"))
    return said
