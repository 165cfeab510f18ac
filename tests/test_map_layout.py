"""How a map is laid out."""

from __future__ import annotations

from aicareers_site import map_frame
from aicareers_site.chart_text import Run
from aicareers_site.map_frame import framed
from aicareers_site.map_layout import Subject, laid_out
from aicareers_site.world import Box, Point, around

COAST = Box(-4000, -5000, 0, -2000)


def dot(x: float, y: float, label: str) -> Subject:
    return Subject(Point(x, y), ((Run(label),),))


def country(land: Box, label: str) -> Subject:
    middle = Point((land.left + land.right) / 2, (land.top + land.bottom) / 2)
    return Subject(middle, ((Run(label),),), land)


def test_labels_are_set_for_a_narrow_and_for_a_wide_column_in_the_same_frame() -> None:
    layout = laid_out([dot(-2000, -4000, "Berlin")], COAST)
    assert layout.frame == framed(COAST)
    assert [label is not None for label in (*layout.narrow, *layout.wide)] == [True, True]
    assert layout.narrow != layout.wide


def test_a_map_of_the_world_has_a_frame_of_its_own() -> None:
    assert laid_out([dot(0, 0, "Here")], None).frame == map_frame.world()


def test_a_map_without_labels_has_narrow_margins() -> None:
    assert laid_out([Subject(Point(-2000, -4000), ())], COAST).frame == framed(COAST)


def test_the_margin_is_wider_where_that_lets_crowded_labels_stand_at_their_places() -> None:
    crowd = [dot(-4000 + 30 * n, -4000 + 420 * n, "A long name of a place") for n in range(3)]
    inland = [dot(-3300 + 300 * n, -4000 + 420 * n, "Inland") for n in range(3)]
    layout = laid_out([*crowd, *inland], COAST)
    assert layout.frame.at(Point(COAST.left, 0)).x > framed(COAST).at(Point(COAST.left, 0)).x


def test_a_country_that_is_too_small_to_be_seen_is_tiny() -> None:
    land = Box(0, 0, 60, 40)
    assert country(land, "Luxembourg").is_tiny(map_frame.world())
    assert not country(land, "Luxembourg").is_tiny(framed(land))
    assert not dot(0, 0, "Luxembourg").is_tiny(map_frame.world())


def test_the_label_of_a_large_country_is_within_it_and_that_of_a_small_one_beside_it() -> None:
    large, small = Box(-3500, -4500, -1500, -2500), Box(-600, -3600, -400, -3400)
    layout = laid_out([country(large, "Large"), country(small, "Small")], COAST)
    inside, beside = layout.narrow
    assert inside is not None
    assert beside is not None
    corner, other = (layout.frame.at(Point(*ends)) for ends in (large[:2], large[2:]))
    assert (inside.x, inside.y) == ((corner.x + other.x) / 2, (corner.y + other.y) / 2)
    edges = around([layout.frame.at(Point(*small[:2])), layout.frame.at(Point(*small[2:]))])
    assert not edges.left < beside.x < edges.right
