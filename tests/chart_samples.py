"""Charts for tests: numbers in a line, and one chart of each kind."""

from __future__ import annotations

from datetime import UTC, date
from decimal import Decimal
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from aicareers_site.chart_data import Chart, ChartData, ChartKind, ChartRow
from aicareers_site.data_tables import Amount, ColumnType, Source
from aicareers_site.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from hypothesis.strategies import DrawFn

BRITISH = Wording("en-GB", UTC)
DAY = date(2026, 4, 22)
SOURCE = Source("A survey", None, None, DAY)


def amount(number: float | str) -> Amount:
    """One number."""
    return Amount(Decimal(str(number)), Decimal(str(number)))


def pay(low: int | None, high: int | None, median: int | None = None) -> Amount:
    """A range, which None leaves open."""
    ends = [None if end is None else Decimal(end) for end in (low, high, median)]
    return Amount(*ends)


def rows(numbers: Mapping[str, float | None]) -> list[ChartRow]:
    """Rows by their labels."""
    return [
        ChartRow(label, None if number is None else amount(number))
        for label, number in numbers.items()
    ]


def course(name: str, numbers: Mapping[str, float | None]) -> list[ChartRow]:
    """A series by its times."""
    return [
        ChartRow("", None if number is None else amount(number), time=time, series=name)
        for time, number in numbers.items()
    ]


def data(
    found: Iterable[ChartRow],
    sort: ColumnType = ColumnType.NUMBER,
    unit: str = "openings",
    *,
    whole: float | None = None,
) -> ChartData:
    """The rows, of a whole whose rest is not stated."""
    return ChartData(
        "survey.level",
        "Level",
        sort,
        unit,
        tuple(found),
        DAY,
        SOURCE,
        None if whole is None else amount(whole),
        "Not stated",
    )


def chart(kind: ChartKind, numbers: ChartData, title: str = "Openings by level") -> Chart:
    """A chart without a note."""
    return Chart("chart:level", kind, title, "", numbers)


LEVELS = data(rows({"Junior": 18, "Senior": 440, "Lead": 60}), whole=732)
PAY = data(
    [
        ChartRow("Entry level", pay(100_000, 130_000)),
        ChartRow("Mid-level to senior", pay(150_000, 220_000, 180_000)),
        ChartRow("Lead", pay(250_000, None)),
        ChartRow("Intern", None),
    ],
    ColumnType.MONEY,
    "USD",
)
YEARS = data(
    course("Remote", {"2024": 180, "2025": 240, "2026": 289})
    + course("On-site", {"2024": 260, "2025": None, "2026": 204})
)
CHANGE = data(
    course("Remote", {"2024": 31, "2026": 39}) + course("On-site", {"2024": 33, "2026": 28}),
    ColumnType.PERCENT,
    "",
)

ONE_OF_EACH = {
    ChartKind.BARS: chart(ChartKind.BARS, LEVELS),
    ChartKind.SHARES: chart(ChartKind.SHARES, LEVELS),
    ChartKind.RANGES: chart(ChartKind.RANGES, PAY),
    ChartKind.LINE: chart(ChartKind.LINE, YEARS),
    ChartKind.SLOPE: chart(ChartKind.SLOPE, CHANGE),
}
"""Every kind but the map, which has tests of its own."""

labels = st.text(st.sampled_from("abcdemilwAMW <&'é漢-"), min_size=1, max_size=60).filter(str.strip)
_numbers = st.integers(0, 2_000_000)


@st.composite
def charts_of_any_numbers(draw: DrawFn) -> Chart:
    """A chart that fits its numbers, whatever these and its labels are."""
    kind = draw(st.sampled_from(sorted(ONE_OF_EACH)))
    match kind:
        case ChartKind.BARS:
            some = st.lists(
                st.tuples(labels, st.none() | st.integers(-900_000, 2_000_000)),
                min_size=1,
                max_size=20,
            ).filter(lambda found: any(number is not None for _, number in found))
            found = [ChartRow(label, None if n is None else amount(n)) for label, n in draw(some)]
            return chart(kind, data(found, draw(st.sampled_from([*_SORTS])), "USD"))
        case ChartKind.SHARES:
            parts = draw(st.lists(st.tuples(labels, _numbers), min_size=1, max_size=7))
            whole = sum(number for _, number in parts) + draw(st.integers(1, 9_000))
            return chart(
                kind, data([ChartRow(label, amount(n)) for label, n in parts], whole=whole)
            )
        case ChartKind.RANGES:
            return chart(kind, data(draw(_ranges()), ColumnType.MONEY, "USD"))
        case _:
            many = 6 if kind is ChartKind.LINE else 12
            times = draw(_TIMES) if kind is ChartKind.LINE else ["2024", "2026"]
            names = draw(st.lists(labels, min_size=1, max_size=many, unique=True))
            found = [
                row
                for name in names
                for row in course(name, {time: draw(_numbers) for time in times})
            ]
            return chart(kind, data(found, draw(st.sampled_from([*_SORTS])), "USD"))


_SORTS = (ColumnType.NUMBER, ColumnType.MONEY, ColumnType.PERCENT)
_TIMES = st.lists(st.integers(1990, 2030).map(str), min_size=2, max_size=12, unique=True) | (
    st.lists(st.dates(DAY).map(date.isoformat), min_size=2, max_size=5, unique=True)
)


@st.composite
def _ranges(draw: DrawFn) -> list[ChartRow]:
    found = []
    for label in draw(st.lists(labels, min_size=1, max_size=8)):
        low, more = draw(_numbers), draw(st.integers(1, 900_000))
        ends = [(low, low + more), (None, low), (low, None), (low, low)]
        low_end, high_end = draw(st.sampled_from(ends))
        found.append(ChartRow(label, pay(low_end, high_end)))
    return [*found, ChartRow("A range", pay(1, 2)), ChartRow("Another", None)]
