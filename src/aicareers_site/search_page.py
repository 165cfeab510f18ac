"""The page on which readers search, and the lists that lead on without a search."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from aicareers_site.page_parts import Page, place
from aicareers_site.search_index import SCRIPT
from aicareers_site.urls import BLOG, COUNTRIES, DATA, SEARCH, SEARCH_INDEX
from aicareers_site.view_parts import LinkGroup
from aicareers_site.views import SearchFilter, SearchView

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aicareers_site.page_parts import Parts
    from aicareers_site.site import Place, Post, Site
    from aicareers_site.view_parts import LinkTo


class Ways(NamedTuple):
    """What there is to find: ``countries`` are the codes and paths of profiles, ``years`` those in
    which articles were published, the latest first.
    """

    topics: tuple[Place, ...]
    categories: tuple[Place, ...]
    countries: tuple[tuple[str, str], ...]
    years: tuple[int, ...]
    others: tuple[Place, ...]


def search_page(site: Site) -> Iterator[Page]:
    """The search page, unless search is switched off."""
    if not site.settings.search:
        return
    ways = Ways(
        tuple(map(place, site.topics.terms.values())),
        tuple(map(place, site.categories.terms.values())),
        tuple((code, post.path) for code, post in site.profiles.items()),
        tuple(dict.fromkeys(_year(site, post) for post in site.posts)),
        tuple(_others(site)),
    )
    yield Page(SEARCH, "page", "search.html", search_view, (ways,))


def _year(site: Site, post: Post) -> int:
    return post.date.astimezone(site.settings.zone).year


def _others(site: Site) -> Iterator[Place]:
    yield ("All articles", BLOG)
    if site.profiles:
        yield ("Countries compared", COUNTRIES)
    if site.data.tables:
        yield ("Data tables", DATA)
    yield from ((page.record.title, page.record.path) for page in site.pages)


def search_view(parts: Parts, ways: Ways) -> SearchView:
    """What the search page shows."""
    heading = "Search"
    description = f"Find articles, countries and figures on {parts.site_title}."
    profiles = (parts.link(parts.wording.country(code), path) for code, path in ways.countries)
    countries = tuple(sorted(profiles, key=lambda link: link.label))
    topics, categories = parts.links(ways.topics), parts.links(ways.categories)
    groups = (
        ("Topics", topics),
        ("Countries", countries),
        ("Categories", categories),
        ("More", parts.links(ways.others)),
    )
    return SearchView(
        parts.simple_meta(heading, description, SEARCH, section=SEARCH),
        heading,
        description,
        parts.urls.href(SEARCH_INDEX + SCRIPT),
        (
            SearchFilter("category", "Category", "All categories", _labels(categories)),
            SearchFilter("country", "Country", "All countries", _labels(countries)),
            SearchFilter("topic", "Topic", "All topics", _labels(topics)),
            SearchFilter("year", "Year", "All years", tuple(map(str, ways.years))),
        ),
        tuple(LinkGroup(title, links) for title, links in groups if links),
    )


def _labels(links: tuple[LinkTo, ...]) -> tuple[str, ...]:
    return tuple(sorted(link.label for link in links))
