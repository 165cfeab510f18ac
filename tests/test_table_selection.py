"""What the reference of a chart means."""

from __future__ import annotations

from decimal import Decimal

import pytest

from aicareers_site.chart_data import ChartData, ChartRow
from aicareers_site.data_tables import Amount, ColumnType
from aicareers_site.figure_expressions import FigureError
from aicareers_site.table_selection import chart_data
from tests.tables import JOBS, PAY, SERIES, table

HUBS = table(
    """\
title: Hubs
description: Where the work is.
as_of: 2026-04-22
source: {name: An atlas, retrieved: 2026-04-22}
columns: {country: {type: country}, north: {type: latitude}, east: {type: longitude}}
records:
  berlin: {country: DE, north: 52.52, east: 13.40}
  nowhere: {country: DE}
""",
    "content/data/hubs.yaml",
)
TABLES = {one.id: one for one in (JOBS, PAY, SERIES, HUBS)}


def one(number: int | str) -> Amount:
    return Amount(Decimal(number), Decimal(number))


def refused(reference: str, *rows: str) -> tuple[str, str]:
    with pytest.raises(FigureError) as caught:
        chart_data(TABLES, reference, rows)
    return (caught.value.code, caught.value.hint)


def test_a_breakdown_is_parts_of_a_whole() -> None:
    assert chart_data(TABLES, "jobs.level") == ChartData(
        "jobs.level",
        "Level",
        ColumnType.NUMBER,
        "openings",
        (ChartRow("Senior", one(60), id="senior"), ChartRow("Mid level", one(25), id="mid-level")),
        JOBS.as_of,
        JOBS.source,
        one(100),
        "Other levels",
        ("The source does not say what the others are.",),
    )


def test_a_complete_breakdown_has_no_rest() -> None:
    assert chart_data(TABLES, "jobs.place").rest == ""


def test_a_column_is_a_row_for_each_record_reported_or_not() -> None:
    found = chart_data(TABLES, "pay.pay", ["us", "de"])
    assert found.title == "Pay of engineers: pay a year"
    assert (found.type, found.unit) == (ColumnType.MONEY, "USD")
    assert found.rows == (
        ChartRow(
            "Bay Area",
            Amount(Decimal(350000), Decimal(700000), Decimal(500000)),
            country="US",
            id="us",
        ),
        ChartRow("Berlin", None, country="DE", id="de"),
    )


def test_a_series_has_times() -> None:
    rows = chart_data(TABLES, "series.openings").rows
    assert [(row.time, row.amount) for row in rows] == [
        ("2024", one(80)),
        ("2025", one(90)),
        ("2026", one(100)),
    ]


def test_a_table_by_itself_is_places_and_countries() -> None:
    found = chart_data(TABLES, "hubs")
    assert found.rows == (
        ChartRow("Berlin", None, country="DE", place=(13.4, 52.52), id="berlin"),
        ChartRow("Nowhere", None, country="DE", id="nowhere"),
    )


def test_several_currencies_share_no_axis() -> None:
    assert refused("pay.pay") == (
        "figure-currency",
        "draw a chart for each currency, with rows=… naming its rows",
    )


def test_what_there_is_not_is_refused_with_what_may_have_been_meant() -> None:
    assert refused("jbos.level") == ("unknown-figure", "did you mean 'jobs'?")
    assert refused("jobs.levels") == ("unknown-figure", "did you mean 'level'?")
    assert refused("jobs")[0] == "unknown-figure"
    assert refused("pay.place")[0] == "unknown-figure"
    assert refused("jobs.level", "senoir") == ("unknown-figure", "did you mean 'senior'?")
