from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aicareers_site import documents
from aicareers_site.diagnostics import Severity, Span
from tests.strategies import any_text, line_ends

if TYPE_CHECKING:
    from aicareers_site.documents import Document

PATH = "content/articles/a.md"


def document(text: str | bytes) -> Document:
    outcome = documents.parse(PATH, text if isinstance(text, bytes) else text.encode())
    assert outcome.diagnostics == ()
    assert outcome.value is not None
    return outcome.value


def problem(text: str | bytes) -> tuple[str, str, str, str]:
    """Place, code, message and hint of the one problem."""
    outcome = documents.parse(PATH, text if isinstance(text, bytes) else text.encode())
    (found,) = outcome.diagnostics
    assert outcome.value is None
    return f"{found.span.line}:{found.span.column}", found.code, found.message, found.hint


def test_a_document_is_front_matter_and_body_with_their_places() -> None:
    found = document("---\ntitle: A\n---\n\nText.\n")
    assert found.front_matter.data == {"title": "A"}
    assert found.front_matter.span(("title",)) == Span(PATH, 2, 8, 9)
    assert (found.body, found.body_line) == ("Text.", 5)


@pytest.mark.parametrize("text", ["---\ntitle: A\n---", "---\ntitle: A\n---\n\n \n"])
def test_an_empty_body_is_a_warning(text: str) -> None:
    outcome = documents.parse(PATH, text.encode())
    (found,) = outcome.diagnostics
    assert outcome.value is not None
    assert outcome.value.body == ""
    assert (found.code, found.severity) == ("empty-body", Severity.WARNING)
    assert found.span == Span(PATH, 3, 1, 4)


@pytest.mark.parametrize("text", ["---\n---\nText.", "---\n\n# none\n---\nText."])
def test_the_front_matter_may_be_empty(text: str) -> None:
    assert document(text).front_matter.data == {}
    assert document(text).body == "Text."


def test_rules_in_the_body_are_no_delimiters() -> None:
    body = "One.\n\n---\n\nTwo.\n\n----\n\n--- yaml\n\n---"
    assert document(f"---\ntitle: A\n---\n{body}\n").body == body


def test_delimiters_may_have_spaces_behind_them() -> None:
    assert document("--- \ntitle: A\n---\t \nText.").body == "Text."


def test_indented_code_at_the_beginning_of_the_body_stays_code() -> None:
    found = document("---\ntitle: A\n---\n\n    code\n    more\n\nText.\n")
    assert found.body == "    code\n    more\n\nText."
    assert found.body_line == 5


def test_what_looks_like_a_delimiter_may_stand_within_a_text() -> None:
    text = "---\nanswer: |\n  One.\n\n  ---\n\n  Two.\ntitle: A\n---\nText."
    assert document(text).front_matter.data == {"answer": "One.\n\n---\n\nTwo.\n", "title": "A"}


@given(
    st.integers(0, 3).map(lambda number: " " * number),
    st.lists(st.sampled_from(["", " ", "\t", "    "]), max_size=4),
    st.sampled_from(["Text.", "    code", "\tcode", "# Title", "é漢😀"]),
    st.sampled_from(["", "\n", "\n\n  \n"]),
    line_ends,
    st.sampled_from(["", "\ufeff"]),
)
def test_the_body_starts_at_its_line(
    trailing: str, blank: list[str], first: str, end: str, line_end: str, mark: str
) -> None:
    lines = [f"---{trailing}", "title: A", f"---{trailing}", *blank, first, "more"]
    found = document((mark + ("\n".join(lines) + end).replace("\n", line_end)).encode())
    assert found.body == f"{first}\nmore"
    assert lines[found.body_line - 1] == first


@given(any_text)
def test_any_body_is_kept_as_it_is(body: str) -> None:
    outcome = documents.parse(PATH, f"---\ntitle: A\n---\n{body}".encode())
    if outcome.value is not None:
        text = body.replace("\r\n", "\n").replace("\r", "\n")
        assert outcome.value.body == re.sub(r"\A(?:[^\S\n]*\n)*", "", text).rstrip()


EXACTLY = "write exactly '---', without indentation"
DASHES = "write three hyphens, ---; your program turned them into a dash"


@pytest.mark.parametrize(
    "first",
    ["--", "----", "–––", "———", "—", "–", "—-", "+++", "===", "***", "~~~", "- - -"],
)
def test_a_mistyped_first_delimiter_is_an_error(first: str) -> None:
    place, code, message, hint = problem(f"{first}\ntitle: A\n---\nText.")
    assert (place, code) == ("1:1", "front-matter-delimiter")
    assert message == f"expected '---' alone on the first line, found '{first}'"
    assert hint == (DASHES if first[0] in "–—" else EXACTLY)


@pytest.mark.parametrize("first", ["  ---", "--- yaml"])
def test_the_first_delimiter_stands_alone_without_indentation(first: str) -> None:
    place, code, _, hint = problem(f"{first}\ntitle: A\n---\nText.")
    assert (place, code) == ("1:1", "front-matter-delimiter")
    assert hint == EXACTLY


