"""All tables of a site together, and what articles show of them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from aicareers_site.chart_data import Chart, ChartKind
from aicareers_site.data_book import (
    NOTHING_SHOWN,
    corrected,
    is_due,
    mentioned,
    named_in,
    pays,
    shown_corrections,
    shown_data,
    without,
)
from aicareers_site.data_tables import Amount
from aicareers_site.table_selection import chart_data
from tests.tables import ALL, CORRECTED, JOBS, PAY, SERIES, data, record

DAY = date(2026, 6, 1)
LEVELS = Chart("chart:x", ChartKind.BARS, "X", "", chart_data({"jobs": CORRECTED}, "jobs.level"))


def test_an_article_gets_what_it_names_and_no_more() -> None:
    found = named_in(b"Of {{ jobs.total }}", ALL)
    assert [figure.reference for figure in found.figures] == ["jobs.total"]


def test_a_table_is_due_after_its_day() -> None:
    assert [is_due(JOBS, day) for day in (date(2027, 4, 22), date(2027, 4, 23))] == [False, True]
    assert not is_due(PAY, date(2100, 1, 1))


def test_pay_is_that_of_the_country() -> None:
    (us,), (de,), none = (tuple(pays(PAY, code)) for code in ("US", "DE", "FR"))
    assert (us.role, us.place, us.basis, us.currency) == ("Engineer", "Bay Area", "a year", "USD")
    assert us.amount == PAY.records[0].cells["pay"]
    assert (de.place, de.amount) == ("Berlin", None)
    assert none == ()
    assert isinstance(us.amount, Amount)


def test_an_article_without_figures_shows_nothing_of_tables() -> None:
    assert shown_data(record(), ALL, DAY, UTC) is NOTHING_SHOWN


def test_an_article_notes_every_table_that_it_shows_something_of() -> None:
    shown = shown_data(
        record(figures=("jobs.total", "pay.us.pay", "jobs.level.rest")), ALL, DAY, UTC
    )
    assert [(note.id, note.as_of, note.is_due) for note in shown.notes] == [
        ("jobs", date(2026, 4, 22), False),
        ("pay", date(2026, 4, 22), False),
    ]
    assert shown_data(record(figures=("jobs.total",)), ALL, date(2028, 1, 1), UTC).notes[0].is_due


def test_it_lists_the_tables_of_its_front_matter_and_of_them_no_more_than_it_shows() -> None:
    fields = (("tables.0", "jobs.level"), ("tables.1", "series"))
    level, series = shown_data(record(tables=fields), ALL, DAY, UTC).tables
    assert [breakdown.id for breakdown in level.breakdowns] == ["level"]
    assert (level.review_by, level.corrections) == (None, ())
    assert series.records == SERIES.records


def test_a_profile_shows_the_pay_in_its_country() -> None:
    shown = shown_data(record(tables=(("salaries.0", "pay"),), profiled="GB"), ALL, DAY, UTC)
    assert [pay.place for pay in shown.pays] == ["London"]
    assert shown.tables == ()


@pytest.mark.parametrize(
    ("fields", "days"),
    [
        ({"figures": ("jobs.level.senior",)}, [3, 1]),
        ({"figures": ("jobs.total",)}, []),
        ({"figures": ("jobs",)}, []),
        ({"figures": ("jobs.level.rest",)}, [3, 1]),
        ({"figures": ("jobs.level.mid-level",)}, []),
        ({"charts": (LEVELS,)}, [3, 1]),
        ({"charts": (LEVELS._replace(data=LEVELS.data._replace(rows=LEVELS.data.rows[1:])),)}, []),
        ({"tables": (("tables.0", "jobs.place"),)}, [4]),
        ({"tables": (("tables.0", "jobs"),)}, [4, 3, 1]),
        ({"figures": ("jobs.level.senior",), "date": datetime(2026, 5, 2, tzinfo=UTC)}, [3]),
    ],
)
def test_corrections_are_of_what_is_shown_since_it_was_published(
    fields: dict[str, object], days: list[int]
) -> None:
    found = shown_corrections(record(**fields), data(CORRECTED), UTC)
    assert [one.correction.date.day for one in found] == days


def test_a_correction_names_its_figure_in_words() -> None:
    (first, _) = shown_corrections(record(figures=("jobs.level.senior",)), data(CORRECTED), UTC)
    assert (first.label, first.title, first.table) == ("Level: Senior", "Open positions", "jobs")


def test_an_article_changes_with_the_correction_of_a_figure() -> None:
    found = corrected(record(figures=("jobs.level.senior",)), data(CORRECTED), UTC)
    assert found.modified == datetime(2026, 5, 3, tzinfo=UTC)
    later = record(figures=("jobs.level.senior",), modified=datetime(2026, 5, 9, tzinfo=UTC))
    assert corrected(later, data(CORRECTED), UTC) is later
    assert corrected(record(), data(CORRECTED), UTC).modified == record().modified


def test_tables_of_unpublished_articles_are_left_out() -> None:
    left = without({"jobs"}, ALL)
    assert list(left.tables) == ["pay", "series"]
    assert all(figure.table != "jobs" for figure in left.figures.values())
    assert without((), ALL) is ALL


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"{{ jobs.total", {"jobs"}),
        (b"tables: [pay, jobs.level]", {"jobs", "pay"}),
        (b"tables:\n  - series\n", {"series"}),
        (b"{{ my-jobs.total }} {{ jobs-2.total }} {{ a.pay.b }}", set()),
    ],
)
def test_a_file_mentions_tables_rightly_or_wrongly(content: bytes, expected: set[str]) -> None:
    assert mentioned([content], ALL) == expected


def test_days_of_a_correction_are_the_sites() -> None:
    tokyo = timezone(timedelta(hours=9))
    late = record(figures=("place.remote", "jobs.place.remote"))
    late = late._replace(date=datetime(2026, 5, 4, 20, tzinfo=UTC))
    assert [len(shown_corrections(late, data(CORRECTED), zone)) for zone in (UTC, tokyo)] == [1, 0]
