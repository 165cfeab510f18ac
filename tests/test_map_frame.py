"""Which part of the world a map shows."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aicareers_site import map_frame
from aicareers_site.map_frame import MARGIN, WIDTH, framed
from aicareers_site.world import Box, Point

EUROPE = Box(-2000, -7000, 3000, -4000)

boxes = st.builds(
    lambda x, y, width, height: Box(x, y, x + width, y + height),
    st.integers(-15_000, 10_000),
    st.integers(-8_000, 5_000),
    st.integers(0, 20_000),
    st.integers(0, 14_000),
)


def test_what_is_shown_fills_the_width_between_the_margins() -> None:
    frame = framed(EUROPE)
    assert frame.at(Point(-2000, -5000)).x == pytest.approx(MARGIN)
    assert frame.at(Point(3000, -5000)).x == pytest.approx(WIDTH - MARGIN)


def test_margins_may_differ() -> None:
    frame = framed(EUROPE, left=70, right=20)
    assert frame.at(Point(-2000, -5000)).x == pytest.approx(70)
    assert frame.at(Point(3000, -5000)).x == pytest.approx(WIDTH - 20)


def test_a_single_place_is_shown_with_the_region_around_it() -> None:
    frame = framed(Box(100, -5000, 100, -5000))
    assert frame.box.width == pytest.approx(3200 * WIDTH / (WIDTH - 2 * MARGIN))
    assert frame.at(Point(100, -5000)) == pytest.approx((WIDTH / 2, frame.height / 2))


@given(boxes, st.floats(MARGIN, 90), st.floats(MARGIN, 90))
def test_every_frame_holds_what_it_is_for_and_has_a_sober_shape(
    content: Box, left: float, right: float
) -> None:
    frame = framed(content, left, right)
    low, high = frame.at(Point(*content[:2])), frame.at(Point(*content[2:]))
    assert low.x >= -0.01
    assert high.x <= WIDTH + 0.01
    assert WIDTH / 2 <= frame.height <= WIDTH
    assert frame.box.width * frame.scale == pytest.approx(WIDTH)


def test_the_central_meridian_is_in_the_middle_of_what_is_shown() -> None:
    assert map_frame.meridian(Box(-125, 25, -67, 49)) == -96
    assert not map_frame.is_world(Box(-125, 25, -67, 49))


def test_what_reaches_around_most_of_the_world_is_shown_on_a_map_of_all_of_it() -> None:
    extent = Box(-125, -45, 178, 49)
    assert map_frame.is_world(extent)
    assert map_frame.meridian(extent) == 11
    assert map_frame.world().at(Point(16_900, 0)).x == pytest.approx(WIDTH)
