"""Markdown to HTML: the body of an article and the Markdown in its front matter, as one value.

Python-Markdown makes the HTML (:mod:`aicareers_site.markdown_extensions`), one pass over that
finishes it (:mod:`aicareers_site.html_pass`), and what is found is looked up in the source
(:mod:`aicareers_site.markdown_source`). Nothing here knows other articles or the site.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from aicareers_site.diagnostics import Outcome, Span, in_order
from aicareers_site.figure_filling import Filling
from aicareers_site.html_allowed import CHECKED
from aicareers_site.html_cleaning import may_hold_html, read_again
from aicareers_site.html_pass import HtmlPass
from aicareers_site.html_tokens import count_words
from aicareers_site.markdown_extensions import ArticleMarkdown
from aicareers_site.markdown_limits import MAX_DEPTH, TooMuch, deeply_nested
from aicareers_site.markdown_source import MarkdownSource
from aicareers_site.markdown_traps import traps
from aicareers_site.references import Link, References

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from aicareers_site.chart_data import Chart
    from aicareers_site.diagnostics import Diagnostic
    from aicareers_site.figure_filling import Supply
    from aicareers_site.html_allowed import HtmlPolicy

__all__ = ["Fragment", "Heading", "Link", "Prose", "render"]

_CONSEQUENCES = frozenset(["citation-syntax", "link-syntax", "unknown-callout"])
_ONE_PARAGRAPH = re.compile(r"<p>((?:(?!</?p[\s>]).)*)</p>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Fragment:
    """Markdown from outside the body, such as an answer of the FAQ, and where it stands."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Heading:
    """An entry of the contents list: a heading of level 2 with those of level 3 below it."""

    id: str
    text: str
    children: tuple[Heading, ...] = ()


@dataclass(frozen=True, slots=True)
class Prose:
    """Rendered Markdown as one value.

    ``html`` and the values of ``fragments`` hold the token ``\\ufdd0<n>\\ufdd1`` in place of the
    address of ``links[n]``. ``ids`` are all ids in the HTML. ``citations`` maps a source's id to
    the ids of the places that cite it, in reading order. ``words`` counts the body's words.
    ``figures`` are the references of the figures in it, ``charts`` what it draws.
    """

    html: str
    fragments: Mapping[str, str] = field(default_factory=dict)
    contents: tuple[Heading, ...] = ()
    ids: frozenset[str] = frozenset()
    links: tuple[Link, ...] = ()
    citations: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    words: int = 0
    figures: tuple[str, ...] = ()
    charts: tuple[Chart, ...] = ()


def render(
    path: str,
    body: str,
    body_line: int = 1,
    fragments: Mapping[str, Fragment] | None = None,
    source_ids: Sequence[str] | None = (),
    supply: Supply | None = None,
    policy: HtmlPolicy = CHECKED,
) -> Outcome[Prose]:
    """Render the Markdown ``body`` of the file ``path``, where it starts at line ``body_line``.

    ``fragments`` are rendered likewise; one that is a single paragraph comes without its ``<p>``.
    ``source_ids`` are the sources that ``[@id]`` may cite, in the order of their numbers, None
    where any may be one. ``supply`` has the figures that it names, ``policy`` says which HTML it
    may hold. The result depends on nothing but the arguments, and no text makes this raise: with an
    error, the value is what could be rendered.
    """
    references = References(source_ids or (), source_ids is not None)
    source = MarkdownSource(path, body, body_line)
    references.diagnostics += traps(source)
    filling = Filling(supply) if supply is not None else None
    made, footnotes = _markdown_html(source, references, filling)
    page = HtmlPass(made, source, references, policy, footnotes)
    finished = _finished(page, source, references, policy)
    fields = {
        name: _field(path, text, references, filling, policy)
        for name, text in (fragments or {}).items()
    }
    text = filling.without_charts(page.text) if filling else page.text
    value = Prose(
        html=filling.charts_in(finished) if filling else finished,
        fragments=fields,
        contents=_contents(page.headings),
        ids=frozenset(references.ids),
        links=tuple(references.links),
        citations={name: tuple(places) for name, places in references.citations.items()},
        words=count_words(html.unescape(text)),
        figures=tuple(filling.used) if filling else (),
        charts=tuple(filling.drawn) if filling else (),
    )
    return Outcome(value, in_order(_causes(references.diagnostics)))


