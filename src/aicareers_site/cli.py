"""The command line: arguments, messages, exit codes.

Exit codes: 0 built, or checked; 1 errors in content, templates or data, or in the output folder,
and nothing was published; 2 wrong usage or configuration.
"""

from __future__ import annotations

import functools
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from aicareers_site import __version__

if TYPE_CHECKING:
    from collections.abc import Callable

    from aicareers_site.run import Options


class _Moment(click.ParamType[datetime]):
    name = "ISO 8601"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> datetime:
        try:
            moment = value if isinstance(value, datetime) else datetime.fromisoformat(value)
        except ValueError:
            self.fail(f"'{value}' is no date and time, such as 2026-04-22T12:00:00Z", param, ctx)
        return moment


class _BaseUrl(click.ParamType[str]):
    name = "URL"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        from aicareers_site.configuration import base_url

        try:
            return base_url(str(value))
        except ValueError as error:
            self.fail(str(error), param, ctx)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="aicareers")
def main() -> None:
    """Build a static site for a statistics-heavy blog from Markdown articles."""


_COMMON = (
    click.option(
        "--root",
        type=click.Path(path_type=Path, file_okay=False),
        default=Path(),
        show_default="this folder",
        help="The project: the folder that holds site.yaml, content/, templates/ and static/.",
    ),
    click.option(
        "--base-url", type=_BaseUrl(), help="The home page's address, if not site.yaml's."
    ),
    click.option(
        "--now",
        type=_Moment(),
        show_default="the clock",
        help="The moment for which to build: later articles are held back. Without an offset, in "
        "the site's time zone.",
    ),
    click.option("--drafts", is_flag=True, help="Publish drafts too."),
    click.option("--future", is_flag=True, help="Publish articles with a future date too."),
    click.option(
        "--jobs", type=click.IntRange(min=1), show_default="all cores", help="How many processes."
    ),
    click.option(
        "--cache-dir",
        type=click.Path(path_type=Path, file_okay=False),
        show_default=".aicareers-cache/ in the project",
        help="Where results are kept from one build to the next.",
    ),
    click.option("--no-cache", is_flag=True, help="Make everything anew, and keep nothing."),
    click.option("--strict", is_flag=True, help="Take warnings for errors."),
    click.option(
        "--format",
        "form",
        type=click.Choice(["human", "json"]),
        default="human",
        show_default=True,
        help="How to report: in words, or as one JSON object on standard output.",
    ),
)


def _with_common_options(command: Callable[..., None]) -> Callable[..., None]:
    """The command with the options that all of them have, most of which become ``options``."""

    @functools.wraps(command)
    def with_options(
        *,
        root: Path,
        base_url: str | None,
        now: datetime | None,
        drafts: bool,
        future: bool,
        jobs: int | None,
        cache_dir: Path | None,
        no_cache: bool,
        strict: bool,
        **own: Any,
    ) -> None:
        from aicareers_site.run import Options

        results = None if no_cache else cache_dir or root / ".aicareers-cache"
        options = Options(root, base_url, now, drafts, future, jobs, results, strict)
        command(options, **own)

    return functools.reduce(lambda made, option: option(made), reversed(_COMMON), with_options)


@main.command("build")
@_with_common_options
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
    from aicareers_site.reports import HumanReport, JsonReport
    from aicareers_site.run import Build

    folder = output if output is not None else options.root / "public"
    _refuse_source_folder(folder, options.root)
    if form == "json":
        report: JsonReport | HumanReport = JsonReport(profile=profile)
    else:
        report = HumanReport(quiet=quiet, profile=profile)
    shows_progress = form != "json" and not quiet and sys.stderr.isatty()
    run = Build(options, folder, shows_progress=shows_progress)
    run.execute()
    report.show(run)
    context.exit(run.exit_code)


@main.command("check")
@_with_common_options
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
    from aicareers_site.reports import HumanCheckReport, JsonCheckReport

    run = Check(options, figures=figures, shows_progress=form != "json" and sys.stderr.isatty())
    run.execute()
    report = JsonCheckReport() if form == "json" else HumanCheckReport()
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
