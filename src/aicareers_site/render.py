"""From a view to the bytes of a page, through a Jinja template.

Templates are given as texts, so that rendering reads no file. An undefined variable is an error,
and so is a template that cannot be parsed: both as diagnostics at the template's line.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from decimal import Decimal
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

import markupsafe
from jinja2 import (
    BaseLoader,
    Environment,
    StrictUndefined,
    TemplateNotFound,
    TemplateSyntaxError,
    UndefinedError,
    nodes,
)
from jinja2.compiler import CodeGenerator, Frame
from jinja2.utils import missing
from markupsafe import Markup, escape

from aicareers_site.diagnostics import Diagnostic, Outcome, Span, did_you_mean
from aicareers_site.template_closure import FOLDER
from aicareers_site.template_source import (
    TOO_MANY_STEPS,
    line_span,
    problems,
    syntax_hint,
    too_long,
    word_span,
)

if TYPE_CHECKING:
    from collections.abc import Callable, MutableMapping, Sequence
    from types import CodeType, TracebackType

    from jinja2 import Template

    from aicareers_site.views import SiteHeader, View

# The part of ``escape`` that escapes; making a Markup of the result takes longer than that, and a
# page's text has no use for it. No promise of markupsafe's, so without it there is ``escape``.
_escaped: Callable[[str], str] = getattr(markupsafe, "_escape_inner", escape)

_DEEP = "close what was opened, or move what is inside to a template of its own"
_AGAIN = 3  # how often a template may come by on the way to a place without going in circles
_ROUND = "take out the {% include %}, {% extends %} or macro that leads back to where it began"
_MEMORY = "look for what is repeated without end, such as a text times a number"
_WRONG_USE = "look which value the line uses as something that it is not, such as text as a number"


class _Undefined(StrictUndefined):
    """An undefined value whose error says what there is instead, on a second line."""

    @property
    def _undefined_message(self) -> str:
        name, owner = self._undefined_name, self._undefined_obj
        if self._undefined_hint:
            return self._undefined_hint
        if owner is missing:
            return f"there is no variable '{name}'"
        if owner is None:
            return (
                f"an empty value has no attribute '{name}'\ntest the value first, with {{% if … %}}"
            )
        what, hint = type(owner).__name__, ""
        if isinstance(owner, str):
            what, hint = "a text", "print it as it is, or look for the value that has more in it"
        elif isinstance(owner, list | tuple) and not _parts(owner):
            what = "a list"
            hint = f"go through it: {{% for one in … %}}, and then write one.{name}"
        elif isinstance(owner, int | float | Decimal):
            what, hint = "a number", "print it as it is, or look for the value that has more in it"
        hint = hint or did_you_mean(str(name), _parts(owner)) or f"it has: {_listed(owner)}"
        return f"{what} has no attribute '{name}'\n{hint}"


def _parts(value: object) -> list[str]:
    """What a template may ask ``value`` for: its entries or fields, in alphabetical order."""
    if isinstance(value, Mapping):
        return sorted(map(str, value))
    general = {*dir(tuple), *dir(object)}
    return [name for name in dir(value) if not (name.startswith("_") or name in general)]


def _listed(value: object) -> str:
    return ", ".join(_parts(value))


class _CodeGenerator(CodeGenerator):
    """Writes templates' code so that values are printed by :meth:`_Environment.printed`."""

    def _output_child_pre(
        self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo
    ) -> None:
        if frame.eval_ctx.autoescape and not frame.eval_ctx.volatile:
            self.write("environment.printed(")
        else:
            super()._output_child_pre(node, frame, finalize)


class _Environment(Environment):
    code_generator_class = _CodeGenerator

    @staticmethod
    def printed(value: Any) -> str:
        """What ``escape`` makes of the value, quicker for what nearly all values are."""
        kind = type(value)
        if kind is str:
            return _escaped(value)
        return value if kind is Markup else escape(value)


