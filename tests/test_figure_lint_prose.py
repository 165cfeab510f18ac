"""What of a Markdown text is prose, and where editors vouch for numbers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aicareers_site.figure_lint_prose import BLANK, ReadText, stems
from aicareers_site.markdown_source import MarkdownSource

PATH = "content/market/a.md"


def read(text: str) -> ReadText:
    return ReadText(MarkdownSource(PATH, text))


def sentences(text: str) -> list[str]:
    """The sentences, without what is no prose."""
    found = read(text)
    return [
        found.prose[one.start : one.end].replace(BLANK, "").strip()
        for block in found.blocks
        for one in block.sentences
    ]


@pytest.mark.parametrize(
    "text",
    [
        "`17 lines`",
        "```\n17\n```",
        "<!-- 17 -->",
        "{{ jobs.level.senior | share(1) }}",
        "[@a17]",
        "[^17]",
        "<https://example.com/17>",
        "https://example.com/17",
        "<span id=s17></span>",
        "&#8217;",
        "[](a17.md#b17)",
        '[](a.md "17 (seventeen) pages")',
        "[a]: https://example.com/17",
    ],
)
def test_what_is_no_prose_is_blanked_out(text: str) -> None:
    assert "17" not in read(text).prose


@pytest.mark.parametrize(
    "text",
    ["[17 jobs](a.md)", "*17*", "# 17 jobs", "[^a]: 17 jobs", '!!! note "17 jobs"', "| 17 |"],
)
def test_what_readers_see_is_prose(text: str) -> None:
    assert "17" in read(text).prose


@given(st.text(st.sampled_from("a1 \n`~<!->[]()^@{}|#*.\\&;:/\"'"), max_size=80))
def test_blanking_keeps_every_place(text: str) -> None:
    found = read(text)

    assert len(found.prose) == len(text)
    assert all(
        blanked == sign or (blanked == BLANK and sign != "\n")
        for blanked, sign in zip(found.prose, text, strict=True)
    )


def test_sentences_end_with_their_marks_and_with_items_rows_and_headings() -> None:
    text = (
        "## How many\n\nOf 732, 440 are senior [@x]. Few\nare not.[^a] “Why?” e.g. No. 5 in 3.5\n\n"
        "- one item\n- another\n  goes on\n\n| Level | Openings |\n| --- | --- |\n| Senior | 440 |"
    )

    assert sentences(text) == [
        "## How many",
        "Of 732, 440 are senior .",
        "Few\nare not.",
        "“Why?” e.g. No. 5 in 3.5",
        "- one item",
        "- another\n  goes on",
        "| Level | Openings |",
        "| --- | --- |",
        "| Senior | 440 |",
    ]


def test_what_is_longer_than_any_sentence_is_divided_between_words() -> None:
    text = "word " * 2000
    found = sentences(text)
    assert [len(part) for part in found] == [3004, 3004, 3004, 984]
    assert " ".join(found) == text.strip()
    assert sentences("x" * 4000) == ["x" * 4000]


def test_a_sentence_knows_the_figures_that_it_names() -> None:
    text = "Of {{ jobs.total }}, {{ jobs.level.senior | share }}. {{ chart jobs.level }} {{ | }}"
    ((first, second),) = (block.sentences for block in read(text).blocks)

    assert [one.expression.reference for one in first.references] == [
        "jobs.total",
        "jobs.level.senior",
    ]
    assert text[slice(*first.references[0][:2])] == "{{ jobs.total }}"
    assert second.references == ()


def test_plural_and_case_make_no_difference() -> None:
    assert stems("Seniors in COMPANIES, business") == stems("senior in company business")


def test_comments_that_vouch_for_numbers_are_found_outside_code() -> None:
    text = (
        "70<!-- figure: our own estimate --> <!-- figure --> <!-- figures of speech -->\n\n"
        "`<!-- figure: code -->`"
    )

    assert [one.reason for one in read(text).markers] == ["our own estimate", ""]


def test_a_comment_on_a_line_of_its_own_is_no_block() -> None:
    assert len(read("Some text.\n\n<!-- figure: x -->\n\nMore.").blocks) == 2
