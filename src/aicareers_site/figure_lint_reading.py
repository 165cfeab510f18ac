"""Reading the numbers of a text: which figure each is, contradicts, or can be worked out of."""

from __future__ import annotations

from bisect import bisect_left
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from aicareers_site.figure_lint_calculations import worked_out
from aicareers_site.figure_lint_matching import (
    Around,
    Place,
    bound,
    contradicted,
    meant,
    said_as,
    said_by,
)
from aicareers_site.figure_lint_numerals import ends

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from aicareers_site.figure_lint_known import Index, Known
    from aicareers_site.figure_lint_matching import Article, Said
    from aicareers_site.figure_lint_numerals import Numeral
    from aicareers_site.figure_lint_prose import Block, ReadText


_START = attrgetter("start")


class Verdict(NamedTuple):
    """What a number in prose is.

    With an ``expression``, it is what this gives, and if it is a single figure, the one ``known``.
    Without one, it is not the figure ``known`` of which its sentence speaks; or nothing is known
    of it.
    """

    numeral: Numeral
    expression: str = ""
    known: Known | None = None


def verdicts(
    text: ReadText, numerals: Sequence[Numeral], article: Article, index: Index
) -> Iterator[Verdict]:
    """What the ``numerals`` of a text, in order, are; what they give is noted in ``article``."""
    for block in text.blocks:
        passages = list(_passages(text, block, numerals, article, index))
        for passage in passages:
            yield from passage.figures()
            for one in passage.place.said:
                article.note(one, index)
        said = (one.expression for passage in passages for one in passage.place.said)
        named = (one for passage in passages for one in passage.place.named)
        around = Around(dict.fromkeys(said), tuple(dict.fromkeys(named)))
        for passage in passages:
            yield from passage.others(around)
            for one in passage.place.said:
                article.note(one, index)


def _passages(
    text: ReadText, block: Block, numerals: Sequence[Numeral], article: Article, index: Index
) -> Iterator[_Passage]:
    for sentence in block.sentences:
        first, behind = (
            bisect_left(numerals, place, key=_START) for place in (sentence.start, sentence.end)
        )
        own = list(numerals[first:behind])
        said = tuple(said_by(sentence, index))
        numbers = (*(one.start for one in own), *(one.start for one in said))
        named = tuple(index.named(sentence.words))
        place = Place(text.prose, sentence, block, said, named, Around(), numbers, article)
        yield _Passage(place, own, index)


class _Passage:
    """A sentence, the numbers in it that are still to be told, and what it is known to give."""

    def __init__(self, place: Place, numerals: Sequence[Numeral], index: Index) -> None:
        self.place = place
        self._left = dict.fromkeys(numerals)
        self._index = index

    def figures(self) -> Iterator[Verdict]:
        """The numbers that are figures; a range may be two of them, or one and something else."""
        # Twice: what one number turns out to be tells of what the others speak.
        for numeral in [*self._left, *self._left]:
            parts = self._parts(numeral) if numeral in self._left else []
            if any(one for _, one in parts):
                del self._left[numeral]
                self._left |= dict.fromkeys(part for part, one in parts if one is None)
            for part, one in parts:
                if one is not None:
                    expression = one.expression(part.step)
                    self._tell(said_as(expression, part, one.unit))
                    yield Verdict(part, expression, one)

    def _parts(self, numeral: Numeral) -> list[tuple[Numeral, Known | None]]:
        if one := meant(numeral, self.place, self._index):
            return [(numeral, one)]
        pair = ends(numeral)
        return [(end, meant(end, self.place, self._index)) for end in pair]

    def others(self, around: Around) -> Iterator[Verdict]:
        """What the remaining numbers are; ``around`` tells of the block.

        A small number that is no figure and contradicts none is left out, as a word would be.
        """
        self.place = self.place._replace(around=around)
        for numeral in self._left:
            verdict = self._other(numeral)
            if verdict.expression:
                self._tell(said_as(verdict.expression, numeral, numeral.unit))
            if verdict.known or not numeral.is_small:
                yield verdict

    def _other(self, numeral: Numeral) -> Verdict:
        place, index = self.place, self._index
        if share := bound(numeral, place, index):
            return Verdict(numeral, "", share)
        if not numeral.is_small and (found := worked_out(numeral, place, index, around=False)):
            return Verdict(numeral, found)
        if one := contradicted(numeral, place):
            return Verdict(numeral, "", one)
        if not numeral.is_small and (found := worked_out(numeral, place, index, around=True)):
            return Verdict(numeral, found)
        return Verdict(numeral)

    def _tell(self, said: Said) -> None:
        self.place = self.place._replace(said=(*self.place.said, said))
