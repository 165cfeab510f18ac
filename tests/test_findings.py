from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from pydantic import ValidationError

from aicareers_site import yaml_reader
from aicareers_site.configuration import SiteSettings
from aicareers_site.content_types import MODELS, CountryProfile, MarketStatistics, Post
from aicareers_site.findings import EXPECTATIONS, shown
from aicareers_site.models import Model
from aicareers_site.table_schema import TableEntry
from aicareers_site.validation import validate
from aicareers_site.yaml_tree import Tree

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aicareers_site.diagnostics import Diagnostic

LEADING = "title: A\ndescription: B\ndate: 2026-04-22\nauthors: [desk]\ncategory: advice\n"


def found(text: str, model: type[Model] = Post) -> list[Diagnostic]:
    tree = yaml_reader.parse("a.md", text).value
    return sorted(validate(model, tree, what="a post").diagnostics, key=lambda item: item.sort_key)


def problem(more: str, model: type[Model] = Post) -> tuple[str, str, str, str]:
    """Place in ``more``, code, message and hint of its one problem."""
    (item,) = [item for item in found(LEADING + more, model) if item.span.line > 5]
    place = f"{item.span.line - 5}:{item.span.column}"
    return place, item.code, item.message, item.hint


def test_an_unknown_key_is_at_its_place_with_the_one_that_was_meant() -> None:
    assert problem("tag: [a]") == (
        "1:1",
        "unknown-key",
        "'tag' is not a key of a post",
        "did you mean 'tags'?",
    )


def test_where_no_key_is_close_all_are_listed() -> None:
    hint = problem("zzz: [a]")[3]
    assert hint.startswith("known here: aliases, authors, category, date, description, draft,")


def test_a_comma_for_a_decimal_point_is_told_from_a_key() -> None:
    text = "hubs: [{name: Berlin, note: 60,1}]\n"
    (item,) = [item for item in found(LEADING + text, CountryProfile) if "'1'" in item.message]
    assert (item.code, item.hint) == (
        "unknown-key",
        "write decimals with a point, 60.5, and thousands without a separator",
    )


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("„My survey, 2026“", "2026“"),
        ("“Work, pay and more”", "pay and more”"),
        ("«Qui, 2026»", "2026»"),
        ("‚One, 60.5‘", "60.5‘"),
    ],
)
def test_curly_quotation_marks_that_hold_no_comma_are_told(name: str, key: str) -> None:
    text = f"hubs: [{{name: {name}, note: x}}]\n"
    (item,) = [item for item in found(LEADING + text, CountryProfile) if item.code == "unknown-key"]
    assert item.message == f"'{key}' is not a key of entry 1 of 'hubs'"
    assert item.hint == "put the text between straight quotation marks, \" or ', not “ ”"


def test_a_misspelt_key_between_curly_quotation_marks_is_told_with_the_one_that_was_meant() -> None:
    assert problem("“tag”: [a]")[3] == "did you mean 'tags'?"


def test_an_unknown_key_in_a_list_is_told_with_its_entry() -> None:
    more = "visas:\n  - name: A\n    sourc: guide\n"
    messages = [item.message for item in found(LEADING + more, CountryProfile)]
    assert "'sourc' is not a key of entry 1 of 'visas'" in messages
    assert "entry 1 of 'visas' needs 'how'" in messages
    (item,) = [item for item in found(LEADING + more, CountryProfile) if item.code == "unknown-key"]
    assert (str(item.span), item.hint) == ("a.md:8:5", "did you mean 'source'?")


def test_an_unknown_key_behind_an_id_is_told_with_the_id() -> None:
    items = found("authors:\n  desk:\n    naem: A\n", SiteSettings)
    (item,) = [item for item in items if item.code == "unknown-key"]
    assert item.message == "'naem' is not a key of 'desk' in 'authors'"
    assert (str(item.span), item.hint) == ("a.md:3:5", "did you mean 'name'?")


def test_an_id_that_is_no_slug_is_told_at_the_id() -> None:
    items = found(
        "authors:\n  The Desk: {name: A, role: B, bio: C}\n",
        SiteSettings,
    )
    (item,) = [item for item in items if item.code == "invalid-value"]
    assert str(item.span) == "a.md:2:3"
    assert item.message == (
        "'The Desk' in 'authors': expected lower-case letters, digits and single hyphens, "
        "found 'The Desk'"
    )
    assert item.hint == "write the-desk"


