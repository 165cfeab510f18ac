"""Addresses: from a path on the site to what is printed in a page, a feed or a file name.

A *path* starts with a slash and is relative to the site's own root, wherever that is hosted:
``/blog/germany/``. It is percent-encoded (RFC 3986) where its file's name needs that. An *href* is
what a page prints, with the base URL's path in front; a *url* is complete. Sites below a path
(``https://example.com/blog/``) need nothing else.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from difflib import get_close_matches
from urllib.parse import quote, unquote, urlsplit

BLOG = "/blog/"
COUNTRIES = "/countries/"
DATA = "/data/"
CORRECTIONS = "/corrections/"
FEEDS = "/feeds/"
HOME = "/"
MANIFEST = "/site.webmanifest"
MEDIA = "/media/"
NEWSLETTER = "/newsletter/"
NEWSLETTER_CONFIRMED = "/newsletter/confirmed/"
NEWSLETTER_THANKS = "/newsletter/thanks/"
NOT_FOUND = "/404.html"
PRIVACY = "/privacy/"
ROBOTS = "/robots.txt"
SEARCH = "/search/"
SEARCH_INDEX = "/pagefind/"
SITEMAP = "/sitemap.xml"
STYLEGUIDE = "/styleguide/"

SCHEMES = frozenset(["http", "https", "mailto", "tel"])
"""What addresses may start with."""

_ACTIVE = (
    *(".htm", ".html", ".js", ".mjs", ".shtml", ".svg", ".svgz"),
    *(".xht", ".xhtml", ".xml", ".xsl"),
)
_PASSED_OVER = re.compile(r"^[\0-\x20]+|[\t\n\r]+")
_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):")


@dataclass(frozen=True, slots=True)
class Urls:
    """Prints addresses below ``base_url``, which ends with a slash.

    With ``absolute`` every address is complete, as feeds need it. With ``detached``, text is shown
    away from its own page, so that links within that page name the page.
    """

    base_url: str
    absolute: bool = False
    detached: bool = False

    @property
    def complete(self) -> Urls:
        """The same site, for text that is shown anywhere: every address is complete."""
        return replace(self, absolute=True, detached=True)

    def url(self, path: str) -> str:
        """The complete address of ``path``."""
        return self.base_url.rstrip("/") + path

    def href(self, path: str) -> str:
        """The address of ``path`` as a page prints it."""
        return self.url(path) if self.absolute else urlsplit(self.base_url).path.rstrip("/") + path

    def resolved(self, address: str, page: str) -> str:
        """Print ``address``, found on the page at the path ``page``.

        It is a path on the site, a fragment of the page itself, or an address elsewhere.
        """
        if address.startswith("#"):
            return self.href(page) + address if self.detached else address
        return self.href(address) if address.startswith("/") else address


def output_path(path: str) -> str:
    """The file below the output folder that answers for ``path``: ``/blog/`` is
    ``blog/index.html``."""
    file = unquote(path[1:])
    return file + "index.html" if path.endswith("/") else file


def published_path(source: str) -> str:
    """The path at which a file of ``static/`` or ``content/`` is published as it is."""
    folder, _, rest = source.partition("/")
    return (MEDIA if folder == "content" else "/") + quote(rest)


def is_active(file: str) -> bool:
    """Whether browsers would run what editors put into a file at this source path."""
    return file.startswith("content/") and file.lower().endswith(_ACTIVE)


def scheme(address: str) -> str:
    """The scheme that a browser reads in ``address``, in lower case; empty if there is none.

    It passes over control characters and spaces at the start, and over tabs and ends of lines
    wherever they are (URL standard, 4.4 "URL parsing").
    """
    found = _SCHEME.match(_PASSED_OVER.sub("", address))
    return found[1].lower() if found else ""


def scheme_hint(name: str) -> str:
    """What helps where an address starts with the scheme ``name``, which none may have."""
    if name in {"javascript", "vbscript"}:
        return "take it out: scripts of articles do not run"
    if name in {"blob", "data", "file"}:
        return "save the file beside the article and write its name"
    if not name:
        return "write all of it, from https:// on"
    close = get_close_matches(name, SCHEMES, n=1)
    return f"write {close[0]}:" if close else "use https: or mailto:"
