"""The same input gives the same bytes, whatever machine, place, locale or order it is read in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.site import built

if TYPE_CHECKING:
    from pathlib import Path

# Python imports a module of this name at its start. Folders are listed backwards from then on,
# as another file system might list them.
BACKWARDS = """
import os

listed, scanned = os.listdir, os.scandir


class Backwards:
    def __init__(self, path):
        with scanned(path) as entries:
            self.entries = iter(sorted(entries, key=lambda entry: entry.name, reverse=True))

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.close()

    def __iter__(self):
        return self

    def __next__(self):
        return next(self.entries)

    def close(self):
        self.entries = iter(())


os.listdir = lambda path=".": sorted(listed(path), reverse=True)
os.scandir = lambda path=".": Backwards(path)
"""


def test_output_does_not_depend_on_the_surroundings(tmp_path: Path) -> None:
    here, there = tmp_path / "here", tmp_path / "far" / "away"
    built.copy_sources(here, seed=1)
    built.copy_sources(there, seed=2)
    backwards = tmp_path / "backwards"
    backwards.mkdir()
    (backwards / "sitecustomize.py").write_text(BACKWARDS, encoding="utf-8")

    built.build(
        tmp_path / "A",
        root=here,
        environment={"TZ": "Asia/Tokyo", "LC_ALL": "C", "PYTHONHASHSEED": "1"},
    )
    built.build(
        tmp_path / "B",
        root=there,
        folder=tmp_path,
        environment={
            "TZ": "America/St_Johns",
            "LC_ALL": "C.UTF-8",
            "LANG": "tr_TR.UTF-8",
            "PYTHONHASHSEED": "2",
            "PYTHONPATH": str(backwards),
        },
    )

    expected, actual = contents(tmp_path / "A"), contents(tmp_path / "B")
    assert expected.keys() == actual.keys()
    assert [path for path in expected if expected[path] != actual[path]] == []


def test_output_does_not_depend_on_who_filled_the_cache(
    tmp_path: Path, shipped_site: built.BuiltSite
) -> None:
    built.build(tmp_path / "A", cache=tmp_path / "cache", environment={"PYTHONHASHSEED": "1"})
    (tmp_path / "cache").rename(tmp_path / "restored")
    built.copy_sources(tmp_path / "elsewhere")
    built.build(
        tmp_path / "B",
        root=tmp_path / "elsewhere",
        cache=tmp_path / "restored",
        environment={"PYTHONHASHSEED": "2", "TZ": "Asia/Tokyo", "LC_ALL": "C"},
    )
    expected = contents(shipped_site.folder)
    assert contents(tmp_path / "A") == expected
    assert contents(tmp_path / "B") == expected


def contents(folder: Path) -> dict[str, bytes]:
    """All files below a folder with their bytes."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
