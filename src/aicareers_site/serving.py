"""How the site's files are to be served, whatever the host: their types."""

from __future__ import annotations

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


def content_type(path: str) -> str:
    """The media type of the file at ``path`` below the output folder, by its name.

    The machine's own list is not asked: it differs from one to the next. Types are those that IANA
    has registered; what is unknown is ``application/octet-stream`` (RFC 9110, section 8.3).
    """
    place = PurePosixPath(path)
    return _FEEDS.get(place.name) or _TYPES.get(place.suffix.lower()) or "application/octet-stream"
