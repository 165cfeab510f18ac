"""One article from its bytes to its rendered text: all that needs no other article.

This is where the time of a build goes, so that it is one step: what it sees is few and small, and
whoever calls it may keep its result for as long as these stay the same.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, NamedTuple

from aicareers_site import content_types, documents, links, prose, validation
from aicareers_site.content_types import (
    CountryProfile,
    FrontMatter,
    HiringTrend,
    MarketStatistics,
    PageFrontMatter,
)
from aicareers_site.diagnostics import Diagnostic, Outcome, as_notes, did_you_mean
from aicareers_site.facts import fragment_name, source_anchor, table_anchor
from aicareers_site.figure_filling import Filling, Supply
from aicareers_site.figure_marks import MARK
from aicareers_site.kinds import Kind, kind_of
from aicareers_site.markdown_source import MarkdownSource
from aicareers_site.model_fields import field_at, holds
from aicareers_site.models import Markdown, Plain
from aicareers_site.prose import Fragment, Prose
from aicareers_site.records import Faulty, Illustration, Record, Text, tables_of
from aicareers_site.references import References
from aicareers_site.results import Made
from aicareers_site.typography import smarten
from aicareers_site.urls import BLOG
from aicareers_site.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
    from datetime import tzinfo

    from pydantic.fields import FieldInfo

    from aicareers_site.content_parts import Image, LeadFigure
    from aicareers_site.content_types import Article
    from aicareers_site.diagnostics import Span
    from aicareers_site.documents import Document
    from aicareers_site.html_allowed import HtmlPolicy
    from aicareers_site.links import Reference
    from aicareers_site.manuscripts import Manuscript, Rules
    from aicareers_site.yaml_tree import Location, Tree


def read(manuscript: Manuscript) -> Made[Outcome[Record | Faulty | None]]:
    """Read and render one article: its record, None where nothing can be read, and its text.

    The body holds a :class:`~aicareers_site.records.Text`, and nothing for a faulty article. The
    faults of a draft are notes unless drafts are published: it may be unfinished, and must not stop
    the others.
    """
    rules = manuscript.rules.value
    document = documents.parse(manuscript.path, manuscript.content)
    if document.value is None:
        return Made(Outcome(None, document.diagnostics))
    front_matter = document.value.front_matter.data
    slug = str(front_matter.get("slug") or PurePosixPath(manuscript.path).stem)
    path = path_for(kind_of(manuscript.path), slug)
    supply = Supply(manuscript.figures, Wording(rules.language, rules.zone), path)
    filled = (
        _filled(document.value, supply) if b"{{" in manuscript.content else _Filled(document.value)
    )
    typed = _typed(filled, rules.zone)
    article = typed.value
    rendered = _rendered(article, supply, rules.html)
    found = [*document.diagnostics, *filled.diagnostics]
    if typed.diagnostics:
        found += _with_known_ids(typed.diagnostics, document.value.front_matter, rules)
    found += [*check_references(article, rules), *rendered.diagnostics]
    figures = dict.fromkeys([*filled.figures, *rendered.value.figures])
    ids = rendered.value.ids | own_ids(article.front, rendered.value)
    named = [*figures, *(name for _, name in article.front.table_references())]
    tables = tables_of(named, rendered.value.charts)
    ids |= {"data", *map(table_anchor, tables)} if tables else set()
    ids |= _doubtful_ids(article, rendered.value)
    linked = links.read(manuscript.path, rendered.value.links, ids)
    found += linked.diagnostics
    addresses, references = linked.value
    record = _record(article, tuple(sorted(ids)), references)._replace(
        figures=tuple(figures), charts=rendered.value.charts
    )
    lenient = document.value.says_draft and not rules.drafts
    told = as_notes(found) if lenient else tuple(found)
    if article.faulty:
        return Made(Outcome(Faulty(_without_guesses(record, article)), told))
    return Made(Outcome(record, told), _text(article, rendered.value, addresses).packed())


def path_of(article: Article) -> str:
    """The article's path on the site: /blog/<slug>/, or /<slug>/ for a page."""
    return path_for(article.kind, article.slug)


def path_for(kind: Kind | None, slug: str) -> str:
    """The path on the site of an article of this kind, or of what is outside, with this slug."""
    return f"/{slug}/" if kind is Kind.PAGE else f"{BLOG}{slug}/"