@pytest.mark.parametrize("line", ["---\u00a0", "\u200b---", "--- \ufeff"])
def test_an_invisible_character_at_a_delimiter_is_named(line: str) -> None:
    name = next(f"U+{ord(sign):04X}" for sign in line if sign not in "- ")
    what = f"found '---' with an invisible character ({name})"
    assert problem(f"{line}\ntitle: A\n---\nText.") == (
        "1:1",
        "front-matter-delimiter",
        f"expected '---' alone on the first line, {what}",
        "retype the line",
    )
    assert problem(f"---\ntitle: A\n{line}\nText.") == (
        "3:1",
        "front-matter-delimiter",
        f"expected '---' alone on a line to end the front matter, {what}",
        "retype the line",
    )


def test_lines_before_the_first_delimiter_are_an_error() -> None:
    place, code, message, hint = problem("\n\n---\ntitle: A\n---\nText.")
    assert (place, code) == ("3:1", "front-matter-delimiter")
    assert message == "expected '---' alone on the first line, found empty lines above it"
    assert hint == "remove the empty lines"


@pytest.mark.parametrize("text", ["# A title\n\nText.", "title: A\n---\nText."])
def test_a_file_without_front_matter_is_an_error(text: str) -> None:
    place, code, _, hint = problem(text)
    assert (place, code) == ("1:1", "front-matter-delimiter")
    assert hint == "write '---' above the front matter, and '---' again below it"


@pytest.mark.parametrize("text", ["", "\n \n"])
def test_an_empty_file_is_an_error(text: str) -> None:
    place, code, message, _ = problem(text)
    assert (place, code) == ("1:1", "front-matter-delimiter")
    assert message == "expected '---' alone on the first line, found an empty file"


@pytest.mark.parametrize(
    "last",
    ["--", "----", "–––", "———", "—", "+++", "===", "...", "- - -", "  ---", "--- end", " --"],
)
@pytest.mark.parametrize("rest", ["Text.\n", "Text.\n\n---\n\nMore: text.\n"])
def test_a_mistyped_last_delimiter_is_an_error_at_its_line(last: str, rest: str) -> None:
    place, code, message, hint = problem(f"---\ntitle: A\n{last}\n{rest}")
    assert (place, code) == ("3:1", "front-matter-delimiter")
    assert message == (
        f"expected '---' alone on a line to end the front matter, found '{last.strip()}'"
    )
    assert hint == (DASHES if last[0] in "–—" else EXACTLY)


def test_front_matter_that_is_never_closed_is_an_error() -> None:
    place, code, message, hint = problem("---\ntitle: A\n\nText.\n")
    assert (place, code) == ("1:1", "front-matter-delimiter")
    assert message == "the front matter is never closed with '---'"
    assert hint == "write '---' alone on the line behind the last key"


@pytest.mark.parametrize("gap", ["", "\n", "  \n\n"])
def test_a_delimiter_twice_above_the_keys_is_one_error_at_the_second(gap: str) -> None:
    line = 2 + gap.count("\n")
    assert problem(f"---\n{gap}---\ntitle: A\ntags: [b]\n---\n\nText.\n") == (
        f"{line}:1",
        "front-matter-delimiter",
        "the front matter ends here before it has begun",
        "take this line out",
    )


@pytest.mark.parametrize("text", ["---\n---\nText.\n", "---\n# none\n---\n\nA: b.\n\n---\nText.\n"])
def test_an_empty_front_matter_is_none_that_ended_too_soon(text: str) -> None:
    document = documents.parse(PATH, text.encode()).value
    assert document is not None
    assert document.front_matter.data == {}


def test_a_second_front_matter_is_an_error_at_its_place() -> None:
    outcome = documents.parse(PATH, b"---\ntitle: A\n---\n\n---\ntitle: B\n---\nText.")
    (found,) = outcome.diagnostics
    assert (found.code, found.span) == ("second-front-matter", Span(PATH, 5, 1, 4))
    assert found.hint == "remove it; keep one of the two"


@pytest.mark.parametrize(
    "body", ["---\nText.\n---", "---\n\nNote: one.\n\n---\n", "Text.\n\n---\nNote: one.\n---"]
)
def test_rules_between_paragraphs_are_no_front_matter(body: str) -> None:
    assert document(f"---\ntitle: A\n---\n{body}").body == body.rstrip()


def test_problems_of_the_yaml_have_lines_of_the_file() -> None:
    assert problem("---\ntitle: A\nauthors: [a\n---\nText.")[:2] == ("3:10", "yaml-syntax")
    outcome = documents.parse(PATH, b"---\ntitle: A\ntitle: B\n---\nText.")
    assert [str(found.span) for found in outcome.diagnostics] == [f"{PATH}:3:1"]
    assert outcome.value is not None


def test_a_problem_above_a_suspicious_line_is_told_as_it_is() -> None:
    text = "---\na: [b\nc: |\n  ---\n---\nText."
    assert problem(text)[:2] == ("2:4", "yaml-syntax")


