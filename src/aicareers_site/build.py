"""The order of the stages, and only that: from the sources to every file of the site."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from aicareers_site import configuration, content_types, documents, links, pages, prose, site
from aicareers_site.article_page import own_ids
from aicareers_site.content_types import FOLDERS, Article, FrontMatter
from aicareers_site.diagnostics import (
    Diagnostic,
    Outcome,
    Span,
    as_warnings,
    did_you_mean,
    has_errors,
    in_order,
)
from aicareers_site.facts import fragment_name
from aicareers_site.links import LinkedProse, Target
from aicareers_site.page_parts import Page, Parts
from aicareers_site.prose import Fragment, Prose
from aicareers_site.render import Output, Templates
from aicareers_site.sitemap import SitemapEntry, robots, sitemap
from aicareers_site.syndication import feed_outputs, feed_paths
from aicareers_site.template_source import FOLDER as TEMPLATE_FOLDER
from aicareers_site.urls import HOME, ROBOTS, SITEMAP, Urls, output_path
from aicareers_site.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from aicareers_site.configuration import Configuration, SiteSettings
    from aicareers_site.executor import Executor
    from aicareers_site.views import SiteHeader

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
class _Text:
    """An article with its rendered prose; ``withheld`` says why it is not published, if so."""

    article: Article
    prose: Prose
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
    articles, diagnostics = _articles(files, settings, request, executor)
    texts, found = _texts(articles, request, executor)
    diagnostics += found
    linked, found = _linked(texts, files)
    diagnostics += found
    if has_errors(diagnostics):
        return Outcome(Built(), in_order(diagnostics))
    published = [(text.article, prose) for text, prose in linked if not text.withheld]
    parts = Parts(
        site.assemble(settings, published),
        Urls(settings.base_url),
        Wording(settings.language, settings.zone),
    )
    outcome = _outputs(parts, configured, _copies(files, linked), files)
    skipped = {text.article.path: text.withheld.strip(",") for text in texts if text.withheld}
    return Outcome(
        replace(outcome.value, skipped=skipped), in_order([*diagnostics, *outcome.diagnostics])
    )


def _articles(
    files: Mapping[str, bytes], settings: SiteSettings, request: Request, executor: Executor
) -> tuple[list[Article], list[Diagnostic]]:
    diagnostics: list[Diagnostic] = []
    jobs = []
    for path, content in files.items():
        if problem := _misplaced(path):
            diagnostics.append(problem)
        elif content_types.kind_of(path) and path.endswith(".md"):
            jobs.append((path, content, settings, request.drafts))
    articles = []
    for outcome in executor.map(_read_article, jobs):
        diagnostics += outcome.diagnostics
        if outcome.value is not None:
            articles.append(outcome.value)
    return articles, diagnostics


def _misplaced(path: str) -> Diagnostic | None:
    """An error for a Markdown file that would be left out without a word."""
    parts = PurePosixPath(path).parts
    is_markdown = PurePosixPath(path).suffix.lower() in {".md", ".markdown", ".mdown", ".mdx"}
    if parts[0] != "content" or not is_markdown:
        return None
    if content_types.kind_of(path) is None:
        folder = parts[1] if len(parts) > 2 else ""
        return Diagnostic(
            "unknown-folder",
            f"the folder content/{folder} has no kind of article",
            Span(path),
            did_you_mean(folder, FOLDERS),
        )
    if not path.endswith(".md"):
        return Diagnostic("file-extension", "articles end in '.md'", Span(path), "rename the file")
    return None


def _read_article(job: tuple[str, bytes, SiteSettings, bool]) -> Outcome[Article | None]:
    path, content, settings, drafts = job
    document = documents.parse(path, content)
    if document.value is None:
        return Outcome(None, document.diagnostics)
    is_draft = str(document.value.front_matter.data.get("draft", "")).lower() in {"true", "yes"}
    outcome = content_types.read(document.value, settings.zone)
    found = [*document.diagnostics, *outcome.diagnostics]
    if outcome.value is not None:
        found += site.check_references(outcome.value, settings)
    # A draft may be unfinished: it is not published, so its faults must not stop the others.
    diagnostics = as_warnings(found) if is_draft and not drafts else tuple(found)
    return Outcome(None if has_errors(found) else outcome.value, diagnostics)


def _texts(
    articles: Sequence[Article], request: Request, executor: Executor
) -> tuple[list[_Text], list[Diagnostic]]:
    texts: list[_Text] = []
    diagnostics: list[Diagnostic] = []
    outcomes = executor.map(_render_prose, articles)
    for article, outcome in zip(articles, outcomes, strict=True):
        reason = site.withheld(article, request.now, drafts=request.drafts, future=request.future)
        texts.append(_Text(article, outcome.value, reason))
        diagnostics += _lenient(article, reason, outcome.diagnostics)
    return texts, diagnostics


def _render_prose(article: Article) -> Outcome[Prose]:
    document, front = article.document, article.front
    fragments = {
        fragment_name(location): Fragment(text, document.front_matter.span(location))
        for location, text in front.markdown_texts()
    }
    return prose.render(
        document.path,
        document.body,
        document.body_line,
        fragments,
        tuple(source.id for source in front.sources),
    )


def _lenient(
    article: Article, reason: str, diagnostics: tuple[Diagnostic, ...]
) -> tuple[Diagnostic, ...]:
    return as_warnings(diagnostics) if article.front.draft and reason else diagnostics


def _linked(
    texts: Sequence[_Text], files: Mapping[str, bytes]
) -> tuple[list[tuple[_Text, LinkedProse]], list[Diagnostic]]:
    targets = {
        text.article.path: Target(
            site.path_of(text.article),
            text.prose.ids | own_ids(text.article.front),
            text.withheld,
        )
        for text in texts
    }
    linked: list[tuple[_Text, LinkedProse]] = []
    diagnostics: list[Diagnostic] = []
    for text in texts:
        article = text.article
        outcome = links.resolve(
            article.path,
            text.prose,
            targets[article.path].path,
            own_ids(article.front),
            targets,
            files,
        )
        linked.append((text, outcome.value))
        found = (*outcome.diagnostics, *_missing_image(article, files))
        diagnostics += _lenient(article, text.withheld, found)
    return linked, diagnostics


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


def _copies(
    files: Mapping[str, bytes], linked: Sequence[tuple[_Text, LinkedProse]]
) -> dict[str, str]:
    """Source paths of files that are published as they are, by their path on the site.

    Everything in ``static/``, and of ``content/`` what published articles show; but nothing that
    only articles show which are not published.
    """
    shown: set[str] = set()
    hidden: set[str] = set()
    for text, prose_ in linked:
        own = prose_.files | ({image} if (image := _image_file(text.article)) else set())
        (hidden if text.withheld else shown).update(own)
    static = {path for path in files if path.startswith(STATIC_FOLDER)}
    return {links.published_path(path): path for path in sorted((static - hidden) | shown)}


def _outputs(
    parts: Parts, configured: Configuration, copies: Mapping[str, str], files: Mapping[str, bytes]
) -> Outcome[Built]:
    planned = pages.plan(parts)
    claims = [*((path, Span(source)) for path, source in copies.items())]
    claims += ((page.path, page.origin) for page in planned)
    claims += ((path, Span(configuration.PATH)) for path in feed_paths(parts.site))
    claims += ((path, Span(configuration.PATH)) for path in (SITEMAP, ROBOTS))
    known = {path for path, _ in claims}
    texts = [*(post.prose for post in parts.site.posts), *(page.prose for page in parts.site.pages)]
    site_paths = [link for text in texts for link in text.site_paths]
    header = pages.header(parts, configured, _assets(parts, copies, files), known)
    templates, diagnostics = _templates(files, header.value)
    diagnostics += header.diagnostics
    diagnostics += pages.check_collisions(claims)
    diagnostics += links.check_site_paths(site_paths, known)
    if has_errors(diagnostics):
        return Outcome(Built(), tuple(diagnostics))
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


def _templates(
    files: Mapping[str, bytes], header: SiteHeader
) -> tuple[Templates, list[Diagnostic]]:
    texts: dict[str, str] = {}
    diagnostics: list[Diagnostic] = []
    for path, content in files.items():
        if path.startswith(TEMPLATE_FOLDER):
            decoded = documents.decode(path, content)
            diagnostics += decoded.diagnostics
            texts[path.removeprefix(TEMPLATE_FOLDER)] = decoded.value
    templates = Templates(texts, header)
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
