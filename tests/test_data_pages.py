"""The pages of data tables: which there are, what each shows, and that its argument is no more."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from lxml import html

from aicareers_site.chart_data import Chart, ChartKind
from aicareers_site.data_pages import (
    Appearance,
    anchors,
    corrections_view,
    data_pages,
    index_view,
    table_view,
)
from aicareers_site.page_parts import Parts
from aicareers_site.table_selection import chart_data
from aicareers_site.view_parts import AppearanceEntry, LinkTo
from tests.samples import COUNTRY, SETTINGS, built, outputs, post, sources
from tests.sites import ABOUT, data, published, settings, site
from tests.tables import JOBS_TEXT, PAY_TEXT, SERIES_TEXT

if TYPE_CHECKING:
    from aicareers_site.page_parts import Page
    from aicareers_site.site import Published, Site
    from aicareers_site.views import DataTableView

TABLES = data(jobs=JOBS_TEXT, pay=PAY_TEXT, series=SERIES_TEXT)
CORRECTED = f"""{JOBS_TEXT}\
corrections:
  - {{date: 2026-05-01, figure: level.senior, before: 61, after: 60, why: It was miscounted.}}
  - {{date: 2026-06-01, figure: total, before: 10, after: 100, why: A digit was missing.}}
"""
SERIES_CORRECTED = f"""{SERIES_TEXT}\
corrections:
  - {{date: 2026-05-15, figure: y2024.openings, before: 79, after: 80, why: One came late.}}
"""
PARTS = Parts.of(settings(SETTINGS + "language: en-GB\n"))


def with_data(*articles: Published, tables: Any = TABLES) -> Site:
    return replace(site(*articles), data=tables)


def showing(name: str = "a", content: bytes = post(), **shown: Any) -> Published:
    """An article that shows something of the tables."""
    article = published(name, content)
    return article._replace(record=article.record._replace(**shown))


def planned(whole: Site) -> dict[str, Page]:
    return {page.path: page for page in data_pages(whole)}


def table_page(whole: Site, name: str = "jobs") -> DataTableView:
    return table_view(PARTS, *planned(whole)[f"/data/{name}/"].arguments)


def appearances(*articles: Published, name: str = "jobs") -> tuple[Appearance, ...]:
    found: tuple[Appearance, ...] = planned(with_data(*articles))[f"/data/{name}/"].arguments[2]
    return found


# Which pages there are


def test_a_site_without_tables_has_no_pages_of_data() -> None:
    assert list(data_pages(site())) == []


def test_every_table_has_a_page_and_all_have_an_overview_and_a_list_of_corrections() -> None:
    assert {path: page.source for path, page in planned(with_data()).items()} == {
        "/data/": "site.yaml",
        "/data/jobs/": "content/data/jobs.yaml",
        "/data/pay/": "content/data/pay.yaml",
        "/data/series/": "content/data/series.yaml",
        "/corrections/": "site.yaml",
    }


def test_a_table_was_modified_when_it_was_corrected_or_else_when_it_was_taken() -> None:
    pages = planned(with_data(tables=data(jobs=CORRECTED, pay=PAY_TEXT)))
    assert {path: page.modified for path, page in pages.items()} == {
        "/data/": date(2026, 6, 1),
        "/data/jobs/": date(2026, 6, 1),
        "/data/pay/": date(2026, 4, 22),
        "/corrections/": date(2026, 6, 1),
    }


def test_a_page_depends_on_no_more_than_it_shows() -> None:
    """The value of a figure is on its table's page alone; where the file stands is on none."""
    moved = data(**{"else": f"id: jobs\n{JOBS_TEXT}"}, pay=PAY_TEXT, series=SERIES_TEXT)
    changed = data(
        jobs=JOBS_TEXT.replace("value: 25", "value: 26"), pay=PAY_TEXT, series=SERIES_TEXT
    )

    def arguments(tables: Any) -> dict[str, Any]:
        return {path: page.arguments for path, page in planned(with_data(tables=tables)).items()}

    before = arguments(TABLES)
    assert arguments(moved) == before
    after = arguments(changed)
    assert [path for path in before if before[path] != after[path]] == ["/data/jobs/"]


