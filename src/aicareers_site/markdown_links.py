"""Links and pictures of Markdown with less work for the same bytes: see :mod:`.markdown_speed`.

The library reads the text between brackets letter by letter, from each bracket to the end of the
paragraph where the bracket is never closed. Here the brackets of a text are paired once.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from markdown import inlinepatterns
from markdown.util import STX

from aicareers_site.markdown_limits import OPEN_LINKS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from markdown import Markdown

    from aicareers_site.markdown_limits import Effort

_BRACKET = re.compile(r"[\[\]]")


@lru_cache(maxsize=8)
def _pairs(text: str) -> Mapping[int, int]:
    """Where the brackets end that begin in ``text``, by the place behind each opening one."""
    pairs: dict[int, int] = {}
    opened: list[int] = []
    for bracket in _BRACKET.finditer(text):
        if bracket.group() == "[":
            opened.append(bracket.end())
        elif opened:
            pairs[opened.pop()] = bracket.start()
    return pairs


class QuickLink(inlinepatterns.LinkInlineProcessor):
    """What begins with a text in brackets; links are all that and an address."""

    _TEXT = re.compile(r"([^\[\]]*+)\]")
    _ADDRESS = re.compile(rf"""\(([^\s()<"'{STX}]*+)\)""")

    effort: Effort

    def getText(self, data: str, index: int) -> tuple[str, int, bool]:  # noqa: N802
        if found := self._TEXT.match(data, index):
            return found[1], found.end(), True
        end = _pairs(data).get(index)
        return ("", len(data), False) if end is None else (data[index:end], end + 1, True)

    def getLink(self, data: str, index: int) -> tuple[str, str | None, int, bool]:  # noqa: N802
        if found := self._ADDRESS.match(data, index):
            return found[1], None, found.end(), True
        link = super().getLink(data, index)
        if not link[-1]:
            self.effort.spend(len(data) - index, data, OPEN_LINKS)
        return link


class QuickImage(QuickLink, inlinepatterns.ImageInlineProcessor):
    """Pictures."""


class QuickReference(QuickLink, inlinepatterns.ReferenceInlineProcessor):
    """Links whose address is defined elsewhere."""


class QuickShortReference(QuickLink, inlinepatterns.ShortReferenceInlineProcessor):
    """Links of a text that is defined elsewhere."""


class QuickImageReference(QuickLink, inlinepatterns.ImageReferenceInlineProcessor):
    """Pictures whose address is defined elsewhere."""


class QuickShortImageReference(QuickLink, inlinepatterns.ShortImageReferenceInlineProcessor):
    """Pictures of a text that is defined elsewhere."""


NEED_DEFINITIONS = frozenset(
    [QuickReference, QuickShortReference, QuickImageReference, QuickShortImageReference]
)
"""These look a name up among the document's link definitions and do nothing without one."""


def register(md: Markdown, effort: Effort) -> None:
    """Replace the library's patterns, under its own names and priorities."""
    link, image = inlinepatterns.LINK_RE, inlinepatterns.IMAGE_LINK_RE
    for pattern, name, priority in (
        (QuickReference(link, md), "reference", 170),
        (QuickLink(link, md), "link", 160),
        (QuickImage(image, md), "image_link", 150),
        (QuickImageReference(image, md), "image_reference", 140),
        (QuickShortReference(link, md), "short_reference", 130),
        (QuickShortImageReference(image, md), "short_image_ref", 125),
    ):
        pattern.effort = effort
        md.inlinePatterns.register(pattern, name, priority)
