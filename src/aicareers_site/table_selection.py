"""What the reference of a chart means: rows of a table.

``table.breakdown`` is a breakdown's parts, ``table.column`` a column of all records, and a table's
id alone its records as places and countries, without numbers.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, TypeVar

from aicareers_site.chart_data import ChartData, ChartRow
from aicareers_site.data_tables import MEASURED, Amount, ColumnType
from aicareers_site.diagnostics import did_you_mean
from aicareers_site.figure_expressions import FigureError
from aicareers_site.wording import uncapitalised

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from aicareers_site.data_tables import Breakdown, Column, Record, Table

_T = TypeVar("_T")


def chart_data(tables: Mapping[str, Table], reference: str, rows: Sequence[str] = ()) -> ChartData:
    """The numbers that ``reference`` means, of ``rows`` alone (ids of records or parts) if given.

    FigureError codes: ``unknown-figure``; ``figure-currency`` where the rows are in several
    currencies, which must not share an axis.
    """
    name, _, rest = reference.partition(".")
    if name not in tables:
        raise _unknown(reference, did_you_mean(name, tables))
    table = tables[name]
    breakdowns = {one.id: one for one in table.breakdowns}
    if rest in breakdowns:
        return _of_parts(table, breakdowns[rest], reference, rows)
    columns = {column.id: column for column in table.columns if column.type in MEASURED}
    if (rest and rest not in columns) or not table.records:
        raise _unknown(reference, did_you_mean(rest, [*breakdowns, *columns]))
    return _of_records(table, columns.get(rest), reference, rows)


def _unknown(reference: str, hint: str) -> FigureError:
    message = f"there is nothing to draw at '{reference}'"
    return FigureError("unknown-figure", message, hint, reference)


def _of_parts(table: Table, breakdown: Breakdown, reference: str, rows: Sequence[str]) -> ChartData:
    parts = _chosen({part.id: part for part in breakdown.parts}, rows)
    whole = None if table.total is None else Amount(table.total, table.total)
    return ChartData(
        reference,
        breakdown.title,
        ColumnType.NUMBER,
        table.unit,
        tuple(ChartRow(part.label, Amount(part.value, part.value), id=part.id) for part in parts),
        table.as_of,
        table.source,
        whole,
        breakdown.rest_label if breakdown.rest and not rows else "",
        (*table.remarks, *breakdown.remarks),
    )


def _of_records(
    table: Table, column: Column | None, reference: str, rows: Sequence[str]
) -> ChartData:
    records = _chosen({record.id: record for record in table.records}, rows)
    unit = "" if column is None else column.unit
    if column is not None and column.type is ColumnType.MONEY:
        unit = _one_currency(table, column, records, reference)
    return ChartData(
        reference,
        f"{table.title}: {uncapitalised(column.label)}" if column is not None else table.title,
        column.type if column is not None else ColumnType.TEXT,
        unit,
        tuple(_row(table, record, column) for record in records),
        table.as_of,
        table.source,
        remarks=table.remarks,
    )


def _one_currency(table: Table, column: Column, records: Iterable[Record], reference: str) -> str:
    codes = {table.currency(record, column) for record in records if column.id in record.cells}
    if len(codes) > 1:
        raise FigureError(
            "figure-currency",
            f"the rows are in {' and '.join(sorted(codes))}, which cannot share an axis",
            "draw a chart for each currency, with rows=… naming its rows",
            reference,
        )
    return next(iter(codes), "")


def _row(table: Table, record: Record, column: Column | None) -> ChartRow:
    by_type: dict[ColumnType, str] = {}
    for one in reversed(table.columns):
        cell = record.cells.get(one.id)
        if isinstance(cell, str | date):
            by_type[one.type] = str(cell)
    amount = record.cells.get(column.id) if column is not None else None
    time = by_type.get(ColumnType.YEAR) or by_type.get(ColumnType.DATE, "")
    return ChartRow(
        record.label,
        amount if isinstance(amount, Amount) else None,
        time,
        by_type.get(ColumnType.TEXT, "") if time else "",
        by_type.get(ColumnType.COUNTRY, ""),
        _place(table, record),
        record.id,
    )


def _place(table: Table, record: Record) -> tuple[float, float] | None:
    found = []
    for kind in (ColumnType.LONGITUDE, ColumnType.LATITUDE):
        column = next((one for one in table.columns if one.type is kind), None)
        cell = record.cells.get(column.id) if column is not None else None
        if not isinstance(cell, Amount) or cell.low is None:
            return None
        found.append(float(cell.low))
    return (found[0], found[1])


def _chosen(entries: Mapping[str, _T], rows: Sequence[str]) -> list[_T]:
    for name in rows:
        if name not in entries:
            message = f"there is no row '{name}'"
            raise FigureError("unknown-figure", message, did_you_mean(name, entries), name)
    return [entries[name] for name in rows] if rows else list(entries.values())
