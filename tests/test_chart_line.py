import re

import pytest
from lxml import etree

from aicareers_site.chart_data import ChartData, ChartKind
from aicareers_site.chart_line import DASHES, drawing
from tests.chart_samples import BRITISH, YEARS, chart, course, data


def drawn(numbers: ChartData) -> etree._Element:
    marks = drawing(chart(ChartKind.LINE, numbers), BRITISH).marks
    return etree.fromstring(f"<svg>{marks}</svg>")


def paths(numbers: ChartData) -> list[str]:
    return [path.get("d", "") for path in drawn(numbers).iter("path")]


def points(path: str) -> list[tuple[float, ...]]:
    return [tuple(map(float, point.split())) for point in path[1:].split("L")]


def test_times_are_as_far_apart_as_they_were() -> None:
    (path,) = paths(data(course("", {"2020": 0, "2021": 100, "2030": 0})))
    assert [point[1] for point in points(path)] == [190, 0, 190]
    assert points(path)[1][0] * 10 == pytest.approx(points(path)[2][0], abs=0.1)


def test_a_line_is_interrupted_where_nothing_is_reported() -> None:
    (path,) = paths(
        data(course("", {"2020": 0, "2021": 100, "2022": None, "2023": 100, "2024": 0}))
    )
    assert re.sub(r"[\d. ]", "", path) == "MLML"


def test_a_number_without_neighbours_is_a_dot() -> None:
    many = {str(year): year - 2000 for year in range(2000, 2030)}
    lone = drawn(data(course("", many | {"2009": None, "2011": None})))
    assert len(list(lone.iter("circle"))) == 2  # that of 2010, and the last


def test_every_series_is_named_at_its_end_with_its_last_number() -> None:
    lines = ["".join(line.itertext()) for line in drawn(YEARS).iter("text")]
    assert lines[-2:] == ["Remote 289", "On-site 204"]


def test_series_differ_by_their_dashes_too() -> None:
    assert len(set(DASHES)) == len(DASHES) == 6


def test_times_are_named_in_equal_steps_from_the_first_to_the_last() -> None:
    many = {str(year): 1 for year in range(2000, 2031)}
    words = ["".join(line.itertext()) for line in drawn(data(course("", many))).iter("text")]
    years = [word for word in words if word.startswith("20")]
    assert years == ["2000", "2010", "2020", "2030"]
