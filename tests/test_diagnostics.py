from __future__ import annotations

import random
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from aicareers_site.diagnostics import (
    Diagnostic,
    Outcome,
    Severity,
    Span,
    as_notes,
    as_text,
    did_you_mean,
    has_errors,
    in_order,
    normalised,
)
from tests.strategies import any_text, line_ends

PATH = "content/articles/a.md"
PLAIN = Diagnostic("some-code", "something is wrong", Span(PATH, 2, 3, 6))


def shown(line: str, column: int, end_column: int) -> list[str]:
    """The excerpt and the caret for a place in ``line``."""
    found = replace(PLAIN, span=Span(PATH, 1, column, end_column))
    return as_text(found, {PATH: line.encode()}).split("\n")[1:]


def test_a_span_is_written_as_file_line_and_column() -> None:
    assert str(Span(PATH, 14, 11, 16)) == "content/articles/a.md:14:11"
    assert str(Span(PATH, 14)) == "content/articles/a.md:14"
    assert str(Span(PATH)) == "content/articles/a.md"


def test_spans_sort_by_file_line_and_column_as_numbers() -> None:
    spans = [Span("b"), Span("a", 10, 1), Span("a", 9, 2), Span("a", 9, 1), Span("a")]
    expected = [Span("a"), Span("a", 9, 1), Span("a", 9, 2), Span("a", 10, 1), Span("b")]
    assert sorted(spans) == expected


def test_a_diagnostic_as_text_has_place_code_message_excerpt_related_places_and_hint() -> None:
    found = Diagnostic(
        "figure-order",
        "low must not be above high (95,000 > 65,000)",
        Span(PATH, 3, 6, 11),
        "swap low and high",
        related=(Span(PATH, 1, 1, 2), Span("site.yaml")),
    )
    text = as_text(found, {PATH: b"---\nsalaries:\nlow: 95000\n---\n"})
    assert text == (
        "content/articles/a.md:3:6: error[figure-order]: "
        "low must not be above high (95,000 > 65,000)\n"
        " 3 | low: 95000\n"
        "   |      ^^^^^\n"
        "   = see also: content/articles/a.md:1:1\n"
        "   = see also: site.yaml\n"
        "   = hint: swap low and high"
    )


def test_the_gutter_is_as_wide_as_the_line_number() -> None:
    found = replace(PLAIN, span=Span(PATH, 12, 1, 2), hint="h")
    lines = as_text(found, {PATH: b"\n" * 11 + b"x"}).split("\n")
    assert lines[1:] == [" 12 | x", "    | ^", "    = hint: h"]


def test_without_source_line_or_position_there_is_no_excerpt() -> None:
    head = f"{PATH}:2:3: error[some-code]: something is wrong"
    assert as_text(PLAIN, {}) == head
    assert as_text(PLAIN, {PATH: b"only one line"}) == head
    whole_file = replace(PLAIN, span=Span(PATH))
    assert as_text(whole_file, {PATH: b"x"}) == f"{PATH}: error[some-code]: something is wrong"


def test_the_last_line_needs_no_newline() -> None:
    assert as_text(PLAIN, {PATH: b"one\ntwo"}).split("\n")[1:] == [" 2 | two", "   |   ^"]


def test_a_place_behind_the_end_of_the_line_gets_one_caret() -> None:
    assert shown("key:", 5, 6) == [" 1 | key:", "   |     ^"]
    assert shown("key:", 1, 400) == [" 1 | key:", "   | ^^^^"]


def test_tabs_keep_the_caret_below_its_place() -> None:
    assert shown("\tkey:\tvalue", 7, 12) == [" 1 | \tkey:\tvalue", "   | \t    \t^^^^^"]


def test_wide_characters_take_two_columns_and_combining_marks_none() -> None:
    assert shown("漢字: x", 5, 6) == [" 1 | 漢字: x", "   |       ^"]
    assert shown("漢字: x", 1, 3) == [" 1 | 漢字: x", "   | ^^^^"]
    assert shown("e\u0301: x", 5, 6) == [" 1 | e\u0301: x", "   |    ^"]


def test_a_long_line_is_cut_around_the_place() -> None:
    line = "a" * 200 + "here" + "b" * 200
    text, caret = shown(line, 201, 205)
    assert text == " 1 | …" + "a" * 50 + "here" + "b" * 46 + "…"
    assert caret == "   | " + " " * 51 + "^^^^"


