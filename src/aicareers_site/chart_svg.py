"""The parts of a drawing in SVG, and the frame around it.

On a page a drawing is as wide as its column, and its text stays as large as text around it: it has
no ``viewBox``, heights are in pixels, and places from left to right are percentages of the width
between its margins. A drawing is laid out for a column of ``NARROW`` pixels; in a wider one there
is only more room. As a file it is ``FILE_WIDTH`` pixels wide and has a ``viewBox``.

Attributes hold the colours of the light theme; the theme's classes replace them on a page, so that
no style is needed in the drawing.
"""

from __future__ import annotations

from html import escape
from math import ceil
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from aicareers_site.chart_text import LINE, SIZE, Run, wrapped

if TYPE_CHECKING:
    from collections.abc import Sequence

NARROW = 288.0
"""The narrowest column, on a telephone 320 pixels wide."""
FILE_WIDTH = 400.0
_MARGIN = 20.0
FILE_ROOM = FILE_WIDTH - 2 * _MARGIN
"""How wide a drawing is in a file."""
COLOURS = {
    "ink": "#16231c",
    "soft": "#4c5a51",
    "rule": "#cdd5c9",
    "paper": "#f8f8f2",
    "1": "#ad400c",
    "2": "#0e2f1d",
    "3": "#1d5b82",
    "4": "#66234e",
    "5": "#ac7c03",
    "6": "#8370c4",
}
"""The light theme's colours: ``--ink`` and so on, and from 1 on ``--chart-1`` and so on."""
SERIES = len([name for name in COLOURS if name.isdigit()])

_TITLE = 17.0
_FONTS = "Helvetica, Arial, Liberation Sans, sans-serif"
_CAUTION = 0.9
"""So much of a line is used where the reader may have none of these fonts."""
_STEP = 16
Length: TypeAlias = float | str
"""Pixels, or a string with a percentage of the width."""


class Drawing(NamedTuple):
    """The marks of a chart, how high they are, and the margins that only text reaches into.

    In pixels; percentages in the marks are of the width between the margins.
    """

    height: float
    marks: str
    left: int = 0
    right: int = 0


class Caption(NamedTuple):
    """What is said of a drawing: ``id`` is the chart's, ``origin`` the source and the date."""

    id: str
    title: str
    description: str
    origin: str


def number(value: float) -> str:
    """A coordinate, with at most two decimals."""
    written = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if written == "-0" else written


def margin(needed: float) -> int:
    """A margin of at least so many pixels, for which the stylesheet has a class."""
    return ceil(needed / _STEP) * _STEP


def percent(value: float) -> str:
    """A percentage of the width."""
    return f"{number(value)}%"


def share_of_narrow(pixels: float) -> float:
    """So many pixels as a percentage of the narrowest column: enough of any wider one."""
    return pixels / NARROW * 100


def tag(name: str, body: str = "", **attributes: Length) -> str:
    """An element; ``stroke_width`` is written ``stroke-width``, and ``class_`` is ``class``."""
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="'
        f'{escape(value) if isinstance(value, str) else number(value)}"'
        for key, value in attributes.items()
    )
    return f"<{name}{written}>{body}</{name}>" if body else f"<{name}{written}/>"


def filled(colour: str, body: str) -> str:
    """``body``, its areas in the colour of this name."""
    if not body:
        return ""
    return tag("g", body, class_=f"chart-{colour}", color=COLOURS[colour], fill="currentColor")


def drawn_in(colour: str, body: str, width: float = 1, **attributes: Length) -> str:
    """``body``, its lines in the colour of this name and so wide."""
    if not body:
        return ""
    return tag(
        "g",
        body,
        class_=f"chart-{colour}",
        color=COLOURS[colour],
        fill="none",
        stroke="currentColor",
        stroke_width=width,
        **attributes,
    )


def bar(start: float, end: float, top: float, height: float) -> str:
    """A bar from ``start`` to ``end`` per cent of the width."""
    return tag("rect", x=percent(start), y=top, width=percent(end - start), height=height)


def hatched(chart_id: str, body: str) -> str:
    """``body``, its areas hatched, for the rest of a whole; at most once in a drawing."""
    stripe = drawn_in("soft", tag("path", d="M2 0v6"), 1.5)
    pattern = tag(
        "pattern",
        stripe,
        id=f"{chart_id}:rest",
        width=6,
        height=6,
        patternUnits="userSpaceOnUse",
        patternTransform="rotate(45)",
    )
    return pattern + drawn_in("soft", tag("g", body, fill=f"url(#{chart_id}:rest)"))


def line(x1: Length, y1: float, x2: Length, y2: float) -> str:
    """A straight line."""
    return tag("line", x1=x1, y1=y1, x2=x2, y2=y2)


