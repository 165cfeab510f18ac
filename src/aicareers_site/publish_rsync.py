"""Publishing to a folder of another machine, by rsync over ssh.

Nothing but rsync is run there. Each step of the publication is a run of its own, since rsync keeps
to an order of its own within one.
"""

from __future__ import annotations

import os
import re
import subprocess
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from aicareers_site import publication
from aicareers_site.diagnostics import Outcome
from aicareers_site.paths import folders, prefixes
from aicareers_site.publication import LIST, Changes
from aicareers_site.publish_failures import Failed, failure, not_ours, strangers

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from aicareers_site.outputs import Output
    from aicareers_site.publish_address import Host
    from aicareers_site.publish_target import Occasion

_TO_BE_SENT = re.compile(r"<f(?P<how>\S+) (?P<path>.+)")
"""A line that rsync prints for a file (rsync(1), ``--itemize-changes``)."""

_VANISHED = 24
"""What rsync ends with when a folder is not empty that it should delete."""


class RsyncTarget:
    """A folder on a host."""

    def __init__(self, host: Host) -> None:
        self._name = f"{host.host}:{host.path}"
        self._port = host.port

    def publish(self, outputs: Sequence[Output], occasion: Occasion) -> Outcome[Changes]:
        """As :class:`~.publish_target.Target` says.

        Codes: ``target-not-ours`` and those of :func:`~.publish_failures.failure`.
        """
        new = {output.path: output for output in outputs}
        changes = Changes()
        with TemporaryDirectory(prefix="aicareers-rsync-") as folder:
            remote = _Remote(Path(folder), self._name, self._port)
            try:
                ours = self._ours(remote)
                remote.stage(new.values())
                compared = self._changes(remote, new, ours)
                if not occasion.dry_run and (compared or ours != new.keys()):
                    changes = compared
                    remote.send_list(ours | new.keys())
                    done = _carried_out(remote, changes, new)
                    for _ in occasion.progress(done, len(changes)):
                        pass
                    remote.send_list(new.keys())
            except Failed as failed:
                return Outcome(changes, failed.problems)
        return Outcome(compared)

    def _ours(self, remote: _Remote) -> frozenset[str]:
        """The paths that publications have listed."""
        entries = remote.entries()
        if LIST not in entries:
            # A first publication may have been killed while it sent its list.
            if all(entry.startswith(f".{LIST}.") for entry in entries):
                return frozenset()
            message = f"the folder holds files, but none from a publication: it has no list {LIST}"
            hint = "name a new or an empty folder; or, if nothing in this one is needed, empty it"
            raise Failed(not_ours(self._name, message, hint))
        listed = publication.listed(remote.content(LIST))
        if listed is None:
            message = (
                f"the list of what was published, {LIST}, is damaged, so that nobody can tell what "
                "in the folder belongs to the site"
            )
            hint = (
                "put the list back as it was; or, if there is nothing but the site, empty the "
                "folder and publish again"
            )
            raise Failed(not_ours(self._name, message, hint))
        return listed

    def _changes(self, remote: _Remote, new: Mapping[str, Output], ours: frozenset[str]) -> Changes:
        # Where a file becomes a folder, or a folder a file, rsync cannot compare the two.
        gone = ours - new.keys()
        ways = folders(gone)
        blocked = {path for path in new if path in ways or not gone.isdisjoint(prefixes(path))}
        changed = remote.compared(new.keys() - blocked) | dict.fromkeys(blocked, True)
        there = {path for path, is_new in changed.items() if not is_new}
        if others := publication.strangers(new, there, ours):
            raise strangers(self._name, others, "move it away, or name another folder")
        return publication.changes(new, changed.keys(), ours - changed.keys() | there)


def _carried_out(remote: _Remote, changes: Changes, new: Mapping[str, Output]) -> Iterator[str]:
    """What has been done, a step at a time."""
    for step in changes.steps():
        if step.put:
            remote.put(output.path for output in step.put)
            yield from (output.path for output in step.put)
        else:
            remote.delete(step.delete, keep=folders(new))
            yield from step.delete


