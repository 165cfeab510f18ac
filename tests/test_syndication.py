"""Which feeds there are, and what they hold."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from aicareers_site.fingerprints import fingerprint
from aicareers_site.outputs import digest
from aicareers_site.promises import guid
from aicareers_site.results import Body, Held
from aicareers_site.syndication import Job, entry_pages, feed_paths, jobs, written
from aicareers_site.urls import Urls
from tests.samples import SETTINGS, post
from tests.sites import ABOUT, dated, published, record, site

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aicareers_site.site import Published, Site

URLS = Urls("https://sample.example/")
TWO = f"{SETTINGS}feed_size: 2\n"
MAIN = ("/feed.xml", "/atom.xml", "/feed.json")


def jobs_of(whole: Site, texts: Mapping[str, Body] | None = None) -> dict[str, Job]:
    """The feeds by path; each entry's text is the path of its article, unless given."""
    pages = entry_pages(whole)
    given = {page.path: Held(page.path.encode()) for page in pages} if texts is None else texts
    return {job.path: job for job in jobs(whole, URLS, given)}


def paths(job: Job) -> list[str]:
    return [entry.value.path for entry in job.entries]


@pytest.mark.parametrize(
    ("aliases", "expected"),
    [
        ("", "tag:sample.example,2026:a"),
        ("aliases: [/blog/old/, /blog/older/]\n", "tag:sample.example,2026:old"),
        ("aliases: [/elsewhere/]\n", "tag:sample.example,2026:a"),
    ],
)
def test_an_article_is_known_for_ever_by_its_first_address(aliases: str, expected: str) -> None:
    known = record(content=post(more=aliases))
    assert guid("sample.example,2026", known.first_address) == expected


# Which there are


def test_even_a_site_without_articles_has_its_main_feeds() -> None:
    assert feed_paths(site()) == MAIN
    assert tuple(jobs_of(site())) == MAIN


def test_every_category_topic_author_and_series_with_articles_has_a_feed() -> None:
    guide = "series:\n  guide: {title: A guide, description: How to.}\n"
    tagged = published(content=post(more="tags: [pay]\nseries: guide\n"))
    whole = site(tagged, text=SETTINGS + guide)
    expected = (
        *MAIN,
        "/categories/advice/feed.xml",
        "/topics/pay/feed.xml",
        "/authors/desk/feed.xml",
        "/series/guide/feed.xml",
    )
    assert feed_paths(whole) == expected
    assert tuple(jobs_of(whole)) == expected


# What they hold


def test_feeds_hold_the_newest_articles_of_their_list() -> None:
    figures = [
        published(f"f{day}", post(f"F{day}", date=f"2025-01-0{day}", category="figures"))
        for day in (1, 2, 3)
    ]
    found = jobs_of(site(*dated(3), *figures, text=TWO))
    for path in (*MAIN, "/categories/advice/feed.xml", "/authors/desk/feed.xml"):
        assert paths(found[path]) == ["/blog/n3/", "/blog/n2/"]
    assert paths(found["/categories/figures/feed.xml"]) == ["/blog/f3/", "/blog/f2/"]


def test_only_the_texts_of_articles_in_feeds_are_made() -> None:
    old = published("old", post("Old", date="2025-01-01", category="figures"))
    whole = site(*dated(4), old, published("about", ABOUT, "pages"), text=TWO)
    pages = entry_pages(whole)
    assert [page.path for page in pages] == ["/blog/n4/", "/blog/n3/", "/blog/old/"]
    assert {page.template for page in pages} == {"feed-entry.html"}


def test_an_entry_says_what_there_is_to_say_about_its_article() -> None:
    settings = SETTINGS.replace("title: Advice", "title: Desk's advice")
    article = published(
        "new",
        post(
            "It's new",
            more="tags: [open-pay]\nupdated: 2026-02-02\naliases: [/blog/old/]\n"
            "image: {src: a chart.png, alt: A chart}\n",
        ),
    )
    text = Held(b"<p>Text</p>")
    found = jobs_of(site(article, text=settings), {"/blog/new/": text})["/feed.xml"]
    assert found.entries[0].value._asdict() == {
        "guid": "tag:sample.example,2026:old",
        "path": "/blog/new/",
        "title": "It’s new",
        "summary": "About It’s new.",
        "authors": ("The Desk",),
        "categories": ("Desk’s advice", "Open pay"),
        "published": datetime(2026, 1, 1, tzinfo=UTC),
        "updated": datetime(2026, 2, 2, tzinfo=UTC),
        "picture": "/media/articles/a%20chart.png",
        "text": text,
    }


