"""``aicareers check``."""

from __future__ import annotations

import sys
from importlib.util import find_spec
from typing import TYPE_CHECKING

import click

from aicareers_site.command_options import with_common_options

if TYPE_CHECKING:
    from aicareers_site.run import Options


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
@click.pass_context
def check_command(
    context: click.Context, options: Options, *, figures: bool, external: bool, form: str
) -> None:
    """Check the site without publishing it.

    All that a build reports; which data tables are due for review; and what an editor may want to
    think about again, from alternative texts to passages that stand in two articles.
    """
    from aicareers_site.checking import Check
    from aicareers_site.reports import (
        CheckReport,
        DocumentReport,
        HumanCheckReport,
        JsonCheckReport,
    )

    if external and find_spec("httpx") is None:
        raise click.UsageError("--external needs: pip install 'aicareers-site[external]'")
    run = Check(
        options,
        figures=figures,
        external=external,
        shows_progress=form == "human" and sys.stderr.isatty(),
    )
    run.execute()
    report: CheckReport = DocumentReport("check", form)
    if form == "json":
        report = JsonCheckReport()
    elif form == "human":
        report = HumanCheckReport()
    report.show(run)
    context.exit(run.exit_code)
