"""From a view to the bytes of a page, through a Jinja template.

Templates are given as texts, so that rendering reads no file. An undefined variable is an error,
and so is a template that cannot be parsed: both as diagnostics at the template's line.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from jinja2 import (
    DictLoader,
    Environment,
    StrictUndefined,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
)

from aicareers_site.diagnostics import Diagnostic, Outcome, Span, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import TracebackType

    from aicareers_site.views import SiteHeader, View

FOLDER = "templates/"


@dataclass(frozen=True, slots=True)
class Output:
    """A file of the site: its path below the output folder, with forward slashes, and its bytes."""

    path: str
    content: bytes


class Templates:
    """The theme's templates, ready to render.

    ``texts`` maps names below ``templates/`` (``article.html``) to their text; ``header`` is the
    part of the site that every page sees, as ``site``.
    """

    def __init__(self, texts: Mapping[str, str], header: SiteHeader) -> None:
        self._texts = texts
        self._environment = Environment(
            loader=DictLoader(texts),
            undefined=StrictUndefined,
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            auto_reload=False,
        )
        self._environment.globals = {"site": header}

    def check(self) -> tuple[Diagnostic, ...]:
        """Problems that show without rendering anything: syntax, in every template."""
        found = []
        for name, text in sorted(self._texts.items()):
            try:
                self._environment.parse(text, name, name)
            except TemplateSyntaxError as error:
                found.append(self._diagnostic(name, error))
        return tuple(found)

    def render(self, name: str, view: View, path: str) -> Outcome[Output | None]:
        """The page at ``path`` made by the template ``name``, which sees ``view`` as ``page``."""
        try:
            html = self._environment.get_template(name).render(page=view)
        except Exception as error:
            return Outcome(None, (self._diagnostic(name, error, f" while making {path}"),))
        return Outcome(Output(path, html.encode()))

    def _diagnostic(self, name: str, error: Exception, doing: str = "") -> Diagnostic:
        if isinstance(error, TemplateNotFound):
            missing = str(error.name)
            where, line = _place(error.__traceback__, self._texts) or (name, 0)
            return Diagnostic(
                "template-missing",
                f"there is no template '{missing}'",
                self._span(where, line, missing),
                did_you_mean(missing, self._texts),
            )
        message = str(error)
        if isinstance(error, TemplateSyntaxError):
            return Diagnostic(
                "template-syntax",
                error.message or message,
                self._span(error.name or name, error.lineno, ""),
                "see Jinja's template designer documentation",
            )
        where, line = _place(error.__traceback__, self._texts) or (name, 0)
        undefined = re.search(r"'([^']+)'(?: is undefined)?$", message)
        kind = (
            "template-undefined" if "undefined" in message or "has no attribute" in message else ""
        )
        return Diagnostic(
            kind or "template-error",
            (message if isinstance(error, TemplateError) else f"{type(error).__name__}: {message}")
            + doing,
            self._span(where, line, undefined.group(1) if undefined else ""),
            "templates see 'page', the view in src/aicareers_site/views.py, and 'site'",
        )

    def _span(self, name: str, line: int, word: str) -> Span:
        lines = self._texts.get(name, "").split("\n")
        if not 0 < line <= len(lines):
            return Span(FOLDER + name)
        text = lines[line - 1]
        found = re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text) if word else None
        if found:
            return Span(FOLDER + name, line, found.start() + 1, found.end() + 1)
        indent = len(text) - len(text.lstrip())
        return Span(FOLDER + name, line, indent + 1, max(indent + 2, len(text.rstrip()) + 1))


def _place(traceback: TracebackType | None, texts: Mapping[str, str]) -> tuple[str, int] | None:
    """The innermost template line of a traceback; Jinja maps compiled code back to templates."""
    place = None
    while traceback is not None:
        filename = traceback.tb_frame.f_code.co_filename
        if filename in texts:
            place = (filename, traceback.tb_lineno)
        traceback = traceback.tb_next
    return place
