"""What typed models have in common: the base class and the types of fields.

Front matter and ``site.yaml`` arrive as trees of strings (see :mod:`aicareers_site.yaml_tree`);
a model declares what each string means. Pydantic converts and checks; :mod:`.validation` turns its
findings into diagnostics that point at the line and column of the value or key.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from aicareers_site import schema_forms
from aicareers_site.schema_forms import Form, Written
from aicareers_site.slugs import SLUG_PATTERN
from aicareers_site.written_values import (
    calendar_date,
    clear_number,
    moment,
    number,
    refusal,
    whole_number,
)

if TYPE_CHECKING:
    from pydantic import ValidationInfo

# CLDR territories of two letters that are no ISO 3166-1 country: unions, private use,
# exceptional reservations.
_NOT_COUNTRIES = frozenset(
    ["AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "XK", "ZZ"]
)
_SYMBOLS = {"€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR", "US$": "USD", "S$": "SGD", "C$": "CAD"}


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
    raise refusal(
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
    raise refusal(
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
    raise refusal(
        "invalid-url",
        "'{value}' is not a complete web address",
        address,
        "write all of it, from https:// on, with %20 for a space",
    )


def _flag(value: object) -> object:
    if not isinstance(value, str):
        return value
    if value.lower() in {"true", "yes"}:
        return True
    if value.lower() in {"false", "no"}:
        return False
    raise refusal("wrong-type", "'{value}' is neither true nor false", value, "write true or false")


def _not_blank(text: str) -> str:
    if text.strip():
        return text
    raise refusal("empty-value", "the text is empty", text, "write a text, or leave the key out")


def _moment(value: object, info: ValidationInfo) -> object:
    return moment(value, (info.context or {}).get("time_zone") or UTC)


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

WholeNumber = Annotated[int, BeforeValidator(whole_number), Written(schema_forms.whole_number)]
"""A whole number, written in digits without separators."""

Number = Annotated[Decimal, BeforeValidator(number), Written(schema_forms.number)]
"""A number, written in digits with at most one point; kept exactly as it is written."""

ClearNumber = Annotated[Decimal, BeforeValidator(clear_number), Written(schema_forms.number)]
"""A number that cannot be meant in thousands."""

Flag = Annotated[bool, BeforeValidator(_flag), Written(schema_forms.flag)]
"""``true`` or ``false`` (or ``yes`` or ``no``, as in YAML 1.1)."""

CalendarDate = Annotated[date, BeforeValidator(calendar_date), Written(schema_forms.day)]
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
