"""The schemas against the reader: what the one refuses, the other refuses too."""

from __future__ import annotations

import copy
import json
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from aicareers_site import configuration, schemas, table_reader, texts
from aicareers_site.content_types import MODELS
from aicareers_site.fingerprints import Keyed
from aicareers_site.kinds import CALLED, kind_of
from aicareers_site.manuscripts import Manuscript, Rules
from aicareers_site.schemas import Known, schema
from tests.samples import PROJECT, SETTINGS
from tests.strategies import words, yaml_like_text
from tests.tables import JOBS_TEXT, PAY_TEXT, SERIES_TEXT
from tests.test_content_types import EXAMPLES
from tests.yaml_core import front_matter, loaded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aicareers_site.diagnostics import Diagnostic

AUTHORS = ("careers-desk", "markets-desk", "mobility-desk")
CATEGORIES = ("career-advice", "country-profiles", "hiring-trends", "market-statistics")
RULES = Keyed(Rules("en", ZoneInfo("Europe/Berlin"), AUTHORS, CATEGORIES, drafts=False))
KNOWN = Known(authors=dict.fromkeys(AUTHORS, ""), categories=dict.fromkeys(CATEGORIES, ""))

FULL_SETTINGS = """\
navigation: [{label: Blog, url: /blog/}]
start_here: [content/articles/a.md]
profiles: [{label: Elsewhere, url: https://social.example/@us}]
newsletter:
  provider: custom
  promise: A letter.
  action: https://letters.example/
topics: {remote-work: {title: Remote work, description: From anywhere.}}
feed_size: 20
share_cards: false
related: 2
"""
_SETTINGS = SETTINGS.replace("related: 2\n", "").replace("share_cards: false\n", "")

SAMPLES: list[tuple[str, str, str]] = [
    *(
        (name, path, text.split("\n---")[0].removeprefix("---\n"))
        for name, kind in CALLED.items()
        for path, text in EXAMPLES.items()
        if kind_of(path) is kind
    ),
    ("site", "site.yaml", _SETTINGS + FULL_SETTINGS),
    *(("data-table", "content/data/t.yaml", text) for text in (JOBS_TEXT, PAY_TEXT, SERIES_TEXT)),
]
"""Name of the schema, path of the file, and YAML that is right."""

VALIDATORS = {name: Draft202012Validator(schema(name, KNOWN)) for name in schemas.NAMES}


WORDS = {"title": "A", "description": "B."}


def sample(name: str) -> tuple[str, str]:
    """Path and text of the first sample for this schema."""
    return next((path, text) for one, path, text in SAMPLES if one == name)


def refused(name: str, data: Any) -> list[str]:
    """What the schema refuses, as places and keywords."""
    found = VALIDATORS[name].iter_errors(data)
    return [f"{'.'.join(map(str, error.absolute_path))} {error.validator}" for error in found]


def told(path: str, text: str) -> tuple[Diagnostic, ...]:
    """What the reader says of the YAML ``text`` in the file ``path``."""
    if path == configuration.PATH:
        return configuration.read(text.encode()).diagnostics
    if path.endswith(".yaml"):
        return table_reader.read(path, text.encode()).diagnostics
    article = f"---\n{text}\n---\nText.\n"
    return texts.read(Manuscript(path, article.encode(), RULES)).head.diagnostics


@pytest.mark.parametrize("name", schemas.NAMES)
def test_every_schema_is_one(name: str) -> None:
    Draft202012Validator.check_schema(schema(name))
    Draft202012Validator.check_schema(schema(name, KNOWN))


@pytest.mark.parametrize("name", CALLED)
def test_a_schema_has_the_keys_of_its_model(name: str) -> None:
    made, model = schema(name), MODELS[CALLED[name]]
    assert list(made["properties"]) == list(model.model_fields)
    assert made["required"] == [key for key, one in model.model_fields.items() if one.is_required()]
    assert made["additionalProperties"] is False


@pytest.mark.parametrize("name", schemas.NAMES)
def test_every_key_is_described(name: str) -> None:
    def keys(form: Any) -> Iterator[dict[str, Any]]:
        if isinstance(form, dict):
            if isinstance(form.get("properties"), dict):
                yield from form["properties"].values()
            for inner in form.values():
                yield from keys(inner)

    assert [form for form in keys(schema(name)) if not form.get("description")] == []


@pytest.mark.parametrize(("name", "path", "text"), SAMPLES)
def test_what_is_right_is_taken(name: str, path: str, text: str) -> None:
    assert [item for item in told(path, text) if item.code not in {"unknown-figure"}] == []
    assert refused(name, loaded(text)) == []


