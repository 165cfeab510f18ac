"""All articles, read and linked: which of them are published, and what they show."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from html import unescape
from operator import attrgetter
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

from aicareers_site import (
    assets,
    data_book,
    data_checks,
    kinds,
    links,
    picture_use,
    site,
    stages,
)
from aicareers_site.diagnostics import Diagnostic, Outcome, as_notes
from aicareers_site.fingerprints import Keyed
from aicareers_site.links import Standing, Target
from aicareers_site.manuscripts import Manuscript, Rules
from aicareers_site.records import Faulty
from aicareers_site.site import Published

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from datetime import tzinfo

    from aicareers_site.data_book import DataBook
    from aicareers_site.diagnostics import Locate
    from aicareers_site.executor import Executor
    from aicareers_site.picture_use import Gallery
    from aicareers_site.pictures import Shown
    from aicareers_site.records import Record
    from aicareers_site.results import Body, Result


_LOSING_IDS = frozenset(["html-unbalanced", "markdown"])
"""Errors behind which a text's headings may not be found."""


@dataclass(frozen=True, slots=True)
class Request:
    """What to build: the site as it is at ``now``; drafts and future articles only if asked for."""

    now: datetime
    drafts: bool = False
    future: bool = False


class Withheld(NamedTuple):
    """An article that is not published: what is known of it, its text, and the source paths of
    the files that it shows or offers.
    """

    record: Record
    text: Body
    files: frozenset[str]


@dataclass(frozen=True, slots=True)
class Articles:
    """What was read: what a link to each finds, by source path, and which are published.

    ``shown`` and ``hidden`` are source paths of files, by whether a published article shows them as
    they are. ``pictures`` are those for which published articles show other files, by source path,
    ``leading`` the ones among them that lead an article.
    ``page_links`` are published articles' links to pages, by source path. ``withheld_tables`` are
    the ids of data tables of which only unpublished articles show something. ``withheld`` are the
    articles that can be read and are not published, ``faulty`` those that readers would see if
    their front matter had no errors, as far as they can be read.
    """

    targets: Mapping[str, Target]
    published: tuple[Published, ...]
    shown: frozenset[str]
    hidden: frozenset[str]
    page_links: tuple[tuple[str, tuple[links.Reference, ...]], ...]
    pictures: Mapping[str, Shown]
    leading: frozenset[str]
    withheld: tuple[Withheld, ...] = ()
    faulty: tuple[Record, ...] = ()
    withheld_tables: frozenset[str] = frozenset()

    def claims(self) -> Iterator[tuple[str, str, str]]:
        """The addresses that articles claim for themselves, with the file and the field that say
        so: in the order in which pages are planned, aliases last.
        """
        undated = datetime.min.replace(tzinfo=UTC)
        records = [*(one.record for one in self.published), *self.faulty]
        known = sorted((record for record in records if record.path), key=attrgetter("path"))
        known.sort(key=lambda record: record.date or undated, reverse=True)
        for record in known:
            yield record.path, record.source, "slug"
        for record in known:
            for index, alias in record.earlier_addresses:
                yield alias, record.source, f"aliases.{index}"


def read(
    files: Mapping[str, bytes],
    data: DataBook,
    rules: Rules,
    request: Request,
    executor: Executor,
    locate: Locate,
) -> Outcome[Articles]:
    """Read all articles, and find where their links lead; ``locate`` finds their fields again."""
    diagnostics = [problem for path in files if (problem := kinds.misplaced(path))]
    manuscripts = manuscripts_in(files, data, rules)
    results = executor.map(stages.article, manuscripts)
    targets = {}
    for manuscript, result in zip(manuscripts, results, strict=True):
        diagnostics += result.head.diagnostics
        targets[manuscript.path] = _target(result.head, request)
    read = [_Read.of(result) for result in results if result.head.value]
    linked = _linked(read, data, rules.zone, targets, files, executor, locate)
    diagnostics += linked.diagnostics
    diagnostics += site.check_dates((one.record for one in read), request.now, locate)
    today = request.now.astimezone(rules.zone).date()
    diagnostics += data_checks.check_dates(data, today, locate)
    withheld = _withheld_tables(manuscripts, linked.value, data)
    return Outcome(replace(linked.value, withheld_tables=withheld), tuple(diagnostics))


def manuscripts_in(files: Mapping[str, bytes], data: DataBook, rules: Rules) -> list[Manuscript]:
    """The articles among the source ``files``, each with the figures that it names."""
    keyed = Keyed(rules)
    return [
        Manuscript(path, content, keyed, data_book.named_in(content, data))
        for path, content in files.items()
        if path.endswith(".md") and kinds.kind_of(path)
    ]


def _withheld_tables(
    manuscripts: Iterable[Manuscript], articles: Articles, data: DataBook
) -> frozenset[str]:
    """Tables that articles name, but no published one shows anything of.

    What an unpublished article names may be wrong in other ways, and must not be published either.
    """
    if not data.tables:
        return frozenset()
    published = {one.record.source for one in articles.published}
    shown = {name for one in articles.published for name in one.record.data_tables}
    others = (one.content for one in manuscripts if one.path not in published)
    return data_book.mentioned(others, data) - shown


