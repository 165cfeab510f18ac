"""What typed models have in common: the base class and the types of fields.

Front matter and ``site.yaml`` arrive as trees of strings (see :mod:`aicareers_site.yaml_tree`);
a model declares what each string means. Pydantic converts and checks; :func:`validate` turns its
findings into diagnostics that point at the line and column of the value or key.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, TypeVar
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic_core import PydanticCustomError

from aicareers_site import schema_forms
from aicareers_site.diagnostics import Outcome
from aicareers_site.findings import diagnose, shown
from aicareers_site.schema_forms import Form, Written
from aicareers_site.slugs import SLUG_PATTERN

if TYPE_CHECKING:
    from datetime import tzinfo

    from pydantic import ValidationInfo

    from aicareers_site.yaml_tree import Tree

# CLDR territories of two letters that are no ISO 3166-1 country: unions, private use,
# exceptional reservations.
_NOT_COUNTRIES = frozenset(
    ["AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "XK", "ZZ"]
)
_SYMBOLS = {"€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR", "US$": "USD", "S$": "SGD", "C$": "CAD"}

# Years outside are slips of the finger; and calculations with their moments may overflow.
_YEARS = range(1000, 3000)
_MAX_DIGITS = 15
_GROUP_SIGNS = re.compile(r"(?<=[0-9])[,_'’ \u00a0\u2009\u202f](?=[0-9]{3})")


class Model(BaseModel):
    """A frozen model in which an unknown key is an error and every field is documented.

    Its validator is built when the first value is checked: many a build reads no article, and a
    part is checked by the validator of the whole.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    def __getstate__(self) -> dict[Any, Any]:
        """The values of the fields alone, so that equal models pickle to equal bytes."""
        return self.__dict__

    def __setstate__(self, state: dict[Any, Any]) -> None:
        super().__setstate__(
            {
                "__dict__": state,
                "__pydantic_fields_set__": set(state),
                "__pydantic_extra__": None,
                "__pydantic_private__": None,
            }
        )


M = TypeVar("M", bound=Model)


def _refusal(code: str, message: str, value: object, hint: str) -> PydanticCustomError:
    """An error in words of our own; ``message`` names the value as ``{value}``."""
    return PydanticCustomError(code, message, {"value": shown(value), "hint": hint})


@cache
def country_names(language: str) -> dict[str, str]:
    """Names of the countries of ISO 3166-1 by alpha-2 code, in ``language`` (a BCP 47 tag)."""
    from babel import Locale

    territories = Locale.parse(language, sep="-").territories
    return {
        code: name
        for code, name in territories.items()
        if re.fullmatch("[A-Z]{2}", code) and code not in _NOT_COUNTRIES
    }


def _country(code: str) -> str:
    names = country_names("en")
    if code in names:
        return code

    from babel.core import get_global

    by_name = {name.casefold(): known for known, name in names.items()}
    aliases = get_global("territory_aliases")  # such as UK and USA
    upper = code.upper()
    meant = upper if upper in names else by_name.get(code.casefold())
    if meant is None and len(found := aliases.get(upper, [])) == 1 and found[0] in names:
        meant = found[0]
    raise _refusal(
        "unknown-country",
        "'{value}' is not a country code of ISO 3166-1 alpha-2",
        code,
        f"write {meant}" if meant else "two capital letters, such as DE for Germany",
    )


def _countries() -> Form:
    names = dict(sorted(country_names("en").items()))
    return schema_forms.one_of(names, "two capital letters, such as DE for Germany")


@cache
def currencies() -> frozenset[str]:
    """Codes of the currencies that are legal tender somewhere (CLDR)."""
    from babel.core import get_global

    return frozenset(
        code
        for entries in get_global("territory_currencies").values()
        for code, _start, end, is_tender in entries
        if end is None and is_tender
    )


def _currency(code: str) -> str:
    if code in currencies():
        return code
    meant = code.upper() if code.upper() in currencies() else _SYMBOLS.get(code)
    raise _refusal(
        "unknown-currency",
        "'{value}' is not the code of a present currency (ISO 4217)",
        code,
        f"write {meant}" if meant else "three capital letters, such as USD, GBP or EUR",
    )


def _currencies() -> Form:
    from babel.numbers import get_currency_name

    names = {code: get_currency_name(code, locale="en") for code in sorted(currencies())}
    return schema_forms.one_of(names, "three capital letters, such as USD, GBP or EUR")


def web_address(address: str) -> str:
    """``address`` if it is a complete http or https URL; else a PydanticCustomError."""
    try:
        parts = urlsplit(address)
        complete = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:  # a port or an IPv6 address that is none
        complete = False
    # Characters that RFC 3986 allows nowhere in a URL; those beyond ASCII make it an IRI.
    if complete and not re.search(r'[\s<>"\\^`{|}]', address):
        return address
    raise _refusal(
        "invalid-url",
        "'{value}' is not a complete web address",
        address,
        "write all of it, from https:// on, with %20 for a space",
    )


