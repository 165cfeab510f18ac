"""From bytes to front matter and body, each with its place in the file.

python-frontmatter splits the file; it knows no positions, takes a mistyped delimiter for "no front
matter" and strips the indentation of the body's first line. So the delimiters are checked here
first, the YAML is read by :mod:`aicareers_site.yaml_reader`, and the body is taken from the text.
Both are imported when the first file is parsed: with PyYAML, they take longer than many a build.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING

from aicareers_site.diagnostics import Diagnostic, Outcome, Severity, Span, normalised
from aicareers_site.yaml_tree import FORBIDDEN_CHARACTERS
from aicareers_site.yaml_words import INVISIBLE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from frontmatter.default_handlers import BaseHandler

    from aicareers_site.yaml_tree import Tree

DELIMITER = "---"

# Lines that were probably meant as a delimiter. Indented ones may be part of a longer text.
_MISTYPED = r"(?:[-–—−_=~+*.]{2,}|[–—−]|[-–—−]{3,}\s+\S.*|-\s-\s-)\s*"
_EXACTLY = f"write exactly '{DELIMITER}', without indentation"
_SECOND = rf"{DELIMITER}[ \t]*\n[^\W\d]\w*:[ \n](?:.*\n)*?{DELIMITER}[ \t]*(?:\n|\Z)"
_NOTHING = rf"{DELIMITER}\s*"
# A line that may be a delimiter, or one of those: no other line starts with these signs.
_SPACE = rf"(?:(?!\n)[\s{INVISIBLE}])*"
_CANDIDATE = rf"\n{_SPACE}(?:[–—−]|[-_=~+*.]{_SPACE}[-–—−_=~+*.])"
# What git leaves where two versions of a file contradict each other.
_CONFLICT = r"^(?:(?P<first><{7} )|(?P<between>={7}$)|(?P<last>>{7} )|(?P<fence> *(?:```|~~~)))"
_MEGABYTE = 1_000_000
MAX_TEXT = 2 * _MEGABYTE
"""Bytes of an article, a data table, the settings or a template: as much as a thick book has."""
MAX_FRONT_MATTER = _MEGABYTE // 10
"""Characters."""

_MAX_CHARACTERS = 100
"""Places with forbidden characters that are told of one file; with more, it is no text."""

_ASCII_CONTROLS = bytes([*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20), 0x7F])


@dataclass(frozen=True, slots=True)
class Document:
    """A Markdown file: its front matter as a tree of strings, its body, and where that starts.

    The body has neither blank lines before it nor white space behind it; its first line keeps its
    indentation. ``body_line`` is the 1-based line of the file in which the body starts.
    """

    path: str
    front_matter: Tree
    body: str
    body_line: int

    @property
    def says_draft(self) -> bool:
        """Whether it is a draft by its front matter, which need not be free of errors."""
        return str(self.front_matter.data.get("draft", "")).lower() in {"true", "yes"}


@cache
def _handler() -> BaseHandler:
    """Hands on the text between the first two delimiters, to be read with positions."""
    from frontmatter.default_handlers import BaseHandler

    class FrontMatterText(BaseHandler):  # type: ignore[misc, unused-ignore]
        def load(self, fm: str) -> dict[str, object]:
            return {"text": fm}

    return FrontMatterText(re.compile(rf"^{DELIMITER}[ \t]*$", re.MULTILINE))


def decode(path: str, content: bytes) -> Outcome[str]:
    """``content`` as text without byte order mark, with ``\\n`` line ends.

    Bytes that are not UTF-8 are an error (``not-utf-8``), and so are characters that neither HTML
    nor XML may hold (``control-character``), and two versions that git could not join
    (``merge-conflict``). The text is empty where bytes cannot be read, or are
    more than :data:`MAX_TEXT` (``oversized-text``).
    """
    if len(content) > MAX_TEXT:
        found = f"the file has {len(content) / _MEGABYTE:.1f} MB of text"
        return Outcome("", (_oversized(path, found, f"{MAX_TEXT // _MEGABYTE} MB"),))
    try:
        text = normalised(content.decode("utf-8"))
    except UnicodeDecodeError as error:
        before = normalised(content[: error.start].decode("utf-8", "replace"))
        message = f"this is not UTF-8, as text must be (byte 0x{content[error.start]:02X})"
        span = span_at(path, before, len(before), len(before))
        return Outcome("", (Diagnostic("not-utf-8", message, span, _encoding_hint(content)),))
    if b"<<<<<<< " in content and (conflict := _conflict(path, text)):
        return Outcome(text, (conflict,))
    if text.isascii() and len(content.translate(None, _ASCII_CONTROLS)) == len(content):
        return Outcome(text)  # of most texts, this tells it soonest
    return Outcome(text, tuple(_forbidden_characters(path, text)))


def _conflict(path: str, text: str) -> Diagnostic | None:
    """Where two versions of the text stand below each other, unless that is shown as code."""
    start, is_second, is_code = -1, False, False
    for found in re.finditer(_CONFLICT, text, re.MULTILINE):
        if found["fence"] is not None:
            is_code = not is_code
        elif found["first"] and start < 0 and not is_code:
            start = found.start()
        elif found["between"]:
            is_second = start >= 0
        elif found["last"] and is_second:
            return Diagnostic(
                "merge-conflict",
                "two versions of the text stand here, which git could not join",
                span_at(path, text, start, text.find("\n", start)),
                "keep one version, between <<<<<<< and ======= or between ======= and >>>>>>>, and "
                "take these three lines out",
            )
    return None


def _oversized(path: str, found: str, limit: str) -> Diagnostic:
    hint = "look for what was pasted by mistake, or divide the text"
    return Diagnostic("oversized-text", f"{found}, and {limit} are the most", Span(path), hint)


def _forbidden_characters(path: str, text: str) -> Iterator[Diagnostic]:
    if not FORBIDDEN_CHARACTERS.search(text):
        return
    every = re.finditer(f"(?:{FORBIDDEN_CHARACTERS.pattern})+", text)
    for found in islice(every, _MAX_CHARACTERS):
        is_null = found.group()[0] == "\0"
        yield Diagnostic(
            "control-character",
            f"an invisible character (U+{ord(found.group()[0]):04X}) stands here",
            span_at(path, text, found.start(), found.end()),
            "save the file with the encoding UTF-8, not UTF-16" if is_null else "delete it",
        )
        if is_null:  # no text, or text in which every other byte is one
            return


def _encoding_hint(content: bytes) -> str:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        guess = "UTF-16"
    elif b"\0" in content:
        return "this is no text file; articles, settings and templates are text in UTF-8"
    else:
        guess = "Windows-1252 or Latin-1"
    return f"save the file with the encoding UTF-8; it seems to be {guess}"


def span_at(path: str, text: str, start: int, end: int, first_line: int = 1) -> Span:
    """The span of ``text[start:end]``, where ``text`` begins at ``first_line`` of its file."""
    line_start = text.rfind("\n", 0, start) + 1
    column = start - line_start + 1
    line_end = text.find("\n", start)
    last = min(end, line_end if line_end >= 0 else len(text))
    return Span(
        path,
        first_line + text.count("\n", 0, start),
        column,
        max(column + 1, last - line_start + 1),
    )


def parse_yaml(path: str, content: bytes) -> Outcome[Tree | None]:
    """Read a file that is all YAML; None where its text or the YAML is unreadable."""
    from aicareers_site import yaml_reader

    decoded = decode(path, content)
    if decoded.failed:
        return Outcome(None, decoded.diagnostics)
    parsed = yaml_reader.parse(path, decoded.value)
    return Outcome(parsed.value if parsed.value.readable else None, parsed.diagnostics)


def parse(path: str, content: bytes) -> Outcome[Document | None]:
    """Split and read one Markdown file; None where its text or its front matter is unreadable.

    Codes, besides those of :func:`decode` and :func:`.yaml_reader.parse`:
    ``front-matter-delimiter``.
    """
    import frontmatter

    from aicareers_site import yaml_reader

    decoded = decode(path, content)
    if decoded.failed:
        return Outcome(None, decoded.diagnostics)
    text = decoded.value
    closing, suspect = _closing_delimiter(text)
    if problem := _opening_problem(path, text):
        return Outcome(None, (problem,))
    if closing is None:
        return Outcome(None, (_closing_problem(path, text, suspect),))
    if re.fullmatch(_NOTHING, text[:closing]) and re.match(_SECOND, text[closing:]):
        return Outcome(None, (_ended_too_soon(path, text, closing),))
    metadata, _ = frontmatter.parse(text, handler=_handler())
    front_matter = str(metadata["text"])
    if len(front_matter) > MAX_FRONT_MATTER:
        size = f"the front matter has {len(front_matter):,} characters"
        return Outcome(None, (_oversized(path, size, f"{MAX_FRONT_MATTER:,}"),))
    # The front matter follows the first delimiter on that line, so that lines count from 1.
    tree = yaml_reader.parse(path, front_matter, first_line=1)
    if not tree.value.readable:
        if suspect is not None and _line_number(text, suspect) <= tree.diagnostics[0].span.line:
            return Outcome(None, (_closing_problem(path, text, suspect),))
        return Outcome(None, tree.diagnostics)
    closing_line = _line_number(text, closing)
    start = _body_start(text, closing)
    body, body_line = text[start:].rstrip(), max(_line_number(text, start), closing_line + 1)
    found = (*tree.diagnostics, *_body_problems(path, body, closing_line, body_line))
    return Outcome(Document(path, tree.value, body, body_line), found)


def _body_problems(path: str, body: str, closing_line: int, body_line: int) -> Iterator[Diagnostic]:
    """What is wrong with the ``body`` as a whole."""
    if not body:
        yield Diagnostic(
            "empty-body",
            "there is no text below the front matter",
            Span(path, closing_line, 1, len(DELIMITER) + 1),
            f"write the article below the second '{DELIMITER}'",
            Severity.WARNING,
        )
    if re.match(_SECOND, body):
        yield Diagnostic(
            "second-front-matter",
            "a second front matter stands in the text, where readers would see it",
            Span(path, body_line, 1, len(DELIMITER) + 1),
            "remove it; keep one of the two",
        )


def _opening_problem(path: str, text: str) -> Diagnostic | None:
    if _is_delimiter(_line_at(text, 0)):
        return None
    lines = text.split("\n")
    first = next((index for index, line in enumerate(lines) if line.strip()), None)
    if first is None:
        found, span = "an empty file", Span(path, 1, 1, 2)
    else:
        found = f"'{lines[first].strip()[:40]}'"
        span = Span(path, first + 1, 1, len(lines[first].rstrip()) + 1)
    if first and _is_delimiter(lines[first]):
        found, hint = "empty lines above it", "remove the empty lines"
    elif first is not None and (strange := _invisible(lines[first])):
        found, hint = strange, "retype the line"
    elif first is not None and _looks_mistyped(lines[first]):
        hint = _delimiter_hint(lines[first])
    else:
        hint = f"write '{DELIMITER}' above the front matter, and '{DELIMITER}' again below it"
    message = f"expected '{DELIMITER}' alone on the first line, found {found}"
    return Diagnostic("front-matter-delimiter", message, span, hint)


def _closing_delimiter(text: str) -> tuple[int | None, int | None]:
    """Where the closing line starts, and one before it that was probably meant as one.

    An indented line may be part of a longer text, and counts only where nothing else makes sense.
    """
    suspect = None
    for candidate in re.finditer(_CANDIDATE, text):
        start = candidate.start() + 1
        line = _line_at(text, start)
        if _is_delimiter(line):
            return start, suspect
        if _looks_mistyped(line):
            if not line[0].isspace() or line[0] in INVISIBLE:
                return None, start
            suspect = start if suspect is None else suspect
    return None, suspect


def _closing_problem(path: str, text: str, suspect: int | None) -> Diagnostic:
    if suspect is None:
        message = f"the front matter is never closed with '{DELIMITER}'"
        span = Span(path, 1, 1, len(DELIMITER) + 1)
        hint = f"write '{DELIMITER}' alone on the line behind the last key"
    else:
        line = _line_at(text, suspect)
        strange = _invisible(line)
        found = strange or f"'{line.strip()}'"
        message = f"expected '{DELIMITER}' alone on a line to end the front matter, found {found}"
        span = Span(path, _line_number(text, suspect), 1, len(line) + 1)
        hint = "retype the line" if strange else _delimiter_hint(line)
    return Diagnostic("front-matter-delimiter", message, span, hint)


def _ended_too_soon(path: str, text: str, closing: int) -> Diagnostic:
    return Diagnostic(
        "front-matter-delimiter",
        "the front matter ends here before it has begun",
        Span(path, _line_number(text, closing), 1, len(DELIMITER) + 1),
        "take this line out",
    )


def _body_start(text: str, closing: int) -> int:
    """Where the first line with text stands, behind the delimiter at ``closing``."""
    below = closing + len(_line_at(text, closing)) + 1
    first = len(text) - len(text[below:].lstrip())
    return max(below, text.rfind("\n", 0, first) + 1)


def _line_at(text: str, start: int) -> str:
    """The line that starts at ``start``."""
    end = text.find("\n", start)
    return text[start:] if end < 0 else text[start:end]


def _line_number(text: str, position: int) -> int:
    return text.count("\n", 0, position) + 1


def _is_delimiter(line: str) -> bool:
    return line.rstrip(" \t") == DELIMITER


def _looks_mistyped(line: str) -> bool:
    bare = line.strip()
    return bare == DELIMITER or bool(_invisible(line) or re.fullmatch(_MISTYPED, bare))


def _invisible(line: str) -> str:
    """What stands beside the delimiter and cannot be seen, in words; empty if nothing does."""
    strange = [sign for sign in line if sign in INVISIBLE]
    if not strange or re.sub(rf"[\s{INVISIBLE}]", "", line) != DELIMITER:
        return ""
    return f"'{DELIMITER}' with an invisible character (U+{ord(strange[0]):04X})"


def _delimiter_hint(line: str) -> str:
    if re.search("[–—−]", line):
        return f"write three hyphens, {DELIMITER}; your program turned them into a dash"
    return _EXACTLY
