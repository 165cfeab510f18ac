"""The quicker Markdown gives the same bytes as Python-Markdown, with any extension."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import Element, SubElement

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown import Markdown
from markdown.blockprocessors import BlockProcessor, HashHeaderProcessor
from markdown.inlinepatterns import (
    InlineProcessor,
    Pattern,
    SimpleTagInlineProcessor,
    SimpleTagPattern,
)
from markdown.util import INLINE_PLACEHOLDER, STX

from aicareers_site.markdown_extensions import ArticleMarkdown
from aicareers_site.markdown_speed import QuickMarkdown
from tools.compare_markdown import PAIRS, PlainArticleMarkdown, differing, main, outcome

if TYPE_CHECKING:
    import re

CONTENT = Path(__file__).resolve().parent.parent / "content"

# What begins, ends or disturbs something in a line.
INLINE = st.sampled_from(
    [
        *("a", "b c", "Word", "1", "é", "漢", "😀", " ", "  ", "\u00a0", "\u2028", "\x0b"),
        *("*", "**", "***", "_", "__", "*a*", "**b**", "a_b_c", "*a **b** c*", "**a *b***"),
        *("`", "``", "`a`", "``a ` b``", "\\`", "\\\\`a`", "`\\", "`*a*`", "`<b>`", "`|`"),
        *("[", "]", "(", ")", "![", "](", "[a]", "[b][a]", "[b] [a]", "[A][]", "![a]", "![b][a]"),
        *("[a](b)", "[a](<b c> 't')", '[a](b "c")', "[a](b (c))", "![a](b)", '![a](b "c")'),
        *("[a]()", "[a](<b>)", "[a]( b )", "[a](b_(c)_d)", "[a](*b)", "[a\n b](\\(c)", '[a](b"c)'),
        *("[*a*](b)", "[`a`](b)", "[a [b](c)](d)", "[![a](b)](c)", "*[a](b)*", "[a](*b*)"),
        *(
            "[a]: b",
            "[a]: <b> 'c'",
            "[^1]",
            "[^2]",
            "[^1]: n",
            "[@a]",
            "[@a; @b]",
            "[@]",
            "[@a](b)",
        ),
        *("<", ">", "<b>", "</b>", "<br>", "<br/>", "<a href='x'>", "<http://a.b>", "<a@b.c>"),
        *("<div>", "</div>", "<p>", "<!-- a -->", "<!--", "-->", "<?a?>", "<![CDATA[a]]>", "<hr>"),
        *("&", "&amp;", "&#38;", "&#x26;", "&a", ";", "'", '"', "...", "--", "\\", "\\*", "\\[a]"),
        *(
            "{",
            "}",
            "{#a}",
            "{.b}",
            "{: a=b }",
            "{a}",
            "{ #a .b c='d' }",
            "|",
            "\\|",
            " | ",
            ":",
            "=",
        ),
        *("http://a.b", "[[a b]]", "*[a]: b", "[TOC]", "(c)", "a  \n", "\n", "\t", "\r", "\r\n"),
        *(STX, "\x03", INLINE_PLACEHOLDER % "0000", INLINE_PLACEHOLDER[:9], "\x02wzxhzdk:0\x03"),
        *("klzzwxh:0000", "wzxhzdk:0", "\x0242\x03", "/// Footnotes Go Here ///", "\ufdd0"),
    ]
)
# What a line begins with.
STARTS = st.sampled_from(
    [
        *("", "", "", " ", "  ", "   ", "    ", "     ", "        ", "\t"),
        *(
            "#",
            "# ",
            "## ",
            " # ",
            "####### ",
            "===",
            "Title\n===\n",
            "---",
            "- - -",
            "***",
            "* * *",
            "___",
            "+",
        ),
        *("- ", "* ", "+ ", "1. ", "2. ", "٣. ", "10) ", "   - ", "    - ", "    1. ", "- - ", "-"),
        *("> ", ">", "   > ", "> > ", "    > ", ": ", ":   ", "   : ", ":", "Table: ", "Term\n: "),
        *("| ", "|", "|a|b|\n|-|-|\n| ", "a | b\n--|:-:\n", "|a|\n|-|\n|", "--- | ---", "|---|"),
        *("```", "```py\n", "~~~", "``` {.py hl_lines='1'}\n", "```\na\n```\n", "    ```", ":::py"),
        *(
            "[^1]: ",
            "   [^2]: ",
            "[a]: ",
            "  [b]: ",
            "!!! note",
            '!!! tip "T"',
            "!!! x",
            " !!! note",
        ),
        *("<div>", "<div markdown='1'>", "</div>", "<!--", "<p>a</p>", "<pre>", "<script>", "<hr>"),
    ]
)
LINES = st.tuples(STARTS, st.lists(INLINE, max_size=7).map("".join)).map("".join)
DOCUMENTS = (
    st.lists(LINES | st.just(""), max_size=8)
    | st.lists(LINES | st.just(""), min_size=12, max_size=40)
).map("\n".join)


@given(DOCUMENTS)
def test_odd_documents_come_out_the_same(text: str) -> None:
    assert differing({"text": text}) == []


# Each has a mark that the others lack.
CONSTRUCTS = [
    *(
        "# a",
        "b\n# a",
        "a\n===",
        "a\n---",
        "- - -",
        "* * *",
        "_ _ _",
        "b\n***\nc",
        "- a",
        "* a",
        "+ a",
    ),
    *(
        "1. a",
        "٣. a",
        "> a",
        "b\n   > a",
        "    a",
        "- a\n\n    b",
        "a\n: b\n\n    c",
        "[a]\n\n[a]: b",
    ),
    *(
        "a | b\n--|--\n1 | 2",
        "|a|\n|-|",
        "Table: c\n|a|\n|-|",
        "|a|\n|-|\n\nTable: c",
        "b\n!!! note\n    a",
    ),
    *(
        "!!! tip\n    a\n\n    b",
        "!!! tip\n    - a\n\n        b",
        "a[^1]\n\n[^1]: b",
        "[@a; @b]",
        "```\na\n```",
    ),
    *(
        "`a`",
        "\\\\`a`",
        "\\*",
        "[b][a]\n\n[a]: c",
        "[b](c)",
        "![b](c)",
        "![b][a]\n\n[a]: c",
        "![a]\n\n[a]: c",
    ),
    *(
        "<http://a.b>",
        "<a@b.c>",
        "a  \nb",
        "<b>",
        "<p>a",
        "&amp;",
        "*a*",
        "_a_",
        "*a*{.b}",
        "# a {#b}",
    ),
]


@pytest.mark.parametrize("text", CONSTRUCTS)
def test_every_construct_comes_out_the_same(text: str) -> None:
    assert differing({"text": text, "among others": f"z\n\n{text}\n\nz"}) == []


@given(st.text(st.sampled_from("`\\a*[]() \n"), max_size=30))
def test_backslashes_and_backticks_come_out_the_same(text: str) -> None:
    assert differing({"text": text}) == []


@given(st.text(st.sampled_from("*_a .*_"), max_size=30))
def test_emphasis_comes_out_the_same(text: str) -> None:
    assert differing({"text": text}) == []


def test_the_shipped_articles_come_out_the_same() -> None:
    texts = {str(path): path.read_text(encoding="utf-8") for path in CONTENT.rglob("*.md")}

    assert len(texts) > 10
    assert differing(texts) == []


def test_a_converter_keeps_nothing_of_the_document_before() -> None:
    quick = ArticleMarkdown()
    before = "[a]\n\n[a]: b\n\n*c* `d`[^1]\n\n[^1]: *e\n"
    after = "[a] [^1] _f_\n\n> - g\n\n| h |\n|---|\n"

    quick.convert(before)

    assert quick.reset().convert(after) == PlainArticleMarkdown().convert(after)


@pytest.mark.parametrize(
    "text", ["", " \n", "a\n   ", "   \n\n  a", "a  \n  \n  b", "a\tb", "\f\na"]
)
def test_white_space_comes_out_the_same(text: str) -> None:
    assert differing({"text": text}) == []


@pytest.mark.parametrize(
    "text",
    [
        *("*a*", "**a**", "***a***", "*a**", "**a*", "* a*", "*a *", "_a_b_", "a_b_c", "__a__"),
        *("*a _b* c_", "*a* *b* **c**", "_a*b_", "*a\nb*", "a*b*c", "a**b**c", "*(a)*b", "*`a`*"),
        *("*a* b* c*", "**a *b* c**", "*a **b** c*", "**a** b**", "*[a](b)*", "*a*_b_"),
    ],
)
def test_each_emphasis_comes_out_the_same(text: str) -> None:
    assert differing({"text": text, "twice": f"{text} {text}", "later": f"a* {text}"}) == []


@pytest.mark.parametrize(
    "text",
    [
        "a\n\n```\nb\n```",
        "```\na\n```\nb\n~~~\nc\n~~~\nd",
        "```\na\n~~~\nb",
        " ```\na\n ```\n\n```\nb\n```\n ```",
        "````\n```\na\n````\n```",
        "```py {.b}\na\n```",
        "``` {.py .b hl_lines='1'}\na\n```\n<p>b</p>\n\nc <b>d</b>\n\n<hr>\n\ne",
    ],
)
def test_fences_and_html_come_out_the_same(text: str) -> None:
    assert differing({"text": text, "with a footnote": f"{text}\n\nf[^1]\n\n[^1]: g"}) == []


@pytest.mark.parametrize("piece", ["> ", "- ", "[", "*a **b ", "_a *b ", "`", "\\", "[a](b "])
def test_long_runs_come_out_the_same(piece: str) -> None:
    assert differing({"text": piece * 60, "closed": piece * 60 + "])*`" * 60}) == []


def test_tabs_of_no_length_come_out_the_same() -> None:
    text = "a\n\n# b\n\n* c"

    assert QuickMarkdown(tab_length=0).convert(text) == Markdown(tab_length=0).convert(text)


# Extensions that the quicker parts know nothing of


class Name(InlineProcessor):
    """``[name]``, said of a mark that other patterns have, too."""

    def handleMatch(  # type: ignore[override]  # noqa: N802
        self, m: re.Match[str], data: str
    ) -> tuple[Element | str | None, int | None, int | None]:
        if m[0] == "a!":
            return None, None, None
        if m[0] == "b!":
            return None, m.start(), m.end()
        if m[0] == "c!":
            return "*plain*", m.start(), m.end()
        element = Element("i")
        element.text = "x *y* `z`"
        SubElement(element, "u").tail = "t *u* d!"
        return element, m.start(), m.end()


def with_patterns(markdown: Markdown) -> Markdown:
    patterns = markdown.inlinePatterns
    patterns.register(Name("[a-z]!"), "name", 65)
    patterns.register(SimpleTagInlineProcessor("(~)(.*?)~", "del"), "del", 200)
    old: Any = SimpleTagPattern(r"(\^)(.*?)\^", "sup")
    patterns.register(old, "sup", 70)
    return markdown


@given(st.lists(INLINE | st.sampled_from(["a!", "b!", "c!", "d!", "~", "^", "~^a^~"])).map("".join))
def test_unknown_patterns_are_always_tried(text: str) -> None:
    def plain() -> Markdown:
        return with_patterns(Markdown())

    def quick() -> Markdown:
        return with_patterns(QuickMarkdown())

    assert outcome(plain, text) == outcome(quick, text)


def test_a_known_class_with_another_expression_is_always_tried() -> None:
    def with_line_ends(markdown: Markdown) -> str:
        pattern: Any = markdown.inlinePatterns["linebreak"]
        markdown.inlinePatterns.register(type(pattern)(r"\n", "br"), "linebreak", 100)
        return markdown.convert("a\nb")

    assert with_line_ends(QuickMarkdown()) == with_line_ends(Markdown()) == "<p>a<br />\nb</p>"


class Note(Pattern):
    """A pattern that is not to be found inside ``<em>``."""

    ANCESTOR_EXCLUDES = ("EM",)

    def handleMatch(self, m: re.Match[str]) -> Element:  # noqa: N802
        return Element("wbr")


def test_what_a_pattern_must_not_be_inside_is_minded() -> None:
    def with_note(markdown: Markdown) -> str:
        note: Any = Note("%")
        markdown.inlinePatterns.register(note, "note", 50)
        return markdown.convert("% *%* **% *%***")

    assert with_note(QuickMarkdown()) == with_note(Markdown())


class Question(HashHeaderProcessor):
    """``?`` at the start of a block, taken off and left to the processors behind this one."""

    def test(self, parent: Element, block: str) -> bool:
        return block.startswith("?")

    def run(self, parent: Element, blocks: list[str]) -> bool:
        blocks[0] = blocks[0].removeprefix("?")
        return False


@pytest.mark.parametrize("text", ["?# a", "?> a\n\n?- b", "?a", "? | b\n--|--", "??    a"])
def test_unknown_block_processors_may_change_the_block(text: str) -> None:
    def with_question(markdown: Markdown) -> str:
        markdown.parser.blockprocessors.register(Question(markdown.parser), "question", 85)
        return markdown.convert(text)

    assert with_question(QuickMarkdown()) == with_question(Markdown())


class Shout(BlockProcessor):
    def test(self, parent: Element, block: str) -> bool:
        return block.isupper()

    def run(self, parent: Element, blocks: list[str]) -> None:
        SubElement(parent, "h6").text = blocks.pop(0)


def test_a_processor_may_come_after_the_first_document() -> None:
    markdown = QuickMarkdown()
    assert markdown.convert("A\n\n~b~") == "<p>A</p>\n<p>~b~</p>"

    markdown.parser.blockprocessors.register(Shout(markdown.parser), "shout", 85)
    markdown.inlinePatterns.register(SimpleTagInlineProcessor("(~)(.*?)~", "del"), "del", 200)

    assert markdown.convert("A\n\n~b~") == "<h6>A</h6>\n<p><del>b</del></p>"


def test_blocks_may_be_parsed_outside_a_document() -> None:
    parent = Element("div")

    QuickMarkdown().parser.parseChunk(parent, "# a\n\nb")

    assert [(child.tag, child.text) for child in parent] == [("h1", "a"), ("p", "b")]


def test_block_level_elements_may_change() -> None:
    markdown = QuickMarkdown()
    text = "<x-a>\n*a*\n</x-a>"
    assert "<em>" in markdown.convert(text)

    markdown.block_level_elements.append("x-a")

    assert markdown.reset().convert(text) == text


# The tool


def test_the_tool_compares_a_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "inner").mkdir()
    (tmp_path / "inner" / "a.txt").write_bytes(b"*a* \xff")
    (tmp_path / "b.md").write_text("# b")
    (tmp_path / "c.html").write_text("c")

    assert main(tmp_path) == 0
    assert capsys.readouterr().out == "2 texts compared in 3 ways, 0 differences\n"


def test_the_tool_fails_without_texts(tmp_path: Path) -> None:
    assert main(tmp_path) == 1


def test_the_tool_names_differences(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.md").write_text("*a*")
    monkeypatch.setitem(PAIRS, "articles", PAIRS["articles"]._replace(quick=Broken))

    assert main(tmp_path) == 1
    assert f"{tmp_path / 'a.md'} (articles)" in capsys.readouterr().out


class Broken(Markdown):
    def convert(self, source: str) -> str:
        raise ValueError