def check_references(article: Article, rules: Rules) -> tuple[Diagnostic, ...]:
    """Authors, category and series that are not among those of ``site.yaml``."""
    front, tree = article.front, article.document.front_matter
    if isinstance(front, PageFrontMatter):
        return ()
    named: list[tuple[Location, str, str, str, Collection[str]]] = [
        (("authors", index), name, "unknown-author", "authors", rules.authors)
        for index, name in enumerate(front.authors)
    ]
    named.append(
        (("category",), front.category, "unknown-category", "categories", rules.categories)
    )
    if front.series:
        named.append((("series",), front.series, "unknown-series", "series", rules.series))
    return tuple(
        Diagnostic(
            code,
            f"'{name}' is not among the {several} of site.yaml",
            tree.span(location),
            did_you_mean(name, known) or f"describe it under '{several}' in site.yaml",
        )
        for location, name, code, several, known in named
        if name and name not in known
    )


def _with_known_ids(found: Iterable[Diagnostic], tree: Tree, rules: Rules) -> Iterator[Diagnostic]:
    """What was ``found``; where a value is no id, the hint tells those that ``site.yaml`` has."""
    named: dict[Span, tuple[str, Collection[str]]] = {}
    for key, known in (
        ("authors", rules.authors),
        ("category", rules.categories),
        ("series", rules.series),
    ):
        value = tree.data.get(key)
        if isinstance(value, list):
            named |= {tree.span((key, n)): (str(one), known) for n, one in enumerate(value)}
        elif isinstance(value, str):
            named[tree.span((key,))] = (value, known)
    for one in found:
        if one.code == "invalid-value" and one.span in named:
            yield replace(one, hint=did_you_mean(*named[one.span]) or one.hint)
        else:
            yield one


def own_ids(front: FrontMatter | PageFrontMatter, prose: Prose) -> frozenset[str]:
    """The ids that the theme gives to parts of this article's page, for links to them."""
    if isinstance(front, PageFrontMatter):
        return frozenset({"main"})
    ids = {"main", "contents"} if len(prose.contents) > 1 else {"main"}
    ids |= {source_anchor(source.id) for source in front.sources}
    if front.sources:
        ids.add("sources")
    if front.faq:
        ids.add("faq")
    if isinstance(front, CountryProfile):
        ids.add("facts")
    if isinstance(front, HiringTrend):
        ids.add("key-points")
    if isinstance(front, MarketStatistics):
        listed = (name.replace(".", "-") for name in front.tables if "." in name)
        ids |= {"figures", *(f"figures:{name}" for name in listed)}
        ids |= {"tips"} if front.tips else set()
    return frozenset(ids)


_SECTIONS = {
    "sources": ("sources", "source:"),
    "faq": ("faq",),
    "tips": ("tips",),
    "tables": ("data", "data:", "figures:"),
    "salaries": ("data", "data:"),
}
"""By field: the ids that its part of the page has, and how those of its entries begin."""


def _doubtful_ids(article: Article, prose: Prose) -> frozenset[str]:
    """What may be ids on the page, by fields that cannot be read: links to them are not judged."""
    starts = tuple(start for field in article.unread for start in _SECTIONS.get(field, ()))
    whole = {start for start in starts if not start.endswith(":")}
    asked = {link.target[1:] for link in prose.links if link.target.startswith("#")}
    return frozenset(whole | {name for name in asked if name.startswith(starts)})


