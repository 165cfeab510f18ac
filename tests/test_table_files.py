"""Which files are data tables, and where their parts stand."""

from __future__ import annotations

import pytest

from aicareers_site.diagnostics import Span
from aicareers_site.table_files import ids, is_table, locate, misplaced

PATH = "content/data/jobs.yaml"


@pytest.mark.parametrize("path", [PATH, "content/data/2026/jobs.yaml"])
def test_tables_are_yaml_below_content_data(path: str) -> None:
    assert is_table(path)
    assert misplaced(path) is None


@pytest.mark.parametrize(
    "path", ["content/jobs.yaml", "data/jobs.yaml", "static/content/data/jobs.yaml", "site.yaml"]
)
def test_files_elsewhere_are_none_and_not_missed(path: str) -> None:
    assert not is_table(path)
    assert misplaced(path) is None


@pytest.mark.parametrize(
    "name",
    [
        *("jobs.yml", "jobs.YAML", "jobs.Yml", "jobs.yaml.txt", "jobs.yaml.bak", "jobs"),
        *("jobs.csv", "jobs.JSON", "jobs.xlsx", "2026/jobs.pdf"),
    ],
)
def test_a_file_that_would_be_left_out_is_an_error(name: str) -> None:
    path = f"content/data/{name}"
    found = misplaced(path)
    assert not is_table(path)
    assert found is not None
    assert (found.code, found.span) == ("file-extension", Span(path))


@pytest.mark.parametrize(
    "name",
    [
        *("a.png", "a.jpg", "a.JPEG", "a.svg", "a.webp", "a.gif", "2026/a.AVIF"),
        *(".gitkeep", ".hidden.yml", "2026/.keep"),
    ],
)
def test_pictures_and_hidden_files_may_stand_among_tables(name: str) -> None:
    assert misplaced(f"content/data/{name}") is None


def test_markdown_among_tables_is_told_of_with_the_articles() -> None:
    assert misplaced("content/data/notes.md") is None


# What is known of a table that cannot be read


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"title: [", ("jobs",)),
        (b"title: [\nid: openings", ("jobs", "openings")),
        (b'id: "openings"\ntitle: [', ("jobs", "openings")),
        (b"id:  'openings'\ntitle: [", ("jobs", "openings")),
        (b"id: a\nid: b\n", ("jobs", "a", "b")),
        (b"parts:\n  id: openings", ("jobs",)),
    ],
)
def test_a_faulty_table_may_have_the_id_of_its_file_or_the_one_that_it_states(
    content: bytes, expected: tuple[str, ...]
) -> None:
    assert ids(PATH, content) == expected


def test_a_value_is_found_again_at_its_place() -> None:
    content = b"title: Jobs\nsource:\n  name: The exchange\n"
    assert locate(PATH, content, ("source", "name")) == Span(PATH, 3, 9, 21)


def test_a_value_that_is_not_there_is_found_at_what_is_around_it() -> None:
    content = b"title: Jobs\nsource: here\n"
    assert locate(PATH, content, ("source", "url")) == Span(PATH, 2, 9, 13)


def test_in_a_file_that_cannot_be_read_nothing_is_found_but_the_file() -> None:
    assert locate(PATH, b"title: [", ("title",)) == Span(PATH)
