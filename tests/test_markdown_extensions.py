"""What our Python-Markdown makes before the pass over its HTML."""

from __future__ import annotations

import pytest

from aicareers_site.markdown_extensions import ArticleMarkdown


@pytest.fixture(name="markdown")
def article_markdown() -> ArticleMarkdown:
    return ArticleMarkdown()


def test_citations_are_links_without_numbers(markdown: ArticleMarkdown) -> None:
    assert markdown.convert("[@a; @b]") == (
        '<p><sup class="citation-mark">[<a class="citation" href="#source:a"></a>, '
        '<a class="citation" href="#source:b"></a>]</sup></p>'
    )


@pytest.mark.parametrize("text", ["`[@a]`", "\\[@a]", "[@ a]", "[@a, p. 3]"])
def test_other_brackets_are_no_citations(markdown: ArticleMarkdown, text: str) -> None:
    assert "citation" not in markdown.convert(text)


def test_a_link_may_be_called_like_a_source(markdown: ArticleMarkdown) -> None:
    assert markdown.convert("[@a](b)") == '<p><a href="b">@a</a></p>'


def test_a_table_without_rows_stays_one(markdown: ArticleMarkdown) -> None:
    html = markdown.convert("| a | b |\n|---|---|\n")

    assert '<th scope="col">a</th>' in html
    assert "<td></td>" in html


def test_surplus_cells_are_kept_until_the_next_document(markdown: ArticleMarkdown) -> None:
    markdown.convert("| a |\n|---|\n| 1 | 2 |\n")
    assert markdown.surplus_rows == ["| 1 | 2 |"]

    assert markdown.reset().surplus_rows == []


def test_callouts_hold_other_blocks(markdown: ArticleMarkdown) -> None:
    html = markdown.convert("!!! tip\n    One.\n\n    - two\n        - three\n\nFour.\n")

    assert html.startswith('<div class="callout callout-tip" role="note">')
    assert html.endswith("</ul>\n</div>\n<p>Four.</p>")


def test_footnotes_are_numbered_whatever_their_labels(markdown: ArticleMarkdown) -> None:
    html = markdown.convert("A[^b c].\n\n[^b c]: Note.\n")

    assert '<sup id="fnref:1"><a class="footnote-ref" href="#fn:1">1</a></sup>' in html
    assert '<li id="fn:1">' in html


def test_code_is_not_guessed_at(markdown: ArticleMarkdown) -> None:
    assert "<span class=" not in markdown.convert("```\nimport this\n```\n")
    assert "<span class=" not in markdown.convert("    import this\n")


def test_fences_may_mark_lines(markdown: ArticleMarkdown) -> None:
    assert '<span class="hll">' in markdown.convert('```{.python hl_lines="2"}\na\nb\n```\n')
