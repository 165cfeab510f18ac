"""Syntax that Markdown did not understand is reported where it stands."""

from __future__ import annotations

import pytest

from aicareers_site.diagnostics import Severity, Span
from tests.rendering import PATH, problem, prose


def test_a_comment_that_is_never_closed_is_an_error() -> None:
    found = problem("`<!--` <!-- done --> Text <!-- ask Jo\n\nmore\n")

    assert (found.code, found.span) == ("html-syntax", Span(PATH, 1, 27, 31))
    assert found.hint == "write --> where it ends"


def test_the_sign_of_a_comment_may_be_written() -> None:
    assert "starts with &lt;!" in prose("A comment starts with &lt;!-- in HTML.\n").html


@pytest.mark.parametrize(
    ("body", "span", "severity", "message"),
    [
        (
            "See [the guide] (https://example.com/).",
            Span(PATH, 1, 5, 39),
            Severity.WARNING,
            "this is not a link",
        ),
        (
            "See [the guide](https://example.com/ now.",
            Span(PATH, 1, 5, 37),
            Severity.ERROR,
            "this is not a link: its address is not complete",
        ),
        (
            "See [**the** guide](https://example.com/",
            Span(PATH, 1, 19, 41),
            Severity.ERROR,
            "this is not a link: its address is not complete",
        ),
        (
            "`[a][b]` and [the report][bls].",
            Span(PATH, 1, 14, 31),
            Severity.ERROR,
            "this is not a link: there is no line '[bls]: address'",
        ),
        (
            "See [it](“https://example.com/”).",
            Span(PATH, 1, 10, 32),
            Severity.ERROR,
            "the address stands between quotation marks",
        ),
        (
            "See [it](a.md “Title”).",
            Span(PATH, 1, 10, 22),
            Severity.ERROR,
            "the title behind the address stands between curly quotation marks",
        ),
    ],
)
def test_a_link_that_is_none(body: str, span: Span, severity: Severity, message: str) -> None:
    found = problem(body)

    assert ("link-syntax", span, severity, message) == (
        found.code,
        found.span,
        found.severity,
        found.message,
    )
    assert found.hint


@pytest.mark.parametrize(
    "body",
    [
        "\\[x](y) and \\[x\\](y) and \\[a\\]\\[b\\]",
        "[sic] (in the original)",
        "row[0][1]",
        "`[x](y` and `[x] (https://example.com/)`",
        "[the report][bls]\n\n[bls]: https://example.com/",
    ],
)
def test_other_brackets_are_fine(body: str) -> None:
    prose(body)
