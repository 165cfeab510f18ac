"""Passages that two articles share, word for word.

Two texts of any length are compared by few fingerprints of each, chosen so that a passage long
enough to be told of has at least one in common: winnowing, by Schleimer, Wilkerson and Aiken (2003,
https://doi.org/10.1145/872757.872770). Only texts that share one are compared word by word.
"""

from __future__ import annotations

import re
import struct
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple
from zlib import crc32

from aicareers_site.diagnostics import Diagnostic, Severity
from aicareers_site.figure_lint_prose import ReadText
from aicareers_site.markdown_source import MarkdownSource

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from aicareers_site.documents import Document

SHORTEST = 12
"""How many words in a row two articles must share to be told of."""

_SHINGLE = 8
_WINDOW = SHORTEST - _SHINGLE + 1
_SHOWN = 8
_LIKEST = 3
_KEPT = 64

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
# Not ours, or no text of the article: quotations, in blocks and in sentences, and footnotes.
_ASIDE = re.compile(
    r"^[ ]{0,3}>[^\n]*|^\[\^[^\]\n]+\]:[^\n]*|“[^“”]+”|„[^„“”]+[“”]|«[^«»]+»|\"[^\"\n]+\"",
    re.MULTILINE,
)


class Word(NamedTuple):
    """A word without case, and its place in the text."""

    text: str
    start: int
    end: int


class Passages(NamedTuple):
    """The words of an article's text, in runs that quotations divide."""

    source: MarkdownSource
    runs: tuple[tuple[Word, ...], ...]


def passages(document: Document) -> Passages:
    """What of the article's text is compared with others."""
    source = MarkdownSource(document.path, document.body, document.body_line)
    prose = ReadText(source).prose
    ends = [0]
    for aside in _ASIDE.finditer(source.masked):
        if not aside[0].startswith(("“", "„", "«", '"')) or len(_words(aside[0])) >= SHORTEST:
            ends += aside.span()
    ends.append(len(prose))
    runs = (
        tuple(
            Word(found[0].casefold(), *found.span()) for found in _WORD.finditer(prose, start, end)
        )
        for start, end in zip(ends[::2], ends[1::2], strict=True)
    )
    return Passages(source, tuple(run for run in runs if len(run) >= SHORTEST))


def _words(text: str) -> list[str]:
    return _WORD.findall(text)


def fingerprints(text: Passages) -> bytes:
    """Those of an article's text, for :func:`check`."""
    chosen: set[int] = set()
    for run in text.runs:
        words = [word.text.encode() for word in run]
        hashes = [
            crc32(b" ".join(words[at : at + _SHINGLE])) for at in range(len(words) - _SHINGLE + 1)
        ]
        chosen.update(min(hashes[at : at + _WINDOW]) for at in range(len(hashes) - _WINDOW + 1))
    return struct.pack(f">{len(chosen)}I", *sorted(chosen))


def check(
    found: Mapping[str, bytes], read: Callable[[str], Passages | None]
) -> Iterator[Diagnostic]:
    """A warning, ``duplicate-passage``, for each passage that two of the articles share.

    ``found`` are the fingerprints of the articles' texts by path, ``read`` reads one of them again.
    A passage is told of where it stands a second time, in the order of ``found``. Where an article
    is like many others, it is compared with those that it is most like.
    """
    owners: dict[int, str] = {}
    read_once = lru_cache(maxsize=_KEPT)(read)
    for path, packed in found.items():
        likest: Counter[str] = Counter()
        for fingerprint in struct.unpack(f">{len(packed) // 4}I", packed):
            first = owners.setdefault(fingerprint, path)
            if first != path:
                likest[first] += 1
        for first, _ in likest.most_common(_LIKEST):
            one, other = read_once(first), read_once(path)
            if one is not None and other is not None:
                yield from _shared(one, other)


def _shared(one: Passages, other: Passages) -> Iterator[Diagnostic]:
    places: dict[tuple[str, ...], tuple[Sequence[Word], int]] = {}
    for run in one.runs:
        for at in range(len(run) - SHORTEST + 1):
            places.setdefault(_texts(run, at, at + SHORTEST), (run, at))
    for run in other.runs:
        at = 0
        while at <= len(run) - SHORTEST:
            place = places.get(_texts(run, at, at + SHORTEST))
            if place is None:
                at += 1
                continue
            length = _length(run[at:], place[0][place[1] :])
            yield _told(one, place, other, run[at : at + length])
            at += length


def _texts(run: Sequence[Word], start: int, end: int) -> tuple[str, ...]:
    return tuple(word.text for word in run[start:end])


def _length(run: Sequence[Word], other: Sequence[Word]) -> int:
    """How many words are the same from the beginning."""
    pairs = enumerate(zip(run, other, strict=False))
    return next((at for at, (a, b) in pairs if a.text != b.text), min(len(run), len(other)))


def _told(
    one: Passages, place: tuple[Sequence[Word], int], other: Passages, run: Sequence[Word]
) -> Diagnostic:
    first = place[0][place[1]]
    last = place[0][place[1] + len(run) - 1]
    start = other.source.text[run[0].start : run[_SHOWN - 1].end]
    earlier = one.source.at(first.start, last.end)
    return Diagnostic(
        "duplicate-passage",
        f"{len(run)} words in a row stand in '{earlier.path}' too: “{' '.join(start.split())} …”",
        other.source.at(run[0].start, run[-1].end),
        "say it once and link to it, or in other words; mark a quotation as one",
        Severity.WARNING,
        (earlier,),
    )
