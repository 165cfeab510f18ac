"""How much Markdown may stand in one place.

Python-Markdown takes time that grows with the square of some things, and faster with others. No
text that people write comes near these limits, so that whoever exceeds them is told what and where.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from aicareers_site.diagnostics import Span
    from aicareers_site.markdown_source import MarkdownSource

MAX_DEPTH = 20
"""Levels of quotations and lists. Python-Markdown takes a second for some 100 of them."""

MAX_ELEMENTS = 200
"""Elements of HTML that are open at once, and tags that close nothing or are not closed. Parsers by
the standard look through all that are open for each tag."""

MAX_SIGNS = 1000
"""Signs that mean something to Markdown, in one paragraph, list item or cell."""

MAX_LETTERS = 5_000_000
"""Letters of a document that may be read in vain for the end of something. It takes a second."""

_LEVEL, _MARKER = r"(?: {4}|\t)", r"(?:[-*+]|\d{1,9}\.)[ \t]"
# Signs alone on a line are a rule, so that text must follow them.
_DEEP = re.compile(
    rf"\n(?:(?: {{0,3}}>){{{MAX_DEPTH + 1}}}"
    rf"|{_LEVEL}{{{MAX_DEPTH}}}[ \t]*(?:{_MARKER}|!!!)"
    rf"|(?:{_MARKER}+){{{MAX_DEPTH + 1},}}+(?=[^\s*+-]))"
)
_SIGN = re.compile(r"[][*_`\\<&{]|  \n")
_BEGINNING = re.compile("[^\n\x02\x03\ufdd2]{1,200}")


class TooMuch(Exception):  # noqa: N818 - it is no error of ours
    """More than a limit stands in ``text``, as the message says; ``hint`` is what helps."""

    def __init__(self, message: str, hint: str, text: str) -> None:
        super().__init__(message)
        self.hint = hint
        self._text = text

    def place(self, source: MarkdownSource) -> Span:
        """Where the text begins in its source."""
        for beginning in _BEGINNING.finditer(self._text):
            start = source.text.find(beginning.group())
            if start >= 0 and not beginning.group().isspace():
                return source.at(start, start + len(beginning.group()))
        return source.whole


class Excess(NamedTuple):
    """What there is too much of, as a message says it, and what helps."""

    message: str
    hint: str


OPEN_LINKS = Excess(
    "brackets of links, [ or (, are opened here again and again and never closed",
    "close each, or write a backslash before those that begin no link: \\[",
)
OPEN_TAGS = Excess(
    "tags are begun here with < again and again and never end",
    "write > at the end of each tag, &lt; for the sign < itself, and code between lines of ```",
)
FENCES = Excess(
    "too many lines of ``` or ~~~ stand in this text",
    "write a line of ``` above and below each block of code, and leave out code that nobody reads",
)
UNPARTED = Excess(
    "too many headings, rules, definitions or addresses stand directly below each other",
    "leave lines empty between them",
)
PARAGRAPHS = Excess("this text has too many paragraphs", "divide it into several articles")


def deeply_nested(source: MarkdownSource) -> Span | None:
    """Where quotations, lists or callouts lie more than :data:`MAX_DEPTH` deep in each other."""
    found = _DEEP.search(f"\n{source.masked}")
    return source.at(found.start(), found.end() - 1) if found else None


def check_signs(text: str) -> None:
    """Raise :class:`TooMuch` if there are more than :data:`MAX_SIGNS` in the inline ``text``."""
    if len(text) > MAX_SIGNS and (signs := len(_SIGN.findall(text))) > MAX_SIGNS:
        raise TooMuch(
            f"{signs:,} signs that mean something in Markdown, such as *, [, < or &, stand in one "
            f"paragraph or row of a table, and {MAX_SIGNS:,} are the most",
            "divide it by empty lines; write code or data between lines of ```",
            text,
        )


class Effort:
    """What has been read of a document in vain."""

    def __init__(self) -> None:
        self._letters = 0

    def reset(self) -> None:
        """Another document begins."""
        self._letters = 0

    def spend(self, letters: int, text: str, excess: Excess) -> None:
        """Count ``letters`` read for ``text``; raise :class:`TooMuch` beyond MAX_LETTERS."""
        self._letters += letters
        if self._letters > MAX_LETTERS:
            raise TooMuch(*excess, text)
