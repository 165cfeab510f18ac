"""The files of a data table for spreadsheets and programs: CSV (RFC 4180) and JSON (RFC 8259).

The CSV has a row for every part of a total, for the total itself and for every record. ``row_id``
is the reference of the figure or record within the table; with ``label`` it is the only column
that parts and records share, unless a column of the records has one of the other names:

- of parts: ``breakdown`` (the property), ``value``, ``unit``, ``share`` and ``stated_share``;
- of records: the columns of the table by their ids. One that holds ranges is divided into
  ``<id>_low``, ``<id>_median`` (where one is known) and ``<id>_high``; ``<id>_unit`` is what its
  numbers count, the code of their currency, or ``%``.

Shares are in per cent: ``share`` is computed, with four decimals, and ``stated_share`` is the
source's own. An empty cell is not reported. Ids have no underscores, so that no column of a table
can have a name of those that have one.

A spreadsheet takes a text that begins with ``=``, ``+``, ``-`` or ``@`` for a formula; in the CSV
such a text has an apostrophe before it, which the JSON has not. Numbers stay as they are.
"""

from __future__ import annotations

import csv
import json
from io import StringIO
from typing import TYPE_CHECKING, Any, NamedTuple

from aicareers_site.data_tables import MEASURED, Amount, ColumnType
from aicareers_site.results import Made
from aicareers_site.urls import DATA
from aicareers_site.wording import share

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date
    from decimal import Decimal

    from aicareers_site.data_tables import Breakdown, Cell, Column, Correction, Record, Table
    from aicareers_site.urls import Urls

FORMATS = {"csv": "text/csv", "json": "application/json"}
"""The formats by the ends of their files' names, with their media types."""

_SHARE_DECIMALS = 4
_NUMBERS = MEASURED | {ColumnType.LATITUDE, ColumnType.LONGITUDE}
_RATIOS = frozenset({ColumnType.PERCENT, ColumnType.CHANGE})
# As OWASP lists them ("CSV Injection"); the wide forms count where East Asian input is used.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


class Job(NamedTuple):
    """A file to be written: the table in the ``format``. ``url`` is the table's own page."""

    format: str
    table: Table
    url: str


def page_path(table: str) -> str:
    """The path of the page of the table with this id."""
    return f"{DATA}{table}/"


def file_path(table: str, form: str) -> str:
    """The path of the file in the format ``form`` of the table with this id."""
    return f"{DATA}{table}.{form}"


def jobs(tables: Iterable[Table], urls: Urls) -> dict[str, Job]:
    """All files of the tables, by their paths on the site."""
    return {
        file_path(table.id, form): Job(form, table.published(), urls.url(page_path(table.id)))
        for table in tables
        for form in FORMATS
    }


def claims(tables: Iterable[Table]) -> Iterator[tuple[str, str, str]]:
    """The paths on the site of all files, each with the source and the field that give it."""
    for table in tables:
        for form in FORMATS:
            yield file_path(table.id, form), table.path, "id"


def written(job: Job) -> Made[None]:
    """The file's bytes."""
    text = to_csv(job.table) if job.format == "csv" else to_json(job.table, job.url)
    return Made(None, text.encode())


def to_csv(table: Table) -> str:
    """The table as CSV with a header row; lines end as RFC 4180 asks, with CR and LF."""
    shapes = [_shape(table, column) for column in table.columns]
    rows = [*_figure_rows(table), *(_record_row(record, shapes) for record in table.records)]
    text = StringIO()
    writer = csv.DictWriter(text, dict.fromkeys(name for row in rows for name in row), restval="")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def _figure_rows(table: Table) -> Iterator[dict[str, str]]:
    def row(
        name: str, breakdown: str, label: str, value: Decimal, stated: Decimal | None = None
    ) -> dict[str, str]:
        return {
            "row_id": name,
            "breakdown": _guarded(breakdown),
            "label": _guarded(label),
            "value": _plain(value),
            "unit": _guarded(table.unit),
            "share": _plain(share(value, table.total or value, _SHARE_DECIMALS)),
            "stated_share": _plain(stated),
        }

    if table.total is not None:
        yield row("total", "", "Total", table.total)
    for breakdown in table.breakdowns:
        for part in breakdown.parts:
            name = f"{breakdown.id}.{part.id}"
            yield row(name, breakdown.title, part.label, part.value, part.stated)
        if breakdown.rest:
            name = f"{breakdown.id}.rest"
            yield row(name, breakdown.title, breakdown.rest_label, breakdown.rest)


class _Shape(NamedTuple):
    """How many cells a column takes: one, or those of a range, with a median or without."""

    column: Column
    has_ranges: bool
    has_medians: bool


