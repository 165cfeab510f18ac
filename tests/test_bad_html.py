"""Every slip and trick in HTML that we could think of, each planted in one file of a small site.

``⟦…⟧`` in the new text marks where the error must point. Tricks on the level of single signs are in
tests/attacks.py; here they stand wherever an editor's words reach a page.
"""

from __future__ import annotations

import re
from typing import NamedTuple

import pytest

from tests.samples import COUNTRY, SETTINGS, built, post, sources
from tests.tables import JOBS_TEXT

ARTICLE, PROFILE = "content/articles/a.md", "content/countries/c.md"
PAGE, JOBS = "content/pages/p.md", "content/data/jobs.yaml"

MORE = """\
faq:
  - question: Is it so?
    answer: Yes, it is.
  - question: And this?
    answer: >-
      No, on the
      whole.
"""
BODY = """\
One of {{ jobs.total }} words.

!!! note "A title"
    A callout.

| a | b |
| --- | --- |
| c | d |

A note[^n] and *stress*.

[^n]: The note.
"""
VISA = "visas: [{name: A visa, how: It works so., source: facts}]\n"
FILES = {
    ARTICLE: post("A title", body=BODY, more=MORE).decode(),
    PROFILE: post(
        "A country", body="Text.", more=COUNTRY.format(code="DE", hub="A city") + VISA
    ).decode(),
    PAGE: "---\ntitle: A page\ndescription: About us.\nupdated: 2026-01-01\n---\n\nWe are here.\n",
    JOBS: JOBS_TEXT,
}
SHOWING = SETTINGS + "embeds: [https://player.example]\n"
SRC = 'src="https://player.example/a"'


class Plant(NamedTuple):
    """``old`` in the file at ``path`` becomes ``new``; then a build must say ``code`` and what
    helps.
    """

    path: str
    old: str
    new: str
    code: str
    hint: str


def body(new: str, code: str, hint: str) -> Plant:
    """A plant of its own in the article's text."""
    return Plant(ARTICLE, "One of", f"{new}\n\nOne of", code, hint)


NO_SCRIPTS = "take it out: scripts of articles do not run"
THEME = "take it out: what pages look like is the theme's affair, in static/"
HEAD = "take it out: the head of a page is the theme's affair"
FORM = "link to the page that has the form"
FRAME = "use an <iframe> of a site that stands under 'embeds' in site.yaml, or a link"
CALLOUT = 'take it out, and use a callout (!!! note "Title") or a class of the theme'
HTML, SCHEME = "unsupported-html", "link-scheme"

