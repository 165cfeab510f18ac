"""``aicareers init``."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import click

from aicareers_site.command_options import BaseUrl, asks, show_problems, write_new

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

_ADDRESS = "https://example.org/"
_MOST_NAMED = 5


@click.command("init", short_help="Begin a site in a new folder.")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
@click.argument("title", required=False)
@click.option("--base-url", type=BaseUrl(), help="The address that the home page will have.")
def init_command(folder: Path, title: str | None, base_url: str | None) -> None:
    """Begin a site: lay down a theme, settings and an article of each kind in DIR.

    It builds as it is. The title and the address are asked for; where nobody can answer, DIR's name
    and an example stand for them in site.yaml. No file is ever overwritten: where one is in the
    way, nothing is written.
    """
    from aicareers_site import indexer, starter

    files = starter.sources()
    _refuse_clashes(folder, files)
    title = " ".join((title or _asked("Title", _title(folder))).split())
    base_url = base_url or _asked("Address of the home page", _ADDRESS, BaseUrl())
    domain = _domain(base_url)
    searched = indexer.program() is not None
    today = datetime.now(UTC).date()
    files = starter.filled(files, starter.Answers(title, base_url, domain, today, searched))
    _refuse_wrong_settings(files)
    for count, (path, content) in enumerate(files.items()):
        try:
            write_new(folder / path, content)
        except click.ClickException as error:
            left = f" {count} of {len(files)} files were written: delete them before you try again."
            raise click.ClickException(error.message + (left if count else "")) from None
    click.echo(f"{folder}: {len(files)} files written.")
    if base_url == _ADDRESS:
        click.echo(
            f"The address {_ADDRESS} is an example: before you publish, write your own in "
            "site.yaml as 'base_url', and its domain in 'feed_authority'.",
            err=True,
        )
    if not searched:
        click.echo(
            "Search is off, since there is no Pagefind here: for search, run "
            "pip install 'aicareers-site[search]' and write 'search: true' in site.yaml.",
            err=True,
        )
    click.echo(f"Go on with {folder / 'README.md'}.", err=True)


def _asked(label: str, default: str, kind: click.ParamType[str] | None = None) -> str:
    """What somebody answers who may be there; the default, if nobody is."""
    return str(click.prompt(label, default, type=kind, err=True)) if asks() else default


def _title(folder: Path) -> str:
    """A title made of the folder's name."""
    words = folder.resolve().name.replace("-", " ").replace("_", " ").split()
    return " ".join(words).capitalize() or "A new site"


def _domain(base_url: str) -> str:
    """The domain of the address, as DNS knows it."""
    host = urlsplit(base_url).hostname or ""
    try:
        domain = host.encode("idna").decode()
    except UnicodeError:
        domain = ""
    if "." not in domain:
        message = f"'{host}' is no domain: name the one that the site will have, such as {_ADDRESS}"
        raise click.BadParameter(message, param_hint="--base-url")
    return domain


def _refuse_clashes(folder: Path, paths: Collection[str]) -> None:
    """The folder may hold other things already, but none where the site's files go."""
    from aicareers_site.paths import folders

    clashes = {path for path in paths if (folder / path).exists() or (folder / path).is_symlink()}
    clashes |= {
        path for path in folders(paths) if (folder / path).exists() and not (folder / path).is_dir()
    }
    if clashes:
        named = sorted(clashes)[:_MOST_NAMED]
        more = f" and {len(clashes) - len(named)} more" if len(clashes) > len(named) else ""
        raise click.ClickException(
            f"{folder} already holds {', '.join(named)}{more}; nothing was written. Choose another "
            "folder, or move what is in the way."
        )


def _refuse_wrong_settings(files: Mapping[str, bytes]) -> None:
    from aicareers_site import configuration
    from aicareers_site.paths import SETTINGS

    read = configuration.read(files[SETTINGS])
    if read.value is None:
        show_problems(read.diagnostics, files)
        raise click.exceptions.Exit(2)
