"""Which files a picture has, how they are named, and the HTML that offers them."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from aicareers_site.fingerprints import Keyed
from aicareers_site.outputs import digest
from aicareers_site.pictures import (
    WIDTHS,
    Facts,
    Fault,
    Shared,
    Shown,
    element,
    jobs,
    misnamed,
    shown,
)
from aicareers_site.urls import Urls

PATH = "content/articles/a chart.png"
CONTENT = b"picture"
NAME = f"/media/articles/a%20chart-{digest(CONTENT)[:5].hex()}"
URLS = Urls("https://sample.example/under/")

sides = st.integers(1, 16_000)


def original(content: bytes = CONTENT) -> Keyed[bytes]:
    return Keyed(content, digest(content))


def photo(width: int, height: int, path: str = PATH) -> Shown:
    return shown(path, original(), Facts("PNG", width, height))


# Sizes


@pytest.mark.parametrize(
    ("width", "widths"),
    [
        (4000, (480, 768, 1200, 1600)),
        (1600, (480, 768, 1200, 1600)),
        (1000, (480, 768, 1000)),
        (1300, (480, 768, 1300)),
        (500, (500,)),
        (1, (1,)),
    ],
)
def test_a_picture_comes_in_the_usual_widths_that_are_below_its_own(
    width: int, widths: tuple[int, ...]
) -> None:
    assert photo(width, 600).widths == widths


@given(sides, sides)
def test_widths_ascend_and_none_is_above_the_originals(width: int, height: int) -> None:
    found = photo(width, height)
    assert all(one < other for one, other in pairwise(found.widths))
    assert found.widths[-1] == found.width == min(width, WIDTHS[-1])


@given(sides, sides)
def test_every_size_keeps_the_shape_within_half_a_pixel(width: int, height: int) -> None:
    found = photo(width, height)
    for one in found.widths:
        exact = one * found.height / found.width
        assert found.height_at(one) >= 1
        assert abs(found.height_at(one) - exact) <= 0.5 or found.height_at(one) == 1


def test_what_moves_or_is_a_drawing_has_one_file() -> None:
    drawing = shown("static/bars.svg", original(), Facts("SVG", 300, 200, is_kept=True))
    assert drawing == Shown("/bars.svg", 300, 200)
    assert (drawing.src, list(jobs(drawing, original(), is_shared=True))) == ("/bars.svg", [])


# Names


def test_the_names_of_files_change_with_the_original() -> None:
    facts = Facts("PNG", 500, 400)
    one, other = (shown(PATH, original(content), facts) for content in (b"one", b"other"))
    assert one.path != other.path
    assert one == shown(PATH, original(b"one"), facts)


def test_every_file_has_its_width_and_format_in_its_name() -> None:
    found = dict(jobs(photo(1000, 500), original(), is_shared=True))
    assert list(found) == [
        *(f"{NAME}-{width}.{form}" for width in (480, 768, 1000) for form in ("avif", "webp")),
        f"{NAME}-1000.jpg",
    ]
    sizes = {(job.width, job.height) for job in found.values()}
    assert sizes == {(480, 240), (768, 384), (1000, 500)}


def test_a_picture_that_is_not_shared_has_no_jpeg() -> None:
    paths = [path for path, _ in jobs(photo(400, 300), original(), is_shared=False)]
    assert paths == [f"{NAME}-400.avif", f"{NAME}-400.webp"]


@pytest.mark.parametrize(
    ("path", "form"),
    [
        *(("a.jpg", "JPEG"), ("a.JPEG", "JPEG"), ("a.png", "PNG"), ("a.webp", "WebP")),
        *(("a.avif", "AVIF"), ("a.gif", "GIF"), ("a.svg", "SVG")),
    ],
)
def test_a_name_ends_as_its_format_does(path: str, form: str) -> None:
    assert misnamed(path, Facts(form, 1, 1)) is None


@pytest.mark.parametrize("name", ["a.png", "a", "a.b.png"])
def test_a_name_that_promises_another_format_is_a_fault(name: str) -> None:
    assert misnamed(f"content/{name}", Facts("JPEG", 1, 1)) == Fault(
        "image-format", "holds a picture in JPEG", f"name it {name.removesuffix('.png')}.jpg"
    )


# Files for those who cannot choose


@pytest.mark.parametrize(
    ("width", "chosen", "height"), [(4000, 1200, 600), (1300, 1300, 650), (300, 300, 150)]
)
def test_readers_that_cannot_choose_get_a_width_of_the_middle(
    width: int, chosen: int, height: int
) -> None:
    found = photo(width, width // 2)
    assert found.src == f"{NAME}-{chosen}.webp"
    assert found.shared == Shared(f"{NAME}-{chosen}.jpg", chosen, height, "image/jpeg")


@pytest.mark.parametrize(
    ("name", "shared"),
    [("/a.svg", None), ("/a.SVG", None), ("/a.gif", Shared("/a.gif", 3, 2, "image/gif"))],
)
def test_a_drawing_cannot_be_shared_elsewhere(name: str, shared: Shared | None) -> None:
    assert Shown(name, 3, 2).shared == shared


# HTML


def test_a_browser_chooses_among_formats_and_widths() -> None:
    tag = '<img alt="A" src="x" loading="lazy"'
    made = html.fragment_fromstring(element(tag, photo(1000, 500), URLS))
    (source,), (image,) = made.xpath("//picture/source"), made.xpath("//picture//img")
    assert (source.get("type"), source.get("sizes")) == ("image/avif", image.get("sizes"))
    for one, form in ((source, "avif"), (image, "webp")):
        assert one.get("srcset") == (
            f"/under{NAME}-480.{form} 480w, /under{NAME}-768.{form} 768w, "
            f"/under{NAME}-1000.{form} 1000w"
        )
    assert (image.get("width"), image.get("height")) == ("1000", "500")
    assert (image.get("alt"), image.get("loading")) == ("A", "lazy")


def test_text_that_is_shown_anywhere_gets_a_plain_image_with_its_size() -> None:
    made = element('<img src="x"', photo(1000, 500), URLS.complete)
    assert made == '<img src="x" width="1000" height="500">'


@pytest.mark.parametrize("given_size", ["width=20", 'HEIGHT="9"', "width='20' height='9'"])
def test_a_size_that_the_editor_wrote_stays(given_size: str) -> None:
    made = element(f'<img src="x" {given_size}', Shown("/a.gif", 40, 18), URLS)
    assert made == f'<img src="x" {given_size}>'


def test_of_a_picture_elsewhere_nothing_is_known() -> None:
    assert element('<img src="x"', Shown(""), URLS) == '<img src="x">'


@given(st.text(min_size=1, max_size=30).filter(lambda text: "/" not in text))
def test_any_name_of_a_file_can_stand_in_a_list_of_files(name: str) -> None:
    found = photo(1000, 500, f"content/{name}.png")
    for candidate in found.srcset("avif", URLS.href).split(", "):
        assert re.fullmatch(r"[^\s,]+ [0-9]+w", candidate)
