"""Markdown to HTML: what editors may write, what comes of it, and what is reported where."""

from __future__ import annotations

import re
from html import unescape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aicareers_site.diagnostics import Diagnostic, Outcome, Severity, Span
from aicareers_site.prose import Fragment, Heading, Link, Prose, render

PATH = "content/articles/a.md"


def prose(body: str, sources: tuple[str, ...] = ()) -> Prose:
    """The prose of a body without problems."""
    outcome = render(PATH, body, source_ids=sources)
    assert outcome.diagnostics == ()
    return outcome.value


def problem(body: str, sources: tuple[str, ...] = (), body_line: int = 1) -> Diagnostic:
    """The one problem of a body."""
    (found,) = render(PATH, body, body_line, source_ids=sources).diagnostics
    return found


def in_field(text: str, span: Span, sources: tuple[str, ...] = ()) -> Outcome[Prose]:
    return render(PATH, "", 20, {"faq": Fragment(text, span)}, sources)


# Headings


def test_headings_get_ids_and_make_the_contents() -> None:
    value = prose("## Visa & pay\n\n### Who’s *hiring*?\n\n#### Deeper\n\n## Straße – São Paulo\n")

    assert (
        Heading("visa-pay", "Visa & pay", (Heading("whos-hiring", "Who’s hiring?"),)),
        Heading("strasse-sao-paulo", "Straße – São Paulo"),
    ) == value.contents
    assert '<h4 id="deeper">Deeper</h4>' in value.html


def test_equal_headings_are_numbered() -> None:
    value = prose("## Pay\n\n## Pay\n\n## Pay {#pay-2}\n\n## 中文\n")

    assert [entry.id for entry in value.contents] == ["pay", "pay-3", "pay-2", "section"]


def test_a_heading_leaves_ids_of_the_template_alone() -> None:
    assert "facts-section" in prose("## Facts\n").ids


def test_contents_are_plain_and_smart() -> None:
    (entry,) = prose('## The "`ML`" market [@idc]\n', ("idc",)).contents

    assert Heading("the-ml-market", "The “ML” market") == entry


@pytest.mark.parametrize(
    ("body", "span"),
    [
        ("## A {#x}\n\n## B {#x}\n", Span(PATH, 3, 6, 9)),
        ("[to](#faq)\n\n## A {#faq}\n", Span(PATH, 3, 6, 11)),
        ('<b id="x">a</b> <b id="x">b</b>\n', Span(PATH, 1, 20, 26)),
        ("## A {#source:x}\n", Span(PATH, 1, 6, 16)),
    ],
)
def test_an_id_is_given_once(body: str, span: Span) -> None:
    found = problem(body)

    assert ("duplicate-id", span) == (found.code, found.span)


# Citations


def test_citations_are_numbered_links() -> None:
    value = prose("Much [@idc; @oecd]. More [@oecd].\n", ("oecd", "idc"))

    assert value.citations == {
        "idc": ("cite:idc:1",),
        "oecd": ("cite:oecd:1", "cite:oecd:2"),
    }
    assert (
        '<sup class="citation-mark">[<a class="citation" id="cite:idc:1" href="\ufdd00\ufdd1">'
        '<span class="visually-hidden">Source </span>2</a>, '
    ) in value.html
    assert Link("#source:idc", Span(PATH, 1, 7, 11)) == value.links[0]
    assert {"cite:idc:1", "cite:oecd:1", "cite:oecd:2"} == value.ids


def test_an_unknown_source_is_reported_at_each_place() -> None:
    found = render(PATH, "`[@orcd]` and [@orcd]\n\n[@oecd; @orcd]\n", 5, source_ids=("oecd",))

    assert [
        ("unknown-source", Span(PATH, 5, 16, 21), "did you mean 'oecd'?"),
        ("unknown-source", Span(PATH, 7, 9, 14), "did you mean 'oecd'?"),
    ] == [(each.code, each.span, each.hint) for each in found.diagnostics]


@pytest.mark.parametrize("space", ["", " ", "\n"])
def test_a_citation_mark_clings_to_its_word(space: str) -> None:
    assert (
        'Much\u2060<sup class="citation-mark">' in prose(f"Much{space}[@oecd].\n", ("oecd",)).html
    )


def test_an_escaped_citation_is_text() -> None:
    assert prose("Write \\[@id].\n").html == "<p>Write [@id].</p>"


