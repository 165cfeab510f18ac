"""What the preview says in the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from aicareers_site.diagnostics import Severity, as_text, in_order

if TYPE_CHECKING:
    from aicareers_site.diagnostics import Diagnostic
    from aicareers_site.preview_state import State


class PreviewReport:
    """Words for people: where the preview is, and each problem once, until it comes again."""

    def __init__(self) -> None:
        self._told: tuple[Diagnostic, ...] = ()

    def begin(self, origin: str, wanted: int, port: int) -> None:
        """Say where the preview is; ``wanted`` is the port that was asked for."""
        if port != wanted:
            click.echo(f"Port {wanted} is in use; taking {port}.")
        click.echo(f"Preview: {origin}/ (Ctrl-C ends it)")

    def say(self, state: State) -> None:
        """Tell what has become of the problems."""
        found = in_order(state.diagnostics)
        for diagnostic in found:
            if diagnostic not in self._told:
                click.echo(as_text(diagnostic, state.sources), err=True)
        had_errors = any(one.severity is Severity.ERROR for one in self._told)
        if state.errors:
            shown = "The preview shows the last pages without errors."
            if not state.files:
                shown = "There are no pages yet: the preview shows them once this is mended."
            click.echo(shown, err=True)
        elif had_errors:
            click.echo("No errors any more.")
        self._told = found
