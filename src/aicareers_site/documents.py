"""From bytes to front matter and body, each with its place in the file.

python-frontmatter splits the file; it knows no positions and takes a mistyped delimiter for "no
front matter", so that the delimiters are checked here first and the YAML is read by our handler.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import frontmatter
from frontmatter.default_handlers import BaseHandler

from aicareers_site import yaml_tree
from aicareers_site.diagnostics import Diagnostic, Outcome, Span
from aicareers_site.yaml_tree import FORBIDDEN_CHARACTERS, Tree

DELIMITER = "---"
_BYTE_ORDER_MARK = "\ufeff"


@dataclass(frozen=True, slots=True)
class Document:
    """A Markdown file: its front matter as a tree of strings, its body, and where that starts.

    ``body_line`` is the 1-based line of the body's first character in the file.
    """

    path: str
    front_matter: Tree
    body: str
    body_line: int


class _FrontMatterText(BaseHandler):  # type: ignore[misc, unused-ignore]
    """Hands on the text between the first two delimiters, to be read with positions."""

    FM_BOUNDARY = re.compile(r"^---[ \t]*$", re.MULTILINE)

    def load(self, fm: str) -> dict[str, object]:
        return {"text": fm}


_HANDLER = _FrontMatterText()


def decode(path: str, content: bytes) -> Outcome[str]:
    """``content`` as text with ``\\n`` line ends; bytes that are not UTF-8 are an error.

    Control characters that neither HTML nor XML may hold are errors too.
    """
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8", "replace")
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        return Outcome(
            "",
            (
                Diagnostic(
                    "not-utf-8",
                    f"byte 0x{content[error.start]:02X} is not UTF-8 text",
                    Span(path, line, column, column + 1),
                    "save the file with the encoding UTF-8",
                ),
            ),
        )
    text = text.removeprefix(_BYTE_ORDER_MARK).replace("\r\n", "\n").replace("\r", "\n")
    diagnostics = tuple(
        Diagnostic(
            "control-character",
            f"the control character U+{ord(found.group()):04X} is not allowed",
            span_at(path, text, found.start(), found.end()),
            "remove it",
        )
        for found in FORBIDDEN_CHARACTERS.finditer(text)
    )
    return Outcome(text, diagnostics)


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
    """Split and read one Markdown file; None where it cannot be read at all."""
    decoded = decode(path, content)
    if decoded.failed:
        return Outcome(None, decoded.diagnostics)
    text = decoded.value
    if problem := _delimiter_problem(path, text):
        return Outcome(None, (problem,))
    metadata, body = frontmatter.parse(text, handler=_HANDLER)
    # The text handed over starts behind the first delimiter, on line 1.
    tree = yaml_tree.parse(path, str(metadata["text"]), first_line=1)
    body_start = len(text.rstrip()) - len(body)
    body_line = text.count("\n", 0, body_start) + 1
    return Outcome(Document(path, tree.value, body, body_line), tree.diagnostics)


def _delimiter_problem(path: str, text: str) -> Diagnostic | None:
    lines = text.split("\n")
    if lines[0].rstrip() != DELIMITER:
        first = next((i for i, line in enumerate(lines) if line.strip()), 0)
        found = lines[first].strip()
        looks_mistyped = bool(re.fullmatch(r"[-–—_=+~]{2,}.*", found))
        return Diagnostic(
            "front-matter-delimiter",
            f"expected '{DELIMITER}' alone on the first line, found "
            + (f"'{found[:40]}'" if found else "an empty file"),
            Span(path, first + 1, 1, max(2, len(lines[first].rstrip()) + 1)),
            f"write exactly '{DELIMITER}'"
            if looks_mistyped or found == DELIMITER
            else f"start the file with '{DELIMITER}', the front matter and '{DELIMITER}' again",
        )
    for number, line in enumerate(lines[1:], start=2):
        if line.rstrip() == DELIMITER:
            return None
        if re.fullmatch(r"\s*(?:-{2,}|[–—_=~.]{2,}|-\s-\s-)\s*", line):
            return Diagnostic(
                "front-matter-delimiter",
                f"expected '{DELIMITER}' alone on a line to end the front matter, "
                f"found '{line.strip()}'",
                Span(path, number, 1, len(line) + 1),
                f"write exactly '{DELIMITER}', without indentation",
            )
    return Diagnostic(
        "front-matter-delimiter",
        f"the front matter is never closed with '{DELIMITER}'",
        Span(path, 1, 1, 4),
        f"write '{DELIMITER}' alone on the line behind the last key",
    )
