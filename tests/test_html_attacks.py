"""No text, whatever its editor meant, makes a page that acts in a reader's browser.

Each attack is told of at its place. What is made of it is parsed once more, by a parser of another
make (libxml2), and holds nothing that acts.
"""

from __future__ import annotations

import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html as libxml

from aicareers_site import links
from aicareers_site.diagnostics import Diagnostic, Span, has_errors
from aicareers_site.html_allowed import ALLOWED, HtmlPolicy
from aicareers_site.html_cleaning import may_hold_html, read_again
from aicareers_site.markdown_source import MarkdownSource
from aicareers_site.prose import Fragment, Prose, render
from aicareers_site.references import References
from aicareers_site.urls import SCHEMES, scheme
from tests.attacks import ATTACKS, HARMLESS
from tests.rendering import PATH

if TYPE_CHECKING:
    from collections.abc import Iterator

ADDRESSES = {"action", "background", "cite", "data", "formaction", "href", "poster", "src"}


def rendered(body: str) -> tuple[str, list[Diagnostic]]:
    """The HTML of the body with the addresses that it names, and all that is said of it."""
    outcome = render(PATH, body)
    return with_addresses(outcome.value, [*outcome.diagnostics])


def with_addresses(value: Prose, found: list[Diagnostic]) -> tuple[str, list[Diagnostic]]:
    linked = links.read(PATH, value.links, value.ids)
    printed = links.LinkedProse(value, "/blog/a/", linked.value[0]).html
    made = re.sub("\ufdd0(\\d+)\ufdd1", lambda token: linked.value[0][int(token[1])], value.html)
    assert printed is not None
    return made, [*found, *linked.diagnostics]


def dangers(made: str) -> Iterator[str]:
    """What acts, or is not known, in HTML as libxml2 reads it."""
    printable = made.replace("\f", "\n")  # white space that lxml does not take
    for element in libxml.fragment_fromstring(printable, create_parent="div").iter():
        if element.tag not in ALLOWED:
            yield f"<{element.tag}>"
        for name, value in element.attrib.items():
            if name.startswith("on") or name in {"style", "srcdoc", "srcset"}:
                yield name
            if name in ADDRESSES and scheme(value) not in {"", *SCHEMES}:
                yield f"{name}={value}"


def place(marked: str) -> Span:
    """Where the mark is."""
    before, rest = marked.split("⟦")
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    return Span(PATH, line, column, column + len(rest.partition("⟧")[0].split("\n")[0]))


def test_there_are_enough_of_them() -> None:
    bodies = {marked for _, marked in ATTACKS}

    assert len(ATTACKS) == len(bodies) > 100


@pytest.mark.parametrize(("code", "marked"), ATTACKS)
def test_an_attack_is_told_of_at_its_place_and_nothing_of_it_is_left(
    code: str, marked: str
) -> None:
    made, found = rendered(re.sub("[⟦⟧]", "", marked) + "\n")

    assert (code, place(marked)) in [(one.code, one.span) for one in found]
    assert has_errors(found)
    assert [*dangers(made)] == []


@pytest.mark.parametrize(
    ("code", "attack"),
    [(code, re.sub("[⟦⟧]", "", marked)) for code, marked in ATTACKS if "\n" not in marked],
)
def test_an_attack_in_a_field_of_the_front_matter_is_told_of_too(code: str, attack: str) -> None:
    fields = {"faq.0.answer": Fragment(attack, Span(PATH, 9, 11, 11 + len(attack)))}
    outcome = render(PATH, "Text.\n", fragments=fields)
    made, found = with_addresses(outcome.value, [*outcome.diagnostics])

    assert code in [one.code for one in found]
    assert {one.span.line for one in found} == {9}
    assert [*dangers(outcome.value.fragments["faq.0.answer"])] == []
    assert "Text." in made


@pytest.mark.parametrize("body", HARMLESS)
def test_what_only_looks_like_an_attack_is_left_as_it_is(body: str) -> None:
    made, found = rendered(body)

    assert found == []
    assert [*dangers(made)] == []


@pytest.mark.parametrize("body", HARMLESS)
def test_another_reading_changes_no_byte(body: str) -> None:
    made = render(PATH, body).value.html

    assert read_again(made, MarkdownSource(PATH, body), References()) == made


# The second line: what the pass over the HTML let through, had it a gap


@pytest.mark.parametrize(
    "made",
    [
        "<p><script>alert(1)</script></p>",
        "<p onclick=alert(1)>x</p>",
        '<p><a href="javascript:alert(1)">x</a></p>',
        "<svg><p><style><img src=x onerror=alert(1)></style>",
        "<math><mtext><table><mglyph><style><!--</style><img src onerror=alert(1)>",
        "<p title='x'onclick=alert(1)>",
        "<form><input></form>",
        "<iframe srcdoc='<script>'></iframe>",
        "<p><noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
        "<template><b onclick=x>",
    ],
)
def test_the_second_reading_takes_out_what_is_not_allowed_and_says_so(made: str) -> None:
    references = References()
    left = read_again(made, MarkdownSource(PATH, "One <b>two</b>"), references)

    (found,) = references.diagnostics
    assert (found.code, found.span) == ("ambiguous-html", Span(PATH, 1, 5, 8))
    assert [*dangers(left)] == []


