"""Reading a site's sources without losing any."""

from __future__ import annotations

import os
import socket
import sys
import tempfile
import unicodedata
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from pathlib import Path

import pytest

from aicareers_site import files
from aicareers_site.diagnostics import Diagnostic, Outcome, Span
from aicareers_site.files import SourceTree
from tests.folders import open_folder as open_folder
from tests.folders import powerless, problems, write

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="links and permissions of POSIX")


def test_read_takes_the_sources_and_nothing_else(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "site.yaml": "title: T",
            "content/articles/b.md": "b",
            "content/articles/a.md": "a",
            "templates/home.html": "home",
            "static/site.css": "css",
            "public/index.html": "an output",
            "README.md": "readme",
        },
    )

    tree = files.read(tmp_path)

    assert tree.diagnostics == ()
    assert list(tree.value.files.items()) == [
        ("content/articles/a.md", b"a"),
        ("content/articles/b.md", b"b"),
        ("site.yaml", b"title: T"),
        ("static/site.css", b"css"),
        ("templates/home.html", b"home"),
    ]


def test_the_order_of_the_directory_does_not_matter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, {"site.yaml": "", **{f"content/{name}/{name}.md": name for name in "cab"}})
    scandir = os.scandir

    def in_order(folder: str, *, reverse: bool) -> AbstractContextManager[list[os.DirEntry[str]]]:
        return nullcontext(sorted(scandir(folder), key=lambda entry: entry.name, reverse=reverse))

    monkeypatch.setattr(os, "scandir", partial(in_order, reverse=False))
    forwards = files.read(tmp_path)
    monkeypatch.setattr(os, "scandir", partial(in_order, reverse=True))
    backwards = files.read(tmp_path)

    assert list(forwards.value.files) == list(backwards.value.files)


@pytest.mark.parametrize(
    "name", [".DS_Store", ".gitkeep", ".a.md.swp", "a.md~", "#a.md#", "a.swp", ".git/config"]
)
def test_hidden_files_and_left_overs_of_editors_are_no_sources(tmp_path: Path, name: str) -> None:
    write(tmp_path, {"site.yaml": "", f"content/articles/{name}": "x"})

    assert files.read(tmp_path) == Outcome(SourceTree({"site.yaml": b""}))


@pytest.mark.parametrize("name", [".well-known/security.txt", ".htaccess", ".nojekyll"])
def test_dot_names_that_servers_read_are_sources(tmp_path: Path, name: str) -> None:
    write(tmp_path, {"site.yaml": "", f"static/{name}": "x"})

    assert f"static/{name}" in files.read(tmp_path).value.files


def test_a_link_and_what_it_leads_to_may_lie_in_one_another(tmp_path: Path) -> None:
    """The way by the link comes back to where it began, and there no link is left to stop at."""
    write(tmp_path, {"site.yaml": "", "content/a/b/c.md": "c"})
    (tmp_path / "content/a/b/up").symlink_to("../../a")
    (tmp_path / "content/b").symlink_to("a/b")

    tree = files.read(tmp_path)

    assert problems(tree) == [
        ("unreadable-file", "content/a/b/up"),
        ("unreadable-file", "content/b/up/b"),
    ]
    assert list(tree.value.files) == ["content/a/b/c.md", "content/b/c.md", "site.yaml"]


def test_large_files_are_read_wholly(tmp_path: Path) -> None:
    write(tmp_path, {"site.yaml": "", "static/large.bin": "large" * 1_000_000})

    assert files.read(tmp_path).value.files["static/large.bin"] == b"large" * 1_000_000


def test_a_missing_root_is_an_error_with_a_hint(tmp_path: Path) -> None:
    (found,) = files.read(tmp_path / "no").diagnostics

    assert found == Diagnostic(
        "missing-file",
        f"'{tmp_path}/no' is not a folder",
        Span(f"{tmp_path}/no"),
        "a site's folder holds site.yaml, content/, static/, templates/; say with --root where it "
        "is, or begin a site with aicareers init",
    )


def test_a_file_is_no_root(tmp_path: Path) -> None:
    write(tmp_path, {"file": ""})

    assert problems(files.read(tmp_path / "file")) == [("missing-file", f"{tmp_path}/file")]


def test_a_missing_site_yaml_is_an_error_and_the_rest_is_read(tmp_path: Path) -> None:
    write(tmp_path, {"content/a.md": "a"})

    tree = files.read(tmp_path)

    assert problems(tree) == [("missing-file", "site.yaml")]
    assert tree.value.files == {"content/a.md": b"a"}


def test_kinds_of_file_in_the_wrong_place_are_errors(tmp_path: Path) -> None:
    write(tmp_path, {"site.yaml/a": "", "content": "not a folder"})

    assert problems(files.read(tmp_path)) == [
        ("unreadable-file", "content"),
        ("unreadable-file", "site.yaml"),
    ]


def test_links_within_the_root_are_followed(tmp_path: Path) -> None:
    write(tmp_path, {"site.yaml": "", "shared/logo.svg": "svg", "content/a/a.md": "a"})
    (tmp_path / "static").symlink_to("shared")
    (tmp_path / "content/b.md").symlink_to("a/a.md")

    tree = files.read(tmp_path)

    assert tree.diagnostics == ()
    assert tree.value.files["static/logo.svg"] == b"svg"
    assert tree.value.files["content/b.md"] == b"a"


