"""``aicareers explain``."""

from __future__ import annotations

import re
import shutil

import click

_WIDEST = 100

_AS_SHOWN = r"(?:error|warning|note)?\[(.*)\]:?"
"""A code with what stands around it in messages."""


@click.command("explain", short_help="Say what the code of a problem means.")
@click.argument("code", required=False)
def explain_command(code: str | None) -> None:
    """Say what the CODE of a problem means, why it matters and how to mend it.

    Codes stand in square brackets behind the word error, warning or note. Without one, all of them
    are listed.
    """
    from aicareers_site import explanations, invocation
    from aicareers_site.diagnostics import did_you_mean

    explained = explanations.shipped()
    if code and (shown := re.fullmatch(_AS_SHOWN, code)):
        code = shown[1]
    width = min(shutil.get_terminal_size().columns, _WIDEST)
    if code is None:
        click.echo(explanations.as_list(explained.values(), width))
    elif code in explained:
        click.echo(explanations.as_text(explained[code], width))
    else:
        hint = did_you_mean(code, explained) or f"'{invocation.command()} explain' lists them all"
        raise click.BadParameter(f"there is no code '{code}'; {hint}", param_hint="CODE")
