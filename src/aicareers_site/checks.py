"""What a check looks at besides what a build does: how old figures are, and which are typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aicareers_site import documents, figure_lint, freshness, kinds, tables
from aicareers_site.data_book import DataBook, named_in
from aicareers_site.diagnostics import as_notes
from aicareers_site.figure_lint_known import Index
from aicareers_site.figures import book

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from aicareers_site.diagnostics import Diagnostic
    from aicareers_site.executor import Executor


def articles(files: Iterable[str]) -> list[str]:
    """The paths of the articles among the ``files``, without the pages outside the blog."""
    return [
        path
        for path in files
        if path.endswith(".md") and kinds.kind_of(path) not in {None, kinds.Kind.PAGE}
    ]


def ages(files: Mapping[str, bytes], data: DataBook, today: date) -> tuple[Diagnostic, ...]:
    """What :mod:`.freshness` says of the data tables; ``files`` are all sources (bytes by path)."""
    due = [table for table in data.tables.values() if freshness.soon_due(table, today)]
    named_by: dict[str, list[str]] = {}
    for path in articles(files) if due else ():
        for name in dict.fromkeys(_named(path, files[path], data)):
            named_by.setdefault(name, []).append(path)
    return tuple(freshness.check(due, files, named_by, today))


def _named(path: str, content: bytes, data: DataBook) -> Iterator[str]:
    """The ids of the data tables that an article names."""
    named = named_in(content, data)
    yield from (figure.table for figure in named.figures)
    yield from (reference.partition(".")[0] for (reference, _), _ in named.charts)
    if document := documents.parse(path, content).value:
        yield from figure_lint.listed_tables(document.front_matter)


def hand_written(
    files: Mapping[str, bytes], data: DataBook, language: str, *, drafts: bool
) -> tuple[Diagnostic, ...]:
    """What :mod:`.figure_lint` says of the articles among the source ``files``.

    ``language`` is the site's. What is to say of drafts are notes, unless ``drafts`` are published
    too. While a table cannot be read, nothing is said: its figures would seem to be unknown.
    """
    return () if data.faulty else tuple(_linted(files, data, language, drafts=drafts))


def _linted(
    files: Mapping[str, bytes], data: DataBook, language: str, *, drafts: bool
) -> Iterator[Diagnostic]:
    index = Index(data, language)
    for path in filter(figure_lint.is_linted, files):
        if document := documents.parse(path, files[path]).value:
            found = figure_lint.lint(document, index, language)
            draft = str(document.front_matter.data.get("draft", "")).lower() in {"true", "yes"}
            yield from as_notes(found) if draft and not drafts else found


def data_book(files: Mapping[str, bytes], executor: Executor) -> DataBook:
    """The data tables that can be read, and the ids of the others."""
    read = tables.read(files, executor).value
    by_id = {table.id: table for table in read.readable}
    return DataBook(by_id, book(by_id.values()), read.faulty)
