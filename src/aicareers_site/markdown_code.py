"""Code and comments in a Markdown text, in which nothing is Markdown.

An expression for them would look for the end of each to the end of the text where there is none.
Here it is known beforehand where they may end.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

_FENCE = re.compile(r"^(?:`{3,}|~{3,})", re.MULTILINE)
_CLOSING_FENCE = re.compile(r"^(`{3,}|~{3,})[ ]*$", re.MULTILINE)
_TICKS = re.compile("`+")
_EMPTY_LINE = re.compile(r"\n[ ]*\n")
_EMPTY_COMMENT = re.compile("-?>")  # of what is inside
_COMMENT, _COMMENT_END = "<!--", "-->"

_BEGINS_CODE = re.compile(r"`|^~|<!--", re.MULTILINE)
_BEGINS_BLOCK = re.compile("^```|^~~~|<!--", re.MULTILINE)
_BEGINS_NOT_MARKDOWN = re.compile(r"`|^~|<!--|\\[\[!]", re.MULTILINE)


class _Ends:
    """Where that ends which begins at a place of ``text``; None where nothing does, or no end."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._last_comment_end = text.rfind(_COMMENT_END)

    @cached_property
    def _fences(self) -> Mapping[str, list[int]]:
        """The lines that may end a block, from where they start, by their fence."""
        lines = defaultdict(list)
        for line in _CLOSING_FENCE.finditer(self._text):
            lines[line[1]].append(line.start())
        return dict(sorted(lines.items(), reverse=True))  # longer ones first

    @cached_property
    def _ticks(self) -> Mapping[int, list[int]]:
        """Runs of backticks, from where they start, by their length."""
        runs = defaultdict(list)
        for run in _TICKS.finditer(self._text):
            runs[len(run.group())].append(run.start())
        return runs

    def block(self, start: int) -> int | None:
        """Of a block of code between fences: the longest fence counts for which there is an end."""
        text = self._text
        opening = _FENCE.match(text, start)
        line_end = text.find("\n", start)
        if opening is None or line_end < 0:
            return None
        for fence, lines in self._fences.items():
            if opening.group().startswith(fence):
                place = bisect_left(lines, line_end)
                if place < len(lines):
                    end = text.find("\n", lines[place])
                    return len(text) if end < 0 else end
        return None

    def inline(self, start: int) -> int | None:
        """Of code in a line, between as many backticks."""
        text = self._text
        if start and text[start - 1] in "\\`":
            return None
        run = _TICKS.match(text, start)
        if run is None:
            return None
        runs = self._ticks[len(run.group())]
        place = bisect_left(runs, run.end())
        if place == len(runs) or _EMPTY_LINE.search(text, run.end(), runs[place]):
            return None
        return runs[place] + len(run.group())

    def code(self, start: int) -> int | None:
        """Of a block of code, or else of code in a line."""
        return self.block(start) or self.inline(start)

    def comment(self, start: int) -> int | None:
        """Of a comment."""
        if not self._text.startswith(_COMMENT, start):
            return None
        inside = start + len(_COMMENT)
        if empty := _EMPTY_COMMENT.match(self._text, inside):
            return empty.end()
        if inside > self._last_comment_end:
            return None
        return self._text.index(_COMMENT_END, inside) + len(_COMMENT_END)

    def block_or_comment(self, start: int) -> int | None:
        """Of a block of code or a comment."""
        return self.block(start) or self.comment(start)

    def any(self, start: int) -> int | None:
        """Of code, a comment, or a bracket behind a backslash."""
        if self._text[start] == "\\":
            return start + 2
        return self.code(start) or self.comment(start)


def not_markdown_blanked(text: str) -> str:
    """``text`` with code, comments and escaped brackets blanked out, at the same places."""
    return _blanked(text, _BEGINS_NOT_MARKDOWN, _Ends(text).any)


def blocks_blanked(text: str) -> str:
    """``text`` with blocks of code between fences and comments blanked out, at the same places."""
    return _blanked(text, _BEGINS_BLOCK, _Ends(text).block_or_comment)


def comments(text: str, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
    """The comments outside code that the ``pattern`` matches, from ``<!--`` to ``-->``."""
    ends, end = _Ends(text), 0
    for sign in _BEGINS_CODE.finditer(text):
        start = sign.start()
        if start < end:
            continue
        if sign.group() != _COMMENT:
            end = ends.code(start) or end
        elif ends.comment(start) and (found := pattern.match(text, start)):
            yield found
            end = found.end()


def _blanked(text: str, begins: re.Pattern[str], end_of: Callable[[int], int | None]) -> str:
    """``text`` with null characters in place of all from where ``begins`` matches to its end."""
    end = 0
    pieces: list[str] = []
    for sign in begins.finditer(text):
        start = sign.start()
        if start >= end and (behind := end_of(start)) is not None:
            lines = text[start:behind].split("\n")
            pieces += text[end:start], "\n".join("\0" * len(line) for line in lines)
            end = behind
    return "".join([*pieces, text[end:]]) if pieces else text
