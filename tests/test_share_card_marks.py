"""The marks on cards are the theme's."""

from __future__ import annotations

import re

import pytest

from aicareers_site.kinds import Kind
from aicareers_site.share_card_marks import ROUTE, SIGNS, Mark, dots, strokes
from tests.samples import PROJECT

MACROS = (PROJECT / "templates/_macros.html").read_text(encoding="utf-8")


def ends(path: str) -> list[tuple[float, float]]:
    """The points at which the commands of an SVG path end, without its curves' control points."""
    points: list[tuple[float, float]] = []
    x = y = 0.0
    for command, rest in re.findall(r"([MmLlHhVvSsCcAa])([^A-Za-z]*)", path):
        numbers = [float(found) for found in re.findall(r"-?(?:\d+\.?\d*|\.\d+)", rest)]
        size = {"h": 1, "v": 1, "s": 4, "c": 6, "a": 7}.get(command.lower(), 2)
        for start in range(0, len(numbers), size):
            end = numbers[start : start + size][-2:]
            origin = (x, y) if command.islower() else (0.0, 0.0)
            if command in "Hh":
                x = origin[0] + end[0]
            elif command in "Vv":
                y = (origin[1] if command == "v" else 0.0) + end[0]
            else:
                x, y = origin[0] + end[0], origin[1] + end[1]
            points.append((round(x, 3), round(y, 3)))
    return points


def circles(drawing: str) -> list[tuple[tuple[float, float], float]]:
    found = re.findall(r'<circle cx="([\d.]+)" cy="([\d.]+)" r="([\d.]+)"', drawing)
    return [((float(x), float(y)), float(r)) for x, y, r in found]


def drawn_in_template(name: str) -> str:
    (drawing,) = re.findall(rf'"{name}": sign\(\x27(.*?)\x27\)', MACROS)
    return str(drawing)


def test_the_sites_mark_is_that_of_the_templates() -> None:
    (drawing,) = re.findall(r'<svg class="mark".*?</svg>', MACROS)
    (path,) = re.findall(r' d="([^"]*)"', drawing)
    assert [*ROUTE.strokes[0]] == ends(path)
    assert [*ROUTE.dots] == circles(drawing)


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind is not Kind.PAGE])
def test_the_sign_of_each_kind_is_that_of_the_templates(kind: Kind) -> None:
    drawing, mark = drawn_in_template(kind.value), SIGNS[kind.value]
    (path,) = re.findall(r' d="([^"]*)"', drawing)
    points = {point for stroke in mark.strokes for point in stroke}
    assert set(ends(path)) <= points
    assert [*mark.dots] == circles(drawing)


@pytest.mark.parametrize("mark", [ROUTE, *SIGNS.values()])
def test_a_mark_is_drawn_in_its_box(mark: Mark) -> None:
    image = strokes(mark, 64)
    assert image.size == dots(mark, 64).size == (64, 64)
    assert image.getextrema() == (0, 255)


def test_a_stroke_is_as_wide_as_it_says() -> None:
    line = Mark(16, 4, (((2, 8), (14, 8)),))
    column = strokes(line, 16).crop((8, 0, 9, 16)).tobytes()
    assert sum(column) == pytest.approx(4 * 255, rel=0.1)
    assert column[7:9] == b"\xff\xff"


def test_a_stroke_ends_round() -> None:
    line = Mark(16, 8, (((6, 8), (10, 8)),))
    image = strokes(line, 64)
    assert image.getpixel((10, 32)) == 255
    assert image.getpixel((9, 17)) == 0
