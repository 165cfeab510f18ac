"""All tables of a site together, and what articles show of them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest

from aicareers_site.data_book import (
    NOTHING_SHOWN,
    DataBook,
    bind,
    check_tables,
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
from aicareers_site.diagnostics import Span
from aicareers_site.records import Record
from tests.tables import JOBS, JOBS_TEXT, PAY, SERIES, SERIES_TEXT, table

if TYPE_CHECKING:
    from aicareers_site.data_tables import Table

DAY = date(2026, 6, 1)
CORRECTED = table(
    f"""{JOBS_TEXT}
corrections:
  - {{date: 2026-05-01, figure: level.senior, before: 61, after: 59, why: It was miscounted.}}
  - {{date: 2026-05-03, figure: level.senior, before: 59, after: 60, why: One was forgotten.}}
  - {{date: 2026-05-02, figure: place.remote, before: 40, after: 41, why: One was remote.}}
""".replace("2026-05-02", "2026-05-04"),
    "content/data/jobs.yaml",
)


def locate(path: str, field: str) -> Span:
    """A place that tells what was asked for."""
    return Span(f"{path}#{field}")


def data(*tables: Table) -> DataBook:
    outcome = bind(tables, (), locate)
    assert outcome.diagnostics == ()
    return outcome.value


def record(**fields: object) -> Record:
    """An article of the first of May, with what it shows."""
    moment = datetime(2026, 5, 1, tzinfo=UTC)
    return Record(
        "content/articles/a.md", "post", "a", "/blog/a/", "A", "About A.", moment, draft=False,
        aliases=(), ids=(), references=(), date=moment,
    )._replace(**fields)  # type: ignore[arg-type]  # fmt: skip


ALL = data(JOBS, PAY, SERIES)


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
    assert shown_data(record(), ALL, DAY) is NOTHING_SHOWN


def test_an_article_notes_every_table_that_it_shows_something_of() -> None:
    shown = shown_data(record(figures=("jobs.total", "pay.us.pay", "jobs.level.rest")), ALL, DAY)
    assert [(note.id, note.as_of, note.is_due) for note in shown.notes] == [
        ("jobs", date(2026, 4, 22), False),
        ("pay", date(2026, 4, 22), False),
    ]
    assert shown_data(record(figures=("jobs.total",)), ALL, date(2028, 1, 1)).notes[0].is_due


def test_it_lists_the_tables_of_its_front_matter_and_of_them_no_more_than_it_shows() -> None:
    fields = (("tables.0", "jobs.level"), ("tables.1", "series"))
    level, series = shown_data(record(tables=fields), ALL, DAY).tables
    assert [breakdown.id for breakdown in level.breakdowns] == ["level"]
    assert (level.review_by, level.corrections) == (None, ())
    assert series.records == SERIES.records


def test_a_profile_shows_the_pay_in_its_country() -> None:
    shown = shown_data(record(tables=(("salaries.0", "pay"),), profiled="GB"), ALL, DAY)
    assert [pay.place for pay in shown.pays] == ["London"]
    assert shown.tables == ()


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"tables": (("tables.0", "jbos"),)}, "unknown-table"),
        ({"tables": (("tables.0", "jobs.levle"),)}, "unknown-table"),
        ({"tables": (("salaries.0", "jobs"),), "profiled": "DE"}, "table-columns"),
        ({"tables": (("salaries.0", "series"),), "profiled": "DE"}, "table-columns"),
    ],
)
def test_the_front_matter_names_tables_that_there_are(fields: dict[str, object], code: str) -> None:
    (found,) = check_tables(record(**fields), ALL, locate)
    assert found.code == code
    assert found.hint


def test_the_right_tables_are_right() -> None:
    listed = record(tables=(("tables.0", "jobs"), ("tables.1", "jobs.level")))
    profile = record(tables=(("salaries.0", "pay"),), profiled="DE")
    assert [*check_tables(listed, ALL, locate), *check_tables(profile, ALL, locate)] == []


@pytest.mark.parametrize(
    ("fields", "days"),
    [
        ({"figures": ("jobs.level.senior",)}, [3, 1]),
        ({"figures": ("jobs.total",)}, []),
        ({"figures": ("jobs",)}, []),
        ({"tables": (("tables.0", "jobs.place"),)}, [4]),
        ({"tables": (("tables.0", "jobs"),)}, [4, 3, 1]),
        ({"figures": ("jobs.level.senior",), "date": datetime(2026, 5, 2, tzinfo=UTC)}, [3]),
    ],
)
def test_corrections_are_of_what_is_shown_since_it_was_published(
    fields: dict[str, object], days: list[int]
) -> None:
    found = shown_corrections(record(**fields), data(CORRECTED))
    assert [one.correction.date.day for one in found] == days


def test_a_correction_names_its_figure_in_words() -> None:
    (first, _) = shown_corrections(record(figures=("jobs.level.senior",)), data(CORRECTED))
    assert (first.label, first.title, first.table) == ("Level: Senior", "Open positions", "jobs")


def test_an_article_changes_with_the_correction_of_a_figure() -> None:
    found = corrected(record(figures=("jobs.level.senior",)), data(CORRECTED))
    assert found.modified == datetime(2026, 5, 3, tzinfo=UTC)
    later = record(figures=("jobs.level.senior",), modified=datetime(2026, 5, 9, tzinfo=UTC))
    assert corrected(later, data(CORRECTED)) is later
    assert corrected(record(), data(CORRECTED)).modified == record().modified


def test_tables_of_unpublished_articles_are_left_out() -> None:
    left = without({"jobs"}, ALL)
    assert list(left.tables) == ["pay", "series"]
    assert all(figure.table != "jobs" for figure in left.figures.values())
    assert without((), ALL) is ALL


def test_an_article_that_cannot_be_read_may_show_what_it_mentions() -> None:
    assert mentioned([b"{{ jobs.total"], ALL) == {"jobs"}
