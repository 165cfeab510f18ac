"""Figures and charts put into texts: into plain ones, and into Markdown on its way to HTML.

Markdown gets a token in place of each mark, which it takes for a word, and the HTML that it makes
gets what the token stands for: in text a ``<data>`` element that leads to where the figure comes
from, in an attribute its words, in code the mark as it was written. A chart stands on a line of its
own and becomes a token once more, until the HTML is finished (:meth:`Filling.charts_in`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING, NamedTuple

from aicareers_site import charts
from aicareers_site.chart_data import Chart, ChartKind, chart_path
from aicareers_site.chart_figure import ChartLinks, figure
from aicareers_site.diagnostics import Diagnostic, did_you_mean
from aicareers_site.figure_expressions import UNTOLD, FigureError, parse
from aicareers_site.figure_marks import (
    MARK,
    OPENING,
    Directive,
    NamedFigures,
    Refusal,
    directive,
    is_chart,
    place_in_chart,
)
from aicareers_site.figure_values import evaluate, printed
from aicareers_site.urls import DATA

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aicareers_site.figure_expressions import Expression
    from aicareers_site.figure_values import Printed
    from aicareers_site.figures import Figure
    from aicareers_site.markdown_source import MarkdownSource
    from aicareers_site.references import References
    from aicareers_site.wording import Wording

_TOKEN = re.compile("\ufdd2(\\d+)\ufdd3")
_CHART_TOKEN = re.compile("(<p>)?\ufdd4(\\d+)\ufdd5(</p>)?")
_CONTEXT = re.compile(
    "(?P<code><(pre|code)\\b[^>]*>.*?</\\2>)"
    "|(?P<start><(?:a|h[1-6])\\b[^>]*>)"
    "|(?P<end></(?:a|h[1-6])>)"
    "|(?P<comment><!--.*?-->)"
    "|(?P<token>\ufdd2\\d+\ufdd3)"
    "|(?P<tag><[^>]*\ufdd2[^>]*>)",
    re.DOTALL | re.IGNORECASE,
)
_LINE_BEFORE = re.compile(r"(?:\A|\n[ \t]*\n)[ ]{0,3}\Z")
_LINE_BEHIND = re.compile(r"[ \t]*(?:\n[ \t]*(?:\n|\Z)|\Z)")


class _Filled(NamedTuple):
    """A mark as it is written, what it stands for in plain text, in HTML, and in HTML with a link,
    the figures that this takes, and what is wrong with it. All that matters only outside code.
    """

    written: str
    text: str = ""
    html: str = ""
    linked: str = ""
    figures: tuple[str, ...] = ()
    problem: Diagnostic | None = None


class Supply(NamedTuple):
    """What an article gets: the figures that it names, and how they are put into words.

    ``path`` is the article's on the site, for the addresses of its charts.
    """

    named: NamedFigures
    wording: Wording
    path: str


@dataclass(slots=True)
class Filling:
    """Fills in what one article names, and says what is wrong.

    ``drawn`` are the charts that were put in, ``used`` the references that were printed.
    """

    supply: Supply
    drawn: list[Chart] = field(default_factory=list)
    used: dict[str, None] = field(default_factory=dict)
    _html: list[str] = field(default_factory=list)
    _known: Mapping[str, Figure] = field(init=False)
    _hints: Mapping[str, str | None] = field(init=False)

    def __post_init__(self) -> None:
        self._known = {one.reference: one for one in self.supply.named.figures}
        self._hints = dict(self.supply.named.hints)

    def plain(self, source: MarkdownSource, references: References) -> str:
        """A text that is no Markdown, such as a title."""

        def fill(mark: re.Match[str]) -> str:
            return self._taken(self._figure(mark, source), references).text

        text = MARK.sub(fill, source.text)
        self._unclosed(source.text, source, references)
        return text.replace("\\{{", "{{")

    def marked(self, source: MarkdownSource, references: References) -> tuple[str, list[_Filled]]:
        """Markdown with tokens in place of marks, and what they stand for."""
        if "{{" not in source.text:
            return source.text, []
        filled: list[_Filled] = []
        pieces: list[str] = []
        end = 0
        for mark in MARK.finditer(source.masked):
            pieces += source.text[end : mark.start()], f"\ufdd2{len(filled)}\ufdd3"
            end = mark.end()
            if is_chart(mark[1]):
                filled.append(self._chart(mark, source, references))
            else:
                filled.append(self._figure(mark, source))
        self._unclosed(source.masked, source, references)
        return "".join([*pieces, source.text[end:]]), filled

    def filled(self, html: str, filled: list[_Filled], references: References) -> str:
        """The HTML that Markdown made of such a text, with what the tokens stand for."""
        if not filled:
            return html
        depth = 0

        def taken(token: str) -> _Filled:
            return self._taken(filled[int(token)], references)

        def fill(found: re.Match[str]) -> str:
            nonlocal depth
            if found["token"]:
                one = taken(found["token"][1:-1])
                return one.html if depth else one.linked
            if found["code"] or found["comment"]:
                return _TOKEN.sub(lambda one: escape(filled[int(one[1])].written), found.group())
            depth += bool(found["start"]) - bool(found["end"])
            return _TOKEN.sub(lambda one: escape(taken(one[1]).text), found.group())

        return _CONTEXT.sub(fill, html)

    def charts_in(self, html: str) -> str:
        """The finished HTML with its charts."""
        if not self._html:
            return html
        return _CHART_TOKEN.sub(lambda found: self._html[int(found[2])], html)

    def without_charts(self, text: str) -> str:
        """The text that a reader reads, without what stands for charts."""
        return _CHART_TOKEN.sub("", text) if self._html else text

    def _unclosed(self, text: str, source: MarkdownSource, references: References) -> None:
        """Report brackets in ``text``, as long as the source's, that are never closed."""
        rest = MARK.sub(lambda mark: "\0" * len(mark[0]), text)
        if found := OPENING.search(rest):
            references.report(
                "figure-syntax",
                "'{{' begins a figure, and no '}}' follows",
                source.at(found.start(), found.end()),
                "write }} behind the figure's name; {{ for readers to see is written \\{{",
            )

    def _taken(self, filled: _Filled, references: References) -> _Filled:
        """Note that this is shown."""
        self.used.update(dict.fromkeys(filled.figures))
        if filled.problem is not None:
            references.diagnostics.append(filled.problem)
        return filled

    def _figure(self, mark: re.Match[str], source: MarkdownSource) -> _Filled:
        written = source.text[mark.start() : mark.end()]
        try:
            if is_chart(mark[1]):
                raise FigureError(
                    "chart-place",
                    "a chart cannot stand here",
                    "put it into the article's text, with an empty line above and below it",
                    "chart",
                )
            expression = parse(mark[1])
            words = printed(evaluate(expression, self._known, self._hints), self.supply.wording)
        except FigureError as error:
            if error.code == "figure-syntax":
                error.hint = self._hints.get(error.word) or error.hint
            return _Filled(written, "?", "?", "?", problem=_problem(error, mark, source))
        element = _element(words, " ".join(mark[1].split()))
        table = expression.reference.partition(".")[0]
        linked = f'<a class="figure-link" href="#data:{table}">{element}</a>'
        return _Filled(written, words.text, element, linked, _shown(expression, self._known))

    def _chart(
        self, mark: re.Match[str], source: MarkdownSource, references: References
    ) -> _Filled:
        written = source.text[mark.start() : mark.end()]
        try:
            if not (source.is_body and _stands_alone(source.text, *mark.span())):
                raise FigureError(
                    "chart-place",
                    "a chart stands on a line of its own",
                    "put it into the text, with an empty line above and below it",
                    "chart",
                )
            # The source's own text: option values must not be blanked.
            asked = directive(source.text[mark.start(1) : mark.end(1)])
            chart = self._asked(asked)
        except FigureError as error:
            return _Filled(written, problem=_problem(error, mark, source))
        span = source.at(*mark.span())
        if chart.id in references.ids:
            references.report(
                "duplicate-chart",
                f"'{asked.reference}' is drawn twice in the same way",
                span,
                "name other rows, or another kind of chart",
            )
            return _Filled(written)
        references.ids.add(chart.id)
        name = asked.reference.partition(".")[0]
        links = ChartLinks(*(
            references.link(address, span)
            for address in (
                f"{DATA}{name}/",
                f"{DATA}{name}.csv",
                f"{DATA}{name}.json",
                chart_path(self.supply.path, chart),
            )
        ))  # fmt: skip
        self.drawn.append(chart)
        self._html.append(figure(chart, self.supply.wording, links))
        token = f"\ufdd4{len(self._html) - 1}\ufdd5"
        return _Filled(written, "", token, token)

    def _asked(self, asked: Directive) -> Chart:
        data = dict(self.supply.named.charts).get(asked.data)
        if data is None:  # what is in code or a comment was not looked for
            raise FigureError("chart-syntax", "a chart holds no code", "take ` and <!-- out")
        if isinstance(data, Refusal):
            raise data.error()
        kinds = [kind.value for kind in ChartKind]
        if asked.kind and asked.kind not in kinds:
            raise FigureError(
                "chart-kind",
                f"there is no chart of the kind '{asked.kind}'",
                did_you_mean(asked.kind, kinds),
                asked.kind,
            )
        kind = ChartKind(asked.kind) if asked.kind else charts.default_kind(data)
        if problem := charts.problem(kind, data):
            raise FigureError("chart-kind", *problem, asked.kind or asked.reference)
        name = "-".join([asked.reference.replace(".", "-"), kind.value, *asked.rows])
        return Chart(f"chart:{name}", kind, asked.title or data.title, asked.note, data)


