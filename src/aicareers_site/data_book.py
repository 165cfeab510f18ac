"""All data tables of a site together, and what articles show of them."""

from __future__ import annotations

import re
from datetime import datetime, time
from typing import TYPE_CHECKING, NamedTuple

from aicareers_site.data_tables import Amount, ColumnType
from aicareers_site.figure_marks import NOTHING, named

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from datetime import date, tzinfo

    from aicareers_site.data_tables import Correction, Record, Source, Table
    from aicareers_site.figure_marks import NamedFigures
    from aicareers_site.figures import Figure
    from aicareers_site.records import Record as ArticleRecord


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


def mentioned(contents: Iterable[bytes], data: DataBook) -> frozenset[str]:
    """The ids of tables that these files of articles mention anywhere, rightly or wrongly."""
    texts = tuple(contents)
    found = set()
    for name in data.tables:
        word = re.compile(rb"(?<![\w.-])%b(?![\w-])" % re.escape(name.encode()))
        if any(word.search(text) for text in texts):
            found.add(name)
    return frozenset(found)


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


def pay_column(table: Table) -> str:
    """The id of the column of money, empty if there is none."""
    money = (column.id for column in table.columns if column.type is ColumnType.MONEY)
    return next(money, "")


def rows_on(country: str, table: Table) -> Iterator[Record]:
    """The records that are about the country with this code."""
    holders = [one.id for one in table.columns if one.type is ColumnType.COUNTRY]
    for record in table.records:
        if country in (record.cells.get(holder) for holder in holders):
            yield record


def pays(table: Table, country: str) -> Iterator[Pay]:
    """What a table on pay says of a country."""
    column = table.column(pay_column(table))
    for record in rows_on(country, table):
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


def shown_corrections(record: ArticleRecord, data: DataBook, zone: tzinfo) -> tuple[Corrected, ...]:
    """Corrections of what the article shows, made since it was published, newest first.

    ``zone`` is the site's: corrections are dated by its days.
    """
    names = [name for name in record.data_tables if name in data.tables]
    if not any(data.tables[name].corrections for name in names):
        return ()
    shown = _shown_references(record, data)
    found = [
        one
        for name in names
        for one in corrections(data.tables[name], data)
        if _is_among(one.figure.reference, shown)
        and (record.date is None or one.correction.date >= record.date.astimezone(zone).date())
    ]
    return tuple(sorted(found, key=lambda one: one.correction.date, reverse=True))


def _shown_references(record: ArticleRecord, data: DataBook) -> set[str]:
    """References of figures, or beginnings of them, that the article prints, lists or draws."""
    # A table by itself is printed for its date, which shows none of its figures.
    shown = {name for name in record.figures if "." in name}
    for chart in record.charts:
        shown.update(chart.data.figures)
    for _, reference in record.tables:
        table = data.tables.get(reference)
        if not record.profiled or table is None:
            shown.add(reference)
            continue
        shown |= {f"{reference}.{row.id}" for row in rows_on(record.profiled, table)}
    return shown


def _is_among(reference: str, shown: set[str]) -> bool:
    """Whether the figure is shown: itself, as an end of a range or a part of a whole, or in what
    follows from it, the middle of a range and the rest of a breakdown.
    """
    names = reference.split(".")
    beginnings = {".".join(names[:length]) for length in range(1, len(names) + 1)}
    derived = {f"{'.'.join(names[:-1])}.middle", f"{'.'.join(names[:2])}.rest"}
    below = any(one.startswith(f"{reference}.") for one in shown)
    return bool((beginnings | derived) & shown) or below


def corrected(record: ArticleRecord, data: DataBook, zone: tzinfo) -> ArticleRecord:
    """The article, changed on the day of the last correction of what it shows, if not later."""
    days = [one.correction.date for one in shown_corrections(record, data, zone)]
    if not days or max(days) <= record.modified.astimezone(zone).date():
        return record
    moment = datetime.combine(max(days), time(), zone)
    return record._replace(modified=moment)


def shown_data(record: ArticleRecord, data: DataBook, today: date, zone: tzinfo) -> ShownData:
    """What the article's page shows of the tables ``today``, in the site's ``zone``."""
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
            table.published()._replace(
                breakdowns=tuple(chosen),
                records=() if part else table.records,
                review_by=None,
                corrections=(),
            )
        )
    return ShownData(
        tuple(note(data.tables[name], today) for name in record.data_tables),
        tuple(listed),
        tuple(paid),
        shown_corrections(record, data, zone),
    )
