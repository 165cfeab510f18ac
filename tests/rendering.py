"""Rendered bodies, for tests of what prose makes of a text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aicareers_site.prose import Prose, render

if TYPE_CHECKING:
    from aicareers_site.diagnostics import Diagnostic

PATH = "content/articles/a.md"


def prose(body: str) -> Prose:
    """The prose of a body without problems."""
    outcome = render(PATH, body)
    assert outcome.diagnostics == ()
    return outcome.value


def problem(body: str) -> Diagnostic:
    """The one problem of a body."""
    (found,) = render(PATH, body).diagnostics
    return found