def _shown(expression: Expression, known: Mapping[str, Figure]) -> tuple[str, ...]:
    """The figures that what is printed depends on: for a share, the total too."""
    totals = (
        f"{known[expression.reference].table}.total"
        for step in expression.steps
        if step.name == "share" and known[expression.reference].whole is not None
    )
    return (*expression.references, *totals)


def _element(words: Printed, named: str) -> str:
    """The figure in HTML, with its value for machines and what it is ``named`` in the source."""
    text, value, name = escape(words.text), escape(words.value), escape(named)
    if words.unit == "date":
        return f'<time datetime="{value}" data-figure="{name}">{text}</time>'
    unit = f' data-unit="{escape(words.unit)}"' if words.unit else ""
    return f'<data class="figure" value="{value}"{unit} data-figure="{name}">{text}</data>'


def _problem(error: FigureError, mark: re.Match[str], source: MarkdownSource) -> Diagnostic | None:
    """What is wrong, at the word that is meant, or else at the mark."""
    if error.code == UNTOLD:
        return None
    start, end = mark.span()
    inside = source.text[start + 2 : end - 2]
    # What is wrong is more often in a step than in what it begins with; and a neighbour may be
    # named without what stands before its dot.
    for word in (error.word, error.word.rpartition(".")[2]):
        at = place_in_chart(inside, word) if is_chart(inside) else inside.rfind(word)
        if word and at >= 0:
            at += start + 2
            return Diagnostic(error.code, error.message, source.at(at, at + len(word)), error.hint)
    return Diagnostic(error.code, error.message, source.at(start, end), error.hint)


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether there is an empty line, or the text's end, above and below ``text[start:end]``."""
    line_above = text.rfind("\n", 0, max(text.rfind("\n", 0, start), 0))
    return bool(
        _LINE_BEFORE.search(text, max(line_above, 0), start) and _LINE_BEHIND.match(text, end)
    )