def test_a_feed_follows_the_page_of_its_list() -> None:
    found = jobs_of(site(*dated(1)))
    main, category = found["/atom.xml"], found["/categories/advice/feed.xml"]
    assert (main.title, main.description, main.home) == (
        "Sample",
        "What a site needs, and no more.",
        "/",
    )
    assert (category.title, category.description, category.home) == (
        "Sample: Advice",
        "What to do.",
        "/categories/advice/",
    )
    assert (main.guid, category.guid) == (
        "tag:sample.example,2026:/",
        "tag:sample.example,2026:/categories/advice/",
    )


# Written


@pytest.mark.parametrize(
    ("path", "start"),
    [
        ("/feed.xml", b"<?xml version='1.0' encoding='UTF-8'?>\n<rss "),
        ("/atom.xml", b"<?xml version='1.0' encoding='UTF-8'?>\n<feed "),
        ("/feed.json", b"{"),
    ],
)
def test_each_feed_is_written_in_its_format(path: str, start: bytes) -> None:
    content = written(jobs_of(site(*dated(2)))[path]).body
    assert content.startswith(start)
    assert b"https://sample.example" + path.encode() in content


def test_every_address_in_a_feed_is_complete() -> None:
    article = published(content=post(more="image: {src: a.png, alt: A}\n"))
    feed = json.loads(written(jobs_of(site(article))["/feed.json"]).body)
    (item,) = feed["items"]
    assert feed["home_page_url"] == "https://sample.example/"
    assert item["url"] == "https://sample.example/blog/a/"
    assert item["image"] == "https://sample.example/media/articles/a.png"
    assert item["content_html"] == "/blog/a/"


# What they depend on


class Unread(Body):
    """A text that nobody may read."""

    def content(self) -> bytes:
        raise AssertionError("read")


def changed(before: Site, after: Site, texts: Mapping[str, Body] | None = None) -> set[str]:
    """The feeds that must be written anew; to tell, no text is read."""

    def prints(whole: Site, given: Mapping[str, Body]) -> dict[str, bytes]:
        unread = {page.path: Unread(digest(page.path.encode())) for page in entry_pages(whole)}
        return {p: fingerprint(job) for p, job in jobs_of(whole, {**unread, **given}).items()}

    old, new = prints(before, {}), prints(after, texts or {})
    return {path for path in new if old.get(path) != new[path]}


def with_figures(*articles: Published) -> Site:
    figures = published("f", post("F", date="2025-01-01", category="figures", more="tags: [f]\n"))
    return site(*articles, figures, text=TWO)


def test_equal_sites_have_equal_feeds() -> None:
    assert changed(with_figures(*dated(3)), with_figures(*dated(3))) == set()


def test_a_changed_text_changes_the_feeds_that_hold_it() -> None:
    whole = with_figures(*dated(3))
    expected = {*MAIN, "/categories/advice/feed.xml", "/authors/desk/feed.xml"}
    assert changed(whole, whole, {"/blog/n3/": Held(b"new text")}) == expected
    assert changed(whole, whole, {"/blog/f/": Held(b"new text")}) == {
        "/categories/figures/feed.xml",
        "/topics/f/feed.xml",
    }


def test_an_article_that_is_too_old_for_a_feed_does_not_change_it() -> None:
    whole = with_figures(*dated(3))
    older = published("n0", post("Older", date="2025-12-01"))
    assert changed(whole, with_figures(*dated(3), older)) == set()


def test_a_new_article_changes_the_feeds_of_its_terms() -> None:
    whole = with_figures(*dated(3))
    assert changed(whole, with_figures(*dated(4))) == {
        *MAIN,
        "/categories/advice/feed.xml",
        "/authors/desk/feed.xml",
    }
