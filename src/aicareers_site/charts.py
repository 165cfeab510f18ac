"""Charts: which kind fits which numbers, and the drawing of each as accessible SVG."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aicareers_site import chart_bars, chart_line, chart_ranges, chart_shares, chart_slope
from aicareers_site.chart_data import ChartKind
from aicareers_site.chart_rows import (
    NOT_REPORTED,
    counted,
    items,
    series,
    single,
    times,
    unreported,
)
from aicareers_site.chart_svg import Caption, Drawing, as_file, on_page, with_words
from aicareers_site.chart_words import described
from aicareers_site.data_tables import ColumnType

if TYPE_CHECKING:
    from collections.abc import Callable

    from aicareers_site.chart_data import Chart, ChartData
    from aicareers_site.wording import Wording

_MOST = {
    ChartKind.BARS: 20,
    ChartKind.SHARES: 7,
    ChartKind.RANGES: 20,
    ChartKind.LINE: 6,
    ChartKind.SLOPE: 12,
    ChartKind.MAP: 20,
}
"""How many rows, parts or series can be read in a chart of the kind."""
_MOST_TIMES = 80

_DRAWINGS: dict[ChartKind, Callable[[Chart, Wording], Drawing]] = {
    ChartKind.BARS: chart_bars.drawing,
    ChartKind.SHARES: chart_shares.drawing,
    ChartKind.RANGES: chart_ranges.drawing,
    ChartKind.LINE: chart_line.drawing,
    ChartKind.SLOPE: chart_slope.drawing,
}

_OVER_TIME = {ChartKind.LINE, ChartKind.SLOPE}
_SINGLE = {ChartKind.BARS, ChartKind.SHARES, *_OVER_TIME}


def drawn(chart: Chart, wording: Wording) -> str:
    """The chart as an SVG element of a page, as wide as its column. ``problem`` found none."""
    if chart.kind is ChartKind.MAP:
        from aicareers_site import chart_map

        return chart_map.drawn(chart, wording)
    return on_page(_caption(chart, wording), _drawing(chart, wording))


def file(chart: Chart, wording: Wording) -> str:
    """The chart as an SVG file, which says its title, its source and its date itself."""
    if chart.kind is ChartKind.MAP:
        from aicareers_site import chart_map

        caption = _caption(chart, wording, chart_map.described(chart.data, wording))
        return as_file(caption, chart_map.drawing(chart, wording))
    return as_file(_caption(chart, wording), _drawing(chart, wording))


def _drawing(chart: Chart, wording: Wording) -> Drawing:
    silent = unreported(chart.data, wording)
    below = f"{NOT_REPORTED.capitalize()}: {'; '.join(silent)}." if silent else ""
    return with_words(counted(chart.data, wording), _DRAWINGS[chart.kind](chart, wording), below)


def _caption(chart: Chart, wording: Wording, description: str = "") -> Caption:
    as_of = wording.day(chart.data.as_of).words
    origin = f"Source: {chart.data.source.name}. As of {as_of}."
    return Caption(chart.id, chart.title, description or described(chart, wording), origin)


def default_kind(data: ChartData) -> ChartKind:
    """The kind that is drawn where the editor names none; ``problem`` may still find one in it."""
    moments = len(times(data))
    if moments:
        return ChartKind.SLOPE if moments == 2 else ChartKind.LINE
    if any(row.amount is not None and row.amount.is_range for row in data.rows):
        return ChartKind.RANGES
    if all(row.amount is None for row in data.rows) or any(row.place for row in data.rows):
        return ChartKind.MAP
    return ChartKind.BARS if problem(ChartKind.SHARES, data) else ChartKind.SHARES


def problem(kind: ChartKind, data: ChartData) -> tuple[str, str] | None:
    """Why the numbers cannot be drawn in this kind of chart, and what to do instead."""
    return _disagreement(kind, data) or _misfit(kind, data) or _excess(kind, data)


def _disagreement(kind: ChartKind, data: ChartData) -> tuple[str, str] | None:
    """What is wrong with the numbers for any kind, or for all kinds that draw one scale."""
    if kind is ChartKind.MAP:
        return None
    if all(row.amount is None for row in data.rows):
        return "none of the rows is reported", "there is nothing to draw; say so in the text"
    if data.type is ColumnType.MONEY and not data.unit:
        return (
            "the amounts are in several currencies, which have no scale in common",
            "draw the rows of one currency",
        )
    ranges = [row.label or row.time for row in data.rows if row.amount and row.amount.is_range]
    if kind in _SINGLE and ranges:
        return f"'{ranges[0]}' is a range, and {kind} need single numbers", "use the kind ranges"
    if kind not in _OVER_TIME and times(data):
        return f"the rows are a series over time, which {kind} cannot show", "use the kind line"
    return None


def _misfit(kind: ChartKind, data: ChartData) -> tuple[str, str] | None:
    match kind:
        case ChartKind.SHARES:
            return _no_parts(data)
        case ChartKind.RANGES:
            if not any(row.amount and row.amount.is_range for row in data.rows):
                return "none of the rows is a range", "use the kind bars"
        case ChartKind.LINE:
            return _no_course(data, "a line needs at least two")
        case ChartKind.SLOPE:
            return _no_pairs(data)
        case ChartKind.MAP:
            astray = [row.label for row in data.rows if not row.country and row.place is None]
            if astray:
                return f"'{astray[0]}' is neither a country nor a place", "use the kind bars"
        case ChartKind.BARS:
            pass
    return None


def _no_parts(data: ChartData) -> tuple[str, str] | None:
    whole = single(data.whole)
    if whole is None or whole <= 0:
        return "the rows are not parts of a whole", "use the kind bars"
    if missing := [row.label for row in data.rows if row.amount is None]:
        return f"'{missing[0]}' is not reported, so that its share is unknown", "use the kind bars"
    values = [item.value or 0 for item in items(data)]
    if min(values) < 0:
        return "a part is below zero", "use the kind bars"
    if sum(values) > whole:
        return f"the parts add up to {sum(values)}, more than the whole, {whole}", "correct one"
    return None


def _no_course(data: ChartData, needs: str) -> tuple[str, str] | None:
    if timeless := [row.label for row in data.rows if not row.time]:
        return f"'{timeless[0]}' has no year or date", "write kind=bars, which needs none"
    if len(times(data)) < 2:
        return f"the rows have one time; {needs}", "use the kind bars"
    seen = set()
    for row in data.rows:
        if (row.series, row.time) in seen:
            thing = f"'{row.series}' has" if row.series else "the series has"
            return f"{thing} two rows for {row.time}", "give each thing a series of its own"
        seen.add((row.series, row.time))
    return None


def _no_pairs(data: ChartData) -> tuple[str, str] | None:
    if (moments := len(times(data))) > 2:
        return f"the rows have {moments} times; a slope needs two", "use the kind line"
    if found := _no_course(data, "a slope needs two"):
        return found
    if all(len(pair.reported) < 2 for pair in series(data)):
        return "nothing is reported at both times", "use the kind bars for one of them"
    return None


def _excess(kind: ChartKind, data: ChartData) -> tuple[str, str] | None:
    things = "series" if kind in _OVER_TIME else "parts" if kind is ChartKind.SHARES else "rows"
    many = len(series(data)) if kind in _OVER_TIME else len(data.rows)
    hint = "draw fewer, or several charts"
    if many > _MOST[kind]:
        return f"{many} {things} are too many to be read; {kind} can show {_MOST[kind]}", hint
    if kind is ChartKind.LINE and (moments := len(times(data))) > _MOST_TIMES:
        return f"{moments} times are too many to be read; a line can show {_MOST_TIMES}", hint
    return None
