"""``aicareers server-config``."""

from __future__ import annotations

import sys
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

import click

from aicareers_site.command_options import (
    base_url_option,
    now_option,
    root_option,
    show_problems,
)

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path


class _Folder(click.ParamType[str]):
    name = "folder"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        path = PurePosixPath(str(value))
        if not path.is_absolute() or any(sign in str(path) for sign in '$"{}\n'):
            self.fail(f"'{value}' is no complete path, such as /srv/site", param, ctx)
        return str(path)


@click.command("server-config")
@click.argument("server", type=click.Choice(["nginx", "caddy"]))
@click.option(
    "--folder",
    type=_Folder(),
    required=True,
    metavar="DIR",
    help="Where the site's files are on the server: a complete path.",
)
@root_option
@base_url_option
@now_option
@click.pass_context
def server_config_command(
    context: click.Context,
    server: str,
    folder: str,
    root: Path,
    base_url: str | None,
    now: datetime | None,
) -> None:
    """Print the configuration of nginx or Caddy for this site.

    It has the site's security headers, redirects, media types, how long files may be kept, and the
    page for what does not exist. For nginx it belongs inside a server block, for Caddy inside a
    site block.
    """
    from aicareers_site import caddy_configuration, nginx_configuration
    from aicareers_site.run import Description, Options

    results = root / ".aicareers-cache"
    options = Options(root, base_url, now, False, False, None, results, False)
    run = Description(options, shows_progress=sys.stderr.isatty())
    run.execute()
    show_problems(run.diagnostics, run.sources)
    if run.exit_code == 0 and run.hosting is not None:
        printed = {"nginx": nginx_configuration, "caddy": caddy_configuration}[server].printed
        click.echo(printed(run.hosting, folder, run.precompressed), nl=False)
    context.exit(run.exit_code)
