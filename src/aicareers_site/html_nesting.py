"""Which elements are open: what editors wrote in HTML must not reach beyond their text."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

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


class Nesting:
    """The elements that are open at a place of the HTML; reports what does not match.

    Only what the text itself opens may it close, or else it would end parts of the page.
    """

    def __init__(self, source: MarkdownSource, references: References) -> None:
        self._source = source
        self._references = references
        self._seen: list[str] = []  # the names of all tags so far, with the slash of an end tag
        self._open: list[int] = []  # where those that are open stand in this list
        self._reported: Counter[str] = Counter()

    def start(self, element: Element, rest: str) -> None:
        """A start tag; ``rest`` is what stands behind its name."""
        place = len(self._seen)
        self._seen.append(element.name)
        if not element.is_void and not (rest.endswith("/>") and self._in_foreign()):
            self._open.append(place)

    def holds(self, name: str) -> bool:
        """Whether an element of this name is open."""
        return any(self._seen[place] == name for place in self._open)

    def _in_foreign(self) -> bool:
        return any(self._seen[place] in _FOREIGN for place in self._open)

    def end(self, name: str) -> None:
        """An end tag."""
        seen, opened = self._seen, self._open
        seen.append(f"/{name}")
        if opened and seen[opened[-1]] == name:
            opened.pop()
        elif any(seen[place] == name for place in opened):
            while seen[inner := opened.pop()] != name:
                before = (
                    f"before </{name}>"
                    if self._source.holds(f"</{name}>")
                    else "in the same paragraph, list entry or table cell"
                )
                self._unclosed(inner, f"write </{seen[inner]}> {before}")
        elif self._reported[name]:  # the other half of what was reported
            self._reported[name] -= 1
        else:
            self._references.report(
                "html-unbalanced",
                f"</{name}> closes nothing that this text has opened",
                self._span(len(seen) - 1),
                f"take it out, or write <{name}> where it starts",
            )

    def finish(self) -> None:
        """The end of the text."""
        for place in self._open:
            self._unclosed(place, f"write </{self._seen[place]}> where it ends")

    def _unclosed(self, place: int, hint: str) -> None:
        name = self._seen[place]
        if name in _END_OPTIONAL:
            return
        self._reported[name] += 1
        self._references.report(
            "html-unbalanced", f"<{name}> is not closed", self._span(place), hint
        )

    def _span(self, place: int) -> Span:
        name = self._seen[place]
        tag = re.compile(rf"<{re.escape(name)}(?![^\s/>])[^>]*>", re.IGNORECASE)
        return self._source.nth_match(tag, self._seen[:place].count(name))
