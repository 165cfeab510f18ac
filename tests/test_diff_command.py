"""``aicareers diff`` as people and CI use it: folders, manifests, formats, and what it refuses."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from aicareers_site.cli import main
from aicareers_site.difference_reports import LIMIT, markdown
from aicareers_site.differences import Added, Changed, Differences, Files, Removed
from aicareers_site.page_facts import Fact, Kind
from tests.samples import lay_out, post, sources
from tests.tables import JOBS_TEXT

if TYPE_CHECKING:
    from pathlib import Path

NOW = "2026-11-21T12:00:00Z"
BODY = "Words that stay. " * 30 + "\n\nOf {{ jobs.level.senior }}.\n\n{{ chart jobs.level }}"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folders old and new with the manifests old.json and new.json, of a site that changed."""
    folder = tmp_path_factory.mktemp("diff")
    articles = {"articles/a.md": post("A | b", body=BODY), "articles/b.md": post("Other")}
    jobs = JOBS_TEXT.encode()
    for name, changed in (("old", False), ("new", True)):
        files = sources({**articles, "data/jobs.yaml": jobs})
        if changed:
            files["content/articles/a.md"] = post("A *c* @d", body=BODY)
            files["content/data/jobs.yaml"] = jobs.replace(
                b"value: 60, share: 60", b"value: 61, share: 61"
            )
            del files["content/articles/b.md"]
        lay_out(files, folder / f"{name}-source")
        arguments = ["--root", f"{folder}/{name}-source", "--output", f"{folder}/{name}"]
        arguments += ["--manifest", f"{folder}/{name}.json", "--now", NOW, "--jobs", "1"]
        result = CliRunner().invoke(main, ["build", "--no-cache", *arguments])
        assert result.exit_code == 0, result.output
    return folder


def diff(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["diff", *map(str, arguments)])


def test_folders_and_manifests_tell_the_same(place: Path) -> None:
    told = diff(place / "old", place / "new")
    assert (told.exit_code, told.stderr) == (0, "")
    assert "title: “A | b” → “A *c* @d”" in told.stdout
    assert "jobs / level / senior (“Senior”): 60 → 61" in told.stdout
    assert "/blog/b/ is gone, and its address leads nowhere" in told.stdout
    for old in (place / "old", place / "old.json"):
        for new in (place / "new", place / "new.json"):
            assert diff(old, new).stdout == told.stdout


def test_the_same_has_no_differences(place: Path) -> None:
    for one in ("old", "old.json"):
        result = diff(place / "old", place / one)
        assert result.exit_code == 0
        assert result.stdout.startswith("Nothing has changed: ")


def test_json_is_one_object(place: Path) -> None:
    found = json.loads(diff(place / "old", place / "new", "--format", "json").stdout)
    assert (found["diff"], found["identical"]) == (1, False)
    (page,) = (one for one in found["changed"] if one["path"] == "/blog/a/")
    assert page["facts"] == [
        {"kind": "title", "old": "A | b", "new": "A *c* @d"},
        {"kind": "description", "old": "About A | b.", "new": "About A *c* @d."},
    ]
    assert found["removed"] == [{"path": "/blog/b/", "title": "Other", "redirect": ""}]
    assert {"name": "jobs.level.senior", "label": "Senior", "old": "60", "new": "61"}.items() <= (
        found["figures"][-1].items()
    )
    same = json.loads(diff(place / "old", place / "old", "--format", "json").stdout)
    assert same["identical"] is True


def test_markdown_is_a_comment_in_which_titles_are_no_markup(place: Path) -> None:
    told = diff(place / "old", place / "new", "--format", "markdown").stdout
    assert told.startswith("**")
    assert "- ⚠️ `/blog/b/` is gone" in told
    assert "| Figure | Was | Is | Where |\n| --- | --- | --- | --- |" in told
    assert "title: “A \\| b” → “A \\*c\\* @\u2060d”" in told


