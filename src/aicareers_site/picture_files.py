"""Originals of pictures, read, and the files that readers get instead.

An original may say where, when and by whom it was taken, and may hold a preview of what was cut
off. None of that is published: what is made here holds pixels in sRGB and nothing else. The same
build of Pillow makes the same bytes of the same original, with one thread as with many.
"""

from __future__ import annotations

import re
import warnings
from contextlib import contextmanager, suppress
from io import BytesIO
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

from PIL import Image, ImageCms

from aicareers_site.pictures import AVIF, JPEG, WEBP, WIDTHS, Facts, Fault
from aicareers_site.urls import scheme

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aicareers_site.pictures import Job

MAX_BYTES = 20_000_000
MAX_PIXELS = 50_000_000
MAX_SIDE = 16_000
"""Pixels. WebP, for one, can hold no more than 16,383."""

_READABLE = ("AVIF", "GIF", "JPEG", "PNG", "WEBP")
_FORMATS = {"MPO": "JPEG", "WEBP": "WebP"}  # by Pillow's names; MPO is a JPEG with more behind it

_DAMAGED = Fault(
    "damaged-image",
    "cannot be read: it is damaged, or none of JPEG, PNG, WebP, AVIF, GIF and SVG",
    "export it again, as JPEG or PNG",
)
_SMALLER = f"export it smaller; no page shows more than {WIDTHS[-1]:,} pixels across"

_ORIENTATION = 0x0112
"""The tag of Exif 2.32 that says how the stored picture is to be turned."""

_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_SIDEWAYS = frozenset([5, 6, 7, 8])

_OPTIONS: dict[str, dict[str, Any]] = {
    AVIF: {"format": "AVIF", "quality": 60, "speed": 6, "codec": "aom", "max_threads": 1},
    WEBP: {"format": "WEBP", "quality": 78, "method": 4},
    JPEG: {"format": "JPEG", "quality": 82, "optimize": True, "progressive": True},
}
_PAPER = "#f8f8f2"
"""Behind what is transparent, where a format knows no transparency."""

_ACTIVE = Fault(
    "active-image",
    "holds a script, or something else that acts",
    "export it without, or as PNG",
)
_ACTING = frozenset(["embed", "foreignobject", "handler", "iframe", "listener", "object", "script"])
_STYLE_SHEET = b"<?xml-stylesheet"  # which may be a program, in XSLT
_DATA_OF_PICTURE = re.compile(r"\s*data:image/(?:avif|gif|jpe?g|png|webp)[;,]", re.IGNORECASE)

_SVG = "{http://www.w3.org/2000/svg}svg"
_LENGTH = re.compile(r"\s*([0-9]{0,9}\.?[0-9]{1,9})(?:px)?\s*")


def read(content: bytes) -> Facts | Fault:
    """What the original with this content is, once all of it has been read."""
    if len(content) > MAX_BYTES:
        size = f"has {len(content) / 1e6:.1f} MB, and {MAX_BYTES / 1e6:.0f} are the most"
        return Fault("oversized-image", size, _SMALLER)
    if content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return _drawing(content)
    try:
        with _opened(content) as image:
            if fault := _oversized(*image.size):
                return fault
            image.load()
            width, height = image.size
            if _orientation(image) in _SIDEWAYS:
                width, height = height, width
            moves = image.format != "MPO" and getattr(image, "is_animated", False)
            form = _FORMATS.get(str(image.format), str(image.format))
            return Facts(form, width, height, is_kept=moves or form == "GIF")
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        return Fault("oversized-image", "has far too many pixels", _SMALLER)
    except Exception:  # damage shows in many ways
        return _DAMAGED


