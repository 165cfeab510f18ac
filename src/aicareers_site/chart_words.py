"""A chart in words, for those who do not see it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aicareers_site.chart_data import ChartKind
from aicareers_site.chart_rows import (
    NOT_REPORTED,
    Item,
    counted,
    ends,
    in_words,
    items,
    ranked,
    series,
    share_in_words,
    time_in_words,
    times,
    unreported,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aicareers_site.chart_data import Chart, ChartData
    from aicareers_site.wording import Wording

_FORMS = {
    ChartKind.BARS: "Ranked bars",
    ChartKind.SHARES: "One bar, divided into parts",
    ChartKind.RANGES: "Dots and ranges",
    ChartKind.LINE: "Lines over time",
    ChartKind.SLOPE: "Before and after",
    ChartKind.MAP: "A map",
}


def described(chart: Chart, wording: Wording) -> str:
    """What the chart shows: its form, how many rows it has, its largest and smallest, its ends."""
    data = chart.data
    heading = counted(data, wording)
    if chart.kind in {ChartKind.LINE, ChartKind.SLOPE}:
        count, said = len(series(data)), _courses(data, wording)
    elif chart.kind is ChartKind.RANGES:
        count, said = len(data.rows), _extremes_of_ranges(data, wording)
    else:
        count, said = len(data.rows), _extremes(items(data), data, wording)
    things = "series" if chart.kind in {ChartKind.LINE, ChartKind.SLOPE} else "rows"
    noun = "row" if count == 1 and things == "rows" else things
    sentences = [f"{_FORMS[chart.kind]}, {count} {noun}", *([heading] if heading else []), *said]
    if silent := unreported(data, wording):
        sentences.append(f"{NOT_REPORTED.capitalize()}: {'; '.join(silent)}")
    return " ".join(f"{sentence}." for sentence in sentences)


def _extremes(found: Sequence[Item], data: ChartData, wording: Wording) -> list[str]:
    reported = [item for item in ranked(data) if item.value is not None and not item.is_rest]
    said = [_said(item, data, wording) for item in [*reported[:1], *reported[1:][-1:]]]
    names = ["Largest", "Smallest"] if len(said) > 1 else [""]
    sentences = [
        f"{name}: {words}" if name else words for name, words in zip(names, said, strict=False)
    ]
    rest = [_said(item, data, wording) for item in found if item.is_rest]
    return sentences + [f"The rest: {words}" for words in rest]


def _said(item: Item, data: ChartData, wording: Wording) -> str:
    if item.value is None:
        return f"{item.label}, {NOT_REPORTED}"
    share = share_in_words(item.value, data, wording)
    words = in_words(item.value, data, wording)
    return f"{item.label}, {words} ({share})" if share else f"{item.label}, {words}"


def _extremes_of_ranges(data: ChartData, wording: Wording) -> list[str]:
    rows = [row for row in data.rows if row.amount is not None]
    lowest = min(rows, key=lambda row: min(ends(row)))
    highest = max(rows, key=lambda row: max(ends(row)))
    return [
        f"{name}: {row.label}, {wording.amount(row.amount, data.type, data.unit)}"
        for name, row in (("Lowest", lowest), ("Highest", highest))
        if row.amount is not None
    ]


def _courses(data: ChartData, wording: Wording) -> list[str]:
    moments = [time_in_words(time, wording) for time in times(data)]
    sentences = [f"From {moments[0]} to {moments[-1]}"]
    for found in series(data):
        if not found.reported:
            continue
        (first, before), (last, after) = found.reported[0], found.reported[-1]
        name = f"{found.name}: " if found.name else ""
        start = f"{in_words(before, data, wording)} in {time_in_words(first, wording)}"
        end = f"{in_words(after, data, wording)} in {time_in_words(last, wording)}"
        sentences.append(f"{name}{start}, {end}")
    return sentences
