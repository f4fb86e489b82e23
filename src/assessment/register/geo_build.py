"""Builds ``data/register/geo/`` from borders of Länder and Kreise (VG5000, © GeoBasis-DE / BKG).

Run once per edition, at development time::

    python -m assessment.register.geo_build laender_kreise_vg5000_2021.topo.json
        --out data/register/geo

Borders are projected (equal area, Lambert, on the sphere), thinned (Visvalingam and Whyatt 1993:
the point whose triangle is smallest goes first) and written as whole numbers. Neighbours share one
line, so that thinning opens no gaps.
"""

import argparse
import heapq
import json
import math
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

Point = tuple[float, float]
Ring = list[int]
"""Numbers of arcs; ``~n`` is arc ``n`` backwards (TopoJSON)."""

_CENTRE = (math.radians(10.5), math.radians(51.0))
_EARTH_KM = 6371.0072
"""Radius of the sphere with the Earth's surface."""
WIDTH = 1600
"""Whole-number units of the finished map from west to east."""
_THIN_KM2 = {"laender": 1.5, "kreise": 2.5}
"""Triangles smaller than this are thinned away; a unit of the map is about 0.4 km."""
_LEAST_ISLAND_KM2 = 12.0
MERGED = {"16056": "16063"}
"""Kreise of 2021 that are part of another one today (Eisenach, since 01.07.2021)."""


def project(longitude: float, latitude: float) -> Point:
    """Degrees → kilometres east and *south* of the centre (Lambert azimuthal equal-area)."""
    lam, phi = math.radians(longitude) - _CENTRE[0], math.radians(latitude)
    sin0, cos0 = math.sin(_CENTRE[1]), math.cos(_CENTRE[1])
    towards = sin0 * math.sin(phi) + cos0 * math.cos(phi) * math.cos(lam)
    k = _EARTH_KM * math.sqrt(2 / (1 + towards))
    x = k * math.cos(phi) * math.sin(lam)
    y = k * (cos0 * math.sin(phi) - sin0 * math.cos(phi) * math.cos(lam))
    return x, -y


def arcs_of(topology: Mapping[str, Any]) -> list[list[Point]]:
    """All lines of a quantised TopoJSON, projected."""
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    lines = []
    for arc in topology["arcs"]:
        x = y = 0
        line = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            line.append(project(x * sx + tx, y * sy + ty))
        lines.append(line)
    return lines


def thinned(line: Sequence[Point], least: float) -> list[Point]:
    """``line`` without the points whose triangles are smaller than ``least``; ends stay.

    A closed line keeps at least four points, so that it still encloses something.
    """
    before = list(range(-1, len(line) - 1))
    after = list(range(1, len(line) + 1))
    heap = [
        (_triangle(line[i - 1], line[i], line[i + 1]), i, i - 1, i + 1)
        for i in range(1, len(line) - 1)
    ]
    heapq.heapify(heap)
    alive = len(line)
    fewest = 4 if line[0] == line[-1] else 2
    gone = set()
    while heap and alive > fewest:
        area, place, left, right = heapq.heappop(heap)
        if place in gone or before[place] != left or after[place] != right:
            continue
        if area >= least:
            break
        gone.add(place)
        alive -= 1
        after[left], before[right] = right, left
        for middle in (left, right):
            if 0 < middle < len(line) - 1:
                one, two = before[middle], after[middle]
                # A triangle never counts less than one that went before it.
                size = max(area, _triangle(line[one], line[middle], line[two]))
                heapq.heappush(heap, (size, middle, one, two))
    return [point for place, point in enumerate(line) if place not in gone]


def _triangle(a: Point, b: Point, c: Point) -> float:
    return abs((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])) / 2


def rings_of(geometry: Mapping[str, Any]) -> list[Ring]:
    """All rings of a Polygon or MultiPolygon, islands and holes alike (fill rule: evenodd)."""
    if geometry["type"] == "Polygon":
        return [list(ring) for ring in geometry["arcs"]]
    return [list(ring) for polygon in geometry["arcs"] for ring in polygon]


def merged(rings: Sequence[Ring], arcs: Sequence[Sequence[Point]]) -> list[Ring]:
    """Rings of neighbours as one area: lines between them go, the rest is put together anew."""
    used = {arc for ring in rings for arc in ring}
    left = [arc for ring in rings for arc in ring if ~arc not in used]
    found: list[Ring] = []
    while left:
        ring = [left.pop(0)]
        while _ends(ring[-1], arcs)[1] != _ends(ring[0], arcs)[0]:
            end = _ends(ring[-1], arcs)[1]
            following = next(arc for arc in left if _ends(arc, arcs)[0] == end)
            left.remove(following)
            ring.append(following)
        found.append(ring)
    return found


