"""A built site behind a server on this machine, and where it has one page of each kind."""

from __future__ import annotations

import contextlib
import functools
import gzip
import io
import threading
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any, BinaryIO
from urllib.parse import urlsplit

from aicareers_site import configuration, security_policy, serving
from aicareers_site.urls import output_path
from tests.site.built import PROJECT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aicareers_site.configuration import SiteSettings
    from tests.site.built import BuiltSite

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

# What hosts compress; pictures and fonts are compressed in themselves.
COMPRESSED = frozenset([".css", ".csv", ".html", ".js", ".json", ".svg", ".txt", ".xml"])


def path_of_kind(site: BuiltSite, kind: str) -> str:
    """The file of the first page of a kind; the shipped site has one of each."""
    if kind in KINDS:
        found = sorted(site.folder.glob(KINDS[kind]))
    else:
        sources, below = SOURCE_KINDS[kind]
        names = sorted(path.stem for path in (PROJECT / sources).rglob("*.md"))
        paths = (site.folder / below / name / "index.html" for name in names)
        found = [path for path in paths if path.exists()]
    assert found, f"the shipped site has no page of the kind '{kind}'"
    return found[0].relative_to(site.folder).as_posix()


@dataclass(frozen=True)
class ServedSite:
    """A built site that a server on this machine answers for, at ``url``.

    ``ahead`` gets the path of every page that the browser fetches ahead, and of nothing else.
    """

    built: BuiltSite
    url: str
    ahead: SimpleQueue[str] = field(default_factory=SimpleQueue)

    def page_of_kind(self, kind: str) -> str:
        """The address of the first page of a kind."""
        return self.address(self.built.url_of(path_of_kind(self.built, kind)))

    def address(self, url: str) -> str:
        """Where the server answers for an address of the site."""
        return self.url + url.removeprefix(self.built.base_url)


def settings_of(site: BuiltSite) -> SiteSettings:
    """The shipped site's settings, at the address that ``site`` was built for."""
    read = configuration.read((PROJECT / "site.yaml").read_bytes()).value
    assert read is not None
    return read.settings.model_copy(update={"base_url": site.base_url})


@contextlib.contextmanager
def serve(site: BuiltSite, settings: SiteSettings | None = None) -> Iterator[ServedSite]:
    """Serve a site on a free port, as a static host does, with the headers that its ``settings``
    ask for; the shipped site's where they are left out.
    """
    below = urlsplit(site.base_url).path
    ahead: SimpleQueue[str] = SimpleQueue()
    handler = functools.partial(
        _Handler,
        directory=str(site.folder),
        below=below,
        ahead=ahead,
        policy=security_policy.headers(settings or settings_of(site)),
    )
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
    """Serves a folder below a path without a log: compressed, for caches, on few connections."""

    protocol_version = "HTTP/1.1"

    def __init__(
        self,
        *arguments: Any,
        below: str,
        ahead: SimpleQueue[str],
        policy: tuple[tuple[str, str], ...],
        **options: Any,
    ) -> None:
        self.below = below
        self.ahead = ahead
        self.policy = policy
        super().__init__(*arguments, **options)

    def log_request(self, *_arguments: Any) -> None:
        if self.headers.get("Sec-Purpose", "").startswith("prefetch"):
            self.ahead.put(self.path)

    def translate_path(self, path: str) -> str:
        return super().translate_path("/" + path.removeprefix(self.below))

    def send_head(self) -> io.BytesIO | BinaryIO | None:
        """Send the headers; what is to follow is returned."""
        path = Path(self.translate_path(self.path))
        if path.is_dir() and urlsplit(self.path).path.endswith("/"):
            path /= "index.html"
        takes = "gzip" in self.headers.get("Accept-Encoding", "")
        if not takes or path.suffix not in COMPRESSED or not path.is_file():
            return super().send_head()
        body = _compressed(path)
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Vary", "Accept-Encoding")
        self.end_headers()
        return io.BytesIO(body)

    def end_headers(self) -> None:
        for name, value in self.policy:
            self.send_header(name, value)
        file = output_path(urlsplit(self.path).path)
        self.send_header("Cache-Control", serving.cache_control(file.removeprefix(self.below[1:])))
        super().end_headers()

    def guess_type(self, path: Any) -> str:
        return serving.content_type(Path(path).name)

    def log_message(self, *_arguments: Any) -> None:
        pass


@functools.cache
def _compressed(path: Path) -> bytes:
    return gzip.compress(path.read_bytes(), compresslevel=9, mtime=0)
