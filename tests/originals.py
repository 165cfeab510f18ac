"""Pictures as editors hand them in, made for tests that need one."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from PIL import Image

RED, GREEN, BLUE = (200, 30, 30), (30, 200, 30), (30, 30, 200)


def saved(image: Image.Image, form: str = "PNG", **options: Any) -> bytes:
    """The picture as a file."""
    written = BytesIO()
    image.save(written, form, **options)
    return written.getvalue()


def plain(width: int = 8, height: int = 6, colour: Any = RED, mode: str = "RGB") -> Image.Image:
    """A picture of one colour."""
    return Image.new(mode, (width, height), colour)


def halves(width: int = 64, height: int = 32) -> Image.Image:
    """A picture that is red on the left and blue on the right."""
    image = plain(width, height)
    image.paste(BLUE, (width // 2, 0, width, height))
    return image


def png(width: int = 8, height: int = 6, colour: Any = RED) -> bytes:
    """The smallest that tests need."""
    return saved(plain(width, height, colour))


def gradient(width: int, height: int) -> Image.Image:
    """A picture that looks different everywhere, as photographs do."""
    across = Image.linear_gradient("L").rotate(90).resize((width, height))
    down = Image.linear_gradient("L").resize((width, height))
    return Image.merge("RGB", (across, down, across.rotate(180)))


def opened(content: bytes) -> Image.Image:
    """The picture in a file."""
    image = Image.open(BytesIO(content))
    image.load()
    return image
