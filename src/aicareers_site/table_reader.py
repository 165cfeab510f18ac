"""From a data file to a table: YAML, its model, and the checks of what it says about itself."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from aicareers_site import documents
from aicareers_site.data_tables import (
    Agreement,
    Amount,
    Breakdown,
    Cell,
    Column,
    ColumnType,
    Correction,
    Part,
    Record,
    Source,
    Table,
)
from aicareers_site.diagnostics import Diagnostic, Outcome, Span, has_errors
from aicareers_site.figure_marks import OPENING
from aicareers_site.slugs import SLUG_PATTERN, slug
from aicareers_site.table_checks import check
from aicareers_site.table_recovery import recovered
from aicareers_site.table_schema import AmountEntry, TableEntry, with_columns
from aicareers_site.typography import smarten
from aicareers_site.validation import validate
from aicareers_site.wording import in_words

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from decimal import Decimal

    from aicareers_site.content_parts import Publication
    from aicareers_site.table_schema import BreakdownEntry, ColumnEntry
    from aicareers_site.yaml_tree import Tree

_WHAT = "a data table"


def read(path: str, content: bytes) -> Outcome[Table | None]:
    """Read the data file at ``path``; None where it has an error.

    Codes, besides those of YAML, models and :mod:`.table_checks`: ``invalid-file-name``.
    """
    parsed = documents.parse_yaml(path, content)
    tree = parsed.value
    if tree is None:
        return Outcome(None, parsed.diagnostics)
    model = _model(tree)
    outcome = validate(model, tree, what=_WHAT)
    found = [*parsed.diagnostics, *outcome.diagnostics]
    entry = outcome.value
    if entry is None:
        return Outcome(None, (*found, *_besides(model, tree, found)))
    name = entry.id or PurePosixPath(path).stem
    if not re.fullmatch(SLUG_PATTERN, name):
        meant = slug(name)
        hint = f"rename it to {meant}.yaml" if meant else "give the table an 'id'"
        message = f"the file's name '{name}' cannot be an id"
        found.append(Diagnostic("invalid-file-name", message, Span(path), hint))
    found += check(entry, tree)
    found += _marks(tree)
    if has_errors(found):
        return Outcome(None, tuple(found))
    return Outcome(_table(entry, name, path), tuple(found))


def _besides(
    model: type[TableEntry], tree: Tree, found: Collection[Diagnostic]
) -> Iterator[Diagnostic]:
    """What is wrong with a table besides the errors that were ``found``."""
    known = {one.span for one in found}
    yield from (one for one in _marks(tree) if one.span not in known)
    if left := recovered(model, tree.data):
        yield from check(left.entry, tree, whole=left.whole)


def _marks(tree: Tree) -> Iterator[Diagnostic]:
    """Figures in the texts of a table, which is where figures come from."""
    for location, text in tree.texts():
        if OPENING.search(text):
            yield Diagnostic(
                "figure-place",
                "a data table cannot name figures",
                tree.span(location),
                "say it without the number, or write the number",
            )


def _model(tree: Tree) -> type[TableEntry]:
    """The model with the columns that the file itself declares, as far as they make sense."""
    data = tree.data if isinstance(tree.data, dict) else {}
    columns = data.get("columns")
    known = {kind.value: kind for kind in ColumnType}
    types = {
        name: column.get("type")
        for name, column in (columns.items() if isinstance(columns, dict) else ())
        if isinstance(column, dict) and name != "label"
    }
    declared = [
        (name, known[kind])
        for name, kind in types.items()
        if isinstance(kind, str) and kind in known
    ]
    if not declared:
        return TableEntry
    vague = tuple(name for name in types if name not in dict(declared))
    return with_columns(tuple(declared), vague)


def _table(entry: TableEntry, name: str, path: str) -> Table:
    columns = tuple(_column(key, column) for key, column in entry.columns.items())
    due = entry.review_by
    if entry.max_age is not None:
        due = entry.as_of + timedelta(days=entry.max_age)
    return Table(
        name,
        path,
        smarten(entry.title),
        smarten(entry.description),
        entry.as_of,
        due,
        _source(entry.source),
        _remarks(entry.note, *(agreement.acknowledged for agreement in entry.agreements)),
        smarten(entry.unit or ""),
        entry.total,
        tuple(
            _breakdown(key, breakdown, entry.total)
            for key, breakdown in entry.breakdowns.items()
            if entry.total is not None
        ),
        columns,
        tuple(_record(key, record, columns) for key, record in entry.records.items()),
        tuple(
            Agreement(one.figure, one.equals, smarten(one.acknowledged or ""))
            for one in entry.agreements
        ),
        tuple(
            Correction(one.date, one.figure, one.before, one.after, smarten(one.why))
            for one in entry.corrections
        ),
    )


def _source(source: Publication) -> Source:
    return Source(smarten(source.name), source.url, source.published, source.retrieved)


def _breakdown(name: str, entry: BreakdownEntry, total: Decimal) -> Breakdown:
    parts = tuple(
        Part(key, smarten(part.label or in_words(key)), part.value, part.share)
        for key, part in entry.parts.items()
    )
    rest = total - sum(part.value for part in parts)
    acknowledged = (part.acknowledged for part in entry.parts.values())
    return Breakdown(
        name,
        smarten(entry.title),
        parts,
        rest if rest > 0 else total * 0,
        smarten(entry.rest),
        _remarks(entry.note, entry.acknowledged, *acknowledged),
    )


def _column(name: str, entry: ColumnEntry) -> Column:
    return Column(
        name,
        smarten(entry.label or in_words(name)),
        entry.type,
        smarten(entry.unit or ""),
        entry.currency or "",
    )


def _record(name: str, values: Any, columns: Iterable[Column]) -> Record:
    cells: dict[str, Cell] = {}
    for column in columns:
        value = getattr(values, column.id)
        if value is not None:
            cells[column.id] = _cell(column.type, value)
    return Record(name, smarten(values.label or in_words(name)), cells)


def _cell(kind: ColumnType, value: Any) -> Cell:
    if isinstance(value, AmountEntry):
        return Amount(value.low, value.high, value.median)
    if kind in {ColumnType.LATITUDE, ColumnType.LONGITUDE}:
        return Amount(value, value)
    if kind is ColumnType.DATE:
        day: Cell = value
        return day
    return smarten(str(value)) if kind is ColumnType.TEXT else str(value)


def _remarks(*texts: str | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys(smarten(text) for text in texts if text))
