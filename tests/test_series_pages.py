"""Series: their order, their pages, and what an article says of its own."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from lxml import html

from aicareers_site.page_parts import Parts
from aicareers_site.series_pages import membership, part_of, series_box
from tests.samples import NOW, SETTINGS, built, outputs, post, sources
from tests.sites import published, settings, site

if TYPE_CHECKING:
    from aicareers_site.site import Published

GUIDE = """\
series:
  guide: {title: "The guide's parts", description: Read them in order.}
  unused: {title: Unused, description: Nothing is in it.}
"""
TEXT = SETTINGS + GUIDE


def part(name: str, day: int, more: str = "") -> Published:
    """An article of the guide."""
    content = post(f"Part {name}", date=f"2026-01-{day:02}", more=f"series: guide\n{more}")
    return published(name, content)


def part_file(name: str, day: int, more: str = "") -> tuple[str, bytes]:
    content = post(f"Part {name}", date=f"2026-01-{day:02}", more=f"series: guide\n{more}")
    return f"articles/{name}.md", content


# Order


def test_parts_stand_by_date_and_by_path_on_equal_dates() -> None:
    whole = site(part("c", 1), part("b", 2), part("a", 2), published(), text=TEXT)
    assert [path for _, path in whole.parts["guide"].value] == ["/blog/c/", "/blog/a/", "/blog/b/"]


def test_a_series_without_articles_is_left_out() -> None:
    assert list(site(part("a", 1), text=TEXT).series.terms) == ["guide"]
    assert list(site(published(), text=TEXT).series.terms) == []


# What an article says of it


def test_an_article_knows_its_place_in_its_series() -> None:
    whole = site(part("a", 1), part("b", 2), part("c", 3), text=TEXT)
    shown = membership(whole, whole.posts[1].record)
    assert shown is not None
    assert (shown.series, shown.number) == (("The guide’s parts", "/series/guide/"), 2)
    parts = Parts.of(settings(TEXT))
    assert part_of(parts, shown) == (2, "The guide’s parts", "https://sample.example/series/guide/")


def test_an_article_in_no_series_knows_of_none() -> None:
    whole = site(published(), text=TEXT)
    assert membership(whole, whole.posts[0].record) is None


@pytest.mark.parametrize(("index", "following"), [(0, None), (1, "Part c"), (2, "Part b")])
def test_the_next_part_is_offered_but_after_the_last(index: int, following: str | None) -> None:
    whole = site(part("a", 1), part("b", 2), part("c", 3), text=TEXT)
    shown = membership(whole, whole.posts[index].record)
    assert shown is not None
    found = series_box(Parts.of(settings(TEXT)), shown).next
    assert (found.label if found else None) == following


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    """A site with a series of three parts, and with one more that is to come."""
    articles = dict([part_file("a", 1), part_file("b", 2), part_file("c", 3)])
    articles |= dict([part_file("draft", 2, "draft: true\n")])
    return outputs(sources(articles, TEXT))


def test_the_page_of_a_part_lists_all_parts_and_marks_itself(files: dict[str, bytes]) -> None:
    page = html.document_fromstring(files["blog/b/index.html"].decode())
    (box,) = page.xpath("//nav[@class='series']")
    assert box.xpath("string(.//summary)") == "Part 2 of 3 in the series “The guide’s parts”"
    assert box.xpath(".//ol//a/@href") == ["/blog/a/", "/blog/b/", "/blog/c/"]
    assert box.xpath(".//ol//a[@aria-current='page']/@href") == ["/blog/b/"]
    assert box.xpath("./details/p/a/@href") == ["/series/guide/"]
    assert page.xpath("//nav[@class='next-part']/a/@href") == ["/blog/c/"]


def test_after_the_last_part_none_is_offered(files: dict[str, bytes]) -> None:
    page = html.document_fromstring(files["blog/c/index.html"].decode())
    assert page.xpath("//nav[@class='next-part']") == []


def test_a_part_alone_does_not_count() -> None:
    made = outputs(sources(dict([part_file("a", 1)]), TEXT))
    page = html.document_fromstring(made["blog/a/index.html"].decode())
    assert page.xpath("string(//nav[@class='series']//summary)") == (
        "Part 1 in the series “The guide’s parts”"
    )


def test_search_engines_are_told_which_part_of_what_it_is(files: dict[str, bytes]) -> None:
    article = nodes(files["blog/b/index.html"])["BlogPosting"]
    assert article["position"] == 2
    assert article["isPartOf"] == [
        {"@id": "https://sample.example/#website"},
        {
            "@type": "CreativeWorkSeries",
            "@id": "https://sample.example/series/guide/#series",
            "name": "The guide’s parts",
            "url": "https://sample.example/series/guide/",
        },
    ]


# Its own page


def test_the_page_of_a_series_lists_its_parts_in_order(files: dict[str, bytes]) -> None:
    page = html.document_fromstring(files["series/guide/index.html"].decode())
    assert page.xpath("string(//h1)") == "The guide’s parts"
    assert page.xpath("//ol[@class='series-parts']/li//h2/a/@href") == [
        *("/blog/a/", "/blog/b/", "/blog/c/")
    ]
    listed = nodes(files["series/guide/index.html"])["CollectionPage"]["mainEntity"]
    assert [item["name"] for item in listed["itemListElement"]] == ["Part a", "Part b", "Part c"]


def test_the_overview_counts_published_parts(files: dict[str, bytes]) -> None:
    page = html.document_fromstring(files["series/index.html"].decode())
    assert page.xpath("//ul[@class='directory']//a/@href") == ["/series/guide/"]
    assert page.xpath("string(//span[@class='count'])") == "3 articles"


def test_a_series_has_a_feed_newest_first(files: dict[str, bytes]) -> None:
    feed = files["series/guide/feed.xml"].decode()
    places = [feed.index(f"<title>Part {name}</title>") for name in "cba"]
    assert places == sorted(places)


def test_without_series_there_are_no_such_pages() -> None:
    made = outputs(sources({"articles/a.md": post()}, TEXT))
    assert [path for path in made if path.startswith("series")] == []


def test_navigation_to_a_series_without_articles_is_left_out() -> None:
    text = (
        f"{TEXT}footer: [{{label: Later, url: /series/unused/}}, {{label: All, url: /series/}}]\n"
    )
    made = outputs(sources({"articles/a.md": post()}, text))
    assert b"Later" not in made["index.html"]


def test_an_unknown_series_is_an_error_with_a_suggestion() -> None:
    files = sources({"articles/a.md": post(more="series: giude\n")}, TEXT)
    (found,) = built(files, NOW).diagnostics
    assert (found.code, str(found.span)) == ("unknown-series", "content/articles/a.md:7:9")
    assert found.hint == "did you mean 'guide'?"


def nodes(page: bytes) -> dict[str, dict[str, Any]]:
    """What a page tells search engines, by type."""
    (script,) = html.document_fromstring(page.decode()).xpath(
        "//script[@type='application/ld+json']"
    )
    return {node["@type"]: node for node in json.loads(script.text)["@graph"]}
