"""Where things stand in Markdown: places in its text, and traps that show in the text alone.

Python-Markdown keeps no positions. What rendering finds in the HTML is looked up in the source
again: the n-th occurrence here is taken for the n-th there, leaving out code, comments and
escaped brackets.
"""

from __future__ import annotations

import re
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING

from aicareers_site.diagnostics import Diagnostic, Severity, Span
from aicareers_site.documents import span_at

if TYPE_CHECKING:
    from collections.abc import Iterator

_FENCE = r"^(?P<fence>`{3,}|~{3,})[^\n]*\n(?:.*?\n)??(?P=fence)[ ]*$"
_FENCED = re.compile(_FENCE, re.DOTALL | re.MULTILINE)
_INDENTED_FENCE = re.compile(r"^ +(?:`{3,}|~{3,}).*", re.MULTILINE)
_NOT_MARKDOWN = re.compile(
    rf"""
    {_FENCE}
    | (?<![\\`])(?P<ticks>`++)(?:(?!\n[ ]*\n).)+?(?<!`)(?P=ticks)(?!`)   # code in a line
    | <!--.*?-->
    | \\[\[!]
    """,
    re.VERBOSE | re.DOTALL | re.MULTILINE,
)
_WORD = re.compile(r"[\w/#%&?=-]")
_ITEM = re.compile(r"( *)(?:[-*+]|\d+\.)( +)\S")


class MarkdownSource:
    """A Markdown text and where it stands in its file.

    A body starts in column 1 of ``first_line``. A text from the front matter has a ``span``.
    """

    def __init__(self, path: str, text: str, first_line: int = 1, span: Span | None = None) -> None:
        self._path = path
        self._text = text
        self._first_line = first_line
        self._span = span
        self._cursors: dict[str, int] = {}

    @cached_property
    def _masked(self) -> str:
        return _NOT_MARKDOWN.sub(lambda found: _blank(found.group()), self._text)

    @property
    def whole(self) -> Span:
        """The place for what cannot be found more closely."""
        return self._span or Span(self._path)

    def holds(self, needle: str) -> bool:
        """Whether ``needle`` stands in the text outside code."""
        return needle in self._masked

    def next(self, *needles: str) -> Span:
        """The next place of the first of ``needles`` that occurs at all.

        Each needle has a cursor of its own. Behind its last occurrence the last one is given
        again: many links may share one reference definition.
        """
        for needle in needles:
            start = self._find(needle, self._cursors.get(needle, 0))
            if start < 0 and needle in self._cursors:
                start = self._cursors[needle] - len(needle)
            if start >= 0:
                self._cursors[needle] = start + len(needle)
                return self._at(start, start + len(needle))
        return self.whole

    def nth_match(self, pattern: re.Pattern[str], n: int) -> Span:
        """The place of the match number ``n`` (from 0) of ``pattern``, or the last one before."""
        found = list(islice(pattern.finditer(self._masked), n + 1))
        return self._at(found[-1].start(), found[-1].end()) if found else self.whole

    def _find(self, needle: str, start: int) -> int:
        """The next occurrence of ``needle`` that is no part of a longer address or name."""
        if not needle:
            return -1
        text = self._masked
        at = text.find(needle, start)
        while at >= 0:
            before, after = text[at - 1 : at], text[at + len(needle) : at + len(needle) + 1]
            inside_before = _WORD.match(needle) and (before == "." or _WORD.match(before))
            # A value without quotation marks, as in <a href=x>, follows an equals sign.
            if (not inside_before or before == "=") and not (
                _WORD.match(needle[-1]) and _WORD.match(after)
            ):
                return at
            at = text.find(needle, at + 1)
        return -1

    def _at(self, start: int, end: int) -> Span:
        if self._span is None:
            return span_at(self._path, self._text, start, end, self._first_line)
        # A value written on one line, bare or between quotation marks, is as wide as its span.
        quotes = self._span.end_column - self._span.column - len(self._text)
        if "\n" in self._text or quotes not in {0, 2}:
            return self._span
        first = self._span.column + quotes // 2
        return Span(self._span.path, self._span.line, first + start, first + max(end, start + 1))

    def traps(self) -> Iterator[Diagnostic]:
        """Warnings for what Python-Markdown reads differently from what the text looks like."""
        yield from self._indentation()
        if _INDENTED_FENCE.search(self._text):
            outside = _FENCED.sub(lambda found: _blank(found.group()), self._text)
            # Every other one is the end of the one before.
            for found in islice(_INDENTED_FENCE.finditer(outside), 0, None, 2):
                yield Diagnostic(
                    "fence-indent",
                    "a fence that is indented does not start a block of code",
                    self._at(found.start(), found.end()),
                    "inside a list or callout, indent the code by 4 more spaces, without a fence",
                    Severity.WARNING,
                )

    def _indentation(self) -> Iterator[Diagnostic]:
        """What is indented by too little to belong to the list item or callout above.

        Python-Markdown wants 4 spaces a level and takes less for the level above, without a
        word, where CommonMark takes as many as the marker is wide.
        """
        levels: list[tuple[int, int]] = []  # of the items around: their indent, their text's
        callout: int | None = None  # the indent of one whose text is still to come
        blank, offset = False, 0
        for line in self._masked.split("\n"):
            start, offset = offset, offset + len(line) + 1
            item, indent = _ITEM.match(line), len(line) - len(line.lstrip(" "))
            if not line.strip(" \0"):
                blank = blank or not line.strip()
                continue
            new_block = bool(item) or blank
            while levels and new_block and indent <= levels[-1][0]:
                levels.pop()
            in_gap = levels and new_block and levels[-1][1] <= indent < levels[-1][0] + 4
            if in_gap or (callout is not None and indent < callout + 4):
                yield self._too_little(start, indent, line)
            if item:
                levels.append((indent, item.end() - 1))
            callout = indent if line.startswith("!!!", indent) else None
            blank = False

    def _too_little(self, start: int, indent: int, line: str) -> Diagnostic:
        return Diagnostic(
            "list-indent",
            f"indented by {indent} spaces, this is not inside the list item or callout above",
            self._at(start, start + len(line.rstrip())),
            "indent what belongs to it by 4 spaces",
            Severity.WARNING,
        )


def _blank(text: str) -> str:
    return "\n".join("\0" * len(line) for line in text.split("\n"))
