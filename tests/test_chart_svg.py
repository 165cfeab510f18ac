"""What drawings are made of; and the theme's colours in them, by rules that can be computed."""

from __future__ import annotations

import math
import re
from itertools import combinations

import pytest

from aicareers_site.chart_svg import COLOURS, SERIES, number, tag, text
from aicareers_site.chart_text import Run
from tests.samples import PROJECT

# Machado, Oliveira and Fernandes, "A Physiologically-based Model for Simulation of Color Vision
# Deficiency" (2009), severity 1, for linear RGB.
VISIONS = {
    "normal": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
TOKENS = re.compile(r"--([\w-]+): (#[0-9a-f]{6});")
STYLESHEET = (PROJECT / "static/site.css").read_text(encoding="utf-8")
LIGHT, DARK = (
    dict(TOKENS.findall(part))
    for part in STYLESHEET.split("@layer tokens {")[1]
    .split("@layer base {")[0]
    .split("(prefers-color-scheme: dark)")
)


def colours_of_series(tokens: dict[str, str]) -> list[str]:
    return [tokens["accent"], *(tokens[f"chart-{n}"] for n in range(2, SERIES + 1))]


def linear(colour: str) -> tuple[float, ...]:
    """The colour in linear light (IEC 61966-2-1)."""
    parts = (int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5))
    return tuple(p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)


def contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2.2."""
    lights = [
        0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05
        for red, green, blue in map(linear, (one, other))
    ]
    return max(lights) / min(lights)


def seen(colour: str, vision: str) -> tuple[float, ...]:
    """The colour in Oklab (Ottosson, 2020), as eyes of this vision see it."""
    light = linear(colour)
    red, green, blue = (
        min(1, max(0, sum(a * b for a, b in zip(row, light, strict=True))))
        for row in VISIONS[vision]
    )
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    medium = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    return (
        0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short,
    )


def test_a_file_has_the_colours_of_the_light_theme() -> None:
    names = ("ink", "soft", "rule", "paper")
    theme = {name: LIGHT[name] for name in names}
    theme |= {str(n): colour for n, colour in enumerate(colours_of_series(LIGHT), 1)}
    assert theme == COLOURS


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("ground", ["paper", "tint"])
def test_marks_have_three_times_the_light_of_the_ground_or_a_third(
    tokens: dict[str, str], ground: str
) -> None:
    """WCAG 2.2, 1.4.11."""
    colours = colours_of_series(tokens)
    assert [c for c in colours if contrast(c, tokens[ground]) < 3] == []


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("vision", VISIONS)
def test_series_differ_for_colour_blind_readers(tokens: dict[str, str], vision: str) -> None:
    """A distance of 0.02 in Oklab can just be seen."""
    alike = [
        (one, other)
        for one, other in combinations(colours_of_series(tokens), 2)
        if math.dist(seen(one, vision), seen(other, vision)) < 0.08
    ]
    assert alike == []


@pytest.mark.parametrize(
    ("value", "written"),
    [(12.0, "12"), (12.5, "12.5"), (12.345, "12.35"), (100, "100"), (-0.001, "0"), (-3.5, "-3.5")],
)
def test_coordinates_have_two_decimals_at_most(value: float, written: str) -> None:
    assert number(value) == written


def test_attributes_are_written_as_svg_names_them() -> None:
    assert tag("g", "x", class_="a", stroke_width=1.5, viewBox='"0"') == (
        '<g class="a" stroke-width="1.5" viewBox="&quot;0&quot;">x</g>'
    )
    assert tag("path", d="M0 0") == '<path d="M0 0"/>'


def test_words_are_escaped() -> None:
    assert text("50%", 13, "R&D <b>", anchor="end", dx=-6) == (
        '<text x="50%" y="13" dx="-6" text-anchor="end">R&amp;D &lt;b&gt;</text>'
    )


def test_a_line_can_have_several_looks() -> None:
    assert text(0, 13, [Run("Remote"), Run("39%", bold=True)]) == (
        '<text x="0" y="13">Remote <tspan font-weight="600">39%</tspan></text>'
    )
