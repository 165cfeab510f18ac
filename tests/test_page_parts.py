"""Parts that many kinds of page share: breadcrumbs above all."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from aicareers_site.page_parts import Parts
from aicareers_site.urls import Urls
from tests.samples import SETTINGS
from tests.sites import settings
from tests.strategies import slugs, words

PROFILES = """\
profiles:
  - {label: Code, url: 'https://code.example/sample'}
  - {label: Notes, url: 'https://notes.example/@sample'}
"""
PARTS = Parts.of(settings(SETTINGS.replace("sample.example/", "sample.example/under/")))
places = st.tuples(words, slugs.map(lambda slug: f"/{slug}/"))


def test_a_page_at_the_top_has_no_breadcrumbs() -> None:
    assert PARTS.trail([], ("Blog", "/blog/")) == ((), ())


def test_breadcrumbs_lead_from_the_home_page_to_the_page_above() -> None:
    links, _ = PARTS.trail([("Blog", "/blog/"), ("Advice", "/advice/")], ("A", "/blog/a/"))
    assert [tuple(link) for link in links] == [
        ("Home", "/under/"),
        ("Blog", "/under/blog/"),
        ("Advice", "/under/advice/"),
    ]


@given(st.lists(places, min_size=1, max_size=4), places)
def test_readers_and_search_engines_are_told_the_same(
    above: list[tuple[str, str]], page: tuple[str, str]
) -> None:
    links, (node,) = PARTS.trail(above, page)
    told = [(item["name"], item["item"]) for item in node["itemListElement"]]
    host = "https://sample.example"
    assert told[:-1] == [(link.label, host + link.href) for link in links]
    assert told[-1] == (page[0], f"{host}/under{page[1]}")


def test_search_engines_are_told_of_the_sites_profiles() -> None:
    organization, _ = Parts.of(settings(SETTINGS + PROFILES)).site_nodes()
    assert organization["sameAs"] == [
        "https://code.example/sample",
        "https://notes.example/@sample",
    ]


def test_addresses_are_complete_where_they_have_to_be() -> None:
    assert PARTS.complete.urls == Urls(
        "https://sample.example/under/", absolute=True, detached=True
    )
