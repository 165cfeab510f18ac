from __future__ import annotations

import pickle
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import pytest
from babel.numbers import list_currencies
from hypothesis import given
from hypothesis import strategies as st
from pydantic import Field

from aicareers_site import yaml_reader
from aicareers_site.models import (
    CalendarDate,
    ClearNumber,
    CountryCode,
    CurrencyCode,
    Flag,
    MarkdownText,
    Model,
    Moment,
    Number,
    Slug,
    Text,
    WebAddress,
    WholeNumber,
    country_names,
)
from aicareers_site.validation import validate
from aicareers_site.yaml_tree import Tree

BERLIN = ZoneInfo("Europe/Berlin")


class Sample(Model):
    """One key of each type."""

    text: Text | None = None
    markdown: MarkdownText | None = None
    slug: Slug | None = None
    number: WholeNumber | None = None
    flag: Flag | None = None
    day: CalendarDate | None = None
    moment: Moment | None = None
    country: CountryCode | None = None
    currency: CurrencyCode | None = None
    url: WebAddress | None = None


def read(text: str) -> Any:
    """The value of the one key that ``text`` gives."""
    tree = yaml_reader.parse("a.md", text).value
    outcome = validate(Sample, tree, what="a sample", time_zone=BERLIN)
    assert outcome.diagnostics == ()
    (key,) = tree.data
    return getattr(outcome.value, key)


def refused(text: str) -> tuple[str, str, str]:
    """Code, message and hint of the one problem, which is where the value is."""
    tree = yaml_reader.parse("a.md", text).value
    outcome = validate(Sample, tree, what="a sample", time_zone=BERLIN)
    (found,) = outcome.diagnostics
    assert outcome.value is None
    assert str(found.span) == f"a.md:1:{text.index(':') + 3}"
    return found.code, found.message, found.hint


def test_text_loses_the_space_around_it_and_markdown_keeps_it() -> None:
    assert read("text: '  two  words '") == "two  words"
    assert read("text: >\n  folded\n  text\n") == "folded text"
    assert read("markdown: |4\n        code\n") == "    code\n"


@pytest.mark.parametrize("key", ["text", "markdown"])
@pytest.mark.parametrize("value", ["''", "' '", r'"\n"'])
def test_text_must_not_be_empty(key: str, value: str) -> None:
    assert refused(f"{key}: {value}")[:2] == ("empty-value", "the text is empty")


@pytest.mark.parametrize("value", ["NO", "12:30", "1e3", "yes", "2026-04-22", "0o7"])
def test_text_is_what_was_written(value: str) -> None:
    assert read(f"text: {value}") == value


def test_a_slug_is_suggested_where_one_is_misspelt() -> None:
    assert refused("slug: Best Countries!") == (
        "invalid-value",
        "'slug': expected lower-case letters, digits and single hyphens, found 'Best Countries!'",
        "write best-countries",
    )
    assert refused("slug: a--b")[2] == "write a-b"


@pytest.mark.parametrize(("value", "number"), [("350000", 350_000), ("0", 0), ("-1", -1)])
def test_a_number_is_written_in_digits(value: str, number: int) -> None:
    assert read(f"number: {value}") == number


@pytest.mark.parametrize(
    "value", ["350,000", "350_000", "350.000", "350 000", "350'000", "350\u202f000"]
)
def test_separators_are_refused_with_the_number_to_write(value: str) -> None:
    shown = value.replace("\u202f", " ")
    assert refused(f"number: {value}") == (
        "wrong-type",
        f"'{shown}' is not a whole number",
        "write 350000, without separators",
    )


@pytest.mark.parametrize(
    "value", ["3.5e5", "NaN", "inf", "0x1F", "350k", "+5", "٣٥٠", "1_2", "five"]
)
def test_other_numbers_are_refused(value: str) -> None:
    code, _, hint = refused(f"number: {value}")
    assert (code, hint) == ("wrong-type", "write digits only, such as 350000")