def test_text_that_is_not_utf8_is_an_error_at_its_byte() -> None:
    assert problem("---\ntitle: Café\n---\n".encode("latin-1")) == (
        "2:11",
        "not-utf-8",
        "this is not UTF-8, as text must be (byte 0xE9)",
        "save the file with the encoding UTF-8; it seems to be Windows-1252 or Latin-1",
    )


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf16_is_told_by_name(encoding: str) -> None:
    place, _, _, hint = problem("---\ntitle: A\n---\n".encode(encoding))
    assert place in {"1:1", "1:2"}
    assert "UTF-16" in hint


def test_a_binary_file_is_told_as_such() -> None:
    assert "no text file" in problem(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")[3]


@given(line_ends)
def test_positions_do_not_depend_on_line_ends(end: str) -> None:
    content = end.join(["---", "title: A", "---", "漢\x07 b"]).encode()
    assert problem(content)[:2] == ("4:2", "control-character")
    assert problem(end.join(["---", "title: é"]).encode() + b"\xff")[:2] == ("2:9", "not-utf-8")


def test_a_text_as_long_as_no_article_is_refused() -> None:
    pasted = b"---\ntitle: A\n---\n" + b"A word. " * 300_000

    assert problem(pasted) == (
        "0:0",
        "oversized-text",
        "the file has 2.4 MB of text, and 2 MB are the most",
        "look for what was pasted by mistake, or divide the text",
    )


def test_a_front_matter_as_long_as_an_article_is_refused() -> None:
    long = "---\ntitle: A\n" + "key: value\n" * 10_000 + "---\n\nText."

    assert problem(long)[1:3] == (
        "oversized-text",
        "the front matter has 110,010 characters, and 100,000 are the most",
    )


def test_every_control_character_is_told() -> None:
    outcome = documents.decode(PATH, b"a\x07\x08b\nc\x7f")
    assert [(found.span, found.message) for found in outcome.diagnostics] == [
        (Span(PATH, 1, 2, 4), "an invisible character (U+0007) stands here"),
        (Span(PATH, 2, 2, 3), "an invisible character (U+007F) stands here"),
    ]


def test_decoded_text_has_neither_byte_order_mark_nor_carriage_returns() -> None:
    assert documents.decode(PATH, "\ufeffa\r\nb\rc".encode()).value == "a\nb\nc"


@given(st.binary(max_size=200) | any_text.map(str.encode))
def test_no_bytes_are_too_much(content: bytes) -> None:
    outcome = documents.parse(PATH, content)
    assert outcome.value is not None or outcome.failed
    assert all(found.span.line >= 1 for found in outcome.diagnostics)


@given(any_text, st.data())
def test_a_span_covers_the_text_it_is_made_for(text: str, data: st.DataObject) -> None:
    text = text.replace("\r", "\n") + "x"
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    span = documents.span_at(PATH, text, start, end, first_line=3)
    line = text.split("\n")[span.line - 3]
    expected = text[start:end].split("\n")[0]
    assert line[span.column - 1 : span.end_column - 1] == expected


CONFLICT = "<<<<<<< HEAD\n{}\n=======\n{}\n>>>>>>> feature\n"


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("---\ntitle: A\n---\n\nText.\n\n" + CONFLICT.format("Mine.", "Theirs."), "7:1"),
        ("---\n" + CONFLICT.format("title: A", "title: B") + "---\nText.\n", "2:1"),
        (CONFLICT.format("---\ntitle: A", "---\ntitle: B") + "---\nText.\n", "1:1"),
    ],
)
def test_two_versions_that_git_could_not_join_are_an_error(text: str, place: str) -> None:
    assert problem(text) == (
        place,
        "merge-conflict",
        "two versions of the text stand here, which git could not join",
        "keep one version, between <<<<<<< and ======= or between ======= and >>>>>>>, and take "
        "these three lines out",
    )


def test_a_data_table_in_two_versions_is_told_so_and_not_as_wrong_yaml() -> None:
    content = ("a: 1\n" + CONFLICT.format("b: 1", "b: 2")).encode()
    (found,) = documents.parse_yaml("content/data/a.yaml", content).diagnostics
    assert (found.code, found.span) == (
        "merge-conflict",
        Span("content/data/a.yaml", 2, 1, 13),
    )


@pytest.mark.parametrize(
    "body",
    [
        "```\n" + CONFLICT.format("Mine.", "Theirs.") + "```",
        "<<<<<<< HEAD\n\nis how a conflict of git begins.",
    ],
)
def test_a_conflict_may_be_written_about(body: str) -> None:
    assert document(f"---\ntitle: A\n---\n\n{body}\n").body == body


@pytest.mark.parametrize("lines", ["<<<<<<< a\n", "<<<<<<< a\n=======\n", "=======\n", "```\n"])
def test_what_only_begins_like_a_conflict_is_read_once(lines: str) -> None:
    # It takes hours otherwise.
    assert document(f"---\ntitle: A\n---\n\n{lines * 20_000}").path == PATH