def test_the_caret_of_a_long_place_ends_with_the_excerpt() -> None:
    text, caret = shown("x" * 300, 1, 301)
    assert text == " 1 | " + "x" * 100 + "…"
    assert caret == "   | " + "^" * 100


@given(st.lists(st.from_regex(r"[a-z]{1,5}", fullmatch=True), min_size=1), line_ends)
def test_lines_count_the_same_whatever_ends_them(lines: list[str], end: str) -> None:
    content = ("\ufeff" + end.join(lines)).encode()
    for number, line in enumerate(lines, start=1):
        found = replace(PLAIN, span=Span(PATH, number, 1, 2))
        assert as_text(found, {PATH: content}).split("\n")[1] == f" {number} | {line}"


def test_bytes_that_are_not_utf8_are_shown_as_replaced() -> None:
    found = replace(PLAIN, span=Span(PATH, 1, 3, 4))
    assert as_text(found, {PATH: b"EU\x92s"}).split("\n")[1:] == [" 1 | EU\ufffds", "   |   ^"]


def test_control_characters_do_not_reach_the_terminal() -> None:
    found = Diagnostic("c", "found '\x1b[31m'\nand more", Span(PATH, 1, 1, 2), "a\x07b")
    assert as_text(found, {PATH: b"\x1b]0;title\x07"}) == (
        f"{PATH}:1:1: error[c]: found '\ufffd[31m' and more\n"
        " 1 | \ufffd]0;title\ufffd\n"
        "   | ^\n"
        "   = hint: a\ufffdb"
    )


@given(any_text, st.integers(1, 5), st.integers(0, 300), st.integers(0, 300))
def test_any_place_in_any_text_can_be_shown(
    text: str, line: int, column: int, end_column: int
) -> None:
    found = replace(PLAIN, span=Span(PATH, line, column, end_column))
    lines = as_text(found, {PATH: text.encode()}).split("\n")
    assert len(lines) in {1, 3}
    assert all(line.rstrip("^").rstrip() != line for line in lines[2:])


def test_json_has_positions_from_one_and_null_for_absent_ones() -> None:
    found = replace(PLAIN, related=(Span("site.yaml"),))
    assert found.as_json() == {
        "severity": "error",
        "code": "some-code",
        "message": "something is wrong",
        "path": PATH,
        "line": 2,
        "column": 3,
        "endColumn": 6,
        "hint": None,
        "related": [{"path": "site.yaml", "line": None, "column": None, "endColumn": None}],
    }


def test_diagnostics_come_in_order_without_repetitions() -> None:
    found = [
        replace(PLAIN, span=Span("b", 1, 1)),
        replace(PLAIN, span=Span("a", 10, 1)),
        replace(PLAIN, span=Span("a", 9, 1)),
        replace(PLAIN, span=Span("a", 9, 1)),
    ]
    places = [str(diagnostic.span) for diagnostic in in_order(found)]
    assert places == ["a:9:1", "a:10:1", "b:1:1"]


def test_the_order_does_not_depend_on_chance() -> None:
    alike = [replace(PLAIN, hint=f"hint {number}") for number in range(20)]
    alike += as_notes(alike)
    shuffled = alike.copy()
    random.Random(1).shuffle(shuffled)
    assert in_order(shuffled) == in_order(alike)


def test_notes_stop_nothing() -> None:
    (note,) = as_notes([PLAIN])
    assert note == replace(PLAIN, severity=Severity.NOTE)
    assert has_errors([note, PLAIN])
    assert not has_errors([note])
    assert Outcome(1, (PLAIN,)).failed
    assert not Outcome(1, (note,)).failed


def test_the_closest_word_is_suggested() -> None:
    assert did_you_mean("titel", ["title", "tags"]) == "did you mean 'title'?"


def test_case_does_not_count_for_closeness() -> None:
    assert did_you_mean("de", ["AT", "CH", "DE"]) == "did you mean 'DE'?"
    assert did_you_mean("EUROPE/BERLIN", ["Europe/Berlin"]) == "did you mean 'Europe/Berlin'?"


def test_a_few_words_are_listed_where_none_is_close() -> None:
    assert did_you_mean("uk", ["us", "fr"]) == "known here: fr, us"


def test_many_words_are_not_listed() -> None:
    assert did_you_mean("zzz", [f"word-{number}" for number in range(13)]) == ""
    assert did_you_mean("zzz", []) == ""


def test_normalised_text_has_neither_byte_order_mark_nor_carriage_returns() -> None:
    assert normalised("\ufeffa\r\nb\rc\n\r\nd\ufeff") == "a\nb\nc\n\nd\ufeff"
