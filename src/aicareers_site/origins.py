"""Which source files each file of a site is made of, read off the plan that the build made anyway.

A page's arguments are all that it depends on (:class:`~.page_parts.Page`), so what they hold tells
what went into it: the text of an article, the mention of one, a data table, a picture. Nothing is
written down on the side while pages are made.

An *input* is a source path; one that ends with a slash stands for everything below that folder. An
article comes with the data tables whose figures it shows, a template with those that it refers to.
What is said may be more than what a file shows, since an article that is only linked to counts; it
is never less. Not told are :data:`EVERY_PAGE`, which all pages depend on, and the moment.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from aicareers_site import data_files, pages, share_cards, syndication
from aicareers_site.chart_data import chart_path
from aicareers_site.data_book import Note
from aicareers_site.fingerprints import Keyed
from aicareers_site.paths import SETTINGS
from aicareers_site.results import Body
from aicareers_site.template_closure import FOLDER as TEMPLATES
from aicareers_site.template_closure import closure
from aicareers_site.urls import SITEMAP, output_path

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from aicareers_site.artwork import Artwork
    from aicareers_site.page_parts import Page
    from aicareers_site.records import Record
    from aicareers_site.site import Site

EVERY_PAGE = (SETTINGS, "static/")
"""What shows in each page's head, navigation and foot: the settings, and where the theme's files
are.
"""


class Plan(NamedTuple):
    """What a build has planned: its pages, pictures and cards, source paths of what it publishes
    as it is, by path on the site, and those of what goes into each of the theme's ``assets``.
    """

    pages: tuple[Page, ...]
    artwork: Artwork
    copies: Mapping[str, str]
    assets: Mapping[str, tuple[str, ...]]


def origins(files: Collection[str], site: Site, plan: Plan) -> dict[str, tuple[str, ...]]:
    """The inputs of files below the output folder, sorted, by their paths.

    ``files`` are the paths of all sources. A file that is not named may be made of any of them.
    """
    reader = _Reader(files, site, plan)
    found = dict(_origins(reader, site, plan))
    return {output_path(path): tuple(sorted(inputs)) for path, inputs in found.items()}


def templates(texts: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Which templates each one depends on, itself included, by source path."""
    return {
        TEMPLATES + name: tuple(TEMPLATES + used for used in closure(texts, name))
        for name in sorted(texts)
    }


def everything(files: Iterable[str]) -> tuple[str, ...]:
    """The inputs of what may be made of any of the ``files``."""
    return tuple(sorted({path.partition("/")[0] + "/" * ("/" in path) for path in files}))


def _origins(reader: _Reader, site: Site, plan: Plan) -> Iterator[tuple[str, set[str]]]:
    for page in plan.pages:
        inputs = reader.inputs(page.arguments)
        yield page.path, {page.source, TEMPLATES + page.template, *inputs}
    entries = {
        page.path: {TEMPLATES + page.template, *reader.inputs(page.arguments)}
        for page in syndication.entry_pages(site)
    }
    for path, posts in syndication.contents(site).items():
        yield path, {SETTINGS}.union(*(entries[post.path] for post in posts))
    for record in pages.records(site):
        for chart in record.charts:
            yield chart_path(record.path, chart), reader.article(record)
    for path, source, _ in data_files.claims(site.data.tables.values()):
        yield path, {SETTINGS, source}
    for path, picture in plan.artwork.files.items():
        yield path, {picture.path}
    for path, place in plan.artwork.cards.items():
        yield path, {SETTINGS, share_cards.FONTS, *reader.of_source(place.source)}
    for path, source in plan.copies.items():
        yield path, {source}
    for path, sources in plan.assets.items():
        yield path, set(sources)
    yield SITEMAP, {SETTINGS, "content/"}


class _Reader:
    """Finds the sources of what pages' arguments hold."""

    def __init__(self, files: Collection[str], site: Site, plan: Plan) -> None:
        self._tables = {table.id: table.path for table in site.data.tables.values()}
        self._articles = {record.source: self.article(record) for record in pages.records(site)}
        self._named: dict[str, set[str]] = {path: {path} for path in files}
        self._named |= {path: {source} for path, source in plan.copies.items()}
        # Pages hold what the names of a picture's files begin with.
        self._named |= {
            path.rpartition("-")[0]: {source.path} for path, source in plan.artwork.files.items()
        }
        self._named |= self._articles
        for record in pages.records(site):
            self._named[record.path] = self._articles[record.source]
        texts = [(post.record, post.text) for post in site.posts]
        texts += [(page.record, page.text) for page in site.pages]
        self._texts = {text.digest: self._articles[record.source] for record, text in texts}
        self._keyed: dict[bytes, frozenset[str]] = {}

    def article(self, record: Record) -> set[str]:
        """The inputs of all that is made of the article alone."""
        tables = (self._tables.get(name) for name in record.data_tables)
        return {record.source, *filter(None, tables)}

    def of_source(self, path: str) -> set[str]:
        """The inputs of what is made of the source at ``path`` alone."""
        return self._articles.get(path, {path})

    def inputs(self, value: Any) -> frozenset[str]:
        """The inputs of all that ``value`` holds."""
        found: set[str] = set()
        self._collect(value, found)
        return frozenset(found)

    def _collect(self, value: Any, found: set[str]) -> None:
        if isinstance(value, str):
            found |= self._named.get(value.partition("#")[0], set())
        elif isinstance(value, Keyed):
            # Every list and neighbour shares the mention of an article.
            if value.key not in self._keyed:
                self._keyed[value.key] = self.inputs(value.value)
            found |= self._keyed[value.key]
        elif isinstance(value, Body):
            found |= self._texts.get(value.digest, set())
        elif isinstance(value, tuple | list):
            if isinstance(value, Note) and value.id in self._tables:
                found.add(self._tables[value.id])
            for one in value:
                self._collect(one, found)
        elif isinstance(value, Mapping):
            self._collect(list(value.items()), found)
        elif is_dataclass(value):
            self._collect([getattr(value, one.name) for one in fields(value)], found)
