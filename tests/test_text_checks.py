"""What is said of one article's text besides what a build says."""

from __future__ import annotations

import pytest

from aicareers_site.diagnostics import Diagnostic, Severity
from aicareers_site.text_checks import PARAGRAPH_WORDS, SENTENCE_WORDS, Proof, proofread
from tests.samples import post

WARNING, NOTE = Severity.WARNING, Severity.NOTE


def found(
    body: str, more: str = "", language: str = "en", *, drafts: bool = False
) -> tuple[Diagnostic, ...]:
    content = post(body=body, more=more)
    return proofread(Proof("content/articles/a.md", content, language, drafts)).head


def severities(body: str, more: str = "", language: str = "en") -> list[Severity]:
    said = found(body, more, language)
    assert {one.code for one in said} <= {"useless-alt"}
    return [one.severity for one in said]


# Alternative texts


@pytest.mark.parametrize(
    "alt",
    [
        "harbour.jpg",
        "Harbour 2026",
        "harbour_2026",
        "DSC-1.PNG",
        "Image",
        "a photo",
        "The chart.",
        "Graph",
    ],
)
def test_the_name_of_a_file_or_kind_says_nothing(alt: str) -> None:
    assert severities(f"![{alt}](pictures/harbour-2026.jpg)") == [WARNING]


@pytest.mark.parametrize("alt", ["Image of a harbour", "a photo of it", "Picture showing cranes"])
def test_that_it_is_a_picture_is_said_twice(alt: str) -> None:
    assert severities(f"![{alt}](harbour.jpg)") == [NOTE]


@pytest.mark.parametrize(
    "alt",
    [
        "Cranes over the harbour",
        "Bar chart: remote 39%",
        "Photographers at work",
        "Harbour at dawn",
        "The image that won",
        "Photo booths in a row",
        "Map of Europe",
    ],
)
def test_words_on_what_it_shows_are_welcome(alt: str) -> None:
    assert severities(f'![{alt}](harbour.jpg "In 2026")') == []


def test_the_caption_once_more_says_nothing_new() -> None:
    assert severities('![The harbour at dawn](a.jpg "The harbour at dawn.")') == [WARNING]


def test_the_lead_picture_is_looked_at_too() -> None:
    (told,) = found("Text.", "image: {src: harbour.jpg, alt: harbour.jpg}\n")
    assert str(told.span) == "content/articles/a.md:7:32"


def test_the_place_is_that_of_the_words() -> None:
    (told,) = found("Look:\n\n![harbour.jpg](harbour.jpg)")
    assert (told.span.line, told.span.column, told.span.end_column) == (11, 3, 14)
    assert told.hint == "say what it shows, as you would on the telephone"


def test_english_words_are_looked_for_in_english_texts() -> None:
    assert severities("![Image](harbour.jpg)", language="de") == []
    assert severities("![harbour](harbour.jpg)", language="de") == [WARNING]


@pytest.mark.parametrize("body", ["`![image](a.jpg)`", "<!-- ![image](a.jpg) -->", "![](a.jpg)"])
def test_code_and_comments_hold_no_pictures_and_the_build_misses_words(body: str) -> None:
    assert severities(body) == []


# Lengths


def sentence(words: int) -> str:
    return f"{' '.join(['Word', *['word'] * (words - 1)])}."


def test_a_sentence_is_long_above_the_limit() -> None:
    assert found(f"Short one. {sentence(SENTENCE_WORDS)}") == ()
    (told,) = found(f"Short one. {sentence(SENTENCE_WORDS + 1)} And another.")
    assert (told.code, told.severity) == ("long-sentence", NOTE)
    assert told.message == f"this sentence has {SENTENCE_WORDS + 1} words"
    assert (told.span.line, told.span.column) == (9, 12)


def test_a_paragraph_is_long_above_the_limit() -> None:
    short = sentence(20)
    assert found(" ".join([short] * (PARAGRAPH_WORDS // 20))) == ()
    (told,) = found(" ".join([short] * (PARAGRAPH_WORDS // 20 + 1)))
    assert (told.code, told.span.line) == ("long-paragraph", 9)


def test_a_figure_is_a_word() -> None:
    (told,) = found(sentence(SENTENCE_WORDS).replace("Word", "{{ jobs.place.remote | share }} of"))
    assert told.message == f"this sentence has {SENTENCE_WORDS + 1} words"


def test_lists_and_tables_are_no_paragraphs_and_rows_no_sentences() -> None:
    entries = "\n".join(f"- {sentence(20)}" for _ in range(20))
    row = f"| {sentence(60)} |\n"
    assert found(f"{entries}\n\n| Words |\n| --- |\n{row * 5}") == ()


def test_addresses_citations_and_code_are_no_words() -> None:
    link = "[a](https://example.org/a-b-c-d) `c d e` [@one] "
    assert found(f"{link * SENTENCE_WORDS}.") == ()


# Which articles


def test_what_is_to_say_of_a_draft_are_notes() -> None:
    draft = "draft: true\n"
    assert [one.severity for one in found("![image](a.jpg)", draft)] == [NOTE]
    assert [one.severity for one in found("![image](a.jpg)", draft, drafts=True)] == [WARNING]


def test_an_article_that_cannot_be_read_is_left_to_the_build() -> None:
    made = proofread(Proof("content/articles/a.md", b"no front matter", "en", False))
    assert (made.head, made.body) == ((), b"")
