"""What a publication changes, and in which order, so that readers find a whole site at any moment.

What a page refers to is there before the page, and goes after it:

1. Files in the way of new ones go, and compressed copies whose originals lose them: no new page
   may have an old copy beside it.
2. Files that pages refer to come; first those whose names say what is in them.
3. New pages come, the deepest first. No page that readers can reach leads to them yet.
4. Pages that replace old ones come. All that they lead to is there.
5. Feeds, the sitemap and what hosts read come.
6. Pages that the new site lacks go; nothing leads to them any more. Then all other files.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from aicareers_site.paths import folders, is_below, prefixes
from aicareers_site.serving import is_immutable

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
    from collections.abc import Set as AbstractSet

    from aicareers_site.outputs import Output

LIST = ".aicareers-files"
"""The file in which the target keeps the paths of all that publications wrote."""

# Older lists must stay readable: this line never changes.
_LIST_TITLE = "# Written by aicareers: the files it made in this folder and may delete."

_COPIES = (".br", ".gz", ".zst")
_HOSTS_READ = ("_headers", "_redirects", "robots.txt")
_IMMUTABLE, _REFERRED_TO, _NEW_PAGE, _REPLACING_PAGE, _LEADS_TO_PAGES = range(5)


class Counts(NamedTuple):
    """How many files a publication wrote, found equal already, and deleted."""

    written: int = 0
    unchanged: int = 0
    removed: int = 0


@dataclass(frozen=True, slots=True)
class Step:
    """Files to be put in place, or paths to be deleted, in any order among themselves."""

    put: tuple[Output, ...] = ()
    delete: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Changes:
    """What a publication changes.

    ``put`` are the files to be written, of which ``replaced`` paths hold something of ours;
    ``cleared`` are ours that must go before, ``removed`` those that go after. All are in order.
    """

    put: tuple[Output, ...] = ()
    replaced: frozenset[str] = frozenset()
    cleared: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    unchanged: int = 0

    @property
    def counts(self) -> Counts:
        return Counts(len(self.put), self.unchanged, len(self.cleared) + len(self.removed))

    def __len__(self) -> int:
        """How many files are put or deleted."""
        return len(self.put) + len(self.cleared) + len(self.removed)

    def steps(self) -> Iterator[Step]:
        """One after the other; whatever is left undone of a step, readers find a whole site."""
        if self.cleared:
            yield Step(delete=self.cleared)
        for _, group in groupby(self.put, lambda one: rank(one.path, one.path in self.replaced)[0]):
            yield Step(put=tuple(group))
        for _, paths in groupby(self.removed, lambda path: rank(path)[0] <= _REFERRED_TO):
            yield Step(delete=tuple(paths))


def changes(
    new: Mapping[str, Output],
    changed: AbstractSet[str],
    ours: AbstractSet[str],
    key: Callable[[str], str] = str,
) -> Changes:
    """What makes the ``new`` outputs, by path, of a place that holds the paths that are ``ours``.

    ``changed`` are the new paths that do not hold their bytes yet. Paths with one ``key`` are the
    same place.
    """
    first = in_the_way(ours - new.keys(), new, key)
    return Changes(
        tuple(new[path] for path in sorted(changed, key=lambda path: rank(path, path in ours))),
        frozenset(changed & ours),
        leaving(first),
        leaving(ours - new.keys() - first),
        len(new) - len(changed),
    )


def rank(path: str, replaces: bool = False) -> tuple[int, int, str]:
    """Where ``path`` comes in the order of putting; the first number is that of its step."""
    name = _original(path).rpartition("/")[2]
    if name.endswith(".xml") or name == "feed.json" or name in _HOSTS_READ:
        group = _LEADS_TO_PAGES
    elif name.endswith(".html"):
        group = _REPLACING_PAGE if replaces else _NEW_PAGE
    else:
        group = _IMMUTABLE if is_immutable(_original(path)) else _REFERRED_TO
    return (group, -path.count("/"), path)


def leaving(paths: Iterable[str]) -> tuple[str, ...]:
    """``paths`` in the order of going: what is referred to goes last."""
    return tuple(sorted(paths, key=rank, reverse=True))


def in_the_way(
    obsolete: AbstractSet[str], new: Collection[str], key: Callable[[str], str] = str
) -> set[str]:
    """Those of the ``obsolete`` paths that must go before ``new`` ones can be put in place.

    A file becomes a folder, a folder becomes a file, or a file loses its compressed copy.
    """
    if not obsolete:
        return set()
    file_keys = {key(path) for path in new}
    folder_keys = folders(file_keys)
    return {
        path
        for path in obsolete
        if key(path) in folder_keys
        or not file_keys.isdisjoint(prefixes(key(path)))
        or key(_original(path)) in file_keys
    }


def strangers(new: Collection[str], there: AbstractSet[str], ours: AbstractSet[str]) -> list[str]:
    """What is ``there``, is not ``ours``, and stands where ``new`` files must go."""
    ways = folders(new)
    return sorted(
        path for path in there - ours if path in ways or any(name in new for name in prefixes(path))
    )


def list_of(paths: Iterable[str]) -> bytes:
    """The list of these paths, as it is kept at the target."""
    return "".join(f"{line}\n" for line in [_LIST_TITLE, *sorted(paths)]).encode()


def listed(content: bytes) -> frozenset[str] | None:
    """The paths of a list; None where it is damaged."""
    title, *paths = content.decode("utf-8", "replace").split("\n")
    found = frozenset(path for path in paths if path)
    return found if title == _LIST_TITLE and all(map(is_below, found)) else None


def _original(path: str) -> str:
    """The path of which the file at ``path`` is a compressed copy, or ``path`` itself."""
    return next((path.removesuffix(end) for end in _COPIES if path.endswith(end)), path)
