"""The figures of the data tables as a number in prose may mean them."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, NamedTuple

from aicareers_site.data_tables import ColumnType
from aicareers_site.figure_lint_numerals import PER_CENT
from aicareers_site.figure_lint_prose import stems
from aicareers_site.figures import is_measured
from aicareers_site.models import country_names
from aicareers_site.wording import share

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from aicareers_site.data_book import DataBook
    from aicareers_site.data_tables import Breakdown, Record, Table
    from aicareers_site.figure_lint_numerals import Numeral
    from aicareers_site.figure_lint_prose import Word
    from aicareers_site.figures import Figure

_PLACES = frozenset({ColumnType.LATITUDE, ColumnType.LONGITUDE})
_PER_CENT = frozenset({ColumnType.PERCENT, ColumnType.CHANGE})

_CURRENCIES = {
    "£": "GBP",
    "pound": "GBP",
    "€": "EUR",
    "euro": "EUR",
    "¥": "JPY",
    "₹": "INR",
    "₩": "KRW",
}
_DOLLARS = {
    "US": "USD",
    "C": "CAD",
    "CA": "CAD",
    "Canadian": "CAD",
    "A": "AUD",
    "AU": "AUD",
    "S": "SGD",
    "SG": "SGD",
    "Singapore": "SGD",
    "HK": "HKD",
    "NZ": "NZD",
}
_DOLLAR = re.compile(r"\$|[ -]?dollar")
# Words that name nothing.
_EMPTY = frozenset(["an", "and", "as", "at", "by", "for", "from", "in", "is", "of", "on", "or"])
_EMPTY |= frozenset(["the", "their", "to", "what", "who", "whose", "with"])


class Known(NamedTuple):
    """A figure, or a share, and the words by which a text may speak of it.

    ``low`` and ``high`` are its ends, equal for a single number. ``unit`` is the per cent sign, the
    code of a currency, or empty; ``counted`` are the stems of what is counted. ``labels`` are the
    stems of phrases that name the figure itself, ``topic`` those of the words around it in its
    table. ``whole`` makes it a share, of which the ends are parts. ``name`` is for editors.
    """

    reference: str
    name: str
    low: Decimal
    high: Decimal
    unit: str
    counted: tuple[str, ...]
    labels: tuple[tuple[str, ...], ...]
    topic: frozenset[str]
    whole: Decimal | None = None

    @property
    def table(self) -> str:
        """The id of its table."""
        return self.reference.partition(".")[0]

    @property
    def is_range(self) -> bool:
        return self.low != self.high

    def value(self, step: Decimal = Decimal(1)) -> tuple[Decimal, Decimal]:
        """Its ends, rounded to multiples of ``step``."""
        digits = max(0, -step.adjusted())
        if self.whole is None:
            return rounded(self.low, step), rounded(self.high, step)
        return share(self.low, self.whole, digits), share(self.high, self.whole, digits)

    def expression(self, step: Decimal) -> str:
        """What to write between brackets for a number with that ``step``."""
        digits = max(0, -step.adjusted())
        if self.whole is not None:
            return f"{self.reference} | share" + (f"({digits})" if digits else "")
        if any(end != rounded(end, step) for end in (self.low, self.high)) and step <= 1:
            return f"{self.reference} | decimals({digits})"
        return self.reference


class Index:
    """All figures of the tables, by what a text may say of them."""

    def __init__(self, data: DataBook, language: str) -> None:
        self.data = data
        self._all = tuple(known(data, language))
        self._shares = {one.reference: one for one in self._all if one.whole is not None}
        self._by_value: dict[Decimal, dict[tuple[Decimal, Decimal], list[Known]]] = {}
        self._by_label: dict[str, list[Known]] = {}
        for one in self._all:
            for label in one.labels:
                self._by_label.setdefault(label[0], []).append(one)

    def equal(self, numeral: Numeral) -> list[Known]:
        """The figures that a number may be: of its value, as exactly as it is written."""
        if numeral.step not in self._by_value:
            values = self._by_value.setdefault(numeral.step, {})
            for one in self._all:
                values.setdefault(one.value(numeral.step), []).append(one)
        found = self._by_value[numeral.step].get((numeral.low, numeral.high), [])
        return [one for one in found if is_in(one.unit, numeral.unit)]

    def share(self, reference: str) -> Known | None:
        """The share that a part has of its whole."""
        return self._shares.get(reference)

    def named(self, words: Iterable[Word]) -> list[Known]:
        """The figures whose label is among the words, in the order of these."""
        stems = dict.fromkeys(word.stem for word in words)
        found = (one for stem in stems for one in self._by_label.get(stem, ()))
        return [
            one
            for one in dict.fromkeys(found)
            if any(all(word in stems for word in label) for label in one.labels)
        ]


def known(data: DataBook, language: str) -> Iterator[Known]:
    """Every figure with two ends or one, and the share of every part, by the order of the book."""
    for figure in data.figures.values():
        if is_measured(figure) and not _is_place(figure, data):
            yield from _as_written(figure, data.tables[figure.table], language)


def rounded(number: Decimal, step: Decimal) -> Decimal:
    """The multiple of ``step`` that is nearest; halves go away from zero."""
    return (number / step).quantize(Decimal(1), ROUND_HALF_UP) * step


def is_in(unit: str, written: str) -> bool:
    """Whether a number whose unit is ``written`` so may be in ``unit``.

    A number without a unit may be money, as in a table whose head says of what currency.
    """
    if unit == PER_CENT or written == PER_CENT:
        return unit == written
    if not written:
        return True
    return unit in currencies(written)


def currencies(written: str) -> frozenset[str]:
    """The codes of the currencies that a sign, code or word stands for; a dollar may be any."""
    if found := _CURRENCIES.get(written.lower().removesuffix("s")):
        return frozenset({found})
    country, *dollar = _DOLLAR.split(written)
    if not dollar:
        return frozenset({written})
    return frozenset({_DOLLARS[country]} if country in _DOLLARS else _DOLLARS.values())


def _as_written(figure: Figure, table: Table, language: str) -> Iterator[Known]:
    amount = figure.amount
    if amount is None or amount.low is None or amount.high is None:
        return  # The end that there is, is a figure of its own.
    per_cent = figure.type in _PER_CENT
    unit = PER_CENT if per_cent else figure.unit if figure.type is ColumnType.MONEY else ""
    counted = stems(figure.unit) if figure.type is ColumnType.NUMBER else ()
    name, labels, topic = _words(figure, table, language)
    one = Known(
        figure.reference, name, amount.low, amount.high, unit, counted, labels, frozenset(topic)
    )
    yield one
    if figure.whole is not None and figure.whole != amount.low:
        yield one._replace(unit=PER_CENT, whole=figure.whole)


def _words(
    figure: Figure, table: Table, language: str
) -> tuple[str, tuple[tuple[str, ...], ...], set[str]]:
    """What editors call the figure, what texts may call it, and the words around it."""
    first, _, rest = figure.reference.partition(".")[2].partition(".")
    for breakdown in table.breakdowns:
        if breakdown.id == first:
            label = _label(breakdown, rest)
            topic = f"{breakdown.title} {table.unit}"
            return f"{breakdown.title}: {label}", (_words_of(label),), set(_words_of(topic))
    for record in table.records:
        if record.id == first:
            column = table.column(rest.partition(".")[0])
            own, shared = _phrases(record, table, language)
            topic = " ".join([column.label, column.unit, *shared])
            labels = tuple(filter(None, map(_words_of, own)))
            return f"{record.label}: {column.label}", labels, set(_words_of(topic))
    return "Total", (), {*_words_of(table.unit), "total"}


def _label(breakdown: Breakdown, part: str) -> str:
    labels = {one.id: one.label for one in breakdown.parts}
    return labels.get(part, breakdown.rest_label)


def _phrases(record: Record, table: Table, language: str) -> tuple[list[str], list[str]]:
    """The phrases by which a text may name a record, and those that it has in common."""
    own = [record.label]
    shared: list[str] = []
    for column in table.columns:
        cell = record.cells.get(column.id)
        if not isinstance(cell, str) or column.type not in {ColumnType.TEXT, ColumnType.COUNTRY}:
            continue
        phrase = country_names(language)[cell] if column.type is ColumnType.COUNTRY else cell
        alike = sum(other.cells.get(column.id) == cell for other in table.records)
        (shared if alike > 1 else own).append(phrase)
    return own, shared


def _words_of(phrase: str) -> tuple[str, ...]:
    """The stems of the words of a phrase that name something."""
    return tuple(word for word in stems(phrase) if word not in _EMPTY)


def _is_place(figure: Figure, data: DataBook) -> bool:
    """Whether it is a coordinate."""
    _, row, name, *_ = [*figure.reference.split("."), "", ""]
    table = data.tables[figure.table]
    is_record = any(record.id == row for record in table.records)
    return is_record and table.column(name).type in _PLACES
