"""Two states of a small site, and what readers of any state in between must never meet."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from aicareers_site.outputs import Output
from aicareers_site.publish_target import Occasion

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


def _page(*addresses: str) -> str:
    return "".join(f'<a href="{address}">' for address in addresses)


def _site(style: str, articles: Mapping[str, str], word: str) -> dict[str, str]:
    """A home page, a list and ``articles`` with a picture each; ``style`` is a file's name."""
    pages = {f"/blog/{name}/": picture for name, picture in articles.items()}
    site = {
        "index.html": word + _page(f"/{style}", "/blog/", *pages, *pages.values(), "/feed.xml"),
        "blog/index.html": word + _page(f"/{style}", "/", *pages),
        "feed.xml": word + _page(*pages),
        "404.html": _page(f"/{style}", "/"),
        style: f"body {{ content: '{word}' }}",
        "robots.txt": "User-agent: *",
        "site.webmanifest": word,
    }
    for path, picture in pages.items():
        site[f"{path[1:]}index.html"] = _page(f"/{style}", "/", "/blog/", picture)
        site[picture[1:]] = f"{word} picture"
    return site


OLD = _site(
    "site.0123456789.css",
    {"first": "/media/first.png", "gone": "/media/gone.png", "kept": "/media/kept.png"},
    "old",
)
NEW = _site(
    "site.abcdefabcd.css",
    {"first": "/media/other.png", "fresh's": "/media/fresh & new.png", "kept": "/media/kept.png"},
    "new",
)
EDGES = {**NEW, "#hash/;odd.txt": "odd", "-dash/$(touch x).txt": "odd", "ä/ü ö.txt": "umlauts"}
"""A site whose files have names at which a careless program would stumble."""


def outputs(site: Mapping[str, str]) -> list[Output]:
    return [Output.of(path, text.encode()) for path, text in sorted(site.items())]


def files(site: Mapping[str, str]) -> dict[str, bytes]:
    return {path: text.encode() for path, text in site.items()}


def occasion(*, dry_run: bool = False) -> Occasion:
    return Occasion("https://sample.example/", NOW, dry_run, lambda done, _: done)


def check_whole(found: Mapping[str, bytes], *states: Mapping[str, str]) -> None:
    """Each file is as in one of the ``states``; whatever page a reader comes to from the home page
    or the feed, and all that it refers to, is there.
    """
    for path, content in found.items():
        assert content in {state[path].encode() for state in states if path in state}, path
    ways = ["index.html", "feed.xml"] if "index.html" in found else []
    seen: set[str] = set()
    while ways:
        path = ways.pop()
        if path not in seen:
            seen.add(path)
            assert path in found, f"{path} is referred to, and not there"
            ways += _references(found[path].decode())
    for path, content in found.items():
        if path.endswith(".html"):
            files = (one for one in _references(content.decode()) if not one.endswith(".html"))
            assert found.keys() >= set(files), f"{path} refers to what is not there"


def _references(text: str) -> Iterable[str]:
    for address in re.findall(r'href="/([^"]*)"', text):
        yield f"{address}index.html" if address.endswith("/") or not address else address
