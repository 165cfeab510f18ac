"""What a script refers to; it is published as it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aicareers_site import script_links
from aicareers_site.asset_links import Job, Read
from aicareers_site.diagnostics import Span
from aicareers_site.fingerprints import Keyed


def read(script: str | bytes) -> Read:
    content = script if isinstance(script, bytes) else script.encode()
    return script_links.read(Job("static/a.js", Keyed(content)))


def links(script: str) -> list[str]:
    return [link.address for link in read(script).head.value]


@pytest.mark.parametrize(
    ("script", "addresses"),
    [
        ("import './a.js'", ["./a.js"]),
        ('import a, { b as c } from "../a.js";', ["../a.js"]),
        ("import*as a from'./a.js'", ["./a.js"]),
        ("export * from '/a.js'; export {b} from './b.mjs'", ["/a.js", "./b.mjs"]),
        ("import a from './a.json' with { type: 'json' }", ["./a.json"]),
        ("const a = await import('./a.js')", ["./a.js"]),
        ("import(/* why */ './a.js').then(b)", ["./a.js"]),
        ("new URL('a.png', import.meta.url)", ["a.png"]),
        ("import.meta.resolve('./a.js')", ["./a.js"]),
        ("`${import('./a.js')} ${`${import('./b.js')}`}`", ["./a.js", "./b.js"]),
        # What could hide the rest of a script.
        ("a = /[/'\"`]/g; import './a.js'", ["./a.js"]),
        ("if (a) /'/.test(b); import './a.js'", ["./a.js"]),
        ("return /'/\nimport './a.js'", ["./a.js"]),
        ("a = b / c; d = '/'; import './a.js'", ["./a.js"]),
        ("a = (b) / 2; c++ / 2; d[0] / 2; import './a.js' // '", ["./a.js"]),
        ("a = 'it\\'s'; import './a.js'", ["./a.js"]),
        ("a = 'never closed\nimport './a.js'", ["./a.js"]),
        ("a = `\\`${{b: '}'}}`; import './a.js'", ["./a.js"]),
    ],
)
def test_what_a_script_refers_to_is_found(script: str, addresses: list[str]) -> None:
    assert links(script) == addresses


@pytest.mark.parametrize(
    "script",
    [
        "// import './a.js'",
        "/* import './a.js' */",
        "a = \"import './a.js'\"",
        "`import './a.js'`",
        "a = /import '.\\/a.js'/",
        "import 'package'; import a from 'package/a.js'",
        "import 'https://example.org/a.js'; import '//example.org/a.js'",
        "import(a); import(`./${a}.js`)",
        "this.import('./a.js'); Array.from('./a.js')",
        "new URL('a.png', location)",
        "fetch('./a.json')",
    ],
)
def test_nothing_else_is_taken_for_an_address(script: str) -> None:
    assert links(script) == []


def test_an_address_has_its_place() -> None:
    (link,) = read("// ü\r\n  import './é.js';\n").head.value
    assert link.span == Span("static/a.js", 2, 11, 17)
    assert read("// ü\r\n  import './é.js';\n").body[link.start : link.end].decode() == "./é.js"


PIECES = [
    *("import", "from", "export", "meta", "new", "URL", "a", "1", "'./a.js'", '"', "'", "`", "\\"),
    *("//", "/*", "*/", "/", " ", "\n", "${", "{", "}", "(", ")", "[", "]", ".", ";", "="),
]


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join) | st.binary(max_size=100))
def test_any_script_is_published_as_it_is(script: str | bytes) -> None:
    made = read(script)
    assert made.body == (script if isinstance(script, bytes) else script.encode())
    for link in made.head.value:
        assert made.body[link.start : link.end].decode() == link.address
