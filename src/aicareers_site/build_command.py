"""``aicareers build``."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from aicareers_site.command_options import refuse_source, show_problems, with_common_options

if TYPE_CHECKING:
    from aicareers_site.diagnostics import Outcome
    from aicareers_site.manifest import Manifest
    from aicareers_site.run import Options


@click.command("build")
@with_common_options
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    show_default="public/ in the project",
    help="Where the site goes.",
)
@click.option(
    "--manifest",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write down there, as JSON, what went into the site and what came out. With --verify: the "
    "base URL, moment, --drafts and --future are those that stand there.",
)
@click.option(
    "--verify",
    is_flag=True,
    help="Change nothing: tell whether each byte in the output folder is what the sources give.",
)
@click.option("--quiet", "-q", is_flag=True, help="Say nothing but what is wrong.")
@click.option("--profile", is_flag=True, help="Tell where the time went, and what was kept.")
@click.pass_context
def build_command(
    context: click.Context,
    options: Options,
    *,
    output: Path | None,
    manifest: Path | None,
    verify: bool,
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
    refuse_source(folder, options.root, "--output")
    if manifest is not None:
        refuse_source(manifest, options.root, "--manifest")
    shows_progress = form == "human" and not quiet and sys.stderr.isatty()
    if verify:
        context.exit(_verify(options, folder, manifest, form, quiet, shows_progress))
    if manifest is not None:
        _refuse_what_is_no_manifest(manifest)
    report: BuildReport = DocumentReport("build", form)
    if form == "json":
        report = JsonReport(profile=profile)
    elif form == "human":
        report = HumanReport(quiet=quiet, profile=profile)
    run = Build(options, folder, manifest, shows_progress=shows_progress)
    run.execute()
    report.show(run)
    context.exit(run.exit_code)


def _verify(
    options: Options, folder: Path, manifest: Path | None, form: str, quiet: bool, shows: bool
) -> int:
    """Compare the folder with what the sources give; the exit code."""
    from aicareers_site.reports import DocumentReport, HumanVerdict, JsonVerdict, VerdictReport
    from aicareers_site.run import USAGE_ERROR
    from aicareers_site.verifying import Verification

    claim = None
    if manifest is not None:
        read = _claim(manifest)
        show_problems(read.diagnostics, {})
        if read.value is None:
            return USAGE_ERROR
        claim = read.value
        options = _as_claimed(options, claim)
    report: VerdictReport = DocumentReport("build", form)
    if form == "json":
        report = JsonVerdict()
    elif form == "human":
        report = HumanVerdict(quiet=quiet)
    run = Verification(options, folder, manifest, claim, shows_progress=shows)
    run.execute()
    report.show(run)
    return run.exit_code


def _refuse_what_is_no_manifest(file: Path) -> None:
    from aicareers_site.manifest import BEGINNING
    from aicareers_site.output_folder import RESERVED

    try:
        with file.open("rb") as there:
            is_ours = there.read(len(BEGINNING)) == BEGINNING
    except FileNotFoundError:
        is_ours = not file.name.startswith(RESERVED)
    except OSError as error:
        raise click.BadParameter(
            f"{file} cannot be read: {error.strerror}", param_hint="--manifest"
        ) from None
    if not is_ours:
        raise click.BadParameter(
            f"{file} is no manifest, and would be overwritten", param_hint="--manifest"
        )


def _claim(file: Path) -> Outcome[Manifest | None]:
    """What the manifest in the file says."""
    from aicareers_site import manifest

    try:
        return manifest.read(file.as_posix(), file.read_bytes())
    except OSError as error:
        raise click.BadParameter(
            f"{file} cannot be read: {error.strerror}", param_hint="--manifest"
        ) from None


def _as_claimed(options: Options, claim: Manifest) -> Options:
    """The options with what the manifest says of the build where they say nothing themselves."""
    request = claim.request
    return replace(
        options,
        base_url=options.base_url or claim.base_url,
        now=options.now or request.now,
        drafts=options.drafts or request.drafts,
        future=options.future or request.future,
    )
