"""``aicareers publish`` as people and CI use it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, ClassVar

import pytest
from click.testing import CliRunner, Result

from aicareers_site import announcements
from aicareers_site.cli import main
from aicareers_site.outputs import Output
from tests.folders import full_disk
from tests.samples import contents, lay_out, post, sources

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small project on disk, for a user without settings for git."""
    for variable in ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM"):
        monkeypatch.setenv(variable, os.devnull)
    lay_out(sources({"articles/a.md": post()}), tmp_path / "project")
    return tmp_path / "project"


def publish(root: Path, *arguments: str) -> Result:
    command = ["publish", *arguments, "--root", str(root), "--jobs", "1"]
    return CliRunner().invoke(main, command, catch_exceptions=False)


def test_what_changed_is_told(root: Path, tmp_path: Path) -> None:
    target = str(tmp_path / "live")
    first = publish(root, target)
    assert (first.exit_code, first.stderr) == (0, "")
    assert first.stdout.startswith(f"{target}: ")
    assert first.stdout.endswith(" files written, 0 unchanged, 0 removed.\n")
    assert publish(root, target).stdout.startswith(f"{target}: 0 files written, ")


def test_a_folder_gets_what_a_build_writes(root: Path, tmp_path: Path) -> None:
    publish(root, str(tmp_path / "live"))
    CliRunner().invoke(main, ["build", "--root", str(root), "--jobs", "1"])
    assert contents(tmp_path / "live") == contents(root / "public")


def test_a_dry_run_tells_what_would_be_done_and_does_nothing(root: Path, tmp_path: Path) -> None:
    target = tmp_path / "live"
    publish(root, str(target))
    changed = {"articles/b.md": post("B"), "articles/a.md": post(more="expires: 2026-01-02\n")}
    lay_out({f"content/{path}": content for path, content in changed.items()}, root)
    before = contents(target)

    result = publish(root, str(target), "--dry-run")

    lines = result.stdout.splitlines()
    assert lines.index("put     blog/b/index.html") < lines.index("put     blog/index.html")
    assert lines.index("put     blog/index.html") < lines.index("delete  blog/a/index.html")
    assert lines[-1].endswith(" unchanged, 1 would be removed.")
    assert contents(target) == before


def test_programs_read_one_object(root: Path, tmp_path: Path) -> None:
    target = str(tmp_path / "live")
    report = json.loads(publish(root, target, "--format", "json").stdout)
    assert report["published"] is True
    assert report["target"] == target
    assert report["files"] == {"written": len(report["put"]), "unchanged": 0, "removed": 0}
    assert "blog/a/index.html" in report["put"]
    assert report["deleted"] == report["diagnostics"] == []
    assert json.loads(publish(root, target, "--format", "json").stdout)["put"] == []


def test_what_was_published_is_written_down_and_kept(root: Path, tmp_path: Path) -> None:
    target, memory = str(tmp_path / "live"), root / "content/published.yaml"
    when = ["--now", "2026-11-21T12:00:00Z"]
    publish(root, target, *when, "--dry-run")
    publish(root, target, *when, "--base-url", "https://staging.example/")
    assert not memory.exists()
    assert publish(root, target, *when).exit_code == 0
    first = memory.read_text()
    assert first.partition("articles:\n")[2] == (
        "  /blog/a/:\n"
        "    source: content/articles/a.md\n"
        "    guid: tag:sample.example,2026:a\n"
        "    date: 2026-01-01\n"
        "    published: 2026-11-21T12:00:00Z\n"
    )
    assert publish(root, target, "--now", "2026-11-22T12:00:00Z").exit_code == 0
    assert memory.read_text() == first
    before = contents(tmp_path / "live")
    (root / "content/articles/a.md").rename(root / "content/articles/b.md")
    refused = publish(root, target)
    assert refused.exit_code == 1
    assert "content/published.yaml:11:3: error[address-vanished]" in refused.stderr
    assert (contents(tmp_path / "live"), memory.read_text()) == (before, first)


