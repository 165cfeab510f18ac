"""Land as paths."""

from __future__ import annotations

import re

from aicareers_site import map_frame, map_shapes, world
from aicareers_site.map_frame import Frame, framed
from aicareers_site.world import Box, Point, Shapes

FRAME = Frame(Box(0, 0, 340, 200), 1)


def square(x: float, y: float, side: float) -> world.Line:
    corners = [(0, 0), (side, 0), (side, side), (0, side), (0, 0)]
    return tuple(Point(x + across * 1.0, y + down * 1.0) for across, down in corners)


def shapes(*rings: world.Line) -> Shapes:
    """Islands, the first of which is a country."""
    parts = tuple((at,) for at in range(len(rings)))
    return Shapes(rings, {"DE": parts[:1]}, parts, ())


def paths(drawing: str) -> dict[str, str]:
    """The data of the paths by their classes."""
    return dict(re.findall(r'class="map-(\w+)" d="([^"]*)"', drawing))


def test_land_is_one_path_in_fifths_of_a_unit() -> None:
    island, other = square(10, 20, 5), square(100, 20, 5.3)
    assert paths(map_shapes.land(shapes(island, other), [], FRAME)) == {
        "land": "M50 100l25 0 0 25-25 0zM500 100l26 0 0 26-26 0z"
    }


def test_a_country_that_is_covered_stands_out() -> None:
    found = paths(map_shapes.land(shapes(square(10, 20, 5), square(100, 20, 5)), ["DE"], FRAME))
    assert found["covered"] == "M50 100l25 0 0 25-25 0z"


def test_what_is_outside_the_frame_is_cut_off_where_nobody_sees_it() -> None:
    found = paths(map_shapes.land(shapes(square(300, 20, 100), square(500, 20, 5)), [], FRAME))
    assert found == {"land": "M1500 100l215 0 0 500-215 0z"}


def test_islets_are_left_out() -> None:
    assert paths(map_shapes.land(shapes(square(10, 20, 0.5)), [], FRAME)) == {}


def test_a_border_between_countries_is_drawn_once() -> None:
    world_of_two = Shapes(((Point(10, 10), Point(10, 50)),), {}, (), ((0,),))
    assert paths(map_shapes.land(world_of_two, [], FRAME)) == {"borders": "M50 50l0 200"}


def test_a_map_of_half_the_world_has_no_borders_but_of_the_countries_that_stand_out() -> None:
    island = square(3000, 3000, 9000)
    half = Shapes((island, (Point(3000, 3000), Point(12000, 12000))), {"DE": ((0,),)}, (), ((1,),))
    near, far = (Frame(Box(0, 0, width, 12000), 340 / width) for width in (12_000, 12_001))
    assert paths(map_shapes.land(half, ["DE"], near)).keys() == {"borders", "covered"}
    assert paths(map_shapes.land(half, ["DE"], far)).keys() == {"covered"}


def test_more_is_shown_of_a_region_than_of_the_world() -> None:
    shapes = world.seen_from(11)
    germany = shapes.main_land("DE")
    assert germany is not None
    far = paths(map_shapes.land(shapes, ["DE"], map_frame.world()))["covered"]
    near = paths(map_shapes.land(shapes, ["DE"], framed(world.around(germany))))["covered"]
    assert len(near) > 2 * len(far)
