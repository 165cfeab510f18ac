"""``aicareers diff``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aicareers_site.site_abstract import SiteAbstract

_PLACE = click.Path(path_type=Path, exists=True)


@click.command("diff")
@click.argument("old", type=_PLACE)
@click.argument("new", type=_PLACE)
@click.option(
    "--format",
    "form",
    type=click.Choice(["human", "json", "markdown"]),
    default="human",
    show_default=True,
    help="How to tell: in words, as one JSON object, or as Markdown for a comment on GitHub.",
)
def diff_command(old: Path, new: Path, form: str) -> None:
    """Tell what differs between two builds, in words.

    OLD and NEW are output folders, or manifests that `aicareers build --manifest` wrote. Pages that
    came, went, moved or changed; figures with every page that shows them; links, feeds, redirects.
    """
    from aicareers_site import difference_reports
    from aicareers_site.differences import compare

    write = {
        "human": difference_reports.text,
        "json": difference_reports.as_json,
        "markdown": difference_reports.markdown,
    }[form]
    click.echo(write(compare(_read(old, "OLD"), _read(new, "NEW"))))


def _read(place: Path, argument: str) -> SiteAbstract:
    """What the site in the folder, or of the manifest, says."""
    from aicareers_site import manifest, site_abstract

    try:
        if place.is_dir():
            home = place / site_abstract.HOME_FILE
            if not home.is_file():
                message = f"there is no {home.name} in {place}; name the output folder of a build"
                raise _refused(message, argument)
            return site_abstract.of_files(_files(place), home.read_bytes())
        read = manifest.read(place.as_posix(), place.read_bytes())
    except OSError as error:
        message = f"{error.filename or place} cannot be read: {error.strerror or error}"
        raise _refused(message, argument) from None
    if read.value is None:
        (problem,) = read.diagnostics
        raise _refused(f"{place}: {problem.message}; {problem.hint}", argument)
    return read.value.abstract


def _files(folder: Path) -> Iterator[tuple[str, bytes]]:
    from aicareers_site import output_folder

    for path, known in sorted(output_folder.found(folder).items()):
        if known is not None:  # what a link leads to is no file of a site
            yield path, (folder / path).read_bytes()


def _refused(message: str, argument: str) -> click.BadParameter:
    return click.BadParameter(message, param_hint=argument)