class _Filled(NamedTuple):
    """A document with figures in the plain texts of its front matter, and what these are.

    ``misplaced`` are errors for figures in other fields, by their places: there they stay as they
    are written.
    """

    document: Document
    figures: tuple[str, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    misplaced: Mapping[Location, Diagnostic] = {}


def _filled(document: Document, supply: Supply) -> _Filled:
    """Put figures into the plain texts of the front matter; Markdown gets its own later."""
    kind = kind_of(document.path)
    model = content_types.MODELS[kind] if kind else FrontMatter
    tree, filling, references = document.front_matter, Filling(supply), References()
    misplaced: dict[Location, Diagnostic] = {}
    field_of = _fields(model, tree)

    def fill(value: Any, location: Location) -> Any:
        if isinstance(value, dict):
            return {key: fill(item, (*location, key)) for key, item in value.items()}
        if isinstance(value, list):
            return [fill(item, (*location, index)) for index, item in enumerate(value)]
        if not isinstance(value, str) or "{{" not in value:
            return value
        field = field_of(location)
        if field is None or holds(field, Markdown):  # of an unknown key, nothing else is told
            return value
        if holds(field, Plain):
            source = MarkdownSource(document.path, value, span=tree.span(location))
            return filling.plain(source, references)
        if MARK.search(value):
            misplaced[location] = _misplaced(tree.span(location))
        return value

    data = fill(tree.data, ())
    filled = replace(document, front_matter=replace(tree, data=data))
    found = tuple(references.diagnostics)
    return _Filled(filled, tuple(filling.used), found, misplaced)


def _fields(
    model: type[FrontMatter | PageFrontMatter], tree: Tree
) -> Callable[[Location], FieldInfo | None]:
    """Finds the fields for places in a front matter, also below misspelt keys."""

    @cache
    def misspelt() -> Mapping[Location, str]:
        return validation.misspelt(model, tree)

    def meant(location: Location) -> Location:
        starts = (location[:end] for end in range(1, len(location) + 1))
        return tuple(misspelt().get(start, start[-1]) for start in starts)

    def field(location: Location) -> FieldInfo | None:
        return field_at(model, location) or field_at(model, meant(location))

    return field


def _misplaced(span: Span) -> Diagnostic:
    return Diagnostic(
        "figure-place",
        "a figure cannot stand here",
        span,
        "write the value itself; figures stand in texts for readers",
    )


def _typed(filled: _Filled, zone: tzinfo) -> Outcome[Article]:
    """The article; an error, too, where a figure cannot stand and the type takes any words."""
    article = content_types.read(filled.document, zone)
    refused = {found.span for found in article.diagnostics}
    misplaced = {
        place: found for place, found in filled.misplaced.items() if found.span not in refused
    }
    if not misplaced:
        return article
    readable = _without(filled.document, misplaced)
    return Outcome(
        content_types.recover(readable, article.value.kind, zone),
        (*article.diagnostics, *misplaced.values()),
    )


def _without(document: Document, places: Collection[Location]) -> Document:
    """The document with nothing at these ``places`` of its front matter."""

    def emptied(value: Any, location: Location) -> Any:
        if location in places:
            return None
        if isinstance(value, dict):
            return {key: emptied(item, (*location, key)) for key, item in value.items()}
        if isinstance(value, list):
            return [emptied(item, (*location, index)) for index, item in enumerate(value)]
        return value

    tree = document.front_matter
    return replace(document, front_matter=replace(tree, data=emptied(tree.data, ())))


def _rendered(article: Article, supply: Supply, policy: HtmlPolicy) -> Outcome[Prose]:
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
        article.source_ids,
        supply,
        policy,
    )


def _record(article: Article, ids: tuple[str, ...], references: tuple[Reference, ...]) -> Record:
    front = article.front
    record = Record(
        article.path,
        article.kind.value,
        article.slug,
        path_of(article),
        smarten(front.title),
        smarten(front.description),
        front.updated or front.date if isinstance(front, FrontMatter) else front.updated,
        front.draft,
        front.aliases,
        ids,
        references,
        updated=front.updated,
    )
    if isinstance(front, PageFrontMatter):
        return record
    return record._replace(
        date=front.date,
        expires=front.expires,
        featured=front.featured,
        category=front.category,
        tags=tuple(dict.fromkeys(front.tags)),
        authors=tuple(dict.fromkeys(front.authors)),
        series=front.series or "",
        picture=_illustration(article.path, front.image),
        lead_figure=_lead_figure(front.lead_figure),
        countries=_countries(front),
        tables=tuple((fragment_name(at), name) for at, name in front.table_references() if name),
        profiled=front.country if isinstance(front, CountryProfile) else "",
    )


def _without_guesses(record: Record, article: Article) -> Record:
    """The record of a faulty article without what would be another one once it is mended."""
    if article.unread & {"slug", "draft", "expires"}:  # it may be none that readers see
        record = record._replace(path="")
    if article.unread & {"date", "draft", "expires"}:
        record = record._replace(updated=None)
    return record


def _illustration(source: str, image: Image | None) -> Illustration | None:
    if image is None or not image.src:
        return None
    caption = smarten(image.caption) if image.caption else None
    return Illustration(links.file_path(source, image.src), smarten(image.alt), caption)


def _lead_figure(figure: LeadFigure | None) -> tuple[str, str] | None:
    return (smarten(figure.value), smarten(figure.label)) if figure else None


def _countries(front: FrontMatter) -> tuple[str, ...]:
    if isinstance(front, CountryProfile):
        return (front.country,)
    return tuple(dict.fromkeys(front.countries)) if isinstance(front, HiringTrend) else ()


def _text(article: Article, rendered: Prose, addresses: tuple[str, ...]) -> Text:
    """The text for the article's page, without what the record already says."""
    return Text(
        article.path,
        article.kind.value,
        article.slug,
        path_of(article),
        article.front,
        replace(rendered, ids=frozenset(), links=(), figures=(), charts=()),
        addresses,
    )
