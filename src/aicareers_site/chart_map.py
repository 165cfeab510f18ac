"""Maps: countries filled, places as dots, both named where they are.

A map is a picture of fixed proportions that grows with its column. It has labels for a narrow and
for a wide column; the theme's stylesheet shows those that fit, and a file has the first ones alone.
Lengths are in units of the ``viewBox``.
"""

from __future__ import annotations

from functools import lru_cache
from html import escape
from itertools import chain
from typing import TYPE_CHECKING

from aicareers_site import map_frame, map_labels, map_shapes, world
from aicareers_site.chart_svg import COLOURS, FILE_ROOM, Drawing, number, tag
from aicareers_site.chart_text import Run
from aicareers_site.map_frame import WIDTH, Frame
from aicareers_site.map_layout import NARROW, WIDE, Layout, Lettering, Lines, Subject, laid_out
from aicareers_site.world import Box, Point

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aicareers_site.chart_data import Chart, ChartData, ChartRow
    from aicareers_site.map_labels import Label
    from aicareers_site.wording import Wording


def drawn(chart: Chart, wording: Wording) -> str:
    """The map of a chart as an SVG element for a page.

    A row with a place is a dot. A row with a country fills it; the country's name is written where
    there is a number to say, or no row is about a place in it.
    """
    names = f"{chart.id}:title", f"{chart.id}:desc"
    land, subjects, layout = _parts(chart.data, wording)
    body = [
        tag("title", escape(chart.title, quote=False), id=names[0]),
        tag("desc", escape(described(chart.data, wording), quote=False), id=names[1]),
        land,
        _layer(subjects, layout.frame, NARROW, layout.narrow),
        _layer(subjects, layout.frame, WIDE, layout.wide, display="none"),
    ]
    return tag(
        "svg",
        "".join(body),
        xmlns="http://www.w3.org/2000/svg",
        class_="chart-drawing chart-map",
        viewBox=_view(layout.frame),
        role="img",
        aria_labelledby=" ".join(names),
        font_family="sans-serif",
    )


def drawing(chart: Chart, wording: Wording) -> Drawing:
    """The map for a file, with the labels of a narrow column."""
    land, subjects, layout = _parts(chart.data, wording)
    labels = _layer(subjects, layout.frame, NARROW, layout.narrow)
    height = round(layout.frame.height * FILE_ROOM / WIDTH, 2)
    return Drawing(height, tag("svg", land + labels, viewBox=_view(layout.frame), height=height))


def described(data: ChartData, wording: Wording) -> str:
    """What the map shows, in words."""
    shown = world.shapes().countries

    def listed(heading: str, rows: list[ChartRow]) -> list[str]:
        return [f"{heading}: {', '.join(map(said, rows))}."] if rows else []

    def said(row: ChartRow) -> str:
        if row.amount is None:
            return row.label
        return f"{row.label} ({wording.amount(row.amount, data.type, data.unit)})"

    countries = [row for row in data.rows if not row.place]
    sentences = [
        *listed("Countries", [row for row in countries if row.country in shown]),
        *listed("Places", [row for row in data.rows if row.place]),
        *listed("Not on the map", [row for row in countries if row.country not in shown]),
    ]
    return " ".join(sentences)


def _view(frame: Frame) -> str:
    return f"0 0 {number(WIDTH)} {number(frame.height)}"


def _parts(data: ChartData, wording: Wording) -> tuple[str, list[Subject], Layout]:
    """The land, what is on it, and where."""
    known = world.shapes().countries
    codes = [code for code in dict.fromkeys(row.country for row in data.rows) if code in known]
    extent = _extent(codes, data)
    meridian = map_frame.meridian(extent)
    shapes = world.seen_from(meridian)
    subjects = _subjects(data, wording, meridian)
    content = None
    if not map_frame.is_world(extent):
        lands = (shapes.main_land(code) or () for code in codes)
        content = world.around([*chain(*lands), *(one.place for one in subjects)])
    layout = laid_out(subjects, content)
    return _land(meridian, tuple(codes), layout.frame), subjects, layout


# Simplifying coasts takes long, and a preview draws the same ones over and over.
@lru_cache(maxsize=8)
def _land(meridian: float, codes: tuple[str, ...], frame: Frame) -> str:
    return map_shapes.land(world.seen_from(meridian), codes, frame)


