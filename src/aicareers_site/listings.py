"""Pages that list articles: home, blog, categories, topics, authors, and the overviews."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from aicareers_site import structured_data
from aicareers_site.fingerprints import Keyed, series
from aicareers_site.page_parts import Page, Parts, last_modified, place
from aicareers_site.pagination import paginate
from aicareers_site.urls import BLOG, HOME
from aicareers_site.view_parts import (
    AuthorProfile,
    Group,
    LinkTo,
    Pagination,
    TaxonomyEntry,
)
from aicareers_site.views import DirectoryView, HomeView, ListView, PageMeta

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from aicareers_site.configuration import Author
    from aicareers_site.site import Mention, Place, Post, Site, Taxonomy, Term

HOME_LATEST = 5
HOME_FIGURES = 4
HOME_GROUP = 3

DIRECTORIES = {
    "categories": ("Categories", "Every category of articles on {site}, with what belongs there."),
    "topics": ("Topics", "Every topic that articles on {site} take up, from visas to salaries."),
    "authors": ("Authors", "Who writes on {site}: the desks and people behind the articles."),
    "series": ("Series", "Every series on {site}: articles that are read one after the other."),
}
"""The heading of the overview of each taxonomy, and what it says of the ``{site}``."""


class Front(NamedTuple):
    """What the home page shows. ``groups`` are categories with their newest articles, ``figures``
    articles that are about a figure.
    """

    tagline: str
    lead: Keyed[Mention] | None
    latest: Keyed[tuple[Mention, ...]]
    groups: tuple[tuple[Place, Keyed[tuple[Mention, ...]]], ...]
    countries: tuple[tuple[str, str], ...]
    topics: tuple[Place, ...]
    start: Keyed[tuple[Mention, ...]]
    figures: Keyed[tuple[Mention, ...]]


class Listing(NamedTuple):
    """A list of articles, whatever page of it: its own path, its words, and what it belongs to."""

    path: str
    title: str
    summary: str
    heading: str
    description: str
    above: tuple[Place, ...] = ()
    term: Place | None = None
    author: AuthorProfile | None = None


class Count(NamedTuple):
    """A term in an overview, with its number of articles."""

    title: str
    path: str
    articles: int
    description: str


class Leaf(NamedTuple):
    """One page of a list: its archive number, if it has one, its path and those beside it."""

    number: int | None
    path: str
    newer: str | None
    older: str | None
    mentions: Keyed[tuple[Mention, ...]]


def home_page(site: Site) -> Page:
    """The home page: the newest featured article leads, or else the newest."""
    lead = next((post for post in site.posts if post.record.featured), None)
    lead = lead or next(iter(site.posts), None)
    groups = (
        (place(term), _mentions_but(term.posts, lead, HOME_GROUP))
        for term in site.categories.terms.values()
    )
    front = Front(
        site.settings.tagline,
        lead.mention if lead else None,
        _mentions_but(site.posts, lead, HOME_LATEST),
        tuple(group for group in groups if group[1].value),
        tuple((code, post.path) for code, post in site.profiles.items()),
        tuple(map(place, site.topics.terms.values())),
        _mentions_but(site.start, lead, len(site.start)),
        series(post.mention for post in _about_figures(site.posts, lead)),
    )
    return Page(HOME, "list", "home.html", home_view, (front,), modified=last_modified(site.posts))


def _about_figures(posts: Iterable[Post], lead: Post | None) -> list[Post]:
    """The newest posts that are about a figure, each about another one, and not ``lead``'s."""
    found: dict[str, Post] = {}
    for post in [lead, *posts] if lead else posts:
        if figure := post.record.lead_figure:
            found.setdefault(figure[0], post)
    return [post for post in found.values() if post is not lead][:HOME_FIGURES]


def _mentions_but(
    posts: Sequence[Post], lead: Post | None, count: int
) -> Keyed[tuple[Mention, ...]]:
    """The first ``count`` of ``posts``, apart from ``lead``."""
    others = [post.mention for post in posts[: count + 1] if post is not lead]
    return series(others[:count])


def home_view(parts: Parts, front: Front) -> HomeView:
    """What the home page shows."""
    home = parts.urls.url(HOME)
    meta = PageMeta(
        f"{parts.site_title}: {front.tagline}",
        parts.description,
        home,
        structured_data.script(*parts.site_nodes()),
        section=parts.urls.href(HOME),
    )
    countries = (parts.link(parts.wording.country(code), path) for code, path in front.countries)
    return HomeView(
        meta,
        front.tagline,
        parts.description,
        parts.card(front.lead.value) if front.lead else None,
        parts.cards(front.latest),
        tuple(
            Group(title, parts.urls.href(path), parts.cards(mentions))
            for (title, path), mentions in front.groups
        ),
        tuple(sorted(countries, key=lambda link: link.label)),
        parts.links(front.topics),
        parts.cards(front.start),
        parts.cards(front.figures),
    )


def list_pages(site: Site) -> Iterator[Page]:
    """The blog's pages and those of every category, topic and author, and the overviews."""
    yield from _blog(site)
    for taxonomy in site.taxonomies:
        if taxonomy.terms:
            yield _directory(site, taxonomy)
        if taxonomy is site.series:
            continue  # a list of its own kind
        for term in taxonomy.terms.values():
            yield from _paginated(site, _listing(taxonomy, term), term.posts)


