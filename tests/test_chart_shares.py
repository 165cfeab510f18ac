import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from aicareers_site.chart_data import ChartData, ChartKind
from aicareers_site.chart_shares import drawing
from tests.chart_samples import BRITISH, LEVELS, chart, data, rows


def drawn(numbers: ChartData) -> etree._Element:
    marks = drawing(chart(ChartKind.SHARES, numbers), BRITISH).marks
    return etree.fromstring(f"<svg>{marks}</svg>")


def of(element: etree._Element, name: str) -> float:
    return float(element.get(name).rstrip("%"))


def test_parts_are_as_wide_as_their_shares_in_the_order_of_the_rows() -> None:
    widths = [of(part, "width") for part in drawn(LEVELS).iter("rect")]
    assert widths == [2.46, 60.11, 8.2, 29.23]


def test_every_part_has_its_label_share_and_number() -> None:
    lines = ["".join(line.itertext()) for line in drawn(LEVELS).iter("text")]
    assert lines == ["Junior 2% (18)", "Senior 60% (440)", "Lead 8% (60)", "Not stated 29% (214)"]


def test_the_rest_is_hatched() -> None:
    fills = [part.getparent().get("fill") for part in drawn(LEVELS).iter("rect")]
    assert fills == [*["currentColor"] * 3, "url(#chart:level:rest)"]


@given(st.lists(st.integers(0, 1_000), min_size=1, max_size=7).filter(any))
def test_the_parts_fill_the_bar_without_a_gap(numbers: list[int]) -> None:
    whole = data(rows({f"No. {n}": value for n, value in enumerate(numbers)}), whole=sum(numbers))
    parts = [(of(part, "x"), of(part, "width")) for part in drawn(whole).iter("rect")]
    ends = [x + width for x, width in parts]
    starts = [x for x, _ in parts[1:]]
    assert parts[0][0] == 0
    assert ends == pytest.approx([*starts, 100], abs=0.02)
