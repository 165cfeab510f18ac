"""Pages that list articles: home, blog, categories, topics, authors, and the country overview."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from aicareers_site import structured_data
from aicareers_site.configuration import PATH as SETTINGS_PATH
from aicareers_site.diagnostics import Span
from aicareers_site.facts import FactsReader
from aicareers_site.page_parts import Page, Parts, last_modified
from aicareers_site.pagination import Slice, paginate
from aicareers_site.urls import BLOG, COUNTRIES, HOME
from aicareers_site.view_parts import (
    AuthorProfile,
    CountryRow,
    FeedLink,
    Group,
    LinkTo,
    Pagination,
    TaxonomyEntry,
)
from aicareers_site.views import CountriesView, DirectoryView, HomeView, ListView, PageMeta

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aicareers_site.configuration import Author
    from aicareers_site.site import Post, Taxonomy, Term

HOME_LATEST = 5
HOME_GROUP = 3

_SITE = Span(SETTINGS_PATH)
_DIRECTORY_WORDS = {
    "categories": ("Categories", "Every category of articles on {site}, with what belongs there."),
    "topics": ("Topics", "Every topic that articles on {site} take up, from visas to salaries."),
    "authors": ("Authors", "Who writes on {site}: the desks and people behind the articles."),
}


def home_page(parts: Parts) -> Page:
    """The home page: the newest featured article leads, or else the newest."""
    site, settings = parts.site, parts.site.settings
    lead = next((post for post in site.posts if post.front.featured), None)
    lead = lead or next(iter(site.posts), None)
    others = [post for post in site.posts if post is not lead]
    home = parts.urls.url(HOME)
    meta = PageMeta(
        f"{settings.title}: {settings.tagline}",
        settings.description,
        home,
        structured_data.script(*parts.site_nodes()),
        section=parts.urls.href(HOME),
    )
    groups = (
        Group(
            term.title,
            parts.urls.href(term.path),
            parts.cards([post for post in term.posts if post is not lead][:HOME_GROUP]),
        )
        for term in site.categories.terms.values()
    )
    view = HomeView(
        meta,
        settings.tagline,
        settings.description,
        parts.card(lead) if lead else None,
        parts.cards(others[:HOME_LATEST]),
        tuple(group for group in groups if group.cards),
        _country_links(parts),
        tuple(parts.link(term.title, term.path) for term in site.topics.terms.values()),
    )
    return Page(HOME, "list", "home.html", view, _SITE, last_modified(site.posts))


def list_pages(parts: Parts) -> Iterator[Page]:
    """The blog's pages and those of every category, topic and author, and their overviews."""
    site = parts.site
    yield from _blog(parts)
    for taxonomy in site.taxonomies:
        if taxonomy.terms:
            yield _directory(parts, taxonomy)
        for term in taxonomy.terms.values():
            yield from _term(parts, taxonomy, term)


def _blog(parts: Parts) -> Iterator[Page]:
    settings = parts.site.settings
    view = ListView(
        _list_meta(parts, "Blog", f"All articles on {settings.title}, newest first.", BLOG),
        "Blog",
        settings.description,
        (),
        Pagination(None, "", None, None),
        (),
        parts.main_feeds()[0],
        directory=_entries(parts, parts.site.categories),
    )
    yield from _paginated(parts, view, BLOG, parts.site.posts)


def _term(parts: Parts, taxonomy: Taxonomy, term: Term) -> Iterator[Page]:
    heading, _ = _DIRECTORY_WORDS[taxonomy.name]
    title = {
        "categories": f"{term.title}: all articles",
        "topics": f"{term.title}: articles on this topic",
        "authors": f"Articles by {term.title}",
    }[taxonomy.name]
    feed = parts.term_feed(term)
    meta = _list_meta(parts, title, term.description, term.path, feed, (heading, taxonomy.base))
    author = _profile(parts, term.author) if term.author else None
    view = ListView(
        meta,
        term.title,
        "" if author else term.description,
        (),
        Pagination(None, "", None, None),
        (parts.link(heading, taxonomy.base),),
        feed,
        author,
    )
    yield from _paginated(parts, view, term.path, term.posts)


