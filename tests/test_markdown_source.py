"""Places in Markdown."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aicareers_site import markdown_source
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


# What is sought often


class Counted(str):
    """A text that counts how often it is searched from some place to wherever that leads."""

    __slots__ = ("searches",)
    searches: int

    def find(self, *arguments: Any) -> int:
        self.searches += 1
        return super().find(*arguments)


@given(
    st.text(st.sampled_from("aé1 @-./=#%_[]\n"), max_size=60),
    st.lists(st.text(st.sampled_from("aé1 @-./=#%_["), max_size=6), min_size=1, max_size=20),
)
def test_an_index_of_words_finds_the_places_that_reading_finds(
    text: str, needles: list[str]
) -> None:
    reading, indexed = MarkdownSource(PATH, text), MarkdownSource(PATH, text)
    with pytest.MonkeyPatch.context() as patch:
        for needle in needles:
            patch.setattr(markdown_source, "FEW_SEARCHES", 1_000)
            expected = reading.next(needle)
            patch.setattr(markdown_source, "FEW_SEARCHES", 0)
            assert indexed.next(needle) == expected


def test_a_text_is_not_read_for_each_of_many_names_in_it() -> None:
    names = [f"@name{n}" for n in range(3_000)]
    source = MarkdownSource(PATH, "\n".join(f"[{name}]" for name in names), 11)
    masked = Counted(source.masked)
    masked.searches = 0
    source.__dict__["masked"] = masked
    assert [source.next(name).line for name in names] == list(range(11, 3_011))
    assert masked.searches <= markdown_source.FEW_SEARCHES