def _extent(codes: Sequence[str], data: ChartData) -> Box:
    """What the map must show, in degrees; all the world, if there is nothing."""
    lands = (world.shapes().main_land(code) or () for code in codes)
    points = [*chain(*lands), *filter(None, map(_location, data.rows))]
    return world.around(points or [Point(world.WEST, 0), Point(world.EAST, 0)])


def _location(row: ChartRow) -> Point | None:
    """The place of a row in degrees, between the edges of the world."""
    if row.place is None:
        return None
    longitude, latitude = row.place
    return Point(longitude + 360 if longitude < world.WEST else longitude, latitude)


def _subjects(data: ChartData, wording: Wording, meridian: float) -> list[Subject]:
    """The subjects of the rows, in their order; those that the map does not have are left out."""
    with_places = {row.country for row in data.rows if row.place}
    subjects = []
    for row in data.rows:
        value = _value(row, data, wording)
        runs = (Run(row.label), Run(value, bold=True)) if value else (Run(row.label),)
        if location := _location(row):
            subjects.append(Subject(world.place(*location, meridian), (runs,)))
        elif land := world.seen_from(meridian).main_land(row.country):
            named = value or row.country not in with_places
            label = tuple((run,) for run in runs) if named else ()
            subjects.append(Subject(world.centroid(land), label, world.around(land)))
    return subjects


def _value(row: ChartRow, data: ChartData, wording: Wording) -> str:
    """The number of a row, where all rows that have one have single ones."""
    if row.amount is None or any(one.amount and one.amount.is_range for one in data.rows):
        return ""
    return wording.amount(row.amount, data.type, data.unit)


def _layer(
    subjects: Sequence[Subject],
    frame: Frame,
    lettering: Lettering,
    labels: Sequence[Label | None],
    **attributes: str,
) -> str:
    """The dots, rings and labels for one width of the column."""
    unit = lettering.size / NARROW.size
    dots = (frame.at(one.place) for one in subjects if not one.land)
    rings = (frame.at(one.place) for one in subjects if one.is_tiny(frame))
    named = [(one.label, label) for one, label in zip(subjects, labels, strict=True) if label]
    body = {
        "leaders": "".join(_leader(label) for _, label in named),
        "rings": "".join(_circle(at, lettering.ring) for at in rings),
        "dots": "".join(_circle(at, lettering.dot) for at in dots),
        "labels": "".join(_text(lines, label, lettering.size) for lines, label in named),
    }
    soft, accent, paper = COLOURS["soft"], COLOURS["1"], COLOURS["paper"]
    looks: dict[str, dict[str, str | float]] = {
        "leaders": {"fill": "none", "stroke": soft, "stroke_width": 0.7 * unit},
        "rings": {"fill": "none", "stroke": accent, "stroke_width": unit},
        "dots": {"fill": accent, "stroke": paper, "stroke_width": 0.8 * unit},
        "labels": {
            "fill": COLOURS["ink"],
            "font_size": lettering.size,
            # Around the letters, so that they can be read on borders and coasts.
            "stroke": paper,
            "stroke_width": 2.5 * unit,
            "stroke_linejoin": "round",
            "paint_order": "stroke",
        },
    }
    groups = (
        tag("g", body[name], class_=f"map-{name}", **look)
        for name, look in looks.items()
        if body[name]
    )
    return tag("g", "".join(groups), class_=f"map-{lettering.name}", **attributes)


def _circle(at: Point, radius: float) -> str:
    return tag("circle", cx=round(at.x, 1), cy=round(at.y, 1), r=radius)


def _leader(label: Label) -> str:
    if label.leader is None:
        return ""
    x1, y1, x2, y2 = (round(value, 1) for value in label.leader)
    return tag("line", x1=x1, y1=y1, x2=x2, y2=y2)


def _text(lines: Lines, label: Label, size: float) -> str:
    """The lines of a label, the middle of which is where it stands."""
    step = map_labels.HEIGHT * size
    top = label.y - (len(lines) - 1) / 2 * step
    return "".join(
        tag(
            "text",
            " ".join(map(_run, runs)),
            x=round(label.x, 1),
            y=round(top + row * step, 1),
            dy=".35em",
            text_anchor=label.anchor,
        )
        for row, runs in enumerate(lines)
    )


def _run(run: Run) -> str:
    words = escape(run.words, quote=False)
    return tag("tspan", words, font_weight="600") if run.bold else words