# Long comments


def much(count: int, words: str = "long " * 30) -> Differences:
    """Differences of so many pages added, removed and changed."""
    paths = [f"/blog/{number:05}/" for number in range(count)]
    fact = Fact(Kind.TEXT, f"old {words}", f"new {words}")
    return Differences(
        None,
        tuple(Added(path, words) for path in paths),
        tuple(Removed(path, words, "") for path in paths),
        (),
        tuple(Changed(path, words, (fact,) * 5, 5, 50) for path in paths),
        (),
        (),
        (),
        (),
        (),
        Files(tuple(paths), (), (), 3),
        3 * count,
    )


@pytest.mark.parametrize("count", [1, 9, 10, 100, 1_000, 5_000])
def test_a_comment_fits_on_github_and_says_what_it_leaves_out(count: int) -> None:
    told = markdown(much(count))
    assert len(told) <= LIMIT
    assert told.count("<details>") == told.count("</details>")
    assert ("for which there is no room here" in told) == (count >= 100)
    assert f"{count} added" in told


def test_long_lists_are_folded() -> None:
    assert "### Pages added (9)" in markdown(much(9))
    assert "<summary><b>Pages added (10)</b></summary>" in markdown(much(10))


# What it refuses


def test_what_is_not_there_is_refused(place: Path) -> None:
    result = diff(place / "old", place / "nowhere")
    assert result.exit_code == 2
    assert "does not exist" in result.stderr


def test_a_folder_that_is_no_site_is_refused(place: Path, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("<p>No site.</p>", "utf-8")
    result = diff(tmp_path, place / "new")
    assert result.exit_code == 2
    assert "there is no index.html in" in " ".join(result.stderr.split())


@pytest.mark.parametrize("content", [b"", b"{}", b'{"manifest": 2}', b"\xff\xfe", b"<html>"])
def test_a_file_that_is_no_manifest_is_refused(place: Path, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "build.json").write_bytes(content)
    result = diff(place / "old", tmp_path / "build.json")
    assert result.exit_code == 2
    assert "manifest" in result.stderr
    assert "Traceback" not in result.output


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"page": {', '"page": [], "pages": {'),
        ('"entries": {', '"entries": 3, "others": {'),
        ('"values": {', '"values": {"x": [1, 2, 3]}, "others": {'),
        ('"blocks": [', '"blocks": [1], "others": ['),
        ('"sha256": "', '"sha256": "no '),
        ('"outputs": {', '"outputs": [], "others": {'),
    ],
)
def test_a_damaged_manifest_is_refused(place: Path, tmp_path: Path, old: str, new: str) -> None:
    text = (place / "new.json").read_text("utf-8")
    assert old in text
    (tmp_path / "build.json").write_text(text.replace(old, new), "utf-8")
    result = diff(place / "old", tmp_path / "build.json")
    assert result.exit_code == 2
    assert "damaged" in result.stderr


def test_damaged_and_foreign_files_are_compared_by_their_bytes(tmp_path: Path) -> None:
    page = "<title>T</title><p>Words</p>"
    for name, more in (("one", ""), ("two", "x")):
        files = {
            "index.html": page.encode(),
            "empty.html": b"",
            "odd.html": b"\x00\xff<" + more.encode(),
            "none.html": b"" if more else b" ",
            "feed.xml": b"<rss><channel>" + more.encode(),
            "sub/feed.json": b'{"items": [{}]}' + more.encode(),
            "data/x.json": b"[1, 2" + more.encode(),
            "deep.html": b"<div>" * 3000 + more.encode(),
        }
        lay_out(files, tmp_path / name)
    (tmp_path / "two/link").symlink_to(tmp_path / "nowhere")
    told = diff(tmp_path / "one", tmp_path / "two")
    assert told.exit_code == 0, told.output
    for file in ("none.html", "feed.xml", "sub/feed.json", "data/x.json"):
        assert f"{file}  changed" in told.stdout
