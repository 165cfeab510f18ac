"""The disk: reads a site's sources into one value, and publishes its outputs safely.

Publishing keeps a promise at every moment, even if the process is killed: each file in the output
folder is wholly old or wholly new, and the next build puts the rest right.
"""

# ruff: noqa: PTH101, PTH102, PTH105, PTH116, PTH123 - with ten thousand files, Path takes as long as the disk.
from __future__ import annotations

import errno
import os
import shutil
import stat
import tempfile
import unicodedata
from contextlib import suppress
from dataclasses import dataclass, field
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING

from aicareers_site import output_folder, publication
from aicareers_site.diagnostics import Diagnostic, Outcome, Span, in_order
from aicareers_site.paths import SETTINGS, folders, is_below, is_plain_name, key, prefixes
from aicareers_site.publication import LIST, Changes

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from aicareers_site.outputs import Output
    from aicareers_site.survey import Survey

FOLDERS = ("content", "static", "templates")

# Names that start with a dot and yet belong to a site, as hosts and servers read them.
_PUBLIC_DOT_NAMES = frozenset([".well-known", ".htaccess", ".nojekyll"])


@dataclass(frozen=True, slots=True)
class SourceTree:
    """A site's sources: contents by path.

    Paths are relative to the root, with forward slashes, in Unicode's form NFC, and sorted.
    """

    files: Mapping[str, bytes] = field(default_factory=dict)


def read(root: Path) -> Outcome[SourceTree]:
    """Read ``site.yaml`` and everything below ``content/``, ``static/`` and ``templates/``.

    Hidden files and editors' left-overs are no sources. Links are followed within the root. What
    cannot be read is an error (codes ``missing-file``, ``unreadable-file``, ``link-outside``,
    ``file-name``, ``name-clash``); the tree then holds the rest.
    """
    place = Path(os.path.realpath(root))
    try:
        with os.scandir(place) as found:
            entries = {entry.name: entry for entry in found}
    except (FileNotFoundError, NotADirectoryError):
        return Outcome(SourceTree(), (_missing(root.as_posix(), f"'{root}' is not a folder"),))
    except OSError as error:
        problem = f"cannot be read: {error.strerror or error}"
        hint = "mend that, or say with --root where the site is"
        return Outcome(
            SourceTree(), (Diagnostic("unreadable-file", problem, Span(root.as_posix()), hint),)
        )
    reader = _Reader(place)
    for name in (SETTINGS, *FOLDERS):
        if name in entries:
            reader.visit(entries[name], name, (str(place),))
        elif name == SETTINGS:
            reader.problems.append(_missing(SETTINGS, f"there is no {SETTINGS} in '{root}'"))
    files = dict(sorted(reader.files.items()))
    return Outcome(SourceTree(files), in_order([*reader.problems, *_case_clashes(files)]))


