"""The manifest of a build, and proof that an output folder is what its sources give."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner, Result

from aicareers_site.cli import main
from aicareers_site.outputs import digest
from tests.folders import contents
from tests.samples import PLAIN_THEME, SETTINGS, lay_out, post

if TYPE_CHECKING:
    from pathlib import Path

NOW = "2026-11-21T12:00:00Z"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A small project on disk."""
    sources = {"site.yaml": SETTINGS, **PLAIN_THEME}
    files = {path: text.encode() for path, text in sources.items()}
    lay_out({**files, "content/articles/a.md": post()}, tmp_path / "project")
    return tmp_path / "project"


def aicareers(root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["build", "--root", str(root), "--jobs", "1", *arguments])


def built(root: Path, *arguments: str) -> Path:
    """The manifest of a build, outside the output folder."""
    manifest = root / "build.json"
    result = aicareers(root, "--now", NOW, "--manifest", str(manifest), *arguments)
    assert result.exit_code == 0, result.output
    return manifest


def read(manifest: Path) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(manifest.read_text("utf-8"))
    return document


def codes(result: Result) -> dict[str, list[str]]:
    """The codes of a report as JSON, by the path that they are about."""
    found: dict[str, list[str]] = {}
    for one in json.loads(result.stdout)["diagnostics"]:
        found.setdefault(one["code"], []).append(one["path"])
    return found


# The manifest


def test_the_manifest_tells_of_each_file_what_it_is_and_what_it_was_made_of(root: Path) -> None:
    document = read(built(root))
    published = {
        path: content
        for path, content in contents(root / "public").items()
        if not path.endswith("/") and path != ".aicareers-files"
    }
    assert document["outputs"].keys() == published.keys()
    for path, one in document["outputs"].items():
        assert one["sha256"] == digest(published[path]).hex()
        assert one["size"] == len(published[path])
        assert one["inputs"] == sorted(one["inputs"])
    page = document["outputs"]["blog/a/index.html"]
    assert page["type"] == "text/html; charset=utf-8"
    assert page["inputs"] == ["content/articles/a.md", "templates/article.html"]


def test_the_manifest_tells_what_was_asked_for_and_of_which_sources(root: Path) -> None:
    document = read(built(root, "--drafts", "--base-url", "https://other.example/x/"))
    assert document["request"] == {
        "base_url": "https://other.example/x/",
        "now": "2026-11-21T12:00:00+00:00",
        "drafts": True,
        "future": False,
    }
    sources = {path: (root / path).read_bytes() for path in document["sources"]}
    assert document["sources"] == {path: digest(one).hex() for path, one in sources.items()}
    assert "site.yaml" in sources
    assert document["templates"]["templates/article.html"] == [
        f"templates/{name}.html" for name in ("_macros", "_sources", "article", "base")
    ]
    assert {"aicareers-site", "python", "markdown", "jinja2"} <= document["generator"].keys()


def test_the_manifest_is_the_same_wherever_it_is_made(root: Path, tmp_path: Path) -> None:
    first = built(root).read_bytes()
    (root / "build.json").unlink()
    assert str(root).encode() not in first
    assert built(root.rename(tmp_path / "elsewhere"), "--no-cache").read_bytes() == first


def test_in_the_output_folder_the_manifest_is_a_file_of_the_site(root: Path) -> None:
    inside = root / "public/build.json"
    assert aicareers(root, "--now", NOW, "--manifest", str(inside)).exit_code == 0
    assert "build.json" not in read(inside)["outputs"]
    assert "build.json" in (root / "public/.aicareers-files").read_text().split("\n")
    assert aicareers(root, "--now", NOW).exit_code == 0
    assert not inside.exists()


def test_a_build_with_errors_writes_no_manifest(root: Path) -> None:
    before = built(root).read_bytes()
    lay_out({"content/articles/b.md": b"---\ntitle: [\n---\n"}, root)
    assert aicareers(root, "--manifest", str(root / "build.json")).exit_code == 1
    assert (root / "build.json").read_bytes() == before


