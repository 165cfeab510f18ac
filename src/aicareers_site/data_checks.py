"""Whether data tables agree with each other and with the calendar, and fit the articles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aicareers_site.data_book import DataBook, pay_column
from aicareers_site.data_tables import Amount, ColumnType
from aicareers_site.diagnostics import Diagnostic, Outcome, Severity, did_you_mean
from aicareers_site.figure_expressions import UNTOLD, FigureError, parse
from aicareers_site.figure_marks import hint
from aicareers_site.figure_values import Printing, evaluate
from aicareers_site.figures import Figure, book

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from datetime import date

    from aicareers_site.data_tables import Table
    from aicareers_site.diagnostics import Locate
    from aicareers_site.records import Record

_PAY_COLUMNS = ("role", "place", "basis")


def bind(tables: Iterable[Table], faulty: Collection[str], locate: Locate) -> Outcome[DataBook]:
    """Put the tables together and check them against each other.

    ``faulty`` are the ids of those that cannot be read.

    Codes: ``duplicate-id`` for two tables of one id; ``figure-contradiction`` where figures that
    must agree do not, and all those of :mod:`.figure_expressions`.
    """
    by_id: dict[str, Table] = {}
    diagnostics: list[Diagnostic] = []
    for table in sorted(tables, key=lambda table: table.path):
        first = by_id.setdefault(table.id, table)
        if first is not table:
            diagnostics.append(
                Diagnostic(
                    "duplicate-id",
                    f"'{first.path}' has the id '{table.id}' too",
                    locate(table.path, "id"),
                    "give one of them another 'id'",
                    related=(locate(first.path, "id"),),
                )
            )
    found = DataBook(by_id, book(by_id.values()), faulty)
    for table in by_id.values():
        diagnostics += _disagreements(table, found, locate)
    return Outcome(found, tuple(diagnostics))


def _disagreements(table: Table, data: DataBook, locate: Locate) -> Iterator[Diagnostic]:
    for index, agreement in enumerate(table.agreements):
        values = []
        for key, text in (
            ("figure", f"{table.id}.{agreement.figure}"),
            ("equals", agreement.equals),
        ):
            span = locate(table.path, f"agreements.{index}.{key}")
            try:
                expression = parse(text)
                hints = {
                    name: hint(name, data.figures, data.faulty)
                    for name in expression.references
                    if name not in data.figures
                }
                values.append(_comparable(evaluate(expression, data.figures, hints)))
            except FigureError as error:
                if error.code != UNTOLD:
                    yield Diagnostic(error.code, error.message, span, error.hint)
        if len(values) < 2:
            continue
        place = locate(table.path, f"agreements.{index}.figure")
        agree = values[0] == values[1]
        if not agree and not agreement.acknowledged:
            yield Diagnostic(
                "figure-contradiction",
                f"'{agreement.figure}' and '{agreement.equals}' are not the same "
                f"({_shown(values[0])} and {_shown(values[1])})",
                place,
                "correct one of them, or tell readers why they differ under 'acknowledged'",
            )
        elif agree and agreement.acknowledged:
            yield Diagnostic(
                "nothing-acknowledged",
                "there is no contradiction here to acknowledge",
                locate(table.path, f"agreements.{index}.acknowledged"),
                "leave it out; remarks for readers belong under 'note'",
                Severity.WARNING,
            )


def _comparable(value: Figure | Printing) -> tuple[ColumnType | None, str, Amount | None, str]:
    """What must be the same: for a share, its per cent, rounded as it is printed."""
    if isinstance(value, Printing) and value.format == "as-of":
        return (ColumnType.DATE, "", None, value.figure.as_of)
    if isinstance(value, Printing):
        value = value.rounded()
    kind = ColumnType.PERCENT if value.type is ColumnType.CHANGE else value.type
    unit = "" if kind is ColumnType.PERCENT else value.unit
    return (kind, unit, value.amount and value.amount._replace(median=None), value.text)


def _shown(value: tuple[ColumnType | None, str, Amount | None, str]) -> str:
    kind, unit, amount, text = value
    if amount is None:
        return text
    ends = dict.fromkeys(f"{end:,}" for end in (amount.low, amount.high) if end is not None)
    what = "%" if kind is ColumnType.PERCENT else f" {unit}" if unit else ""
    return " to ".join(ends) + what


def check_tables(record: Record, data: DataBook, locate: Locate) -> Iterator[Diagnostic]:
    """Data tables that the front matter names and that there are not, or not fit for it.

    Codes: ``unknown-table``, ``table-columns``, ``duplicate-table``.
    """
    listed: set[str] = set()
    for field, reference in record.tables:
        name, _, rest = reference.partition(".")
        if listed & {name, reference} or any(one.startswith(f"{reference}.") for one in listed):
            yield Diagnostic(
                "duplicate-table",
                f"'{reference}' is listed twice",
                locate(record.source, field),
                "list each table, or each of its breakdowns, once",
            )
            continue
        listed.add(reference)
        table = data.tables.get(name)
        parts = {one.id for one in table.breakdowns} if table else set()
        if name in data.faulty:
            continue
        span = locate(record.source, field)
        if table is None or (rest and rest not in parts):
            yield Diagnostic(
                "unknown-table",
                f"there is no data table '{reference}'",
                span,
                did_you_mean(rest, parts)
                if table
                else did_you_mean(name, [*data.tables, *data.faulty]),
            )
        elif record.profiled:
            missing = [column for column in _PAY_COLUMNS if column not in _text_columns(table)]
            if ColumnType.COUNTRY not in {column.type for column in table.columns}:
                missing.append("country")
            if not missing and pay_column(table):
                continue
            yield Diagnostic(
                "table-columns",
                f"'{name}' is no table on pay: it needs a column of money, one of type country, "
                "and the texts role, place and basis",
                span,
                f"add {', '.join(missing)}" if missing else "add a column of type money",
            )


def _text_columns(table: Table) -> set[str]:
    return {column.id for column in table.columns if column.type is ColumnType.TEXT}


def check_dates(data: DataBook, today: date, locate: Locate) -> Iterator[Diagnostic]:
    """Tables that were read, and corrections that were made, on a day to come (``future-update``):
    feeds and the sitemap would announce them.
    """
    for table in data.tables.values():
        days = [("source.retrieved", table.source.retrieved)]
        days += [
            (f"corrections.{index}.date", one.date) for index, one in enumerate(table.corrections)
        ]
        for field, day in days:
            if day > today:
                yield Diagnostic(
                    "future-update",
                    f"{day} is still to come",
                    locate(table.path, field),
                    "correct the date",
                )