def _whole_number(value: object) -> object:
    """The number that a text of digits means; anything else is refused, never rounded."""
    if not isinstance(value, str):
        return value
    if re.fullmatch(rf"-?[0-9]{{1,{_MAX_DIGITS}}}", value):
        return int(value)
    grouped = re.fullmatch(
        r"[0-9]{1,3}(?:([,. _'’\u00a0\u2009\u202f])[0-9]{3})(?:\1[0-9]{3})*", value
    )
    digits = re.sub("[^0-9]", "", value)
    raise _refusal(
        "wrong-type",
        "'{value}' is not a whole number",
        value,
        f"write {digits}, without separators" if grouped else "write digits only, such as 350000",
    )


def _number(value: object) -> object:
    """The number that a text means, exactly; anything else is refused, never guessed."""
    if not isinstance(value, str):
        return value
    if re.fullmatch(rf"-?[0-9]{{1,{_MAX_DIGITS}}}(?:\.[0-9]{{1,6}})?", value):
        return Decimal(value)
    # Word processors turn the hyphen before a number into a dash or a minus sign.
    plain = _GROUP_SIGNS.sub("", re.sub("^[‐‑‒–—−](?=[0-9])", "-", value))
    amount = re.fullmatch(r"([^\w.-]{0,3}|[A-Z]{1,3}\W?)(-?[0-9]+(?:\.[0-9]+)?)( ?%)?", plain)
    if re.fullmatch(r"-?[0-9]+,[0-9]{1,2}", plain):
        hint = f"write {plain.replace(',', '.')}, with a point before the decimals"
    elif re.fullmatch(r"[0-9.]+ ?(?:-|to) ?[0-9.]+", plain):
        hint = "write a range as {low: 15, high: 20}"
    elif amount and (amount[1] or amount[3]):
        hint = f"write {amount[2]}; the unit belongs in a key of its own"
    elif amount and len(amount[2]) <= _MAX_DIGITS and plain != value:
        hint = f"write {amount[2]}, without separators or dashes"
    else:
        hint = "write all its digits, such as 350000 or 2.5; leave out what is not reported"
    raise _refusal("wrong-type", "'{value}' is not a number", value, hint)


def _flag(value: object) -> object:
    if not isinstance(value, str):
        return value
    if value.lower() in {"true", "yes"}:
        return True
    if value.lower() in {"false", "no"}:
        return False
    raise _refusal(
        "wrong-type", "'{value}' is neither true nor false", value, "write true or false"
    )


def _not_blank(text: str) -> str:
    if text.strip():
        return text
    raise _refusal("empty-value", "the text is empty", text, "write a text, or leave the key out")


_DATE_HINT = "write year-month-day, such as 2026-04-22; a time may follow: 2026-04-22 12:01"


def _invalid_date(value: str, reason: str, hint: str = _DATE_HINT) -> PydanticCustomError:
    return _refusal("invalid-date", f"'{{value}}' is not a date: {reason}", value, hint)


def _misshapen(value: str) -> PydanticCustomError:
    """The refusal of a date in another form, which names the right one where it is certain."""
    reason = "expected year-month-day, with hyphens"
    # Word processors make dashes and hyphens that do not break out of hyphens.
    plain = re.sub("[‐‑‒–—−]", "-", value)
    year_first = re.fullmatch(r"([0-9]{4})([-/.]?)([0-9]{1,2})\2([0-9]{1,2})", plain)
    day_first = re.fullmatch(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})", value)
    if year_first and (year_first[2] or len(value) == 8):
        parts = (year_first[1], year_first[3], year_first[4])
    elif day_first:
        parts = (day_first[3], day_first[2], day_first[1])
    else:
        return _invalid_date(value, reason)
    meant = "-".join(part.zfill(2) for part in parts)
    try:
        date.fromisoformat(meant)
    except ValueError:
        return _invalid_date(value, reason)
    return _invalid_date(value, reason, f"write {meant}")


def _calendar_date(value: object) -> object:
    if not isinstance(value, str):
        return value
    found = re.fullmatch(r"([0-9]{4})-([0-9]{2})-([0-9]{2})", value)
    if found:
        return _day(value, found[1], found[2], found[3])
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ].*", value):
        raise _invalid_date(value, "expected a day without a time", f"write {value[:10]}")
    raise _misshapen(value)


def _day(text: str, year: str, month: str, day: str) -> date:
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        raise _invalid_date(text, "there is no such day", "correct the day or the month") from None
    if found.year not in _YEARS:
        raise _invalid_date(text, "the year is out of range", "correct the year")
    return found


