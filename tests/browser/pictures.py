"""Pictures of pages: how well something stands out in one, and in how much of it two differ."""

from __future__ import annotations

import functools
from io import BytesIO
from typing import TYPE_CHECKING

from PIL import Image, ImageChops

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

Colour = tuple[int, int, int]
Box = tuple[float, float, float, float]
"""Left, top, right and bottom edge in pixels."""

# How far a channel may be off before a pixel counts as another: fewer colours and another version
# of the browser shift the edges of letters by less.
NOTICEABLE = 48


def taken(tab: Page, *, whole: bool = False) -> Image.Image:
    """What the window shows, or the whole page."""
    png = tab.screenshot(animations="disabled", full_page=whole)
    return Image.open(BytesIO(png)).convert("RGB")


def contrast(one: Colour, other: Colour) -> float:
    """The contrast ratio, 1 to 21, of https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio."""
    low, high = sorted([_luminance(one), _luminance(other)])
    return (high + 0.05) / (low + 0.05)


@functools.cache
def _luminance(colour: Colour) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (channel / 255 for channel in colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def standing_out(picture: Image.Image, box: Box) -> float:
    """The contrast between a box's most frequent colour and the colour farthest from it.

    It is 1, which is none, where the box lies outside the picture.
    """
    left, top = max(0, int(box[0])), max(0, int(box[1]))
    right = min(picture.width, max(round(box[2]), left + 1))
    bottom = min(picture.height, max(round(box[3]), top + 1))
    if left >= right or top >= bottom:
        return 1
    part = picture.crop((left, top, right, bottom))
    colours = part.getcolors(part.width * part.height) or []
    _, ground = max(colours)
    return max(contrast(ground, colour) for _, colour in colours)  # type: ignore[arg-type]


def changed(one: Image.Image, other: Image.Image, least: float) -> int:
    """How many pixels of two pictures of one size have at least this contrast to each other."""
    area = ImageChops.difference(one, other).getbbox()
    if area is None:
        return 0
    pairs = zip(_pixels(one.crop(area)), _pixels(other.crop(area)), strict=True)
    return sum(contrast(a, b) >= least for a, b in pairs if a != b)


def _pixels(picture: Image.Image) -> Iterator[Colour]:
    channels = iter(picture.tobytes())
    return zip(channels, channels, channels, strict=True)


def difference(one: Image.Image, other: Image.Image) -> tuple[float, Image.Image]:
    """The share of pixels that differ noticeably, from 0 to 1, and a picture with these in white.

    Pictures of different sizes differ altogether.
    """
    if one.size != other.size:
        return 1.0, Image.new("L", one.size, 255)
    channels = ImageChops.difference(one, other).split()
    most = functools.reduce(ImageChops.lighter, channels)
    mask = most.point(lambda value: 255 if value > NOTICEABLE else 0)
    return mask.histogram()[255] / (one.width * one.height), mask
