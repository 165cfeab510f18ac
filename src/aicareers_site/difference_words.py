"""Differences in words: the same sections and sentences for a terminal and for GitHub."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from aicareers_site.page_facts import Fact, Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from aicareers_site.differences import Changed, Differences
    from aicareers_site.feed_differences import EntryChange
    from aicareers_site.figure_differences import FigureChange

_PAGES_NAMED = 8
_FEEDS_NAMED = 3
_CONTEXT = 3
"""Words left in front of and behind a change in a long text."""
_LONG = 100
_FACTS_SHOWN = 12


class Style(NamedTuple):
    """How texts of the site, and paths and other names, are set apart from our own words."""

    quoted: Callable[[str], str]
    named: Callable[[str], str]


class Row(NamedTuple):
    """A line of a section: its cells, and lines that say more."""

    cells: tuple[str, ...]
    more: tuple[str, ...] = ()


class Section(NamedTuple):
    """What is said on one subject; ``columns`` name the cells of the rows, ``more`` the rest."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    more: str = "What"


def summary(found: Differences) -> str:
    """All in one sentence."""
    if not found:
        return f"Nothing has changed: {_count(found.pages, 'page')}, byte for byte the same."
    changed = {path for one in found.shared for path in one.pages}
    changed |= {one.path for one in found.changed}
    changed |= {path for one in found.figures for path in one.pages} | set(found.listing)
    parts = [
        (len(changed), "page changed", "pages changed"),
        (len(found.added), "added", "added"),
        (len(found.removed), "removed", "removed"),
        (len(found.moved), "moved", "moved"),
        (len(found.figures), "figure has another value", "figures have other values"),
        (len(found.redirects), "redirect changed", "redirects changed"),
        (len(found.entries), "feed entry changed", "feed entries changed"),
    ]
    said = [f"{number} {one if number == 1 else many}" for number, one, many in parts if number]
    same = found.pages - len(changed) - len(found.added) - len(found.moved)
    return (
        f"{', '.join(said) or 'Only other files changed'}; {max(same, 0)} pages are as they were."
    )


def sections(found: Differences, style: Style) -> tuple[Section, ...]:
    """All that there is to say, the most important first; nothing of what is empty."""
    words = _Words(found, style)
    made = (
        Section("To look at before publishing", (), tuple(words.warnings())),
        Section(
            "Figures", ("Figure", "Was", "Is"), tuple(map(words.figure, found.figures)), "Where"
        ),
        Section("Pages added", ("Page", "Title"), tuple(words.added())),
        Section("Pages removed", ("Page", "Title"), tuple(words.removed()), "Redirect"),
        Section("Pages moved", ("From", "To", "Title"), tuple(words.moved()), "Redirect"),
        Section("Pages changed", ("Page", "Text"), tuple(map(words.changed, found.changed))),
        Section(
            "The same change on several pages", ("Change", "Pages"), tuple(words.shared()), "Where"
        ),
        Section("Redirects", ("From", "Was", "Is"), tuple(words.redirects())),
        Section("Feeds", ("Entry", "Change"), tuple(map(words.entry, found.entries)), "Where"),
        Section("Other files", ("File", "Change"), tuple(words.files())),
    )
    return tuple(section for section in made if section.rows)


