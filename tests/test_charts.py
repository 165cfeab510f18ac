"""Which chart fits which numbers, and what every drawing keeps to, whatever its numbers are."""

from __future__ import annotations

import gzip
import re
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from aicareers_site import charts
from aicareers_site.chart_data import ChartData, ChartKind, ChartRow
from aicareers_site.chart_svg import NARROW
from aicareers_site.chart_text import SIZE, width
from aicareers_site.data_tables import ColumnType
from tests.chart_samples import (
    BRITISH,
    CHANGE,
    LEVELS,
    ONE_OF_EACH,
    PAY,
    YEARS,
    amount,
    chart,
    charts_of_any_numbers,
    course,
    data,
    rows,
)
from tests.samples import PROJECT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aicareers_site.chart_data import Chart

SVG = "{http://www.w3.org/2000/svg}"
MARGIN = re.compile(r"chart-(left|right)-(\d+)")
STYLESHEET = (PROJECT / "static/site.css").read_text(encoding="utf-8")
every_kind = pytest.mark.parametrize("kind", sorted(ONE_OF_EACH))


def parsed(drawing: str) -> etree._Element:
    return etree.fromstring(drawing.encode())


def numbered(many: int, whole: float | None = None) -> ChartData:
    return data(rows({f"No. {n}": n + 1 for n in range(many)}), whole=whole)


def many_series(many: int) -> ChartData:
    return data([row for n in range(many) for row in course(f"{n}", {"2024": 1, "2026": n})])


# What fits


@pytest.mark.parametrize(
    ("kind", "numbers", "message"),
    [
        (
            ChartKind.BARS,
            data(rows({"Senior": None})),
            "none of the rows is reported",
        ),
        (ChartKind.BARS, PAY, "'Entry level' is a range, and bars need single numbers"),
        (ChartKind.BARS, YEARS, "the rows are a series over time, which bars cannot show"),
        (ChartKind.BARS, numbered(21), "21 rows are too many to be read; bars can show 20"),
        (
            ChartKind.BARS,
            data(rows({"Senior": 1}), ColumnType.MONEY, ""),
            "the amounts are in several currencies, which have no scale in common",
        ),
        (ChartKind.SHARES, numbered(3), "the rows are not parts of a whole"),
        (
            ChartKind.SHARES,
            data(rows({"Senior": 1, "Lead": None}), whole=9),
            "'Lead' is not reported, so that its share is unknown",
        ),
        (ChartKind.SHARES, data(rows({"Senior": -1}), whole=9), "a part is below zero"),
        (
            ChartKind.SHARES,
            data(rows({"Senior": 6, "Lead": 4}), whole=9),
            "the parts add up to 10, more than the whole, 9",
        ),
        (
            ChartKind.SHARES,
            numbered(8, whole=36),
            "8 parts are too many to be read; shares can show 7",
        ),
        (ChartKind.RANGES, LEVELS, "none of the rows is a range"),
        (ChartKind.LINE, LEVELS, "'Junior' has no year or date"),
        (
            ChartKind.LINE,
            data(course("", {"2026": 1})),
            "the rows have one time; a line needs at least two",
        ),
        (
            ChartKind.LINE,
            data([*course("a", {"2024": 1, "2026": 2}), *course("a", {"2026": 3})]),
            "'a' has two rows for 2026",
        ),
        (ChartKind.LINE, many_series(7), "7 series are too many to be read; line can show 6"),
        (
            ChartKind.LINE,
            data(course("", {str(year): 1 for year in range(1900, 1981)})),
            "81 times are too many to be read; a line can show 80",
        ),
        (ChartKind.SLOPE, YEARS, "the rows have 3 times; a slope needs two"),
        (
            ChartKind.SLOPE,
            data(course("", {"2024": 1, "2026": None})),
            "nothing is reported at both times",
        ),
        (ChartKind.SLOPE, many_series(13), "13 series are too many to be read; slope can show 12"),
        (ChartKind.MAP, LEVELS, "'Junior' is neither a country nor a place"),
    ],
)
def test_numbers_that_a_kind_cannot_show_are_told_so(
    kind: ChartKind, numbers: ChartData, message: str
) -> None:
    found = charts.problem(kind, numbers)
    assert found is not None
    assert found[0] == message
    assert found[1]


@every_kind
def test_numbers_that_fit_have_no_problem(kind: ChartKind) -> None:
    assert charts.problem(kind, ONE_OF_EACH[kind].data) is None


@pytest.mark.parametrize(
    ("numbers", "kind"),
    [
        (LEVELS, ChartKind.SHARES),
        (numbered(3), ChartKind.BARS),
        (numbered(8, whole=36), ChartKind.BARS),
        (PAY, ChartKind.RANGES),
        (YEARS, ChartKind.LINE),
        (CHANGE, ChartKind.SLOPE),
        (data([ChartRow("Germany", None, country="DE")]), ChartKind.MAP),
        (data([ChartRow("Berlin", amount(3), place=(13.4, 52.5))]), ChartKind.MAP),
    ],
)
def test_a_kind_is_chosen_by_the_numbers_where_none_is_named(
    numbers: ChartData, kind: ChartKind
) -> None:
    assert charts.default_kind(numbers) is kind


# What every drawing keeps to