def test_a_site_that_holds_something_of_a_draft_is_not_sent(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = post("Okapis wander here at night", more="draft: true\n")
    lay_out({"content/articles/b.md": draft}, root)
    target = tmp_path / "live"
    assert publish(root, str(target)).exit_code == 0
    before = contents(target)
    leaking = Output.of("extra.txt", b"Okapis wander\n here at night")
    made = iter([[leaking], []])  # by the site, and by the one without the draft
    monkeypatch.setattr("aicareers_site.build._for_machines", lambda *_: iter(next(made)))
    result = publish(root, str(target))
    assert result.exit_code == 1
    assert "content/articles/b.md:2:8: error[leak]: this is a draft" in result.stderr
    assert contents(target) == before


def test_words_that_the_program_says_by_itself_keep_no_site_at_home(
    root: Path, tmp_path: Path
) -> None:
    said = "All articles on silent owls of winter"
    articles = {
        "content/articles/a.md": post(more="tags: [silent-owls-of-winter]\n"),
        "content/articles/b.md": post("B", body=said, more="draft: true\n"),
    }
    lay_out(articles, root)
    assert publish(root, str(tmp_path / "live")).exit_code == 0
    assert said in (tmp_path / "live/topics/silent-owls-of-winter/index.html").read_text("utf-8")


def test_a_memory_that_cannot_be_written_is_told_of(root: Path, tmp_path: Path) -> None:
    (root / "content/published.yaml").mkdir()
    result = publish(root, str(tmp_path / "live"))
    assert result.exit_code == 1
    assert (
        "content/published.yaml: error[output-unwritable]: cannot be written: a folder stands "
        "where a file is needed\n"
        "   = hint: move it away, or name another place\n"
    ) in result.stderr


def test_a_build_with_errors_is_not_published(root: Path, tmp_path: Path) -> None:
    lay_out({"content/articles/b.md": b"---\ntitel: B\n---\n"}, root)
    result = publish(root, str(tmp_path / "live"))
    assert result.exit_code == 1
    assert "error[unknown-key]" in result.stderr
    assert result.stderr.splitlines()[-1].endswith("live is as it was.")
    assert not (tmp_path / "live").exists()


def test_a_folder_that_is_not_ours_is_left_alone(root: Path, tmp_path: Path) -> None:
    lay_out({"notes.txt": b"mine"}, tmp_path / "live")
    result = publish(root, str(tmp_path / "live"))
    assert result.exit_code == 1
    assert "error[output-not-ours]" in result.stderr
    assert contents(tmp_path / "live") == {"notes.txt": b"mine"}


def test_a_file_in_the_place_of_the_folder_stays_as_it_was(root: Path, tmp_path: Path) -> None:
    (tmp_path / "live").write_text("mine")
    result = publish(root, str(tmp_path / "live"))
    assert result.exit_code == 1
    assert "error[output-unwritable]: cannot be written: a file, or a link to" in result.stderr
    assert result.stderr.splitlines()[-1].endswith("/live is as it was.")
    assert (tmp_path / "live").read_text() == "mine"


def test_a_full_disk_leaves_what_was_published(root: Path, tmp_path: Path) -> None:
    target = tmp_path / "live"
    publish(root, str(target))
    before = contents(target)
    lay_out({"content/articles/a.md": post(body="Other words. " * 5_000)}, root)
    with full_disk(20_000):
        result = publish(root, str(target), "--no-cache")
    assert result.exit_code == 1
    assert "= hint: free some space on the disk, then do the same again\n" in result.stderr
    assert result.stderr.splitlines()[-1].endswith(f"nothing was published; {target} is as it was.")
    assert contents(target) == before


def test_a_branch_of_git(root: Path, tmp_path: Path) -> None:
    repository = tmp_path / "site.git"
    subprocess.run(["git", "init", "--quiet", "--bare", str(repository)], check=True)
    target = f"git:{repository}#live"

    assert publish(root, target).exit_code == 0
    lay_out({"content/articles/b.md": post("B")}, root)
    assert publish(root, target, "--squash").exit_code == 0

    log = ["git", "-C", str(repository), "log", "--format=%s", "live"]
    (subject,) = subprocess.check_output(log, text=True).splitlines()
    assert subject.startswith("Publish https://sample.example/ as of ")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["ftp://example.com/x"], "'ftp://' cannot be published to: write a folder"),
        (["live", "--squash"], "--squash is for a branch of git"),
        (["live", "--drafts"], "No such option"),
        (["live", "--future"], "No such option"),
    ],
)
def test_wrong_usage_is_told(root: Path, arguments: list[str], words: str) -> None:
    result = publish(root, *arguments)
    assert result.exit_code == 2
    assert words in result.stderr


