from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from aicareers_site.data_tables import Amount, ColumnType
from aicareers_site.view_parts import TimeText
from aicareers_site.wording import (
    Wording,
    capitalised,
    in_words,
    reading_minutes,
    share,
    uncapitalised,
)

BRITISH = Wording("en-GB", UTC)


def test_a_moment_is_shown_as_its_day_in_the_sites_time_zone() -> None:
    tokyo = Wording("en-GB", ZoneInfo("Asia/Tokyo"))
    late = datetime(2026, 4, 22, 20, tzinfo=UTC)
    assert BRITISH.moment(late) == TimeText("2026-04-22T20:00:00+00:00", "22 April 2026")
    assert tokyo.moment(late) == TimeText("2026-04-23T05:00:00+09:00", "23 April 2026")


def test_a_day_has_no_time_zone() -> None:
    assert BRITISH.day(date(2026, 4, 22)) == TimeText("2026-04-22", "22 April 2026")
    american = Wording("en-US", UTC)
    assert american.day(date(2026, 4, 22)) == TimeText("2026-04-22", "April 22, 2026")


@pytest.mark.parametrize(
    ("language", "currency", "words"),
    [
        ("en-GB", "USD", "US$350,000"),
        ("en-GB", "GBP", "£350,000"),
        ("de", "EUR", "350.000\u00a0€"),
        ("de-CH", "CHF", "CHF\u00a0350’000"),
        ("hi", "INR", "₹3,50,000"),
    ],
)
def test_money_is_an_amount_in_the_languages_own_pattern(
    language: str, currency: str, words: str
) -> None:
    assert Wording(language, UTC).money(350_000, currency) == words


def test_numbers_are_grouped() -> None:
    assert BRITISH.number(12_345) == "12,345"


@pytest.mark.parametrize(
    ("language", "number", "per_cent", "money"),
    [
        ("en-GB", "1,234.50", "1,234.50%", "£1,234.50"),
        ("de", "1.234,50", "1.234,50\u00a0%", "1.234,50\u00a0£"),
        ("hi", "1,234.50", "1,234.50%", "£1,234.50"),
    ],
)
def test_decimals_are_shown_as_many_as_a_number_has(
    language: str, number: str, per_cent: str, money: str
) -> None:
    wording, exact = Wording(language, UTC), Decimal("1234.50")
    assert wording.number(exact) == number
    assert wording.percent(exact) == per_cent
    assert wording.money(exact, "GBP") == money


def amount(low: str | None, high: str | None) -> Amount:
    return Amount(*(None if end is None else Decimal(end) for end in (low, high)))


@pytest.mark.parametrize(
    ("ends", "sort", "unit", "words"),
    [
        (("350000", "700000"), ColumnType.MONEY, "USD", "US$350,000 to US$700,000"),
        (("250000", None), ColumnType.MONEY, "USD", "above US$250,000"),
        ((None, "50"), ColumnType.PERCENT, "", "up to 50%"),
        (("15", "20"), ColumnType.CHANGE, "", "15 to 20%"),
        (("25", "25"), ColumnType.CHANGE, "", "25%"),
        (("842", "878"), ColumnType.NUMBER, "openings", "842 to 878"),
    ],
)
def test_ranges_go_from_their_lower_end_to_their_upper_one(
    ends: tuple[str | None, str | None], sort: ColumnType, unit: str, words: str
) -> None:
    assert BRITISH.amount(amount(*ends), sort, unit) == words


def test_a_range_without_ends_has_no_words() -> None:
    with pytest.raises(ValueError, match="an amount has an end"):
        BRITISH.amount(amount(None, None), ColumnType.NUMBER)


@pytest.mark.parametrize(
    ("number", "sort", "unit", "words"),
    [
        ("350000", ColumnType.MONEY, "USD", "US$350K"),
        ("1500000", ColumnType.NUMBER, "", "1.5M"),
        ("60", ColumnType.PERCENT, "", "60%"),
    ],
)
def test_numbers_on_an_axis_are_short(number: str, sort: ColumnType, unit: str, words: str) -> None:
    assert BRITISH.compact(Decimal(number), sort, unit) == words


@pytest.mark.parametrize(
    ("language", "words"), [("en-GB", "60%"), ("de", "60\u00a0%"), ("tr", "%60")]
)
def test_per_cent_stands_where_the_language_puts_it(language: str, words: str) -> None:
    assert Wording(language, UTC).percent(60) == words


def test_currencies_are_named_as_amounts_of_them_are() -> None:
    assert Wording("en", UTC).currency("USD") == "US dollars"
    assert Wording("de", UTC).currency("GBP") == "Britische Pfund"


def test_countries_are_named_in_the_sites_language() -> None:
    assert BRITISH.country("DE") == "Germany"
    assert Wording("de", UTC).country("DE") == "Deutschland"


@pytest.mark.parametrize(
    ("part", "whole", "per_cent"),
    [(440, 732, 60), (1, 200, 1), (1, 201, 0), (0, 5, 0), (5, 5, 100)],
)
def test_shares_are_whole_with_halves_rounded_up(part: int, whole: int, per_cent: int) -> None:
    assert share(Decimal(part), Decimal(whole)) == per_cent


def test_shares_can_have_decimals() -> None:
    assert [str(share(Decimal(440), Decimal(800), digits)) for digits in (1, 2)] == [
        "55.0",
        "55.00",
    ]


@pytest.mark.parametrize(
    ("language", "locale"),
    [("en-GB", "en_GB"), ("en", "en_US"), ("de", "de_DE"), ("zh-Hant", "zh_TW"), ("zh", "zh_CN")],
)
def test_a_language_without_a_country_gets_its_likeliest(language: str, locale: str) -> None:
    assert Wording(language, UTC).locale == locale


def test_reading_takes_at_least_a_minute() -> None:
    assert [reading_minutes(words) for words in (0, 220, 329, 330, 1_100)] == [1, 1, 1, 2, 5]


def test_a_slug_reads_as_a_title() -> None:
    assert in_words("remote-work") == "Remote work"


def test_only_the_first_letter_is_made_a_capital() -> None:
    assert [capitalised(text) for text in ("openings", "KI-Stellen in der EU", "")] == [
        "Openings",
        "KI-Stellen in der EU",
        "",
    ]


@pytest.mark.parametrize(
    ("title", "within"),
    [
        ("Place of work", "place of work"),
        ("AI roles", "AI roles"),
        ("GitHub stars", "GitHub stars"),
        ("A year", "a year"),
        ("", ""),
    ],
)
def test_a_title_within_a_sentence_keeps_the_capitals_of_names(title: str, within: str) -> None:
    assert uncapitalised(title) == within
