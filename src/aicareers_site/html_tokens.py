"""HTML as tags and text: what is a tag, and what kind of element it belongs to.

A tag is a tag by the rules of the HTML standard, 13.2.5 "Tokenization". What the standard calls a
parse error inside a tag is no tag here, so that a browser never sees a tag where we see none.
"""

from __future__ import annotations

import html
import re
from functools import lru_cache
from html.entities import html5
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

# No group here is possessive: Python before 3.11.5 gets such groups wrong (gh-106052).
_ATTRIBUTE = r"""[^\s/>=]++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>"'][^\s>]*+))?"""

TOKEN = re.compile(
    rf"""
    <(?:  # first, so that the search skips everything else quickly
    (?P<code>div\ class="(?:[\w+\#. -]+[ ])?codehilite"><pre>
        (?:[^<]++|</?span(?:\ class="[\w ]+")?>|</?code>)*</pre>\s*</div>)
    | (?P<tag>/?[a-zA-Z][^\s/>]*+)(?P<rest>(?:[\s/]++|{_ATTRIBUTE})*>)
    | (?P<other>!--(?:-?>|.*?--!?>) | (?:[?/]|!(?!--))[^>]*>)
    )
    """,
    re.VERBOSE | re.DOTALL | re.ASCII,  # HTML's white space is ASCII
)
"""A highlighted code block as a whole, a tag, a comment, or what a browser takes for one.

It splits HTML into texts and, behind each but the last, these groups; a ``<`` stands between.
"""

_PIECES = 1 + TOKEN.groups

ATTRIBUTE = re.compile(
    r"""(?P<name>[^\s/>=]++)(?:\s*+=\s*+(?P<value>"[^"]*+"|'[^']*+'|[^\s>"'][^\s>]*+))?""",
    re.ASCII,
)
"""An attribute with its value as it stands, quotation marks included."""

UNFINISHED_TAG = re.compile(r"<[a-zA-Z/!?]")
"""What begins like a tag; in the text between tokens, it is not complete."""

HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
BLOCKS = HEADINGS | frozenset(
    [
        *("address", "article", "aside", "audio", "blockquote", "br", "caption", "dd", "details"),
        *("div", "dl", "dt", "figcaption", "figure", "footer", "header", "hr", "iframe", "li"),
        *("main", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot"),
        *("th", "thead", "tr", "ul", "video"),
    ]
)
"""What starts on a line of its own."""

LITERAL = frozenset(["code", "kbd", "math", "pre", "samp", "svg", "tt", "var"])
"""What is shown exactly as it is written."""

ADDRESSES = {("a", "href"): False, ("area", "href"): False, ("video", "poster"): True} | {
    (name, "src"): True for name in ("img", "source", "video", "audio", "track")
}
"""Attributes that hold an address, and whether what is there is shown in the page itself."""

RAW_TEXT = frozenset(["script", "style"])
"""What has code inside, not text."""

UNSUPPORTED = RAW_TEXT | frozenset(
    [
        *("base", "embed", "frame", "frameset", "link", "meta", "object", "plaintext"),
        # What is inside these is text to a browser, and would be tags to us.
        *("noembed", "noframes", "noscript", "textarea", "xmp"),
    ]
)
"""What articles may not hold: it acts on the whole page, or hides what is inside."""

_VOID = frozenset(
    [
        *("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param"),
        *("source", "track", "wbr"),
    ]
)


class Element:
    """What matters of the element ``name`` wherever a tag stands that starts or ``ends`` it."""

    __slots__ = ("ends", "is_block", "is_literal", "is_unsupported", "is_void", "name")

    def __init__(self, tag: str) -> None:
        self.ends = tag.startswith("/")
        self.name = tag.removeprefix("/").lower()
        self.is_block = self.name in BLOCKS
        self.is_literal = self.name in LITERAL
        self.is_unsupported = self.name in UNSUPPORTED
        self.is_void = self.name in _VOID


element = lru_cache(maxsize=256)(Element)
"""The element of the tag that begins with this name, or this name behind a slash."""


class Tokens:
    """The texts of ``html``, each with the groups of the token behind it; ``rest`` has none.

    To split is much quicker than to take one token after the other, but tells no positions.
    """

    def __init__(self, html: str) -> None:
        self._pieces: list[Any] = TOKEN.split(html)
        self._given = 0
        self._measured, self._length = 0, 0  # how many tokens, and how long they are
        self.rest: str = self._pieces[-1]

    def __iter__(self) -> Iterator[tuple[str, str | None, str | None, str, str | None]]:
        for token in zip(*[iter(self._pieces)] * _PIECES, strict=False):
            self._given += 1
            yield token

    def texts(self) -> str:
        """All texts in one."""
        return "".join(self._pieces[::_PIECES])

    def position(self) -> int:
        """Where the token ends that was given last."""
        pieces = self._pieces[self._measured * _PIECES : self._given * _PIECES]
        signs = self._given - self._measured  # a "<" each
        self._length += signs + sum(len(piece) for piece in pieces if piece)
        self._measured = self._given
        return self._length


_REFERENCE = re.compile(r"&(#[xX]?[0-9a-fA-F]+;?|[a-zA-Z0-9]++(?:;|(?![=;])))", re.ASCII)


def value(attribute: re.Match[str]) -> str:
    """What the attribute's value means; empty without one."""
    text = attribute["value"] or ""
    if text[:1] in {'"', "'"}:
        text = text[1:-1]
    return _REFERENCE.sub(_referenced, text) if "&" in text else text


def _referenced(found: re.Match[str]) -> str:
    """What a reference stands for; in attributes, names stand for something as a whole only
    (HTML standard, 13.2.5.73).
    """
    name = found[1]
    return html.unescape(found.group()) if name[0] == "#" or name in html5 else found.group()


def attributes(text: str) -> dict[str, str]:
    """The attributes between a tag's name and its end; of a repeated one, the first counts."""
    found: dict[str, str] = {}
    for attribute in ATTRIBUTE.finditer(text):
        found.setdefault(attribute["name"].lower(), value(attribute))
    return found


def attribute_names(text: str) -> Iterator[str]:
    """The names of the attributes between a tag's name and its end, in lower case."""
    return (attribute["name"].lower() for attribute in ATTRIBUTE.finditer(text))


def plain(text: str) -> str:
    """Text between tags as a reader sees it: entities resolved, white space collapsed."""
    return " ".join(html.unescape(text).split())


_WORD = re.compile(r"[^\W_]\S*")
_NOT_PLAIN = re.compile("[^\0-\x7f‘’“”–—…]")
_PLAIN_WORDS = bytes(
    ord("a") if chr(code).isalnum() else ord(" ") if chr(code).isspace() else ord("-")
    for code in range(0x80)
).ljust(0x100, b"-")


def count_words(text: str) -> int:
    """How many runs without white space in plain ``text`` hold a letter or a digit."""
    if _NOT_PLAIN.search(text):
        return len(_WORD.findall(text))
    # Much quicker, for ASCII and the marks of typography: letters become "a", white space becomes
    # spaces, the rest goes; so words begin where an "a" follows a space.
    signs = f" {text}".encode("ascii", "ignore").translate(_PLAIN_WORDS)
    return signs.replace(b"-", b"").count(b" a")
