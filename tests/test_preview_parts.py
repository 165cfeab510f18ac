"""What the preview adds to pages and says to browsers."""

from __future__ import annotations

import json
from datetime import UTC

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aicareers_site.diagnostics import Diagnostic, Span
from aicareers_site.explanations import plain, shipped
from aicareers_site.preview_parts import (
    EDITORS,
    Found,
    View,
    assets,
    below,
    editor_link,
    event,
    events,
    find,
    injected,
    is_own_host,
    problem,
    ribbon,
    seen,
)
from aicareers_site.wording import Wording
from tests.samples import NOW, post
from tests.sites import record

VIEW = View("/blog/a/", "abc", "def")
SCRIPT = (
    b'<script src="/__preview/client.js" data-seen="abc" data-styles="def" data-followed="0" defer>'
    b"</script>"
)


# Hosts


@pytest.mark.parametrize(
    "host", ["localhost:8000", "127.0.0.1:8000", "[::1]:8000", "LOCALHOST:8000"]
)
def test_this_machine_is_answered(host: str) -> None:
    assert is_own_host(host, 8000)


@pytest.mark.parametrize(
    "host",
    [
        "", "localhost", "localhost:8001", "127.0.0.1", "example.org:8000",
        "localhost.example.org:8000", "127.0.0.1.nip.io:8000", "::1:8000", "127.0.0.1:8000:8000",
        "localhost:08000", "user@localhost:8000",
    ],
)  # fmt: skip
def test_no_other_host_is(host: str) -> None:
    assert not is_own_host(host, 8000)


# Addresses


NAMES = {
    *("index.html", "404.html", "blog/index.html", "media/zoë.png"),
    *("site.css", "site.0123456789.css", "zoë/a.0123456789.css"),
}


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("/", Found("index.html")),
        ("/site.css", Found("site.css")),
        ("/blog/", Found("blog/index.html")),
        ("/blog", Found(location="/blog/", status=307)),
        ("/media/zo%C3%AB.png", Found("media/zoë.png")),
        ("/site.0123456789.css", Found("site.0123456789.css")),
        ("/site.abcdefabcd.css", Found(location="/site.0123456789.css", status=307)),
        ("/zo%C3%AB/a.abcdefabcd.css", Found(location="/zo%C3%AB/a.0123456789.css", status=307)),
        ("/other.abcdefabcd.css", Found("404.html", 404)),
        ("/nothing/", Found("404.html", 404)),
        ("/../site.yaml", Found("404.html", 404)),
        ("/%2e%2e/site.yaml", Found("404.html", 404)),
        ("//etc/passwd", Found("404.html", 404)),
    ],
)
def test_a_path_leads_to_a_file_of_the_site_or_to_none(path: str, found: Found) -> None:
    assert find(NAMES, assets(NAMES), "/", path) == found


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("/", Found(location="/under/", status=307)),
        ("/under", Found(location="/under/", status=307)),
        ("/under/", Found("index.html")),
        ("/under/blog", Found(location="/under/blog/", status=307)),
        ("/under/site.abcdefabcd.css", Found(location="/under/site.0123456789.css", status=307)),
        ("/blog/", Found("404.html", 404)),
    ],
)
def test_a_site_may_be_below_a_path(path: str, found: Found) -> None:
    assert find(NAMES, assets(NAMES), "/under/", path) == found


@pytest.mark.parametrize(
    ("base_url", "path"),
    [("https://example.org/", "/"), ("https://example.org/under/", "/under/")],
)
def test_the_home_page_is_where_the_base_url_says(base_url: str, path: str) -> None:
    assert below(base_url) == path


# The page


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        (b"<body>A</body></html>", b"<body>A" + SCRIPT + b"</body></html>"),
        (b"<BODY>A</BODY\n>", b"<BODY>A" + SCRIPT + b"</BODY\n>"),
        (b"<pre></body></pre></body>", b"<pre></body></pre>" + SCRIPT + b"</body>"),
        (b"A", b"A" + SCRIPT),
    ],
)
def test_the_script_stands_at_the_end_of_the_body(page: bytes, expected: bytes) -> None:
    assert injected(page, VIEW) == expected


@given(st.binary(), st.text())
def test_without_the_script_a_page_is_what_was_built(page: bytes, words: str) -> None:
    script = injected(b"", VIEW, words)
    assert injected(page, VIEW, words).replace(script, b"", 1) == page


def test_the_ribbon_is_told_to_the_script() -> None:
    assert b' data-ribbon="&quot;Draft&quot;"' in injected(b"", VIEW, '"Draft"')


