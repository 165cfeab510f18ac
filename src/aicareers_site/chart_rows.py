"""The rows of a chart as the kinds of charts want them: ranked, as parts of a whole, over time."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from aicareers_site.data_tables import Amount, ColumnType
from aicareers_site.wording import capitalised, share

if TYPE_CHECKING:
    from aicareers_site.chart_data import ChartData, ChartRow
    from aicareers_site.wording import Wording

NOT_REPORTED = "not reported"


class Item(NamedTuple):
    """A row with one number, None where it is not reported. The ``rest`` is what the rows leave
    of their whole.
    """

    label: str
    value: Decimal | None
    is_rest: bool = False


class Series(NamedTuple):
    """What one thing was at each time, in the order of time; None where that is not reported."""

    name: str
    values: dict[str, Decimal | None]

    @property
    def reported(self) -> list[tuple[str, Decimal]]:
        return [(time, value) for time, value in self.values.items() if value is not None]


def single(amount: Amount | None) -> Decimal | None:
    """The number that ``amount`` is; None if it is not reported, or a range."""
    return None if amount is None or amount.is_range else amount.low


def items(data: ChartData) -> list[Item]:
    """The rows, and at the end what they leave of the whole, if anything."""
    found = [Item(row.label, single(row.amount)) for row in data.rows]
    whole = single(data.whole)
    if whole is None:
        return found
    rest = whole - sum(item.value for item in found if item.value is not None)
    return [*found, Item(data.rest, rest, is_rest=True)] if rest > 0 else found


def ranked(data: ChartData) -> list[Item]:
    """The items from the largest to the smallest; then those not reported, and the rest."""

    def place(item: Item) -> tuple[bool, bool, Decimal]:
        return item.is_rest, item.value is None, -(item.value or Decimal(0))

    return sorted(items(data), key=place)


def ends(row: ChartRow) -> list[Decimal]:
    """The ends of the row's amount that are known."""
    amount = row.amount
    return [] if amount is None else [end for end in (amount.low, amount.high) if end is not None]


def times(data: ChartData) -> list[str]:
    """The times of the rows, the earliest first."""
    return sorted({row.time for row in data.rows if row.time}, key=lambda time: (when(time), time))


def series(data: ChartData) -> list[Series]:
    """The series, as their first rows stand."""
    order = times(data)
    values: dict[str, dict[str, Decimal | None]] = {}
    for row in data.rows:
        values.setdefault(row.series, {})[row.time] = single(row.amount)
    return [
        Series(name, {time: known.get(time) for time in order}) for name, known in values.items()
    ]


def when(time: str) -> Decimal:
    """A year, or a day as its year and the part of it that has passed."""
    if len(time) <= 4:
        return Decimal(time)
    day = date.fromisoformat(time)
    start = date(day.year, 1, 1)
    return day.year + Decimal((day - start).days) / (date(day.year + 1, 1, 1) - start).days


def time_in_words(time: str, wording: Wording) -> str:
    """A year as it is, a day as the language writes it."""
    return time if len(time) <= 4 else wording.day(date.fromisoformat(time)).words


def unreported(data: ChartData, wording: Wording) -> list[str]:
    """The names of the rows without a number: their labels, or their series and time."""
    return [
        row.label or ", ".join(filter(None, [row.series, time_in_words(row.time, wording)]))
        for row in data.rows
        if row.amount is None
    ]


def in_words(value: Decimal, data: ChartData, wording: Wording) -> str:
    """A number of the chart's type and unit."""
    return wording.amount(Amount(value, value), data.type, data.unit)


def share_in_words(value: Decimal, data: ChartData, wording: Wording) -> str:
    """What ``value`` is of the whole, in whole per cent; empty where there is none, or where the
    value says it.
    """
    whole = single(data.whole)
    if whole is None or data.type is ColumnType.PERCENT:
        return ""
    return wording.percent(share(value, whole))


def counted(data: ChartData, wording: Wording) -> str:
    """What the numbers count, as a heading: "Openings; 732 in all". Empty where they say it."""
    unit = capitalised(data.unit) if data.type is ColumnType.NUMBER else ""
    if data.whole is None or data.type is ColumnType.PERCENT:
        return unit
    whole = wording.amount(data.whole, data.type, data.unit)
    return f"{unit}; {whole} in all" if unit else f"{whole} in all"
