"""Publishing to a branch of a git repository, as GitHub Pages and others serve it.

A branch changes in one moment, so that there is no order to keep.
"""

from __future__ import annotations

import os
import re
import subprocess
from hashlib import sha1
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from aicareers_site import publication
from aicareers_site.diagnostics import Diagnostic, Outcome, Span
from aicareers_site.git_branch import FILE, Authorship, RemoteBranch, environment
from aicareers_site.outputs import Output
from aicareers_site.publication import LIST, Changes
from aicareers_site.publish_failures import Failed, not_ours, strangers

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from aicareers_site.git_branch import Tip
    from aicareers_site.publish_address import Branch
    from aicareers_site.publish_target import Occasion

_NO_JEKYLL = Output.of(".nojekyll", b"")
"""Tells GitHub Pages to serve the files as they are."""

_ATTEMPTS = 2

# By these settings git in the site's own repository reaches others, such as by a token in CI.
_WAYS = re.compile(r"(?:credential|http|url)\..+|core\.sshcommand", re.IGNORECASE)


class GitTarget:
    """A branch; with ``squash`` it keeps but the last commit.

    ``root`` is the folder of the site's sources. If that is in a repository, its remotes can be
    named, and they are reached as from there.
    """

    def __init__(self, branch: Branch, root: Path, *, squash: bool) -> None:
        self._branch = branch
        self._name = f"git:{branch.remote}#{branch.name}"
        self._own = _OwnRepository(root)
        self._squash = squash

    def publish(self, outputs: Sequence[Output], occasion: Occasion) -> Outcome[Changes]:
        """As :class:`~.publish_target.Target` says.

        Codes: ``target-busy``, ``target-not-ours`` and those of :func:`~.publish_failures.failure`.
        """
        new = {_NO_JEKYLL.path: _NO_JEKYLL} | {output.path: output for output in outputs}
        with TemporaryDirectory(prefix="aicareers-git-") as folder:
            try:
                branch = RemoteBranch(
                    Path(folder),
                    self._own.address(self._branch.remote),
                    f"refs/heads/{self._branch.name}",
                    self._name,
                    self._own.ways(),
                )
                return self._published(branch, new, occasion)
            except Failed as failed:
                return Outcome(Changes(), failed.problems)

    def _published(
        self, branch: RemoteBranch, new: Mapping[str, Output], occasion: Occasion
    ) -> Outcome[Changes]:
        for _ in range(_ATTEMPTS):
            tip = branch.tip()
            ours = self._ours(branch, tip)
            changes = self._changes(tip, new, ours)
            if occasion.dry_run or (not changes and ours == new.keys()):
                return Outcome(changes)
            commit = branch.commit(
                tip,
                (*changes.put, Output.of(LIST, publication.list_of(new))),
                (*changes.cleared, *changes.removed),
                self._authorship(changes, occasion),
                squash=self._squash,
            )
            if branch.push(commit, tip):
                return Outcome(changes)
        message = "somebody else publishes to this branch at the same time"
        hint = "publish again when that is over"
        raise Failed(Diagnostic("target-busy", message, Span(self._name), hint))

    def _ours(self, branch: RemoteBranch, tip: Tip) -> frozenset[str]:
        """The paths that publications have listed."""
        if not tip.files:
            return frozenset()
        if LIST not in tip.files:
            message = f"the branch holds files, but none from a publication: it has no list {LIST}"
            hint = (
                f"name another branch; or, if this one is not needed, delete it: {self._deletion}"
            )
            raise Failed(not_ours(self._name, message, hint))
        listed = publication.listed(branch.content(tip.files[LIST][1]))
        if listed is None:
            message = (
                f"the list of what was published, {LIST}, is damaged, so that nobody can tell what "
                "on the branch belongs to the site"
            )
            hint = (
                "put the list back as it was in the commit before; or, if there is nothing but the "
                f"site, delete the branch and publish again: {self._deletion}"
            )
            raise Failed(not_ours(self._name, message, hint))
        return listed

    @property
    def _deletion(self) -> str:
        return f"git push {self._branch.remote} --delete {self._branch.name}"

    def _changes(self, tip: Tip, new: Mapping[str, Output], ours: frozenset[str]) -> Changes:
        same = {path for path, output in new.items() if _holds(tip, output)}
        if others := publication.strangers(new, tip.files.keys() - same, ours):
            hint = "take it out of the branch by a commit of yours, or name another branch"
            raise strangers(self._name, others, hint)
        return publication.changes(new, new.keys() - same, ours & tip.files.keys())

    def _authorship(self, changes: Changes, occasion: Occasion) -> Authorship:
        counts = changes.counts
        return Authorship(
            self._own.committer("name") or "aicareers publish",
            self._own.committer("email") or f"noreply@{urlsplit(occasion.home).hostname}",
            occasion.now,
            f"Publish {occasion.home} as of {occasion.now.isoformat(timespec='minutes')}\n\n"
            f"Files: {counts.written} written, {counts.unchanged} unchanged, "
            f"{counts.removed} removed.\n",
        )


def _holds(tip: Tip, output: Output) -> bool:
    """Whether the branch has these bytes at their path, by git's name for them."""
    if output.path not in tip.files:
        return False
    content = output.content()
    blob = sha1(b"blob %d\0%s" % (len(content), content), usedforsecurity=False).hexdigest()
    return tip.files[output.path] == (FILE, blob)


class _OwnRepository:
    """The repository that the site's sources are in, if they are in one."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def committer(self, part: str) -> str:
        """The ``name`` or ``email`` of who commits here; empty where git has not been told."""
        found = os.environ.get(f"GIT_COMMITTER_{part.upper()}", "")
        return found or self._said("config", "--get", f"user.{part}").strip()

    def address(self, remote: str) -> str:
        """Where the ``remote`` is: the one of this name, a path from here, or just what it says."""
        if named := self._said("remote", "get-url", "--push", "--", remote).strip():
            # A path in a repository's settings starts at its top.
            top = Path(self._said("rev-parse", "--show-toplevel").strip())
            return str(top / named) if (top / named).exists() else named
        here = Path(remote)
        return str(here.resolve()) if here.exists() else remote

    def ways(self) -> list[tuple[str, str]]:
        """The settings by which others are reached from here."""
        listed = self._said("config", "--local", "--includes", "--null", "--list")
        entries = (entry.partition("\n")[::2] for entry in listed.split("\0"))
        return [(key, value) for key, value in entries if _WAYS.fullmatch(key)]

    def _said(self, *arguments: str) -> str:
        """What git says here; nothing where it fails."""
        done = subprocess.run(
            ["git", *arguments],
            cwd=self._root,
            env=environment(),
            capture_output=True,
            check=False,
            text=True,
        )
        return done.stdout if done.returncode == 0 else ""