def test_pages_that_differ_in_versions_of_styles_look_the_same() -> None:
    one = b'<link href="/site.612acba1ca.css"><p>A'
    assert seen(one) == seen(one.replace(b"612", b"999"))
    assert seen(one) != seen(one.replace(b"<p>A", b"<p>B"))
    assert seen(b'<script src="/a.612acba1ca.js">') != seen(b'<script src="/a.js">')


@pytest.mark.parametrize(
    ("more", "date", "words"),
    [
        ("draft: true\n", "2026-01-01", "Draft"),
        ("draft: true\n", "2027-01-02", "Draft"),
        ("", "2027-01-02", "Will be published on 2 January 2027"),
        ("", "2026-01-01", ""),
    ],
)
def test_a_ribbon_says_why_readers_do_not_see_the_article(more: str, date: str, words: str) -> None:
    found = record("a", post(date=date, more=more))
    assert ribbon(found, NOW, Wording("en-GB", UTC)) == words


# Problems


@pytest.mark.parametrize(
    ("template", "link"),
    [
        (EDITORS["vscode"], "vscode://file/home/jo%20x/a.md:3:7"),
        ("idea://open?file={path}&line={line}", "idea://open?file=/home/jo%20x/a.md&line=3"),
        ("x:{column}{line}{other}{path}", "x:73{other}/home/jo%20x/a.md"),
    ],
)
def test_a_link_opens_the_file_at_its_place(template: str, link: str) -> None:
    assert editor_link(template, "/home/jo x/a.md", 3, 7) == link


def test_a_link_without_a_place_opens_the_file_at_its_beginning() -> None:
    assert (
        editor_link(EDITORS["vscode"], "C:\\site\\a.md", 0, 0) == "vscode://file/C:/site/a.md:1:1"
    )


def test_a_problem_says_what_the_terminal_says_and_what_its_code_means() -> None:
    found = Diagnostic(
        "unknown-key",
        "is wrong",
        Span("a.md", 2, 3, 5),
        "write it right",
        related=(Span("b.md", 1),),
    )
    explained = shipped()["unknown-key"]
    assert problem(found, {"a.md": b"one\ntwo three\n"}, "/site", EDITORS["vscode"]) == {
        "label": "error[unknown-key]",
        "message": "is wrong",
        "place": "a.md:2:3",
        "link": "vscode://file/site/a.md:2:3",
        "excerpt": " 2 | two three\n   |   ^^",
        "hint": "write it right",
        "related": "b.md:1",
        "meaning": plain(explained.meaning),
        "why": explained.why,
        "mend": explained.mend,
        "wrong": explained.wrong,
        "right": explained.right,
    }


# Events


def test_an_event_is_one_line_of_json() -> None:
    assert event("problems", ["a\nb"]) == b'event: problems\ndata: ["a\\nb"]\n\n'


PROBLEM = {"message": "is wrong"}


@pytest.mark.parametrize(
    ("now", "told"),
    [
        (VIEW, []),
        (VIEW._replace(seen="xyz"), [("reload", "xyz")]),
        (VIEW._replace(styles="xyz"), [("styles", "xyz")]),
        (VIEW._replace(problems=(PROBLEM,)), [("problems", [PROBLEM])]),
        (
            VIEW._replace(styles="x", problems=(PROBLEM,)),
            [("styles", "x"), ("problems", [PROBLEM])],
        ),
        # A page that is exchanged in place stays as it is otherwise.
        (VIEW._replace(seen="x", styles="y"), [("reload", "x"), ("styles", "y")]),
        (VIEW._replace(followed=(1, "/blog/b/"), seen="x"), [("open", "/blog/b/")]),
        (VIEW._replace(followed=(1, "/blog/a/"), seen="x"), [("reload", "x")]),
        (VIEW._replace(followed=(1, "")), []),
    ],
)
def test_a_browser_is_told_what_it_lacks(now: View, told: list[tuple[str, object]]) -> None:
    messages = [message.decode().split("\n") for message in events(VIEW, now)]
    assert [
        (name.removeprefix("event: "), json.loads(data.removeprefix("data: ")))
        for name, data, *_ in messages
    ] == told


def test_problems_that_are_mended_are_told_too() -> None:
    assert list(events(VIEW._replace(problems=(PROBLEM,)), VIEW)) == [event("problems", [])]


def test_a_change_is_followed_once() -> None:
    there = VIEW._replace(followed=(3, "/blog/b/"))
    assert list(events(there, there)) == []