def _profile(parts: Parts, author: Author) -> AuthorProfile:
    return AuthorProfile(
        author.name,
        author.role,
        author.bio,
        tuple(
            parts.link(link.label, link.url)
            if link.url.startswith("/")
            else LinkTo(link.label, link.url)
            for link in author.links
        ),
    )


def _paginated(parts: Parts, view: ListView, base: str, posts: tuple[Post, ...]) -> Iterator[Page]:
    """``view`` once for each page of ``posts``."""
    for part in paginate(base, posts, parts.site.settings.page_size):
        page = replace(
            view,
            meta=_part_meta(parts, view.meta, part),
            cards=parts.cards(part.items),
            # What counts articles would change an archive page that stays the same.
            directory=view.directory if part.number is None else (),
            pagination=Pagination(
                part.number,
                parts.urls.href(base),
                _href(parts, part.newer),
                _href(parts, part.older),
            ),
        )
        yield Page(part.path, "list", "list.html", page, _SITE, last_modified(part.items))


def _part_meta(parts: Parts, meta: PageMeta, part: Slice[Post]) -> PageMeta:
    newer, older = _href(parts, part.newer), _href(parts, part.older)
    if part.number is None:
        return replace(meta, newer=newer, older=older)
    own, _, site_title = meta.title.rpartition(" · ")
    return replace(
        meta,
        title=f"{own}, archive page {part.number} · {site_title}",
        description=f"{meta.description} Archive page {part.number}, counted from the oldest.",
        canonical=parts.urls.url(part.path),
        newer=newer,
        older=older,
    )


def _href(parts: Parts, path: str | None) -> str | None:
    return None if path is None else parts.urls.href(path)


def _list_meta(
    parts: Parts,
    title: str,
    description: str,
    path: str,
    feed: FeedLink | None = None,
    above: tuple[str, str] | None = None,
) -> PageMeta:
    settings = parts.site.settings
    steps = [above] if above else []
    nodes = (
        structured_data.collection_page(
            home_url=parts.urls.url(HOME),
            url=parts.urls.url(path),
            name=title,
            description=description,
            language=settings.language,
        ),
        parts.trail(*steps, (title, path)),
        *parts.site_nodes(),
    )
    return PageMeta(
        parts.title(title),
        description,
        parts.urls.url(path),
        structured_data.script(*nodes),
        section=parts.urls.href(path),
        feeds=(feed,) if feed else (),
    )


def _entries(parts: Parts, taxonomy: Taxonomy) -> tuple[TaxonomyEntry, ...]:
    return tuple(
        TaxonomyEntry(term.title, parts.urls.href(term.path), len(term.posts), term.description)
        for term in taxonomy.terms.values()
    )


def _directory(parts: Parts, taxonomy: Taxonomy) -> Page:
    heading, words = _DIRECTORY_WORDS[taxonomy.name]
    description = words.format(site=parts.site.settings.title)
    view = DirectoryView(
        _list_meta(parts, heading, description, taxonomy.base),
        heading,
        description,
        _entries(parts, taxonomy),
    )
    return Page(
        taxonomy.base, "list", "directory.html", view, _SITE, last_modified(parts.site.posts)
    )


def _country_links(parts: Parts) -> tuple[LinkTo, ...]:
    links = (
        parts.link(parts.wording.country(profile.country), post.path)
        for post, profile in parts.site.profiles
    )
    return tuple(sorted(links, key=lambda link: link.label))


def countries_page(parts: Parts) -> Iterator[Page]:
    """The overview of the country profiles, where there are any."""
    profiles = parts.site.profiles
    if not profiles:
        return
    rows = []
    for post, profile in profiles:
        detached = replace(parts.urls, detached=True)
        facts = FactsReader(post.front, post.prose, detached, parts.wording).country(profile)
        rows.append(CountryRow(parts.urls.href(post.path), facts))
    heading = "Countries compared"
    description = (
        "Countries for AI work side by side: hubs, employers, pay, visas, language, and what "
        "speaks for and against each."
    )
    view = CountriesView(
        _list_meta(parts, heading, description, COUNTRIES),
        heading,
        description,
        tuple(sorted(rows, key=lambda row: row.facts.name)),
    )
    posts = tuple(post for post, _ in profiles)
    yield Page(COUNTRIES, "list", "countries.html", view, _SITE, last_modified(posts))
