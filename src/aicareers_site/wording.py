"""Dates, numbers, money and places as the site's language writes them (CLDR, by Babel).

Babel is imported when something is put in words: a build that finds all pages in the cache has
nothing to say.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

from aicareers_site.data_tables import ColumnType
from aicareers_site.models import country_names
from aicareers_site.view_parts import TimeText

if TYPE_CHECKING:
    from datetime import datetime, tzinfo

    from babel import Locale

    from aicareers_site.data_tables import Amount

WORDS_A_MINUTE = 220

# CLDR has most of them, as short and as variant names, but Babel leaves those out.
_ALIASES = {
    "AE": ("UAE",),
    "CZ": ("Czech Republic",),
    "GB": ("UK", "Britain"),
    "KR": ("Korea",),
    "NL": ("Holland",),
    "TR": ("Turkey",),
    "US": ("US", "USA", "America"),
}


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

    def iso_day(self, day: str) -> TimeText:
        """A day of the calendar, given as ISO 8601."""
        return self.day(date.fromisoformat(day))

    @property
    def is_english(self) -> bool:
        """Whether the words are English."""
        return _locale(self.language).language == "en"

    def number(self, number: int | Decimal) -> str:
        """A number, grouped, with as many decimals as it has: 732, 1,050, 2.50."""
        from babel.numbers import format_decimal

        locale = _locale(self.language)
        pattern = _with_decimals(locale.decimal_formats[None].pattern, number)
        return format_decimal(number, format=pattern, locale=locale)

    def percent(self, share: int | Decimal) -> str:
        """A share in per cent, with as many decimals as it has: 60%, 60.1%."""
        from babel.numbers import format_percent

        locale = _locale(self.language)
        pattern = _with_decimals(locale.percent_formats[None].pattern, share)
        return format_percent(Decimal(share) / 100, format=pattern, locale=locale)

    def money(self, amount: int | Decimal, currency: str) -> str:
        """An amount, with as many decimals as it has: US$350,000."""
        from babel.numbers import format_currency

        locale = _locale(self.language)
        pattern = locale.currency_formats["standard"].pattern
        amount = Decimal(amount)
        if amount.as_tuple().exponent == -1:  # cents have two digits
            amount = amount.quantize(Decimal("0.01"))
        return format_currency(
            amount,
            currency,
            format=_with_decimals(pattern, amount),
            currency_digits=False,
            locale=locale,
        )

    def currency(self, code: str) -> str:
        """The name of the currency with this ISO 4217 code, for amounts of it: US dollars."""
        from babel.numbers import get_currency_name

        return get_currency_name(code, count=2, locale=_locale(self.language))

    def amount(self, amount: Amount, sort: ColumnType, unit: str = "") -> str:
        """An amount of the sort: US$350,000 to US$700,000, 15 to 20%, above US$250,000, 732.

        ``unit`` is the code of the currency of money; what a number counts is not said.
        """
        low, high = amount.low, amount.high
        if low is None or high is None:
            end = high if low is None else low
            if end is None:
                raise ValueError("an amount has an end")
            return f"{'up to' if low is None else 'above'} {self._one(end, sort, unit)}"
        if low == high:
            return self._one(low, sort, unit)
        first = self._one(low, sort, unit)
        if sort in {ColumnType.PERCENT, ColumnType.CHANGE}:
            first = self.number(low)
        return f"{first} to {self._one(high, sort, unit)}"

    def compact(self, number: Decimal, sort: ColumnType, unit: str = "") -> str:
        """A number as short as an axis wants it: US$350K, 1.5M, 60%."""
        from babel.numbers import format_compact_currency, format_compact_decimal

        locale = _locale(self.language)
        if sort is ColumnType.MONEY:
            return format_compact_currency(number, unit, locale=locale, fraction_digits=1)
        if sort in {ColumnType.PERCENT, ColumnType.CHANGE}:
            return self.percent(number)
        return format_compact_decimal(number, locale=locale, fraction_digits=1)

    def _one(self, number: Decimal, sort: ColumnType, unit: str) -> str:
        if sort is ColumnType.MONEY:
            return self.money(number, unit)
        if sort in {ColumnType.PERCENT, ColumnType.CHANGE}:
            return self.percent(number)
        return self.number(number)

    def country(self, code: str) -> str:
        """The name of the country with this ISO 3166-1 code."""
        return country_names(self.language)[code]

    def aliases(self, code: str) -> tuple[str, ...]:
        """Other names that people use for the country; none but English ones are known."""
        return _ALIASES.get(code, ()) if self.is_english else ()

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


def _with_decimals(pattern: str, number: int | Decimal) -> str:
    """The number pattern (UTS #35, part 3) with exactly the decimals of ``number``."""
    exponent = Decimal(number).as_tuple().exponent
    digits = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    fraction = "." + "0" * digits if digits else ""
    return re.sub(r"(?<=0)(?:\.[0#]+)?(?![0#.,])", lambda _: fraction, pattern, count=1)


def share(part: Decimal, whole: Decimal, digits: int = 0) -> Decimal:
    """``part`` of ``whole`` in per cent, with so many decimals; halves rounded up."""
    return (part * 100 / whole).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)


def reading_minutes(words: int) -> int:
    """Minutes to read ``words`` words, at least one."""
    return max(1, (words + WORDS_A_MINUTE // 2) // WORDS_A_MINUTE)


def in_words(slug: str) -> str:
    """A slug as a title: ``remote-work`` is "Remote work"."""
    return capitalised(slug.replace("-", " "))


def uncapitalised(text: str) -> str:
    """``text`` as it stands within a sentence: "AI roles" keeps its capitals, "Place" does not."""
    first, space, rest = text.partition(" ")
    return first.lower() + space + rest if first[1:].islower() or len(first) == 1 else text


def capitalised(text: str) -> str:
    """``text`` with a capital at its beginning, and every other letter as it is."""
    return text[:1].upper() + text[1:]
