"""The order of the stages, and only that: from the sources to every file of the site."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from aicareers_site import (
    assets,
    configuration,
    content_types,
    documents,
    links,
    pages,
    site,
    texts,
)
from aicareers_site.article_page import own_ids
from aicareers_site.diagnostics import (
    Diagnostic,
    Outcome,
    Span,
    as_notes,
    has_errors,
    in_order,
)
from aicareers_site.links import LinkedProse, Standing, Target
from aicareers_site.page_parts import Page, Parts
from aicareers_site.render import Output, Templates
from aicareers_site.site_header import header
from aicareers_site.sitemap import SitemapEntry, robots, sitemap
from aicareers_site.syndication import feed_outputs, feed_paths
from aicareers_site.template_source import FOLDER as TEMPLATE_FOLDER
from aicareers_site.texts import Manuscript, Rules
from aicareers_site.urls import HOME, ROBOTS, SITEMAP, Urls, output_path
from aicareers_site.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from datetime import datetime

    from aicareers_site.configuration import Configuration
    from aicareers_site.content_types import Article
    from aicareers_site.executor import Executor
    from aicareers_site.texts import Text


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
class _Linked:
    """An article whose links lead somewhere; ``withheld`` says why it is not published, if so."""

    article: Article
    prose: LinkedProse
    withheld: str


def configure(
    files: Mapping[str, bytes], base_url: str | None = None
) -> Outcome[Configuration | None]:
    """The settings from ``files``, the sources by path; ``base_url`` replaces theirs."""
    found = configuration.read(files.get(configuration.PATH, b""))
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
    shareable = assets.shareable(files)
    templates, diagnostics = _templates(files)
    read, found = _texts(files, Rules.of(settings, drafts=request.drafts), executor)
    diagnostics += found
    targets = {path: _target(text, request) for path, text in read.items()}
    linked, found = _linked(read, targets, shareable)
    diagnostics += found
    diagnostics += site.check_dates((item.article for item in linked), request.now)
    if has_errors(diagnostics):
        diagnostics += pages.check_collisions(_own_claims(linked))
        return Outcome(Built(), in_order(diagnostics))
    published = [(item.article, item.prose) for item in linked if not item.withheld]
    parts = Parts(
        site.assemble(settings, published),
        Urls(settings.base_url),
        Wording(settings.language, settings.zone),
    )
    diagnostics += site.check_likenesses(parts.site)
    ids = {target.path: target.ids for target in targets.values()}
    outcome = _outputs(parts, configured, templates, _copies(files, linked), files, ids)
    skipped = {path: target.reason.strip(",") for path, target in targets.items() if target.reason}
    return Outcome(
        replace(outcome.value, skipped=skipped), in_order([*diagnostics, *outcome.diagnostics])
    )


def _texts(
    files: Mapping[str, bytes], rules: Rules, executor: Executor
) -> tuple[dict[str, Outcome[Text | None]], list[Diagnostic]]:
    """What could be read of each article, by source path, and all that was found."""
    diagnostics = [problem for path in files if (problem := texts.misplaced(path))]
    manuscripts = [
        Manuscript(path, content, rules)
        for path, content in files.items()
        if content_types.kind_of(path) and path.endswith(".md")
    ]
    outcomes = executor.map(texts.read, manuscripts)
    for outcome in outcomes:
        diagnostics += outcome.diagnostics
    paths = (manuscript.path for manuscript in manuscripts)
    return dict(zip(paths, outcomes, strict=True)), diagnostics


def _target(outcome: Outcome[Text | None], request: Request) -> Target:
    """What a link to this article finds."""
    text = outcome.value
    if text is None:
        if outcome.failed:
            return Target(standing=Standing.FAULTY)
        return Target(standing=Standing.WITHHELD, reason="a draft")
    path, ids = site.path_of(text.article), text.prose.ids | own_ids(text.article.front, text.prose)
    reason = site.withheld(text.article, request.now, drafts=request.drafts, future=request.future)
    if not reason:
        return Target(path, ids)
    expired = site.has_expired(text.article, request.now)
    standing = Standing.EXPIRED if expired else Standing.WITHHELD
    return Target(path, ids, standing, reason)


def _linked(
    read: Mapping[str, Outcome[Text | None]],
    targets: Mapping[str, Target],
    shareable: Collection[str],
) -> tuple[list[_Linked], list[Diagnostic]]:
    linked: list[_Linked] = []
    diagnostics: list[Diagnostic] = []
    for path, outcome in read.items():
        text, own = outcome.value, targets[path]
        if text is None:
            continue
        resolved = links.resolve(path, text.prose, own.path, own.ids, targets, shareable)
        linked.append(_Linked(text.article, resolved.value, own.reason))
        problems = (
            *resolved.diagnostics,
            *assets.check_lead_picture(text.article, shareable),
        )
        lenient = text.article.front.draft and own.reason
        diagnostics += as_notes(problems) if lenient else problems
    return linked, diagnostics


def _own_claims(linked: Iterable[_Linked]) -> Iterator[tuple[str, Span]]:
    """The addresses that published articles claim for themselves."""
    for item in linked:
        if not item.withheld:
            tree = item.article.document.front_matter
            yield site.path_of(item.article), tree.span(("slug",))
            for index, alias in enumerate(item.article.front.aliases):
                yield alias, tree.span(("aliases", index))


def _copies(files: Mapping[str, bytes], linked: Iterable[_Linked]) -> dict[str, str]:
    """Source paths of files that are published as they are, by their path on the site."""
    shown: set[str] = set()
    hidden: set[str] = set()
    for item in linked:
        picture = assets.lead_picture(item.article)
        own = item.prose.files | ({picture} if picture else set())
        (hidden if item.withheld else shown).update(own)
    return assets.published_files(files, shown, hidden)


def _outputs(
    parts: Parts,
    configured: Configuration,
    templates: Templates,
    copies: Mapping[str, str],
    files: Mapping[str, bytes],
    ids: Mapping[str, frozenset[str]],
) -> Outcome[Built]:
    planned = pages.plan(parts)
    claims = [*((path, Span(source)) for path, source in copies.items())]
    claims += ((page.path, page.origin) for page in planned)
    claims += ((path, Span(configuration.PATH)) for path in feed_paths(parts.site))
    claims += ((path, Span(configuration.PATH)) for path in (SITEMAP, ROBOTS))
    known = {path: ids.get(path, frozenset({"main"})) for path, _ in claims}
    site_paths = [link for prose in parts.site.proses for link in prose.site_paths]
    names = assets.addresses(copies, files, parts.urls)
    shown = header(parts, configured, names, known)
    diagnostics = [*shown.diagnostics]
    diagnostics += pages.check_collisions(claims)
    diagnostics += links.check_site_paths(site_paths, known)
    if has_errors(diagnostics):
        return Outcome(Built(), tuple(diagnostics))
    templates.show(shown.value)
    outputs: list[Output] = []
    for page in planned:
        rendered = templates.render(page.template, page.view, page.path)
        diagnostics += rendered.diagnostics
        if rendered.value is not None:
            outputs.append(Output(output_path(page.path), rendered.value.content))
    feeds = feed_outputs(parts, templates)
    outputs += feeds.value
    outputs += _for_machines(parts, planned)
    outputs += (Output(output_path(path), files[source]) for path, source in copies.items())
    built = Built(
        tuple(sorted(outputs, key=lambda output: output.path)),
        dict(sorted(Counter(page.kind for page in planned).items())),
        len(parts.site.posts),
        len(feeds.value),
    )
    return Outcome(built, (*_once(diagnostics), *feeds.diagnostics))


def _once(diagnostics: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """A fault of a template shows on many pages: tell it once, with the first of them."""
    told: set[Diagnostic] = set()
    for diagnostic in diagnostics:
        fault = replace(diagnostic, related=())
        if fault not in told:
            told.add(fault)
            yield diagnostic


def _templates(files: Mapping[str, bytes]) -> tuple[Templates, list[Diagnostic]]:
    found: dict[str, str] = {}
    diagnostics: list[Diagnostic] = []
    for path, content in files.items():
        if path.startswith(TEMPLATE_FOLDER):
            decoded = documents.decode(path, content)
            diagnostics += decoded.diagnostics
            found[path.removeprefix(TEMPLATE_FOLDER)] = decoded.value
    templates = Templates(found)
    return templates, [*diagnostics, *templates.check()]


def _for_machines(parts: Parts, planned: Iterable[Page]) -> Iterator[Output]:
    """sitemap.xml and robots.txt."""
    entries = [
        SitemapEntry(parts.urls.url(page.path), page.modified) for page in planned if page.indexed
    ]
    for name, content in sitemap(entries, parts.urls.url(HOME)).items():
        yield Output(name, content)
    yield Output(output_path(ROBOTS), robots(parts.urls.url(SITEMAP)))
