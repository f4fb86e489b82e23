"""Where the participants are: numbers for a map of Länder, and of Kreise for real surveys."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from assessment.comparison.disclosure import guarded_counts
from assessment.german import format_number
from assessment.profiles.overview import LAND, Breakdown, Overview
from assessment.profiles.results import Assessment
from assessment.profiles.texts import sentence
from assessment.register import Register

LEAST_AREAS = 5
"""Areas with a shown number that a map needs; with fewer it would be mostly hatching."""


@dataclass(frozen=True, slots=True)
class Place:
    """One area with participants; ``n`` is ``None`` where it is hidden."""

    key: str
    name: str
    n: int | None


@dataclass(frozen=True, slots=True)
class Places:
    """Participants by Land and by Kreis, each empty where no map is shown."""

    laender: tuple[Place, ...]
    laender_sentence: str
    """What the map shows, or why there is none."""
    kreise: tuple[Place, ...]
    kreise_sentence: str


def places(assessment: Assessment, overview: Overview, register: Register) -> Places:
    """Participants by area; ``overview`` of the same assessment hides the same numbers."""
    structure = assessment.peers.structure
    breakdown = overview.breakdown(LAND)
    found = _laender(breakdown, register) if breakdown else ()
    if _shown(found) < LEAST_AREAS:
        refused = sentence("map.refused", least=LEAST_AREAS)
        return Places((), refused if breakdown else "", (), "")
    kreise: tuple[Place, ...] = ()
    if assessment.survey.simulated:
        said = sentence("map.only_laender")
    else:
        kreise = _kreise(structure.kreis, structure.land, breakdown, register)
        if _shown(kreise) < LEAST_AREAS:
            kreise = ()
        said = _kreise_sentence(kreise)
    return Places(found, _laender_sentence(found, register), kreise, said)


def _shown(areas: Sequence[Place]) -> int:
    return sum(bool(area.n) for area in areas)


def _laender(breakdown: Breakdown, register: Register) -> tuple[Place, ...]:
    """The very numbers of the breakdown, by the two digits of the register."""
    found = []
    for cell in breakdown.cells:
        digits = register.land_code(cell.label) if cell.id else None
        if digits:
            found.append(Place(digits, cell.label, cell.n))
    return tuple(sorted(found, key=lambda place: place.key))


def _kreise(
    kreise: np.ndarray, lands: np.ndarray, breakdown: Breakdown | None, register: Register
) -> tuple[Place, ...]:
    """Counts by Kreis, guarded within each Land, whose sum is known; none of a hidden Land."""
    sums = {cell.id: cell.n for cell in breakdown.cells} if breakdown else {}
    found = []
    for land in sorted(set(lands) - {""}):
        counts = Counter(kreise[lands == land].tolist())
        keys = sorted(set(counts) - {""})
        # Who is in no Kreis we know is a cell as well: it follows from the sum like any other.
        cells = guarded_counts([*(counts[key] for key in keys), counts[""]], public=True).counts
        hidden = sums.get(land) is None
        found += [
            Place(key, register.kreis_name(key), None if hidden else n)
            for key, n in zip(keys, cells, strict=False)
        ]
    return tuple(found)


def _laender_sentence(areas: Sequence[Place], register: Register) -> str:
    known = [area for area in areas if area.n]
    most = max(known, key=lambda area: area.n or 0)
    said = [sentence("map.most", land=most.name, n=format_number(most.n))]
    present = {area.key for area in areas}
    missing = [
        register.land_name(f"{number:02d}")
        for number in range(1, 17)
        if f"{number:02d}" not in present
    ]
    if 0 < len(missing) <= LEAST_AREAS:
        said.append(sentence("map.none_from", laender=listed(missing)))
    if len(known) < len(areas):
        said.append(sentence("map.few"))
    return " ".join(said)


def listed(names: Sequence[str]) -> str:
    """Names in one phrase: „a, b und c“."""
    return " und ".join(part for part in (", ".join(names[:-1]), names[-1]) if part)


def _kreise_sentence(areas: Sequence[Place]) -> str:
    known = [area for area in areas if area.n]
    if not known:
        return sentence("map.no_kreise")
    most = max(known, key=lambda area: area.n or 0)
    return sentence(
        "map.kreise", n=format_number(len(known)), kreis=most.name, most=format_number(most.n)
    )