_MOMENT = (
    r"([0-9]{4})-([0-9]{2})-([0-9]{2})"
    r"(?:[T ]([0-9]{2}):([0-9]{2})(?::([0-9]{2}))?(?: ?(Z|[+-][0-9]{2}:[0-9]{2}))?)?"
)


def _moment(value: object, info: ValidationInfo) -> object:
    if not isinstance(value, str):
        return value
    found = re.fullmatch(_MOMENT, value)
    if found is None:
        short = re.fullmatch(r"([0-9-]+[T ])([0-9]:.*)", value)
        if short and re.fullmatch(_MOMENT, meant := f"{short[1]}0{short[2]}"):
            raise _invalid_date(value, "expected two digits for the hour", f"write {meant}")
        raise _misshapen(value)
    year, month, day, hour, minute, second, offset = found.groups()
    try:
        clock = time(int(hour or 0), int(minute or 0), int(second or 0))
        zone = _offset(offset) if offset else None
    except ValueError:
        raise _invalid_date(
            value, "there is no such time", "hours go from 00 to 23, minutes from 00 to 59"
        ) from None
    site_zone: tzinfo = (info.context or {}).get("time_zone") or UTC
    moment = datetime.combine(_day(value, year, month, day), clock, zone or site_zone)
    there_and_back = moment.astimezone(UTC).astimezone(moment.tzinfo)
    if there_and_back.replace(tzinfo=None) != moment.replace(tzinfo=None):
        raise _invalid_date(
            value,
            "clocks skip that time on this day",
            "choose a later time, or add the offset from UTC, such as +01:00",
        )
    return moment


def _offset(text: str) -> timezone:
    """The time zone of ``Z`` or ``+hh:mm``; ValueError where there is none."""
    if text == "Z":
        return UTC
    hours, minutes = int(text[1:3]), int(text[4:6])
    if minutes > 59:
        raise ValueError(text)
    offset = timedelta(hours=hours, minutes=minutes)
    return timezone(-offset if text[0] == "-" else offset)


class Plain:
    """Marks a text as words without markup, in the annotation of its field."""


Name = Annotated[
    str, AfterValidator(_not_blank), AfterValidator(str.strip), Written(schema_forms.text)
]
"""What something else is called by, such as the path of a file; not empty."""

Text = Annotated[Name, Plain]
"""Plain text that readers read, not empty, without white space around it."""


class Markdown:
    """Marks a text as Markdown, in the annotation of its field."""


MarkdownText = Annotated[str, AfterValidator(_not_blank), Markdown, Written(schema_forms.text)]
"""Markdown, not empty; may cite sources and link to articles like the body."""

Slug = Annotated[str, Field(pattern=SLUG_PATTERN, max_length=100), Written(schema_forms.slug)]
"""Lower-case letters, digits and single hyphens."""

WholeNumber = Annotated[int, BeforeValidator(_whole_number), Written(schema_forms.whole_number)]
"""A whole number, written in digits without separators."""

Number = Annotated[Decimal, BeforeValidator(_number), Written(schema_forms.number)]
"""A number, written in digits with at most one point; kept exactly as it is written."""

Flag = Annotated[bool, BeforeValidator(_flag), Written(schema_forms.flag)]
"""``true`` or ``false`` (or ``yes`` or ``no``, as in YAML 1.1)."""

CalendarDate = Annotated[date, BeforeValidator(_calendar_date), Written(schema_forms.day)]
"""A day, written as ISO 8601: ``2026-04-22``."""

Moment = Annotated[datetime, BeforeValidator(_moment), Written(schema_forms.moment)]
"""A day, or a day and time, written as ISO 8601; without an offset, in the site's time zone.

A time that comes twice, when clocks go back, is the first of the two; one that is skipped, when
they go forward, is refused.
"""

CountryCode = Annotated[str, AfterValidator(_country), Written(_countries)]
"""ISO 3166-1 alpha-2."""

CurrencyCode = Annotated[str, AfterValidator(_currency), Written(_currencies)]
"""ISO 4217, of a currency that is in use."""

WebAddress = Annotated[str, AfterValidator(web_address), Written(schema_forms.web_address)]
"""A complete http or https URL."""


def validate(
    model: type[M], tree: Tree, *, what: str, time_zone: tzinfo | None = None
) -> Outcome[M | None]:
    """Read ``tree`` as a ``model``; every mismatch becomes a diagnostic at its place.

    ``what`` names the thing for messages, such as "a country profile". ``time_zone`` is that of
    moments written without an offset, UTC when left out. A key without a value is an error
    everywhere: it is more often forgotten than meant. The value is None when there is an error.
    """
    value, details = None, []
    try:
        value = model.model_validate(tree.data, context={"time_zone": time_zone})
    except ValidationError as error:
        details = error.errors(include_url=False)
    found = tuple(diagnose(model, tree, what, details))
    return Outcome(None if found else value, found)
