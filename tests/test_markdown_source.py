"""Places in Markdown."""

from __future__ import annotations

import re

import pytest

from aicareers_site.diagnostics import Span
from aicareers_site.markdown_source import MarkdownSource

PATH = "content/articles/a.md"


def columns(text: str, needle: str, count: int) -> list[int]:
    source = MarkdownSource(PATH, text)
    return [source.next(needle).column for _ in range(count)]


def test_occurrences_come_in_order_and_the_last_is_given_again() -> None:
    assert columns("x.md x.md", "x.md", 3) == [1, 6, 6]


@pytest.mark.parametrize(
    "text",
    ["`x.md` x.md", "ax.md- x.md", "x.md#a x.md", "/ax.md x.md"],
)
def test_code_and_longer_addresses_are_passed_over(text: str) -> None:
    assert columns(text, "x.md", 1) == [8]


@pytest.mark.parametrize(
    "text",
    ["```\n[@a]\n```\n[@a]", "~~~ text\n`[@a]`\n~~~\n[@a]", "<!--\n[@a]\n-->\n[@a]"],
)
def test_blocks_of_code_and_comments_are_passed_over(text: str) -> None:
    assert MarkdownSource(PATH, text, 11).next("@a") == Span(PATH, 14, 2, 4)


def test_escaped_brackets_are_passed_over() -> None:
    assert not MarkdownSource(PATH, "\\[@a]").holds("[@a]")


def test_the_first_needle_that_occurs_counts() -> None:
    assert MarkdownSource(PATH, "a c b").next("x", "b", "c") == Span(PATH, 1, 5, 6)


def test_what_is_not_there_is_in_the_file_or_in_the_field() -> None:
    field = Span(PATH, 3, 5, 6)

    assert MarkdownSource(PATH, "a").next("x") == Span(PATH)
    assert MarkdownSource(PATH, "a", span=field).next("x") == field


def test_places_are_the_same_in_any_order() -> None:
    source = MarkdownSource(PATH, "a\nb\n\n c", 5)
    needles = ["c", "a", "b", "c"]

    assert [source.next(needle) for needle in needles] == [
        Span(PATH, 8, 2, 3),
        Span(PATH, 5, 1, 2),
        Span(PATH, 6, 1, 2),
        Span(PATH, 8, 2, 3),
    ]


def test_matches_are_counted() -> None:
    source = MarkdownSource(PATH, "# A\n\n# B\n")

    assert [source.nth_match(re.compile("# .*"), n).line for n in (0, 1, 2)] == [1, 3, 3]