@pytest.mark.parametrize(
    ("value", "hint"),
    [
        ("1.5", "write it without decimals, such as 1"),
        ("1,2", "write it without decimals, such as 1"),
        ("9" * 16, "write at most 15 digits"),
    ],
)
def test_a_whole_number_is_no_part_of_one_and_not_endless(value: str, hint: str) -> None:
    assert refused(f"number: {value}") == (
        "wrong-type",
        f"'{value}' is not a whole number",
        hint,
    )


@given(st.integers(-(10**15) + 1, 10**15 - 1))
def test_numbers_are_read_exactly(number: int) -> None:
    assert read(f"number: {number}") == number


@pytest.mark.parametrize("value", ["true", "True", "yes", "YES"])
def test_true_is_true(value: str) -> None:
    assert read(f"flag: {value}") is True


@pytest.mark.parametrize("value", ["false", "No"])
def test_false_is_false(value: str) -> None:
    assert read(f"flag: {value}") is False


@pytest.mark.parametrize("value", ["maybe", "1", "0", "on", "y", "t"])
def test_nothing_else_is_true_or_false(value: str) -> None:
    assert refused(f"flag: {value}") == (
        "wrong-type",
        f"'{value}' is neither true nor false",
        "write true or false",
    )


@given(st.dates(date(1000, 1, 1), date(2999, 12, 31)))
def test_a_day_is_written_as_iso_8601(day: date) -> None:
    assert read(f"day: {day.isoformat()}") == day
    assert read(f"moment: {day.isoformat()}") == datetime(
        day.year, day.month, day.day, tzinfo=BERLIN
    )


@pytest.mark.parametrize("key", ["day", "moment"])
@pytest.mark.parametrize(
    "value",
    [
        *("2026-4-22", "20260422", "2026/04/22", "22.04.2026", "22.4.2026", "2026–04–22"),
        *(
            "2026‑04—22",
            "04/22/2026",
            "22/04/2026",
            "22-04-2026",
            "22 April 2026",
            "22. April 2026",
        ),
        *("22nd Apr. 2026", "April 22, 2026", "Apr 22 2026"),
    ],
)
def test_a_day_in_another_form_is_refused_with_what_to_write(key: str, value: str) -> None:
    code, message, hint = refused(f"{key}: {value}")
    assert code == "invalid-date"
    assert message.startswith(f"'{value}' is not a date: expected year-month-day")
    assert hint == "write 2026-04-22"


@pytest.mark.parametrize("key", ["day", "moment"])
@pytest.mark.parametrize(
    "value",
    [
        "04/05/2026",
        "22 Nisan 2026",
        "31 April 2026",
        "April 2026",
        "tomorrow",
        "2026-W17",
        "٢٠٢٦-٠٤-٢٢",
    ],
)
def test_a_day_that_is_unclear_is_refused_with_an_example(key: str, value: str) -> None:
    code, _, hint = refused(f"{key}: {value}")
    assert (code, hint.split(";")[0]) == (
        "invalid-date",
        "write year-month-day, such as 2026-04-22",
    )


@pytest.mark.parametrize(
    ("value", "meant"),
    [
        ("2026‑04‑22 11:00", "2026-04-22 11:00"),
        ("2026-04-22 11:00 AM", "2026-04-22 11:00"),
        ("2026-04-22 11:05 p.m.", "2026-04-22 23:05"),
        ("2026-04-22 12:05 am", "2026-04-22 00:05"),
        ("22.04.2026, 9.30 Uhr", "2026-04-22 09:30"),
        ("April 22, 2026 at 9:30", "2026-04-22 09:30"),
    ],
)
def test_a_day_and_time_in_another_form_are_refused_with_what_to_write(
    value: str, meant: str
) -> None:
    assert refused(f"moment: {value}")[::2] == ("invalid-date", f"write {meant}")


def test_where_no_time_can_stand_none_is_offered() -> None:
    assert refused("day: 2026")[2] == "write year-month-day, such as 2026-04-22"
    assert refused("moment: 2026")[2] == (
        "write year-month-day, such as 2026-04-22; a time may follow: 2026-04-22 12:01"
    )


