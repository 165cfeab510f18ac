"""Which figure of the data tables a number in prose means, by its value and the words around it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from aicareers_site.data_tables import ColumnType
from aicareers_site.figure_expressions import parse
from aicareers_site.figure_lint_known import is_in
from aicareers_site.figure_lint_numerals import PER_CENT
from aicareers_site.figure_lint_prose import stems

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from aicareers_site.figure_expressions import Expression
    from aicareers_site.figure_lint_known import Index, Known
    from aicareers_site.figure_lint_numerals import Numeral
    from aicareers_site.figure_lint_prose import Block, Sentence, Word

_BOUND = re.compile(r"[^\d,.;:()]*\(|,?\s*or\s*")
_JOINED = re.compile(r"\W*(?:and|or)?\W*")
_THINGS = re.compile(r"[\s*_]+([^\W\d_]{3,}s)\b")
_SHARE_OF = re.compile(r"[\s*_]+of\s+(?:the\s+|all\s+|their\s+)?([^\W\d_]{3,}s)\b")
_MEASURES = frozenset(["seconds", "minutes", "hours", "days", "weeks", "months", "years", "times"])
_NEAR = 3
"""Words between a number and a label that speaks of it."""

_PER_CENT = frozenset({ColumnType.PERCENT, ColumnType.CHANGE})


class Said(NamedTuple):
    """What a sentence gives of the tables: where, as which expression, of which figures, and in
    what unit (that of a share is the per cent sign).
    """

    start: int
    end: int
    expression: str
    references: tuple[str, ...]
    unit: str

    @property
    def table(self) -> str:
        """The id of the table of its first figure."""
        return self.expression.partition(".")[0]


@dataclass(slots=True)
class Article:
    """What is known of an article: the tables that it names, the growth that it speaks of, and what
    it calculates; in the order in which it does.
    """

    tables: set[str]
    changes: dict[str, None] = field(default_factory=dict)
    calculations: dict[str, None] = field(default_factory=dict)

    def note(self, said: Said, index: Index) -> None:
        """Remember what the article gives."""
        if "|" in said.expression:
            self.calculations[said.expression] = None
        for reference in said.references:
            self.tables.add(reference.partition(".")[0])
            if index.data.figures[reference].type in _PER_CENT:
                self.changes[reference] = None


class Around(NamedTuple):
    """What a block gives, as distinct expressions, and the figures whose labels stand in it."""

    said: Mapping[str, None] = MappingProxyType({})
    named: tuple[Known, ...] = ()


class Place(NamedTuple):
    """Where a number stands: the text's prose, the sentence and its block.

    ``said`` is what the sentence gives elsewhere, ``named`` are the figures whose labels stand in
    it, ``around`` tells the same of the block. ``numbers`` are where the sentence's numbers and
    references begin.
    """

    text: str
    sentence: Sentence
    block: Block
    said: tuple[Said, ...]
    named: tuple[Known, ...]
    around: Around
    numbers: tuple[int, ...]
    article: Article


def said_by(sentence: Sentence, index: Index) -> Iterator[Said]:
    """What the sentence names by reference; what there is not, a build reports."""
    for start, end, expression in sentence.references:
        figures = [index.data.figures.get(name) for name in expression.references]
        first = figures[0]
        if first is None or None in figures:
            continue
        is_share = any(step.name == "share" for step in expression.steps)
        money = first.unit if first.type is ColumnType.MONEY else ""
        unit = PER_CENT if is_share or first.type in _PER_CENT else money
        yield Said(start, end, _calculation(expression), expression.references, unit)


def said_as(expression: str, numeral: Numeral, unit: str) -> Said:
    """What a number turns out to give."""
    parsed = parse(expression)
    return Said(numeral.start, numeral.end, _calculation(parsed), parsed.references, unit)


def _calculation(expression: Expression) -> str:
    """The expression without the step that says how it is printed."""
    reference = expression.reference
    steps = (
        f" | {step.name}({', '.join(short(one, reference) for one in step.arguments)})"
        for step in expression.steps
        if step.calculates
    )
    return "".join([reference, *steps])


def short(reference: str, first: str) -> str:
    """The reference as an argument of a step of ``first``: a sibling by its last name."""
    parent, _, name = reference.rpartition(".")
    return name if parent == first.rpartition(".")[0] else reference


def meant(numeral: Numeral, place: Place, index: Index) -> Known | None:
    """The figure that the number is, if the words around it bear out that it is one."""
    candidates = index.equal(numeral)
    if share := bound(numeral, place, index):
        return share if share in candidates else None
    supported = [
        (evidence, -position, one)
        for position, one in enumerate(candidates)
        if (evidence := _evidence(one, numeral, place)) >= _needed(numeral)
    ]
    return max(supported)[2] if supported else None


def bound(numeral: Numeral, place: Place, index: Index) -> Known | None:
    """The share that a number right behind a count can only be, as in 440 (60%)."""
    last = _last_before(numeral, place)
    if numeral.unit != PER_CENT or last is None or last.unit:
        return None
    if not _BOUND.fullmatch(place.text, last.end, numeral.start):
        return None
    return index.share(last.expression)


def _needed(numeral: Numeral) -> int:
    """How much must speak for a match: less where the number itself is unlikely by chance."""
    if numeral.is_range:
        return 1
    if numeral.is_small:
        return 4
    if numeral.unit == PER_CENT:
        return 3
    digits = len(f"{numeral.low:f}".strip("-0.").replace(".", ""))
    return max(1, 4 - digits)


def _evidence(one: Known, numeral: Numeral, place: Place) -> int:
    """How much the words around a number say for its being a figure: points, found by trial.

    Most count for the figure's own label. What is counted, the table's other words, and whether
    the sentence and the article speak of the table at all, count for a point or two.
    """
    here, around = place.sentence.stems, place.block.stems
    label = max((_part_of(label, here) for label in one.labels), default=0.0)
    if label == 1:
        score = 4 if _words_between(one, numeral, place.sentence) <= _NEAR else 3
    elif label > 0.5 or any(_part_of(label, around) == 1 for label in one.labels):
        score = 2
    else:
        score = 0
    following = [word.stem for word in place.sentence.words if word.start >= numeral.end][:2]
    score += bool(here & {*one.counted}) + bool({*following} & {*one.counted})
    score += min(2, len(here & one.topic))
    score += any(one.table == said.table for said in place.said)
    score -= _against(one, numeral, place)
    last = _last_before(numeral, place) if one.whole is not None else None
    score += 2 if last is not None and last.references == (one.reference,) else 0
    return score + (one.table in place.article.tables)


def _against(one: Known, numeral: Numeral, place: Place) -> int:
    """Points against a figure where the number counts what its table does not speak of."""
    found = (_SHARE_OF if numeral.unit == PER_CENT else _THINGS).match(place.text, numeral.end)
    words = {*one.counted, *one.topic, *(word for label in one.labels for word in label)}
    if found is None or not words.isdisjoint(stems(found[1])):
        return 0
    return 9 if found[1].casefold() in _MEASURES else 2


def _part_of(label: Sequence[str], words: Collection[str]) -> float:
    """How much of a label is among the words."""
    return sum(word in words for word in label) / len(label)


def _words_between(one: Known, numeral: Numeral, sentence: Sentence) -> int:
    """Words between the number and the nearest word of a label that the sentence holds."""
    word = _nearest_word(one, numeral, sentence)
    return len(sentence.words) if word is None else _gap(word, numeral, sentence)


def _nearest_word(one: Known, numeral: Numeral, sentence: Sentence) -> Word | None:
    labels = (label for label in one.labels if _part_of(label, sentence.stems) == 1)
    named = {word for label in labels for word in label}
    words = (word for word in sentence.words if word.stem in named)
    return min(words, key=lambda word: _gap(word, numeral, sentence), default=None)


def _gap(word: Word, numeral: Numeral, sentence: Sentence) -> int:
    first, last = min(word.end, numeral.end), max(word.start, numeral.start)
    return sum(first <= one.start < last for one in sentence.words)


# Contradictions


def contradicted(numeral: Numeral, place: Place) -> Known | None:
    """The figure of which the sentence speaks right beside the number, and which is another one.

    A figure that the sentence gives already is no candidate.
    """
    given = {(name, said.unit) for said in place.said for name in said.references}
    candidates = [
        (_words_between(one, numeral, place.sentence), position, one)
        for position, one in enumerate(place.named)
        if (one.reference, one.unit) not in given
        and _is_comparable(one, numeral, place)
        and _stands_beside(one, numeral, place)
    ]
    if not candidates:
        return None
    nearest = min(candidates)[2]
    others = (one for _, _, one in candidates if one.reference != nearest.reference)
    return None if any(_are_joined(one, nearest, numeral, place) for one in others) else nearest


def _are_joined(one: Known, other: Known, numeral: Numeral, place: Place) -> bool:
    """Whether the number may be about both: remote and hybrid openings."""
    words = [_nearest_word(each, numeral, place.sentence) for each in (one, other)]
    first, last = sorted(word for word in words if word is not None)
    return first != last and bool(_JOINED.fullmatch(place.text, first.end, last.start))


def _last_before(numeral: Numeral, place: Place) -> Said | None:
    """What the sentence gives last before the number."""
    return max((said for said in place.said if said.end <= numeral.start), default=None)


def _is_comparable(one: Known, numeral: Numeral, place: Place) -> bool:
    """Whether the number is of the kind of the figure, and the sentence of its table's matter."""
    if one.is_range != numeral.is_range or bool(one.unit) != bool(numeral.unit):
        return False
    if not is_in(one.unit, numeral.unit):
        return False
    if one.unit not in {"", PER_CENT}:
        return True
    return any(
        one.table == said.table for said in place.said
    ) or not place.sentence.stems.isdisjoint(one.counted)


def _stands_beside(one: Known, numeral: Numeral, place: Place) -> bool:
    """Whether the figure's label is near the number, with no other number between them."""
    word = _nearest_word(one, numeral, place.sentence)
    if word is None or _words_between(one, numeral, place.sentence) > _NEAR:
        return False
    first, last = min(word.end, numeral.end), max(word.start, numeral.start)
    return not any(first <= start < last for start in place.numbers)
