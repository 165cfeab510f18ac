"""What a page says, for comparison with what it said before: its words, figures and links.

An abstract is read off the page's bytes alone, so that any two folders can be compared. Text is cut
into blocks, as a reader sees paragraphs, headings and cells. A figure is known by the reference
that its element carries (``data-figure``), and is no part of its block's key: when a number changes
the text around it has not.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlsplit

from lxml import etree
from lxml import html as lxml_html

from aicareers_site.html_tokens import BLOCKS, HEADINGS, count_words
from aicareers_site.outputs import digest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

KEY_DIGITS = 16
_FIGURE = "\ufffc"
_UNREAD = frozenset(["script", "style", "svg", "template", "noscript"])
_ASSET_LINKS = frozenset(["stylesheet", "preload", "modulepreload", "icon", "apple-touch-icon"])
_REFRESH = re.compile(r"^\s*\d+\s*;\s*url\s*=\s*['\"]?(.*?)['\"]?\s*$", re.IGNORECASE)


class Block(NamedTuple):
    """A paragraph, heading, cell or the like. ``key`` stands for its text, figures left out.

    ``level`` is that of a heading, otherwise 0. Of a long one in a manifest, ``text`` is the
    beginning.
    """

    key: str
    words: int
    text: str
    level: int = 0


class PageAbstract(NamedTuple):
    """What a page says.

    ``canonical`` is empty where it is the page's own address; ``redirect`` is where a page leads
    that has moved. ``blocks`` are those of the content, ``frame`` those around it: header and
    footer. ``figures`` are references, or calculations with them, each with its words. Addresses
    on the site itself are paths; ``links`` and ``pictures`` hold one as often as it is there,
    ``assets`` once.
    """

    title: str
    site: str = ""
    description: str = ""
    canonical: str = ""
    robots: str = ""
    redirect: str = ""
    blocks: tuple[Block, ...] = ()
    frame: tuple[Block, ...] = ()
    figures: tuple[tuple[str, str], ...] = ()
    links: tuple[str, ...] = ()
    pictures: tuple[str, ...] = ()
    assets: tuple[str, ...] = ()

    @property
    def words(self) -> int:
        """How many words the content has."""
        return sum(block.words for block in self.blocks)


class Addresses(NamedTuple):
    """Reads addresses on pages of the site at ``base_url``, which may be unknown and then empty."""

    base_url: str

    def path(self, address: str) -> str:
        """The path on the site, or the address as it is where it leads elsewhere."""
        base = self.base_url.rstrip("/")
        if base and (address + "/").startswith(f"{base}/"):
            return address.removeprefix(base) or "/"
        prefix = urlsplit(base).path
        if prefix and (address + "/").startswith(f"{prefix}/"):
            return address.removeprefix(prefix) or "/"
        return address


def canonical_of(content: bytes) -> str:
    """The canonical address that a page states; that of the home page is the site's."""
    page = _parsed(content)
    return "" if page is None else _link(page, "canonical")


def abstract(path: str, content: bytes, addresses: Addresses) -> PageAbstract | None:
    """What the page at ``path`` on the site says; None where there is no HTML in it."""
    page = _parsed(content)
    if page is None:
        return None
    meta = {_name(one): one.get("content", "") for one in page.iter("meta") if _name(one)}
    site = meta.get("og:site_name", "")
    title = " ".join((page.findtext(".//title") or "").split())
    canonical = addresses.path(_link(page, "canonical"))
    refresh = _REFRESH.match(meta.get("refresh", ""))
    reader = _Reader(addresses)
    reader.read(page)
    return PageAbstract(
        title.removesuffix(f" · {site}") if site else title,
        site,
        meta.get("description", ""),
        "" if canonical == path else canonical,
        meta.get("robots", ""),
        addresses.path(refresh[1]) if refresh else "",
        tuple(reader.blocks if page.find(".//main") is not None else reader.frame),
        tuple(reader.frame if page.find(".//main") is not None else ()),
        tuple(reader.figures),
        tuple(reader.links),
        tuple(reader.pictures),
        tuple(dict.fromkeys(_assets(page, addresses))),
    )


def _parsed(content: bytes) -> Any:
    try:
        return lxml_html.document_fromstring(
            content, parser=lxml_html.HTMLParser(encoding="utf-8", remove_comments=True)
        )
    except (etree.ParserError, etree.XMLSyntaxError):
        return None


def _name(meta: Any) -> str:
    return str(meta.get("name") or meta.get("property") or meta.get("http-equiv") or "").lower()


