"""Feeds: what readers of each format get, whatever the articles say."""

from __future__ import annotations

import json
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

import feedparser
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from aicareers_site.feeds import Feed, FeedEntry, atom, json_feed, rss

if TYPE_CHECKING:
    from collections.abc import Callable

NAMESPACES = {
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
}
CODE = (
    "<p>First &amp; last:</p>\n<pre><code>def f():\n\n    return 1 &lt; 2\t# tab\n</code></pre>\n"
)
BERLIN = timezone(timedelta(hours=2))

OLDER = FeedEntry(
    guid="tag:example.com,2026:remote-work",
    url="https://example.com/blog/remote-work/",
    title="Remote work",
    summary="From anywhere.",
    html="<p>Anywhere.</p>",
    authors=("Mobility desk",),
    categories=("Guides",),
    published=datetime(2026, 3, 1, 9, tzinfo=UTC),
    updated=datetime(2026, 5, 2, 9, 30, tzinfo=UTC),
)
NEWER = FeedEntry(
    guid="tag:example.com,2026:germany",
    url="https://example.com/blog/germany/",
    title="Pay in <b>Germany</b> & Austria",
    summary='Less than "Zürich": a < b & c',
    html=CODE,
    authors=("Markets desk", "Mobility desk"),
    categories=("Countries", "Pay & tax"),
    published=datetime(2026, 4, 22, 1, 30, tzinfo=BERLIN),
    updated=datetime(2026, 4, 22, 1, 30, tzinfo=BERLIN),
    image_url="https://example.com/images/berlin.png",
)
FEED = Feed(
    guid="tag:example.com,2026:feed",
    title="Where <AI> works",
    description="Careers & countries",
    home_url="https://example.com/",
    feed_url="https://example.com/feed",
    language="en-GB",
    entries=(NEWER, OLDER),
)
EMPTY = replace(FEED, entries=())
FORMATS: list[Callable[[Feed], bytes]] = [rss, atom, json_feed]


def texts(document: bytes, path: str) -> list[str]:
    """The texts of the elements or attributes at ``path``."""
    found = etree.fromstring(document).xpath(path, namespaces=NAMESPACES)
    assert isinstance(found, list)
    return [str(getattr(part, "text", part) or "") for part in found]


def parsed(document: bytes) -> Any:
    """The feed as feedparser sees it, which must find nothing wrong with it."""
    result = feedparser.parse(document)
    assert not result.bozo, result.bozo_exception
    return result


def test_rss_describes_the_channel() -> None:
    document = rss(FEED)

    assert texts(document, "/rss/@version") == ["2.0"]
    assert texts(document, "channel/title") == ["Where <AI> works"]
    assert texts(document, "channel/link") == ["https://example.com/"]
    assert texts(document, "channel/description") == ["Careers & countries"]
    assert texts(document, "channel/language") == ["en-GB"]
    assert texts(document, "channel/generator") == ["aicareers-site"]
    assert texts(document, "channel/atom:link[@rel='self']/@href") == ["https://example.com/feed"]
    assert texts(document, "channel/atom:link/@type") == ["application/rss+xml"]


def test_rss_holds_the_full_text_of_each_article() -> None:
    document = rss(FEED)

    assert texts(document, "//item/title") == ["Pay in <b>Germany</b> & Austria", "Remote work"]
    assert texts(document, "//item/link") == [NEWER.url, OLDER.url]
    assert texts(document, "//item/content:encoded") == [CODE, "<p>Anywhere.</p>"]
    assert texts(document, "//item[1]/description") == ['Less than "Zürich": a &lt; b &amp; c']
    assert texts(document, "//item[1]/dc:creator") == ["Markets desk", "Mobility desk"]
    assert texts(document, "//item[1]/category") == ["Countries", "Pay & tax"]
    assert texts(document, "//item/guid") == [NEWER.guid, OLDER.guid]
    assert texts(document, "//item/guid/@isPermaLink") == ["false", "false"]
    assert texts(document, "//author") == []


def test_atom_describes_the_feed() -> None:
    document = atom(FEED)

    assert texts(document, "atom:id") == ["tag:example.com,2026:feed"]
    assert texts(document, "atom:title") == ["Where <AI> works"]
    assert texts(document, "atom:subtitle") == ["Careers & countries"]
    assert texts(document, "atom:author/atom:name") == ["Where <AI> works"]
    assert texts(document, "atom:generator") == ["aicareers-site"]
    assert texts(document, "atom:generator/@*") == []
    assert texts(document, "@xml:lang") == ["en-GB"]
    assert texts(document, "atom:link[@rel='self']/@href") == ["https://example.com/feed"]
    assert texts(document, "atom:link[@rel='alternate']/@href") == ["https://example.com/"]


def test_atom_holds_the_full_text_of_each_article() -> None:
    document = atom(FEED)

    first = "atom:entry[1]/atom:"
    assert texts(document, first + "id") == [NEWER.guid]
    assert texts(document, first + "title") == ["Pay in <b>Germany</b> & Austria"]
    assert texts(document, first + "title/@type") == []  # so it is text
    assert texts(document, first + "link/@href") == [NEWER.url]
    assert texts(document, first + "link[@rel != 'alternate']") == []
    assert texts(document, first + "content") == [CODE]
    assert texts(document, first + "content/@type") == ["html"]
    assert texts(document, first + "summary") == ['Less than "Zürich": a < b & c']
    assert texts(document, first + "author/atom:name") == ["Markets desk", "Mobility desk"]
    assert texts(document, first + "category/@term") == ["Countries", "Pay & tax"]