def test_a_root_that_is_a_link_itself_is_read(tmp_path: Path) -> None:
    write(tmp_path / "site", {"site.yaml": "s", "content/a.md": "a"})
    (tmp_path / "link").symlink_to("site")
    (tmp_path / "site/content/b.md").symlink_to(tmp_path / "site/content/a.md")

    tree = files.read(tmp_path / "link")

    assert tree.diagnostics == ()
    assert list(tree.value.files) == ["content/a.md", "content/b.md", "site.yaml"]


@pytest.mark.parametrize("target", ["../../outside.md", "../..", "/etc/hostname", "/"])
def test_a_link_that_leaves_the_root_is_an_error(tmp_path: Path, target: str) -> None:
    write(tmp_path, {"outside.md": "secret", "site/site.yaml": "", "site/content/a.md": "a"})
    (tmp_path / "site/content/link").symlink_to(target)

    tree = files.read(tmp_path / "site")

    assert problems(tree) == [("link-outside", "content/link")]
    assert list(tree.value.files) == ["content/a.md", "site.yaml"]


@pytest.mark.parametrize(
    ("link", "target"),
    [
        ("content/dangling.md", "nowhere.md"),
        ("content/self", "self"),
        ("content/up", "."),
        ("content/deeper/up", "../../content"),
        ("site.yaml", "no.yaml"),
    ],
)
def test_links_that_lead_nowhere_or_in_circles_are_errors(
    tmp_path: Path, link: str, target: str
) -> None:
    write(tmp_path, {"content/a.md": "a", "content/deeper/b.md": "b"})
    if link != "site.yaml":
        write(tmp_path, {"site.yaml": ""})
    (tmp_path / link).symlink_to(target)

    assert problems(files.read(tmp_path)) == [("unreadable-file", link)]


def test_pipes_and_sockets_are_errors_and_nobody_waits_for_them(tmp_path: Path) -> None:
    write(tmp_path, {"site.yaml": "", "content/a.md": "a"})
    os.mkfifo(tmp_path / "content/pipe.md")
    with tempfile.TemporaryDirectory() as short, socket.socket(socket.AF_UNIX) as listener:
        listener.bind(f"{short}/s")  # The name of a socket must be short.
        Path(short, "s").rename(tmp_path / "content/socket.md")

        assert problems(files.read(tmp_path)) == [
            ("unreadable-file", "content/pipe.md"),
            ("unreadable-file", "content/socket.md"),
        ]


def test_files_and_folders_without_permission_are_errors(open_folder: Path) -> None:
    write(open_folder, {"site.yaml": "", "content/closed.md": "a", "content/folder/b.md": "b"})
    (open_folder / "content/closed.md").chmod(0)
    (open_folder / "content/folder").chmod(0)

    with powerless():
        tree = files.read(open_folder)

    (open_folder / "content/folder").chmod(0o700)
    assert problems(tree) == [
        ("unreadable-file", "content/closed.md"),
        ("unreadable-file", "content/folder"),
    ]
    assert tree.diagnostics[0].message == "this user may not read it"
    assert tree.diagnostics[0].hint == "get the right to read it"


def test_a_root_without_permission_is_an_error(open_folder: Path) -> None:
    write(open_folder, {"site/site.yaml": ""})
    (open_folder / "site").chmod(0)

    with powerless():
        tree = files.read(open_folder / "site")

    (open_folder / "site").chmod(0o700)
    assert problems(tree) == [("unreadable-file", f"{open_folder}/site")]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        (b"a\nb.md", "content/a\\nb.md"),
        (b"caf\xe9.md", "content/caf\\udce9.md"),
        (b"a\\b.md", "content/a\\\\b.md"),
    ],
)
def test_names_that_no_address_can_hold_are_errors(tmp_path: Path, name: bytes, shown: str) -> None:
    write(tmp_path, {"site.yaml": "", "content/good.md": ""})
    Path(os.fsdecode(bytes(tmp_path / "content") + b"/" + name)).write_bytes(b"")

    tree = files.read(tmp_path)

    assert problems(tree) == [("file-name", shown)]
    assert list(tree.value.files) == ["content/good.md", "site.yaml"]


def test_names_are_in_composed_form_whatever_the_system_hands_out(tmp_path: Path) -> None:
    decomposed = unicodedata.normalize("NFD", "content/café/zürich.md")
    write(tmp_path, {"site.yaml": "", decomposed: "z"})

    assert list(files.read(tmp_path).value.files) == ["content/café/zürich.md", "site.yaml"]


def test_two_unicode_forms_of_one_name_clash(tmp_path: Path) -> None:
    forms = [unicodedata.normalize(form, "content/zürich.md") for form in ("NFC", "NFD")]
    write(tmp_path, {"site.yaml": "", **dict.fromkeys(forms, "z")})

    assert problems(files.read(tmp_path)) == [("name-clash", "content/zürich.md")]


def test_names_that_differ_only_in_case_clash(tmp_path: Path) -> None:
    write(
        tmp_path,
        {"site.yaml": "", "static/Logo.svg": "", "static/logo.svg": "", "static/IMG/a.png": "",
         "static/img/b.png": "", "static/img/c.png": ""},
    )  # fmt: skip

    tree = files.read(tmp_path)

    assert problems(tree) == [("name-clash", "static/img"), ("name-clash", "static/logo.svg")]
    assert [found.related for found in tree.diagnostics] == [
        (Span("static/IMG"),),
        (Span("static/Logo.svg"),),
    ]
