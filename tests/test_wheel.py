"""The wheel alone makes a site: in an empty folder, with nothing that it does not ask for."""

from __future__ import annotations

import re
import subprocess
import tarfile
import tomllib
import zipfile
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING
from urllib.request import urlopen

import pytest

from aicareers_site import __version__, starter
from tests import wheels
from tests.samples import PROJECT, contents

if TYPE_CHECKING:
    from collections.abc import Iterator

IN_THE_WHEEL = "aicareers_site/starter/"
PATIENCE = 60


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of the project as it is."""
    return wheels.packed("wheel", tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def plain(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> wheels.Environment:
    """What ``pip install aicareers-site`` gives."""
    return wheels.environment(tmp_path_factory.mktemp("plain"), wheel)


@pytest.fixture(scope="module")
def full(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> wheels.Environment:
    """What ``pip install 'aicareers-site[search,serve]'`` gives."""
    return wheels.environment(tmp_path_factory.mktemp("full"), wheel, ["search", "serve"])


def test_from_the_wheel_alone_a_site_is_begun_built_checked_and_published(
    full: wheels.Environment, tmp_path: Path
) -> None:
    for arguments in (
        ["init", "site", "Work in AI", "--base-url", "https://jobs.example.com/"],
        ["build", "--strict", "--root", "site", "--output", "site/public"],
        ["check", "--strict", "--figures", "--root", "site"],
        ["publish", "www", "--strict", "--root", "site"],
    ):
        finished = full.run(*arguments, folder=tmp_path)
        assert (finished.returncode, finished.stderr.count("error[")) == (0, 0), finished.stderr
    home = (tmp_path / "site/public/index.html").read_text("utf-8")
    assert "Work in AI" in home
    assert (tmp_path / "site/public/pagefind/pagefind.js").is_file()
    assert contents(tmp_path / "www") == contents(tmp_path / "site/public")


def test_from_the_wheel_alone_a_site_is_shown_while_it_is_written(
    full: wheels.Environment, tmp_path: Path
) -> None:
    full.run("init", "site", folder=tmp_path)
    with serving(full, tmp_path / "site") as address:
        for path in ("", "blog/", "blog/canada/", "blog/an-article-that-is-still-a-draft/"):
            with urlopen(address + path, timeout=PATIENCE) as answer:
                assert answer.status == 200
                assert b"<h1" in answer.read()


def test_without_extras_a_site_is_built_without_search(
    plain: wheels.Environment, tmp_path: Path
) -> None:
    begun = plain.run("init", "site", folder=tmp_path)
    assert "Search is off" in begun.stderr
    built = plain.run("build", "--strict", folder=tmp_path / "site")
    assert built.returncode == 0, built.stderr
    assert not (tmp_path / "site/public/pagefind").exists()


@pytest.mark.parametrize(
    ("arguments", "extra"),
    [(["build"], "search"), (["serve"], "serve"), (["check", "--external"], "external")],
)
def test_what_needs_an_extra_names_it(
    arguments: list[str], extra: str, plain: wheels.Environment, tmp_path: Path
) -> None:
    plain.run("init", ".", folder=tmp_path)
    settings = tmp_path / "site.yaml"
    settings.write_text(settings.read_text("utf-8").replace("search: false", "search: true"))
    finished = plain.run(*arguments, folder=tmp_path)
    assert finished.returncode == 2
    assert f"pip install 'aicareers-site[{extra}]'" in finished.stderr
    assert "Traceback" not in finished.stderr


def test_the_version_is_told(plain: wheels.Environment, tmp_path: Path) -> None:
    told = plain.run("--version", folder=tmp_path).stdout
    assert told == f"aicareers, version {__version__}\n"


def test_the_wheel_holds_the_package_and_the_starter_and_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as packed:
        held = {path: packed.read(path) for path in packed.namelist()}
    source = PROJECT / "src" / "aicareers_site"
    own = {
        f"aicareers_site/{path}": content
        for path, content in contents(source).items()
        if "__pycache__" not in path
    }
    shared = {
        IN_THE_WHEEL + path: content
        for path, content in starter.sources().items()
        if path.startswith(starter.SHARED)
    }
    about = {path for path in held if PurePosixPath(path).parts[0].endswith(".dist-info")}
    assert {path: held[path] for path in held.keys() - about} == {**own, **shared}
    assert {PurePosixPath(path).name for path in about} == {
        *("METADATA", "RECORD", "WHEEL", "entry_points.txt", "LICENSE", "newsreader-OFL.txt")
    }
    assert "aicareers_site/py.typed" in held


def test_metadata_say_what_it_is_and_needs(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as packed:
        (path,) = (name for name in packed.namelist() if name.endswith("/METADATA"))
        stated = packed.read(path).decode()
    assert f"\nVersion: {__version__}\n" in stated
    assert "\nLicense-Expression: MIT AND OFL-1.1\n" in stated
    extras = re.findall(r"^Provides-Extra: (.+)$", stated, re.MULTILINE)
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["project"]
    assert sorted(extras) == sorted(project["optional-dependencies"])
    told = (PROJECT / "docs/starting.md").read_text("utf-8")
    assert [extra for extra in extras if f"| `{extra}` |" not in told] == []


def test_the_wheel_of_the_sdist_is_the_same(wheel: Path, tmp_path: Path) -> None:
    sdist = wheels.packed("sdist", tmp_path / "sdist")
    with tarfile.open(sdist) as packed:
        packed.extractall(tmp_path / "unpacked", filter="data")
    (source,) = (tmp_path / "unpacked").iterdir()
    again = wheels.packed("wheel", tmp_path / "again", source)
    assert again.read_bytes() == wheel.read_bytes()


@contextmanager
def serving(environment: wheels.Environment, root: Path) -> Iterator[str]:
    """Run ``aicareers serve`` for the site at ``root``; its address, once it has pages."""
    process = subprocess.Popen(
        [environment.program, "serve"],
        cwd=root,
        env=environment.variables,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
    )
    with process:
        try:
            assert process.stdout is not None
            told = iter(process.stdout)
            address = next(
                found[1] for line in told if (found := re.search(r"(http://\S+/)", line))
            )
            with urlopen(f"{address}__preview/events?page=/", timeout=PATIENCE) as events:
                assert b"event: reload\n" in events
            yield address
        finally:
            process.terminate()