@pytest.mark.parametrize(
    ("body", "column"),
    [("See [@oecd, p. 3].", 6), ("See <b>[@ oecd]</b>.", 9), ("[see [@oecd]](x.md)", 7)],
)
def test_a_citation_in_the_wrong_form_or_place(body: str, column: int) -> None:
    found = problem(body, ("oecd",))

    assert ("citation-syntax", column) == (found.code, found.span.column)


# Tables


TABLE = "| | Role | Pay |\n| --- | :-: | ---: |\n| UK | Lead | 1 |\n"


def test_a_table_has_header_cells_and_scrolls() -> None:
    html = prose(TABLE).html

    assert '<div class="table-scroll" role="region" tabindex="0" aria-label="Table 1">' in html
    assert '<td></td>\n<th class="align-center" scope="col">Role</th>' in html
    assert '<th scope="row">UK</th>' in html
    assert '<td class="align-right">1</td>' in html


@pytest.mark.parametrize(
    "body",
    [
        "Table: Pay by *role*\n\n" + TABLE,
        "Table: Pay by *role*\n" + TABLE,
        TABLE + "\nTable: Pay by *role*\n",
        TABLE + "Table: Pay by *role*\n",
    ],
)
def test_a_table_takes_its_caption_from_above_or_below(body: str) -> None:
    value = prose(body)

    assert '<table><caption id="table:1">Pay by <em>role</em></caption>' in value.html
    assert 'aria-labelledby="table:1"' in value.html
    assert frozenset({"table:1"}) == value.ids
    assert "Table: " not in value.html


def test_captions_above_each_table() -> None:
    html = prose(f"Table: First\n\n{TABLE}\nTable: Second\n\n{TABLE}").html

    assert re.findall("<caption[^>]*>(.*?)</caption>", html) == ["First", "Second"]


def test_a_paragraph_may_start_like_a_caption() -> None:
    assert prose("Table: none here\n").html == "<p>Table: none here</p>"


def test_a_row_with_more_cells_than_the_head_is_an_error() -> None:
    found = problem("| a | b |\n|---|---|\n| 1 | 2 | 3 |\n")

    assert ("table-cells", Span(PATH, 3, 1, 14)) == (found.code, found.span)


# Callouts


def test_a_callout_has_a_title_and_a_text() -> None:
    assert prose('!!! warning "It\'s slow"\n    Apply early.\n').html == (
        '<div class="callout callout-warning" role="note">\n'
        '<p class="callout-title"><span class="visually-hidden">Warning: </span>It’s slow</p>\n'
        "<p>Apply early.</p>\n</div>"
    )


def test_a_callout_without_title_shows_its_kind() -> None:
    assert '<p class="callout-title">Tip</p>' in prose("!!! tip\n    Apply early.\n").html


@pytest.mark.parametrize(
    ("line", "end", "hint"),
    [
        ('!!! warnin "Slow"', 11, "did you mean 'warning'?"),
        ("!!! note: Slow", 9, 'write !!! note "Title"'),
        ('!!! "Slow"', 5, 'write !!! note "Title"'),
        (
            "!!! note “Slow”",
            9,
            'write !!! note "Title", with straight quotation marks, not “ ”',
        ),
    ],
)
def test_another_callout_is_an_error(line: str, end: int, hint: str) -> None:
    found = problem(f"`!!! warnin`\n\n{line}\n    Apply early.\n")

    assert ("unknown-callout", Span(PATH, 3, 1, end), hint) == (found.code, found.span, found.hint)


def test_three_exclamation_marks_in_a_sentence_are_no_callout() -> None:
    assert prose("**Wow**!!! really\n").html == "<p><strong>Wow</strong>!!! really</p>"


# Footnotes


def test_footnotes() -> None:
    value = prose("Pay[^a b] and[^a b] place.\n\n[^a b]: With [link](x.md).\n")

    assert {"fn:1", "fnref:1", "fnref2:1"} == value.ids
    assert '<div aria-label="Footnotes" class="footnote" role="doc-endnotes">' in value.html
    assert "#fnref2:1" in [link.target for link in value.links]


def test_footnotes_do_not_reach_the_next_document() -> None:
    prose("One[^1].\n\n[^1]: Note.\n")

    assert prose("Two.\n").html == "<p>Two.</p>"


@pytest.mark.parametrize(
    ("body", "code", "span"),
    [
        ("One[^1].\n", "unknown-footnote", Span(PATH, 1, 4, 8)),
        ("One.\n\n[^1]: Note.\n", "unused-footnote", Span(PATH, 3, 1, 6)),
    ],
)
def test_footnotes_without_their_other_half(body: str, code: str, span: Span) -> None:
    found = problem(body)

    assert (code, span) == (found.code, found.span)


