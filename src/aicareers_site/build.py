"""The order of the stages, and only that: from the sources to every file of the site."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from aicareers_site import configuration, content_types, documents, links, pages, site, texts
from aicareers_site.article_page import own_ids
from aicareers_site.content_types import FrontMatter
from aicareers_site.diagnostics import (
    Diagnostic,
    Outcome,
    Span,
    as_warnings,
    did_you_mean,
    has_errors,
    in_order,
)
from aicareers_site.links import LinkedProse, Target
from aicareers_site.page_parts import Page, Parts
from aicareers_site.render import Output, Templates
from aicareers_site.sitemap import SitemapEntry, robots, sitemap
from aicareers_site.syndication import feed_outputs, feed_paths
from aicareers_site.template_source import FOLDER as TEMPLATE_FOLDER
from aicareers_site.texts import Manuscript, Rules
from aicareers_site.urls import HOME, ROBOTS, SITEMAP, Urls, output_path
from aicareers_site.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from aicareers_site.configuration import Configuration
    from aicareers_site.content_types import Article
    from aicareers_site.executor import Executor
    from aicareers_site.texts import Text

STATIC_FOLDER = "static/"
_FINGERPRINTED = (".css", ".js")


@dataclass(frozen=True, slots=True)
class Request:
    """What to build: the site as it is at ``now``; drafts and future articles only if asked for.

    ``base_url`` replaces that of ``site.yaml``.
    """

    now: datetime
    base_url: str | None = None
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


def configure(files: Mapping[str, bytes], request: Request) -> Outcome[Configuration | None]:
    """The site's settings from ``files``, the sources by path, as ``request`` wants them."""
    found = configuration.read(files.get(configuration.PATH, b""))
    if found.value is None or request.base_url is None:
        return found
    settings = found.value.settings.model_copy(update={"base_url": request.base_url})
    return Outcome(replace(found.value, settings=settings), found.diagnostics)


def build(
    files: Mapping[str, bytes], configured: Configuration, request: Request, executor: Executor
) -> Outcome[Built]:
    """Make the site from its source ``files`` (bytes by path).

    The outputs are complete only when there is no error.
    """
    settings = configured.settings
    templates, diagnostics = _templates(files)
    read, found = _texts(files, Rules.of(settings, drafts=request.drafts), executor)
    diagnostics += found
    linked, found = _linked(read, files, request)
    diagnostics += found
    if has_errors(diagnostics):
        diagnostics += pages.check_collisions(_own_claims(linked))
        return Outcome(Built(), in_order(diagnostics))
    published = [(item.article, item.prose) for item in linked if not item.withheld]
    parts = Parts(
        site.assemble(settings, published),
        Urls(settings.base_url),
        Wording(settings.language, settings.zone),
    )
    outcome = _outputs(parts, configured, templates, _copies(files, linked), files)
    skipped = {item.article.path: item.withheld.strip(",") for item in linked if item.withheld}
    return Outcome(
        replace(outcome.value, skipped=skipped), in_order([*diagnostics, *outcome.diagnostics])
    )


def _texts(
    files: Mapping[str, bytes], rules: Rules, executor: Executor
) -> tuple[list[Text], list[Diagnostic]]:
    diagnostics = [problem for path in files if (problem := texts.misplaced(path))]
    manuscripts = [
        Manuscript(path, content, rules)
        for path, content in files.items()
        if content_types.kind_of(path) and path.endswith(".md")
    ]
    found = []
    for outcome in executor.map(texts.read, manuscripts):
        diagnostics += outcome.diagnostics
        if outcome.value is not None:
            found.append(outcome.value)
    return found, diagnostics


