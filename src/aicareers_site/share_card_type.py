"""The type of share cards: the theme's fonts in every size and weight, and what none of them has.

Text is set without the help of the system, whose fonts and libraries differ from machine to
machine. So there are no scripts in which letters join, stand above each other or run from right to
left; what cannot be set is left out, and never shown as boxes.
"""

from __future__ import annotations

import unicodedata
from contextlib import suppress
from functools import cached_property, lru_cache
from io import BytesIO
from typing import TYPE_CHECKING

from PIL import ImageFont

if TYPE_CHECKING:
    from PIL import ImageDraw
    from PIL.ImageFont import Axis

    from aicareers_site.fingerprints import Keyed

_NOWHERE = "\U0010ffff"
"""A character that no font has."""

_OPTICAL_SIZE = 72
_LEFTWARDS = frozenset(["R", "AL", "AN"])
_BARE = {"Ł": "L", "ł": "l", "Đ": "D", "đ": "d"}
"""Letters without a stroke that Unicode does not take for an accent."""

_SILENT = frozenset(["Cc", "Cf", "Cn", "Co", "Cs", "Me", "Mn", "Sk", "So"])


class Type:
    """A size, in pixels, and a weight, from 100 to 900, of the ``fonts``."""

    def __init__(self, fonts: Keyed[tuple[bytes, ...]], size: int, weight: int) -> None:
        self._fonts = fonts
        self._size = size
        self._weight = weight
        self._widths: dict[str, float] = {}

    @cached_property
    def _faces(self) -> tuple[ImageFont.FreeTypeFont, ...]:
        """The fonts, and behind them the one that Pillow brings."""
        faces = []
        for content in self._fonts.value:
            with suppress(OSError):  # no font that can be read
                faces.append(_face(content, self._size, self._weight))
        own = ImageFont.load_default(self._size)
        return (*faces, *([own] if isinstance(own, ImageFont.FreeTypeFont) else []))

    @property
    def ascent(self) -> int:
        """Pixels from the base line up to the top of capital letters."""
        return -int(self._faces[0].getbbox("H", anchor="ls")[1])

    def width(self, text: str) -> float:
        """Pixels from the beginning of the text to its end."""
        words = text.split(" ")
        return sum(map(self._width, words)) + (len(words) - 1) * self._width(" ")

    def draw(self, pencil: ImageDraw.ImageDraw, x: float, y: float, text: str) -> None:
        """Draw the text from ``x`` on the base line ``y``."""
        for run, face in self._runs(text):
            pencil.text((x, y), run, fill=255, font=face, anchor="ls")
            x += face.getlength(run)

    def _width(self, text: str) -> float:
        if text not in self._widths:
            self._widths[text] = sum(face.getlength(run) for run, face in self._runs(text))
        return self._widths[text]

    def _runs(self, text: str) -> list[tuple[str, ImageFont.FreeTypeFont]]:
        """The text in pieces that one font has."""
        runs: list[tuple[str, ImageFont.FreeTypeFont]] = []
        for character in text:
            face = next((one for one in self._faces if _has(one, character)), self._faces[0])
            if runs and runs[-1][1] is face:
                runs[-1] = (runs[-1][0] + character, face)
            else:
                runs.append((character, face))
        return runs

    def can_print(self, character: str) -> bool:
        """Whether one of the fonts has the character, and needs no more to print it."""
        if unicodedata.bidirectional(character) in _LEFTWARDS or unicodedata.combining(character):
            return False
        return character.isspace() or any(_has(face, character) for face in self._faces)


@lru_cache(maxsize=64)
def type_of(fonts: Keyed[tuple[bytes, ...]], size: int, weight: int) -> Type:
    """The fonts in a size and a weight, as few times as possible, since reading them takes time."""
    return Type(fonts, size, weight)


def printable(text: str, style: Type) -> tuple[str, str]:
    """What of a text can be printed, and the characters that have to be left out.

    A letter without its accent is better than none, but words without one of their letters are
    not printed at all. Pictures such as emoji are left out without a word.
    """
    kept: list[str] = []
    lost: dict[str, bool] = {}  # whether something else stands there
    for character in unicodedata.normalize("NFC", text):
        category = unicodedata.category(character)
        if character.isspace():
            kept.append(" ")
        elif style.can_print(character):
            kept.append(character)
        elif category not in _SILENT:
            plain = _BARE.get(character) or unicodedata.normalize("NFKD", character)[0]
            stands_in = style.can_print(plain)
            kept.append(plain if stands_in else "")
            lost[character] = stands_in or category[0] not in "LN"
    whole = " ".join("".join(kept).split()) if all(lost.values()) else ""
    return whole, "".join(lost)


def _face(content: bytes, size: int, weight: int) -> ImageFont.FreeTypeFont:
    # The other layout engine is there on some machines only.
    face = ImageFont.truetype(BytesIO(content), size, layout_engine=ImageFont.Layout.BASIC)
    with suppress(OSError):  # not a variable font
        axes = face.get_variation_axes()
        wanted = {b"Weight": weight, b"Optical Size": _OPTICAL_SIZE}
        face.set_variation_by_axes([_within(axis, wanted.get(axis["name"])) for axis in axes])
    return face


def _within(axis: Axis, wanted: int | None) -> float:
    """The place on an axis of a variable font that is closest to the wanted one."""
    lowest, highest = axis["minimum"] or 0, axis["maximum"] or 0
    return min(max(wanted or axis["default"] or 0, lowest), highest)


def _has(face: ImageFont.FreeTypeFont, character: str) -> bool:
    return character == " " or _glyph(face, character) != _glyph(face, _NOWHERE)


@lru_cache(maxsize=4096)
def _glyph(face: ImageFont.FreeTypeFont, character: str) -> tuple[bytes, tuple[int, int]]:
    mask = face.getmask(character)
    return bytes(mask), mask.size
