"""The land on a map as paths of SVG: all of it, its borders, and the countries that stand out.

The paths are in fifths of the drawing's units, as whole numbers, which are short to write and the
same on any machine: two thirds of a pixel where the map is widest.
"""

from __future__ import annotations

from itertools import chain, pairwise
from typing import TYPE_CHECKING

from aicareers_site.chart_svg import COLOURS, number, tag
from aicareers_site.world import Box, around, clipped

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from aicareers_site.map_frame import Frame
    from aicareers_site.world import Line, Shapes

_LAND, _COVERED = "#e9eee3", "#f5dfcd"
"""The light theme's ``--tint`` and ``--accent-soft``."""
_STEPS = 5
"""The paths' units in one of the drawing."""
_FINENESS = 0.7
"""How far a coast may be from where it ought to be, in units of the drawing."""
_ISLET = 2.0
"""An island that is narrower and lower than this is left out."""
_NEAR = 12_000.0
"""A map that is more kilometres wide has no borders but those of the countries that stand out."""
_BEYOND = 3.0
"""How far outside the frame areas are cut, so that the cut is not seen."""


def land(shapes: Shapes, covered: Sequence[str], frame: Frame) -> str:
    """The shapes, in kilometres, on a map with this frame; the covered countries by their codes."""
    detail = shapes.simplified(_FINENESS / frame.scale)
    beyond = _BEYOND / frame.scale
    left, top, right, bottom = frame.box
    box = Box(left - beyond, top - beyond, right + beyond, bottom + beyond)
    parts = detail.borders if frame.box.width <= _NEAR else ()
    borders = [line for line in map(detail.line, parts) if box.meets(around(line))]
    countries = chain(*(detail.countries[code] for code in covered))
    paths = (
        ("land", _areas(map(detail.line, detail.land), frame, box), _LAND, "rule", 0.5),
        ("borders", "".join(_steps(line, frame) for line in borders), "none", "paper", 0.6),
        ("covered", _areas(map(detail.line, countries), frame, box), _COVERED, "1", 0.4),
    )
    return tag(
        "g",
        "".join(
            tag(
                "path",
                class_=f"map-{name}",
                d=d,
                fill=fill,
                stroke=COLOURS[line],
                stroke_width=number(_STEPS * width),
            )
            for name, d, fill, line, width in paths
            if d
        ),
        transform=f"scale({number(1 / _STEPS)})",
        stroke_linejoin="round",
        fill_rule="evenodd",
    )


def _areas(rings: Iterable[Line], frame: Frame, box: Box) -> str:
    """What lies in the box of the areas in the rings, as path data."""
    found = []
    for ring in rings:
        inside = clipped(ring, box)
        if not inside:
            continue
        extent = around(inside)
        steps = _steps(inside[:-1], frame)
        if steps and max(extent.width, extent.height) * frame.scale >= _ISLET:
            found.append(f"{steps}z")
    return "".join(found)


def _steps(line: Line, frame: Frame) -> str:
    """The line as path data; nothing, if it is too short to be seen."""
    points: list[tuple[int, int]] = []
    for place in line:
        x, y = frame.at(place)
        point = round(_STEPS * x), round(_STEPS * y)
        if point not in points[-1:]:
            points.append(point)
    if len(points) < 2:
        return ""
    steps = " ".join(f"{b[0] - a[0]} {b[1] - a[1]}" for a, b in pairwise(points))
    return f"M{points[0][0]} {points[0][1]}l{steps}".replace(" -", "-")