# Lists


@pytest.mark.parametrize(
    ("body", "line", "indent", "wanted"),
    [
        ("- a\n  - b\n", 2, 2, 4),
        ("1. a\n   - b\n", 2, 3, 4),
        ("- a\n    - b\n      - c\n", 3, 6, 8),
        ("- a\n\n  more of a\n", 3, 2, 4),
        ("- a\n\n  - b\n", 3, 2, 4),
        ("!!! note\n  Text\n", 2, 2, 4),
        ("- a\n\n    !!! note\n      Text\n", 4, 6, 8),
    ],
)
def test_too_little_indentation_is_a_warning(
    body: str, line: int, indent: int, wanted: int
) -> None:
    found = problem(body)

    assert ("list-indent", Severity.WARNING, line) == (found.code, found.severity, found.span.line)
    assert found.message == (
        f"indented by {indent} spaces, this is not inside the list item or callout above"
    )
    assert found.hint == f"indent it by {wanted} spaces to put it inside"


def test_a_level_below_one_with_too_little_indentation_is_told_its_own() -> None:
    second, third = render(PATH, "- a\n  - b\n    - c\n").diagnostics

    assert (second.span.line, second.hint) == (2, "indent it by 4 spaces to put it inside")
    assert (third.span.line, third.hint) == (3, "indent it by 8 spaces to put it inside")


def test_text_without_indentation_is_not_inside_a_callout() -> None:
    found = problem("!!! note\n\nText\n")

    assert found.message == "not indented, this is not inside the list item or callout above"
    assert (found.span.line, found.hint) == (3, "indent it by 4 spaces to put it inside")


@pytest.mark.parametrize(
    "body",
    [
        "- a\n    - b\n        - c\n- d\n",
        " - a\n - b\n",
        "1. a\n  2. b\n",
        "- a\n  goes on\n",
        "- a\n\nText\n\n  indented text\n",
        "```\n- a\n  - b\n```\n",
        "!!! note\n\n    Text\n\nText\n",
    ],
)
def test_other_lists_are_fine(body: str) -> None:
    prose(body)


# Words


def test_words_are_those_of_the_text() -> None:
    value = prose(
        '## Two words\n\nIt\'s **un**done – no [@oecd], "yes".\n\n```\nnot counted\n```\n',
        ("oecd",),
    )

    assert value.words == 6


# Fields


def test_a_field_of_one_paragraph_has_no_wrapper() -> None:
    outcome = render(
        PATH,
        "One [@oecd].\n",
        9,
        {
            "one": Fragment('An *answer* [@oecd] "so".', Span(PATH, 3, 5, 30)),
            "two": Fragment("a\n\nb", Span(PATH, 4, 5, 9)),
        },
        ("oecd",),
    )

    assert outcome.diagnostics == ()
    assert outcome.value.fragments["one"].startswith("An <em>answer</em>\u2060<sup")
    assert outcome.value.fragments["one"].endswith(" “so”.")
    assert outcome.value.fragments["two"] == "<p>a</p>\n<p>b</p>"
    assert outcome.value.citations == {"oecd": ("cite:oecd:1", "cite:oecd:2")}


@pytest.mark.parametrize(
    ("text", "span", "place"),
    [
        ("See [x](y.md).", Span(PATH, 3, 11, 25), Span(PATH, 3, 19, 23)),
        ("See [x](y.md).", Span(PATH, 3, 11, 27), Span(PATH, 3, 20, 24)),
        ("See\n[x](y.md).", Span(PATH, 3, 11, 12), Span(PATH, 3, 11, 12)),
    ],
    ids=["bare", "quoted", "block"],
)
def test_places_in_fields(text: str, span: Span, place: Span) -> None:
    (link,) = in_field(text, span).value.links

    assert place == link.span


@pytest.mark.parametrize(
    ("text", "code"),
    [("## No", "heading-in-field"), ("No[^1]\n\n[^1]: note", "footnote-in-field")],
)
def test_fields_hold_no_headings_and_no_footnotes(text: str, code: str) -> None:
    (found,) = in_field(text, Span(PATH, 3, 5, 6)).diagnostics

    assert (code, Span(PATH, 3, 5, 6)) == (found.code, found.span)


# Laws

