"""How the site's files are to be served, whatever the host: their types, and how long they keep."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

TYPES = {
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
"""Media types by the ends of names."""

NAMED_TYPES = {
    "atom.xml": "application/atom+xml",
    "feed.json": "application/feed+json",
    "feed.xml": "application/rss+xml",
}
"""Those of files that are known by their whole name."""

_COMPRESSIBLE = frozenset(
    ["application/json", "application/manifest+json", "application/wasm", "application/xml"]
)
UNKNOWN = "application/octet-stream"

FINGERPRINTABLE = frozenset([
    ".avif", ".css", ".gif", ".jpeg", ".jpg", ".js", ".mjs", ".otf", ".png", ".svg", ".ttf",
    ".wasm", ".webp", ".woff", ".woff2",
])  # fmt: skip
"""What the names end with of files that can have a fingerprint in them."""

_ASSET = r"(?!pagefind/|media/)(?P<name>.*)\.[0-9a-f]{10}(?P<suffix>\.[a-z0-9]+)"
_PICTURE = r"(?!pagefind/).*-[0-9a-f]{10}-[1-9][0-9]*\.(?:avif|jpg|webp)"
_INDEX = (
    r"pagefind/(?:(?P<part>fragment|index|filter)/[\w-]+_[0-9a-f]{7,}\.pf_(?P=part)"
    r"|pagefind\.[\w-]+_[0-9a-f]{7,}\.pf_meta)"
)
_is_asset = re.compile(_ASSET, re.DOTALL).fullmatch
_is_other = re.compile(f"{_PICTURE}|{_INDEX}", re.DOTALL).fullmatch


def fingerprinted(path: str, fingerprint: str) -> str:
    """``path`` with ten digits of a hexadecimal fingerprint in it: ``site.0123456789.css``."""
    name, dot, suffix = path.rpartition(".")
    return f"{name}.{fingerprint[:10]}{dot}{suffix}"


def unfingerprinted(path: str) -> str | None:
    """The path below the output folder before it was :func:`fingerprinted`; None if it was not."""
    found = _is_asset(path)
    if found is None or found["suffix"] not in FINGERPRINTABLE:
        return None
    return f"{found['name']}{found['suffix']}"


REVALIDATED = "no-cache"
"""Pages: a browser asks each time whether the one that it has is still the present one."""

KEPT_SHORTLY = "public, max-age=600"
"""What may change under its name, but is no page."""

KEPT_FOR_EVER = "public, max-age=31536000, immutable"


def is_compressible(media_type: str) -> bool:
    """Whether files of this type are smaller when they are compressed; most are so already."""
    return (
        media_type.startswith("text/")
        or media_type.endswith(("+json", "+xml"))
        or media_type in _COMPRESSIBLE
    )


def cache_control(path: str) -> str:
    """How long caches may keep the file at ``path`` below the output folder without asking: the
    value of Cache-Control (RFC 9111, section 5.2.2; RFC 8246).
    """
    if is_immutable(path):
        return KEPT_FOR_EVER
    return REVALIDATED if path.endswith(".html") else KEPT_SHORTLY


def is_immutable(path: str) -> bool:
    """Whether the file at ``path`` below the output folder never changes, so that whoever has it
    may keep it for ever (RFC 8246).

    That rests on its name, in which the build, or Pagefind, has put a digest of what is in the
    file, or of all that it is made of: other bytes have another name. These are styles, scripts,
    fonts and their like (``site.0123456789.css``), pictures in their widths
    (``media/map-0123456789-480.avif``), and parts of the search index, but not its entrance. An
    editor's own file cannot have such a name: it is the error ``reserved-name``.
    """
    return unfingerprinted(path) is not None or _is_other(path) is not None


def content_type(path: str) -> str:
    """The media type of the file at ``path`` below the output folder, by its name.

    The machine's own list is not asked: it differs from one to the next. Types are those that IANA
    has registered; what is unknown is ``application/octet-stream`` (RFC 9110, section 8.3).
    """
    place = PurePosixPath(path)
    return NAMED_TYPES.get(place.name) or TYPES.get(place.suffix.lower()) or UNKNOWN
