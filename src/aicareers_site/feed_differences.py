"""How the entries of feeds differ: what subscribers get, get anew or get no more."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from aicareers_site.site_abstract import Entry


class EntryChange(NamedTuple):
    """What has changed in an entry of feeds.

    ``what`` is one of added, removed, guid, title, link, text, updated; ``title`` is that of the
    entry, and ``feeds`` are the paths of all that hold it.
    """

    what: str
    title: str
    old: str
    new: str
    feeds: tuple[str, ...]


def entry_changes(
    old: Mapping[str, Mapping[str, Entry]], new: Mapping[str, Mapping[str, Entry]]
) -> Iterator[EntryChange]:
    """Changes of entries, each with all feeds that have it."""
    found: dict[tuple[str, str, str, str], list[str]] = {}
    for feed in sorted(old.keys() & new.keys()):
        for change in _changes(old[feed], new[feed]):
            found.setdefault(change, []).append(feed)
    yield from (EntryChange(*change, tuple(feeds)) for change, feeds in found.items())


def _changes(
    old: Mapping[str, Entry], new: Mapping[str, Entry]
) -> Iterator[tuple[str, str, str, str]]:
    left = [(guid, entry) for guid, entry in old.items() if guid not in new]
    by_link = {entry.link: guid for guid, entry in left}
    by_title = {entry.title: guid for guid, entry in left}
    renamed = set()
    for guid, entry in new.items():
        if guid not in old:
            before = by_link.get(entry.link) or by_title.get(entry.title)
            if before is not None and before not in renamed:
                renamed.add(before)
                yield "guid", entry.title, before, guid
            else:
                yield "added", entry.title, "", guid
            continue
        was = old[guid]
        changed = [
            (name, entry.title, getattr(was, name), getattr(entry, name))
            for name in ("title", "link")
            if getattr(was, name) != getattr(entry, name)
        ]
        if not changed and was.text != entry.text:
            changed = [("text", entry.title, "", "")]
        elif not changed and was.updated != entry.updated:
            changed = [("updated", entry.title, was.updated, entry.updated)]
        yield from changed
    for guid, entry in left:
        if guid not in renamed:
            yield "removed", entry.title, guid, ""
