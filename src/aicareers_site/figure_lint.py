"""The lint of figures: numbers in articles that are written by hand.

A number that equals a figure of a data table should be its reference, or else the two drift apart
when the table changes; one that contradicts the figure of which its sentence speaks has drifted
already; any other one that stands for a quantity needs a table, or an editor who vouches for it
(:mod:`.figure_lint_prose`). The kinds of articles that are read so are those that live on figures.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from aicareers_site.content_types import MODELS
from aicareers_site.diagnostics import Diagnostic, Severity, in_order
from aicareers_site.figure_lint_matching import Article
from aicareers_site.figure_lint_numerals import PER_CENT, numerals
from aicareers_site.figure_lint_prose import ReadText
from aicareers_site.figure_lint_reading import verdicts
from aicareers_site.kinds import Kind, kind_of
from aicareers_site.markdown_source import MarkdownSource
from aicareers_site.model_fields import field_at, holds
from aicareers_site.models import Markdown

if TYPE_CHECKING:
    from collections.abc import Container, Iterator
    from decimal import Decimal

    from aicareers_site.diagnostics import Span
    from aicareers_site.documents import Document
    from aicareers_site.figure_lint_known import Index, Known
    from aicareers_site.figure_lint_numerals import Numeral
    from aicareers_site.figure_lint_prose import Marker
    from aicareers_site.yaml_tree import Location, Tree

KINDS = frozenset({Kind.MARKET_STATISTICS, Kind.COUNTRY_PROFILE})
"""The kinds of articles that are read."""

CODES = frozenset([
    "bare-figure", "figure-contradicts", "unreferenced-figure", "figure-marker", "nothing-vouched"
])  # fmt: skip
"""The codes of all that is said."""

_FIELDS = frozenset(
    ["title", "description", "tips", "faq", "key_points", "visas", "in_favour", "against"]
)
_NAMES = frozenset(["name", "source"])
_CLOSING = re.compile(r"[\s*_)\]\"”’]*")
_TABLE_FIELDS = ("tables", "salaries")
_VOUCH = "or vouch for it: <!-- figure: the reason --> right behind it"
_VOUCH_IN_TEXT = "or vouch for it where the text has it"


def is_linted(path: str) -> bool:
    """Whether the file at ``path`` is an article of a kind that is read."""
    return path.endswith(".md") and kind_of(path) in KINDS


def lint(document: Document, index: Index, language: str) -> tuple[Diagnostic, ...]:
    """What is to say of the numbers in an article whose text is in ``language``.

    Codes: ``bare-figure``, ``figure-contradicts`` and ``unreferenced-figure`` for numbers,
    ``figure-marker`` for a comment without a reason, ``nothing-vouched`` for one too many. A number
    that is vouched for in the text is so in the title and other fields, which hold no comments.
    """
    tree = document.front_matter
    body = MarkdownSource(document.path, document.body, document.body_line)
    marked = [ReadText(body), *_fields(tree, document.path, markdown=True)]
    readers = [_Reader(text, index, language) for text in marked]
    found = [problem for reader in readers for problem in reader.vouching()]
    vouched = {(one.low, one.high, one.unit) for reader in readers for one in reader.vouched}
    plain = [*_fields(tree, document.path, markdown=False), *_lead_figure(tree, document.path)]
    readers += [_Reader(text, index, language, vouched) for text in plain]
    article = Article({*listed_tables(tree)})
    for reader in readers:
        list(reader.findings(article))  # to learn of what the article speaks
    found += (problem for reader in readers for problem in reader.findings(article))
    return in_order(found)


def _fields(tree: Tree, path: str, *, markdown: bool) -> Iterator[ReadText]:
    """The texts of the front matter that readers see, those in Markdown or those that are not."""
    kind = kind_of(path)
    model = MODELS[kind] if kind else None

    def walk(value: object, location: Location) -> Iterator[ReadText]:
        if isinstance(value, dict):
            for key, item in value.items():
                if key in _FIELDS or (location and key not in _NAMES):
                    yield from walk(item, (*location, key))
        elif isinstance(value, list):
            for index, item in enumerate(value):
                yield from walk(item, (*location, index))
        elif isinstance(value, str) and model is not None:
            field = field_at(model, location)
            if (field is not None and holds(field, Markdown)) is markdown:
                source = MarkdownSource(path, value, span=tree.span(location))
                yield ReadText(source, is_markdown=markdown)

    return walk(tree.data, ())


def _lead_figure(tree: Tree, path: str) -> Iterator[ReadText]:
    """The figure that the article is about with what it counts, which readers read in one."""
    figure = tree.data.get("lead_figure")
    parts = [
        MarkdownSource(path, text, span=tree.span(("lead_figure", key)))
        for key in ("value", "label")
        if isinstance(figure, dict) and isinstance(text := figure.get(key), str)
    ]
    if len(parts) == 2:
        yield ReadText(_Joined(path, *parts), is_markdown=False)


class _Joined(MarkdownSource):
    """Two texts as one, each of which has its own place."""

    def __init__(self, path: str, first: MarkdownSource, second: MarkdownSource) -> None:
        super().__init__(path, f"{first.text} {second.text}")
        self._first = first
        self._second = second

    def at(self, start: int, end: int) -> Span:
        behind = len(self._first.text) + 1
        if start < behind:
            return self._first.at(start, min(end, behind - 1))
        return self._second.at(start - behind, end - behind)


def listed_tables(tree: Tree) -> Iterator[str]:
    """The ids of the data tables that an article's front matter lists."""
    for key in _TABLE_FIELDS:
        listed = tree.data.get(key)
        for name in listed if isinstance(listed, list) else ():
            yield str(name).partition(".")[0]


