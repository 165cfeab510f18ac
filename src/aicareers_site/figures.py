"""Every figure of the data tables by its reference, with all that is needed to print it.

``ml-jobs-2026.seniority.senior`` is a part, ``ml-jobs-2026.seniority.rest`` what the parts leave,
``ml-jobs-2026.total`` the total; ``ml-pay-2026.entry.pay`` is a record's value, and of a range
``….low``, ``….high``, ``….median`` and ``….middle`` are its ends, its median, and the number half
way between the ends. A table's id alone stands for the table and its date.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from aicareers_site.data_tables import MEASURED, Amount, ColumnType

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from decimal import Decimal

    from aicareers_site.data_tables import Breakdown, Cell, Column, Record, Table

_COORDINATES = frozenset({ColumnType.LATITUDE, ColumnType.LONGITUDE})


class Figure(NamedTuple):
    """A figure, or another value of a table, as articles may refer to it.

    ``type`` tells what it is; None stands for a table as a whole. An amount has a ``unit``: the
    code of a currency, or what is counted. ``text`` is a value that is no amount, days as ISO 8601.
    ``whole`` is what a part is a part of. ``as_of`` is the day for which it holds, ISO 8601. One
    that is ``calculated`` may have any number of decimals, and is printed without them.
    """

    reference: str
    type: ColumnType | None
    amount: Amount | None = None
    text: str = ""
    unit: str = ""
    whole: Decimal | None = None
    as_of: str = ""
    calculated: bool = False

    @property
    def table(self) -> str:
        """The id of the table that it belongs to."""
        return self.reference.partition(".")[0]


def figures_of(table: Table) -> Iterator[Figure]:
    """Every figure of the table, by the order of the file."""
    as_of = table.as_of.isoformat()
    yield Figure(table.id, None, text=table.title, as_of=as_of)
    if table.total is not None:
        total = Amount(table.total, table.total)
        yield Figure(
            f"{table.id}.total", ColumnType.NUMBER, total, "", table.unit, table.total, as_of
        )
    for breakdown in table.breakdowns:
        yield from _parts(table, breakdown, as_of)
    for record in table.records:
        for column in table.columns:
            if column.id in record.cells:
                yield from _cell(table, record, column, record.cells[column.id], as_of)


def book(tables: Iterable[Table]) -> dict[str, Figure]:
    """The figures of all tables by reference."""
    return {figure.reference: figure for table in tables for figure in figures_of(table)}


def _parts(table: Table, breakdown: Breakdown, as_of: str) -> Iterator[Figure]:
    values = {part.id: part.value for part in breakdown.parts}
    if breakdown.rest:
        values["rest"] = breakdown.rest
    for name, value in values.items():
        yield Figure(
            f"{table.id}.{breakdown.id}.{name}",
            ColumnType.NUMBER,
            Amount(value, value),
            "",
            table.unit,
            table.total,
            as_of,
        )


def _cell(table: Table, record: Record, column: Column, cell: Cell, as_of: str) -> Iterator[Figure]:
    name = f"{table.id}.{record.id}.{column.id}"
    if not isinstance(cell, Amount):
        yield Figure(name, column.type, text=str(cell), as_of=as_of)
        return
    kind = ColumnType.NUMBER if column.type in _COORDINATES else column.type
    unit = table.currency(record, column) if kind is ColumnType.MONEY else column.unit
    yield Figure(name, kind, cell, "", unit, None, as_of)
    if cell.is_range:
        for end, value in _ends(cell).items():
            yield Figure(f"{name}.{end}", kind, Amount(value, value), "", unit, None, as_of)


def _ends(amount: Amount) -> Mapping[str, Decimal]:
    ends = {"low": amount.low, "high": amount.high, "median": amount.median}
    if amount.low is not None and amount.high is not None:
        ends["middle"] = (amount.low + amount.high) / 2
    return {name: value for name, value in ends.items() if value is not None}


def is_measured(figure: Figure) -> bool:
    """Whether one can calculate with the figure."""
    return figure.type in MEASURED and figure.amount is not None
