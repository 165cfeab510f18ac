"""Feeds in three formats: RSS 2.0, Atom (RFC 4287) and JSON Feed 1.1.

The same values go in, and each format gets its own escaping: titles, names and categories are
plain text everywhere; a summary is text too, which RSS wants as HTML. Characters that XML 1.0
forbids (section 2.2) are left out of all three. Dates are written in UTC. Nothing here reads the
clock, so the same feed always gives the same bytes.
"""

from __future__ import annotations

import html
import json
import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import lru_cache, partial
from typing import Any

from feedgen.ext.base import BaseExtension
from feedgen.feed import FeedGenerator
from lxml.etree import SubElement

_GENERATOR = "aicareers-site"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """An article in a feed.

    ``guid`` is a URI that stays the same for ever, such as a tag URI (RFC 4151). ``html`` is the
    full text, in which every address is complete; ``summary`` is plain text. ``published`` and
    ``updated`` have a time zone.
    """

    guid: str
    url: str
    title: str
    summary: str
    html: str
    authors: tuple[str, ...]
    categories: tuple[str, ...]
    published: datetime
    updated: datetime
    image_url: str | None = None


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed; its entries keep their order, the newest first.

    ``guid`` names the feed for ever, like an entry's. ``home_url`` is the page that the feed
    follows, ``feed_url`` the address of the feed itself, and so differs between the formats.
    ``hub`` is the address of a hub that tells subscribers of news (WebSub, W3C Recommendation).
    """

    guid: str
    title: str
    description: str
    home_url: str
    feed_url: str
    language: str
    entries: tuple[FeedEntry, ...]
    hub: str | None = None

    @property
    def updated(self) -> datetime:
        """The latest change of any entry; without entries 1970-01-01, since Atom needs a date."""
        return max((entry.updated for entry in self.entries), default=_EPOCH)


def rss(feed: Feed) -> bytes:
    """The feed as RSS 2.0, with the full text in ``content:encoded``.

    RSS allows only e-mail addresses in ``author``; names are in ``dc:creator``.
    """
    feed = _printable(feed)
    generator = _generator(feed, "application/rss+xml")
    generator.load_extension("dc", atom=False)
    for entry in feed.entries:
        item = _add(generator, entry)
        # Of all texts in RSS, only an item's description is HTML.
        item.summary(html.escape(entry.summary, quote=False))
        item.content(entry.html)
        item.dc.dc_creator(list(entry.authors))
    return bytes(generator.rss_str()) + b"\n"


def atom(feed: Feed) -> bytes:
    """The feed as Atom, with the full text as ``content`` of the type html."""
    feed = _printable(feed)
    generator = _generator(feed, "application/atom+xml")
    generator.author(name=feed.title)  # stands for entries without an author (section 4.2.1)
    for entry in feed.entries:
        item = _add(generator, entry)
        item.summary(entry.summary)
        item.content(entry.html, type="html")
        item.author([{"name": name} for name in entry.authors])
    return bytes(generator.atom_str()) + b"\n"


def json_feed(feed: Feed) -> bytes:
    """The feed as JSON Feed 1.1 (jsonfeed.org), with the full text as ``content_html``."""
    feed = _printable(feed)
    document = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.home_url,
        "feed_url": feed.feed_url,
        "description": feed.description,
        "language": feed.language,
        **({"hubs": [{"type": "WebSub", "url": feed.hub}]} if feed.hub else {}),
        "items": [_item(entry) for entry in feed.entries],
    }
    return json.dumps(document, ensure_ascii=False).encode() + b"\n"


def _item(entry: FeedEntry) -> dict[str, object]:
    image = {"image": entry.image_url} if entry.image_url else {}
    return {
        "id": entry.guid,
        "url": entry.url,
        "title": entry.title,
        "summary": entry.summary,
        "content_html": entry.html,
        **image,
        "date_published": entry.published.isoformat(),
        "date_modified": entry.updated.isoformat(),
        "authors": [{"name": name} for name in entry.authors],
        "tags": list(entry.categories),
    }


def _generator(feed: Feed, media_type: str) -> FeedGenerator:
    generator = FeedGenerator()
    generator.id(feed.guid)
    generator.title(feed.title)
    generator.description(feed.description)
    generator.language(feed.language)
    generator.link(href=feed.feed_url, rel="self", type=media_type)
    if feed.hub:
        generator.link(href=feed.hub, rel="hub")
        generator.register_extension("hub", partial(_RssHub, feed.hub), atom=False)
    # Last, because feedgen takes the last link, of whatever relation, as the channel's.
    generator.link(href=feed.home_url, rel="alternate", type="text/html")
    generator.updated(feed.updated)  # left unset, it would be the present moment
    generator.generator(_GENERATOR)
    return generator


class _RssHub(BaseExtension):  # type: ignore[misc]
    """Names the hub in RSS, where feedgen itself leaves it out."""

    def __init__(self, address: str) -> None:
        self._address = address

    def extend_rss(self, feed: Any) -> Any:
        (channel,) = feed
        SubElement(channel, "{http://www.w3.org/2005/Atom}link", href=self._address, rel="hub")
        return feed


def _add(generator: FeedGenerator, entry: FeedEntry) -> Any:
    item = generator.add_entry(order="append")  # the default puts every entry first
    item.guid(entry.guid, permalink=False)
    item.title(entry.title)
    item.link(href=entry.url)
    item.category([{"term": category} for category in entry.categories])
    item.published(entry.published)
    item.updated(entry.updated)
    return item


def _printable(feed: Feed) -> Feed:
    """The feed without forbidden characters, with all dates in UTC.

    Where nothing is left of a text that the formats require, its address stands in.
    """
    return replace(
        feed,
        title=_text(feed.title) or feed.home_url,
        description=_text(feed.description) or feed.home_url,
        entries=tuple(map(_printable_entry, feed.entries)),
    )


@lru_cache(maxsize=1024)  # an entry stands in many feeds, and looking through its text takes long
def _printable_entry(entry: FeedEntry) -> FeedEntry:
    return replace(
        entry,
        title=_text(entry.title) or entry.url,
        summary=_text(entry.summary),
        html=_text(entry.html),
        authors=_texts(entry.authors),
        categories=_texts(entry.categories),
        published=entry.published.astimezone(UTC),
        updated=entry.updated.astimezone(UTC),
    )


def _text(text: str) -> str:
    return _NOT_XML.sub("", text)


def _texts(texts: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(kept for kept in map(_text, texts) if kept)
