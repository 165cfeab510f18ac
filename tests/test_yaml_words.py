"""The slips that people make in YAML are told where they were made, not where a parser gave up."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aicareers_site import yaml_reader
from aicareers_site.yaml_words import INVISIBLE, may_start_wrong, wrong_start


def problem(text: str) -> tuple[str, str, str, str]:
    """Place, code, message and hint of the one problem."""
    (found,) = yaml_reader.parse("site.yaml", text).diagnostics
    return f"{found.span.line}:{found.span.column}", found.code, found.message, found.hint


UNCLOSED = "the quotation mark that opens here is not closed before the next one"
COMMA = "write ',' between the keys"


@pytest.mark.parametrize(
    ("text", "place", "message", "hint"),
    [
        (
            'a: {name: "My survey, retrieved: 2026-10-01, url: "https://x.example/"}\nb: c\n',
            "1:11",
            UNCLOSED,
            "write the closing quotation mark",
        ),
        (
            "a:\n  - {id: 'My survey, retrieved: 2026-10-01}\n  - {id: 'c'}\n",
            "2:10",
            UNCLOSED,
            "write the closing quotation mark",
        ),
        (
            'a: ["One", "Two]\nb: "c"\n',
            "1:12",
            UNCLOSED,
            "write the closing quotation mark",
        ),
        (
            "rows:\n  - {id: x, value: 450 share: 45}\n",
            "2:24",
            "a comma is missing before 'share'",
            COMMA,
        ),
        (
            'a: {name: "It, is: so" url: b}\n',
            "1:24",
            "a comma is missing before 'url'",
            COMMA,
        ),
        ("a: {b: [c] as_of: d}\n", "1:12", "a comma is missing before 'as_of'", COMMA),
        (
            "a: {\n  b: Some words\n  c: d\n}\n",
            "3:3",
            "a comma is missing before 'c'",
            COMMA,
        ),
        (
            "a: {name: My survey retrieved: 2026-10-01}\n",
            "1:21",
            "a comma is missing before 'retrieved', or the text needs quotation marks",
            "write ',' before a key; put text that holds ': ' between quotation marks",
        ),
    ],
)
def test_what_is_missing_between_brackets_is_told(
    text: str, place: str, message: str, hint: str
) -> None:
    assert problem(text) == (place, "yaml-syntax", message, hint)


@pytest.mark.parametrize("end", ["}", ", b: c}", ",\n  b: c}"])
def test_a_key_between_brackets_with_nothing_behind_it_is_told(end: str) -> None:
    assert problem(f"rows:\n  - {{id: x, price:{end}\n") == (
        "2:13",
        "yaml-syntax",
        "'price:' has no value",
        "leave the key out where nothing is reported",
    )


@pytest.mark.parametrize("value", ["c", "450", '"c"', "[c]"])
def test_a_bracket_that_is_not_closed_before_the_next_key_lacks_no_comma(value: str) -> None:
    place, _, message, hint = problem(f"a:\n  b: {{c: {value}\n  d: e\nf: g\n")
    assert (place, message) == (
        "2:6",
        "expected ',' between the entries in brackets, or '}' behind them",
    )
    assert hint.startswith("close the bracket")


@pytest.mark.parametrize("quote", ['"', "'"])
def test_quotation_marks_above_the_brackets_are_not_counted(quote: str) -> None:
    text = f"a: Say, {quote}hi\nb: {{c: {quote}D, e: f}}\ng: {quote}h{quote}\n"
    assert problem(text)[:3] == ("2:8", "yaml-syntax", UNCLOSED)


def test_a_long_text_between_brackets_is_looked_through_at_once() -> None:
    words = 'it\'s so "odd" ' * 20_000
    assert problem(f"a: {{b: {words}c: d}}\n")[2].startswith("a comma is missing before 'c'")


@pytest.mark.parametrize(
    ("text", "place", "message", "hint"),
    [
        (
            "title:First steps\ndescription: x\n",
            "1:1",
            "a space is missing after 'title:'",
            "write a space after 'title:'",
        ),
        (
            "a: b\ntitle:First steps\n\n# remark\ndescription: x\n",
            "2:1",
            "a space is missing after 'title:'",
            "write a space after 'title:'",
        ),
        (
            "a: b\ntitle:\u00a0First steps\nc: d\n",
            "2:1",
            "an invisible character (U+00A0) follows 'title:'",
            "write a space after 'title:'",
        ),
        (
            "title: A\n date: b\n",
            "2:2",
            "'date' does not start where the other keys start",
            "remove the space before 'date'",
        ),
        (
            "# settings\n title: A\ndate: b\nc: d\n",
            "2:2",
            "'title' does not start where the other keys start",
            "remove the space before 'title'",
        ),
        (
            "tags:\n  - a\n  date: b\n",
            "3:3",
            "'date' does not start where the other keys start",
            "remove the spaces before 'date'",
        ),
        (
            "sources:\n  - id: a\n      name: b\n",
            "3:7",
            "'name' does not start where the other keys start",
            "indent 'name' by 4 spaces, like 'id'",
        ),
        (
            "title: 'Don't panic: AI'\na: b",
            "1:12",
            "the quotation mark closes here, yet text follows",
            "put the whole text between double quotation marks, \" and \"; or write '' for a mark "
            "inside",
        ),
        (
            'title: "Ghost" jobs\na: b',
            "1:14",
            "the quotation mark closes here, yet text follows",
            "put the whole text between single quotation marks, ' and '; or write \\\" for a mark "
            "inside",
        ),
        (
            "title: “First steps: into AI”\na: b",
            "1:8",
            "'“' does not hold a text with ': ' together",
            "put the text between straight quotation marks, \" or ', not “ ”",
        ),
        (
            "a: b\n\u00a0c: d\n",
            "2:1",
            "an invisible character (U+00A0) stands at the start of the line",
            "retype the spaces before the text",
        ),
        (
            "authors:\n\u00a0 - desk\na: b",
            "2:1",
            "an invisible character (U+00A0) stands at the start of the line",
            "retype the spaces before the text",
        ),
        ("tags:\n-skills\na: b", "2:1", "a space is missing after '-'", "write a space after '-'"),
        (
            "tags:\n  -skills\n  -visas\n",
            "2:3",
            "a space is missing after '-'",
            "write a space after '-'",
        ),
        (
            "tags:\n  - skills\n  -visas\n",
            "3:3",
            "a space is missing after '-'",
            "write a space after '-'",
        ),
        (
            "sources:\n  -id: a\n   name: b\n",
            "2:3",
            "a space is missing after '-'",
            "write a space after '-'",
        ),
        (
            "tags:\n  • skills\n  • visas\n",
            "2:3",
            "'•' does not start an entry of a list",
            "write '-' and a space before each entry of a list",
        ),
    ],
)
def test_a_slip_is_told_where_it_was_made(text: str, place: str, message: str, hint: str) -> None:
    assert problem(text) == (place, "yaml-syntax", message, hint)


@pytest.mark.parametrize("line", ["- a", "  - a", "-", "---", "-5", "a -b", "text – more", ""])
def test_other_lines_are_no_slips(line: str) -> None:
    assert wrong_start(0, line) is None


@pytest.mark.parametrize(
    "text",
    [
        "a: see https://example.com/a:b\nb: c: d",
        "time: 12:30\nb: c: d",
        'note: it\'s "so"\nb: c: d',
    ],
)
def test_lines_that_are_right_are_not_blamed(text: str) -> None:
    assert problem(text)[:2] == ("2:5", "yaml-syntax")


@given(st.text(st.sampled_from(f"ab1-–•· \t\n\n{INVISIBLE}"), max_size=30))
def test_the_look_at_the_whole_text_misses_no_line(text: str) -> None:
    if any(wrong_start(number, line) for number, line in enumerate(text.split("\n"))):
        assert may_start_wrong(text)
