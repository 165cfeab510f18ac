"""All data tables of a site together, and what articles show of them."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING, NamedTuple

from aicareers_site.data_tables import Amount, ColumnType
from aicareers_site.diagnostics import Diagnostic, Outcome, Severity, did_you_mean
from aicareers_site.figure_expressions import UNTOLD, FigureError, parse
from aicareers_site.figure_marks import NOTHING, named
from aicareers_site.figure_values import Printing, evaluate
from aicareers_site.figures import Figure, book

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from datetime import date

    from aicareers_site.data_tables import Correction, Record, Source, Table
    from aicareers_site.diagnostics import Locate
    from aicareers_site.figure_marks import NamedFigures
    from aicareers_site.records import Record as ArticleRecord

_PAY_COLUMNS = ("role", "place", "basis")


class DataBook(NamedTuple):
    """The tables by their ids, their figures by reference, and the ids of those with errors."""

    tables: Mapping[str, Table]
    figures: Mapping[str, Figure]
    faulty: Collection[str] = ()


class Note(NamedTuple):
    """Where the figures of a table come from. ``is_due`` tells that they may be out of date."""

    id: str
    title: str
    as_of: date
    source: Source
    is_due: bool


class Pay(NamedTuple):
    """What a role is paid in a country; no ``amount`` where it is not reported."""

    role: str
    place: str
    basis: str
    note: str
    amount: Amount | None
    currency: str
    as_of: date
    table: str
    source: str


class Corrected(NamedTuple):
    """A correction with the figure that it is about, as it is now."""

    table: str
    title: str
    figure: Figure
    label: str
    correction: Correction


class ShownData(NamedTuple):
    """What an article's page shows of the data tables, besides the figures in its texts.

    ``notes`` are on all tables of which it shows something, ``tables`` those that it lists, with
    what it lists of them; ``pays`` are what roles are paid in the country that it profiles, and
    ``corrections`` those of its figures.
    """

    notes: tuple[Note, ...] = ()
    tables: tuple[Table, ...] = ()
    pays: tuple[Pay, ...] = ()
    corrections: tuple[Corrected, ...] = ()


NOTHING_SHOWN = ShownData()


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
                mentioned = named(f"{{{{{text}}}}}", data.figures, data.tables, data.faulty)
                value = evaluate(parse(text), data.figures, dict(mentioned.hints))
                values.append(_comparable(value))
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


def mentioned(contents: Iterable[bytes], data: DataBook) -> frozenset[str]:
    """The ids of tables of which these articles, which cannot be read, may show something."""
    texts = tuple(contents)
    return frozenset(name for name in data.tables if any(name.encode() in text for text in texts))


def without(names: Collection[str], data: DataBook) -> DataBook:
    """What is left without these tables: only unpublished articles show something of them, and
    nothing of such an article may be published.
    """
    if not names:
        return data
    tables = {name: table for name, table in data.tables.items() if name not in names}
    figures = {name: one for name, one in data.figures.items() if one.table in tables}
    return DataBook(tables, figures, data.faulty)


def named_in(content: bytes, data: DataBook) -> NamedFigures:
    """The figures and charts that an article's file names."""
    if b"{{" not in content:
        return NOTHING
    return named(content.decode("utf-8", "replace"), data.figures, data.tables, data.faulty)


def check_tables(record: ArticleRecord, data: DataBook, locate: Locate) -> Iterator[Diagnostic]:
    """Data tables that the front matter names and that there are not, or not fit for it.

    Codes: ``unknown-table``, ``table-columns``.
    """
    for field, reference in record.tables:
        name, _, rest = reference.partition(".")
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
                did_you_mean(rest, parts) if table else did_you_mean(name, data.tables),
            )
        elif record.profiled:
            missing = [column for column in _PAY_COLUMNS if column not in _text_columns(table)]
            if ColumnType.COUNTRY not in {column.type for column in table.columns}:
                missing.append("country")
            if not missing and _pay_column(table):
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


def _pay_column(table: Table) -> str:
    money = (column.id for column in table.columns if column.type is ColumnType.MONEY)
    return next(money, "")


def pays(table: Table, country: str) -> Iterator[Pay]:
    """What a table on pay says of a country."""
    column = table.column(_pay_column(table))
    holders = [one.id for one in table.columns if one.type is ColumnType.COUNTRY]
    for record in table.records:
        if country not in (record.cells.get(holder) for holder in holders):
            continue
        amount = record.cells.get(column.id)
        yield Pay(
            _text(record, "role"),
            _text(record, "place"),
            _text(record, "basis"),
            _text(record, "note"),
            amount if isinstance(amount, Amount) else None,
            table.currency(record, column),
            table.as_of,
            table.id,
            table.source.name,
        )


