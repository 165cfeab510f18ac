"""Which figures are due for review, and when."""

from __future__ import annotations

from datetime import date

import pytest

from aicareers_site import freshness
from aicareers_site.diagnostics import Diagnostic, Severity
from tests.tables import JOBS_TEXT, PAY, table

PATH = "content/data/jobs.yaml"
BY_AGE = JOBS_TEXT.replace("review_by: 2027-04-22", "max_age: 365")


def checked(
    today: str, articles: tuple[str, ...] = (), text: str = JOBS_TEXT
) -> tuple[Diagnostic, ...]:
    tables = [table(text), PAY]
    files = {PATH: text.encode()}
    return tuple(freshness.check(tables, files, {"jobs": articles}, date.fromisoformat(today)))


@pytest.mark.parametrize("text", [JOBS_TEXT, BY_AGE])
@pytest.mark.parametrize(
    ("today", "expected"),
    [
        ("2026-04-22", []),
        ("2027-03-22", []),
        ("2027-03-23", [("figure-due", Severity.NOTE)]),
        ("2027-04-22", [("figure-due", Severity.NOTE)]),
        ("2027-04-23", [("figure-stale", Severity.WARNING)]),
    ],
)
def test_a_month_before_the_day_of_review_is_a_note_and_the_day_after_it_a_warning(
    text: str, today: str, expected: list[tuple[str, Severity]]
) -> None:
    assert [(one.code, one.severity) for one in checked(today, text=text)] == expected


@pytest.mark.parametrize(("text", "place"), [(JOBS_TEXT, "4:12"), (BY_AGE, "4:10")])
def test_it_stands_where_the_file_says_how_long_its_figures_are_good(text: str, place: str) -> None:
    assert [str(one.span) for one in checked("2027-04-22", text=text)] == [f"{PATH}:{place}"]


@pytest.mark.parametrize(
    ("articles", "words"),
    [
        ((), "no article names them"),
        (("a.md",), "named by a.md"),
        (("a.md", "b.md", "c.md", "d.md", "e.md"), "named by a.md, b.md, c.md and 2 more"),
    ],
)
def test_it_says_which_articles_name_the_table(articles: tuple[str, ...], words: str) -> None:
    (stale,) = checked("2028-01-01", articles)

    assert stale.message == f"these figures have been due for review since 2027-04-22; {words}"