class _Read(NamedTuple):
    """An article that was read: its record, its text, and whether its front matter has errors."""

    record: Record
    text: Body
    faulty: bool

    @classmethod
    def of(cls, result: Result[Outcome[Record | Faulty | None]]) -> _Read:
        value = result.head.value
        assert value is not None
        if isinstance(value, Faulty):
            return cls(value.record, result.body, faulty=True)
        return cls(value, result.body, faulty=False)


def _target(read: Outcome[Record | Faulty | None], request: Request) -> Target:
    """What a link to this article finds."""
    record = read.value
    if isinstance(record, Faulty):
        # Of a draft with errors nothing is promised, not even an address.
        record = record.record if read.failed else None
    if record is None:
        if read.failed:
            return Target(standing=Standing.FAULTY)
        return Target(standing=Standing.WITHHELD, reason="a draft")
    reason = site.withheld(record, request.now, drafts=request.drafts, future=request.future)
    if not reason:
        lost = any(found.code in _LOSING_IDS for found in read.diagnostics)
        standing = Standing.FAULTY if lost else Standing.PUBLISHED
        return Target(record.path, record.ids, standing)
    expired = site.has_expired(record, request.now)
    standing = Standing.EXPIRED if expired else Standing.WITHHELD
    return Target(record.path, record.ids, standing, reason)


def _linked(
    read: Iterable[_Read],
    data: DataBook,
    zone: tzinfo,
    targets: Mapping[str, Target],
    files: Mapping[str, bytes],
    executor: Executor,
    locate: Locate,
) -> Outcome[Articles]:
    shareable = assets.shareable(files)
    resolved = [
        (one, links.resolve(one.record.source, one.record.references, targets, shareable))
        for one in read
    ]
    used = {
        file for one, found in resolved for file in picture_use.files_of(one.record, found.value)
    }
    gallery = picture_use.read(used & shareable, files, executor)
    collected = _Collected(gallery)
    offered = {file for _, found in resolved for file in found.value.files}
    diagnostics = list(_unconverted(files, offered))
    for (record, text, faulty), found in resolved:
        withheld = targets[record.source].reason
        problems = (
            *found.diagnostics,
            *assets.check_lead_picture(record, shareable, locate),
            *gallery.problems(record, found.value, locate),
            *data_checks.check_tables(record, data, locate),
        )
        diagnostics += as_notes(problems) if record.draft and withheld else problems
        if faulty:
            collected.leave_out(record, withheld)
        elif withheld:
            collected.hide(record, text, found.value)
        else:
            collected.publish(data_book.corrected(record, data, zone), text, found.value)
    return Outcome(collected.articles(targets), tuple(diagnostics))


def _unconverted(files: Mapping[str, bytes], offered: Collection[str]) -> Iterator[Diagnostic]:
    """Errors for what was to be an article, but is not Markdown.

    It is none if it is ``offered`` or if an article names it, which may be one that cannot be read.
    Beside an article of that name, it is what that one was made of.
    """
    for path, content in files.items():
        found = kinds.unconverted(path, content)
        if not found or path in offered or str(PurePosixPath(path).with_suffix(".md")) in files:
            continue
        name = path.rpartition("/")[2]
        if not any(name in _spelled_out(files[one]) for one in files if one.endswith(".md")):
            yield found


def _spelled_out(article: bytes) -> str:
    """An article in which names of files stand as they are, and not as links write them."""
    return unquote(unescape(article.decode(errors="replace"))).replace("\\", "")


class _Collected:
    """What there is to tell of the articles, while one after the other is looked at."""

    def __init__(self, gallery: Gallery) -> None:
        self._gallery = gallery
        self._published: list[Published] = []
        self._withheld: list[Withheld] = []
        self._faulty: list[Record] = []
        self._shown: set[str] = set()
        self._hidden: set[str] = set()
        self._pictures: dict[str, Shown] = {}
        self._leading: set[str] = set()
        self._page_links: list[tuple[str, tuple[links.Reference, ...]]] = []

    def hide(self, record: Record, text: Body, linked: links.Linked) -> None:
        """Take in an article that is not published."""
        files = {*linked.files, *picture_use.files_of(record, linked)}
        self._hidden |= files
        self._withheld.append(Withheld(record, text, frozenset(files)))

    def leave_out(self, record: Record, withheld: str) -> None:
        """Take in one whose front matter has errors."""
        if not withheld:
            self._faulty.append(record)

    def publish(self, record: Record, text: Body, linked: links.Linked) -> None:
        """Take in one that is."""
        gallery = self._gallery
        self._shown.update(linked.files)
        for file in picture_use.files_of(record, linked):
            shown = gallery.shown.get(file)
            if shown and shown.widths:
                self._pictures[file] = shown
            else:
                self._shown.add(file)
        if record.picture:
            self._leading.add(record.picture.file)
        answers = gallery.answers(linked)
        self._published.append(Published(gallery.illustrated(record), text, answers))
        self._page_links.append((record.source, linked.pages))

    def articles(self, targets: Mapping[str, Target]) -> Articles:
        return Articles(
            targets,
            tuple(self._published),
            frozenset(self._shown),
            frozenset(self._hidden),
            tuple(self._page_links),
            dict(sorted(self._pictures.items())),
            frozenset(self._leading),
            tuple(self._withheld),
            tuple(self._faulty),
        )
