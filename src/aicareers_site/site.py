"""The site as a whole: which articles are published, in what order, and what belongs together."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aicareers_site import pagination
from aicareers_site.content_types import (
    Article,
    CountryProfile,
    FrontMatter,
    HiringTrend,
    PageFrontMatter,
)
from aicareers_site.diagnostics import Diagnostic, Severity, did_you_mean
from aicareers_site.related import related
from aicareers_site.typography import smarten
from aicareers_site.urls import BLOG
from aicareers_site.wording import in_words

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from aicareers_site.configuration import Author, Section, SiteSettings
    from aicareers_site.links import LinkedProse


@dataclass(frozen=True, slots=True)
class Post:
    """An article of the blog, with its text and its path on the site."""

    article: Article
    front: FrontMatter
    prose: LinkedProse

    @property
    def path(self) -> str:
        return self.prose.path

    @property
    def slug(self) -> str:
        return self.article.slug

    @property
    def title(self) -> str:
        return smarten(self.front.title)

    @property
    def description(self) -> str:
        return smarten(self.front.description)

    @property
    def modified(self) -> datetime:
        """When the article last changed in substance."""
        return self.front.updated or self.front.date


@dataclass(frozen=True, slots=True)
class SitePage:
    """A page outside the blog, with its text and its path on the site."""

    article: Article
    front: PageFrontMatter
    prose: LinkedProse

    @property
    def path(self) -> str:
        return self.prose.path


@dataclass(frozen=True, slots=True)
class Term:
    """A category, topic or author with its articles, newest first."""

    id: str
    title: str
    description: str
    path: str
    posts: tuple[Post, ...]
    author: Author | None = None


@dataclass(frozen=True, slots=True)
class Taxonomy:
    """All terms of one sort; ``name`` and ``base`` tell which: categories at /categories/."""

    name: str
    base: str
    terms: Mapping[str, Term]


@dataclass(frozen=True, slots=True)
class Site:
    """Everything that is published, in order. ``posts`` are newest first, pages by path."""

    settings: SiteSettings
    posts: tuple[Post, ...]
    pages: tuple[SitePage, ...]
    categories: Taxonomy
    topics: Taxonomy
    authors: Taxonomy
    related: tuple[tuple[int, ...], ...]
    profiles: tuple[tuple[Post, CountryProfile], ...]
    """The newest profile of each country, by the country's code."""

    @property
    def taxonomies(self) -> tuple[Taxonomy, ...]:
        return (self.categories, self.topics, self.authors)

    @property
    def proses(self) -> tuple[LinkedProse, ...]:
        """The texts of all articles and pages."""
        return (*(post.prose for post in self.posts), *(page.prose for page in self.pages))

    def blog_page(self, index: int) -> str:
        """The path of the blog's list page on which the post at ``index`` stands."""
        size = self.settings.page_size
        return pagination.page_path(BLOG, pagination.page_number(index, len(self.posts), size))


def path_of(article: Article) -> str:
    """The article's path on the site: /blog/<slug>/, or /<slug>/ for a page."""
    is_page = isinstance(article.front, PageFrontMatter)
    return f"/{article.slug}/" if is_page else f"{BLOG}{article.slug}/"


def withheld(article: Article, now: datetime, *, drafts: bool, future: bool) -> str:
    """Why the article is not published at ``now``; empty where it is."""
    front = article.front
    if front.draft and not drafts:
        return "a draft"
    if isinstance(front, PageFrontMatter):
        return ""
    if front.date > now and not future:
        return f"dated {front.date:%Y-%m-%d %H:%M}, which is still to come,"
    if front.expires is not None and front.expires <= now:
        return f"expired since {front.expires:%Y-%m-%d %H:%M}"
    return ""


def has_expired(article: Article, now: datetime) -> bool:
    """Whether the article was published and is no more."""
    expires = article.front.expires if isinstance(article.front, FrontMatter) else None
    return not article.front.draft and expires is not None and expires <= now


def check_dates(articles: Iterable[Article], now: datetime) -> Iterator[Diagnostic]:
    """Changes that are dated in the future: feeds and the sitemap would announce them."""
    for article in articles:
        updated = article.front.updated
        if updated is not None and updated > now and not article.front.draft:
            date = article.front.date if isinstance(article.front, FrontMatter) else now
            if date <= now:
                yield Diagnostic(
                    "future-update",
                    f"'updated' is {updated:%Y-%m-%d %H:%M}, which is still to come",
                    article.document.front_matter.span(("updated",)),
                    "write the day of the last change, or give the article a future 'date'",
                )


