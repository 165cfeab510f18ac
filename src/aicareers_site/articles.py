"""All articles, read and linked: which of them are published, and what they show."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from aicareers_site import assets, data_book, data_checks, kinds, links, site, stages
from aicareers_site.diagnostics import Diagnostic, Outcome, as_notes
from aicareers_site.fingerprints import Keyed
from aicareers_site.links import Standing, Target
from aicareers_site.manuscripts import Manuscript, Rules
from aicareers_site.site import Published

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import datetime, tzinfo

    from aicareers_site.data_book import DataBook
    from aicareers_site.diagnostics import Locate
    from aicareers_site.executor import Executor
    from aicareers_site.records import Record
    from aicareers_site.results import Body


@dataclass(frozen=True, slots=True)
class Request:
    """What to build: the site as it is at ``now``; drafts and future articles only if asked for."""

    now: datetime
    drafts: bool = False
    future: bool = False


@dataclass(frozen=True, slots=True)
class Articles:
    """What was read: what a link to each finds, by source path, and which are published.

    ``shown`` and ``hidden`` are source paths of files, by whether a published article shows them.
    ``page_links`` are published articles' links to pages, by source path. ``withheld_tables`` are
    the ids of data tables of which only unpublished articles show something.
    """

    targets: Mapping[str, Target]
    published: tuple[Published, ...]
    shown: frozenset[str]
    hidden: frozenset[str]
    page_links: tuple[tuple[str, tuple[links.Reference, ...]], ...]
    withheld_tables: frozenset[str] = frozenset()


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
    keyed = Keyed(rules)
    manuscripts = [
        Manuscript(path, content, keyed, data_book.named_in(content, data))
        for path, content in files.items()
        if path.endswith(".md") and kinds.kind_of(path)
    ]
    results = executor.map(stages.article, manuscripts)
    targets = {}
    for manuscript, result in zip(manuscripts, results, strict=True):
        diagnostics += result.head.diagnostics
        targets[manuscript.path] = _target(result.head, request)
    read = [(result.head.value, result.body) for result in results if result.head.value]
    linked = _linked(read, data, rules.zone, targets, files, locate)
    diagnostics += linked.diagnostics
    diagnostics += site.check_dates((record for record, _ in read), request.now, locate)
    today = request.now.astimezone(rules.zone).date()
    diagnostics += data_checks.check_dates(data, today, locate)
    withheld = _withheld_tables(manuscripts, linked.value, data)
    return Outcome(replace(linked.value, withheld_tables=withheld), tuple(diagnostics))


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


def _target(read: Outcome[Record | None], request: Request) -> Target:
    """What a link to this article finds."""
    record = read.value
    if record is None:
        if read.failed:
            return Target(standing=Standing.FAULTY)
        return Target(standing=Standing.WITHHELD, reason="a draft")
    reason = site.withheld(record, request.now, drafts=request.drafts, future=request.future)
    if not reason:
        return Target(record.path, record.ids)
    expired = site.has_expired(record, request.now)
    standing = Standing.EXPIRED if expired else Standing.WITHHELD
    return Target(record.path, record.ids, standing, reason)


def _linked(
    read: Iterable[tuple[Record, Body]],
    data: DataBook,
    zone: tzinfo,
    targets: Mapping[str, Target],
    files: Collection[str],
    locate: Locate,
) -> Outcome[Articles]:
    shareable = assets.shareable(files)
    published: list[Published] = []
    shown: set[str] = set()
    hidden: set[str] = set()
    page_links: list[tuple[str, tuple[links.Reference, ...]]] = []
    diagnostics: list[Diagnostic] = []
    for record, text in read:
        withheld = targets[record.source].reason
        resolved = links.resolve(record.source, record.references, targets, shareable)
        problems = (
            *resolved.diagnostics,
            *assets.check_lead_picture(record, shareable, locate),
            *data_checks.check_tables(record, data, locate),
        )
        diagnostics += as_notes(problems) if record.draft and withheld else problems
        linked = resolved.value
        used = hidden if withheld else shown
        used.update(linked.files)
        if record.picture:
            used.add(record.picture.file)
        if not withheld:
            corrected = data_book.corrected(record, data, zone)
            published.append(Published(corrected, text, linked.answers))
            page_links.append((record.source, linked.pages))
    articles = Articles(
        targets, tuple(published), frozenset(shown), frozenset(hidden), tuple(page_links)
    )
    return Outcome(articles, tuple(diagnostics))
