"""What a style refers to, and what is published of it."""

from __future__ import annotations

from typing import Any

import pytest
import tinycss2
from hypothesis import given
from hypothesis import strategies as st

from aicareers_site import style_links
from aicareers_site.asset_links import Job, Read
from aicareers_site.diagnostics import Outcome, Severity, Span
from aicareers_site.fingerprints import Keyed
from tests.samples import PROJECT


def read(text: str | bytes) -> Read:
    content = text if isinstance(text, bytes) else text.encode()
    return style_links.read(Job("static/a.css", Keyed(content)))


def published(text: str) -> str:
    return read(text).body.decode()


def links(text: str) -> list[str]:
    return [link.address for link in read(text).head.value]


@pytest.mark.parametrize(
    ("style", "addresses"),
    [
        ("a { background: url(a.png) }", ["a.png"]),
        ("a { background: url( 'a b.png' ), URL(\"../c.svg#d\") }", ["a b.png", "../c.svg#d"]),
        (r"a { background: url(a\20 b.png) }", ["a b.png"]),
        ("@font-face { src: local('A'), url(a.woff2) format('woff2') }", ["a.woff2"]),
        ("@import 'a.css';", ["a.css"]),
        ("@import/**/ url(a.css) layer(b) screen;", ["a.css"]),
        ('@IMPORT "a.css" supports(display: grid);', ["a.css"]),
        ("a { b: image-set('a.png' 1x, url(b.png) 2x type('image/png')) }", ["a.png", "b.png"]),
        ("@layer a { @media (width > 1px) { b { & c { --d: url(/e.png) } } } }", ["/e.png"]),
    ],
)
def test_what_a_style_refers_to_is_found(style: str, addresses: list[str]) -> None:
    assert links(style) == addresses


@pytest.mark.parametrize(
    "style",
    [
        "/* url(a.png) @import 'a.css'; */",
        "a { content: 'url(a.png)' }",
        "a[href='a.css'] { b: c }",
        "a { b: my-url('a.png') }",
        "a { b: url(data:image/gif;base64,R0lGODlhAQABAAAAACw=) }",
        "a { b: url(https://example.org/a.png) url(//example.org/a.png) url(#c) url('') }",
        "@charset 'utf-8'; @namespace a 'b.css';",
    ],
)
def test_nothing_else_is_taken_for_an_address(style: str) -> None:
    assert links(style) == []


def test_an_address_has_its_place_in_the_source_and_in_what_is_published() -> None:
    (link,) = read("/* ü */\r\n  a { background: url( é.png ) }\n").head.value
    assert link.span == Span("static/a.css", 2, 24, 29)
    body = read("/* ü */\r\n  a { background: url( é.png ) }\n").body
    assert body[link.start : link.end].decode() == "é.png"


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        ("a { b: c; d: e; }\n\n/* f */\ng { h: i }\n", "a{b:c;d:e}g{h:i}"),
        # A blank between two simple selectors is a combinator, in nested rules as well.
        ("@layer a { .b :hover, .c :is(d, e) { f: g } }", "@layer a{.b :hover,.c :is(d,e){f:g}}"),
        ("a { & :focus { b: c } .d & { e: f } }", "a{& :focus{b:c}.d &{e:f}}"),
        ("a { b: calc( 1px + 2px ) -1px }", "a{b:calc(1px + 2px) -1px}"),
        ("@media screen and (min-width: 1px) { a { b: c } }",
         "@media screen and (min-width:1px){a{b:c}}"),
        ("@property --a { syntax: '<length>'; initial-value: 0px }",
         '@property --a{syntax:"<length>";initial-value:0px}'),
        ("a { color: light-dark(#fff, #000); --b: ; }", "a{color:light-dark(#fff,#000);--b:}"),
        ("a { content: 'b  /* c */  d' }", 'a{content:"b  /* c */  d"}'),
        ("/*! Whose it is. */ a { b: c }", "/*! Whose it is. */a{b:c}"),
        (r".a\:b, .\31 0 { c: d }", r".a\:b,.\31 0{c:d}"),
        ("a/**/b { c: d/**/e }", "a/**/b{c:d/**/e}"),
        ("\ufeffa { b: c }", "a{b:c}"),
    ],
)  # fmt: skip
def test_comments_and_blanks_without_meaning_are_left_out(style: str, expected: str) -> None:
    assert published(style) == expected


