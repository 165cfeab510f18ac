"""A built site behind a server on this machine, and where it has one page of each kind."""

from __future__ import annotations

import contextlib
import functools
import threading
from dataclasses import dataclass, field
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from tests.site.built import PROJECT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.site.built import BuiltSite

# What the site promises to work under (docs/theme.md): everything from its own host, and nothing
# inline but the rules on what may be fetched ahead.
POLICY = (
    "default-src 'none'; font-src 'self'; form-action 'self' https:; img-src 'self' data:; "
    "manifest-src 'self'; script-src 'self' 'inline-speculation-rules'; style-src 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)

# The search page reads its index, and runs the WebAssembly that searches it.
SEARCH_POLICY = (
    POLICY.replace("script-src 'self'", "script-src 'self' 'wasm-unsafe-eval'")
    + "; connect-src 'self'"
)

# Kinds of pages by name. Where pages of one kind share a folder: patterns that find them.
KINDS = {
    "home": "index.html",
    "blog": "blog/index.html",
    "category": "categories/*/index.html",
    "categories": "categories/index.html",
    "topic": "topics/*/index.html",
    "topics": "topics/index.html",
    "author": "authors/*/index.html",
    "authors": "authors/index.html",
    "series": "series/*/index.html",
    "all series": "series/index.html",
    "countries": "countries/index.html",
    "data": "data/index.html",
    "data table": "data/*/index.html",
    "corrections": "corrections/index.html",
    "newsletter": "newsletter/index.html",
    "thanks": "newsletter/thanks/index.html",
    "confirmed": "newsletter/confirmed/index.html",
    "feeds": "feeds/index.html",
    "search": "search/index.html",
    "not found": "404.html",
}

# Kinds that the folder of their sources decides, and the folder of their pages.
SOURCE_KINDS = {
    "post": ("content/articles", "blog/"),
    "country profile": ("content/countries", "blog/"),
    "hiring trend": ("content/trends", "blog/"),
    "market statistics": ("content/market", "blog/"),
    "page": ("content/pages", ""),
}

ALL_KINDS = (*KINDS, *SOURCE_KINDS)


@dataclass(frozen=True)
class ServedSite:
    """A built site that a server on this machine answers for, at ``url``.

    ``ahead`` gets the path of every page that the browser fetches ahead, and of nothing else.
    """

    built: BuiltSite
    url: str
    ahead: SimpleQueue[str] = field(default_factory=SimpleQueue)

    def page_of_kind(self, kind: str) -> str:
        """The address of the first page of a kind; the shipped site has one of each."""
        if kind in KINDS:
            found = sorted(self.built.folder.glob(KINDS[kind]))
        else:
            sources, below = SOURCE_KINDS[kind]
            names = sorted(path.stem for path in (PROJECT / sources).rglob("*.md"))
            paths = (self.built.folder / below / name / "index.html" for name in names)
            found = [path for path in paths if path.exists()]
        assert found, f"the shipped site has no page of the kind '{kind}'"
        return self.address(self.built.url_of(found[0].relative_to(self.built.folder).as_posix()))

    def address(self, url: str) -> str:
        """Where the server answers for an address of the site."""
        return self.url + url.removeprefix(self.built.base_url)


@contextlib.contextmanager
def serve(site: BuiltSite) -> Iterator[ServedSite]:
    """Serve a site on a free port, under a strict Content-Security-Policy."""
    below = urlsplit(site.base_url).path
    ahead: SimpleQueue[str] = SimpleQueue()
    handler = functools.partial(_Handler, directory=str(site.folder), below=below, ahead=ahead)
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            url = f"http://127.0.0.1:{server.server_port}{below}"
            yield ServedSite(site, url, ahead)
        finally:
            server.shutdown()
            thread.join()


class _Handler(SimpleHTTPRequestHandler):
    """Serves a folder below a path, as a static host does, without a log."""

    def __init__(
        self, *arguments: Any, below: str, ahead: SimpleQueue[str], **options: Any
    ) -> None:
        self.below = below
        self.ahead = ahead
        super().__init__(*arguments, **options)

    def log_request(self, *_arguments: Any) -> None:
        if self.headers.get("Sec-Purpose", "").startswith("prefetch"):
            self.ahead.put(self.path)

    def translate_path(self, path: str) -> str:
        return super().translate_path("/" + path.removeprefix(self.below))

    def end_headers(self) -> None:
        searches = urlsplit(self.path).path == f"{self.below}search/"
        policy = SEARCH_POLICY if searches else POLICY
        self.send_header("Content-Security-Policy", policy)
        super().end_headers()

    def log_message(self, *_arguments: Any) -> None:
        pass
