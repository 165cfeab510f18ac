"""Damaged files for fuzzing: what is shipped, changed at random, and what a grammar makes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import strategies as st

from tests.samples import theme
from tools.fuzz_laws import LARGEST, Input, shipped, sources

if TYPE_CHECKING:
    from collections.abc import Sequence

_YAML = (
    *("---", "...", "- ", "-", ": ", ":", "? ", "#", " #x", "{", "}", "[", "]", "[[", "{a: ", ","),
    *("&a ", "*a", "!tag ", "!!python/object:x ", "%YAML 1.2", "|", ">", ">-", "|2", "'", '"'),
    *("''", '"\\x07"', '"\\', "~", "null", "yes", "NO", "12:30", "0x1F", "1e400", ".nan", "-.inf"),
    *("1_000", "1,000", "-0", "٣", "½", "9" * 40, "0." + "0" * 40 + "1", "1e-9999", "1E+999999999"),
    *("2026-02-30", "2026-13-01", "0000-00-00", "9999-12-31", "2026-01-01T25:00", "0001-01-01"),
    *("2026-01-01T00:00:00+24:00", "9999-12-31T23:59:59-12:00", "0001-01-01T00:00+14:00"),
    *("<<: *a", "draft: true", "title:", "title: x", "date: 2026-01-01", "slug: ../x", "slug: con"),
    *("tags: [a, a]", "aliases: [/a/, a, //]", "sources: [{}]", "image: {src: x}", "faq: [x]"),
    *("tables: [ml-jobs-2026.seniority]", "id: x", "total: 0", "total: -1", "parts: {}"),
    *("records: {}", "columns: {}", "value: 0", "share: 100", "low: 2", "high: 1", "max_age: 9e9"),
    *("lead_figure: {value: 1, label: x}", "series: x", "expires: 0001-01-01", "review_by: x"),
    *("salaries: [ai-pay-by-country.germany]", "countries: [DE, ZZ]", "country: UK", "type: money"),
)
_MARKDOWN = (
    *(
        "# ",
        "## ",
        "#",
        "####### ",
        "> ",
        "> > ",
        "* ",
        "1. ",
        "    ",
        "\t",
        "```",
        "~~~",
        "`",
        "``",
    ),
    *(
        "[",
        "]",
        "(",
        ")",
        "![",
        "](",
        "[x](y",
        "[x][y]",
        "[^1]",
        "[^1]: ",
        "[x]: y",
        "<",
        "</",
        ">",
    ),
    *("<div>", "</div>", "<div markdown>", "<!--", "-->", "<!-- figure: x -->", "<p", "<a href='"),
    *("<!-- aicareers-ignore: useless-alt: x -->", "<!-- aicareers-ignore", "<script>", "<?x ?>"),
    *("<![CDATA[", "&", "&amp;", "&#0;", "&#x110000;", "&nosuch;", "*", "**", "_", "__", "***a"),
    *("|", "| a | b |", "|---|---|", "|:-:|", "!!! note", '!!! tip "x"', ": x", "*[HTML]: x", "\\"),
    *("[@census]", "[@", "[@x; @y]", "{#id}", "{: #id .class }", "[TOC]", "===", "---", "***"),
    *("http://", "https://[::1", "mailto:", "[a](../countries/germany.md#x)", "[a](#)", "[a](<b>)"),
    *("![](x.png)", "![a](../../x.png)", "[a](javascript:x)", "[a](%zz)", "[a](/x?y#z)", "$", "~"),
    *("\n", "\n\n", "  \n", "’", "“", '"', "'", "...", "--", "12 %", "€ 1,000", "1,0,0", "3–5"),
)
_FIGURES = (
    *("{{", "}}", "{{ ", " }}", "{{}}", "{{ }}", "{{ openings.total }}", "{{ openings.level }}"),
    *(
        "{{ openings.level.senior | share }}",
        "{{ openings.level.senior | share(1) }}",
        "{{{{ x }}}}",
    ),
    *("{{ openings.level.senior | share(999999999999) }}", "{{ openings | as-of }}", "\\{{ x }}"),
    *("{{ openings.level.senior | sum(junior) | words }}", "{{ openings.total | ratio() }}", "{{{"),
    *(
        "{{ chart openings.level }}",
        "{{ chart openings.level kind=bars }}",
        "{{ chart }}",
        "{% x %}",
    ),
    *(
        "{{ chart ai-pay-by-country.pay rows=x,y kind=map }}",
        '{{ chart openings title="',
        "{# x #}",
    ),
    *(
        "{{ openings.total | decimals(-1) }}",
        "{{ openings..x }}",
        "{{ a\n| b }}",
        "{{ openings.x }}",
    ),
    *(
        "{{ openings.total | grown(openings.level.rest) }}",
        "{{ openings.total | | share }}",
        "`{{`",
    ),
)
_ODDITIES = (
    *("\ufeff", "\u200b", "\u00a0", "\u2028", "\u2029", "\u0085", "\u00ad", "\u202e", "\u2066"),
    *(
        "\x00",
        "\x07",
        "\x0b",
        "\x0c",
        "\x1b[31m",
        "\x7f",
        "\ufffd",
        "\uffff",
        "\U0010ffff",
        "\ue000",
    ),
    *(
        "e\u0301",
        "\u0301" * 30,
        "ﬁ",
        "ß",
        "İ",
        "ǅ",
        "👩‍👩‍👧",
        "🇩🇪",
        "漢字",
        "א",
        "\u0002",
        "\u0003",
        "wzxhzdk:0",
    ),
    *(
        "\x02klzzwxh:0001\x03",
        "STX",
        "amp;",
        "٤٢",
        "²",
        "Ⅳ",
        "\u3000",
        "\u180e",
        "\u2060",
        "\r",
        "\r\n",
    ),
)
_TEMPLATES = (
    *(
        "{% if x %}",
        "{% endif %}",
        "{% for x in y %}",
        "{% endfor %}",
        "{% block main %}",
        "{{ x. }}",
    ),
    *("{% extends 'base.html' %}", "{% include 'x.html' %}", "{% include x %}", "{% import '_' %}"),
    *(
        "{{ page.nothing }}",
        "{{ page['x'] }}",
        "{{ x|nofilter }}",
        "{{ 1/0 }}",
        "{% raw %}",
        "{{ ((",
    ),
    *(
        "{% set x = x %}",
        "{{ x is nothing }}",
        "{% macro x(",
        "{% call x() %}",
        "{%",
        "%}",
        "{#",
        "#}",
    ),
    *(
        "{{ 9**9 }}",
        "{{ 'x' * 9 }}",
        "{{ [[[[ }}",
        "{{ page }}",
        "{{ super() }}",
        "{{ loop.index }}",
    ),
)
_WORDS = ("a", "x y", "title", "label", "value", "openings", "2026-01-01", "DE", "1", "1.5", "")

_CHARACTERS = st.characters(exclude_categories=["Cs"])


def _yaml_values() -> st.SearchStrategy[str]:
    """Values in YAML's flow style, most of them right."""
    scalars = st.sampled_from([*_WORDS, *_YAML]) | st.text(_CHARACTERS, max_size=8)
    return st.recursive(
        scalars,
        lambda inner: (
            st.lists(inner, max_size=4).map(lambda items: f"[{', '.join(items)}]")
            | st.lists(st.tuples(st.sampled_from(_WORDS), inner), max_size=4).map(
                lambda pairs: "{" + ", ".join(f"{key}: {value}" for key, value in pairs) + "}"
            )
        ),
        max_leaves=8,
    )


