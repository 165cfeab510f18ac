"""Which pages have a share card, and what is on it."""

from __future__ import annotations

import pytest

from aicareers_site.paths import SETTINGS
from aicareers_site.pictures import Shown
from aicareers_site.share_cards import (
    Place,
    ShareCard,
    alternative,
    card_path,
    cards,
    fonts,
    needs_card,
)
from tests.samples import SETTINGS as SAMPLE
from tests.samples import post
from tests.sites import ABOUT, published, record, site

FILES = {"static/fonts/b.woff2": b"b", "static/fonts/a.ttf": b"a", "static/fonts/a-OFL.txt": b"x"}
FACES = fonts(FILES)
FIGURE = "lead_figure: {value: 60%, label: of openings are for seniors}\n"


def test_the_fonts_are_those_of_the_theme_in_order_of_their_names() -> None:
    assert FACES.value == (b"a", b"b")
    assert fonts({"content/fonts/a.ttf": b"a", "static/a.ttf": b"a"}).value == ()


def test_an_article_has_a_card_with_all_that_it_shows() -> None:
    text = SAMPLE.replace("title: Sample", "title: Editors' sample")
    article = published("jobs", post("It's work", more=FIGURE), "articles")
    assert dict(cards(site(article, text=text), FILES))["/blog/jobs/card.png"] == Place(
        ShareCard(
            "Editors’ sample",
            "It’s work",
            FACES,
            "post",
            "Advice",
            ("60%", "of openings are for seniors"),
        ),
        "content/articles/jobs.md",
        "title",
    )


def test_all_other_pages_share_the_card_of_the_site() -> None:
    about = published("about", ABOUT, "pages")
    found = dict(cards(site(about), FILES))
    assert found == {
        "/card.png": Place(ShareCard("Sample", "A site for tests", FACES), SETTINGS, "tagline")
    }


def test_a_picture_of_its_own_stands_for_an_article() -> None:
    one = record(content=post(more="image: {src: a.png, alt: A}\n"))
    assert not needs_card(one)
    assert needs_card(record())


def test_a_drawing_cannot_stand_for_an_article() -> None:
    one = record(content=post(more="image: {src: a.svg, alt: A}\n"))
    assert one.picture is not None
    drawing = one.picture._replace(shown=Shown("/media/articles/a.svg", 30, 20))
    assert needs_card(one._replace(picture=drawing))


@pytest.mark.parametrize(
    ("figure", "words"),
    [(None, "Work"), (("60%", "of openings"), "Work – 60% of openings")],
)
def test_what_a_card_says_is_said_in_words(figure: tuple[str, str] | None, words: str) -> None:
    assert alternative("Work", figure) == words


def test_a_card_lies_beside_its_article() -> None:
    assert card_path("/blog/a/") == "/blog/a/card.png"
