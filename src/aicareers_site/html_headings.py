"""The headings of an article: their levels, and where they stand in its Markdown."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from aicareers_site.diagnostics import Span
    from aicareers_site.markdown_source import MarkdownSource
    from aicareers_site.references import References

_ANY_HEADING = re.compile(r"(?m)^[ >]*#.*$|^.+\n(?:=+|-+)[ ]*$|<[hH][1-6]\b[^>]*>")
_UNDERLINED = {1: r"|^(?!\s*[-*+>#]).+\n=+[ ]*$", 2: r"|(?:\A|(?<=\n\n))(?!\s*[-*+>#]).+\n-+[ ]*$"}


class Headings:
    """The headings met so far: ``found`` holds (level, id, text) of those that have ended."""

    def __init__(self, source: MarkdownSource, references: References) -> None:
        self.found: list[tuple[int, str, str]] = []
        self._ended: Counter[int] = Counter()  # headings by their levels
        self._source = source
        self._references = references

    def start(self, level: int) -> None:
        """Report a heading whose level does not fit."""
        above = self.found[-1][0] if self.found else 1
        if level == 1:
            self._references.report(
                "heading-level",
                "this heading would be a second title of the page",
                self._place(level),
                "start with '##'",
            )
        elif level > above + 1:
            message = (
                f"a heading of level {level} follows one of level {above}"
                if self.found
                else f"the first heading is of level {level}"
            )
            self._references.report(
                "heading-skip", message, self._place(level), f"start with '{'#' * (above + 1)}'"
            )

    def refuse(self) -> None:
        """Report a heading in a field of the front matter."""
        self._references.report(
            "heading-in-field",
            "a heading is not possible here",
            self._source.nth_match(_ANY_HEADING, 0),
            "headings belong in the body",
        )

    def end(self, level: int, name: str, text: str, *, empty: bool) -> None:
        """A heading is over; ``empty`` if there is nothing to see in it."""
        if empty:
            signs = "#" * level
            self._references.report(
                "empty-heading",
                "this heading has no words",
                self._place(level),
                f"write them behind '{signs}', or take the signs out",
            )
        self.found.append((level, name, text))
        self._ended[level] += 1

    def _place(self, level: int) -> Span:
        """Where the heading stands that comes next, or is being read."""
        return self._source.nth_match(_of_level(level), self._ended[level])


@cache
def _of_level(level: int) -> re.Pattern[str]:
    signs = f"^[ >]*#{{{level}}}(?!#).*$"
    return re.compile(f"(?m){signs}|<[hH]{level}\\b[^>]*>{_UNDERLINED.get(level, '')}")
