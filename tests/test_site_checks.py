"""What is said of the articles together, and of what they leave unused."""

from __future__ import annotations

import pytest

from aicareers_site import site_checks
from aicareers_site.diagnostics import Severity, Span
from aicareers_site.fingerprints import Keyed
from aicareers_site.share_card_drawing import cut_title
from aicareers_site.share_cards import Place, ShareCard
from tests.samples import post
from tests.sites import data, record
from tests.tables import JOBS_TEXT

FITTING = "What is told here, in a sentence of a fitting length."


def locate(path: str, field: str) -> Span:
    return Span(f"{path}#{field}")


def described(name: str, words: str) -> bytes:
    return post(name).replace(f"About {name}.".encode(), words.encode())


@pytest.mark.parametrize(
    ("length", "expected"),
    [(49, "only 49"), (50, None), (200, None), (201, "201")],
)
def test_a_description_is_neither_short_nor_long(length: int, expected: str | None) -> None:
    one = record("a", described("A", "x" * length))
    found = [told.message for told in site_checks.descriptions([one], locate)]
    assert found == ([f"the description has {expected} characters"] if expected else [])


def test_two_articles_have_two_descriptions() -> None:
    records = [record("a", described("A", FITTING)), record("b", described("B", FITTING.upper()))]
    (told,) = site_checks.descriptions(records, locate)
    assert (told.code, told.severity) == ("duplicate-description", Severity.WARNING)
    assert str(told.span) == "content/articles/b.md#description"
    assert [str(place) for place in told.related] == ["content/articles/a.md#description"]


def test_a_tag_that_one_article_has_alone_is_named() -> None:
    posts = [record(f"n{n}", post(f"N{n}", more="tags: [remote-work]\n")) for n in range(10)]
    one = record("a", post("A", more="tags: [remote-work, remote-works]\n"))
    (told,) = site_checks.lone_topics([one, *posts], locate)
    assert (told.code, str(told.span)) == ("lone-topic", "content/articles/a.md#tags.1")
    assert told.hint == "did you mean 'remote-work'?, or take it out"


def test_on_a_young_site_every_tag_begins_alone() -> None:
    posts = [record(f"n{n}", post(f"N{n}", more=f"tags: [t{n}]\n")) for n in range(10)]
    assert list(site_checks.lone_topics(posts, locate)) == []
    eleven = [*posts, record("x", post("X", more="tags: [x]\n"))]
    assert len(list(site_checks.lone_topics(eleven, locate))) == 11


def card(title: str, figure: tuple[str, str] | None = None) -> ShareCard:
    return ShareCard("Sample", title, Keyed(()), "post", "Advice", figure)


def test_a_title_is_cut_where_its_card_has_no_room() -> None:
    titles = ["A title", "Word " * 24, "W" * 200, "國" * 120]
    cut = [cut_title(card(title, ("60%", "of positions"))).head for title in titles]
    assert [bool(one) for one in cut] == [False, False, True, False]
    assert cut[2].endswith("W…")
    places = [Place(card(title), "content/articles/a.md", "title") for title in titles]
    (told,) = site_checks.card_titles(places, cut, locate)
    assert (told.code, str(told.span)) == ("card-title", "content/articles/a.md#title")
    assert cut[2] in told.message


def test_a_picture_that_nothing_names_is_unused() -> None:
    files = {
        "content/articles/a.md": b"![Cranes](harbour%20front.jpg)",
        "content/articles/harbour front.jpg": b"",
        "content/articles/old.jpg": b"",
        "static/site.css": b"url(ground.png)",
        "static/ground.png": b"",
        "static/old.svg": b"old.svg",
        "static/favicon.svg": b"",
        "static/apple-touch-icon.png": b"",
        "static/manual.pdf": b"",
    }
    found = [(str(one.span), one.severity) for one in site_checks.unused_pictures(files)]
    assert found == [
        ("content/articles/old.jpg", Severity.WARNING),
        ("static/old.svg", Severity.NOTE),
    ]


@pytest.mark.parametrize(
    ("article", "unused"),
    [
        (b"{{ jobs.total }}", []),
        (b"tables: [jobs]", []),
        (b"{{ jobs-2.total }} and my-jobs.total", ["content/data/jobs.yaml"]),
    ],
)
def test_a_table_that_no_article_names_is_unused(article: bytes, unused: list[str]) -> None:
    files = {"content/market/m.md": article, "content/data/jobs.yaml": JOBS_TEXT.encode()}
    found = list(site_checks.unused_tables(files, data(jobs=JOBS_TEXT)))
    assert [one.span.path for one in found] == unused
    assert {one.code for one in found} <= {"unused-table"}


def test_a_table_that_another_one_must_agree_with_is_in_use() -> None:
    more = "agreements: [{figure: total, equals: jobs.total}]\n"
    texts = {"jobs": JOBS_TEXT, "more": JOBS_TEXT + more}
    files = {f"content/data/{name}.yaml": text.encode() for name, text in texts.items()}
    files["content/market/m.md"] = b"{{ more.total }}"
    assert list(site_checks.unused_tables(files, data(**texts))) == []
