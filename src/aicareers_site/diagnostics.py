"""What is wrong, where, and what to write instead: problems as values.

Every stage of a build returns its value *and* its diagnostics (:class:`Outcome`), so that all
problems of a run can be shown together. Nothing here knows what a stage does.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeAlias, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

T = TypeVar("T")

_BYTE_ORDER_MARK = "\ufeff"
_LIST_AT_MOST = 12
_EXCERPT_WIDTH = 100
_EXCERPT_LEAD = 50
# Characters that act on a terminal instead of being seen, except the tab; C0, DEL and C1.
_CONTROLS = {code: "\ufffd" for code in (*range(0x20), *range(0x7F, 0xA0)) if code != 0x09}


class Severity(StrEnum):
    """How bad a problem is.

    An error stops publication, a warning does so under ``--strict``, a note never does: it concerns
    what is not published, or what may come by itself, such as an article that expires.
    """

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Span(NamedTuple):
    """A place in a source file.

    ``path`` is relative to the project's root, with forward slashes. ``line`` and ``column`` count
    from 1, in characters of the text as :func:`normalised` gives it; ``end_column`` is one past the
    last character on that line. A span with line 0 means the file as a whole, one with column 0 the
    whole line.
    """

    path: str
    line: int = 0
    column: int = 0
    end_column: int = 0

    def __str__(self) -> str:
        numbers = [str(number) for number in (self.line, self.column) if self.line and number]
        return ":".join([self.path, *numbers])

    def as_json(self) -> dict[str, Any]:
        """The place as JSON-ready data; absent numbers are ``null``."""
        return {
            "path": self.path,
            "line": self.line or None,
            "column": self.column or None,
            "endColumn": self.end_column or None,
        }


Locate: TypeAlias = "Callable[[str, str], Span]"
"""Finds a field, such as ``sources.0.name``, of the source file at a path."""


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One problem: a stable ``code``, what was expected and found, where, and how to mend it.

    ``related`` names further places that belong to the problem, such as the other article that
    claims the same URL.
    """

    code: str
    message: str
    span: Span
    hint: str = ""
    severity: Severity = Severity.ERROR
    related: tuple[Span, ...] = ()

    @property
    def sort_key(self) -> tuple[Span, str, str, str, str, tuple[Span, ...]]:
        """Sorts by place; everything else takes part, so that the order is never by chance."""
        return (self.span, self.code, self.message, self.hint, self.severity, self.related)

    def as_json(self) -> dict[str, Any]:
        """The diagnostic as JSON-ready data; positions are 1-based, absent ones ``null``."""
        return {
            "severity": self.severity.value,
            "code": self.code,
            "message": self.message,
            **self.span.as_json(),
            "hint": self.hint or None,
            "related": [span.as_json() for span in self.related],
        }


@dataclass(frozen=True, slots=True)
class Outcome(Generic[T]):
    """A stage's value together with what it found on the way.

    ``value`` is complete only when ``diagnostics`` holds no error; a stage says in its own
    docstring what the value is otherwise.
    """

    value: T
    diagnostics: tuple[Diagnostic, ...] = ()

    def __reduce__(self) -> tuple[type[Outcome[T]], tuple[T, tuple[Diagnostic, ...]]]:
        """The quick way: every build reads one for each article from the cache."""
        return (Outcome, (self.value, self.diagnostics))

    @property
    def failed(self) -> bool:
        """Whether there is an error among the diagnostics."""
        return has_errors(self.diagnostics)


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """Whether one of ``diagnostics`` is an error."""
    return any(diagnostic.severity is Severity.ERROR for diagnostic in diagnostics)


def has_warnings(diagnostics: Iterable[Diagnostic]) -> bool:
    """Whether one of ``diagnostics`` is a warning."""
    return any(diagnostic.severity is Severity.WARNING for diagnostic in diagnostics)


def in_order(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """``diagnostics`` sorted by file and line, without repetitions."""
    return tuple(sorted(set(diagnostics), key=lambda diagnostic: diagnostic.sort_key))


def as_notes(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """The same problems where they must not stop a publication, as in a draft."""
    return tuple(replace(diagnostic, severity=Severity.NOTE) for diagnostic in diagnostics)


def closest(word: str, known: Iterable[str]) -> str:
    """The one of the ``known`` words that is closest to ``word``; empty if none is close.

    Differences of case do not count: ``de`` is as close to ``DE`` as can be.
    """
    from difflib import get_close_matches

    folded: dict[str, str] = {}
    for candidate in sorted(set(known)):
        folded.setdefault(candidate.casefold(), candidate)
    close = get_close_matches(word.casefold(), folded, n=1, cutoff=0.6)
    return folded[close[0]] if close else ""


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A hint that names the :func:`closest` of the ``known`` words, or lists them when few, or
    nothing.
    """
    words = sorted(set(known))
    if close := closest(word, words):
        return f"did you mean '{close}'?"
    if 0 < len(words) <= _LIST_AT_MOST:
        return "known here: " + ", ".join(words)
    return ""


def normalised(text: str) -> str:
    """``text`` as spans count it: no byte order mark, every line end a ``\\n``."""
    text = text.removeprefix(_BYTE_ORDER_MARK)
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def as_text(diagnostic: Diagnostic, sources: Mapping[str, bytes]) -> str:
    """The diagnostic for people: one line, the excerpt with a caret, the hint.

    ``sources`` maps paths to the bytes that the build read; a file that is not in it is shown
    without an excerpt. Control characters are shown as U+FFFD: they must not act on a terminal.
    """
    span = diagnostic.span
    head = f"{span}: {diagnostic.severity.value}[{diagnostic.code}]: {diagnostic.message}"
    gutter = " " * (len(str(span.line)) + 2)
    lines = [_one_line(head), *_excerpt(span, sources.get(span.path), gutter)]
    lines += [f"{gutter}= see also: {_one_line(str(related))}" for related in diagnostic.related]
    if diagnostic.hint:
        lines.append(f"{gutter}= hint: {_one_line(diagnostic.hint)}")
    return "\n".join(lines)


def _one_line(text: str) -> str:
    return " ".join(text.splitlines()).translate(_CONTROLS)


def _excerpt(span: Span, content: bytes | None, gutter: str) -> list[str]:
    """The line of ``span`` and below it the caret, aligned in a font of fixed width."""
    if content is None or not span.line:
        return []
    source_lines = normalised(content.decode("utf-8", "replace")).split("\n")
    if span.line > len(source_lines):
        return []
    line = source_lines[span.line - 1].translate(_CONTROLS)
    start = max(span.column, 1) - 1
    end = max(start + 1, min(span.end_column - 1, len(line)))
    # A long line (prose is one paragraph a line) is cut around the place that matters.
    first = max(0, start - _EXCERPT_LEAD) if len(line) > _EXCERPT_WIDTH else 0
    last = first + _EXCERPT_WIDTH
    shown = line[first:last]
    before, after = "…" if first else "", "…" if last < len(line) else ""
    indent = "".join("\t" if char == "\t" else " " * _width(char) for char in line[first:start])
    marked = sum(_width(character) for character in line[start : min(end, last)])
    caret = " " * len(before) + indent + "^" * max(1, marked)
    excerpt = f" {span.line} | {before}{shown}{after}"
    return [excerpt.rstrip(), f"{gutter}| {caret}"]


def _width(character: str) -> int:
    """Columns that a terminal takes for the character (UAX #11; combining marks take none)."""
    if unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1