@pytest.mark.parametrize("key", ["day", "moment"])
@pytest.mark.parametrize("value", ["2026-02-30", "2026-13-01", "2025-02-29", "2026-00-10"])
def test_a_day_that_does_not_exist_is_refused(key: str, value: str) -> None:
    assert refused(f"{key}: {value}")[:2] == (
        "invalid-date",
        f"'{value}' is not a date: there is no such day",
    )


@pytest.mark.parametrize(
    ("value", "hint"),
    [
        ("2026-02-30", "correct the day or the month: 2026-02 ends with 28"),
        ("2026-04-00", "correct the day or the month: 2026-04 ends with 30"),
        ("2026-22-04", "the month stands before the day: is 2026-04-22 meant?"),
        ("2026-22-14", "correct the month: it stands before the day, and the last is 12"),
    ],
)
def test_a_day_that_does_not_exist_is_told_from_one_that_is_turned_around(
    value: str, hint: str
) -> None:
    assert refused(f"day: {value}")[2] == hint


@pytest.mark.parametrize("value", ["0000-01-01", "0026-04-22", "9026-04-22"])
def test_a_year_far_away_is_refused(value: str) -> None:
    assert refused(f"moment: {value}")[1:] == (
        f"'{value}' is not a date: years go from 1000 to 2999",
        "correct the year: it comes first, as in 2026-04-22",
    )


@pytest.mark.parametrize("time", ["9:00", "9:05:30", "9:00Z", "9:00 +02:00"])
def test_an_hour_has_two_digits(time: str) -> None:
    assert refused(f"moment: 2026-04-22 {time}") == (
        "invalid-date",
        f"'2026-04-22 {time}' is not a date: expected two digits for the hour",
        f"write 2026-04-22 0{time}",
    )


def test_a_calendar_date_has_no_time() -> None:
    assert refused("day: 2026-04-22 12:00")[1:] == (
        "'2026-04-22 12:00' is not a date: expected a day without a time",
        "write 2026-04-22",
    )


@pytest.mark.parametrize(
    ("value", "moment"),
    [
        ("2026-04-22 12:01", datetime(2026, 4, 22, 12, 1, tzinfo=BERLIN)),
        ("2026-04-22T12:01:30", datetime(2026, 4, 22, 12, 1, 30, tzinfo=BERLIN)),
        ("2026-04-22 12:01Z", datetime(2026, 4, 22, 12, 1, tzinfo=UTC)),
        ("2026-04-22 12:01 Z", datetime(2026, 4, 22, 12, 1, tzinfo=UTC)),
        (
            "2026-04-22 12:01 +05:30",
            datetime(2026, 4, 22, 12, 1, tzinfo=timezone(timedelta(hours=5, minutes=30))),
        ),
        (
            "2026-04-22T12:01-08:00",
            datetime(2026, 4, 22, 12, 1, tzinfo=timezone(timedelta(hours=-8))),
        ),
    ],
)
def test_a_moment_has_the_offset_written_or_that_of_the_site(value: str, moment: datetime) -> None:
    found = read(f"moment: {value}")
    assert (found, found.utcoffset()) == (moment, moment.utcoffset())


def test_without_a_site_moments_are_in_utc() -> None:
    tree = yaml_reader.parse("a.md", "moment: 2026-04-22 12:01").value
    sample = validate(Sample, tree, what="a sample").value
    assert sample == Sample(moment=datetime(2026, 4, 22, 12, 1, tzinfo=UTC))


@pytest.mark.parametrize(
    "time", ["25:00", "24:00", "12:60", "12:00:60", "12:00 +25:00", "12:00+01:60"]
)
def test_a_time_that_does_not_exist_is_refused(time: str) -> None:
    code, message, hint = refused(f"moment: 2026-04-22 {time}")
    assert (code, hint) == (
        "invalid-date",
        "hours go from 00 to 23, minutes from 00 to 59",
    )
    assert message.endswith("there is no such time")


