"""Tags, comments and text, as a browser tells them apart."""

from __future__ import annotations

import pytest

from aicareers_site.html_tokens import TOKEN, attributes, plain


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
