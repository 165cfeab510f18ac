"""How an article begins: a file in which every key of its kind is explained, and headings.

It is a draft that builds as it is; what is still to be written is an ellipsis.
"""

from __future__ import annotations

import re
import textwrap
from typing import TYPE_CHECKING, Any, NamedTuple

from pydantic import ValidationError

from aicareers_site import documents, schemas
from aicareers_site.content_types import MODELS
from aicareers_site.diagnostics import did_you_mean
from aicareers_site.findings import diagnose
from aicareers_site.kinds import CALLED, Kind, kind_of
from aicareers_site.slugs import slug
from aicareers_site.texts import path_for
from aicareers_site.yaml_tree import Tree

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from datetime import date

    from aicareers_site.schema_forms import Form
    from aicareers_site.schemas import Known

_UNWRITTEN = "…"
_WIDTH = 98
_LONGEST_SLUG = 60
_NAMES = {kind: name for name, kind in CALLED.items()}

# Examples of what a form says nothing of, by key.
_SAMPLES = {
    "id": "source-1",
    "source": "source-1",
    "tags": "remote-work",
    "series": "first-year",
    "salaries": "pay-by-country",
    "countries": "DE",
    "slug": "another-address",
    "src": "picture.jpg",
    "value": "'{{ table.figure }}'",
}

_BODIES = {
    Kind.POST: (
        "Say in two or three sentences what readers will know at the end.",
        {"What to do first": "One step at a time.", "What can wait": "And why."},
    ),
    Kind.COUNTRY_PROFILE: (
        "Say in a paragraph for whom the country is right [@source-1].",
        {
            "Where the work is": "Cities and employers, and what each is known for.",
            "Pay": "What roles are paid; where it is not reported, say so.",
            "Visas": "Which ways there are, and what each asks for.",
            "Language": "What is spoken at work, and outside.",
        },
    ),
    Kind.HIRING_TREND: (
        "Say in a paragraph what is changing, and since when.",
        {
            "What is changing": "What the sources report, each cited where it is used.",
            "Why": "The reasons that are given, and by whom.",
            "What it means for you": "What readers can do.",
        },
    ),
    Kind.MARKET_STATISTICS: (
        "Say in a paragraph what the figures show.",
        {
            "What was counted": "By whom, when, and what is not in it.",
            "What stands out": "The two or three figures that matter.",
            "What the figures leave open": "What nobody reports.",
        },
    ),
    Kind.PAGE: ("Write here what the page is for.", {}),
}


class Question(NamedTuple):
    """What must be known of an article before it can begin.

    ``choices`` are all that it may be, with what each means; none where it may be anything.
    """

    key: str
    meaning: str
    choices: Mapping[str, str]
    several: bool = False


def questions(kind: Kind, known: Known, tables: Collection[str]) -> tuple[Question, ...]:
    """What to ask about an article of this kind, besides its title.

    ``known`` are the names in ``site.yaml``, ``tables`` the ids of data tables.
    """
    asked: dict[str, Mapping[str, str]] = {"description": {}}
    if kind is not Kind.PAGE:
        asked |= {"category": known.categories, "authors": known.authors}
    if kind is Kind.COUNTRY_PROFILE:
        asked["country"] = {}
    if kind is Kind.MARKET_STATISTICS:
        asked["tables"] = dict.fromkeys(sorted(tables), "")
    fields = MODELS[kind].model_fields
    return tuple(
        Question(key, fields[key].description or "", choices, key in {"authors", "tables"})
        for key, choices in asked.items()
    )


def problem(kind: Kind, key: str, value: str | tuple[str, ...], choices: Collection[str]) -> str:
    """What is wrong with the value of this key, and what to write instead; empty if it is right."""
    for one in value if choices and isinstance(value, tuple) else (value,) if choices else ():
        name = str(one).partition(".")[0] if key == "tables" else one
        if name not in choices:
            hint = did_you_mean(str(name), choices) or f"there are {', '.join(sorted(choices))}"
            return f"there is no '{one}' among the {_PLURALS.get(key, key)}; {hint}"
    data = {key: [*value] if isinstance(value, tuple) else value}
    try:
        MODELS[kind].model_validate(data)
    except ValidationError as error:
        about = [one for one in error.errors(include_url=False) if one["loc"][0] == key]
        found = [one for one in about if one["type"] != "missing"]
        for diagnostic in diagnose(MODELS[kind], Tree("", data), "an article", found):
            return f"{diagnostic.message}; {diagnostic.hint}".removesuffix("; ")
    return ""


_PLURALS = {"category": "categories", "tables": "data tables"}


