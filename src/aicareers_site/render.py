"""From a view to the bytes of a page, through a Jinja template.

Templates are given as texts, so that rendering reads no file. An undefined variable is an error,
and so is a template that cannot be parsed: both as diagnostics at the template's line.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from jinja2 import (
    Environment,
    FunctionLoader,
    StrictUndefined,
    TemplateNotFound,
    TemplateSyntaxError,
    UndefinedError,
)
from jinja2.utils import missing

from aicareers_site.diagnostics import Diagnostic, Outcome, Span, did_you_mean
from aicareers_site.template_source import FOLDER, line_span, problems, word_span

if TYPE_CHECKING:
    from types import TracebackType

    from aicareers_site.views import SiteHeader, View

_HINT = "templates see 'page', the view in src/aicareers_site/views.py, and 'site'"


@dataclass(frozen=True, slots=True)
class Output:
    """A file of the site: its path below the output folder, with forward slashes, and its bytes."""

    path: str
    content: bytes


class _Undefined(StrictUndefined):
    """An undefined value whose error says what there is instead, on a second line."""

    @property
    def _undefined_message(self) -> str:
        name, owner = self._undefined_name, self._undefined_obj
        if self._undefined_hint:
            return self._undefined_hint
        if owner is missing:
            return f"there is no variable '{name}'\n{_HINT}"
        if owner is None:
            return f"None has no attribute '{name}'\ntest the value first, with {{% if … %}}"
        known = [str(key) for key in owner] if isinstance(owner, Mapping) else dir(owner)
        close = did_you_mean(str(name), (key for key in known if not key.startswith("_")))
        return f"{type(owner).__name__} has no attribute '{name}'\n{close or _HINT}"


class Templates:
    """The theme's templates, ready to render.

    ``texts`` maps names below ``templates/`` (``article.html``) to their text.
    """

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._texts = texts
        self._environment = Environment(
            loader=FunctionLoader(self._load),
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
                wrong = list(problems(self._environment, self._texts, name, text))
                found += wrong
                if not wrong:
                    self._environment.get_template(name)
            except TemplateSyntaxError as error:
                found.append(self._syntax_error(error, name))
        return tuple(found)

    def render(self, name: str, view: View, path: str) -> Outcome[Output | None]:
        """The page at ``path`` made by the template ``name``, which sees ``view`` as ``page``.

        None with ``template-undefined`` or ``template-error``, besides the codes of
        :meth:`check`, where the template fails; ``related`` names the page.
        """
        try:
            html = self._environment.get_template(name).render(page=view)
        except Exception as error:  # a filter or an attribute may raise anything
            return Outcome(None, (self._diagnostic(name, error, path),))
        return Outcome(Output(path, html.encode()))

    def _load(self, name: str) -> tuple[str, str, None] | None:
        """The template as Jinja wants it; its file's name marks its lines in tracebacks."""
        return (self._texts[name], FOLDER + name, None) if name in self._texts else None

    def _diagnostic(self, name: str, error: Exception, path: str) -> Diagnostic:
        if isinstance(error, TemplateSyntaxError):
            return self._syntax_error(error, name)
        where, line = self._place(error.__traceback__) or (name, 0)
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
            return Diagnostic("template-undefined", message, span, hint or _HINT, related=page)
        message = f"{type(error).__name__}: {error}"
        return Diagnostic("template-error", message, line_span(where, text, line), related=page)

    def _undefined_span(self, name: str, line: int, message: str) -> Span:
        """The place of the word that the message names last."""
        *_, word = re.findall("'([^']*)'", message) or [""]
        text = self._texts.get(name, "")
        return word_span(name, text, line, word, is_attribute=" has no attribute " in message)

    def _syntax_error(self, error: TemplateSyntaxError, name: str) -> Diagnostic:
        # The lexer gives the file as the name.
        where = (error.name or name).removeprefix(FOLDER)
        return Diagnostic(
            "template-syntax",
            error.message or str(error),
            line_span(where, self._texts.get(where, ""), error.lineno),
            "see Jinja's template designer documentation",
        )

    def _place(self, traceback: TracebackType | None) -> tuple[str, int] | None:
        """The innermost template line of a traceback, where Jinja has put templates' names."""
        place = None
        while traceback is not None:
            name = traceback.tb_frame.f_code.co_filename.removeprefix(FOLDER)
            if FOLDER + name == traceback.tb_frame.f_code.co_filename and name in self._texts:
                place = (name, traceback.tb_lineno)
            traceback = traceback.tb_next
        return place