def check_likenesses(site: Site) -> Iterator[Diagnostic]:
    """Published articles that readers cannot tell apart, or of which a list shows but one."""
    titles: dict[str, Post] = {}
    countries: dict[str, Post] = {}
    for post in reversed(site.posts):
        tree = post.article.document.front_matter
        first = titles.setdefault(post.title.casefold(), post)
        if first is not post:
            yield Diagnostic(
                "duplicate-title",
                f"'{first.article.path}' has the same title",
                tree.span(("title",)),
                "say in the title what is different",
                Severity.WARNING,
                (first.article.document.front_matter.span(("title",)),),
            )
        if isinstance(post.front, CountryProfile):
            first = countries.setdefault(post.front.country, post)
            if first is not post:
                yield Diagnostic(
                    "duplicate-country",
                    f"'{first.article.path}' profiles the same country; the newest is compared",
                    tree.span(("country",)),
                    "let one of them expire, or make it another kind of article",
                    Severity.WARNING,
                    (first.article.document.front_matter.span(("country",)),),
                )


def check_references(
    article: Article, authors: Collection[str], categories: Collection[str]
) -> tuple[Diagnostic, ...]:
    """Authors and categories that are not among those of ``site.yaml``."""
    front, tree = article.front, article.document.front_matter
    if isinstance(front, PageFrontMatter):
        return ()
    found = [
        Diagnostic(
            "unknown-author",
            f"'{author}' is not among the authors of site.yaml",
            tree.span(("authors", index)),
            did_you_mean(author, authors),
        )
        for index, author in enumerate(front.authors)
        if author not in authors
    ]
    if front.category not in categories:
        found.append(
            Diagnostic(
                "unknown-category",
                f"'{front.category}' is not among the categories of site.yaml",
                tree.span(("category",)),
                did_you_mean(front.category, categories),
            )
        )
    return tuple(found)


def assemble(settings: SiteSettings, texts: Iterable[tuple[Article, LinkedProse]]) -> Site:
    """Put the published articles, in any order, into one site.

    Their references must have been checked.
    """
    posts, pages = [], []
    for article, prose in texts:
        if isinstance(article.front, FrontMatter):
            posts.append(Post(article, article.front, prose))
        else:
            pages.append(SitePage(article, article.front, prose))
    # By path first: equal dates keep one order whatever the input's.
    posts.sort(key=lambda post: post.path)
    posts.sort(key=lambda post: post.front.date, reverse=True)
    return Site(
        settings,
        tuple(posts),
        tuple(sorted(pages, key=lambda page: page.path)),
        _sections("categories", settings.categories, posts, lambda post: [post.front.category]),
        _sections("topics", settings.topics, posts, lambda post: post.front.tags),
        _authors(settings, posts),
        tuple(related([_traits(post.front) for post in posts], settings.related)),
        _profiles(posts),
    )


def _profiles(posts: Iterable[Post]) -> tuple[tuple[Post, CountryProfile], ...]:
    newest: dict[str, tuple[Post, CountryProfile]] = {}
    for post in posts:
        if isinstance(post.front, CountryProfile):
            newest.setdefault(post.front.country, (post, post.front))
    return tuple(newest[code] for code in sorted(newest))


def _traits(front: FrontMatter) -> frozenset[tuple[str, str]]:
    countries: Sequence[str] = ()
    if isinstance(front, CountryProfile):
        countries = (front.country,)
    elif isinstance(front, HiringTrend):
        countries = front.countries
    return frozenset(
        [
            ("category", front.category),
            *(("tag", tag) for tag in front.tags),
            *(("country", code) for code in countries),
        ]
    )


def _grouped(
    posts: Sequence[Post], terms_of: Callable[[Post], Sequence[str]], known: Iterable[str]
) -> Iterator[tuple[str, tuple[Post, ...]]]:
    """Terms with their posts: the known ones in their order, then others by name."""
    by_term: defaultdict[str, list[Post]] = defaultdict(list)
    for post in posts:
        for term in dict.fromkeys(terms_of(post)):
            by_term[term].append(post)
    order = [*(term for term in known if term in by_term)]
    order += sorted(by_term.keys() - set(order))
    for term in order:
        yield term, tuple(by_term[term])


def _sections(
    name: str,
    sections: Mapping[str, Section],
    posts: Sequence[Post],
    terms_of: Callable[[Post], Sequence[str]],
) -> Taxonomy:
    terms = {}
    for term, found in _grouped(posts, terms_of, sections):
        section = sections.get(term)
        title = section.title if section else in_words(term)
        description = section.description if section else f"All articles on {title.lower()}."
        terms[term] = Term(term, smarten(title), smarten(description), f"/{name}/{term}/", found)
    return Taxonomy(name, f"/{name}/", terms)


def _authors(settings: SiteSettings, posts: Sequence[Post]) -> Taxonomy:
    grouped = _grouped(posts, lambda post: post.front.authors, settings.authors)
    terms = {
        identifier: Term(
            identifier,
            smarten(settings.authors[identifier].name),
            smarten(settings.authors[identifier].bio),
            f"/authors/{identifier}/",
            found,
            settings.authors[identifier],
        )
        for identifier, found in grouped
    }
    return Taxonomy("authors", "/authors/", terms)
