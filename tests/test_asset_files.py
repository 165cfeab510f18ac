"""Styles, scripts and fonts under names that change with them."""

from __future__ import annotations

import pytest

from aicareers_site import asset_files
from aicareers_site.diagnostics import Outcome, Span
from aicareers_site.executor import InMemory, Serial
from aicareers_site.serving import is_immutable, unfingerprinted
from aicareers_site.urls import Urls, published_path

FONT = b"wOF2"


def made(**texts: str | bytes) -> Outcome[asset_files.Assets]:
    """What is made of files of static/: double underscores in their names stand for slashes."""
    files = {name_of(key): bytes_of(text) for key, text in texts.items()}
    published = {published_path(path): path for path in files}
    exists = {*published, "/media/map.png", "/about/"}.__contains__
    return asset_files.made(published, files, exists, InMemory(Serial()))


def name_of(key: str) -> str:
    name, _, suffix = key.replace("__", "/").rpartition("_")
    return f"static/{name}.{suffix}"


def bytes_of(text: str | bytes) -> bytes:
    return text if isinstance(text, bytes) else text.encode()


def names(**texts: str | bytes) -> dict[str, str]:
    """The paths of the files with a fingerprint, by the paths without."""
    outcome = made(**texts)
    assert outcome.diagnostics == ()
    return {unfingerprinted(one.path) or "": one.path for one in outcome.value.outputs}


def contents(**texts: str | bytes) -> dict[str, str]:
    """Their texts, with the same names for all fingerprints."""
    outcome = made(**texts)
    found = {one.path: one.content().decode() for one in outcome.value.outputs}
    for path in found:
        name, digits, suffix = path.rpartition("/")[2].rsplit(".", 2)
        found = {
            other: text.replace(f"{name}.{digits}.{suffix}", f"{name}.#.{suffix}")
            for other, text in found.items()
        }
    return {unfingerprinted(path) or "": text for path, text in found.items()}


def codes(**texts: str | bytes) -> list[tuple[str, Span, str]]:
    return [(one.code, one.span, one.hint) for one in made(**texts).diagnostics]


def test_styles_scripts_and_fonts_have_a_fingerprint_and_other_files_have_none() -> None:
    found = names(site_css="a{}", menu_js="", fonts__a_woff2=FONT, icon_png=b"", notes_pdf=b"")
    assert found.keys() == {"site.css", "menu.js", "fonts/a.woff2"}
    assert all(map(is_immutable, found.values()))


def test_a_picture_has_one_where_a_style_refers_to_it() -> None:
    found = names(site_css="a{b:url(icon.png)}", icon_png=b"", other_png=b"")
    assert found.keys() == {"site.css", "icon.png"}


def test_links_lead_to_the_files_with_a_fingerprint() -> None:
    found = contents(
        parts__site_css='@import "./b.css";a{b:url(../fonts/a.woff2?x#y);c:url(data:,d)}',
        parts__b_css="a{b:url(/icon.png)}",
        fonts__a_woff2=FONT,
        icon_png=b"",
        menu_js="import './parts/b.js'; const a = new URL('icon.png', import.meta.url)",
        parts__b_js="export * from '../c.js'",
        c_js="",
    )
    assert found == {
        "parts/site.css": '@import "./b.#.css";a{b:url(../fonts/a.#.woff2?x#y);c:url(data:,d)}',
        "parts/b.css": "a{b:url(../icon.#.png)}",
        "fonts/a.woff2": "wOF2",
        "icon.png": "",
        "menu.js": "import './parts/b.#.js'; const a = new URL('icon.#.png', import.meta.url)",
        "parts/b.js": "export * from '../c.#.js'",
        "c.js": "",
    }


def test_what_the_site_has_otherwise_is_linked_without_and_works_below_a_path() -> None:
    found = contents(a__site_css="a{b:url(/media/map.png);c:url(../media/map.png)}")
    assert found == {"a/site.css": "a{b:url(../media/map.png);c:url(../media/map.png)}"}


def test_names_of_files_are_encoded() -> None:
    files = {"static/a.css": "a{b:url('ü b.png')}".encode(), "static/ü b.png": b""}
    published = {published_path(path): path for path in files}
    outcome = asset_files.made(published, files, published.__contains__, InMemory(Serial()))
    assert outcome.diagnostics == ()
    style, picture = outcome.value.outputs
    assert picture.path.startswith("ü b.")
    assert published_path(f"static/{picture.path}")[1:].encode() in style.content()


def test_a_font_changes_the_name_of_the_styles_that_need_it_and_of_no_other() -> None:
    theme = {
        "a_css": '@import "b.css";',
        "b_css": "a{b:url(f.woff2)}",
        "c_css": "a{}",
        "f_woff2": "one",
    }
    before, after = names(**theme), names(**theme | {"f_woff2": "two"})
    assert {path for path in before if before[path] != after[path]} == {"a.css", "b.css", "f.woff2"}


def test_a_comment_changes_no_name() -> None:
    assert names(a_css="a { b: c }") == names(a_css="/* Why. */ a { b: c }")


def test_two_files_with_the_same_bytes_have_two_names() -> None:
    assert len(set(names(a_css="a{}", b_css="a{}").values())) == 2


def test_scripts_may_import_each_other() -> None:
    circle = {"a_js": "import './b.js'", "b_js": "import './a.js'"}
    found = contents(**circle)
    assert found == {"a.js": "import './b.#.js'", "b.js": "import './a.#.js'"}
    after = names(**circle | {"a_js": "import './b.js';"})
    assert not set(names(**circle).values()) & set(after.values())


def test_a_link_to_nothing_is_an_error_with_its_place() -> None:
    found = codes(site_css="a {}\nb { c: url(fonts/newsreder.woff2) }", fonts__newsreader_woff2="")
    hint = "did you mean 'fonts/newsreader.woff2'?"
    assert found == [("missing-asset", Span("static/site.css", 2, 12, 33), hint)]
    found = codes(a_js="import './bb.js'", b_js="")
    assert found == [
        ("missing-asset", Span("static/a.js", 1, 9, 16), "did you mean './b.js'?"),
    ]


@pytest.mark.parametrize("address", ["../../site.yaml", "../etc/passwd", "/a/../../b", ".css", "%"])
def test_no_address_leads_out_of_the_site(address: str) -> None:
    assert [code for code, *_ in codes(a_css=f"a{{b:url('{address}')}}")] == ["missing-asset"]


@pytest.mark.parametrize("address", ["./", "../data/", "/pagefind/pagefind.js", "/about/"])
def test_folders_and_the_search_index_are_no_mistakes(address: str) -> None:
    assert codes(a_js=f"new URL('{address}', import.meta.url)") == []


def test_styles_that_import_each_other_are_an_error_told_once() -> None:
    found = codes(a_css='@import "b.css";', b_css='@import "c.css";', c_css='@import "a.css";')
    hint = "leave one of the imports out: browsers pass over it"
    assert found == [("style-circle", Span("static/a.css", 1, 10, 15), hint)]
    assert [code for code, *_ in codes(a_css="@import 'a.css';")] == ["style-circle"]


def test_templates_get_the_addresses_by_name() -> None:
    published = {"/site.css": "static/site.css", "/a%20b.png": "static/a b.png",
                 "/media/c.css": "content/c.css"}  # fmt: skip
    paths = {"static/site.css": "/site.0123456789.css"}
    found = asset_files.addresses(published, paths, Urls("https://example.org/blog/"))
    assert found == {"site.css": "/blog/site.0123456789.css", "a b.png": "/blog/a%20b.png"}