class _Reader:
    """One walk over the sources below the true folder ``root``: contents by path, and problems."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.files: dict[str, bytes] = {}
        self.problems: list[Diagnostic] = []

    def visit(self, entry: os.DirEntry[str], name: str, above: tuple[str, ...]) -> None:
        """Read ``entry`` as ``name``; ``above`` are the true folders on the way there."""
        try:
            linked = entry.is_symlink()
            true = os.path.realpath(entry.path, strict=True) if linked else entry.path
            if linked and not Path(true).is_relative_to(self.root):
                self._report("link-outside", name, f"the link leads out of the site, to '{true}'")
            elif true in above:
                self._report("unreadable-file", name, "the link leads back to a folder it is in")
            elif entry.is_dir() and name != SETTINGS:
                self._visit_folder(true, name, (*above, true))
            elif entry.is_file() and name not in FOLDERS:
                self._take(name, _content(true))
            else:
                expected = "a folder" if name in FOLDERS else "an ordinary file"
                self._report("unreadable-file", name, f"expected {expected}")
        except FileNotFoundError:
            self._report("unreadable-file", name, "this link leads to what does not exist")
        except PermissionError:
            message = "this user may not read it"
            self._report("unreadable-file", name, message, "get the right to read it")
        except OSError as error:
            self._report("unreadable-file", name, f"cannot be read: {error.strerror or error}")

    def _visit_folder(self, true: str, name: str, above: tuple[str, ...]) -> None:
        with os.scandir(true) as found:
            entries = sorted(found, key=attrgetter("name"))
        for entry in entries:
            if is_left_over(entry.name):
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

    def _report(self, code: str, name: str, message: str, hint: str = "") -> None:
        hints = {
            "link-outside": "put a copy of the file or folder here instead",
            "file-name": "rename the file",
            "name-clash": "rename one of them",
        }
        hint = hint or hints.get(code, "mend it, or remove it if the site does not need it")
        self.problems.append(Diagnostic(code, message, Span(name), hint))


def content(root: Path, path: str) -> bytes | None:
    """The source at ``path``; None where it is no file, or only a whole reading can say what it is.

    That is so behind links.
    """
    place = os.path.join(os.path.realpath(root), path)  # noqa: PTH118
    try:
        return _content(place) if os.path.realpath(place, strict=True) == place else None
    except OSError:
        return None


def _content(place: str) -> bytes:
    with open(place, "rb", buffering=0) as file:
        return file.read()


def _missing(path: str, message: str) -> Diagnostic:
    holds = ", ".join(f"{folder}/" for folder in FOLDERS)
    hint = (
        f"a site's folder holds {SETTINGS}, {holds}; say with --root where it is, or begin a site "
        "with aicareers init"
    )
    return Diagnostic("missing-file", message, Span(path), hint)


def is_left_over(name: str) -> bool:
    """Whether a file of this name is no source: hidden, or left behind by an editor."""
    hidden = name.startswith(".") and name not in _PUBLIC_DOT_NAMES
    return hidden or name.endswith(("~", ".swp")) or (name[0] == name[-1] == "#")


def true_path(place: Path) -> Path:
    """Where ``place`` is, links followed; unlike Path.resolve, without an error for links that lead
    in a circle.
    """
    return Path(os.path.realpath(place))


def replace(file: Path, content: bytes) -> None:
    """Give ``file`` this content: it is wholly old or wholly new.

    A symbolic link stays one, and permissions stay as they are. Raises OSError, with nothing lost.
    """
    place = true_path(file)
    draft = place.with_name(f".{place.name}.{os.getpid()}")
    try:
        draft.write_bytes(content)
        if place.exists():
            shutil.copymode(place, draft)
        draft.replace(place)
    except OSError:
        draft.unlink(missing_ok=True)
        raise


def write(file: Path, content: bytes) -> tuple[Diagnostic, ...]:
    """Give ``file`` this content, as :func:`replace` does; ``output-unwritable`` if it resists."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        replace(file, content)
    except OSError as error:
        return (_unwritable(file, error),)
    return ()


def _case_clashes(paths: Collection[str]) -> Iterator[Diagnostic]:
    """Files and folders whose names differ only in case: one of them on macOS and Windows."""
    first: dict[str, str] = {}
    for name in sorted({*paths, *folders(paths)}):
        other = first.setdefault(key(name), name)
        if other != name:
            yield Diagnostic(
                "name-clash",
                f"'{name}' and '{other}' differ only in upper and lower case",
                Span(name),
                "rename one of them: many systems take them for the same",
                related=(Span(other),),
            )


def publish(
    outputs: Sequence[Output], folder: Path, survey: Survey | None = None
) -> Outcome[Changes]:
    """Make ``folder`` hold exactly ``outputs``, besides files that no build wrote.

    A file whose bytes are equal already is not touched. Errors stop the publication: with the codes
    ``output-clash``, ``output-not-ours`` and ``output-busy`` nothing has changed; so too with
    ``output-unwritable``, unless the folder resists in the middle: then there are changes besides
    the error, and the next publication goes on from there. Raises ValueError for an output whose
    path is not below the folder or is reserved for the build's own files.

    Bytes are asked for only where the digest says that they are needed, one output at a time.
    ``survey`` is one of ``folder``, begun earlier to save time now.
    """
    if clashes := in_order(_output_clashes(outputs)):
        return Outcome(Changes(), clashes)
    new = {output.path: output for output in outputs}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with output_folder.locked(folder):
            return _publish(new, folder, survey.digests() if survey else {})
    except BlockingIOError:
        message = "another build is writing to this folder"
        hint = "wait until it has finished, or choose another folder"
        problem = Diagnostic("output-busy", message, Span(folder.as_posix()), hint)
    except OSError as error:
        problem = _unwritable(folder, error)
    return Outcome(Changes(), (problem,))


def compare(outputs: Sequence[Output], folder: Path) -> Outcome[Changes]:
    """What :func:`publish` would change in ``folder``, and what would stop it."""
    if clashes := in_order(_output_clashes(outputs)):
        return Outcome(Changes(), clashes)
    new = {output.path: output for output in outputs}
    try:
        if not folder.exists():
            return Outcome(publication.changes(new, new.keys(), frozenset()))
        return _compare(new, folder, {})[0]
    except OSError as error:
        return Outcome(Changes(), (_unwritable(folder, error),))


def _output_clashes(outputs: Iterable[Output]) -> Iterator[Diagnostic]:
    owners: dict[str, str] = {}  # By key.
    for path in (output.path for output in outputs):
        if not is_below(path) or path.startswith(output_folder.RESERVED):
            raise ValueError(f"not a path for a site's file: {path!r}")
        caseless = key(path)
        if caseless in owners:
            yield _clash(path, owners[caseless], "have one path")
        owners[caseless] = path
    if both := owners.keys() & folders(owners):
        for caseless, path in owners.items():
            for folder in both.intersection(prefixes(caseless)[:-1]):
                yield _clash(path, owners[folder], "cannot both be: one is a folder")


