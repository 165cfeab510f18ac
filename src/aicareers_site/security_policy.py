"""What browsers are to allow the site's pages: the security headers, and the policy in each page.

A Content-Security-Policy (CSP, level 3) stands twice. That in a page's ``<meta>`` says what this
page needs; it holds at hosts that have no headers, in the preview, and in a file that was saved.
That in the header is the same for all files, so that every host can be told it, and holds what
``<meta>`` cannot say. Browsers hold a page to both.
"""

from __future__ import annotations

import json
from base64 import b64encode
from contextlib import suppress
from hashlib import sha256
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from markupsafe import Markup

from aicareers_site.urls import HOME, Urls
from aicareers_site.views import Security

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aicareers_site.configuration import SiteSettings

_NONE, _SELF = "'none'", "'self'"
_WEBASSEMBLY = "'wasm-unsafe-eval'"
"""Pagefind, which searches, is a WebAssembly program."""

_UNUSED = (
    "accelerometer", "camera", "display-capture", "geolocation", "gyroscope", "magnetometer",
    "microphone", "midi", "payment", "usb",
)  # fmt: skip


def in_pages(settings: SiteSettings) -> Security:
    """What the heads of pages say."""
    page = _directives(settings)
    search = page | {"script-src": f"{page['script-src']} {_WEBASSEMBLY}"}
    return Security(_safe(page), _safe(search), Markup(_speculation_rules(settings)))


def headers(settings: SiteSettings) -> tuple[tuple[str, str], ...]:
    """The headers that go with every answer, by name and value."""
    policy = _directives(settings) | {"frame-ancestors": _NONE}
    if settings.search:
        policy["script-src"] += f" {_WEBASSEMBLY}"
    return (
        ("Content-Security-Policy", _printed(policy)),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Permissions-Policy", ", ".join(f"{feature}=()" for feature in _UNUSED)),
        ("Referrer-Policy", "strict-origin-when-cross-origin"),
        ("X-Content-Type-Options", "nosniff"),
    )


def _directives(settings: SiteSettings) -> dict[str, str]:
    """Everything from the site's own host, nothing inline but the rules on what may be fetched
    ahead; forms to the newsletter's provider, frames of the ``embeds``.

    Auditors, the search page and the preview ask the site from within a page: ``connect-src``.
    """
    rules = sha256(_speculation_rules(settings).encode()).digest()
    action = settings.newsletter and settings.newsletter.action
    policy = {
        "default-src": _NONE,
        "base-uri": _NONE,
        "connect-src": _SELF,
        "font-src": _SELF,
        "form-action": f"{_SELF} {_origin(action)}" if action else _SELF,
        "img-src": _SELF,
        "manifest-src": _SELF,
        "media-src": _SELF,
        "script-src": f"{_SELF} 'sha256-{b64encode(rules).decode()}'",
        "style-src": _SELF,
    }
    return policy | ({"frame-src": " ".join(settings.embeds)} if settings.embeds else {})


def _safe(policy: Mapping[str, str]) -> Markup:
    return Markup(escape(_printed(policy), quote=False))


def _printed(policy: Mapping[str, str]) -> str:
    return "; ".join(f"{directive} {sources}" for directive, sources in policy.items())


def _origin(address: str) -> str:
    """Scheme, host and port of a web address (RFC 6454), as browsers compare them."""
    parts = urlsplit(address)
    host = parts.netloc.rpartition("@")[2].lower()
    if not host.isascii():
        with suppress(UnicodeError):  # No name that could be asked for.
            host = host.encode("idna").decode()
    return f"{parts.scheme.lower()}://{host}"


def _speculation_rules(settings: SiteSettings) -> str:
    """Which pages browsers may fetch ahead while their links are pointed at (HTML, section 7.6).

    Pages of this site, whose addresses end with a slash, and nothing of another site.
    """
    home = Urls(settings.base_url).href(HOME)
    where = {"href_matches": [home, f"{home}*/"]}
    rules = {"prefetch": [{"where": where, "eagerness": "moderate"}]}
    return json.dumps(rules, separators=(",", ":")).replace("<", "\\u003c")
