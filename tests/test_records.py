"""An article's text on its way from where it is made to where it is printed."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from aicareers_site.content_types import Post
from aicareers_site.pictures import Shown
from aicareers_site.prose import Prose
from aicareers_site.records import Illustration, Text
from aicareers_site.results import Held

FRONT = Post(
    title="A",
    description="About A.",
    date=datetime(2026, 1, 1, tzinfo=UTC),
    authors=("desk",),
    category="advice",
)
TEXT = Text(
    "content/articles/a.md",
    "post",
    "a",
    "/blog/a/",
    FRONT,
    Prose("<p>A</p>", words=1),
    ("#why", "", "https://example.org/", ""),
)


def test_a_text_survives_being_packed() -> None:
    assert Text.of(Held(TEXT.packed())) == TEXT


@pytest.mark.parametrize(
    ("answers", "addresses"),
    [
        ([], ["#why", "", "https://example.org/", ""]),
        (
            [(3, "/blog/b/"), (1, "/media/articles/b.png")],
            ["#why", "/media/articles/b.png", "https://example.org/", "/blog/b/"],
        ),
    ],
)
def test_answers_fill_the_addresses_that_the_text_does_not_know(
    answers: list[tuple[int, str]], addresses: list[str]
) -> None:
    linked = TEXT.linked(answers)
    assert (linked.prose, linked.path) == (TEXT.prose, "/blog/a/")
    assert list(linked.addresses) == addresses


def test_answers_leave_the_text_as_it_is() -> None:
    TEXT.linked([(1, "/blog/b/")])
    assert TEXT.addresses == ("#why", "", "https://example.org/", "")


def test_a_picture_that_was_not_read_is_its_file_as_it_is() -> None:
    picture = Illustration("content/articles/a b.png", "A", None)
    assert picture.files == Shown("/media/articles/a%20b.png")
    shown = Shown("/media/articles/a%20b-1", 9, 6, (9,))
    assert picture._replace(shown=shown).files == shown
