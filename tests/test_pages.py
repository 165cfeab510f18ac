"""Which pages there are, and that no two of them want the same file."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from aicareers_site.configuration import PATH as SETTINGS_PATH
from aicareers_site.diagnostics import Span
from aicareers_site.pages import check_collisions, plan
from tests.samples import COUNTRY, SETTINGS, post
from tests.sites import ABOUT, dated, published, site

if TYPE_CHECKING:
    from aicareers_site.diagnostics import Diagnostic

NEWSLETTER = """\
newsletter:
  provider: netlify
  promise: One letter a month.
"""


# The plan


def test_even_a_site_without_articles_has_pages() -> None:
    assert [page.path for page in plan(site())] == [
        "/",
        "/blog/",
        "/feeds/",
        "/404.html",
        "/site.webmanifest",
    ]


def test_every_kind_of_page_is_planned_and_counted_by_kind() -> None:
    france = post("France", more=COUNTRY.format(code="FR", hub="Paris"))
    whole = site(
        published("a", post(more="tags: [pay]\naliases: [/blog/old/, /older/]\n")),
        published("france", france, "countries"),
        published("about", ABOUT, "pages"),
        text=SETTINGS + NEWSLETTER,
    )
    planned = plan(whole)
    assert Counter(page.kind for page in planned) == {
        "list": 9,
        "post": 1,
        "country-profile": 1,
        "page": 6,
        "redirect": 2,
        "other": 1,
    }
    assert {page.path for page in planned if page.kind == "list"} == {
        *("/", "/blog/", "/countries/"),
        *("/categories/", "/categories/advice/", "/topics/", "/topics/pay/"),
        *("/authors/", "/authors/desk/"),
    }
    assert {page.path for page in planned if page.kind == "page"} == {
        *("/about/", "/feeds/", "/404.html"),
        *("/newsletter/", "/newsletter/thanks/", "/newsletter/confirmed/"),
    }


def test_a_page_of_an_article_names_the_file_and_field_that_give_its_address() -> None:
    whole = site(published("a", post(more="aliases: [/blog/old/]\n")))
    found = {page.path: (page.source, page.field) for page in plan(whole)}
    assert found["/blog/a/"] == ("content/articles/a.md", "slug")
    assert found["/blog/old/"] == ("content/articles/a.md", "aliases.0")
    assert found["/blog/"] == (SETTINGS_PATH, "")


def test_search_engines_are_told_of_pages_that_are_for_them() -> None:
    whole = site(published("a", post(more="aliases: [/blog/old/]\n")), text=SETTINGS + NEWSLETTER)
    assert {page.path for page in plan(whole) if not page.indexed} == {
        *("/404.html", "/blog/old/", "/site.webmanifest"),
        *("/newsletter/thanks/", "/newsletter/confirmed/"),
    }


def test_a_list_was_last_modified_with_the_newest_of_its_articles() -> None:
    articles = dated(5)
    older = published("n0", post("No. 0", date="2025-12-31", more="updated: 2026-03-03\n"))
    modified = {page.path: page.modified for page in plan(site(older, *articles))}
    assert modified["/blog/page/1/"] == datetime(2026, 3, 3, tzinfo=UTC)
    assert modified["/blog/page/2/"] == datetime(2026, 1, 3, tzinfo=UTC)
    assert modified["/blog/"] == datetime(2026, 1, 5, tzinfo=UTC)
    assert modified["/"] == datetime(2026, 3, 3, tzinfo=UTC)


# Collisions

OWN = (SETTINGS_PATH, "")
FIRST = ("content/articles/a.md", "slug")
SECOND = ("content/articles/b.md", "aliases.0")
PLACES = {FIRST: Span(FIRST[0], 3, 7, 9), SECOND: Span(SECOND[0], 4, 7, 9)}


def collisions(*claims: tuple[str, tuple[str, str]]) -> tuple[Diagnostic, ...]:
    """What is said of claims of paths, each by a file and a field in it."""
    flat = [(path, source, field) for path, (source, field) in claims]
    return check_collisions(flat, lambda source, field: PLACES[source, field])


def test_different_addresses_do_not_collide() -> None:
    assert collisions(("/blog/a/", FIRST), ("/blog/b/", SECOND), ("/feed.xml", OWN)) == ()


def test_the_second_claim_to_an_address_is_an_error_naming_the_first() -> None:
    (found,) = collisions(("/blog/a/", FIRST), ("/blog/a/", SECOND))
    assert (found.code, found.span, found.related) == (
        "url-clash",
        PLACES[SECOND],
        (PLACES[FIRST],),
    )
    assert found.message == "'/blog/a/' is already the address of content/articles/a.md"


def test_every_further_claim_is_told() -> None:
    assert len(collisions(*[("/blog/a/", origin) for origin in (FIRST, SECOND, SECOND)])) == 2


def test_the_sites_own_pages_win_whichever_comes_first() -> None:
    claims = [("/feeds/", FIRST), ("/feeds/", OWN)]
    for found in (*collisions(*claims), *collisions(*claims[::-1])):
        assert (found.span, found.related) == (PLACES[FIRST], ())
        assert found.message == "'/feeds/' is already the address of one of the site's own pages"


@pytest.mark.parametrize(
    "other", ["/blog/A/", "/Blog/a/", "/blog/a/index.html", "/blog/a/INDEX.html"]
)
def test_letter_case_does_not_tell_two_files_apart(other: str) -> None:
    assert len(collisions(("/blog/a/", FIRST), (other, SECOND))) == 1


def test_a_file_can_be_in_the_way_of_a_page() -> None:
    copied = ("static/blog/a/index.html", "")
    (found,) = collisions(("/blog/a/index.html", copied), ("/blog/a/", FIRST))
    assert (found.span, found.related) == (PLACES[FIRST], (Span(copied[0]),))
