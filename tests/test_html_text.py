"""Syntax that Markdown did not understand is reported where it stands."""

from __future__ import annotations

import pytest

from aicareers_site.diagnostics import Severity, Span
from aicareers_site.prose import render
from tests.rendering import PATH, problem, prose


def test_a_comment_that_is_never_closed_is_an_error() -> None:
    found = problem("`<!--` <!-- done --> Text <!-- ask Jo\n\nmore\n")

    assert (found.code, found.span) == ("html-syntax", Span(PATH, 1, 27, 31))
    assert found.hint == "write --> where it ends"


def test_the_sign_of_a_comment_may_be_written() -> None:
    assert "starts with &lt;!" in prose("A comment starts with &lt;!-- in HTML.\n").html


@pytest.mark.parametrize(
    ("body", "span", "severity", "message"),
    [
        (
            "See [the guide] (https://example.com/).",
            Span(PATH, 1, 5, 39),
            Severity.WARNING,
            "this is not a link",
        ),
        (
            "See [the guide](https://example.com/ now.",
            Span(PATH, 1, 5, 37),
            Severity.ERROR,
            "this is not a link: its address is not complete",
        ),
        (
            "See [**the** guide](https://example.com/",
            Span(PATH, 1, 19, 41),
            Severity.ERROR,
            "this is not a link: its address is not complete",
        ),
        (
            "`[a][b]` and [the report][bls].",
            Span(PATH, 1, 14, 31),
            Severity.ERROR,
            "this is not a link: there is no line '[bls]: address'",
        ),
        (
            "See [it](“https://example.com/”).",
            Span(PATH, 1, 10, 32),
            Severity.ERROR,
            "the address stands between quotation marks",
        ),
        (
            'See ![it](a.png "Title”).',
            Span(PATH, 1, 11, 24),
            Severity.ERROR,
            "the title behind the address stands between curly quotation marks",
        ),
        (
            "See ![it](a.png =100x200).",
            Span(PATH, 1, 11, 25),
            Severity.ERROR,
            "a size stands behind the address",
        ),
        (
            "<div>\n[the guide](a.md)\n</div>",
            Span(PATH, 2, 1, 18),
            Severity.ERROR,
            "within HTML, Markdown is not read: this is not a link",
        ),
        (
            "See [it](a.md “Title”).",
            Span(PATH, 1, 10, 22),
            Severity.ERROR,
            "the title behind the address stands between curly quotation marks",
        ),
    ],
)
def test_a_link_that_is_none(body: str, span: Span, severity: Severity, message: str) -> None:
    found = problem(body)

    assert ("link-syntax", span, severity, message) == (
        found.code,
        found.span,
        found.severity,
        found.message,
    )
    assert found.hint


@pytest.mark.parametrize(
    "body",
    [
        "\\[x](y) and \\[x\\](y) and \\[a\\]\\[b\\]",
        "[sic] (in the original)",
        "row[0][1]",
        "`[x](y` and `[x] (https://example.com/)`",
        "[the report][bls]\n\n[bls]: https://example.com/",
    ],
)
def test_other_brackets_are_fine(body: str) -> None:
    prose(body)


# What other programs understand, or a slip


@pytest.mark.parametrize(
    ("body", "span", "code", "hint"),
    [
        (
            "Apply ** before May ** there.",
            Span(PATH, 1, 7, 23),
            "emphasis-syntax",
            "write **words**, with no space inside the stars, and the same stars behind them",
        ),
        (
            "Of { jobs.total | share } jobs.",
            Span(PATH, 1, 4, 26),
            "figure-syntax",
            "write {{ jobs.total | share }}",
        ),
        (
            "A {% if page.x %} sign.",
            Span(PATH, 1, 3, 18),
            "figure-syntax",
            "take it out; figures are written {{ table.figure }}, and the rest in Markdown",
        ),
        (
            "Most are remote [1].",
            Span(PATH, 1, 17, 20),
            "citation-syntax",
            "write [@id] with the id of one of the article's sources, which are numbered by "
            "themselves, or a backslash before the bracket",
        ),
        (
            "<div>\n**bold words**\n</div>",
            Span(PATH, 2, 1, 15),
            "emphasis-syntax",
            "write <strong>bold words</strong>",
        ),
        (
            "An ~~old~~ word.",
            Span(PATH, 1, 4, 11),
            "emphasis-syntax",
            "write <s>old</s>",
        ),
        (
            "A ==new== word.",
            Span(PATH, 1, 3, 10),
            "emphasis-syntax",
            "write <mark>new</mark>",
        ),
        (
            "See [[canada]].",
            Span(PATH, 1, 5, 15),
            "link-syntax",
            "write [words](address), with the path of the article's .md file as the address",
        ),
        (
            "Most are remote (@census).",
            Span(PATH, 1, 18, 25),
            "citation-syntax",
            "write [@census]",
        ),
    ],
)
def test_what_readers_would_see_as_it_is_gets_a_warning(
    body: str, span: Span, code: str, hint: str
) -> None:
    (found,) = render(PATH, f"{body}\n", source_ids=("census",)).diagnostics

    assert (found.code, found.span, found.severity, found.hint) == (
        code,
        span,
        Severity.WARNING,
        hint,
    )