# The overview


def test_the_overview_tells_of_every_table_by_title() -> None:
    view = index_view(PARTS, *planned(with_data())["/data/"].arguments)
    assert [entry.note.page for entry in view.tables] == [
        LinkTo("Open positions", "/data/jobs/"),
        LinkTo("Openings by year", "/data/series/"),
        LinkTo("Pay of engineers", "/data/pay/"),
    ]
    first = view.tables[0]
    assert first.description == "Open positions in the exchange’s overview."
    assert (first.note.source, first.note.as_of.words) == (
        "The exchange’s overview",
        "22 April 2026",
    )
    assert first.files == (LinkTo("CSV", "/data/jobs.csv"), LinkTo("JSON", "/data/jobs.json"))


def test_parts_totals_and_measured_values_are_counted() -> None:
    """Neither what parts leave of a total, nor texts and years; a range is one figure."""
    view = index_view(PARTS, *planned(with_data())["/data/"].arguments)
    assert [entry.figures for entry in view.tables] == [5, 8, 2]


def test_a_table_whose_time_has_come_may_be_out_of_date() -> None:
    whole = with_data()
    for today, expected in [(date(2027, 4, 22), False), (date(2027, 4, 23), True)]:
        then = replace(whole, today=today)
        assert table_page(then).note.is_due == expected
        overview = index_view(PARTS, *planned(then)["/data/"].arguments)
        assert overview.tables[0].note.is_due == expected


# A table's page


def test_the_page_of_breakdowns() -> None:
    view = table_page(with_data())
    assert (view.title, view.total, view.records) == ("Open positions", "100 openings", None)
    level, place = view.breakdowns
    assert [(row.id, row.label, row.value, row.share) for row in level.rows] == [
        ("level.senior", "Senior", "60", "60%"),
        ("level.mid-level", "Mid level", "25", "25%"),
    ]
    assert level.rest is not None
    assert (level.rest.id, level.rest.value) == ("level.rest", "15")
    assert place.rest is None
    assert view.review_by is not None
    assert (view.review_by.iso, view.retrieved.iso, view.published) == (
        "2027-04-22",
        "2026-04-23",
        None,
    )


def test_a_remark_on_the_whole_table_is_told_once() -> None:
    view = table_page(with_data(tables=data(jobs=f"{JOBS_TEXT}note: Mind the gap.\n")))
    assert view.remarks == ("Mind the gap.",)
    assert [breakdown.remarks for breakdown in view.breakdowns] == [
        ("The source does not say what the others are.",),
        (),
    ]


def test_the_page_of_records() -> None:
    view = table_page(with_data(), "pay")
    assert (view.total, view.breakdowns) == ("", ())
    assert view.records is not None
    label, cells = view.records.rows[0]
    assert (label, cells[-1], view.records.ids[0][-1]) == (
        "Bay Area",
        "US$350,000 to US$700,000",
        "us.pay",
    )


def test_corrections_stand_newest_first() -> None:
    view = table_page(with_data(tables=data(jobs=CORRECTED)))
    assert [
        (entry.date.iso, entry.figure, entry.before, entry.after) for entry in view.corrections
    ] == [
        ("2026-06-01", "Total", "10", "100"),
        ("2026-05-01", "Level: Senior", "61", "60"),
    ]


def test_all_corrections_stand_in_one_list_newest_first() -> None:
    tables = data(jobs=CORRECTED, series=SERIES_CORRECTED)
    view = corrections_view(PARTS, *planned(with_data(tables=tables))["/corrections/"].arguments)
    assert [(entry.date.iso, entry.table.href) for entry in view.corrections] == [
        ("2026-06-01", "/data/jobs/"),
        ("2026-05-15", "/data/series/"),
        ("2026-05-01", "/data/jobs/"),
    ]


