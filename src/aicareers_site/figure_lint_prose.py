"""What readers read of an article's Markdown, for the lint of figures: sentences in their blocks.

Code, addresses, citations, footnote marks and references to figures are blanked out, so that every
number that is left is one that somebody wrote by hand. An editor vouches for such a number in a
comment, which Markdown hides: ``<!-- figure: our own estimate -->`` directly behind it, or at the
end of a block (a paragraph, list or table, or on a line of its own below it) for all in the block.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from aicareers_site.figure_expressions import FigureError, parse
from aicareers_site.figure_marks import MARK, is_chart
from aicareers_site.markdown_code import comments

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from aicareers_site.figure_expressions import Expression
    from aicareers_site.markdown_source import MarkdownSource

BLANK = "\0"
"""What stands in place of each character that is no prose."""

_NO_PROSE = re.compile(
    r"""
    \]\([^()]*(?:\([^()]*\)[^()]*)*\)           # where a link leads
    | \]\[[^\[\]]*\]
    | ^[ ]{0,3}\[[^\[\]^@]+\]:[^\n]*
    | \[\^[^\[\]]*\]:?                          # a footnote's mark
    | \[@[^\[\]]*\]                             # a citation
    | <[/!a-zA-Z][^<>]*>
    | \b(?:https?://|www\.)[^\s<>]+
    | \{[:\#.][^{}]*\}                          # an attribute list
    | &\#?\w+;
    """,
    re.VERBOSE | re.MULTILINE,
)
_COMMENT = re.compile(r"<!--\s*figure\b:?(?P<reason>.*?)-->", re.DOTALL)
_STARTS_ALONE = re.compile(r"[ \t>]*(?:(?:[-*+]|\d{1,2}[.)])[ \t]|\||#|:[ \t])")
_ENDS_ALONE = re.compile(r"[ \t>]*[|#]")
_SENTENCE_END = re.compile(rf"[.!?…][\"'’”)\]*_{BLANK}]*\s+(?=[\"'“‘(\[*_]*(?:{BLANK}|[^\W_a-z]))")
_ABBREVIATED = re.compile(r"(?:\b(?:e\.g|i\.e|vs|approx|cf|ca|No|Nos|Mr|Ms|Dr|St)|\b[A-Z])$")
_GAP = re.compile(r"\s+")
_LONGEST = 3000
"""Characters of a sentence. Each of its numbers is compared with all of its words."""

# A year names something as a word does: a row of a series.
_WORD = re.compile(r"[^\W\d_]+|(?<!\d)(?:19|20)\d\d(?!\d)")


class Word(NamedTuple):
    """A word's stem and its place."""

    stem: str
    start: int
    end: int


class Reference(NamedTuple):
    """Where a text names a figure, and what it writes there."""

    start: int
    end: int
    expression: Expression


@dataclass(frozen=True)
class Sentence:
    """A sentence, heading, list item or row of a table, with its words and references."""

    start: int
    end: int
    words: tuple[Word, ...]
    references: tuple[Reference, ...]

    @cached_property
    def stems(self) -> frozenset[str]:
        return frozenset(word.stem for word in self.words)


@dataclass(frozen=True)
class Block:
    """A paragraph, list or table."""

    start: int
    end: int
    sentences: tuple[Sentence, ...]

    @cached_property
    def stems(self) -> frozenset[str]:
        return frozenset().union(*(sentence.stems for sentence in self.sentences))


class Marker(NamedTuple):
    """A comment that vouches for what stands before it; ``reason`` may be missing."""

    start: int
    end: int
    reason: str


class ReadText:
    """A text as its readers see it; places are those in the text itself.

    One that is no Markdown, such as a title, holds no comments.
    """

    def __init__(self, source: MarkdownSource, *, is_markdown: bool = True) -> None:
        self.source = source
        self.is_markdown = is_markdown

    @cached_property
    def prose(self) -> str:
        """The text with null characters in place of everything that is not prose."""
        return _NO_PROSE.sub(_blank, MARK.sub(_blank, self.source.masked))

    @cached_property
    def markers(self) -> tuple[Marker, ...]:
        """The comments that vouch for figures."""
        if not self.is_markdown or "<!--" not in self.source.text:
            return ()
        return tuple(
            Marker(*found.span(), found["reason"].strip())
            for found in comments(self.source.text, _COMMENT)
        )

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """The runs of lines that are not empty; a comment alone on its line is as good as empty."""
        pieces: list[str] = []
        end = 0
        for marker in self.markers:
            pieces += self.source.text[end : marker.start], " " * (marker.end - marker.start)
            end = marker.end
        text = "".join([*pieces, self.source.text[end:]])
        return tuple(
            Block(start, end, tuple(self._sentences(start, end))) for start, end in _runs(text)
        )

    def _sentences(self, start: int, end: int) -> Iterator[Sentence]:
        for first, last in _pieces(self.prose, start, end):
            begin = first
            for found in _SENTENCE_END.finditer(self.prose, first, last):
                if not _ABBREVIATED.search(self.prose, begin, found.start()):
                    yield from self._parts(begin, found.end())
                    begin = found.end()
            yield from self._parts(begin, last)

    def _parts(self, start: int, end: int) -> Iterator[Sentence]:
        """A sentence; what is longer than any is divided, and read as several."""
        while end - start > _LONGEST and (gap := _GAP.search(self.prose, start + _LONGEST, end)):
            yield self._sentence(start, gap.end())
            start = gap.end()
        yield self._sentence(start, end)

    def _sentence(self, start: int, end: int) -> Sentence:
        words = tuple(
            Word(stem(found[0]), *found.span())
            for found in _WORD.finditer(self.prose, start, end)
            if len(found[0]) > 1
        )
        marks = MARK.finditer(self.source.masked, start, end)
        return Sentence(start, end, words, tuple(_references(marks)))


def stem(word: str) -> str:
    """A word without case and plural: seniors is senior, companies is company."""
    word = word.casefold()
    if len(word) > 4 and word.endswith("ies"):
        return f"{word[:-3]}y"
    return word[:-1] if len(word) > 3 and word.endswith("s") and word[-2] != "s" else word


def stems(text: str) -> tuple[str, ...]:
    """The stems of the words of ``text``, in their order."""
    return tuple(stem(word) for word in _WORD.findall(text) if len(word) > 1)


def _blank(found: re.Match[str]) -> str:
    return "\n".join(BLANK * len(line) for line in found[0].split("\n"))


def _references(marks: Iterable[re.Match[str]]) -> Iterator[Reference]:
    for mark in marks:
        if not is_chart(mark[1]):
            try:
                yield Reference(*mark.span(), parse(mark[1]))
            except FigureError:
                continue  # a build reports it


def _runs(text: str) -> Iterator[tuple[int, int]]:
    """Where runs of lines that are not empty begin and end."""
    start, end = -1, 0
    for line in text.split("\n"):
        if not line.strip():
            if start >= 0:
                yield start, end - 1
            start = -1
        elif start < 0:
            start = end
        end += len(line) + 1
    if start >= 0:
        yield start, end - 1


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The parts of a block that no sentence reaches beyond: list items, rows, headings."""
    first = at = start
    alone = False
    for line in text[start:end].split("\n"):
        if at > first and (alone or _STARTS_ALONE.match(line)):
            yield first, at
            first = at
        alone = _ENDS_ALONE.match(line) is not None
        at += len(line) + 1
    yield first, end
