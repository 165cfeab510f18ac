"""The page on which readers search, and the lists that lead on without a search."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from aicareers_site.page_parts import Page, place
from aicareers_site.search_index import SCRIPT
from aicareers_site.urls import BLOG, COUNTRIES, DATA, SEARCH, SEARCH_INDEX
from aicareers_site.view_parts import LinkGroup
from aicareers_site.views import SearchView

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aicareers_site.page_parts import Parts
    from aicareers_site.site import Place, Site


class Ways(NamedTuple):
    """What there is to find: ``countries`` are the codes and paths of profiles."""

    topics: tuple[Place, ...]
    categories: tuple[Place, ...]
    countries: tuple[tuple[str, str], ...]
    others: tuple[Place, ...]


def search_page(site: Site) -> Iterator[Page]:
    """The search page, unless search is switched off."""
    if not site.settings.search:
        return
    ways = Ways(
        tuple(map(place, site.topics.terms.values())),
        tuple(map(place, site.categories.terms.values())),
        tuple((code, post.path) for code, post in site.profiles.items()),
        tuple(_others(site)),
    )
    yield Page(SEARCH, "page", "search.html", search_view, (ways,))


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
    countries = (parts.link(parts.wording.country(code), path) for code, path in ways.countries)
    groups = (
        ("Topics", parts.links(ways.topics)),
        ("Countries", tuple(sorted(countries, key=lambda link: link.label))),
        ("Categories", parts.links(ways.categories)),
        ("More", parts.links(ways.others)),
    )
    return SearchView(
        parts.simple_meta(heading, description, SEARCH, section=SEARCH),
        heading,
        description,
        parts.urls.href(SEARCH_INDEX + SCRIPT),
        tuple(LinkGroup(title, links) for title, links in groups if links),
    )
