"""The site that ``aicareers init`` lays down: the theme, and an article of each kind.

What only a new site has is in this package's folder ``starter``, as it will lie in the site. What a
new site has in common with the one in the repository is there only (``SHARED``); the wheel holds it
in ``starter`` too.
"""

from __future__ import annotations

import re
from importlib import resources
from typing import TYPE_CHECKING, NamedTuple

from aicareers_site import __version__, configuration, schemas
from aicareers_site.beginnings import written
from aicareers_site.paths import SETTINGS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date
    from importlib.resources.abc import Traversable

SHARED = (
    ".vscode/extensions.json",
    ".vscode/settings.json",
    ".vscode/tasks.json",
    "static",
    "templates",
)
"""Files and folders of the repository that a new site begins with, too; so says pyproject.toml."""

_SCHEMAS = ".vscode/schemas"


class Answers(NamedTuple):
    """What a new site is told.

    ``domain`` is the site's own on the day ``today``: together they are in every feed entry's id
    (RFC 4151). ``search`` is off where there is nothing that could make an index.
    """

    title: str
    base_url: str
    domain: str
    today: date
    search: bool


def sources() -> dict[str, bytes]:
    """The files of the starter by path, as this package or the repository around it holds them."""
    package = resources.files(__package__)
    found = dict(_files(package / "starter", ""))
    for name in SHARED:
        if not any(f"{path}/".startswith(f"{name}/") for path in found):
            found |= _files(package / ".." / ".." / name, name)
    return found | _schemas(schemas.Known())


def _schemas(known: schemas.Known) -> dict[str, bytes]:
    """What helps editors to write: the schemas of all that they write, by path."""
    return {
        f"{_SCHEMAS}/{name}.json": schemas.as_text(schemas.schema(name, known)).encode()
        for name in schemas.NAMES
    }


def _files(place: Traversable, path: str) -> Iterator[tuple[str, bytes]]:
    if place.is_file():
        yield path, place.read_bytes()
        return
    for entry in place.iterdir():
        yield from _files(entry, f"{path}/{entry.name}".removeprefix("/"))


def filled(files: Mapping[str, bytes], answers: Answers) -> dict[str, bytes]:
    """The ``files`` of the starter as those of a site of its own.

    What ``site.yaml`` then says may be wrong, as the answers are: ``configuration.read`` tells.
    """
    settings = {
        "title": written(answers.title),
        "base_url": answers.base_url,
        "feed_authority": f"{answers.domain},{answers.today}",
        "search": str(answers.search).lower(),
    }
    made = dict(files)
    for key, value in settings.items():
        made[SETTINGS] = _with_line(made[SETTINGS], rf"(?<=^{key}: )[^#\n]+?(?= #|$)", value)
    made["README.md"] = _with_line(made["README.md"], r"(?<=^# ).+$", answers.title)
    made["requirements.txt"] = _with_line(made["requirements.txt"], "$", f"=={__version__}")
    read = configuration.read(made[SETTINGS]).value
    return made | _schemas(schemas.known(read.settings)) if read else made


def _with_line(content: bytes, pattern: str, words: str) -> bytes:
    """The text with ``words`` in the place of what the pattern finds first, which must be there."""
    text, found = re.subn(pattern, lambda _: words, content.decode(), count=1, flags=re.MULTILINE)
    if not found:
        raise ValueError(f"the starter has no place for {words!r}")
    return text.encode()
