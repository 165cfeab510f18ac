"""The output folder: which of its files are ours, what stands in our way, who may write now.

A build keeps a list of its files in the folder. The list is written before the first of them and
never names less than there is, so that whatever is not in it belongs to somebody else.
"""

from __future__ import annotations

import os
import shutil
import stat
import sys
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from aicareers_site.diagnostics import Diagnostic, Outcome, Span
from aicareers_site.outputs import digest
from aicareers_site.paths import folders, key, parent, prefixes
from aicareers_site.publication import LIST, in_the_way, leaving, list_of, listed

if sys.platform != "win32":
    import fcntl

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from collections.abc import Set as AbstractSet
    from pathlib import Path

RESERVED = ".aicareers-"
STAGING = ".aicareers-staging-"

# Links are not followed and pipes not waited for. Windows has neither, but two kinds of reading.
_READ = os.O_RDONLY | sum(getattr(os, name, 0) for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_BINARY"))
_CHUNK = 1 << 20


def not_ours(place: Path, message: str, hint: str) -> Diagnostic:
    """The error that something at ``place`` was not written by a build and is left alone."""
    return Diagnostic("output-not-ours", message, Span(place.as_posix()), hint)


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold ``folder`` for this build; BlockingIOError while another one has it.

    The lock ends with the process, however it ends, and leaves nothing behind.
    """
    if sys.platform == "win32":
        yield
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise
        except OSError:
            pass  # Some network file systems know no locks; a build works there, too.
        yield
    finally:
        os.close(descriptor)


def read_list(folder: Path) -> Outcome[frozenset[str]]:
    """The paths that earlier builds have listed; an error where the folder cannot be ours.

    An empty folder is nobody's yet, and so is one that holds but the staging of a killed build.
    """
    place = folder / LIST
    if place.is_symlink() or not place.is_file():
        if all(_is_staging(entry) for entry in folder.iterdir()):
            return Outcome(frozenset())
        message = f"the folder holds files, but none from a build: it has no list {LIST}"
        hint = "name a new or an empty folder; or, if nothing in this one is needed, empty it"
        return Outcome(frozenset(), (not_ours(folder, message, hint),))
    paths = listed(place.read_bytes())
    if paths is None:
        message = (
            "the list of what a build has written is damaged, so that nobody can tell what in the "
            "folder belongs to the site"
        )
        hint = (
            "put the list back as it was; or, if there is nothing but the site, empty the folder "
            "and do the same again"
        )
        return Outcome(frozenset(), (not_ours(place, message, hint),))
    return Outcome(paths)


def write_list(place: Path, paths: Iterable[str]) -> None:
    """Write the list at ``place``, safe from a power failure once it is renamed."""
    with place.open("wb") as file:
        file.write(list_of(paths))
        file.flush()
        os.fsync(file.fileno())


def examine(place: str) -> tuple[os.stat_result, bytes] | None:
    """The state and the digest of the file at ``place``.

    None where there is no ordinary file (what a link leads to is none) or it cannot be read.
    """
    try:
        descriptor = os.open(place, _READ)
    except OSError:
        return None
    try:
        state = os.fstat(descriptor)
        if not stat.S_ISREG(state.st_mode):
            return None
        chunks = iter(lambda: os.read(descriptor, _CHUNK), b"")
        return state, digest(b"".join(chunks))
    except OSError:
        return None
    finally:
        os.close(descriptor)


def found(folder: Path) -> dict[str, bytes | None]:
    """The digests of all files in ``folder`` by path, but not of a build's own notes.

    None is that of what is no ordinary file, such as a link, or cannot be read. Raises OSError for
    a folder that cannot be read.
    """
    digests: dict[str, bytes | None] = {}
    waiting = [""]
    while waiting:
        prefix = waiting.pop()
        with os.scandir(f"{folder}/{prefix}") as entries:
            for entry in entries:
                path = prefix + entry.name
                if path.startswith(RESERVED):
                    continue
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(f"{path}/")
                else:
                    seen = examine(entry.path)
                    digests[path] = seen[1] if seen else None
    return digests


class Ground:
    """What stands where in the output folder, links not followed, and what of it is ours.

    ``listed`` are the paths of earlier builds; ``new`` those to come, with the digests of their
    bytes; ``known`` are digests of files that have been read already.

    ``changed`` are the new paths that do not hold their bytes yet. ``obsolete`` are our files that
    the new site lacks. ``in_the_way`` are those of them that must go before new files can be put in
    place: a file becomes a folder, a folder becomes a file, or a name changes its case where the
    file system makes no difference.
    """

    def __init__(
        self,
        folder: Path,
        listed: AbstractSet[str],
        new: Mapping[str, bytes],
        known: Mapping[str, bytes],
    ) -> None:
        self.folder = folder
        self.listed = listed
        self._known = known
        self._states: dict[str, os.stat_result | None] = {"": folder.stat()}
        self.changed = {path for path, expected in new.items() if not self._holds(path, expected)}
        self.obsolete = {path for path in listed - new.keys() if self._can_be_ours(path)}
        self.in_the_way = in_the_way(self.obsolete, new, key)

    def _holds(self, path: str, expected: bytes) -> bool:
        """Whether our file at ``path`` has the ``expected`` digest."""
        if path not in self.listed or self._kind(parent(path)) != stat.S_IFDIR:
            return False
        if path in self._known:
            return self._known[path] == expected
        found = examine(f"{self.folder}/{path}")
        return found is not None and found[1] == expected

    def _can_be_ours(self, path: str) -> bool:
        # We make no links: what is one now, or lies behind one, is not what we wrote.
        kinds = {None, stat.S_IFDIR, stat.S_IFREG}
        on_the_way = all(self._kind(name) in kinds for name in prefixes(path))
        return on_the_way and self._kind(path) != stat.S_IFDIR

    def strangers(self) -> set[str]:
        """What stands where the new files must go and was not written by a build."""
        states = [self._state(path) for path in self.in_the_way]
        leaving = {(state.st_dev, state.st_ino) for state in states if state}
        found = set()
        for path in self.changed:
            for name in prefixes(path):
                state = self._state(name)
                if state is None or self._is_ours(name):
                    break  # Nothing can stand below.
                if not stat.S_ISDIR(state.st_mode):
                    if (state.st_dev, state.st_ino) not in leaving:
                        found.add(name)
                    break
            else:
                found |= self._strangers_below(path)
        return found

    def _strangers_below(self, folder: str) -> set[str]:
        return {
            name
            for place in (self.folder / folder).rglob("*")
            if place.is_symlink() or not place.is_dir()
            if not self._is_ours(name := place.relative_to(self.folder).as_posix())
        }

    def standing(self) -> set[str]:
        """Those of the ``changed`` and ``obsolete`` paths at which a file of ours stands."""
        return {path for path in self.changed | self.obsolete if self._is_ours(path)}

    def _is_ours(self, path: str) -> bool:
        """Whether a build has written the file that stands at ``path``."""
        return path in self.listed and self._kind(path) == stat.S_IFREG

    def make_way(self) -> None:
        """Delete the files ``in_the_way`` and folders where files must go."""
        remove(self.folder, self.in_the_way)
        for path in self.changed:
            if self._kind(path) == stat.S_IFDIR:
                _remove_empty(self.folder / path)

    def _kind(self, path: str) -> int | None:
        state = self._state(path)
        return None if state is None else stat.S_IFMT(state.st_mode)

    def _state(self, path: str) -> os.stat_result | None:
        """What stands at ``path``; nothing does below a file or a link."""
        if path not in self._states:
            above, state = self._state(parent(path)), None
            if above is not None and stat.S_ISDIR(above.st_mode):
                with suppress(FileNotFoundError):
                    state = os.lstat(f"{self.folder}/{path}")
            self._states[path] = state
        return self._states[path]


def remove(folder: Path, paths: Iterable[str]) -> None:
    """Delete those of ``paths`` that are there, and the folders that this leaves empty.

    Folders of missing files are looked at too: a build may have been killed between the two.
    """
    paths = leaving(paths)
    for path in paths:
        with suppress(FileNotFoundError, NotADirectoryError):
            (folder / path).unlink()
    for name in sorted(folders(paths), reverse=True):
        with suppress(OSError):  # Not empty, or gone.
            (folder / name).rmdir()


def remove_staging(folder: Path) -> None:
    """Delete what a killed build has left over."""
    for entry in folder.iterdir():
        if _is_staging(entry):
            shutil.rmtree(entry)


def _is_staging(entry: Path) -> bool:
    return entry.name.startswith(STAGING) and entry.is_dir() and not entry.is_symlink()


def _remove_empty(folder: Path) -> None:
    """Delete a folder that holds no files but perhaps empty folders; it may be gone already."""
    for place in sorted(folder.rglob("*"), reverse=True):
        place.rmdir()
    with suppress(FileNotFoundError):
        folder.rmdir()
