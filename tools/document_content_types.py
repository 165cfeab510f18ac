#!/usr/bin/env python3
"""Rewrite the tables of docs/content-types.md from the models that they describe.

``python tools/document_content_types.py`` from any folder, after ``make site``; what stands between
``<!-- fields: Name -->`` and ``<!-- end -->`` is replaced by the fields of the model ``Name``.
"""

from __future__ import annotations

import re
from inspect import get_annotations
from itertools import chain, takewhile
from pathlib import Path
from typing import get_args

from pydantic_core import PydanticUndefined

from aicareers_site import configuration, content_parts, content_types, newsletter
from aicareers_site.content_types import FrontMatter
from aicareers_site.models import Model

DOCUMENT = Path(__file__).resolve().parent.parent / "docs" / "content-types.md"

MODELS: dict[str, type[Model]] = {
    name: value
    for module in (content_parts, content_types, configuration, newsletter)
    for name, value in vars(module).items()
    if isinstance(value, type) and issubclass(value, Model) and value is not Model
}
"""Every model by its name."""


def _one_of(literal: object) -> str:
    return "one of " + ", ".join(f"`{name}`" for name in get_args(literal))


# What the values of our types are called, by the name that a model's source uses.
_TYPES = {
    "Alias": "address",
    "AuthorKind": _one_of(configuration.AuthorKind),
    "CalendarDate": "day",
    "CountryCode": "country code",
    "Encoding": _one_of(configuration.Encoding),
    "Flag": "true or false",
    "Host": _one_of(configuration.Host),
    "MarkdownText": "Markdown text",
    "Moment": "day, or day and time",
    "Name": "name",
    "Origin": "site",
    "Provider": _one_of(newsletter.Provider),
    "RawHtml": _one_of(configuration.RawHtml),
    "Slug": "slug",
    "Text": "text",
    "WebAddress": "web address",
    "WholeNumber": "whole number",
    "str": "text",
}
_PLURALS = {"address": "addresses"}
_MARKED = re.compile(r"(<!-- fields: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)


def updated(text: str) -> str:
    """``text`` with its marked parts written anew."""
    return _MARKED.sub(lambda found: f"{found[1]}\n{table(MODELS[found[2]])}\n{found[3]}", text)


def table(model: type[Model]) -> str:
    """The model's fields, without those that every article has, as a Markdown table."""
    rows = ["| Key | Value | | Meaning |", "| --- | --- | --- | --- |"]
    own = takewhile(lambda base: base is model or base is not FrontMatter, model.__mro__)
    stated = chain.from_iterable(get_annotations(base).items() for base in own)
    for name, annotation in stated:
        if name in model.model_fields:
            field = model.model_fields[name]
            need = "required" if field.is_required() else ""
            meaning = f"{field.description}{_default(field.default)}"
            rows.append(f"| `{name}` | {_value(str(annotation))} | {need} | {meaning} |")
    return "\n".join(rows) + "\n"


def _default(value: object) -> str:
    if value is PydanticUndefined or not isinstance(value, str | int) or isinstance(value, bool):
        return ""
    return f" When left out: {value}."


def _value(annotation: str) -> str:
    """What kind of value an annotation asks for, in words."""
    names = re.findall(r"\w+", annotation)
    if "dict" in names:
        return f"ids, each with the keys of {_link(names[-1])}"
    found = next(name for name in names if name in _TYPES or name in MODELS)
    is_list = "tuple" in names
    if found in MODELS:
        return f"list, each with the keys of {_link(found)}" if is_list else _link(found)
    noun = _TYPES[found]
    if is_list and noun.startswith("one of "):
        return f"list of {noun.removeprefix('one of ')}"
    return f"list of {_PLURALS.get(noun, noun + 's')}" if is_list else noun


def _link(name: str) -> str:
    """A link to the heading of a model, which is its name in words."""
    words = re.sub(r"(?<!^)(?=[A-Z])", " ", name).lower()
    return f"[{words}](#{words.replace(' ', '-')})"


if __name__ == "__main__":
    DOCUMENT.write_text(updated(DOCUMENT.read_text(encoding="utf-8")), encoding="utf-8")
