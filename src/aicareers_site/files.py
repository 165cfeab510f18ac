"""The disk: reads a site's sources into one value, and publishes its outputs safely.

Publishing keeps a promise at every moment, even if the process is killed: each file in the output
folder is wholly old or wholly new, and the next build puts the rest right.
"""

from __future__ import annotations

import errno
import os
import shutil
import stat
import tempfile
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from aicareers_site import output_folder
from aicareers_site.diagnostics import Diagnostic, Outcome, Span, in_order
from aicareers_site.paths import is_below, is_plain_name, key, prefixes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from aicareers_site.render import Output

SETTINGS = "site.yaml"
FOLDERS = ("content", "static", "templates")

# Names that start with a dot and yet belong to a site, as hosts and servers read them.
_PUBLIC_DOT_NAMES = frozenset([".well-known", ".htaccess", ".nojekyll"])


@dataclass(frozen=True, slots=True)
class SourceTree:
    """A site's sources: contents by path.

    Paths are relative to the root, with forward slashes, in Unicode's form NFC, and sorted.
    """

    files: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Published:
    """How many files a publication wrote, found equal already, and deleted."""

    written: int = 0
    unchanged: int = 0
    removed: int = 0


def read(root: Path) -> Outcome[SourceTree]:
    """Read ``site.yaml`` and everything below ``content/``, ``static/`` and ``templates/``.

    Hidden files and editors' left-overs are no sources. Links are followed within the root. What
    cannot be read is an error (codes ``missing-file``, ``unreadable-file``, ``link-outside``,
    ``file-name``, ``name-clash``); the tree then holds the rest.
    """
    try:
        names = {entry.name for entry in root.iterdir()}
    except (FileNotFoundError, NotADirectoryError):
        return Outcome(SourceTree(), (_missing(root.as_posix(), f"'{root}' is not a folder"),))
    except OSError as error:
        problem = f"cannot be read: {error.strerror or error}"
        return Outcome(
            SourceTree(), (Diagnostic("unreadable-file", problem, Span(root.as_posix())),)
        )
    reader = _Reader(root)
    for name in (SETTINGS, *FOLDERS):
        if name in names:
            reader.visit(reader.root / name, name, (reader.root,))
        elif name == SETTINGS:
            reader.problems.append(_missing(SETTINGS, f"there is no {SETTINGS} in '{root}'"))
    files = dict(sorted(reader.files.items()))
    return Outcome(SourceTree(files), in_order([*reader.problems, *_case_clashes(files)]))


class _Reader:
    """One walk over the sources: contents by path, and problems."""

    def __init__(self, root: Path) -> None:
        self.root = Path(os.path.realpath(root))
        self.files: dict[str, bytes] = {}
        self.problems: list[Diagnostic] = []

    def visit(self, place: Path, name: str, above: tuple[Path, ...]) -> None:
        """Read ``place`` as ``name``; ``above`` are the true folders on the way there."""
        try:
            linked = place.is_symlink()
            true = Path(os.path.realpath(place, strict=True)) if linked else above[-1] / place.name
            mode = place.stat().st_mode
            if not true.is_relative_to(self.root):
                self._report("link-outside", name, f"the link leads out of the site, to '{true}'")
            elif true in above:
                self._report("unreadable-file", name, "the link leads back to a folder it is in")
            elif stat.S_ISDIR(mode) and name != SETTINGS:
                self._visit_folder(place, name, (*above, true))
            elif stat.S_ISREG(mode) and name not in FOLDERS:
                self._take(name, place.read_bytes())
            else:
                expected = "a folder" if name in FOLDERS else "an ordinary file"
                self._report("unreadable-file", name, f"expected {expected}")
        except OSError as error:
            self._report("unreadable-file", name, f"cannot be read: {error.strerror or error}")

    def _visit_folder(self, place: Path, name: str, above: tuple[Path, ...]) -> None:
        for entry in sorted(place.iterdir()):
            if _is_left_over(entry.name):
                continue
            if is_plain_name(entry.name):
                # macOS hands names out decomposed; the same sources give the same site everywhere.
                self.visit(entry, f"{name}/{unicodedata.normalize('NFC', entry.name)}", above)
            else:
                message = "a file name must be UTF-8 text without control characters and backslash"
                self._report("file-name", f"{name}/{ascii(entry.name)[1:-1]}", message)

    def _take(self, name: str, content: bytes) -> None:
        if name in self.files:
            message = "two files have this name, written with different Unicode characters"
            self._report("name-clash", name, message)
        self.files[name] = content

    def _report(self, code: str, name: str, message: str) -> None:
        hints = {
            "link-outside": "put a copy of the file or folder here instead",
            "file-name": "rename the file",
            "name-clash": "rename one of them",
        }
        hint = hints.get(code, "mend it, or remove it if the site does not need it")
        self.problems.append(Diagnostic(code, message, Span(name), hint))


def _missing(path: str, message: str) -> Diagnostic:
    holds = ", ".join(f"{folder}/" for folder in FOLDERS)
    hint = f"a site's folder holds {SETTINGS}, {holds}; say with --root where it is"
    return Diagnostic("missing-file", message, Span(path), hint)


def _is_left_over(name: str) -> bool:
    """Whether a file of this name is no source: hidden, or left behind by an editor."""
    hidden = name.startswith(".") and name not in _PUBLIC_DOT_NAMES
    return hidden or name.endswith(("~", ".swp")) or (name[0] == name[-1] == "#")