def text(
    x: Length, y: float, runs: str | Sequence[Run], *, anchor: str = "start", dx: float = 0
) -> str:
    """A line of text whose base line is at ``y``, ``dx`` pixels right of ``x``."""
    if isinstance(runs, str):
        runs = [Run(runs)]
    attributes: dict[str, Length] = {"x": x, "y": y}
    if dx:
        attributes["dx"] = dx
    if anchor != "start":
        attributes["text_anchor"] = anchor
    return tag("text", " ".join(map(_run, runs)), **attributes)


def _run(run: Run) -> str:
    look: dict[str, Length] = {}
    if run.bold:
        look["font_weight"] = "600"
    if run.colour:
        look |= {"class_": f"chart-{run.colour}", "color": COLOURS[run.colour]}
        look["fill"] = "currentColor"
    words = escape(run.words, quote=False)
    return tag("tspan", words, **look) if look else words


def lines_of_text(
    x: Length,
    top: float,
    lines: Sequence[str | Sequence[Run]],
    *,
    anchor: str = "start",
    dx: float = 0,
) -> str:
    """Lines of text from ``top`` downwards."""
    return "".join(
        text(x, top + LINE * row + SIZE, runs, anchor=anchor, dx=dx)
        for row, runs in enumerate(lines)
    )


def with_words(above: str, drawing: Drawing, below: str) -> Drawing:
    """The drawing between two pieces of text, each of which may be empty."""
    first, last = wrapped(above, NARROW), wrapped(below, NARROW)
    top = len(first) * LINE + 8 if above else 0.0
    bottom = top + drawing.height
    marks = tag("g", drawing.marks, transform=f"translate(0 {number(top)})")
    if above:
        marks = filled("soft", lines_of_text(-drawing.left, 0, first)) + marks
    if below:
        marks += filled("soft", lines_of_text(-drawing.left, bottom + 4, last))
        bottom += len(last) * LINE + 4
    return drawing._replace(height=bottom, marks=marks)


def on_page(caption: Caption, drawing: Drawing) -> str:
    """The element as it stands on a page, where the stylesheet gives it its margins."""
    sides = {"left": drawing.left, "right": drawing.right}
    margins = "".join(f" chart-{side}-{pixels}" for side, pixels in sides.items() if pixels)
    return _svg(caption, drawing.marks, margins, width="100%", height=drawing.height)


def wordless(marks: str, height: float) -> str:
    """An element for a page where the words stand beside it: hidden from screen readers."""
    return tag(
        "svg",
        marks,
        class_="chart-drawing chart-ink",
        width="100%",
        height=height,
        aria_hidden="true",
        focusable="false",
        fill="currentColor",
        font_size=SIZE,
    )


def as_file(caption: Caption, drawing: Drawing) -> str:
    """The element as a file: with its title above and its origin below."""
    title = wrapped(caption.title, FILE_ROOM * _CAUTION, bold=True, size=_TITLE)
    origin = wrapped(caption.origin, FILE_ROOM * _CAUTION)
    top = _MARGIN + len(title) * 22 + 6
    bottom = top + drawing.height + 10
    heading = "".join(
        tag("text", escape(words, quote=False), x=_MARGIN, y=_MARGIN + 16 + 22 * row)
        for row, words in enumerate(title)
    )
    marks = [
        filled("paper", tag("rect", width="100%", height="100%")),
        tag("g", heading, font_weight="600", font_size=_TITLE),
        tag(
            "svg",
            drawing.marks,
            x=_MARGIN + drawing.left,
            y=top,
            width=FILE_ROOM - drawing.left - drawing.right,
            height=drawing.height,
            overflow="visible",
        ),
        filled("soft", lines_of_text(_MARGIN, bottom, origin)),
    ]
    height = bottom + len(origin) * LINE + _MARGIN
    view = f"0 0 {number(FILE_WIDTH)} {number(height)}"
    return _svg(caption, "".join(marks), width=FILE_WIDTH, height=height, viewBox=view)


def _svg(caption: Caption, marks: str, margins: str = "", **attributes: Length) -> str:
    names = f"{caption.id}:title", f"{caption.id}:desc"
    body = [
        tag("title", escape(caption.title, quote=False), id=names[0]),
        tag("desc", escape(caption.description, quote=False), id=names[1]),
        marks,
    ]
    return tag(
        "svg",
        "".join(body),
        xmlns="http://www.w3.org/2000/svg",
        class_=f"chart-drawing chart-ink{margins}",
        **attributes,
        role="img",
        aria_labelledby=" ".join(names),
        color=COLOURS["ink"],
        fill="currentColor",
        font_family=_FONTS,
        font_size=SIZE,
    )
