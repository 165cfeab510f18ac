"""An article is begun as an editor would begin it: by the public command, in a folder on disk."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from aicareers_site import new_command
from aicareers_site.cli import main
from tests.folders import full_disk
from tests.samples import OPENINGS, SETTINGS, contents, lay_out, post, run, sources
from tests.yaml_core import front_matter

if TYPE_CHECKING:
    from pathlib import Path

TWO_DESKS = SETTINGS.replace(
    "categories:", "  other: {name: Other, role: More, bio: Two.}\ncategories:"
)
NOW = ("--now", "2026-11-21T12:00")
OPTIONS = ("--description", "What it is about.", "--category", "advice", "--author", "desk")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A small project."""
    files = {"articles/a.md": post("A"), "data/openings.yaml": OPENINGS.encode()}
    lay_out(sources(files, TWO_DESKS), tmp_path)
    return tmp_path


def new(root: Path, *arguments: str, answers: str | None = None) -> Result:
    command = ["new", *arguments, "--root", str(root), *NOW]
    return CliRunner().invoke(main, command, input=answers, catch_exceptions=False)


def written(root: Path, path: str) -> str:
    return (root / path).read_text("utf-8")


@pytest.mark.parametrize(
    ("arguments", "path"),
    [
        (("post", *OPTIONS), "content/articles/a-title.md"),
        (("trend", *OPTIONS), "content/trends/a-title.md"),
        (("country-profile", *OPTIONS, "--country", "NO"), "content/countries/a-title.md"),
        (("market", *OPTIONS, "--table", "openings.level"), "content/market/a-title.md"),
        (("page", "--description", "What it is for."), "content/pages/a-title.md"),
    ],
)
def test_an_article_of_each_kind(arguments: tuple[str, ...], path: str, root: Path) -> None:
    before = contents(root)
    kind, *options = arguments
    result = new(root, kind, "A title", *options)
    assert (result.exit_code, result.stdout) == (0, f"{root / path}\n")
    after = contents(root)
    assert after.keys() - before.keys() == {path}
    assert {name: after[name] for name in before} == before
    assert run(root, "--drafts", "--strict", *NOW).report["diagnostics"] == []


def test_the_day_is_that_of_the_site(root: Path) -> None:
    lay_out({"site.yaml": TWO_DESKS.replace(": UTC", ": Asia/Tokyo").encode()}, root)
    command = ["new", "post", "B", *OPTIONS, "--root", str(root), "--now", "2026-11-21T20:00Z"]
    CliRunner().invoke(main, command, catch_exceptions=False)
    assert front_matter(written(root, "content/articles/b.md"))["date"] == "2026-11-22"


def test_what_is_missing_is_named_where_nobody_answers(root: Path) -> None:
    before = contents(root)
    result = new(root, "country-profile", "Norway")
    assert result.exit_code == 2
    assert re.findall(r"--[\w-]+ is missing", result.stderr) == [
        "--description is missing",
        "--category is missing",
        "--author is missing",
        "--country is missing",
    ]
    assert "One of: advice, figures." in result.stderr
    assert contents(root) == before


def test_the_one_author_need_not_be_named(root: Path) -> None:
    lay_out({"site.yaml": SETTINGS.encode()}, root)
    assert new(root, "post", "B", "--description", "C.", "--category", "advice").exit_code == 0
    assert front_matter(written(root, "content/articles/b.md"))["authors"] == ["desk"]


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (("post", "B", *OPTIONS, "--category", "advise"), "did you mean 'advice'?"),
        (("post", "B", *OPTIONS, "--author", "dsek"), "did you mean 'desk'?"),
        (("post", "x" * 121, *OPTIONS), "shorten it by 1 character"),
        (("post", *OPTIONS), "say the title"),
        (("post", "B", *OPTIONS, "--slug", "B b"), "write b-b"),
        (("post", "B", *OPTIONS, "--country", "DE"), "a post has no --country"),
        (("page", "B", "--author", "desk"), "a page has no --author"),
        (("country-profile", "B", *OPTIONS, "--country", "Norway"), "write NO"),
        (("market", "B", *OPTIONS, "--table", "opening"), "did you mean 'openings'?"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_written(
    arguments: tuple[str, ...], expected: str, root: Path
) -> None:
    before = contents(root)
    result = new(root, *arguments)
    assert result.exit_code == 2
    assert expected in result.stderr
    assert contents(root) == before


@pytest.mark.parametrize("kind", ["post", "trend"])
def test_an_address_is_given_once(kind: str, root: Path) -> None:
    before = contents(root)
    result = new(root, kind, "A", *OPTIONS)
    assert result.exit_code == 1
    assert "content/articles/a.md has the address /blog/a/" in result.stderr
    assert contents(root) == before
    assert new(root, kind, "A", *OPTIONS, "--slug", "another").exit_code == 0


def test_a_file_that_appears_meanwhile_is_not_overwritten(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(new_command, "_free_path", lambda *_: "content/articles/a.md")
    before = contents(root)
    result = new(root, "post", "A", *OPTIONS)
    assert (result.exit_code, "exists; nothing was written" in result.stderr) == (1, True)
    assert contents(root) == before


def test_questions_are_asked_until_the_answer_is_right(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(new_command, "asks", lambda: True)
    answers = "What is  new\nIt is new.\nadvise\nadvice\ndesk, other\n"
    result = new(root, "post", answers=answers)
    assert result.exit_code == 0, result.output
    found = front_matter(written(root, "content/articles/what-is-new.md"))
    assert found == {
        "title": "What is new",
        "description": "It is new.",
        "date": "2026-11-21",
        "authors": ["desk", "other"],
        "category": "advice",
        "draft": True,
    }
    assert "did you mean 'advice'?" in result.stderr
    assert "  advice: What to do." in result.stderr
    assert result.stdout == f"{root}/content/articles/what-is-new.md\n"


def test_settings_with_errors_are_told_of(root: Path) -> None:
    lay_out({"site.yaml": b"title: [\n"}, root)
    result = new(root, "post", "B", *OPTIONS)
    assert result.exit_code == 2
    assert result.stderr.startswith("site.yaml:1:8: error[yaml-syntax]: ")


def test_nothing_is_left_of_an_article_for_which_there_is_no_space(root: Path) -> None:
    before = contents(root)
    with full_disk(100):
        result = new(root, "post", "B", *OPTIONS)
    assert (result.exit_code, result.stderr) == (
        1,
        f"Error: {root}/content/articles/b.md cannot be written: File too large.\n",
    )
    assert contents(root) == before


def test_an_empty_folder_is_told_of(tmp_path: Path) -> None:
    result = new(tmp_path, "post", "B", *OPTIONS)
    assert result.exit_code == 2
    assert "there is no site.yaml" in result.stderr
    assert contents(tmp_path) == {}


def test_the_file_is_opened_in_the_editor_of_the_environment(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VISUAL", f"cp -t {root / 'static'}")
    assert new(root, "post", "B", *OPTIONS, "--open").exit_code == 0
    assert written(root, "static/b.md") == written(root, "content/articles/b.md")
