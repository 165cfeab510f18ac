"""What the commands on a site share: options, the types of their values, words, new files."""

from __future__ import annotations

import functools
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from aicareers_site.diagnostics import Diagnostic

    _Decorator = Callable[[Callable[..., None]], Callable[..., None]]


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


class BaseUrl(click.ParamType[str]):
    """The address of a home page."""

    name = "URL"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        from aicareers_site.configuration import base_url

        try:
            return base_url(str(value))
        except ValueError as error:
            self.fail(f"{error}, such as https://example.org/", param, ctx)


root_option = click.option(
    "--root",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path(),
    show_default="this folder",
    help="The project: the folder that holds site.yaml, content/, templates/ and static/.",
)

now_option = click.option(
    "--now",
    type=_Moment(),
    show_default="the clock",
    help="What counts as now: articles that are dated later are still to come. Without an offset, "
    "in the site's time zone.",
)

base_url_option = click.option(
    "--base-url", type=BaseUrl(), help="The home page's address, if not site.yaml's."
)

_SITE = (root_option, base_url_option, now_option)
_UNPUBLISHED = (
    click.option("--drafts", is_flag=True, help="Take drafts in, too."),
    click.option("--future", is_flag=True, help="Take articles with a future date in, too."),
)
_MANNER = (
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
    click.option("--strict", is_flag=True, help="Let warnings count as errors."),
    click.option(
        "--format",
        "form",
        type=click.Choice(["human", "json", "github", "sarif", "junit"]),
        default="human",
        show_default=True,
        help="How to report: in words; on standard output, as one JSON object, as GitHub's "
        "workflow commands, as SARIF 2.1.0, or as JUnit XML.",
    ),
)


def with_common_options(command: Callable[..., None]) -> Callable[..., None]:
    """The command with the options that all of them have, most of which become ``options``."""
    return _with((*_SITE, *_UNPUBLISHED, *_MANNER), command)


def with_site_options(command: Callable[..., None]) -> Callable[..., None]:
    """The same for a command on the site as readers get it."""
    return _with((*_SITE, *_MANNER), command)


def _with(given: Sequence[_Decorator], command: Callable[..., None]) -> Callable[..., None]:
    @functools.wraps(command)
    def with_options(
        *,
        root: Path,
        base_url: str | None,
        now: datetime | None,
        drafts: bool = False,
        future: bool = False,
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

    made: Callable[..., None] = with_options
    for option in reversed(given):
        made = option(made)
    return made


def refuse_source(place: Path, root: Path, option: str) -> None:
    """A usage error for a ``place`` that is the project, or that the next build would take for a
    source.
    """
    from aicareers_site.files import FOLDERS, true_path
    from aicareers_site.paths import SETTINGS

    true = true_path(place)
    if true == true_path(root):
        raise click.BadParameter(
            f"{place} is the project itself: name another folder, such as public/ in it",
            param_hint=option,
        )
    for name in FOLDERS:
        if true.is_relative_to(true_path(root / name)):
            raise click.BadParameter(
                f"{place} is in the folder {name}/ of sources: name another place",
                param_hint=option,
            )
    if true == true_path(root / SETTINGS):
        raise click.BadParameter(
            f"{place} is the file of settings: name another place", param_hint=option
        )


def show_problems(diagnostics: Iterable[Diagnostic], sources: Mapping[str, bytes]) -> None:
    """Tell problems in words, with their places in the ``sources`` (bytes by path)."""
    from aicareers_site.diagnostics import as_text

    for diagnostic in diagnostics:
        click.echo(as_text(diagnostic, sources), err=True)


def asks() -> bool:
    """Whether somebody is there to answer questions."""
    return sys.stdin.isatty()


def write_new(file: Path, content: bytes) -> None:
    """Write a file where none is, with its folders; ends the command where that cannot be.

    Then nothing is left of it, which the next build would read.
    """
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("xb") as stream:
            try:
                stream.write(content)
                stream.flush()
            except OSError:
                file.unlink()
                raise
    except FileExistsError:
        raise click.ClickException(f"{file} exists; nothing was written.") from None
    except OSError as error:
        raise click.ClickException(f"{file} cannot be written: {error.strerror}.") from None
