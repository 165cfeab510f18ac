"""Which part of the world a map shows, and how large.

Lengths on the drawing are in units of its ``viewBox``, which is ``WIDTH`` of them wide.
"""

from __future__ import annotations

from typing import NamedTuple

from aicareers_site.world import EAST, WEST, Box, Point

WIDTH = 340.0
"""The column on a small telephone has about as many pixels."""

MARGIN = 12.0
"""Around what is shown, at least."""

_WORLD = Box(-16200, -8400, 16900, 6600)
"""All land but Antarctica, in kilometres, around the meridian in the middle."""
_TOP = -9400
"""How far up a map may reach: a little beyond the pole, for the labels of northern places."""
_MOST = 270.0
"""A map that would show more degrees than this from west to east shows all of them."""
_LEAST = 3200.0
"""How many kilometres a map shows from side to side at least; for less, shapes are too rough."""
_LOWEST, _HIGHEST = 0.5 * WIDTH, WIDTH


class Frame(NamedTuple):
    """A part of a map, in its kilometres; ``scale`` is in units of the drawing a kilometre."""

    box: Box
    scale: float

    @property
    def height(self) -> float:
        """Of the drawing."""
        return round(self.box.height * self.scale)

    def at(self, place: Point) -> Point:
        """Where ``place``, in kilometres, is on the drawing."""
        return Point((place.x - self.box.left) * self.scale, (place.y - self.box.top) * self.scale)


def is_world(extent: Box) -> bool:
    """Whether a map of ``extent``, in degrees, shows all the world."""
    return extent.width > _MOST


def meridian(extent: Box) -> float:
    """The central meridian of a map of ``extent``, in degrees: what is shown stands upright."""
    return (WEST + EAST) / 2 if is_world(extent) else round((extent.left + extent.right) / 2)


def world() -> Frame:
    """The frame for all the world."""
    return Frame(_WORLD, WIDTH / _WORLD.width)


def framed(content: Box, left: float = MARGIN, right: float = MARGIN) -> Frame:
    """The frame for ``content``, in kilometres, with these margins at its left and right.

    It is never much flatter than a screen, nor higher than wide.
    """
    scale = min(
        (WIDTH - left - right) / max(content.width, _LEAST),
        (_HIGHEST - 2 * MARGIN) / max(content.height, 1),
    )
    width, height = WIDTH / scale, max(content.height + 2 * MARGIN / scale, _LOWEST / scale)
    x = (content.left + content.right + (right - left) / scale - width) / 2
    y = (content.top + content.bottom - height) / 2
    y = max(min(y, _WORLD.bottom - height), _TOP)
    return Frame(Box(x, y, x + width, y + height), scale)
