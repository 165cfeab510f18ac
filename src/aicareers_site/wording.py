"""Dates, numbers, money and places as the site's language writes them (CLDR, by Babel).

Babel is imported when something is put in words: a build that finds all pages in the cache has
nothing to say.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from aicareers_site.models import country_names
from aicareers_site.view_parts import TimeText

if TYPE_CHECKING:
    from datetime import date, datetime, tzinfo

    from babel import Locale

WORDS_A_MINUTE = 220


@lru_cache(maxsize=8)
def _locale(language: str) -> Locale:
    from babel import Locale

    return Locale.parse(language, sep="-")


@lru_cache(maxsize=4096)
def _date_in_words(day: date, language: str) -> str:
    from babel.dates import format_date

    return format_date(day, format="long", locale=_locale(language))


@dataclass(frozen=True, slots=True)
class Wording:
    """How things are said in ``language`` (BCP 47) and at ``zone``."""

    language: str
    zone: tzinfo

    def moment(self, moment: datetime) -> TimeText:
        """A moment, shown as its day at the site."""
        local = moment.astimezone(self.zone)
        return TimeText(
            local.isoformat(timespec="seconds"), _date_in_words(local.date(), self.language)
        )

    def day(self, day: date) -> TimeText:
        """A day of the calendar."""
        return TimeText(day.isoformat(), _date_in_words(day, self.language))

    def number(self, number: int) -> str:
        """A whole number, grouped: 732, 1,050."""
        from babel.numbers import format_decimal

        return format_decimal(number, locale=_locale(self.language))

    def percent(self, share: int) -> str:
        """A share in whole per cent: 60%."""
        from decimal import Decimal

        from babel.numbers import format_percent

        return format_percent(Decimal(share) / 100, locale=_locale(self.language))

    def money(self, amount: int, currency: str) -> str:
        """A whole amount: US$350,000."""
        from babel.numbers import format_currency

        locale = _locale(self.language)
        whole = locale.currency_formats["standard"].pattern.replace(".00", "")
        return format_currency(amount, currency, format=whole, currency_digits=False, locale=locale)

    def country(self, code: str) -> str:
        """The name of the country with this ISO 3166-1 code."""
        return country_names(self.language)[code]

    @property
    def locale(self) -> str:
        """The language with a country, as Open Graph names it: en_GB.

        A language without one gets the country where most speak it (CLDR, likely subtags).
        """
        locale = _locale(self.language)
        if locale.territory:
            return f"{locale.language}_{locale.territory}"

        from babel.core import get_global

        likely = get_global("likely_subtags")
        language, _, territory = likely.get(str(locale), likely[locale.language]).split("_")
        return f"{language}_{territory}"


def share(part: int, whole: int, scale: int) -> int:
    """``part`` of ``whole`` in parts of ``scale``, such as 100 for per cent; halves rounded up."""
    return (2 * scale * part + whole) // (2 * whole)


def reading_minutes(words: int) -> int:
    """Minutes to read ``words`` words, at least one."""
    return max(1, (words + WORDS_A_MINUTE // 2) // WORDS_A_MINUTE)


def in_words(slug: str) -> str:
    """A slug as a title: ``remote-work`` is "Remote work"."""
    return capitalised(slug.replace("-", " "))


def capitalised(text: str) -> str:
    """``text`` with a capital at its beginning, and every other letter as it is."""
    return text[:1].upper() + text[1:]
