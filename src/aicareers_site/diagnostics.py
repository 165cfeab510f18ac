"""What is wrong, where, and what to write instead: problems as values.

Every stage of a build returns its value *and* its diagnostics (:class:`Outcome`), so that all
problems of a run can be shown together. Nothing here knows what a stage does.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

T = TypeVar("T")


class Severity(StrEnum):
    """How bad a problem is; an error stops publication, a warning does so under ``--strict``."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A place in a source file.

    ``path`` is relative to the project's root, with forward slashes. ``line`` and ``column`` count
    from 1, in characters; ``end_column`` is one past the last character on that line. A span with
    line 0 means the file as a whole.
    """

    path: str
    line: int = 0
    column: int = 0
    end_column: int = 0

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}" if self.line else self.path


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
    def sort_key(self) -> tuple[Span, str, str]:
        return (self.span, self.code, self.message)

    def as_json(self) -> dict[str, Any]:
        """The diagnostic as JSON-ready data; positions are 1-based, absent ones ``null``."""
        return {
            "severity": self.severity.value,
            "code": self.code,
            "message": self.message,
            "path": self.span.path,
            "line": self.span.line or None,
            "column": self.span.column or None,
            "endColumn": self.span.end_column or None,
            "hint": self.hint or None,
            "related": [str(span) for span in self.related],
        }


@dataclass(frozen=True, slots=True)
class Outcome(Generic[T]):
    """A stage's value together with what it found on the way.

    ``value`` is complete only when ``diagnostics`` holds no error; a stage says in its own
    docstring what the value is otherwise.
    """

    value: T
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def failed(self) -> bool:
        return has_errors(self.diagnostics)


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """Whether one of ``diagnostics`` is an error."""
    return any(diagnostic.severity is Severity.ERROR for diagnostic in diagnostics)


def in_order(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """``diagnostics`` sorted by file and line, without repetitions."""
    return tuple(sorted(set(diagnostics), key=lambda diagnostic: diagnostic.sort_key))


def as_warnings(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """The same problems where they must not stop a publication, as in a draft."""
    return tuple(replace(diagnostic, severity=Severity.WARNING) for diagnostic in diagnostics)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A hint that names the closest of the ``known`` words, or lists them when few, or nothing."""
    words = sorted(set(known))
    close = difflib.get_close_matches(word, words, n=1, cutoff=0.6)
    if close:
        return f"did you mean '{close[0]}'?"
    if 0 < len(words) <= 12:
        return "known here: " + ", ".join(words)
    return ""


def as_text(diagnostic: Diagnostic, sources: Mapping[str, bytes]) -> str:
    """The diagnostic for people: one line, the excerpt with a caret, the hint.

    ``sources`` maps paths to the bytes that the build read; a file that is not in it (or not
    UTF-8) is shown without an excerpt.
    """
    span = diagnostic.span
    head = f"{span}: {diagnostic.severity.value}[{diagnostic.code}]: {diagnostic.message}"
    gutter = " " * (len(str(span.line)) + 2)
    lines = [head, *_excerpt(span, sources.get(span.path), gutter)]
    lines += [f"{gutter}= see also: {related}" for related in diagnostic.related]
    if diagnostic.hint:
        lines.append(f"{gutter}= hint: {diagnostic.hint}")
    return "\n".join(lines)


def _excerpt(span: Span, content: bytes | None, gutter: str) -> list[str]:
    if content is None or not span.line:
        return []
    source_lines = content.decode("utf-8", "replace").split("\n")
    if span.line > len(source_lines):
        return []
    line = source_lines[span.line - 1].rstrip("\r")
    start = max(span.column, 1) - 1
    width = max(1, min(span.end_column - 1, len(line)) - start)
    # A long line (prose is one paragraph a line) is cut around the place that matters.
    first = max(0, start - 50) if len(line) > 100 else 0
    shown = line[first : first + 100]
    before, after = "…" if first else "", "…" if first + 100 < len(line) else ""
    indent = "".join("\t" if character == "\t" else " " for character in line[first:start])
    caret = " " * len(before) + indent + "^" * min(width, 100 - (start - first))
    return [f" {span.line} | {before}{shown}{after}", f"{gutter}| {caret}"]