def test_a_time_that_the_clocks_skip_is_refused() -> None:
    assert refused("moment: 2026-03-29 02:30")[1:] == (
        "'2026-03-29 02:30' is not a date: clocks skip that time on this day",
        "choose a later time, or add the offset from UTC, such as +01:00",
    )


def test_a_time_that_comes_twice_is_the_first() -> None:
    assert read("moment: 2026-10-25 02:30").utcoffset() == timedelta(hours=2)


def test_there_are_249_countries() -> None:
    assert len(country_names("en")) == 249
    assert country_names("de")["DE"] == "Deutschland"
    assert country_names("en-GB")["NO"] == "Norway"


def test_norway_is_a_country() -> None:
    assert read("country: NO") == "NO"


@pytest.mark.parametrize(
    ("value", "meant"),
    [("de", "DE"), ("Germany", "DE"), ("united states", "US"), ("UK", "GB"), ("USA", "US")],
)
def test_the_code_of_a_country_is_suggested(value: str, meant: str) -> None:
    assert refused(f"country: {value}") == (
        "unknown-country",
        f"'{value}' is not a country code of ISO 3166-1 alpha-2",
        f"write {meant}",
    )


@pytest.mark.parametrize("value", ["EU", "XX", "ZZ", "Atlantis", "001", "D"])
def test_what_is_no_country_is_refused_with_an_example(value: str) -> None:
    assert refused(f"country: {value}")[2] == "two capital letters, such as DE for Germany"


def test_currencies_are_those_in_use() -> None:
    assert read("currency: SGD") == "SGD"
    assert "DEM" in list_currencies()
    assert refused("currency: DEM")[0] == "unknown-currency"


@pytest.mark.parametrize(("value", "meant"), [("eur", "EUR"), ("€", "EUR"), ("£", "GBP")])
def test_the_code_of_a_currency_is_suggested(value: str, meant: str) -> None:
    assert refused(f"currency: {value}")[2] == f"write {meant}"


def test_a_sign_of_several_currencies_is_not_guessed() -> None:
    assert refused("currency: $")[2] == "three capital letters, such as USD, GBP or EUR"


@pytest.mark.parametrize(
    "value",
    [
        "https://example.com",
        "http://example.com:8080/a?b=c#d",
        "https://例え.jp/é",
        "http://[::1]/",
    ],
)
def test_web_addresses_are_complete(value: str) -> None:
    assert read(f"url: {value}") == value


@pytest.mark.parametrize(
    "value",
    [
        "example.com",
        "//example.com",
        "/about/",
        "https://",
        "https:///path",
        "mailto:a@example.com",
        "javascript:alert(1)",
        "ftp://example.com",
        "https://example.com/a b",
        "https://example.com:port/",
        "http://[::1",
        'https://example.com/"x',
        r"https://example.com\x",
    ],
)
def test_other_addresses_are_refused(value: str) -> None:
    code, message, _ = refused(f"url: {value}")
    assert (code, message) == ("invalid-url", f"'{value}' is not a complete web address")


@pytest.mark.parametrize("key", list(Sample.model_fields))
def test_a_key_without_a_value_is_an_error(key: str) -> None:
    tree = yaml_reader.parse("a.md", f"{key}:\n").value
    (found,) = validate(Sample, tree, what="a sample").diagnostics
    assert (found.code, found.message) == ("empty-value", f"'{key}' has no value")


def test_a_model_is_frozen_and_knows_its_keys() -> None:
    class Inner(Model):
        """A model within a model."""

        name: Annotated[Text, Field(max_length=3)] = Field(description="The name.")

    tree = yaml_reader.parse("a.md", "nam: x\n").value
    found = validate(Inner, tree, what="a thing").diagnostics
    assert [(item.code, item.message, item.hint) for item in found] == [
        ("unknown-key", "'nam' is not a key of a thing", "did you mean 'name'?"),
    ]


def test_equal_models_pickle_to_equal_bytes() -> None:
    left_out, written = Sample(text="a"), Sample(text="a", slug=None)
    assert pickle.dumps(left_out) == pickle.dumps(written)
    assert pickle.loads(pickle.dumps(written)) == left_out