class _Remote:
    """The folder ``name``, and what is sent there, which is staged in ``folder``.

    All methods raise Failed where rsync does not do what it is told.
    """

    def __init__(self, folder: Path, name: str, port: int | None) -> None:
        self._staged = folder / "site"
        self._lists = folder / "lists"
        self._nothing = folder / "nothing"
        for place in (self._staged, self._lists, self._nothing):
            place.mkdir()
        self._names = folder / "names"
        self._name = name
        self._shell = []
        if port is not None:
            self._shell = ["--rsh", f"{os.environ.get('RSYNC_RSH', 'ssh')} -p {port}"]

    def stage(self, outputs: Iterable[Output]) -> None:
        """Write the files where they are sent from, to be read by everybody there."""
        for output in outputs:
            place = self._staged / output.path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(output.content())
            place.chmod(0o644)
        for place in self._staged.rglob("*/"):
            place.chmod(0o755)

    def entries(self) -> list[str]:
        """What is in the remote folder itself; nothing if there is none."""
        done = self._run("--list-only", "--dirs", "--", f"{self._name}/")
        if done.returncode and "No such file or directory" not in done.stderr:
            raise Failed(failure("rsync", self._name, done.stderr))
        # Permissions, size, day, time and name.
        names = [line.split(maxsplit=4)[-1] for line in done.stdout.splitlines()]
        return [name for name in names if name != "."]

    def content(self, path: str) -> bytes:
        """The bytes of a remote file."""
        self._done("--", f"{self._name}/{path}", f"{self._lists}/{path}")
        return (self._lists / path).read_bytes()

    def compared(self, paths: Iterable[str]) -> dict[str, bool]:
        """The staged ``paths`` that are to be sent, and whether nothing is there yet."""
        told = self._sent(paths, "--dry-run", "--out-format=%i %n")
        found = (match for match in map(_TO_BE_SENT.fullmatch, told.splitlines()) if match)
        return {match["path"]: match["how"].startswith("+") for match in found}

    def put(self, paths: Iterable[str]) -> None:
        """Send the staged ``paths``; each remote file is wholly old or wholly new."""
        self._sent(paths)

    def send_list(self, paths: Iterable[str]) -> None:
        """Give the remote folder the list of these ``paths``."""
        (self._lists / LIST).write_bytes(publication.list_of(paths))
        (self._lists / LIST).chmod(0o644)
        self._done("--checksum", "--", f"{self._lists}/{LIST}", f"{self._name}/")

    def delete(self, paths: Iterable[str], keep: set[str]) -> None:
        """Delete ``paths``, and folders that this leaves empty, but for those to ``keep``."""
        paths = [*paths]
        self._delete(paths)
        emptied = sorted(folders(paths) - keep, key=_depth, reverse=True)
        for _, names in groupby(emptied, _depth):
            self._delete(names)

    def _delete(self, paths: Iterable[str]) -> None:
        """What is asked for and not here goes there; folders only if they are empty."""
        arguments = ("--delete-missing-args", "--dirs", *self._named(paths))
        done = self._run(*arguments, "--", f"{self._nothing}/", f"{self._name}/")
        if done.returncode not in {0, _VANISHED}:
            raise Failed(failure("rsync", self._name, done.stderr))

    def _sent(self, paths: Iterable[str], *options: str) -> str:
        # Sums of contents are compared, not sizes and times: the staged files are always new.
        named = self._named(paths)
        return self._done(
            "--checksum", *options, *named, "--", f"{self._staged}/", f"{self._name}/"
        )

    def _named(self, paths: Iterable[str]) -> tuple[str, ...]:
        # Without the dot, a name that begins with '#' would be a comment.
        self._names.write_bytes(b"".join(f"./{path}\0".encode() for path in paths))
        return ("--from0", f"--files-from={self._names}", "--no-implied-dirs")

    def _done(self, *arguments: str) -> str:
        done = self._run(*arguments)
        if done.returncode:
            raise Failed(failure("rsync", self._name, done.stderr))
        return done.stdout

    def _run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["rsync", "--secluded-args", "--8-bit-output", *self._shell, *arguments],
            env={**os.environ, "LC_ALL": "C"},
            capture_output=True,
            check=False,
            encoding="utf-8",
            errors="surrogateescape",
        )


def _depth(folder: str) -> int:
    return folder.count("/")
