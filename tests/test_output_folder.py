"""Publishing without ever half-writing a file, or deleting one that is not ours."""

from __future__ import annotations

import fcntl
import os
import signal
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aicareers_site import files
from aicareers_site.outputs import Output, digest
from aicareers_site.publication import Counts
from tests.folders import contents, full_disk, powerless, problems, publish, published, write
from tests.folders import open_folder as open_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

LIST = ".aicareers-files"
NO_FOLDER = "a file, or a link to nothing, stands where a folder is needed"
TITLE = "# Written by aicareers: the files it made in this folder and may delete.\n"


def test_publish_writes_the_files_and_a_list_of_them(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "public"

    assert published(folder, {"index.html": "home", "blog/a/index.html": "a"}) == Counts(2, 0, 0)
    assert contents(folder) == {
        "index.html": b"home",
        "blog/": b"",
        "blog/a/": b"",
        "blog/a/index.html": b"a",
        LIST: f"{TITLE}blog/a/index.html\nindex.html\n".encode(),
    }


def test_publish_counts_what_it_wrote_kept_and_deleted(tmp_path: Path) -> None:
    published(tmp_path, {"same": "1", "changed": "1", "gone/a": "1", "gone/b": "1"})

    assert published(tmp_path, {"same": "1", "changed": "2", "added": "1"}) == Counts(2, 1, 2)
    assert sorted(contents(tmp_path)) == [LIST, "added", "changed", "same"]


@pytest.mark.parametrize(
    ("umask", "outer", "folder", "file"),
    [
        (0o077, 0o700, 0o755, 0o644),
        (0o027, 0o750, 0o755, 0o644),
        (0o022, 0o755, 0o755, 0o644),
        (0o002, 0o775, 0o775, 0o664),
    ],
)
def test_whoever_may_enter_the_folder_can_read_all_that_is_published(
    umask: int, outer: int, folder: int, file: int, tmp_path: Path
) -> None:
    before = os.umask(umask)
    try:
        published(tmp_path / "public", {"blog/a/index.html": "a"})
    finally:
        os.umask(before)
    modes = {
        path: (tmp_path / "public" / path).stat().st_mode & 0o777
        for path in ("", "blog", "blog/a", "blog/a/index.html")
    }
    assert modes == {"": outer, "blog": folder, "blog/a": folder, "blog/a/index.html": file}


def test_who_may_enter_a_folder_that_was_there_is_its_owners_affair(tmp_path: Path) -> None:
    published(tmp_path, {"blog/index.html": "a"})
    tmp_path.chmod(0o700)
    (tmp_path / "blog").chmod(0o750)
    published(tmp_path, {"blog/index.html": "b"})
    assert tmp_path.stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "blog").stat().st_mode & 0o777 == 0o750


def test_equal_files_are_not_touched(tmp_path: Path) -> None:
    published(tmp_path, {"a": "same", "b": "old"})
    os.utime(tmp_path / "a", ns=(1, 1))

    published(tmp_path, {"a": "same", "b": "new"})

    assert (tmp_path / "a").stat().st_mtime_ns == 1


def test_a_publication_without_change_touches_nothing(tmp_path: Path) -> None:
    published(tmp_path, {"a": "1", "b/c": "2"})
    places = [tmp_path, *tmp_path.rglob("*")]
    for place in places:
        os.utime(place, ns=(1, 1))

    assert published(tmp_path, {"a": "1", "b/c": "2"}) == Counts(0, 2, 0)
    assert {place.stat().st_mtime_ns for place in places} == {1}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"a": "file"}, {"a/b": "1", "a/c/d": "2"}),
        ({"a/b": "1", "a/c/d": "2"}, {"a": "file"}),
        ({"A.html": "1", "Img/x": "1"}, {"a.html": "2", "img/x": "1"}),
    ],
    ids=["a file becomes a folder", "a folder becomes a file", "the case changes"],
)
def test_paths_may_change_their_kind(
    tmp_path: Path, before: dict[str, str], after: dict[str, str]
) -> None:
    published(tmp_path / "changed", before)

    published(tmp_path / "changed", after)
    published(tmp_path / "clean", after)

    assert contents(tmp_path / "changed") == contents(tmp_path / "clean")


def test_an_empty_folder_does_not_keep_a_file_out(tmp_path: Path) -> None:
    published(tmp_path, {"b": "1"})
    (tmp_path / "a/empty").mkdir(parents=True)

    published(tmp_path, {"a": "1"})

    assert (tmp_path / "a").read_bytes() == b"1"


