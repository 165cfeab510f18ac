from lxml import etree

from aicareers_site.chart_bars import drawing
from aicareers_site.chart_data import ChartData, ChartKind
from aicareers_site.data_tables import ColumnType
from tests.chart_samples import BRITISH, LEVELS, chart, data, rows


def drawn(numbers: ChartData) -> etree._Element:
    return etree.fromstring(f"<svg>{drawing(chart(ChartKind.BARS, numbers), BRITISH).marks}</svg>")


def bars(numbers: ChartData) -> list[tuple[float, float]]:
    """Where bars start and how long they are, in per cent of the width."""
    return [
        (float(bar.get("x", "")[:-1]), float(bar.get("width", "")[:-1]))
        for bar in drawn(numbers).iter("rect")
    ]


def test_bars_start_at_zero_and_are_as_long_as_their_numbers() -> None:
    (start, longest), (_, half), (_, tenth) = bars(data(rows({"a": 5, "b": 50, "c": 25})))
    assert start == 0
    assert [round(length / longest, 2) for length in (half, tenth)] == [0.5, 0.1]


def test_bars_below_zero_lie_on_its_other_side() -> None:
    (zero, up), (start, down) = bars(data(rows({"a": 20, "b": -10}), ColumnType.CHANGE))
    assert (round(start + down, 1), round(up / down)) == (round(zero, 1), 2)


def test_the_longest_stands_on_top_with_its_number_and_share() -> None:
    lines = ["".join(line.itertext()) for line in drawn(LEVELS).iter("text")]
    assert lines == [
        "Senior",
        "440 60%",
        "Lead",
        "60 8%",
        "Junior",
        "18 2%",
        "Not stated",
        "214 29%",
    ]


def test_the_rest_is_hatched() -> None:
    fills = [bar.getparent().get("fill") for bar in drawn(LEVELS).iter("rect")]
    assert fills == [*["currentColor"] * 3, "url(#chart:level:rest)"]


def test_numbers_that_are_all_zero_have_no_bars() -> None:
    assert bars(data(rows({"a": 0, "b": 0}))) == []
