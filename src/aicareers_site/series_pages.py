"""Series: the page of each, and what an article says of the one that it is a part of."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from aicareers_site.fingerprints import Keyed, series
from aicareers_site.listings import DIRECTORIES, list_meta
from aicareers_site.page_parts import Page, Parts, last_modified, place
from aicareers_site.site import in_order
from aicareers_site.structured_data import Part
from aicareers_site.view_parts import SeriesBox
from aicareers_site.views import SeriesView

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aicareers_site.records import Record
    from aicareers_site.site import Mention, Place, Site


class Membership(NamedTuple):
    """The place of a series, and those of all its parts in order, of which an article is the one
    with the ``number``, counted from 1.
    """

    series: Place
    number: int
    parts: Keyed[tuple[Place, ...]]

    @property
    def next(self) -> Place | None:
        """The part after this one."""
        places = self.parts.value
        return places[self.number] if self.number < len(places) else None


def membership(site: Site, record: Record) -> Membership | None:
    """Which part of which series the article is, if of any."""
    if not record.series:
        return None
    parts = site.parts[record.series]
    number = parts.value.index((record.title, record.path)) + 1
    return Membership(place(site.series.terms[record.series]), number, parts)


def series_box(parts: Parts, shown: Membership) -> SeriesBox:
    """What an article's page shows of its series."""
    return SeriesBox(
        parts.link(*shown.series),
        shown.number,
        parts.links(shown.parts.value),
        parts.link(*shown.next) if shown.next else None,
    )


def part_of(parts: Parts, shown: Membership) -> Part:
    """What search engines are told of it."""
    name, path = shown.series
    return Part(shown.number, name, parts.urls.url(path))


def series_pages(site: Site) -> Iterator[Page]:
    """The page of every series that has articles."""
    for term in site.series.terms.values():
        mentions = series(post.mention for post in in_order(term.posts))
        yield Page(
            term.path,
            "list",
            "series.html",
            series_view,
            (place(term), term.description, mentions),
            modified=last_modified(term.posts),
        )


def series_view(
    parts: Parts, where: Place, description: str, mentions: Keyed[tuple[Mention, ...]]
) -> SeriesView:
    """What the page of the series that is at ``where`` shows."""
    title, path = where
    heading, _ = DIRECTORIES["series"]
    feed = parts.term_feed(where)
    meta = list_meta(
        parts,
        f"{title}: all parts of the series",
        description,
        path,
        above=[(heading, "/series/")],
        name=title,
        items=[(mention.title, mention.path) for mention in mentions.value],
    )
    return SeriesView(replace(meta, feeds=(feed,)), title, description, parts.cards(mentions), feed)