def test_the_site_may_become_empty(tmp_path: Path) -> None:
    published(tmp_path, {"a/b/c": "1"})

    assert published(tmp_path, {}) == Counts(0, 0, 1)
    assert list(contents(tmp_path)) == [LIST]


def test_a_damaged_file_is_mended(tmp_path: Path) -> None:
    published(tmp_path, {"a": "right", "b": "b"})
    write(tmp_path, {"a": "wrong"})
    (tmp_path / "b").unlink()

    assert published(tmp_path, {"a": "right", "b": "b"}) == Counts(2, 0, 0)
    assert (tmp_path / "a").read_bytes() == b"right"


def test_a_file_that_cannot_be_read_is_written_anew(open_folder: Path) -> None:
    with powerless():
        published(open_folder / "public", {"a": "1"})
        (open_folder / "public/a").chmod(0)

        assert published(open_folder / "public", {"a": "1"}) == Counts(1, 0, 0)
        assert (open_folder / "public/a").read_bytes() == b"1"


def test_large_files_are_compared_wholly(tmp_path: Path) -> None:
    large = "large" * 1_000_000
    published(tmp_path, {"same": large, "changed": large})

    assert published(tmp_path, {"same": large, "changed": f"{large[:-1]}!"}) == Counts(1, 1, 0)
    assert published(tmp_path, {"same": large, "changed": large}) == Counts(1, 1, 0)


def test_bytes_are_asked_for_only_where_they_are_needed(tmp_path: Path) -> None:
    published(tmp_path, {"same": "1", "changed": "1", "gone": "1"})
    asked = []

    def output(path: str, content: bytes) -> Output:
        def fetch() -> bytes:
            asked.append(path)
            return content

        return Output(path, digest(content), fetch)

    files.publish([output("same", b"1"), output("changed", b"2"), output("new", b"3")], tmp_path)

    assert asked == ["changed", "new"]


def test_no_more_than_the_bytes_of_one_file_are_held(tmp_path: Path) -> None:
    """When the next bytes are asked for, those before are written already."""
    written = []

    def content() -> bytes:
        staged = tmp_path.glob(".aicareers-staging-*/[0-9]*")
        written.append(b"".join(file.read_bytes() for file in staged))
        return b"x"

    files.publish([Output(path, digest(b"x"), content) for path in ("a", "b", "c")], tmp_path)

    assert written == [b"", b"x", b"xx"]


@pytest.mark.parametrize("left_over", [".aicareers-staging-x", ".aicareers-staging-x/7"])
def test_staging_of_a_killed_build_is_removed(tmp_path: Path, left_over: str) -> None:
    write(tmp_path, {f"{left_over}/0": "half a fi"})

    published(tmp_path, {"a": "1"})

    assert sorted(contents(tmp_path)) == [LIST, "a"]


def test_pages_come_after_what_they_show_and_before_feeds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    order: list[str] = []
    replace = os.replace

    def recorded(place: str | Path, target: str | Path) -> None:
        order.append(Path(target).relative_to(tmp_path).as_posix())
        replace(place, target)

    monkeypatch.setattr(os, "replace", recorded)
    paths = ["index.html", "blog/index.html", "blog/a/index.html", "404.html", "feed.xml",
             "sitemap.xml", "feed.json", "site.css", "media/a.png", "data/jobs.json"]  # fmt: skip
    published(tmp_path, dict.fromkeys(paths, "x"))

    assert order == [
        LIST, "data/jobs.json", "media/a.png", "site.css", "blog/a/index.html", "blog/index.html",
        "404.html", "index.html", "feed.json", "feed.xml", "sitemap.xml", LIST,
    ]  # fmt: skip


# What is not ours


def test_a_folder_that_no_build_made_is_refused(tmp_path: Path) -> None:
    write(tmp_path, {"thesis.tex": "years of work"})

    outcome = publish(tmp_path, {"index.html": "x"})

    assert problems(outcome) == [("output-not-ours", tmp_path.as_posix())]
    assert outcome.diagnostics[0].message == (
        "the folder holds files, but none from a build: it has no list .aicareers-files"
    )
    assert outcome.diagnostics[0].hint == (
        "name a new or an empty folder; or, if nothing in this one is needed, empty it"
    )
    assert contents(tmp_path) == {"thesis.tex": b"years of work"}


