"""Numbers in prose that are calculated from figures: sums, differences, ratios, growth, shares."""

from __future__ import annotations

from functools import lru_cache
from itertools import chain, combinations, permutations
from typing import TYPE_CHECKING

from aicareers_site.data_tables import ColumnType
from aicareers_site.figure_expressions import FigureError, parse
from aicareers_site.figure_lint_known import rounded
from aicareers_site.figure_lint_matching import short
from aicareers_site.figure_lint_numerals import PER_CENT
from aicareers_site.figure_values import Printing, evaluate

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from decimal import Decimal

    from aicareers_site.figure_lint_known import Index
    from aicareers_site.figure_lint_matching import Place
    from aicareers_site.figure_lint_numerals import Numeral

_MOST = 8
"""Figures of one passage with which calculations are tried."""


def worked_out(numeral: Numeral, place: Place, index: Index, *, around: bool) -> str:
    """The calculation with figures of the sentence that gives the number; empty if none does.

    It is an expression as articles write it. ``around`` is to try those of the whole block too, and
    the calculations that the article makes elsewhere.
    """
    said = {one.expression: None for one in place.said}
    given = (said, place.around.said) if around else (said,)
    labelled = place.around.named if around else place.named
    named_there = (one.reference for one in labelled if one.table in place.article.tables)
    chosen = _first_distinct(chain(*given, named_there))
    made = place.article.calculations if around else ()
    end, step, value = _share(numeral), numeral.step, (numeral.low, numeral.high)
    # What the parts of a breakdown leave goes by many names, or by none: it is tried last.
    for named in (chosen, (*chosen, *_rests(chosen, index))):
        # Figures of two breakdowns are added where the sentence names them, and no further away.
        likely = [one for one in named if any(one in part for part in given)] if around else chosen
        stated = [f"{one}{end}" for one in (*named, *made) if "|" in one]
        grown = () if end else _grown(named, place, index)
        found = (
            _first(stated, index, step, value)
            or _combinations(named, frozenset(likely), end, index, step).get(value)
            or _first(grown, index, step, value)
        )
        if found:
            return found
    return ""


def _share(numeral: Numeral) -> str:
    """The step that prints a share as the number is written; empty if it is none."""
    digits = max(0, -numeral.step.adjusted())
    return "" if numeral.unit != PER_CENT else f" | share({digits})" if digits else " | share"


def _first_distinct(names: Iterable[str]) -> tuple[str, ...]:
    """The first of the names with which calculations are tried, each once."""
    found: dict[str, None] = {}
    for name in names:
        found[name] = None
        if len(found) == _MOST:
            break
    return (*found,)


def _rests(expressions: Iterable[str], index: Index) -> Iterator[str]:
    """The rests of the breakdowns to which the figures among the expressions belong."""
    parents = dict.fromkeys(_parent(one) for one in expressions if "|" not in one)
    rests = (f"{parent}.rest" for parent in parents)
    return (one for one in rests if one in index.data.figures)


def _first(
    expressions: Iterable[str], index: Index, step: Decimal, value: tuple[Decimal, Decimal]
) -> str | None:
    """The first of the expressions that gives the value."""
    return next((one for one in expressions if _value(one, index, step) == value), None)


# The numbers of a passage are compared with the same calculations, one number after the other.
@lru_cache(maxsize=256)
def _combinations(
    named: tuple[str, ...], likely: frozenset[str], end: str, index: Index, step: Decimal
) -> Mapping[tuple[Decimal, Decimal] | None, str]:
    """What the combinations of figures give, each with the first that gives it."""
    found: dict[tuple[Decimal, Decimal] | None, str] = {}
    for expression in _combined(named, likely, end):
        found.setdefault(_value(expression, index, step), expression)
    return found


def _combined(named: Sequence[str], likely: Collection[str], end: str) -> Iterator[str]:
    """Sums, differences and ratios of figures; ``end`` is the step that prints a share."""
    single = [one for one in named if "|" not in one]
    for count in (2, 3):
        for first, *others in combinations(single, count):
            if _belong_together([first, *others], likely):
                yield f"{first} | sum({', '.join(short(one, first) for one in others)}){end}"
    for first, other in permutations(single, 2):
        if _belong_together([first, other], likely):
            yield f"{first} | difference({short(other, first)}){end}"
        if not end and _parent(first) == _parent(other):
            yield f"{first} | ratio({short(other, first)})"


def _grown(named: Iterable[str], place: Place, index: Index) -> Iterator[str]:
    """Amounts, grown by what the article says that something grows."""
    for one in named:
        figure = index.data.figures[one.partition(" ")[0]]
        if figure.type in {ColumnType.NUMBER, ColumnType.MONEY}:
            yield from (f"{one} | grown({change})" for change in place.article.changes)


def _belong_together(references: Sequence[str], likely: Collection[str]) -> bool:
    """Whether figures are parts of one whole, or of one table and all of them ``likely``."""
    if len({_parent(one) for one in references}) == 1:
        return True
    tables = {one.partition(".")[0] for one in references}
    return len(tables) == 1 and all(one in likely for one in references)


def _parent(reference: str) -> str:
    return reference.rpartition(".")[0]


def _value(expression: str, index: Index, step: Decimal) -> tuple[Decimal, Decimal] | None:
    """The ends of what an expression gives, rounded; None where it gives no number."""
    ends = _ends(expression, index)
    return ends and (rounded(ends[0], step), rounded(ends[1], step))


# Passages share figures, and each number of decimals asks anew.
@lru_cache(maxsize=4096)
def _ends(expression: str, index: Index) -> tuple[Decimal, Decimal] | None:
    try:
        value = evaluate(parse(expression), index.data.figures, {})
        amount = (value.rounded() if isinstance(value, Printing) else value).amount
    except FigureError:
        return None
    if amount is None or amount.low is None or amount.high is None:
        return None
    return amount.low, amount.high
