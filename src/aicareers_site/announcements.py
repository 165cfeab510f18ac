"""Who is told of changes: hubs of WebSub, for feeds, and search engines, by IndexNow.

WebSub is a W3C Recommendation; what a publisher sends to a hub is the convention that goes back to
PubSubHubbub. IndexNow's protocol is at indexnow.org.
"""

from __future__ import annotations

import json
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote, urlencode, urlsplit

from aicareers_site import serving
from aicareers_site.outputs import Output
from aicareers_site.urls import NOT_FOUND, Urls, output_path

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from aicareers_site.configuration import SiteSettings

INDEXNOW = "https://api.indexnow.org/indexnow"
"""Where search engines are told of pages; each passes it on to all others."""

_FEEDS = frozenset(["application/atom+xml", "application/feed+json", "application/rss+xml"])

_AT_MOST = 10_000
"""Addresses in one request (IndexNow)."""


class Announcement(NamedTuple):
    """A POST request: whom it tells of which ``news``, in words; and what is sent where.

    ``remedy`` is what to look at where it is refused each time.
    """

    whom: str
    news: str
    remedy: str
    address: str
    media_type: str
    body: bytes


def key_path(key: str) -> str:
    """Where the site shows that the key for IndexNow is its own."""
    return f"/{key}.txt"


def key_file(key: str) -> Output:
    """The file that shows it."""
    return Output.of(output_path(key_path(key)), key.encode())


def due(settings: SiteSettings, changed: Iterable[str]) -> Iterator[Announcement]:
    """What is to be sent when files at these paths below the output folder have come or gone."""
    changed = sorted(changed)
    urls = Urls(settings.base_url)
    if settings.websub:
        for path in changed:
            if serving.content_type(path) in _FEEDS:
                yield _of_feed(settings.websub, urls.url(f"/{quote(path)}"))
    if settings.indexnow:
        pages = (urls.url(_page_path(path)) for path in changed if _is_page(path))
        while part := list(islice(pages, _AT_MOST)):
            yield _of_pages(settings.indexnow, urls, part)


def _of_feed(hub: str, feed: str) -> Announcement:
    form = urlencode({"hub.mode": "publish", "hub.url": feed}).encode()
    remedy = "check whether 'websub' is the address of a hub"
    media_type = "application/x-www-form-urlencoded"
    return Announcement(f"the hub {hub}", f"{feed} has changed", remedy, hub, media_type, form)


def _of_pages(key: str, urls: Urls, pages: list[str]) -> Announcement:
    document = {
        "host": urlsplit(urls.base_url).netloc,
        "key": key,
        "keyLocation": urls.url(key_path(key)),
        "urlList": pages,
    }
    body = json.dumps(document, ensure_ascii=False).encode()
    news = "1 page has changed" if len(pages) == 1 else f"{len(pages):,} pages have changed"
    remedy = f"check whether readers get the key at {document['keyLocation']}"
    media_type = "application/json; charset=utf-8"
    return Announcement("IndexNow", news, remedy, INDEXNOW, media_type, body)


def _is_page(path: str) -> bool:
    return path.endswith(".html") and path != output_path(NOT_FOUND)


def _page_path(path: str) -> str:
    """The path on the site that the file at ``path`` answers for."""
    folder, _, name = f"/{path}".rpartition("/")
    return quote(f"{folder}/" if name == "index.html" else f"{folder}/{name}")