@pytest.mark.parametrize(
    "content",
    ["", "index.html\n", "# Some other list\na\n", "{title}../../etc/passwd\n", "{title}/a\n"],
)
def test_a_damaged_or_foreign_list_is_refused(tmp_path: Path, content: str) -> None:
    write(tmp_path, {LIST: content.format(title=TITLE)})

    outcome = publish(tmp_path, {"a": "x"})

    assert problems(outcome) == [("output-not-ours", f"{tmp_path}/{LIST}")]
    assert outcome.diagnostics[0].message == (
        "the list of what a build has written is damaged, so that nobody can tell what in the "
        "folder belongs to the site"
    )
    assert outcome.diagnostics[0].hint == (
        "put the list back as it was; or, if there is nothing but the site, empty the folder and "
        "do the same again"
    )
    assert list(contents(tmp_path)) == [LIST]


def test_other_files_in_the_folder_are_left_alone(tmp_path: Path) -> None:
    published(tmp_path, {"a/b": "1", "a/c": "1"})
    write(tmp_path, {"CNAME": "example.com", "a/notes.txt": "mine"})

    published(tmp_path, {"d": "1"})

    assert sorted(contents(tmp_path)) == [LIST, "CNAME", "a/", "a/notes.txt", "d"]


@pytest.mark.parametrize(
    ("stranger", "output"),
    [("a", "a"), ("a", "a/b/c"), ("a/b/c", "a"), ("mine/b", "mine"), ("a/b", "a/b")],
)
def test_another_file_in_the_way_is_named_and_nothing_changes(
    tmp_path: Path, stranger: str, output: str
) -> None:
    published(tmp_path, {"mine/a": "1", "old": "1"})
    write(tmp_path, {stranger: "theirs"})
    before = contents(tmp_path)

    outcome = publish(tmp_path, {output: "x", "other": "x"})

    assert problems(outcome) == [("output-not-ours", f"{tmp_path}/{stranger}")]
    assert outcome.diagnostics[0].message == (
        "this was not written by a build, and the site needs its place"
    )
    assert outcome.diagnostics[0].hint == "move it away, or name another folder"
    assert contents(tmp_path) == before


@pytest.mark.parametrize("output", ["link", "link/page", "link/deep/page"])
def test_nothing_is_written_through_links_or_over_them(tmp_path: Path, output: str) -> None:
    write(tmp_path, {"elsewhere/page": "theirs", "elsewhere/deep/page": "theirs"})
    published(tmp_path / "public", {output: "1", "b": "1"})
    if output == "link":
        (tmp_path / "public/link").unlink()
    else:
        (tmp_path / "public/link").rename(tmp_path / "moved")
    (tmp_path / "public/link").symlink_to("../elsewhere")

    assert problems(publish(tmp_path / "public", {output: "2"})) == [
        ("output-not-ours", f"{tmp_path}/public/link")
    ]
    published(tmp_path / "public", {"b": "2"})

    assert (tmp_path / "public/link").is_symlink()
    assert (tmp_path / "elsewhere/page").read_bytes() == b"theirs"
    assert (tmp_path / "elsewhere/deep/page").read_bytes() == b"theirs"


def test_a_pipe_in_the_place_of_a_file_is_not_ours_and_nobody_waits_for_it(tmp_path: Path) -> None:
    published(tmp_path, {"a": "", "b": "1"})
    (tmp_path / "a").unlink()
    os.mkfifo(tmp_path / "a")

    assert problems(publish(tmp_path, {"a": "", "b": "2"})) == [
        ("output-not-ours", f"{tmp_path}/a")
    ]
    assert (tmp_path / "b").read_bytes() == b"1"


def test_the_output_folder_may_itself_be_reached_by_a_link(tmp_path: Path) -> None:
    (tmp_path / "www").mkdir()
    (tmp_path / "public").symlink_to("www")

    published(tmp_path / "public", {"a": "1"})

    assert (tmp_path / "www/a").read_bytes() == b"1"


def test_files_of_another_build_keep_their_list_apart(tmp_path: Path) -> None:
    published(tmp_path, {"sub/a": "1"})
    published(tmp_path / "sub/inner", {"b": "1"})

    published(tmp_path, {"c": "1"})

    assert published(tmp_path / "sub/inner", {"b": "1"}) == Counts(0, 1, 0)


# Refusals and failures


@pytest.mark.parametrize(
    ("paths", "named"),
    [
        (["a", "a"], "a"),
        (["a", "a/b"], "a/b"),
        (["a/b/c", "a"], "a/b/c"),
        (["a/b", "A/b/c"], "A/b/c"),
        (["Logo.svg", "logo.svg"], "logo.svg"),
    ],
)
def test_outputs_that_need_one_place_are_refused(
    tmp_path: Path, paths: list[str], named: str
) -> None:
    outcome = files.publish([Output.of(path, b"x") for path in paths], tmp_path / "public")

    assert problems(outcome) == [("output-clash", named)]
    assert contents(tmp_path) == {}


