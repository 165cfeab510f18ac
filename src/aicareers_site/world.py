"""The world's countries as shapes, in degrees and as a map shows them.

The shapes are Natural Earth's (public domain), made by ``tools/world_shapes.py``; Antarctica is
left out, and so are fourteen small territories. ``world_shapes.json`` holds lines, called arcs as
in TopoJSON: a border stands there once, and both countries refer to it, by its index, or by the
complement of the index where they go along it backwards. Its points are in hundredths of a degree,
each as the way from the one before.
"""

from __future__ import annotations

import json
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise
from math import asin, cos, radians, sin, sqrt
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

EARTH_RADIUS = 6371.0088
"""The mean radius of the Earth, in kilometres (IUGG)."""

WEST, EAST = -169.0, 191.0
"""Longitudes are between these, so that the Bering Strait is the edge of the world."""


class Point(NamedTuple):
    """A place: in degrees east of Greenwich and north of the equator, or else on a map, in
    kilometres to the east of its central meridian and to the *south* of the equator.
    """

    x: float
    y: float


Line: TypeAlias = "tuple[Point, ...]"
"""An open line, or a ring, whose last point is its first."""

Part: TypeAlias = "tuple[int, ...]"
"""A line as the arcs that it is made of."""


class Box(NamedTuple):
    """A rectangle with its sides along the axes; ``top`` is the smaller y, and ``left`` the x."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top

    def meets(self, other: Box) -> bool:
        """Whether the two have an area in common."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )


class Shapes(NamedTuple):
    """The world's lines. ``land`` are its coasts, as rings; ``borders`` lie between countries.

    ``countries`` are the rings of each country by its code of ISO 3166-1, the largest one first.
    """

    arcs: tuple[Line, ...]
    countries: dict[str, tuple[Part, ...]]
    land: tuple[Part, ...]
    borders: tuple[Part, ...]

    def line(self, part: Part) -> Line:
        """The points of ``part``, in order."""
        points: list[Point] = []
        for index in part:
            arc = self.arcs[index] if index >= 0 else self.arcs[~index][::-1]
            points += arc[1:] if points else arc
        return tuple(points)

    def main_land(self, code: str) -> Line | None:
        """The largest part of a country, as a ring; None if the country is not among the shapes.

        It leaves out what would draw a map of the country away from where people think it is:
        Alaska and Hawaii, or French Guiana.
        """
        rings = self.countries.get(code)
        return self.line(rings[0]) if rings else None

    def projected(self, meridian: float) -> Shapes:
        """The shapes on a map, from those in degrees."""
        return self._replace(
            arcs=tuple(tuple(place(x, y, meridian) for x, y in arc) for arc in self.arcs)
        )

    def simplified(self, tolerance: float) -> Shapes:
        """The shapes with no more points than it takes to stay within ``tolerance`` of them."""
        return self._replace(arcs=tuple(simplified(arc, tolerance) for arc in self.arcs))


@lru_cache(maxsize=1)
def shapes() -> Shapes:
    """The shapes in degrees, with all their detail, which is five kilometres."""
    stored = json.loads(files(__package__).joinpath("world_shapes.json").read_bytes())
    return Shapes(
        arcs=tuple(map(_points, stored["arcs"])),
        countries={code: _parts(rings) for code, rings in stored["countries"].items()},
        land=_parts(stored["land"]),
        borders=_parts(stored["borders"]),
    )


@lru_cache(maxsize=8)
def seen_from(meridian: float) -> Shapes:
    """The shapes on a map with this central meridian."""
    return shapes().projected(meridian)


def _parts(lists: Iterable[Iterable[int]]) -> tuple[Part, ...]:
    return tuple(tuple(part) for part in lists)


def _points(steps: Sequence[int]) -> Line:
    x = y = 0
    points = []
    for across, up in zip(steps[::2], steps[1::2], strict=True):
        x += across
        y += up
        points.append(Point(x / 100, y / 100))
    return tuple(points)


