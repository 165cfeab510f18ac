"""What typed models have in common: the base class, field types, and errors made for people.

Front matter and ``site.yaml`` arrive as trees of strings (see :mod:`aicareers_site.yaml_tree`);
a model declares what each string means. Pydantic converts and checks; :func:`validate` turns its
findings into diagnostics that point at the line and column of the value or key.
"""

from __future__ import annotations

import re
from datetime import date, datetime, tzinfo
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, TypeVar, get_origin
from urllib.parse import urlsplit

from babel import Locale
from babel.numbers import list_currencies
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic_core import PydanticCustomError

from aicareers_site.diagnostics import Diagnostic, Outcome, did_you_mean

if TYPE_CHECKING:
    from pydantic import ValidationInfo
    from pydantic_core import ErrorDetails

    from aicareers_site.yaml_tree import Location, Tree

SLUG_PATTERN = r"^[a-z0-9]+(?:-[a-z0-9]+)*$"

# CLDR territories of two letters that are no ISO 3166-1 country: unions, private use,
# exceptional reservations.
_NOT_COUNTRIES = frozenset(
    ["AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "XK", "ZZ"]
)


class Model(BaseModel):
    """A frozen model in which an unknown key is an error and every field is documented."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=False)


M = TypeVar("M", bound=Model)


@cache
def country_names(language: str) -> dict[str, str]:
    """Names of the countries of ISO 3166-1 by alpha-2 code, in ``language`` (a BCP 47 tag)."""
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
    by_name = {name.casefold(): known for known, name in names.items()}
    meant = by_name.get(code.casefold()) or (code.upper() if code.upper() in names else None)
    raise PydanticCustomError(
        "unknown-country",
        "'{code}' is not a country code of ISO 3166-1 alpha-2",
        {
            "code": code,
            "hint": f"write {meant}" if meant else "two capital letters, such as DE for Germany",
        },
    )


def _currency(code: str) -> str:
    if code in list_currencies():
        return code
    raise PydanticCustomError(
        "unknown-currency",
        "'{code}' is not a currency code of ISO 4217",
        {"code": code, "hint": "three capital letters, such as USD, GBP or EUR"},
    )


def _web_address(address: str) -> str:
    parts = urlsplit(address)
    if parts.scheme in {"http", "https"} and parts.hostname and not re.search(r"\s", address):
        return address
    raise PydanticCustomError(
        "invalid-url",
        "'{address}' is not a complete web address",
        {"address": address, "hint": "start with https:// and name the host"},
    )


def _invalid_date(text: object, reason: str) -> PydanticCustomError:
    return PydanticCustomError(
        "invalid-date",
        "'{text}' is not a date: {reason}",
        {
            "text": str(text),
            "reason": reason,
            "hint": "write year-month-day, such as 2026-04-22; a time may follow: 2026-04-22 12:01",
        },
    )


def _calendar_date(value: object) -> date:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    if not isinstance(value, str) or not re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        raise _invalid_date(value, "expected four digits, two and two, with hyphens")
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise _invalid_date(value, str(error)) from None


def _moment(value: object, info: ValidationInfo) -> datetime:
    if isinstance(value, datetime):
        return value
    shape = r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d)?(?: ?(?:Z|[+-]\d\d:\d\d))?)?"
    if not isinstance(value, str) or not re.fullmatch(shape, value):
        raise _invalid_date(value, "expected four digits, two and two, with hyphens")
    try:
        moment = datetime.fromisoformat(value.replace(" +", "+").replace(" -", "-"))
    except ValueError as error:
        raise _invalid_date(value, str(error)) from None
    if moment.tzinfo is None:
        zone: tzinfo | None = (info.context or {}).get("time_zone")
        moment = moment.replace(tzinfo=zone)
    return moment


Text = Annotated[str, Field(min_length=1)]
"""Plain text, not empty."""

MarkdownText = Annotated[str, Field(min_length=1)]
"""Markdown, not empty; may cite sources and link to articles like the body."""

Slug = Annotated[str, Field(pattern=SLUG_PATTERN, max_length=100)]
"""Lower-case letters, digits and single hyphens."""

CalendarDate = Annotated[date, BeforeValidator(_calendar_date)]
"""A day, written as ISO 8601: ``2026-04-22``."""

Moment = Annotated[datetime, BeforeValidator(_moment)]
"""A day, or a day and time, written as ISO 8601; without an offset, in the site's time zone."""

CountryCode = Annotated[str, AfterValidator(_country)]
"""ISO 3166-1 alpha-2."""

CurrencyCode = Annotated[str, AfterValidator(_currency)]
"""ISO 4217."""

WebAddress = Annotated[str, AfterValidator(_web_address)]
"""A complete http or https URL."""


def validate(
    model: type[M], tree: Tree, *, what: str, time_zone: tzinfo | None = None
) -> Outcome[M | None]:
    """Read ``tree`` as a ``model``; every mismatch becomes a diagnostic at its place.

    ``what`` names the thing for messages, such as "a country profile". ``time_zone`` is that of
    moments written without an offset. The value is None when there is an error.
    """
    try:
        return Outcome(model.model_validate(tree.data, context={"time_zone": time_zone}))
    except ValidationError as error:
        details = error.errors(include_url=False)
        return Outcome(None, tuple(_diagnostic(model, tree, what, detail) for detail in details))


def _diagnostic(model: type[Model], tree: Tree, what: str, detail: ErrorDetails) -> Diagnostic:
    location: Location = tuple(detail["loc"])
    kind, context = detail["type"], dict(detail.get("ctx") or {})
    if kind == "extra_forbidden":
        key, known = str(location[-1]), _fields_at(model, location[:-1])
        return Diagnostic(
            "unknown-key",
            f"'{key}' is not a key of {_place(what, location[:-1])}",
            tree.key_span(location),
            did_you_mean(key, known) or "known here: " + ", ".join(sorted(known)),
        )
    if kind == "missing":
        return Diagnostic(
            "missing-key",
            f"{_place(what, location[:-1])} needs '{location[-1]}'",
            tree.key_span(location[:-1]),
            _description(model, location),
        )
    span, value = tree.span(location), detail["input"]
    if "-" in kind:  # one of ours, raised with its own words
        return Diagnostic(kind, detail["msg"], span, str(context.get("hint", "")))
    if value is None:
        return Diagnostic(
            "empty-value",
            f"'{_dotted(location)}' has no value",
            span,
            _description(model, location) or "write a value, or leave the key out",
        )
    code = "invalid-value" if isinstance(value, str) and _expects_text(kind) else "wrong-type"
    return Diagnostic(
        code,
        _message(kind, location, value, context, detail["msg"]),
        span,
        _description(model, location),
    )


def _expects_text(kind: str) -> bool:
    return kind.startswith("string_") or kind in {"literal_error", "enum", "greater_than_equal"}


def _message(
    kind: str, location: Location, value: object, context: dict[str, Any], fallback: str
) -> str:
    found = f"found {_shape(value)}"
    expectations = {
        "string_type": "expected text",
        "list_type": "expected a list",
        "tuple_type": "expected a list",
        "dict_type": "expected keys with values",
        "model_type": "expected keys with values",
        "model_attributes_type": "expected keys with values",
        "bool_parsing": "expected true or false",
        "bool_type": "expected true or false",
        "int_parsing": "expected a whole number",
        "int_type": "expected a whole number",
        "float_parsing": "expected a number",
        "decimal_parsing": "expected a number",
    }
    if kind == "string_pattern_mismatch" and context.get("pattern") == SLUG_PATTERN:
        expectation = "expected lower-case letters, digits and single hyphens"
    else:
        expectation = expectations.get(kind, fallback[:1].lower() + fallback[1:])
    return f"'{_dotted(location)}': {expectation}, {found}"


def _shape(value: object) -> str:
    if isinstance(value, dict):
        return "keys with values"
    if isinstance(value, list):
        return "a list"
    text = str(value)
    return f"'{text if len(text) <= 40 else text[:39] + '…'}'"


def _dotted(location: Location) -> str:
    return ".".join(str(part + 1) if isinstance(part, int) else part for part in location)


def _place(what: str, location: Location) -> str:
    return f"'{_dotted(location)}' of {what}" if location else what


def _model_at(model: type[Model], location: Location) -> type[Model] | None:
    """The model that describes the value at ``location``, found by walking the annotations."""
    current: type[Model] | None = model
    behind_mapping = False
    for part in location:
        if isinstance(part, int) or behind_mapping:
            behind_mapping = False
            continue
        if current is None or part not in current.model_fields:
            return None
        annotation = current.model_fields[part].annotation
        behind_mapping = get_origin(annotation) is dict
        current = _first_model(annotation)
    return current


def _first_model(annotation: object) -> type[Model] | None:
    if isinstance(annotation, type) and issubclass(annotation, Model):
        return annotation
    found = map(_first_model, getattr(annotation, "__args__", ()))
    return next((model for model in found if model is not None), None)


def _fields_at(model: type[Model], location: Location) -> tuple[str, ...]:
    inner = _model_at(model, location)
    return tuple(inner.model_fields) if inner else ()


def _description(model: type[Model], location: Location) -> str:
    keys = [index for index, part in enumerate(location) if isinstance(part, str)]
    if not keys:
        return ""
    inner = _model_at(model, location[: keys[-1]])
    field = inner.model_fields.get(str(location[keys[-1]])) if inner else None
    return (field.description or "") if field else ""
