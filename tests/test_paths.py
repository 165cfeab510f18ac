"""Paths that mean the same everywhere."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aicareers_site.paths import is_below, key, prefixes


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


def test_prefixes_are_the_folders_and_the_path_itself() -> None:
    assert prefixes("a/b/c") == ["a", "a/b", "a/b/c"]
    assert prefixes("a") == ["a"]


@given(st.text())
def test_the_key_is_the_same_in_any_case_and_unicode_form(path: str) -> None:
    forms = {unicodedata.normalize(form, path) for form in ("NFC", "NFD")}

    assert {key(form) for form in forms} == {key(path.casefold())} == {key(path)}


@pytest.mark.parametrize(
    ("one", "other"), [("Logo.svg", "logo.svg"), ("STRASSE", "straße"), ("Å", "a\u030a")]
)
def test_names_that_some_systems_confuse_have_one_key(one: str, other: str) -> None:
    assert key(one) == key(other)
