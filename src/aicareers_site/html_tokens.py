"""HTML as tags and text: what is a tag, and what kind of element it belongs to.

A tag is a tag by the rules of the HTML standard, 13.2.5 "Tokenization". What the standard calls a
parse error inside a tag is no tag here, so that a browser never sees a tag where we see none.
"""

from __future__ import annotations

import html
import re

_ATTRIBUTE = r"""[^\s/>=]++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>"'][^\s>]*+))?+"""

TOKEN = re.compile(
    rf"""
    <(?:  # first, so that the search skips everything else quickly
    (?P<code>div\ class="(?:[\w+\#. -]+[ ])?codehilite"><pre>
        (?:[^<]++|</?span(?:\ class="[\w ]+")?>|</?code>)*+</pre>\s*</div>)
    | (?P<end>/?)(?P<name>[a-zA-Z][^\s/>]*+)(?P<attributes>(?:[\s/]++|{_ATTRIBUTE})*+)>
    | (?P<comment>!--(?:-?>|.*?--!?>))
    | (?:[?/]|!(?!--))[^>]*>
    )
    """,
    re.VERBOSE | re.DOTALL | re.ASCII,  # HTML's white space is ASCII
)
"""A highlighted code block as a whole, a tag, a comment, or what a browser takes for one."""

ATTRIBUTE = re.compile(
    r"""(?P<name>[^\s/>=]++)(?:\s*+=\s*+(?P<value>"[^"]*+"|'[^']*+'|[^\s>"'][^\s>]*+))?+""",
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
    (name, "src"): True for name in ("img", "source", "video", "audio", "iframe", "track")
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

_BARE_AMPERSAND = re.compile(r"&(?!#?\w+;)")


def value(attribute: re.Match[str]) -> str:
    """What the attribute's value means; empty without one."""
    text = attribute["value"] or ""
    if text[:1] in {'"', "'"}:
        text = text[1:-1]
    return html.unescape(_BARE_AMPERSAND.sub("&amp;", text)) if "&" in text else text


def attributes(text: str) -> dict[str, str]:
    """The attributes between a tag's name and its end; of a repeated one, the first counts."""
    found: dict[str, str] = {}
    for attribute in ATTRIBUTE.finditer(text):
        found.setdefault(attribute["name"].lower(), value(attribute))
    return found


def plain(text: str) -> str:
    """Text between tags as a reader sees it: entities resolved, white space collapsed."""
    return " ".join(html.unescape(text).split())
