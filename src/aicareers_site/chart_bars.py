"""Ranked bars: each from zero, its label above it and its number at its end."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from aicareers_site.chart_rows import (
    in_words,
    ranked,
    share_in_words,
)
from aicareers_site.chart_svg import (
    NARROW,
    Drawing,
    bar,
    drawn_in,
    filled,
    hatched,
    line,
    lines_of_text,
    margin,
    percent,
    text,
)
from aicareers_site.chart_text import LINE, Run, breadth, wrapped

if TYPE_CHECKING:
    from aicareers_site.chart_data import Chart
    from aicareers_site.wording import Wording

_BAR = 14.0
_GAP = 10.0
_BESIDE = 6.0


def drawing(chart: Chart, wording: Wording) -> Drawing:
    """The bars, the longest first."""
    rows = [
        (item, item.value, _figures(item.value, chart, wording))
        for item in ranked(chart.data)
        if item.value is not None
    ]
    values = [Decimal(0), *(value for _, value, _ in rows)]
    low, high = min(values), max(values)
    right = margin(max(breadth(figures) for *_, figures in rows) + _BESIDE)

    def place(value: Decimal) -> float:
        return float((value - low) / (high - low) * 100) if high > low else 0

    zero = place(Decimal(0))
    marks = []
    top = 0.0
    for item, value, figures in rows:
        label = wrapped(item.label, NARROW)
        marks.append(lines_of_text(0, top, label))
        top += len(label) * LINE + 3
        start, end = sorted((zero, place(value)))
        if start < end:
            mark = bar(start, end, top, _BAR)
            marks.append(hatched(chart.id, mark) if item.is_rest else filled("1", mark))
        marks.append(drawn_in("soft", line(percent(zero), top - 2, percent(zero), top + _BAR + 2)))
        marks.append(text(percent(end), top + _BAR - 2.5, figures, dx=_BESIDE))
        top += _BAR + _GAP
    return Drawing(top - _GAP + 3, "".join(marks), right=right)


def _figures(value: Decimal, chart: Chart, wording: Wording) -> list[Run]:
    figures = [Run(in_words(value, chart.data, wording), bold=True)]
    if share := share_in_words(value, chart.data, wording):
        figures.append(Run(share, colour="soft"))
    return figures
