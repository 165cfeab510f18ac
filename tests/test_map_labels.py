"""Where labels stand."""

from __future__ import annotations

from itertools import combinations
from math import hypot

from hypothesis import given, settings
from hypothesis import strategies as st

from aicareers_site.map_labels import HEIGHT, Label, Mark, placed

SIZE = 10.0
WIDTH, HEIGHT_OF_MAP = 340.0, 200.0

marks = st.lists(
    st.builds(
        Mark,
        st.integers(5, 335),
        st.integers(5, 195),
        st.just(2),
        st.integers(20, 80),
        st.sampled_from([1, 2]),
    ),
    max_size=12,
)


def labels(*some: Mark) -> tuple[Label | None, ...]:
    return placed(some, SIZE, WIDTH, HEIGHT_OF_MAP).labels


def box(mark: Mark, label: Label) -> tuple[float, float, float, float]:
    left = label.x - {"start": 0.0, "middle": 0.5, "end": 1.0}[label.anchor] * mark.width
    half = HEIGHT * SIZE * mark.lines / 2
    return left, label.y - half, left + mark.width, label.y + half


def overlap(a: tuple[float, float, float, float], b: tuple[float, float, float, float]) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def away(mark: Mark, a: tuple[float, float, float, float]) -> float:
    """How far the middle of a mark is from a box."""
    return hypot(max(a[0] - mark.x, 0, mark.x - a[2]), max(a[1] - mark.y, 0, mark.y - a[3]))


def test_a_label_stands_at_the_right_of_its_mark() -> None:
    assert labels(Mark(100, 50, 3, 40)) == (Label(105, 50, "start"),)


def test_a_label_at_the_right_end_of_the_map_stands_at_the_left() -> None:
    assert labels(Mark(320, 50, 3, 40)) == (Label(315, 50, "end"),)


def test_an_area_holds_its_label() -> None:
    assert labels(Mark(100, 50, 0, 40)) == (Label(100, 50, "middle"),)


def test_a_mark_without_a_label_keeps_others_away() -> None:
    _, label = labels(Mark(120, 50, 10, 0), Mark(100, 50, 3, 40))
    assert label == Label(95, 50, "end")


def test_a_label_that_has_no_room_beside_its_mark_gets_a_leader() -> None:
    crowd = [Mark(100, 60 + 2 * n, 2, 60) for n in range(6)]
    found = placed(crowd, SIZE, WIDTH, HEIGHT_OF_MAP)
    assert None not in found.labels
    assert [label.leader for label in found.labels if label and label.leader] != []


def test_a_label_that_fits_in_nowhere_is_left_out() -> None:
    assert labels(Mark(100, 50, 3, 400)) == (None,)


def test_a_crowd_costs_more_than_places_that_are_apart() -> None:
    crowd = [Mark(100, 60 + 2 * n, 2, 60) for n in range(4)]
    apart = [Mark(100, 40 + 30 * n, 2, 60) for n in range(4)]
    costs = [placed(some, SIZE, WIDTH, HEIGHT_OF_MAP).cost for some in (apart, crowd)]
    assert costs[0] == 0
    assert costs[1] > 1


@settings(max_examples=40, deadline=None)
@given(marks)
def test_labels_overlap_neither_each_other_nor_a_mark_and_stay_on_the_map(
    some: list[Mark],
) -> None:
    found = placed(some, SIZE, WIDTH, HEIGHT_OF_MAP).labels
    boxes = [box(mark, label) for mark, label in zip(some, found, strict=True) if label]
    frame = (-0.01, -0.01, WIDTH + 0.01, HEIGHT_OF_MAP + 0.01)
    assert [pair for pair in combinations(boxes, 2) if overlap(*pair)] == []
    assert [(one, mark) for one in boxes for mark in some if away(mark, one) < mark.radius] == []
    assert [
        one
        for one in boxes
        if one[0] < frame[0] or one[1] < frame[1] or one[2] > frame[2] or one[3] > frame[3]
    ] == []
