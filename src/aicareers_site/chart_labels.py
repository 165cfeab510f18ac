"""Labels at the ends of lines: beside the points that they belong to, and clear of each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from aicareers_site.chart_scale import spread
from aicareers_site.chart_svg import drawn_in, line, lines_of_text, percent, tag
from aicareers_site.chart_text import LINE, Run, breadth, width

if TYPE_CHECKING:
    from collections.abc import Sequence

LEADER = 16.0
"""From the side of the plot to the labels, in pixels: room for a line."""
BESIDE = 5.0
"""From there to the words."""
_USUAL = 112.0


class Label(NamedTuple):
    """Words that belong to the point at ``x`` per cent of the plot's width and ``y`` pixels."""

    x: float
    y: float
    lines: list[list[Run]]
    colour: str

    @property
    def height(self) -> float:
        return len(self.lines) * LINE + 2


def column(names: Sequence[str], figures: Sequence[Sequence[Run]], most: float) -> float:
    """The room for words beside a plot, in pixels: what they need, but no more than ``most``."""
    words = [width(word) for name in names for word in name.split()]
    least = max([*map(breadth, figures), *words])
    whole = max(breadth([Run(name), *runs]) for name, runs in zip(names, figures, strict=True))
    return min(whole, max(least, _USUAL), most)


def height(labels: Sequence[Label]) -> float:
    """How much the labels need below each other, in pixels."""
    return sum(label.height for label in labels)


def drawn(labels: Sequence[Label], top: float, bottom: float, *, left: bool = False) -> str:
    """The labels on the right or the left of a plot, and the lines that lead to them."""
    ranked = sorted(labels, key=lambda label: label.y)
    heights = [label.height for label in ranked]
    places = spread([label.y for label in ranked], heights, top, bottom)
    side, way, anchor = (0.0, -1, "end") if left else (100.0, 1, "start")
    across, beside = [], []
    for label, place in zip(ranked, places, strict=True):
        if label.x != side:
            level = line(percent(label.x), label.y, percent(side), label.y)
            across.append(drawn_in(label.colour, level))
        beside.append(drawn_in(label.colour, line(0, label.y, way * LEADER, place)))
        first = place - len(label.lines) * LINE / 2 - 1
        x = way * (LEADER + BESIDE)
        beside.append(lines_of_text(x, first, label.lines, anchor=anchor))
    return "".join(across) + tag("svg", "".join(beside), x=percent(side), overflow="visible")