def test_all_that_is_shipped_is_taken() -> None:
    settings = (PROJECT / "site.yaml").read_bytes()
    configured = configuration.read(settings).value
    assert configured is not None
    names = schemas.known(configured.settings)
    by_kind = {kind: name for name, kind in CALLED.items()}
    tables = (file.read_bytes() for file in (PROJECT / "content/data").glob("*.yaml"))
    files = [("site", loaded(settings)), *(("data-table", loaded(table)) for table in tables)]
    for file in (PROJECT / "content").rglob("*.md"):
        kind = kind_of(file.relative_to(PROJECT).as_posix())
        assert kind is not None
        files.append((by_kind[kind], front_matter(file.read_text("utf-8"))))
    assert {name for name, _ in files} == set(schemas.NAMES)
    for name, data in files:
        Draft202012Validator(schema(name, names)).validate(data)


# Values as people write them


@pytest.mark.parametrize(
    "line",
    [
        "title: 2026",
        "title: true",
        "title: NO",
        "description: 12:30",
        "date: 2026-01-05",
        "date: 2026-01-05 08:30",
        "date: 2026-01-05T08:30:00Z",
        "date: '2026-01-05 08:30 +02:00'",
        "draft: yes",
        "draft: NO",
        "draft: True",
        "draft: 'false'",
        "tags: [2026, remote-work, 1e3, 0x1f, true]",
        "slug: 404",
        "aliases: [/2026/]",
        "image: {src: 2026, alt: 1}",
        "sources: [{id: 1, name: 2, retrieved: 2026-01-01}]",
        f"title: '{{{{ jobs.total }}}} {'x' * 115}'",
    ],
)
def test_values_are_taken_as_people_write_them(line: str) -> None:
    path, right = sample("post")
    data = yaml.load(right, Loader=yaml.BaseLoader)
    data.pop(line.partition(":")[0], None)
    text = f"{yaml.safe_dump(data)}{line}\n"
    assert refused("post", loaded(text)) == []
    # What it refers to is not there; that is no matter of the form.
    assert {item.code for item in told(path, text)} <= {"unknown-figure", "unknown-source"}


@pytest.mark.parametrize(
    ("name", "change", "expected"),
    [
        ("post", {"titel": "A"}, " additionalProperties"),
        ("post", {"title": None}, "title type"),
        ("post", {"title": "x" * 121}, "title maxLength"),
        ("post", {"title": "  "}, "title pattern"),
        ("post", {"title": ["A"]}, "title type"),
        ("post", {"date": "22.04.2026"}, "date pattern"),
        ("post", {"date": "2026-13-01"}, "date pattern"),
        ("post", {"date": "2026-04-22 8:30"}, "date pattern"),
        ("post", {"date": 2026}, "date type"),
        ("post", {"authors": "careers-desk"}, "authors type"),
        ("post", {"authors": []}, "authors minItems"),
        ("post", {"authors": ["careers"]}, "authors.0 enum"),
        ("post", {"category": "career-advise"}, "category enum"),
        ("post", {"tags": ["Remote Work"]}, "tags.0 pattern"),
        ("post", {"draft": "maybe"}, "draft pattern"),
        ("post", {"draft": 1}, "draft type"),
        ("post", {"aliases": ["old"]}, "aliases.0 pattern"),
        ("post", {"image": {"src": "a.png"}}, "image required"),
        ("post", {"sources": [{"id": "a", "name": "b"}]}, "sources.0 required"),
        ("country-profile", {"country": "Germany"}, "country enum"),
        ("country-profile", {"country": "EU"}, "country enum"),
        ("country-profile", {"hubs": ["Berlin"]}, "hubs.0 type"),
        ("country-profile", {"as_of": "2026-04-20 12:00"}, "as_of pattern"),
        ("trend", {"key_points": "One."}, "key_points type"),
        ("market", {"tables": []}, "tables minItems"),
        ("page", {"authors": ["careers-desk"]}, " additionalProperties"),
        ("site", {"base_url": "example.com"}, "base_url pattern"),
        ("site", {"page_size": 1}, "page_size minimum"),
        ("site", {"page_size": "12 articles"}, "page_size pattern"),
        ("site", {"feed_size": 2.5}, "feed_size type"),
        ("site", {"topics": {"Remote Work": WORDS}}, "topics pattern"),
        ("data-table", {"total": 0}, "total exclusiveMinimum"),
        ("data-table", {"total": "1,000"}, "total pattern"),
        ("data-table", {"columns": {"a": {"type": "monney"}}}, "columns.a.type enum"),
        ("data-table", {"records": {"a": {"b": {"hihg": 2}}}}, "records.a.b additionalProperties"),
        ("data-table", {"records": {"a": {"b": None}}}, "records.a.b type"),
    ],
)
def test_mistakes_are_refused(name: str, change: dict[str, Any], expected: str) -> None:
    path, right = sample(name)
    data = {**loaded(right), **change}
    assert refused(name, data) == [expected]
    assert told(path, json.dumps(data, ensure_ascii=False)) != ()


