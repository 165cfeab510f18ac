from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aicareers_site.chart_scale import Scale, scale, spread


def decimals(*numbers: str) -> list[Decimal]:
    return [Decimal(number) for number in numbers]


@pytest.mark.parametrize(
    ("values", "ticks"),
    [
        (decimals("40", "732"), decimals("0", "200", "400", "600", "800")),
        (decimals("95", "110"), decimals("95", "100", "105", "110")),
        (decimals("-8", "25"), decimals("-10", "0", "10", "20", "30")),
        (decimals("-30", "-5"), decimals("-30", "-20", "-10", "0")),
        (decimals("0.2", "0.9"), decimals("0.0", "0.5", "1.0")),
        (decimals("7"), decimals("0", "2", "4", "6", "8")),
        (decimals("0"), decimals("0.0", "0.5", "1.0")),
    ],
)
def test_ticks_are_round_numbers_from_zero_unless_the_values_lie_far_from_it(
    values: list[Decimal], ticks: list[Decimal]
) -> None:
    assert list(scale(values, 4).ticks) == ticks


def test_the_ends_of_a_scale_are_0_and_1() -> None:
    known = Scale((Decimal(100), Decimal(200), Decimal(300)))
    assert [known.at(Decimal(value)) for value in (100, 150, 300)] == [0, 0.25, 1]


@given(st.lists(st.decimals(-(10**9), 10**9, places=2), min_size=1), st.integers(1, 8))
def test_every_value_lies_on_its_scale(values: list[Decimal], steps: int) -> None:
    found = scale(values, steps)
    assert 2 <= len(found.ticks) <= 2 * steps + 3
    assert [value for value in values if not 0 <= found.at(value) <= 1] == []


def test_what_has_room_stays_where_it_is_wanted() -> None:
    assert spread([10, 40, 80], [20, 20, 20], 0, 100) == [10, 40, 80]


def test_what_has_none_moves_as_little_as_may_be() -> None:
    assert spread([50, 50], [20, 20], 0, 100) == [40, 60]
    assert spread([2, 3, 90], [20, 20, 20], 0, 100) == [10, 30, 90]
    assert spread([], [], 0, 100) == []


@given(st.lists(st.tuples(st.floats(0, 100), st.floats(1, 10)), max_size=10))
def test_nothing_overlaps_or_leaves_its_bounds(things: list[tuple[float, float]]) -> None:
    wanted = sorted(centre for centre, _ in things)
    sizes = [size for _, size in things]
    centres = spread(wanted, sizes, 0, 100)
    edges = [
        edge
        for centre, size in zip(centres, sizes, strict=True)
        for edge in (centre - size / 2, centre + size / 2)
    ]
    assert [round(edge, 6) for edge in edges] == sorted(round(edge, 6) for edge in edges)
    assert all(-1e-6 <= edge <= 100 + 1e-6 for edge in edges)
