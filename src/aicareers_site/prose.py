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
from aicareers_site.html_pass import HtmlPass
from aicareers_site.html_tokens import count_words
from aicareers_site.markdown_extensions import ArticleMarkdown
from aicareers_site.markdown_source import MarkdownSource
from aicareers_site.markdown_traps import traps
from aicareers_site.references import Link, References

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

__all__ = ["Fragment", "Heading", "Link", "Prose", "render"]

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
    """

    html: str
    fragments: Mapping[str, str] = field(default_factory=dict)
    contents: tuple[Heading, ...] = ()
    ids: frozenset[str] = frozenset()
    links: tuple[Link, ...] = ()
    citations: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    words: int = 0


def render(
    path: str,
    body: str,
    body_line: int = 1,
    fragments: Mapping[str, Fragment] | None = None,
    source_ids: Sequence[str] = (),
) -> Outcome[Prose]:
    """Render the Markdown ``body`` of the file ``path``, where it starts at line ``body_line``.

    ``fragments`` are rendered likewise; one that is a single paragraph comes without its ``<p>``.
    ``source_ids`` are the sources that ``[@id]`` may cite, in the order of their numbers. The
    result depends on nothing but the arguments, and no text makes this raise: with an error, the
    value is what could be rendered.
    """
    references = References(source_ids)
    source = MarkdownSource(path, body, body_line)
    references.diagnostics += traps(source)
    made, footnotes = _markdown_html(body, source, references)
    page = HtmlPass(made, source, references, footnotes)
    finished = page.run()
    fields = {name: _field(path, text, references) for name, text in (fragments or {}).items()}
    value = Prose(
        html=finished,
        fragments=fields,
        contents=_contents(page.headings),
        ids=frozenset(references.ids),
        links=tuple(references.links),
        citations={name: tuple(places) for name, places in references.citations.items()},
        words=count_words(html.unescape(page.text)),
    )
    return Outcome(value, in_order(references.diagnostics))


@cache
def _markdown() -> ArticleMarkdown:
    return ArticleMarkdown()


def _markdown_html(
    text: str, source: MarkdownSource, references: References
) -> tuple[str, tuple[str, ...]]:
    """The HTML that Markdown makes of ``text``, and the labels of its footnotes."""
    markdown = _markdown().reset()
    try:
        made = markdown.convert(text)
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
    return made, tuple(markdown.footnotes.footnotes)


def _field(path: str, fragment: Fragment, references: References) -> str:
    source = MarkdownSource(path, fragment.text, span=fragment.span)
    references.diagnostics += traps(source)
    made, footnotes = _markdown_html(fragment.text, source, references)
    if footnotes:
        references.report(
            "footnote-in-field",
            "a footnote is not possible here",
            source.next(f"[^{footnotes[0]}]:"),
            "write it out, or cite a source with [@id]",
        )
        return ""
    finished = HtmlPass(made, source, references, field=True).run()
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
