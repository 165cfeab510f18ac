"""Data tables as values: what ``content/data/*.yaml`` says once it has been read and checked.

A table holds *breakdowns* (a total divided into named parts, such as openings by seniority) or
*records* (rows with typed columns, such as pay by country, or a series over time), or both. Every
number in it has a reference by which articles name it: ``table.breakdown.part``,
``table.record.column``, ``table.total``.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from decimal import Decimal


class ColumnType(StrEnum):
    """What the values of a column mean."""

    TEXT = "text"
    NUMBER = "number"
    MONEY = "money"
    PERCENT = "percent"
    """A share of a whole, from 0 to 100."""
    CHANGE = "change"
    """By how many per cent something grows or, below 0, shrinks."""
    COUNTRY = "country"
    CURRENCY = "currency"
    DATE = "date"
    YEAR = "year"
    LATITUDE = "latitude"
    """In degrees, north of the equator."""
    LONGITUDE = "longitude"
    """In degrees, east of Greenwich."""


MEASURED = frozenset({ColumnType.NUMBER, ColumnType.MONEY, ColumnType.PERCENT, ColumnType.CHANGE})
"""The types whose values are amounts."""


class Amount(NamedTuple):
    """A number, or a range that may be open at one end: "above 250,000" has no ``high``.

    A single number is a range with equal ends.
    """

    low: Decimal | None
    high: Decimal | None
    median: Decimal | None = None

    @property
    def is_range(self) -> bool:
        return self.low != self.high


Cell: TypeAlias = Amount | date | str
"""The value of a record in a column; years and codes of countries and currencies are strings."""


class Source(NamedTuple):
    """Who published the figures, and when they were read."""

    name: str
    url: str | None
    published: date | None
    retrieved: date


class Part(NamedTuple):
    """A part of a total. ``stated`` is the share that the source itself states, in per cent."""

    id: str
    label: str
    value: Decimal
    stated: Decimal | None = None


class Breakdown(NamedTuple):
    """A total divided by one property, such as seniority.

    ``rest`` is what the parts leave of the total, with its label. ``remarks`` are what a reader
    must know: notes, and faults of the source that the editors have acknowledged.
    """

    id: str
    title: str
    parts: tuple[Part, ...]
    rest: Decimal
    rest_label: str
    remarks: tuple[str, ...] = ()


class Column(NamedTuple):
    """A column. ``unit`` is what its numbers count; ``currency`` a code of ISO 4217, where every
    record has the same one, or else the id of the column that holds it.
    """

    id: str
    label: str
    type: ColumnType
    unit: str = ""
    currency: str = ""


class Record(NamedTuple):
    """A row. A column that is not among the ``cells`` is not reported."""

    id: str
    label: str
    cells: dict[str, Cell]


class Correction(NamedTuple):
    """A published figure that was wrong: its reference within the table, what the table said
    before, what it says since, and why.
    """

    date: date
    figure: str
    before: Decimal
    after: Decimal
    why: str


class Agreement(NamedTuple):
    """A figure of the table and what it must agree with, both as they are written; where they
    differ all the same, ``acknowledged`` tells readers why.
    """

    figure: str
    equals: str
    acknowledged: str


class Table(NamedTuple):
    """A data table. ``path`` is its file; ``review_by`` the day after which it may be out of date.

    ``unit`` and ``total`` are those of the breakdowns.
    """

    id: str
    path: str
    title: str
    description: str
    as_of: date
    review_by: date | None
    source: Source
    remarks: tuple[str, ...] = ()
    unit: str = ""
    total: Decimal | None = None
    breakdowns: tuple[Breakdown, ...] = ()
    columns: tuple[Column, ...] = ()
    records: tuple[Record, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    corrections: tuple[Correction, ...] = ()

    def published(self) -> Table:
        """The table without what no reader sees: its file, and what it is checked against."""
        return self._replace(path="", agreements=())

    def column(self, name: str) -> Column:
        """The column with this id."""
        return next(column for column in self.columns if column.id == name)

    def currency(self, record: Record, column: Column) -> str:
        """The code of the currency of the record's value in the column; empty if not reported."""
        if column.currency.isupper():
            return column.currency
        return str(record.cells.get(column.currency, ""))