def test_a_missing_key_is_told_with_its_meaning() -> None:
    (item,) = found(LEADING.replace("title: A\n", ""))
    assert (item.code, item.message, item.hint) == (
        "missing-key",
        "a post needs 'title'",
        "The headline; at most 120 characters.",
    )
    assert problem("image:\n  src: a.png\n") == (
        "1:1",
        "missing-key",
        "'image' needs 'alt'",
        "What the picture shows, for readers who do not see it.",
    )


@pytest.mark.parametrize(
    ("more", "place", "code", "message", "hint"),
    [
        (
            "tags: visas",
            "1:7",
            "wrong-type",
            "'tags': expected a list, found 'visas'",
            "write it as a list: [visas]",
        ),
        (
            "slug: [a]",
            "1:7",
            "wrong-type",
            "'slug': expected text, found a list",
            "write a, without brackets or a hyphen",
        ),
        (
            "slug: [{a: b}]",
            "1:7",
            "wrong-type",
            "'slug': expected text, found a list",
            "put text that starts with a bracket between quotation marks",
        ),
        (
            "slug: {a: b}",
            "1:7",
            "wrong-type",
            "'slug': expected text, found keys with values",
            "put text that starts with a bracket between quotation marks",
        ),
        (
            "image: a.png",
            "1:8",
            "wrong-type",
            "'image': expected keys with values, found 'a.png'",
            "write 'src:' and 'alt:' on lines below, indented by 2",
        ),
        (
            "sources: [bls]",
            "1:11",
            "wrong-type",
            "entry 1 of 'sources': expected keys with values, found 'bls'",
            "write '- name:' on a line of its own, indented by 2, and 'retrieved:' and 'id:' below "
            "it, indented by 4",
        ),
        (
            "faq: Do I need a degree?",
            "1:6",
            "wrong-type",
            "'faq': expected a list, found 'Do I need a degree?'",
            "write '- question:' on a line of its own, indented by 2, and 'answer:' below it, "
            "indented by 4",
        ),
        (
            "faq:\n  question: Why?\n  answer: So.",
            "2:3",
            "wrong-type",
            "'faq': expected a list, found keys with values",
            "start each entry with '- ', as in '- question:'",
        ),
        (
            "tags: {a: b}",
            "1:7",
            "wrong-type",
            "'tags': expected a list, found keys with values",
            "start each entry with '- '",
        ),
        (
            "tags: Remote work, Größe",
            "1:7",
            "wrong-type",
            "'tags': expected a list, found 'Remote work, Größe'",
            "write it as a list: [remote-work, grosse]",
        ),
        (
            "slug: Überblick Größe",
            "1:7",
            "invalid-value",
            "'slug': expected lower-case letters, digits and single hyphens, "
            "found 'Überblick Größe'",
            "write uberblick-grosse",
        ),
        (
            "draft: [yes]",
            "1:8",
            "wrong-type",
            "'draft': expected true or false, found a list",
            "write one value, without brackets or further keys",
        ),
        (
            "updated: [2026-04-22]",
            "1:10",
            "wrong-type",
            "'updated': expected a date, found a list",
            "write one value, without brackets or further keys",
        ),
        (
            "tags: [a, B]",
            "1:11",
            "invalid-value",
            "entry 2 of 'tags': expected lower-case letters, digits and single hyphens, found 'B'",
            "write b",
        ),
        (
            "sources:\n  - id: [a]\n    name: N\n    retrieved: 2026-04-22",
            "2:9",
            "wrong-type",
            "'id' in entry 1 of 'sources': expected text, found a list",
            "write a, without brackets or a hyphen",
        ),
        (
            "slug:",
            "1:6",
            "empty-value",
            "'slug' has no value",
            "write a value, or leave the key out; a word such as 'null' needs quotation marks",
        ),
        (
            "tags: [a, ~]",
            "1:11",
            "empty-value",
            "entry 2 of 'tags' has no value",
            "write a value, or leave the key out; a word such as 'null' needs quotation marks",
        ),
    ],
)
def test_a_wrong_value_is_told_in_plain_words(
    more: str, place: str, code: str, message: str, hint: str
) -> None:
    assert problem(more) == (place, code, message, hint)


def test_ids_with_their_keys_are_explained() -> None:
    (item,) = [item for item in found("authors: [desk]\n", SiteSettings) if item.span.column == 10]
    assert item.message == "'authors': expected keys with values, found a list"
    assert item.hint == (
        "write an id and ':' on a line below, indented by 2; below it, 'name:', 'role:' and 'bio:'"
    )


