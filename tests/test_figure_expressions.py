"""What stands between the brackets."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aicareers_site.figure_expressions import Expression, FigureError, Step, parse


def test_a_figure_by_itself() -> None:
    assert parse(" a-1.b.c ") == Expression("a-1.b.c")


def test_a_name_without_a_dot_is_a_sibling() -> None:
    assert parse("a.b.c | sum(d, e.f.g) | share(1)") == Expression(
        "a.b.c", (Step("sum", ("a.b.d", "e.f.g")), Step("share", ("1",)))
    )


def test_an_expression_names_all_that_it_is_calculated_from() -> None:
    assert parse("a.b.c | sum(d, e.f.g) | share(1)").references == ("a.b.c", "a.b.d", "e.f.g")


@pytest.mark.parametrize(
    ("written", "code", "word"),
    [
        ("", "figure-syntax", ""),
        ("Jobs.total", "figure-syntax", "Jobs.total"),
        ("jobs..total", "figure-syntax", "jobs..total"),
        ("jobs total", "figure-syntax", "jobs total"),
        ("jobs.total |", "figure-syntax", ""),
        ("jobs.total | share(", "figure-syntax", "share("),
        ("jobs.total | sum(A)", "figure-syntax", "A"),
        ("jobs.total | sum(a,,b)", "figure-syntax", "sum"),
        ("jobs.total | shares", "unknown-format", "shares"),
    ],
)
def test_what_cannot_be_read_is_refused(written: str, code: str, word: str) -> None:
    with pytest.raises(FigureError) as caught:
        parse(written)
    assert (caught.value.code, caught.value.word) == (code, word)


@given(st.text())
def test_no_text_makes_it_fail_otherwise(text: str) -> None:
    with suppress(FigureError):
        parse(text)
