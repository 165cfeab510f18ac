from decimal import Decimal

import pytest

from aicareers_site.chart_data import ChartData
from aicareers_site.chart_rows import (
    Item,
    Series,
    counted,
    items,
    ranked,
    series,
    share_in_words,
    time_in_words,
    times,
    when,
)
from aicareers_site.data_tables import ColumnType
from tests.chart_samples import BRITISH, LEVELS, PAY, YEARS, course, data, rows

D = Decimal


def test_what_the_rows_leave_of_the_whole_is_the_rest() -> None:
    assert items(LEVELS)[-1] == Item("Not stated", D(214), is_rest=True)


def test_nothing_is_left_of_a_whole_that_is_complete() -> None:
    assert [item.label for item in items(data(rows({"Senior": 2, "Lead": 1}), whole=3))] == [
        "Senior",
        "Lead",
    ]


def test_ranking_puts_what_is_not_reported_and_the_rest_behind_the_smallest() -> None:
    found = ranked(data(rows({"a": 1, "b": None, "c": 3, "d": 1}), whole=9))
    assert [item.label for item in found] == ["c", "a", "d", "b", "Not stated"]


def test_a_series_has_every_time_that_any_has() -> None:
    assert series(YEARS)[1] == Series("On-site", {"2024": D(260), "2025": None, "2026": D(204)})
    assert series(YEARS)[1].reported == [("2024", D(260)), ("2026", D(204))]


def test_years_and_days_are_in_order() -> None:
    assert times(data(course("", {"2026-04-22": 1, "2027": 2, "2025": 3}))) == [
        "2025",
        "2026-04-22",
        "2027",
    ]
    assert when("2026-07-02") == D("2026") + D(182) / 365


def test_a_day_is_written_as_the_language_writes_it_and_a_year_as_it_is() -> None:
    assert time_in_words("2026", BRITISH) == "2026"
    assert time_in_words("2026-04-22", BRITISH) == "22 April 2026"


def test_a_share_is_said_where_there_is_a_whole_and_the_number_is_not_a_share_itself() -> None:
    percentages = data(rows({"Senior": 60}), ColumnType.PERCENT, whole=100)
    assert share_in_words(D(440), LEVELS, BRITISH) == "60%"
    assert share_in_words(D(60), percentages, BRITISH) == ""
    assert share_in_words(D(60), PAY, BRITISH) == ""


@pytest.mark.parametrize(
    ("numbers", "heading"),
    [
        (LEVELS, "Openings; 732 in all"),
        (YEARS, "Openings"),
        (data(rows({"Senior": 1}), unit=""), ""),
        (data(rows({"Senior": 1}), ColumnType.MONEY, "EUR", whole=9), "€9 in all"),
        (PAY, ""),
    ],
)
def test_a_heading_says_what_is_counted_unless_the_numbers_do(
    numbers: ChartData, heading: str
) -> None:
    assert counted(numbers, BRITISH) == heading
