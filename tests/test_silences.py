"""Findings of which editors want to hear nothing, with the reason."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from aicareers_site import configuration, documents
from aicareers_site.cli import main
from aicareers_site.diagnostics import Diagnostic, Severity, Span
from aicareers_site.silences import Silences
from tests.samples import NOW, SETTINGS, lay_out, post, sources

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

A = "content/articles/a.md"
KNOWN = ("long-sentence", "lone-topic", "unused-image", "figure-stale")
WHY = "as the law has it"


def finding(
    line: int, code: str = "long-sentence", path: str = A, severity: Severity = Severity.NOTE
) -> Diagnostic:
    return Diagnostic(code, "something", Span(path, line), severity=severity)


def silences(text: str, path: str = A, ignore: str = "") -> Silences:
    """Those of a site with one file besides its settings, which may ``ignore`` something."""
    settings = f"{SETTINGS}{ignore}".encode()
    configured = configuration.read(settings).value
    assert configured is not None
    return Silences({path: text.encode(), "site.yaml": settings}, configured)


def heard(text: str, path: str = A, code: str = "long-sentence") -> list[int]:
    """The lines of the file in which a finding is told of."""
    lines = range(1, text.count("\n") + 2)
    return [
        one.span.line for one in silences(text, path).heard(finding(n, code, path) for n in lines)
    ]


def article(body: str, more: str = "") -> str:
    """An article whose text begins in line 5, plus those of ``more``."""
    return f"---\ntitle: A\n{more}date: 2026-01-01\n---\n{body}"


IGNORE = f"<!-- aicareers-ignore: long-sentence: {WHY} -->"


# In texts


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (f"One.\n\n{IGNORE}\n\nTwo\ngoes on.\n\nThree.", [1, 2, 3, 4, 5, 6, 11, 12]),
        (f"{IGNORE}\nOne\ngoes on.\n\nTwo.", [1, 2, 3, 4, 8, 9]),
        (f"One\ngoes {IGNORE} on\nand on.\n\nTwo.", [1, 2, 3, 4, 8, 9]),
        (f"{IGNORE}\n<!-- a\n\nremark -->\n\nOne.\n\nTwo.", [1, 2, 3, 4, 11, 12]),
        (f"One.\n\n{IGNORE}", [1, 2, 3, 4, 5, 6]),
        (
            f"<!--aicareers-ignore:long-sentence:{WHY}\nand more-->\n\nOne.\n\nTwo.",
            [1, 2, 3, 4, 9, 10],
        ),
        (f"`{IGNORE}`\n\nOne.", [1, 2, 3, 4, 5, 6, 7]),
        (f"```html\n{IGNORE}\n```", [1, 2, 3, 4, 5, 6, 7]),
        ("<!-- long-sentence: no remark to us -->\n\nOne.", [1, 2, 3, 4, 5, 6, 7]),
    ],
)
def test_a_comment_covers_its_block_or_the_next_one(body: str, told: list[int]) -> None:
    assert heard(article(body)) == told


def test_a_comment_covers_its_code_alone() -> None:
    assert heard(article(f"{IGNORE}\n\nOne."), code="lone-topic") == [1, 2, 3, 4, 5, 6, 7]


# In YAML


@pytest.mark.parametrize(
    ("more", "told"),
    [
        (f"tags: [a]  # aicareers-ignore: lone-topic: {WHY}\n", [1, 2, 4, 5, 6]),
        (f"# aicareers-ignore: lone-topic: {WHY}\ntags: [a]\n", [1, 2, 3, 5, 6, 7]),
        (
            f"# aicareers-ignore: lone-topic: {WHY}\n# More.\n\ntags:\n- a\n- b\n",
            [1, 2, 3, 4, 5, 9, 10, 11],
        ),
        (
            f"tags:\n  # aicareers-ignore: lone-topic: {WHY}\n  - a\n  - b\n",
            [1, 2, 3, 4, 6, 7, 8, 9],
        ),
    ],
)
def test_a_remark_covers_its_line_or_the_next_key(more: str, told: list[int]) -> None:
    assert heard(article("One.", more), code="lone-topic") == told


def test_a_remark_works_in_data_tables() -> None:
    text = f"title: A\n# aicareers-ignore: figure-stale: {WHY}\nreview_by: 2026-01-01\nunit: x"
    assert heard(text, "content/data/a.yaml", "figure-stale") == [1, 2, 4]


# In the settings


def in_settings(pattern: str = "", reason: str = WHY) -> str:
    path = f", path: {pattern}" if pattern else ""
    return f"check:\n  ignore:\n    - {{code: unused-image{path}, reason: {reason}}}\n"


@pytest.mark.parametrize(
    ("pattern", "told"),
    [("", []), ("content/*", []), ("content/data/*", [A]), (A, []), ("a.md", [A])],
)
def test_the_settings_cover_files_by_a_pattern(pattern: str, told: list[str]) -> None:
    one = finding(0, "unused-image")
    left = silences("", ignore=in_settings(pattern)).heard([one])
    assert [found.span.path for found in left] == told


def test_the_settings_must_give_a_reason() -> None:
    text = f"{SETTINGS}check: {{ignore: [{{code: unused-image}}]}}\n"
    (problem,) = configuration.read(text.encode()).diagnostics
    assert problem.code == "missing-key"
    assert problem.message == "entry 1 of 'ignore' in 'check' needs 'reason'"


# What is wrong with silences


def problems(
    text: str, *found: Diagnostic, unsought: tuple[str, ...] = (), ignore: str = ""
) -> list[tuple[str, str, str]]:
    these = silences(text, ignore=ignore)
    these.heard(found)
    told = list(these.problems(KNOWN, unsought))
    assert {one.severity for one in told} <= {Severity.WARNING}
    return [(one.code, str(one.span), one.message) for one in told]


def test_a_silence_that_is_needed_is_no_problem() -> None:
    assert problems(article(f"{IGNORE}\n\nOne."), finding(7)) == []


def test_a_silence_that_covers_nothing_is_told_of() -> None:
    expected = ("unused-silence", f"{A}:5:1", "there is no 'long-sentence' here to be silenced")
    assert problems(article(f"{IGNORE}\n\nOne."), finding(9)) == [expected]


def test_nothing_is_said_where_it_was_not_looked_for() -> None:
    assert problems(article(f"{IGNORE}\n\nOne."), unsought=("long-sentence",)) == []


def test_nothing_is_said_of_an_article_that_is_not_published() -> None:
    these = silences(article(f"{IGNORE}\n\nOne."))
    assert list(these.problems(KNOWN, unpublished=[A])) == []


def test_an_error_is_told_of_and_the_silence_as_well() -> None:
    these = silences(article(f"{IGNORE}\n\nOne."))
    error = finding(7, severity=Severity.ERROR)
    assert these.heard([error]) == (error,)
    (problem,) = these.problems(KNOWN)
    assert problem.message == "'long-sentence' is an error here, which cannot be silenced"


@pytest.mark.parametrize(
    ("comment", "code"),
    [
        ("<!-- aicareers-ignore: long-sentence -->", "silence-reason"),
        ("<!-- aicareers-ignore: long-sentence: -->", "silence-reason"),
        ("<!-- aicareers-ignore: long-sentances: so -->", "silence-code"),
        ("<!-- aicareers-ignore -->", "silence-code"),
    ],
)
def test_without_a_code_and_a_reason_there_is_no_silence(comment: str, code: str) -> None:
    text = article(f"{comment}\n\nOne.")
    assert [found[:2] for found in problems(text, finding(7))] == [(code, f"{A}:5:1")]
    assert len(silences(text).heard([finding(7)])) == 1


def test_the_settings_silence_in_vain_too() -> None:
    ignore = in_settings("content/data/*")
    line = f"{SETTINGS}{ignore}".count("\n")
    ((code, place, _),) = problems("", ignore=ignore)
    assert (code, place) == ("unused-silence", f"site.yaml:{line}:14")


# The commands


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A site whose two articles have the same title, which one of them asks to be silent about."""
    remark = "# aicareers-ignore: duplicate-title: they are a pair"
    text = post(date="2026-02-01").decode().replace("title: A", f"{remark}\ntitle: A")
    body = "<!-- aicareers-ignore: useless-alt: a sample -->\n\n![image](/icon.svg)\n\nText."
    files = {"articles/a.md": post(), "articles/b.md": text.replace("Some text.", body).encode()}
    lay_out(sources(files), tmp_path)
    return tmp_path


