"""Numbers and dates as people write them: what they mean, or what to write instead.

Each function takes what stands in the file and gives the value, or raises a PydanticCustomError in
words for people. What is no text is passed on as it is, for pydantic to judge.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from typing import TYPE_CHECKING

from pydantic_core import PydanticCustomError

from aicareers_site.findings import shown

if TYPE_CHECKING:
    from datetime import tzinfo

# Years outside are slips of the finger; and calculations with their moments may overflow.
_YEARS = range(1000, 3000)
_MAX_DIGITS = 15
_MAX_DECIMALS = 6
_DASH = "[‐‑‒–—−]"
_GROUP_SIGNS = re.compile(r"(?<=[0-9])[,_'’ \u00a0\u2009\u202f](?=[0-9]{3})")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def refusal(code: str, message: str, value: object, hint: str) -> PydanticCustomError:
    """An error in words of our own; ``message`` names the value as ``{value}``."""
    return PydanticCustomError(code, message, {"value": shown(value), "hint": hint})


# Numbers


def whole_number(value: object) -> object:
    """The number that a text of digits means; anything else is refused, never rounded."""
    if not isinstance(value, str):
        return value
    if re.fullmatch(rf"-?[0-9]{{1,{_MAX_DIGITS}}}", value):
        return int(value)
    grouped = re.fullmatch(
        r"[0-9]{1,3}(?:([,. _'’\u00a0\u2009\u202f])[0-9]{3})(?:\1[0-9]{3})*", value
    )
    if grouped:
        hint = f"write {re.sub('[^0-9]', '', value)}, without separators"
    elif re.fullmatch("-?[0-9]+", value):
        hint = f"write at most {_MAX_DIGITS} digits"
    elif decimals := re.fullmatch(r"(-?[0-9]+)[.,][0-9]+", value):
        hint = f"write it without decimals, such as {decimals[1]}"
    else:
        hint = "write digits only, such as 350000"
    raise refusal("wrong-type", "'{value}' is not a whole number", value, hint)


def number(value: object) -> object:
    """The number that a text means, exactly; anything else is refused, never guessed."""
    if not isinstance(value, str):
        return value
    found = re.fullmatch(r"-?([0-9]+)(?:\.([0-9]+))?", value)
    if found is None:
        raise refusal("wrong-type", "'{value}' is not a number", value, _number_hint(value))
    if len(found[1]) > _MAX_DIGITS:
        hint = f"write at most {_MAX_DIGITS} digits; millions may be the unit"
        raise refusal("wrong-type", "'{value}' has too many digits", value, hint)
    if len(found[2] or "") > _MAX_DECIMALS:
        hint = f"round it to {_MAX_DECIMALS} decimals or fewer"
        raise refusal("wrong-type", "'{value}' has too many decimals", value, hint)
    return Decimal(value)


def clear_number(value: object) -> object:
    """The number that a text means, which is none in thousands as other languages write it.

    95.000 is 95 here and 95,000 elsewhere. That is asked of money and of what is counted, of which
    three decimals are hardly ever known.
    """
    if isinstance(value, str) and re.fullmatch(r"[1-9][0-9]{0,2}\.[0-9]{2}0", value):
        raise refusal("wrong-type", TWO_NUMBERS, value, two_numbers_hint(value))
    return number(value)


TWO_NUMBERS = "'{value}' may be read as two numbers"


def two_numbers_hint(written: str) -> str:
    """What to write for either of the numbers that three decimals may mean."""
    # With four decimals it is in no doubt.
    less = written.rstrip("0").rstrip(".") if written.endswith("0") else f"{written}0"
    return f"write {written.replace('.', '')} for thousands, or {less} for what is less"


def _number_hint(value: str) -> str:
    """What to write instead of a text that is no number."""
    # Word processors turn the hyphen before a number into a dash or a minus sign.
    plain = _GROUP_SIGNS.sub("", re.sub(f"^{_DASH}(?=[0-9])", "-", value))
    if re.fullmatch(r"[^,]*[0-9]\.[0-9]{3},[0-9]{1,2}\D*|[^,.]*[0-9],[0-9]{1,2}\D*", plain):
        plain = plain.replace(".", "").replace(",", ".")
        with_point = ", with a point before the decimals"
    else:
        with_point = ""
    if ends := re.fullmatch(rf"([0-9.]+) ?(?:-|{_DASH}|to) ?([0-9.]+)", plain):
        return f"write a range as {{low: {ends[1]}, high: {ends[2]}}}"
    amount = re.fullmatch(r"([^\w.-]{0,3}|[A-Z]{1,3}\W?)(-?[0-9]+(?:\.[0-9]+)?)(.{0,5})", plain)
    if amount and re.fullmatch(r" ?(?:%|[A-Z]{3}|[€£$¥₹])?", amount[3]):
        if amount[1] or amount[3]:
            return f"write {amount[2]}{with_point}; the unit belongs in a key of its own"
        if with_point:
            return f"write {amount[2]}{with_point}"
        if len(amount[2]) <= _MAX_DIGITS:
            return f"write {amount[2]}, without separators or dashes"
    return "write all its digits, such as 350000 or 2.5; leave out what is not reported"


# Days and moments

_DATE_HINT = "write year-month-day, such as 2026-04-22"
_MOMENT_HINT = f"{_DATE_HINT}; a time may follow: 2026-04-22 12:01"


def _invalid_date(value: str, reason: str, hint: str) -> PydanticCustomError:
    return refusal("invalid-date", f"'{{value}}' is not a date: {reason}", value, hint)


def _misshapen(value: str, meant: str, otherwise: str) -> PydanticCustomError:
    """The refusal of a date in another form than ``meant``, which is empty where it is unclear."""
    reason = "expected year-month-day, with hyphens"
    return _invalid_date(value, reason, f"write {meant}" if meant else otherwise)


def _meant_day(value: str) -> str:
    """The day that a text in another form means for certain, else nothing."""
    parts = _parts(value)
    try:
        return date(*map(int, parts)).isoformat() if parts else ""
    except ValueError:
        return ""


def _meant_moment(value: str) -> str:
    """The day, or day and time, that a text in another form means for certain, else nothing."""
    if day := _meant_day(value):
        return day
    pattern = r"(.*?)(?:,|[T ]|, at| at) ?([0-9]{1,2})[:.]([0-9]{2})(?: ?([ap])\.?m\.?| Uhr| h)?"
    found = re.fullmatch(pattern, value, re.IGNORECASE)
    day = _meant_day(found[1].strip()) if found else ""
    if not found or not day:
        return ""
    hour, half = int(found[2]), (found[4] or "").lower()
    if half:
        hour = hour % 12 + 12 * (half == "p")
    meant = f"{day} {hour:02}:{found[3]}"
    return meant if hour < 24 and re.fullmatch(_MOMENT, meant) else ""


def _parts(value: str) -> tuple[str, str, str] | None:
    """Year, month and day of a date in another form, if there is no doubt which is which."""
    # Word processors make dashes and hyphens that do not break out of hyphens.
    plain = re.sub(_DASH, "-", value)
    year_first = re.fullmatch(r"([0-9]{4})([-/.]?)([0-9]{1,2})\2([0-9]{1,2})", plain)
    if year_first and (year_first[2] or len(value) == 8):
        return year_first[1], year_first[3], year_first[4]
    if dotted := re.fullmatch(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})", value):
        return dotted[3], dotted[2], dotted[1]
    if year_last := re.fullmatch(r"([0-9]{1,2})([-/])([0-9]{1,2})\2([0-9]{4})", plain):
        one, other, year = year_last[1], year_last[3], year_last[4]
        if int(one) > 12 or one == other:  # no month
            return year, other, one
        return (year, one, other) if int(other) > 12 else None
    day_month = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th|\.)? (?P<month>[A-Za-z]{3,9})\.?,?"
    month_day = r"(?P<month>[A-Za-z]{3,9})\.? (?P<day>[0-9]{1,2})(?:st|nd|rd|th)?,?"
    for words in (day_month, month_day):
        named = re.fullmatch(rf"{words} (?P<year>[0-9]{{4}})", value)
        if named and (short := named["month"][:3].lower()) in _MONTHS:
            return named["year"], str(_MONTHS.index(short) + 1), named["day"]
    return None


def calendar_date(value: object) -> object:
    """The day that a text means."""
    if not isinstance(value, str):
        return value
    found = re.fullmatch(r"([0-9]{4})-([0-9]{2})-([0-9]{2})", value)
    if found:
        return _day(value, found[1], found[2], found[3])
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ].*", value):
        raise _invalid_date(value, "expected a day without a time", f"write {value[:10]}")
    raise _misshapen(value, _meant_day(value), _DATE_HINT)


def _day(text: str, year: str, month: str, day: str) -> date:
    numbers = int(year), int(month), int(day)
    if numbers[0] not in _YEARS:
        reason = f"years go from {_YEARS.start} to {_YEARS.stop - 1}"
        raise _invalid_date(text, reason, "correct the year: it comes first, as in 2026-04-22")
    try:
        return date(*numbers)
    except ValueError:
        raise _invalid_date(text, "there is no such day", _no_day_hint(*numbers)) from None


def _no_day_hint(year: int, month: int, day: int) -> str:
    if 1 <= month <= 12:
        last = monthrange(year, month)[1]
        return f"correct the day or the month: {year}-{month:02} ends with {last}"
    if month <= 31 and 1 <= day <= 12:
        return f"the month stands before the day: is {year}-{day:02}-{month:02} meant?"
    return "correct the month: it stands before the day, and the last is 12"


_MOMENT = (
    r"([0-9]{4})-([0-9]{2})-([0-9]{2})"
    r"(?:[T ]([0-9]{2}):([0-9]{2})(?::([0-9]{2}))?(?: ?(Z|[+-][0-9]{2}:[0-9]{2}))?)?"
)


def moment(value: object, site_zone: tzinfo) -> object:
    """The day, at its beginning, or the day and time that a text means.

    It is in the ``site_zone`` where the text names no offset from UTC.
    """
    if not isinstance(value, str):
        return value
    found = re.fullmatch(_MOMENT, value)
    if found is None:
        short = re.fullmatch(r"([0-9-]+[T ])([0-9]:.*)", value)
        if short and re.fullmatch(_MOMENT, meant := f"{short[1]}0{short[2]}"):
            raise _invalid_date(value, "expected two digits for the hour", f"write {meant}")
        raise _misshapen(value, _meant_moment(value), _MOMENT_HINT)
    year, month, day, hour, minute, second, offset = found.groups()
    try:
        clock = time(int(hour or 0), int(minute or 0), int(second or 0))
        zone = _offset(offset) if offset else None
    except ValueError:
        raise _invalid_date(
            value, "there is no such time", "hours go from 00 to 23, minutes from 00 to 59"
        ) from None
    at = datetime.combine(_day(value, year, month, day), clock, zone or site_zone)
    there_and_back = at.astimezone(UTC).astimezone(at.tzinfo)
    if there_and_back.replace(tzinfo=None) != at.replace(tzinfo=None):
        raise _invalid_date(
            value,
            "clocks skip that time on this day",
            "choose a later time, or add the offset from UTC, such as +01:00",
        )
    return at


def _offset(text: str) -> timezone:
    """The time zone of ``Z`` or ``+hh:mm``; ValueError where there is none."""
    if text == "Z":
        return UTC
    hours, minutes = int(text[1:3]), int(text[4:6])
    if minutes > 59:
        raise ValueError(text)
    offset = timedelta(hours=hours, minutes=minutes)
    return timezone(-offset if text[0] == "-" else offset)