def name_for(title: str, kind: Kind, today: date) -> str:
    """What the file may be called: the title as a slug, shortened to whole words.

    A title without Latin letters or digits gives the kind and the day.
    """
    words = slug(title)
    if len(words) > _LONGEST_SLUG:
        words = words[: _LONGEST_SLUG + 1].rpartition("-")[0] or words[:_LONGEST_SLUG]
    return words.strip("-") or f"{_NAMES[kind]}-{today}"


def holder(address: str, files: Mapping[str, bytes]) -> str | None:
    """The path of the article that has this address, or had it, among the source ``files``."""
    name = address.strip("/").rpartition("/")[2]
    for path, content in files.items():
        kind = kind_of(path) if path.endswith(".md") else None
        stem = path.rpartition("/")[2].removesuffix(".md")
        if kind is None or (stem != name and name.encode() not in content):
            continue
        document = documents.parse(path, content).value
        stated = document.front_matter.data if document else {}
        aliases = stated.get("aliases")
        named = [path_for(kind, str(stated.get("slug") or stem))]
        if address in [*named, *(aliases if isinstance(aliases, list) else ())]:
            return path
    return None


def begun(kind: Kind, given: Mapping[str, str | tuple[str, ...]], names: Known, today: date) -> str:
    """The text of a new file; ``given`` are values by key, among them the title."""
    form = schemas.schema(_NAMES[kind], names)
    fields: dict[str, Form] = form["properties"]
    active = [*form["required"], *(("sources",) if "source" in fields else ()), "draft"]
    day = {"date": str(today), "draft": "true"}
    lines = ["---", "# Remove the '#' before a key to use it."]
    for key in [*active, *(key for key in fields if key not in active)]:
        value: Any = given.get(key, day.get(key))
        stated = _stated(key, value) if value is not None else [*_example(key, fields[key], today)]
        mark = "" if key in active else "#"
        lines += ["", *_remark(fields[key]["description"]), *(f"{mark}{one}" for one in stated)]
    opening, headings = _BODIES[kind]
    body = [opening, *(f"## {heading}\n\n{text}" for heading, text in headings.items())]
    return "\n".join([*lines, "---", "\n\n".join(body)]) + "\n"


def _remark(text: str) -> list[str]:
    wrapper = textwrap.TextWrapper(
        _WIDTH, initial_indent="# ", subsequent_indent="# ", break_on_hyphens=False
    )
    return wrapper.wrap(text)


def _stated(key: str, value: str | tuple[str, ...]) -> list[str]:
    if isinstance(value, tuple):
        return [f"{key}: [{', '.join(map(written, value))}]"]
    return [f"{key}: {value if key in {'date', 'draft'} else written(value)}"]


def written(text: str) -> str:
    """``text`` as a YAML scalar on one line, which every reader of YAML takes for text."""
    plain = re.fullmatch(r"[A-Za-z](?:[\w ,.()/’–—-]*[\w.)])?", text, re.ASCII)
    if plain and text.lower() not in {"true", "false", "yes", "no", "on", "off", "null", "y", "n"}:
        return text
    if "\\" not in text and "\ufeff" not in text:
        return "'{}'".format(text.replace("'", "''"))
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\ufeff", "\\uFEFF")
    return f'"{escaped}"'


def _example(key: str, form: Form, today: date) -> Iterator[str]:
    """A key with a value of this form, on lines of its own."""
    kind = form.get("type")
    if kind == "array" and form["items"].get("type") == "object":
        first, *rest = _parts(form["items"], today)
        yield from (f"{key}:", f"  - {first}", *(f"    {one}" for one in rest))
    elif kind == "array":
        yield f"{key}: [{_scalar(key, form['items'], today)}]"
    elif kind == "object":
        yield from (f"{key}:", *(f"  {one}" for one in _parts(form, today)))
    else:
        yield f"{key}: {_scalar(key, form, today)}"


def _parts(form: Form, today: date) -> Iterable[str]:
    """The required keys of an entry, each with its meaning behind it."""
    for key in sorted(form["required"], key=lambda name: name != "id"):
        part = form["properties"][key]
        yield f"{key}: {_scalar(key, part, today)} # {part['description']}"


def _scalar(key: str, form: Form, today: date) -> str:
    if key in _SAMPLES and key != "series":
        return _SAMPLES[key]
    if "enum" in form:
        return str(form["enum"][0])
    if "boolean" in form["type"] and "default" in form:
        return "true"
    if form["type"] == "string" and "examples" in form:  # a day, a moment, an address
        dated = str(form["examples"][0])[:4].isdigit()
        return str(today) if dated else str(form["examples"][0])
    return _SAMPLES.get(key, _UNWRITTEN)
