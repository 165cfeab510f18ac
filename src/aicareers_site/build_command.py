"""``aicareers build``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from aicareers_site.command_options import with_common_options

if TYPE_CHECKING:
    from aicareers_site.run import Options


@click.command("build")
@with_common_options
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    show_default="public/ in the project",
    help="Where the site goes.",
)
@click.option("--quiet", "-q", is_flag=True, help="Say nothing but what is wrong.")
@click.option("--profile", is_flag=True, help="Tell where the time went, and what was kept.")
@click.pass_context
def build_command(
    context: click.Context,
    options: Options,
    *,
    output: Path | None,
    quiet: bool,
    profile: bool,
    form: str,
) -> None:
    """Build the site.

    All problems are reported together; if there is an error, nothing is published and the output
    folder stays as it was.
    """
    from aicareers_site.reports import BuildReport, DocumentReport, HumanReport, JsonReport
    from aicareers_site.run import Build

    folder = output if output is not None else options.root / "public"
    _refuse_source_folder(folder, options.root)
    report: BuildReport = DocumentReport("build", form)
    if form == "json":
        report = JsonReport(profile=profile)
    elif form == "human":
        report = HumanReport(quiet=quiet, profile=profile)
    shows_progress = form == "human" and not quiet and sys.stderr.isatty()
    run = Build(options, folder, shows_progress=shows_progress)
    run.execute()
    report.show(run)
    context.exit(run.exit_code)


def _refuse_source_folder(folder: Path, root: Path) -> None:
    """The next build would take a site in there for sources."""
    from aicareers_site.files import FOLDERS

    for name in FOLDERS:
        if folder.resolve().is_relative_to((root / name).resolve()):
            raise click.BadParameter(
                f"{folder} is in the folder {name}/ of sources", param_hint="--output"
            )
