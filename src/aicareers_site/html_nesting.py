"""Which elements are open: what editors wrote in HTML must not reach beyond their text."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from aicareers_site.diagnostics import Span
    from aicareers_site.markdown_source import MarkdownSource
    from aicareers_site.references import References

_VOID = frozenset(
    [
        *("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param"),
        *("source", "track", "wbr"),
    ]
)
# HTML standard, 13.1.2.4 "Optional tags": what ends them is the end of what they are in.
_END_OPTIONAL = frozenset(
    [
        *("p", "li", "dt", "dd", "option", "optgroup", "rt", "rp"),
        *("caption", "colgroup", "thead", "tbody", "tfoot", "tr", "td", "th"),
    ]
)
_FOREIGN = frozenset(["svg", "math"])  # in which <path/> has no end tag


@dataclass(frozen=True, slots=True)
class _Open:
    name: str
    number: int


class Nesting:
    """The elements that are open at a place of the HTML; reports what does not match.

    Only what the text itself opens may it close, or else it would end parts of the page.
    """

    def __init__(self, source: MarkdownSource, references: References) -> None:
        self._source = source
        self._references = references
        self._open: list[_Open] = []
        self._seen: Counter[str] = Counter()
        self._reported: Counter[str] = Counter()

    def start(self, name: str, attributes: str) -> None:
        """A start tag."""
        number = self._count(name)
        closes_itself = attributes.endswith("/") and any(
            item.name in _FOREIGN for item in self._open
        )
        if name not in _VOID and not closes_itself:
            self._open.append(_Open(name, number))

    def end(self, name: str) -> None:
        """An end tag."""
        number = self._count(f"/{name}")
        if any(item.name == name for item in self._open):
            while (inner := self._open.pop()).name != name:
                before = (
                    f"before </{name}>"
                    if self._source.holds(f"</{name}>")
                    else "in the same paragraph, list entry or table cell"
                )
                self._unclosed(inner, f"write </{inner.name}> {before}")
        elif self._reported[name]:  # the other half of what was reported
            self._reported[name] -= 1
        else:
            self._references.report(
                "html-unbalanced",
                f"</{name}> closes nothing that this text has opened",
                self._span(f"/{name}", number),
                f"take it out, or write <{name}> where it starts",
            )

    def finish(self) -> None:
        """The end of the text."""
        for item in self._open:
            self._unclosed(item, f"write </{item.name}> where it ends")

    def _unclosed(self, item: _Open, hint: str) -> None:
        if item.name in _END_OPTIONAL:
            return
        self._reported[item.name] += 1
        self._references.report(
            "html-unbalanced",
            f"<{item.name}> is not closed",
            self._span(item.name, item.number),
            hint,
        )

    def _count(self, name: str) -> int:
        self._seen[name] += 1
        return self._seen[name] - 1

    def _span(self, name: str, number: int) -> Span:
        tag = re.compile(rf"<{re.escape(name)}(?![^\s/>])[^>]*>", re.IGNORECASE)
        return self._source.nth_match(tag, number)