@every_kind
def test_a_drawing_has_a_title_and_says_what_it_shows(kind: ChartKind) -> None:
    svg = parsed(charts.drawn(ONE_OF_EACH[kind], BRITISH))
    title, description = svg[0], svg[1]
    assert (title.tag, title.text) == (f"{SVG}title", "Openings by level")
    assert description.tag == f"{SVG}desc"
    assert description.text
    assert svg.get("role") == "img"
    assert svg.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"


@every_kind
def test_a_drawing_needs_no_style_and_no_script(kind: ChartKind) -> None:
    svg = parsed(charts.drawn(ONE_OF_EACH[kind], BRITISH))
    assert [element.tag for element in svg.iter(f"{SVG}style", f"{SVG}script")] == []
    assert svg.xpath("//@style") == []


@every_kind
def test_a_file_says_its_title_its_source_and_its_date(kind: ChartKind) -> None:
    svg = parsed(charts.file(ONE_OF_EACH[kind], BRITISH))
    words = ["".join(line.itertext()) for line in svg.iter(f"{SVG}text")]
    assert words[0] == "Openings by level"
    assert words[-1] == "Source: A survey. As of 22 April 2026."
    assert svg.get("viewBox") == f"0 0 {svg.get('width')} {svg.get('height')}"


@pytest.mark.parametrize(
    ("kind", "numbers"),
    [
        (ChartKind.BARS, data(rows({"Senior": 1, "Lead": None}))),
        (ChartKind.RANGES, PAY),
        (ChartKind.LINE, YEARS),
        (
            ChartKind.SLOPE,
            data(course("a", {"2024": 1, "2026": 2}) + course("b", {"2024": None, "2026": 2})),
        ),
    ],
)
def test_what_is_not_reported_is_said_in_words(kind: ChartKind, numbers: ChartData) -> None:
    svg = parsed(charts.drawn(chart(kind, numbers), BRITISH))
    words = ["".join(line.itertext()) for line in svg.iter(f"{SVG}text")]
    assert [line for line in words if "not reported" in line.lower()] != []


@given(charts_of_any_numbers())
def test_every_drawing_is_small_and_well_formed(drawing: Chart) -> None:
    assert charts.problem(drawing.kind, drawing.data) is None
    written = charts.drawn(drawing, BRITISH)
    parsed(written)
    parsed(charts.file(drawing, BRITISH))
    assert len(written.encode()) < 12_000
    assert len(gzip.compress(written.encode(), mtime=0)) < 4_000


@given(charts_of_any_numbers())
def test_the_theme_has_the_margins_of_every_drawing(drawing: Chart) -> None:
    svg = parsed(charts.drawn(drawing, BRITISH))
    for side, pixels in MARGIN.findall(svg.get("class", "")):
        assert f".chart-{side}-{pixels} {{ padding-{side}: {pixels}px; }}" in STYLESHEET


def test_the_fullest_line_chart_is_small_too() -> None:
    full = data(
        row
        for name in range(6)
        for row in course(
            f"A rather long name {name}", {str(1900 + n): n * 7919 % 1000 for n in range(80)}
        )
    )
    assert charts.problem(ChartKind.LINE, full) is None
    assert len(charts.drawn(chart(ChartKind.LINE, full), BRITISH).encode()) < 12_000


class Box(NamedTuple):
    """A line of text in a drawing, in pixels."""

    words: str
    left: float
    right: float
    base: float

    def overlaps(self, other: Box) -> bool:
        apart = self.right <= other.left + 0.5 or other.right <= self.left + 0.5
        return not apart and abs(self.base - other.base) < SIZE - 1


def boxes(drawing: str, column: float) -> Iterator[Box]:
    """Where the text is in a column of so many pixels."""
    svg = parsed(drawing)
    margins = {side: int(px) for side, px in MARGIN.findall(svg.get("class", ""))}
    room = column - sum(margins.values())
    for line in svg.iter(f"{SVG}text"):
        frames = [line, *line.iterancestors(f"{SVG}g", f"{SVG}svg")]
        down = sum(float(frame.get("transform", "(0 0)")[:-1].split()[1]) for frame in frames)
        left = margins.get("left", 0) + sum(length(frame.get("x", "0"), room) for frame in frames)
        breadth = width(line.text or "")
        for run in line:
            breadth += width(run.text, bold="font-weight" in run.attrib) + width(run.tail or "")
        before = {"middle": 0.5, "end": 1}.get(line.get("text-anchor", ""), 0) * breadth
        left += float(line.get("dx", 0)) - before
        base = float(line.get("y", 0)) + down
        yield Box("".join(line.itertext()), left, left + breadth, base)


def length(written: str, room: float) -> float:
    return float(written[:-1]) * room / 100 if written.endswith("%") else float(written)


@given(charts_of_any_numbers(), st.sampled_from([NARROW, 328, 736]))
def test_no_text_overlaps_another_or_leaves_the_drawing(drawing: Chart, column: float) -> None:
    written = charts.drawn(drawing, BRITISH)
    height = float(parsed(written).get("height", 0))
    found = list(boxes(written, column))
    outside = [
        box
        for box in found
        if box.left < -1 or box.right > column + 1 or not SIZE - 3 <= box.base <= height
    ]
    assert outside == []
    assert [pair for pair in combinations(found, 2) if pair[0].overlaps(pair[1])] == []
