"""What an original is found to be, and what readers get of it."""

from __future__ import annotations

import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms
from PIL.PngImagePlugin import PngInfo

from aicareers_site import picture_files
from aicareers_site.fingerprints import Keyed
from aicareers_site.picture_files import encoded, read
from aicareers_site.pictures import AVIF, JPEG, WEBP, Facts, Fault, Job
from tests.originals import BLUE, GREEN, RED, gradient, halves, opened, plain, png, saved

FORMS = (AVIF, WEBP, JPEG)
ORIENTATION = 0x0112
every_form = pytest.mark.parametrize("form", FORMS)


def made(content: bytes, width: int, height: int, form: str = WEBP) -> Image.Image:
    """The file that readers get, as they see it."""
    return opened(encoded(Job(Keyed(content), width, height, form)))


def colour_at(image: Image.Image, across: float, down: float) -> tuple[int, ...]:
    """The colour at a place, in parts of the width and height."""
    place = (int(image.width * across), int(image.height * down))
    found = image.convert("RGB").getpixel(place)
    assert isinstance(found, tuple)
    return tuple(map(int, found))


def is_about(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    return all(abs(a - b) <= 12 for a, b in zip(one, other, strict=True))


def turned(image: Image.Image, orientation: int) -> bytes:
    """A photograph that says how it is to be turned."""
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    return saved(image, "JPEG", exif=exif, quality=95)


def code(content: bytes) -> str:
    """The code of what is wrong with an original."""
    found = read(content)
    assert isinstance(found, Fault), found
    return found.code


# What originals are


@pytest.mark.parametrize(
    ("form", "name"), [("PNG", "PNG"), ("JPEG", "JPEG"), ("WEBP", "WebP"), ("AVIF", "AVIF")]
)
def test_a_picture_has_a_format_and_a_size(form: str, name: str) -> None:
    assert read(saved(plain(40, 30), form)) == Facts(name, 40, 30)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_its_size_is_that_of_the_picture_turned_upright(orientation: int) -> None:
    size = (30, 40) if orientation >= 5 else (40, 30)
    assert read(turned(plain(40, 30), orientation)) == Facts("JPEG", *size)


def test_a_photograph_with_others_behind_it_is_a_jpeg() -> None:
    several = saved(plain(40, 30), "MPO", save_all=True, append_images=[plain(20, 15)])
    assert read(several) == Facts("JPEG", 40, 30)


@pytest.mark.parametrize(("form", "name"), [("PNG", "PNG"), ("WEBP", "WebP"), ("GIF", "GIF")])
def test_what_moves_is_kept(form: str, name: str) -> None:
    moving = saved(plain(), form, save_all=True, append_images=[plain(colour=BLUE)])
    assert read(moving) == Facts(name, 8, 6, is_kept=True)


def test_a_still_gif_is_kept_too() -> None:
    assert read(saved(plain(), "GIF")) == Facts("GIF", 8, 6, is_kept=True)


@pytest.mark.parametrize(
    ("attributes", "size"),
    [
        ('width="300" height="200"', (300, 200)),
        ('width="300.4px" height="199.6px" viewBox="0 0 3 2"', (300, 200)),
        ('viewBox="0 0 24 12"', (1600, 800)),
        ('viewBox="-5,-5 , 24,12" width="100%" height="100%"', (1600, 800)),
        ('viewBox="0 0 24 12" width="48"', (48, 24)),
        ('width="10em" height="5em"', (0, 0)),
        ('viewBox="0 0 0 0"', (0, 0)),
        ("", (0, 0)),
    ],
)
def test_a_drawing_has_the_size_that_it_states(attributes: str, size: tuple[int, int]) -> None:
    drawing = f'<svg xmlns="http://www.w3.org/2000/svg" {attributes}><path d="M0 0"/></svg>'
    assert read(drawing.encode()) == Facts("SVG", *size, is_kept=True)
    declared = f'\ufeff<?xml version="1.0" encoding="UTF-8"?>\n<!-- Drawn. -->\n{drawing}'
    assert read(declared.encode()) == Facts("SVG", *size, is_kept=True)


# What is wrong with them


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"picture",
        b"<html><body>Not found</body></html>",
        b"<svg></svg>",  # of no namespace: browsers would not draw it
        b'<svg xmlns="http://www.w3.org/2000/svg"><path></svg>',
        b"%PDF-1.7",
        saved(plain(), "BMP"),
        saved(plain(), "TIFF"),
    ],
)
def test_what_is_no_picture_for_browsers_is_a_fault(content: bytes) -> None:
    assert code(content) == "damaged-image"


