"""Where a text names figures and charts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from aicareers_site.figure_expressions import UNTOLD, FigureError
from aicareers_site.figure_marks import (
    MARK,
    NOTHING,
    Directive,
    NamedFigures,
    Refusal,
    directive,
    named,
)
from aicareers_site.figures import book
from aicareers_site.table_selection import chart_data
from tests.tables import JOBS, PAY, SERIES

if TYPE_CHECKING:
    from collections.abc import Collection

TABLES = {table.id: table for table in (JOBS, PAY, SERIES)}
BOOK = book(TABLES.values())


def found(text: str, faulty: Collection[str] = ()) -> NamedFigures:
    return named(text, BOOK, TABLES, faulty)


def references(text: str) -> list[str]:
    return [figure.reference for figure in found(text).figures]


def hint(reference: str) -> str | None:
    (only,) = found(f"{{{{ {reference} }}}}").hints
    return only[1]


def test_a_text_without_marks_names_nothing() -> None:
    assert found("No figures, { one } bracket.") is NOTHING


def test_each_figure_comes_once_with_those_that_it_is_calculated_from() -> None:
    text = "{{ jobs.total }} {{jobs.level.senior|sum(mid-level)|share}} {{ jobs.total }}"
    assert references(text) == ["jobs.total", "jobs.level.senior", "jobs.level.mid-level"]


def test_a_mark_behind_a_backslash_is_none() -> None:
    assert MARK.search(r"\{{ jobs.total }}") is None


def test_what_cannot_be_read_names_nothing() -> None:
    assert found("{{ | }} {{ chart }} {{ jobs.total | nonsense }}") == NOTHING


def test_unknown_references_come_with_what_may_have_been_meant() -> None:
    assert hint("jbos.total") == "did you mean 'jobs.total'?"
    assert hint("jbos.level.senior") == "did you mean 'jobs.level.senior'?"
    assert hint("jbos.levle.senior") == "did you mean 'jobs'?"
    assert hint("jobs.levle.senior") == "did you mean 'level'?"
    assert hint("jobs.level.senoir") == "did you mean 'senior'?"
    assert hint("jobs.level") == "go on with one of: senior, mid-level, rest"
    assert hint("series.y2026.growth.lwo") == "did you mean 'low'?"
    assert (
        hint("pay.de.pay")
        == "its row has no value there; add one, or leave the figure out of the text"
    )


def test_a_figure_in_capitals_comes_with_the_one_that_was_meant() -> None:
    assert hint("Jobs.Total") == "did you mean 'jobs.total'?"
    assert hint("JOBS.level.Senior | share") == "did you mean 'jobs.level.senior'?"
    assert found("{{ Jobs.Nothing }} {{ jobs.total | Jobs.Total }}").hints == ()


def test_of_a_faulty_table_nothing_is_said() -> None:
    there = found("{{ other.total }}{{ chart other.level }}", ["other"])
    assert there.hints == (("other.total", None),)
    ((_, refusal),) = there.charts
    assert isinstance(refusal, Refusal)
    assert refusal.code == UNTOLD


def test_a_chart_comes_with_its_rows_only() -> None:
    text = "{{ chart pay.pay rows=us kind=ranges }}"
    assert found(text).charts == ((("pay.pay", ("us",)), chart_data(TABLES, "pay.pay", ["us"])),)


def test_a_chart_that_cannot_be_drawn_comes_with_the_reason() -> None:
    ((_, refusal),) = found("{{ chart pay.pay }}").charts
    assert isinstance(refusal, Refusal)
    assert refusal.code == "figure-currency"
    assert refusal.error().message == refusal.message


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("chart jobs.level", Directive("jobs.level")),
        (" chart  jobs.level  kind=bars ", Directive("jobs.level", "bars")),
        (
            'chart a.b title="One, two" note="" rows=x,y',
            Directive("a.b", title="One, two", rows=("x", "y")),
        ),
        ('chart a.b\n  kind=map\n  rows="x, y"', Directive("a.b", "map", rows=("x", "y"))),
    ],
)
def test_a_chart_is_asked_for_with_options(written: str, expected: Directive) -> None:
    assert directive(written) == expected


@pytest.mark.parametrize(
    ("written", "word"),
    [
        ("chart", "chart"),
        ("chart Jobs", "Jobs"),
        ("chart a.b kinds=bars", "kinds"),
        ("chart a.b kind=bars kind=map", "kind"),
        ("chart a.b title=“One two”", "title=“One two”"),
        ('chart a.b title="One', 'title="One'),
        ("chart a.b bars", "bars"),
    ],
)
def test_a_chart_that_cannot_be_read_is_refused(written: str, word: str) -> None:
    with pytest.raises(FigureError) as caught:
        directive(written)
    assert caught.value.code == "chart-syntax"
    assert caught.value.word == word


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("chart a.b title='One two'", 'write double quotation marks: title="…"'),
        ("chart a.b kind=bars note='One'", 'write double quotation marks: note="…"'),
        (
            "chart a.b title=“One two”",
            'write kind=bars, title="…" or note="…", with straight quotation marks',
        ),
    ],
)
def test_the_quotation_marks_that_a_chart_takes_are_told(written: str, hint: str) -> None:
    with pytest.raises(FigureError) as caught:
        directive(written)
    assert caught.value.hint == hint
