from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from lxml import html

from aicareers_site.chart_data import ChartKind, ChartRow
from aicareers_site.chart_figure import ChartLinks, figure
from aicareers_site.data_tables import Source
from tests.chart_samples import (
    BRITISH,
    CHANGE,
    DAY,
    LEVELS,
    ONE_OF_EACH,
    PAY,
    YEARS,
    chart,
    data,
    rows,
)

if TYPE_CHECKING:
    from aicareers_site.chart_data import Chart, ChartData

LINKS = ChartLinks("/data/survey/", "/data/survey.csv", "/data/survey.json", "/charts/level.svg")


def read(found: Chart) -> html.HtmlElement:
    return html.fragment_fromstring(figure(found, BRITISH, LINKS))


def cells(numbers: ChartData, kind: ChartKind) -> list[list[str]]:
    return [[cell.text_content() for cell in row] for row in read(chart(kind, numbers)).iter("tr")]


def test_a_figure_begins_with_its_title_and_has_the_charts_id() -> None:
    found = read(chart(ChartKind.BARS, LEVELS, "R&D <openings>"))
    assert (found.tag, found.get("id")) == ("figure", "chart:level")
    assert (found[0].tag, found[0].text) == ("figcaption", "R&D <openings>")


@pytest.mark.parametrize("kind", sorted(ONE_OF_EACH))
def test_a_figure_has_no_heading_which_would_be_listed_in_the_contents(kind: ChartKind) -> None:
    assert read(ONE_OF_EACH[kind]).xpath(".//h1|.//h2|.//h3|.//h4|.//h5|.//h6") == []


def test_notes_and_remarks_are_shown() -> None:
    remarked = chart(ChartKind.BARS, LEVELS._replace(remarks=("The rows don’t add up.",)))
    found = read(remarked._replace(note="Students count apart."))
    assert found.xpath("p[@class='chart-note']/text()") == [
        "Students count apart.",
        "The rows don’t add up.",
    ]


def test_the_source_is_linked_where_it_has_an_address() -> None:
    source = Source("A survey", "https://example.com/?a=1&b=2", None, DAY)
    linked = read(chart(ChartKind.BARS, LEVELS._replace(source=source)))
    assert linked.xpath("p[@class='chart-source']/a/@href") == ["https://example.com/?a=1&b=2"]
    assert read(chart(ChartKind.BARS, LEVELS)).xpath("p[@class='chart-source']/a") == []


def test_the_day_of_the_figures_is_a_time() -> None:
    found = read(chart(ChartKind.BARS, LEVELS))
    assert (
        found.xpath("string(p[@class='chart-source'])") == "Source: A survey. As of 22 April 2026."
    )
    assert found.xpath("p[@class='chart-source']/time/@datetime") == ["2026-04-22"]


def test_the_numbers_and_the_drawing_can_be_fetched() -> None:
    found = read(chart(ChartKind.BARS, LEVELS))
    assert found.xpath("ul[@class='chart-links']//a/@href") == list(LINKS)


def test_the_numbers_stand_in_a_table_with_headings() -> None:
    found = read(chart(ChartKind.BARS, LEVELS))
    region = found.xpath("details/div[@role='region']")[0]
    assert region.get("aria-label") == "The numbers: Openings by level"
    assert region.xpath("string(table/caption)") == "Openings by level"
    assert region.xpath("table/thead//th/@scope") == ["col"] * 3
    assert region.xpath("table/tbody//th/@scope") == ["row"] * 4


def test_parts_of_a_whole_have_shares_and_a_rest() -> None:
    assert cells(LEVELS, ChartKind.SHARES) == [
        ["Name", "Openings", "Share"],
        ["Junior", "18", "2%"],
        ["Senior", "440", "60%"],
        ["Lead", "60", "8%"],
        ["Not stated", "214", "29%"],
        ["Total", "732", ""],
    ]


def test_what_is_not_reported_is_said_in_words() -> None:
    silent = data(rows({"Senior": 2, "Lead": None}), whole=3)
    assert cells(silent, ChartKind.BARS)[2] == ["Lead", "not reported", "not reported"]


def test_ranges_are_written_out_with_their_medians() -> None:
    assert cells(PAY, ChartKind.RANGES) == [
        ["Name", "Amount", "Median"],
        ["Entry level", "US$100,000 to US$130,000", "not reported"],
        ["Mid-level to senior", "US$150,000 to US$220,000", "US$180,000"],
        ["Lead", "above US$250,000", "not reported"],
        ["Intern", "not reported", "not reported"],
    ]


def test_series_have_a_row_for_each_time() -> None:
    assert cells(YEARS, ChartKind.LINE) == [
        ["Time", "Remote", "On-site"],
        ["2024", "180", "260"],
        ["2025", "240", "not reported"],
        ["2026", "289", "204"],
    ]


def test_before_and_after_stand_in_columns() -> None:
    assert cells(CHANGE, ChartKind.SLOPE) == [
        ["Name", "2024", "2026"],
        ["Remote", "31%", "39%"],
        ["On-site", "33%", "28%"],
    ]


def test_places_without_numbers_are_listed() -> None:
    places = data([ChartRow("Berlin", None, country="DE", place=(13.4, 52.52))])
    assert cells(places, ChartKind.MAP) == [["Name"], ["Berlin"]]
    assert read(chart(ChartKind.MAP, places)).xpath("string(details/summary)") == "The places"