@pytest.mark.parametrize(
    "inside",
    [
        "<script>x</script>",
        '<g onload="x"/>',
        "<foreignObject><p/></foreignObject>",
        '<a href="javascript:x"/>',
        '<a xlink:href=" java&#10;script:x"/>',
        '<a><set attributeName="href" to="javascript:x"/></a>',
        '<a><animate attributeName="href" values="#a;javascript:x"/></a>',
        '<use href="data:image/svg+xml,x"/>',
    ],
)
def test_a_drawing_that_acts_is_a_fault(inside: str) -> None:
    names = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    assert code(f"<svg {names}>{inside}</svg>".encode()) == "active-image"


def test_so_is_one_that_names_a_style_sheet() -> None:
    drawing = b'<?xml-stylesheet href="x.xsl"?><svg xmlns="http://www.w3.org/2000/svg"/>'
    assert code(drawing) == "active-image"


def test_a_drawing_may_link_and_hold_pictures() -> None:
    drawing = (
        '<svg xmlns="http://www.w3.org/2000/svg"><a href="https://x.example/"/><style>a{b:c}</style>'
        '<image href="data:image/png;base64,AA"/><use href="#a"/></svg>'
    )
    assert read(drawing.encode()) == Facts("SVG", 0, 0, is_kept=True)


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP", "AVIF", "GIF"])
@pytest.mark.parametrize("part", [0.2, 0.5, 0.8])
def test_what_is_cut_off_is_a_fault(form: str, part: float) -> None:
    content = saved(gradient(400, 300), form)
    assert code(content[: int(len(content) * part)]) == "damaged-image"


@settings(max_examples=50)
@given(
    st.sampled_from(["PNG", "JPEG", "WEBP", "AVIF", "GIF"]), st.floats(0, 1), st.binary(max_size=8)
)
def test_no_damage_makes_reading_fail(form: str, place: float, instead: bytes) -> None:
    content = bytearray(saved(plain(), form))
    start = int(place * len(content))
    content[start : start + len(instead)] = instead
    found = read(bytes(content))
    assert isinstance(found, Facts | Fault)


def test_a_file_that_is_too_large_is_not_even_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(picture_files, "MAX_BYTES", 50)
    assert code(png()) == "oversized-image"


@pytest.mark.parametrize(
    ("width", "height"), [(16_001, 1), (1, 16_001), (10_000, 5_001), (60_000, 60_000)]
)
def test_a_picture_with_too_many_pixels_is_refused_before_it_is_decoded(
    width: int, height: int
) -> None:
    # All that is read of it is its size, which stands in the head: there are no pixels behind it.
    head = bytearray(saved(Image.new("1", (1, 1))))
    head[16:24] = width.to_bytes(4, "big") + height.to_bytes(4, "big")
    head[29:33] = _crc(bytes(head[12:29]))
    assert code(bytes(head)) == "oversized-image"


def _crc(chunk: bytes) -> bytes:
    return zlib.crc32(chunk).to_bytes(4, "big")


def test_what_is_wrong_is_said_in_words() -> None:
    found = read(b"picture")
    assert isinstance(found, Fault)
    assert (found.message, found.hint) == (
        "cannot be read: it is damaged, or none of JPEG, PNG, WebP, AVIF, GIF and SVG",
        "export it again, as JPEG or PNG",
    )


# What readers get


@every_form
def test_a_file_has_the_size_that_was_asked_for(form: str) -> None:
    assert made(saved(gradient(640, 480)), 200, 150, form).size == (200, 150)


@pytest.mark.parametrize("orientation", range(1, 9))
@every_form
def test_a_picture_is_turned_upright(orientation: int, form: str) -> None:
    # As it is to be seen: red, green / blue, red.
    upright = plain(64, 48)
    upright.paste(GREEN, (32, 0, 64, 24))
    upright.paste(BLUE, (0, 24, 32, 48))
    backwards = {5: 5, 6: 8, 7: 7, 8: 6}.get(orientation, orientation)
    turn = picture_files._TURNS.get(backwards)
    stored = upright.transpose(turn) if turn is not None else upright
    image = made(turned(stored, orientation), 32, 24, form)
    assert image.size == (32, 24)
    found = [colour_at(image, *place) for place in ((0.2, 0.2), (0.8, 0.2), (0.2, 0.8), (0.8, 0.8))]
    for one, expected in zip(found, (RED, GREEN, BLUE, RED), strict=True):
        assert is_about(one, expected), (found, orientation)


