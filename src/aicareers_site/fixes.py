"""Slips that are mended without a thought: those whose hint is all that is to be written.

What is mended is the place of the diagnostic, and no other byte of the file. Where the hint is a
guess, it must be so close that nothing else can be meant.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from aicareers_site.diagnostics import Diagnostic, Span

_CLOSE = 0.75
"""How like the word that is written the one in a guess must be, from 0 to 1."""

_LINE_END = re.compile(r"\r\n|\r|\n")
_QUOTES = ("'", '"')


class Mended(NamedTuple):
    """What is written at a place, and what stands there now."""

    span: Span
    before: str
    after: str

    def __str__(self) -> str:
        return f"{self.span}: mended: {self.before} is now {self.after}"


class _Edit(NamedTuple):
    start: int
    end: int
    text: str
    mended: Mended


def mended(content: bytes, found: Iterable[Diagnostic]) -> tuple[bytes, tuple[Mended, ...]]:
    """The ``content`` of a file without those slips in it that are safe to mend, and which they
    were; ``found`` are the diagnostics on the file.
    """
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return content, ()
    lines = _line_starts(text)
    edits = {edit for one in found if (edit := _edit(text, lines, one))}
    pieces, done, end = [], [], 0
    for edit in sorted(edits):
        if edit.start >= end:
            pieces += [text[end : edit.start], edit.text]
            done.append(edit.mended)
            end = edit.end
    return "".join([*pieces, text[end:]]).encode(), tuple(done)


def _line_starts(text: str) -> list[int]:
    """Where each line begins, as :func:`.normalised` counts them."""
    first = 1 if text.startswith("\ufeff") else 0
    return [first, *(found.end() for found in _LINE_END.finditer(text))]


def _edit(text: str, lines: list[int], one: Diagnostic) -> _Edit | None:
    span = one.span
    if one.code not in _SAFE or not (0 < span.line <= len(lines) and span.column):
        return None
    line = lines[span.line - 1]
    start, end = line + span.column - 1, line + span.end_column - 1
    if text[start : start + 1] in _QUOTES and text[end - 1 : end] == text[start]:
        start, end = start + 1, end - 1
    before = text[start:end]
    pattern, is_sure = _SAFE[one.code]
    found = pattern.fullmatch(one.hint)
    if found is None or before == found[1] or not is_sure(before, found[1]):
        return None
    if one.code == "unknown-key" and _is_taken(text, span.column, found[1]):
        return None
    return _Edit(start, end, found[1], Mended(span, before, found[1]))


def _is_taken(text: str, column: int, key: str) -> bool:
    """Whether the key stands in the file already, as deep as the one that is to become it."""
    pattern = rf"^[ -]{{{column - 1}}}[\"']?{re.escape(key)}[\"']?[ \t]*:"
    return re.search(pattern, _LINE_END.sub("\n", text), re.MULTILINE) is not None


def _same_numbers(before: str, after: str) -> bool:
    """Whether only what stands between digits differs: 2026/1/5 and 2026-01-05."""
    numbers = [[int(one) for one in re.findall(r"[0-9]+", text)] for text in (before, after)]
    return numbers[0] in (numbers[1], numbers[1][::-1]) or _same_digits(before, after)


def _same_digits(before: str, after: str) -> bool:
    return re.sub("[^0-9]", "", before) == re.sub("[^0-9]", "", after)


def _is_close(before: str, after: str) -> bool:
    return SequenceMatcher(None, before.casefold(), after.casefold()).ratio() >= _CLOSE


def _same_letters(before: str, after: str) -> bool:
    return before.upper() == after


def _is_known(before: str, after: str) -> bool:
    """Names and other codes of a country leave no doubt."""
    return bool(before and after)


_GUESS = re.compile(r"did you mean '([A-Za-z0-9_-]+)'\?")
# By code: a hint that says all, whose group is to be written; and whether that is beyond doubt.
_SAFE: dict[str, tuple[re.Pattern[str], Callable[[str, str], bool]]] = {
    "invalid-date": (re.compile(r"write ([0-9]{4}-[0-9]{2}-[0-9]{2})"), _same_numbers),
    "unknown-author": (_GUESS, _is_close),
    "unknown-category": (_GUESS, _is_close),
    "unknown-country": (re.compile(r"write ([A-Z]{2})"), _is_known),
    "unknown-currency": (re.compile(r"write ([A-Z]{3})"), _same_letters),
    "unknown-key": (_GUESS, _is_close),
    "unknown-series": (_GUESS, _is_close),
    "wrong-type": (re.compile(r"write ([0-9]+), without separators"), _same_digits),
}