# Where these numbers appear


def test_articles_that_print_figures_are_told_newest_first_and_then_pages() -> None:
    shown = ("jobs.total",)
    found = appearances(
        showing("old", post("Old", date="2026-01-01"), figures=shown),
        showing("new", post("New", date="2026-02-01"), figures=shown),
        showing("other", post("Other"), figures=("pay.us.pay",)),
        published("about", ABOUT, "pages")._replace(
            record=published("about", ABOUT, "pages").record._replace(figures=shown)
        ),
    )
    assert [one.article for one in found] == [
        ("New", "/blog/new/"),
        ("Old", "/blog/old/"),
        ("About", "/about/"),
    ]


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        ({"figures": ("jobs.place.remote", "jobs.level.rest", "jobs.total")},
         ("total", "level.rest", "place.remote")),
        ({"tables": (("tables.0", "jobs.place"),), "figures": ("jobs.place.remote",)}, ("place",)),
        ({"tables": (("tables.0", "jobs"),), "figures": ("jobs.place.remote",)}, ()),
    ],
)  # fmt: skip
def test_what_of_a_table_an_article_shows(shown: Any, expected: tuple[str, ...]) -> None:
    """In the table's order; what belongs to something larger that is shown is not told."""
    assert [one.references for one in appearances(showing(**shown))] == [expected]


def test_an_article_that_says_no_more_than_a_tables_date_is_not_told() -> None:
    assert appearances(showing(figures=("jobs",))) == ()


def test_the_end_of_a_range_counts_as_the_range() -> None:
    article = showing(figures=("pay.us.pay.low", "pay.us.pay.high"))
    assert [one.references for one in appearances(article, name="pay")] == [("us.pay",)]


def test_a_chart_shows_a_breakdown_or_a_column() -> None:
    charts = tuple(
        Chart("chart:a", ChartKind.BARS, "", "", chart_data(TABLES.tables, reference))
        for reference in ("jobs.place", "series.openings")
    )
    article = showing(charts=charts, figures=("series.y2024.openings", "series.y2024.remote"))
    assert [one.references for one in appearances(article)] == [("place",)]
    assert [one.references for one in appearances(article, name="series")] == [
        ("openings", "y2024.remote")
    ]


def test_a_profile_shows_the_rows_of_its_country() -> None:
    profile = published("uk", post(more=COUNTRY.format(code="GB", hub="London")), "countries")
    shown = profile._replace(record=profile.record._replace(tables=(("salaries.0", "pay"),)))
    assert [one.references for one in appearances(shown, name="pay")] == [("gb",)]


def test_figures_are_named_as_readers_know_them_and_lead_to_their_places() -> None:
    article = showing(
        figures=("jobs.total", "jobs.level.rest"), tables=(("tables.0", "jobs.place"),)
    )
    assert table_page(with_data(article)).appearances == (
        AppearanceEntry(
            LinkTo("A title", "/blog/a/"),
            (
                LinkTo("Total", "#total"),
                LinkTo("Level: Other levels", "#level.rest"),
                LinkTo("Place", "#figures:jobs-place"),
            ),
        ),
    )


def test_a_column_is_in_the_table_and_a_row_begins_with_its_first_cell() -> None:
    article = showing(tables=(("tables.0", "series.openings"),), figures=("series.y2024",))
    (found,) = table_page(with_data(article), "series").appearances
    assert found.figures == (
        LinkTo("Openings", "#figures:series"),
        LinkTo("2024", "#y2024.year"),
    )


# In the built site

