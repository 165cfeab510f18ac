"""What views show of pictures, and what catches the eye in place of one."""

from __future__ import annotations

from typing import NamedTuple


class Picture(NamedTuple):
    """An image with its alternative text.

    ``width`` and ``height`` are in pixels, 0 where not known. ``avif`` and ``webp`` list its files
    in these formats as the attribute ``srcset`` does; empty where there is one file alone.
    """

    href: str
    url: str
    alt: str
    caption: str | None = None
    width: int = 0
    height: int = 0
    avif: str = ""
    webp: str = ""


class ShareImage(NamedTuple):
    """The picture that stands for a page where it is shared, as Open Graph describes it: complete
    address, words for those who do not see it, size in pixels (0 where not known), media type.
    """

    url: str
    alt: str
    width: int
    height: int
    type: str


class KeyFigure(NamedTuple):
    """The figure that an article is about, in words: 60% of openings are for seniors."""

    value: str
    label: str
