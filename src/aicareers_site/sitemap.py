"""``sitemap.xml`` (the protocol of sitemaps.org, version 0.9) and ``robots.txt`` (RFC 9309)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

NAME = "sitemap.xml"

_LIMIT = 50_000  # addresses that the protocol allows in one file


@dataclass(frozen=True, slots=True)
class SitemapEntry:
    """A page: its complete address and, if known, when its content last changed.

    ``modified`` is a day, or a moment with a time zone.
    """

    url: str
    modified: date | None = None


def sitemap(
    entries: Iterable[SitemapEntry], base_url: str, limit: int = _LIMIT
) -> dict[str, bytes]:
    """The sitemap's files by their names below ``base_url``, which ends with a slash.

    :data:`NAME` is always one of them, and the one to announce. With more than ``limit`` entries
    it is an index of further files, ``sitemap-1.xml`` and so on.
    """
    ordered = sorted(entries, key=lambda entry: entry.url)
    if len(ordered) <= limit:
        return {NAME: _document("urlset", "url", ordered)}
    files, index = {}, []
    for number, start in enumerate(range(0, len(ordered), limit), 1):
        part = ordered[start : start + limit]
        name = f"sitemap-{number}.xml"
        files[name] = _document("urlset", "url", part)
        changes = (entry.modified for entry in part if entry.modified)
        index.append(SitemapEntry(base_url + name, max(changes, key=_moment, default=None)))
    return {NAME: _document("sitemapindex", "sitemap", index), **files}


def robots(sitemap_url: str) -> bytes:
    """``robots.txt`` that lets every crawler read everything and names the sitemap.

    Crawlers look for it at the root of a host and nowhere else (RFC 9309, section 2.3).
    """
    return f"User-agent: *\nAllow: /\n\nSitemap: {sitemap_url}\n".encode()


def _document(root: str, element: str, entries: Sequence[SitemapEntry]) -> bytes:
    lines = (
        f"<{element}><loc>{escape(entry.url, quote=False)}</loc>{_modified(entry)}</{element}>\n"
        for entry in entries
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<{root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{"".join(lines)}</{root}>\n'
    ).encode()


def _modified(entry: SitemapEntry) -> str:
    """The ``lastmod`` element, as a W3C date and time."""
    modified = entry.modified
    if modified is None:
        return ""
    if isinstance(modified, datetime):
        written = modified.astimezone(UTC).isoformat(timespec="seconds")
    else:
        written = modified.isoformat()
    return f"<lastmod>{written}</lastmod>"


def _moment(modified: date) -> datetime:
    """Days and moments on one scale; a day counts from its first moment in UTC."""
    if isinstance(modified, datetime):
        return modified
    return datetime.combine(modified, time(), UTC)