def test_json_feed_says_the_same() -> None:
    document = json.loads(json_feed(replace(FEED, entries=(NEWER,))))

    assert document == {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Where <AI> works",
        "home_page_url": "https://example.com/",
        "feed_url": "https://example.com/feed",
        "description": "Careers & countries",
        "language": "en-GB",
        "items": [
            {
                "id": "tag:example.com,2026:germany",
                "url": "https://example.com/blog/germany/",
                "title": "Pay in <b>Germany</b> & Austria",
                "summary": 'Less than "Zürich": a < b & c',
                "content_html": CODE,
                "image": "https://example.com/images/berlin.png",
                "date_published": "2026-04-21T23:30:00+00:00",
                "date_modified": "2026-04-21T23:30:00+00:00",
                "authors": [{"name": "Markets desk"}, {"name": "Mobility desk"}],
                "tags": ["Countries", "Pay & tax"],
            }
        ],
    }


def test_json_feed_leaves_out_an_image_that_there_is_not() -> None:
    (item,) = json.loads(json_feed(replace(FEED, entries=(OLDER,))))["items"]

    assert "image" not in item


def test_the_feeds_own_date_is_the_latest_change_even_of_an_older_article() -> None:
    assert texts(rss(FEED), "channel/lastBuildDate") == ["Sat, 02 May 2026 09:30:00 +0000"]
    assert texts(atom(FEED), "atom:updated") == ["2026-05-02T09:30:00+00:00"]


def test_an_articles_dates_are_written_in_utc() -> None:
    assert texts(rss(FEED), "//pubDate")[0] == "Tue, 21 Apr 2026 23:30:00 +0000"
    assert texts(atom(FEED), "//atom:published")[0] == "2026-04-21T23:30:00+00:00"
    assert texts(atom(FEED), "//atom:entry/atom:updated")[0] == "2026-04-21T23:30:00+00:00"


def test_a_feed_without_articles_is_valid_and_does_not_depend_on_the_clock() -> None:
    assert texts(rss(EMPTY), "channel/lastBuildDate") == ["Thu, 01 Jan 1970 00:00:00 +0000"]
    assert texts(atom(EMPTY), "atom:updated") == ["1970-01-01T00:00:00+00:00"]
    assert json.loads(json_feed(EMPTY))["items"] == []
    assert parsed(rss(EMPTY)).entries == parsed(atom(EMPTY)).entries == []


def test_an_article_without_authors_has_the_sites_title_as_atom_author() -> None:
    feed = replace(FEED, entries=(replace(OLDER, authors=(), categories=()),))

    assert texts(atom(feed), "atom:author/atom:name") == ["Where <AI> works"]
    assert texts(atom(feed), "//atom:entry/atom:author") == []
    assert texts(rss(feed), "//dc:creator") == []


@pytest.mark.parametrize("write", FORMATS)
@pytest.mark.parametrize("zone", ["Asia/Tokyo", "America/St_Johns"])
def test_the_machines_time_zone_changes_nothing(
    write: Callable[[Feed], bytes], zone: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = write(FEED)

    with monkeypatch.context() as changed:
        changed.setenv("TZ", zone)
        time.tzset()
        actual = write(FEED)
    time.tzset()

    assert actual == expected


def test_a_text_of_nothing_but_forbidden_characters_gives_way_to_the_address() -> None:
    entry = replace(OLDER, title="\x00\ufffe", authors=("\x1b",), categories=("\x0c",))
    feed = replace(FEED, title="\x07", description="\x07", entries=(entry,))

    for document in (parsed(rss(feed)), parsed(atom(feed))):
        assert document.feed.title == "https://example.com/"
        assert document.entries[0].title == OLDER.url
        assert "tags" not in document.entries[0]


anything = st.text(st.characters(exclude_categories=[]), max_size=40)
entries = st.builds(
    replace,
    st.sampled_from([NEWER, OLDER]),
    title=anything,
    summary=anything,
    html=anything,
    authors=st.lists(anything, max_size=2).map(tuple),
    categories=st.lists(anything, max_size=2).map(tuple),
)
feeds = st.builds(
    replace,
    st.just(FEED),
    title=anything,
    description=anything,
    entries=st.lists(entries, max_size=2).map(tuple),
)


@given(feeds)
@settings(deadline=None)
def test_no_text_can_break_a_feed(feed: Feed) -> None:
    expected = [entry.url for entry in feed.entries]

    for write in (rss, atom):
        assert [entry.link for entry in parsed(write(feed)).entries] == expected
    assert [item["url"] for item in json.loads(json_feed(feed))["items"]] == expected


@given(feeds)
@settings(deadline=None)
def test_every_allowed_character_arrives_unchanged(feed: Feed) -> None:
    read = json.loads(json_feed(feed))["items"]

    expected = [item["content_html"] for item in read if item["content_html"]]
    assert [text for text in texts(atom(feed), "//atom:content") if text] == expected
    assert texts(atom(feed), "//atom:entry/atom:title") == [item["title"] for item in read]


@given(feeds)
@settings(deadline=None)
def test_the_same_feed_gives_the_same_bytes(feed: Feed) -> None:
    assert [write(feed) for write in FORMATS] == [write(feed) for write in FORMATS]
