"""Tags, comments and text, as a browser tells them apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aicareers_site.html_tokens import TOKEN, Tokens, attributes, count_words, plain
from tests.strategies import any_text


@pytest.mark.parametrize(
    "tag",
    [
        "<b>",
        "</b >",
        "<img src=a/b alt='>' / >",
        '<a title=">" href=x>',
        "<a\nhref = x>",
        "<my-element b>",
        "<!-- > <b> -->",
        "<!-->",
        "<!-- a --!>",
        "<?php ?>",
        "<!doctype html>",
    ],
)
def test_one_token(tag: str) -> None:
    found = TOKEN.match(tag + " text>")

    assert found is not None
    assert found.group() == tag


@pytest.mark.parametrize("text", ["<a href='x>", "<a =x>", "<a x= >", "<!-- a", "< b>", "<", "<3>"])
def test_no_token(text: str) -> None:
    assert TOKEN.match(text) is None


def test_attributes_are_read_as_a_browser_does() -> None:
    text = " A=1 b='2 &amp; 3' c=\"?x&copy=4\" d a=5 e=f/"

    assert attributes(text) == {"a": "1", "b": "2 & 3", "c": "?x&copy=4", "d": "", "e": "f/"}


def test_plain_text() -> None:
    assert plain(" a &amp;\n&lt;b&gt; ") == "a & <b>"


def test_texts_come_with_the_token_behind_them() -> None:
    tokens = Tokens("a<b>c</B x=1><!-- d -->e < f")

    assert list(tokens) == [
        ("a", None, "b", ">", None),
        ("c", None, "/B", " x=1>", None),
        ("", None, None, None, "!-- d -->"),
    ]
    assert (tokens.rest, tokens.texts()) == ("e < f", "ace < f")


def test_tokens_tell_where_they_end() -> None:
    html = "a<b>cd</b><!-- e -->f<hr>"
    tokens = Tokens(html)

    ends = [html[: tokens.position()] for token in tokens if token[2] != "/b"]

    assert ends == ["a<b>", "a<b>cd</b><!-- e -->", html]


@given(any_text | st.text(st.sampled_from("aé1_ \n\x1c\u00a0-–…“”.")))
def test_a_word_holds_a_letter_or_a_digit(text: str) -> None:
    with_letters = [run for run in text.split() if any(sign.isalnum() for sign in run)]

    assert count_words(text) == len(with_letters)
