"""Findings of which editors want to hear nothing, each with the reason.

In Markdown, ``<!-- aicareers-ignore: code: reason -->`` covers the block in which it stands, or,
alone on its line, the next one. In YAML, such as front matter, ``# aicareers-ignore: code: reason``
covers its line, or, alone, the next key with all that belongs to it. For whole files there is a
list in ``site.yaml``. Errors are told of all the same.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, NamedTuple

from aicareers_site import documents
from aicareers_site.diagnostics import Diagnostic, Severity, Span, did_you_mean
from aicareers_site.markdown_code import comments
from aicareers_site.markdown_source import MarkdownSource

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from aicareers_site.configuration import Configuration

_WORD = b"aicareers-ignore"
_SAID = r"aicareers-ignore\b:?\s*(?P<code>[\w-]*)\s*:?\s*(?P<reason>.*?)\s*"
_COMMENT = re.compile(rf"<!--\s*{_SAID}-->", re.DOTALL)
_IN_YAML = re.compile(rf"(?:^|(?<=[ \t]))#\s*{_SAID}$")
_ANY_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_BLOCK = re.compile(r"(?:^[^\n]*\S[^\n]*\n?)+", re.MULTILINE)
_ENTRY = re.compile(r"[ ]*-(?:[ ]|$)")


class Silence(NamedTuple):
    """What is not to be told: findings with this code, in these lines of a file.

    ``span`` is the place that says so. For those of ``site.yaml``, ``pattern`` matches paths, and
    lines do not matter.
    """

    code: str
    reason: str
    span: Span
    first: int = 0
    last: int = 0
    pattern: str = ""

    def covers(self, one: Diagnostic) -> bool:
        """Whether it is this that is not to be told."""
        if one.code != self.code:
            return False
        if self.pattern:
            return fnmatchcase(one.span.path, self.pattern)
        return one.span.path == self.span.path and self.first <= one.span.line <= self.last


class Silences:
    """The silences of a site; ``files`` are its sources (bytes by path)."""

    def __init__(self, files: Mapping[str, bytes], configured: Configuration) -> None:
        self._files = files
        self._of_site = tuple(_of_settings(configured))
        self._of_files: dict[str, tuple[Silence, ...]] = {}
        self._used: set[Silence] = set()
        self._refused: set[Silence] = set()

    def heard(self, found: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
        """Those of the findings that are to be told."""
        return tuple(one for one in found if not self._is_silenced(one))

    def _is_silenced(self, one: Diagnostic) -> bool:
        covering = [
            silence
            for silence in (*self._of_site, *self._in(one.span.path))
            if silence.covers(one) and silence.reason
        ]
        is_error = one.severity is Severity.ERROR
        (self._refused if is_error else self._used).update(covering)
        return bool(covering) and not is_error

    def _in(self, path: str) -> tuple[Silence, ...]:
        if path not in self._of_files:
            content = self._files.get(path, b"")
            self._of_files[path] = tuple(_written(path, content)) if _WORD in content else ()
        return self._of_files[path]

    def problems(
        self,
        known: Collection[str],
        unsought: Collection[str] = (),
        unpublished: Collection[str] = (),
    ) -> Iterator[Diagnostic]:
        """What is wrong with the silences, once all findings have been :meth:`heard`.

        ``known`` are all codes, ``unsought`` those that were not looked for, ``unpublished`` the
        paths of articles in which not all was looked for. Codes, all warnings: ``unused-silence``,
        ``silence-reason`` and ``silence-code``.
        """
        written = [silence for path in self._files for silence in self._in(path)]
        for silence in (*self._of_site, *written):
            if silence.code not in known:
                yield _warning(
                    "silence-code",
                    f"there is no code '{silence.code}'" if silence.code else "a code is missing",
                    silence.span,
                    did_you_mean(silence.code, known) or "such as useless-alt",
                )
            elif not silence.reason:
                yield _warning(
                    "silence-reason",
                    f"nobody can tell why '{silence.code}' is not to be told here",
                    silence.span,
                    f"give the reason: aicareers-ignore: {silence.code}: why it is right as it is",
                )
            elif silence in self._refused and silence not in self._used:
                yield _warning(
                    "unused-silence",
                    f"'{silence.code}' is an error here, which cannot be silenced",
                    silence.span,
                    "mend the error, and remove this",
                )
            elif not (
                silence in self._used
                or silence.code in unsought
                or silence.span.path in unpublished
            ):
                yield _warning(
                    "unused-silence",
                    f"there is no '{silence.code}' here to be silenced",
                    silence.span,
                    "remove it",
                )


def _warning(code: str, message: str, span: Span, hint: str) -> Diagnostic:
    return Diagnostic(code, message, span, hint, Severity.WARNING)


def _of_settings(configured: Configuration) -> Iterator[Silence]:
    for index, one in enumerate(configured.settings.check.ignore):
        span = configured.tree.span(("check", "ignore", index, "code"))
        yield Silence(one.code, one.reason, span, pattern=one.path or "*")


def _written(path: str, content: bytes) -> Iterator[Silence]:
    """The silences in a file, whichever of these it is."""
    text = documents.decode(path, content).value
    if path.endswith((".yaml", ".yml")):
        yield from _in_yaml(path, text.split("\n"))
    elif path.endswith(".md") and (document := documents.parse(path, content).value):
        head = text.split("\n")[: document.body_line - 1]
        yield from _in_yaml(path, head)
        yield from _in_markdown(path, document.body, document.body_line)


def _in_yaml(path: str, lines: Sequence[str]) -> Iterator[Silence]:
    for number, line in enumerate(lines):
        if found := _IN_YAML.search(line):
            span = Span(path, number + 1, found.start() + 1, len(line.rstrip()) + 1)
            if line[: found.start()].strip():
                first = last = number
            else:
                first, last = _next_key(lines, number + 1)
            yield Silence(found["code"], found["reason"], span, first + 1, last + 1)


def _next_key(lines: Sequence[str], start: int) -> tuple[int, int]:
    """The first and the last line of what stands below a remark."""
    written = [number for number in range(start, len(lines)) if not _is_blank(lines[number])]
    if not written:
        return start, start
    first, *others = written
    indent, is_entry = _indent(lines[first]), _ENTRY.match(lines[first])
    last = first
    for number in others:
        deeper = _indent(lines[number]) - indent
        # The entries of a list may stand as far out as its key.
        if deeper < 0 or (deeper == 0 and (is_entry or not _ENTRY.match(lines[number]))):
            break
        last = number
    return first, last


def _is_blank(line: str) -> bool:
    return not line.strip() or line.lstrip().startswith("#")


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _in_markdown(path: str, body: str, first_line: int) -> Iterator[Silence]:
    source = MarkdownSource(path, body, first_line)
    end = body.rfind("-->") + len("-->")
    bare = _ANY_COMMENT.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), body[:end]) + body[end:]
    blocks = [found.span() for found in _BLOCK.finditer(bare)]
    for found in comments(body, _COMMENT):
        span = source.at(*found.span())
        first = last = span.line
        covered = bisect_right(blocks, found.start(), key=lambda block: block[1])
        if covered < len(blocks):
            first = min(first, source.line(blocks[covered][0]))
            last = source.line(blocks[covered][1] - 1)
        reason = " ".join(found["reason"].split())
        yield Silence(found["code"], reason, span, first, last)