def _case_clashes(paths: Iterable[str]) -> Iterator[Diagnostic]:
    """Files and folders whose names differ only in case: one of them on macOS and Windows."""
    first: dict[str, str] = {}
    for path in paths:
        for name in prefixes(path):
            other = first.setdefault(key(name), name)
            if other != name:
                yield Diagnostic(
                    "name-clash",
                    f"'{name}' and '{other}' differ only in upper and lower case",
                    Span(name),
                    "rename one of them: many systems take them for the same",
                    related=(Span(other),),
                )


def publish(outputs: Sequence[Output], folder: Path) -> Outcome[Published]:
    """Make ``folder`` hold exactly ``outputs``, besides files that no build wrote.

    A file whose bytes are equal already is not touched. Errors stop the publication: with the codes
    ``output-clash``, ``output-not-ours`` and ``output-busy`` nothing has changed; so too with
    ``output-unwritable``, unless the folder resists in the middle, and then the next publication
    goes on from there. Raises ValueError for an output whose path is not below the folder or is
    reserved for the build's own files.
    """
    if clashes := in_order(_output_clashes(outputs)):
        return Outcome(Published(), clashes)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with output_folder.locked(folder):
            return _publish({output.path: output.content for output in outputs}, folder)
    except BlockingIOError:
        message = "another build is writing to this folder"
        hint = "wait until it has finished, or choose another folder with --output"
        problem = Diagnostic("output-busy", message, Span(folder.as_posix()), hint)
    except OSError as error:
        problem = _unwritable(folder, error)
    return Outcome(Published(), (problem,))


def _output_clashes(outputs: Iterable[Output]) -> Iterator[Diagnostic]:
    owners: dict[str, str] = {}
    for path in (output.path for output in outputs):
        if not is_below(path) or path.startswith(output_folder.RESERVED):
            raise ValueError(f"not a path for a site's file: {path!r}")
        if key(path) in owners:
            yield _clash(path, owners[key(path)], "have one path")
        owners[key(path)] = path
    for path in owners.values():
        for folder in prefixes(path)[:-1]:
            if key(folder) in owners:
                yield _clash(path, owners[key(folder)], "cannot both be: one is a folder")


def _clash(path: str, other: str, problem: str) -> Diagnostic:
    message = f"the outputs '{path}' and '{other}' {problem}"
    return Diagnostic("output-clash", message, Span(path), "rename one of their sources")


def _publish(new: Mapping[str, bytes], folder: Path) -> Outcome[Published]:
    listed = output_folder.read_list(folder)
    if listed.failed:
        return Outcome(Published(), listed.diagnostics)
    ground = output_folder.Ground(folder, listed.value, new.keys())
    if strangers := sorted(ground.strangers()):
        message = "no build wrote this, and it stands where the site needs the place"
        problems = [output_folder.not_ours(folder / path, message) for path in strangers]
        return Outcome(Published(), tuple(problems))
    output_folder.remove_staging(folder)
    changed = [path for path in sorted(new, key=_rank) if not ground.holds(path, new[path])]
    removed = 0
    if changed or listed.value != new.keys():
        staging = Path(tempfile.mkdtemp(prefix=output_folder.STAGING, dir=folder))
        try:
            contents = {path: new[path] for path in changed}
            removed = _exchange(contents, listed.value, new.keys(), ground, staging)
        finally:
            shutil.rmtree(staging, ignore_errors=True)
    return Outcome(Published(len(changed), len(new) - len(changed), removed))


def _exchange(
    contents: Mapping[str, bytes],
    listed: AbstractSet[str],
    new: AbstractSet[str],
    ground: output_folder.Ground,
    staging: Path,
) -> int:
    """Put ``contents`` in place, in their order, and delete what is obsolete; how many files.

    All bytes are written to ``staging`` first, so that a full disk changes nothing; what follows
    only renames and deletes. The pages are not synchronised with the disk (0.4 ms each on a quick
    one, as long again as all the rest for 10,000 pages, and far more on a slow one): a power
    failure can damage them, but the next build compares all bytes and mends them.
    Only the list, which cannot be made again, is synchronised.
    """
    output_folder.write_list(staging / "before", listed | new)
    output_folder.write_list(staging / "after", new)
    for number, content in enumerate(contents.values()):
        (staging / str(number)).write_bytes(content)

    (staging / "before").replace(ground.folder / output_folder.LIST)
    removed = ground.make_way()
    for number, path in enumerate(contents):
        target = ground.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        (staging / str(number)).replace(target)
    removed += output_folder.remove(ground.folder, ground.obsolete - ground.in_the_way)
    (staging / "after").replace(ground.folder / output_folder.LIST)
    return removed


def _rank(path: str) -> tuple[int, int, str]:
    """The order of placing: what a file refers to comes before it.

    Styles and pictures, then pages, the deepest first since listings link down, then feeds and the
    sitemap.
    """
    pure = PurePosixPath(path)
    if pure.suffix == ".xml" or pure.name == "feed.json":
        group = 2
    else:
        group = 1 if pure.suffix == ".html" else 0
    return (group, -len(pure.parts), path)


def _unwritable(folder: Path, error: OSError) -> Diagnostic:
    place = str(error.filename2 or error.filename or folder)
    if output_folder.STAGING in place:
        place = str(folder)
    full = error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
    return Diagnostic(
        "output-unwritable",
        f"cannot be written: {error.strerror or error}",
        Span(Path(place).as_posix()),
        "free some space on the disk" if full else "choose another folder with --output",
    )