@every_form
def test_nothing_but_the_picture_is_in_a_file(form: str) -> None:
    exif = Image.Exif()
    exif[0x010E] = "ZEBRA at home"  # ImageDescription
    exif[0x8825] = {1: "N", 2: (52.0, 31.0, 0.0)}  # where it was taken
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    text = PngInfo()
    text.add_text("Comment", "ZEBRA", zip=False)
    secretive = [
        saved(halves(), "JPEG", exif=exif, icc_profile=profile, comment=b"ZEBRA", xmp=b"<ZEBRA/>"),
        saved(halves(), "PNG", exif=exif, icc_profile=profile, pnginfo=text),
        saved(halves(), "WEBP", exif=exif, icc_profile=profile, xmp=b"<ZEBRA/>"),
    ]
    for content in secretive:
        assert b"ZEBRA" in content
        written = encoded(Job(Keyed(content), 32, 16, form))
        image = opened(written)
        assert b"ZEBRA" not in written
        assert dict(image.getexif()) == {}
        assert {"icc_profile", "exif", "xmp", "comment"}.isdisjoint(image.info)


@every_form
def test_the_same_original_gives_the_same_bytes(form: str) -> None:
    job = Job(Keyed(saved(gradient(640, 480), "JPEG")), 320, 240, form)
    assert encoded(job) == encoded(job)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "CMYK", "I;16"])
@every_form
def test_pictures_in_every_mode_become_what_they_look_like(mode: str, form: str) -> None:
    white = halves(64, 32).convert("L").point([255 if value < 60 else 0 for value in range(256)])
    image = white.convert("RGB").convert(mode) if mode != "I;16" else sixteen_bits(white)
    content = saved(image, "JPEG" if mode == "CMYK" else "PNG")
    found = made(content, 64, 32, form)
    assert is_about(colour_at(found, 0.2, 0.5), colour_at(white, 0.2, 0.5))
    assert is_about(colour_at(found, 0.8, 0.5), colour_at(white, 0.8, 0.5))


def sixteen_bits(image: Image.Image) -> Image.Image:
    return image.convert("I").point(lambda value: value * 257).convert("I;16")


def test_what_is_transparent_stays_so_but_in_jpeg_lies_on_paper() -> None:
    clear = plain(32, 32, (0, 0, 0, 0), "RGBA")
    clear.paste((*RED, 255), (0, 0, 16, 32))
    content = saved(clear)
    for form in (AVIF, WEBP):
        image = made(content, 32, 32, form)
        assert image.mode == "RGBA"
        assert image.getchannel("A").getextrema() == (0, 255)
    assert is_about(colour_at(made(content, 32, 32, JPEG), 0.9, 0.5), (248, 248, 242))


def test_a_palette_with_a_transparent_colour_is_transparent() -> None:
    image = halves().quantize(2)
    content = saved(image, transparency=0)
    assert made(content, 64, 32).mode == "RGBA"


def test_colours_of_another_space_become_those_of_the_web() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    # A space in which red and blue have changed places.
    swapped = profile.replace(b"rXYZ", b"?XYZ").replace(b"bXYZ", b"rXYZ").replace(b"?XYZ", b"bXYZ")
    content = saved(plain(16, 16, RED), "PNG", icc_profile=swapped)
    assert is_about(colour_at(made(content, 16, 16), 0.5, 0.5), BLUE)


@pytest.mark.parametrize("profile", [b"no profile", b"\0" * 200])
def test_a_profile_that_cannot_be_used_is_as_none(profile: bytes) -> None:
    content = saved(plain(16, 16), "PNG", icc_profile=profile)
    assert is_about(colour_at(made(content, 16, 16), 0.5, 0.5), RED)


def test_files_for_readers_are_smaller_than_the_original() -> None:
    content = saved(gradient(1600, 1200), "JPEG", quality=95)
    sizes = [len(encoded(Job(Keyed(content), 800, 600, form))) for form in FORMS]
    assert max(sizes) < len(content)
