"""Text in a drawing: how wide it is, and where its lines break.

A drawing is made where no font is, so that widths are estimates: those of Helvetica (Adobe's font
metrics, which Arial, Liberation Sans and others share), with a margin for a reader's own sans
serif. Lengths are in pixels.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

SIZE = 13.0
"""The size of text."""
LINE = 17.0
"""From one line of text to the next."""
SPACE = 5.0
"""At least as wide as a space."""

_MARGIN = 1.06
_BOLD = 1.07
_WIDTHS = {
    character: width
    for characters, width in (
        ("ijl'’|‘", 0.23),
        (" \u00a0\u202f!,.:;/\\[]ftI·", 0.28),
        ('r()-–`"{}“”*°', 0.36),
        ("cksvxyzJ", 0.5),
        ("w", 0.72),
        ("mM", 0.83),
        ("W%@&—…", 0.97),
    )
    for character in characters
}
_SMALL, _CAPITAL, _WIDE = 0.56, 0.72, 1.0
_FIRST_WIDE = "\u1100"  # Hangul Jamo; after it come the scripts of East Asia.


class Run(NamedTuple):
    """Words in one look. ``colour`` is a name in ``chart_svg.COLOURS``, empty for ink."""

    words: str
    bold: bool = False
    colour: str = ""


def width(words: str, *, bold: bool = False, size: float = SIZE) -> float:
    """About how wide ``words`` are on one line, rather more than less."""
    return sum(map(_width, words)) * size * _MARGIN * (_BOLD if bold else 1)


def _width(character: str) -> float:
    if character >= _FIRST_WIDE and character not in _WIDTHS:
        return _WIDE
    return _WIDTHS.get(character, _CAPITAL if character.isupper() else _SMALL)


def wrapped(words: str, room: float, *, bold: bool = False, size: float = SIZE) -> list[str]:
    """The lines of ``words``, none wider than ``room``; a longer word is broken."""

    def fits(line: str) -> bool:
        return width(line, bold=bold, size=size) <= room

    lines = [""]
    for word in words.split():
        rest = word
        while rest:
            longer = f"{lines[-1]} {rest}".lstrip()
            if fits(longer):
                lines[-1], rest = longer, ""
            elif lines[-1]:
                lines.append("")
            else:
                end = next((n for n in range(len(rest), 1, -1) if fits(rest[:n])), 1)
                lines[-1], rest = rest[:end], rest[end:]
                if rest:
                    lines.append("")
    return lines


def breadth(runs: Sequence[Run]) -> float:
    """How wide the runs are, one after the other."""
    gaps = SPACE * (len(runs) - 1)
    return gaps + sum(width(run.words, bold=run.bold) for run in runs)


def flowing(label: str, figures: Sequence[Run], room: float) -> list[list[Run]]:
    """The lines of a label with its figures behind it, on a line of their own if need be."""
    lines = [[Run(line)] for line in wrapped(label, room)] if label else [[]]
    if breadth([*lines[-1], *figures]) <= room:
        lines[-1].extend(figures)
    elif breadth(figures) <= room:
        lines.append(list(figures))
    else:
        lines += [
            [run._replace(words=line)]
            for run in figures
            for line in wrapped(run.words, room, bold=run.bold)
        ]
    return [line for line in lines if line]
