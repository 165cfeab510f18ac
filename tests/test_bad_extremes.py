"""Files that no editor writes on purpose: far too large or too deep, not text, not pictures.

Each is given to a build in memory, which must name the fault at its place and must not crash.
"""

from __future__ import annotations

import zlib
from io import BytesIO
from itertools import pairwise
from typing import NamedTuple

import pytest
from PIL import Image

from aicareers_site import configuration, table_reader
from aicareers_site.findings import MAX_FINDINGS
from tests.samples import built, post, sources, theme
from tests.tables import JOBS_TEXT

A = "content/articles/a.md"
JOBS = "content/data/jobs.yaml"
PICTURE = "content/articles/map.png"
DRAWING = "content/articles/map.svg"
PAGE = "templates/article.html"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"'
TITLE = "<h1>{{ page.title }}</h1>"


class Plant(NamedTuple):
    """The ``content`` of the file at ``path``, and the code, line and column that it must get.

    ``at`` is the file that is named, where that is not the same.
    """

    path: str
    content: bytes
    code: str
    line: int = 0
    column: int = 0
    at: str = ""


def article(body: str, more: str = "") -> bytes:
    """An article whose body starts in line 9, and ``more`` of its front matter in line 7."""
    return post(body=body, more=f"{more}\n" if more else "tags: [a]\n")


def table(total: str) -> bytes:
    """A data table that says ``total`` in line 9, column 8."""
    return JOBS_TEXT.replace("total: 100", f"total: {total}").encode()


def template(part: str) -> bytes:
    """The article's template with ``part`` in place of its title."""
    return theme()[PAGE].replace(TITLE.encode(), part.encode())


