"""What expressions give: figures looked up, calculated with, and put into words."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aicareers_site.data_tables import Amount, ColumnType
from aicareers_site.figure_expressions import FigureError, parse
from aicareers_site.figure_values import Printed, evaluate, printed
from aicareers_site.figures import Figure, book
from aicareers_site.wording import Wording
from tests.tables import JOBS, PAY, SERIES

BOOK = book([JOBS, PAY, SERIES])
ENGLISH = Wording("en", UTC)


def shown(text: str, language: str = "en") -> str:
    """What readers see for an expression."""
    return printed(evaluate(parse(text), BOOK, {}), Wording(language, UTC)).text


def refusal(text: str) -> tuple[str, str]:
    """The code of what is wrong, and the word that is meant."""
    with pytest.raises(FigureError) as caught:
        shown(text)
    return (caught.value.code, caught.value.word)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("jobs.total", "100"),
        ("jobs.level.senior | share", "60%"),
        ("jobs.level.senior | share(1)", "60.0%"),
        ("jobs.level.rest", "15"),
        ("jobs.level.senior | sum(mid-level)", "85"),
        ("jobs.level.senior | sum(mid-level) | share", "85%"),
        ("jobs.level.senior | sum(mid-level, rest)", "100"),
        ("jobs.place.on-site | difference(remote)", "18"),
        ("jobs.place.remote | difference(on-site)", "18"),
        ("jobs.level.senior | ratio(rest)", "4"),
        ("jobs.level.senior | ratio(rest) | words", "four"),
        ("series.y2025.openings | grown(series.y2026.growth)", "99 to 101"),
        ("series.y2026.growth", "10 to 12%"),
        ("series.y2025.growth", "12.5%"),
        ("series.y2025.remote | share", "36%"),
        ("series.y2025.remote | decimals(2)", "35.50%"),
        ("series.y2026.year", "2026"),
        ("pay.us.pay", "US$350,000 to US$700,000"),
        ("pay.us.pay | range", "US$350,000 to US$700,000"),
        ("pay.us.pay.median | money", "US$500,000"),
        ("pay.us.pay.high | difference(pay.us.pay.low)", "US$350,000"),
        ("jobs.level.senior | ratio(mid-level)", "2"),
        ("jobs.level.rest | ratio(senior) | decimals(2)", "0.25"),
        ("jobs.level.senior | ratio(mid-level) | decimals(1)", "2.4"),
        ("series.y2026.remote | difference(series.y2024.remote)", "11"),
        ("pay.us.country", "United States"),
        ("pay.us.place", "Bay Area"),
        ("jobs | as-of", "22 April 2026"),
        ("jobs.total | as-of", "22 April 2026"),
    ],
)
def test_what_readers_see(written: str, expected: str) -> None:
    assert shown(written, "en-GB") == expected


def test_numbers_are_written_as_the_language_has_them() -> None:
    assert shown("pay.us.pay.low", "de") == "350.000\xa0$"
    assert shown("series.y2025.remote", "de") == "35,5\xa0%"


@pytest.mark.parametrize(
    ("written", "value", "unit"),
    [
        ("jobs.level.senior", "60", "openings"),
        ("jobs.level.senior | share", "60", "percent"),
        ("pay.us.pay", "350000/700000", "USD"),
        ("jobs.level.senior | ratio(rest) | words", "4", ""),
        ("series.y2026.remote | difference(series.y2024.remote)", "11", "percentage points"),
        ("jobs | as-of", "2026-04-22", "date"),
        ("pay.us.country", "US", "country"),
    ],
)
def test_what_machines_read(written: str, value: str, unit: str) -> None:
    words = printed(evaluate(parse(written), BOOK, {}), ENGLISH)
    assert (words.value, words.unit) == (value, unit)


def test_an_open_range_says_where_it_is_open() -> None:
    figure = Figure("a.b.c", ColumnType.MONEY, Amount(Decimal(250000), None), unit="USD")
    assert printed(figure, ENGLISH) == Printed("above $250,000", "250000/", "USD")
    figure = figure._replace(amount=Amount(None, Decimal(9)))
    assert printed(figure, ENGLISH) == Printed("up to $9", "/9", "USD")


@pytest.mark.parametrize(
    ("written", "code", "word"),
    [
        ("jobs.all", "unknown-figure", "jobs.all"),
        ("jobs.total | sum(jobs.all)", "unknown-figure", "jobs.all"),
        ("jobs", "figure-format", "jobs"),
        ("pay.us.pay | share", "figure-format", "share"),
        ("jobs.total | share(9)", "figure-format", "share"),
        ("jobs.total | share(1, 2)", "figure-format", "share"),
        ("jobs.total | words(1)", "figure-format", "words"),
        ("jobs.total | words", "figure-format", "words"),
        ("jobs.total | range", "figure-format", "range"),
        ("jobs.total | money", "figure-unit", "money"),
        ("jobs.total | sum", "figure-format", "sum"),
        ("jobs.total | ratio(jobs.total, jobs.total)", "figure-format", "ratio"),
        ("jobs.total | sum(pay.us.pay)", "figure-unit", "pay.us.pay"),
        ("jobs.total | sum(pay.us.place)", "figure-format", "pay.us.place"),
        ("jobs.total | grown(jobs.total)", "figure-unit", "jobs.total"),
        ("pay.us.pay | difference(pay.gb.pay)", "figure-unit", "pay.gb.pay"),
        ("jobs.total | share | sum(jobs.total)", "figure-format", "sum"),
        ("jobs.level.senior | sum(mid-level, senior)", "figure-format", "senior"),
        ("jobs.level.senior | sum(jobs.place.on-site) | share", "figure-total", "share"),
        ("jobs.level.senior | sum(series.y2026.openings) | share", "figure-format", "share"),
        ("pay.us.pay | difference(pay.us.pay.low)", "figure-format", "pay.us.pay"),
        ("pay.us.pay.low | ratio(pay.us.pay)", "figure-format", "pay.us.pay"),
        ("series.y2026.remote | sum(series.y2025.growth)", "figure-unit", "series.y2025.growth"),
        ("series.y2025.growth | words", "figure-format", "words"),
        ("jobs.level.rest | ratio(senior)", "figure-format", "jobs.level.rest"),
    ],
)
def test_what_makes_no_sense_is_refused(written: str, code: str, word: str) -> None:
    assert refusal(written) == (code, word)


def test_a_hint_is_passed_on() -> None:
    with pytest.raises(FigureError) as caught:
        evaluate(parse("jobs.all"), BOOK, {"jobs.all": "did you mean 'total'?"})
    assert caught.value.hint == "did you mean 'total'?"


def test_words_are_for_small_numbers_in_english() -> None:
    assert refusal("jobs.level.rest | words") == ("figure-format", "words")
    with pytest.raises(FigureError):
        shown("jobs.level.senior | ratio(rest) | words", "de")


numbers = st.integers(0, 10**9)


def figure(number: int, name: str = "a.b.c", whole: int = 10**10) -> Figure:
    amount = Amount(Decimal(number), Decimal(number))
    return Figure(name, ColumnType.NUMBER, amount, unit="openings", whole=Decimal(whole))


def low(written: str, *figures: Figure) -> Decimal:
    found = evaluate(parse(written), {one.reference: one for one in figures}, {})
    assert isinstance(found, Figure)
    assert found.amount is not None
    assert found.amount.low is not None
    return found.amount.low


@given(numbers, numbers)
def test_a_sum_does_not_depend_on_its_order(first: int, second: int) -> None:
    both = figure(first, "a.b.c"), figure(second, "a.b.d")
    assert low("a.b.c | sum(d)", *both) == low("a.b.d | sum(c)", *both) == first + second


@given(numbers, numbers)
def test_a_difference_is_how_far_two_figures_are_apart(first: int, second: int) -> None:
    both = figure(first, "a.b.c"), figure(second, "a.b.d")
    assert low("a.b.c | difference(d)", *both) == abs(first - second)


@given(st.integers(0, 1000), st.integers(1000, 2000))
def test_a_share_is_within_half_of_what_it_is_rounded_to(part: int, whole: int) -> None:
    found = printed(
        evaluate(parse("a.b.c | share(1)"), {"a.b.c": figure(part, whole=whole)}, {}), ENGLISH
    )
    assert abs(Decimal(found.value) - Decimal(part) * 100 / whole) <= Decimal("0.05")


@given(
    st.text()
    | st.lists(
        st.sampled_from(["jobs", "total", ".", "|", "(", ")", "sum", "share", " ", "1"])
    ).map("".join)
)
def test_no_text_makes_it_fail_otherwise(text: str) -> None:
    with suppress(FigureError):
        printed(evaluate(parse(text), BOOK, {}), ENGLISH)


def test_a_number_that_is_too_large_is_refused() -> None:
    huge = figure(999_999_999_999_999), figure(999_999_999_999_999, "a.b.d")
    growth = huge[1]._replace(type=ColumnType.CHANGE, unit="")
    with pytest.raises(FigureError):
        printed(
            evaluate(parse("a.b.c | grown(d)"), {"a.b.c": huge[0], "a.b.d": growth}, {}), ENGLISH
        )


def test_there_is_no_minus_zero() -> None:
    small = figure(0)._replace(amount=Amount(Decimal("-0.4"), Decimal("-0.4")))
    assert (
        printed(evaluate(parse("a.b.c | decimals(0)"), {"a.b.c": small}, {}), ENGLISH).text == "0"
    )


def test_what_shrinks_is_still_a_range_from_low_to_high() -> None:
    debt = figure(0)._replace(amount=Amount(Decimal(-100), Decimal(-100)))
    growth = Figure("a.b.d", ColumnType.CHANGE, Amount(Decimal(15), Decimal(20)))
    found = printed(
        evaluate(parse("a.b.c | grown(d)"), {"a.b.c": debt, "a.b.d": growth}, {}), ENGLISH
    )
    assert found.value == "-120/-115"
