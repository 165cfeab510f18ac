"""Which articles belong together: those that share topics, countries and category.

What two articles share counts the more, the rarer it is on the site. An inverted index from shared
traits to articles keeps the work about linear: for a trait of very many articles only those
published next to each other are compared.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Sequence

WINDOW = 40
"""How many neighbours in time, on either side, are compared for one shared trait."""


def related(traits: Sequence[Iterable[Hashable]], count: int) -> list[tuple[int, ...]]:
    """For each article the indexes of at most ``count`` related ones, closest first.

    ``traits`` holds what each article has, articles newest first; ties go to the newer article.
    The weight of a trait is the integer logarithm of its rarity, so that the result is the same on
    every machine.
    """
    holders: defaultdict[Hashable, list[int]] = defaultdict(list)
    for index, own in enumerate(traits):
        for trait in own:
            holders[trait].append(index)
    scores: list[defaultdict[int, int]] = [defaultdict(int) for _ in traits]
    for indexes in holders.values():
        weight = (len(traits) // len(indexes)).bit_length()
        for place, index in enumerate(indexes):
            for other in indexes[max(0, place - WINDOW) : place + WINDOW + 1]:
                if other != index:
                    scores[index][other] += weight
    return [
        tuple(sorted(found, key=lambda other: (-found[other], other))[:count]) for found in scores
    ]