def _causes(found: Sequence[Diagnostic]) -> Iterator[Diagnostic]:
    """What was ``found``, without what may only follow from elements of HTML out of balance.

    Behind one that is not closed, Markdown is no Markdown any more, to the end of the text.
    """
    unclosed = min((one.span for one in found if one.code == "html-unbalanced"), default=None)
    for one in found:
        if one.code not in _CONSEQUENCES or unclosed is None or one.span <= unclosed:
            yield one


@cache
def _markdown() -> ArticleMarkdown:
    return ArticleMarkdown()


def _markdown_html(
    source: MarkdownSource, references: References, filling: Filling | None
) -> tuple[str, tuple[str, ...]]:
    """The HTML that Markdown makes of the text, and the labels of its footnotes."""
    if place := deeply_nested(source):
        message = f"lists, quotations or callouts lie more than {MAX_DEPTH} deep in each other here"
        references.report("markdown", message, place, "indent by fewer levels, or remove some >")
        return "", ()
    markdown = _markdown().reset()
    text, filled = filling.marked(source, references) if filling else (source.text, [])
    try:
        made = markdown.convert(text)
    except TooMuch as limit:
        references.report("markdown", str(limit), limit.place(source), limit.hint)
        return "", ()
    except Exception as error:
        # A fault or limit of the library in one text must not hide the problems of the others.
        # Its state is unknown now.
        _markdown.cache_clear()
        deep = isinstance(error, RecursionError)
        references.report(
            "markdown",
            "nested too deeply" if deep else f"Markdown failed: {type(error).__name__}: {error}",
            source.whole,
            "simplify the text",
        )
        return "", ()
    for row in markdown.surplus_rows:
        references.report(
            "table-cells",
            "this row has more cells than the table's head",
            source.next(row),
            "escape a '|' that is part of the text: \\|",
        )
    if filling is not None:
        made = filling.filled(made, filled, references)
    return made, tuple(markdown.footnotes.footnotes)


def _finished(
    page: HtmlPass, source: MarkdownSource, references: References, policy: HtmlPolicy
) -> str:
    """The HTML of ``source`` as a page may show it."""
    finished = page.run()
    if page.nesting.is_hopeless:
        return html.escape(source.text)  # nobody sees it: there is an error
    if policy.trusted or not may_hold_html(source.text):
        return finished
    return read_again(finished, source, references)


def _field(
    path: str,
    fragment: Fragment,
    references: References,
    filling: Filling | None,
    policy: HtmlPolicy,
) -> str:
    source = MarkdownSource(path, fragment.text, span=fragment.span)
    references.diagnostics += traps(source)
    made, footnotes = _markdown_html(source, references, filling)
    if footnotes:
        references.report(
            "footnote-in-field",
            "a footnote is not possible here",
            source.next(f"[^{footnotes[0]}]:"),
            "write it out, or cite a source with [@id]",
        )
        return ""
    page = HtmlPass(made, source, references, policy, field=True)
    finished = _finished(page, source, references, policy)
    single = _ONE_PARAGRAPH.fullmatch(finished)
    return single[1] if single else finished


def _contents(headings: Iterable[tuple[int, str, str]]) -> tuple[Heading, ...]:
    """The headings of level 2, each with those of level 3 up to the next one."""
    tree: list[tuple[str, str, list[Heading]]] = []
    for level, name, text in headings:
        if level == 2 or (level == 3 and not tree):
            tree.append((name, text, []))
        elif level == 3:
            tree[-1][2].append(Heading(name, text))
    return tuple(Heading(name, text, tuple(children)) for name, text, children in tree)
