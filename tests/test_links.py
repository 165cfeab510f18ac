"""Where links lead: what a link says by itself, and what only the whole site can answer."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aicareers_site.diagnostics import Outcome, Severity, Span
from aicareers_site.links import (
    Linked,
    LinkedProse,
    Reference,
    SitePath,
    Standing,
    Target,
    check_pages,
    check_site_paths,
    file_path,
    read,
    resolve,
)
from aicareers_site.pictures import Shown
from aicareers_site.prose import Link, Prose
from aicareers_site.urls import Urls

SOURCE = "content/articles/advice.md"
PATH = "/blog/advice/"
IDS = frozenset({"why", "sources"})
PLACE = Span(SOURCE, 7, 3, 9)
TARGETS = {
    SOURCE: Target(PATH, frozenset({"why"})),
    "content/countries/germany.md": Target("/blog/germany/", frozenset({"visas"})),
    "content/articles/secret.md": Target(standing=Standing.WITHHELD, reason="a draft"),
    "content/articles/old.md": Target(standing=Standing.EXPIRED, reason="expired since 2026"),
    "content/articles/broken.md": Target(standing=Standing.FAULTY),
}
FILES = {"content/articles/chart.png", "content/articles/a b.pdf", "static/photos/berlin.jpg"}
URLS = Urls("https://sample.example/")

FILES_HERE = "known here: ../../static/photos/berlin.jpg, a b.pdf, chart.png"


class Answered(NamedTuple):
    """Prose whose only link has its address, and what else was found out on the way."""

    prose: LinkedProse
    linked: Linked

    @property
    def address(self) -> str | Shown:
        (address,) = self.prose.addresses
        return address


def references(*targets: str, embedded: bool = False) -> tuple[Reference, ...]:
    """What is left to be answered by the whole site, of links to these targets."""
    links = [Link(target, PLACE, embedded) for target in targets]
    outcome = read(SOURCE, links, IDS)
    assert outcome.diagnostics == ()
    return outcome.value[1]


def linked(target: str, *, embedded: bool = False) -> Outcome[Answered]:
    """One link, read and then resolved."""
    told = read(SOURCE, [Link(target, PLACE, embedded)], IDS)
    addresses, asked = told.value
    found = resolve(SOURCE, asked, TARGETS, FILES)
    answers = dict(enumerate(addresses)) | dict(found.value.answers)
    prose = LinkedProse(Prose('<a href="\ufdd00\ufdd1">x</a>'), PATH, tuple(answers.values()))
    return Outcome(Answered(prose, found.value), (*told.diagnostics, *found.diagnostics))


@pytest.mark.parametrize(
    ("target", "address"),
    [
        ("../countries/germany.md", "/blog/germany/"),
        ("../countries/germany.md#visas", "/blog/germany/#visas"),
        ("advice.md#why", "/blog/advice/#why"),
        ("./advice.md", "/blog/advice/"),
        ("#why", "#why"),
        ("#sources", "#sources"),
        ("chart.png", "/media/articles/chart.png"),
        ("/photos/berlin.jpg", "/photos/berlin.jpg"),
        ("a%20b.pdf#page=3", "/media/articles/a%20b.pdf#page=3"),
        ("a b.pdf", "/media/articles/a%20b.pdf"),
        ("https://example.org/?a=1&b=2", "https://example.org/?a=1&b=2"),
        ("mailto:desk@sample.example", "mailto:desk@sample.example"),
    ],
)
def test_links_lead_somewhere(target: str, address: str) -> None:
    outcome = linked(target)
    assert outcome.diagnostics == ()
    assert outcome.value.address == address


@pytest.mark.parametrize(
    ("target", "code", "hint"),
    [
        ("../countries/germny.md", "broken-link", "did you mean '../countries/germany.md'?"),
        ("../countries/germany.md#visa", "broken-anchor", "did you mean 'visas'?"),
        ("#wy", "broken-anchor", "did you mean 'why'?"),
        ("secret.md", "link-unpublished", "publish it first, or take the link out"),
        ("javascript:alert(1)", "link-scheme", "take it out: scripts of articles do not run"),
        ("//example.org/", "link-scheme", "write all of it, from https:// on"),
        ("htps://example.org/", "link-scheme", "write https:"),
        ("ftp://example.org/", "link-scheme", "use https: or mailto:"),
        ("https://[", "broken-link", "write all of it, such as https://example.org/page"),
        ("germany.md", "broken-link", "did you mean '../countries/germany.md'?"),
        ("jo@sample.example", "broken-link", "write mailto:jo@sample.example"),
        ("../berlin.JPG", "broken-link", "did you mean '../../static/photos/berlin.jpg'?"),
        ("germany/", "broken-link", "link to an article by the path of its .md file"),
        ("countries/germany.md", "broken-link", "did you mean '../countries/germany.md'?"),
        ("", "broken-link", "write one"),
        ("www.example.org/x.html", "broken-link", "web addresses start with https://"),
        ("images\\chart.png", "broken-link", "use / instead of \\"),
        ("C:\\chart.png", "broken-link", "copy the file beside the article and write its name"),
        ("../../templates/base.html", "broken-link", FILES_HERE),
    ],
)
def test_a_link_that_leads_nowhere_is_an_error_at_its_place(
    target: str, code: str, hint: str
) -> None:
    (found,) = linked(target).diagnostics
    assert (found.code, found.span, found.hint) == (code, PLACE, hint)


@pytest.mark.parametrize("target", ["chrt.png", "/photos/munich.jpg"])
def test_a_picture_that_does_not_exist_is_an_error(target: str) -> None:
    (found,) = linked(target, embedded=True).diagnostics
    assert (found.code, found.span) == ("missing-image", PLACE)


BESIDE = "put wages.png into content/articles/, beside the article, and write its name"


@pytest.mark.parametrize(
    ("target", "message", "hint"),
    [
        ("wages.png", "there is no picture 'content/articles/wages.png'", BESIDE),
        ("/wages.png", "there is no picture 'static/wages.png'", BESIDE),
        (
            "../../../pictures/wages.png",
            "'../../../pictures/wages.png' leads out of this site's folder, where nothing is "
            "published",
            BESIDE,
        ),
        (
            "../../../chart.png",
            "'../../../chart.png' leads out of this site's folder, where nothing is published",
            "did you mean 'chart.png'?",
        ),
        (
            "pictures/Chart.PNG",
            "there is no picture 'content/articles/pictures/Chart.PNG'",
            "did you mean 'chart.png'?",
        ),
    ],
)
def test_a_picture_that_is_missing_is_told_where_it_belongs(
    target: str, message: str, hint: str
) -> None:
    _, asked = read(SOURCE, [Link(target, PLACE, embedded=True, is_picture=True)], IDS).value
    (found,) = resolve(SOURCE, asked, TARGETS, FILES).diagnostics
    assert (found.code, found.span) == ("missing-image", PLACE)
    assert (found.message, found.hint) == (message, hint)


def test_a_link_to_an_article_with_errors_of_its_own_adds_none() -> None:
    assert linked("broken.md").diagnostics == ()


def test_files_that_are_shown_are_known() -> None:
    picture = linked("chart.png", embedded=True).value.linked
    assert picture.files == ("content/articles/chart.png",)
    assert linked("/photos/berlin.jpg").value.linked.files == ("static/photos/berlin.jpg",)


def test_of_a_link_to_an_expired_article_only_the_words_are_left() -> None:
    outcome = linked("old.md#why")
    (found,) = outcome.diagnostics
    assert (found.code, found.severity, found.span) == ("link-expired", Severity.NOTE, PLACE)
    assert outcome.value.prose.html(URLS) == "x"


def test_paths_on_the_site_are_checked_when_all_pages_are_known() -> None:
    found = linked("/about/#team").value
    assert found.address == "/about/#team"
    pages = found.linked.pages
    assert check_pages(SOURCE, pages, {"/about/": frozenset({"team"})}) == ()
    (problem,) = check_pages(SOURCE, pages, {"/abouts/": frozenset()})
    assert (problem.code, problem.span) == ("broken-link", PLACE)
    assert problem.hint == "did you mean '/abouts/'?"
    (problem,) = check_pages(SOURCE, pages, {"/about/": frozenset({"teams"})})
    assert (problem.code, problem.hint) == ("broken-anchor", "did you mean 'teams'?")


@pytest.mark.parametrize("target", ["/über/#größe", "/%C3%BCber/#gr%C3%B6%C3%9Fe"])
def test_a_path_on_the_site_may_be_written_with_or_without_percent_signs(target: str) -> None:
    pages = linked(target).value.linked.pages
    assert check_pages(SOURCE, pages, {"/%C3%BCber/": frozenset({"größe"})}) == ()


@pytest.mark.parametrize(("embedded", "codes"), [(False, []), (True, ["missing-image"])])
def test_what_is_shown_in_the_page_must_be_a_file(embedded: bool, codes: list[str]) -> None:
    outcome = linked("/charts/pay", embedded=embedded)
    assert [found.code for found in outcome.diagnostics] == codes


def test_a_frame_may_show_a_page() -> None:
    outcome = linked("/charts/pay/", embedded=True)
    assert outcome.diagnostics == ()
    assert [link.page for link in outcome.value.linked.pages] == ["/charts/pay/"]


# What is found out when


@pytest.mark.parametrize(
    "target", ["#why", "https://example.org/", "mailto:desk@sample.example", "tel:+49301234"]
)
def test_a_link_that_says_all_by_itself_asks_nothing_of_the_site(target: str) -> None:
    assert read(SOURCE, [Link(target, PLACE)], IDS).value == ((target,), ())


@pytest.mark.parametrize("target", ["#wy", "javascript:alert(1)", "https://[", "C:\\chart.png"])
def test_a_link_that_is_wrong_by_itself_is_told_once_and_asks_nothing(target: str) -> None:
    outcome = read(SOURCE, [Link(target, PLACE)], IDS)
    assert len(outcome.diagnostics) == 1
    assert outcome.value[1] == ()


def test_each_answer_has_the_number_of_its_link() -> None:
    asked = references("#why", "chart.png", "https://example.org/", "../countries/germany.md")
    assert resolve(SOURCE, asked, TARGETS, FILES).value.answers == (
        (1, "/media/articles/chart.png"),
        (3, "/blog/germany/"),
    )


def test_answers_change_with_the_site_and_references_do_not() -> None:
    asked = references("../countries/germany.md")
    moved = {"content/countries/germany.md": Target("/blog/working-in-germany/")}
    assert resolve(SOURCE, asked, moved, FILES).value.answers == ((0, "/blog/working-in-germany/"),)


def test_a_menu_may_name_a_path_on_the_site_too() -> None:
    link = SitePath.of("/about/#team", PLACE)
    assert link == SitePath("/about/", "team", PLACE)
    assert check_site_paths([link], {"/about/": ["team"]}) == ()
    (found,) = check_site_paths([link], {"/abouts/": []})
    assert (found.code, found.span, found.hint) == (
        "broken-link",
        PLACE,
        "did you mean '/abouts/'?",
    )


def test_a_file_that_appears_takes_the_place_of_a_page() -> None:
    asked = references("/terms.pdf?download#page=2")
    page = resolve(SOURCE, asked, TARGETS, FILES).value
    file = resolve(SOURCE, asked, TARGETS, {"static/terms.pdf"}).value
    assert (page.files, len(page.pages)) == ((), 1)
    assert file == Linked(((0, "/terms.pdf?download#page=2"),), ("static/terms.pdf",))


def test_a_file_that_is_shown_twice_is_named_once_and_files_in_order() -> None:
    asked = references("chart.png", "a b.pdf", "chart.png")
    assert resolve(SOURCE, asked, TARGETS, FILES).value.files == (
        "content/articles/a b.pdf",
        "content/articles/chart.png",
    )


@given(st.integers(1, 999), st.integers(1, 99), st.integers(1, 99))
def test_a_reference_knows_its_place(line: int, column: int, width: int) -> None:
    place = Span(SOURCE, line, column, column + width)
    (reference,) = read(SOURCE, [Link("secret.md", place)], IDS).value[1]
    assert reference.span(SOURCE) == place


# Printed


def test_addresses_are_printed_escaped_in_place_of_their_tokens() -> None:
    prose = linked("https://example.org/?a=1&b='\"").value.prose
    html = '<a href="https://example.org/?a=1&amp;b=&#39;&#34;">x</a>'
    assert prose.html(URLS) == html


def test_a_site_below_a_path_prints_that_path() -> None:
    prose = linked("../countries/germany.md").value.prose
    assert prose.html(Urls("https://sample.example/x/")) == '<a href="/x/blog/germany/">x</a>'


def test_detached_text_has_no_ids_of_citing_places() -> None:
    prose = LinkedProse(Prose('<a id="cite:a:1" href="\ufdd00\ufdd1">1</a>'), PATH, ("#source:a",))
    detached = replace(URLS, detached=True)
    assert prose.html(detached) == '<a href="/blog/advice/#source:a">1</a>'


def test_references_to_files_are_relative_to_the_article_or_below_static() -> None:
    assert file_path(SOURCE, "../countries/flag%20old.png") == "content/countries/flag old.png"
    assert file_path(SOURCE, "/photos/berlin.jpg") == "static/photos/berlin.jpg"


# Pictures


def picture(target: str) -> Linked:
    """Where the picture at ``target`` leads, which must be right."""
    told = read(SOURCE, [Link(target, PLACE, embedded=True, is_picture=True)], IDS)
    found = resolve(SOURCE, told.value[1], TARGETS, FILES)
    assert (*told.diagnostics, *found.diagnostics) == ()
    return found.value


@pytest.mark.parametrize(
    ("target", "file"),
    [
        ("chart.png", "content/articles/chart.png"),
        ("/photos/berlin.jpg", "static/photos/berlin.jpg"),
    ],
)
def test_a_picture_of_the_text_is_told_from_files(target: str, file: str) -> None:
    assert picture(target).pictures == ((0, file),)
    assert picture(target).files == ()


def test_a_picture_elsewhere_is_only_an_address() -> None:
    assert picture("https://example.org/a.png") == Linked()


MARKED = '\ufdd60\ufdd7<img alt="A > B" src="\ufdd00\ufdd1" loading="lazy">\ufdd8'


@pytest.mark.parametrize(
    ("address", "html"),
    [
        (
            Shown("/bars.svg", 30, 20),
            '<img alt="A > B" src="/bars.svg" loading="lazy" width="30" height="20">',
        ),
        (
            "https://example.org/a.png",
            '<img alt="A > B" src="https://example.org/a.png" loading="lazy">',
        ),
        ("/media/a.png", '<img alt="A > B" src="/media/a.png" loading="lazy">'),
    ],
)
def test_a_picture_is_printed_with_what_is_known_of_it(address: str | Shown, html: str) -> None:
    prose = LinkedProse(Prose(f"<p>{MARKED}</p>"), PATH, [address])
    assert prose.html(URLS) == f"<p>{html}</p>"


def test_each_picture_of_a_line_is_printed_with_its_own() -> None:
    other = MARKED.replace("0", "1")
    shown = [Shown("/a-1", 9, 6, (9,)), Shown("/b-2", 8, 4, (8,))]
    html = LinkedProse(Prose(f"{MARKED} {other}"), PATH, shown).html(URLS)
    assert html.count("<picture>") == 2
    assert [part in html for part in ('src="/a-1-9.webp"', 'src="/b-2-8.webp"')] == [True, True]
    assert not re.search("[\ufdd0-\ufdef]", html)


@pytest.mark.parametrize("name", ["x.html", "X.HTML", "x.svg", "x.js", "x.xhtml", "x.xml"])
def test_files_that_browsers_run_are_not_offered(name: str) -> None:
    asked = references(name)
    files = {f"content/articles/{name}"}
    outcome = resolve(SOURCE, asked, TARGETS, files)

    (found,) = outcome.diagnostics
    assert (found.code, found.span) == ("active-file", PLACE)
    assert outcome.value.files == ()


def test_those_of_the_theme_are() -> None:
    outcome = resolve(SOURCE, references("../../static/map.html"), TARGETS, {"static/map.html"})
    assert outcome.diagnostics == ()
    assert outcome.value.files == ("static/map.html",)
