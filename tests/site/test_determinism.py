"""The same input gives the same bytes: by any user, at any time and place, in any order."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest

from tests import originals
from tests.samples import contents
from tests.site import built

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.sharing import Shared

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


@pytest.fixture(scope="module")
def expected(shared: Shared) -> dict[str, bytes]:
    """What a build gives that is in no way special."""
    return contents(shared.folder("expected", build_plainly) / "public")


def build_plainly(folder: Path) -> None:
    lay_out_site(folder / "site")
    built.build(folder / "public", root=folder / "site", umask=0o022)


def lay_out_site(root: Path, seed: int = 0) -> None:
    """The shipped site with all that a site can have besides: pictures and what they become,
    compressed copies, and files for hosts.
    """
    built.copy_sources(root, seed)
    for name in ("photograph.jpg", "drawing.png"):
        form = {"jpg": "JPEG", "png": "PNG"}[name[-3:]]
        picture = originals.saved(originals.gradient(1300, 700), form)
        (root / "content" / "countries" / name).write_bytes(picture)
    with (root / "content/countries/canada.md").open("a", encoding="utf-8") as article:
        article.write("\n![A photograph](photograph.jpg)\n\n![A drawing](drawing.png)\n")
    with (root / "site.yaml").open("a", encoding="utf-8") as settings:
        settings.write("\nprecompress: [br, gz, zst]\nhosts: [github-pages, netlify]\n")


def test_the_site_has_files_of_each_sort(expected: dict[str, bytes]) -> None:
    endings = {path.rpartition(".")[2] for path in expected}
    wanted = {"avif", "webp", "svg", "csv", "json", "xml", "html", "css", "js", "pagefind"}
    wanted |= {"br", "gz", "zst", "_headers", "nojekyll"}
    assert wanted - endings == set()
    assert any(path.endswith("/card.png") for path in expected)


def test_neither_place_nor_language_nor_order_shows(
    expected: dict[str, bytes], tmp_path: Path
) -> None:
    there = tmp_path / "far" / "away"
    lay_out_site(there, seed=2)
    backwards = tmp_path / "backwards"
    backwards.mkdir()
    (backwards / "sitecustomize.py").write_text(BACKWARDS, encoding="utf-8")
    built.build(
        tmp_path / "public",
        root=there,
        folder=tmp_path,
        environment={
            "TZ": "America/St_Johns",
            "LC_ALL": "tr_TR.UTF-8",
            "LANG": "tr_TR.UTF-8",
            "PYTHONHASHSEED": "2",
            "PYTHONPATH": str(backwards),
        },
    )
    assert differences(expected, tmp_path / "public") == []


@pytest.mark.parametrize("jobs", [1, 2])
def test_the_number_of_processes_does_not_show(
    jobs: int, expected: dict[str, bytes], tmp_path: Path
) -> None:
    lay_out_site(tmp_path / "site")
    surroundings = {"TZ": "Asia/Tokyo", "LC_ALL": "C", "PYTHONHASHSEED": str(jobs)}
    built.build(
        tmp_path / "public",
        f"--jobs={jobs}",
        root=tmp_path / "site",
        environment=surroundings,
    )
    assert differences(expected, tmp_path / "public") == []


def test_the_date_does_not_show(
    expected: dict[str, bytes], tmp_path: Path, faketime: Callable[[str], list[str]]
) -> None:
    """Neither that of the build nor those of the sources; only what counts as now."""
    lay_out_site(tmp_path / "site")
    for number, path in enumerate((tmp_path / "site").rglob("*")):
        os.utime(path, (86_400 * number, 86_400 * number))
    through = faketime("2031-12-31 23:59:58")
    told = [*through, sys.executable, "-c", "import datetime; print(datetime.date.today().year)"]
    assert int(subprocess.check_output(told)) in {2031, 2032}
    built.build(tmp_path / "public", root=tmp_path / "site", through=through)
    assert differences(expected, tmp_path / "public") == []


def test_neither_user_nor_umask_shows(
    expected: dict[str, bytes], as_nobody: list[str], nobodys_folder: Path
) -> None:
    """Nor do they show in who may read the files."""
    lay_out_site(nobodys_folder / "site")
    built.build(
        nobodys_folder / "public",
        root=nobodys_folder / "site",
        cache=nobodys_folder / "cache",
        through=as_nobody,
        umask=0o077,
        environment={"HOME": "/nonexistent", "USER": "nobody", "LOGNAME": "nobody"},
    )
    assert differences(expected, nobodys_folder / "public") == []
    found = {
        (path.is_dir(), path.stat().st_uid, stat.S_IMODE(path.stat().st_mode))
        for path in (nobodys_folder / "public").rglob("*")
        if path.name != built.RECORD
    }
    assert found == {(True, 65534, 0o755), (False, 65534, 0o644)}


@pytest.fixture
def nobodys_folder(as_nobody: list[str]) -> Iterator[Path]:
    """A folder that belongs to the other user; pytest's own are closed to everybody else."""
    with TemporaryDirectory() as folder:
        os.chown(folder, 65534, 65534)
        yield Path(folder)


def test_who_filled_the_cache_does_not_show(expected: dict[str, bytes], tmp_path: Path) -> None:
    lay_out_site(tmp_path / "site")
    built.build(
        tmp_path / "A",
        root=tmp_path / "site",
        cache=tmp_path / "cache",
        environment={"PYTHONHASHSEED": "1"},
    )
    assert differences(expected, tmp_path / "A") == []
    (tmp_path / "cache").rename(tmp_path / "restored")
    (tmp_path / "site").rename(tmp_path / "elsewhere")
    built.build(
        tmp_path / "B",
        root=tmp_path / "elsewhere",
        cache=tmp_path / "restored",
        environment={"PYTHONHASHSEED": "2", "TZ": "Asia/Tokyo", "LC_ALL": "C"},
    )
    assert differences(expected, tmp_path / "B") == []


def differences(expected: dict[str, bytes], folder: Path) -> list[str]:
    """The files that are other there, missing or new."""
    found = contents(folder)
    return sorted(
        path for path in expected.keys() | found.keys() if expected.get(path) != found.get(path)
    )
