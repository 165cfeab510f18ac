"""Dots and ranges: a line from the low to the high end of each row, on one scale.

An end that is not known is drawn as a dashed line with an open arrow.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from aicareers_site.chart_rows import ends, in_words
from aicareers_site.chart_scale import Scale, scale
from aicareers_site.chart_svg import (
    NARROW,
    Drawing,
    drawn_in,
    filled,
    line,
    lines_of_text,
    percent,
    tag,
    text,
    wordless,
)
from aicareers_site.chart_text import LINE, SIZE, Run, breadth, flowing, width, wrapped

if TYPE_CHECKING:
    from decimal import Decimal

    from aicareers_site.chart_data import Chart
    from aicareers_site.data_tables import Amount
    from aicareers_site.wording import Wording

_BAND = 18.0
_GAP = 14.0
_INSET = 2.5
"""Dots at the ends of the scale stay within the drawing, so far from its sides in per cent."""
_EDGE = NARROW * _INSET / 100
_BETWEEN = 6.0
_DOT = 5.5


class Strips(NamedTuple):
    """Elements for a page that says the words itself: the amounts of the rows, one by one, and the
    axis below the last of them.
    """

    rows: tuple[str, ...]
    axis: str


def strips(chart: Chart, wording: Wording) -> Strips:
    """The chart in pieces; each row is reported, and the pieces are as wide as their column."""
    axis = _axis(chart, wording)
    amounts = (row.amount for row in chart.data.rows)
    return Strips(
        tuple(wordless(_band(amount, axis, _BAND / 2), _BAND) for amount in amounts if amount),
        wordless(_ticks(axis, 0, chart, wording), LINE),
    )


def drawing(chart: Chart, wording: Wording) -> Drawing:
    """The rows in their own order, with the scale below them."""
    rows = [
        (row.label, row.amount, _figures(row.amount, chart, wording))
        for row in chart.data.rows
        if row.amount is not None
    ]
    on_one_line = all(breadth([Run(label), *figures]) <= NARROW for label, _, figures in rows)
    axis = _axis(chart, wording)
    marks: list[str] = []
    top = 0.0
    for label, amount, figures in rows:
        if on_one_line:
            lines = flowing(label, figures, NARROW)
        else:
            lines = [[Run(words)] for words in wrapped(label, NARROW)]
            lines += flowing("", figures, NARROW)
        marks.append(lines_of_text(0, top, lines))
        top += len(lines) * LINE + 2
        marks.append(_band(amount, axis, top + _BAND / 2))
        top += _BAND + _GAP
    marks.append(_ticks(axis, top - _GAP + 2, chart, wording))
    return Drawing(top - _GAP + 2 + LINE + 4, "".join(marks))


def _figures(amount: Amount, chart: Chart, wording: Wording) -> list[Run]:
    words = [Run(wording.amount(amount, chart.data.type, chart.data.unit), bold=True)]
    if amount.median is not None and amount.is_range:
        median = in_words(amount.median, chart.data, wording)
        words.append(Run(f"median {median}", colour="soft"))
    return words


def _axis(chart: Chart, wording: Wording) -> Scale:
    """A scale with room beyond an open end, and for the words of its ticks."""
    rows = chart.data.rows
    values = [end for row in rows for end in ends(row)]
    for steps in (6, 5, 4, 3, 2):
        found = scale(values, steps)
        step = found.ticks[1] - found.ticks[0]
        opened = [row.amount.low for row in rows if row.amount and row.amount.high is None]
        if any(low is not None and found.ticks[-1] - low < step / 2 for low in opened):
            found = Scale((*found.ticks, found.ticks[-1] + step))
        between = (NARROW - 2 * _EDGE) / (len(found.ticks) - 1)
        # The words of the first and the last tick begin and end at the edge.
        needed = max(map(width, _tick_words(found, chart, wording))) * 1.5 - _EDGE
        if needed + _BETWEEN <= between:
            break
    return found


def _tick_words(axis: Scale, chart: Chart, wording: Wording) -> list[str]:
    return [wording.compact(tick, chart.data.type, chart.data.unit) for tick in axis.ticks]


def _place(axis: Scale, value: Decimal) -> float:
    return _INSET + axis.at(value) * (100 - 2 * _INSET)


def _band(amount: Amount, axis: Scale, y: float) -> str:
    start = _INSET if amount.low is None else _place(axis, amount.low)
    end = 100 - _INSET if amount.high is None else _place(axis, amount.high)
    ruler = [line(0, y, "100%", y)]
    ruler += [line(percent(at), y - 4, percent(at), y + 4) for at in _places(axis)]
    bar = line(percent(start), y, percent(end), y)
    if amount.low is None or amount.high is None:
        arrow = "M6-6 0 0 6 6" if amount.low is None else "M-6-6 0 0-6 6"
        tip = percent(start if amount.low is None else end)
        bar = tag("g", bar, stroke_dasharray="5 4") + tag(
            "svg", tag("path", d=arrow), x=tip, y=y, overflow="visible"
        )
    known = [_place(axis, end) for end in (amount.low, amount.high) if end is not None]
    dots = [tag("circle", cx=percent(at), cy=y, r=_DOT) for at in sorted(set(known))]
    marks = [drawn_in("rule", "".join(ruler)), drawn_in("1", bar, 3), filled("1", "".join(dots))]
    if amount.median is not None and amount.is_range:
        at = percent(_place(axis, amount.median))
        middle = line(at, y - _BAND / 2, at, y + _BAND / 2)
        marks += [drawn_in("paper", middle, 6), drawn_in("ink", middle, 2.5)]
    return "".join(marks)


def _places(axis: Scale) -> list[float]:
    return [_place(axis, tick) for tick in axis.ticks]


def _ticks(axis: Scale, top: float, chart: Chart, wording: Wording) -> str:
    words = _tick_words(axis, chart, wording)
    places = [percent(at) for at in _places(axis)]
    marks = [
        text(places[0], top + SIZE, words[0], dx=-_EDGE),
        *(
            text(at, top + SIZE, tick, anchor="middle")
            for at, tick in zip(places[1:-1], words[1:-1], strict=True)
        ),
        text(places[-1], top + SIZE, words[-1], anchor="end", dx=_EDGE),
    ]
    return filled("soft", "".join(marks))
