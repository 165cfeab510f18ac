"""A built site as the tests read it: its pages, and what its addresses lead to."""

from __future__ import annotations

import os
import random
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urljoin, urlsplit

import lxml.html
import yaml
from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

PROJECT = Path(__file__).parents[2]
NOW = "2026-11-21T12:00:00Z"

RECORD = ".aicareers-files"
"""What a build writes down for itself in the output folder."""
_SOURCES = ("content", "site.yaml", "static", "templates")

_URL_ATTRIBUTES = ("action", "cite", "data", "formaction", "href", "poster", "src")
_LINKED_META = ("og:url", "og:image", "og:video", "og:audio", "twitter:image", "twitter:url")


@dataclass(frozen=True)
class Page:
    """A page of the site: its file below the output folder, its address and its parsed HTML."""

    path: str
    url: str
    html: Any

    @property
    def is_redirect(self) -> bool:
        return bool(self.html.xpath("//meta[@http-equiv='refresh']"))

    @property
    def links(self) -> list[str]:
        """Complete addresses of the links that a reader can follow from here."""
        return [urljoin(self.url, href) for href in self.html.xpath("//body//a/@href")]


@dataclass(frozen=True)
class BuiltSite:
    """The output ``folder`` of a build for ``base_url``, which ends with a slash."""

    folder: Path
    base_url: str

    @cached_property
    def files(self) -> frozenset[str]:
        """All published files, as paths with forward slashes; not the builder's own record."""
        found = (path for path in self.folder.rglob("*") if path.is_file())
        return frozenset(path.relative_to(self.folder).as_posix() for path in found) - {RECORD}

    @cached_property
    def pages(self) -> tuple[Page, ...]:
        """All HTML pages, by path."""
        return tuple(
            Page(path, self.url_of(path), parse_html((self.folder / path).read_bytes()))
            for path in sorted(self.files)
            if path.endswith(".html")
        )

    @cached_property
    def feeds(self) -> dict[str, bytes]:
        """All feeds by path, in any of the three formats."""
        name = re.compile(r"(?:^|/)(?:feed\.xml|atom\.xml|feed\.json)$")
        return {
            path: (self.folder / path).read_bytes()
            for path in sorted(self.files)
            if name.search(path)
        }

    def url_of(self, path: str) -> str:
        """The complete address of a file; a folder's index has the folder's."""
        return self.base_url + re.sub(r"(^|/)index\.html$", r"\1", path)

    def file_at(self, url: str) -> str | None:
        """The file that a static host answers a complete address of this site with, if any."""
        path = unquote(urlsplit(url).path.removeprefix(urlsplit(self.base_url).path))
        if not path or path.endswith("/"):
            path += "index.html"
        return path if path in self.files else None

    def broken(self, url: str) -> str | None:
        """What is wrong with a complete address; None for a good one or one of another site."""
        if (url + "/").startswith(self.base_url) and not url.startswith(self.base_url):
            url = self.base_url
        if not url.startswith(self.base_url):
            # Under a base URL with a path, an address of the host may still miss that path.
            same_host = urlsplit(url)[:2] == urlsplit(self.base_url)[:2]
            return f"{url}: outside the base URL" if same_host else None
        path = self.file_at(url)
        if path is None:
            return f"{url}: no such file"
        anchor = unquote(urlsplit(url).fragment)
        if anchor and path.endswith(".html") and anchor not in self._ids[path]:
            return f"{url}: no such anchor"
        return None

    @cached_property
    def _ids(self) -> dict[str, frozenset[str]]:
        return {page.path: frozenset(page.html.xpath("//@id")) for page in self.pages}


def build(
    output: Path,
    *options: str,
    root: Path = PROJECT,
    environment: Mapping[str, str] | None = None,
    folder: Path = PROJECT,
    cache: Path | None = None,
    through: Sequence[str] = (),
    umask: int = -1,
) -> None:
    """Run the public command in ``folder`` as a process of its own; it must succeed.

    It uses the cache in the folder ``cache``, or none. ``through`` is a command that runs it, with
    another clock for example.
    """
    command = [*through, sys.executable, str(PROJECT / "build.py"), "--output", str(output)]
    command += ["--root", str(root), "--now", NOW, "--quiet", *options]
    command += ["--no-cache"] if cache is None else ["--cache-dir", str(cache)]
    finished = subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, **(environment or {})},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        umask=umask,
    )
    assert finished.returncode == 0, finished.stdout + finished.stderr


def copy_sources(target: Path, seed: int = 0) -> None:
    """Copy the shipped site's sources; ``seed`` decides in what order the files are made."""
    files = [
        path
        for source in _SOURCES
        for path in [PROJECT / source, *(PROJECT / source).rglob("*")]
        if path.is_file()
    ]
    random.Random(seed).shuffle(files)
    for file in files:
        copy = target / file.relative_to(PROJECT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, copy)


def shipped_base_url() -> str:
    """The base URL of the shipped site's own settings."""
    settings = yaml.safe_load((PROJECT / "site.yaml").read_text(encoding="utf-8"))
    return str(settings["base_url"]).rstrip("/") + "/"


def parse_html(content: bytes) -> Any:
    """A page's tree."""
    return lxml.html.document_fromstring(content, parser=lxml.html.HTMLParser(encoding="utf-8"))


def parse_fragment(content: str) -> Any:
    """The tree of a piece of HTML, as a feed's entry holds it."""
    return lxml.html.fragment_fromstring(content, create_parent="div")


def addresses(html: Any) -> Iterator[str]:
    """Every address in a tree of HTML, as written there."""
    for element in html.iter(etree.Element):
        for name in _URL_ATTRIBUTES:
            if name in element.attrib:
                yield element.get(name)
        for candidate in re.split(r",\s+", element.get("srcset", "")):
            if candidate.strip():
                yield candidate.split()[0]
        if element.tag == "meta":
            yield from _in_meta(element)


def _in_meta(element: Any) -> Iterator[str]:
    content = element.get("content", "")
    if element.get("property", element.get("name")) in _LINKED_META:
        yield content
    if element.get("http-equiv", "").lower() == "refresh":
        yield re.sub(r"^.*?url=", "", content, flags=re.IGNORECASE)
