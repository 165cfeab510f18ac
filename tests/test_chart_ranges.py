from lxml import etree

from aicareers_site.chart_data import ChartData, ChartKind, ChartRow
from aicareers_site.chart_ranges import drawing, strips
from aicareers_site.data_tables import ColumnType
from tests.chart_samples import BRITISH, PAY, chart, data, pay


def drawn(numbers: ChartData) -> etree._Element:
    marks = drawing(chart(ChartKind.RANGES, numbers), BRITISH).marks
    return etree.fromstring(f"<svg>{marks}</svg>")


def money(*rows: ChartRow) -> ChartData:
    return data(rows, ColumnType.MONEY, "USD")


def dots(numbers: ChartData) -> list[float]:
    """Where the dots are, in per cent of the width."""
    return [float(dot.get("cx", "")[:-1]) for dot in drawn(numbers).iter("circle")]


def test_a_range_has_a_dot_at_each_end_on_one_scale() -> None:
    low, high, later = dots(
        money(ChartRow("a", pay(0, 50_000)), ChartRow("b", pay(100_000, 100_000)))
    )
    assert (low, high, later) == (2.5, 50, 97.5)


def test_an_open_end_has_an_arrow_and_a_dashed_line_instead_of_a_dot() -> None:
    opened = money(ChartRow("a", pay(100_000, None)))
    assert len(dots(opened)) == 1
    assert [line.get("stroke-dasharray") for line in drawn(opened).iterfind(".//g/g")] == ["5 4"]
    assert [arrow.get("d") for arrow in drawn(opened).iter("path")] == ["M-6-6 0 0-6 6"]


def test_a_scale_goes_on_beyond_an_open_end() -> None:
    (dot,) = dots(money(ChartRow("a", pay(100_000, None))))
    assert dot < 90


def test_amounts_are_said_in_words_beside_their_rows() -> None:
    lines = ["".join(line.itertext()) for line in drawn(PAY).iter("text")]
    assert lines == [
        "Entry level",
        "US$100,000 to US$130,000",
        "Mid-level to senior",
        "US$150,000 to US$220,000",
        "median US$180,000",
        "Lead",
        "above US$250,000",
        "US$0",
        "US$100K",
        "US$200K",
        "US$300K",
    ]


def test_rows_stay_in_their_own_order() -> None:
    numbers = money(ChartRow("high", pay(8, 9)), ChartRow("low", pay(1, 2)))
    words = ["".join(line.itertext()) for line in drawn(numbers).iter("text")]
    assert words[:2] == ["high US$8 to US$9", "low US$1 to US$2"]


def test_strips_are_the_same_chart_in_pieces_for_a_page_that_says_the_words() -> None:
    pieces = strips(chart(ChartKind.RANGES, PAY), BRITISH)
    rows = [etree.fromstring(row) for row in pieces.rows]
    assert [float(dot.get("cx", "")[:-1]) for row in rows for dot in row.iter("circle")] == dots(
        PAY
    )
    assert [list(row.iter("text")) for row in rows] == [[]] * 3
    axis = etree.fromstring(pieces.axis)
    assert [tick.text for tick in axis.iter("text")] == ["US$0", "US$100K", "US$200K", "US$300K"]
    assert {piece.get("aria-hidden") for piece in (*rows, axis)} == {"true"}
