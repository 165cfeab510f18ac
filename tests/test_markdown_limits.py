"""What is too much in one place is told in words that say what to change."""

from __future__ import annotations

import pytest

from aicareers_site.markdown_limits import (
    FENCES,
    MAX_LETTERS,
    MAX_SIGNS,
    OPEN_LINKS,
    OPEN_TAGS,
    Effort,
    Excess,
    TooMuch,
    check_signs,
)


@pytest.mark.parametrize(
    ("excess", "message", "hint"),
    [
        (
            OPEN_LINKS,
            "brackets of links, [ or (, are opened here again and again and never closed",
            "close each, or write a backslash before those that begin no link: \\[",
        ),
        (
            OPEN_TAGS,
            "tags are begun here with < again and again and never end",
            "write > at the end of each tag, &lt; for the sign < itself, and code between lines of "
            "```",
        ),
        (
            FENCES,
            "too many lines of ``` or ~~~ stand in this text",
            "write a line of ``` above and below each block of code, and leave out code that "
            "nobody reads",
        ),
    ],
)
def test_what_is_read_in_vain_is_told(excess: Excess, message: str, hint: str) -> None:
    effort = Effort()
    effort.spend(MAX_LETTERS, "text", excess)
    with pytest.raises(TooMuch) as raised:
        effort.spend(1, "text", excess)
    assert (str(raised.value), raised.value.hint) == (message, hint)


def test_a_paragraph_of_signs_is_told_how_many_there_are() -> None:
    check_signs("*a " * MAX_SIGNS)
    with pytest.raises(TooMuch) as raised:
        check_signs("*a " * 1200)
    assert str(raised.value) == (
        "1,200 signs that mean something in Markdown, such as *, [, < or &, stand in one paragraph "
        "or row of a table, and 1,000 are the most"
    )
    assert raised.value.hint == (
        "divide it by empty lines; write code or data between lines of ```"
    )
