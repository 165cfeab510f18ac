"""Paths that mean the same everywhere."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aicareers_site.paths import folders, is_below, is_plain_name, key, parent, prefixes


@pytest.mark.parametrize("path", ["a", "a/b.c", "a b/ü", "..a/b..", "日本\u3000語/…"])
def test_plain_relative_paths_are_below(path: str) -> None:
    assert is_below(path)


@pytest.mark.parametrize(
    "path",
    [
        "",
        "/",
        "/a",
        "a/",
        "a//b",
        ".",
        "..",
        "a/../b",
        "./a",
        "a\\b",
        "a\nb",
        "\0",
        "\udce9",
        "\u2028",
    ],
)
def test_paths_that_could_leave_a_folder_or_break_a_line_are_not(path: str) -> None:
    assert not is_below(path)


@given(st.text(st.sampled_from("ab./\\\n\udce9"), max_size=6))
def test_the_names_of_a_path_that_is_below_are_plain(path: str) -> None:
    assert is_below(path) == all(is_plain_name(name) for name in path.split("/"))


@pytest.mark.parametrize("name", ["", ".", "..", "a/b", "a\\b", "a\nb"])
def test_what_is_no_name_everywhere_is_not_plain(name: str) -> None:
    assert not is_plain_name(name)


def test_prefixes_are_the_folders_and_the_path_itself() -> None:
    assert prefixes("a/b/c") == ["a", "a/b", "a/b/c"]
    assert prefixes("a") == ["a"]


def test_the_parent_is_the_folder_of_a_path() -> None:
    assert parent("a/b/c") == "a/b"
    assert parent("a") == ""


@given(st.lists(st.text(st.sampled_from("ab/"), max_size=8).filter(is_below)))
def test_folders_are_all_that_are_on_the_way_to_some_path(paths: list[str]) -> None:
    assert folders(paths) == {folder for path in paths for folder in prefixes(path)[:-1]}


@given(st.text(), st.text())
def test_the_key_of_a_folder_begins_the_key_of_what_is_in_it(folder: str, name: str) -> None:
    assert key(f"{folder}/{name}") == f"{key(folder)}/{key(name)}"


@given(st.text(st.characters(max_codepoint=127)))
def test_the_key_of_plain_letters_is_what_unicode_says(path: str) -> None:
    assert key(path) == unicodedata.normalize("NFD", path).casefold()


@given(st.text())
def test_the_key_is_the_same_in_any_case_and_unicode_form(path: str) -> None:
    forms = {unicodedata.normalize(form, path) for form in ("NFC", "NFD")}

    assert {key(form) for form in forms} == {key(path.casefold())} == {key(path)}


@pytest.mark.parametrize(
    ("one", "other"), [("Logo.svg", "logo.svg"), ("STRASSE", "straße"), ("Å", "a\u030a")]
)
def test_names_that_some_systems_confuse_have_one_key(one: str, other: str) -> None:
    assert key(one) == key(other)