class _Reader:
    """Looks at the numbers of one text, but for those that are vouched for elsewhere."""

    def __init__(
        self,
        text: ReadText,
        index: Index,
        language: str,
        vouched: Container[tuple[Decimal, Decimal, str]] = (),
    ) -> None:
        self._text = text
        self._index = index
        self._vouch = _VOUCH if text.is_markdown else _VOUCH_IN_TEXT
        self._numerals = [
            one
            for one in numerals(text.prose, language)
            if (one.low, one.high, one.unit) not in vouched
        ]
        self.vouched: list[Numeral] = []

    def vouching(self) -> Iterator[Diagnostic]:
        """Leave out the numbers that comments vouch for, and say what is wrong with these."""
        for marker in self._text.markers:
            span = self._text.source.at(marker.start, marker.end)
            if not marker.reason:
                yield Diagnostic(
                    "figure-marker",
                    "this comment vouches for a number, and does not say why",
                    span,
                    "give the reason: <!-- figure: our own estimate -->",
                )
            covered = [one for one in self._covered(marker) if one not in self.vouched]
            if marker.reason and not covered:
                yield Diagnostic(
                    "nothing-vouched",
                    "there is no number here that this comment vouches for",
                    span,
                    "remove it, or put it right behind the number",
                    Severity.WARNING,
                )
            self.vouched += covered
        self._numerals = [one for one in self._numerals if one not in self.vouched]

    def _covered(self, marker: Marker) -> list[Numeral]:
        """The number right before a comment, or else all before it in its block."""
        before = [one for one in self._numerals if one.end <= marker.start]
        if before and _CLOSING.fullmatch(self._text.prose, before[-1].end, marker.start):
            return before[-1:]
        starts = [block.start for block in self._text.blocks if block.start < marker.start]
        return [one for one in before if starts and one.start >= starts[-1]]

    def findings(self, article: Article) -> Iterator[Diagnostic]:
        """What to say of the numbers that are left; what they give is noted in ``article``."""
        for numeral, expression, known in verdicts(
            self._text, self._numerals, article, self._index
        ):
            if expression:
                what = f"as '{known.name}' is" if known else "as figures of the tables give it"
                hint = f"write {{{{ {expression} }}}}, so that it cannot drift"
                yield self._finding("bare-figure", numeral, what, hint)
            elif known:
                what = f"and '{known.name}' is {_shown(known, numeral)}"
                hint = f"write {{{{ {known.expression(numeral.step)} }}}}, {self._vouch}"
                yield self._finding("figure-contradicts", numeral, what, hint)
            else:
                hint = f"put it into a table and write its reference, {self._vouch}"
                what = "and no data table has it"
                yield self._finding("unreferenced-figure", numeral, what, hint)

    def _finding(self, code: str, numeral: Numeral, what: str, hint: str) -> Diagnostic:
        written = " ".join(self._text.prose[numeral.start : numeral.end].split())
        return Diagnostic(
            code,
            f"'{written}' is written by hand, {what}",
            self._text.source.at(numeral.start, numeral.end),
            hint,
            Severity.WARNING,
        )


def _shown(one: Known, numeral: Numeral) -> str:
    """The value of a figure, for editors."""
    values = dict.fromkeys(f"{end:,f}" for end in one.value(numeral.step))
    unit = one.unit if one.unit in {"", PER_CENT} else f" {one.unit}"
    return " to ".join(values) + unit
