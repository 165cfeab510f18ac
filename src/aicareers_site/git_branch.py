"""A branch of a git repository somewhere else: its last commit is read, and a next one pushed.

All of that happens in a bare repository of its own, which holds no more than it must: the user's
work trees, indexes and branches are not touched.
"""

from __future__ import annotations

import os
import re
import subprocess
from typing import IO, TYPE_CHECKING, NamedTuple

from aicareers_site.publish_failures import Failed, failure

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime
    from pathlib import Path

    from aicareers_site.outputs import Output

FILE = "100644"
"""The mode of an ordinary file in a tree."""

_OVERTAKEN = re.compile(
    r"^!.*\[(?:remote )?rejected\] .*\((?:non-fast-forward|fetch first|stale info|"
    r".*cannot lock ref|.*failed to (?:update|lock)|.*already exists)",
    re.MULTILINE,
)
# What an outer git, such as one that runs a hook, tells of its own repository.
_OUTER = re.compile(
    r"GIT_(?:DIR|WORK_TREE|INDEX_FILE|(?:ALTERNATE_)?OBJECT_DIRECTOR(?:Y|IES)|COMMON_DIR|PREFIX|"
    r"QUARANTINE_PATH|NAMESPACE)"
)


class Tip(NamedTuple):
    """The last commit of a branch, empty without one, and mode and object id of files by path."""

    commit: str
    files: Mapping[str, tuple[str, str]]


class Authorship(NamedTuple):
    """Who commits, when and with which words."""

    name: str
    mail: str
    when: datetime
    message: str


class RemoteBranch:
    """The branch ``ref`` at ``address``; ``folder`` is empty, and given up afterwards.

    ``settings`` are added to the user's own. All methods raise Failed, with a problem at the
    ``target``, where git does not do what it is told.
    """

    def __init__(
        self,
        folder: Path,
        address: str,
        ref: str,
        target: str,
        settings: Iterable[tuple[str, str]] = (),
    ) -> None:
        self._folder = folder
        self._ref = ref
        self._target = target
        self._environment = environment([*settings, ("core.hooksPath", os.devnull)])
        self._git("init", "--quiet", "--bare", ".")
        self._git("remote", "add", "target", address)

    def tip(self) -> Tip:
        """What the branch holds now; only names are fetched where the other side can do that."""
        found = self._git("ls-remote", "target", self._ref).split()
        if not found:
            return Tip("", {})
        options = ("--quiet", "--depth=1", "--no-tags", "--filter=blob:none")
        self._git("fetch", *options, "target", f"+{self._ref}:refs/tip")
        commit = self._git("rev-parse", "refs/tip").decode().strip()
        files = {}
        for entry in self._git("ls-tree", "-r", "-z", "--full-tree", commit).split(b"\0")[:-1]:
            about, _, path = entry.partition(b"\t")
            mode, _, name = about.decode().split()
            files[os.fsdecode(path)] = (mode, name)
        return Tip(commit, files)

    def content(self, object_id: str) -> bytes:
        """The bytes of a file."""
        return self._git("cat-file", "blob", object_id)

    def commit(
        self,
        tip: Tip,
        put: Iterable[Output],
        delete: Iterable[str],
        authorship: Authorship,
        *,
        squash: bool,
    ) -> str:
        """The id of a commit with these changes after ``tip``, or in its place."""
        stream = self._folder / "stream"
        with stream.open("wb") as file:
            file.write(_head(authorship))
            if tip.commit:
                # Its tree, with or without its history.
                tree = self._git("rev-parse", f"{tip.commit}^{{tree}}").decode().strip()
                start = f'M 040000 {tree} ""\n' if squash else f"from {tip.commit}\n"
                file.write(start.encode())
            for path in delete:
                file.write(b"D %s\n" % _quoted(path))
            for output in put:
                content = output.content()
                file.write(b"M %s inline %s\n" % (FILE.encode(), _quoted(output.path)))
                file.write(b"data %d\n%s\n" % (len(content), content))
        with stream.open("rb") as file:
            self._git("fast-import", "--quiet", "--force", given=file)
        stream.unlink()
        return self._git("rev-parse", "refs/next").decode().strip()

    def push(self, commit: str, tip: Tip) -> bool:
        """Make ``commit`` the branch's last; False where the branch is no longer at ``tip``."""
        lease = f"--force-with-lease={self._ref}:{tip.commit}"
        command = ("push", "--porcelain", lease, "target", f"{commit}:{self._ref}")
        done = self._run(command, None)
        if done.returncode == 0:
            return True
        said = done.stdout.decode("utf-8", "replace") + done.stderr.decode("utf-8", "replace")
        if _OVERTAKEN.search(said) and "exists; cannot create" not in said:
            return False
        raise Failed(failure("git", self._target, said))

    def _git(self, *arguments: str, given: IO[bytes] | None = None) -> bytes:
        done = self._run(arguments, given)
        if done.returncode:
            raise Failed(failure("git", self._target, done.stderr.decode("utf-8", "replace")))
        return done.stdout

    def _run(
        self, arguments: Iterable[str], given: IO[bytes] | None
    ) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            ["git", *arguments],
            cwd=self._folder,
            env=self._environment,
            stdin=given or subprocess.DEVNULL,
            capture_output=True,
            check=False,
        )


def environment(settings: Iterable[tuple[str, str]] = ()) -> dict[str, str]:
    """This process's environment for git elsewhere: in English, with these ``settings`` besides."""
    found = {key: value for key, value in os.environ.items() if not _OUTER.fullmatch(key)}
    count = int(found.get("GIT_CONFIG_COUNT") or 0)
    for number, (key, value) in enumerate(settings, start=count):
        found[f"GIT_CONFIG_KEY_{number}"] = key
        found[f"GIT_CONFIG_VALUE_{number}"] = value
        count += 1
    return found | {"GIT_CONFIG_COUNT": str(count), "LC_ALL": "C"}


def _head(authorship: Authorship) -> bytes:
    """The beginning of a commit in the language of git-fast-import(1)."""
    name, mail = (re.sub(r"[<>\n]", "", one) for one in (authorship.name, authorship.mail))
    when = f"{int(authorship.when.timestamp())} {authorship.when:%z}"
    message = authorship.message.encode()
    return (
        f"commit refs/next\ncommitter {name} <{mail}> {when}\ndata {len(message)}\n".encode()
        + message
        + b"\n"
    )


def _quoted(path: str) -> bytes:
    escaped = path.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'.encode()
