"""Which elements are open: what editors wrote in HTML must not reach beyond their text."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from aicareers_site.markdown_limits import MAX_ELEMENTS

if TYPE_CHECKING:
    from aicareers_site.diagnostics import Span
    from aicareers_site.html_tokens import Element
    from aicareers_site.markdown_source import MarkdownSource
    from aicareers_site.references import References

# HTML standard, 13.1.2.4 "Optional tags": what ends them is the end of what they are in.
_END_OPTIONAL = frozenset(
    [
        *("p", "li", "dt", "dd", "option", "optgroup", "rt", "rp"),
        *("caption", "colgroup", "thead", "tbody", "tfoot", "tr", "td", "th"),
    ]
)
_FOREIGN = frozenset(["svg", "math"])  # in which <path/> has no end tag


class _Tag(NamedTuple):
    """How many tags of this name, with the slash of an end tag, stand before this one."""

    name: str
    number: int


class Nesting:
    """The elements that are open at a place of the HTML; reports what does not match.

    Only what the text itself opens may it close, or else it would end parts of the page.
    """

    def __init__(self, source: MarkdownSource, references: References) -> None:
        self._source = source
        self._references = references
        self._seen: Counter[str] = Counter()  # tags by their names, with the slash of an end tag
        self._open: list[_Tag] = []
        self._open_names: Counter[str] = Counter()
        self._reported: Counter[str] = Counter()
        self._faults = 0
        self.is_hopeless = False
        """Whether more is wrong than can be told or read again."""

    def start(self, element: Element, rest: str) -> None:
        """A start tag; ``rest`` is what stands behind its name."""
        tag = self._next(element.name)
        if not element.is_void and not (rest.endswith("/>") and self._in_foreign()):
            self._open.append(tag)
            self._open_names[tag.name] += 1
            if len(self._open) > MAX_ELEMENTS:
                first = self._open[0]
                self._give_up(f"more than {MAX_ELEMENTS} elements lie in each other here", first)

    def _next(self, name: str) -> _Tag:
        tag = _Tag(name, self._seen[name])
        self._seen[name] += 1
        return tag

    def holds(self, name: str) -> bool:
        """Whether an element of this name is open."""
        return self._open_names[name] > 0

    def _in_foreign(self) -> bool:
        return any(self._open_names[name] for name in _FOREIGN)

    def _innermost(self) -> _Tag:
        """The element that was opened last, which is open no more."""
        tag = self._open.pop()
        self._open_names[tag.name] -= 1
        return tag

    def end(self, name: str) -> None:
        """An end tag."""
        tag = self._next(f"/{name}")
        if self._open_names[name]:
            while (inner := self._innermost()).name != name:
                before = (
                    f"before </{name}>"
                    if self._source.holds(f"</{name}>")
                    else "in the same paragraph, list entry or table cell"
                )
                self._unclosed(inner, f"write </{inner.name}> {before}")
        elif self._reported[name]:  # the other half of what was reported
            self._reported[name] -= 1
        else:
            self._report(
                f"</{name}> closes nothing that this text has opened",
                tag,
                f"take it out, or write <{name}> where it starts",
            )

    def finish(self) -> None:
        """The end of the text."""
        for tag in self._open:
            self._unclosed(tag, f"write </{tag.name}> where it ends")

    def _unclosed(self, tag: _Tag, hint: str) -> None:
        name = tag.name
        if name in _END_OPTIONAL:
            return
        self._reported[name] += 1
        self._report(f"<{name}> is not closed", tag, hint)

    def _report(self, message: str, tag: _Tag, hint: str) -> None:
        if self._faults == MAX_ELEMENTS:
            self._give_up(f"more than {MAX_ELEMENTS} tags are not closed, or close nothing", tag)
        if not self.is_hopeless:
            self._faults += 1
            self._references.report("html-unbalanced", message, self._span(tag), hint)

    def _give_up(self, message: str, tag: _Tag) -> None:
        if not self.is_hopeless:
            self.is_hopeless = True
            hint = "write an end tag for each, inside of what it was opened in"
            self._references.report("html-unbalanced", message, self._span(tag), hint)

    def _span(self, tag: _Tag) -> Span:
        return self._source.nth_match(_tags(tag.name), tag.number)


@lru_cache(maxsize=64)
def _tags(name: str) -> re.Pattern[str]:
    """Tags of this name, with the slash of an end tag."""
    return re.compile(rf"<{re.escape(name)}(?![^\s/>])[^<>]*+>", re.IGNORECASE)
