"""Publishing to a branch of a real repository."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

import pytest

from aicareers_site.git_branch import RemoteBranch
from aicareers_site.publish_address import Branch
from aicareers_site.publish_git import GitTarget
from tests.site_states import EDGES, NEW, NOW, OLD, check_whole, files, occasion, outputs

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from aicareers_site.diagnostics import Outcome
    from aicareers_site.publication import Changes

LIST = ".aicareers-files"


class Repository:
    """A bare repository, and a folder with sources that is in none."""

    def __init__(self, folder: Path) -> None:
        self.place = folder / "site.git"
        self.root = folder / "sources"
        self.root.mkdir()
        self("init", "--quiet", "--bare", str(self.place), where=folder)

    def __call__(self, *arguments: str, where: Path | None = None) -> str:
        done = subprocess.run(
            ["git", *arguments],
            cwd=where or self.place,
            check=True,
            capture_output=True,
            text=True,
        )
        return done.stdout

    def publish(
        self, site: Mapping[str, str], *, squash: bool = False, dry_run: bool = False
    ) -> Outcome[Changes]:
        target = GitTarget(Branch(str(self.place)), self.root, squash=squash)
        return target.publish(outputs(site), occasion(dry_run=dry_run))

    def published(self, site: Mapping[str, str], *, squash: bool = False) -> tuple[int, int, int]:
        outcome = self.publish(site, squash=squash)
        assert outcome.diagnostics == ()
        return outcome.value.counts

    def held(self, branch: str = "gh-pages") -> dict[str, bytes]:
        """What is on the branch, without what is for the program and the host."""
        found = {}
        for line in self("ls-tree", "-r", "-z", branch).split("\0")[:-1]:
            about, path = line.split("\t")
            command = ["git", "cat-file", "blob", about.split()[2]]
            found[path] = subprocess.check_output(command, cwd=self.place)
        return {path: text for path, text in found.items() if path not in {LIST, ".nojekyll"}}

    def commits(self) -> int:
        return int(self("rev-list", "--count", "gh-pages"))

    def commit_of_others(self, work: Path, path: str, content: str) -> None:
        """Somebody writes a file of the branch, in the new folder ``work``, and pushes it."""
        self("clone", "--quiet", "--branch=gh-pages", str(self.place), str(work))
        (work / path).write_text(content)
        author = ("-c", "user.name=Someone", "-c", "user.email=someone@sample.example")
        self("add", path, where=work)
        self(*author, "commit", "--quiet", "--message=Mine", where=work)
        self("push", "--quiet", where=work)


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    # Nobody's own settings.
    for variable in ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM"):
        monkeypatch.setenv(variable, os.devnull)
    return Repository(tmp_path)


def codes(outcome: Outcome[Changes]) -> list[str]:
    return [problem.code for problem in outcome.diagnostics]


def test_a_branch_gets_the_site_and_then_what_changes(repository: Repository) -> None:
    assert repository.published(OLD) == (len(OLD) + 1, 0, 0)
    assert repository.held() == files(OLD)

    repository.published(EDGES)

    assert repository.held() == files(EDGES)
    assert repository.commits() == 2
    assert repository.published(EDGES) == (0, len(EDGES) + 1, 0)
    assert repository.commits() == 2


def test_the_branch_says_who_published_what_and_when(repository: Repository) -> None:
    repository.published(NEW)
    told = repository("log", "-1", "--format=%an <%ae> %aI%n%B", "gh-pages").splitlines()
    assert told[:3] == [
        f"aicareers publish <noreply@sample.example> {NOW.isoformat()}",
        "Publish https://sample.example/ as of 2026-11-21T12:00+00:00",
        "",
    ]
    assert told[3] == f"Files: {len(NEW) + 1} written, 0 unchanged, 0 removed."
    assert repository("cat-file", "blob", "gh-pages:.nojekyll") == ""


def test_the_same_site_gives_the_same_commit(repository: Repository, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    other = Repository(tmp_path / "other")
    repository.published(NEW)
    other.published(NEW)
    assert repository("rev-parse", "gh-pages") == other("rev-parse", "gh-pages")


def test_a_squashed_branch_has_one_commit(repository: Repository) -> None:
    repository.published(OLD)
    repository.published(NEW, squash=True)
    assert repository.commits() == 1
    assert repository.held() == files(NEW)
    assert repository.published(NEW, squash=True) == (0, len(NEW) + 1, 0)


def test_files_of_others_stay_and_what_is_in_the_way_is_told(
    repository: Repository, tmp_path: Path
) -> None:
    repository.published(OLD)
    repository.commit_of_others(tmp_path / "work", "CNAME", "www.sample.example\n")

    repository.published(NEW)
    assert repository.held() == {**files(NEW), "CNAME": b"www.sample.example\n"}
    before = repository.held()
    (problem,) = repository.publish({**NEW, "CNAME": "other"}).diagnostics
    assert (problem.code, problem.message, problem.hint) == (
        "target-not-ours",
        "'CNAME' was not put there by a publication, and the site needs its place",
        "take it out of the branch by a commit of yours, or name another branch",
    )
    assert codes(repository.publish({**NEW, "CNAME/x": "other"})) == ["target-not-ours"]
    assert repository.held() == before


def test_a_branch_of_sources_is_left_alone(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    work = tmp_path / "work"
    repository("init", "--quiet", "--initial-branch=main", str(work), where=tmp_path)
    (work / "site.yaml").write_text("title: Sample\n")
    author = ("-c", "user.name=Someone", "-c", "user.email=someone@sample.example")
    repository("add", ".", where=work)
    repository(*author, "commit", "--quiet", "--message=Sources", where=work)
    status = repository("status", "--porcelain", where=work)

    target = GitTarget(Branch(".", "main"), work, squash=True)
    monkeypatch.chdir(work)
    outcome = target.publish(outputs(NEW), occasion())

    assert codes(outcome) == ["target-not-ours"]
    assert outcome.diagnostics[0].message == (
        "the branch holds files, but none from a publication: it has no list .aicareers-files"
    )
    assert outcome.diagnostics[0].hint == (
        "name another branch; or, if this one is not needed, delete it: git push . --delete main"
    )
    assert repository("status", "--porcelain", where=work) == status == ""


def test_a_damaged_list_is_told(repository: Repository, tmp_path: Path) -> None:
    repository.published(OLD)
    repository.commit_of_others(tmp_path / "work", ".aicareers-files", "index.html\n")
    (problem,) = repository.publish(NEW).diagnostics
    assert (problem.code, problem.message, problem.hint) == (
        "target-not-ours",
        "the list of what was published, .aicareers-files, is damaged, so that nobody can tell "
        "what on the branch belongs to the site",
        "put the list back as it was in the commit before; or, if there is nothing but the site, "
        f"delete the branch and publish again: git push {repository.place} --delete gh-pages",
    )
    assert repository.held() == files(OLD)


def test_a_branch_below_another_one_is_told(repository: Repository) -> None:
    repository.published(OLD)
    branch = Branch(str(repository.place), "gh-pages/new")
    outcome = GitTarget(branch, repository.root, squash=False).publish(outputs(NEW), occasion())
    assert codes(outcome) == ["target-refused"]
    assert "'refs/heads/gh-pages' exists" in outcome.diagnostics[0].message
    assert outcome.diagnostics[0].hint.endswith("name another branch")


def test_a_remote_is_known_by_its_name_in_the_sources_repository(
    repository: Repository, tmp_path: Path
) -> None:
    work = tmp_path / "work"
    repository("init", "--quiet", str(work), where=tmp_path)
    repository("remote", "add", "origin", "../site.git", where=work)
    repository("config", "user.name", "An Editor <x>", where=work)
    (work / "docs").mkdir()

    outcome = GitTarget(Branch("origin"), work / "docs", squash=False).publish(
        outputs(NEW), occasion()
    )

    assert outcome.diagnostics == ()
    assert repository("log", "-1", "--format=%an", "gh-pages") == "An Editor x\n"
    # Nothing has come into the repository of the sources.
    assert repository("count-objects", where=work) == "0 objects, 0 kilobytes\n"
    assert repository("for-each-ref", where=work) == ""


def test_what_the_sources_repository_knows_of_the_way_is_taken_along(
    repository: Repository, tmp_path: Path
) -> None:
    work = tmp_path / "work"
    repository("init", "--quiet", str(work), where=tmp_path)
    way = f"url.{repository.place}.insteadOf"
    repository("config", way, "https://git.example/site.git", where=work)

    target = GitTarget(Branch("https://git.example/site.git"), work, squash=False)

    assert target.publish(outputs(NEW), occasion()).diagnostics == ()
    assert repository.held() == files(NEW)


def test_a_dry_run_changes_nothing(repository: Repository) -> None:
    outcome = repository.publish(NEW, dry_run=True)
    assert outcome.value.counts == (len(NEW) + 1, 0, 0)
    assert repository("for-each-ref") == ""


def test_a_refusal_leaves_the_branch_and_the_next_publication_completes_it(
    repository: Repository,
) -> None:
    repository.published(OLD)
    hook = repository.place / "hooks/pre-receive"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\necho 'No deploys on Fridays' >&2\nexit 1\n")
    hook.chmod(0o755)

    refused = repository.publish(NEW)

    assert codes(refused) == ["target-refused"]
    assert "No deploys on Fridays" in refused.diagnostics[0].message
    assert repository.held() == files(OLD)
    hook.unlink()
    repository.published(NEW)
    assert repository.held() == files(NEW)


STEPS = ["tip", "content", "commit", "push"]


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("after", [False, True])
def test_a_failure_at_any_step_leaves_an_old_or_a_new_site(
    repository: Repository, monkeypatch: pytest.MonkeyPatch, step: str, *, after: bool
) -> None:
    repository.published(OLD)
    original = getattr(RemoteBranch, step)

    def fail(*arguments: object, **options: object) -> object:
        if after:
            original(*arguments, **options)
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(RemoteBranch, step, fail)
        with pytest.raises(KeyboardInterrupt):
            repository.publish(NEW)

    check_whole(repository.held(), OLD, NEW)
    assert repository.held() == files(NEW if (step, after) == ("push", True) else OLD)
    repository.published(NEW)
    assert repository.held() == files(NEW)
    assert repository.published(NEW)[0] == 0


@pytest.mark.parametrize("squash", [False, True])
def test_somebody_who_publishes_at_the_same_time_is_not_overwritten(
    repository: Repository, monkeypatch: pytest.MonkeyPatch, *, squash: bool
) -> None:
    repository.published(OLD)
    original = RemoteBranch.push
    overtaken: list[int] = []

    def push(self: RemoteBranch, *arguments: object) -> bool:
        if len(overtaken) < times:
            overtaken.append(1)
            theirs = {**OLD, "theirs.txt": str(len(overtaken))}
            monkeypatch.setattr(RemoteBranch, "push", original)
            repository.published(theirs)
            monkeypatch.setattr(RemoteBranch, "push", push)
        return original(self, *arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(RemoteBranch, "push", push)
    times = 1
    repository.published(NEW, squash=squash)
    assert repository.held() == files(NEW)
    assert repository.commits() == (1 if squash else 3)

    overtaken.clear()
    times = 2
    assert codes(repository.publish(OLD, squash=squash)) == ["target-busy"]
    assert repository.held() == files({**OLD, "theirs.txt": "2"})


def test_only_names_are_fetched_where_the_other_side_can_do_that(repository: Repository) -> None:
    repository("config", "uploadpack.allowFilter", "true")
    repository("config", "uploadpack.allowAnySHA1InWant", "true")
    repository.published(OLD)
    target = GitTarget(Branch(f"file://{repository.place}"), repository.root, squash=False)
    assert target.publish(outputs(NEW), occasion()).diagnostics == ()
    assert repository.held() == files(NEW)


@pytest.mark.parametrize(
    ("remote", "code"),
    [
        ("/nowhere/site.git", "target-unreachable"),
        ("https://127.0.0.1:1/site.git", "target-unreachable"),
        ("ext::sh -c 'touch stolen'", "target-failed"),
    ],
)
def test_a_repository_that_cannot_be_reached_is_told(
    repository: Repository, remote: str, code: str
) -> None:
    target = GitTarget(Branch(remote), repository.root, squash=False)
    outcome = target.publish(outputs(NEW), occasion())
    assert codes(outcome) == [code]
    assert outcome.diagnostics[0].message.startswith("git: ")
    assert outcome.diagnostics[0].span.path == f"git:{remote}#gh-pages"


def test_what_an_outer_git_says_of_its_repository_is_not_taken_for_ours(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_DIR", "/nowhere")
    monkeypatch.setenv("GIT_INDEX_FILE", "/nowhere/index")
    outcome = repository.publish(NEW)
    monkeypatch.undo()
    assert outcome.diagnostics == ()
    assert repository.held() == files(NEW)
