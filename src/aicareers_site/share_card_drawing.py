"""Share cards, drawn: the theme's colours, type and marks on 1200 by 630 pixels.

A card is a PNG with a palette: the ground, and for each ink the steps from the ground to it. So it
needs no search for colours, and the same card gives the same bytes.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

from PIL import Image, ImageColor, ImageDraw

from aicareers_site.line_breaking import ELLIPSIS, balanced, cut
from aicareers_site.results import Made
from aicareers_site.share_card_marks import ROUTE, SIGNS, dots, strokes
from aicareers_site.share_card_type import printable, type_of
from aicareers_site.share_cards import CARD_SIZE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aicareers_site.share_card_type import Type
    from aicareers_site.share_cards import ShareCard

GROUND, WORDS, SOFT, ACCENT = "#17362b", "#f1f4ea", "#b9cabd", "#f5a06a"
"""The theme's --deep, --on-deep, --on-deep-soft and --on-deep-accent."""

TRACE = "#1e4336"
"""The large mark behind the words, which nobody needs to see."""

_INKS = (TRACE, WORDS, SOFT, ACCENT)
_STEPS = 15
"""Shades between the ground and an ink."""

_LEFT, _RIGHT = 80, 1120
_ROOM = _RIGHT - _LEFT
_TOP, _CATEGORY = 152, 46
"""How far down the category is, or else the title, and how much room the category takes."""

_RULE, _BASE = 424, 568
"""How far down the rule above the figure is, and the last base line."""

_REGULAR, _BOLD = 500, 640
_TITLE_SIZES = (96, 88, 80, 72, 64, 58, 52, 46, 40)
_TITLE_LINES = 4
_NAME_SIZES = (34, 28)
_LABEL_SIZES = (34, 30, 26)
_FIGURE_SIZES = (148, 128, 104, 88, 72, 60)
_LABEL_ROOM = 520
_SIDE_BY_SIDE = 104
"""The smallest size of a figure that has its label beside it, not below."""


class _Setting(NamedTuple):
    """Lines of text in a style, and the pixels from one base line to the next."""

    lines: Sequence[str]
    style: Type
    leading: int


class _Sheet:
    """The card while it is drawn: how much of each ink lies on each pixel."""

    def __init__(self) -> None:
        self._inks = {ink: Image.new("L", CARD_SIZE) for ink in _INKS}
        self._pencils = {ink: ImageDraw.Draw(layer) for ink, layer in self._inks.items()}

    def text(self, left: float, base: float, setting: _Setting, ink: str) -> None:
        """Lines of text, the first on the base line ``base``."""
        for number, line in enumerate(setting.lines):
            down = base + number * setting.leading
            setting.style.draw(self._pencils[ink], left, down, line)

    def rule(self, top: int, height: int) -> None:
        """A line from margin to margin."""
        self._pencils[WORDS].rectangle((_LEFT, top, _RIGHT - 1, top + height - 1), fill=255)

    def stamp(self, left: int, top: int, shape: Image.Image, ink: str) -> None:
        """A shape, as coverage."""
        self._inks[ink].paste(255, (left, top), shape)

    def png(self) -> bytes:
        """The card as PNG (W3C Portable Network Graphics, third edition)."""
        canvas = Image.new("P", CARD_SIZE)
        palette = [*ImageColor.getrgb(GROUND)]
        steps = [round(value * _STEPS / 255) for value in range(256)]
        for number, (ink, layer) in enumerate(self._inks.items()):
            palette += _shades(ink)
            shades = layer.point([step and number * _STEPS + step for step in steps])
            canvas.paste(shades, (0, 0), layer.point([255 if step else 0 for step in steps]))
        canvas.putpalette(palette)
        written = BytesIO()
        canvas.save(written, "PNG", compress_level=6)
        return written.getvalue()


def _shades(ink: str) -> list[int]:
    """The colours from the ground, which is not among them, to the ink."""
    ends = list(zip(ImageColor.getrgb(GROUND), ImageColor.getrgb(ink), strict=True))
    return [
        round(start + (end - start) * step / _STEPS)
        for step in range(1, _STEPS + 1)
        for start, end in ends
    ]


def drawn(card: ShareCard) -> Made[str]:
    """The card as PNG; the head names the characters of its title that no font can print."""
    title, category, lost = _words(card)
    sheet = _Sheet()
    _draw_name(sheet, card)
    if figure := _figure(card):
        _draw_figure(sheet, card, *figure)
    else:
        sheet.stamp(790, 262, strokes(ROUTE, 460), TRACE)
    if category:
        _draw_category(sheet, card, category, _TOP)
    top, setting = _title(card, title, category)
    sheet.text(_LEFT, top + setting.leading - 6, setting, WORDS)
    return Made(lost, sheet.png())


