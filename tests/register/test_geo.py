"""Borders as shipped: they fit the register, stay small, and are thinned without gaps."""

import math

import pytest

from assessment.content import data_path
from assessment.register import geo, geo_build, load_register
from assessment.register.geo import Layer, load_areas
from assessment.remarks import InputRefused


def rings(path: str) -> list[list[tuple[int, int]]]:
    """Points of all rings of path data made of M, l and z."""
    found = []
    for ring in path.split("z")[:-1]:
        start, *lines = ring.removeprefix("M").split("l")
        x, y = (int(number) for number in start.split())
        points = [(x, y)]
        for line in lines:
            numbers = [int(n) for n in line.replace("-", " -").split()]
            for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
                x, y = x + dx, y + dy
                points.append((x, y))
        found.append(points)
    return found


def test_areas_are_those_of_the_register() -> None:
    register = load_register()
    assert set(load_areas(Layer.LAENDER).areas) == {f"{n:02d}" for n in range(1, 17)}
    kreise = load_areas(Layer.KREISE).areas
    assert len(kreise) == 400
    assert all(register.kreis_name(key) for key in kreise)


def test_files_are_small() -> None:
    folder = data_path("register", "geo")
    assert sum(path.stat().st_size for path in folder.glob("*.json")) < 350_000


def test_every_outline_is_closed_and_areas_are_as_large_as_in_the_register() -> None:
    register = load_register()
    drawn = {}
    for key, area in load_areas(Layer.LAENDER).areas.items():
        outlines = rings(area.path)
        assert all(ring[0] == ring[-1] for ring in outlines), key
        sizes = sorted((geo_build.area_of(ring) for ring in outlines), reverse=True)
        # Berlin is a hole in Brandenburg.
        drawn[key] = sizes[0] - sizes[1] if key == "12" else sum(sizes)
    for key, area in load_areas(Layer.KREISE).areas.items():
        assert all(ring[0] == ring[-1] for ring in rings(area.path)), key
    whole = sum(drawn.values())
    for key, size in drawn.items():
        entry = register.entry(key)
        assert entry is not None
        # Lakes and the sea are drawn a little differently from how they are counted.
        assert size / whole == pytest.approx(entry.area_km2 / 357_684, rel=0.08), entry.name


def test_labels_lie_inside() -> None:
    for key, area in load_areas(Layer.LAENDER).areas.items():
        assert geo_build._inside(*area.label, rings(area.path)), key


def test_neighbours_share_their_border() -> None:
    laender = load_areas(Layer.LAENDER)
    points = {
        key: {point for ring in rings(area.path) for point in ring}
        for key, area in laender.areas.items()
    }
    assert len(points["09"] & points["08"]) > 30
    assert points["11"] <= points["12"]
    assert not points["10"] & points["09"]


def test_projection_keeps_areas() -> None:
    assert geo_build.project(10.5, 51.0) == pytest.approx((0, 0), abs=1e-9)
    for longitude, latitude in ((6.0, 47.5), (10.5, 51.0), (14.5, 54.5)):
        corners = [(0, 0), (0.1, 0), (0.1, 0.1), (0, 0.1), (0, 0)]
        drawn = geo_build.area_of(
            [geo_build.project(longitude + dx, latitude + dy) for dx, dy in corners]
        )
        step = math.radians(0.1)
        sphere = (
            6371.0072**2
            * step
            * (math.sin(math.radians(latitude + 0.1)) - math.sin(math.radians(latitude)))
        )
        assert drawn == pytest.approx(sphere, rel=1e-4)


def test_thinning_takes_the_smallest_triangles_and_keeps_the_ends() -> None:
    line = [(0.0, 0.0), (1.0, 0.1), (2.0, 0.0), (3.0, 4.0), (4.0, 0.0)]
    assert geo_build.thinned(line, 0.5) == [(0.0, 0.0), (2.0, 0.0), (3.0, 4.0), (4.0, 0.0)]
    assert geo_build.thinned(line, 0.0) == line
    assert geo_build.thinned(line, 1e9) == [line[0], line[-1]]
    ring = [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.5, 1.1), (0.0, 1.0), (0.0, 0.0)]
    assert len(geo_build.thinned(ring, 1e9)) == 4


def test_merged_neighbours_lose_the_line_between_them() -> None:
    # Two squares side by side: arc 0 is the line between them.
    arcs = [
        [(1.0, 0.0), (1.0, 1.0)],
        [(1.0, 1.0), (0.0, 1.0), (0.0, 0.0), (1.0, 0.0)],
        [(1.0, 0.0), (2.0, 0.0), (2.0, 1.0), (1.0, 1.0)],
    ]
    [ring] = geo_build.merged([[0, 1], [~0, 2]], arcs)
    assert geo_build.area_of(geo_build.points_of(ring, arcs)) == 2


@pytest.mark.parametrize("text", ["", "{}", '{"arcs": [[1]], "areas": {"01": {}}}'])
def test_a_broken_file_is_refused(text: str, tmp_path, monkeypatch) -> None:
    (tmp_path / "laender.json").write_text(text)
    monkeypatch.setattr(geo, "data_path", lambda *parts: tmp_path / parts[-1])
    with pytest.raises(InputRefused, match=r"laender\.json"):
        load_areas.__wrapped__(Layer.LAENDER)