ALL_DIGITS = "write all its digits, such as 350000 or 2.5; leave out what is not reported"


class Measured(Model):
    """A model with a number."""

    number: Number


class Paid(Model):
    """A model with a number that cannot be meant in thousands."""

    pay: ClearNumber


@pytest.mark.parametrize("written", ["0", "350000", "-4.5", "12.50"])
def test_a_number_is_kept_exactly_as_it_is_written(written: str) -> None:
    outcome = validate(Measured, Tree("a.yaml", {"number": written}), what="a test")
    assert outcome.value is not None
    assert str(outcome.value.number) == written


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("60%", "write 60; the unit belongs in a key of its own"),
        ("US$350,000", "write 350000; the unit belongs in a key of its own"),
        ("1,050", "write 1050, without separators or dashes"),
        ("−4.5", "write -4.5, without separators or dashes"),
        ("12,5", "write 12.5, with a point before the decimals"),
        ("15-20", "write a range as {low: 15, high: 20}"),
        ("15 to 20", "write a range as {low: 15, high: 20}"),
        (
            "0.9 million",
            "write all its digits, such as 350000 or 2.5; leave out what is not reported",
        ),
        ("70–90", "write a range as {low: 70, high: 90}"),
        (
            "12,5 %",
            "write 12.5, with a point before the decimals; the unit belongs in a key of its own",
        ),
        ("1.234,56", "write 1234.56, with a point before the decimals"),
        (
            "95.000,00 €",
            "write 95000.00, with a point before the decimals; the unit belongs in a key of its "
            "own",
        ),
        ("95,000 EUR", "write 95000; the unit belongs in a key of its own"),
        ("1/2", ALL_DIGITS),
        ("NaN", ALL_DIGITS),
    ],
)
def test_what_is_no_number_is_refused_with_what_to_write(written: str, hint: str) -> None:
    (found,) = validate(Measured, Tree("a.yaml", {"number": written}), what="a test").diagnostics
    assert (found.code, found.hint) == ("wrong-type", hint)


@pytest.mark.parametrize(
    ("written", "message", "hint"),
    [
        (
            "0.0000001",
            "'0.0000001' has too many decimals",
            "round it to 6 decimals or fewer",
        ),
        (
            "1234567890123456",
            "'1234567890123456' has too many digits",
            "write at most 15 digits; millions may be the unit",
        ),
    ],
)
def test_a_number_that_is_too_long_is_told_so(written: str, message: str, hint: str) -> None:
    (found,) = validate(Measured, Tree("a.yaml", {"number": written}), what="a test").diagnostics
    assert (found.code, found.message, found.hint) == ("wrong-type", message, hint)


@pytest.mark.parametrize(
    ("written", "thousands", "less"),
    [("95.000", "95000", "95"), ("7.320", "7320", "7.32"), ("120.500", "120500", "120.5")],
)
def test_a_point_before_three_decimals_may_stand_for_thousands(
    written: str, thousands: str, less: str
) -> None:
    (found,) = validate(Paid, Tree("a.yaml", {"pay": written}), what="a test").diagnostics
    assert (found.code, found.message, found.hint) == (
        "wrong-type",
        f"'{written}' may be read as two numbers",
        f"write {thousands} for thousands, or {less} for what is less",
    )


@pytest.mark.parametrize("written", ["1.125", "0.250", "1234.500", "2.5"])
def test_a_point_that_leaves_no_doubt_is_one(written: str) -> None:
    outcome = validate(Paid, Tree("a.yaml", {"pay": written}), what="a test")
    assert outcome.value is not None
    assert str(outcome.value.pay) == written


@pytest.mark.parametrize("written", ["95.000", "52.520", "-120.500"])
def test_other_numbers_may_be_known_to_three_decimals(written: str) -> None:
    outcome = validate(Measured, Tree("a.yaml", {"number": written}), what="a test")
    assert outcome.value is not None
    assert str(outcome.value.number) == written