def encoded(job: Job) -> bytes:
    """The bytes of the file that ``job`` asks for; its original must be good."""
    with _opened(job.original.value) as original:
        orientation, profile = _orientation(original), original.info.get("icc_profile")
        size = (job.width, job.height)
        stored = size[::-1] if orientation in _SIDEWAYS else size
        original.draft(None, (2 * stored[0], 2 * stored[1]))  # decode no more than is needed
        image = _without_palette(original).resize(
            stored, Image.Resampling.LANCZOS, reducing_gap=2.0
        )
    image = _in_srgb(image, profile)
    if orientation in _TURNS:
        image = image.transpose(_TURNS[orientation])
    if job.form == JPEG and image.mode == "RGBA":
        paper = Image.new("RGBA", image.size, _PAPER)
        image = Image.alpha_composite(paper, image).convert("RGB")
    image.info.clear()  # or Pillow would write it
    written = BytesIO()
    image.save(written, **_OPTIONS[job.form])
    return written.getvalue()


@contextmanager
def _opened(content: bytes) -> Iterator[Image.Image]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        with Image.open(BytesIO(content), formats=_READABLE) as image:
            yield image


def _oversized(width: int, height: int) -> Fault | None:
    if max(width, height) > MAX_SIDE or width * height > MAX_PIXELS:
        size = f"has {width:,} × {height:,} pixels; {MAX_SIDE:,} each way"
        limit = f"{size} and {MAX_PIXELS // 10**6} million together are the most"
        return Fault("oversized-image", limit, _SMALLER)
    return None


def _orientation(image: Image.Image) -> int:
    """How the picture is to be turned; 1 where nothing that can be read says so."""
    with suppress(Exception):
        return int(image.getexif().get(_ORIENTATION, 1))
    return 1


def _drawing(content: bytes) -> Facts | Fault:
    """What an SVG is. One that states no size of its own fills the room that it gets."""
    try:
        root = ElementTree.fromstring(content)
    except (ElementTree.ParseError, LookupError, ValueError):
        return _DAMAGED
    if root.tag != _SVG:
        return _DAMAGED
    # Shown in a page it would not run; opened by itself it would, in the site's name.
    if _STYLE_SHEET in content or any(map(_acts, root.iter())):
        return _ACTIVE
    width, height = (_pixels(root.get(name, "")) for name in ("width", "height"))
    if width and height:
        return Facts("SVG", round(width) or 1, round(height) or 1, is_kept=True)
    box = [_pixels(number) for number in re.split(r"[\s,]+", root.get("viewBox", "").strip())]
    if len(box) != 4 or not (box[2] and box[3]):
        return Facts("SVG", 0, 0, is_kept=True)
    across = round(width) or WIDTHS[-1]
    return Facts("SVG", across, max(1, round(across * box[3] / box[2])), is_kept=True)


def _acts(element: ElementTree.Element) -> bool:
    """Whether an element of an SVG is more than a drawing."""
    if element.tag.rpartition("}")[2].lower() in _ACTING:
        return True
    for name, value in element.items():
        starts = {scheme(part) for part in value.split(";")}  # of several, where it is animated
        if name.lower().startswith("on") or starts & {"javascript", "vbscript"}:
            return True
        if "data" in starts and not _DATA_OF_PICTURE.match(value):
            return True
    return False


def _pixels(length: str) -> float:
    """A length of SVG in pixels, 0 where it has another unit."""
    found = _LENGTH.fullmatch(length)
    return float(found[1]) if found else 0.0


def _without_palette(image: Image.Image) -> Image.Image:
    """The picture in a mode that can be made smaller, and that a profile may stand for."""
    if image.mode.startswith("I"):  # grey of 16 bits
        image = image.convert("I").point(lambda value: value * (1 / 257)).convert("L")
    if image.has_transparency_data:
        return image.convert("RGBA")
    return image if image.mode in {"RGB", "L", "CMYK"} else image.convert("RGB")


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """The picture in sRGB; a profile that cannot be used is as none."""
    mode = "RGBA" if image.mode == "RGBA" else "RGB"
    if profile:
        with suppress(ImageCms.PyCMSError, OSError):
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            target = ImageCms.createProfile("sRGB")
            converted = ImageCms.profileToProfile(image, source, target, outputMode=mode)
            if converted is not None:
                return converted
    return image.convert(mode)