@pytest.mark.parametrize(
    "path",
    ["", "/etc/passwd", "../a", "a/../b", "a//b", "a/", ".", "a\\b", "a\nb", LIST,
     ".aicareers-staging-x/a"],
)  # fmt: skip
def test_a_path_outside_the_folder_is_a_mistake_of_the_caller(tmp_path: Path, path: str) -> None:
    with pytest.raises(ValueError, match="not a path for a site's file"):
        files.publish([Output.of(path, b"")], tmp_path)


def test_two_builds_cannot_write_to_one_folder(tmp_path: Path) -> None:
    published(tmp_path, {"a": "1"})
    descriptor = os.open(tmp_path, os.O_RDONLY)
    fcntl.flock(descriptor, fcntl.LOCK_EX)

    busy = publish(tmp_path, {"a": "2"})
    os.close(descriptor)

    assert problems(busy) == [("output-busy", tmp_path.as_posix())]
    assert (tmp_path / "a").read_bytes() == b"1"
    assert published(tmp_path, {"a": "2"}) == Counts(1, 0, 0)


@pytest.mark.parametrize(
    ("folder", "message", "hint"),
    [
        ("file", NO_FOLDER, "move it away, or name another"),
        ("file/x", NO_FOLDER, "move it away, or name another"),
        ("/proc/public", "No such file or directory", "name another"),
    ],
)
def test_a_folder_that_cannot_be_made_is_an_error(
    tmp_path: Path, folder: str, message: str, hint: str
) -> None:
    write(tmp_path, {"file": "mine"})

    outcome = publish(tmp_path / folder, {"a": "1"})

    (found,) = outcome.diagnostics
    assert (found.code, found.message, found.hint) == (
        "output-unwritable", f"cannot be written: {message}", f"{hint} place",
    )  # fmt: skip
    assert contents(tmp_path) == {"file": b"mine"}


def test_a_read_only_folder_is_an_error_and_stays_as_it_was(open_folder: Path) -> None:
    published(open_folder / "public", {"a": "1"})
    before = contents(open_folder)
    (open_folder / "public").chmod(0o555)

    with powerless():
        changed = publish(open_folder / "public", {"a": "2"})
        same = publish(open_folder / "public", {"a": "1"})

    (open_folder / "public").chmod(0o755)
    assert problems(changed) == [("output-unwritable", f"{open_folder}/public")]
    assert changed.diagnostics[0].message == "cannot be written: Permission denied"
    assert changed.diagnostics[0].hint == "get the right to write there, or name another place"
    assert same.diagnostics == ()
    assert same.value.counts == Counts(0, 1, 0)
    assert contents(open_folder) == before


def test_a_read_only_parent_is_an_error(open_folder: Path) -> None:
    open_folder.chmod(0o555)

    with powerless():
        outcome = publish(open_folder / "public", {"a": "1"})

    assert problems(outcome) == [("output-unwritable", f"{open_folder}/public")]


def test_a_folder_that_resists_in_the_middle_is_mended_by_the_next_build(
    open_folder: Path,
) -> None:
    with powerless():
        published(open_folder / "public", {"a.html": "1", "sub/b.html": "1", "sub/c.html": "1"})
        (open_folder / "public/sub").chmod(0o555)
        after = {"a.html": "2", "sub/b.html": "2"}

        outcome = publish(open_folder / "public", after)
        (open_folder / "public/sub").chmod(0o755)

        assert [found.code for found in outcome.diagnostics] == ["output-unwritable"]
        assert outcome.value.counts == Counts(2, 0, 1)
        published(open_folder / "public", after)
        published(open_folder / "clean", after)
        assert contents(open_folder / "public") == contents(open_folder / "clean")


def test_a_full_disk_leaves_everything_as_it_was(tmp_path: Path) -> None:
    published(tmp_path, {"a": "1", "gone": "1"})
    before = contents(tmp_path)
    with full_disk(4096):
        outcome = publish(tmp_path, {"a": "2", "b": "x" * 10_000})

    assert not outcome.value
    assert problems(outcome) == [("output-unwritable", tmp_path.as_posix())]
    assert outcome.diagnostics[0].hint == "free some space on the disk, then do the same again"
    assert contents(tmp_path) == before


# Laws

NAMES = st.sampled_from(["a", "b", "index.html", "feed.xml"])
PATHS = st.lists(NAMES, min_size=1, max_size=3).map("/".join)