_WORDS = st.sampled_from(
    [
        *("word", "\n", "\n\n", "    ", "  ", "- ", "1. ", "> ", "## ", "# ", "===", "---", "***"),
        *(
            "*",
            "**",
            "_",
            "`",
            "```\n",
            "~~~",
            "[",
            "](",
            ")",
            "![",
            "]",
            "[^1]",
            "[^1]: ",
            "[a]: ",
        ),
        *("[@oecd]", "[@x; @oecd]", "[@", "!!! note\n    ", '!!! tip "x"\n', "!!! x", ": ", ":   "),
        *("|", "| a | b |\n|---|---|\n", "| 1 |\n", "Table: t\n", "{#a}", "{: .b }", '{x="', "}"),
        *(
            "<",
            ">",
            "</",
            "<b>",
            "</b>",
            "<div>\n",
            "</div>\n",
            "<p>",
            "<!--",
            "-->",
            "<h2>",
            "<h2",
        ),
        *("<a href=", '<a href="x">', "</a>", "<pre>", "<script>", "</script>", "<?", "<![CDATA["),
        *(
            '"',
            "'",
            "--",
            "...",
            "&amp;",
            "&",
            "&#x3c;",
            "\\",
            "\t",
            "é",
            "中",
            "\u200b",
            "\u2028",
            "😀",
        ),
        *(
            '<img src="x" alt="y">',
            "<caption>",
            '<div class="table-scroll">',
            "<sup>",
            "::: x",
            "#!py",
        ),
    ]
)
MARKDOWN = st.lists(_WORDS, max_size=40).map("".join)
TOKEN = re.compile("\ufdd0(\\d+)\ufdd1")
IDS = re.compile(r'<[a-zA-Z][^<>]* id="([^"]*)"')


@settings(max_examples=300, deadline=None)
@given(MARKDOWN, MARKDOWN, MARKDOWN)
def test_any_text_has_one_result(body: str, field: str, other: str) -> None:
    def result() -> Outcome[Prose]:
        return render(PATH, body, 3, {"f": Fragment(field, Span(PATH, 2, 1, 2))}, ("oecd",))

    first = result()
    render("other.md", other)

    assert first == result()
    html = first.value.html + first.value.fragments["f"]
    assert {int(number) for number in TOKEN.findall(html)} <= set(range(len(first.value.links)))
    if all(found.code != "duplicate-id" for found in first.diagnostics):
        ids = [unescape(name) for name in IDS.findall(html)]
        assert len(set(ids)) == len(ids)
        assert set(ids) <= first.value.ids


@settings(max_examples=100, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn"], include_characters="\n\t")))
def test_any_characters_are_rendered(body: str) -> None:
    assert render(PATH, body) == render(PATH, body)


def test_what_only_follows_from_an_open_element_is_not_told() -> None:
    body = '<div>\n\nSee [Berlin](berlin.md) and [@facts].\n\n!!! note "A"\n    B'

    assert problem(body, ("facts",)).code == "html-unbalanced"


@pytest.mark.parametrize(
    ("deep", "column"),
    [
        pytest.param(">" * 21 + " a", 22, id="quotations"),
        pytest.param("> " * 21 + "a", 42, id="quotations with spaces"),
        pytest.param("- " * 21 + "a", 43, id="lists on one line"),
        pytest.param("1. " * 21 + "a", 64, id="numbered lists"),
        pytest.param("    " * 20 + '!!! note "A"', 84, id="callouts"),
        pytest.param("\t" * 20 + "- a", 23, id="tabs"),
    ],
)
def test_what_is_nested_too_deeply_is_an_error_at_its_line(deep: str, column: int) -> None:
    found = render(PATH, f"Text.\n\n{deep}\n\nText.").diagnostics

    assert ("markdown", Span(PATH, 3, 1, column)) in [(one.code, one.span) for one in found]


@pytest.mark.parametrize(
    "text", ["> " * 20 + "a", "- " * 40, "-" * 40, "* " * 40, "```\n" + ">" * 40 + "\n```"]
)
def test_rules_and_code_are_not_nested(text: str) -> None:
    assert render(PATH, f"Text.\n\n{text}\n\nText.").diagnostics == ()


@pytest.mark.parametrize("piece", ["> ", "- ", "[", "*a **b ", "<div>", "((", "`a", "<!--"])
def test_deep_nesting_is_no_crash(piece: str) -> None:
    render(PATH, piece * 400)


def test_what_markdown_cannot_do_is_an_error_and_has_no_consequences() -> None:
    deep = "".join("    " * level + "- a\n" for level in range(300))

    assert problem(deep) == Diagnostic(
        "markdown",
        "lists, quotations or callouts lie more than 20 deep in each other here",
        Span(PATH, 21, 1, 83),
        "indent by fewer levels, or remove some >",
    )
    assert prose("Text").html == "<p>Text</p>"
