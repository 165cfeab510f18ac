"""The command is named as people can write it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from aicareers_site import invocation

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only folder in which the shell looks for commands; it is empty."""
    monkeypatch.setenv("PATH", str(tmp_path))
    return tmp_path


def test_a_command_that_the_shell_finds_is_called_by_its_name(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (path / "aicareers").touch(mode=0o755)
    monkeypatch.setattr(sys, "argv", [str(path / "aicareers"), "build"])
    assert invocation.command() == "aicareers"


@pytest.mark.parametrize(
    ("called", "named"),
    [
        (".venv/bin/aicareers", ".venv/bin/aicareers"),
        ("/home/a b/bin/aicareers", "'/home/a b/bin/aicareers'"),
    ],
)
def test_another_is_called_by_the_path_that_was_written(
    called: str, named: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", [called, "build"])
    assert invocation.command() == named


@pytest.mark.parametrize("script", ["/lib/aicareers_site/__main__.py", "build.py"])
def test_without_a_script_of_that_name_it_is_the_module(
    script: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", [script])
    monkeypatch.setattr(sys, "orig_argv", [".venv/bin/python", script])
    assert invocation.command() == ".venv/bin/python -m aicareers_site"
