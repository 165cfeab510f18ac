"""One bar, divided into the parts of a whole, each joined to its label by a line.

Labels of parts in the left half stand above the bar, to the right of their lines, the first part's
on top; those of the right half stand below it, to the left of their lines, the last part's at the
bottom. So no line crosses a label, and each label has at least half the width for itself.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from aicareers_site.chart_rows import Item, in_words, items, share_in_words
from aicareers_site.chart_scale import spread
from aicareers_site.chart_svg import (
    NARROW,
    SERIES,
    Drawing,
    bar,
    drawn_in,
    filled,
    hatched,
    line,
    lines_of_text,
    percent,
    share_of_narrow,
)
from aicareers_site.chart_text import LINE, Run, flowing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aicareers_site.chart_data import Chart
    from aicareers_site.wording import Wording

_BAR = 40.0
_GAP = 14.0
_BESIDE = 6.0
_BETWEEN = share_of_narrow(9)
"""The least distance between two lines to labels."""
_VISIBLE = 1.0
"""A part that is narrower would vanish between two gaps."""


class _Part(NamedTuple):
    item: Item
    start: float
    end: float

    @property
    def middle(self) -> float:
        return (self.start + self.end) / 2


class _Label(NamedTuple):
    """From the part's ``middle`` a line leads to the label at ``x``."""

    middle: float
    x: float
    lines: list[list[Run]]

    @property
    def height(self) -> float:
        return len(self.lines) * LINE + 3


def drawing(chart: Chart, wording: Wording) -> Drawing:
    """The bar, its parts in the order of the rows."""
    parts = _parts(items(chart.data))
    above = _labels([part for part in parts if part.middle < 50], chart, wording, left=True)
    below = _labels([part for part in parts if part.middle >= 50], chart, wording, left=False)
    upper = sum(label.height for label in above) + (_GAP if above else 0)
    marks = [
        _bar(chart, parts, upper),
        _labels_above(above, upper),
        _labels_below(below, upper + _BAR),
    ]
    height = upper + _BAR + sum(label.height for label in below) + (_GAP if below else 2)
    return Drawing(height, "".join(marks))


def _parts(found: Sequence[Item]) -> list[_Part]:
    values = [item.value or 0 for item in found]
    whole = sum(values)
    ends = [float(sum(values[: n + 1]) / whole * 100) for n in range(len(values))]
    return [
        _Part(item, start, end) for item, start, end in zip(found, [0.0, *ends], ends, strict=False)
    ]


def _labels(parts: list[_Part], chart: Chart, wording: Wording, *, left: bool) -> list[_Label]:
    low, high = (0, 50) if left else (50, 100)
    places = spread([part.middle for part in parts], [_BETWEEN] * len(parts), low, high)
    labels = []
    for part, x in zip(parts, places, strict=True):
        room = NARROW * (100 - x if left else x) / 100 - _BESIDE
        lines = flowing(part.item.label, _figures(part.item, chart, wording), room)
        labels.append(_Label(part.middle, x, lines))
    return labels


def _figures(item: Item, chart: Chart, wording: Wording) -> list[Run]:
    if item.value is None:
        return []
    value = in_words(item.value, chart.data, wording)
    share = share_in_words(item.value, chart.data, wording)
    if not share:
        return [Run(value, bold=True)]
    return [Run(share, bold=True), Run(f"({value})", colour="soft")]


def _bar(chart: Chart, parts: list[_Part], top: float) -> str:
    marks = []
    for index, part in enumerate(parts):
        ends = part.start, part.end
        if part.item.is_rest:
            marks.append(hatched(chart.id, bar(*ends, top, _BAR)))
        elif part.end > part.start:
            marks.append(filled(str(index % SERIES + 1), bar(*ends, top, _BAR)))
    gaps = [
        line(percent(part.start), top, percent(part.start), top + _BAR)
        for before, part in pairwise(parts)
        if min(before.end - before.start, part.end - part.start) >= _VISIBLE
    ]
    return "".join(marks) + drawn_in("paper", "".join(gaps), 2)


def _labels_above(labels: list[_Label], edge: float) -> str:
    marks, leaders = [], []
    top = 0.0
    for label in labels:
        x = percent(label.x)
        leaders.append(line(x, top + 2, x, edge - _GAP + 4))
        leaders.append(line(x, edge - _GAP + 4, percent(label.middle), edge))
        marks.append(lines_of_text(x, top, label.lines, dx=_BESIDE))
        top += label.height
    return drawn_in("ink", "".join(leaders)) + "".join(marks)


def _labels_below(labels: list[_Label], edge: float) -> str:
    marks, leaders = [], []
    top = edge + _GAP - 2
    for label in labels:
        x = percent(label.x)
        leaders.append(line(percent(label.middle), edge, x, edge + _GAP - 4))
        leaders.append(line(x, edge + _GAP - 4, x, top + label.height - 4))
        marks.append(lines_of_text(x, top, label.lines, anchor="end", dx=-_BESIDE))
        top += label.height
    return drawn_in("ink", "".join(leaders)) + "".join(marks)
