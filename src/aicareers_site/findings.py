"""What pydantic finds, in words for people who do not program."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, get_args, get_origin

from pydantic import BaseModel

from aicareers_site.diagnostics import Diagnostic, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pydantic_core import ErrorDetails

    from aicareers_site.yaml_tree import Location, Tree

SLUG_PATTERN = r"^[a-z0-9]+(?:-[a-z0-9]+)*$"
"""What ids and the last parts of addresses look like."""

_SHOWN_AT_MOST = 40

# Each type of error that our fields can raise: its code, and what was expected, with values of
# pydantic's context. Errors of our own have a hyphen in their type, and their own words.
EXPECTATIONS = {
    "string_type": ("wrong-type", "text"),
    "tuple_type": ("wrong-type", "a list"),
    "dict_type": ("wrong-type", "keys with values"),
    "model_type": ("wrong-type", "keys with values"),
    "bool_type": ("wrong-type", "true or false"),
    "int_type": ("wrong-type", "a whole number"),
    "date_type": ("wrong-type", "a date"),
    "datetime_type": ("wrong-type", "a date"),
    "literal_error": ("invalid-value", "one of {expected}"),
    "string_too_long": ("invalid-value", "at most {max_length} characters"),
    "string_pattern_mismatch": ("invalid-value", "another form"),
    "too_short": ("invalid-value", "at least {min_length} in the list"),
    "greater_than": ("invalid-value", "a number above {gt}"),
    "greater_than_equal": ("invalid-value", "a number of at least {ge}"),
    "less_than_equal": ("invalid-value", "a number of at most {le}"),
}


def shown(value: object) -> str:
    """``value`` as messages quote it: on one line, and not long."""
    text = " ".join(str(value).split())
    return text if len(text) <= _SHOWN_AT_MOST else text[: _SHOWN_AT_MOST - 1] + "…"


def diagnose(
    model: type[BaseModel], tree: Tree, what: str, details: Sequence[ErrorDetails]
) -> Iterator[Diagnostic]:
    """Diagnostics for what pydantic found in ``tree``, and for keys that have no value.

    ``what`` names the thing that the ``model`` describes, such as "a country profile".
    """
    empty = dict.fromkeys(_empty_values(tree.data, ()))
    wrong = set()
    for detail in details:
        location = _location(detail)
        if location not in empty or detail["type"] == "extra_forbidden":
            wrong.add(location)
            yield _diagnostic(model, tree, what, detail)
    for location in empty:
        if not any(location[:length] in wrong for length in range(len(location) + 1)):
            yield Diagnostic(
                "empty-value",
                f"{_name(location)} has no value",
                tree.span(location),
                "write a value, or leave the key out; a word such as 'null' needs quotation marks",
            )


def _empty_values(data: object, location: Location) -> Iterator[Location]:
    if data is None:
        yield location
    elif isinstance(data, dict):
        for key, value in data.items():
            yield from _empty_values(value, (*location, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from _empty_values(value, (*location, index))


def _location(detail: ErrorDetails) -> Location:
    """Where the value is; for a problem with a key, the value that it belongs to."""
    return detail["loc"][:-1] if _is_about_key(detail) else detail["loc"]


def _is_about_key(detail: ErrorDetails) -> bool:
    return detail["type"] != "extra_forbidden" and detail["loc"][-1:] == ("[key]",)


def _diagnostic(model: type[BaseModel], tree: Tree, what: str, detail: ErrorDetails) -> Diagnostic:
    location, kind = _location(detail), detail["type"]
    context: dict[str, Any] = dict(detail.get("ctx") or {})
    if kind == "extra_forbidden":
        key, known = str(location[-1]), _fields_at(model, location[:-1])
        return Diagnostic(
            "unknown-key",
            f"'{shown(key)}' is not a key of {_place(what, location[:-1])}",
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
    span = tree.key_span(location) if _is_about_key(detail) else tree.span(location)
    if "-" in kind:
        return Diagnostic(kind, detail["msg"], span, str(context.get("hint", "")))
    code, expectation = EXPECTATIONS[kind]
    if context.get("pattern") == SLUG_PATTERN:
        expectation = "lower-case letters, digits and single hyphens"
    found = _found(kind, detail["input"])
    return Diagnostic(
        code,
        f"{_name(location)}: expected {expectation.format(**context)}, found {found}",
        span,
        _hint(detail) or _description(model, location),
    )


def _hint(detail: ErrorDetails) -> str:
    """What the value was probably meant to be, where that can be guessed."""
    value, context = detail["input"], dict(detail.get("ctx") or {})
    if detail["type"] == "tuple_type" and isinstance(value, str):
        return f"write it as a list: [{shown(value)}]"
    if detail["type"] == "string_type":
        return "put text that starts with a bracket between quotation marks"
    if detail["type"] == "literal_error":
        return did_you_mean(str(value), re.findall("'([^']+)'", context["expected"]))
    if context.get("pattern") == SLUG_PATTERN:
        slug = re.sub("[^a-z0-9]+", "-", str(value).lower()).strip("-")
        return f"write {slug}" if slug else ""
    return ""


def _found(kind: str, value: object) -> str:
    if kind == "string_too_long":
        return str(len(str(value)))
    if kind == "too_short":
        return "none"
    if isinstance(value, dict):
        return "keys with values"
    if isinstance(value, list):
        return "a list"
    return f"'{shown(value)}'"


def _name(location: Location) -> str:
    """The value at ``location``, such as ``'low' in entry 1 of 'salaries'``."""
    name = ""
    for part in location:
        own = f"entry {part + 1} of" if isinstance(part, int) else f"'{shown(part)}'"
        name = f"{own} {name}" if isinstance(part, int) else f"{own} in {name}" if name else own
    return name


def _place(what: str, location: Location) -> str:
    return _name(location) if location else what


def _model_at(model: type[BaseModel], location: Location) -> type[BaseModel] | None:
    """The model that describes the value at ``location``, found by walking the annotations."""
    current: type[BaseModel] | None = model
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


def _first_model(annotation: object) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    found = map(_first_model, get_args(annotation))
    return next((model for model in found if model is not None), None)


def _fields_at(model: type[BaseModel], location: Location) -> tuple[str, ...]:
    inner = _model_at(model, location)
    return tuple(inner.model_fields) if inner else ()


def _description(model: type[BaseModel], location: Location) -> str:
    """What the documentation says about the key at ``location``, or about the nearest around it."""
    for index in reversed(range(len(location))):
        inner = _model_at(model, location[:index])
        field = inner.model_fields.get(str(location[index])) if inner else None
        if field is not None and field.description:
            return field.description
    return ""
