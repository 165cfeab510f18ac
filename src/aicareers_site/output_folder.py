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
from aicareers_site.paths import is_below, key, prefixes

if sys.platform != "win32":
    import fcntl

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from collections.abc import Set as AbstractSet
    from pathlib import Path

RESERVED = ".aicareers-"
LIST = ".aicareers-files"
STAGING = ".aicareers-staging-"

# Older lists must stay readable: this line never changes.
_LIST_TITLE = "# Written by aicareers: the files it made in this folder and may delete."


def not_ours(place: Path, message: str) -> Diagnostic:
    """The error that something at ``place`` was not written by a build and is left alone."""
    hint = "move it away, or choose another folder with --output"
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
        message = f"the folder is not empty and no build made it: it has no list {LIST}"
        return Outcome(frozenset(), (not_ours(folder, message),))
    title, *paths = place.read_bytes().decode("utf-8", "replace").split("\n")
    paths = [path for path in paths if path]
    if title != _LIST_TITLE or not all(is_below(path) for path in paths):
        message = "the list of files that a build made is damaged"
        return Outcome(frozenset(), (not_ours(place, message),))
    return Outcome(frozenset(paths))


def write_list(place: Path, paths: Iterable[str]) -> None:
    """Write the list at ``place``, safe from a power failure once it is renamed."""
    with place.open("wb") as file:
        file.write("".join(f"{line}\n" for line in [_LIST_TITLE, *sorted(paths)]).encode())
        file.flush()
        os.fsync(file.fileno())


class Ground:
    """What stands where in the output folder, links not followed, and what of it is ours.

    ``listed`` are the paths of earlier builds, ``new`` those to come. ``obsolete`` are our files
    that the new site lacks. ``in_the_way`` are those of them that must go before new files can be
    put in place: a file becomes a folder, a folder becomes a file, or a name changes its case
    where the file system makes no difference.
    """

    def __init__(self, folder: Path, listed: AbstractSet[str], new: AbstractSet[str]) -> None:
        self.folder = folder
        self._new = new
        self._states: dict[str, os.stat_result | None] = {}
        self._ours = {path for path in listed if self._can_be_ours(path)}
        self.obsolete = self._ours - new
        files = {key(path) for path in new}
        folders = {key(name) for path in new for name in prefixes(path)[:-1]}
        self.in_the_way = {
            path
            for path in self.obsolete
            if key(path) in folders or any(key(name) in files for name in prefixes(path))
        }

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
        for path in self._new:
            for name in prefixes(path):
                state, kind = self._state(name), self._kind(name)
                if state is None or (kind == stat.S_IFREG and name in self._ours):
                    break  # Nothing can stand below.
                if kind != stat.S_IFDIR:
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
            if (name := place.relative_to(self.folder).as_posix()) not in self._ours
        }

    def holds(self, path: str, content: bytes) -> bool:
        """Whether the file at ``path`` has exactly these bytes."""
        state = self._state(path)
        if state is None or not stat.S_ISREG(state.st_mode) or state.st_size != len(content):
            return False
        try:
            return (self.folder / path).read_bytes() == content
        except PermissionError:
            return False

    def make_way(self) -> int:
        """Delete the files ``in_the_way`` and folders where files must go; how many files."""
        removed = remove(self.folder, self.in_the_way)
        for path in self._new:
            if self._kind(path) == stat.S_IFDIR:
                _remove_empty(self.folder / path)
        return removed

    def _kind(self, path: str) -> int | None:
        state = self._state(path)
        return None if state is None else stat.S_IFMT(state.st_mode)

    def _state(self, path: str) -> os.stat_result | None:
        if path not in self._states:
            try:
                self._states[path] = (self.folder / path).lstat()
            except (FileNotFoundError, NotADirectoryError):
                self._states[path] = None
        return self._states[path]


def remove(folder: Path, paths: Iterable[str]) -> int:
    """Delete those of ``paths`` that are there, and the folders that this leaves empty.

    Returns how many files were there. Folders of missing files are looked at too: a build may have
    been killed between the two.
    """
    removed = 0
    parents: set[str] = set()
    for path in sorted(paths):
        with suppress(FileNotFoundError, NotADirectoryError):
            (folder / path).unlink()
            removed += 1
        parents.update(prefixes(path)[:-1])
    for parent in sorted(parents, reverse=True):
        with suppress(OSError):  # Not empty, or gone.
            (folder / parent).rmdir()
    return removed


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
