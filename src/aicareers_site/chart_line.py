"""Series over time: a line for each, with its name and last number at its end."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from aicareers_site import chart_labels
from aicareers_site.chart_rows import Series, in_words, series, time_in_words, times, when
from aicareers_site.chart_scale import scale
from aicareers_site.chart_svg import (
    FILE_ROOM,
    NARROW,
    Drawing,
    drawn_in,
    filled,
    line,
    margin,
    number,
    percent,
    tag,
    text,
)
from aicareers_site.chart_text import LINE, SIZE, Run, flowing, width

if TYPE_CHECKING:
    from decimal import Decimal

    from aicareers_site.chart_data import Chart
    from aicareers_site.wording import Wording

DASHES = ("", "8 4", "2 4", "12 4 2 4", "5 3", "8 3 2 3 2 3")
"""By these the series differ where colours do not."""

_LEAST_HEIGHT = 190.0
_LEAST_WIDTH = 100.0
_FEW = 24
"""So many points can each have a dot."""
_BESIDE = 14.0
_BETWEEN = 8.0


class _Layout:
    """Where the lines are: from left to right in per cent, downwards in pixels."""

    def __init__(self, chart: Chart, wording: Wording) -> None:
        self.series = [found for found in series(chart.data) if found.reported]
        self.times = times(chart.data)
        values = [value for found in self.series for _, value in found.reported]
        self.axis = scale(values, 4)
        self.figures = [
            [Run(in_words(found.reported[-1][1], chart.data, wording), bold=True)]
            for found in self.series
        ]
        self.ticks = [
            wording.compact(tick, chart.data.type, chart.data.unit) for tick in self.axis.ticks
        ]
        self.moments = [time_in_words(time, wording) for time in self.times]
        half = [width(words) / 2 for words in (self.moments[0], self.moments[-1])]
        left = max(half[0], max(map(width, self.ticks)) + _BESIDE)
        beside = chart_labels.LEADER + chart_labels.BESIDE
        names = [found.name for found in self.series]
        most = NARROW - left - beside - _LEAST_WIDTH
        self.room = chart_labels.column(names, self.figures, most)
        self.left, self.right = margin(left), margin(max(beside + self.room, half[1]))
        self.top = LINE
        needed = chart_labels.height([self.label(n, 0) for n in range(len(names))])
        self.bottom = self.top + max(_LEAST_HEIGHT, needed)

    def x(self, time: str) -> float:
        first, last = when(self.times[0]), when(self.times[-1])
        return float((when(time) - first) / (last - first) * 100)

    def y(self, value: Decimal) -> float:
        return self.bottom - self.axis.at(value) * (self.bottom - self.top)

    def label(self, index: int, y: float) -> chart_labels.Label:
        """The label at the end of the series."""
        found = self.series[index]
        words = flowing(found.name, self.figures[index], self.room)
        return chart_labels.Label(self.x(found.reported[-1][0]), y, words, str(index + 1))


def drawing(chart: Chart, wording: Wording) -> Drawing:
    """The lines, in the order of the series' first rows."""
    layout = _Layout(chart, wording)
    marks = [_grid(layout)]
    for index in range(len(layout.series)):
        marks += [_line(layout, index), _dots(layout, index)]
    ends = [layout.y(found.reported[-1][1]) for found in layout.series]
    labels = [layout.label(index, y) for index, y in enumerate(ends)]
    marks.append(chart_labels.drawn(labels, layout.top - LINE, layout.bottom + 6))
    height = layout.bottom + LINE + 8
    return Drawing(height, "".join(marks), layout.left, layout.right)


def _grid(layout: _Layout) -> str:
    edge = -layout.left
    rules, words = [], []
    for tick, label in zip(layout.axis.ticks, layout.ticks, strict=True):
        y = layout.y(tick)
        rules.append(line(edge, y, "100%", y))
        words.append(text(edge, y - 4, label))
    words += [
        text(percent(x), layout.bottom + 4 + SIZE, label, anchor="middle")
        for x, label in _named_times(layout)
    ]
    base = line(edge, layout.bottom, "100%", layout.bottom)
    marks = [drawn_in("rule", "".join(rules)), drawn_in("soft", base)]
    return "".join([*marks, filled("soft", "".join(words))])


def _named_times(layout: _Layout) -> list[tuple[float, str]]:
    """As many times as there is room for, in equal steps from the first to the last."""
    named = [
        (layout.x(time), label) for time, label in zip(layout.times, layout.moments, strict=True)
    ]
    pixels = (NARROW - layout.left - layout.right) / 100
    steps = len(named) - 1
    for step in (step for step in range(1, steps + 1) if steps % step == 0):
        shown = named[::step]
        if all(
            (width(before) + width(after)) / 2 + _BETWEEN <= (right - left) * pixels
            for (left, before), (right, after) in pairwise(shown)
        ):
            return shown
    return named[-1:]


def _line(layout: _Layout, index: int) -> str:
    """The line, interrupted where a time is not reported.

    It has the width that it takes in a file. A page stretches it, and its stylesheet sees to it
    that the stroke is not stretched.
    """
    breadth = FILE_ROOM - layout.left - layout.right
    height = layout.bottom - layout.top
    path, pen = [], "M"
    for time, value in layout.series[index].values.items():
        if value is None:
            pen = "M"
            continue
        x, y = layout.x(time) * breadth / 100, layout.y(value) - layout.top
        path.append(f"{pen}{number(x)} {number(y)}")
        pen = "L"
    stretched = tag(
        "svg",
        tag("path", class_="chart-line", d="".join(path)),
        y=layout.top,
        height=height,
        viewBox=f"0 0 {number(breadth)} {number(height)}",
        preserveAspectRatio="none",
        overflow="visible",
    )
    dashes = {"stroke_dasharray": DASHES[index]} if DASHES[index] else {}
    return drawn_in(str(index + 1), stretched, 2.5, stroke_linejoin="round", **dashes)


def _dots(layout: _Layout, index: int) -> str:
    found = layout.series[index]
    last, _ = found.reported[-1]
    few = len(layout.times) * len(layout.series) <= _FEW
    dots = [
        tag(
            "circle",
            cx=percent(layout.x(time)),
            cy=layout.y(value),
            r=4.5 if time == last else 3,
        )
        for time, value in found.reported
        if few or time == last or _stands_alone(found, time)
    ]
    return filled(str(index + 1), "".join(dots))


def _stands_alone(found: Series, time: str) -> bool:
    """Whether no line leads to the time or from it."""
    order = list(found.values)
    place = order.index(time)
    beside = order[max(0, place - 1) : place] + order[place + 1 : place + 2]
    return all(found.values[other] is None for other in beside)
