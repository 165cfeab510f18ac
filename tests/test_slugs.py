"""Texts as parts of addresses."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given

from aicareers_site.slugs import SLUG_PATTERN, slug
from tests.strategies import any_text, slugs


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Visas, and who gets them", "visas-and-who-gets-them"),
        ("What’s R&D?", "whats-r-d"),
        ("São Paulo – Straße", "sao-paulo-strasse"),
        ("Überblick Größe", "uberblick-grosse"),
        ("Łódź, Tromsø, Ærø", "lodz-tromso-aero"),
        ("C++ / 2026_04", "c-2026-04"),
        ("中文", ""),
        ("a 中 b", "a-b"),
    ],
)
def test_slugs(text: str, expected: str) -> None:
    assert slug(text) == expected
    assert slug(unicodedata.normalize("NFD", text)) == expected


@given(any_text)
def test_a_slug_is_empty_or_has_the_form_of_one(text: str) -> None:
    assert not slug(text) or re.fullmatch(SLUG_PATTERN, slug(text))


@given(slugs)
def test_a_slug_stays_as_it_is(text: str) -> None:
    assert slug(text) == text