def run(command: str, root: Path, *arguments: str) -> Result:
    options = ["--root", str(root), "--jobs", "1", "--now", NOW.isoformat(), "--strict"]
    return CliRunner().invoke(main, [command, *options, *arguments])


def test_a_strict_build_and_a_strict_check_keep_silent(root: Path) -> None:
    assert run("build", root).exit_code == 0
    found = json.loads(run("check", root, "--format", "json").stdout)["diagnostics"]
    assert {one["code"] for one in found} == {"description-length", "duplicate-description"}


def test_a_check_tells_of_silences_that_are_not_needed(root: Path) -> None:
    (root / A).unlink()
    found = json.loads(run("check", root, "--format", "json").stdout)["diagnostics"]
    assert ("unused-silence", 2) in {(one["code"], one["line"]) for one in found}


def test_no_published_file_holds_a_remark(root: Path) -> None:
    run("build", root)
    published = [path for path in (root / "public").rglob("*") if path.is_file()]
    assert [path for path in published if b"aicareers-ignore" in path.read_bytes()] == []
    assert b'alt="image"' in (root / "public/blog/b/index.html").read_bytes()


def test_a_remark_is_no_part_of_the_values() -> None:
    text = article("One.", "tags: [a]  # aicareers-ignore: lone-topic: so\n").encode()
    document = documents.parse(A, text).value
    assert document is not None
    assert document.front_matter.data["tags"] == ["a"]
