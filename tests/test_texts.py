"""One article from its bytes to its record and its text."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given

from aicareers_site import content_types, documents
from aicareers_site.data_book import named_in
from aicareers_site.diagnostics import Severity
from aicareers_site.fingerprints import Keyed
from aicareers_site.manuscripts import Manuscript, Rules
from aicareers_site.records import Faulty, Illustration, Record, Text
from aicareers_site.results import Held, Made
from aicareers_site.texts import check_references, path_of, read
from aicareers_site.urls import Urls
from tests.samples import COUNTRY, OPENINGS, PROJECT, post
from tests.sites import data
from tests.strategies import any_text

if TYPE_CHECKING:
    from datetime import tzinfo

    from aicareers_site.content_types import Article
    from aicareers_site.diagnostics import Outcome

ARTICLE = "content/articles/a.md"
BAD_FIGURES = ["unknown-figure", "unknown-format"]
ABOUT = b"---\ntitle: About\ndescription: Us.\nupdated: 2026-01-01\n---\n\nWho we are.\n"


def made(
    content: bytes, path: str = ARTICLE, *, drafts: bool = False, zone: tzinfo = UTC
) -> Made[Outcome[Record | Faulty | None]]:
    rules = Rules("en", zone, ("desk",), ("advice", "figures"), drafts)
    figures = named_in(content, data(openings=OPENINGS))
    return read(Manuscript(path, content, Keyed(rules), figures))


def record(content: bytes, path: str = ARTICLE, *, zone: tzinfo = UTC) -> Record:
    """What is known of an article without faults."""
    outcome = made(content, path, zone=zone).head
    assert outcome.diagnostics == ()
    assert isinstance(outcome.value, Record)
    return outcome.value


def text(content: bytes, path: str = ARTICLE) -> Text:
    return Text.of(Held(made(content, path).body))


def article(content: bytes, path: str = ARTICLE) -> Article:
    document = documents.parse(path, content).value
    assert document is not None
    outcome = content_types.read(document, UTC)
    assert outcome.value is not None, outcome.diagnostics
    return outcome.value


# What is known of an article


def test_a_record_holds_what_the_rest_of_the_site_needs() -> None:
    content = post(
        "It's pay",
        date="2026-01-02",
        body="## Where\n\n[A](b.md#why) and [us](/about/)",
        category="figures",
        more="updated: 2026-02-03\nexpires: 2030-01-01\nfeatured: true\nslug: pay\n"
        "tags: [visas, pay, visas]\naliases: [/blog/wages/]\n"
        "image: {src: pay.png, alt: It's a chart, caption: '\"Pay\"'}\n",
    )
    found = record(content)
    assert found._replace(ids=(), references=()) == Record(
        source=ARTICLE,
        kind="post",
        slug="pay",
        path="/blog/pay/",
        title="It’s pay",
        description="About It’s pay.",
        modified=datetime(2026, 2, 3, tzinfo=UTC),
        draft=False,
        aliases=("/blog/wages/",),
        ids=(),
        references=(),
        date=datetime(2026, 1, 2, tzinfo=UTC),
        updated=datetime(2026, 2, 3, tzinfo=UTC),
        expires=datetime(2030, 1, 1, tzinfo=UTC),
        featured=True,
        category="figures",
        tags=("visas", "pay"),
        authors=("desk",),
        picture=Illustration("content/articles/pay.png", "It’s a chart", "“Pay”"),
    )
    assert found.ids == ("main", "where")
    assert [reference.target for reference in found.references] == ["b.md#why", "/about/"]


def test_a_page_has_neither_date_nor_category() -> None:
    found = record(ABOUT, "content/pages/about.md")
    assert (found.kind, found.path) == ("page", "/about/")
    assert (found.date, found.category, found.authors) == (None, "", ())
    assert found.modified == datetime(2026, 1, 1, tzinfo=UTC)


def test_an_article_without_changes_was_last_modified_when_it_was_published() -> None:
    assert record(post(date="2026-01-02")).modified == datetime(2026, 1, 2, tzinfo=UTC)


def test_a_profile_is_about_its_country_and_a_trend_about_those_it_names() -> None:
    france = post(more=COUNTRY.format(code="FR", hub="Paris"))
    profile = record(france, "content/countries/france.md")
    assert (profile.profiled, profile.countries) == ("FR", ("FR",))
    trend = record(
        post(more="key_points: [One.]\ncountries: [FR, DE, FR]\n"), "content/trends/t.md"
    )
    assert (trend.profiled, trend.countries) == ("", ("FR", "DE"))


def test_figures_stand_in_its_plain_texts_as_readers_see_them() -> None:
    found = record(
        post("'{{ openings.total }} openings, {{ openings.level.rest | words }} unknown'")
    )
    assert found.title == "10 openings, three unknown"


def test_figures_stand_in_texts_of_lists_and_parts_too() -> None:
    content = post(
        more="key_points: [More.]\nregions: ['{{ openings.total }} regions']\n"
        "image: {src: a.png, alt: '{{ openings.total }} dots', "
        "caption: 'Of {{ openings.total }}'}\n"
    )
    found = record(content, "content/trends/t.md")
    assert found.picture == Illustration("content/trends/a.png", "10 dots", "Of 10")
    assert found.figures == ("openings.total",)


def test_it_says_which_figures_charts_and_tables_it_shows() -> None:
    found = record(
        post(
            "Of {{ openings.total }}",
            body="{{ openings.level.senior | sum(junior) }}\n\n"
            "{{ chart openings.level kind=bars }}",
            more="tables: [openings.level]\n",
        ),
        "content/market/m.md",
    )
    assert found.figures == ("openings.total", "openings.level.senior", "openings.level.junior")
    assert [chart.id for chart in found.charts] == ["chart:openings-level-bars"]
    assert found.tables == (("tables.0", "openings.level"),)
    assert found.data_tables == ("openings",)
    assert {"data", "data:openings", "chart:openings-level-bars"} <= set(found.ids)


def test_an_article_without_figures_shows_no_table() -> None:
    found = record(post(body="No figure: \\{{ openings.total }}"))
    assert (found.figures, found.data_tables) == ((), ())
    assert "data" not in found.ids


def test_dates_are_in_the_zone_of_the_site() -> None:
    tokyo = ZoneInfo("Asia/Tokyo")
    assert record(post(date="2026-01-02"), zone=tokyo).date == datetime(2026, 1, 2, tzinfo=tokyo)


def test_charts_are_files_below_the_path_of_their_article() -> None:
    chart = "{{ chart openings.level }}"
    for content, path, file in (
        (post(body=chart), ARTICLE, "/blog/a/openings-level-shares.svg"),
        (post(body=chart, more="slug: b\n"), ARTICLE, "/blog/b/openings-level-shares.svg"),
        (
            ABOUT + b"\n" + chart.encode(),
            "content/pages/about.md",
            "/about/openings-level-shares.svg",
        ),
    ):
        assert file in [reference.target for reference in record(content, path).references]


def test_articles_live_below_blog_and_pages_at_the_root() -> None:
    assert path_of(article(post(), "content/articles/germany.md")) == "/blog/germany/"
    assert path_of(article(ABOUT, "content/pages/about.md")) == "/about/"


# Its text


def test_the_text_is_made_into_html_when_the_site_has_answered_its_links() -> None:
    found = text(post(body="[B](b.md), [C](https://c.example/) and [here](#main)"))
    assert (found.source, found.kind, found.slug, found.path) == (ARTICLE, "post", "a", "/blog/a/")
    assert found.linked([(0, "/blog/b/")]).html(Urls("https://sample.example/")) == (
        '<p><a href="/blog/b/">B</a>, <a href="https://c.example/">C</a> '
        'and <a href="#main">here</a></p>'
    )


def test_a_figure_carries_its_value_and_leads_to_where_it_comes_from() -> None:
    content = post(body="{{ openings.level.senior | share }}")
    found = Text.of(Held(made(content).body)).linked([])
    assert found.html(Urls("https://sample.example/")) == (
        '<p><a class="figure-link" href="#data:openings">'
        '<data class="figure" value="60" data-unit="percent" '
        'data-figure="openings.level.senior | share">60%</data></a></p>'
    )


def test_the_same_article_is_packed_into_the_same_bytes() -> None:
    content = post(
        body="## It's a title\n\nIt's *text*. See [us](/about/).\n\n## It's another",
        more="tags: [a, b]\nfaq: [{question: Why?, answer: It's *so*.}]\n",
    )
    first = made(content)
    for other in ("## It's another", "It's *text*.", "It's a title"):
        made(post(body=other), "content/articles/other.md")
    assert made(content) == first


SCRIPT = """
from datetime import UTC
from aicareers_site.fingerprints import Keyed
from aicareers_site.manuscripts import Manuscript, Rules
from aicareers_site.outputs import digest
from aicareers_site.texts import read
from tests.samples import post