def test_the_shipped_style_means_the_same() -> None:
    """Its tokens are the same, but for blanks, comments and semicolons at the end of a block."""
    style = (PROJECT / "static/site.css").read_text(encoding="utf-8")
    assert meaning(published(style)) == meaning(style)
    assert len(published(style)) < 0.8 * len(style)


def test_what_is_published_is_published_as_it_is() -> None:
    style = (PROJECT / "static/site.css").read_text(encoding="utf-8")
    assert published(published(style)) == published(style)


PIECES = [
    *("a", ".b", "#c", ":hover", "::before", "1px", "-1", "u+0", "--h:", "!important", "@media"),
    *("@import", "image-set(", "url(g.png)", "url(", "'e'", '"f', "/* d */", "<!--", "\0", "ü"),
    *(" ", "\n", ",", ";", ":", "{", "}", "(", ")", "[", "]", "\\", "+", ">", "&"),
]


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_any_style_means_the_same(style: str) -> None:
    made = read(style)
    if made.head.diagnostics:
        assert made == (Outcome((), made.head.diagnostics), style.encode())
    else:
        assert meaning(made.body.decode()) == meaning(style)


@given(st.binary(max_size=200))
def test_any_bytes_can_be_read(content: bytes) -> None:
    made = read(content)
    for link in made.head.value:
        assert made.body[link.start : link.end]


END_OF_TEXT = "write the quotation mark, the same as at its start, where the text ends"
UNOPENED = "take it out, or write its other half where that belongs, which is before it"


@pytest.mark.parametrize(
    ("style", "place", "hint"),
    [
        ("a{" * 5000, (0, 0), "look for brackets that are opened and never closed"),
        ("a {\n  b: 'c\n}", (2, 6), END_OF_TEXT),
        ("a { b: url(c d) }", (1, 8), 'put all of the address into quotation marks: url("…")'),
        ("a { b: c } }", (1, 12), UNOPENED),
        ("a { b: (c] }", (1, 10), UNOPENED),
        ("@import 'a.css", (1, 9), END_OF_TEXT),
        ("a { b: url(c", (1, 8), "write ) behind the address"),
        (
            "a { b: c\\\n}",
            (1, 9),
            "take it out: a rule may go on in the next line without it",
        ),
    ],
)
def test_a_style_with_a_mistake_is_published_as_it_is(
    style: str, place: tuple[int, int], hint: str
) -> None:
    made = read(style)
    found = [(one.code, one.severity, one.span[1:3], one.hint) for one in made.head.diagnostics]
    assert found[:1] == [("style-syntax", Severity.WARNING, place, hint)]
    assert (made.head.value, made.body) == ((), style.encode())


def meaning(style: str) -> object:
    return _meaning(tinycss2.parse_component_value_list(style, skip_comments=True))


def _meaning(tokens: list[object]) -> list[object]:
    """The tokens, with one blank for many where a blank can mean something."""
    found: list[object] = []
    for token in tokens:
        kind = token.type  # type: ignore[attr-defined]
        if kind == "whitespace":
            found += [" "] if found and found[-1] not in {" ", ",", ";", ":", "}"} else []
            continue
        if found and found[-1] == " " and (kind == "{} block" or token in (",", ";")):
            found.pop()
        inner: Any = getattr(token, "content", getattr(token, "arguments", None))
        if kind == "{} block":
            content = _meaning(inner)
            while content[-1:] == [";"]:
                content.pop()
            found += [("{", *content), "}"]
        elif inner is not None:
            found += [(kind, getattr(token, "name", ""), *_meaning(inner))]
        else:
            found += [_word(token)]
    return found[:-1] if found[-1:] == [" "] else found


def _word(token: object) -> object:
    value = getattr(token, "value", "")
    return value if token in (",", ";", ":") else (type(token).__name__, repr(token), value)
