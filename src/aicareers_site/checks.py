"""What a check looks at besides what a build does: figures that are old or typed, and the words,
pictures and tags that editors may want to think about again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from aicareers_site import (
    documents,
    figure_lint,
    freshness,
    kinds,
    passages,
    share_cards,
    site_checks,
    stages,
    tables,
)
from aicareers_site.data_book import DataBook, named_in
from aicareers_site.diagnostics import as_notes
from aicareers_site.figure_lint_known import Index
from aicareers_site.figures import book
from aicareers_site.text_checks import Proof

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from aicareers_site.diagnostics import Diagnostic, Locate
    from aicareers_site.executor import Executor
    from aicareers_site.passages import Passages
    from aicareers_site.results import Body
    from aicareers_site.site import Site


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
            yield from as_notes(found) if document.says_draft and not drafts else found


def editorial(
    files: Mapping[str, bytes],
    site: Site | None,
    data: DataBook,
    language: str,
    executor: Executor,
    locate: Locate,
    *,
    drafts: bool,
) -> Iterator[Diagnostic]:
    """What :mod:`.text_checks`, :mod:`.passages` and :mod:`.site_checks` say.

    ``site`` are the articles that are published, None if an error keeps them from being known.
    """
    read = [path for path in files if path.endswith(".md") and kinds.kind_of(path)]
    proofs = [Proof(path, files[path], language, drafts) for path in read]
    results = executor.map(stages.proof, proofs)
    for result in results:
        yield from result.head
    yield from site_checks.unused_pictures(files)
    if not data.faulty:
        yield from site_checks.unused_tables(files, data)
    if site is not None:
        bodies = dict(zip(read, (result.body for result in results), strict=True))
        yield from _together(files, site, bodies, executor, locate)


def _together(
    files: Mapping[str, bytes],
    site: Site,
    proofread: Mapping[str, Body],
    executor: Executor,
    locate: Locate,
) -> Iterator[Diagnostic]:
    """What there is to say of the published articles of a site together."""

    def compared(path: str) -> Passages | None:
        document = documents.parse(path, files[path]).value
        return passages.passages(document) if document else None

    posts = sorted((post.record for post in site.posts), key=lambda record: record.source)
    yield from site_checks.descriptions([*posts, *(page.record for page in site.pages)], locate)
    yield from site_checks.lone_topics(posts, locate)
    fingerprints = {one.source: proofread[one.source].content() for one in posts}
    yield from passages.check(fingerprints, compared)
    if site.settings.share_cards:
        places = [place for _, place in share_cards.cards(site, files)]
        cut = executor.map(stages.cut_title, [place.card for place in places])
        yield from site_checks.card_titles(places, (result.head for result in cut), locate)


def data_book(files: Mapping[str, bytes], executor: Executor) -> DataBook:
    """The data tables that can be read, and the ids of the others."""
    read = tables.read(files, executor).value
    by_id = {table.id: table for table in read.readable}
    return DataBook(by_id, book(by_id.values()), read.faulty)
