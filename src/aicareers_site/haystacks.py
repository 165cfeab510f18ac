"""One file of the site, looked through for what must not be in it."""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from aicareers_site.bare_words import undressed, words
from aicareers_site.results import Made

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from aicareers_site.fingerprints import Keyed

_ADDRESS = re.compile(rb"/[^\x00-\x20\"'<>()?#&,;|\\{}]*")


class Needle(NamedTuple):
    """Something to look for: ``sought`` are words with single spaces, or parts of an address with
    slashes between. It is ``what`` of the source file at ``source``.
    """

    sought: bytes
    what: str
    source: str
    is_address: bool = False


class Sought(NamedTuple):
    """What to look for, so that it is soon found.

    ``phrases`` are words in a row, by the pair among them that is the longest; ``singles`` are
    words, ``places`` parts of addresses. ``roots`` are what may stand before the first part of an
    address: the host and the path of the site.
    """

    phrases: dict[tuple[bytes, bytes], tuple[bytes, ...]]
    singles: dict[bytes, None]
    places: dict[bytes, None]
    roots: tuple[bytes, ...]


class Haystack(NamedTuple):
    """A file of the site to be looked through."""

    path: str
    content: Keyed[bytes]
    sought: Keyed[Sought]


def arranged(secrets: Iterable[Needle], base_url: str) -> Sought:
    """The secrets as :func:`found` looks for them, on a site at ``base_url``."""
    phrases: defaultdict[tuple[bytes, bytes], list[bytes]] = defaultdict(list)
    sought = Sought({}, {}, {}, _roots(base_url))
    for one in secrets:
        if one.is_address:
            sought.places[one.sought] = None
        elif b" " in one.sought:
            pairs = pairwise(one.sought.split())
            phrases[max(pairs, key=lambda pair: len(b"".join(pair)))].append(one.sought)
        else:
            sought.singles[one.sought] = None
    return sought._replace(phrases={pair: tuple(some) for pair, some in phrases.items()})


def _roots(base_url: str) -> tuple[bytes, ...]:
    parts = urlsplit(base_url)
    below = parts.path.strip("/")
    places = [below, f"{parts.netloc}/{below}".strip("/")]
    return (b"", *(f"{place}/".encode() for place in dict.fromkeys(places) if place))


def found(stack: Haystack) -> Made[tuple[bytes, ...]]:
    """What of that which is sought is in a file or its name, each once, in order."""
    sought, path = stack.sought.value, f"/{stack.path}".encode()
    content = undressed(stack.content.value)
    text = b"%b|%b" % (words(content), words(path))
    row = text.split()
    hits = dict.fromkeys(filter(sought.singles.__contains__, row))
    for pair in dict.fromkeys(filter(sought.phrases.__contains__, pairwise(row))):
        for phrase in sought.phrases[pair]:
            if b" %b " % phrase in text:
                hits[phrase] = None
    if sought.places:
        for address in dict.fromkeys([path, *_ADDRESS.findall(content)]):
            hits.update(dict.fromkeys(_places(address, sought)))
    return Made(tuple(hits))


def _places(address: bytes, sought: Sought) -> Iterator[bytes]:
    """The places that an address leads to, or that are above it."""
    rest = address.lstrip(b"/")
    for root in sought.roots:
        if rest.startswith(root):
            parts = rest[len(root) :].split(b"/")
            for length in range(1, len(parts) + 1):
                if (place := b"/".join(parts[:length])) in sought.places:
                    yield place
