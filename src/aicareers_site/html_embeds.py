"""Pages of other sites that an article shows in a frame: players, maps, charts.

Only sites that ``site.yaml`` names may be shown. A frame gets what protects readers from what is in
it, and a caption with a link: feeds and paper show no frames.
"""

from __future__ import annotations

import html
import math
import re
from difflib import get_close_matches
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from aicareers_site.html_tokens import attributes
from aicareers_site.typography import smarten
from aicareers_site.urls import SCHEMES, scheme

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aicareers_site.html_allowed import HtmlPolicy
    from aicareers_site.markdown_source import MarkdownSource
    from aicareers_site.references import References

_ORIGIN = re.compile(r"(https?://[^/?#\\\s]+)(?![^\\\s]*[\\\s])", re.IGNORECASE)
_SET = (
    ("loading", "lazy"),
    ("allow", "encrypted-media; fullscreen; picture-in-picture"),
    # It may run its own scripts, and may not lead the reader's page elsewhere.
    (
        "sandbox",
        "allow-forms allow-popups allow-popups-to-escape-sandbox allow-presentation "
        "allow-same-origin allow-scripts",
    ),
    # Players want to know on which site they are, and need not know on which page.
    ("referrerpolicy", "strict-origin-when-cross-origin"),
)
_ALIKE = 0.8
"""How much of two hosts' names is the same (difflib's ratio) where one may be meant by the other:
.com is a third of many."""

_SHAPES: Mapping[str, float] = {
    "": 16 / 9,
    " embed-classic": 4 / 3,
    " embed-square": 1,
    " embed-tall": 9 / 16,
}
"""Classes of the theme and the width of what they shape, in heights; the first is for all else."""


class Embed(NamedTuple):
    """A frame up to its end tag, what follows it, and its caption in plain words.

    All are empty where it cannot be shown.
    """

    start: str = ""
    end: str = ""
    caption: str = ""


class Embeds:
    """The frames of one text."""

    def __init__(self, source: MarkdownSource, references: References, policy: HtmlPolicy) -> None:
        self._source = source
        self._references = references
        self._origins = policy.embeds

    def embed(self, tag: str, rest: str, *, in_line: bool) -> Embed:
        """The frame that begins with ``tag``, where ``rest`` follows the tag's name.

        ``in_line`` tells that it stands where only words can.
        """
        given, span = attributes(rest), self._source.next(tag, "<iframe")
        address, title = given.get("src", "").strip(), " ".join(given.get("title", "").split())
        if not self._may_show(address):
            return Embed()
        if not title:
            message, hint = "the frame has no title", 'say what it shows: title="…"'
            self._references.report("embed-title", message, span, hint)
        if in_line:
            message = "a frame stands on a line of its own"
            hint = "put it there, with an empty line above and below it"
            self._references.report("embed-place", message, span, hint)
            return Embed()
        place = self._source.next(address, html.escape(address), "src")
        token = self._references.link(address, place, embedded=True)
        words = smarten(title)
        names = f"embed{_shape(given)} {given.get('class', '')}".strip()
        anchor = f' id="{html.escape(given["id"])}"' if given.get("id") else ""
        rest_of_tag = "".join(f' {name}="{wanted}"' for name, wanted in _SET)
        host = html.escape(re.split("[/?#]", address)[2])
        return Embed(
            f'<figure class="{html.escape(names)}"{anchor}>'
            f'<iframe src="{token}" title="{html.escape(words)}"{rest_of_tag}>',
            f'</iframe>\n<figcaption><a href="{token}">{html.escape(words)}</a>, at {host}'
            "</figcaption>\n</figure>",
            words,
        )

    def _may_show(self, address: str) -> bool:
        """Whether the page at ``address`` may be shown; if not, the reason is reported."""
        start, found = scheme(address), _ORIGIN.match(address)
        origin = found[1].lower() if found else ""
        if origin in self._origins:
            return True
        if start and start not in SCHEMES:
            return False  # reported with the attribute
        if not address:
            message, hint = "the frame has no address", 'give it one: src="https://…"'
        elif not origin:
            message = "a frame cannot show a page of this site, or an incomplete address"
            hint = "link to it, or write all of it, from https:// on"
        else:
            message = f"'{origin}' is not among the embeds of site.yaml"
            hint = self._known_instead(origin)
        span = self._source.next(*([address] if address else []), "<iframe")
        self._references.report("unknown-embed", message, span, hint)
        return False

    def _known_instead(self, origin: str) -> str:
        """What helps where the site does not show pages of ``origin``."""
        secure = f"https://{re.split('://|@', origin)[-1]}"  # not what stands before a host
        if secure in self._origins:
            return f"write {secure}"
        hint = f"add {secure} under 'embeds' in site.yaml, or link to it"
        by_host = {_host(known): known for known in self._origins}
        close = get_close_matches(_host(origin), by_host, n=1, cutoff=_ALIKE)
        return f"did you mean {by_host[close[0]]}? If not, {hint}" if close else hint


def _host(origin: str) -> str:
    """Whose pages they are; what nearly all addresses share would make any two look alike."""
    try:
        return (urlsplit(origin).hostname or "").removeprefix("www.")
    except ValueError:  # a bracket
        return origin


def _shape(given: Mapping[str, str]) -> str:
    """The class for what is as wide and high as the tag says."""
    width, height = (given.get(name, "").removesuffix("px") for name in ("width", "height"))
    if not (re.fullmatch("[1-9][0-9]{0,3}", width) and re.fullmatch("[1-9][0-9]{0,3}", height)):
        return ""
    ratio = int(width) / int(height)
    return min(_SHAPES, key=lambda name: abs(math.log(ratio / _SHAPES[name])))