@pytest.mark.parametrize(
    "body",
    [
        "a == b or c ~~ d, `[[a]]`, `==a==`, `~~b~~`",
        "`2 ** 3`, `{ jobs.total }`, `{% if %}`, `[1]` and `@census`",
        r"\*\* and \[1] and \@census",
        "Ask @nobody or census@census.example, https://social.example/@census, a {word} of [2026].",
        "**Bold**, *[1](a.md)* and [1]: no.",
    ],
)
def test_the_same_in_code_behind_a_backslash_or_by_another_name_is_text(body: str) -> None:
    assert render(PATH, f"{body}\n", source_ids=("census",)).diagnostics == ()


def test_without_sources_a_number_in_brackets_is_text() -> None:
    assert "[1]" in prose("The first [1] of two.\n").html


@pytest.mark.parametrize(
    ("body", "code", "hint"),
    [
        ("A note[^census].", "unknown-footnote", "write [@census] to cite the source of this name"),
        (
            "A page [@census, p. 3].",
            "citation-syntax",
            "write [@census], another source behind a semicolon, pages in the text",
        ),
    ],
)
def test_a_source_that_is_cited_otherwise_is_told_how(body: str, code: str, hint: str) -> None:
    (found,) = render(PATH, f"{body}\n", source_ids=("census",)).diagnostics

    assert (found.code, found.hint) == (code, hint)


def test_a_footnote_without_its_colon_is_told_apart_from_its_mark() -> None:
    mark, note = render(PATH, "A[^1].\n\n[^1] Note.\n").diagnostics

    assert (mark.code, mark.span.line) == ("unknown-footnote", 1)
    assert mark.hint == "write '[^1]: …' on a line of its own in the body"
    assert (note.code, note.span.line) == ("unknown-footnote", 3)
    assert note.hint == "for the footnote itself, write a colon behind the bracket: [^1]:"


def test_of_two_footnotes_with_one_name_none_is_lost() -> None:
    found = problem("A[^1] and b[^1].\n\n[^1]: One.\n\n[^1]: Two.\n")

    assert (found.code, found.span) == ("duplicate-footnote", Span(PATH, 5, 1, 6))
    assert found.related == (Span(PATH, 3, 1, 6),)
    assert found.hint == "give one of them another name, here and where it is referred to"


def test_it_is_told_where_it_stands_and_not_where_the_same_was_understood() -> None:
    body = (
        "[1](a.md) and [@census], `(@census)`.\n\n[1] and @census, [1] and @census.\n\n[1]: b.md\n"
    )
    found = render(PATH, body, source_ids=("census",)).diagnostics

    assert [(one.code, str(one.span)[len(PATH) + 1 :]) for one in found] == [
        ("citation-syntax", "3:9"),
        ("citation-syntax", "3:26"),
    ]
    body = body.replace("[1]: b.md\n", "")
    found = render(PATH, body, source_ids=("census",)).diagnostics

    assert sorted(str(one.span)[len(PATH) + 1 :] for one in found) == ["3:1", "3:18", "3:26", "3:9"]


def test_the_same_slip_many_times_is_told_at_each_place() -> None:
    """The source is gone through once for all of them: it takes minutes otherwise."""
    body = "{a.b} " * 20_000
    found = render(PATH, body).diagnostics
    spans = [Span(PATH, 1, 6 * number + 1, 6 * number + 6) for number in range(20_000)]
    assert [one.span for one in found] == spans
