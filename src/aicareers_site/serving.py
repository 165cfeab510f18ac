"""How the site's files are to be served, whatever the host: their types, and which never change."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

_TYPES = {
    ".avif": "image/avif",
    ".css": "text/css; charset=utf-8",
    ".csv": "text/csv; charset=utf-8; header=present",
    ".gif": "image/gif",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/x-icon",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".mjs": "text/javascript; charset=utf-8",
    ".mp3": "audio/mpeg",
    ".mp4": "video/mp4",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".wasm": "application/wasm",
    ".webm": "video/webm",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
    ".zip": "application/zip",
}
_FEEDS = {
    "atom.xml": "application/atom+xml",
    "feed.json": "application/feed+json",
    "feed.xml": "application/rss+xml",
}

_IMMUTABLE = re.compile(
    r"""
    (?!pagefind/|media/) .* \. [0-9a-f]{10} \.
        (?: avif | css | gif | jpe?g | js | mjs | otf | png | svg | ttf | wasm | webp | woff2? )
  | (?!pagefind/) .* - [0-9a-f]{10} - [1-9][0-9]* \. (?: avif | jpg | webp )
  | pagefind/ (?: (?P<part>fragment|index|filter) / [\w-]+ _ [0-9a-f]{7,} \.pf_ (?P=part)
                | pagefind \. [\w-]+ _ [0-9a-f]{7,} \.pf_meta )
    """,
    re.VERBOSE | re.DOTALL,
)
"""Styles, scripts, fonts and their like (``site.0123456789.css``); pictures in their widths
(``media/map-0123456789-480.avif``); parts of the search index, but not its entrance."""


def is_immutable(path: str) -> bool:
    """Whether the file at ``path`` below the output folder never changes, so that whoever has it
    may keep it for ever (RFC 8246).

    That rests on its name, in which the build, or Pagefind, has put a digest of what is in the
    file, or of all that it is made of: other bytes have another name.
    """
    return _IMMUTABLE.fullmatch(path) is not None


def content_type(path: str) -> str:
    """The media type of the file at ``path`` below the output folder, by its name.

    The machine's own list is not asked: it differs from one to the next. Types are those that IANA
    has registered; what is unknown is ``application/octet-stream`` (RFC 9110, section 8.3).
    """
    place = PurePosixPath(path)
    return _FEEDS.get(place.name) or _TYPES.get(place.suffix.lower()) or "application/octet-stream"
