"""Notes that open in place: buttons for marks, and popovers for what they open."""

from __future__ import annotations

import re

from markupsafe import Markup

from aicareers_site.notes import footnotes, with_buttons
from aicareers_site.view_parts import FootnoteEntry
from tests.samples import outputs, post, sources

SOURCES = """\
sources:
  - id: survey
    name: A survey
    retrieved: 2026-04-22
"""

BODY = """\
Two thirds[@survey] said so.[^law] Many more did not.[^law]

[^law]: Not legal advice, see *there*[@survey].

    A second paragraph.
"""


def pages() -> dict[str, str]:
    made = outputs(sources({"articles/a.md": post(body=BODY, more=SOURCES)}))
    return {
        path: content.decode() for path, content in made.items() if path.endswith((".html", ".xml"))
    }


def test_the_mark_of_a_source_becomes_a_button_that_keeps_its_id() -> None:
    html = '<a class="citation" id="cite:survey:2" href="#source:survey"><span>Source </span>1</a>'

    assert with_buttons(html) == (
        '<button type="button" class="citation" id="cite:survey:2"'
        ' popovertarget="note:source:survey"><span>Source </span>1</button>'
    )


def test_the_mark_of_a_footnote_becomes_a_button_with_a_name() -> None:
    html = '<sup id="fnref:3"><a class="footnote-ref" href="#fn:3">3</a></sup>'

    assert with_buttons(html) == (
        '<sup id="fnref:3">\u2060<button type="button" class="footnote-ref"'
        ' popovertarget="note:fn:3">'
        '<span class="visually-hidden">Footnote </span>3</button>\u2060</sup>'
    )


def test_other_links_stay_links() -> None:
    html = '<a class="citation">?</a> <a href="#source:survey">the survey</a>'

    assert with_buttons(html) == html


def test_footnotes_come_without_ids_and_links_back() -> None:
    html = (
        '<p>Text</p>\n<div class="footnote" role="doc-endnotes">\n<ol>\n'
        '<li id="fn:1">\n<p>One <em id="x">there</em>.</p>\n<ul>\n<li>An entry</li>\n</ul>\n'
        '<p>Two&#160;<a class="footnote-backref" href="#fnref:1" title="Back">&#8617;</a>'
        '<a class="footnote-backref" href="#fnref2:1" title="Back">&#8617;</a></p>\n</li>\n'
        '<li id="fn:2">\n<p>Short.&#160;<a class="footnote-backref" href="#fnref:2">&#8617;</a></p>'
        "\n</li>\n</ol>\n</div>"
    )

    assert footnotes(html) == (
        FootnoteEntry(
            "1",
            "note:fn:1",
            Markup("<p>One <em>there</em>.</p>\n<ul>\n<li>An entry</li>\n</ul>\n<p>Two</p>"),
        ),
        FootnoteEntry("2", "note:fn:2", Markup("<p>Short.</p>")),
    )


def test_every_button_on_a_page_opens_something_that_is_there_once() -> None:
    page = pages()["blog/a/index.html"]
    targets = set(re.findall(r'popovertarget="([^"]*)"', page))

    assert targets == {"note:source:survey", "note:fn:1"}
    ids = re.findall(r' id="([^"]*)"', page)
    assert len(ids) == len(set(ids))
    assert targets <= set(ids)


def test_the_lists_below_the_text_stay() -> None:
    page = pages()["blog/a/index.html"]

    assert '<li id="fn:1">' in page
    assert '<li id="source:survey" value="1">' in page
    assert 'href="#cite:survey:1"' in page


def test_in_feeds_marks_are_links() -> None:
    feed = pages()["feed.xml"]

    assert "popovertarget" not in feed
    assert "/blog/a/#fn:1" in feed
    assert "/blog/a/#source:survey" in feed
