"""The HTML that editors may write in articles: which elements, and which attributes of theirs.

What Markdown makes is in it, too. All else is told of with a hint at what to write instead.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from aicareers_site.diagnostics import did_you_mean
from aicareers_site.html_tokens import HEADINGS, attribute_names

if TYPE_CHECKING:
    from collections.abc import Mapping


class HtmlPolicy(NamedTuple):
    """What a site lets its articles hold.

    ``trusted`` editors may write any HTML that acts within their text, ``embeds`` are the origins
    (RFC 6454) whose pages they may show in frames.
    """

    embeds: tuple[str, ...] = ()
    trusted: bool = False


CHECKED = HtmlPolicy()
"""The policy of a site that says nothing of it."""

EVERYWHERE = frozenset(
    [
        *("class", "dir", "id", "lang", "role", "tabindex", "title"),
        *("aria-describedby", "aria-hidden", "aria-label", "aria-labelledby"),
    ]
)
"""Attributes that every element may have."""

_CELL = frozenset(["colspan", "headers", "rowspan"])
_PLAYER = frozenset(["controls", "loop", "muted", "preload", "src"])
_NONE: frozenset[str] = frozenset()

ALLOWED: Mapping[str, frozenset[str]] = dict.fromkeys(
    [
        *("abbr", "address", "article", "aside", "b", "bdi", "bdo", "blockquote", "br"),
        *("caption", "cite", "code", "dd", "dfn", "div", "dl", "dt", "em", "figcaption"),
        *("figure", "footer", "header", "hr", "i", "kbd", "mark", "nav", "p", "pre", "q", "rp"),
        *("rt", "ruby", "s", "samp", "section", "small", "span", "strong", "sub", "summary"),
        *("sup", "table", "tbody", "tfoot", "thead", "tr", "u", "ul", "var", "wbr", *HEADINGS),
    ],
    _NONE,
) | {
    "a": frozenset(["download", "href", "hreflang", "rel", "type"]),
    "audio": _PLAYER,
    "col": frozenset(["span"]),
    "colgroup": frozenset(["span"]),
    "data": frozenset(["data-figure", "data-unit", "value"]),
    "del": frozenset(["datetime"]),
    "details": frozenset(["open"]),
    "iframe": frozenset(  # of which html_embeds sets all but what it shows
        [
            *("allow", "allowfullscreen", "class", "frameborder", "height", "id", "loading"),
            *("referrerpolicy", "sandbox", "src", "title", "width"),
        ]
    ),
    "img": frozenset(["alt", "decoding", "height", "loading", "src", "width"]),
    "ins": frozenset(["datetime"]),
    "li": frozenset(["value"]),
    "ol": frozenset(["reversed", "start", "type"]),
    "source": frozenset(["src", "type"]),
    "td": _CELL,
    "th": _CELL | {"abbr", "scope"},
    "time": frozenset(["data-figure", "datetime"]),
    "track": frozenset(["default", "kind", "label", "src", "srclang"]),
    "video": _PLAYER | {"height", "playsinline", "poster", "width"},
}
"""The elements that articles may hold, with the attributes of each."""

BARRED = frozenset(["srcdoc", "srcset", "style"])
"""Attributes that nobody may write: pages work under a policy that forbids them."""

_THEME = "take it out: what pages look like is the theme's affair, in static/"
_HEAD = "take it out: the head of a page is the theme's affair"
_FORM = "link to the page that has the form"
_FRAME = "use an <iframe> of a site that stands under 'embeds' in site.yaml, or a link"

_ELEMENT_HINTS: Mapping[str, str] = {
    "script": "take it out: scripts of articles do not run",
    "svg": "save the drawing beside the article and show it: ![What it shows](drawing.svg)",
    "math": "write the formula as `code`, or show it as a picture",
    "canvas": "show a picture: ![What it shows](picture.png)",
    "picture": "write ![What it shows](photo.jpg): the build makes all sizes and formats",
    "main": "write <section>: the page has its <main> already",
    "acronym": "write <abbr>",
    "big": "write <strong>",
    "strike": "write <s>",
    "tt": "write <code>",
    **dict.fromkeys(["style", "font", "center", "marquee", "blink", "basefont"], _THEME),
    **dict.fromkeys(["base", "body", "head", "html", "link", "meta", "title"], _HEAD),
    **dict.fromkeys(["button", "datalist", "fieldset", "form", "input", "label"], _FORM),
    **dict.fromkeys(["legend", "optgroup", "option", "output", "select", "textarea"], _FORM),
    **dict.fromkeys(["applet", "embed", "frame", "frameset", "object", "param"], _FRAME),
}
TAKEN_WHOLE = frozenset(["canvas", "form", "math", "object", "picture", "select", "svg"])
"""Elements that are not allowed, and that go with all that is inside: of this nothing is said."""

_ATTRIBUTE_HINTS: Mapping[str, str] = {
    "style": 'take it out, and use a callout (!!! note "Title") or a class of the theme',
    "srcdoc": "give the address of the page, as src",
    "target": "take it out: readers choose where a link opens",
    "name": 'write id="…" instead, if links lead here; else take it out',
    "autoplay": "take it out: readers start it themselves",
    "ping": "take it out: readers are not followed",
    "hidden": "take it out, or put it into a comment: <!-- … -->",
    "xlink:href": "write href",
    "align": "take it out; in a table, | ---: | aligns a column to the right",
    **dict.fromkeys(["cite", "longdesc"], "name the source in the text, with [@id]"),
    **dict.fromkeys(["sizes", "srcset"], "take it out: the build makes all sizes of a picture"),
    **dict.fromkeys(["action", "formaction", "method"], _FORM),
    **dict.fromkeys(
        ["background", "bgcolor", "border", "cellpadding", "cellspacing", "color", "face"], _THEME
    ),
    **dict.fromkeys(["frame", "height", "hspace", "rules", "size", "valign", "width"], _THEME),
}


def element_hint(name: str) -> str:
    """What helps where the element ``name`` is not allowed."""
    return _ELEMENT_HINTS.get(name) or (
        f"{did_you_mean(name, ALLOWED) or 'take it out, or write it in Markdown'}"
        f"{'' if ':' in name else '; for signs that are no tag write &lt;, or `code`'}"
    )


def attribute_hint(element: str, name: str) -> str:
    """What helps where the ``element`` may not have the attribute ``name``."""
    if name.startswith("on"):
        return "take it out: scripts of articles do not run"
    if name.startswith("data-"):
        return "take it out: nothing here reads it"
    hint = _ATTRIBUTE_HINTS.get(name) or did_you_mean(name, _known(element))
    return hint or "take it out"


def is_allowed(element: str, attribute: str, *, trusted: bool) -> bool:
    """Whether the ``element`` may have this attribute, both in lower case."""
    if trusted and element != "iframe":
        return attribute not in BARRED and not attribute.startswith("on")
    return attribute in _known(element)


@cache
def _known(element: str) -> frozenset[str]:
    """The attributes that the ``element`` may have."""
    own = ALLOWED.get(element, frozenset())
    return own if element == "iframe" else own | EVERYWHERE


_ADDRESSES = frozenset(
    [
        *("action", "background", "cite", "data", "formaction", "href", "icon", "longdesc"),
        *("manifest", "ping", "poster", "src", "xlink:href"),
    ]
)
"""Attributes that hold an address on one element or another."""


@lru_cache(maxsize=1024)  # class="align-right" and the like come again and again
def is_noteworthy(element: str, attributes: str, trusted: bool) -> bool:
    """Whether one of the ``attributes``, as they stand in a tag, is to be looked at: it is an id,
    an address, stands there twice, or is nothing that an article may hold.
    """
    names = list(attribute_names(attributes))
    return len(names) != len(set(names)) or any(
        name == "id" or name in _ADDRESSES or not is_allowed(element, name, trusted=trusted)
        for name in names
    )


def holds_address(attribute: str) -> bool:
    """Whether it holds an address on one element or another."""
    return attribute in _ADDRESSES