def _blog(site: Site) -> Iterator[Page]:
    settings = site.settings
    summary = f"All articles on {settings.title}, newest first."
    blog = Listing(BLOG, "Blog", summary, "Blog", settings.description)
    yield from _paginated(site, blog, site.posts, _counts(site.categories))


def _listing(taxonomy: Taxonomy, term: Term) -> Listing:
    heading, _ = DIRECTORIES[taxonomy.name]
    title = {
        "categories": f"{term.title}: all articles",
        "topics": f"{term.title}: articles on this topic",
        "authors": f"Articles by {term.title}",
    }[taxonomy.name]
    return Listing(
        term.path,
        title,
        term.description,
        term.title,
        "" if term.author else term.description,
        ((heading, taxonomy.base),),
        place(term),
        _profile(term.author) if term.author else None,
    )


def _profile(author: Author) -> AuthorProfile:
    links = tuple(LinkTo(link.label, link.url) for link in author.links)
    return AuthorProfile(author.name, author.role, author.bio, links)


def _paginated(
    site: Site, listing: Listing, posts: tuple[Post, ...], directory: tuple[Count, ...] = ()
) -> Iterator[Page]:
    """The pages of the list of ``posts``."""
    shared = Keyed(listing)
    for part in paginate(listing.path, posts, site.settings.page_size):
        mentions = series(post.mention for post in part.items)
        leaf = Leaf(part.number, part.path, part.newer, part.older, mentions)
        # What counts articles would change an archive page that stays the same.
        counts = directory if part.number is None else ()
        yield Page(
            part.path,
            "list",
            "list.html",
            list_view,
            (shared, leaf, counts),
            modified=last_modified(part.items),
        )


def list_view(
    parts: Parts, listing: Keyed[Listing], leaf: Leaf, directory: tuple[Count, ...]
) -> ListView:
    """What one page of a list shows."""
    shown, href = listing.value, parts.urls.href
    feed = parts.term_feed(shown.term) if shown.term else None
    newer, older = (path and href(path) for path in (leaf.newer, leaf.older))
    meta = replace(
        _leaf_meta(parts, shown, leaf),
        section=href(shown.path),
        feeds=(feed,) if feed else (),
        newer=newer,
        older=older,
    )
    return ListView(
        meta,
        shown.heading,
        shown.description,
        parts.cards(leaf.mentions),
        Pagination(leaf.number, href(shown.path), newer, older),
        feed or parts.main_feeds()[0],
        _linked_profile(parts, shown.author),
        _entries(parts, directory),
    )


def _leaf_meta(parts: Parts, shown: Listing, leaf: Leaf) -> PageMeta:
    if leaf.number is None:
        return list_meta(
            parts, shown.title, shown.summary, shown.path, above=shown.above, name=shown.heading
        )
    return list_meta(
        parts,
        f"{shown.title}, archive page {leaf.number}",
        f"{shown.summary} Archive page {leaf.number}, counted from the oldest.",
        leaf.path,
        above=[*shown.above, (shown.heading, shown.path)],
        name=f"Archive page {leaf.number}",
    )


def _linked_profile(parts: Parts, author: AuthorProfile | None) -> AuthorProfile | None:
    if author is None:
        return None
    links = tuple(
        parts.link(link.label, link.href) if link.href.startswith("/") else link
        for link in author.links
    )
    return replace(author, links=links)


def list_meta(
    parts: Parts,
    title: str,
    description: str,
    path: str,
    *,
    above: Sequence[Place] = (),
    name: str = "",
    items: Iterable[Place] = (),
) -> PageMeta:
    """The head of a page that lists others and is at ``path``, below the pages ``above``.

    ``name`` is what it is called in breadcrumbs, if not by its title; ``items`` are told to search
    engines in this order.
    """
    trail, nodes = parts.trail(above, (name or title, path))
    collection = structured_data.collection_page(
        home_url=parts.urls.url(HOME),
        url=parts.urls.url(path),
        name=title,
        description=description,
        language=parts.language,
        items=[(item, parts.urls.url(where)) for item, where in items],
    )
    return PageMeta(
        parts.title(title),
        description,
        parts.urls.url(path),
        structured_data.script(collection, *nodes, *parts.site_nodes()),
        section=parts.urls.href(path),
        trail=trail,
    )


def _counts(taxonomy: Taxonomy) -> tuple[Count, ...]:
    return tuple(
        Count(term.title, term.path, len(term.posts), term.description)
        for term in taxonomy.terms.values()
    )


def _entries(parts: Parts, counts: tuple[Count, ...]) -> tuple[TaxonomyEntry, ...]:
    return tuple(
        TaxonomyEntry(term.title, parts.urls.href(term.path), term.articles, term.description)
        for term in counts
    )


def _directory(site: Site, taxonomy: Taxonomy) -> Page:
    return Page(
        taxonomy.base,
        "list",
        "directory.html",
        directory_view,
        (taxonomy.name, taxonomy.base, _counts(taxonomy)),
        modified=last_modified(site.posts),
    )


def directory_view(
    parts: Parts, taxonomy: str, path: str, counts: tuple[Count, ...]
) -> DirectoryView:
    """What the overview of all categories, topics, authors or series shows."""
    heading, words = DIRECTORIES[taxonomy]
    description = words.format(site=parts.site_title)
    return DirectoryView(
        list_meta(parts, heading, description, path),
        heading,
        description,
        _entries(parts, counts),
    )