def test_addresses_cannot_be_forged() -> None:
    body = "<p>&#xFDD0;7&#64977; &#x0FDD0</p>\n"
    outcome = render(PATH, body)

    assert [one.code for one in outcome.diagnostics] == ["ambiguous-html"]
    assert not re.search("[\ufdd0-\ufdef]", outcome.value.html)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Plain *words* and [links](a.md), `code` & more: 2 > 1.", False),
        ("An <https://example.org/> and {{ jobs.total }}.", False),
        ("A <b>tag</b>.", True),
        ("## Pay {#pay}", True),
        ("*x*{: onclick=x }", True),
        ("</p>", True),
    ],
)
def test_only_what_may_hold_html_is_read_again(text: str, expected: bool) -> None:
    assert may_hold_html(text) is expected


def test_the_second_reader_is_not_even_loaded_for_plain_markdown() -> None:
    program = (
        "import sys; from aicareers_site.prose import render\n"
        "for body in ('*Plain* {{ words }}', 'A <b>tag</b>'):\n"
        "    render('a.md', body)\n"
        "    print('nh3' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["False", "True"]


@pytest.mark.parametrize(
    ("body", "column"),
    [
        ("![A harbour](https://photos.example/a.jpg)\n", 14),
        ('<img alt="A harbour" src="https://photos.example/a.jpg">\n', 27),
        ('<video src="https://photos.example/a.mp4"></video>\n', 8),
    ],
)
def test_nothing_is_loaded_from_other_sites(body: str, column: int) -> None:
    (found,) = render(PATH, body, policy=HtmlPolicy(trusted=True)).diagnostics

    assert (found.code, found.span.line, found.span.column) == ("external-media", 1, column)


# Trust


@pytest.mark.parametrize(
    "body",
    [
        '<svg viewBox="0 0 1 1"><path d="M0 0"/><g/></svg>\n',
        '<form action="https://example.org/"><label>x <input name=q></label></form>\n',
        '<p data-x="1" hidden>x</p>\n',
        "<math><mi>x</mi></math>\n",
        '<a href="https://example.org/" target="_blank">x</a>\n',
    ],
)
def test_editors_who_are_trusted_may_write_more(body: str) -> None:
    assert render(PATH, body, policy=HtmlPolicy(trusted=True)).diagnostics == ()
    assert has_errors(render(PATH, body).diagnostics)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("<script>x</script>\n", "unsupported-html"),
        ("<b onclick=x>x</b>\n", "unsupported-html"),
        ('<b style="x">x</b>\n', "unsupported-html"),
        ('<form action="javascript:x">x</form>\n', "link-scheme"),
        ('<button formaction="java&Tab;script:x">x</button>\n', "link-scheme"),
        ('<svg><a xlink:href="javascript:x"></a></svg>\n', "link-scheme"),
        ("<base href=/x/>\n", "unsupported-html"),
    ],
)
def test_but_not_what_pages_forbid(body: str, code: str) -> None:
    found = render(PATH, body, policy=HtmlPolicy(trusted=True)).diagnostics

    assert [one.code for one in found] == [code]


# Soup

NAMES = st.sampled_from(
    [*sorted(ALLOWED), "script", "style", "svg", "math", "form", "x", "textarea"]
)
SIGNS = st.sampled_from("<>/=\"' \n\t\f&;#!-`*[]{}():|\\aé\u00a0\u2028")
ATTRIBUTES = st.sampled_from(
    [
        *('class="a"', "id=i", "href=x.md", 'href="javascript:x"', "title='>'", "title='<b '"),
        *("onclick=x", "ONERROR='x'", "style=x", "src=x.png", "src='data:x'", "open", "alt=x"),
        *("href='java&Tab;script:x'", "title=&quot;", "colspan=2", 'title="&#x3c;"', "x", "'", '"'),
    ]
)
TAGS = st.builds(
    lambda opening, name, given, closing: f"{opening}{name}{given}{closing}",
    st.sampled_from(["<", "<", "<", "</", "< ", "<!", "<?"]),
    NAMES | NAMES.map(str.upper),
    st.lists(ATTRIBUTES, max_size=3).map(lambda all_: "".join(f" {one}" for one in all_))
    | st.lists(ATTRIBUTES, max_size=2).map("/".join),
    st.sampled_from([">", ">", ">", "/>", "", " >", "\n>"]),
)
PIECES = st.sampled_from(
    [
        *("<!--", "-->", "<![CDATA[", "]]>", "&lt;", "&#60;", "&#x3C", "&nbsp", "\n\n", "    "),
        *("`", "```\n", "[x](y.md)", "[x](javascript:y)", "![x](y.png)", "*z*{: onclick=x }"),
        *("> ", "- ", "| a | b |\n|---|---|\n", '!!! note "', "[^1]", "\n[^1]: ", "<https://x.y>"),
        *("{: style=x }", "text", "\n# ", "&#xfdd0;1&#xfdd1;", "\\<", "&amp;lt;"),
    ]
)
SOUP = st.lists(TAGS | PIECES | SIGNS, max_size=12).map("".join)


@given(SOUP)
def test_soup_is_told_of_or_browsers_read_it_as_it_is_written(body: str) -> None:
    made, found = rendered(body)

    assert [*dangers(made)] == []
    if may_hold_html(body) and not has_errors(found):
        references = References()
        value = render(PATH, body).value.html
        assert read_again(value, MarkdownSource(PATH, body), references) == value
        assert references.diagnostics == []
