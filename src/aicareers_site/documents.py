"""From bytes to front matter and body, each with its place in the file.

python-frontmatter splits the file; it knows no positions, takes a mistyped delimiter for "no front
matter" and strips the indentation of the body's first line. So the delimiters are checked here
first, the YAML is read by :mod:`aicareers_site.yaml_tree`, and the body is taken from the text.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import frontmatter
from frontmatter.default_handlers import BaseHandler

from aicareers_site import yaml_tree
from aicareers_site.diagnostics import Diagnostic, Outcome, Severity, Span, normalised
from aicareers_site.yaml_tree import FORBIDDEN_CHARACTERS
from aicareers_site.yaml_words import INVISIBLE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aicareers_site.yaml_tree import Tree

DELIMITER = "---"

# Lines that were probably meant as a delimiter. Indented ones may be part of a longer text.
_MISTYPED = re.compile(r"(?:[-–—−_=~+*.]{2,}|[–—−]|[-–—−]{3,}\s+\S.*|-\s-\s-)\s*")
_EXACTLY = f"write exactly '{DELIMITER}', without indentation"
_SECOND = re.compile(rf"{DELIMITER}[ \t]*\n[^\W\d]\w*:[ \n](?:.*\n)*?{DELIMITER}[ \t]*(?:\n|\Z)")
_RUNS_OF_FORBIDDEN = re.compile(f"(?:{FORBIDDEN_CHARACTERS.pattern})+")


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


class _FrontMatterText(BaseHandler):  # type: ignore[misc, unused-ignore]
    """Hands on the text between the first two delimiters, to be read with positions."""

    FM_BOUNDARY = re.compile(rf"^{DELIMITER}[ \t]*$", re.MULTILINE)

    def load(self, fm: str) -> dict[str, object]:
        return {"text": fm}


_HANDLER = _FrontMatterText()


def decode(path: str, content: bytes) -> Outcome[str]:
    """``content`` as text without byte order mark, with ``\\n`` line ends.

    Bytes that are not UTF-8 are an error (``not-utf-8``), and so are characters that neither HTML
    nor XML may hold (``control-character``). The text is empty where bytes cannot be read.
    """
    try:
        text = normalised(content.decode("utf-8"))
    except UnicodeDecodeError as error:
        before = normalised(content[: error.start].decode("utf-8", "replace"))
        message = f"byte 0x{content[error.start]:02X} is not UTF-8 text"
        span = span_at(path, before, len(before), len(before))
        return Outcome("", (Diagnostic("not-utf-8", message, span, _encoding_hint(content)),))
    return Outcome(text, tuple(_forbidden_characters(path, text)))


def _forbidden_characters(path: str, text: str) -> Iterator[Diagnostic]:
    for found in _RUNS_OF_FORBIDDEN.finditer(text):
        is_null = found.group()[0] == "\0"
        yield Diagnostic(
            "control-character",
            f"the control character U+{ord(found.group()[0]):04X} is not allowed",
            span_at(path, text, found.start(), found.end()),
            "save the file with the encoding UTF-8, not UTF-16" if is_null else "remove it",
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


def parse(path: str, content: bytes) -> Outcome[Document | None]:
    """Split and read one Markdown file; None where its text or its front matter is unreadable.

    Codes, besides those of :func:`decode` and :func:`.yaml_tree.parse`: ``front-matter-delimiter``.
    """
    decoded = decode(path, content)
    if decoded.failed:
        return Outcome(None, decoded.diagnostics)
    text = decoded.value
    lines = text.split("\n")
    closing, suspect = _closing_delimiter(lines)
    if problem := _opening_problem(path, lines):
        return Outcome(None, (problem,))
    if closing is None:
        return Outcome(None, (_closing_problem(path, lines, suspect),))
    metadata, _ = frontmatter.parse(text, handler=_HANDLER)
    # The front matter follows the first delimiter on that line, so that lines count from 1.
    tree = yaml_tree.parse(path, str(metadata["text"]), first_line=1)
    if not tree.value.readable:
        if suspect is not None and suspect + 1 <= tree.diagnostics[0].span.line:
            return Outcome(None, (_closing_problem(path, lines, suspect),))
        return Outcome(None, tree.diagnostics)
    start = closing + 1
    while start < len(lines) - 1 and not lines[start].strip():
        start += 1
    body = "\n".join(lines[start:]).rstrip()
    found = (*tree.diagnostics, *_body_problems(path, body, closing + 1, start + 1))
    return Outcome(Document(path, tree.value, body, start + 1), found)


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
    if _SECOND.match(body):
        yield Diagnostic(
            "second-front-matter",
            "a second front matter stands in the text, where readers would see it",
            Span(path, body_line, 1, len(DELIMITER) + 1),
            "remove it; keep one of the two",
        )


def _opening_problem(path: str, lines: list[str]) -> Diagnostic | None:
    if _is_delimiter(lines[0]):
        return None
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
        hint = f"start the file with '{DELIMITER}', the front matter and '{DELIMITER}' again"
    message = f"expected '{DELIMITER}' alone on the first line, found {found}"
    return Diagnostic("front-matter-delimiter", message, span, hint)


def _closing_delimiter(lines: list[str]) -> tuple[int | None, int | None]:
    """Indexes of the closing line, and of one before it that was probably meant as one.

    An indented line may be part of a longer text, and counts only where nothing else makes sense.
    """
    suspect = None
    for index, line in enumerate(lines[1:], start=1):
        if _is_delimiter(line):
            return index, suspect
        if _looks_mistyped(line):
            if not line[0].isspace() or line[0] in INVISIBLE:
                return None, index
            suspect = index if suspect is None else suspect
    return None, suspect


def _closing_problem(path: str, lines: list[str], suspect: int | None) -> Diagnostic:
    if suspect is None:
        message = f"the front matter is never closed with '{DELIMITER}'"
        span = Span(path, 1, 1, len(DELIMITER) + 1)
        hint = f"write '{DELIMITER}' alone on the line behind the last key"
    else:
        line = lines[suspect]
        strange = _invisible(line)
        found = strange or f"'{line.strip()}'"
        message = f"expected '{DELIMITER}' alone on a line to end the front matter, found {found}"
        span = Span(path, suspect + 1, 1, len(line) + 1)
        hint = "retype the line" if strange else _delimiter_hint(line)
    return Diagnostic("front-matter-delimiter", message, span, hint)


def _is_delimiter(line: str) -> bool:
    return _HANDLER.FM_BOUNDARY.fullmatch(line) is not None


def _looks_mistyped(line: str) -> bool:
    bare = line.strip()
    return bare == DELIMITER or bool(_invisible(line) or _MISTYPED.fullmatch(bare))


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
