"""Which figures have changed, and on which pages that shows.

The site's data files say what each figure was and is. A page shows it where an element names it, or
where in the same words the old number has given way to the new one: in a chart's table, a card, a
description.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

from aicareers_site.page_facts import Fact, Kind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aicareers_site.site_abstract import Value

_NUMBER = re.compile(r"\d(?:[\d.,\u00a0\u202f]*\d)?")
_MARKS = re.compile(r"[^\d]")


class FigureChange(NamedTuple):
    """A figure, or a calculation with figures, that has another value, and where it is shown.

    ``label`` is what its table calls it. ``old`` or ``new`` is empty where it came or went.
    """

    name: str
    label: str
    old: str
    new: str
    pages: tuple[str, ...]


class Figures:
    """Finds the figures that have changed between two states of the data tables."""

    def __init__(self, old: Mapping[str, Value], new: Mapping[str, Value]) -> None:
        self._changes: dict[str, tuple[str, str, str]] = {}
        known = _tables(old) & _tables(new)
        for name in sorted(name for name in {*old, *new} if _table(name) in known):
            was, is_ = old.get(name), new.get(name)
            words = [one.words if one else "" for one in (was, is_)]
            if words[0] != words[1]:
                label = (is_ or was or next(iter(new.values()))).label
                self._changes[name] = (label, words[0], words[1])
        self._by_numbers: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        for name, (_, before, after) in self._changes.items():
            self._by_numbers[_digits(before), _digits(after)].append(name)
        self._pages: defaultdict[str, dict[str, None]] = defaultdict(dict)
        self._calculated: dict[tuple[str, str, str], dict[str, None]] = {}

    @property
    def tables(self) -> set[str]:
        """The ids of the tables of all that has changed."""
        return {_table(name) for name in self._changes}

    def explain(self, fact: Fact, page: str) -> bool:
        """Whether the fact on the page is that figures changed, and nothing else."""
        if fact.kind is Kind.FIGURE:
            if fact.name in self._changes:
                self._pages[fact.name][page] = None
            else:
                key = (fact.name, fact.old, fact.new)
                self._calculated.setdefault(key, {})[page] = None
            return True
        if not (self._changes and fact.old and fact.new):
            return False
        before, after = (Counter(_NUMBER.findall(text)) for text in (fact.old, fact.new))
        gone, come = [*(before - after).elements()], [*(after - before).elements()]
        explained = 0
        for was in gone:
            for is_ in come:
                names = self._by_numbers.get((_digits(was), _digits(is_)), [])
                for name in self._meant(names, fact.new):
                    self._pages[name][page] = None
                explained += bool(names)
        if fact.kind not in {Kind.TEXT, Kind.HEADING}:
            return False
        same_words = _NUMBER.sub("", fact.old) == _NUMBER.sub("", fact.new)
        return explained > 0 and same_words and len(gone) == len(come) == explained

    def _meant(self, names: list[str], text: str) -> list[str]:
        """Of several figures with the same numbers, the ones whose labels are there, if any."""
        labelled = [name for name in names if self._changes[name][0] in text]
        return labelled or names

    def changes(self) -> tuple[FigureChange, ...]:
        """All changes by name, a figure before what is calculated with it."""
        found = [
            FigureChange(name, label, old, new, tuple(self._pages[name]))
            for name, (label, old, new) in self._changes.items()
        ]
        found += [
            FigureChange(name, "", old, new, tuple(pages))
            for (name, old, new), pages in self._calculated.items()
        ]
        return tuple(sorted(found, key=lambda one: (one.name, one.old)))


def _table(name: str) -> str:
    return name.partition(".")[0]


def _tables(data: Mapping[str, Value]) -> set[str]:
    return {_table(name) for name in data}


def _digits(number: str) -> str:
    return _MARKS.sub("", number)
