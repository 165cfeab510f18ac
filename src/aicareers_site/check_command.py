"""``aicareers check``."""

from __future__ import annotations

import sys
from importlib.util import find_spec
from typing import TYPE_CHECKING

import click

from aicareers_site.command_options import with_common_options

if TYPE_CHECKING:
    from aicareers_site.run import Options

_ROUNDS = 9
"""How often slips are looked for that show only when another one is mended."""


@click.command("check")
@with_common_options
@click.option(
    "--figures",
    is_flag=True,
    help="Look for numbers that are written by hand in market and country articles, too.",
)
@click.option(
    "--external",
    is_flag=True,
    help="Ask other sites whether links to them still lead somewhere; answers are kept a while.",
)
@click.option(
    "--fix",
    is_flag=True,
    help="Mend slips of which the hint says all that is to be written, and tell which.",
)
@click.pass_context
def check_command(
    context: click.Context, options: Options, *, figures: bool, external: bool, fix: bool, form: str
) -> None:
    """Check the site without publishing it.

    All that a build reports; which data tables are due for review; and what an editor may want to
    think about again, from alternative texts to passages that stand in two articles.
    """
    from aicareers_site.checking import Check
    from aicareers_site.mending import mend
    from aicareers_site.reports import (
        CheckReport,
        DocumentReport,
        HumanCheckReport,
        JsonCheckReport,
    )

    if external and find_spec("httpx") is None:
        raise click.UsageError("--external needs: pip install 'aicareers-site[external]'")

    def checked() -> Check:
        shows = form == "human" and sys.stderr.isatty()
        run = Check(options, figures=figures, external=external, shows_progress=shows)
        run.execute()
        return run

    run = checked()
    for _ in range(_ROUNDS if fix else 0):
        mended = mend(options.root, run.sources, run.diagnostics)
        for one in mended:
            click.echo(one, err=True)
        if not mended:
            break
        run = checked()
    report: CheckReport = DocumentReport("check", form)
    if form == "json":
        report = JsonCheckReport()
    elif form == "human":
        report = HumanCheckReport()
    report.show(run)
    context.exit(run.exit_code)
