"""From what a page is made of to its bytes: its view, through its template."""

from __future__ import annotations

import marshal
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from aicareers_site.fingerprints import Keyed, fingerprint
from aicareers_site.results import Made
from aicareers_site.template_closure import closure

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from aicareers_site.diagnostics import Diagnostic
    from aicareers_site.page_parts import Parts
    from aicareers_site.render import Templates
    from aicareers_site.results import Body
    from aicareers_site.views import SiteHeader, View


class Theme(NamedTuple):
    """The texts of all templates, by name, and what they were compiled to."""

    texts: Mapping[str, str]
    codes: Body


class Template(NamedTuple):
    """A template of a theme."""

    name: str
    theme: Keyed[Theme]


class Context(NamedTuple):
    """What many pages of one sort share."""

    template: Keyed[Template]
    header: Keyed[SiteHeader]
    parts: Keyed[Parts]
    make: Callable[..., View]


class Job(NamedTuple):
    """All that a page's bytes depend on. ``path`` is the page's, to tell of in diagnostics."""

    path: str
    context: Keyed[Context]
    arguments: tuple[Any, ...]


def theme_of(texts: Mapping[str, str], codes: Body) -> Keyed[Theme]:
    """The theme; its texts stand for it."""
    return Keyed(Theme(texts, codes), fingerprint(texts))


def template_of(theme: Keyed[Theme], name: str) -> Keyed[Template]:
    """The template ``name``; it and those that it refers to stand for it, not the whole theme."""
    texts = theme.value.texts
    used = [(other, texts[other]) for other in closure(texts, name)]
    return Keyed(Template(name, theme), fingerprint((name, used)))


def checked(texts: Mapping[str, str]) -> Made[tuple[Diagnostic, ...]]:
    """Problems of the theme that show without rendering anything; its codes for :class:`Theme`."""
    return _checked(tuple(texts.items()))


# Compiling takes most of a small site's time, and a process may build several of one theme.
@lru_cache(maxsize=4)
def _checked(texts: tuple[tuple[str, str], ...]) -> Made[tuple[Diagnostic, ...]]:
    from aicareers_site.render import Templates

    templates = Templates(dict(texts))
    found = templates.check()
    return Made(found, b"" if found else marshal.dumps(templates.codes))


def printed(job: Job) -> Made[tuple[Diagnostic, ...]]:
    """The page's bytes, and what is wrong with its template."""
    context = job.context.value
    template = context.template.value
    templates = _templates(template.theme, context.header)
    view = context.make(context.parts.value, *job.arguments)
    rendered = templates.render(template.name, view, job.path)
    return Made(rendered.diagnostics, rendered.value or b"")


@lru_cache(maxsize=1)
def _templates(theme: Keyed[Theme], header: Keyed[SiteHeader]) -> Templates:
    """The templates for the pages of one site: what they import sees its header, and stays."""
    from aicareers_site.render import Templates

    codes = theme.value.codes.content()
    templates = Templates(theme.value.texts, marshal.loads(codes) if codes else {})
    templates.show(header.value)
    return templates
