"""Words broken into lines, here in a type in which every character is as wide."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aicareers_site.line_breaking import balanced, cut

texts = st.lists(st.text("abc", min_size=1, max_size=12), max_size=20)
rooms = st.integers(1, 40)


def width(text: str) -> float:
    return float(len(text))


def test_lines_are_about_equally_long() -> None:
    words = ["The", "machine-learning", "job", "market", "in", "2026,", "in", "figures"]
    assert balanced(words, width, 40) == ["The machine-learning job", "market in 2026, in figures"]


@pytest.mark.parametrize("words", [[], ["one"]])
def test_little_needs_no_breaking(words: list[str]) -> None:
    assert balanced(words, width, 40) == words
    assert cut(words, width, 40, 1) == words


@given(texts, rooms)
def test_no_word_is_lost_or_moved(words: list[str], room: int) -> None:
    assert " ".join(balanced(words, width, room)).split() == words


@given(texts, rooms)
def test_only_a_word_that_is_too_long_is_wider_than_the_room(words: list[str], room: int) -> None:
    for line in balanced(words, width, room):
        assert len(line) <= room or " " not in line


@given(texts, rooms)
def test_balance_needs_no_more_lines(words: list[str], room: int) -> None:
    lines = 0
    filled = ""
    for word in words:
        if filled and len(filled) + 1 + len(word) <= room:
            filled += f" {word}"
        else:
            filled, lines = word, lines + 1
    assert len(balanced(words, width, room)) == lines


def test_what_does_not_fit_is_cut_with_an_ellipsis() -> None:
    assert cut(["one", "two", "three", "four"], width, 8, 2) == ["one two", "three…"]


def test_a_word_that_is_too_long_is_broken() -> None:
    assert cut(["abcdefgh", "i"], width, 3, 9) == ["abc", "def", "gh", "i"]


@given(texts, st.integers(2, 40), st.integers(1, 4))
def test_cut_lines_fit_whatever_the_words(words: list[str], room: int, most: int) -> None:
    lines = cut(words, width, room, most)
    assert len(lines) <= most
    assert all(len(line) <= room for line in lines)