def png(width: int, height: int) -> bytes:
    """A PNG that says to have this size, and holds next to nothing."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return len(data).to_bytes(4) + kind + data + zlib.crc32(kind + data).to_bytes(4)

    header = width.to_bytes(4) + height.to_bytes(4) + bytes([8, 2, 0, 0, 0])
    parts = chunk(b"IHDR", header), chunk(b"IDAT", zlib.compress(b"\0")), chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def jpeg() -> bytes:
    written = BytesIO()
    Image.effect_noise((300, 200), 90).save(written, "JPEG")
    return written.getvalue()


def entities() -> bytes:
    """Entities of entities, ten to the power of nine in all."""
    names = "abcdefghij"
    lines = [f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in pairwise(names)]
    head = '<!DOCTYPE svg [<!ENTITY a "lol">' + "".join(lines) + "]>"
    return head.encode() + SVG + b"><text>&j;</text></svg>"


HEADING = theme()[PAGE].decode().split(TITLE)[0]
AT_TITLE = (HEADING.count("\n") + 1, len(HEADING) - HEADING.rfind("\n"))

PLANTS = {
    # far too much
    "ten megabytes of front matter": Plant(
        A, article("Text.", "faq: " + "x" * 10_000_000), "oversized-text"
    ),
    "a million keys": Plant(
        A, article("Text.", "".join(f"key{n}: v\n" for n in range(1_000_000))), "oversized-text"
    ),
    "ten thousand keys": Plant(
        A, article("Text.", "".join(f"key{n}: v\n" for n in range(10_000))), "oversized-text"
    ),
    "ten megabytes of text": Plant(A, article("word " * 2_000_000), "oversized-text"),
    "a front matter that never ends": Plant(
        A, b"---\ntitle: x\n" + b"word\n" * 100_000, "front-matter-delimiter", 1, 1
    ),
    "ten megabytes of figures": Plant(JOBS, table("1" * 10_000_000), "oversized-text"),
    "ten megabytes of a template": Plant(PAGE, b"x" * 10_000_000, "oversized-text"),
    "a title as long as a book": Plant(A, post("x" * 40_000), "invalid-value", 2, 8),
    # far too deep
    "a thousand quotations": Plant(A, article(">" * 1000 + " x"), "markdown", 10, 1),
    "a thousand quotations with spaces": Plant(A, article("> " * 1000 + "x"), "markdown", 10, 1),
    "hundreds of lists": Plant(
        A, article("\n".join("    " * n + "- x" for n in range(400))), "markdown", 30, 1
    ),
    "a thousand lists on one line": Plant(A, article("- " * 1000 + "x"), "markdown", 10, 1),
    "a thousand numbered lists": Plant(A, article("1. " * 1000 + "x"), "markdown", 10, 1),
    "hundreds of callouts": Plant(
        A,
        article("\n\n".join("    " * n + '!!! note "x"' for n in range(300))),
        "markdown",
        50,
        1,
    ),
    "a thousand links in each other": Plant(
        A, article("[" * 300 + "x" + "](u)" * 300), "link-syntax", 10, 300
    ),
    # far too much in one place, for which the library would take minutes
    "thousands of tags on a line": Plant(A, article("x " + "<div>" * 5000), "markdown", 10, 1),
    "thousands of tags on lines": Plant(A, article("<div>\n" * 5000), "html-unbalanced", 10, 1),
    "thousands of elements in each other": Plant(
        A, article("<div>\n\n" * 3000 + "</div>\n\n" * 3000), "html-unbalanced", 10, 1
    ),
    "thousands of tags that close nothing": Plant(
        A, article("<p>a</b></p>\n\n" * 3000), "html-unbalanced", 10, 5
    ),
    "thousands of tags that never end": Plant(A, article("<div\n" * 20_000), "markdown", 10, 1),
    "thousands of attributes that never end": Plant(
        A, article('<a href="' * 20_000), "markdown", 10, 1
    ),
    "thousands of end tags": Plant(A, article("</div>\n" * 5000), "markdown", 10, 1),
    "thousands of entities": Plant(A, article("&amp;" * 50_000), "markdown", 10, 1),
    "thousands of comments that never end": Plant(A, article("<!--\n" * 5000), "markdown", 10, 1),
    "a footnote that names itself": Plant(
        A, article("x[^1]\n\n[^1]: " + "[^1]" * 3000), "markdown", 12, 7
    ),
    "thousands of stars": Plant(A, article("First.\n\n" + "*a " * 30_000), "markdown", 12, 1),
    "thousands of backticks": Plant(A, article("`a" * 30_000), "markdown", 10, 1),
    "thousands of brackets": Plant(A, article("- ![" + "![" * 30_000), "markdown", 10, 3),
    "thousands of addresses": Plant(A, article("[a](b" * 30_000), "markdown", 10, 1),
    "addresses without an end in many paragraphs": Plant(
        A, article("\n\n".join(["[a](" * 450] * 100)), "markdown", 10, 1
    ),
    "a row of backticks": Plant(
        A, article("| a |\n|---|\n| " + "`a | " * 20_000), "markdown", 12, 2
    ),
    "headings without lines between them": Plant(A, article("# a\n" * 20_000), "markdown", 10, 1),
    "thousands of fences without an end": Plant(
        A, article("``` x\n" * 30_000), "unclosed-fence", 10, 1
    ),
    "thousands of blocks of code": Plant(A, article("```\na\n```\n" * 8000), "markdown", 10, 1),
    "thousands of instructions": Plant(A, article("<?\n" * 20_000), "markdown", 10, 1),
    "thousands of definitions among words": Plant(
        A, article("[a]: b\n[a]\n" * 8000), "markdown", 10, 1
    ),
    "thousands of ids given twice": Plant(
        A, article("<a id=a></a>\n\n" * 4000), "duplicate-id", 12, 4
    ),
    "fences, each longer than the one before": Plant(
        A, article("\n".join("`" * n + " x" for n in range(3, 300))), "unclosed-fence", 10, 1
    ),
    "thousands of control characters": Plant(
        A, article("a\x01" * 50_000), "control-character", 10, 2
    ),
    "thousands of filters that do not exist": Plant(
        PAGE, template("{{ x | uper }}" * 1000), "template-syntax", AT_TITLE[0], AT_TITLE[1] + 7
    ),
    "a table of other columns than it says": Plant(
        A,
        article("|" + " a |" * 1000 + "\n|" + " --- |" * 999 + "\n|" + " b |" * 1000),
        "table-syntax",
        11,
        1,
    ),
    "brackets of YAML": Plant(A, article("Text.", "faq: " + "[" * 50_000), "yaml-depth", 7, 25),
    "brackets in a table": Plant(JOBS, table("[" * 500 + "]" * 500), "yaml-depth", 9, 27),
    "keys of YAML": Plant(
        A, article("Text.", "".join(" " * n + "a:\n" for n in range(200))), "yaml-depth", 27, 21
    ),
    "YAML that multiplies": Plant(
        A, article("Text.", "a: &a [x, x]\nb: &b [*a, *a]"), "yaml-alias", 8, 8
    ),
    "YAML that runs a program": Plant(
        A, article("Text.", "a: !!python/object/apply:os.system [ls]"), "yaml-tag", 7, 4
    ),
    "YAML in binary": Plant(A, article("Text.", "a: !!binary aGVsbG8="), "yaml-tag", 7, 4),
    "a list as a key": Plant(A, article("Text.", "? [a, b]\n: c"), "yaml-syntax", 7, 3),
    "a directive of YAML": Plant(A, article("Text.", "%YAML 1.2"), "yaml-syntax", 7, 9),
    # no text
    "NUL in the text": Plant(A, article("a\0b"), "control-character", 10, 2),
    "a symbol of a terminal": Plant(A, article("a\x1b[31mb"), "control-character", 10, 2),
    "UTF-16": Plant(A, article("Text.").decode().encode("utf-16"), "not-utf-8", 1, 1),
    "UTF-16 without its mark": Plant(
        A, article("Text.").decode().encode("utf-16-le"), "control-character", 1, 2
    ),
    "UTF-32": Plant(A, article("Text.").decode().encode("utf-32"), "not-utf-8", 1, 1),
    "half of a surrogate pair": Plant(
        A, article("Text.").replace(b"Text", b"a\xed\xa0\x80"), "not-utf-8", 10, 2
    ),
    "a letter in too many bytes": Plant(
        A, article("Text.").replace(b"Text", b"a\xc0\xaf"), "not-utf-8", 10, 2
    ),
    "Latin-1": Plant(A, article("Text.").replace(b"Text", b"caf\xe9"), "not-utf-8", 10, 4),
    "two byte order marks": Plant(
        A, b"\xef\xbb\xbf" * 2 + article("Text."), "front-matter-delimiter", 1, 1
    ),
    "bytes as a table": Plant(JOBS, bytes(range(32, 256)), "not-utf-8", 1, 97),
    "a template in UTF-16": Plant(PAGE, template("x").decode().encode("utf-16"), "not-utf-8", 1, 1),
    # line ends of other systems
    "a fault among Windows' line ends": Plant(
        A, article("[x](no.md)").replace(b"\n", b"\r\n"), "broken-link", 10, 5
    ),
    "a fault among old Macintosh's": Plant(
        A, article("[x](no.md)").replace(b"\n", b"\r"), "broken-link", 10, 5
    ),
    "a fault among both": Plant(
        A, article("[x](no.md)").replace(b"\n", b"\r\n", 4), "broken-link", 10, 5
    ),
    "a fault behind a byte order mark": Plant(
        A, b"\xef\xbb\xbf" + article("[x](no.md)"), "broken-link", 10, 5
    ),
    "a table of Windows": Plant(
        JOBS, table("many").replace(b"\n", b"\r\n"), "wrong-type", 9, 8
    ),
    "a template of Windows": Plant(
        PAGE,
        template("{{ page.titel }}").replace(b"\n", b"\r\n"),
        "template-undefined",
        AT_TITLE[0],
        AT_TITLE[1] + len("{{ page."),
    ),
    # numbers and dates beyond all bounds
    "a number of many digits": Plant(JOBS, table("9" * 5000), "wrong-type", 9, 8),
    "a number beyond all numbers": Plant(JOBS, table("1e999999"), "wrong-type", 9, 8),
    "a number next to nothing": Plant(JOBS, table("1e-999999"), "wrong-type", 9, 8),
    "the year 0": Plant(A, post(date="0000-01-01"), "invalid-date", 4, 7),
    "the year 1": Plant(A, post(date="0001-01-01 00:00"), "invalid-date", 4, 7),
    "the last minute of all years": Plant(A, post(date="9999-12-31 23:59"), "invalid-date", 4, 7),
    "the year 99999": Plant(A, post(date="99999-01-01"), "invalid-date", 4, 7),
    # pictures
    "a picture as large as a field": Plant(
        PICTURE, png(60_000, 60_000), "oversized-image", 10, 6, A
    ),
    "a picture of too many pixels": Plant(
        PICTURE, png(15_000, 15_000), "oversized-image", 10, 6, A
    ),
    "a picture cut off": Plant(PICTURE, png(100, 100), "damaged-image", 10, 6, A),
    "a photograph cut off": Plant(PICTURE, jpeg()[:2000], "damaged-image", 10, 6, A),
    "an empty picture": Plant(PICTURE, b"", "damaged-image", 10, 6, A),
    "a picture without height": Plant(PICTURE, png(1, 0), "damaged-image", 10, 6, A),
    "a page in place of a picture": Plant(PICTURE, b"<html></html>", "damaged-image", 10, 6, A),
    "a photograph under a wrong name": Plant(PICTURE, jpeg(), "image-format", 10, 6, A),
    "a drawing that multiplies": Plant(DRAWING, entities(), "damaged-image", 10, 6, A),
    "a drawing that reads files": Plant(
        DRAWING,
        b'<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/hostname">]>' + SVG + b">&x;</svg>",
        "damaged-image", 10, 6, A,
    ),
    "a picture outside the site": Plant(
        A, article("![x](../../../map.png)"), "missing-image", 10, 6
    ),
    "a picture on somebody's disk": Plant(
        A, article("![x](file:///C:/x.png)"), "link-scheme", 10, 6
    ),
    "a picture in Windows' way": Plant(A, article("![x](..\\x.png)"), "missing-image", 10, 6),
    # templates that never end
    "a template that extends itself": Plant(
        PAGE, b"{% extends 'article.html' %}", "template-error", 1, 1
    ),
    "a macro that calls itself": Plant(
        PAGE,
        template("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}"),
        "template-error",
        *AT_TITLE,
    ),
    "a loop without an end": Plant(
        PAGE,
        template("{% for n in range(10 ** 12) %}x{% endfor %}"),
        "template-undefined",
        AT_TITLE[0],
        AT_TITLE[1] + len("{% for n in "),
    ),
    "a text without an end": Plant(
        PAGE, template("{{ 'x' * 10 ** 15 }}"), "template-error", *AT_TITLE
    ),
    "brackets without an end": Plant(
        PAGE, template("{{ " + "(" * 5000 + "1" + ")" * 5000 + " }}"), "template-syntax"
    ),
    "an expression that is never closed": Plant(
        PAGE, template("{{ page.title"), "template-syntax", AT_TITLE[0] + 1, 5
    ),
    "a comment that is never closed": Plant(
        PAGE, template("{# page.title"), "template-syntax", *AT_TITLE
    ),
    "the end of another tag": Plant(
        PAGE, template("{% if page %}{% endfor %}"), "template-syntax", *AT_TITLE
    ),
    "a part given twice": Plant(
        PAGE,
        template("{% block x %}{% endblock %}{% block x %}{% endblock %}"),
        "template-syntax",
        *AT_TITLE,
    ),
    "a text that is called": Plant(
        PAGE, template("{{ page.title() }}"), "template-error", *AT_TITLE
    ),
    "a filter that does not exist": Plant(
        PAGE,
        template("{{ page.title | uper }}"),
        "template-syntax",
        AT_TITLE[0],
        AT_TITLE[1] + len("{{ page.title | "),
    ),
    # names
    "a space in a name": Plant("content/articles/a b.md", article("Text."), "invalid-file-name"),
    "a control character in a name": Plant(
        "content/articles/a\x01b.md", article("Text."), "invalid-file-name"
    ),
    "capital letters in a name": Plant(
        "content/articles/First.md", article("Text."), "invalid-file-name"
    ),
}  # fmt: skip


def planted(plant: Plant) -> dict[str, bytes]:
    """A site with the broken file, and an article that shows the picture."""
    name = plant.path.rpartition("/")[2]
    files = {A: article(f"![A]({name})") if plant.at else post()}
    return dict(sorted({**sources(), **files, plant.path: plant.content}.items()))


@pytest.mark.parametrize("plant", PLANTS.values(), ids=PLANTS)
def test_what_nobody_would_write_is_named_at_its_place(plant: Plant) -> None:
    found = built(planted(plant)).diagnostics

    place = (plant.code, plant.at or plant.path, plant.line, plant.column)
    assert place in [(one.code, *one.span[:3]) for one in found]
    assert all(one.hint for one in found if (one.code, *one.span[:3]) == place)


def test_a_drawing_of_a_size_beyond_all_numbers_has_none() -> None:
    drawing = SVG + b' viewBox="0 0 1 ' + b"9" * 400 + b'"/>'

    assert built(planted(Plant(DRAWING, drawing, "", at=A))).diagnostics == ()


def test_of_thousands_of_wrong_keys_the_first_are_told() -> None:
    keys = b"".join(b"k%d: x\n" % number for number in range(20_000))
    settings = sources()["site.yaml"]

    found = configuration.read(settings + keys).diagnostics

    assert {one.code for one in found} == {"unknown-key"}
    assert len(found) == MAX_FINDINGS
    assert found[0].span[:3] == ("site.yaml", settings.count(b"\n") + 1, 1)


LONG = {
    "footnotes that name each other": "x[^0]\n\n"
    + "\n\n".join(f"[^{n}]: a[^{n + 1}]" for n in range(1000))
    + "[^0]\n\n[^1000]: b[^1]",
    "a footnote with thousands of marks": "x[^1]\n\n" * 1000 + "[^1]: a",
    "thousands of headings with the same words": "## A\n\n" * 5000,
    "thousands of list items": "- a\n" * 5000,
    "thousands of list items with text": "- a\n\n    b\n\n" * 3000,
    "a table of thousands of rows": "| a | b |\n|---|---|\n" + "| a | b |\n" * 5000,
    "thousands of addresses defined": "[x][3]\n\n" + "".join(f"[{n}]: /\n" for n in range(5000)),
    "thousands of paragraphs": "A paragraph.\n\n" * 10_000,
    "thousands of definitions": "\n\n".join(f"a{n}\n: b" for n in range(1000)),
    "hundreds of thousands of letters": "word " * 60_000,
    "a long line of digits": "1" * 200_000,
    "thousands of line ends": "a" + "\n" * 50_000 + "b",
    "a heading of spaces": "## a {" + " " * 50_000 + "b",
    "thousands of spaces": "a" + " " * 200_000 + "b",
}


@pytest.mark.parametrize("body", LONG.values(), ids=LONG)
def test_what_is_only_long_is_shown(body: str) -> None:
    built_site = built({**sources(), A: article(body)})

    assert built_site.diagnostics == ()
    assert any(output.path == "blog/a/index.html" for output in built_site.value.outputs)


def test_a_chart_given_a_thousand_times_is_drawn_once() -> None:
    files = {A: article("{{ chart jobs.level }}\n\n" * 1000), JOBS: JOBS_TEXT.encode()}

    found = built({**sources(), **files}).diagnostics

    assert {one.code for one in found} == {"duplicate-chart"}
    assert [one.span.line for one in found] == [*range(12, 10 + 2 * 1000, 2)]


def test_a_data_table_of_thousands_of_records_is_read() -> None:
    records = "".join(f"  r{n}:\n    label: R {n}\n    n: {n}\n" for n in range(5000))
    text = (
        "title: T\ndescription: D.\nas_of: 2026-04-22\nsource: {name: S, retrieved: 2026-04-22}\n"
        f"columns:\n  n: {{type: number, label: N}}\nrecords:\n{records}"
    )

    read = table_reader.read(JOBS, text.encode())

    assert read.diagnostics == ()
    assert read.value is not None
