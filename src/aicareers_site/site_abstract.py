"""What a whole site says, for comparison: its pages, feeds and data tables, and all other files."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote

from lxml import etree

from aicareers_site import page_abstract
from aicareers_site.outputs import digest
from aicareers_site.page_abstract import Addresses, PageAbstract

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

HOME_FILE = "index.html"
COMPRESSED = (".br", ".gz", ".zst")
"""How the names of compressed forms of a file end."""

_FEED = re.compile(r"(?:^|/)(?:feed\.xml|atom\.xml|feed\.json)$")
_DATA = re.compile(r"^data/([a-z0-9-]+)\.json$")
_ATOM = "{http://www.w3.org/2005/Atom}"
_CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"


class Entry(NamedTuple):
    """An entry of a feed; ``updated`` as it is written, ``text`` a digest of what it says."""

    title: str
    link: str
    updated: str
    text: str


class Value(NamedTuple):
    """A figure of a data table: what it is called there, and its number in words."""

    label: str
    words: str


class SiteAbstract(NamedTuple):
    """What a site says.

    ``files`` are the digests of all files, in hexadecimal digits, by path below the output folder.
    ``pages`` are by their paths on the site, such as ``/blog/``; ``feeds`` are the entries by guid
    of each feed, ``data`` the figures by reference of all data tables.
    """

    base_url: str
    files: Mapping[str, str]
    pages: Mapping[str, PageAbstract]
    feeds: Mapping[str, Mapping[str, Entry]]
    data: Mapping[str, Value]


def site_path(file: str) -> str:
    """The path on the site that the file answers for: ``blog/index.html`` is ``/blog/``."""
    return "/" + quote(
        file.removesuffix(HOME_FILE) if f"/{file}".endswith(f"/{HOME_FILE}") else file
    )


class Said(NamedTuple):
    """What one file says: a page, the entries of a feed, or a data table's figures, or nothing."""

    page: PageAbstract | None = None
    entries: Mapping[str, Entry] | None = None
    values: Mapping[str, Value] | None = None


def site_of(base_url: str, files: Mapping[str, tuple[str, Said]]) -> SiteAbstract:
    """The abstract of a site with these files: the digest of each, and what it says, by path.

    Compressed forms of other files say nothing of their own, and are left out.
    """
    return SiteAbstract(
        base_url,
        {
            path: one
            for path, (one, _) in files.items()
            if original(path) == path or original(path) not in files
        },
        {site_path(path): said.page for path, (_, said) in files.items() if said.page},
        {site_path(path): said.entries for path, (_, said) in files.items() if said.entries},
        {
            name: value
            for _, (_, said) in sorted(files.items())
            for name, value in (said.values or {}).items()
        },
    )


def of_files(files: Iterable[tuple[str, bytes]], home: bytes) -> SiteAbstract:
    """The abstract of a site with these files, by path; ``home`` is its home page, or empty."""
    addresses = Addresses(page_abstract.canonical_of(home))
    found = {
        path: (digest(content).hex(), said(path, content, addresses)) for path, content in files
    }
    return site_of(addresses.base_url, found)


def original(path: str) -> str:
    """The path of the file that the one at ``path`` is a compressed form of, or ``path``."""
    return next((path.removesuffix(end) for end in COMPRESSED if path.endswith(end)), path)


def said(path: str, content: bytes, addresses: Addresses) -> Said:
    """What the file at ``path`` says; nothing where it is damaged, or something else."""
    if path.endswith(".html"):
        return Said(page_abstract.abstract(site_path(path), content, addresses))
    try:
        if _FEED.search(path):
            found = _json_feed(content) if path.endswith(".json") else _xml_feed(content)
            entries = {guid: one._replace(link=addresses.path(one.link)) for guid, one in found}
            return Said(entries=entries)
        if known := _DATA.match(path):
            return Said(values=dict(_values(known[1], json.loads(content))))
    except (etree.XMLSyntaxError, AttributeError, KeyError, TypeError, ValueError, RecursionError):
        pass  # compared by its digest
    return Said()


def as_json(said: Said) -> dict[str, Any]:
    """What a file says, for a manifest; empty where it says nothing."""
    if said.page is not None:
        return {"page": page_abstract.as_json(said.page)}
    if said.entries is not None:
        return {"entries": {guid: list(one) for guid, one in said.entries.items()}}
    if said.values is not None:
        return {"values": {name: list(one) for name, one in said.values.items()}}
    return {}


def of_json(document: Mapping[str, Any]) -> Said:
    """What :func:`as_json` gave; AttributeError, TypeError or ValueError where it is none."""
    page, entries, values = (document.get(name) for name in ("page", "entries", "values"))
    return Said(
        None if page is None else page_abstract.of_json(page),
        None if entries is None else {str(guid): Entry(*one) for guid, one in entries.items()},
        None if values is None else {str(name): Value(*one) for name, one in values.items()},
    )


def _xml_feed(content: bytes) -> Iterator[tuple[str, Entry]]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True)
    root = etree.fromstring(content, parser)
    for entry in root.iter(f"{_ATOM}entry"):
        link = entry.find(f"{_ATOM}link")
        names = ("id", "title", "updated", "content")
        guid, title, updated, text = (entry.findtext(_ATOM + name) or "" for name in names)
        href = "" if link is None else link.get("href", "")
        yield guid, Entry(title, href, updated, _mark(text))
    for entry in root.iter("item"):
        parts = ("guid", "title", "link", "pubDate", _CONTENT)
        guid, title, href, updated, text = (entry.findtext(name) or "" for name in parts)
        yield guid, Entry(title, href, updated, _mark(text))


def _json_feed(content: bytes) -> Iterator[tuple[str, Entry]]:
    for one in json.loads(content)["items"]:
        names = ("title", "url", "date_modified", "content_html")
        title, href, updated, text = (str(one.get(name, "")) for name in names)
        yield str(one["id"]), Entry(title, href, updated, _mark(text))


def _mark(text: str) -> str:
    return digest(text.encode()).hex()[: page_abstract.KEY_DIGITS]


def _values(table: str, document: Any) -> Iterator[tuple[str, Value]]:
    if document["total"] is not None:
        yield f"{table}.total", Value("Total", _words(document["total"]))
    for breakdown in document["breakdowns"]:
        rest = [breakdown["rest"]] if breakdown["rest"] else []
        for part in [*breakdown["parts"], *rest]:
            name = f"{table}.{breakdown['id']}.{part['id']}"
            yield name, Value(part["label"], _words(part["value"]))
    for record in document["records"]:
        for column, value in record["values"].items():
            name = f"{table}.{record['id']}.{column}"
            ends = value if isinstance(value, dict) else {"": value}
            for end, one in ends.items():
                if one is not None:
                    yield f"{name}.{end}" if end else name, Value(record["label"], _words(one))


def _words(value: Any) -> str:
    return f"{value:,}" if isinstance(value, int | float) else str(value)