def test_limits_are_told_in_numbers() -> None:
    (item,) = found(LEADING.replace("title: A", "title: " + "a" * 121))
    assert item.message == "'title': expected at most 120 characters, found 121"
    assert item.hint == "shorten it by 1 character"
    (item,) = found(LEADING.replace("title: A", "title: " + "a" * 204))
    assert item.hint == "shorten it by 84 characters"
    (item,) = found(LEADING.replace("[desk]", "[]"))
    assert item.message == "'authors': expected at least 1 in the list, found none"
    messages = [item.message for item in found("feed_size: 0\nrelated: 13\n", SiteSettings)]
    assert "'feed_size': expected a number of at least 1, found '0'" in messages
    assert "'related': expected a number of at most 12, found '13'" in messages


def test_a_choice_is_told_with_the_closest_one() -> None:
    items = found("newsletter:\n  provider: mailchip\n  promise: P\n", SiteSettings)
    (item,) = [item for item in items if item.code == "invalid-value"]
    assert item.message.startswith("'provider' in 'newsletter': expected one of 'buttondown', ")
    assert item.hint == "did you mean 'mailchimp'?"


def test_one_mistake_is_told_once() -> None:
    assert [item.code for item in found(LEADING + "image:\n")] == ["empty-value"]
    assert [item.code for item in found(LEADING + "imag:\n")] == ["unknown-key"]
    assert [item.code for item in found(LEADING + "imag: {a: }\n")] == ["unknown-key"]
    (item,) = found(LEADING.replace("title: A", "title:"))
    assert (item.code, item.hint) == (
        "empty-value",
        "write a value; a word such as 'null' needs quotation marks",
    )
    assert [item.code for item in found(LEADING.replace("[desk]", "[Desk]"))] == ["invalid-value"]
    assert [item.code for item in found(LEADING.replace("authors", "author"))] == ["unknown-key"]
    assert [item.code for item in found(LEADING.replace("title", "Title"))] == ["unknown-key"]


def test_all_problems_are_told_at_once() -> None:
    text = "titel: A\ndate: 2026-02-30\nauthors: desk\ncategory:\ntags: [A]\n"
    assert [(item.span.line, item.code) for item in found(text)] == [
        (1, "missing-key"),
        (1, "unknown-key"),
        (2, "invalid-date"),
        (3, "wrong-type"),
        (4, "empty-value"),
        (5, "invalid-value"),
    ]


def test_values_are_quoted_briefly_and_on_one_line() -> None:
    assert shown("one\n  two") == "one two"
    assert shown("a" * 40) == "a" * 40
    assert shown("a" * 41) == "a" * 39 + "…"


WRONG: list[Any] = [
    None, "", "x" * 400, "Ä b", "-1", "0", "999999", "2026-02-30", "nowhere",
    [], [[]], [{}], ["a", "a"], {}, {"a": "b"}, {"Ä b": {}}, [{"id": []}],
]  # fmt: skip
"""Values of every shape, most of them wrong for any field."""


def raised(model: type[Model], data: dict[str, Any]) -> Iterator[str]:
    try:
        model.model_validate(data, context={})
    except ValidationError as error:
        for detail in error.errors(include_url=False, include_input=False):
            yield detail["type"]


def descendants(model: type[Model]) -> set[type[Model]]:
    return {model}.union(*(descendants(child) for child in model.__subclasses__()))


def test_every_error_that_a_field_can_raise_has_words_of_ours() -> None:
    every = {
        model for model in descendants(Model) if model.__module__.startswith("aicareers_site.")
    }
    assert {*MODELS.values(), SiteSettings, TableEntry} <= every
    types = {
        kind
        for model in every
        for name in model.model_fields
        for value in WRONG
        for kind in raised(model, {name: value})
    }
    pydantic_types = {kind for kind in types if "-" not in kind}
    assert pydantic_types - {"missing", "extra_forbidden"} == set(EXPECTATIONS)


@pytest.mark.parametrize("model", [*MODELS.values(), SiteSettings, TableEntry])
def test_any_wrong_value_is_told_with_a_place_and_words(model: type[Model]) -> None:
    for name in model.model_fields:
        for value in WRONG:
            tree = Tree("a.md", {name: value})
            for item in validate(model, tree, what="a thing").diagnostics:
                assert item.span.path == "a.md"
                assert item.message
                assert "{" not in item.message
                assert item.hint


def test_market_statistics_need_a_table() -> None:
    message = "'tables': expected at least 1 in the list, found none"
    assert problem("tables: []", MarketStatistics)[2] == message
