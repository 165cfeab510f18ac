"""A style as it is published: what it refers to, and its rules without comments and indentation.

tinycss2 takes it apart as CSS Syntax Level 3 says (section 4, Tokenization). Nothing in it is put
into other words, so that a browser makes the same of it.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeAlias

import tinycss2

from aicareers_site.asset_links import Job, Link, Read, decoded, encoded, is_of_a_file
from aicareers_site.diagnostics import Diagnostic, Outcome, Severity, Span, normalised
from aicareers_site.results import Made

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Tokens: TypeAlias = "list[Any]"
"""Nodes of tinycss2."""

_MARK = "\0"
"""Stands on both sides of an address. No style can hold it (CSS Syntax, section 3.3)."""

_OF_ADDRESSES = frozenset(["image-set", "-webkit-image-set", "src", "url"])
"""Functions whose strings are addresses (CSS Values, section 4.5; CSS Images, section 2.4)."""

_END_OF_TEXT = "write the quotation mark, the same as at its start, where the text ends"
_PROBLEMS = {
    "\\": (
        "a backslash stands at the end of a line, outside of quotation marks",
        "take it out: a rule may go on in the next line without it",
    ),
    "bad-string": ("the text in quotation marks does not end on its line", _END_OF_TEXT),
    "bad-url": (
        "the address in url() has a blank, a bracket or a quotation mark in it",
        'put all of the address into quotation marks: url("…")',
    ),
    "eof-in-string": ("the text in quotation marks does not end", _END_OF_TEXT),
    "eof-in-url": ("the address in url() does not end", "write ) behind the address"),
}
_UNOPENED = (
    "there is nothing that this bracket closes",
    "take it out, or write its other half where that belongs, which is before it",
)
_TOO_DEEP = (
    "blocks or brackets are nested too deep",
    "look for brackets that are opened and never closed",
)


@lru_cache(maxsize=4)  # a process may build several sites with one style
def read(job: Job) -> Read:
    """What the style refers to, and its rules.

    A style that is not as CSS wants it is published as it is, links and all, with the warning
    ``style-syntax``: browsers make of it what they can.
    """
    text = normalised(decoded(job.content.value))
    reader = _Reader(job.path, re.split("[\n\f]", text))
    try:
        tokens = reader.slim(tinycss2.parse_component_value_list(text))
        parts = tinycss2.serialize(tokens).split(_MARK)
    except RecursionError:
        reader.problems = [_problem(*_TOO_DEEP, Span(job.path))]
    if reader.problems:
        return Made(Outcome((), tuple(reader.problems)), job.content.value)
    return Made(Outcome(tuple(_links(parts, reader.found))), encoded("".join(parts)))


def _problem(message: str, hint: str, span: Span) -> Diagnostic:
    return Diagnostic("style-syntax", message, span, hint, Severity.WARNING)


def _links(parts: Iterable[str], found: Iterable[tuple[str, Span]]) -> Iterator[Link]:
    """The links that were ``found``: every second one of the ``parts`` of the style's text."""
    place, addresses = 0, iter(found)
    for number, part in enumerate(parts):
        end = place + len(encoded(part))
        if number % 2:
            address, span = next(addresses)
            yield Link(address, place, end, span)
        place = end


class _Reader:
    """Goes once through the style at ``path``, whose lines are given, and notes what is found."""

    def __init__(self, path: str, lines: list[str]) -> None:
        self.found: list[tuple[str, Span]] = []
        self.problems: list[Diagnostic] = []
        self._path = path
        self._lines = lines

    def slim(self, tokens: Tokens, function: str = "") -> Tokens:
        """``tokens``, the arguments of a ``function`` if any, without those that mean nothing."""
        slim: Tokens = []
        for token in tokens:
            if token.type == "whitespace":
                if slim and not _ends(slim[-1]):
                    token.value = " "
                    slim.append(token)
                continue
            if token.type == "comment" and not token.value.startswith("!"):  # no licence
                continue
            if slim and slim[-1].type == "whitespace" and _begins(token):
                slim.pop()
            self._look_into(token, function in _OF_ADDRESSES or _is_import(slim))
            slim.append(token)
        if slim and slim[-1].type == "whitespace":
            slim.pop()
        return slim

    def _look_into(self, token: Any, strings_are_addresses: bool) -> None:
        if token.type == "url" or (token.type == "string" and strings_are_addresses):
            self._mark(token)
        elif token.type == "error" or token == "\\":
            span = Span(self._path, token.source_line, token.source_column)
            kind = token.kind if token.type == "error" else token.value
            self.problems.append(_problem(*_PROBLEMS.get(kind, _UNOPENED), span))
        elif token.type == "function":
            token.arguments = self.slim(token.arguments, token.lower_name)
        elif token.type.endswith(" block"):
            token.content = self.slim(token.content)
            while token.type == "{} block" and token.content and token.content[-1] == ";":
                token.content.pop()

    def _mark(self, token: Any) -> None:
        """Note the address that ``token`` is, unless it leads out of the site."""
        address: str = token.value
        if not is_of_a_file(address):
            return
        start = self._lines[token.source_line - 1].find(address, token.source_column - 1)
        column, length = (start + 1, len(address)) if start >= 0 else (token.source_column, 1)
        span = Span(self._path, token.source_line, column, column + length)
        self.found.append((address, span))
        before, after = ("url(", ")") if token.type == "url" else ('"', '"')
        written = token.representation[len(before) : -len(after)]
        token.representation = f"{before}{_MARK}{written}{_MARK}{after}"


def _ends(token: Any) -> bool:
    """Whether white space behind ``token`` means nothing."""
    return token.type in {"whitespace", "comment", "{} block"} or token in (",", ";", ":")


def _begins(token: Any) -> bool:
    """Whether white space before ``token`` means nothing."""
    return token.type == "{} block" or token in (",", ";")


def _is_import(before: Tokens) -> bool:
    """Whether a string behind these tokens is the address of an import."""
    words = [token for token in before[-2:] if token.type != "whitespace"]
    return bool(words) and words[-1].type == "at-keyword" and words[-1].lower_value == "import"