def _link(page: Any, relation: str) -> str:
    for link in page.iter("link"):
        if link.get("rel", "").lower() == relation:
            return str(link.get("href", ""))
    return ""


def _assets(page: Any, addresses: Addresses) -> Iterator[str]:
    for link in page.iter("link"):
        if _ASSET_LINKS.intersection(link.get("rel", "").lower().split()):
            yield addresses.path(link.get("href", ""))
    for script in page.iter("script"):
        if script.get("src"):
            yield addresses.path(script.get("src"))


class _Reader:
    """Reads the text of a page in one walk, block after block."""

    def __init__(self, addresses: Addresses) -> None:
        self.blocks: list[Block] = []
        self.frame: list[Block] = []
        self.figures: list[tuple[str, str]] = []
        self.links: list[str] = []
        self.pictures: list[str] = []
        self._addresses = addresses
        self._text: list[str] = []
        self._masked: list[str] = []
        self._level = 0
        self._row = ""
        self._main = False

    def read(self, page: Any) -> None:
        body = page.find("body")
        if body is None:
            return
        walk = etree.iterwalk(body, events=("start", "end"))
        for event, element in walk:
            name = element.tag
            if not isinstance(name, str):
                continue
            if event == "end":
                self._end(name, element)
            elif name in _UNREAD:
                walk.skip_subtree()
            else:
                self._start(name, element, walk)
        self._close()

    def _start(self, name: str, element: Any, walk: Any) -> None:
        if name in BLOCKS:
            self._close()
        if name == "main":
            self._main = True
        elif name == "tr":
            self._row = _row_heading(element)
        elif name in HEADINGS:
            self._level = int(name[1])
        elif name == "a" and element.get("href"):
            if not (href := element.get("href")).startswith("#"):
                self.links.append(self._addresses.path(href))
        elif name == "img" and element.get("src"):
            self.pictures.append(self._addresses.path(element.get("src")))
        reference = element.get("data-figure")
        if reference:
            words = " ".join("".join(element.itertext()).split())
            self.figures.append((reference, words))
            self._add(words, _FIGURE)
            walk.skip_subtree()
            return
        if name == "td" and self._row:
            self._add(f"{self._row}: ")
        self._add(element.text or "")

    def _end(self, name: str, element: Any) -> None:
        if name in BLOCKS:
            self._close()
        if name in HEADINGS:
            self._level = 0
        elif name == "main":
            self._main = False
        elif name == "tr":
            self._row = ""
        self._add(element.tail or "")

    def _add(self, text: str, masked: str = "") -> None:
        self._text.append(text)
        self._masked.append(masked or text)

    def _close(self) -> None:
        text = " ".join("".join(self._text).split())
        if text:
            masked = " ".join("".join(self._masked).split())
            key = digest(f"{self._level} {masked}".encode()).hex()[:KEY_DIGITS]
            block = Block(key, count_words(text), text, self._level)
            (self.blocks if self._main else self.frame).append(block)
        self._text.clear()
        self._masked.clear()


def _row_heading(row: Any) -> str:
    heading = row.find("th")
    if heading is None or row.find("td") is None:
        return ""
    return " ".join("".join(heading.itertext()).split())


KEPT = 200
"""How many characters of a block are kept where space is dear; most blocks are no longer."""


def as_json(page: PageAbstract) -> dict[str, Any]:
    """The abstract for a manifest: what is empty is left out, and the rest of long blocks."""

    def packed(block: Block) -> list[Any]:
        text = block.text
        if len(text) > KEPT:
            text = f"{text[:KEPT].rpartition(' ')[0]} …"
        return [block.key, block.words, text, *([block.level] if block.level else [])]

    said = {name: value for name, value in page._asdict().items() if value}
    for name in ("blocks", "frame"):
        if name in said:
            said[name] = [packed(block) for block in said[name]]
    return said


def of_json(said: Mapping[str, Any]) -> PageAbstract:
    """The abstract that :func:`as_json` gave; TypeError or ValueError where it is none."""
    values = {name: str(said.get(name, "")) for name in PageAbstract._fields[:6]}
    return PageAbstract(
        **values,
        blocks=tuple(_block(*one) for one in said.get("blocks", ())),
        frame=tuple(_block(*one) for one in said.get("frame", ())),
        figures=tuple((str(name), str(words)) for name, words in said.get("figures", ())),
        links=tuple(map(str, said.get("links", ()))),
        pictures=tuple(map(str, said.get("pictures", ()))),
        assets=tuple(map(str, said.get("assets", ()))),
    )


def _block(key: str, words: int, text: str, level: int = 0) -> Block:
    return Block(str(key), int(words), str(text), int(level))
