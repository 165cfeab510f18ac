"""Attributes in an article's tags: as the page may have them, and what is wrong with others."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from aicareers_site.html_allowed import attribute_hint, holds_address, is_allowed, is_noteworthy
from aicareers_site.html_text import quoted
from aicareers_site.html_tokens import ADDRESSES, ATTRIBUTE, value
from aicareers_site.urls import SCHEMES, scheme, scheme_hint

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from aicareers_site.diagnostics import Span
    from aicareers_site.html_allowed import HtmlPolicy
    from aicareers_site.markdown_source import MarkdownSource
    from aicareers_site.references import References


class Attributes:
    """The attributes in one text; ``given_ids`` are those that stand in it, ``footnotes`` the
    labels of its footnotes in the order of their numbers.
    """

    def __init__(
        self,
        source: MarkdownSource,
        references: References,
        policy: HtmlPolicy,
        given_ids: Collection[str],
        footnotes: Sequence[str],
    ) -> None:
        self._source = source
        self._references = references
        self._trusted = policy.trusted
        self._given_ids = given_ids
        self._footnotes = footnotes

    def are_noteworthy(self, element: str, rest: str) -> bool:
        """Whether :meth:`finished` may change or report any of those in ``rest``."""
        return is_noteworthy(element, rest, self._trusted)

    def finished(self, element: str, rest: str) -> str:
        """What stands behind the name in a tag of ``element``, with its attributes as they may be.

        Ids are claimed and addresses become tokens; what is not allowed is reported and left out.
        """
        return ATTRIBUTE.sub(partial(self._finished, element, set()), rest)

    def _finished(self, element: str, before: set[str], found: re.Match[str]) -> str:
        name = found["name"].lower()
        if name in before:
            message = f"the attribute '{name}' stands in one tag twice, and only the first counts"
            hint = "write one, with all that belongs in it"
            self._references.report("html-syntax", message, self.place(found), hint)
        before.add(name)
        if not is_allowed(element, name, trusted=self._trusted):
            self._references.report(
                "unsupported-html",
                f"the attribute '{name}' is not allowed here",
                self.place(found),
                attribute_hint(element, name),
            )
            return ""
        if found["value"] is None:
            return found.group()
        if (element, name) in ADDRESSES:
            return self._address(element, found)
        if name == "id":
            self._references.claim(value(found), self._source)
        elif holds_address(name) and scheme(value(found)) not in {"", *SCHEMES}:
            return self._unsafe(found)
        return found.group()

    def _address(self, element: str, found: re.Match[str]) -> str:
        target, embedded = value(found), ADDRESSES[element, found["name"].lower()]
        if target.startswith("#fnref:") and target[1:] not in self._given_ids:
            return self._unused_footnote(target.removeprefix("#fnref:"))
        if problem := quoted(target):
            message, hint = problem
            self._references.report("link-syntax", message, self._source.next(target), hint)
            return ""
        if embedded and scheme(target) in {"http", "https"}:
            self._references.report(
                "external-media",
                "this would be loaded from another site, which pages do not allow browsers",
                self.place(found) if element != "img" else self._source.next(target),
                "save it beside the article, if you may, and write its name",
            )
        written = found["value"].strip("\"'")
        token = self._references.address(
            target, self._source, written, embedded=embedded, is_picture=element == "img"
        )
        return f'{found["name"]}="{token}"'

    def _unsafe(self, found: re.Match[str]) -> str:
        self._references.report(
            "link-scheme",
            f"addresses may not start with '{scheme(value(found))}:'",
            self.place(found),
            scheme_hint(scheme(value(found))),
        )
        return ""

    def _unused_footnote(self, number: str) -> str:
        """Report a footnote with no mark to go back to."""
        if number.isdecimal() and 0 < int(number) <= len(self._footnotes):
            label = self._footnotes[int(number) - 1]
            self._references.report(
                "unused-footnote",
                f"nothing refers to the footnote '{label}'",
                self._source.next(f"[^{label}]:"),
                f"write [^{label}] where it belongs, or take it out",
            )
        return ""

    def place(self, found: re.Match[str]) -> Span:
        """Where an attribute stands, in a tag or in an attribute list."""
        name, meant = found["name"], value(found)
        written = (found.group(), f"{name}='{meant}'", f"{name}={meant}", f" {name}")
        for needle in written:
            if self._source.holds(needle):
                span = self._source.next(needle)
                if span != self._source.whole:
                    return span
        anyhow = rf"""(?<![\w-]){re.escape(name)}\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>}}]*)"""
        return self._source.nth_match(re.compile(anyhow, re.IGNORECASE), 0)