def _shape(table: Table, column: Column) -> _Shape:
    cells = (record.cells.get(column.id) for record in table.records)
    amounts = [cell for cell in cells if isinstance(cell, Amount)]
    has_medians = any(amount.median is not None for amount in amounts)
    return _Shape(column, has_medians or any(one.is_range for one in amounts), has_medians)


def _record_row(record: Record, shapes: Iterable[_Shape]) -> dict[str, str]:
    row = {"row_id": record.id, "label": _guarded(record.label)}
    for shape in shapes:
        name, cell = shape.column.id, record.cells.get(shape.column.id)
        if shape.column.type in _NUMBERS:
            row |= _number_cells(shape, cell)
        else:
            row[name] = "" if cell is None else _guarded(str(cell))
    return row


def _number_cells(shape: _Shape, cell: Cell | None) -> dict[str, str]:
    amount = cell if isinstance(cell, Amount) else Amount(None, None)
    name = shape.column.id
    if shape.has_ranges:
        cells = {f"{name}_low": _plain(amount.low)}
        if shape.has_medians:
            cells[f"{name}_median"] = _plain(amount.median)
        cells[f"{name}_high"] = _plain(amount.high)
    else:
        cells = {name: _plain(amount.low)}
    if unit := unit_of(shape.column):
        cells[f"{name}_unit"] = _guarded(unit)
    return cells


def unit_of(column: Column) -> str:
    """What the column's numbers count, the code of their currency, or ``%``; empty where that is
    not said, or where another column says it.
    """
    if column.currency.isupper():
        return column.currency
    return column.unit or ("%" if column.type in _RATIOS else "")


def variables(table: Table) -> Iterator[tuple[str, str]]:
    """What the table measures, with the units."""
    for breakdown in table.breakdowns:
        yield breakdown.title, table.unit
    if table.records:
        for column in table.columns:
            if column.type in MEASURED:
                yield column.label, unit_of(column)


def _plain(number: Decimal | None) -> str:
    """The number with the decimals that it has, never with an exponent."""
    return "" if number is None else f"{number:f}"


def _guarded(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text


def to_json(table: Table, url: str) -> str:
    """The table as JSON, with all that its page at ``url`` says of it; null is not reported."""
    source = table.source
    document = {
        "id": table.id,
        "title": table.title,
        "description": table.description,
        "url": url,
        "source": {
            "name": source.name,
            "url": source.url,
            "published": _day(source.published),
            "retrieved": _day(source.retrieved),
        },
        "as_of": _day(table.as_of),
        "review_by": _day(table.review_by),
        "remarks": table.remarks,
        "unit": table.unit or None,
        "total": _number(table.total),
        "breakdowns": [_breakdown(table, breakdown) for breakdown in table.breakdowns],
        "columns": [
            {
                "id": column.id,
                "label": column.label,
                "type": column.type,
                "unit": column.unit or None,
                "currency": column.currency or None,
            }
            for column in table.columns
        ],
        "records": [_record(table, record) for record in table.records],
        "corrections": [_correction(one) for one in table.corrections],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _breakdown(table: Table, breakdown: Breakdown) -> dict[str, Any]:
    def entry(
        name: str, label: str, value: Decimal, stated: Decimal | None = None
    ) -> dict[str, Any]:
        return {
            "id": name,
            "label": label,
            "value": _number(value),
            "share": _number(share(value, table.total or value, _SHARE_DECIMALS)),
            "stated_share": _number(stated),
        }

    parts = [entry(part.id, part.label, part.value, part.stated) for part in breakdown.parts]
    return {
        "id": breakdown.id,
        "title": breakdown.title,
        "remarks": breakdown.remarks,
        "parts": parts,
        "rest": entry("rest", breakdown.rest_label, breakdown.rest) if breakdown.rest else None,
    }


def _record(table: Table, record: Record) -> dict[str, Any]:
    return {
        "id": record.id,
        "label": record.label,
        "values": {column.id: _value(record.cells.get(column.id)) for column in table.columns},
    }


def _correction(correction: Correction) -> dict[str, Any]:
    return {
        "date": _day(correction.date),
        "figure": correction.figure,
        "before": _number(correction.before),
        "after": _number(correction.after),
        "why": correction.why,
    }


def _value(cell: Cell | None) -> Any:
    """A number stands for itself, a range for its ends and its median."""
    if not isinstance(cell, Amount):
        return None if cell is None else str(cell)
    if cell.is_range or cell.median is not None:
        return {name: _number(end) for name, end in cell._asdict().items()}
    return _number(cell.low)


def _number(number: Decimal | None) -> int | float | None:
    if number is None:
        return None
    # Of a fraction a float keeps 15 digits at least, as most readers of JSON do (RFC 8259, 6).
    return int(number) if number == number.to_integral_value() else float(number)


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
