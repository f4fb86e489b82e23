"""Borders of Länder and Kreise as they are drawn: paths in whole numbers, ready for an SVG.

© GeoBasis-DE / BKG 2021 (Daten verändert), Datenlizenz Deutschland – Namensnennung – Version 2.0.
Built by :mod:`assessment.register.geo_build`; read only when a map is drawn.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any

from assessment.content import data_path
from assessment.remarks import InputRefused

SOURCE = "© GeoBasis-DE / BKG 2021 (Daten verändert), www.bkg.bund.de, dl-de/by-2-0"
"""The note that the licence asks for, to stand below every map."""


class Layer(StrEnum):
    """Which areas."""

    LAENDER = "laender"
    KREISE = "kreise"


@dataclass(frozen=True, slots=True)
class Area:
    """One area: its outline as SVG path data (fill rule evenodd) and where its label goes."""

    path: str
    label: tuple[int, int]


@dataclass(frozen=True, slots=True)
class AreaMap:
    """All areas of a layer by key (two digits or five), in units of ``width`` × ``height``."""

    width: int
    height: int
    areas: Mapping[str, Area]
    lines: str
    """Every border once, as path data: thinner to draw than all outlines."""


@lru_cache(maxsize=2)
def load_areas(layer: Layer) -> AreaMap:
    """The areas of a layer.

    Raises ``InputRefused`` (``GEO_INVALID``) where the file is not as it was built.
    """
    path = data_path("register", "geo", f"{layer.value}.json")
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        return _read(content)
    except (OSError, ValueError, KeyError, TypeError, IndexError) as error:
        raise InputRefused(
            "GEO_INVALID",
            f"Die Datei „{path.name}“ mit den Grenzen ist unvollständig; bitte das Programm neu "
            "einrichten.",
        ) from error


def _read(content: Mapping[str, Any]) -> AreaMap:
    arcs = [[int(number) for number in arc] for arc in content["arcs"]]
    areas = {
        str(key): Area(
            "".join(_outline(ring, arcs) for ring in area["rings"]),
            (int(area["label"][0]), int(area["label"][1])),
        )
        for key, area in content["areas"].items()
    }
    lines = "".join(f"M{arc[0]} {arc[1]}{_steps(arc[2:])}" for arc in arcs)
    return AreaMap(int(content["width"]), int(content["height"]), areas, lines)


def _outline(ring: Sequence[int], arcs: Sequence[Sequence[int]]) -> str:
    first = arcs[ring[0]] if ring[0] >= 0 else _backwards(arcs[~ring[0]])
    parts = [f"M{first[0]} {first[1]}"]
    parts += [_steps((arcs[n] if n >= 0 else _backwards(arcs[~n]))[2:]) for n in ring]
    return f"{''.join(parts)}z"


def _backwards(arc: Sequence[int]) -> list[int]:
    """The same line from its end."""
    x, y = arc[0] + sum(arc[2::2]), arc[1] + sum(arc[3::2])
    steps = [-number for number in arc[2:]]
    turned = [n for place in range(len(steps) - 2, -1, -2) for n in steps[place : place + 2]]
    return [x, y, *turned]


def _steps(numbers: Sequence[int]) -> str:
    """Relative path data; a minus sign parts two numbers by itself."""
    if not numbers:
        return ""
    text = " ".join(str(number) for number in numbers)
    return f"l{text.replace(' -', '-')}"
