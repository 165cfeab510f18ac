"""The theme's mark and signs, and how their strokes become pixels.

They are those of ``templates/_macros.html``, point for point.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from PIL import Image, ImageDraw

from aicareers_site.kinds import Kind

_FINE = 4
"""So many times larger are marks drawn, and then made smaller, since Pillow's lines have steps."""

Point = tuple[float, float]


class Mark(NamedTuple):
    """Strokes with round ends, and dots with their radius, in a box of ``size`` units each way."""

    size: float
    width: float
    strokes: tuple[tuple[Point, ...], ...]
    dots: tuple[tuple[Point, float], ...] = ()


def _curve(start: Point, one: Point, other: Point, end: Point) -> tuple[Point, ...]:
    """Points of a cubic Bézier curve, as the command ``C`` of SVG draws it."""
    found = []
    for step in range(13):
        t = step / 12
        parts = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
        weighted = list(zip(parts, (start, one, other, end), strict=True))
        x = sum(part * point[0] for part, point in weighted)
        y = sum(part * point[1] for part, point in weighted)
        found.append((x, y))
    return tuple(found)


_PIN = (
    *_curve((8, 15), (8, 15), (2.5, 9.8), (2.5, 6.2)),
    # Half a circle, as two curves.
    *_curve((2.5, 6.2), (2.5, 3.162), (4.962, 0.7), (8, 0.7)),
    *_curve((8, 0.7), (11.038, 0.7), (13.5, 3.162), (13.5, 6.2)),
    *_curve((13.5, 6.2), (13.5, 9.8), (8, 15), (8, 15)),
)
_LINE = ((1.5, 13.0), (5.5, 8.0), (8.5, 10.5), (13.0, 4.5))
_BARS = (((2.5, 14.5), (2.5, 9.0)), ((8.0, 14.5), (8.0, 2.0)), ((13.5, 14.5), (13.5, 6.0)))
_ROWS = (((1.5, 3.5), (14.5, 3.5)), ((1.5, 8.0), (14.5, 8.0)), ((1.5, 12.5), (8.5, 12.5)))
_ROUTE = ((3.5, 9.5), (10.0, 24.0), (16.0, 13.0), (22.0, 24.0), (27.2, 11.0))

ROUTE = Mark(32, 3, (_ROUTE,), (((27.2, 8.6), 4),))
"""The site's mark."""

SIGNS = {
    Kind.COUNTRY_PROFILE.value: Mark(16, 2, (_PIN,), (((8, 6.2), 2),)),
    Kind.HIRING_TREND.value: Mark(16, 2, (_LINE,), (((13, 3.8), 2),)),
    Kind.MARKET_STATISTICS.value: Mark(16, 2, _BARS),
    Kind.POST.value: Mark(16, 2, _ROWS),
}
"""A sign for each kind of article."""


@lru_cache(maxsize=32)
def strokes(mark: Mark, size: int) -> Image.Image:
    """How much of each pixel the strokes cover, from 0 to 255, in a square of ``size`` pixels."""
    canvas, pencil, scale = _begun(mark, size)
    width = mark.width * scale
    for stroke in mark.strokes:
        points = [(x * scale, y * scale) for x, y in stroke]
        pencil.line(points, fill=255, width=round(width), joint="curve")
        for point in (points[0], points[-1]):
            pencil.circle(point, width / 2, fill=255)
    return canvas.reduce(_FINE)


@lru_cache(maxsize=32)
def dots(mark: Mark, size: int) -> Image.Image:
    """The same of the dots."""
    canvas, pencil, scale = _begun(mark, size)
    for (x, y), radius in mark.dots:
        pencil.circle((x * scale, y * scale), radius * scale, fill=255)
    return canvas.reduce(_FINE)


def _begun(mark: Mark, size: int) -> tuple[Image.Image, ImageDraw.ImageDraw, float]:
    canvas = Image.new("L", (size * _FINE, size * _FINE))
    return canvas, ImageDraw.Draw(canvas), size * _FINE / mark.size