@pytest.mark.parametrize(("name", "path", "text"), SAMPLES)
def test_what_is_missing_is_missed(name: str, path: str, text: str) -> None:
    for key in schema(name)["required"]:
        data = {other: value for other, value in loaded(text).items() if other != key}
        assert refused(name, data) == [" required"]
        assert told(path, json.dumps(data, ensure_ascii=False)) != ()


# The law: no false alarm

_WORDS = """\
1 0 -1 2.5 1e3 1e-3 0x1f 0o17 007 .5 1. +1 -0 101 1000000 .inf true True false no NO yes null ~
2026-01-05 2026-1-5 2026-02-30 2026-01-05T08:30 12:30 DE de EU EUR eur /old/ /../ text money
careers-desk career-advice https://a.example/ http:/a HTTPS://A.example/x?y"""
_TEXTS = ["2026-01-05 08:30", "2026-01-05 24:00", "", " ", "x" * 30, "x" * 121, "x" * 321]
_SCALARS = st.sampled_from([*_WORDS.split(), *_TEXTS])
_LEAVES = _SCALARS | words | yaml_like_text
_VALUES = _LEAVES | st.lists(_LEAVES, max_size=2) | st.dictionaries(words, _LEAVES, max_size=2)


def _places(data: Any, place: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    for key, inner in data.items() if isinstance(data, dict) else enumerate(data):
        yield (*place, key)
        if isinstance(inner, dict | list):
            yield from _places(inner, (*place, key))


def _written(value: Any, *, quoted: bool) -> str:
    """The value in YAML's flow style, with texts as they are where that is possible."""
    if isinstance(value, dict):
        inner = (f"{json.dumps(k)}: {_written(v, quoted=quoted)}" for k, v in value.items())
        return f"{{{', '.join(inner)}}}"
    if isinstance(value, list):
        return f"[{', '.join(_written(one, quoted=quoted) for one in value)}]"
    quotes = json.dumps(value, ensure_ascii=False)
    if quoted:
        return quotes
    try:
        alone = yaml.load(f"[{value}]", Loader=yaml.BaseLoader)
    except yaml.YAMLError:
        return quotes
    return str(value) if alone == [value] else quotes


@st.composite
def changed(draw: st.DrawFn) -> tuple[str, str, str]:
    """A sample with one or two of its parts replaced, taken out or added."""
    name, path, right = draw(st.sampled_from(SAMPLES))
    data = copy.deepcopy(yaml.load(right, Loader=yaml.BaseLoader))
    for _ in range(draw(st.integers(1, 2))):
        *around, last = draw(st.sampled_from(list(_places(data)) or [("title",)]))
        holder = data
        for key in around:
            holder = holder[key]
        match draw(st.sampled_from(["replace", "replace", "replace", "remove", "add"])):
            case "remove":
                holder.pop(last)
            case "add" if isinstance(holder, dict):
                key = draw(st.sampled_from([*schema(name)["properties"], "label"]) | words)
                holder[key] = draw(_VALUES)
            case _:
                holder[last] = draw(_VALUES)
    return name, path, _written(data, quoted=draw(st.booleans()))[1:-1]


@given(changed())
@example(("post", "content/articles/a.md", '"title": 1e3, "tags": [1e-3, -0]'))
def test_what_a_schema_refuses_the_reader_refuses_too(case: tuple[str, str, str]) -> None:
    name, path, text = case
    block = "\n".join(_lines(text))
    try:
        data = loaded(block)
    except (yaml.YAMLError, ValueError):
        return  # nothing an editor's program could check
    if refused(name, data):
        assert told(path, block) != ()


def _lines(flow: str) -> Iterator[str]:
    """The keys of a mapping in flow style, as a block of one key a line."""
    data = yaml.compose(f"{{{flow}}}", Loader=yaml.BaseLoader)
    for key, value in data.value if isinstance(data, yaml.MappingNode) else ():
        start, end = value.start_mark.index - 1, value.end_mark.index - 1
        yield f"{json.dumps(key.value)}: {flow[start:end]}"