def _ends(arc: int, arcs: Sequence[Sequence[Point]]) -> tuple[Point, Point]:
    line = arcs[arc if arc >= 0 else ~arc]
    return (line[0], line[-1]) if arc >= 0 else (line[-1], line[0])


def points_of(ring: Ring, arcs: Sequence[Sequence[Point]]) -> list[Point]:
    """The closed line of a ring, last point equal to the first."""
    found: list[Point] = []
    for number in ring:
        line = arcs[number] if number >= 0 else arcs[~number][::-1]
        found.extend(line if not found else line[1:])
    return found


def area_of(points: Sequence[Point]) -> float:
    """Enclosed area, without sign."""
    pairs = pairwise(points)
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairs)) / 2


def label_place(outlines: Sequence[Sequence[Point]]) -> Point:
    """The point of a grid over the largest outline that is farthest from every border."""
    largest = max(outlines, key=area_of)
    xs, ys = [p[0] for p in largest], [p[1] for p in largest]
    best, place = -1.0, (sum(xs) / len(xs), sum(ys) / len(ys))
    for column in range(1, 40):
        for row in range(1, 40):
            x = min(xs) + (max(xs) - min(xs)) * column / 40
            y = min(ys) + (max(ys) - min(ys)) * row / 40
            if not _inside(x, y, outlines):
                continue
            # A number is wider than high: sideways room counts less.
            room = min(
                ((x - px) / 1.6) ** 2 + (y - py) ** 2 for line in outlines for px, py in line
            )
            if room > best:
                best, place = room, (x, y)
    return place


def _inside(x: float, y: float, outlines: Iterable[Sequence[Point]]) -> bool:
    inside = False
    for line in outlines:
        for (x1, y1), (x2, y2) in pairwise(line):
            if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
                inside = not inside
    return inside


def build_layer(topology: Mapping[str, Any], name: str) -> dict[str, Any]:
    """One layer (``laender`` or ``kreise``) as it is written."""
    full = arcs_of(topology)
    everything = [point for line in full for point in line]
    west, north = min(p[0] for p in everything), min(p[1] for p in everything)
    scale = WIDTH / (max(p[0] for p in everything) - west)
    height = math.ceil((max(p[1] for p in everything) - north) * scale)
    arcs = [thinned(line, _THIN_KM2[name]) for line in full]
    areas: dict[str, list[Ring]] = {}
    for geometry in topology["objects"][name]["geometries"]:
        key = str(geometry["id"])
        key = MERGED.get(key, key)
        areas.setdefault(key, []).extend(rings_of(geometry))
    numbers: dict[int, int] = {}
    written: dict[str, Any] = {}
    for key, rings in sorted(areas.items()):
        if key in MERGED.values():
            rings = merged(rings, full)
        sizes = [area_of(points_of(ring, full)) for ring in rings]
        kept = [
            ring
            for ring, size in zip(rings, sizes, strict=True)
            if size >= _LEAST_ISLAND_KM2 or size == max(sizes)
        ]
        x, y = label_place([points_of(ring, arcs) for ring in kept])
        renumbered = [
            [
                numbers.setdefault(arc, len(numbers))
                if arc >= 0
                else ~numbers.setdefault(~arc, len(numbers))
                for arc in ring
            ]
            for ring in kept
        ]
        written[key] = {
            "rings": renumbered,
            "label": [round((x - west) * scale), round((y - north) * scale)],
        }
    lines = [
        _whole([((x - west) * scale, (y - north) * scale) for x, y in arcs[number]])
        for number in numbers
    ]
    return {"width": WIDTH, "height": height, "arcs": lines, "areas": written}


def _whole(line: Sequence[Point]) -> list[int]:
    """First point, then steps, as whole numbers; steps of nothing are left out."""
    places = [(round(x), round(y)) for x, y in line]
    flat = [*places[0]]
    for one, two in pairwise(places):
        if one != two:
            flat += [two[0] - one[0], two[1] - one[1]]
    return flat


def main(arguments: Sequence[str] | None = None) -> None:
    """Command line entry, see the module's first lines."""
    parser = argparse.ArgumentParser(description="Grenzen von Ländern und Kreisen aufbereiten")
    parser.add_argument("topology", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args(arguments)
    topology = json.loads(options.topology.read_text(encoding="utf-8"))
    options.out.mkdir(parents=True, exist_ok=True)
    for name in ("laender", "kreise"):
        layer = build_layer(topology, name)
        text = json.dumps(layer, separators=(",", ":"))
        (options.out / f"{name}.json").write_text(f"{text}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
