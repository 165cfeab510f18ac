"""Whether data tables agree with each other and with the calendar, and fit the articles."""

from __future__ import annotations

from datetime import date

import pytest

from aicareers_site.data_checks import bind, check_dates, check_tables
from aicareers_site.diagnostics import Span
from tests.tables import ALL, CORRECTED, JOBS, PAY, SERIES_TEXT, data, locate, record, table


def test_two_tables_cannot_have_one_id() -> None:
    other = PAY._replace(id="jobs")
    (found,) = bind([other, JOBS], (), locate).diagnostics
    assert (found.code, found.span.path) == ("duplicate-id", "content/data/pay.yaml#id")
    assert found.related == (Span("content/data/jobs.yaml#id"),)


@pytest.mark.parametrize(
    ("figure", "equals", "expected"),
    [
        ("y2026.remote", "jobs.place.remote | share", None),
        ("y2026.remote", "jobs.level.senior | share", "figure-contradiction"),
        ("y2026.growth", "series.y2026.growth", None),
        ("y2026.growth", "series.y2025.growth", "figure-contradiction"),
        ("y2026.openings", "jobs.total", None),
        ("y2026.openings", "pay.gb.pay", "figure-contradiction"),
        ("y2026.opening", "jobs.total", "unknown-figure"),
        ("y2026.openings", "jobs.total | shre", "unknown-format"),
        ("y2026.openings | as-of", "jobs.total | as-of", "figure-contradiction"),
        ("y2026.openings | as-of", "series.y2025.openings | as-of", None),
    ],
)
def test_figures_of_two_tables_must_agree(figure: str, equals: str, expected: str | None) -> None:
    series = table(f"{SERIES_TEXT}agreements:\n  - {{figure: {figure}, equals: '{equals}'}}\n")
    found = bind([series._replace(id="series"), JOBS, PAY], (), locate).diagnostics
    assert [one.code for one in found] == ([expected] if expected else [])


def test_a_contradiction_can_be_acknowledged_but_nothing_else() -> None:
    def codes(equals: str) -> list[str]:
        text = f"agreements:\n  - {{figure: y2026.remote, equals: '{equals}', acknowledged: So.}}\n"
        series = table(SERIES_TEXT + text)._replace(id="series")
        return [one.code for one in bind([series, JOBS], (), locate).diagnostics]

    assert codes("jobs.level.senior | share") == []
    assert codes("jobs.place.remote | share") == ["nothing-acknowledged"]


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"tables": (("tables.0", "jbos"),)}, "unknown-table"),
        ({"tables": (("tables.0", "jobs.levle"),)}, "unknown-table"),
        ({"tables": (("tables.0", "jobs"), ("tables.1", "jobs"))}, "duplicate-table"),
        ({"tables": (("tables.0", "jobs"), ("tables.1", "jobs.level"))}, "duplicate-table"),
        ({"tables": (("tables.0", "jobs.level"), ("tables.1", "jobs"))}, "duplicate-table"),
        ({"tables": (("salaries.0", "jobs"),), "profiled": "DE"}, "table-columns"),
        ({"tables": (("salaries.0", "series"),), "profiled": "DE"}, "table-columns"),
    ],
)
def test_the_front_matter_names_tables_that_there_are(fields: dict[str, object], code: str) -> None:
    (found,) = check_tables(record(**fields), ALL, locate)
    assert found.code == code
    assert found.hint


def test_the_right_tables_are_right() -> None:
    listed = record(tables=(("tables.0", "jobs.place"), ("tables.1", "jobs.level")))
    profile = record(tables=(("salaries.0", "pay"),), profiled="DE")
    assert [*check_tables(listed, ALL, locate), *check_tables(profile, ALL, locate)] == []


def test_nothing_can_be_read_or_corrected_on_a_day_to_come() -> None:
    found = check_dates(data(CORRECTED), date(2026, 5, 3), locate)
    assert [(one.code, one.span.path.partition("#")[2]) for one in found] == [
        ("future-update", "corrections.2.date")
    ]
    assert [*check_dates(data(CORRECTED), date(2026, 5, 4), locate)] == []
    found = check_dates(data(JOBS), date(2026, 4, 22), locate)
    assert [one.span.path.partition("#")[2] for one in found] == ["source.retrieved"]
