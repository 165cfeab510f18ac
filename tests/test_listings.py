"""Pages that list articles: the way to each, and the articles to begin with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import html

from tests.samples import SETTINGS, outputs, post, sources

if TYPE_CHECKING:
    from collections.abc import Mapping

ARTICLES = {
    f"articles/n{day}.md": post(f"No. {day}", date=f"2026-01-0{day}", more="tags: [pay]\n")
    for day in range(1, 6)
}
START = "start_here: [content/articles/n2.md, content/articles/n5.md, content/articles/n1.md]\n"


def trail(files: Mapping[str, bytes], path: str) -> list[tuple[str, str]]:
    """The links that lead from the home page to the page at ``path``."""
    page = html.document_fromstring(files[f"{path[1:]}index.html"].decode())
    links = page.xpath("//nav[@aria-label='Breadcrumb']/ol//a")
    return [(link.text_content(), link.get("href")) for link in links]


def test_every_list_is_below_the_overview_of_its_sort() -> None:
    files = outputs(sources(ARTICLES))
    home = ("Home", "/")
    assert trail(files, "/topics/pay/") == [home, ("Topics", "/topics/")]
    assert trail(files, "/authors/desk/") == [home, ("Authors", "/authors/")]
    assert trail(files, "/categories/advice/") == [home, ("Categories", "/categories/")]


def test_an_archive_page_is_below_its_list() -> None:
    files = outputs(sources(ARTICLES))
    topics = [("Home", "/"), ("Topics", "/topics/"), ("Pay", "/topics/pay/")]
    assert trail(files, "/topics/pay/page/1/") == topics
    assert trail(files, "/blog/page/1/") == [("Home", "/"), ("Blog", "/blog/")]


def test_what_is_directly_below_the_home_page_needs_no_breadcrumbs() -> None:
    files = outputs(sources(ARTICLES))
    for path in ("/", "/blog/", "/topics/", "/feeds/"):
        assert trail(files, path) == []


def test_an_article_is_below_the_blog_and_its_category() -> None:
    assert trail(outputs(sources(ARTICLES)), "/blog/n1/") == [
        ("Home", "/"),
        ("Blog", "/blog/"),
        ("Advice", "/categories/advice/"),
    ]


def test_the_home_page_offers_the_articles_to_begin_with_but_the_lead() -> None:
    files = outputs(sources(ARTICLES, SETTINGS + START))
    page = html.document_fromstring(files["index.html"].decode())
    assert page.xpath("//section[@class='start-here']//a/@href") == ["/blog/n2/", "/blog/n1/"]


def test_without_articles_to_begin_with_the_home_page_says_nothing_of_them() -> None:
    page = html.document_fromstring(outputs(sources(ARTICLES))["index.html"].decode())
    assert page.xpath("//section[@class='start-here']") == []


def test_the_home_page_shows_the_newest_figures_each_once_and_the_lead_s_with_the_lead() -> None:
    articles = {
        f"articles/n{day}.md": post(
            f"No. {day}",
            date=f"2026-01-0{day}",
            more=f"lead_figure: {{value: {value}, label: of {day}}}\n",
        )
        for day, value in enumerate(("1%", "2%", "3%", "4%", "3%", "6%", "7%"), start=1)
    }
    page = html.document_fromstring(outputs(sources(articles))["index.html"].decode())

    (lead,) = page.xpath("//article[contains(@class, 'card-lead')]//p[@class='key-figure']")
    assert lead.text_content().split() == ["7%", "of", "7"]
    shown = page.xpath("//section[@class='in-figures']//a")
    assert [(link.get("href"), *link.text_content().split()) for link in shown] == [
        ("/blog/n6/", "6%", "of", "6"),
        ("/blog/n5/", "3%", "of", "5"),
        ("/blog/n4/", "4%", "of", "4"),
        ("/blog/n2/", "2%", "of", "2"),
    ]


def test_without_figures_that_articles_are_about_the_home_page_says_nothing_of_them() -> None:
    page = html.document_fromstring(outputs(sources(ARTICLES))["index.html"].decode())
    assert page.xpath("//section[@class='in-figures']") == []


def test_who_finds_no_page_is_offered_the_articles_to_begin_with_or_the_newest() -> None:
    expected = {
        "": ["/blog/n5/", "/blog/n4/", "/blog/n3/"],
        START: ["/blog/n2/", "/blog/n5/", "/blog/n1/"],
    }
    for more, links in expected.items():
        files = outputs(sources(ARTICLES, SETTINGS + more))
        page = html.document_fromstring(files["404.html"].decode())
        assert page.xpath("//main//article//h3/a/@href") == links


def test_the_sites_profiles_are_linked_as_its_own() -> None:
    profiles = "profiles: [{label: Code, url: 'https://code.example/sample'}]\n"
    page = html.document_fromstring(
        outputs(sources({}, SETTINGS + profiles))["index.html"].decode()
    )
    (link,) = page.xpath("//footer//a[@rel='me']")
    assert (link.text, link.get("href")) == ("Code", "https://code.example/sample")
