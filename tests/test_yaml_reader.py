from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from aicareers_site import yaml_reader
from aicareers_site.diagnostics import Span, normalised
from tests.strategies import any_text, keys, trees, words, yaml_like_text

if TYPE_CHECKING:
    from aicareers_site.yaml_tree import Tree

PATH = "site.yaml"


def tree(text: str) -> Tree:
    outcome = yaml_reader.parse(PATH, text)
    assert outcome.diagnostics == ()
    assert outcome.value.readable
    return outcome.value


def data(text: str) -> Any:
    return tree(text).data


def problems(text: str) -> list[tuple[str, str]]:
    """Place and code of each problem."""
    found = yaml_reader.parse(PATH, text).diagnostics
    return [(f"{item.span.line}:{item.span.column}", item.code) for item in found]


def problem(text: str) -> tuple[str, str, str, str]:
    """Place, code, message and hint of the one problem."""
    (found,) = yaml_reader.parse(PATH, text).diagnostics
    return f"{found.span.line}:{found.span.column}", found.code, found.message, found.hint


@pytest.mark.parametrize(
    "written",
    ["NO", "yes", "true", "12:30", "1e3", "0o7", "010", "1_000", "2026-04-22", ".inf", "<<", "="],
)
def test_every_scalar_stays_as_it_was_written(written: str) -> None:
    assert data(f"key: {written}") == {"key": written}
    assert data(f"{written}: x") == {written: "x"}


@pytest.mark.parametrize("written", ["", "~", "null", "Null", "NULL", "  # a remark"])
def test_nothing_written_is_no_value(written: str) -> None:
    assert data(f"key: {written}") == {"key": None}


def test_quotation_marks_make_text_of_anything() -> None:
    assert data("a: ''\nb: 'null'\nc: \"~\"") == {"a": "", "b": "null", "c": "~"}


def test_lists_and_keys_nest() -> None:
    assert data("a:\n  - b: c\n    d: [e, {f: g}]\n  -\n") == {
        "a": [{"b": "c", "d": ["e", {"f": "g"}]}, None]
    }


@pytest.mark.parametrize("text", ["", "\n\n", "# a remark\n", "---\n", "~"])
def test_nothing_is_an_empty_mapping(text: str) -> None:
    assert data(text) == {}
    assert tree(text).span(("title",)).line >= 1


def test_spans_count_lines_of_the_file_and_characters() -> None:
    text = 'plain: é\n"quoted key": [漢字, "😀😀", x]\nk😀y: z\n'
    found = yaml_reader.parse(PATH, text, first_line=10).value
    assert found.key_span(("plain",)) == Span(PATH, 10, 1, 6)
    assert found.span(("plain",)) == Span(PATH, 10, 8, 9)
    assert found.key_span(("quoted key",)) == Span(PATH, 11, 1, 13)
    assert found.span(("quoted key", 0)) == Span(PATH, 11, 16, 18)
    assert found.span(("quoted key", 1)) == Span(PATH, 11, 20, 24)
    assert found.span(("quoted key", 2)) == Span(PATH, 11, 26, 27)
    assert found.key_span(("k😀y",)) == Span(PATH, 12, 1, 4)
    assert found.span(("k😀y",)) == Span(PATH, 12, 6, 7)


def test_a_missing_value_is_behind_its_colon() -> None:
    found = tree("a:   # a remark\n\nb:\n  - \n  - x\n")
    assert found.span(("a",)) == Span(PATH, 1, 3, 4)
    assert found.span(("b", 0)) == Span(PATH, 4, 4, 5)


def test_a_long_text_starts_at_its_sign() -> None:
    found = tree("a: |\n  one\n  two\nb: >-\n  one\n  two\nc: x\n")
    assert found.data == {"a": "one\ntwo\n", "b": "one two", "c": "x"}
    assert found.span(("a",)) == Span(PATH, 1, 4, 5)
    assert found.span(("b",)) == Span(PATH, 4, 4, 5)
    assert found.span(("c",)) == Span(PATH, 7, 4, 5)


def test_the_place_of_what_is_missing_is_that_of_what_encloses_it() -> None:
    found = tree("a: x\nb:\n  - c: d\n")
    assert found.span(("b", 0, "e")) == Span(PATH, 3, 5, 6)
    assert found.key_span(("b", 0)) == Span(PATH, 3, 5, 6)
    assert found.span(("z", "y")) == Span(PATH, 1, 1, 2)


@pytest.mark.parametrize("text", ["---", "# none\n---", "--- # none"])
def test_what_is_missing_from_an_empty_file_is_in_its_last_line(text: str) -> None:
    assert tree(text).span(("title",)) == Span(PATH, 1 + text.count("\n"), 1, 2)