def without_clashes(site: dict[str, str]) -> dict[str, str]:
    return {
        path: text
        for path, text in site.items()
        if not any(path.startswith(f"{other}/") for other in site)
    }


SITES = st.dictionaries(PATHS, st.sampled_from(["", "1", "2"]), max_size=8).map(without_clashes)


@given(st.lists(SITES, min_size=1, max_size=5))
@settings(deadline=None, max_examples=60)
def test_any_sequence_of_publications_equals_a_clean_one(sites: list[dict[str, str]]) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder, clean = Path(name, "public"), Path(name, "clean")
        write(folder, {LIST: TITLE, "foreign/file": "theirs"})
        for site in sites:
            published(folder, site)

        published(clean, sites[-1])
        theirs = {"foreign/": b"", "foreign/file": b"theirs"}
        assert contents(folder) == {LIST: TITLE.encode(), **contents(clean), **theirs}


# The calls by which Python code changes files. A process is killed just before one of them, and so
# also just after the one before; and after a write, when half a file may still be in a buffer.
CHANGES = {"write", "fsync", "mkdir", "rename", "replace", "unlink", "rmdir"}


def in_a_child(action: Callable[[], object], killed_at: int) -> bool:
    """Run ``action`` in a child process, killed at that change; whether it got to the end."""
    child = os.fork()
    if child == 0:
        remaining = killed_at

        def kill_in_time(_frame: object, event: str, function: object) -> None:
            nonlocal remaining
            name = getattr(function, "__name__", "")
            if (event == "c_call" and name in CHANGES) or (event, name) == ("c_return", "write"):
                remaining -= 1
                if remaining == 0:
                    os.kill(os.getpid(), signal.SIGKILL)

        try:
            sys.setprofile(kill_in_time)
            action()
            sys.setprofile(None)
        except BaseException:
            os._exit(1)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    assert not os.WIFEXITED(status) or os.WEXITSTATUS(status) == 0
    return os.WIFEXITED(status)


def test_a_kill_at_any_moment_leaves_whole_files_and_the_next_build_heals(tmp_path: Path) -> None:
    both = {f"media/kept-{n}.svg": "kept" for n in range(44)}
    old = both | {f"blog/changed-{n}/index.html": f"old {n}" * 2000 for n in range(6)}
    old |= {f"blog/gone-{n}/index.html": "gone" for n in range(6)}
    old |= {"feed.xml": "old", "site.css": "old", "a": "a file", "b/c": "a file in a folder"}
    new = both | {f"blog/changed-{n}/index.html": f"new {n}" * 2000 for n in range(6)}
    new |= {f"blog/added-{n}/index.html": "added" for n in range(6)}
    new |= {"feed.xml": "new", "site.css": "new", "a/d": "a is a folder", "b": "b is a file"}
    foreign = {"CNAME": "theirs", "blog/notes.txt": "theirs"}
    published(tmp_path / "clean", new)
    healed = contents(write(tmp_path / "clean", foreign))

    finished = False
    killed_at = 0
    while not finished:
        killed_at += 1
        folder = tmp_path / "public"
        published(folder, old)
        write(folder, foreign)

        finished = in_a_child(lambda: publish(tmp_path / "public", new), killed_at)

        check_whole(folder, old, new, foreign)
        published(folder, new)
        assert contents(folder) == healed

    assert killed_at > 80


def check_whole(
    folder: Path, old: Mapping[str, str], new: Mapping[str, str], foreign: Mapping[str, str]
) -> None:
    """Each file is wholly old or wholly new; one that both have is there."""
    found = {
        path: content.decode()
        for path, content in contents(folder).items()
        if not path.startswith(".aicareers-") and not path.endswith("/")
    }
    for path, text in found.items():
        assert text in {old.get(path), new.get(path), foreign.get(path)}
    assert found.keys() >= (old.keys() & new.keys()) | foreign.keys()


def test_a_kill_during_the_first_build_is_healed_too(tmp_path: Path) -> None:
    site = {"index.html": "home", "blog/a/index.html": "a", "site.css": "css"}
    published(tmp_path / "clean", site)

    finished = False
    killed_at = 0
    while not finished:
        killed_at += 1
        folder = tmp_path / f"public-{killed_at}"
        finished = in_a_child(lambda folder=folder: publish(folder, site), killed_at)  # type: ignore[misc]

        other = {"other/index.html": "another site in the same place"}
        published(folder, other)
        published(folder, site)
        assert contents(folder) == contents(tmp_path / "clean")

    assert killed_at > 15
