"""The type of cards: the theme's, in every weight, and what it cannot print."""

from __future__ import annotations

import pytest
from PIL import Image, ImageDraw

from aicareers_site.fingerprints import Keyed
from aicareers_site.share_card_type import Type, printable, type_of
from tests.samples import PROJECT

FONT = (PROJECT / "static/fonts/newsreader.woff2").read_bytes()
THEME: Keyed[tuple[bytes, ...]] = Keyed((FONT,))
NONE: Keyed[tuple[bytes, ...]] = Keyed(())


def ink(style: Type, text: str) -> int:
    """How many pixels a text covers."""
    canvas = Image.new("L", (600, 100))
    style.draw(ImageDraw.Draw(canvas), 10, 70, text)
    return sum(canvas.histogram()[128:])


@pytest.mark.parametrize("fonts", [THEME, NONE], ids=["theme", "none"])
def test_a_text_is_as_wide_as_its_words_and_the_spaces_between(
    fonts: Keyed[tuple[bytes, ...]],
) -> None:
    style = Type(fonts, 40, 500)
    one, two, both = (style.width(text) for text in ("Work", "abroad", "Work abroad"))
    assert both == one + two + style.width("a b") - style.width("a") - style.width("b")
    assert style.width("") == 0
    assert 10 < style.ascent < 40


def test_a_larger_size_is_wider_and_a_greater_weight_is_darker() -> None:
    assert Type(THEME, 80, 500).width("Work") > 1.9 * Type(THEME, 40, 500).width("Work")
    assert ink(Type(THEME, 40, 700), "Work") > 1.1 * ink(Type(THEME, 40, 400), "Work")


def test_type_is_made_once() -> None:
    assert type_of(THEME, 40, 500) is type_of(Keyed((FONT,)), 40, 500)


@pytest.mark.parametrize(
    ("text", "shown", "lost"),
    [
        ("AI “work”: 60% – now…", "AI “work”: 60% – now…", ""),
        ("Cafe\u0301 in Zürich", "Café in Zürich", ""),
        ("  a\u00a0b\tc  ", "a b c", ""),
        ("Work 🎉 abroad 👩🏽‍💻", "Work abroad", ""),
        ("Work in Łódź and Košice", "Work in Lódz and Kosice", "Łźš"),
        ("東京で働く", "", "東京で働く"),
        ("العمل", "", "العم"),
        ("Tokyo (東京)", "", "東京"),
        ("a ⟹ b", "a b", "⟹"),
    ],
)
def test_what_no_font_has_is_left_out(text: str, shown: str, lost: str) -> None:
    assert printable(text, Type(THEME, 40, 500)) == (shown, lost)


def test_a_file_that_is_no_font_is_passed_over() -> None:
    damaged: Keyed[tuple[bytes, ...]] = Keyed((b"no font", FONT[:1000], FONT))
    assert Type(damaged, 40, 500).width("Work") == Type(THEME, 40, 500).width("Work")


def test_a_second_font_prints_what_the_first_does_not_have() -> None:
    """Here the first has nothing at all, and Pillow's own font comes last."""
    assert printable("Work", Type(NONE, 40, 500)) == ("Work", "")