def test_a_repeated_key_is_an_error_with_both_places() -> None:
    outcome = yaml_reader.parse(PATH, "a: 1\nb: 2\na: 3\n")
    (found,) = outcome.diagnostics
    assert (found.code, found.message) == ("duplicate-key", "'a' is given twice")
    assert found.span == Span(PATH, 3, 1, 2)
    assert found.related == (Span(PATH, 1, 1, 2),)
    assert outcome.value.data == {"a": "1", "b": "2"}
    assert outcome.value.span(("a",)) == Span(PATH, 1, 4, 5)


def test_keys_repeat_only_within_their_mapping() -> None:
    assert data("a: {x: 1}\nb: {x: 2}") == {"a": {"x": "1"}, "b": {"x": "2"}}
    assert problems("a:\n  - x: 1\n    x: 2\n") == [("3:5", "duplicate-key")]
    assert problems("a: {b: 1}\na: {b: 1, b: 2}") == [
        ("2:1", "duplicate-key"),
        ("2:11", "duplicate-key"),
    ]


def test_anchors_and_aliases_are_errors() -> None:
    assert problems("a: &x 1\nb: *x\n<<: *x\n") == [
        ("1:4", "yaml-alias"),
        ("2:4", "yaml-alias"),
        ("3:5", "yaml-alias"),
    ]
    assert problems("*x : y") == [("1:1", "yaml-alias")]
    assert problems("&x a: b") == [("1:1", "yaml-alias")]


def test_a_yaml_bomb_does_not_go_off() -> None:
    lines = ['a0: &a0 ["x"]']
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    outcome = yaml_reader.parse(PATH, "\n".join(lines))
    assert not outcome.value.readable
    assert len(outcome.diagnostics) == 12 + 11 * 9


@pytest.mark.parametrize(
    ("text", "place"),
    [("a: !!int 3", "1:4"), ("a: !!python/object:os.system x", "1:4"), ("!!str a: b", "1:1")],
)
def test_tags_are_errors(text: str, place: str) -> None:
    assert problems(text) == [(place, "yaml-tag")]


def test_deep_nesting_is_an_error() -> None:
    assert data("a: " + "[" * 19 + "]" * 19)
    assert problems("a: " + "[" * 20 + "]" * 20) == [("1:23", "yaml-depth")]


@pytest.mark.parametrize("opening", ["[", "{a: ", "[{a: "])
def test_nesting_that_would_overflow_the_parser_is_an_error(opening: str) -> None:
    assert [code for _, code in problems("a: " + opening * 100_000)] == ["yaml-depth"]


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        (
            'a: "b\nc: d\ne: "f"',
            "1:4",
            "the quotation mark that opens here is not closed in this line",
        ),
        ("title: AI: a view", "1:10", "YAML takes this ': ' for the end of a key"),
        ("a: @desk", "1:4", "text must not start with '@'"),
        ("a: `code`", "1:4", "text must not start with '`'"),
        ("a: 10\nb: %x", "2:4", "text must not start with '%'"),
        ("a: *AI* jobs", "1:4", "text must not start with '*' or '&'"),
        ("a: & co", "1:4", "text must not start with '*' or '&'"),
        ("a: !x!y z", "1:4", "text must not start with '!'"),
        ("a: 'b\nc: d\n", "1:4", "the quotation mark that opens here is never closed"),
        ('a: b\nc: "d\ne: f\n', "2:4", "the quotation mark that opens here is never closed"),
        (
            "a: [b, c\nd: e\n",
            "1:4",
            "expected ',' between the entries in brackets, or ']' behind them",
        ),
        (
            "a: {b: c",
            "1:4",
            "expected ',' between the entries in brackets, or '}' behind them",
        ),
        ("a: b\nno key\nc: d", "2:1", "expected 'key: value' here"),
        (r'a: "\d"', "1:5", "a backslash has a meaning of its own between double quotation marks"),
        ("a: - b", "1:4", "a list must start on its own line"),
        ("a: > text\n  more", "1:6", "text behind '|' or '>' must start on the next line"),
        ("a: b\n  - c\nd: [e]f", "3:7", "this does not fit what stands above it"),
        ("\ta: b", "1:1", "a tab must not stand here"),
        ("a:\n\t- b", "2:1", "a tab must not stand here"),
        ("a: b\n...\nc: d", "3:1", "the text was ended above, yet something follows"),
        ("a: b\n---\nc: d", "2:1", "'---' must not stand between the keys"),
        ("a: ]", "1:4", "expected a value here"),
        ("a: [", "1:4", "expected a value here"),
        ("? [a]\n: b", "1:3", "a key must be plain text"),
        ("'': b", "1:1", "a key is missing before ':'"),
        ("- a\n- b", "1:1", "expected keys with values"),
        ("Just words.", "1:1", "expected keys with values"),
    ],
)
def test_a_syntax_error_is_told_in_plain_words(text: str, place: str, message: str) -> None:
    assert problem(text)[:3] == (place, "yaml-syntax", message)
    assert problem(text)[3]
    outcome = yaml_reader.parse(PATH, text)
    assert (outcome.value.data, outcome.value.readable) == ({}, False)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("tags: [#ai, #jobs]\nb: c", "1:8"),
        ("tags: [ai, #jobs]\nb: c", "1:12"),
        ("a:\n  b: {c: d, #e: f}\n", "2:13"),
    ],
)
def test_a_number_sign_between_brackets_is_told_where_it_stands(text: str, place: str) -> None:
    assert problem(text) == (
        place,
        "yaml-syntax",
        "everything from '#' on is taken for a comment and lost",
        "leave '#' out, or put the text between quotation marks",
    )


