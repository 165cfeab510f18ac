"""Words broken into lines, by their widths alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Measure = Callable[[str], float]

ELLIPSIS = "…"


def balanced(words: Sequence[str], measure: Measure, room: float) -> list[str]:
    """The words in as few lines as ``room`` allows, all about equally long.

    ``measure`` tells the width of a text. A word that is wider than the room has a line to itself.
    """
    fewest = _filled(words, measure, room)
    widest = max((measure(line) for line in fewest), default=0.0)
    narrow, wide, best = 0.0, widest, fewest
    while wide - narrow > 1:
        middle = (narrow + wide) / 2
        lines = _filled(words, measure, middle)
        if len(lines) > len(fewest):
            narrow = middle
        else:
            wide, best = middle, lines
    return best


def cut(words: Sequence[str], measure: Measure, room: float, most: int) -> list[str]:
    """The words in at most ``most`` lines, the last of which ends in an ellipsis if words are
    left. Words that are wider than the room are broken anywhere.
    """
    pieces = [piece for word in words for piece in _broken(word, measure, room)]
    lines = _filled(pieces, measure, room)
    if len(lines) <= most:
        return lines
    last = lines[most - 1]
    while last and measure(f"{last}{ELLIPSIS}") > room:
        last = last[:-1].rstrip()
    return [*lines[: most - 1], f"{last}{ELLIPSIS}"]


def _filled(words: Sequence[str], measure: Measure, room: float) -> list[str]:
    """Each line as full as can be."""
    lines: list[str] = []
    for word in words:
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and measure(longer) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _broken(word: str, measure: Measure, room: float) -> list[str]:
    pieces = [""]
    for character in word:
        if pieces[-1] and measure(pieces[-1] + character) > room:
            pieces.append("")
        pieces[-1] += character
    return pieces
