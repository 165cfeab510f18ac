"""Elements that editors write in HTML are opened and closed in their text."""

from __future__ import annotations

import pytest

from aicareers_site import markdown_limits
from aicareers_site import prose as render_module
from aicareers_site.diagnostics import Diagnostic, Span
from aicareers_site.prose import render
from tests.rendering import PATH, problem, prose


@pytest.mark.parametrize(
    ("body", "span", "message", "hint"),
    [
        (
            "Text\n\n<div>\nmore\n",
            Span(PATH, 3, 1, 6),
            "<div> is not closed",
            "write </div> where it ends",
        ),
        (
            "`<b>` one <b>two\n\nthree</b>\n",
            Span(PATH, 1, 11, 14),
            "<b> is not closed",
            "write </b> in the same paragraph, list entry or table cell",
        ),
        (
            "<i><b>x</i></b>\n",
            Span(PATH, 1, 4, 7),
            "<b> is not closed",
            "write </b> before </i>",
        ),
        (
            "<b>x</b> <b>y\n",
            Span(PATH, 1, 10, 13),
            "<b> is not closed",
            "write </b> in the same paragraph, list entry or table cell",
        ),
        (
            '| a <span title="x">b | c |\n|---|---|\n| 1 | 2 |\n',
            Span(PATH, 1, 5, 21),
            "<span> is not closed",
            "write </span> in the same paragraph, list entry or table cell",
        ),
        (
            "Text\n\n</main>\n",
            Span(PATH, 3, 1, 8),
            "</main> closes nothing that this text has opened",
            "take it out, or write <main> where it starts",
        ),
    ],
)
def test_an_element_is_opened_and_closed_in_the_text(
    body: str, span: Span, message: str, hint: str
) -> None:
    assert problem(body) == Diagnostic("html-unbalanced", message, span, hint)


def test_every_end_tag_too_many_is_told() -> None:
    found = render(PATH, "Text\n\n</div></div></main>\n").diagnostics

    assert [("html-unbalanced", column) for column in (1, 7, 13)] == [
        (item.code, item.span.column) for item in found
    ]


@pytest.mark.parametrize(
    "body",
    [
        "<ul><li>a<li>b</ul>\n",
        "<table><tr><td>a<td>b<tr><td>c</table>\n",
        "<p>a\n",
        "a<br>b<br/>c<wbr>d\n",
        "<details><summary>x</summary>\n\ny\n\n</details>\n",
        "```\n<div>\n```\n",
    ],
)
def test_what_html_lets_editors_leave_out_is_fine(body: str) -> None:
    prose(body)


LIMIT = markdown_limits.MAX_ELEMENTS


def test_elements_lie_in_each_other_up_to_a_limit() -> None:
    def nested(depth: int) -> str:
        return "<div>\n\n" * depth + "Text.\n\n" + "</div>\n\n" * depth

    assert render(PATH, nested(LIMIT)).diagnostics == ()
    found = problem(nested(LIMIT + 1))
    assert (found.code, found.span) == ("html-unbalanced", Span(PATH, 1, 1, 6))
    assert found.message == "more than 200 elements lie in each other here"


def test_tags_out_of_balance_are_told_up_to_a_limit() -> None:
    found = render(PATH, "<p>a</b></p>\n\n" * 1000).diagnostics
    assert len(found) == LIMIT + 1
    assert found[-1].span.line == 2 * LIMIT + 1
    assert found[-1].message == "more than 200 tags are not closed, or close nothing"


@pytest.mark.parametrize("body", ["<div>\n" * 1000, "<p>a</b></p>\n\n" * 1000])
def test_what_is_beyond_a_limit_is_not_read_again_and_leaves_words_alone(
    body: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> str:
        raise AssertionError

    monkeypatch.setattr(render_module, "read_again", refuse)
    assert "<" not in render(PATH, body).value.html
