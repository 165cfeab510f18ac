"""Ids, addresses and citations of one article, counted across its body and its fields."""

from __future__ import annotations

import html
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from aicareers_site.diagnostics import Diagnostic, Severity, did_you_mean
from aicareers_site.findings import MAX_FINDINGS
from aicareers_site.slugs import slug

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from aicareers_site.diagnostics import Span
    from aicareers_site.markdown_source import MarkdownSource

TEMPLATE_IDS = frozenset(
    [
        *("main", "contents", "key-points", "facts", "figures", "tips"),
        *("faq", "sources", "data", "related", "newsletter"),
    ]
)
"""Ids of an article's page that belong to its templates."""

_slug = lru_cache(maxsize=1024)(slug)  # articles share headings such as "Summary"
_WAYS_TO_WRITE_AN_ID = (("{#", ""), (" #", ""), ('id="', '"'), ("id='", "'"), ("id=", ""))
_TEMPLATE_PREFIXES = ("source:", "cite:", "note:", "table:", "figures:", "data:", "chart:")


@dataclass(frozen=True, slots=True)
class Link:
    """An address as the editor wrote it, whose final form only the site knows.

    ``embedded`` is true for what is shown in the page itself, such as the src of an image, and
    ``is_picture`` for that alone.
    """

    target: str
    span: Span
    embedded: bool = False
    is_picture: bool = False


@dataclass(slots=True)
class References:
    """What the parts of an article share, and the problems found in them so far.

    ``source_ids`` are what may be cited, and ``sources_known`` tells whether that is all.
    """

    source_ids: Sequence[str] = ()
    sources_known: bool = True
    ids: set[str] = field(default_factory=set)
    links: list[Link] = field(default_factory=list)
    citations: dict[str, list[str]] = field(default_factory=dict)
    tables: int = 0
    diagnostics: list[Diagnostic] = field(default_factory=list)
    _numbers: dict[str, int] = field(default_factory=dict)  # of the last heading of each text
    _guesses: int = 0

    def report(
        self,
        code: str,
        message: str,
        span: Span,
        hint: str = "",
        severity: Severity = Severity.ERROR,
    ) -> None:
        self.diagnostics.append(Diagnostic(code, message, span, hint, severity))

    def link(
        self, target: str, span: Span, *, embedded: bool = False, is_picture: bool = False
    ) -> str:
        """The token that stands for the address ``target`` at this place."""
        self.links.append(Link(target, span, embedded, is_picture))
        return f"\ufdd0{len(self.links) - 1}\ufdd1"

    def address(
        self,
        target: str,
        source: MarkdownSource,
        written: str = "",
        *,
        embedded: bool,
        is_picture: bool = False,
    ) -> str:
        """The token for an address in a tag, which is looked up in ``source``.

        There it may also stand as it is ``written`` in the tag, with entities.
        """
        if target.startswith(("#fn:", "#fnref")) and not source.names_footnotes:
            span = source.whole  # made by Markdown: nothing is to be looked for
        else:
            needles = (target, html.escape(target), target.removeprefix("mailto:"), written)
            span = source.next(*needles)
        return self.link(target, span, embedded=embedded, is_picture=is_picture)

    def citation(self, name: str, source: MarkdownSource) -> str:
        """The link to the source ``name`` up to its end tag, with number and id."""
        span = source.next(f"@{name}")
        if name not in self.source_ids:
            if self.sources_known:
                self.report(
                    "unknown-source",
                    f"this article has no source '{name}'",
                    span,
                    self._guess(name) or "list it under 'sources'",
                )
            return '<a class="citation">?'
        places = self.citations.setdefault(name, [])
        places.append(f"cite:{name}:{len(places) + 1}")
        self.ids.add(places[-1])
        return (
            f'<a class="citation" id="{places[-1]}" href="{self.link(f"#source:{name}", span)}">'
            f'<span class="visually-hidden">Source </span>{self.source_ids.index(name) + 1}'
        )

    def _guess(self, name: str) -> str:
        """Which source was probably meant; of more than some, nobody reads that."""
        self._guesses += 1
        return did_you_mean(name, self.source_ids) if self._guesses <= MAX_FINDINGS else ""

    def claim(self, name: str, source: MarkdownSource) -> None:
        """Take an id that stands in the text, or report that it is taken."""
        if name.startswith(("fn:", "fnref")) and not source.names_footnotes:
            span = source.whole
        else:
            ways = [
                f"{before}{name}{behind}"
                for before, behind in _WAYS_TO_WRITE_AN_ID
                if source.holds(before)
            ]
            span = source.next(*ways)
        if name in self.ids or name in TEMPLATE_IDS or name.startswith(_TEMPLATE_PREFIXES):
            taken = "given twice" if name in self.ids else "kept for the page's own parts"
            self.report("duplicate-id", f"the id '{name}' is {taken}", span, "choose another one")
        self.ids.add(name)

    def heading_id(self, text: str, taken: Collection[str]) -> str:
        """A new id made of a heading's text; ``taken`` are ids given in the text itself."""
        name = _slug(text) or "section"
        if name in TEMPLATE_IDS:
            name += "-section"
        n = self._numbers.get(name, 1)
        unique = name if n == 1 else f"{name}-{n}"
        while unique in self.ids or unique in taken:
            n += 1
            unique = f"{name}-{n}"
        self._numbers[name] = n
        self.ids.add(unique)
        return unique

    def table(self) -> int:
        """The number of the next table."""
        self.tables += 1
        return self.tables