FILES = {
    "data/jobs.yaml": CORRECTED.encode(),
    "data/pay.yaml": PAY_TEXT.encode(),
    "articles/a.md": post(
        body="Of {{ jobs.total }} jobs, {{ jobs.place.remote }} are remote.\n\n"
        "[Pay in London](/data/pay/#gb.pay), [as CSV](/data/pay.csv)."
    ),
}


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    return outputs(sources(FILES))


def test_all_files_of_a_table_are_published(files: dict[str, bytes]) -> None:
    assert {path for path in files if path.startswith(("data/", "corrections/"))} == {
        "corrections/index.html",
        "data/index.html",
        *("data/jobs/index.html", "data/jobs.csv", "data/jobs.json"),
        *("data/pay/index.html", "data/pay.csv", "data/pay.json"),
    }


@pytest.mark.parametrize("name", ["jobs", "pay"])
def test_a_tables_page_has_all_the_ids_that_it_promises(name: str, files: dict[str, bytes]) -> None:
    tables = data(jobs=CORRECTED, pay=PAY_TEXT).tables
    ids = html.document_fromstring(files[f"data/{name}/index.html"]).xpath("//@id")
    promised = anchors(tables.values())[f"/data/{name}/"]
    assert set(promised) <= set(ids)
    assert len(ids) == len(set(ids))


def test_a_link_to_a_figure_that_there_is_not_is_found() -> None:
    wrong = {**FILES, "articles/a.md": post(body="[Pay in Rome](/data/pay/#it.pay)")}
    assert [found.code for found in built(sources(wrong)).diagnostics] == ["broken-anchor"]


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("content/pages/data.md", ABOUT),
        ("content/pages/corrections.md", ABOUT),
        ("content/articles/b.md", post("B", more="aliases: [/data/jobs/]\n")),
        ("static/data/jobs.csv", b"a,b"),
    ],
)
def test_nothing_else_takes_an_address_of_data(path: str, content: bytes) -> None:
    found = built({**sources(FILES), path: content}).diagnostics
    assert [one.code for one in found] == ["url-clash"]


def test_search_engines_are_told_of_the_table_and_its_files(files: dict[str, bytes]) -> None:
    page = html.document_fromstring(files["data/jobs/index.html"])
    (script,) = page.xpath("//script[@type='application/ld+json']")
    nodes = {node["@type"]: node for node in json.loads(script.text)["@graph"]}
    dataset = nodes["Dataset"]
    assert (dataset["@id"], dataset["dateModified"]) == (
        "https://sample.example/data/jobs/#dataset",
        "2026-06-01",
    )
    assert [file["contentUrl"] for file in dataset["distribution"]] == [
        "https://sample.example/data/jobs.csv",
        "https://sample.example/data/jobs.json",
    ]
    assert [item["item"] for item in nodes["BreadcrumbList"]["itemListElement"]] == [
        "https://sample.example/",
        "https://sample.example/data/",
        "https://sample.example/data/jobs/",
    ]


def test_an_article_tells_search_engines_once_of_a_table_that_it_lists() -> None:
    article = post("Market", more="tables: [jobs.level, jobs.place]\n")
    made = outputs(sources({**FILES, "market/m.md": article}))
    page = html.document_fromstring(made["blog/m/index.html"])
    (script,) = page.xpath("//script[@type='application/ld+json']")
    nodes = json.loads(script.text)["@graph"]
    (dataset,) = (node for node in nodes if node["@type"] == "Dataset")
    assert dataset["@id"] == "https://sample.example/data/jobs/#dataset"
    assert [one["name"] for one in dataset["variableMeasured"]] == ["Level", "Place"]


def test_pages_of_data_say_what_they_have_not(files: dict[str, bytes]) -> None:
    pay = files["data/pay/index.html"].decode()
    assert "No article shows figures of this table yet." in pay
    assert "No figure of this table has had to be corrected." in pay
    without = outputs(sources({"data/pay.yaml": PAY_TEXT.encode()}))
    assert (
        "No published figure has had to be corrected so far."
        in without["corrections/index.html"].decode()
    )
