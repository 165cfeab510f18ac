"""Whether a data table agrees with itself: parts with totals, shares with values, dates, units."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from aicareers_site.data_tables import MEASURED, ColumnType
from aicareers_site.diagnostics import Diagnostic, Severity, did_you_mean
from aicareers_site.models import currencies
from aicareers_site.table_schema import RESERVED, AmountEntry
from aicareers_site.written_values import TWO_NUMBERS, two_numbers_hint

_TWO_NUMBERS = re.compile(r"[1-9][0-9]{0,2}\.[0-9]{3}")

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from aicareers_site.table_schema import BreakdownEntry, ColumnEntry, PartEntry, TableEntry
    from aicareers_site.yaml_tree import Location, Tree


def check(table: TableEntry, tree: Tree, *, whole: bool = True) -> Iterator[Diagnostic]:
    """Contradictions in a table that has the right form; or in what is left of one that has not,
    if it is not ``whole``.

    Codes: ``table-incomplete``, ``reserved-id``, ``date-order``, ``figure-total``,
    ``figure-sum``, ``figure-share``, ``nothing-acknowledged``, ``figure-unit``,
    ``figure-currency``, ``correction``; ``wrong-type`` for what may be read as two numbers.
    """
    yield from _names(table, tree)
    if whole and (form := tuple(_form(table, tree))):
        yield from form
        return
    yield from _dates(table, tree)
    if table.total is not None:
        for name, breakdown in table.breakdowns.items():
            yield from _breakdown(breakdown, table.total, tree, ("breakdowns", name))
    for name, column in table.columns.items():
        yield from _column(table, column, tree, ("columns", name))
    yield from _records(table, tree)
    yield from _corrections(table, tree)


def _form(table: TableEntry, tree: Tree) -> Iterator[Diagnostic]:
    def missing(what: str, location: Location, hint: str) -> Diagnostic:
        return Diagnostic("table-incomplete", what, tree.key_span(location), hint)

    if not table.breakdowns and not table.records and table.total is None:
        yield missing("the table holds no figure", (), "give it 'breakdowns' or 'records'")
    for key in ("total", "unit"):
        if table.breakdowns and getattr(table, key) is None:
            hint = "say what the parts add up to" if key == "total" else "say what is counted"
            yield missing(f"'breakdowns' need a '{key}'", ("breakdowns",), hint)
    if table.records and not table.columns:
        yield missing("'records' need 'columns'", ("records",), "declare each column's type")
    if table.columns and not table.records:
        yield missing("there are 'columns', but no 'records'", ("columns",), "add the rows")
    if "label" in table.columns:
        location = ("columns", "label")
        yield missing("a column cannot be called 'label'", location, "rows have a label anyway")
    if table.review_by and table.max_age:
        yield missing("'review_by' and 'max_age' say the same", ("max_age",), "keep one of the two")


def _names(table: TableEntry, tree: Tree) -> Iterator[Diagnostic]:
    named: list[Location] = [
        (key, name) for key in ("breakdowns", "columns", "records") for name in getattr(table, key)
    ]
    for name, breakdown in table.breakdowns.items():
        named += [("breakdowns", name, "parts", part) for part in breakdown.parts]
    for location in named:
        if location[-1] in RESERVED:
            yield Diagnostic(
                "reserved-id",
                f"'{location[-1]}' cannot be an id: it means something else in references",
                tree.key_span(location),
                "choose another id",
            )

    columns_and_rows = {
        **dict.fromkeys(table.columns, "columns"),
        **dict.fromkeys(table.records, "records"),
    }
    for name in table.breakdowns:
        if other := columns_and_rows.get(name):
            yield Diagnostic(
                "duplicate-id",
                f"a breakdown and one of the {other} have the id '{name}'",
                tree.key_span(("breakdowns", name)),
                "give one of them another id: references could mean either",
                related=(tree.key_span((other, name)),),
            )


def _dates(table: TableEntry, tree: Tree) -> Iterator[Diagnostic]:
    if table.as_of > table.source.retrieved:
        yield Diagnostic(
            "date-order",
            "'as_of' is after the day on which the source was read",
            tree.span(("as_of",)),
            "correct one of the two dates",
        )
    for index, (first, second) in enumerate(
        zip(table.corrections, table.corrections[1:], strict=False), start=1
    ):
        if second.date < first.date:
            yield Diagnostic(
                "date-order",
                "this correction is before the one above it",
                tree.span(("corrections", index, "date")),
                "write the oldest first",
            )


def _breakdown(
    entry: BreakdownEntry, total: Decimal, tree: Tree, location: Location
) -> Iterator[Diagnostic]:
    for name, part in entry.parts.items():
        place = (*location, "parts", name)
        yield from _part(part, total, tree, place)
        if part.value > total:
            yield Diagnostic(
                "figure-total",
                f"this part is above the table's total ({part.value:,} > {total:,})",
                tree.span((*place, "value")),
                "correct the part or the total",
            )
    faults = []
    added = sum((part.value for part in entry.parts.values()), Decimal(0))
    is_part_above = any(part.value > total for part in entry.parts.values())
    if not is_part_above and (added > total or (entry.complete and added != total)):
        faults.append(
            Diagnostic(
                "figure-sum",
                f"the parts add up to {added:,}, and the total is {total:,}",
                tree.key_span((*location, "parts")),
                "correct a part or the total, or write 'complete: false' where the source leaves "
                "a rest"
                if added < total
                else "correct a part or the total, or tell readers why under 'acknowledged'",
            )
        )
    if entry.acknowledged is None:
        yield from faults
        if not entry.complete and added == total:
            yield Diagnostic(
                "figure-sum",
                "the parts leave no rest: they add up to the total",
                tree.span((*location, "complete")),
                "leave 'complete' out",
                Severity.WARNING,
            )
    elif not faults and entry.complete:
        yield _needless(tree, (*location, "acknowledged"))


def _part(part: PartEntry, total: Decimal, tree: Tree, location: Location) -> Iterator[Diagnostic]:
    if part.share is None:
        if part.acknowledged is not None:
            yield _needless(tree, (*location, "acknowledged"))
        return
    exponent = part.share.as_tuple().exponent
    half = Decimal(5).scaleb(min(int(exponent), 0) - 1)
    share = part.value * 100 / total
    if abs(share - part.share) <= half:
        if part.acknowledged is not None:
            yield _needless(tree, (*location, "acknowledged"))
    elif part.acknowledged is None:
        yield Diagnostic(
            "figure-share",
            f"the stated share is {part.share}%, but {part.value:,} of {total:,} is {share:.1f}%",
            tree.span((*location, "share")),
            "correct one of them, or tell readers why they differ under 'acknowledged'",
        )


def _needless(tree: Tree, location: Location) -> Diagnostic:
    return Diagnostic(
        "nothing-acknowledged",
        "there is no contradiction here to acknowledge",
        tree.key_span(location),
        "leave it out; remarks for readers belong under 'note'",
        Severity.WARNING,
    )


def _column(
    table: TableEntry, column: ColumnEntry, tree: Tree, location: Location
) -> Iterator[Diagnostic]:
    code, is_money = column.currency, column.type is ColumnType.MONEY
    if is_money and code is None:
        yield Diagnostic(
            "figure-currency",
            "a column of money needs a 'currency'",
            tree.key_span(location),
            "write a code such as USD, or the id of the column that holds it",
        )
    elif code is not None and not is_money:
        yield Diagnostic(
            "figure-unit",
            f"only money has a currency, and this column's type is {column.type.value}",
            tree.span((*location, "currency")),
            "write 'type: money', or leave 'currency' out",
        )
    elif code is not None and code not in currencies():
        holder = table.columns.get(code)
        if holder is None or holder.type is not ColumnType.CURRENCY:
            holders = [
                name for name, one in table.columns.items() if one.type is ColumnType.CURRENCY
            ]
            yield Diagnostic(
                "unknown-currency",
                f"'{code}' is neither a currency (ISO 4217) nor a column of type currency",
                tree.span((*location, "currency")),
                did_you_mean(code, [*holders, *currencies()] if code.isupper() else holders),
            )
    if column.unit is not None and column.type not in MEASURED - {ColumnType.MONEY}:
        yield Diagnostic(
            "figure-unit",
            f"a column of type {column.type.value} has no unit",
            tree.span((*location, "unit")),
            "leave 'unit' out",
        )


def _records(table: TableEntry, tree: Tree) -> Iterator[Diagnostic]:
    for name, record in table.records.items():
        for key, column in table.columns.items():
            if (
                column.type is ColumnType.MONEY
                and column.currency in table.columns
                and getattr(record, key) is not None
                and getattr(record, column.currency) is None
            ):
                yield Diagnostic(
                    "figure-currency",
                    f"'{key}' is money, and this row does not say in which currency",
                    tree.span(("records", name, key)),
                    f"add '{column.currency}:' and a code such as USD to the row",
                )
    for key, column in table.columns.items():
        if column.type is ColumnType.NUMBER:
            yield from _thousands(table, key, tree)
    yield from _one_currency(table, tree)
    yield from _series(table, tree)


def _thousands(table: TableEntry, key: str, tree: Tree) -> Iterator[Diagnostic]:
    """Numbers such as 1.250 in a column of whole ones, which other languages write for 1,250."""
    numbers = {
        ("records", name, key, *end): value
        for name, record in table.records.items()
        for end, value in _ends(getattr(record, key)).items()
    }
    doubtful = [one for one, value in numbers.items() if _TWO_NUMBERS.fullmatch(str(value))]
    others = [value for one, value in numbers.items() if one not in doubtful]
    if others and all(value == value.to_integral_value() for value in others):
        for location in doubtful:
            written = str(numbers[location])
            yield Diagnostic(
                "wrong-type",
                f"{TWO_NUMBERS.format(value=written)}: the others of this column are whole",
                tree.span(location),
                two_numbers_hint(written),
            )


def _one_currency(table: TableEntry, tree: Tree) -> Iterator[Diagnostic]:
    """Rows that are about the same (role, place, country, ...) must be in one currency."""
    holder = next(
        (name for name, one in table.columns.items() if one.type is ColumnType.CURRENCY), None
    )
    named = {ColumnType.TEXT, ColumnType.COUNTRY, ColumnType.YEAR, ColumnType.DATE}
    keys = [name for name, column in table.columns.items() if column.type in named]
    if holder is None or not keys:
        return
    seen: dict[tuple[Any, ...], tuple[str, str]] = {}
    for name, record in table.records.items():
        currency = getattr(record, holder)
        if currency is None:
            continue
        about = tuple(getattr(record, key) for key in keys)
        first, code = seen.setdefault(about, (name, currency))
        if code != currency:
            yield Diagnostic(
                "figure-currency",
                f"this row is in {currency}; '{first}', a row about the same thing, is in {code}",
                tree.span(("records", name, holder)),
                "use one currency, or say in a column what tells the rows apart",
                related=(tree.span(("records", first, holder)),),
            )


def _series(table: TableEntry, tree: Tree) -> Iterator[Diagnostic]:
    """A series over time goes forward, and has one row for each moment of each thing."""
    times = [
        name
        for name, column in table.columns.items()
        if column.type in {ColumnType.YEAR, ColumnType.DATE}
    ]
    if len(times) != 1:
        return
    named = {ColumnType.TEXT, ColumnType.COUNTRY, ColumnType.CURRENCY}
    keys = [name for name, column in table.columns.items() if column.type in named]
    last: dict[tuple[Any, ...], Any] = {}
    for name, record in table.records.items():
        moment = getattr(record, times[0])
        if moment is None:
            continue
        thing = tuple(getattr(record, key) for key in keys)
        if thing in last and moment <= last[thing]:
            yield Diagnostic(
                "date-order",
                f"{moment} must be later than {last[thing]}, which stands above it",
                tree.span(("records", name, times[0])),
                "put the oldest row first, and each year or date only once",
            )
        last[thing] = moment


def _corrections(table: TableEntry, tree: Tree) -> Iterator[Diagnostic]:
    figures = _values(table)
    latest = {correction.figure: index for index, correction in enumerate(table.corrections)}
    said: dict[str, Decimal] = {}
    for index, correction in enumerate(table.corrections):
        place = ("corrections", index)
        value = figures.get(correction.figure)
        if correction.figure not in figures:
            yield Diagnostic(
                "unknown-figure",
                f"this table has no figure '{correction.figure}'",
                tree.span((*place, "figure")),
                did_you_mean(correction.figure, figures),
            )
        elif said.get(correction.figure, correction.before) != correction.before:
            yield Diagnostic(
                "correction",
                f"the correction above ends with {said[correction.figure]}, not with "
                f"{correction.before}",
                tree.span((*place, "before")),
                f"write {said[correction.figure]} here, or mend the correction above",
            )
        elif correction.before == correction.after:
            yield Diagnostic(
                "correction",
                "the figure is the same before and after",
                tree.span((*place, "after")),
                "say what it was, and what it is now",
            )
        elif latest[correction.figure] == index and value != correction.after:
            yield Diagnostic(
                "correction",
                f"the figure was corrected to {correction.after:,}, but is {value:,}",
                tree.span((*place, "after")),
                "correct the figure too, or add a newer correction",
            )
        said[correction.figure] = correction.after


def _values(table: TableEntry) -> Mapping[str, Decimal]:
    """Every single number of the table by its reference within it."""
    values: dict[str, Decimal] = {}
    if table.total is not None:
        values["total"] = table.total
    for name, breakdown in table.breakdowns.items():
        for key, part in breakdown.parts.items():
            values[f"{name}.{key}"] = part.value
    for name, record in table.records.items():
        for key in table.columns:
            for end, value in _ends(getattr(record, key)).items():
                values[".".join([name, key, *end])] = value
    return values


def _ends(cell: Any) -> dict[tuple[str, ...], Decimal]:
    """The numbers of a cell: one without a name, or those of a range by theirs."""
    if not isinstance(cell, AmountEntry):
        return {}
    if cell.low == cell.high and cell.low is not None:
        return {(): cell.low}
    ends = {"low": cell.low, "median": cell.median, "high": cell.high}
    return {(end,): value for end, value in ends.items() if value is not None}
