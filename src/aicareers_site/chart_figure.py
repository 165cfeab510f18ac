"""A chart in an article: its title, the drawing, where the numbers come from, and the numbers."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, NamedTuple

from aicareers_site import charts
from aicareers_site.chart_data import ChartKind
from aicareers_site.chart_rows import (
    NOT_REPORTED,
    items,
    series,
    share_in_words,
    time_in_words,
    times,
)
from aicareers_site.data_tables import Amount, ColumnType
from aicareers_site.wording import capitalised

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from decimal import Decimal

    from aicareers_site.chart_data import Chart, ChartData
    from aicareers_site.wording import Wording

_HEADINGS = {
    ColumnType.NUMBER: "Number",
    ColumnType.MONEY: "Amount",
    ColumnType.PERCENT: "Per cent",
    ColumnType.CHANGE: "Change",
}


class ChartLinks(NamedTuple):
    """Where more is: the page of the data table, its two forms for machines, and the drawing."""

    table: str
    csv: str
    json: str
    svg: str


class _Table(NamedTuple):
    """Rows of words; the first of each is its heading."""

    head: Sequence[str]
    body: Sequence[Sequence[str]]
    total: Sequence[str] = ()


def figure(chart: Chart, wording: Wording, links: ChartLinks) -> str:
    """The chart as an HTML ``figure`` whose id is the chart's."""
    table = _table(chart, wording)
    name = "The numbers" if len(table.head) > 1 else "The places"
    parts = [
        f'<figure class="chart" id="{escape(chart.id)}">',
        f'<figcaption class="chart-title">{_text(chart.title)}</figcaption>',
        charts.drawn(chart, wording),
        *(f'<p class="chart-note">{_text(words)}</p>' for words in _notes(chart)),
        f'<p class="chart-source">{_source(chart.data, wording)}</p>',
        f'<ul class="chart-links">{_links(links)}</ul>',
        '<details class="chart-numbers">',
        f"<summary>{name}</summary>",
        '<div class="table-scroll" role="region" tabindex="0" '
        f'aria-label="{escape(f"{name}: {chart.title}")}">',
        _html(table, chart.title),
        "</div>",
        "</details>",
        "</figure>",
    ]
    return "\n".join(parts)


def _text(words: str) -> str:
    return escape(words, quote=False)


def _notes(chart: Chart) -> list[str]:
    return [words for words in (chart.note, *chart.data.remarks) if words]


def _source(data: ChartData, wording: Wording) -> str:
    name = _text(data.source.name)
    if data.source.url:
        name = f'<a href="{escape(data.source.url)}">{name}</a>'
    day = wording.day(data.as_of)
    return f'Source: {name}. As of <time datetime="{day.iso}">{_text(day.words)}</time>.'


def _links(links: ChartLinks) -> str:
    named = {"All the figures": links.table, "CSV": links.csv, "JSON": links.json, "SVG": links.svg}
    return "".join(
        f'<li><a href="{escape(address)}">{name}</a></li>' for name, address in named.items()
    )


def _table(chart: Chart, wording: Wording) -> _Table:
    if chart.kind is ChartKind.LINE:
        return _over_time(chart.data, wording)
    if chart.kind is ChartKind.SLOPE:
        return _before_and_after(chart.data, wording)
    return _rows(chart.data, wording)


def _over_time(data: ChartData, wording: Wording) -> _Table:
    found = series(data)
    head = ["Time", *(column.name or _measure(data) for column in found)]
    body = [
        [
            time_in_words(time, wording),
            *(_number(column.values[time], data, wording) for column in found),
        ]
        for time in times(data)
    ]
    return _Table(head, body)


def _before_and_after(data: ChartData, wording: Wording) -> _Table:
    head = ["Name", *(time_in_words(time, wording) for time in times(data))]
    body = [
        [
            row.name or _measure(data),
            *(_number(value, data, wording) for value in row.values.values()),
        ]
        for row in series(data)
    ]
    return _Table(head, body)


def _rows(data: ChartData, wording: Wording) -> _Table:
    """A row for each; its share where there is a whole, its median where any is known."""
    amounts = [row.amount for row in data.rows]
    if not any(amounts):
        return _Table(["Name"], [[row.label] for row in data.rows])
    head, body = (
        ["Name", _measure(data)],
        [[row.label, _amount(row.amount, data, wording)] for row in data.rows],
    )
    body += [
        [item.label, _number(item.value, data, wording)] for item in items(data) if item.is_rest
    ]
    if any(amount and amount.is_range and amount.median is not None for amount in amounts):
        head.append("Median")
        for cells, amount in zip(body, amounts, strict=False):
            cells.append(_number(amount.median if amount else None, data, wording))
    if data.whole is None:
        return _Table(head, body)
    total = ["Total", _amount(data.whole, data, wording)]
    shares = [
        "" if item.value is None else share_in_words(item.value, data, wording)
        for item in items(data)
    ]
    if any(shares):
        head.append("Share")
        total.append("")
        for cells, share in zip(body, shares, strict=True):
            cells.append(share or NOT_REPORTED)
    return _Table(head, body, total)


def _measure(data: ChartData) -> str:
    """The heading of a column of the numbers."""
    return capitalised(data.unit) if _counts(data) else _HEADINGS.get(data.type, "Number")


def _counts(data: ChartData) -> bool:
    return data.type is ColumnType.NUMBER and bool(data.unit)


def _number(value: Decimal | None, data: ChartData, wording: Wording) -> str:
    return _amount(None if value is None else Amount(value, value), data, wording)


def _amount(amount: Amount | None, data: ChartData, wording: Wording) -> str:
    return NOT_REPORTED if amount is None else wording.amount(amount, data.type, data.unit)


def _html(table: _Table, caption: str) -> str:
    head = "".join(_cell("th", words, n, "col") for n, words in enumerate(table.head))
    lines = [
        "<table>",
        f"<caption>{_text(caption)}</caption>",
        f"<thead><tr>{head}</tr></thead>",
        f"<tbody>{_lines(table.body)}</tbody>",
    ]
    if table.total:
        lines.append(f"<tfoot>{_lines([table.total])}</tfoot>")
    return "\n".join([*lines, "</table>"])


def _lines(rows: Iterable[Sequence[str]]) -> str:
    return "\n".join(
        f"<tr>{_cell('th', row[0], 0, 'row')}"
        f"{''.join(_cell('td', words, n) for n, words in enumerate(row[1:], 1))}</tr>"
        for row in rows
    )


def _cell(tag: str, words: str, column: int, scope: str = "") -> str:
    attributes = f' scope="{scope}"' if scope else ""
    if column:
        attributes += ' class="number"'
    return f"<{tag}{attributes}>{_text(words)}</{tag}>"
