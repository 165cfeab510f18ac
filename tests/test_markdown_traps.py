"""What a Markdown text alone gives away: habits from other programs that would garble it."""

from __future__ import annotations

from pathlib import Path

import pytest

from aicareers_site import documents
from aicareers_site.diagnostics import Diagnostic, Severity, Span
from aicareers_site.markdown_source import MarkdownSource
from aicareers_site.markdown_traps import traps

PATH = "content/articles/a.md"
CONTENT = Path(__file__).resolve().parent.parent / "content"


def found(text: str) -> list[Diagnostic]:
    return list(traps(MarkdownSource(PATH, text)))


def warning(text: str) -> tuple[str, Span, str, str]:
    """Code, place, message and hint of the one warning."""
    (item,) = found(text)
    assert item.severity is Severity.WARNING
    return item.code, item.span, item.message, item.hint


# Code


@pytest.mark.parametrize("fence", ["```", "~~~~"])
def test_an_indented_fence(fence: str) -> None:
    code, span, _, _ = warning(f"- a\n\n    {fence}python\n    x = 1\n    {fence}\n")

    assert (code, span) == ("fence-indent", Span(PATH, 3, 1, len(fence) + 11))


@pytest.mark.parametrize(
    ("text", "span", "fence"),
    [
        ("```\nx = 1\n\n- a\n  - b\n", Span(PATH, 1, 1, 4), "```"),
        ("Text\n\n~~~python\nx\n", Span(PATH, 3, 1, 10), "~~~"),
        ("```\nx\n```\n\n```\ny\n", Span(PATH, 5, 1, 4), "```"),
        ("~~~\nx\n```\n", Span(PATH, 1, 1, 4), "~~~"),
    ],
)
def test_a_fence_that_is_never_closed_is_an_error(text: str, span: Span, fence: str) -> None:
    item = next(item for item in found(text) if item.code == "unclosed-fence")

    assert (item.severity, item.span) == (Severity.ERROR, span)
    assert item.message == "the code that starts here is never closed"
    assert item.hint == f"write {fence} on a line of its own, where the code ends"


@pytest.mark.parametrize(
    "text", ["~~~\n  ```\n~~~\n", "```x``` in a line\n", "<!--\n```\n-->\n", "~~~\n```\n~~~\n"]
)
def test_other_fences_are_fine(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize("before", ["", "Text.\n\n", "- a\n\nText.\n\n"])
def test_a_paragraph_that_starts_with_a_tab(before: str) -> None:
    code, span, _, hint = warning(f"{before}\tThe market is slow this year.\n")

    assert (code, span) == ("tab-indent", Span(PATH, before.count("\n") + 1, 1, 31))
    assert hint == "remove the tab; for code, write ``` above and below it"


@pytest.mark.parametrize(
    "text",
    [
        "- a\n\n\tThe market is slow this year.\n",
        "- a\n\n\tOne.\n\n\tThe market is slow this year.\n",
        "!!! note\n\tThe market is slow this year.\n",
        "Text[^1].\n\n[^1]: One.\n\n\tThe market is slow this year.\n",
        "\tprint(x)\n",
        "\tfor name in names: print(name)\n",
    ],
)
def test_a_tab_where_it_has_a_meaning_is_fine(text: str) -> None:
    assert found(text) == []


# Lists


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("We ask for:\n- one\n- two\n", 2),
        ("We ask for:\n1. one\n2. two\n", 2),
        ("We ask\nfor:\n* one\n", 3),
        ("!!! note\n    We ask for:\n    - one\n", 3),
        ("- a\n\n    We ask for:\n    - one\n", 4),
    ],
)
def test_a_list_directly_below_a_paragraph(text: str, line: int) -> None:
    code, span, message, _ = warning(text)

    assert (code, span.line) == ("list-start", line)
    assert message == "directly below a line of text, this is not a list"


