"""Models in the words of JSON Schema, for editors that complete and check what is being typed.

A schema sees values as a YAML 1.2 parser types them (YAML 1.2.2, section 10.3, the core schema), a
model sees what was written: ``title: 2026`` is a number to the one and the text "2026" to the
other. So the types of fields say with :class:`Written` how their values may look, and a form takes
whatever the reader takes; some of what the reader refuses it takes, too. Format: JSON Schema, draft
2020-12. ``patternErrorMessage``, ``errorMessage`` and ``enumDescriptions`` are no part of it: the
YAML language server shows them, and others pass them over.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from types import UnionType
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeAlias, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

Form: TypeAlias = dict[str, Any]
"""A JSON Schema, or a part of one."""

_DAY = r"[12][0-9]{3}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])"
_TIME = r"(?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9])?(?: ?(?:Z|[+-][0-9]{2}:[0-9]{2}))?"
_DIGITS = "[0-9]{1,15}"

ANYTHING = r"\S"
"""The pattern of a text that may say anything."""

_FIGURE = r"\{\{"
"""A text with figures is measured as it is printed, and not as it stands."""


@dataclass(frozen=True, slots=True)
class Written:
    """Says in a type's annotation how its values may be written."""

    form: Callable[[], Form]


def text() -> Form:
    """Words; a number or ``true`` is what it looks like."""
    return {
        "type": ["string", "number", "boolean"],
        "pattern": ANYTHING,
        "patternErrorMessage": "write a text, or leave the key out",
    }


def slug() -> Form:
    """An id, such as 2026."""
    return {
        "type": ["string", "number", "boolean"],
        "minimum": 0,
        "patternErrorMessage": "write lower-case letters, digits and single hyphens",
    }


def whole_number() -> Form:
    """A number without decimals."""
    return {
        "type": ["integer", "string"],
        "pattern": f"^-?{_DIGITS}$",
        "patternErrorMessage": "write digits only, such as 350000",
    }


def number() -> Form:
    """A number with at most one point."""
    return {
        "type": ["number", "string"],
        "pattern": rf"^-?{_DIGITS}(?:\.[0-9]{{1,6}})?$",
        "patternErrorMessage": "write all its digits, such as 350000 or 2.5",
    }


def flag() -> Form:
    """True or false; ``yes`` and ``no`` are words in YAML 1.2."""
    words = ("true", "false", "yes", "no")
    any_case = ("".join(f"[{one.upper()}{one}]" for one in word) for word in words)
    return {
        "type": ["boolean", "string"],
        "pattern": f"^(?:{'|'.join(any_case)})$",
        "patternErrorMessage": "write true or false",
    }


def day() -> Form:
    """A day, which YAML 1.2 takes for text."""
    return {
        "type": "string",
        "pattern": f"^{_DAY}$",
        "patternErrorMessage": "write year-month-day, such as 2026-04-22",
        "examples": ["2026-04-22", "2025-12-31"],
    }


def moment() -> Form:
    """A day, or a day and time."""
    return {
        "type": "string",
        "pattern": f"^{_DAY}(?:[T ]{_TIME})?$",
        "patternErrorMessage": "write year-month-day, such as 2026-04-22; a time may follow: "
        "2026-04-22 12:01",
        "examples": ["2026-04-22", "2026-04-22 12:01"],
    }


def web_address() -> Form:
    """A complete http or https URL."""
    return {
        "type": "string",
        "pattern": r'^[Hh][Tt][Tt][Pp][Ss]?://[^ <>"\\^`{|}]+$',
        "patternErrorMessage": "write all of it, from https:// on, with %20 for a space",
        "examples": ["https://example.com/"],
    }


def one_of(names: Mapping[str, str], expected: str = "") -> Form:
    """One of these words, each with what it means.

    ``expected`` is to be said of other words, where the list is too long for that.
    """
    return {
        "type": "string",
        "enum": [*names],
        "enumDescriptions": [*names.values()],
        **({"errorMessage": f"write {expected}"} if expected else {}),
    }


def of(model: type[BaseModel]) -> Form:
    """The keys of ``model``, which has no others."""
    fields = model.model_fields
    required = [name for name, field in fields.items() if field.is_required()]
    return {
        "type": "object",
        "properties": {name: _field(field) for name, field in fields.items()},
        **({"required": required} if required else {}),
        "additionalProperties": False,
    }


def _field(field: FieldInfo) -> Form:
    form = _form(field.annotation, field.metadata)
    default = field.default
    if isinstance(default, Enum):
        default = default.value
    stated = default is not PydanticUndefined and isinstance(default, str | int)
    return {
        "description": field.description,
        **form,
        **({"default": default} if stated else {}),
    }


def _form(annotation: Any, notes: Iterable[object]) -> Form:
    """The form of what is annotated so; ``notes`` are what its ``Annotated`` says besides."""
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _form(inner[0], [*_flat(inner[1:]), *notes])
    if origin in {Union, UnionType}:  # of a type and None, which the reader refuses
        return _form(inner[0], notes)
    found = _written(annotation, origin, inner, notes)
    for note in notes:
        _limit(found, note)
    return found


def _written(annotation: Any, origin: Any, inner: tuple[Any, ...], notes: Iterable[object]) -> Form:
    if origin is tuple:
        return {"type": "array", "items": _form(inner[0], ())}
    if origin is dict:
        return {
            "type": "object",
            "propertyNames": {**_form(inner[0], ()), "type": "string"},
            "additionalProperties": _form(inner[1], ()),
        }
    if origin is Literal:
        return {"type": "string", "enum": [*inner]}
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return {"type": "string", "enum": [one.value for one in annotation]}
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return of(annotation)
    stated = next((note for note in notes if isinstance(note, Written)), None)
    return stated.form() if stated else {"type": "string"}


def _flat(notes: Iterable[object]) -> Iterable[object]:
    """What is noted, also by way of ``Field(...)``."""
    for note in notes:
        if isinstance(note, FieldInfo):
            yield from note.metadata
        else:
            yield note


_LIMITS = {"ge": "minimum", "gt": "exclusiveMinimum", "le": "maximum"}
_LEAST = {"array": "minItems", "object": "minProperties"}


def _limit(form: Form, note: object) -> None:
    """Add the limit that ``note`` sets, if it does."""
    for attribute, keyword in _LIMITS.items():
        if (limit := getattr(note, attribute, None)) is not None:
            form[keyword] = limit
    if (least := getattr(note, "min_length", None)) is not None:
        form[_LEAST[form["type"]]] = least
    if (pattern := getattr(note, "pattern", None)) is not None:
        form["pattern"] = pattern
    if (most := getattr(note, "max_length", None)) is not None:
        if form.get("pattern") == ANYTHING:
            form |= {"if": {"pattern": _FIGURE}, "else": {"maxLength": most}}
        else:
            form["maxLength"] = most
