"""The pass over the HTML, seen from outside: addresses, pictures, raw HTML, typography."""

from __future__ import annotations

import pytest

from aicareers_site.diagnostics import Diagnostic, Span
from aicareers_site.prose import Link, Prose, render

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


# Links


def test_addresses_become_tokens() -> None:
    value = prose(
        "See [Germany](../countries/germany.md#visas \"A 'title'\"), <https://example.org/?a=1&b=2>,\n"
        "`[no](no.md)`, <A HREF=raw.md>raw</A> and [again](raw.md).\n\n"
        "![Chart](chart.svg)\n"
    )

    assert (
        Link("../countries/germany.md#visas", Span(PATH, 1, 15, 44)),
        Link("https://example.org/?a=1&b=2", Span(PATH, 1, 60, 88)),
        Link("raw.md", Span(PATH, 2, 24, 30)),
        Link("raw.md", Span(PATH, 2, 51, 57)),
        Link("chart.svg", Span(PATH, 4, 10, 19), embedded=True, is_picture=True),
    ) == value.links
    assert '<a href="\ufdd00\ufdd1" title="A \'title\'">Germany</a>' in value.html
    assert '<A HREF="\ufdd02\ufdd1">raw</A>' in value.html


def test_media_of_raw_html_are_embedded() -> None:
    value = prose("<video src='a.mp4' poster=a.jpg></video>\n")

    assert [(link.target, link.embedded) for link in value.links] == [
        ("a.mp4", True),
        ("a.jpg", True),
    ]


def test_entities_in_addresses_are_resolved() -> None:
    value = prose('<a href="?a=1&copy=2&amp;b=3">x</a> <me@example.org>\n')

    assert [link.target for link in value.links] == ["?a=1&copy=2&b=3", "mailto:me@example.org"]


def test_a_reference_is_found_where_its_address_stands() -> None:
    value = prose("[One][a], [two][a].\n\n[a]: https://example.org\n")

    assert [Span(PATH, 3, 6, 25)] * 2 == [link.span for link in value.links]


def test_code_is_no_link() -> None:
    value = prose('```html\n<a href="x" style="y">\n```\n\n`<img src="y">`\n')

    assert value.links == ()


# Pictures and code


def test_a_picture_alone_with_a_title_is_a_figure() -> None:
    assert prose("![Bars](bars.svg 'Pay & \"place\"')\n").html == (
        '<figure>\ufdd60\ufdd7<img alt="Bars" src="\ufdd00\ufdd1" loading="lazy"'
        ' decoding="async">\ufdd8'
        "<figcaption>Pay &amp; “place”</figcaption>\n</figure>"
    )


def test_a_picture_in_a_line_stays_there() -> None:
    html = prose('Look: ![Bars](bars.svg "Pay") <img src=b.png alt=Pie loading="eager"/>\n').html

    assert (
        '\ufdd60\ufdd7<img alt="Bars" src="\ufdd00\ufdd1" title="Pay" loading="lazy"'
        ' decoding="async">\ufdd8'
    ) in html
    assert (
        '\ufdd61\ufdd7<img src="\ufdd01\ufdd1" alt=Pie loading="eager" decoding="async">\ufdd8'
    ) in html


def test_a_picture_needs_words() -> None:
    found = problem("Look: ![](bars.svg)\n")

    assert ("missing-alt", Span(PATH, 1, 11, 19)) == (found.code, found.span)


def test_code_is_coloured_by_classes_and_reached_by_keyboard() -> None:
    html = prose('```python\nprint("--")\n```\n').html

    assert '<pre tabindex="0">' in html
    assert '<span class="s2">"--"</span>' in html


@pytest.mark.parametrize(
    "fence", ["nosuch", "{.python noclasses=True style=x}", '{.python .a"b tabsize=x}', ""]
)
def test_fences_take_no_options_that_change_the_page(fence: str) -> None:
    html = prose(f"```{fence}\nx = 1\n```\n").html

    assert '<div class="codehilite"><pre tabindex="0">' in html
    assert "style=" not in html


# Raw HTML