@pytest.mark.parametrize(
    ("file", "message"),
    [
        ("content/build.json", "is in the folder content/ of sources"),
        ("static/build.json", "is in the folder static/ of sources"),
        ("site.yaml", "is the file of settings"),
        ("README.md", "is no manifest, and would be overwritten"),
        ("public/.aicareers-files", "is no manifest, and would be overwritten"),
    ],
)
def test_a_manifest_takes_no_other_files_place(root: Path, file: str, message: str) -> None:
    (root / "README.md").write_text("Ours.", "utf-8")
    result = aicareers(root, "--manifest", str(root / file))
    assert result.exit_code == 2
    assert message in " ".join(result.stderr.split())
    assert (root / "README.md").read_text("utf-8") == "Ours."
    assert not (root / "public").exists()


def test_a_manifest_that_cannot_be_written_is_an_error(root: Path) -> None:
    (root / "file").write_text("", "utf-8")
    result = aicareers(root, "--manifest", str(root / "file/build.json"))
    assert result.exit_code in {1, 2}
    assert "Traceback" not in result.output
    assert "Not a directory" in result.stderr or "File exists" in result.stderr


# Verification


def test_a_folder_is_what_its_sources_give(root: Path) -> None:
    built(root)
    before = contents(root / "public")
    result = aicareers(root, "--verify", "--now", NOW)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith(f"{root}/public is what the sources give, byte for byte: ")
    assert aicareers(root, "--verify", "--now", NOW, "--no-cache").exit_code == 0
    assert contents(root / "public") == before


def test_every_difference_is_told_and_nothing_is_mended(root: Path) -> None:
    built(root)
    public = root / "public"
    (public / "blog/a/index.html").write_bytes(b"Mended by hand.")
    (public / "robots.txt").unlink()
    (public / "blog/b").mkdir()
    (public / "blog/b/index.html").write_bytes(b"An older page.")
    before = contents(public)
    result = aicareers(root, "--verify", "--now", NOW, "--format", "json")
    assert result.exit_code == 1
    assert json.loads(result.stdout)["verified"] is False
    assert codes(result) == {
        "output-differs": [f"{public}/blog/a/index.html"],
        "output-foreign": [f"{public}/blog/b/index.html"],
        "output-missing": [f"{public}/robots.txt"],
    }
    words = aicareers(root, "--verify", "--now", NOW).stderr
    assert words.startswith(
        f"{public}/blog/a/index.html: error[output-differs]: this file holds other bytes than the "
        "sources give\n"
        "   = hint: write it anew with aicareers build; if the folder was built for another moment "
        "or with other settings, name its manifest with --manifest\n"
        f"{public}/blog/b/index.html: error[output-foreign]: this file is in the folder, and the "
        "sources do not give it\n"
        "   = hint: put it into static/ if it belongs to the site; otherwise delete it, or let "
        "aicareers build do so if an earlier build has written it\n"
        f"{public}/robots.txt: error[output-missing]: the sources give this file, and it is not in "
        "the folder\n"
        "   = hint: write it anew with aicareers build\n"
    )
    assert words.endswith(
        f"{public} is not what the sources give: 1 other, 1 missing, 1 foreign.\n"
    )
    assert contents(public) == before


def test_what_a_link_leads_to_is_not_ours(root: Path) -> None:
    built(root)
    file = root / "public/robots.txt"
    file.rename(root / "robots.txt")
    file.symlink_to(root / "robots.txt")
    result = aicareers(root, "--verify", "--now", NOW, "--format", "json")
    assert codes(result) == {"output-differs": [f"{root}/public/robots.txt"]}


def test_a_missing_folder_is_told(root: Path) -> None:
    result = aicareers(root, "--verify")
    assert result.exit_code == 1
    assert result.stderr.startswith(
        f"{root}/public: error[output-missing]: there is no such folder\n"
        "   = hint: make it with aicareers build, or name the site's folder with --output\n"
    )


@pytest.mark.parametrize("form", ["human", "json", "github", "sarif", "junit"])
def test_every_format_tells_of_a_missing_folder(root: Path, form: str) -> None:
    result = aicareers(root, "--verify", "--format", form)
    assert result.exit_code == 1
    assert "output-missing" in result.output