class _Words:
    """Makes the rows of all sections in one style."""

    def __init__(self, found: Differences, style: Style) -> None:
        self._found = found
        self._quoted = style.quoted
        self._named = style.named

    def warnings(self) -> Iterator[Row]:
        """What readers, subscribers or search engines would notice."""
        if self._found.base_urls:
            old, new = (self._named(url or "unknown") for url in self._found.base_urls)
            yield Row((f"The site's address was {old} and is {new}.",))
        yield from (Row((said,)) for said in self._lost_addresses())
        for entry in self._found.entries:
            if entry.what == "guid":
                title = self._quoted(entry.title)
                yield Row((f"The guid of {title} is another: subscribers get it once more.",))
        for fact, pages in self._facts():
            if fact.kind is Kind.ROBOTS and "noindex" in fact.new:
                yield Row((f"Search engines are told to leave out {self._pages(pages)}.",))

    def _lost_addresses(self) -> Iterator[str]:
        for gone in self._found.removed:
            if not gone.redirect:
                path = self._named(gone.path)
                yield f"{path} is gone, and its address leads nowhere: no alias names it."
        for moved in self._found.moved:
            if not moved.redirected:
                old, new = self._named(moved.old), self._named(moved.new)
                yield f"{old} has moved to {new} without a redirect: no alias names it."
        for one in self._found.redirects:
            if not one.new:
                yield f"{self._named(one.path)} led elsewhere, and leads nowhere any more."

    def _facts(self) -> Iterator[tuple[Fact, Sequence[str]]]:
        for shared in self._found.shared:
            yield shared.fact, shared.pages
        for page in self._found.changed:
            for fact in page.facts:
                yield fact, (page.path,)

    def figure(self, one: FigureChange) -> Row:
        name = self._named(one.name.replace(".", " / ") if " " not in one.name else one.name)
        label = f" ({self._quoted(one.label)})" if one.label else ""
        where = f"on {self._pages(one.pages)}" if one.pages else "shown on no page"
        return Row((f"{name}{label}", one.old or "none", one.new or "none"), (where,))

    def added(self) -> Iterator[Row]:
        for one in self._found.added:
            yield Row((self._named(one.path), self._quoted(one.title)))

    def removed(self) -> Iterator[Row]:
        for one in self._found.removed:
            leads = f"leads to {self._named(one.redirect)}" if one.redirect else "leads nowhere"
            yield Row((self._named(one.path), self._quoted(one.title)), (leads,))

    def moved(self) -> Iterator[Row]:
        for one in self._found.moved:
            leads = "the old address leads to the new one"
            cells = (self._named(one.old), self._named(one.new), self._quoted(one.title))
            yield Row(cells, (leads if one.redirected else "without a redirect",))

    def changed(self, page: Changed) -> Row:
        share = "as it was"
        if page.words:
            percent = max(1, round(100 * page.words / max(page.total, 1)))
            share = f"{percent}%: {page.words:,} of {_count(page.total, 'word')}"
        facts = [self._fact(fact) for fact in page.facts[:_FACTS_SHOWN]]
        if len(page.facts) > _FACTS_SHOWN:
            facts.append(f"and {len(page.facts) - _FACTS_SHOWN} more")
        return Row((f"{self._named(page.path)} {self._quoted(page.title)}", share), tuple(facts))

    def shared(self) -> Iterator[Row]:
        for one in self._found.shared:
            yield Row((self._fact(one.fact), str(len(one.pages))), (self._pages(one.pages),))
        if listing := self._found.listing:
            said = "Lists of pages and links follow what is added, removed, moved or renamed"
            yield Row((said, str(len(listing))), (self._pages(listing),))

    def redirects(self) -> Iterator[Row]:
        for one in self._found.redirects:
            old, new = (self._named(path) if path else "none" for path in (one.old, one.new))
            yield Row((self._named(one.path), old, new))

    def entry(self, one: EntryChange) -> Row:
        change = {
            "added": "added",
            "removed": "no longer in",
            "text": "text changed",
            "title": f"title: {self._quoted(one.old)} → {self._quoted(one.new)}",
        }.get(one.what, f"{one.what}: {self._named(one.old)} → {self._named(one.new)}")
        return Row(
            (self._quoted(one.title), change), (self._pages(one.feeds, "feed", _FEEDS_NAMED),)
        )

    def files(self) -> Iterator[Row]:
        files = self._found.files
        for change in ("added", "removed", "changed"):
            for path in getattr(files, change):
                yield Row((self._named(path), change))
        if files.search:
            yield Row(("search index", f"{_count(files.search, 'file')} of it"))

    def _fact(self, fact: Fact) -> str:
        old, new, kind = fact.old, fact.new, fact.kind
        set_apart = self._named if kind in _NAMES else self._quoted
        if kind is Kind.MARKUP:
            return "nothing that is read: markup or data for machines"
        if kind in {Kind.TEXT, Kind.HEADING, Kind.DESCRIPTION}:
            old, new = excerpts(old, new)
            if old == new:
                return f"{kind} changed: {set_apart(old)}"
        if old and new:
            return f"{kind}: {set_apart(old)} → {set_apart(new)}"
        return f"{kind} {'added' if new else 'removed'}: {set_apart(old or new)}"

    def _pages(self, paths: Sequence[str], noun: str = "page", most: int = _PAGES_NAMED) -> str:
        named = ", ".join(map(self._named, paths[:most]))
        more = f" and {len(paths) - most} more" if len(paths) > most else ""
        return f"{_count(len(paths), noun)}: {named}{more}"


_NAMES = frozenset([Kind.CANONICAL, Kind.ROBOTS, Kind.LINK, Kind.PICTURE, Kind.ASSET])


def excerpts(old: str, new: str) -> tuple[str, str]:
    """Two versions of a text, cut down to where they differ if they are long."""
    before, after = old.split(), new.split()
    front = _alike(before, after)
    back = min(_alike(before[::-1], after[::-1]), min(len(before), len(after)) - front)
    if not (old and new):
        front = back = 0
    return tuple(_excerpt(words, front, back) for words in (before, after))  # type: ignore[return-value]


def _alike(one: Iterable[str], other: Iterable[str]) -> int:
    number = 0
    for word, counterpart in zip(one, other, strict=False):
        if word != counterpart:
            break
        number += 1
    return number


def _excerpt(words: Sequence[str], front: int, back: int) -> str:
    text = " ".join(words)
    if len(text) <= _LONG:
        return text
    start, end = max(front - _CONTEXT, 0), min(len(words) - back + _CONTEXT, len(words))
    inner = " ".join(words[start:end])
    if len(inner) > _LONG:
        inner, end = inner[:_LONG].rsplit(" ", 1)[0], 0
    return f"{'… ' if start else ''}{inner}{' …' if end < len(words) else ''}"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
