"""Where things stand in the text of a Jinja template, and what can be checked without rendering."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from jinja2 import Environment, TemplateSyntaxError, nodes

from aicareers_site.diagnostics import Diagnostic, Span, did_you_mean
from aicareers_site.documents import span_at
from aicareers_site.template_closure import FOLDER

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

_REFERENCES = (nodes.Extends, nodes.FromImport, nodes.Import, nodes.Include)
_LEXER = Environment(autoescape=True)


@dataclass(frozen=True, slots=True)
class _Word:
    """A name or a text in quotation marks in the template's code, and where it starts."""

    text: str
    line: int
    start: int
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
    for found in _words(text):
        same = found.text == word and found.is_attribute == is_attribute
        if same and found.line >= line:
            return span_at(FOLDER + name, text, found.start, found.start + len(word))
    return line_span(name, text, line)


def _words(text: str) -> Iterator[_Word]:
    """Names and quoted texts, in order; nothing that readers see in the page."""
    position, before = 0, ""
    for line, kind, value in _tokens(text):
        # The lexer drops white space here and there, but nothing else.
        start = text.find(value, position)
        position = start + len(value)
        if kind == "name":
            yield _Word(value, line, start, before == ".")
        elif kind == "string":
            yield _Word(value[1:-1], line, start + 1, before == "[")
        if kind != "whitespace":
            before = value


@lru_cache(maxsize=2)
def _tokens(text: str) -> Sequence[tuple[int, str, str]]:
    try:
        return tuple(_LEXER.lex(text))
    except TemplateSyntaxError:
        return ()


_TAGS = (
    *("autoescape", "block", "call", "extends", "filter", "for", "from", "if", "import"),
    *("include", "macro", "print", "raw", "set", "with"),
)


_MOST_STEPS = 100
"""Steps of an expression. Python takes seconds for some hundreds, since each makes a bracket."""

TOO_MANY_STEPS = f"this expression has more than {_MOST_STEPS} steps, one on what the other gives"


def too_long(tree: nodes.Template) -> int:
    """The line of an expression of too many steps; 0 if there is none."""
    waiting: list[tuple[nodes.Node, int]] = [(tree, 0)]
    while waiting:
        node, steps = waiting.pop()
        if steps > _MOST_STEPS:
            return node.lineno
        waiting += (
            (child, steps + 1 if isinstance(child, nodes.Expr) else 0)
            for child in node.iter_child_nodes()
        )
    return 0


def syntax_hint(message: str) -> str:
    """What helps where Jinja says ``message`` of a template that it cannot read."""
    if twice := re.fullmatch("block '(.*)' defined twice", message):
        shown = f"{{{{ self.{twice[1]}() }}}}"
        return f"write {shown} where it is to be shown again, or call this block something else"
    if message == TOO_MANY_STEPS:
        return "give what some of them make a name, with {% set name = … %}"
    if re.match(r"unexpected char '[“”„‟‘’‚«»]'", message):
        return "write straight quotation marks, \" or '"
    if message.startswith("unexpected '}'"):
        return "write }} where a value ends, and %} where a tag does"
    unknown = re.match("Encountered unknown tag '(.*?)'", message)
    awaited = re.search("looking for(?: the following tags:)? .*?'(end[a-z]+)'", message)
    if unknown and not unknown[1].startswith(("else", "elif", "end")):
        known = [*_TAGS, *(f"end{tag}" for tag in _TAGS)]
        return did_you_mean(unknown[1], known) or "use one of: " + ", ".join(_TAGS)
    if awaited:
        end = awaited[1]
        return f"write {{% {end} %}} where the {{% {end.removeprefix('end')} %}} ends"
    if unknown:
        return "take it out, or write the tag that it belongs to above it"
    return "look for a missing bracket, quotation mark or end tag, such as {% endif %}"


def problems(
    environment: Environment, tree: nodes.Template, names: Collection[str], name: str, text: str
) -> Iterator[Diagnostic]:
    """What is wrong with a template even where no page comes by.

    Filters and tests must exist, and other templates be named outright (``template-dynamic``),
    for a name that is computed hides on what a page depends. ``tree`` is the ``text`` parsed,
    ``names`` are all templates.
    """
    for used in tree.find_all((*_REFERENCES, nodes.Filter, nodes.Test)):
        if isinstance(used, _REFERENCES):
            yield from _reference_problems(used.template, names, name, text)
        elif isinstance(used, nodes.Filter) and used.name not in environment.filters:
            yield _unknown("filter", used, environment.filters, name, text)
        elif isinstance(used, nodes.Test) and used.name not in environment.tests:
            yield _unknown("test", used, environment.tests, name, text)


def _unknown(
    what: str, used: nodes.Filter | nodes.Test, offered: Collection[str], name: str, text: str
) -> Diagnostic:
    return Diagnostic(
        "template-syntax",
        f"there is no {what} '{used.name}'",
        word_span(name, text, used.lineno, used.name),
        did_you_mean(used.name, offered),
    )


def _reference_problems(
    target: nodes.Expr, names: Collection[str], name: str, text: str
) -> Iterator[Diagnostic]:
    """What is wrong with the naming of another template."""
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
