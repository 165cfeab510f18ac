"""Cards as they are drawn."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import ImageChops, ImageColor

from aicareers_site.fingerprints import Keyed
from aicareers_site.kinds import Kind
from aicareers_site.share_card_drawing import ACCENT, GROUND, SOFT, WORDS, drawn
from aicareers_site.share_cards import CARD_SIZE, ShareCard
from tests.originals import opened
from tests.samples import PROJECT

if TYPE_CHECKING:
    from PIL import Image

THEME: Keyed[tuple[bytes, ...]] = Keyed(((PROJECT / "static/fonts/newsreader.woff2").read_bytes(),))
TITLE = "The machine-learning job market in 2026, in figures"
CARD = ShareCard("Where AI Works", TITLE, THEME, "market-statistics", "Market figures")
FIGURE = ("60%", "of openings are for seniors")


def picture(card: ShareCard) -> Image.Image:
    return opened(drawn(card).body).convert("RGB")


def extent(image: Image.Image, colour: str) -> tuple[int, int, int, int] | None:
    """The box around all pixels of exactly this colour."""
    wanted = ImageColor.getrgb(colour)
    bands = [
        band.point([255 * (value == part) for value in range(256)])
        for band, part in zip(image.split(), wanted, strict=True)
    ]
    return ImageChops.multiply(ImageChops.multiply(bands[0], bands[1]), bands[2]).getbbox()


def test_a_card_is_a_png_of_the_size_that_others_show_whole() -> None:
    image = opened(drawn(CARD).body)
    assert (image.format, image.size, image.mode) == ("PNG", CARD_SIZE, "P")
    assert image.info == {}


def test_the_same_card_gives_the_same_bytes() -> None:
    assert drawn(CARD) == drawn(CARD._replace())


@pytest.mark.parametrize(
    "other",
    [
        {"site": "Elsewhere"},
        {"title": "Another title"},
        {"kind": "post"},
        {"category": "Advice"},
        {"figure": FIGURE},
        {"fonts": Keyed(())},
    ],
    ids=lambda other: next(iter(other)),
)
def test_all_that_is_on_a_card_shows(other: dict[str, str]) -> None:
    assert drawn(CARD._replace(**other)).body != drawn(CARD).body  # type: ignore[arg-type]


def test_its_colours_are_the_themes() -> None:
    styles = (PROJECT / "static/site.css").read_text(encoding="utf-8")
    tokens = dict(
        re.findall(
            r"--([\w-]+): (#[0-9a-f]{6});", styles.split("@layer tokens {")[1].split("@media")[0]
        )
    )
    assert [tokens[name] for name in ("deep", "on-deep", "on-deep-soft", "on-deep-accent")] == [
        GROUND,
        WORDS,
        SOFT,
        ACCENT,
    ]
    image = picture(CARD._replace(figure=FIGURE))
    assert image.getpixel((5, 5)) == ImageColor.getrgb(GROUND)
    assert all(extent(image, ink) for ink in (WORDS, SOFT, ACCENT))


@pytest.mark.parametrize("kind", ["", *(kind.value for kind in Kind if kind is not Kind.PAGE)])
@pytest.mark.parametrize("figure", [None, FIGURE], ids=["plain", "figure"])
def test_words_keep_away_from_the_edge(kind: str, figure: tuple[str, str] | None) -> None:
    image = picture(CARD._replace(kind=kind, figure=figure))
    for ink in (WORDS, SOFT, ACCENT):
        left, top, right, bottom = extent(image, ink) or (600, 300, 600, 300)
        assert left >= 70
        assert top >= 50
        assert right <= 1200 - 70
        assert bottom <= 630 - 50


def test_a_short_title_is_set_larger_than_a_long_one() -> None:
    def height(title: str) -> int:
        box = extent(picture(ShareCard("A", title, Keyed(()))).crop((0, 120, 1200, 630)), WORDS)
        assert box is not None
        return box[3] - box[1]

    assert height("HH") > 1.5 * height("HH" * 60) / 4


@settings(max_examples=40)
@given(
    st.text(max_size=140),
    st.none() | st.tuples(st.text(min_size=1, max_size=30), st.text(min_size=1, max_size=90)),
)
def test_any_words_can_stand_on_a_card(title: str, figure: tuple[str, str] | None) -> None:
    made = drawn(CARD._replace(title=title, figure=figure))
    assert opened(made.body).size == CARD_SIZE


def test_words_that_cannot_be_printed_are_told_of() -> None:
    made = drawn(CARD._replace(title="東京 jobs"))
    assert made.head == "東京"


def test_a_title_that_cannot_be_printed_leaves_its_place_to_the_category() -> None:
    assert (
        drawn(CARD._replace(title="東京")).body
        == drawn(CARD._replace(title="Market figures", category="")).body
    )


def test_a_figure_that_cannot_be_printed_is_left_out() -> None:
    assert drawn(CARD._replace(figure=("六〇", "of openings"))).body == drawn(CARD).body