def _clash(path: str, other: str, problem: str) -> Diagnostic:
    message = f"the outputs '{path}' and '{other}' {problem}"
    return Diagnostic("output-clash", message, Span(path), "rename one of their sources")


def _publish(
    new: Mapping[str, Output], folder: Path, known: Mapping[str, bytes]
) -> Outcome[Changes]:
    compared, ground = _compare(new, folder, known)
    if ground is None:
        return compared
    output_folder.remove_staging(folder)
    if compared.value or ground.listed != new.keys():
        staging = Path(tempfile.mkdtemp(prefix=output_folder.STAGING, dir=folder))
        try:
            _stage(compared.value.put, new.keys(), ground, staging)
            try:
                _exchange(compared.value.put, ground, staging)
            except OSError as error:
                return Outcome(compared.value, (_unwritable(folder, error),))
        finally:
            shutil.rmtree(staging, ignore_errors=True)
    return compared


def _compare(
    new: Mapping[str, Output], folder: Path, known: Mapping[str, bytes]
) -> tuple[Outcome[Changes], output_folder.Ground | None]:
    """What is to be changed, and where; errors and no ground where that may not be."""
    listed = output_folder.read_list(folder)
    if listed.failed:
        return Outcome(Changes(), listed.diagnostics), None
    digests = {path: output.digest for path, output in new.items()}
    ground = output_folder.Ground(folder, listed.value, digests, known)
    if strangers := sorted(ground.strangers()):
        message = "this was not written by a build, and the site needs its place"
        hint = "move it away, or name another folder"
        problems = [output_folder.not_ours(folder / path, message, hint) for path in strangers]
        return Outcome(Changes(), tuple(problems)), None
    return Outcome(publication.changes(new, ground.changed, ground.standing(), key)), ground


def _stage(
    changed: Sequence[Output],
    new: AbstractSet[str],
    ground: output_folder.Ground,
    staging: Path,
) -> None:
    """Write all bytes to ``staging``, so that a full disk changes nothing."""
    output_folder.write_list(staging / "before", ground.listed | new)
    output_folder.write_list(staging / "after", new)
    for number, output in enumerate(changed):
        with open(f"{staging}/{number}", "xb") as file:
            file.write(output.content())
        _let_read(f"{staging}/{number}", 0o444)


def _exchange(changed: Sequence[Output], ground: output_folder.Ground, staging: Path) -> None:
    """Put ``changed`` in place, in their order, and delete what is obsolete.

    This only renames and deletes. The pages are not synchronised with the disk (0.4 ms each on a
    quick one, as long again as all the rest for 10,000 pages, and far more on a slow one): a power
    failure can damage them, but the next build compares all digests and mends them.
    Only the list, which cannot be made again, is synchronised.

    Everybody may read what is published, since web servers have users of their own. The umask
    decides who may write, and who may enter a new ``ground.folder``.
    """
    (staging / "before").replace(ground.folder / LIST)
    ground.make_way()
    for name in sorted(folders(output.path for output in changed)):
        with suppress(FileExistsError):
            os.mkdir(f"{ground.folder}/{name}")
            _let_read(f"{ground.folder}/{name}", 0o555)
    for number, output in enumerate(changed):
        os.replace(f"{staging}/{number}", f"{ground.folder}/{output.path}")
    output_folder.remove(ground.folder, ground.obsolete - ground.in_the_way)
    (staging / "after").replace(ground.folder / LIST)


def _let_read(place: str, rights: int) -> None:
    """Give everybody the ``rights`` to read a file, or to find what is in a folder."""
    mode = stat.S_IMODE(os.stat(place).st_mode)
    if mode & rights != rights:
        os.chmod(place, mode | rights)


def _unwritable(folder: Path, error: OSError) -> Diagnostic:
    place = str(error.filename2 or error.filename or folder)
    if output_folder.STAGING in place:
        place = str(folder)
    reason, hint = error.strerror or str(error), "name another place"
    if error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
        hint = "free some space on the disk, then do the same again"
    elif error.errno in {errno.EEXIST, errno.ENOTDIR}:
        reason = "a file, or a link to nothing, stands where a folder is needed"
        hint = "move it away, or name another place"
    elif error.errno == errno.EISDIR:
        reason = "a folder stands where a file is needed"
        hint = "move it away, or name another place"
    elif error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
        hint = "get the right to write there, or name another place"
    message = f"cannot be written: {reason}"
    return Diagnostic("output-unwritable", message, Span(Path(place).as_posix()), hint)