class _Loader(BaseLoader):
    """Makes templates from their ``texts``, and neither parses nor compiles any twice.

    The name of a text's file marks its lines in tracebacks.
    """

    def __init__(self, texts: Mapping[str, str], codes: Mapping[str, CodeType]) -> None:
        self.codes = {**codes}
        self._texts = texts
        self._trees: dict[str, nodes.Template] = {}

    def tree(self, environment: Environment, name: str) -> nodes.Template:
        """The template parsed; TemplateSyntaxError if it is none."""
        if name not in self._trees:
            tree = environment.parse(self._texts[name], name, FOLDER + name)
            if line := too_long(tree):
                raise TemplateSyntaxError(TOO_MANY_STEPS, line, name, FOLDER + name)
            self._trees[name] = tree
        return self._trees[name]

    def load(
        self,
        environment: Environment,
        name: str,
        globals: MutableMapping[str, Any] | None = None,  # noqa: A002
    ) -> Template:
        if name not in self._texts:
            raise TemplateNotFound(name)
        if name not in self.codes:
            tree = self.tree(environment, name)
            self.codes[name] = environment.compile(tree, name, FOLDER + name)
            del self._trees[name]
        return environment.template_class.from_code(
            environment, self.codes[name], {} if globals is None else globals
        )


class Templates:
    """The theme's templates, ready to render.

    ``texts`` maps names below ``templates/`` (``article.html``) to their text. ``codes`` are those
    of templates that were compiled before from the same texts.
    """

    def __init__(
        self, texts: Mapping[str, str], codes: Mapping[str, CodeType] | None = None
    ) -> None:
        self._texts = texts
        self._loader = _Loader(texts, codes or {})
        self._environment = _Environment(
            loader=self._loader,
            undefined=_Undefined,
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            auto_reload=False,
            cache_size=-1,
        )
        self._environment.globals = {}
        # Without this, an undefined value in JSON would be a riddle about types.
        self._environment.policies["json.dumps_kwargs"] = {"sort_keys": True, "default": str}

    @property
    def codes(self) -> dict[str, CodeType]:
        """All templates that have been compiled so far, by name."""
        return self._loader.codes

    def show(self, header: SiteHeader) -> None:
        """Let every page see ``header`` as ``site``; to be called before rendering."""
        self._environment.globals["site"] = header

    def check(self) -> tuple[Diagnostic, ...]:
        """Problems that show without rendering anything, in every template.

        Syntax, filters and tests (``template-syntax``), templates that do not exist
        (``template-missing``) or whose name is computed (``template-dynamic``).
        """
        found: list[Diagnostic] = []
        for name, text in sorted(self._texts.items()):
            try:
                tree = self._loader.tree(self._environment, name)
                wrong = list(problems(self._environment, tree, self._texts, name, text))
                found += wrong
                if not wrong:
                    self._environment.get_template(name)
            except TemplateSyntaxError as error:
                found.append(self._syntax_error(error, name))
            except (RecursionError, SyntaxError):  # Python's, of what Jinja makes of the template
                message = "blocks or brackets are nested too deep"
                found.append(Diagnostic("template-syntax", message, Span(FOLDER + name), _DEEP))
        return tuple(found)

    def render(self, name: str, view: View, path: str) -> Outcome[bytes | None]:
        """The bytes of the page at ``path``: what the template ``name`` makes of ``view``.

        The template sees the view as ``page``.

        None with ``template-undefined`` or ``template-error``, besides the codes of
        :meth:`check`, where the template fails; ``related`` names the page.
        """
        try:
            html = self._environment.get_template(name).render(page=view)
        except Exception as error:  # a filter or an attribute may raise anything
            return Outcome(None, (self._diagnostic(name, view, error, path),))
        return Outcome(html.encode())

    def _diagnostic(self, name: str, view: View, error: Exception, path: str) -> Diagnostic:
        if isinstance(error, TemplateSyntaxError):
            return self._syntax_error(error, name)
        way = self._way(error.__traceback__)
        where, line = way[-1] if way else (name, 0)
        text = self._texts.get(where, "")
        if isinstance(error, TemplateNotFound):
            wanted = str(error.name)
            return Diagnostic(
                "template-missing",
                f"there is no template '{wanted}'",
                word_span(where, text, line, wanted),
                did_you_mean(wanted, self._texts),
            )
        page = (Span(path),)
        if isinstance(error, UndefinedError):
            message, _, hint = str(error).partition("\n")
            span = self._undefined_span(where, line, message)
            hint = hint or self._instead(message, view)
            return Diagnostic("template-undefined", message, span, hint, related=page)
        message, hint = f"{type(error).__name__}: {error}", _WRONG_USE
        if isinstance(error, RecursionError):
            if circle := _circle(way):
                return self._endless(circle, page)
            message, hint = "a value is nested too deep", _DEEP
        elif isinstance(error, MemoryError):
            message, hint = "this makes more than the computer has memory for", _MEMORY
        return Diagnostic(
            "template-error", message, line_span(where, text, line), hint, related=page
        )

    def _endless(self, circle: Sequence[tuple[str, int]], page: tuple[Span, ...]) -> Diagnostic:
        """Told where the ``circle`` begins: where Python has had enough of it is chance."""
        (where, line), *others = circle
        through = list(dict.fromkeys(name for name, _ in others))
        message = f"{where} leads back to itself without end"
        if len(through) > 1:
            message += ", through " + " and ".join(name for name in through if name != where)
        span = line_span(where, self._texts.get(where, ""), line)
        return Diagnostic("template-error", message, span, _ROUND, related=page)

    def _instead(self, message: str, view: View) -> str:
        """What to write instead of a name that is not known in any template, or not in this one."""
        if not message.startswith("there is no variable"):
            return "name it as the {% macro %} does, and with all that this wants in its brackets"
        *_, name = re.findall("'([^']*)'", message) or [""]
        seen = {"page": view, "site": self._environment.globals.get("site")}
        for known, value in seen.items():
            if name in _parts(value):
                return f"write {known}.{name}"
            if close := get_close_matches(name, [*_parts(value)], n=1, cutoff=0.8):
                return f"did you mean {known}.{close[0]}?"
        return f"templates see 'page' and 'site'; page has: {_listed(view)}"

    def _undefined_span(self, name: str, line: int, message: str) -> Span:
        """The place of the word that the message names last."""
        *_, word = re.findall("'([^']*)'", message) or [""]
        text = self._texts.get(name, "")
        return word_span(name, text, line, word, is_attribute=" has no attribute " in message)

    def _syntax_error(self, error: TemplateSyntaxError, name: str) -> Diagnostic:
        # The lexer gives the file as the name.
        where = (error.name or name).removeprefix(FOLDER)
        message = error.message or str(error)
        span = line_span(where, self._texts.get(where, ""), error.lineno)
        return Diagnostic("template-syntax", message, span, syntax_hint(message))

    def _way(self, traceback: TracebackType | None) -> list[tuple[str, int]]:
        """The lines of templates in a traceback, the innermost last: Jinja names files so."""
        way = []
        while traceback is not None:
            name = traceback.tb_frame.f_code.co_filename.removeprefix(FOLDER)
            if FOLDER + name == traceback.tb_frame.f_code.co_filename and name in self._texts:
                way.append((name, traceback.tb_lineno))
            traceback = traceback.tb_next
        return way


def _circle(way: Sequence[tuple[str, int]]) -> Sequence[tuple[str, int]]:
    """The part of the ``way`` that comes again and again: from where it is entered, back to there.
    Empty if there is none.
    """
    often = Counter(way)
    start = next((number for number, place in enumerate(way) if often[place] > _AGAIN), None)
    if start is None:
        return ()
    return way[start : way.index(way[start], start + 1) + 1]
