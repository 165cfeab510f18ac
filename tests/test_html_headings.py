"""Levels and words of headings."""

from __future__ import annotations

import pytest

from aicareers_site.diagnostics import Span
from aicareers_site.prose import render
from tests.rendering import PATH, problem, prose


@pytest.mark.parametrize(
    ("body", "line", "column", "end"),
    [
        ("Text\n\n# Title\n", 12, 1, 8),
        ("Title\n=====\n", 10, 1, 6),
        ("a\n\n<h1>T</h1>\n", 12, 1, 5),
    ],
)
def test_the_title_is_the_only_heading_of_level_1(
    body: str, line: int, column: int, end: int
) -> None:
    found = render(PATH, body, 10).diagnostics[0]

    assert ("heading-level", Span(PATH, line, column, end)) == (found.code, found.span)


@pytest.mark.parametrize(
    ("body", "span", "message", "hint"),
    [
        ("#### Deep\n", Span(PATH, 1, 1, 10), "the first heading is of level 4", "start with '##'"),
        (
            "## A\n\n### B\n\n##### C\n\n## D\n",
            Span(PATH, 5, 1, 8),
            "a heading of level 5 follows one of level 3",
            "start with '####'",
        ),
        (
            "A\n---\n\n#### B\n\n### C\n\n## D\n\n#### E\n",
            Span(PATH, 4, 1, 7),
            "a heading of level 4 follows one of level 2",
            "start with '###'",
        ),
    ],
)
def test_headings_skip_no_level(body: str, span: Span, message: str, hint: str) -> None:
    found = render(PATH, body).diagnostics[0]

    assert ("heading-skip", span, message, hint) == (
        found.code,
        found.span,
        found.message,
        found.hint,
    )


def test_a_picture_in_a_heading_is_enough() -> None:
    prose("## ![A](a.png)\n")


@pytest.mark.parametrize("heading", ["##", "## ", "## <!-- later -->", "<h2></h2>"])
def test_a_heading_has_words(heading: str) -> None:
    found = problem(f"## A\n\n{heading}\n\nText\n")

    assert (found.code, found.span.line, found.span.column) == ("empty-heading", 3, 1)
