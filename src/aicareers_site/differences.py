"""How two states of a site differ: pages, figures, feeds, redirects, files.

What many pages have in common is told once. A figure is told once, too, with every page that shows
it; so the pages that only list or link to one that has come, gone or moved.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

from aicareers_site.feed_differences import EntryChange, entry_changes
from aicareers_site.figure_differences import FigureChange, Figures
from aicareers_site.page_facts import Fact, Kind, facts, words_changed
from aicareers_site.site_abstract import site_path
from aicareers_site.urls import output_path

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from aicareers_site.page_abstract import PageAbstract
    from aicareers_site.site_abstract import SiteAbstract

ALIKE = 0.5
"""The share of its words that a page keeps when it moves to another address."""

SEARCH_FILES = "pagefind/"

_READ = frozenset([Kind.TITLE, Kind.DESCRIPTION, Kind.HEADING, Kind.TEXT])
_TOO_MANY = 50
"""So many pages with the same block, and it tells none of them from others."""

_ENOUGH_WORDS = 4
"""So many words make a block that tells one page from others."""


class Added(NamedTuple):
    """A page that is new."""

    path: str
    title: str


class Removed(NamedTuple):
    """A page that is gone; ``redirect`` is where its address leads now, empty for nowhere."""

    path: str
    title: str
    redirect: str


class Moved(NamedTuple):
    """A page at another address; ``redirected`` tells that the old one leads to it."""

    old: str
    new: str
    title: str
    redirected: bool


class Changed(NamedTuple):
    """A page with what has changed on it alone.

    ``words`` of its ``total`` number stand in paragraphs, headings and cells that have changed.
    """

    path: str
    title: str
    facts: tuple[Fact, ...]
    words: int
    total: int


class Shared(NamedTuple):
    """A fact and all the pages on which it is one."""

    fact: Fact
    pages: tuple[str, ...]


class Redirect(NamedTuple):
    """An address that leads elsewhere; ``old`` or ``new`` is empty where it came or went."""

    path: str
    old: str
    new: str


class Files(NamedTuple):
    """Other files that came, went or changed, by path; those of the search index are counted."""

    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    search: int = 0

    def __bool__(self) -> bool:
        return any(self)


class Differences(NamedTuple):
    """All that differs. ``base_urls`` are given where the site's address does.

    ``listing`` are the pages on which nothing has changed but that they list or link to others that
    came, went, moved or have another title; ``pages`` is how many pages the new site has.
    """

    base_urls: tuple[str, str] | None
    added: tuple[Added, ...]
    removed: tuple[Removed, ...]
    moved: tuple[Moved, ...]
    changed: tuple[Changed, ...]
    shared: tuple[Shared, ...]
    figures: tuple[FigureChange, ...]
    listing: tuple[str, ...]
    redirects: tuple[Redirect, ...]
    entries: tuple[EntryChange, ...]
    files: Files
    pages: int

    def __bool__(self) -> bool:
        return any(self[:-1])


def compare(old: SiteAbstract, new: SiteAbstract) -> Differences:
    """How the ``new`` site differs from the ``old`` one."""
    before, after = _content(old), _content(new)
    leads_before, leads_after = _redirects(old), _redirects(new)
    gone, come = before.keys() - after.keys(), after.keys() - before.keys()
    moves = _moves(_only(before, gone), _only(after, come), leads_after)
    came_from = {moves.get(path, path): path for path in before}
    figures = Figures(old.data, new.data)
    pairs = {
        path: (came_from[path], before[came_from[path]], page)
        for path, page in after.items()
        if path in came_from
        if path != came_from[path] or _digest(old, path) != _digest(new, path)
    }
    arrived, left = come - set(moves.values()), gone - moves.keys()
    base_urls = (old.base_url, new.base_url)
    news = _News(pairs, _only(before, left), _only(after, arrived), figures, base_urls)
    entries = tuple(entry_changes(old.feeds, new.feeds))
    told = {feed for entry in entries for feed in entry.feeds} | news.assets()
    return Differences(
        None if old.base_url == new.base_url else base_urls,
        tuple(Added(path, after[path].title) for path in sorted(arrived)),
        tuple(
            Removed(path, before[path].title, leads_after.get(path, "")) for path in sorted(left)
        ),
        tuple(
            Moved(path, moves[path], after[moves[path]].title, leads_after.get(path) == moves[path])
            for path in sorted(moves)
        ),
        news.changed(),
        news.shared(),
        figures.changes(),
        tuple(news.listing),
        tuple(_led(leads_before, leads_after, {*moves, *gone})),
        entries,
        _files(old, new, told, figures.tables),
        len(after),
    )


def _content(site: SiteAbstract) -> dict[str, PageAbstract]:
    return {path: page for path, page in site.pages.items() if not page.redirect}


def _only(pages: Mapping[str, PageAbstract], paths: Iterable[str]) -> dict[str, PageAbstract]:
    return {path: pages[path] for path in sorted(paths)}


def _redirects(site: SiteAbstract) -> dict[str, str]:
    return {path: page.redirect for path, page in site.pages.items() if page.redirect}


def _digest(site: SiteAbstract, path: str) -> str | None:
    return site.files.get(output_path(path))


def _led(
    before: Mapping[str, str], after: Mapping[str, str], told: Iterable[str]
) -> Iterator[Redirect]:
    """Redirects that changed, but for those that are told with the page that they stand for."""
    for path in sorted({*before, *after} - set(told)):
        if before.get(path) != after.get(path):
            yield Redirect(path, before.get(path, ""), after.get(path, ""))


def _moves(
    gone: Mapping[str, PageAbstract], come: Mapping[str, PageAbstract], leads: Mapping[str, str]
) -> dict[str, str]:
    """New addresses by old ones: where the old one leads, or most of the words are the same."""
    moves = {path: leads[path] for path in sorted(gone) if leads.get(path) in come}
    holders: defaultdict[str, list[str]] = defaultdict(list)
    for path in sorted(gone.keys() - moves.keys()):
        for key in {block.key for block in gone[path].blocks if block.words >= _ENOUGH_WORDS}:
            holders[key].append(path)
    found = []
    for path in sorted(come.keys() - set(moves.values())):
        common: Counter[str] = Counter()
        for key, words in {(b.key, b.words) for b in come[path].blocks}:
            if len(holders.get(key, ())) < _TOO_MANY:
                common.update(dict.fromkeys(holders.get(key, ()), words))
        for other, words in common.items():
            share = words / max(gone[other].words, come[path].words)
            found.append((-share, other, path))
    for share, other, path in sorted(found):
        if -share >= ALIKE and other not in moves and path not in moves.values():
            moves[other] = path
    return moves


class _News:
    """Sorts the facts of pages: those of one page, of many, and those told in another way.

    ``pairs`` are the pages to compare, by their new paths: the old path, the old and the new page.
    """

    def __init__(
        self,
        pairs: Mapping[str, tuple[str, PageAbstract, PageAbstract]],
        gone: Mapping[str, PageAbstract],
        come: Mapping[str, PageAbstract],
        figures: Figures,
        base_urls: tuple[str, str],
    ) -> None:
        self.listing: list[str] = []
        self._pairs = pairs
        self._figures = figures
        moved = {path: old for path, (old, *_) in pairs.items() if path != old}
        self._told_links = {*gone, *come, *moved, *moved.values()}
        self._told_texts = {
            text
            for page in (*gone.values(), *come.values())
            for text in (page.title, page.description)
            if text
        }
        self._renamed = {
            was: is_
            for _, old, new in pairs.values()
            for was, is_ in ((old.title, new.title), (old.description, new.description))
            if was and was != is_
        }
        sites = {(old.site, new.site) for _, old, new in pairs.values()}
        self._everywhere = [
            (was, is_) for was, is_ in (*sorted(sites), base_urls) if was and is_ and was != is_
        ]
        self._pages: dict[Fact, dict[str, Fact]] = {}
        for path in sorted(pairs):
            self._take(path)

    def _take(self, path: str) -> None:
        """Sort the facts of the page at ``path``."""
        before, old, new = self._pairs[path]
        found = facts(old, new)
        untold = 0
        for fact in found:
            explained = self._figures.explain(fact, path)
            if self._is_told(fact) or self._is_move(fact, before, path):
                continue
            untold += 1
            if not explained:
                # A heading here may be a plain line there.
                key = fact._replace(kind=Kind.TEXT) if fact.kind is Kind.HEADING else fact
                self._pages.setdefault(key, {})[path] = fact
        if not untold and before == path:
            self.listing.append(path)

    def _is_told(self, fact: Fact) -> bool:
        """Whether the fact only says that another page came, went, moved or has another title, or
        that the site has another name or address.
        """
        if fact.kind is Kind.LINK:
            return (fact.old or fact.new).partition("#")[0] in self._told_links
        if fact.kind not in _READ:
            return False
        if any(fact.old.replace(*names) == fact.new for names in self._everywhere):
            return True
        if fact.kind not in {Kind.TEXT, Kind.HEADING}:
            return False
        if not (fact.old and fact.new):
            return any(text in fact.old or text in fact.new for text in self._told_texts)
        if fact.old in self._told_texts or fact.new in self._told_texts:
            return True
        names = [was for was, is_ in self._renamed.items() if was in fact.old and is_ in fact.new]
        if not names:
            return False
        # The longest first, since one may begin another, and all at once.
        any_name = re.compile("|".join(map(re.escape, sorted(names, key=len, reverse=True))))
        return any_name.sub(lambda name: self._renamed[name[0]], fact.old) == fact.new

    def _is_move(self, fact: Fact, before: str, path: str) -> bool:
        """Whether the fact only says that its page is at another address."""
        if before == path:
            return False
        if fact.kind is Kind.LINK:
            slugs = [place.strip("/").rpartition("/")[2] for place in (before, path)]
            return any(slug in (fact.old or fact.new).partition("#")[2] for slug in slugs)
        return fact.old.replace(before, path) == fact.new

    def assets(self) -> set[str]:
        """The paths of files whose names have changed on pages."""
        facts = [fact for fact in self._pages if fact.kind is Kind.ASSET]
        return {path for fact in facts for path in (fact.old, fact.new)}

    def changed(self) -> tuple[Changed, ...]:
        """The pages with what has changed on each of them alone."""
        alone: defaultdict[str, list[Fact]] = defaultdict(list)
        for found in self._pages.values():
            if len(found) == 1:
                ((path, fact),) = found.items()
                alone[path].append(fact)
        pairs = {path: self._pairs[path][1:] for path in sorted(alone)}
        return tuple(
            Changed(
                path,
                new.title,
                tuple(alone[path]),
                words_changed(old, new),
                max(old.words, new.words),
            )
            for path, (old, new) in pairs.items()
        )

    def shared(self) -> tuple[Shared, ...]:
        """What has changed on several pages in the same way, the most frequent first."""
        found = [Shared(fact, tuple(at)) for fact, at in self._pages.items() if len(at) > 1]
        return tuple(sorted(found, key=lambda one: (-len(one.pages), one.fact)))


def _files(
    old: SiteAbstract, new: SiteAbstract, paths: Iterable[str], tables: Iterable[str]
) -> Files:
    """Files of which nothing else has been told: all but those at ``paths``, and of ``tables``."""
    told = {path[1:] for path in paths}
    pages = {*old.pages, *new.pages}
    told |= {f"data/{table}.{form}" for table in tables for form in ("csv", "json")}

    def others(site: SiteAbstract) -> dict[str, str]:
        return {
            path: one
            for path, one in site.files.items()
            if path not in told and site_path(path) not in pages
        }

    before, after = others(old), others(new)
    come, gone = after.keys() - before.keys(), before.keys() - after.keys()
    changed = {path for path in before.keys() & after.keys() if before[path] != after[path]}
    searched = sum(path.startswith(SEARCH_FILES) for path in come | gone | changed)

    def listed(paths: Iterable[str]) -> tuple[str, ...]:
        return tuple(sorted(path for path in paths if not path.startswith(SEARCH_FILES)))

    return Files(listed(come), listed(gone), listed(changed), searched)
