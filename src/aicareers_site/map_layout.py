"""A map laid out: which part of the world it shows, and where dots, rings and labels stand.

Labels are set twice: for a narrow column, and for a wide one, where text of the same size in pixels
takes less of the map. Both are in the same frame, which is chosen for the narrow one.
"""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from aicareers_site import map_frame
from aicareers_site.chart_text import SIZE, Run, breadth
from aicareers_site.map_frame import MARGIN, WIDTH, Frame, framed
from aicareers_site.map_labels import GAP, Label, Mark, Placing, placed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aicareers_site.world import Box, Point

_TINY = 5.0
"""A country smaller than this gets a ring."""
_NEAR = 25.0
"""How near to the outermost place others count as outermost, too."""
_PRICE_OF_SCALE = 15.0
"""What labels may cost more if that makes the map twice as large."""


class Lettering(NamedTuple):
    """The labels for a width of the column: the size of their text, the radii of dots and rings."""

    name: str
    size: float
    dot: float
    ring: float


NARROW = Lettering("narrow", 11.5, 2.4, 5.0)
WIDE = Lettering("wide", 7.0, 1.5, 3.2)

Lines: TypeAlias = "tuple[tuple[Run, ...], ...]"


class Subject(NamedTuple):
    """Something on the map: a dot, or a country, with the rectangle around its main land.

    ``place`` is its middle, in kilometres, and ``label`` the lines that are written there, if any.
    """

    place: Point
    label: Lines
    land: Box | None = None

    def is_tiny(self, frame: Frame) -> bool:
        """Whether it is a country that is hard to see."""
        return (
            self.land is not None and max(self.land.width, self.land.height) * frame.scale < _TINY
        )


class Layout(NamedTuple):
    """The frame of a map, and where the labels of its subjects stand, in their order."""

    frame: Frame
    narrow: tuple[Label | None, ...]
    wide: tuple[Label | None, ...]


def laid_out(subjects: Sequence[Subject], content: Box | None) -> Layout:
    """The layout of a map that shows ``content``, in kilometres; None is all the world."""
    frames = [map_frame.world()] if content is None else _frames(content, subjects)
    options = [(frame, _placing(subjects, frame, NARROW)) for frame in frames]

    def cost(option: tuple[Frame, Placing]) -> float:
        frame, placing = option
        return placing.cost - 2 * _PRICE_OF_SCALE * frame.scale / frames[0].scale

    frame, narrow = min(options, key=cost)
    return Layout(frame, narrow.labels, _placing(subjects, frame, WIDE).labels)


def _frames(content: Box, subjects: Sequence[Subject]) -> list[Frame]:
    """Frames with narrow margins, and with margins in which the outermost labels fit in.

    Places at the left or right end want their labels outside, where there often is sea; the room
    for them is taken from the map's scale.
    """
    left = right = MARGIN
    for _ in range(3):  # a wider margin makes the scale smaller, and itself too small
        found = _marks(subjects, framed(content, left, right), NARROW)
        marks = [mark for mark in found if mark.width]
        if not marks:
            break
        first, last = min(mark.x for mark in marks), max(mark.x for mark in marks)
        left += max(0, *(_room(mark) - mark.x for mark in marks if mark.x < first + _NEAR))
        right += max(0, *(_room(mark) + mark.x - WIDTH for mark in marks if mark.x > last - _NEAR))
    sides = product((MARGIN, left), (MARGIN, right))
    return list(dict.fromkeys(framed(content, *margins) for margins in sides))


def _room(mark: Mark) -> float:
    """From the middle of a mark to the far end of the label beside it."""
    return mark.radius + GAP * NARROW.size + mark.width


def _placing(subjects: Sequence[Subject], frame: Frame, lettering: Lettering) -> Placing:
    marks = _marks(subjects, frame, lettering)
    return placed(marks, lettering.size, WIDTH, frame.height)


def _marks(subjects: Sequence[Subject], frame: Frame, lettering: Lettering) -> list[Mark]:
    """The subjects as labels see them: what they must not cover, and how large they are."""
    rings = [frame.at(one.place) for one in subjects if one.is_tiny(frame)]
    marks = []
    for one in subjects:
        x, y = frame.at(one.place)
        width = max(map(breadth, one.label), default=0) * lettering.size / SIZE
        ringed = any(abs(x - ring.x) + abs(y - ring.y) < lettering.ring for ring in rings)
        if ringed:
            radius = lettering.ring
        elif one.land:
            across, down = one.land.width * frame.scale, one.land.height * frame.scale
            holds_label = across > 0.7 * width and down > len(one.label) * lettering.size
            radius = 0 if holds_label or not width else min(max(across, down) / 2, lettering.size)
        else:
            radius = lettering.dot
        is_area = one.land is not None and not ringed
        marks.append(Mark(x, y, radius, width, len(one.label), is_area))
    return marks
