"""A script as it is published: as it is, and which modules and files it refers to.

These are the specifiers of imports and exports (ECMAScript, section 16.2), and what is given to
``new URL("…", import.meta.url)`` and ``import.meta.resolve("…")``. An address that a script puts
together is not known before it runs.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from aicareers_site.asset_links import Job, Link, Read, decoded, encoded, is_of_a_file
from aicareers_site.diagnostics import Outcome, Span, normalised
from aicareers_site.results import Made

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_TOKEN = re.compile(
    r"""
    (?P<nothing> \s+ | //[^\n\r\u2028\u2029]* | /\*.*?(?:\*/|\Z) )
  | (?P<string> "(?:[^"\\\n\r]|\\\r\n|\\.)*" | '(?:[^'\\\n\r]|\\\r\n|\\.)*' )
  | (?P<word> [\w$\\]+ )
  | (?P<sign> . )
    """,
    re.VERBOSE | re.DOTALL,
)
_REGULAR_EXPRESSION = re.compile(r"/(?:[^\\/\[\n\r]|\\.|\[(?:[^\]\\\n\r]|\\.)*\])+/\w*")
_TEMPLATE = re.compile(r"(?:[^`\\$]|\\.|\$(?!\{))*(?:`|\$\{|\Z)", re.DOTALL)

_BEFORE_EXPRESSIONS = frozenset([
    "await", "case", "delete", "do", "else", "in", "instanceof", "new", "of", "return", "throw",
    "typeof", "void", "yield",
])  # fmt: skip
_BEFORE_CONDITIONS = frozenset(["for", "if", "while", "with"])

_URL_BEFORE = ("new", "URL", "(")
_URL_BEHIND = (",", "import", ".", "meta", ".", "url")
_RESOLVE_BEFORE = ("import", ".", "meta", ".", "resolve", "(")


class _Token(NamedTuple):
    """A string with its quotation marks, a word or a sign; all that is no code is left out.

    ``start`` is its place in the text.
    """

    text: str
    start: int

    @property
    def is_string(self) -> bool:
        return len(self.text) > 1 and self.text[0] in "\"'"


def read(job: Job) -> Read:
    """What the script refers to, and its bytes."""
    text = decoded(job.content.value)
    tokens = list(_tokens(text))
    links = []
    for place, token in enumerate(tokens):
        if token.is_string and _is_address(tokens, place):
            start, end = token.start + 1, token.start + len(token.text) - 1
            first = len(encoded(text[:start]))
            last = first + len(encoded(text[start:end]))
            links.append(Link(text[start:end], first, last, _span(job.path, text, start, end)))
    return Made(Outcome(tuple(links)), job.content.value)


def _span(path: str, text: str, start: int, end: int) -> Span:
    before = normalised(text[:start])
    column = len(before) - before.rfind("\n")
    return Span(path, before.count("\n") + 1, column, column + end - start)


def _is_address(tokens: Sequence[_Token], place: int) -> bool:
    """Whether the string at a place among the tokens is the address of a file of the site."""
    address = tokens[place].text[1:-1]
    if "\\" in address or not is_of_a_file(address):
        return False
    before = tuple(token.text for token in tokens[max(0, place - 6) : place])
    behind = tuple(token.text for token in tokens[place + 1 : place + 7])
    if before[-3:] == _URL_BEFORE:
        return behind == _URL_BEHIND
    if not address.startswith(("./", "../", "/")):
        return False  # a name, which an import map explains
    last, member = before[-1:], before[-2:-1] == (".",)
    return (
        (last in {("import",), ("from",)} and not member)
        or (before[-2:] == ("import", "(") and before[-3:-2] != (".",))
        or before[-6:] == _RESOLVE_BEFORE
    )


def _tokens(text: str) -> Iterator[_Token]:
    """The code of a script, piece by piece."""
    place = 0
    last = before_last = ""
    opened: list[str] = []  # what stands before each bracket that is open, or ` for ${
    closed = ""  # what stood before the bracket that was closed last
    while place < len(text):
        found = _TOKEN.match(text, place)
        if found is None:
            return
        piece = found[0]
        if found["nothing"]:
            place = found.end()
            continue
        if piece == "/" and _begins_expression(last, before_last, closed):
            found = _REGULAR_EXPRESSION.match(text, place) or found
        elif piece in {"(", "{", "["}:
            opened.append(last)
        elif piece in {")", "}", "]"}:
            closed = opened.pop() if opened else ""
        if piece == "`" or (piece == "}" and closed == "`"):
            found = _TEMPLATE.match(text, found.end()) or found
            if found[0].endswith("${"):
                opened.append("`")
        yield _Token(text[place : found.end()], place)
        before_last, last = last, piece
        place = found.end()


def _begins_expression(last: str, before_last: str, closed: str) -> bool:
    """Whether what comes behind ``last`` is a new expression, and so no division.

    ``closed`` is what stood before the bracket that ``last`` closes, if it does.
    """
    if last == ")":
        return closed in _BEFORE_CONDITIONS
    if last in {"+", "-"}:
        return before_last != last
    return last in _BEFORE_EXPRESSIONS or not re.match(r"[\w$\\\"'`\]}]", last or ";")
