"""What pydantic finds, in words for people who do not program."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from aicareers_site.diagnostics import Diagnostic, did_you_mean
from aicareers_site.model_fields import (
    description_at,
    field_at,
    holds_slugs,
    keys_at,
    required_at,
)
from aicareers_site.slugs import SLUG_PATTERN, slug

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from pydantic import BaseModel
    from pydantic_core import ErrorDetails

    from aicareers_site.yaml_tree import Location, Tree

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
    "decimal_type": ("wrong-type", "a number"),
    "date_type": ("wrong-type", "a date"),
    "datetime_type": ("wrong-type", "a date"),
    "literal_error": ("invalid-value", "one of {expected}"),
    "enum": ("invalid-value", "one of {expected}"),
    "string_too_long": ("invalid-value", "at most {max_length} characters"),
    "string_pattern_mismatch": ("invalid-value", "another form"),
    "too_short": ("invalid-value", "at least {min_length} in the list"),
    "greater_than": ("invalid-value", "a number above {gt}"),
    "greater_than_equal": ("invalid-value", "a number of at least {ge}"),
    "less_than_equal": ("invalid-value", "a number of at most {le}"),
}

MAX_FINDINGS = 200
"""What is told of one file at once; with more, something else is in it than it should be."""


def shown(value: object) -> str:
    """``value`` as messages quote it: on one line, and not long."""
    text = " ".join(str(value).split())
    return text if len(text) <= _SHOWN_AT_MOST else text[: _SHOWN_AT_MOST - 1] + "…"


def diagnose(
    model: type[BaseModel], tree: Tree, what: str, details: Sequence[ErrorDetails]
) -> Iterator[Diagnostic]:
    """Diagnostics for what pydantic found in ``tree``, and for keys that have no value.

    ``what`` names the thing that the ``model`` describes, such as "a country profile". Of more
    than :data:`MAX_FINDINGS`, the first are told.
    """
    details = details[:MAX_FINDINGS]
    empty = dict.fromkeys(_empty_values(tree.data, ()))
    misspelt = {
        (detail["loc"][:-1], _key_hint(model, detail["loc"]))
        for detail in details
        if detail["type"] == "extra_forbidden"
    }
    wrong = set()
    for detail in details:
        location = _location(detail)
        if detail["type"] == "too_short" and detail["input"]:
            continue  # pydantic does not count entries that have errors of their own
        if detail["type"] == "missing" and (location[:-1], meant(str(location[-1]))) in misspelt:
            continue  # the unknown key is this one
        if location not in empty or detail["type"] == "extra_forbidden":
            wrong.add(location)
            yield _diagnostic(model, tree, what, detail)
    for location in empty:
        if not any(location[:length] in wrong for length in range(len(location) + 1)):
            required = location[-1] in required_at(model, location[:-1])
            choice = "write a value" if required else "write a value, or leave the key out"
            yield Diagnostic(
                "empty-value",
                f"{_name(location)} has no value",
                tree.span(location),
                f"{choice}; a word such as 'null' needs quotation marks",
            )


# What stands behind a comma in a text, of which such marks make no whole for YAML.
_CURLY = "[^“”„‟‘’‚«»][^“”„‟‘’‚«»]*[“”„‟‘’‚«»]"


def _key_hint(model: type[BaseModel], location: Location) -> str:
    known = keys_at(model, location[:-1])
    if re.match(_CURLY, str(location[-1])):
        return "put the text between straight quotation marks, \" or ', not “ ”"
    if re.fullmatch("[0-9]+[^a-zA-Z]*", str(location[-1])):
        return "write decimals with a point, 60.5, and thousands without a separator"
    hint = did_you_mean(str(location[-1]), known)
    return hint or "known here: " + ", ".join(sorted(known))


def guesses(
    model: type[BaseModel], tree: Tree, details: Sequence[ErrorDetails]
) -> dict[Location, str]:
    """The misspelt keys that have a value, with those that were probably meant and are not given.

    Of two that mean the same, the first; and none whose own keys are all others than those that
    such a key has.
    """
    found: dict[Location, str] = {}
    for detail in details:
        location = detail["loc"]
        if detail["type"] != "extra_forbidden" or detail["input"] is None:
            continue
        hint, taken = _key_hint(model, location), tree.at(location[:-1])
        name = next((key for key in keys_at(model, location[:-1]) if hint == meant(key)), "")
        place = (*location[:-1], name)
        if not name or name in taken or not _fits(detail["input"], keys_at(model, place)):
            continue
        if place not in {(*other[:-1], known) for other, known in found.items()}:
            found[location] = name
    return found


def _fits(value: object, known: Collection[str]) -> bool:
    entries = value if isinstance(value, list) else [value]
    keys = [key for entry in entries if isinstance(entry, dict) for key in entry]
    return not keys or any(key in known for key in keys)


def meant(key: str) -> str:
    """The hint at a key that was probably meant to be ``key``."""
    return f"did you mean '{key}'?"


def _empty_values(data: dict[str, Any] | list[Any], location: Location) -> Iterator[Location]:
    for part, value in data.items() if isinstance(data, dict) else enumerate(data):
        if value is None:
            yield (*location, part)
        elif not isinstance(value, str):
            yield from _empty_values(value, (*location, part))


def _location(detail: ErrorDetails) -> Location:
    """Where the value is; for a problem with a key, the value that it belongs to."""
    return detail["loc"][:-1] if _is_about_key(detail) else detail["loc"]


def _is_about_key(detail: ErrorDetails) -> bool:
    return detail["type"] != "extra_forbidden" and detail["loc"][-1:] == ("[key]",)


def _diagnostic(model: type[BaseModel], tree: Tree, what: str, detail: ErrorDetails) -> Diagnostic:
    location, kind = _location(detail), detail["type"]
    context: dict[str, Any] = dict(detail.get("ctx") or {})
    if kind == "extra_forbidden":
        return Diagnostic(
            "unknown-key",
            f"'{shown(location[-1])}' is not a key of {_place(what, location[:-1])}",
            tree.key_span(location),
            _key_hint(model, location),
        )
    if kind == "missing":
        return Diagnostic(
            "missing-key",
            f"{_place(what, location[:-1])} needs '{location[-1]}'",
            tree.key_span(location[:-1]),
            description_at(model, location),
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
        _hint(model, location, detail) or description_at(model, location),
    )


def _hint(model: type[BaseModel], location: Location, detail: ErrorDetails) -> str:
    """What the value was probably meant to be, where that can be guessed."""
    kind, value, context = detail["type"], detail["input"], dict(detail.get("ctx") or {})
    if kind in {"tuple_type", "model_type", "dict_type"}:
        return _structure_hint(model, location, detail)
    if kind == "string_type" and isinstance(value, list):
        texts = [one for one in value if isinstance(one, str)]
        if len(texts) == len(value) == 1:
            return f"write {shown(texts[0])}, without brackets or a hyphen"
    if kind == "string_type":
        return "put text that starts with a bracket between quotation marks"
    if kind in {"bool_type", "int_type", "date_type", "datetime_type"}:
        return "write one value, without brackets or further keys"
    if kind in {"literal_error", "enum"}:
        return did_you_mean(str(value), re.findall("'([^']+)'", context["expected"]))
    if kind == "string_too_long":
        surplus = len(str(value)) - context["max_length"]
        return f"shorten it by {surplus} character{'s' if surplus > 1 else ''}"
    if context.get("pattern") == SLUG_PATTERN:
        return f"write {slug(str(value))}" if slug(str(value)) else ""
    return ""


def _structure_hint(model: type[BaseModel], location: Location, detail: ErrorDetails) -> str:
    """How to write a list, keys, or a list of keys, where something else was found."""
    kind, value = detail["type"], detail["input"]
    keys = [f"'{name}:'" for name in required_at(model, location)]
    below = "on lines below, indented by 2" if len(location) == 1 else "on lines below, indented"
    if kind == "dict_type":
        return f"write an id and ':' on a line below, indented by 2; below it, {_and(keys)}"
    if kind == "tuple_type" and isinstance(value, dict):
        return "start each entry with '- '" + (f", as in '- {keys[0][1:]}" if keys else "")
    if kind == "tuple_type" and not keys:
        return _as_list(model, location, value)
    if kind == "tuple_type" or isinstance(location[-1], int):
        rest = f", and {_and(keys[1:])} below it, indented by 4" if keys[1:] else ""
        return f"write '- {keys[0][1:]} on a line of its own, indented by 2{rest}"
    return f"write {_and(keys)} {below}" if keys else ""


def _as_list(model: type[BaseModel], location: Location, value: object) -> str:
    field = field_at(model, location)
    parts = [part.strip() for part in str(value).split(",")]
    if field is not None and holds_slugs(field):
        parts = list(map(slug, parts))
    return f"write it as a list: [{shown(', '.join(filter(None, parts)))}]"


def _and(words: Sequence[str]) -> str:
    return " and ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))


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
