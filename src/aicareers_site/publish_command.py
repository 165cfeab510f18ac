"""``aicareers publish``."""

from __future__ import annotations

import shutil
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import click

from aicareers_site.command_options import refuse_source, with_site_options

if TYPE_CHECKING:
    from aicareers_site.publish_address import Address
    from aicareers_site.publish_target import Target
    from aicareers_site.run import Options


@click.command("publish", short_help="Build the site and send it to where it is served.")
@click.argument("target")
@with_site_options
@click.option("--dry-run", is_flag=True, help="Tell what would change at the target; send nothing.")
@click.option("--squash", is_flag=True, help="On a branch of git, keep but the last commit.")
@click.pass_context
def publish_command(
    context: click.Context,
    options: Options,
    *,
    target: str,
    dry_run: bool,
    squash: bool,
    form: str,
) -> None:
    """Build the site and publish it to TARGET, if there is no error.

    TARGET is a folder, user@host:folder (by rsync over ssh), s3://bucket/prefix, or
    git:repository#branch. Only what has changed is sent, in an order in which readers find a whole
    site at any moment. After a failure, publish again: it goes on from there.
    """
    from aicareers_site import publish_address
    from aicareers_site.publish_report import PublishReport, publish_report
    from aicareers_site.publishing import Publish

    try:
        address = publish_address.read(target)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="TARGET") from None
    if squash and not isinstance(address, publish_address.Branch):
        raise click.UsageError("--squash is for a branch of git")
    shows_progress = form == "human" and sys.stderr.isatty()
    run = Publish(
        options,
        target,
        _target(address, options.root, squash=squash),
        dry_run=dry_run,
        shows_progress=shows_progress,
    )
    run.execute()
    report: PublishReport = publish_report(form)
    report.show(run)
    context.exit(run.exit_code)


def _target(address: Address, root: Path, *, squash: bool) -> Target:
    """What publishes to this address; a usage error where it lacks a tool."""
    from aicareers_site import publish_address

    match address:
        case publish_address.Folder(path):
            from aicareers_site.publish_folder import FolderTarget

            refuse_source(Path(path), root, "TARGET")
            return FolderTarget(Path(path))
        case publish_address.Branch():
            from aicareers_site.publish_git import GitTarget

            _need("git")
            return GitTarget(address, root, squash=squash)
        case publish_address.Host():
            from aicareers_site.publish_rsync import RsyncTarget

            _need("rsync")
            return RsyncTarget(address)
        case publish_address.Bucket():
            from aicareers_site.publish_s3 import S3Target

            if find_spec("boto3") is None:
                raise click.UsageError("s3:// needs: pip install 'aicareers-site[s3]'")
            return S3Target(address)


def _need(tool: str) -> None:
    if shutil.which(tool) is None:
        raise click.UsageError(f"this target needs the program {tool}, which is not installed")
