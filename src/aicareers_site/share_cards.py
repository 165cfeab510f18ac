"""Share cards: the pictures that stand for pages where they are shared.

An article has one unless its own lead picture does that; all other pages share the site's. What is
on a card is its whole value, so that it is drawn anew when one of these things changes and not
otherwise. How it is drawn knows :mod:`aicareers_site.share_card_drawing`.
"""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from aicareers_site.fingerprints import Keyed
from aicareers_site.paths import SETTINGS
from aicareers_site.typography import smarten

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from aicareers_site.records import Record
    from aicareers_site.site import Site

CARD_SIZE = (1200, 630)
"""Pixels: what Open Graph's users show whole."""

SITE_CARD = "/card.png"

FONTS = "static/fonts/"
_FONT_FORMATS = frozenset([".otf", ".ttf", ".woff", ".woff2"])


class ShareCard(NamedTuple):
    """What is on a card.

    ``kind`` and ``category`` are the article's, empty on the site's card; ``figure`` is a figure
    with what it counts. ``fonts`` are the theme's font files, the first of which is asked first.
    """

    site: str
    title: str
    fonts: Keyed[tuple[bytes, ...]]
    kind: str = ""
    category: str = ""
    figure: tuple[str, str] | None = None


class Place(NamedTuple):
    """A card with the source, and the field there, that give it its title."""

    card: ShareCard
    source: str
    field: str


def card_path(page: str) -> str:
    """The path of the card of the article at the path ``page``."""
    return f"{page}card.png"


def alternative(title: str, figure: tuple[str, str] | None) -> str:
    """What a card says, for those who do not see it."""
    return f"{title} – {' '.join(figure)}" if figure else title


def needs_card(record: Record) -> bool:
    """Whether the article has no picture of its own that can stand for it."""
    return record.picture is None or record.picture.files.shared is None


def fonts(files: Mapping[str, bytes]) -> Keyed[tuple[bytes, ...]]:
    """The theme's fonts, among the sources by path: those in static/fonts/, in order of name."""
    return Keyed(
        tuple(
            files[path]
            for path in sorted(files)
            if path.startswith(FONTS) and PurePosixPath(path).suffix in _FONT_FORMATS
        )
    )


def cards(site: Site, files: Mapping[str, bytes]) -> Iterator[tuple[str, Place]]:
    """All cards of the site, by path."""
    settings, faces = site.settings, fonts(files)
    name = smarten(settings.title)
    yield SITE_CARD, Place(ShareCard(name, smarten(settings.tagline), faces), SETTINGS, "tagline")
    for post in site.posts:
        record = post.record
        if needs_card(record):
            category = site.categories.terms[record.category].title
            card = ShareCard(name, record.title, faces, record.kind, category, record.lead_figure)
            yield card_path(record.path), Place(card, record.source, "title")
