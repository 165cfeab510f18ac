"""What is cut out of a page, so that it can be searched."""

from __future__ import annotations

import pytest

from aicareers_site.results import Held
from aicareers_site.search_texts import cut, searched


def in_body(html: str) -> str:
    """What is cut out of a marked element that holds ``html``."""
    found = cut(f"<body><main data-pagefind-body>{html}</main></body>")
    start, end = '<main data-pagefind-body="">', "</main>"
    assert found.startswith(start)
    assert found.endswith(end)
    return found.removeprefix(start).removesuffix(end)


def test_a_page_without_marks_gives_nothing() -> None:
    assert searched(Held(b"<main><p>Text</p></main>")) == (False, b"")


def test_the_marked_elements_are_cut_out_of_the_page() -> None:
    page = """<body><nav>All</nav><article data-pagefind-body><p>One</p></article><p>Two</p>
    <div data-pagefind-body>Three</div></body>"""
    assert searched(Held(page.encode())) == (
        True,
        b'<article data-pagefind-body=""><p>One</p></article>'
        b'<div data-pagefind-body="">Three</div>',
    )


def test_what_looks_like_a_mark_in_a_text_is_none() -> None:
    assert cut("<p>Write data-pagefind-body.</p>") == ""


def test_an_element_ends_where_its_own_end_tag_stands() -> None:
    page = "<div data-pagefind-body><div>In</div> in<br> in</div><div>Out</div>"
    assert cut(page) == '<div data-pagefind-body=""><div>In</div> in<br> in</div>'


@pytest.mark.parametrize(
    "unread",
    [
        "<nav><ol><li>Contents</li></ol></nav>",
        '<svg class="chart"><rect width="1"/><text>7</text></svg>',
        "<form><label>Name <input></label></form>",
        "<script>let x;</script>",
        '<section data-pagefind-ignore="all"><nav>N</nav><p>Box</p></section>',
        '<span aria-hidden="true">—</span>',
        '<sup class="citation-mark">[<a id="cite:a:1" href="#source:a">1</a>]</sup>',
        '<sup id="fnref:1"><a class="footnote-ref" href="#fn:1">1</a></sup>',
        "<!-- A comment. -->",
    ],
)
def test_what_is_not_searched_is_left_out(unread: str) -> None:
    assert in_body(f"<p>Before</p>{unread}<p>Behind</p>") == "<p>Before</p><p>Behind</p>"


@pytest.mark.parametrize(
    "marked",
    [
        '<header data-pagefind-ignore=""><h1>Title</h1></header>',
        '<p data-pagefind-filter="year:2026" data-pagefind-meta="a &quot;b&quot;">Now</p>',
        '<time datetime="2026" data-pagefind-meta="date[datetime], words">Now</time>',
        '<abbr title="Artificial" data-pagefind-index-attrs="title,lang" lang="en">A</abbr>',
    ],
)
def test_marks_stay_with_all_that_they_refer_to(marked: str) -> None:
    start = marked.index(" ")
    assert in_body(f'{marked[:start]} class="x"{marked[start:]}') == marked


def test_of_other_attributes_the_ids_of_headings_stay() -> None:
    html = '<h2 id="a&quot;b" class="x">A</h2><p id="p" class="y"><a href="/">b</a></p>'
    assert in_body(html) == '<h2 id="a&quot;b">A</h2><p><a>b</a></p>'


def test_text_stays_as_it_is_written() -> None:
    html = "<p>1 &lt; 2 &amp; ü</p>"
    assert in_body(html) == html


def test_what_keeps_a_mark_on_the_line_of_its_word_goes_with_the_mark() -> None:
    html = '<p>Word\u2060<sup class="citation-mark">[<a href="#source:a">1</a>]</sup>.</p>'
    assert in_body(html) == "<p>Word.</p>"


def test_code_stays() -> None:
    html = '<div class="codehilite"><pre><span></span><code>a <span>b</span></code></pre></div>'
    assert in_body(html) == html


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<nav>All</nav>", "<nav>Other</nav>"),
        ("site.0123456789.css", "site.abcdefabcd.css"),
        ('class="x"', 'class="y"'),
        ("<p>Related</p>", "<p>Another</p>"),
    ],
)
def test_what_stands_around_does_not_change_it(old: str, new: str) -> None:
    page = (
        '<link href="site.0123456789.css"><nav>All</nav>'
        '<article data-pagefind-body><p class="x">Text</p></article><p>Related</p>'
    )
    assert old in page
    assert cut(page.replace(old, new)) == cut(page)
