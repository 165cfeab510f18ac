"""``aicareers check``."""

from __future__ import annotations

import sys
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
@click.pass_context
def check_command(context: click.Context, options: Options, *, figures: bool, form: str) -> None:
    """Check the site without publishing it.

    All that a build reports, and which data tables are due for review.
    """
    from aicareers_site.checking import Check
    from aicareers_site.reports import (
        CheckReport,
        DocumentReport,
        HumanCheckReport,
        JsonCheckReport,
    )

    run = Check(options, figures=figures, shows_progress=form == "human" and sys.stderr.isatty())
    run.execute()
    report: CheckReport = DocumentReport("check", form)
    if form == "json":
        report = JsonCheckReport()
    elif form == "human":
        report = HumanCheckReport()
    report.show(run)
    context.exit(run.exit_code)
