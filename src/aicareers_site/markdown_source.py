"""Where things stand in Markdown.

Python-Markdown keeps no positions. What rendering finds in the HTML is looked up in the source
again: the n-th occurrence here is taken for the n-th there, leaving out code, comments and
escaped brackets.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, TypeAlias

from aicareers_site.diagnostics import Span
from aicareers_site.markdown_code import not_markdown_blanked

if TYPE_CHECKING:
    from collections.abc import Iterator

    _Place: TypeAlias = tuple[int, int]

_LINE_END = re.compile("\n")
_WORD = re.compile(r"[\w/#%&?=-]")
_LETTERS = re.compile(r"\w+")
FEW_SEARCHES = 200
"""Searches of a text that are made without an index of its words, which takes as long as some."""


class MarkdownSource:
    """A Markdown text and where it stands in its file.

    A body starts in column 1 of ``first_line``. A text from the front matter has a ``span``.
    """

    def __init__(self, path: str, text: str, first_line: int = 1, span: Span | None = None) -> None:
        self._path = path
        self.text = text
        self._first_line = first_line
        self._span = span
        self._cursors: dict[str, int] = {}
        self._exhausted: set[str] = set()  # those without another place
        self._held: dict[str, bool] = {}
        self._sought = 0
        # The places of the matches so far, behind those that are still to come.
        self._matches: dict[re.Pattern[str], tuple[Iterator[re.Match[str]], list[_Place]]] = {}

    @cached_property
    def masked(self) -> str:
        """The text with code, comments and escaped brackets blanked out, at the same places."""
        return not_markdown_blanked(self.text)

    @cached_property
    def names_footnotes(self) -> bool:
        """Whether an id such as Markdown gives to footnotes and their marks may stand here."""
        return "fn:" in self.masked or "fnref" in self.masked

    @property
    def is_body(self) -> bool:
        """Whether this is an article's text, and not a field of its front matter."""
        return self._span is None

    @property
    def whole(self) -> Span:
        """The place for what cannot be found more closely."""
        return self._span or Span(self._path)

    def holds(self, needle: str) -> bool:
        """Whether ``needle`` stands in the text outside code."""
        held = self._held.get(needle)
        if held is None:
            held = self._held[needle] = needle in self.masked
        return held

    def next(self, *needles: str) -> Span:
        """The next place of the first of ``needles`` that occurs at all.

        Each needle has a cursor of its own. Behind its last occurrence the last one is given
        again: many links may share one reference definition.
        """
        for needle in dict.fromkeys(needles):
            start = -1
            if needle not in self._exhausted:
                start = self._find(needle, self._cursors.get(needle, 0))
            if start < 0:
                self._exhausted.add(needle)
            if start < 0 and needle in self._cursors:
                start = self._cursors[needle] - len(needle)
            if start >= 0:
                self._cursors[needle] = start + len(needle)
                return self.at(start, start + len(needle))
        return self.whole

    def nth_match(self, pattern: re.Pattern[str], n: int) -> Span:
        """The place of the match number ``n`` (from 0) of ``pattern``, or the last one before."""
        if pattern not in self._matches:
            self._matches[pattern] = pattern.finditer(self.masked), []
        rest, found = self._matches[pattern]
        found.extend(match.span() for match in islice(rest, max(0, n + 1 - len(found))))
        return self.at(*found[min(n, len(found) - 1)]) if found else self.whole

    def _find(self, needle: str, start: int) -> int:
        """The next occurrence of ``needle`` that is no part of a longer address or name."""
        if not needle:
            return -1
        text = self.masked
        for at in self._places(needle, start):
            before, after = text[at - 1 : at], text[at + len(needle) : at + len(needle) + 1]
            inside_before = _WORD.match(needle) and (before == "." or _WORD.match(before))
            # A value without quotation marks, as in <a href=x>, follows an equals sign.
            if (not inside_before or before == "=") and not (
                _WORD.match(needle[-1]) and _WORD.match(after)
            ):
                return at
        return -1

    def _places(self, needle: str, start: int) -> Iterator[int]:
        """Where ``needle`` stands from ``start`` on, at least where its words are whole."""
        text, words = self.masked, list(_LETTERS.finditer(needle))
        self._sought += 1
        if self._sought <= FEW_SEARCHES or not words:
            at = text.find(needle, start)
            while at >= 0:
                yield at
                at = text.find(needle, at + 1)
            return
        # Of the words in it, the one that stands in the fewest places.
        word = min(words, key=lambda word: len(self._words.get(word.group(), ())))
        places, offset = self._words.get(word.group(), []), word.start()
        for index in range(bisect_left(places, start + offset), len(places)):
            if text.startswith(needle, places[index] - offset):
                yield places[index] - offset

    @cached_property
    def _words(self) -> dict[str, list[int]]:
        """All words of the text, with their places: what is sought often is not read through."""
        words: dict[str, list[int]] = {}
        for found in _LETTERS.finditer(self.masked):
            words.setdefault(found.group(), []).append(found.start())
        return words

    def at(self, start: int, end: int) -> Span:
        """The place of ``text[start:end]``."""
        if self._span is None:
            ends, line = self._line_ends, bisect_left(self._line_ends, start)
            line_start = ends[line - 1] + 1 if line else 0
            last = min(end, ends[line] if line < len(ends) else len(self.text))
            column = start - line_start + 1
            last_column = max(column + 1, last - line_start + 1)
            return Span(self._path, self.line(start), column, last_column)
        # A value written on one line, bare or between quotation marks, is as wide as its span.
        quotes = self._span.end_column - self._span.column - len(self.text)
        if "\n" in self.text or quotes not in {0, 2}:
            return self._span
        first = self._span.column + quotes // 2
        return Span(self._span.path, self._span.line, first + start, first + max(end, start + 1))

    def line(self, start: int) -> int:
        """The line of the file in which the place is."""
        return self._first_line + bisect_left(self._line_ends, start)

    @cached_property
    def _line_ends(self) -> list[int]:
        return [found.start() for found in _LINE_END.finditer(self.text)]