def test_what_keeps_brackets_from_closing_is_told() -> None:
    assert problem("a: {b: On-site: office, c: 1}")[3] == (
        "close the bracket; put text that holds ': ' or a bracket between quotation marks"
    )


@pytest.mark.parametrize(
    ("text", "place", "value"),
    [
        ("title: C# jobs #1 in AI", "1:16", "C# jobs #1 in AI"),
        ("title: #1 in AI", "1:8", "#1 in AI"),
        ("title: one\n  two #three\nb: c", "2:7", "one two #three"),
        ("title: a\t#b ", "1:10", "a\t#b"),
    ],
)
def test_text_that_would_be_lost_as_a_comment_is_an_error_and_kept(
    text: str, place: str, value: str
) -> None:
    where, code, message, hint = problem(text)
    lost = value[value.index("#", 2 if value[0] == "C" else 0) :].split()[0]
    assert (where, code) == (place, "yaml-comment")
    assert message == f"everything from ' {lost}' on is taken for a comment and lost"
    assert hint.startswith("put the text between straight quotation marks")
    assert yaml_reader.parse(PATH, text).value.data["title"] == value


@pytest.mark.parametrize(
    "text", ["a: b # a remark", "a: C# b", "#a\na: b", "a: 'b' #c", "a: |\n  b #c\n", "a: b #"]
)
def test_other_comments_are_fine(text: str) -> None:
    assert list(data(text)) == ["a"]


def test_tabs_are_fine_between_key_and_value() -> None:
    assert data("a:\tb\t# c") == {"a": "b"}


@pytest.mark.parametrize("character", ["\0", "\x07", "\x1b", "\x7f", "\x85", "\u2028", "\ufdd0"])
def test_invisible_characters_are_errors_at_their_place(character: str) -> None:
    assert problems(f"a: b\nc: d{character}e") == [("2:5", "control-character")]


@pytest.mark.parametrize("escape", [r"\x07", r"\0", r"\uFDD0", r"\e"])
def test_escaped_control_characters_are_errors_too(escape: str) -> None:
    assert problems(f'a: "{escape}"') == [("1:4", "control-character")]
    assert problems(f'"{escape}": a') == [("1:1", "control-character")]


@given((any_text | yaml_like_text).map(normalised))
def test_no_text_is_too_much(text: str) -> None:
    outcome = yaml_reader.parse(PATH, text)
    assert outcome.value.readable == all(
        found.code in {"duplicate-key", "yaml-comment"} for found in outcome.diagnostics
    )
    lines = text.count("\n") + 1
    for found in outcome.diagnostics:
        assert 1 <= found.span.line <= lines
        assert 1 <= found.span.column < found.span.end_column


@given(trees)
def test_what_is_written_is_read(written: dict[str, Any]) -> None:
    assert data(yaml.safe_dump(written, allow_unicode=True)) == written
    assert data(json.dumps(written, ensure_ascii=False)) == written


@given(st.dictionaries(keys, words, min_size=1))
def test_spans_cover_what_they_belong_to(written: dict[str, str]) -> None:
    text = "".join(
        f"{key}: '{value.replace(chr(39), chr(39) * 2)}'\n" for key, value in written.items()
    )
    found = tree(text)
    lines = text.split("\n")
    for key in written:
        for span, expected in (
            (found.key_span((key,)), key),
            (found.span((key,)), lines[found.span((key,)).line - 1].removeprefix(f"{key}: ")),
        ):
            line = lines[span.line - 1]
            assert line[span.column - 1 : span.end_column - 1] == expected


@given(trees.map(lambda data: yaml.safe_dump(data, allow_unicode=True)) | yaml_like_text)
def test_the_parser_written_in_python_reads_the_same(text: str) -> None:
    fast = yaml_reader.parse(PATH, text).value
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(yaml_reader, "_LOADER", yaml.BaseLoader)
        slow = yaml_reader.parse(PATH, text).value
    if fast.readable and slow.readable:
        assert fast == slow