def cut_title(card: ShareCard) -> Made[str]:
    """What is left of the title where the card has no room for all of it; else nothing."""
    title, category, _ = _words(card)
    _, setting = _title(card, title, category)
    shown = " ".join(setting.lines)
    return Made(shown if shown.endswith(ELLIPSIS) and not title.endswith(ELLIPSIS) else "")


def _words(card: ShareCard) -> tuple[str, str, str]:
    """Title and category as they can be printed, and what of the title cannot."""
    title, lost = printable(card.title, type_of(card.fonts, _TITLE_SIZES[0], _REGULAR))
    category, _ = printable(card.category, type_of(card.fonts, _LABEL_SIZES[0], _BOLD))
    # Something must stand there.
    return (title, category, lost) if title else (category, "", lost)


def _figure(card: ShareCard) -> tuple[str, str] | None:
    """The figure and its label as they can be printed; None where there is none."""
    if card.figure is None:
        return None
    value, _ = printable(card.figure[0], type_of(card.fonts, _FIGURE_SIZES[0], _REGULAR))
    label, _ = printable(card.figure[1], type_of(card.fonts, _LABEL_SIZES[0], _REGULAR))
    return (value, label) if value else None


def _title(card: ShareCard, title: str, category: str) -> tuple[int, _Setting]:
    """How far down the title begins, and its lines."""
    top = _TOP + _CATEGORY if category else _TOP
    bottom = _RULE - 30 if _figure(card) else _BASE
    return top, _in_lines(card, title, bottom - top)


def _draw_name(sheet: _Sheet, card: ShareCard) -> None:
    """The site's mark and name."""
    sheet.stamp(_LEFT - 4, 60, strokes(ROUTE, 52), WORDS)
    sheet.stamp(_LEFT - 4, 60, dots(ROUTE, 52), ACCENT)
    name, _ = printable(card.site, type_of(card.fonts, _NAME_SIZES[0], _BOLD))
    sheet.text(_LEFT + 64, 98, _in_line(card, name, _NAME_SIZES, _BOLD, _ROOM - 64), WORDS)


def _draw_category(sheet: _Sheet, card: ShareCard, name: str, top: int) -> None:
    """The category in words, behind its sign."""
    left = _LEFT
    if sign := SIGNS.get(card.kind):
        sheet.stamp(left, top, strokes(sign, 30), ACCENT)
        sheet.stamp(left, top, dots(sign, 30), ACCENT)
        left += 44
    sheet.text(left, top + 26, _in_line(card, name, _LABEL_SIZES, _BOLD, _RIGHT - left), ACCENT)


def _draw_figure(sheet: _Sheet, card: ShareCard, value: str, label: str) -> None:
    """The figure, large, with what it counts."""
    sheet.rule(_RULE, 4)
    sheet.rule(_RULE + 7, 1)
    large = _in_line(card, value, _FIGURE_SIZES, _REGULAR, _ROOM // 2)
    width = large.style.width(large.lines[0])
    if large.leading >= _SIDE_BY_SIDE:
        style, left = type_of(card.fonts, _LABEL_SIZES[0], _REGULAR), _LEFT + width + 40
        room = min(_LABEL_ROOM, _RIGHT - left)
        lines = balanced(label.split(), style.width, room)
        if len(lines) > 3 or max(map(style.width, lines), default=0) > room:
            lines = cut(label.split(), style.width, room, 3)
        small = _Setting(lines, style, 44)
        sheet.text(left, _BASE - 44 * (len(lines) - 1), small, SOFT)
        sheet.text(_LEFT, _BASE, large, ACCENT)
        return
    large = _in_line(card, value, _FIGURE_SIZES[3:], _REGULAR, _ROOM)
    sheet.text(_LEFT, _BASE - 56, large, ACCENT)
    sheet.text(_LEFT, _BASE, _in_line(card, label, _LABEL_SIZES, _REGULAR, _ROOM), SOFT)


def _in_lines(card: ShareCard, text: str, height: int) -> _Setting:
    """The title in the largest size in which it fits into ``height``; cut where it fits in none."""
    words = text.split()
    for size in _TITLE_SIZES:
        style, leading = type_of(card.fonts, size, _REGULAR), round(size * 1.12)
        most = min(_TITLE_LINES, height // leading)
        lines = balanced(words, style.width, _ROOM)
        if len(lines) <= most and max(map(style.width, lines), default=0) <= _ROOM:
            return _Setting(lines, style, leading)
    return _Setting(cut(words, style.width, _ROOM, most), style, leading)


def _in_line(
    card: ShareCard, text: str, sizes: Sequence[int], weight: int, room: float
) -> _Setting:
    """The text on one line, in the largest of the sizes in which it fits, or cut."""
    for size in sizes:
        style = type_of(card.fonts, size, weight)
        if style.width(text) <= room:
            return _Setting([text], style, size)
    return _Setting(cut(text.split(), style.width, room, 1) or [""], style, size)