def test_the_manifest_tells_for_what_moment_and_settings_to_verify(root: Path) -> None:
    lay_out({"content/articles/b.md": post("Later", date="2027-01-01", more="draft: true\n")}, root)
    manifest = built(root, "--drafts", "--future", "--base-url", "https://other.example/")
    assert aicareers(root, "--verify", "--now", NOW).exit_code == 1
    assert aicareers(root, "--verify", "--manifest", str(manifest)).exit_code == 0


def test_a_manifest_in_the_folder_is_verified_with_it(root: Path) -> None:
    inside = root / "public/build.json"
    aicareers(root, "--now", NOW, "--manifest", str(inside))
    assert aicareers(root, "--verify", "--manifest", str(inside)).exit_code == 0
    without = aicareers(root, "--verify", "--now", NOW, "--format", "json")
    assert codes(without) == {"output-foreign": [str(inside)]}
    inside.write_bytes(inside.read_bytes().replace(b'"size": ', b'"size": 1', 1))
    changed = aicareers(root, "--verify", "--manifest", str(inside), "--format", "json")
    assert codes(changed) == {"output-differs": [str(inside)]}


def test_sources_that_have_changed_since_explain_the_rest(root: Path) -> None:
    manifest = built(root)
    lay_out({"content/articles/a.md": post("Another"), "content/pages/b.md": b""}, root)
    (root / "static/site.css").unlink()
    (root / "content/pages/b.md").unlink()
    lay_out({"static/other.css": b""}, root)
    result = aicareers(root, "--verify", "--manifest", str(manifest), "--format", "json")
    assert result.exit_code == 1
    found = json.loads(result.stdout)["diagnostics"]
    notes = [one for one in found if one["code"] == "source-changed"]
    assert {one["path"]: one["message"] for one in notes} == {
        "content/articles/a.md": "this file has changed since the manifest was written",
        "static/other.css": "this file was not there yet when the manifest was written",
        "static/site.css": "this file was there when the manifest was written, and is gone",
    }
    assert {one["hint"] for one in notes} == {
        "put the sources back as they were; or, if they are right now, build anew with "
        f"--manifest {manifest}"
    }


def test_a_manifest_that_says_something_else_is_told_of(root: Path) -> None:
    manifest = built(root)
    document = read(manifest)
    document["outputs"]["robots.txt"]["sha256"] = "00" * 32
    manifest.write_text(json.dumps(document), "utf-8")
    result = aicareers(root, "--verify", "--manifest", str(manifest))
    assert result.exit_code == 1
    assert result.stderr.startswith(
        f"{manifest}: error[manifest-differs]: what the manifest says of 'robots.txt' is not what "
        "the sources give\n"
        f"   = hint: write it anew with aicareers build --manifest {manifest}\n"
    )
    assert result.stderr.endswith(
        f"{root}/public is what the sources give, but the manifest is not.\n"
    )


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{}",
        b"[]",
        b"null",
        b"\xff",
        b'{"manifest": 1}',
        b'{"manifest": 2}',
        b'{"manifest": 1, "request": {"now": "2026-11-21", "drafts": false, "future": false, '
        b'"base_url": "https://x.example/"}, "sources": {}, "outputs": {}}',
        b'{"manifest": 1, "request": [], "sources": {}, "outputs": {}}',
        b"[" * 100_000,
    ],
)
def test_what_is_no_manifest_is_refused(root: Path, content: bytes) -> None:
    (root / "build.json").write_bytes(content)
    result = aicareers(root, "--verify", "--manifest", str(root / "build.json"))
    assert result.exit_code == 2
    assert "manifest-unreadable" in result.stderr


def test_verification_stops_where_the_site_has_errors(root: Path) -> None:
    built(root)
    lay_out({"content/articles/b.md": b"---\ntitle: [\n---\n"}, root)
    result = aicareers(root, "--verify", "--now", NOW)
    assert result.exit_code == 1
    assert "output-differs" not in result.stderr
    assert result.stderr.endswith(f"{root}/public is not compared.\n")
