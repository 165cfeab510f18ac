"""Before and after: two moments, joined by a line for each thing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aicareers_site import chart_labels
from aicareers_site.chart_rows import (
    in_words,
    series,
    time_in_words,
    times,
)
from aicareers_site.chart_svg import (
    NARROW,
    Drawing,
    drawn_in,
    filled,
    line,
    margin,
    tag,
    text,
)
from aicareers_site.chart_text import LINE, Run, breadth, flowing, width

if TYPE_CHECKING:
    from decimal import Decimal

    from aicareers_site.chart_data import Chart
    from aicareers_site.wording import Wording

_LEAST_HEIGHT = 150.0
_LEAST_WIDTH = 64.0
_RISES, _FALLS, _STAYS = "1", "3", "soft"


class _Layout:
    """Where the lines are: from left to right in per cent, downwards in pixels."""

    def __init__(self, chart: Chart, wording: Wording) -> None:
        pairs = [pair for pair in series(chart.data) if len(pair.reported) == 2]
        self.moments = [time_in_words(time, wording) for time in times(chart.data)]
        self.names = [pair.name for pair in pairs]
        self.values = [[value for _, value in pair.reported] for pair in pairs]
        self.figures = [
            [[Run(in_words(value, chart.data, wording), bold=True)] for value in ends]
            for ends in self.values
        ]
        beside = chart_labels.LEADER + chart_labels.BESIDE
        before, after = zip(*self.figures, strict=True)
        left = max([width(self.moments[0]), *map(breadth, before)])
        most = NARROW - left - 2 * beside - _LEAST_WIDTH
        self.room = chart_labels.column(self.names, after, most)
        self.left = margin(left + beside)
        self.right = margin(max(self.room, width(self.moments[1])) + beside)
        self.top = LINE + 12
        self.bottom = self.top + _LEAST_HEIGHT
        needed = max(chart_labels.height(self.labels(side)) for side in (0, 1))
        self.bottom = self.top + max(_LEAST_HEIGHT, needed * 1.5)

    def y(self, value: Decimal) -> float:
        known = [value for ends in self.values for value in ends]
        low, high = min(known), max(known)
        fraction = float((value - low) / (high - low)) if high > low else 0.5
        return self.bottom - fraction * (self.bottom - self.top)

    def labels(self, side: int) -> list[chart_labels.Label]:
        """The labels at the ends of the lines, on the left (0) or the right (1)."""
        x = (0, 100)[side]
        found = []
        for name, ends, figures in zip(self.names, self.values, self.figures, strict=True):
            words = [figures[0]] if side == 0 else flowing(name, figures[1], self.room)
            found.append(chart_labels.Label(x, self.y(ends[side]), words, _colour(ends)))
        return found


def drawing(chart: Chart, wording: Wording) -> Drawing:
    """The lines of what is reported at both moments."""
    layout = _Layout(chart, wording)
    away = chart_labels.LEADER + chart_labels.BESIDE
    moments = text(-away, layout.top - 14, layout.moments[0], anchor="end")
    moments += text("100%", layout.top - 14, layout.moments[1], dx=away)
    top, bottom = layout.top - 8, layout.bottom + 8
    posts = line(0, top, 0, bottom) + line("100%", top, "100%", bottom)
    marks = [filled("soft", moments), drawn_in("rule", posts)]
    marks += [_line(layout, ends) for ends in layout.values]
    marks.append(chart_labels.drawn(layout.labels(0), top, bottom, left=True))
    marks.append(chart_labels.drawn(layout.labels(1), top, bottom))
    return Drawing(bottom + 4, "".join(marks), layout.left, layout.right)


def _line(layout: _Layout, ends: list[Decimal]) -> str:
    before, after = map(layout.y, ends)
    dots = tag("circle", cx=0, cy=before, r=4.5) + tag("circle", cx="100%", cy=after, r=4.5)
    stroke = drawn_in(_colour(ends), line(0, before, "100%", after), 2.5)
    return stroke + filled(_colour(ends), dots)


def _colour(ends: list[Decimal]) -> str:
    before, after = ends
    return _RISES if after > before else _FALLS if after < before else _STAYS
