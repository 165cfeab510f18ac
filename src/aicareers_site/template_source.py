"""Where things stand in the text of a Jinja template, and what can be checked without rendering."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from jinja2 import Environment, TemplateSyntaxError, nodes

from aicareers_site.diagnostics import Diagnostic, Span, did_you_mean
from aicareers_site.documents import span_at

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

FOLDER = "templates/"
"""The folder of the templates, below the project's root."""

_Reference: TypeAlias = nodes.Extends | nodes.FromImport | nodes.Import | nodes.Include
_REFERENCES = (nodes.Extends, nodes.FromImport, nodes.Import, nodes.Include)
_LEXER = Environment(autoescape=True)


@dataclass(frozen=True, slots=True)
class _Word:
    """A name or a text in quotation marks in the template's code."""

    text: str
    span: Span
    is_attribute: bool


def line_span(name: str, text: str, line: int) -> Span:
    """What stands in the ``line`` of a template, or in the last one that is not blank."""
    lines = text.rstrip().split("\n")
    number = min(line, len(lines))
    if number < 1 or not lines[number - 1].strip():
        return Span(FOLDER + name, max(number, 0))
    written = lines[number - 1]
    column = len(written) - len(written.lstrip()) + 1
    return Span(FOLDER + name, number, column, len(written.rstrip()) + 1)


def word_span(name: str, text: str, line: int, word: str, *, is_attribute: bool = False) -> Span:
    """The first place of ``word`` in the template's code from ``line`` on.

    A variable is not taken for an attribute of that name, nor the other way round. Where the word
    is not found, as it was computed, the span is that of the line.
    """
    for found in _words(name, text):
        same = found.text == word and found.is_attribute == is_attribute
        if same and found.span.line >= line:
            return found.span
    return line_span(name, text, line)


def _words(name: str, text: str) -> Iterator[_Word]:
    """Names and quoted texts, in order; nothing that readers see in the page."""
    position, before = 0, ""
    try:
        tokens = list(_LEXER.lex(text))
    except TemplateSyntaxError:
        return
    for _line, kind, value in tokens:
        # The lexer drops white space here and there, but nothing else.
        start = text.find(value, position)
        position = start + len(value)
        if kind == "name":
            span = span_at(FOLDER + name, text, start, position)
            yield _Word(value, span, before == ".")
        elif kind == "string":
            span = span_at(FOLDER + name, text, start + 1, position - 1)
            yield _Word(value[1:-1], span, before == "[")
        if kind != "whitespace":
            before = value


def problems(
    environment: Environment, names: Collection[str], name: str, text: str
) -> Iterator[Diagnostic]:
    """What is wrong with a template even where no page comes by.

    Filters and tests must exist, and other templates be named outright (``template-dynamic``),
    for a name that is computed hides on what a page depends. ``names`` are all templates.
    TemplateSyntaxError where the text is no template.
    """
    tree = environment.parse(text, name, FOLDER + name)
    references: Iterator[_Reference] = tree.find_all(_REFERENCES)
    for reference in references:
        target = reference.template
        if not isinstance(target, nodes.Const) or not isinstance(target.value, str):
            yield Diagnostic(
                "template-dynamic",
                "a template must be named outright, in quotation marks",
                line_span(name, text, target.lineno),
                'write the name, such as {% include "_figures.html" %}, and choose with {% if %}',
            )
        elif target.value not in names:
            yield Diagnostic(
                "template-missing",
                f"there is no template '{target.value}'",
                word_span(name, text, target.lineno, target.value),
                did_you_mean(target.value, names),
            )
    known = ((nodes.Filter, "filter", environment.filters), (nodes.Test, "test", environment.tests))
    for kind, what, offered in known:
        for used in tree.find_all(kind):
            if used.name not in offered:
                yield Diagnostic(
                    "template-syntax",
                    f"there is no {what} '{used.name}'",
                    word_span(name, text, used.lineno, used.name),
                    did_you_mean(used.name, offered),
                )
