"""Lists over several pages, whose archive stays put when an article is added.

Archive pages are full and count from the oldest: page 1 holds the oldest articles and never
changes when a new one appears. The list's own address shows the newest, between one and two pages
full, until they fill another archive page.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Slice(Generic[T]):
    """One page of a list. ``number`` is None for the newest page, else the archive page's."""

    path: str
    number: int | None
    items: tuple[T, ...]
    newer: str | None
    older: str | None


def page_path(base: str, number: int | None) -> str:
    """The path of archive page ``number`` of the list at ``base``; None is the list itself."""
    return base if number is None else f"{base}page/{number}/"


def archive_pages(total: int, size: int) -> int:
    """How many archive pages ``total`` items fill."""
    return max(0, total // size - 1)


def page_number(index: int, total: int, size: int) -> int | None:
    """The archive page that holds the item at ``index``, counted from the newest, or None."""
    number = (total - 1 - index) // size + 1
    return number if number <= archive_pages(total, size) else None


def paginate(base: str, items: Sequence[T], size: int) -> Iterator[Slice[T]]:
    """The pages of ``items`` (newest first) at ``base``, newest page first."""
    archived = archive_pages(len(items), size)
    numbers: list[int | None] = [None, *range(archived, 0, -1)]
    end_of_newest = len(items) - archived * size
    for position, number in enumerate(numbers, start=1):
        start = 0 if number is None else len(items) - number * size
        end = end_of_newest if number is None else start + size
        yield Slice(
            page_path(base, number),
            number,
            tuple(items[start:end]),
            page_path(base, numbers[position - 2]) if position > 1 else None,
            page_path(base, numbers[position]) if position < len(numbers) else None,
        )