PLANTS = {
    # elements
    "a script": body("⟦<script>⟧x()</script>", HTML, NO_SCRIPTS),
    "a script from elsewhere": body('⟦<script src="//x.test/">⟧</script>', HTML, NO_SCRIPTS),
    "styles": body("⟦<style>⟧p { color: red }</style>", HTML, THEME),
    "a style sheet": body("⟦<link rel=stylesheet href=x.css>⟧", HTML, HEAD),
    "a redirect": body('⟦<meta http-equiv=refresh content="0;url=x">⟧', HTML, HEAD),
    "another base for addresses": body("⟦<base href=//x.test/>⟧", HTML, HEAD),
    "a form": body("⟦<form action=/x>⟧</form>", HTML, FORM),
    "a button": body("A ⟦<button>⟧x</button>.", HTML, FORM),
    "a plug-in": body("⟦<object data=x.swf>⟧</object>", HTML, FRAME),
    "a drawing": body(
        "⟦<svg onload=x()>⟧</svg>", HTML,
        "save the drawing beside the article and show it: ![What it shows](drawing.svg)",
    ),
    "a formula": body(
        "A ⟦<math>⟧</math>.", HTML, "write the formula as `code`, or show it as a picture"
    ),
    "a second main part": body(
        "⟦<main>⟧x</main>", HTML, "write <section>: the page has its <main> already"
    ),
    "old fashion": body("⟦<center>⟧x</center>", HTML, THEME),
    "a misspelt element": body(
        "⟦<detials>⟧x</detials>", HTML,
        "did you mean 'details'?; for signs that are no tag write &lt;, or `code`",
    ),
    "code that is no tag": body(
        "A List⟦<Integer>⟧.", HTML,
        "take it out, or write it in Markdown; for signs that are no tag write &lt;, or `code`",
    ),
    "a tag of a word processor": body(
        "A ⟦<o:p>⟧word</o:p>.", HTML, "take it out, or write it in Markdown"
    ),
    "a pasted declaration": body("⟦<!DOCTYPE html>⟧", HTML, "take it out"),
    # attributes
    "a handler": body("<b ⟦onclick=x()⟧>x</b>", HTML, NO_SCRIPTS),
    "a handler in capitals": body('<b ⟦ONMOUSEOVER="x()"⟧>x</b>', HTML, NO_SCRIPTS),
    "a handler behind a slash": body("<b/⟦onclick=x()⟧>x</b>", HTML, NO_SCRIPTS),
    "colours": body('<p ⟦style="color: red"⟧>x</p>', HTML, CALLOUT),
    "another window": body(
        '<a href="https://x.example" ⟦target="_blank"⟧>x</a>', HTML,
        "take it out: readers choose where a link opens",
    ),
    "an old anchor": body('<a ⟦name="x"⟧></a>', HTML,
        'write id="…" instead, if links lead here; else take it out',
    ),
    "a misspelt attribute": body('<p ⟦tilte="x"⟧>x</p>', HTML, "did you mean 'title'?"),
    "data for scripts": body(
        "<p ⟦data-x=1⟧>x</p>", HTML, "take it out: nothing here reads it"
    ),
    "an attribute twice": body(
        '<p class="a" ⟦class="b"⟧>x</p>', "html-syntax", "write one, with all that belongs in it"
    ),
    "a handler in an attribute list": Plant(
        ARTICLE, "*stress*", '*stress*{: ⟦onclick="x()"⟧ }', HTML, NO_SCRIPTS
    ),
    "colours in an attribute list": Plant(
        ARTICLE, "*stress*", '*stress*{: .a ⟦style="x"⟧ }', HTML, CALLOUT
    ),
    # addresses
    "a link that runs a script": Plant(
        ARTICLE, "*stress*", "[x](⟦javascript:x()⟧)", SCHEME, NO_SCRIPTS
    ),
    "a script behind an entity": Plant(
        ARTICLE, "*stress*", "[x](⟦java&Tab;script:x()⟧)", SCHEME, NO_SCRIPTS
    ),
    "a script in a definition": Plant(
        ARTICLE, "[^n]: The", "[^n]: [x][r]\n\n[r]: ⟦vbscript:x⟧\n\nThe", SCHEME, NO_SCRIPTS
    ),
    "a script in an attribute list's address": Plant(
        ARTICLE, "*stress*", '[x](https://x.example){: href="⟦javascript:x()⟧" }', SCHEME,
        NO_SCRIPTS,
    ),
    "data as a picture": body(
        "![A picture](⟦data:image/png;base64,AA⟧)", SCHEME,
        "save the file beside the article and write its name",
    ),
    "data as a page": body(
        '<a href="⟦data:text/html,x⟧">x</a>', SCHEME,
        "save the file beside the article and write its name",
    ),
    "no protocol": Plant(ARTICLE, "*stress*", "[x](⟦//x.test⟧)", SCHEME,
        "write all of it, from https:// on",
    ),
    # where words reach a page
    "a handler in a callout's title": Plant(
        ARTICLE, '"A title"', '"<b ⟦onclick=x()⟧>x</b>"', HTML, NO_SCRIPTS
    ),
    "a script in a callout": Plant(
        ARTICLE, "A callout", "A ⟦<script>⟧x</script> callout", HTML, NO_SCRIPTS
    ),
    "a handler in a table": Plant(
        ARTICLE, "| c |", "| <i ⟦onclick=x()⟧>c</i> |", HTML, NO_SCRIPTS
    ),
    "a handler in a footnote": Plant(
        ARTICLE, "The note", "The <i ⟦onclick=x()⟧>note</i>", HTML, NO_SCRIPTS
    ),
    "a handler around a figure": Plant(
        ARTICLE, "{{ jobs", "<b ⟦onclick=x()⟧></b>{{ jobs", HTML, NO_SCRIPTS
    ),
    "a figure in a handler": Plant(
        ARTICLE, "One of", '<b ⟦onclick="{{ jobs.total }}"⟧>x</b> One of', HTML, NO_SCRIPTS
    ),
    "a script in an answer": Plant(
        ARTICLE, "answer: Yes, it", "answer: Yes, ⟦<script>⟧x</script> it", HTML, NO_SCRIPTS
    ),
    "a link that runs a script, in an answer": Plant(
        ARTICLE, "answer: Yes, it", "answer: Yes, [x](⟦javascript:x⟧) it", SCHEME, NO_SCRIPTS
    ),
    "colours in an answer of several lines": Plant(
        ARTICLE, ">-\n      No, on", "⟦>-\n      No, <b style=x>on</b>", HTML, CALLOUT
    ),
    "a script about a visa": Plant(
        PROFILE, "how: It works", "how: It <b ⟦onclick=x⟧>works</b>", HTML, NO_SCRIPTS
    ),
    "a script on a page": Plant(
        PAGE, "We are", "We ⟦<script>⟧x</script> are", HTML, NO_SCRIPTS
    ),
    "a source that runs a script": Plant(
        PROFILE, "name: A book of facts", "name: A book of facts, url: ⟦javascript:x⟧",
        "invalid-url", "write all of it, from https:// on, with %20 for a space",
    ),
    "a table's source that runs a script": Plant(
        JOBS, "source:\n", "source:\n  url: ⟦javascript:x⟧\n",
        "invalid-url", "write all of it, from https:// on, with %20 for a space",
    ),
    # frames
    "a frame of another site": body(
        '<iframe src="⟦https://plaxer.example/a⟧" title=x></iframe>', "unknown-embed",
        "did you mean https://player.example? If not, add https://plaxer.example under 'embeds' in "
        "site.yaml, or link to it",
    ),
    "a frame without protection": body(
        '<iframe src="⟦http://player.example/a⟧" title=x></iframe>', "unknown-embed",
        "write https://player.example",
    ),
    "a frame of our own": body(
        '<iframe src="⟦/data/⟧" title=x></iframe>', "unknown-embed",
        "link to it, or write all of it, from https:// on",
    ),
    "a frame of words": body(
        f'<iframe {SRC} ⟦srcdoc="x"⟧ title=x></iframe>', HTML,
        "give the address of the page, as src",
    ),
    "a frame without a title": body(
        f"⟦<iframe {SRC}></iframe>", "embed-title", 'say what it shows: title="…"'
    ),
    "a frame in a sentence": body(
        f"See ⟦<iframe {SRC} title=x></iframe> there.", "embed-place",
        "put it there, with an empty line above and below it",
    ),
    "a frame that is never closed": body(
        f"⟦<iframe⟧ {SRC} title=x>", "html-syntax", "write </iframe>"
    ),
    "a frame in an answer": Plant(
        ARTICLE, "answer: Yes, it", f"answer: Yes, ⟦<iframe {SRC} title=x></iframe>", "embed-place",
        "put it there, with an empty line above and below it",
    ),
    # what browsers would read otherwise
    "words between the rows of a table": body(
        "⟦<table>⟧<b>x</b><tr><td>y</td></tr></table>", "ambiguous-html",
        "put it into a cell, between <td> and </td>, or in front of <table>",
    ),
    "a cell without a table": body(
        "<tr>⟦<td>⟧y</td></tr>", "ambiguous-html",
        "put it between <table> and </table>, cells in rows: <tr><td>…</td></tr>",
    ),
    "a block in a line": body(
        "A ⟦<b>⟧b <p>c</p></b>", "ambiguous-html",
        "close each tag inside of what it was opened in, and write &lt; for the sign itself",
    ),
    "signs that are none": body(
        "<p>⟦&#xFDD0;⟧1&#xFDD1;</p>", "ambiguous-html", "take it out"
    ),
}  # fmt: skip


def planted(plant: Plant) -> tuple[dict[str, bytes], tuple[str, int, int]]:
    """The site's files with the mistake, and the path, line and column that must be named."""
    text = FILES[plant.path]
    assert text.count(plant.old) == 1, "the text to replace must be there once"
    marked = text.replace(plant.old, plant.new)
    before = marked.partition("⟦")[0]
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    files = {**FILES, plant.path: re.sub("[⟦⟧]", "", marked)}
    encoded = {path.removeprefix("content/"): one.encode() for path, one in files.items()}
    return sources(encoded, SHOWING), (plant.path, line, column)


@pytest.mark.parametrize("plant", PLANTS.values(), ids=PLANTS)
def test_a_planted_mistake_is_found_where_it_is_with_what_helps(plant: Plant) -> None:
    files, place = planted(plant)
    found = built(files).diagnostics

    assert (plant.code, *place, plant.hint) in [
        (one.code, *one.span[:3], one.hint) for one in found
    ]
    assert {one.span.path for one in found} == {plant.path}


def test_without_a_mistake_nothing_is_said() -> None:
    files = {path.removeprefix("content/"): text.encode() for path, text in FILES.items()}
    assert built(sources(files, SHOWING)).diagnostics == ()
