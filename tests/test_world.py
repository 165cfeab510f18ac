"""The shapes that the site ships, and the geometry that maps need."""

from __future__ import annotations

from itertools import pairwise
from math import hypot, radians, sin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aicareers_site import world
from aicareers_site.models import country_names
from aicareers_site.world import Box, Point, Shapes, area, around, centroid, clipped, simplified

UNIT = (Point(0, 0), Point(2, 0), Point(2, 1), Point(0, 1), Point(0, 0))

coordinates = st.integers(-1000, 1000)
points = st.builds(Point, coordinates, coordinates)
lines = st.lists(points, min_size=2, max_size=40).map(tuple)


# The projection


def test_the_central_meridian_and_the_equator_are_straight() -> None:
    assert world.place(11, 0, 11) == (0, 0)
    assert world.place(11, 60, 11).x == 0
    assert world.place(90, 0, 11).y == 0


def test_the_world_has_the_measures_of_equal_earth() -> None:
    """Its equator is 2.7066 radii long on either side, and its poles 1.3174 radii away from it."""
    edge = world.place(180, 0, 0)
    pole = world.place(0, 90, 0)
    assert round(edge.x / world.EARTH_RADIUS, 4) == 2.7066
    assert round(-pole.y / world.EARTH_RADIUS, 4) == 1.3174


@given(st.floats(-85, 84), st.floats(-179, 178))
def test_areas_are_true(latitude: float, longitude: float) -> None:
    """A hundredth of a degree each way is as large on the map as on the sphere."""
    step = 0.01
    corners = [(0, 0), (step, 0), (step, step), (0, step), (0, 0)]
    ring = [world.place(longitude + x, latitude + y, 11) for x, y in corners]
    band = sin(radians(latitude + step)) - sin(radians(latitude))
    on_sphere = world.EARTH_RADIUS**2 * radians(step) * band
    assert abs(area(ring)) == pytest.approx(on_sphere, rel=1e-4)


# The shapes


def test_countries_are_those_of_iso_3166_but_for_antarctica_and_small_territories() -> None:
    missing = set(country_names("en")) - set(world.shapes().countries)
    assert sorted(missing) == [
        *("AQ", "BQ", "BV", "CC", "CX", "GF", "GI", "GP", "MQ", "RE", "SJ", "TK", "TV", "UM"),
        "YT",
    ]
    assert set(world.shapes().countries) <= set(country_names("en"))


@pytest.mark.parametrize(
    ("code", "longitude", "latitude"),
    [
        ("US", -97.7, 30.3),
        ("GB", -0.1, 51.5),
        ("DE", 11.6, 48.1),
        ("CA", -79.4, 43.7),
        ("UA", 34.1, 44.95),  # Simferopol, in Crimea
        ("CY", 33.36, 35.2),  # in the north of the island
        ("SO", 44.1, 9.6),  # in Somaliland
    ],
)
def test_a_place_lies_in_its_country(code: str, longitude: float, latitude: float) -> None:
    found = [
        country
        for country, parts in world.shapes().countries.items()
        if any(encloses(world.shapes().line(part), longitude, latitude) for part in parts)
    ]
    assert found == [code]


def encloses(ring: world.Line, x: float, y: float) -> bool:
    """Whether a ray from the point to the east crosses the ring an odd number of times."""
    crossings = 0
    for a, b in pairwise(ring):
        if (a.y > y) != (b.y > y):
            crossings += (b.x - a.x) * (y - a.y) / (b.y - a.y) + a.x > x
    return crossings % 2 == 1


@pytest.mark.parametrize(
    ("code", "thousands"),
    [("DE", 357), ("BR", 8_510), ("US", 9_450), ("JP", 378), ("AU", 7_690)],
)
def test_countries_are_about_as_large_as_they_are(code: str, thousands: float) -> None:
    """In thousands of km², give or take small islands."""
    shapes = world.seen_from(11)
    found = sum(abs(area(shapes.line(part))) for part in shapes.countries[code])
    assert found / 1000 == pytest.approx(thousands, rel=0.04)


def test_rings_are_closed() -> None:
    shapes = world.shapes()
    rings = [shapes.line(part) for parts in shapes.countries.values() for part in parts]
    rings += [shapes.line(part) for part in shapes.land]
    assert [ring for ring in rings if ring[0] != ring[-1]] == []


def test_no_line_is_torn_at_the_antimeridian() -> None:
    longest = max(abs(a.x - b.x) for arc in world.shapes().arcs for a, b in pairwise(arc))
    assert longest < 30


def test_the_main_land_of_a_country_leaves_out_what_is_far_away() -> None:
    america, france = world.shapes().main_land("US"), world.shapes().main_land("FR")
    assert america is not None
    assert france is not None
    assert around(america).left > -126
    assert around(france).bottom > 41
    assert world.shapes().main_land("AQ") is None


def test_a_part_may_run_along_an_arc_backwards() -> None:
    a, b, c = Point(0, 0), Point(1, 0), Point(1, 1)
    shapes = Shapes(((a, b), (a, c, b)), {}, (), ())
    assert shapes.line((0, ~1)) == (a, b, c, a)


# Geometry


def test_area_and_centroid_of_a_rectangle() -> None:
    assert area(UNIT) == 2
    assert area(UNIT[::-1]) == -2
    assert centroid(UNIT) == (1, 0.5)


def test_the_centroid_of_what_has_no_area_is_the_middle_of_its_points() -> None:
    assert centroid((Point(1, 1), Point(3, 5), Point(1, 1))) == (5 / 3, 7 / 3)


def test_what_is_nearly_straight_is_simplified() -> None:
    line = (Point(0, 0), Point(1, 0.1), Point(2, 0), Point(2, 5))
    assert simplified(line, 0.2) == (Point(0, 0), Point(2, 0), Point(2, 5))
    assert simplified(line, 0.05) == line


@given(lines, st.integers(0, 300))
def test_a_simplified_line_keeps_its_ends_and_stays_within_the_tolerance(
    line: world.Line, tolerance: int
) -> None:
    found = simplified(line, tolerance)
    assert (found[0], found[-1]) == (line[0], line[-1])
    assert set(found) <= set(line)
    assert all(_distance(point, found) <= tolerance + 1e-6 for point in line)


def _distance(point: Point, line: world.Line) -> float:
    best = hypot(point.x - line[0].x, point.y - line[0].y)
    for a, b in pairwise(line):
        dx, dy = b.x - a.x, b.y - a.y
        length = dx * dx + dy * dy
        along = ((point.x - a.x) * dx + (point.y - a.y) * dy) / length if length else 0
        along = min(1.0, max(0.0, along))
        best = min(best, hypot(point.x - a.x - along * dx, point.y - a.y - along * dy))
    return best


def test_clipping_keeps_what_is_in_the_box() -> None:
    assert abs(area(clipped(UNIT, Box(1, -5, 9, 5)))) == 1
    assert clipped(UNIT, Box(-9, -9, 9, 9)) == UNIT
    assert clipped(UNIT, Box(5, 5, 9, 9)) == ()


@given(st.lists(points, min_size=3, max_size=20), points, points)
def test_nothing_that_is_clipped_lies_outside_the_box(
    corners: list[Point], a: Point, b: Point
) -> None:
    box = around([a, b, Point(a.x + 1, a.y + 1)])
    for x, y in clipped((*corners, corners[0]), box):
        assert box.left - 1e-6 <= x <= box.right + 1e-6
        assert box.top - 1e-6 <= y <= box.bottom + 1e-6
