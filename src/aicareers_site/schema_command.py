"""``aicareers schema``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from aicareers_site.command_options import root_option

if TYPE_CHECKING:
    from aicareers_site.schemas import Known

_NAMES = ("country-profile", "trend", "market", "post", "page", "site", "data-table")


@click.command("schema")
@click.argument("name", metavar="[NAME]", type=click.Choice(_NAMES), required=False)
@root_option
@click.option(
    "--write",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    help="Write all schemas into this folder, each as NAME.json, instead of printing.",
)
def schema_command(name: str | None, root: Path, folder: Path | None) -> None:
    """Print JSON Schema for what editors write.

    NAME is a kind of article, whose front matter is meant: country-profile, trend, market, post or
    page; or it is site for site.yaml, or data-table. Without it, all are printed as one object.
    With them, VS Code and other editors complete and check what is being typed. Authors, categories
    and series are those of site.yaml.
    """
    from aicareers_site import schemas

    if name is not None and folder is not None:
        raise click.UsageError("--write writes all schemas: leave out the name")
    names = _known(root)
    made = {one: schemas.schema(one, names) for one in ([name] if name else schemas.NAMES)}
    if folder is None:
        click.echo(schemas.as_text(made[name] if name else made), nl=False)
        return
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for one, schema in made.items():
            text = schemas.as_text(schema)
            (folder / f"{one}.json").write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        place = error.filename or folder
        raise click.ClickException(f"{place} cannot be written: {error.strerror}") from None
    click.echo(f"{folder}: {len(made)} schemas written.")


def _known(root: Path) -> Known:
    """What site.yaml names; nothing where there is none, or one with errors."""
    from aicareers_site import configuration, schemas
    from aicareers_site.paths import SETTINGS

    file = root / SETTINGS
    try:
        read = configuration.read(file.read_bytes()) if file.is_file() else None
    except OSError as error:
        raise click.ClickException(f"{file} cannot be read: {error.strerror}") from None
    return schemas.known(read.value.settings) if read and read.value else schemas.Known()
