"""What a chart shows: rows of numbers with their labels, and where they come from."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import date

    from aicareers_site.data_tables import Amount, ColumnType, Source


class ChartKind(StrEnum):
    """The forms of charts."""

    BARS = "bars"
    """Ranked bars, from zero."""
    SHARES = "shares"
    """One bar, divided into parts of a whole."""
    RANGES = "ranges"
    """A line from the low to the high end, with a dot at each and, where known, at the median."""
    LINE = "line"
    """A series over time."""
    SLOPE = "slope"
    """Before and after, for several things: two moments, joined by lines."""
    MAP = "map"
    """The world, with the countries of the rows filled by their values."""


class ChartRow(NamedTuple):
    """A row: its label and its amount, None where it is not reported.

    ``time`` is the moment of a row of a series (a year, or a day of ISO 8601), ``series`` the name
    of the thing that it belongs to where there are several, ``country`` the code of ISO 3166-1 of
    a row that is about one, ``place`` the longitude and latitude of one that is about a place.
    ``id`` is the part's or record's in its table.
    """

    label: str
    amount: Amount | None
    time: str = ""
    series: str = ""
    country: str = ""
    place: tuple[float, float] | None = None
    id: str = ""


class ChartData(NamedTuple):
    """The numbers of a chart. ``type`` tells what they are; for money, ``unit`` is the currency's
    code of ISO 4217, otherwise what is counted, such as openings.

    ``whole`` is the total that the rows are parts of, ``rest`` the label of what they leave of it.
    ``reference`` names the numbers, as ``ml-jobs-2026.place`` does; ``remarks`` are what a reader
    must know.
    """

    reference: str
    title: str
    type: ColumnType
    unit: str
    rows: tuple[ChartRow, ...]
    as_of: date
    source: Source
    whole: Amount | None = None
    rest: str = ""
    remarks: tuple[str, ...] = ()

    @property
    def figures(self) -> tuple[str, ...]:
        """References of the figures that are drawn, and of the total that they are parts of."""
        table, _, name = self.reference.partition(".")
        if self.whole is not None:
            parts = (f"{self.reference}.{row.id}" for row in self.rows)
            return (f"{table}.total", *parts)
        return tuple(f"{table}.{row.id}.{name}" for row in self.rows if name)


class Chart(NamedTuple):
    """A chart as an article asks for it. ``id`` is its id on the page, as ``chart:place``."""

    id: str
    kind: ChartKind
    title: str
    note: str
    data: ChartData


def chart_path(path: str, chart: Chart) -> str:
    """The path on the site of the chart as a file, below the ``path`` of the article with it."""
    return f"{path}{chart.id.removeprefix('chart:')}.svg"