def _text(record: Record, name: str) -> str:
    return str(record.cells.get(name, ""))


def is_due(table: Table, today: date) -> bool:
    """Whether the table may be out of date."""
    return table.review_by is not None and today > table.review_by


def note(table: Table, today: date) -> Note:
    """Where the table's figures come from."""
    return Note(table.id, table.title, table.as_of, table.source, is_due(table, today))


def corrections(table: Table, data: DataBook) -> tuple[Corrected, ...]:
    """The table's corrections, newest first."""
    return tuple(
        Corrected(
            table.id,
            table.title,
            data.figures[f"{table.id}.{one.figure}"],
            label(table, one.figure),
            one,
        )
        for one in reversed(table.corrections)
    )


def label(table: Table, reference: str) -> str:
    """What readers call that which ``reference`` names within the table: Seniority: Senior.

    It may be a figure, or a breakdown, record or column as a whole.
    """
    first, _, rest = reference.partition(".")
    for breakdown in table.breakdowns:
        if breakdown.id == first:
            labels = {part.id: part.label for part in breakdown.parts}
            words = labels.get(rest, breakdown.rest_label)
            return f"{breakdown.title}: {words}" if rest else breakdown.title
    for record in table.records:
        if record.id == first:
            column, _, end = rest.partition(".")
            words = f"{record.label}: {table.column(column).label}" if column else record.label
            return f"{words} ({end})" if end else words
    return next((column.label for column in table.columns if column.id == first), "Total")


def shown_corrections(record: ArticleRecord, data: DataBook) -> tuple[Corrected, ...]:
    """Corrections of what the article shows, made since it was published, newest first."""
    names = [name for name in record.data_tables if name in data.tables]
    if not any(data.tables[name].corrections for name in names):
        return ()
    shown = _shown_references(record, data)
    found = [
        one
        for name in names
        for one in corrections(data.tables[name], data)
        if _is_among(one.figure.reference, shown)
        and (record.date is None or one.correction.date >= record.date.date())
    ]
    return tuple(sorted(found, key=lambda one: one.correction.date, reverse=True))


def _shown_references(record: ArticleRecord, data: DataBook) -> set[str]:
    """References of figures, or beginnings of them, that the article prints, lists or draws."""
    # A table by itself is printed for its date, which shows none of its figures.
    shown = {name for name in record.figures if "." in name}
    shown |= {chart.data.reference for chart in record.charts}
    for _, reference in record.tables:
        table = data.tables.get(reference)
        if not record.profiled or table is None:
            shown.add(reference)
            continue
        shown |= {
            f"{reference}.{row.id}"
            for row in table.records
            if record.profiled in row.cells.values()
        }
    return shown


def _is_among(reference: str, shown: set[str]) -> bool:
    """Whether the figure itself, a range that it is an end of, or its column is shown."""
    names = reference.split(".")
    beginnings = {".".join(names[:length]) for length in range(1, len(names) + 1)}
    column = ".".join([names[0], *names[2:3]])
    below = any(one.startswith(f"{reference}.") for one in shown)
    return bool(beginnings & shown) or (len(names) > 2 and column in shown) or below


def corrected(record: ArticleRecord, data: DataBook) -> ArticleRecord:
    """The article, changed on the day of the last correction of what it shows, if not later."""
    days = [one.correction.date for one in shown_corrections(record, data)]
    if not days or max(days) <= record.modified.date():
        return record
    moment = datetime.combine(max(days), time(), record.modified.tzinfo)
    return record._replace(modified=moment)


def shown_data(record: ArticleRecord, data: DataBook, today: date) -> ShownData:
    """What the article's page shows of the tables ``today``."""
    if not record.data_tables:
        return NOTHING_SHOWN
    listed: list[Table] = []
    paid: list[Pay] = []
    for _, reference in record.tables:
        name, _, part = reference.partition(".")
        table = data.tables[name]
        if record.profiled:
            paid += pays(table, record.profiled)
            continue
        chosen = [one for one in table.breakdowns if part in {"", one.id}]
        # Of the table, no more than what is listed: a page is made anew when that changes.
        listed.append(
            table._replace(
                breakdowns=tuple(chosen),
                records=() if part else table.records,
                review_by=None,
                agreements=(),
                corrections=(),
            )
        )
    return ShownData(
        tuple(note(data.tables[name], today) for name in record.data_tables),
        tuple(listed),
        tuple(paid),
        shown_corrections(record, data),
    )
