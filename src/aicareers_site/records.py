"""What the rest of the site may know of an article, apart from its text.

Ten thousand of these are looked at in every build, so they hold what lists, links and other
articles' pages need, and nothing else. The text itself is one value, passed on unread.
"""

from __future__ import annotations

import pickle
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from aicareers_site.links import LinkedProse
from aicareers_site.pictures import Shown
from aicareers_site.urls import BLOG, HOME, published_path

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from aicareers_site.chart_data import Chart
    from aicareers_site.content_types import FrontMatter, PageFrontMatter
    from aicareers_site.links import Answer, Reference
    from aicareers_site.prose import Prose
    from aicareers_site.results import Body


class Illustration(NamedTuple):
    """A lead picture: the source path of its file, its alternative text and caption.

    ``shown`` is how pages show it, once its file has been read.
    """

    file: str
    alt: str
    caption: str | None
    shown: Shown | None = None

    @property
    def files(self) -> Shown:
        """Its files; a file that was not read is published as it is."""
        return self.shown or Shown(published_path(self.file))


class Record(NamedTuple):
    """An article as the site knows it.

    ``source`` is the path of its file, ``path`` that of its page. A page outside the blog has no
    ``date``. ``countries`` are the codes of those that it is about, ``profiled`` is that of a
    profile. ``ids`` are all ids on its page; ``references`` are the links to be answered.
    ``figures`` are the references of the figures that its texts print, ``charts`` what it draws,
    ``tables`` are the fields of its front matter that name data tables, with their references.
    ``lead_figure`` is the figure that the article is about, and what it says of it.
    """

    source: str
    kind: str
    slug: str
    path: str
    title: str
    description: str
    modified: datetime
    draft: bool
    aliases: tuple[str, ...]
    ids: tuple[str, ...]
    references: tuple[Reference, ...]
    date: datetime | None = None
    updated: datetime | None = None
    expires: datetime | None = None
    featured: bool = False
    category: str = ""
    tags: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    series: str = ""
    picture: Illustration | None = None
    lead_figure: tuple[str, str] | None = None
    countries: tuple[str, ...] = ()
    profiled: str = ""
    figures: tuple[str, ...] = ()
    charts: tuple[Chart, ...] = ()
    tables: tuple[tuple[str, str], ...] = ()

    @property
    def first_address(self) -> str:
        """The path at which it stood first: its oldest alias, in the blog for what is in the blog.

        What has come back to its first address names that among its aliases, before others.
        """
        area = HOME if self.date is None else BLOG
        return next((alias for alias in self.aliases if alias.startswith(area)), self.path)

    @property
    def earlier_addresses(self) -> tuple[tuple[int, str], ...]:
        """Its aliases, apart from the path that it has now, each with its place among them."""
        known = ("", self.path)  # of a faulty article, an alias may be empty
        return tuple((n, alias) for n, alias in enumerate(self.aliases) if alias not in known)

    @property
    def data_tables(self) -> tuple[str, ...]:
        """The ids of all data tables that the article shows something of."""
        return tables_of([*(name for _, name in self.tables), *self.figures], self.charts)


class Faulty(NamedTuple):
    """What can be read of an article whose front matter has errors: enough to look at its links,
    pictures and tables, and at others' links to it. It is never published.

    Its ``record`` has nothing, or None, where something cannot be read; its path is empty where
    that is not known.
    """

    record: Record


@dataclass(frozen=True, slots=True)
class Text:
    """An article's text, of which its own page and its entry in feeds are made.

    ``addresses`` answer the links of the prose as far as the article itself does.
    """

    source: str
    kind: str
    slug: str
    path: str
    front: FrontMatter | PageFrontMatter
    prose: Prose
    addresses: tuple[str, ...]

    def packed(self) -> bytes:
        """The text as bytes, for :meth:`of`."""
        return pickle.dumps(self, pickle.HIGHEST_PROTOCOL)

    @staticmethod
    def of(body: Body) -> Text:
        """The text that was packed into ``body``."""
        text: Text = pickle.loads(body.content())
        return text

    def linked(self, answers: Sequence[Answer]) -> LinkedProse:
        """The prose with all its addresses; ``answers`` are those of its references."""
        addresses: list[str | Shown] = [*self.addresses]
        for index, address in answers:
            addresses[index] = address
        return LinkedProse(self.prose, self.path, addresses)


def tables_of(figures: Iterable[str], charts: Iterable[Chart]) -> tuple[str, ...]:
    """The ids of the data tables of figures, by reference, and charts, in this order."""
    references = [*figures, *(chart.data.reference for chart in charts)]
    return tuple(dict.fromkeys(reference.partition(".")[0] for reference in references))
