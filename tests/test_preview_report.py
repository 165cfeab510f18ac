"""What the preview says in the terminal."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from aicareers_site.cli import main
from aicareers_site.diagnostics import Diagnostic, Severity, Span
from aicareers_site.outputs import Output
from aicareers_site.preview_report import PreviewReport
from aicareers_site.preview_state import State

if TYPE_CHECKING:
    from pathlib import Path

ERROR = Diagnostic("code", "is wrong", Span("a.md", 1), "write it right")
WARNING = Diagnostic("code", "is odd", Span("b.md"), severity=Severity.WARNING)


def test_it_says_where_the_preview_is(capsys: pytest.CaptureFixture[str]) -> None:
    PreviewReport().begin("http://127.0.0.1:8000", 8000, 8000)
    assert capsys.readouterr().out == "Preview: http://127.0.0.1:8000/ (Ctrl-C ends it)\n"


def test_it_says_that_a_port_was_busy(capsys: pytest.CaptureFixture[str]) -> None:
    PreviewReport().begin("http://127.0.0.1:8002", 8000, 8002)
    assert capsys.readouterr().out.startswith("Port 8000 is in use; taking 8002.\n")


def test_a_problem_is_told_once_and_again_when_it_comes_back(
    capsys: pytest.CaptureFixture[str],
) -> None:
    report = PreviewReport()
    files = {"index.html": Output.of("index.html", b"Home")}

    def said(*diagnostics: Diagnostic) -> tuple[str, str]:
        report.say(State(files, diagnostics=diagnostics, sources={"a.md": b"one\n"}))
        out, err = capsys.readouterr()
        return out, err

    told = "a.md:1: error[code]: is wrong\n 1 | one\n   | ^\n   = hint: write it right\n"
    shown = "The preview shows the last pages without errors.\n"
    assert said(WARNING) == ("", "b.md: warning[code]: is odd\n")
    assert said(WARNING, ERROR) == ("", told + shown)
    assert said(WARNING) == ("No errors any more.\n", "")
    assert said(ERROR) == ("", told + shown)


def test_before_the_first_pages_it_is_said_that_there_are_none(
    capsys: pytest.CaptureFixture[str],
) -> None:
    PreviewReport().say(State(diagnostics=(ERROR,)))
    assert capsys.readouterr().err.endswith(
        "There are no pages yet: the preview shows them once this is mended.\n"
    )


def test_an_editor_is_a_name_or_an_address_with_a_path() -> None:
    result = CliRunner().invoke(main, ["serve", "--editor", "emacs"])
    assert result.exit_code == 2
    assert "'emacs' is neither vscode nor an address with {path}" in result.stderr


def test_a_folder_that_holds_no_site_is_not_served(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["serve", "--root", str(tmp_path)])
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == (
        f"site.yaml: error[missing-file]: there is no site.yaml in '{tmp_path}'\n"
        "   = hint: a site's folder holds site.yaml, content/, static/, templates/; say with "
        "--root where it is, or begin a site with aicareers init\n"
    )
    assert [*tmp_path.iterdir()] == []


@pytest.mark.parametrize("package", ["starlette", "uvicorn", "watchfiles"])
def test_what_is_not_installed_is_named(monkeypatch: pytest.MonkeyPatch, package: str) -> None:
    for name in [name for name in sys.modules if name.startswith("aicareers_site.preview")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, package, None)
    for name in [name for name in sys.modules if name.startswith(f"{package}.")]:
        monkeypatch.delitem(sys.modules, name)
    result = CliRunner().invoke(main, ["serve"])
    assert result.exit_code == 2
    assert f"the preview needs {package}" in result.stderr
    assert "run pip install 'aicareers-site[serve]'" in result.stderr
