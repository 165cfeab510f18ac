"""YAML as a tree of strings that knows where everything stands.

``yaml.compose`` with the C loader keeps every scalar as it was written, so that ``country: NO`` is
"NO", ``12:30`` is "12:30" and a repeated key can be seen; what a string means is decided later by
the declared type. Format: YAML 1.1 as read by PyYAML, without anchors, aliases, merge keys and
tags, which nobody needs in front matter and which can hide repetitions or blow up.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import yaml

from aicareers_site.diagnostics import Diagnostic, Outcome, Span

Location: TypeAlias = tuple[str | int, ...]
"""Where a value is: keys and 0-based list indexes from the root."""

# Not allowed in XML 1.0 (and so in feeds) nor in HTML, plus two noncharacters that mark links.
FORBIDDEN_CHARACTERS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufdd0-\ufdef\ufffe\uffff]")

_MAX_DEPTH = 20
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


@dataclass(frozen=True, slots=True)
class Tree:
    """Data of dicts, lists, strings and None, and the source positions of its parts."""

    path: str
    data: Any = field(default_factory=dict)
    spans: dict[Location, Span] = field(default_factory=dict)
    key_spans: dict[Location, Span] = field(default_factory=dict)

    def span(self, location: Location) -> Span:
        """Where the value at ``location`` stands, or the nearest enclosing one that is known."""
        return self._nearest(self.spans, location)

    def key_span(self, location: Location) -> Span:
        """Where the key of the value at ``location`` stands (the value, for a list item)."""
        return self.key_spans.get(location) or self._nearest(self.spans, location)

    def _nearest(self, spans: dict[Location, Span], location: Location) -> Span:
        for length in range(len(location), -1, -1):
            if location[:length] in spans:
                return spans[location[:length]]
        return Span(self.path)


def parse(path: str, text: str, first_line: int = 1) -> Outcome[Tree]:
    """Read ``text``, which starts at line ``first_line`` of the file ``path``.

    An empty text is an empty mapping. On an error the tree holds what could be read.
    """
    try:
        node = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        return Outcome(Tree(path), (_syntax_error(path, first_line, text, error),))
    except yaml.YAMLError as error:
        return Outcome(Tree(path), (_unreadable(path, first_line, text, error),))
    reader = _Reader(path, first_line)
    if node is None:
        return Outcome(Tree(path, {}, {(): Span(path, first_line, 1, 2)}))
    data = reader.read(node, ())
    if not isinstance(data, dict):
        reader.report(
            "yaml-syntax", "expected keys with values", node, "write one 'key: value' a line"
        )
        data = {}
    return Outcome(Tree(path, data, reader.spans, reader.key_spans), tuple(reader.diagnostics))


class _Reader:
    """One walk over the node graph: data, positions and problems."""

    def __init__(self, path: str, first_line: int) -> None:
        self.path = path
        self.first_line = first_line
        self.spans: dict[Location, Span] = {}
        self.key_spans: dict[Location, Span] = {}
        self.diagnostics: list[Diagnostic] = []
        self._seen: set[int] = set()

    def read(self, node: yaml.Node, location: Location) -> Any:
        self.spans[location] = self._span(node)
        if id(node) in self._seen or len(location) > _MAX_DEPTH:
            repeated = id(node) in self._seen
            self.report(
                "yaml-alias" if repeated else "yaml-depth",
                "anchors and aliases are not supported" if repeated else "nested too deeply",
                node,
                "write the value out" if repeated else "",
            )
            return None
        self._seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, location)
        if isinstance(node, yaml.SequenceNode):
            return [self.read(item, (*location, i)) for i, item in enumerate(node.value)]
        return self._scalar(node) if isinstance(node, yaml.ScalarNode) else None

    def _mapping(self, node: yaml.MappingNode, location: Location) -> dict[str, Any]:
        data: dict[str, Any] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                self.report("yaml-syntax", "a key must be plain text", key_node, "")
                continue
            key = key_node.value
            here = (*location, key)
            if key in data:
                self.report(
                    "duplicate-key",
                    f"'{key}' is given twice",
                    key_node,
                    "keep one of them",
                    (self.key_spans[here],),
                )
                continue
            self.key_spans[here] = self._span(key_node)
            data[key] = self.read(value_node, here)
        return data

    def _scalar(self, node: yaml.ScalarNode) -> str | None:
        text: str = node.value
        if node.style is None and text in {"", "~", "null", "Null", "NULL"}:
            return None
        if found := FORBIDDEN_CHARACTERS.search(text):
            self.report(
                "control-character",
                f"the value holds the control character U+{ord(found.group()):04X}",
                node,
                "remove it",
            )
        return text

    def report(
        self, code: str, message: str, node: yaml.Node, hint: str, related: tuple[Span, ...] = ()
    ) -> None:
        self.diagnostics.append(Diagnostic(code, message, self._span(node), hint, related=related))

    def _span(self, node: yaml.Node) -> Span:
        start, end = node.start_mark, node.end_mark
        column = start.column + 1
        end_column = end.column + 1 if end.line == start.line else column + 1
        return Span(self.path, start.line + self.first_line, column, max(end_column, column + 1))


def _syntax_error(path: str, first_line: int, text: str, error: yaml.MarkedYAMLError) -> Diagnostic:
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line, mark.column) if mark else (0, 0)
    problem = error.problem or "this is not YAML"
    hint = "put text that holds ': ', '#', quotes or brackets between quotation marks"
    source = text.split("\n")[line] if line <= text.count("\n") else ""
    if "\t" in source[: column + 1] or "'\\t'" in problem:
        hint = "indent with spaces, not with tabs"
    context = f" ({error.context})" if error.context else ""
    return Diagnostic(
        "yaml-syntax",
        f"{problem}{context}",
        Span(path, line + first_line, column + 1, column + 2),
        hint,
    )


def _unreadable(path: str, first_line: int, text: str, error: yaml.YAMLError) -> Diagnostic:
    position = getattr(error, "position", 0)
    before = text[:position] if isinstance(position, int) else ""
    line, column = before.count("\n"), len(before) - before.rfind("\n") - 1
    return Diagnostic(
        "yaml-syntax",
        f"unreadable character: {getattr(error, 'reason', error)}",
        Span(path, line + first_line, column + 1, column + 2),
        "remove the character",
    )
