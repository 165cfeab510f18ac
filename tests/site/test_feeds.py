"""Every feed is well-formed, complete in itself and read by a common feed reader's parser."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import feedparser
import pytest
from lxml import etree

from tests.site import built

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.site.built import BuiltSite

# Elements of RSS 2.0 and of Atom (RFC 4287) whose text or whose attribute is an address.
URL_ELEMENTS = {"comments", "docs", "icon", "link", "logo", "uri", "url"}
URL_ATTRIBUTES = {"href", "scheme", "src", "url"}
HTML_ELEMENTS = {"content", "description", "encoded", "summary"}
JSON_URLS = {"banner_image", "external_url", "favicon", "feed_url", "home_page_url", "icon"}
JSON_URLS |= {"image", "next_url", "url"}


@pytest.fixture(scope="module")
def xml_feeds(shipped_site: BuiltSite) -> dict[str, bytes]:
    return {path: text for path, text in shipped_site.feeds.items() if path.endswith(".xml")}


@pytest.fixture(scope="module")
def json_feeds(shipped_site: BuiltSite) -> dict[str, Any]:
    return {
        path: json.loads(text)
        for path, text in shipped_site.feeds.items()
        if path.endswith(".json")
    }


def test_the_site_has_a_feed_in_each_format(shipped_site: BuiltSite) -> None:
    assert {"feed.xml", "atom.xml", "feed.json"} <= shipped_site.feeds.keys()


def test_every_listing_has_its_feed(shipped_site: BuiltSite) -> None:
    listings = {
        path.removesuffix("index.html")
        for path in shipped_site.files
        if path.endswith("/index.html")
        and path.split("/")[0] in {"authors", "categories", "topics"}
        and path.count("/") == 2
    }
    assert listings != set()
    assert {path for path in listings if path + "feed.xml" not in shipped_site.feeds} == set()


def test_a_feed_reader_understands_every_feed(xml_feeds: dict[str, bytes]) -> None:
    for path, content in xml_feeds.items():
        etree.fromstring(content)
        feed = feedparser.parse(content)
        assert not feed.bozo, f"{path}: {feed.get('bozo_exception')}"
        assert feed.version == ("atom10" if path.endswith("atom.xml") else "rss20"), path
        for entry in feed.entries:
            assert entry.title, path
            assert entry.link, path
            assert entry.published_parsed, path


def test_feeds_hold_whole_articles(xml_feeds: dict[str, bytes]) -> None:
    shortest = min(
        len(built.parse_fragment(entry.content[0].value).text_content().split())
        for content in xml_feeds.values()
        for entry in feedparser.parse(content).entries
    )
    assert shortest >= 300


def test_no_feed_holds_a_relative_address(shipped_site: BuiltSite) -> None:
    relative = {
        (path, address)
        for path, content in shipped_site.feeds.items()
        for address in (_in_json if path.endswith(".json") else _in_xml)(content)
        if not _is_complete(address)
    }
    assert relative == set()


def test_entries_of_a_feed_have_different_ids(
    xml_feeds: dict[str, bytes], json_feeds: dict[str, Any]
) -> None:
    ids = {path: _entry_ids(content) for path, content in xml_feeds.items()}
    ids |= {path: [item["id"] for item in feed["items"]] for path, feed in json_feeds.items()}
    assert {path for path, found in ids.items() if not found} == set()
    assert {path for path, found in ids.items() if len(set(found)) < len(found)} == set()


def test_an_article_has_one_id_in_all_feeds(
    xml_feeds: dict[str, bytes], json_feeds: dict[str, Any]
) -> None:
    ids_by_url: dict[str, set[str]] = {}
    for content in xml_feeds.values():
        for entry in feedparser.parse(content).entries:
            ids_by_url.setdefault(entry.link, set()).add(entry.id)
    for feed in json_feeds.values():
        for item in feed["items"]:
            ids_by_url.setdefault(item["url"], set()).add(item["id"])
    assert {url: ids for url, ids in ids_by_url.items() if len(ids) > 1} == {}


def test_json_feeds_follow_their_specification(
    shipped_site: BuiltSite, json_feeds: dict[str, Any]
) -> None:
    """JSON Feed 1.1, https://www.jsonfeed.org/version/1.1/."""
    for path, feed in json_feeds.items():
        assert feed["version"] == "https://jsonfeed.org/version/1.1", path
        assert isinstance(feed["title"], str), path
        assert feed["feed_url"] == shipped_site.url_of(path)
        assert "author" not in feed, "1.1 replaces author by authors"
        for item in feed["items"]:
            assert isinstance(item["id"], str), path
            assert isinstance(item.get("content_html", item.get("content_text")), str), path
            for name in {"date_published", "date_modified"} & item.keys():
                assert datetime.fromisoformat(item[name]).utcoffset() is not None, path
            for author in item.get("authors", ()):
                assert author.keys() & {"name", "url", "avatar"}, path


def _entry_ids(content: bytes) -> list[str]:
    """The ids of an RSS or Atom feed's entries, as they are written."""
    feed = etree.fromstring(content)
    return [str(found.text) for found in feed.iterfind(".//{*}entry/{*}id")] or [
        str(found.text) for found in feed.iterfind(".//item/guid")
    ]


def _in_xml(content: bytes) -> Iterator[str]:
    for element in etree.fromstring(content).iter(etree.Element):
        name = etree.QName(element).localname
        for attribute in URL_ATTRIBUTES.intersection(element.attrib):
            # A category's scheme may be any IRI; it has to be complete all the same.
            yield element.get(attribute)
        if name in URL_ELEMENTS and element.text:
            yield element.text
        if name == "guid" and element.get("isPermaLink", "true") == "true":
            yield element.text
        if name in HTML_ELEMENTS and element.text and element.text.strip():
            yield from built.addresses(built.parse_fragment(element.text))


def _in_json(content: bytes) -> Iterator[str]:
    return _in_value(json.loads(content))


def _in_value(value: Any) -> Iterator[str]:
    if isinstance(value, list):
        for item in value:
            yield from _in_value(item)
    elif isinstance(value, dict):
        for key, item in value.items():
            if key in JSON_URLS and isinstance(item, str):
                yield item
            elif key == "content_html":
                yield from built.addresses(built.parse_fragment(item))
            else:
                yield from _in_value(item)


def _is_complete(address: str) -> bool:
    parts = urlsplit(address)
    return bool(parts.netloc) if parts.scheme in {"http", "https"} else parts.scheme == "mailto"
