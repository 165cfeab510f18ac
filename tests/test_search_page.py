"""The search page: whether there is one, and where it leads without a search."""

from __future__ import annotations

from aicareers_site.page_parts import Parts
from aicareers_site.search_page import search_page, search_view
from tests.samples import COUNTRY, SETTINGS, post
from tests.sites import ABOUT, published, settings, site

SEARCHED = SETTINGS.replace("search: false", "search: true")
PARTS = Parts.of(settings(f"{SEARCHED}language: en-GB\n"))


def ways(*articles: tuple[str, bytes, str]) -> dict[str, list[tuple[str, str]]]:
    """The lists on the search page of a site with these articles."""
    whole = site(*(published(*article) for article in articles), text=SEARCHED)
    (page,) = search_page(whole)
    view = search_view(PARTS, *page.arguments)
    return {group.title: [(link.label, link.href) for link in group.links] for group in view.ways}


def test_there_is_one_unless_search_is_switched_off() -> None:
    assert list(search_page(site())) == []
    (page,) = search_page(site(text=SEARCHED))
    assert (page.path, page.template, page.indexed) == ("/search/", "search.html", True)


def test_it_lists_all_that_there_is() -> None:
    france = post("France", category="figures", more=COUNTRY.format(code="FR", hub="Paris"))
    cuba = post("Cuba", more=COUNTRY.format(code="CU", hub="Havana"))
    assert ways(
        ("a", post(more="tags: [pay]\n"), "articles"),
        ("france", france, "countries"),
        ("cuba", cuba, "countries"),
        ("about", ABOUT, "pages"),
    ) == {
        "Topics": [("Pay", "/topics/pay/")],
        "Countries": [("Cuba", "/blog/cuba/"), ("France", "/blog/france/")],
        "Categories": [("Advice", "/categories/advice/"), ("Figures", "/categories/figures/")],
        "More": [
            ("All articles", "/blog/"),
            ("Countries compared", "/countries/"),
            ("About", "/about/"),
        ],
    }


def test_filters_offer_what_articles_have() -> None:
    france = post("France", category="figures", more=COUNTRY.format(code="FR", hub="Paris"))
    old = post("Cuba", date="2024-12-31", more=COUNTRY.format(code="CU", hub="Havana"))
    whole = site(
        published("a", post(more="tags: [pay]\n"), "articles"),
        published("france", france, "countries"),
        published("cuba", old, "countries"),
        text=SEARCHED,
    )
    (page,) = search_page(whole)
    filters = search_view(PARTS, *page.arguments).filters
    assert {one.name: one.values for one in filters} == {
        "category": ("Advice", "Figures"),
        "country": ("Cuba", "France"),
        "topic": ("Pay",),
        "year": ("2026", "2024"),
    }


def test_a_list_that_would_be_empty_is_left_out() -> None:
    assert ways() == {"More": [("All articles", "/blog/")]}


def test_it_knows_where_the_script_is_that_reads_the_index() -> None:
    below = Parts.of(settings(SEARCHED.replace("sample.example/", "sample.example/deep/er/")))
    (page,) = search_page(site(text=SEARCHED))
    assert search_view(below, *page.arguments).engine == "/deep/er/pagefind/pagefind.js"
