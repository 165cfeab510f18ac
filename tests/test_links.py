import pytest

from aicareers_site.diagnostics import Outcome, Severity, Span
from aicareers_site.links import (
    LinkedProse,
    SitePath,
    Standing,
    Target,
    check_site_paths,
    file_path,
    resolve,
)
from aicareers_site.prose import Link, Prose
from aicareers_site.urls import Urls

SOURCE = "content/articles/advice.md"
PATH = "/blog/advice/"
PLACE = Span(SOURCE, 7, 3, 9)
TARGETS = {
    SOURCE: Target(PATH, frozenset({"why"})),
    "content/countries/germany.md": Target("/blog/germany/", frozenset({"visas"})),
    "content/articles/secret.md": Target(standing=Standing.WITHHELD, reason="a draft"),
    "content/articles/old.md": Target(standing=Standing.EXPIRED, reason="expired since 2026"),
    "content/articles/broken.md": Target(standing=Standing.FAULTY),
}
FILES = {"content/articles/chart.png", "content/articles/a b.pdf", "static/photos/berlin.jpg"}


FILES_HERE = "known here: ../../static/photos/berlin.jpg, a b.pdf, chart.png"


def linked(target: str, *, embedded: bool = False) -> Outcome[LinkedProse]:
    prose = Prose(
        '<a href="\ufdd00\ufdd1">x</a>',
        ids=frozenset({"why"}),
        links=(Link(target, PLACE, embedded),),
    )
    return resolve(SOURCE, prose, PATH, frozenset({"why", "sources"}), TARGETS, FILES)


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
    assert outcome.value.addresses == (address,)


@pytest.mark.parametrize(
    ("target", "code", "hint"),
    [
        ("../countries/germny.md", "broken-link", "did you mean '../countries/germany.md'?"),
        ("../countries/germany.md#visa", "broken-anchor", "did you mean 'visas'?"),
        ("#wy", "broken-anchor", "did you mean 'why'?"),
        ("secret.md", "link-unpublished", "publish it first, or take the link out"),
        ("javascript:alert(1)", "link-scheme", "use https: or mailto:"),
        ("//example.org/", "link-scheme", "use https: or mailto:"),
        ("https://[", "broken-link", ""),
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


def test_a_link_to_an_article_with_errors_of_its_own_adds_none() -> None:
    assert linked("broken.md").diagnostics == ()


def test_files_that_are_shown_are_known() -> None:
    assert linked("chart.png", embedded=True).value.files == {"content/articles/chart.png"}
    assert linked("/photos/berlin.jpg").value.files == {"static/photos/berlin.jpg"}


def test_of_a_link_to_an_expired_article_only_the_words_are_left() -> None:
    outcome = linked("old.md#why")
    (found,) = outcome.diagnostics
    assert (found.code, found.severity, found.span) == ("link-expired", Severity.NOTE, PLACE)
    assert outcome.value.html(Urls("https://sample.example/")) == "x"


def test_paths_on_the_site_are_checked_when_all_pages_are_known() -> None:
    (link,) = linked("/about/#team").value.site_paths
    assert link == SitePath("/about/", "team", PLACE)
    assert check_site_paths([link], {"/about/": frozenset({"team"})}) == ()
    (found,) = check_site_paths([link], {"/abouts/": frozenset()})
    assert (found.code, found.span) == ("broken-link", PLACE)
    assert found.hint == "did you mean '/abouts/'?"
    (found,) = check_site_paths([link], {"/about/": frozenset({"teams"})})
    assert (found.code, found.hint) == ("broken-anchor", "did you mean 'teams'?")


def test_addresses_are_printed_escaped_in_place_of_their_tokens() -> None:
    prose = linked("https://example.org/?a=1&b='\"").value
    html = '<a href="https://example.org/?a=1&amp;b=&#39;&#34;">x</a>'
    assert prose.html(Urls("https://sample.example/")) == html


def test_a_site_below_a_path_prints_that_path() -> None:
    prose = linked("../countries/germany.md").value
    assert prose.html(Urls("https://sample.example/x/")) == '<a href="/x/blog/germany/">x</a>'


def test_detached_text_has_no_ids_of_citing_places() -> None:
    prose = LinkedProse(Prose('<a id="cite:a:1" href="\ufdd00\ufdd1">1</a>'), PATH, ("#source:a",))
    detached = Urls("https://sample.example/", detached=True)
    assert prose.html(detached) == '<a href="/blog/advice/#source:a">1</a>'


def test_references_to_files_are_relative_to_the_article_or_below_static() -> None:
    assert file_path(SOURCE, "../countries/flag%20old.png") == "content/countries/flag old.png"
    assert file_path(SOURCE, "/photos/berlin.jpg") == "static/photos/berlin.jpg"
