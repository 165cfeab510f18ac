#!/usr/bin/env python3
"""Make src/aicareers_site/world_shapes.json, the shapes of the countries on maps.

``npm pack world-atlas@2.0.2`` brings Natural Earth 4.1.0 (public domain) as TopoJSON; unpack it and
give the path of its countries-50m.json: ``python tools/world_shapes.py FILE``, after ``make site``.

Natural Earth draws who governs a place. Where the United Nations see it otherwise, these shapes
follow them: Crimea belongs to Ukraine (General Assembly resolution 68/262), Northern Cyprus to
Cyprus (Security Council resolution 541) and Somaliland to Somalia, a member in its borders of 1960.
"""

from __future__ import annotations

import json
import sys
from collections import Counter, defaultdict
from itertools import chain, islice, pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from babel.core import get_global

from aicareers_site.world import (
    EAST,
    WEST,
    Line,
    Part,
    Point,
    Shapes,
    area,
    place,
    simplified,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

SHAPES = Path(__file__).resolve().parent.parent / "src" / "aicareers_site" / "world_shapes.json"

TOLERANCE = 5
"""How far a line may lie from where Natural Earth has it, in kilometres."""

SMALLEST = 600
"""The area of the smallest island that is kept where its country has a larger part, in km²."""

MERIDIAN = (WEST + EAST) / 2
"""The central meridian of the map on which the shapes are simplified and measured."""

ANTARCTICA = "AQ"

# What the source gives no code of ISO 3166-1, by its name there. Others, such as Kosovo, have none.
CODES = {"N. Cyprus": "CY", "Somaliland": "SO"}
CRIMEA = Point(34.2, 45.3)


def made(atlas: Mapping[str, Any]) -> Shapes:
    """The shapes that the site needs from an atlas in TopoJSON, whose points are in degrees."""
    arcs = tuple(map(_untorn, _decoded(atlas)))
    world = Shapes(arcs, {}, (), ())
    rings = _without_islets(world._replace(countries=_countries(atlas, world)))
    countries = {code: merged(rings[code], arcs) for code in sorted(rings)}
    uses = Counter(_arc(index) for index in chain(*chain(*countries.values())))
    return world._replace(
        arcs=tuple(map(_coarser, arcs)),
        countries={code: _largest_first(parts, world) for code, parts in countries.items() if code},
        land=merged(chain(*countries.values()), arcs),
        borders=tuple((arc,) for arc, times in sorted(uses.items()) if times > 1),
    )


def _coarser(arc: Line) -> Line:
    """The points of ``arc`` that matter on a map."""
    degrees = {place(*point, MERIDIAN): point for point in arc}
    return tuple(degrees[point] for point in simplified(_on_map(arc), TOLERANCE))


def _on_map(line: Line) -> Line:
    return tuple(place(*point, MERIDIAN) for point in line)


def _size(part: Part, world: Shapes) -> float:
    """What a ring encloses, in km²."""
    return abs(area(_on_map(world.line(part))))


def _largest_first(parts: Iterable[Part], world: Shapes) -> tuple[Part, ...]:
    return tuple(sorted(parts, key=lambda part: -_size(part, world)))


def merged(rings: Iterable[Part], arcs: Sequence[Line]) -> tuple[Part, ...]:
    """The outlines of what ``rings`` enclose together: lines between two of them are gone."""
    indices = list(chain(*rings))
    inner = set(indices) & {~index for index in indices}
    starts: dict[Point, list[int]] = defaultdict(list)
    for index in sorted(set(indices) - inner, reverse=True):
        starts[_ends(index, arcs)[0]].append(index)
    outlines = []
    while starts:
        start = next(iter(starts))
        outline: list[int] = []
        at = start
        while not outline or at != start:
            outline.append(starts[at].pop())
            if not starts[at]:
                del starts[at]
            at = _ends(outline[-1], arcs)[1]
        outlines.append(tuple(outline))
    return tuple(outlines)


def _ends(index: int, arcs: Sequence[Line]) -> tuple[Point, Point]:
    arc = arcs[_arc(index)]
    return (arc[0], arc[-1]) if index >= 0 else (arc[-1], arc[0])


def _arc(index: int) -> int:
    """The arc that ``index`` means, whichever way it runs."""
    return index if index >= 0 else ~index


def _decoded(atlas: Mapping[str, Any]) -> Iterator[list[tuple[float, float]]]:
    """Longitudes and latitudes of every arc (TopoJSON format specification, 2.1.3 and 2.1.4)."""
    (across, up), (west, south) = atlas["transform"]["scale"], atlas["transform"]["translate"]
    for arc in atlas["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x += dx
            y += dy
            points.append((x * across + west, y * up + south))
        yield points


def _untorn(points: Sequence[tuple[float, float]]) -> Line:
    """A line whose longitudes run on at 180°; what lies west of the world's edge is in the east."""
    eastern = any(longitude > 90 for longitude, _ in points)
    beyond = all(longitude < WEST for longitude, _ in points)
    return tuple(
        Point(longitude + 360 if longitude < 0 and (eastern or beyond) else longitude, latitude)
        for longitude, latitude in points
    )


def _countries(atlas: Mapping[str, Any], world: Shapes) -> dict[str, tuple[Part, ...]]:
    """The rings of each country by its code; those that belong to none have an empty one."""
    numbers = get_global("territory_aliases")
    countries: dict[str, tuple[Part, ...]] = defaultdict(tuple)
    for geometry in atlas["objects"]["countries"]["geometries"]:
        name, number = geometry["properties"]["name"], geometry.get("id")
        code = numbers[number][0] if number else CODES.get(name, "")
        several = geometry["type"] == "MultiPolygon"
        for polygon in geometry["arcs"] if several else [geometry["arcs"]]:
            rings = tuple(tuple(ring) for ring in polygon)
            crimea = code == "RU" and len(rings[0]) < 3 and _encloses(world.line(rings[0]), CRIMEA)
            countries["UA" if crimea else code] += rings
    del countries[ANTARCTICA]
    return countries


def _encloses(ring: Sequence[Point], point: Point) -> bool:
    """Whether ``point`` is in ``ring``: a ray from it crosses the ring an odd number of times."""
    crossings = [
        (b.x - a.x) * (point.y - a.y) / (b.y - a.y) + a.x > point.x
        for a, b in pairwise(ring)
        if (a.y > point.y) != (b.y > point.y)
    ]
    return sum(crossings) % 2 == 1


def _without_islets(world: Shapes) -> dict[str, list[Part]]:
    """The rings of the countries without islands that nobody would see."""
    uses = Counter(_arc(index) for index in chain(*chain(*world.countries.values())))

    def is_islet(ring: Part) -> bool:
        alone = all(uses[_arc(index)] == 1 for index in ring)
        return alone and _size(ring, world) < SMALLEST

    kept = {}
    for code, rings in world.countries.items():
        largest = max(rings, key=lambda ring: _size(ring, world))
        kept[code] = [ring for ring in rings if ring == largest or not is_islet(ring)]
    return kept


def stored(shapes: Shapes) -> str:
    """``shapes`` as ``world`` reads them, without arcs that nothing refers to."""
    used = sorted({_arc(index) for index in chain(*shapes.land, *shapes.borders)})
    numbers = {arc: number for number, arc in enumerate(used)}

    def renumbered(parts: Iterable[Part]) -> list[list[int]]:
        return [[numbers[at] if at >= 0 else ~numbers[~at] for at in part] for part in parts]

    lines = [
        '{"arcs": [',
        ",\n".join(_json(_steps(shapes.arcs[arc])) for arc in used),
        '], "countries": {',
        ",\n".join(
            f"{_json(code)}: {_json(renumbered(parts))}" for code, parts in shapes.countries.items()
        ),
        f'}}, "land": {_json(renumbered(shapes.land))},',
        f'"borders": {_json(renumbered(shapes.borders))}}}',
    ]
    return "\n".join(lines) + "\n"


def _steps(line: Line) -> list[int]:
    """The first point of a line and then the ways to the next ones, in hundredths of a degree."""
    points = [(round(100 * x), round(100 * y)) for x, y in line]
    ways = ((b[0] - a[0], b[1] - a[1]) for a, b in pairwise([(0, 0), *points]))
    return [*points[0], *chain(*(way for way in islice(ways, 1, None) if any(way)))]


def _json(value: object) -> str:
    return json.dumps(value, separators=(",", ":"))


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(f"usage: {sys.argv[0]} countries-50m.json")
    atlas = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    SHAPES.write_text(stored(made(atlas)), encoding="utf-8")
