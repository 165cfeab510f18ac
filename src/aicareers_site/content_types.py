"""The kinds of article and what their front matter means.

The folder below ``content/`` decides the kind. Each kind is a model whose fields carry their
documentation; ``docs/content-types.md`` shows the same to editors.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Annotated

from pydantic import Field, ValidationInfo, field_validator

from aicareers_site.content_parts import (
    Alias,
    Image,
    LeadFigure,
    Named,
    Question,
    Source,
    Tip,
    Visa,
    refuse_before,
)
from aicareers_site.diagnostics import Diagnostic, Outcome, Span, did_you_mean
from aicareers_site.kinds import Kind, kind_of
from aicareers_site.model_fields import required_at
from aicareers_site.models import (
    CalendarDate,
    CountryCode,
    Flag,
    MarkdownText,
    Model,
    Moment,
    Name,
    Slug,
    Text,
)
from aicareers_site.recovery import recovered
from aicareers_site.slugs import SLUG_PATTERN, slug
from aicareers_site.validation import as_meant, validate

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import tzinfo

    from aicareers_site.documents import Document
    from aicareers_site.yaml_tree import Location, Tree


class FrontMatter(Model):
    """What every article states about itself."""

    title: Text = Field(max_length=120, description="The headline; at most 120 characters.")
    description: Text = Field(
        max_length=320,
        description="The standfirst: one or two sentences, shown below the headline, in lists, "
        "feeds and search results; at most 320 characters.",
    )
    date: Moment = Field(
        description="When it is published; a future date is held back until then. "
        "2026-04-22 or 2026-04-22 12:01, in the site's time zone."
    )
    updated: Moment | None = Field(None, description="When it was last changed in substance.")
    authors: Annotated[tuple[Slug, ...], Field(min_length=1)] = Field(
        description="The authors' ids, from site.yaml."
    )
    category: Slug = Field(description="The category's id, from site.yaml.")
    tags: tuple[Slug, ...] = Field(
        (), description="Topics, as slugs such as remote-work; each gets a page and a feed."
    )
    series: Slug | None = Field(
        None,
        description="The id of the series that the article is a part of, from site.yaml. Parts "
        "stand in the order of their dates, and by path where these are equal.",
    )
    slug: Slug | None = Field(
        None,
        description="Last part of the address, at most 100 characters; the file's name when left "
        "out.",
    )
    draft: Flag = Field(False, description="true keeps the article out of the published site.")
    expires: Moment | None = Field(
        None, description="When the article disappears from the published site."
    )
    image: Image | None = Field(None, description="The lead picture.")
    lead_figure: LeadFigure | None = Field(
        None,
        description="The one figure that the article is about, shown large, also on the card that "
        "stands for it where it is shared.",
    )
    aliases: tuple[Alias, ...] = Field(
        (),
        description="Earlier addresses, oldest first, such as /blog/old-name/; each leads here. "
        "What has come back to an address that it had before names that one, too.",
    )
    sources: tuple[Source, ...] = Field(
        (), description="Where the facts come from; the prose cites them as [@id]."
    )
    faq: tuple[Question, ...] = Field((), description="Questions and answers, shown at the end.")
    featured: Flag = Field(False, description="true offers the article as the home page's lead.")

    @field_validator("updated", "expires")
    @classmethod
    def _after_date(cls, value: Moment | None, info: ValidationInfo) -> Moment | None:
        refuse_before(value, info, "date")
        return value

    def markdown_texts(self) -> Iterator[tuple[Location, str]]:
        """Every Markdown text outside the body, with its place in the front matter."""
        for index, question in enumerate(self.faq):
            yield ("faq", index, "answer"), question.answer

    def table_references(self) -> Iterator[tuple[Location, str]]:
        """Every data table that a field names, with its place in the front matter."""
        yield from ()

    def source_references(self) -> Iterator[tuple[Location, str]]:
        """Every id of a source that a field names, with its place in the front matter."""
        yield from ()


class Post(FrontMatter):
    """Career advice, and every article without a more precise kind (``content/articles/``)."""


class CountryProfile(FrontMatter):
    """A country as a place for AI work (``content/countries/``)."""

    country: CountryCode = Field(
        description="The country's code of ISO 3166-1 alpha-2, such as DE for Germany."
    )
    as_of: CalendarDate = Field(description="The day for which the profile's facts hold.")
    source: Slug = Field(
        description="The id of the source of the profile's facts, from this article's sources."
    )
    hubs: Annotated[tuple[Named, ...], Field(min_length=1)] = Field(
        description="Cities where the work is, most important first."
    )
    employers: tuple[Named, ...] = Field((), description="Employers named for the country.")
    salaries: tuple[Slug, ...] = Field(
        (),
        description="Ids of data tables on pay; their rows on this country are shown, and no row "
        "means that pay is not reported.",
    )
    visas: tuple[Visa, ...] = Field((), description="Ways to the right to work.")
    working_language: Text = Field(description="The language at work.")
    in_favour: Annotated[tuple[MarkdownText, ...], Field(min_length=1)] = Field(
        description="What speaks for the country, each in a few words."
    )
    against: Annotated[tuple[MarkdownText, ...], Field(min_length=1)] = Field(
        description="What speaks against it, each in a few words."
    )

    def markdown_texts(self) -> Iterator[tuple[Location, str]]:
        yield from super().markdown_texts()
        for index, visa in enumerate(self.visas):
            yield ("visas", index, "how"), visa.how
        for key, texts in (("in_favour", self.in_favour), ("against", self.against)):
            for index, text in enumerate(texts):
                yield (key, index), text

    def table_references(self) -> Iterator[tuple[Location, str]]:
        for index, name in enumerate(self.salaries):
            yield ("salaries", index), name

    def source_references(self) -> Iterator[tuple[Location, str]]:
        yield ("source",), self.source
        for index, visa in enumerate(self.visas):
            yield ("visas", index, "source"), visa.source


class HiringTrend(FrontMatter):
    """Where hiring is going (``content/trends/``)."""

    regions: tuple[Text, ...] = Field((), description="Regions that the trend concerns.")
    countries: tuple[CountryCode, ...] = Field(
        (), description="Countries that the trend concerns, as codes of ISO 3166-1 alpha-2."
    )
    key_points: Annotated[tuple[MarkdownText, ...], Field(min_length=1)] = Field(
        description="What to take away, each in a sentence; Markdown, may cite sources."
    )
    dateline: Text | None = Field(
        None, description="Where and for when it is reported, shown before the text."
    )

    def markdown_texts(self) -> Iterator[tuple[Location, str]]:
        yield from super().markdown_texts()
        for index, text in enumerate(self.key_points):
            yield ("key_points", index), text


class MarketStatistics(FrontMatter):
    """Figures of the job market (``content/market/``)."""

    tables: Annotated[tuple[Name, ...], Field(min_length=1)] = Field(
        description="The data tables that the article is about, or single breakdowns of them, "
        "such as ml-jobs-2026.place; they are shown above the text."
    )
    tips: tuple[Tip, ...] = Field((), description="Numbered advice drawn from the figures.")

    def markdown_texts(self) -> Iterator[tuple[Location, str]]:
        yield from super().markdown_texts()
        for index, tip in enumerate(self.tips):
            yield ("tips", index, "text"), tip.text

    def table_references(self) -> Iterator[tuple[Location, str]]:
        for index, name in enumerate(self.tables):
            yield ("tables", index), name


class PageFrontMatter(Model):
    """A page outside the blog, such as about or privacy (``content/pages/``)."""

    title: Text = Field(max_length=120, description="The headline; at most 120 characters.")
    description: Text = Field(
        max_length=320, description="What the page is for, in a sentence; at most 320 characters."
    )
    updated: Moment = Field(description="When the page was last changed in substance.")
    slug: Slug | None = Field(
        None,
        description="The page's address, /slug/, at most 100 characters; the file's name when left "
        "out.",
    )
    draft: Flag = Field(False, description="true keeps the page out of the published site.")
    aliases: tuple[Alias, ...] = Field((), description="Earlier addresses; each redirects here.")

    def markdown_texts(self) -> Iterator[tuple[Location, str]]:
        """A page has no Markdown outside its body."""
        yield from ()

    def table_references(self) -> Iterator[tuple[Location, str]]:
        """A page lists no data tables."""
        yield from ()

    @property
    def sources(self) -> tuple[Source, ...]:
        """A page cites nothing."""
        return ()


MODELS: dict[Kind, type[FrontMatter] | type[PageFrontMatter]] = {
    Kind.POST: Post,
    Kind.COUNTRY_PROFILE: CountryProfile,
    Kind.HIRING_TREND: HiringTrend,
    Kind.MARKET_STATISTICS: MarketStatistics,
    Kind.PAGE: PageFrontMatter,
}
"""The front matter of each kind."""


_CALLED = {
    Kind.POST: "a post",
    Kind.COUNTRY_PROFILE: "a country profile",
    Kind.HIRING_TREND: "a hiring trend",
    Kind.MARKET_STATISTICS: "an article with market statistics",
    Kind.PAGE: "a page",
}


@dataclass(frozen=True, slots=True)
class Article:
    """A document that was read as what its folder makes it.

    ``slug`` is the last part of its address. Its ``front`` is a :class:`FrontMatter` for
    everything in the blog and a :class:`PageFrontMatter` for pages. Where the front matter of a
    ``faulty`` article has errors, it is what can be read all the same, and ``unread`` are the
    fields of which something is missing (:mod:`.recovery`).
    """

    document: Document
    kind: Kind
    slug: str
    front: FrontMatter | PageFrontMatter
    faulty: bool = False
    unread: frozenset[str] = frozenset()

    @property
    def path(self) -> str:
        """Path of the source file, relative to the project."""
        return self.document.path

    @property
    def source_ids(self) -> tuple[str, ...] | None:
        """The ids of its sources in their order, None where not all of them can be read."""
        ids = tuple(source.id for source in self.front.sources)
        return None if "sources" in self.unread and not (ids and all(ids)) else ids


def read(document: Document, time_zone: tzinfo) -> Outcome[Article]:
    """Read a document's front matter as its folder's kind, as far as that is possible.

    ``time_zone`` is the site's, for moments without an offset.
    """
    kind = kind_of(document.path)
    if kind is None:
        raise ValueError(f"{document.path} is in no folder of articles")
    model, tree, what = MODELS[kind], document.front_matter, _CALLED[kind]
    missing = _missing_of_kind(model, tree)
    misplaced = (_misplaced(tree, what, missing),) if missing else ()
    outcome = validate(model, tree, what=what, time_zone=time_zone, excused=missing)
    if outcome.value is None:
        article = recover(document, kind, time_zone)
    else:
        article = _article(document, kind, outcome.value)
    return Outcome(article, (*misplaced, *outcome.diagnostics, *_inconsistencies(article)))


def recover(document: Document, kind: Kind, time_zone: tzinfo) -> Article:
    """What can be read of an article whose front matter has errors."""
    tree = as_meant(MODELS[kind], document.front_matter, time_zone)
    front, unread = recovered(MODELS[kind], tree.data, time_zone)
    article = _article(replace(document, front_matter=tree), kind, front)
    return replace(article, faulty=True, unread=unread)


def _repeated_sources(article: Article) -> Iterator[Diagnostic]:
    seen: set[str] = set()
    for index, source in enumerate(article.front.sources):
        if source.id in seen:
            yield Diagnostic(
                "duplicate-id",
                f"two sources have the id '{source.id}'",
                article.document.front_matter.span(("sources", index, "id")),
                "give each its own id",
            )
        seen |= {source.id} - {""}  # one that cannot be read has an error already


def place(document: Document, location: Location) -> Span:
    """Where a field of the front matter stands, also below a key that is misspelt."""
    tree, kind = document.front_matter, kind_of(document.path)
    if location not in tree.places and kind is not None:
        tree = as_meant(MODELS[kind], tree)
    return tree.span(location)


def _article(document: Document, kind: Kind, front: FrontMatter | PageFrontMatter) -> Article:
    return Article(document, kind, front.slug or PurePosixPath(document.path).stem, front)


def _inconsistencies(article: Article) -> Iterator[Diagnostic]:
    """What is wrong with an article whose fields are right, each by itself."""
    if "slug" not in article.unread and not re.fullmatch(SLUG_PATTERN, article.slug):
        yield _bad_file_name(article.path, article.slug)
    yield from _repeated_sources(article)
    known = article.source_ids
    if isinstance(article.front, FrontMatter) and known is not None:
        for location, reference in article.front.source_references():
            if reference and reference not in known:
                yield Diagnostic(
                    "unknown-source",
                    f"'{reference}' is none of this article's sources",
                    article.document.front_matter.span(location),
                    did_you_mean(reference, known) or "list it under 'sources'",
                )


def _missing_of_kind(model: type[FrontMatter] | type[PageFrontMatter], tree: Tree) -> list[str]:
    """What a plain post in the folder of another kind does not have; else nothing."""
    own = _own_requirements(model)
    missing = [name for name in own if name not in tree.data]
    is_article = model is not PageFrontMatter and "title" in tree.data
    return missing if is_article and len(own) >= 2 and len(missing) * 2 > len(own) else []


def _misplaced(tree: Tree, what: str, missing: Sequence[str]) -> Diagnostic:
    return Diagnostic(
        "wrong-folder",
        f"{what} needs {_listed(missing)}, which this article does not have",
        tree.key_span(("title",)),
        "a plain post belongs in content/articles/; else write what is missing",
    )


@cache
def _own_requirements(model: type[FrontMatter] | type[PageFrontMatter]) -> list[str]:
    """The keys that only this kind of article must have."""
    return [name for name in required_at(model, ()) if name not in FrontMatter.model_fields]


def _listed(names: Sequence[str]) -> str:
    return " and ".join([", ".join(f"'{name}'" for name in names[:-1]), f"'{names[-1]}'"])


def _bad_file_name(path: str, name: str) -> Diagnostic:
    meant = slug(name)
    return Diagnostic(
        "invalid-file-name",
        f"the file's name '{name}' cannot be an address",
        Span(path),
        f"rename it to {meant}.md"
        if meant
        else "name the file with lower-case letters, digits and hyphens, or give a 'slug'",
    )
