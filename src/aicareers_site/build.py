"""The order of the stages, and only that: from the sources to every file of the site."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from aicareers_site import (
    assets,
    documents,
    kinds,
    links,
    pages,
    printing,
    site,
    stages,
    syndication,
)
from aicareers_site.diagnostics import (
    Diagnostic,
    Outcome,
    Span,
    as_notes,
    has_errors,
    in_order,
)
from aicareers_site.fingerprints import Keyed
from aicareers_site.links import Standing, Target
from aicareers_site.manuscripts import Manuscript, Rules
from aicareers_site.outputs import Output
from aicareers_site.page_parts import Page, Parts
from aicareers_site.paths import SETTINGS
from aicareers_site.site import Published
from aicareers_site.site_header import header
from aicareers_site.sitemap import SitemapEntry, robots, sitemap
from aicareers_site.template_closure import FOLDER as TEMPLATE_FOLDER
from aicareers_site.urls import HOME, ROBOTS, SITEMAP, output_path

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from datetime import datetime

    from aicareers_site.configuration import Configuration
    from aicareers_site.executor import Executor
    from aicareers_site.records import Record
    from aicareers_site.results import Body, Result
    from aicareers_site.site import Locate, Site
    from aicareers_site.views import SiteHeader


@dataclass(frozen=True, slots=True)
class Request:
    """What to build: the site as it is at ``now``; drafts and future articles only if asked for."""

    now: datetime
    drafts: bool = False
    future: bool = False


@dataclass(frozen=True, slots=True)
class Built:
    """The files of the site, and what there is to say about them.

    ``pages`` counts pages by kind; ``skipped`` maps source paths of articles that are not
    published to the reason.
    """

    outputs: tuple[Output, ...] = ()
    pages: Mapping[str, int] = field(default_factory=dict)
    articles: int = 0
    feeds: int = 0
    skipped: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Articles:
    """What was read: what a link to each finds, by source path, and which are published.

    ``shown`` and ``hidden`` are source paths of files, by whether a published article shows them.
    ``page_links`` are published articles' links to pages, by source path.
    """

    targets: Mapping[str, Target]
    published: tuple[Published, ...]
    shown: frozenset[str]
    hidden: frozenset[str]
    page_links: tuple[tuple[str, tuple[links.Reference, ...]], ...]


def configure(
    files: Mapping[str, bytes], executor: Executor, base_url: str | None = None
) -> Outcome[Configuration | None]:
    """The settings from ``files``, the sources by path; ``base_url`` replaces theirs."""
    (read,) = executor.map(stages.settings, [files.get(SETTINGS, b"")])
    found = read.head
    if found.value is None or base_url is None:
        return found
    settings = found.value.settings.model_copy(update={"base_url": base_url})
    return Outcome(replace(found.value, settings=settings), found.diagnostics)


def build(
    files: Mapping[str, bytes], configured: Configuration, request: Request, executor: Executor
) -> Outcome[Built]:
    """Make the site from its source ``files`` (bytes by path).

    The outputs are complete only when there is no error.
    """
    settings = configured.settings
    locate = _locator(files)
    theme = _theme(files, executor)
    read = _articles(files, Rules.of(settings, drafts=request.drafts), request, executor, locate)
    diagnostics = [*theme.diagnostics, *read.diagnostics]
    articles = read.value
    if has_errors(diagnostics):
        claims = (claim for article in articles.published for claim in _claims(article.record))
        return Outcome(Built(), in_order([*diagnostics, *pages.check_collisions(claims, locate)]))
    posts = site.posts_of(settings, articles.published)
    diagnostics += site.check_likenesses(posts, locate)
    (related,) = executor.map(stages.related, [(site.traits(posts), settings.related)])
    whole = site.assemble(
        settings,
        posts,
        (article for article in articles.published if article.record.date is None),
        related.head,
    )
    outcome = _site(whole, articles, files, configured, theme.value, executor, locate)
    skipped = {
        path: target.reason.strip(",") for path, target in articles.targets.items() if target.reason
    }
    return Outcome(
        replace(outcome.value, skipped=skipped), in_order([*diagnostics, *outcome.diagnostics])
    )


def _locator(files: Mapping[str, bytes]) -> Locate:
    """Finds fields again in the sources: few of ten thousand are ever asked for."""

    def locate(path: str, name: str) -> Span:
        document = documents.parse(path, files[path]).value
        location = tuple(int(key) if key.isdecimal() else key for key in name.split("."))
        return document.front_matter.span(location) if document else Span(path)

    return locate


def _theme(files: Mapping[str, bytes], executor: Executor) -> Outcome[Keyed[printing.Theme]]:
    """The templates, by their names."""
    texts: dict[str, str] = {}
    diagnostics: list[Diagnostic] = []
    for path, content in files.items():
        if path.startswith(TEMPLATE_FOLDER):
            decoded = documents.decode(path, content)
            diagnostics += decoded.diagnostics
            texts[path.removeprefix(TEMPLATE_FOLDER)] = decoded.value
    (checked,) = executor.map(stages.theme, [texts])
    return Outcome(printing.theme_of(texts, checked.body), (*diagnostics, *checked.head))


def _articles(
    files: Mapping[str, bytes],
    rules: Rules,
    request: Request,
    executor: Executor,
    locate: Locate,
) -> Outcome[_Articles]:
    """Read all articles, and find where their links lead."""
    diagnostics = [problem for path in files if (problem := kinds.misplaced(path))]
    keyed = Keyed(rules)
    manuscripts = [
        Manuscript(path, content, keyed)
        for path, content in files.items()
        if path.endswith(".md") and kinds.kind_of(path)
    ]
    results = executor.map(stages.article, manuscripts)
    targets = {}
    for manuscript, result in zip(manuscripts, results, strict=True):
        diagnostics += result.head.diagnostics
        targets[manuscript.path] = _target(result.head, request)
    read = [(result.head.value, result.body) for result in results if result.head.value]
    linked = _linked(read, targets, files, locate)
    diagnostics += linked.diagnostics
    diagnostics += site.check_dates((record for record, _ in read), request.now, locate)
    return Outcome(linked.value, tuple(diagnostics))


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
    targets: Mapping[str, Target],
    files: Collection[str],
    locate: Locate,
) -> Outcome[_Articles]:
    shareable = assets.shareable(files)
    published: list[Published] = []
    shown: set[str] = set()
    hidden: set[str] = set()
    page_links: list[tuple[str, tuple[links.Reference, ...]]] = []
    diagnostics: list[Diagnostic] = []
    for record, text in read:
        withheld = targets[record.source].reason
        resolved = links.resolve(record.source, record.references, targets, shareable)
        problems = (*resolved.diagnostics, *assets.check_lead_picture(record, shareable, locate))
        diagnostics += as_notes(problems) if record.draft and withheld else problems
        linked = resolved.value
        used = hidden if withheld else shown
        used.update(linked.files)
        if record.picture:
            used.add(record.picture.file)
        if not withheld:
            published.append(Published(record, text, linked.answers))
            page_links.append((record.source, linked.pages))
    articles = _Articles(
        targets, tuple(published), frozenset(shown), frozenset(hidden), tuple(page_links)
    )
    return Outcome(articles, tuple(diagnostics))


def _claims(record: Record) -> Iterator[tuple[str, str, str]]:
    """The addresses that an article claims for itself, and where it does so."""
    yield record.path, record.source, "slug"
    for index, alias in enumerate(record.aliases):
        yield alias, record.source, f"aliases.{index}"


def _site(
    whole: Site,
    articles: _Articles,
    files: Mapping[str, bytes],
    configured: Configuration,
    theme: Keyed[printing.Theme],
    executor: Executor,
    locate: Locate,
) -> Outcome[Built]:
    """All files of the site."""
    copies = assets.published_files(files, articles.shown, articles.hidden)
    planned = pages.plan(whole)
    claims = [
        *((path, source, "") for path, source in copies.items()),
        *((page.path, page.source, page.field) for page in planned),
        *((path, SETTINGS, "") for path in syndication.feed_paths(whole)),
        *((path, SETTINGS, "") for path in (SITEMAP, ROBOTS)),
    ]
    ids = {target.path: target.ids for target in articles.targets.values()}
    known = {path: ids.get(path, ("main",)) for path, *_ in claims}
    parts = Parts.of(configured.settings)
    names = assets.addresses(copies, files, parts.urls)
    shown = header(parts, configured, names, known)
    diagnostics = [*shown.diagnostics, *pages.check_collisions(claims, locate)]
    for source, references in articles.page_links:
        diagnostics += links.check_pages(source, references, known)
    if has_errors(diagnostics):
        return Outcome(Built(), tuple(diagnostics))
    printer = _Printer(theme, shown.value, parts, executor)
    printed = printer.pages(planned)
    feeds = printer.feeds(whole)
    outputs = [*printed.value, *feeds.value, *_for_machines(parts, planned)]
    outputs += (Output.of(output_path(path), files[source]) for path, source in copies.items())
    built = Built(
        tuple(sorted(outputs, key=lambda output: output.path)),
        dict(sorted(Counter(page.kind for page in planned).items())),
        len(whole.posts),
        len(feeds.value),
    )
    return Outcome(built, (*diagnostics, *_once(printed.diagnostics), *_once(feeds.diagnostics)))


class _Printer:
    """Has the executor print pages and write feeds."""

    def __init__(
        self, theme: Keyed[printing.Theme], shown: SiteHeader, parts: Parts, executor: Executor
    ) -> None:
        self._theme = theme
        self._header = Keyed(shown)
        self._parts = parts
        self._executor = executor

    def pages(self, planned: Iterable[Page]) -> Outcome[tuple[Output, ...]]:
        """The files of the pages."""
        planned = tuple(planned)
        results = self._print(planned, self._parts)
        outputs = (
            Output(output_path(page.path), result.body.digest, result.body.content)
            for page, result in zip(planned, results, strict=True)
        )
        return Outcome(tuple(outputs), _found(results))

    def feeds(self, whole: Site) -> Outcome[tuple[Output, ...]]:
        """The files of the feeds."""
        entries = syndication.entry_pages(whole)
        printed = self._print(entries, self._parts.complete)
        texts = {entry.path: result.body for entry, result in zip(entries, printed, strict=True)}
        jobs = tuple(syndication.jobs(whole, self._parts.urls, texts))
        outputs = (
            Output(output_path(job.path), result.body.digest, result.body.content)
            for job, result in zip(jobs, self._executor.map(stages.feed, jobs), strict=True)
        )
        return Outcome(tuple(outputs), _found(printed))

    def _print(self, planned: Iterable[Page], parts: Parts) -> list[Result[tuple[Diagnostic, ...]]]:
        shared = Keyed(parts)
        contexts: dict[tuple[str, object], Keyed[printing.Context]] = {}
        jobs = []
        for page in planned:
            sort = (page.template, page.make)
            if sort not in contexts:
                template = printing.template_of(self._theme, page.template)
                contexts[sort] = Keyed(printing.Context(template, self._header, shared, page.make))
            jobs.append(printing.Job(page.path, contexts[sort], page.arguments))
        return self._executor.map(stages.page, jobs)


def _found(results: Iterable[Result[tuple[Diagnostic, ...]]]) -> tuple[Diagnostic, ...]:
    return tuple(diagnostic for result in results for diagnostic in result.head)


def _once(diagnostics: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """A fault of a template shows on many pages: tell it once, with the first of them."""
    told: set[Diagnostic] = set()
    for diagnostic in diagnostics:
        fault = replace(diagnostic, related=())
        if fault not in told:
            told.add(fault)
            yield diagnostic


def _for_machines(parts: Parts, planned: Iterable[Page]) -> Iterator[Output]:
    """sitemap.xml and robots.txt."""
    entries = [
        SitemapEntry(parts.urls.url(page.path), page.modified) for page in planned if page.indexed
    ]
    for name, content in sitemap(entries, parts.urls.url(HOME)).items():
        yield Output.of(name, content)
    yield Output.of(output_path(ROBOTS), robots(parts.urls.url(SITEMAP)))