rules = Keyed(Rules("en", UTC, ("desk",), ("advice",), False))
content = post(more="tags: [a, b]\\nfeatured: true\\n", body="## Title\\n\\n[A](b.md)")
print(digest(read(Manuscript("content/articles/a.md", content, rules)).body).hex())
"""


def test_all_processes_pack_it_into_the_same_bytes() -> None:
    """Otherwise an article that is read anew, and is as it was, would make pages anew."""
    found = {
        subprocess.run(
            [sys.executable, "-c", SCRIPT],
            cwd=PROJECT,
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(found) == 1


def test_an_article_that_cannot_be_read_has_no_text() -> None:
    assert made(b"No front matter.").body == b""


# Its faults


@pytest.mark.parametrize(
    ("content", "codes"),
    [
        (b"No front matter.", ["front-matter-delimiter"]),
        (b"---\ntitle: [\n---\n", ["yaml-syntax"]),
        (post(body="[A](#nowhere) [@nobody]"), ["broken-anchor", "unknown-source"]),
        (post(category="advise", body="[A](ftp://b)"), ["unknown-category", "link-scheme"]),
        (post(body="{{ openings.sum }}, {{ openings.total | shares }}"), BAD_FIGURES),
    ],
)
def test_faults_of_all_steps_are_told(content: bytes, codes: list[str]) -> None:
    assert sorted(found.code for found in made(content).head.diagnostics) == sorted(codes)


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("slug: '{{ openings.total }}'", "invalid-value"),
        ("tags: ['{{ openings.total }}']", "invalid-value"),
        ("aliases: ['/blog/{{ openings.total }}/']", "invalid-alias"),
        ("updated: '{{ openings | as-of }}'", "invalid-date"),
        ("featured: '{{ openings.total }}'", "wrong-type"),
        (
            "sources: [{id: a, name: A, url: 'https://{{ openings.total }}', "
            "retrieved: 2026-01-01}]",
            "invalid-url",
        ),
        ("image: {src: '{{ openings.total }}.png', alt: A dot}", "figure-place"),
        ("tables: ['{{ openings.total }}']", "figure-place"),
    ],
)
def test_figures_stand_in_no_field_that_nobody_reads(line: str, code: str) -> None:
    path = "content/market/m.md" if line.startswith("tables") else ARTICLE
    outcome = made(post(more=f"{line}\n"), path).head
    assert [(found.code, found.span.line) for found in outcome.diagnostics] == [(code, 7)]
    assert isinstance(outcome.value, Faulty)


def test_a_figure_in_the_wrong_field_is_told_with_the_field() -> None:
    (found,) = made(
        post(more="tables: [openings, '{{ openings.total }}']\n"), "content/market/m.md"
    ).head.diagnostics
    assert (found.span.line, found.span.column) == (7, 20)


@pytest.mark.parametrize(("drafts", "severity"), [(False, Severity.NOTE), (True, Severity.ERROR)])
def test_faults_of_a_draft_are_notes_unless_drafts_are_published(
    drafts: bool, severity: Severity
) -> None:
    draft = post(body="[A](#nowhere)", category="advise", more="draft: yes\n")
    found = made(draft, drafts=drafts).head.diagnostics
    assert [(item.code, item.severity) for item in found] == [
        ("unknown-category", severity),
        ("broken-anchor", severity),
    ]


def test_unknown_authors_categories_and_series_are_errors_with_a_suggestion() -> None:
    faulty = post(category="advise", more="series: guid\n").replace(b"[desk]", b"[desk, dask]")
    rules = Rules("en", UTC, ("desk",), ("advice", "figures"), False, ("guide",))
    found = check_references(article(faulty), rules)
    assert [(item.code, item.span.line, item.span.column, item.hint) for item in found] == [
        ("unknown-author", 5, 17, "did you mean 'desk'?"),
        ("unknown-category", 6, 11, "did you mean 'advice'?"),
        ("unknown-series", 7, 9, "did you mean 'guide'?"),
    ]


@pytest.mark.parametrize(
    ("changed", "place", "hint"),
    [
        ((b"authors: [desk]", b"authors: [desk, The editors]"), (5, 17), "known here: desk"),
        ((b"authors: [desk]", b"authors: [The Desk]"), (5, 11), "did you mean 'desk'?"),
        ((b"category: advice", b"category: My Advice"), (6, 11), "did you mean 'advice'?"),
        ((b"category: advice", b"category: A&B"), (6, 11), "known here: advice, figures"),
        # None is known:
        ((b"category: advice", b"category: advice\nseries: My Guide"), (7, 9), "write my-guide"),
    ],
)
def test_what_is_no_id_comes_with_those_that_are_known(
    changed: tuple[bytes, bytes], place: tuple[int, int], hint: str
) -> None:
    (found,) = made(post().replace(*changed)).head.diagnostics
    assert (found.code, (found.span.line, found.span.column), found.hint) == (
        "invalid-value",
        place,
        hint,
    )


def test_a_series_has_to_be_described_before_it_has_parts() -> None:
    rules = Rules("en", UTC, ("desk",), ("advice", "figures"), False)
    (found,) = check_references(article(post(more="series: guide\n")), rules)
    assert found.hint == "describe it under 'series' in site.yaml"


def test_links_to_other_articles_are_no_faults_before_these_are_known() -> None:
    assert (
        made(post(body="[A](nowhere.md), ![B](nowhere.png), [C](/nowhere/)")).head.failed is False
    )


@given(any_text)
def test_no_text_at_all_makes_reading_fail_without_a_word(body: str) -> None:
    outcome = made(post(body=body)).head
    assert outcome.value is not None or outcome.failed