def _linked(
    found: Sequence[Text], files: Mapping[str, bytes], request: Request
) -> tuple[list[_Linked], list[Diagnostic]]:
    reasons = {
        text.article.path: site.withheld(
            text.article, request.now, drafts=request.drafts, future=request.future
        )
        for text in found
    }
    targets = {
        text.article.path: Target(
            site.path_of(text.article),
            text.prose.ids | own_ids(text.article.front),
            reasons[text.article.path],
        )
        for text in found
    }
    linked: list[_Linked] = []
    diagnostics: list[Diagnostic] = []
    for text in found:
        article, own = text.article, targets[text.article.path]
        outcome = links.resolve(article.path, text.prose, own.path, own.ids, targets, files)
        linked.append(_Linked(article, outcome.value, own.withheld))
        problems = (*outcome.diagnostics, *_missing_image(article, files))
        lenient = article.front.draft and own.withheld
        diagnostics += as_warnings(problems) if lenient else problems
    return linked, diagnostics


def _own_claims(linked: Iterable[_Linked]) -> Iterator[tuple[str, Span]]:
    """The addresses that published articles claim for themselves."""
    for item in linked:
        if not item.withheld:
            tree = item.article.document.front_matter
            yield site.path_of(item.article), tree.span(("slug",))
            for index, alias in enumerate(item.article.front.aliases):
                yield alias, tree.span(("aliases", index))


def _image_file(article: Article) -> str | None:
    front = article.front
    if not isinstance(front, FrontMatter) or front.image is None:
        return None
    return links.file_path(article.path, front.image.src)


def _missing_image(article: Article, files: Mapping[str, bytes]) -> tuple[Diagnostic, ...]:
    file = _image_file(article)
    if file is None or file in files:
        return ()
    return (
        Diagnostic(
            "missing-image",
            f"there is no picture '{file}'",
            article.document.front_matter.span(("image", "src")),
            did_you_mean(file, files),
        ),
    )


def _copies(files: Mapping[str, bytes], linked: Iterable[_Linked]) -> dict[str, str]:
    """Source paths of files that are published as they are, by their path on the site.

    Everything in ``static/``, and of ``content/`` what published articles show; but nothing that
    only articles show which are not published.
    """
    shown: set[str] = set()
    hidden: set[str] = set()
    for item in linked:
        own = item.prose.files | ({image} if (image := _image_file(item.article)) else set())
        (hidden if item.withheld else shown).update(own)
    static = {path for path in files if path.startswith(STATIC_FOLDER)}
    return {links.published_path(path): path for path in sorted((static - hidden) | shown)}


def _outputs(
    parts: Parts,
    configured: Configuration,
    templates: Templates,
    copies: Mapping[str, str],
    files: Mapping[str, bytes],
) -> Outcome[Built]:
    planned = pages.plan(parts)
    claims = [*((path, Span(source)) for path, source in copies.items())]
    claims += ((page.path, page.origin) for page in planned)
    claims += ((path, Span(configuration.PATH)) for path in feed_paths(parts.site))
    claims += ((path, Span(configuration.PATH)) for path in (SITEMAP, ROBOTS))
    known = {path for path, _ in claims}
    site_paths = [link for prose in parts.site.proses for link in prose.site_paths]
    header = pages.header(parts, configured, _assets(parts, copies, files), known)
    diagnostics = [*header.diagnostics]
    diagnostics += pages.check_collisions(claims)
    diagnostics += links.check_site_paths(site_paths, known)
    if has_errors(diagnostics):
        return Outcome(Built(), tuple(diagnostics))
    templates.show(header.value)
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


def _assets(parts: Parts, copies: Mapping[str, str], files: Mapping[str, bytes]) -> dict[str, str]:
    """Addresses of the files of static/ by name; those of styles and scripts change with them."""
    assets = {}
    for path, source in copies.items():
        if source.startswith(STATIC_FOLDER):
            address = parts.urls.href(path)
            if path.endswith(_FINGERPRINTED):
                address += "?v=" + hashlib.blake2b(files[source], digest_size=5).hexdigest()
            assets[source.removeprefix(STATIC_FOLDER)] = address
    return assets


def _for_machines(parts: Parts, planned: Iterable[Page]) -> Iterator[Output]:
    """sitemap.xml and robots.txt."""
    entries = [
        SitemapEntry(parts.urls.url(page.path), page.modified) for page in planned if page.indexed
    ]
    for name, content in sitemap(entries, parts.urls.url(HOME)).items():
        yield Output(name, content)
    yield Output(output_path(ROBOTS), robots(parts.urls.url(SITEMAP)))