def _figures() -> st.SearchStrategy[str]:
    """Figures between braces, some of which there are."""
    names = st.sampled_from(["openings.total", "openings.level.senior", "level", "rest", "x", ""])
    steps = st.sampled_from(
        ["share", "sum", "difference", "ratio", "grown", "money", "range", "words", "decimals", "x"]
    )
    arguments = st.lists(names | st.sampled_from(["0", "1", "99", "-1"]), max_size=3)
    step = st.builds("{}({})".format, steps, arguments.map(", ".join)) | steps
    return st.builds(
        lambda name, more: "{{ " + " | ".join([name, *more]) + " }}",
        names,
        st.lists(step, max_size=3),
    )


def _nested() -> st.SearchStrategy[str]:
    """Brackets, quotations and emphasis, deep in each other, closed or not."""
    pairs = st.sampled_from([
        *(("[", "]"), ("{", "}"), ("{a: ", "}"), ("(", ")"), ("![", "](x)"), ("[", "](x)")),
        *(("> ", ""), ("- ", ""), ("  - ", ""), ("**", "**"), ("*", "*"), ("_", "_")),
        ("<div>\n", "</div>\n"),
        *(("<b>", "</b>"), ("{{ ", " }}"), ("`", "`"), ("“", "”"), ("((", "))")),
        ("{% if x %}", "{% endif %}"),
    ])  # fmt: skip
    return st.builds(
        lambda pair, depth, closed: pair[0] * depth + (pair[1] * depth if closed else ""),
        pairs,
        st.integers(1, 40) | st.sampled_from([200, 1000, 3000]),
        st.booleans(),
    )