@pytest.mark.parametrize(
    "text",
    [
        "We ask for:\n\n- one\n- two\n",
        "## We ask for\n- one\n",
        "- one\n  goes on\n- two\n",
        "- one:\n    - two\n",
        "!!! note\n    - one\n",
        "That was in\n1986. A year.\n",
        "One\n\\- two\n",
        "<ul>\ntext\n- a\n</ul>\n",
        "```\ntext\n- a\n```\n- one\n",
    ],
)
def test_other_lists_are_fine(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "span", "marker"),
    [
        ("1) one\n2) two\n", Span(PATH, 1, 1, 3), "1)"),
        ("•\tone\n•\ttwo\n", Span(PATH, 1, 1, 2), "•"),
        ("Skills:\n  • one\n", Span(PATH, 2, 3, 4), "•"),
        ("– one\n– two\n", Span(PATH, 1, 1, 2), "–"),
    ],
)
def test_entries_with_other_signs(text: str, span: Span, marker: str) -> None:
    assert warning(text) == (
        "list-marker",
        span,
        f"'{marker}' does not make a list",
        "write '1.' or '-' and a space before each entry",
    )


@pytest.mark.parametrize("text", ["(see 1)\n2) or\n", "– said she\n", "1)\n", "a • b\n"])
def test_other_signs_in_sentences_are_fine(text: str) -> None:
    assert found(text) == []


# Tables

NONE = "this looks like a table but is none: "
ABOVE = "leave a line empty above it"
HYPHENS = "the second row of a table is | --- | --- |, once per column"


@pytest.mark.parametrize(
    ("text", "line", "message", "hint"),
    [
        (
            "Pay:\n| a | b |\n| --- | --- |\n| 1 | 2 |\n",
            2,
            NONE + "text stands directly above it",
            ABOVE,
        ),
        ("Pay:\na | b\n--- | ---\n1 | 2\n", 2, NONE + "text stands directly above it", ABOVE),
        (
            "| a | b |\n| 1 | 2 |\n",
            2,
            NONE + "its second row is not a row of hyphens",
            HYPHENS,
        ),
        (
            "| a | b |\n| — | — |\n| 1 | 2 |\n",
            2,
            NONE + "its second row has other signs than hyphens",
            HYPHENS,
        ),
        (
            "| a | b |\n| --- |\n| 1 | 2 |\n",
            2,
            NONE + "its first row has 2 columns, its row of hyphens 1",
            HYPHENS,
        ),
        (
            "| a | b |\n| --- | --- |\n| 1 | 2 |\nText.\n",
            4,
            "this line becomes a row of the table above",
            "leave a line empty below the table",
        ),
    ],
)
def test_a_table_that_is_none(text: str, line: int, message: str, hint: str) -> None:
    code, span, *words = warning(text)

    assert (code, span.line, span.column, words) == ("table-syntax", line, 1, [message, hint])


@pytest.mark.parametrize(
    "text",
    [
        "| a | b |\n| --- | :-: |\n| 1 | 2 |\n",
        "a | b\n--- | ---\n1 | 2\n",
        "| a |\n| --- |\n| 1 |\n",
        "Table: Pay\n| a | b |\n|---|---|\n| `x|y` | 2 |\nTable: Pay\n",
        "| a \\| b | c |\n| --- | --- |\n| 1 | 2 |\n",
        "## Pay\n| a | b |\n| --- | --- |\n| 1 | 2 |\n",
        "!!! note\n    | a | b |\n    | --- | --- |\n    | 1 | 2 |\n",
        "One | two\nthree\n",
        "Heading\n---\n",
        "```\n| a |\n| b |\n```\n",
    ],
)
def test_tables_and_other_lines_with_bars_are_fine(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    "path", sorted(CONTENT.rglob("*.md")), ids=lambda path: path.relative_to(CONTENT).as_posix()
)
def test_the_shipped_articles_step_into_none(path: Path) -> None:
    document = documents.parse(PATH, path.read_bytes()).value

    assert document is not None
    assert found(document.body) == []
