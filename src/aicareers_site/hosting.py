"""How a host is to serve the site: the one description from which each host's own form is printed.

Which files keep for how long follows from their names (:mod:`.serving`). Hosts cannot be told
functions, so that here stands what gives the same for the files of this site.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import groupby
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from aicareers_site import security_policy, serving
from aicareers_site.pages import records
from aicareers_site.urls import HOME, Urls

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from aicareers_site.site import Site


class Redirect(NamedTuple):
    """An earlier address: its path on the site, and the present address as pages print it."""

    path: str
    target: str


@dataclass(frozen=True, slots=True)
class Hosting:
    """What hosts are told.

    ``base_url`` is the home page's address and ``home`` its path, which ends with a slash.
    ``headers`` go with every answer. ``immutable`` are patterns of the files that never change:
    paths below the output folder with a ``*`` at most, which stands for any characters, slashes
    too. No file matches two of them. ``redirects`` are permanent.
    """

    base_url: str
    home: str
    headers: tuple[tuple[str, str], ...]
    immutable: tuple[str, ...] = ()
    redirects: tuple[Redirect, ...] = ()

    @classmethod
    def of(cls, site: Site, paths: Iterable[str]) -> Hosting:
        """The description of a site whose files have these ``paths`` below the output folder."""
        urls = Urls(site.settings.base_url)
        redirects = (
            Redirect(alias, urls.href(record.path))
            for record in records(site)
            for alias in record.aliases
        )
        return cls(
            site.settings.base_url,
            urls.href(HOME),
            security_policy.headers(site.settings),
            immutable_patterns(paths),
            tuple(sorted(redirects)),
        )


def immutable_patterns(paths: Iterable[str]) -> tuple[str, ...]:
    """Patterns that match those of the ``paths`` that never change, and none of the others.

    There are few: one for each kind of file, if all of its kind never change, else for each folder
    where that is so.
    """
    kinds: dict[str, list[str]] = defaultdict(list)
    for path in sorted(paths):
        kinds[PurePosixPath(path).suffix.lower()].append(path)
    return tuple(
        sorted(pattern for suffix, files in kinds.items() for pattern in _below("", suffix, files))
    )


def _below(folder: str, suffix: str, files: list[str]) -> Iterator[str]:
    """The patterns for ``files``, which are all that are below ``folder`` and end so, in order."""
    if all(map(serving.is_immutable, files)):
        yield f"{folder}*{suffix}"
        return
    for name, group in groupby(files, lambda path: path[len(folder) :].partition("/")[:2]):
        place = folder + "".join(name)
        if place.endswith("/"):
            yield from _below(place, suffix, list(group))
        elif serving.is_immutable(place):
            yield place
