"""The order of the stages, and only that: from the sources to every file of the site."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from aicareers_site import (
    announcements,
    articles,
    asset_files,
    assets,
    content_types,
    data_book,
    data_checks,
    data_files,
    data_pages,
    documents,
    identity,
    links,
    pages,
    printing,
    site,
    stages,
    start_pages,
    syndication,
    table_files,
    tables,
)
from aicareers_site.artwork import Artwork
from aicareers_site.chart_data import chart_path
from aicareers_site.diagnostics import (
    Diagnostic,
    Outcome,
    Severity,
    Span,
    has_errors,
    in_order,
)
from aicareers_site.fingerprints import Keyed
from aicareers_site.manuscripts import Rules
from aicareers_site.needles import Withholding
from aicareers_site.origins import Plan
from aicareers_site.outputs import Output
from aicareers_site.page_parts import Page, Parts
from aicareers_site.paths import PUBLISHED, SETTINGS
from aicareers_site.search_index import Texts
from aicareers_site.site_header import header
from aicareers_site.sitemap import SitemapEntry, robots, sitemap
from aicareers_site.table_files import FOLDER as DATA_FOLDER
from aicareers_site.template_closure import FOLDER as TEMPLATE_FOLDER
from aicareers_site.urls import HOME, ROBOTS, SITEMAP, output_path

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from aicareers_site.articles import Articles, Request
    from aicareers_site.chart_data import Chart
    from aicareers_site.configuration import Configuration
    from aicareers_site.data_book import DataBook
    from aicareers_site.diagnostics import Locate
    from aicareers_site.executor import Executor
    from aicareers_site.promises import Promise
    from aicareers_site.results import Result
    from aicareers_site.site import Site
    from aicareers_site.views import SiteHeader


@dataclass(frozen=True, slots=True)
class Built:
    """The files of the site, and what there is to say about them.

    ``pages`` counts pages by kind; ``skipped`` maps source paths of articles that are not
    published to the reason; ``searched`` is what an index for search is to be made of. ``site`` is
    what all this was made of, ``plan`` what was to be made, ``withheld`` what was kept out of it;
    None where an error came before.
    """

    outputs: tuple[Output, ...] = ()
    pages: Mapping[str, int] = field(default_factory=dict)
    articles: int = 0
    feeds: int = 0
    skipped: Mapping[str, str] = field(default_factory=dict)
    searched: Texts | None = None
    site: Site | None = None
    plan: Plan | None = None
    withheld: Withholding | None = None


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
    locate = locator(files)
    theme = _theme(files, executor)
    data = _data(files, executor, locate)
    rules = Rules.of(settings, drafts=request.drafts)
    read = articles.read(files, data.value, rules, request, executor, locate)
    promised = _promised(files, executor)
    diagnostics = [*theme.diagnostics, *data.diagnostics, *read.diagnostics]
    diagnostics += promised.diagnostics
    diagnostics += start_pages.check(configured, read.value.targets)
    found = read.value
    if has_errors(diagnostics):
        clashes = pages.check_collisions(found.claims(), locate)
        return Outcome(Built(), in_order([*diagnostics, *clashes]))
    posts = site.posts_of(settings, found.published)
    diagnostics += site.check_likenesses(posts, locate)
    known = [*(one.record for one in found.published), *(one.record for one in found.withheld)]
    unread = {path for path, target in found.targets.items() if target.reason and not target.path}
    diagnostics += identity.check(promised.value, known, unread, configured, request.now, locate)
    # One more than is shown: the next part of a series is offered besides.
    (related,) = executor.map(stages.related, [(site.traits(posts), settings.related + 1)])
    whole = site.assemble(
        settings,
        posts,
        (article for article in found.published if article.record.date is None),
        related.head,
        data_book.without(found.withheld_tables, data.value),
        request.now,
    )
    planned = pages.plan(whole, drafts=request.drafts)
    outcome = _site(whole, planned, found, files, configured, theme.value, executor, locate)
    skipped = {
        path: target.reason.strip(",") for path, target in found.targets.items() if target.reason
    }
    withheld = _withheld(found, data.value, whole, outcome.value.plan, skipped)
    return Outcome(
        replace(outcome.value, skipped=skipped, site=whole, withheld=withheld),
        in_order([*diagnostics, *outcome.diagnostics]),
    )


def locator(files: Mapping[str, bytes]) -> Locate:
    """Finds fields again in the source ``files``: few of ten thousand are ever asked for."""

    def locate(path: str, name: str) -> Span:
        location = tuple(int(key) if key.isdecimal() else key for key in name.split("."))
        if path.startswith(DATA_FOLDER):
            return table_files.locate(path, files[path], location)
        document = documents.parse(path, files[path]).value
        return content_types.place(document, location) if document else Span(path)

    return locate


def _data(files: Mapping[str, bytes], executor: Executor, locate: Locate) -> Outcome[DataBook]:
    """The data tables, checked against each other."""
    read = tables.read(files, executor)
    bound = data_checks.bind(*read.value, locate)
    return Outcome(bound.value, (*read.diagnostics, *bound.diagnostics))


def _promised(files: Mapping[str, bytes], executor: Executor) -> Outcome[tuple[Promise, ...]]:
    """What the site has published, and must keep."""
    if PUBLISHED not in files:
        return Outcome(())
    (read,) = executor.map(stages.promises, [files[PUBLISHED]])
    return read.head


def _withheld(
    found: Articles, data: DataBook, whole: Site, plan: Plan | None, reasons: Mapping[str, str]
) -> Withholding | None:
    """What is kept out of the site."""
    if plan is None:
        return None
    tables = (table for name, table in data.tables.items() if name in found.withheld_tables)
    public = {*plan.copies.values(), *found.pictures}
    paths = {*plan.copies, *(page.path for page in plan.pages)}
    hidden, published = found.hidden - public, frozenset(paths)
    return Withholding(found.withheld, reasons, tuple(tables), hidden, published, whole)


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


def _site(
    whole: Site,
    planned: tuple[Page, ...],
    found: Articles,
    files: Mapping[str, bytes],
    configured: Configuration,
    theme: Keyed[printing.Theme],
    executor: Executor,
    locate: Locate,
) -> Outcome[Built]:
    """All files of the site."""
    copies = assets.published_files(files, found.shown, found.hidden, found.pictures)
    artwork = Artwork.of(whole, found, files)
    claims = [*((path, source, "") for path, source in copies.items()), *_taken(whole, planned)]
    claims += artwork.claims()
    ids = {target.path: target.ids for target in found.targets.values()}
    ids |= data_pages.anchors(whole.data.tables.values())
    known = {path: ids.get(path, ("main",)) for path, *_ in claims}
    parts = Parts.of(configured.settings)
    theme_files = asset_files.made(copies, files, known.__contains__, executor)
    names = asset_files.addresses(copies, theme_files.value.paths, parts.urls)
    shown = header(parts, configured, names, known)
    diagnostics = [*shown.diagnostics, *theme_files.diagnostics, *assets.check_names(copies)]
    diagnostics += pages.check_collisions(claims, locate)
    for source, references in found.page_links:
        diagnostics += links.check_pages(source, references, known)
    if has_errors(diagnostics):
        return Outcome(Built(), tuple(diagnostics))
    printer = _Printer(theme, shown.value, parts, executor)
    printed = printer.pages(planned)
    searched = _searched(whole, planned, printed, executor)
    feeds = printer.feeds(whole)
    drawn = printer.artwork(artwork, locate)
    outputs = [
        *_outputs((page.path for page in planned), printed),
        *feeds.value,
        *printer.files(whole),
        *drawn.value,
        *_for_machines(parts, planned, whole.settings.indexnow),
        *(Output.of(output_path(path), files[source]) for path, source in copies.items()),
        *theme_files.value.outputs,
    ]
    built = Built(
        tuple(sorted(outputs, key=lambda output: output.path)),
        dict(sorted(Counter(page.kind for page in planned).items())),
        len(whole.posts),
        len(feeds.value),
        searched=searched.value,
        plan=Plan(planned, artwork, copies, theme_files.value.inputs),
    )
    diagnostics += [*searched.diagnostics, *drawn.diagnostics]
    diagnostics += [*_once(_found(printed)), *_once(feeds.diagnostics)]
    return Outcome(built, tuple(diagnostics))


def _taken(whole: Site, planned: Iterable[Page]) -> Iterator[tuple[str, str, str]]:
    """The addresses of what is made for the site, with the source and the field that say so."""
    yield from ((page.path, page.source, page.field) for page in planned)
    yield from ((path, SETTINGS, "") for path in syndication.feed_paths(whole))
    yield from ((path, SETTINGS, "") for path in (SITEMAP, ROBOTS))
    if whole.settings.indexnow:
        yield announcements.key_path(whole.settings.indexnow), SETTINGS, "indexnow"
    yield from ((path, source, "") for path, _, source in _drawings(whole))
    yield from data_files.claims(whole.data.tables.values())


def _drawings(whole: Site) -> Iterator[tuple[str, Chart, str]]:
    """All charts in texts, with their paths on the site and the source paths of these texts."""
    for record in pages.records(whole):
        for chart in record.charts:
            yield chart_path(record.path, chart), chart, record.source


class _Printer:
    """Has the executor print pages, write feeds and the files of charts and data tables."""

    def __init__(
        self, theme: Keyed[printing.Theme], shown: SiteHeader, parts: Parts, executor: Executor
    ) -> None:
        self._theme = theme
        self._header = Keyed(shown)
        self._parts = parts
        self._executor = executor

    def pages(self, planned: Iterable[Page]) -> list[Result[tuple[Diagnostic, ...]]]:
        """The bytes of the pages, and what is wrong with their templates."""
        return self._print(planned, self._parts)

    def feeds(self, whole: Site) -> Outcome[tuple[Output, ...]]:
        """The files of the feeds."""
        entries = syndication.entry_pages(whole)
        printed = self._print(entries, self._parts.complete)
        texts = {entry.path: result.body for entry, result in zip(entries, printed, strict=True)}
        jobs = tuple(syndication.jobs(whole, self._parts.urls, texts))
        written = self._executor.map(stages.feed, jobs)
        return Outcome(_outputs((job.path for job in jobs), written), _found(printed))

    def files(self, whole: Site) -> tuple[Output, ...]:
        """The charts as files of their own, and the data tables for spreadsheets and programs."""
        charts = {path: (chart, self._parts.wording) for path, chart, _ in _drawings(whole)}
        tables = data_files.jobs(whole.data.tables.values(), self._parts.urls)
        return (
            *_outputs(charts, self._executor.map(stages.chart, list(charts.values()))),
            *_outputs(tables, self._executor.map(stages.data_file, list(tables.values()))),
        )

    def artwork(self, artwork: Artwork, locate: Locate) -> Outcome[tuple[Output, ...]]:
        """The files of pictures, and the share cards."""
        files = self._executor.map(stages.picture_file, artwork.jobs)
        cards = self._executor.map(stages.share_card, artwork.drafts)
        outputs = (*_outputs(artwork.files, files), *_outputs(artwork.cards, cards))
        lost = [card.head for card in cards]
        return Outcome(outputs, tuple(artwork.unprintable(lost, locate)))

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


def _searched(
    whole: Site,
    planned: Iterable[Page],
    printed: Iterable[Result[tuple[Diagnostic, ...]]],
    executor: Executor,
) -> Outcome[Texts | None]:
    """What readers can search; None where that is switched off, or no template marks anything."""
    if not whole.settings.search:
        return Outcome(None)
    pages = {
        page.path: result.body
        for page, result in zip(planned, printed, strict=True)
        if page.indexed
    }
    cuts = executor.map(stages.search_text, list(pages.values()))
    texts = tuple((path, cut.body) for path, cut in zip(pages, cuts, strict=True) if cut.head)
    if texts or not whole.posts:
        return Outcome(Texts(whole.settings.language, texts) if texts else None)
    problem = Diagnostic(
        "search-empty",
        "search is on, but no template says what is searched",
        Span(SETTINGS),
        "mark it with data-pagefind-body in the templates, or write 'search: false'",
        Severity.WARNING,
    )
    return Outcome(None, (problem,))


def _outputs(paths: Iterable[str], results: Iterable[Result[Any]]) -> tuple[Output, ...]:
    """The bodies of the results as the files that answer for the paths."""
    return tuple(
        Output(output_path(path), result.body.digest, result.body.content)
        for path, result in zip(paths, results, strict=True)
    )


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


def _for_machines(parts: Parts, planned: Iterable[Page], key: str | None) -> Iterator[Output]:
    """sitemap.xml, robots.txt and the key for IndexNow."""
    entries = [
        SitemapEntry(parts.urls.url(page.path), page.modified) for page in planned if page.indexed
    ]
    for name, content in sitemap(entries, parts.urls.url(HOME)).items():
        yield Output.of(name, content)
    yield Output.of(output_path(ROBOTS), robots(parts.urls.url(SITEMAP)))
    if key:
        yield announcements.key_file(key)