def place(longitude: float, latitude: float, meridian: float) -> Point:
    """Where a place, in degrees, is on a map with this central meridian, in kilometres.

    Areas are true, on a sphere with the Earth's mean radius. Equal Earth: B. Šavrič, T. Patterson
    and B. Jenny, "The Equal Earth map projection", International Journal of Geographical
    Information Science 33 (3), 2019, 454-465, doi:10.1080/13658816.2018.1504949.
    """
    a1, a2, a3, a4 = 1.340264, -0.081106, 0.000893, 0.003796
    angle = asin(sqrt(3) / 2 * sin(radians(latitude)))
    square = angle * angle
    sixth = square**3
    slope = a1 + 3 * a2 * square + sixth * (7 * a3 + 9 * a4 * square)
    x = 2 * sqrt(3) / 3 * radians(longitude - meridian) * cos(angle) / slope
    y = angle * (a1 + a2 * square + sixth * (a3 + a4 * square))
    return Point(EARTH_RADIUS * x, -EARTH_RADIUS * y)


def around(points: Iterable[Point]) -> Box:
    """The smallest rectangle that holds all ``points``, of which there is at least one."""
    across, down = zip(*points, strict=True)
    return Box(min(across), min(down), max(across), max(down))


def area(ring: Sequence[Point]) -> float:
    """What ``ring`` encloses, in its units squared; the sign tells which way it runs."""
    return sum(a.x * b.y - b.x * a.y for a, b in pairwise(ring)) / 2


def centroid(ring: Sequence[Point]) -> Point:
    """The centre of gravity of what ``ring`` encloses; of its points, if that is nothing."""
    origin = ring[0]  # near, so that the sums stay small
    local = [Point(point.x - origin.x, point.y - origin.y) for point in ring]
    double = x = y = 0.0
    for a, b in pairwise(local):
        cross = a.x * b.y - b.x * a.y
        double += cross
        x += (a.x + b.x) * cross
        y += (a.y + b.y) * cross
    if double:
        return Point(origin.x + x / (3 * double), origin.y + y / (3 * double))
    across, down = zip(*ring, strict=True)
    return Point(sum(across) / len(ring), sum(down) / len(ring))


def simplified(line: Line, tolerance: float) -> Line:
    """``line`` with its ends and the points between that keep it within ``tolerance``.

    Ramer, Douglas and Peucker: D. H. Douglas and T. K. Peucker, "Algorithms for the reduction of
    the number of points required to represent a digitized line or its caricature",
    Cartographica 10 (2), 1973, 112-122.
    """
    kept = {0, len(line) - 1}
    spans = [(0, len(line) - 1)]
    while spans:
        first, last = spans.pop()
        if last - first < 2:
            continue
        away, farthest = _farthest(line, first, last)
        if away > tolerance**2:
            kept.add(farthest)
            spans += (first, farthest), (farthest, last)
    return tuple(line[at] for at in sorted(kept))


def _farthest(line: Line, first: int, last: int) -> tuple[float, int]:
    """The point between two others that is farthest from the segment that joins them.

    What is given first is the square of its distance.
    """
    (x, y), end = line[first], line[last]
    dx, dy = end.x - x, end.y - y
    length = dx * dx + dy * dy
    found = (-1.0, first)
    for at in range(first + 1, last):
        px, py = line[at].x - x, line[at].y - y
        along = min(1.0, max(0.0, (px * dx + py * dy) / length)) if length else 0.0
        away = (px - along * dx) ** 2 + (py - along * dy) ** 2
        if away > found[0]:
            found = (away, at)
    return found


def clipped(ring: Line, box: Box) -> Line:
    """What ``box`` leaves of ``ring``, closed along its sides; nothing, if they do not meet.

    I. E. Sutherland and G. W. Hodgman, "Reentrant polygon clipping", Communications of the ACM
    17 (1), 1974, 32-42.
    """
    for axis, limit, sign in (
        (0, box.left, 1),
        (1, box.top, 1),
        (0, box.right, -1),
        (1, box.bottom, -1),
    ):
        ring = _clipped_at(ring, axis, limit, sign)
    return ring


def _clipped_at(ring: Line, axis: int, limit: float, sign: int) -> Line:
    """``ring`` without what lies before ``limit`` on ``axis``, or after it if ``sign`` is -1."""
    kept: list[Point] = []
    for a, b in pairwise(ring):
        before, behind = sign * (a[axis] - limit), sign * (b[axis] - limit)
        if before >= 0:
            kept.append(a)
        if (before >= 0) != (behind >= 0):
            part = before / (before - behind)
            kept.append(Point(a.x + part * (b.x - a.x), a.y + part * (b.y - a.y)))
    return (*kept, kept[0]) if kept else ()