@pytest.mark.parametrize(
    ("body", "span"),
    [
        ("One <script>alert('<b>')</script>\n", Span(PATH, 1, 5, 13)),
        ("<style>p { color: red }</style>\n", Span(PATH, 1, 1, 8)),
        ('<p STYLE="color: red">x</p>\n', Span(PATH, 1, 4, 22)),
        ('One *two*{: style="color: red" }\n', Span(PATH, 1, 13, 31)),
        ("<b onclick=x()>x</b>\n", Span(PATH, 1, 4, 15)),
        ('<img src="a" srcset="b 2x" alt="A">\n', Span(PATH, 1, 14, 27)),
        ("<embed title=x>\n", Span(PATH, 1, 1, 16)),
        ("<?php echo ?>\n", Span(PATH, 1, 1, 14)),
    ],
)
def test_scripts_and_styles_are_not_the_articles_affair(body: str, span: Span) -> None:
    found = problem(body)

    assert ("unsupported-html", span) == (found.code, found.span)


@pytest.mark.parametrize(
    ("body", "span", "element"),
    [
        (
            '<svg viewBox="0 0 1 1">\n<g><path d="M0 0"/></g>\n<svg></svg><a xlink:href="x">x</a>\n'
            "</svg>\n",
            Span(PATH, 1, 1, 24),
            "svg",
        ),
        ("A <math><mi>x</mi></math>.\n", Span(PATH, 1, 3, 9), "math"),
        (
            '<form action="x"><input name="m"><button>Go</button></form>\n',
            Span(PATH, 1, 1, 18),
            "form",
        ),
        ("See **this <svg><path d='M0'> there**.\n", Span(PATH, 1, 12, 17), "svg"),
        ("One <script>x()\n", Span(PATH, 1, 5, 13), "script"),
    ],
)
def test_what_goes_as_a_whole_is_told_of_once(body: str, span: Span, element: str) -> None:
    found = problem(body)

    assert ("unsupported-html", span) == (found.code, found.span)
    assert found.message == f"<{element}> is not allowed here"


def test_what_follows_it_is_read() -> None:
    (_, found) = render(PATH, "<svg><g/></svg>\n\nA <b onclick=x()>word</b>.\n").diagnostics

    assert found.span == Span(PATH, 3, 6, 17)
    assert found.message == "the attribute 'onclick' is not allowed here"


@pytest.mark.parametrize(
    ("body", "span", "message"),
    [
        (
            "<table><tr><td>a</td></tr></table>\n\n"
            "<table>\n<tr><td>b</td></tr>\n<i>Words</i> below it\n</table>\n",
            Span(PATH, 3, 1, 8),
            "'Words below it' stands in no cell of this table, and browsers would show it above",
        ),
        (
            "<caption>A title</caption>\n",
            Span(PATH, 1, 1, 10),
            "<caption> stands outside of a table, and browsers would leave it out",
        ),
        (
            "A <i>sign</i>: &#64976;\n",
            Span(PATH, 1, 16, 24),
            "&#64976; stands for no character",
        ),
        (
            "A <b>x <p>y</p></b>\n",
            Span(PATH, 1, 3, 6),
            "browsers would not read this HTML as it is written",
        ),
    ],
)
def test_what_browsers_would_read_otherwise_is_told_with_the_reason(
    body: str, span: Span, message: str
) -> None:
    found = problem(body)

    assert ("ambiguous-html", span, message) == (found.code, found.span, found.message)


def test_an_unfinished_tag_is_an_error() -> None:
    found = problem("<div>\nOne <a href='x.md\n</div>\n")

    assert ("html-syntax", Span(PATH, 2, 5, 18)) == (found.code, found.span)


def test_comments_are_not_published() -> None:
    assert prose("One <!-- ask Jo <b> --> two\n").html == "<p>One  two</p>"


def test_preformatted_text_in_html_is_reached_by_keyboard() -> None:
    assert prose("<pre>a</pre>\n").html == '<pre tabindex="0">a</pre>'
    assert prose('<pre tabindex="-1">a</pre>\n').html == '<pre tabindex="-1">a</pre>'


# Typography


def test_typography_sees_across_tags_and_leaves_code_alone() -> None:
    assert (
        prose('"*foo*" and "`--a "b"`" -- it\'s  \n<kbd>\'</kbd>...\n').html
        == '<p>“<em>foo</em>” and “<code>--a "b"</code>” – it’s<br>\n<kbd>\'</kbd>…</p>'
    )