def test_sources_are_no_target(root: Path) -> None:
    result = publish(root, str(root / "static/live"))
    assert result.exit_code == 2
    assert "is in the folder static/ of sources" in result.stderr


def test_a_missing_package_is_told(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "boto3", None)
    result = publish(root, "s3://a-bucket")
    assert result.exit_code == 2
    assert "pip install 'aicareers-site[s3]'" in result.stderr


def test_a_missing_tool_is_told(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    result = publish(root, "git:origin")
    assert result.exit_code == 2
    assert "needs the program git" in result.stderr


class Listener(BaseHTTPRequestHandler):
    """Takes what is announced, or (where the path says so) refuses it."""

    taken: ClassVar[list[tuple[str, bytes]]] = []

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.taken.append((self.path, body))
        self.send_response(503 if self.path == "/busy" else 202)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Says nothing."""


@pytest.fixture
def listener() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Listener)
    Listener.taken.clear()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_others_are_told_what_has_changed(
    root: Path, tmp_path: Path, listener: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(announcements, "INDEXNOW", f"{listener}/indexnow")
    settings = (root / "site.yaml").read_text()
    told = f"websub: {listener}/hub\nindexnow: 0f3c7d2e9a514b68\n"
    (root / "site.yaml").write_text(settings + told)
    target = str(tmp_path / "live")

    publish(root, target, "--dry-run")
    publish(root, target, "--base-url", "https://preview.example/")
    assert Listener.taken == []
    publish(root, target)
    assert {path for path, _ in Listener.taken} == {"/hub", "/indexnow"}
    Listener.taken.clear()
    publish(root, target)
    assert Listener.taken == []
    lay_out({"content/articles/b.md": post("B")}, root)
    publish(root, target)
    pages = [json.loads(body)["urlList"] for path, body in Listener.taken if path == "/indexnow"]
    assert "https://sample.example/blog/b/" in pages[0]


def test_who_does_not_listen_is_a_warning_and_no_failure(
    root: Path, tmp_path: Path, listener: str
) -> None:
    settings = (root / "site.yaml").read_text()
    (root / "site.yaml").write_text(f"{settings}websub: {listener}/busy\n")
    result = publish(root, str(tmp_path / "live"), "--strict")
    assert result.exit_code == 0
    assert (
        f"site.yaml: warning[not-announced]: the hub {listener}/busy was not told that "
        "https://sample.example/atom.xml has changed, nor of 4 more changes: the answer was 503 "
        "Service Unavailable\n"
        "   = hint: nothing is lost: the site is published, and feed readers and search engines "
        "find this when they next look; if it happens each time, check whether 'websub' is the "
        "address of a hub\n"
    ) in result.stderr
    assert len(Listener.taken) == 5

    (root / "site.yaml").write_text(f"{settings}websub: http://127.0.0.1:1/\n")
    lay_out({"content/articles/b.md": post("B")}, root)
    result = publish(root, str(tmp_path / "live"))
    assert result.exit_code == 0
    assert (
        "the hub http://127.0.0.1:1/ was not told that https://sample.example/atom.xml has "
        "changed, nor of 4 more changes: Connection refused\n"
    ) in result.stderr
