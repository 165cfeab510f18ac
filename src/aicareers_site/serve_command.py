"""``aicareers serve``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from aicareers_site.command_options import root_option, show_problems


class _Editor(click.ParamType[str]):
    name = "EDITOR"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        from aicareers_site.preview_parts import EDITORS

        address = EDITORS.get(str(value), str(value))
        if "{path}" not in address:
            self.fail(f"'{value}' is neither vscode nor an address with {{path}}", param, ctx)
        return address


class _UsageError(click.ClickException):
    exit_code = 2


@click.command("serve")
@root_option
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    default=8000,
    show_default=True,
    help="Where to serve it on this machine; if that is in use, the next one that is free.",
)
@click.option("--follow", is_flag=True, help="Let the browser open the article that was saved.")
@click.option(
    "--editor",
    type=_Editor(),
    default="vscode",
    show_default=True,
    help="What opens a file: vscode, or an address with {path}, {line} and {column}.",
)
@click.option(
    "--cache-dir",
    type=click.Path(path_type=Path, file_okay=False),
    show_default=".aicareers-cache/ in the project",
    help="Where results are kept; nothing else is written.",
)
@click.pass_context
def serve_command(
    context: click.Context,
    *,
    root: Path,
    port: int,
    follow: bool,
    editor: str,
    cache_dir: Path | None,
) -> None:
    """Show the site in the browser while you write.

    Drafts and future articles are shown, and marked. What you save appears by itself; errors appear
    over the page, with the place and a link to it.
    """
    try:
        from aicareers_site.preview import Served
    except ModuleNotFoundError as error:
        package = str(error.name).partition(".")[0]
        message = f"the preview needs {package}: run pip install 'aicareers-site[serve]'"
        raise _UsageError(message) from None
    from aicareers_site import files
    from aicareers_site.paths import SETTINGS
    from aicareers_site.preview_report import PreviewReport
    from aicareers_site.run import Options

    if not (root / SETTINGS).is_file():
        show_problems(files.read(root).diagnostics, {})
        context.exit(2)
    cache = cache_dir or root / ".aicareers-cache"
    options = Options(root, None, None, True, True, None, cache, False)
    report = PreviewReport()
    try:
        served = Served(options, port, editor=editor, follow=follow, say=report.say)
    except OSError as error:
        raise _UsageError(str(error)) from None
    with served:
        report.begin(served.origin, port, served.port)
        served.run()
