from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from aicareers_site.view_parts import TimeText
from aicareers_site.wording import Wording, in_words, percent, reading_minutes

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
    ("low", "high", "currency", "words"),
    [
        (350_000, 700_000, "USD", "US$350,000 to US$700,000"),
        (120_000, 220_000, "GBP", "£120,000 to £220,000"),
        (65_000, 65_000, "EUR", "€65,000"),
    ],
)
def test_money_names_its_currency_at_both_ends(
    low: int, high: int, currency: str, words: str
) -> None:
    assert BRITISH.money_range(low, high, currency) == words


def test_numbers_are_grouped() -> None:
    assert BRITISH.number(12_345) == "12,345"


def test_countries_are_named_in_the_sites_language() -> None:
    assert BRITISH.country("DE") == "Germany"
    assert Wording("de", UTC).country("DE") == "Deutschland"


@pytest.mark.parametrize(
    ("part", "whole", "share"), [(440, 732, 60), (1, 200, 1), (1, 201, 0), (0, 5, 0), (5, 5, 100)]
)
def test_shares_are_whole_per_cent_with_halves_rounded_up(
    part: int, whole: int, share: int
) -> None:
    assert percent(part, whole) == share


def test_reading_takes_at_least_a_minute() -> None:
    assert [reading_minutes(words) for words in (0, 220, 329, 330, 1_100)] == [1, 1, 1, 2, 5]


def test_a_slug_reads_as_a_title() -> None:
    assert in_words("remote-work") == "Remote work"
