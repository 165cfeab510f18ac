"""YAML as a tree of strings that knows where everything stands; :mod:`.yaml_reader` makes it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, TypeAlias

from aicareers_site.diagnostics import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Location: TypeAlias = tuple[str | int, ...]
"""Where a value is: keys and 0-based list indexes from the root."""

Place: TypeAlias = tuple[int, int, int]
"""The line, column and end column of a :class:`Span`."""

_ASTRAL = "".join(f"{chr(plane << 16)}-{chr(plane << 16 | 0xFFFD)}" for plane in range(2, 17))
# Errors in HTML ("control-character-in-input-stream", "noncharacter-in-input-stream") and, most of
# them, in XML 1.0 and so in feeds. U+FDD0 and U+FDD1, two noncharacters, mark links in our HTML.
# The characters of planes 2 to 16 are taken out again behind the set: as a set without holes, it
# is searched for in a tenth of the time.
FORBIDDEN_CHARACTERS = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
    f"\U0001fffe-\U0010ffff](?<![{_ASTRAL}])"
)


@dataclass(frozen=True, slots=True)
class Tree:
    """Data of dicts, lists, strings and None, and the source positions of its parts.

    ``readable`` is false when the text is not YAML of ours; the data is then empty.
    """

    path: str
    data: Any = field(default_factory=dict)
    places: dict[Location, Place] = field(default_factory=dict)
    key_places: dict[Location, Place] = field(default_factory=dict)
    readable: bool = True

    def texts(self) -> Iterator[tuple[Location, str]]:
        """Every string in the data, with its place."""
        waiting: list[tuple[Location, Any]] = [((), self.data)]
        while waiting:
            location, value = waiting.pop()
            if isinstance(value, str):
                yield location, value
            elif isinstance(value, dict):
                waiting += (((*location, key), inner) for key, inner in value.items())
            elif isinstance(value, list):
                waiting += (((*location, index), inner) for index, inner in enumerate(value))

    def at(self, location: Location) -> Any:
        """The value at ``location``, which there must be."""
        value = self.data
        for part in location:
            value = value[part]
        return value

    def renamed(self, names: Mapping[Location, str]) -> Tree:
        """The tree with other keys: ``names`` are those in place of the ones at these locations."""
        tree = Tree(self.path, readable=self.readable)

        def moved(old: Location, new: Location, value: Any) -> Any:
            for places, others in (
                (self.places, tree.places),
                (self.key_places, tree.key_places),
            ):
                if old in places:
                    others[new] = places[old]
            if isinstance(value, dict):
                keys = {key: names.get((*old, key), key) for key in value}
                return {
                    name: moved((*old, key), (*new, name), value[key]) for key, name in keys.items()
                }
            if isinstance(value, list):
                return [
                    moved((*old, index), (*new, index), item) for index, item in enumerate(value)
                ]
            return value

        return replace(tree, data=moved((), (), self.data))

    def span(self, location: Location) -> Span:
        """Where the value at ``location`` stands, or the nearest enclosing one that is known."""
        for length in range(len(location), -1, -1):
            if place := self.places.get(location[:length]):
                return Span(self.path, *place)
        return Span(self.path)

    def key_span(self, location: Location) -> Span:
        """Where the key of the value at ``location`` stands (the value, for a list item)."""
        place = self.key_places.get(location)
        return Span(self.path, *place) if place else self.span(location)
