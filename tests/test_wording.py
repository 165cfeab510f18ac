from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from aicareers_site.view_parts import TimeText
from aicareers_site.wording import Wording, capitalised, in_words, reading_minutes, share

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
def test_money_is_a_whole_amount_in_the_languages_own_pattern(
    language: str, currency: str, words: str
) -> None:
    assert Wording(language, UTC).money(350_000, currency) == words


def test_numbers_are_grouped() -> None:
    assert BRITISH.number(12_345) == "12,345"


@pytest.mark.parametrize(
    ("language", "words"), [("en-GB", "60%"), ("de", "60\u00a0%"), ("tr", "%60")]
)
def test_per_cent_stands_where_the_language_puts_it(language: str, words: str) -> None:
    assert Wording(language, UTC).percent(60) == words


def test_countries_are_named_in_the_sites_language() -> None:
    assert BRITISH.country("DE") == "Germany"
    assert Wording("de", UTC).country("DE") == "Deutschland"


@pytest.mark.parametrize(
    ("part", "whole", "per_cent"),
    [(440, 732, 60), (1, 200, 1), (1, 201, 0), (0, 5, 0), (5, 5, 100)],
)
def test_shares_are_whole_with_halves_rounded_up(part: int, whole: int, per_cent: int) -> None:
    assert share(part, whole, 100) == per_cent


def test_shares_can_be_finer_than_per_cent() -> None:
    assert share(440, 732, 1_000) == 601


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
