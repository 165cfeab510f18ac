"""From YAML to a tree of strings, with everything's place.

The tree is made from the events of the C parser, which keeps every scalar as it was written, so
that ``country: NO`` is "NO", ``12:30`` is "12:30" and a repeated key can be seen; what a string
means is decided later by the declared type. Format: YAML 1.1 as read by PyYAML, without anchors,
aliases and tags, which nobody needs in front matter and which can hide repetitions or blow up.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import yaml

from aicareers_site.diagnostics import Diagnostic, Outcome, Span
from aicareers_site.yaml_tree import FORBIDDEN_CHARACTERS, Tree
from aicareers_site.yaml_words import Slip, may_start_wrong, slip, wrong_start

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aicareers_site.yaml_tree import Location, Place

# YAML 1.1 ends a line at these two, which no editor shows; they come with text from other programs.
_SEPARATORS = re.compile("[\u2028\u2029]")
_MAX_DEPTH = 20
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_EMPTY = frozenset(["", "~", "null", "Null", "NULL"])
_LOST = re.compile(r"[ \t]+(#\S.*)")
_MAY_LOSE = re.compile(r"[ \t]#\S")
_HARMLESS = frozenset(["duplicate-key", "yaml-comment"])


def parse(path: str, text: str, first_line: int = 1) -> Outcome[Tree]:
    """Read ``text``, which starts at line ``first_line`` of the file ``path``.

    The text has line ends as :func:`.normalised` makes them; an empty one is an empty mapping.
    Codes: ``yaml-syntax``, ``yaml-alias``, ``yaml-tag``, ``yaml-depth`` and ``control-character``,
    after which the tree is not readable; ``duplicate-key``, where the tree holds the first value,
    and ``yaml-comment``, where it holds the text that would be lost.
    """
    reader = _Reader(path, text, first_line)
    data = reader.document()
    found = tuple(reader.diagnostics)
    readable = all(diagnostic.code in _HARMLESS for diagnostic in found)
    tree = Tree(path, data if readable else {}, reader.places, reader.key_places, readable)
    return Outcome(tree, found)


class _Unreadable(Exception):  # noqa: N818 - ends the walk, is no error of the program
    """What follows makes no sense any more; the problem has been reported."""


class _Reader:
    """One walk over the parser's events: data, positions and problems.

    Its own recursion, bounded by the depth, stands in for PyYAML's composer, whose C form
    overflows the stack on deep nesting.
    """

    def __init__(self, path: str, text: str, first_line: int) -> None:
        self.path = path
        self.text = text
        self.lines = text.split("\n")
        self.first_line = first_line
        self.places: dict[Location, Place] = {(): (first_line, 1, 2)}
        self.key_places: dict[Location, Place] = {}
        self.diagnostics: list[Diagnostic] = []
        # Looked for in the whole text first, so that a text without them pays nothing a value.
        self.may_lose = _MAY_LOSE.search(text) is not None
        self.may_start_wrong = may_start_wrong(text)

    def document(self) -> Any:
        """The one document of the text as data."""
        if self._refuse_characters():
            return {}
        try:
            return self._only_document(yaml.parse(self.text, Loader=_LOADER))
        except yaml.MarkedYAMLError as error:
            self._report_slip(slip(self.text, error))
        except _Unreadable:
            pass
        return {}

    def _refuse_characters(self) -> bool:
        for pattern in (FORBIDDEN_CHARACTERS, _SEPARATORS):
            for found in pattern.finditer(self.text):
                before = self.text[: found.start()]
                column = len(before) - before.rfind("\n")
                line = before.count("\n") + self.first_line
                self.diagnostics.append(
                    Diagnostic(
                        "control-character",
                        f"the invisible character U+{ord(found.group()):04X} is not allowed here",
                        Span(self.path, line, column, column + 1),
                        "remove it",
                    )
                )
        return bool(self.diagnostics)

    def _only_document(self, events: Iterator[yaml.Event]) -> Any:
        next(events)  # the stream's start
        event = next(events)
        if isinstance(event, yaml.StreamEndEvent):
            return {}
        root = next(events)
        data = self._value(root, events, ())
        next(events)  # the document's end
        after = next(events)
        if isinstance(after, yaml.DocumentStartEvent):
            hint = "remove the line, or put it between quotation marks"
            self._report("yaml-syntax", "'---' must not stand between the keys", after, hint)
        empty_root = isinstance(root, yaml.ScalarEvent) and data is None
        if not isinstance(data, dict) and not empty_root:
            hint = "write one 'key: value' a line"
            self._report("yaml-syntax", "expected keys with values", root, hint)
        return data or {}

    def _value(self, event: yaml.Event, events: Iterator[yaml.Event], location: Location) -> Any:
        self.places[location] = self._place(event)
        self._refuse_decoration(event)
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event)
        if len(location) >= _MAX_DEPTH:
            message = f"lists and keys are nested more than {_MAX_DEPTH} deep"
            self._report(
                "yaml-depth",
                message,
                event,
                "indent by fewer levels, and close brackets that were opened",
            )
            raise _Unreadable
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(events, location)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(events, location)
        return None  # an alias, which was reported

    def _refuse_decoration(self, event: yaml.Event) -> None:
        """Report the anchor, alias or tag of a value."""
        anchor, tag = getattr(event, "anchor", None), getattr(event, "tag", None)
        if anchor is not None:  # of an alias, too
            hint = "write the value out, or put quotation marks around it if it is text"
            self._report(
                "yaml-alias",
                "YAML takes a value that starts with '&' or '*' for a shorthand",
                event,
                hint,
            )
        elif tag is not None:
            hint = "leave it out; put text that starts with '!' in quotation marks"
            written = tag.replace("tag:yaml.org,2002:", "!!")
            self._report("yaml-tag", f"a value cannot begin with the tag '{written}'", event, hint)

    def _sequence(self, events: Iterator[yaml.Event], location: Location) -> list[Any]:
        items: list[Any] = []
        while not isinstance(event := next(events), yaml.SequenceEndEvent):
            items.append(self._value(event, events, (*location, len(items))))
        return items

    def _mapping(self, events: Iterator[yaml.Event], location: Location) -> dict[str, Any]:
        data: dict[str, Any] = {}
        while not isinstance(event := next(events), yaml.MappingEndEvent):
            key = self._key(event)
            here = (*location, key)
            if key not in data:
                self.key_places[here] = self._place(event)
                data[key] = self._value(next(events), events, here)
                continue
            first = Span(self.path, *self.key_places[here])
            self._report(
                "duplicate-key", f"'{key}' is given twice", event, "keep one of them", (first,)
            )
            # Read for its own problems, at a place that no value has.
            self._value(next(events), events, (*here, -1))
        return data

    def _key(self, event: yaml.Event) -> str:
        if not isinstance(event, yaml.ScalarEvent | yaml.AliasEvent):
            line, column, _ = self._place(event)
            if self.lines[line - self.first_line][:column].endswith("{{"):
                message = "a text that begins with '{{' needs quotation marks around it"
                hint = "put a quotation mark, ', before '{{' and another behind the whole text"
            else:
                message, hint = "a key must be plain text", "write a word and ': ' before the value"
            self._report("yaml-syntax", message, event, hint)
            raise _Unreadable
        self._refuse_decoration(event)
        if isinstance(event, yaml.AliasEvent):
            return ""
        self._scalar(event)
        if not event.value:
            self._report("yaml-syntax", "a key is missing before ':'", event, "write the key")
        return str(event.value)

    def _scalar(self, event: yaml.ScalarEvent) -> str | None:
        text: str = event.value
        # The C parser says '' for a plain scalar's style, the one in Python None.
        if not event.style:
            if self.may_lose and (lost := self._lost(event)):
                return (text + lost).lstrip()
            if text in _EMPTY:
                return None
            if self.may_start_wrong:
                self._refuse_wrong_start(event)
        elif found := FORBIDDEN_CHARACTERS.search(text):  # written as an escape, such as "\x07"
            self._report(
                "control-character",
                f"the value holds the control character U+{ord(found.group()):04X}",
                event,
                "remove it",
            )
        return text

    def _report(
        self, code: str, message: str, event: yaml.Event, hint: str, related: tuple[Span, ...] = ()
    ) -> None:
        span = Span(self.path, *self._place(event))
        self.diagnostics.append(Diagnostic(code, message, span, hint, related=related))

    def _place(self, event: yaml.Event) -> Place:
        start, end = event.start_mark, event.end_mark
        assert start is not None and end is not None  # noqa: PT018 - both parsers set them
        line, column, end_column = start.line, start.column + 1, end.column + 1
        if line >= len(self.lines):  # nothing stands behind '---'
            line, column = len(self.lines) - 1, 1
        if end_column <= column or end.line != line:
            end_column = column + 1
        return line + self.first_line, column, end_column

    def _lost(self, event: yaml.Event) -> str:
        """Report and return the text behind a scalar on its line that YAML takes for a comment."""
        end = event.end_mark
        assert end is not None
        line = self.lines[end.line] if end.line < len(self.lines) else ""
        found = _LOST.match(line, end.column)
        if found is None:
            return ""
        lost = found.group().rstrip()
        self._report_slip(
            Slip(
                end.line,
                found.start(1),
                end.column + len(lost),
                f"everything from ' {found[1].split()[0][:20]}' on is taken for a comment and lost",
                "put the text between straight quotation marks; a remark needs a space behind '#'",
            ),
            "yaml-comment",
        )
        return lost

    def _refuse_wrong_start(self, event: yaml.Event) -> None:
        """Report lines of a plain text that were meant as entries of a list, or as keys."""
        start, end = event.start_mark, event.end_mark
        assert start is not None and end is not None  # noqa: PT018
        for number, line in enumerate(self.lines[start.line : end.line + 1], start.line):
            if number == start.line and line[: start.column].strip():
                continue  # something stands before the text on its line
            if found := wrong_start(number, line):
                self._report_slip(found)
                return

    def _report_slip(self, found: Slip, code: str = "yaml-syntax") -> None:
        start, end = found.start + 1, max(found.end, found.start + 1) + 1
        span = Span(self.path, found.line + self.first_line, start, end)
        diagnostic = Diagnostic(code, found.message, span, found.hint)
        if diagnostic not in self.diagnostics:  # a text's slip may make the parser fail as well
            self.diagnostics.append(diagnostic)
