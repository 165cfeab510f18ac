"""On which other templates a template depends, told without parsing it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment
from jinja2.meta import find_referenced_templates

from aicareers_site.template_closure import closure

SHIPPED = {
    path.name: path.read_text(encoding="utf-8")
    for path in (Path(__file__).parent.parent / "templates").iterdir()
}
JINJA = Environment(autoescape=True)


def parsed_closure(texts: dict[str, str], name: str) -> tuple[str, ...]:
    """What :func:`closure` should find, as Jinja's own parser tells it."""
    found: set[str] = set()
    waiting = [name]
    while waiting:
        current = waiting.pop()
        if current in texts and current not in found:
            found.add(current)
            named = find_referenced_templates(JINJA.parse(texts[current]))
            waiting += [other for other in named if other is not None]
    return tuple(sorted(found))


def named(text: str) -> tuple[str, ...]:
    """Which of the templates a.html, b.html and c.html this text depends on."""
    texts = {"page": text, "a.html": "", "b.html": "", "c.html": ""}
    return tuple(name for name in closure(texts, "page") if name != "page")


@pytest.mark.parametrize("name", sorted(SHIPPED))
def test_of_the_shipped_templates_it_finds_what_the_parser_finds(name: str) -> None:
    assert closure(SHIPPED, name) == parsed_closure(SHIPPED, name)


def test_dependencies_of_dependencies_count_and_a_circle_does_no_harm() -> None:
    texts = {
        "page": '{% extends "base" %}',
        "base": '{% import "macros" as ui %}',
        "macros": '{% include "page" %}',
        "other": '{% extends "base" %}',
    }
    assert closure(texts, "page") == ("base", "macros", "page")


def test_what_does_not_exist_is_left_out() -> None:
    assert closure({"page": '{% include "none.html" %}'}, "page") == ("page",)
    assert closure({}, "page") == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{% extends 'a.html' %}", "a"),
        ('{% import "a.html" as a %}', "a"),
        ('{% from "a.html" import b with context %}', "a"),
        ('{% include "a.html" ignore missing %}', "a"),
        ('{%- include\n\n  "a.html"\n-%}', "a"),
        ('{%+include"a.html"%}', "a"),
        ('{% include ("a.html") %}', "a"),
        ('{% include "a" ".html" %}', "a"),
        ('{% include ["a.html", "b.html"] %}', "ab"),
        ('{% include "a.html" if x == "%}" else "b.html" %}', "ab"),
        ("{% include x['\"'] or 'a.html' %}", "a"),
        ('{% if x %}{% include "a.html" %}{% else %}{% include "b.html" %}{% endif %}', "ab"),
        ('{# it\'s "{% include #}{% include "a.html" %}', "a"),
        ("{% raw %}{% include ' {% endraw %}{% include 'a.html' %}", "a"),
        ('{% set x = "{% include \'" %}{% include "a.html" %}', "a"),
        ('<p class="a.html">{{ "b.html" }}{% set x = "c.html" %}', ""),
        ('{% included "a.html" %}', ""),
    ],
)
def test_names_are_found_however_the_tag_is_written(text: str, expected: str) -> None:
    assert named(text) == tuple(f"{letter}.html" for letter in expected)


def test_a_name_with_an_escape_may_be_any() -> None:
    assert named('{% include "\\x61.html" %}') == ("a.html", "b.html", "c.html")


def test_a_name_in_a_comment_may_count() -> None:
    assert named('{# {% include "a.html" %} #}') == ("a.html",)


_NAMES = ["a.html", "b.html", "it's", 'q"q', "%}", "{% include", "é 漢", "back\\slash"]
_space = st.sampled_from(["", " ", "\n", "\t\n "])


@st.composite
def _quoted(draw: st.DrawFn, text: str) -> str:
    """A text as it may be written in a template: with either mark, and in pieces."""
    cut = draw(st.integers(0, len(text)))
    pieces = [text] if cut == 0 else [text[:cut], text[cut:]]
    mark = draw(st.sampled_from("'\""))
    written = (piece.replace("\\", "\\\\").replace(mark, f"\\{mark}") for piece in pieces)
    return draw(_space).join(f"{mark}{piece}{mark}" for piece in written)


@st.composite
def _tag(draw: st.DrawFn) -> str:
    """A tag that names templates, in one of many ways."""
    one, other = (draw(st.sampled_from(_NAMES).flatmap(_quoted)) for _ in range(2))
    inside = draw(
        st.sampled_from(
            [
                f"extends {one}",
                f"import {one} as x",
                f"from {one} import x",
                f"include {one}",
                f"include({one})ignore missing",
                f"include [{one}, {other}] without context",
                f"include {one} if {other} in x else {other}",
            ]
        )
    )
    opening = draw(st.sampled_from(["{%", "{%-", "{%+"]))
    closing = draw(st.sampled_from(["%}", "-%}"]))
    return opening + draw(_space) + inside + draw(_space) + closing


_noise = st.sampled_from(
    [
        '<p title="it\'s">',
        "100 %} { ",
        "'",
        '"',
        "{{ x['%}'] }}",
        '{% set x = "a.html" %}',
        "{# it's {% include 'b.html #}",
        '{% raw %}{% include "{{ {% endraw %}',
    ]
)
_texts = st.lists(st.one_of(_tag(), _noise), max_size=5).map("".join)


@given(st.fixed_dictionaries(dict.fromkeys(_NAMES, _texts)))
def test_nothing_that_the_parser_finds_is_missed(texts: dict[str, str]) -> None:
    for name in texts:
        assert set(closure(texts, name)) >= set(parsed_closure(texts, name))
