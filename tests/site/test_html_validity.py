"""Two checkers find nothing to say about any page, those that redirect included."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

from tests.site.built import PROJECT, BuiltSite

if TYPE_CHECKING:
    from pathlib import Path

SETTINGS = PROJECT / ".htmlvalidate.cjs"


@pytest.fixture(params=["renamed_site", "begun_site"])
def site(request: pytest.FixtureRequest) -> BuiltSite:
    """The shipped site with some earlier addresses, and a new one as it is laid down."""
    found = request.getfixturevalue(request.param)
    assert isinstance(found, BuiltSite)
    return found


def test_the_nu_checker_finds_every_page_valid(site: BuiltSite, html_checker: list[str]) -> None:
    """Errors and warnings count alike.

    Files have no host that the pages' security policy could mean, so that the checker takes all for
    violations; tests/browser looks for these.
    """
    pages = [page.path for page in site.pages]
    quiet = ["--filterpattern", ".*violates Content Security Policy.*"]
    found = run([*html_checker, "--Werror", "--stdout", *quiet, *pages], site.folder)
    assert found == ("", "", 0)


def test_html_validate_finds_every_page_good(site: BuiltSite, html_validate: list[str]) -> None:
    found = run(strictly(html_validate), site.folder)
    assert found == ("", "", 0)


def test_html_validate_finds_a_fault(tmp_path: Path, html_validate: list[str]) -> None:
    (tmp_path / "index.html").write_text("<p><a>no aim</a></b>", "utf-8")
    assert run(strictly(html_validate), tmp_path)[2] == 1


def strictly(command: list[str]) -> list[str]:
    return [*command, "--config", str(SETTINGS), "--max-warnings", "0", "--ext", "html", "."]


def run(command: list[str], folder: Path) -> tuple[str, str, int]:
    """What a command prints, what it complains about and its exit code."""
    finished = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, encoding="utf-8", check=False
    )
    return finished.stdout, finished.stderr, finished.returncode
