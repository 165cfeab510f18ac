"""Smart typography of plain text and of text in pieces."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aicareers_site.typography import Typographer, smarten


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ('He said "yes".', "He said “yes”."),
        ("\"It's 'fine'\", she said", "“It’s ‘fine’”, she said"),
        ("'\"Yes\" was the answer'", "‘“Yes” was the answer’"),
        ('("quoted" in brackets)', "(“quoted” in brackets)"),
        ("the country's firms, the firms' pay", "the country’s firms, the firms’ pay"),
        ("rock 'n' roll in the '90s, 'tis said", "rock ’n’ roll in the ’90s, ’tis said"),
        ("2024--2026", "2024–2026"),
        ("pay---not place---decides", "pay—not place—decides"),
        ('a pause--"then" a word', "a pause–“then” a word"),
        ('"and then--"', "“and then–”"),
        ("wait...", "wait…"),
        ("---- and .... stay", "---- and .... stay"),
        ("-----, .....", "-----, ....."),
        ("--...--", "–…–"),
        ("a well-known hyphen", "a well-known hyphen"),
        ("“already” – right…", "“already” – right…"),
        ("", ""),
    ],
)
def test_plain_text(typed: str, shown: str) -> None:
    assert shown == smarten(typed)


def test_marks_face_each_other_across_pieces() -> None:
    typographer = Typographer()

    assert [typographer.smarten(piece) for piece in ('"', "so", '" it is')] == [
        "“",
        "so",
        "” it is",
    ]


def test_a_mark_behind_skipped_text_closes() -> None:
    typographer = Typographer()
    opening = typographer.smarten('"')
    typographer.skip("print()")

    assert opening + typographer.smarten('"') == "“”"


def test_a_block_starts_afresh() -> None:
    typographer = Typographer()
    typographer.smarten("word")
    typographer.start_block()

    assert typographer.smarten('"word') == "“word"


@given(st.text(alphabet="ab \"'-.“”‘’–—…(1"))
def test_smartening_twice_changes_nothing(text: str) -> None:
    assert smarten(text) == smarten(smarten(text))
