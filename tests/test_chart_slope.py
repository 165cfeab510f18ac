from lxml import etree

from aicareers_site.chart_data import ChartData, ChartKind
from aicareers_site.chart_slope import drawing
from aicareers_site.chart_svg import COLOURS
from tests.chart_samples import BRITISH, CHANGE, chart, course, data


def drawn(numbers: ChartData) -> etree._Element:
    marks = drawing(chart(ChartKind.SLOPE, numbers), BRITISH).marks
    return etree.fromstring(f"<svg>{marks}</svg>")


def test_both_moments_and_numbers_are_named() -> None:
    lines = ["".join(line.itertext()) for line in drawn(CHANGE).iter("text")]
    assert lines == ["2024", "2026", "33%", "31%", "Remote 39%", "On-site 28%"]


def test_a_line_rises_from_the_lower_number_to_the_higher() -> None:
    rising, falling = (
        [float(dot.get("cy", "")) for dot in dots]
        for dots in zip(*[drawn(CHANGE).iter("circle")] * 2, strict=True)
    )
    assert rising[0] > rising[1]
    assert falling[0] < falling[1]


def test_what_rises_what_falls_and_what_stays_have_colours_of_their_own() -> None:
    numbers = data(
        course("a", {"2024": 1, "2026": 2})
        + course("b", {"2024": 2, "2026": 1})
        + course("c", {"2024": 2, "2026": 2})
    )
    colours = [dot.getparent().get("color") for dot in drawn(numbers).iter("circle")][::2]
    assert colours == [COLOURS["1"], COLOURS["3"], COLOURS["soft"]]


def test_what_is_reported_once_has_no_line() -> None:
    numbers = data(course("a", {"2024": 1, "2026": 2}) + course("b", {"2024": 2, "2026": None}))
    assert len(list(drawn(numbers).iter("circle"))) == 2


def test_numbers_that_are_all_the_same_lie_at_the_same_height() -> None:
    numbers = data(course("a", {"2024": 2, "2026": 2}))
    assert len({dot.get("cy") for dot in drawn(numbers).iter("circle")}) == 1