def _runs() -> st.SearchStrategy[str]:
    """The same again and again."""
    return st.builds(
        lambda word, times: word * min(times, LARGEST // (2 * len(word))),
        st.sampled_from(
            [*_YAML, *_MARKDOWN, *_FIGURES, *_ODDITIES, *_TEMPLATES, "a", " ", "a ", "1"]
        ),
        st.integers(2, 40) | st.sampled_from([500, 4000, 9000]),
    )


_TEXTS = st.one_of(
    st.sampled_from([*_YAML, *_MARKDOWN]),
    st.sampled_from([*_FIGURES, *_ODDITIES]),
    _figures(),
    _yaml_values(),
    st.text(_CHARACTERS, max_size=12),
    st.sampled_from(_TEMPLATES),
    _nested(),
    _runs(),
)
_CHANGES = (
    *("insert", "insert", "replace", "replace", "value", "value", "line", "line"),
    *("delete", "repeat", "swap", "indent", "truncate", "splice", "cut"),
)


@st.composite
def _changed(draw: st.DrawFn, text: str, others: Sequence[str]) -> str:
    """The ``text`` with one change."""
    change = draw(st.sampled_from(_CHANGES))
    if change in {"insert", "replace", "truncate", "cut"}:
        at = draw(st.integers(0, len(text)))
        behind = at + draw(st.integers(1, 60)) if change in {"replace", "cut"} else at
        if change == "truncate":
            return text[:at]
        return text[:at] + ("" if change == "cut" else draw(_TEXTS)) + text[behind:]
    lines = text.split("\n")
    # A file's beginning, with its keys, is worth more attempts than its end.
    at = draw(st.integers(0, min(40, len(lines) - 1)) | st.integers(0, len(lines) - 1))
    end = at + draw(st.integers(1, 4))
    if change == "value":
        key, colon, _ = lines[at].partition(":")
        lines[at] = f"{key}{colon or ':'} {draw(_yaml_values() | _TEXTS)}"
    elif change == "line":
        lines.insert(at, draw(_TEXTS))
    elif change == "delete":
        del lines[at:end]
    elif change == "repeat":
        lines[at:at] = lines[at:end] * draw(st.integers(1, 3))
    elif change == "swap":
        other = draw(st.integers(0, len(lines) - 1))
        lines[at], lines[other] = lines[other], lines[at]
    elif change == "indent":
        indent = draw(st.sampled_from([" ", "  ", "    ", "\t", "\u00a0", "- ", "> "]))
        lines[at:end] = [indent + line for line in lines[at:end]]
    else:
        spliced = draw(st.sampled_from(others))
        lines = [*lines[:at], *spliced.split("\n")[draw(st.integers(0, 60)) :]]
    return "\n".join(lines)


def originals() -> tuple[Input, ...]:
    """The files with which damage begins."""
    templates = {path: content for path, content in theme().items() if "templates/" in path}
    files = {**sources(), **shipped(), **templates}
    return tuple(
        Input(path, content)
        for path, content in files.items()
        if not path.startswith("static/") and len(content) <= LARGEST
    )


_FAMILIES = (
    *("content/articles/", "content/countries/", "content/trends/", "content/market/"),
    *("content/market/", "content/data/", "content/data/", "content/pages/", "site.yaml"),
    "templates/",
)


@st.composite
def damaged(draw: st.DrawFn, known: Sequence[Input]) -> Input:
    """One of the ``known`` files, damaged; no larger than the bound on time allows."""
    family = draw(st.sampled_from(_FAMILIES))
    first = draw(st.sampled_from([one for one in known if one.path.startswith(family)]))
    others = [one.content.decode("utf-8", "replace") for one in known[-40:]]
    text = first.content.decode("utf-8", "replace")
    for _ in range(draw(st.integers(1, 5))):
        text = draw(_changed(text, others))
    return Input(first.path, draw(_encoded(text))[:LARGEST])


@st.composite
def _encoded(draw: st.DrawFn, text: str) -> bytes:
    way = draw(st.sampled_from(["utf-8"] * 12 + ["CRLF", "CR", "BOM", "utf-16", "cp1252", "bytes"]))
    if way == "CRLF":
        return text.replace("\n", "\r\n").encode()
    if way == "CR":
        return text.replace("\n", "\r").encode()
    if way == "BOM":
        return b"\xef\xbb\xbf" + text.encode()
    if way != "bytes":
        return text.encode(way, "replace")
    content, at = text.encode(), draw(st.integers(0, len(text)))
    return content[:at] + draw(st.binary(min_size=1, max_size=4)) + content[at:]
