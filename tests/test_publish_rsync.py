"""Publishing by rsync to a real ssh server on this machine's loopback."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

import pytest

from aicareers_site.publish_address import Host
from aicareers_site.publish_rsync import RsyncTarget
from tests.loopback_ssh import HOST, Server, server
from tests.samples import contents
from tests.site_states import EDGES, NEW, OLD, check_whole, files, occasion, outputs

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from aicareers_site.diagnostics import Outcome
    from aicareers_site.publication import Changes

LIST = ".aicareers-files"


@pytest.fixture(scope="module")
def ssh(sshd_path: str) -> Iterator[Server]:
    with server(sshd_path) as found:
        yield found


@pytest.fixture(autouse=True)
def _client(ssh: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RSYNC_RSH", ssh.client())


@pytest.fixture
def live(tmp_path: Path) -> Path:
    """Where the site goes on the host; its name would mislead a careless program."""
    return tmp_path / "the live site's $(touch stolen)"


def publish(live: Path, site: Mapping[str, str], *, dry_run: bool = False) -> Outcome[Changes]:
    return RsyncTarget(Host(HOST, str(live))).publish(outputs(site), occasion(dry_run=dry_run))


def published(live: Path, site: Mapping[str, str]) -> tuple[int, int, int]:
    outcome = publish(live, site)
    assert outcome.diagnostics == ()
    return outcome.value.counts


def held(live: Path) -> dict[str, bytes]:
    found = contents(live)
    found.pop(LIST, None)
    return found


def codes(outcome: Outcome[Changes]) -> list[str]:
    return [problem.code for problem in outcome.diagnostics]


def test_a_host_gets_the_site_and_then_what_changes(live: Path) -> None:
    assert published(live, OLD) == (len(OLD), 0, 0)
    assert held(live) == files(OLD)
    first = (live / "robots.txt").stat()

    published(live, EDGES)

    assert held(live) == files(EDGES)
    assert (live / "robots.txt").stat().st_mtime_ns == first.st_mtime_ns
    assert first.st_mode & 0o777 == 0o644
    assert (live / "blog").stat().st_mode & 0o777 == 0o755
    assert published(live, EDGES) == (0, len(EDGES), 0)


def test_folders_that_are_left_empty_go_and_those_of_others_stay(live: Path) -> None:
    published(live, {**OLD, "a/b/c/d.html": "", "e/f.html": ""})
    (live / "e/theirs.txt").write_text("theirs")
    published(live, OLD)
    assert not (live / "a").exists()
    assert (live / "e/theirs.txt").read_text() == "theirs"


def test_a_file_becomes_a_folder_and_the_other_way_round(live: Path) -> None:
    published(live, {"a": "file", "b/c": "in a folder"})
    published(live, {"a/d": "in a folder", "b": "file"})
    assert held(live) == {"a/d": b"in a folder", "b": b"file"}


def test_damaged_and_missing_files_are_sent_again(live: Path) -> None:
    published(live, NEW)
    (live / "index.html").write_text("x" * len(NEW["index.html"]))
    (live / "feed.xml").unlink()
    assert published(live, NEW) == (2, len(NEW) - 2, 0)
    assert held(live) == files(NEW)


def test_a_dry_run_changes_nothing(live: Path) -> None:
    assert publish(live, OLD, dry_run=True).value.counts == (len(OLD), 0, 0)
    assert not live.exists()
    published(live, OLD)
    planned = publish(live, NEW, dry_run=True)
    assert held(live) == files(OLD)
    assert publish(live, NEW) == planned


def test_what_others_put_there_is_left_alone(live: Path) -> None:
    live.mkdir()
    (live / "index.html").write_text("theirs")
    (problem,) = publish(live, NEW).diagnostics
    assert (problem.code, problem.message, problem.hint) == (
        "target-not-ours",
        "the folder holds files, but none from a publication: it has no list .aicareers-files",
        "name a new or an empty folder; or, if nothing in this one is needed, empty it",
    )
    assert contents(live) == {"index.html": b"theirs"}

    (live / "index.html").unlink()
    published(live, OLD)
    (live / "extra.html").write_text("theirs")
    (problem,) = publish(live, {**NEW, "extra.html": "ours"}).diagnostics
    assert (problem.code, problem.message, problem.hint) == (
        "target-not-ours",
        "'extra.html' was not put there by a publication, and the site needs its place",
        "move it away, or name another folder",
    )
    assert held(live) == {**files(OLD), "extra.html": b"theirs"}
    (live / LIST).write_text("damaged")
    (problem,) = publish(live, NEW).diagnostics
    assert (problem.code, problem.message, problem.hint) == (
        "target-not-ours",
        "the list of what was published, .aicareers-files, is damaged, so that nobody can tell "
        "what in the folder belongs to the site",
        "put the list back as it was; or, if there is nothing but the site, empty the folder and "
        "publish again",
    )


# At one of its runs it breaks off, with nothing done or with every second of the names given to it.
WRAPPER = """\
#!/bin/sh
count=$(($(cat {folder}/count) + 1))
echo $count > {folder}/count
[ $count -eq {at} ] || exec {rsync} "$@"
if [ {manner} = half ]; then
  for argument; do case $argument in
    --files-from=*) names=${{argument#*=}}
      tr '\\0' '\\n' < $names | sed -n 'n;p' | tr '\\n' '\\0' > $names.half
      mv $names.half $names ;;
  esac; done
  {rsync} "$@"
fi
echo "Connection closed by remote host" >&2
exit 12
"""
# In place of ssh, where a publication is not what is tested: the other end, without the network.
LOCALLY = """\
#!/bin/sh
shift
exec sh -c "$*"
"""


@pytest.mark.parametrize("manner", ["nothing", "half"])
def test_a_failure_at_any_step_leaves_a_whole_site(
    live: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, manner: str
) -> None:
    tools = tmp_path / "tools"
    tools.mkdir()
    rsync, path = shutil.which("rsync"), os.environ["PATH"]
    _program(tools / "locally", LOCALLY)
    published(live, OLD)
    at, failed = 0, True
    while failed:
        at += 1
        site = live.with_name(f"{live.name}-{at}")
        shutil.copytree(live, site)
        wrapper = WRAPPER.format(folder=tools, at=at, rsync=rsync, manner=manner)
        _program(tools / "rsync", wrapper)
        (tools / "count").write_text("0")

        with monkeypatch.context() as patched:
            patched.setenv("PATH", f"{tools}:{path}")
            outcome = publish(site, NEW)

        failed = outcome.diagnostics != ()
        assert codes(outcome) == (["target-unreachable"] if failed else [])
        check_whole(held(site), OLD, NEW)
        with monkeypatch.context() as patched:
            patched.setenv("RSYNC_RSH", str(tools / "locally"))
            published(site, NEW)
            assert held(site) == files(NEW)
            assert published(site, NEW) == (0, len(NEW), 0)
    # What is there, the list before, files of two kinds, pages of two, the feed, deletions of two
    # kinds and of a folder, the list after.
    assert at > 10


def _program(place: Path, text: str) -> None:
    place.write_text(text)
    place.chmod(0o755)


def test_a_host_that_is_not_there_is_told(live: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RSYNC_RSH", "ssh -F none -o BatchMode=yes")
    outcome = RsyncTarget(Host("127.0.0.1", str(live), port=1)).publish(outputs(NEW), occasion())
    assert codes(outcome) == ["target-unreachable"]
    assert "Connection refused" in outcome.diagnostics[0].message


def test_a_host_that_is_not_known_is_told(
    live: Path, ssh: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RSYNC_RSH", ssh.client(known="none"))
    outcome = publish(live, NEW)
    assert codes(outcome) == ["target-refused"]
    assert "Host key verification failed" in outcome.diagnostics[0].message
    assert "fingerprint" in outcome.diagnostics[0].hint


def test_a_host_that_refuses_the_key_is_told(
    live: Path, ssh: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RSYNC_RSH", ssh.client(key="host"))
    outcome = publish(live, NEW)
    assert codes(outcome) == ["target-refused"]
    assert "Permission denied" in outcome.diagnostics[0].message
    assert "key" in outcome.diagnostics[0].hint


def test_a_folder_above_that_is_not_there_is_told(live: Path) -> None:
    outcome = publish(live / "deeper", NEW)
    assert codes(outcome) == ["target-unreachable"]
    assert outcome.diagnostics[0].hint.startswith("make the folder above it on the host first")
    assert not live.exists()
