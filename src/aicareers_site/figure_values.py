"""What expressions give: figures looked up, calculated with, and put into words."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import reduce
from typing import TYPE_CHECKING, NamedTuple

from aicareers_site.data_tables import Amount, ColumnType
from aicareers_site.figure_expressions import FORMATS, UNTOLD, FigureError
from aicareers_site.figures import Figure, is_measured
from aicareers_site.wording import share

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from aicareers_site.figure_expressions import Expression, Step
    from aicareers_site.wording import Wording

_WORDS = (
    *("zero", "one", "two", "three", "four", "five", "six"),
    *("seven", "eight", "nine", "ten", "eleven", "twelve"),
)
_PER_CENT = frozenset({ColumnType.PERCENT, ColumnType.CHANGE})
_MOST_DECIMALS = 4


class Printed(NamedTuple):
    """A figure as readers see it. ``value`` is the same for machines: a number, two numbers with a
    slash between them for a range (one missing where it is open), or a day. ``unit`` is what it
    counts: a currency, ``percent``, openings.
    """

    text: str
    value: str
    unit: str


def evaluate(
    expression: Expression, figures: Mapping[str, Figure], hints: Mapping[str, str | None]
) -> Figure | Printing:
    """Look up and calculate.

    ``hints`` are for references that are not among the ``figures``. FigureError codes:
    ``unknown-figure``, ``figure-unit``, ``figure-format``.
    """
    known = _Known(figures, hints)
    start: Figure | Printing = known.figure(expression.reference)

    def apply(value: Figure | Printing, step: Step) -> Figure | Printing:
        if isinstance(value, Printing):
            raise FigureError(
                "figure-format",
                f"'{step.name}' cannot follow '{value.format}', which already says how to print",
                f"calculate first: put '{step.name}' before '{value.format}'",
                step.name,
            )
        return _STEPS[step.name](value, step, known)

    return reduce(apply, expression.steps, start)


class Printing(NamedTuple):
    """A figure and how it is to be printed."""

    figure: Figure
    format: str
    digits: int = 0

    def rounded(self) -> Figure:
        """The figure as it will be read: a share in per cent, with its decimals."""
        if self.format == "share":
            return _as_share(self.figure, self.digits)
        if self.format == "decimals":
            return _rounded(self.figure, self.digits)
        return self.figure


def printed(value: Figure | Printing, wording: Wording) -> Printed:
    """Put a figure into words, as ``wording`` has it; FigureError where its format does not fit."""
    figure, form = (value.rounded(), value.format) if isinstance(value, Printing) else (value, "")
    if figure.calculated and form not in {"share", "decimals"}:
        figure = _whole(figure)
    if form == "as-of":
        return Printed(wording.iso_day(figure.as_of).words, figure.as_of, "date")
    if form == "words":
        return _in_words(figure, wording)
    if figure.type is None:
        raise FigureError(
            "figure-format",
            f"'{figure.reference}' is a table, not a figure",
            f"name one of its figures, or write {figure.reference} | as-of",
            figure.reference,
        )
    if figure.amount is None:
        return _text(figure, wording)
    unit = "percent" if figure.type in _PER_CENT else figure.unit
    return Printed(
        wording.amount(figure.amount, figure.type, figure.unit), _machine(figure.amount), unit
    )


def _text(figure: Figure, wording: Wording) -> Printed:
    if figure.type is ColumnType.COUNTRY:
        return Printed(wording.country(figure.text), figure.text, "country")
    if figure.type is ColumnType.DATE:
        return Printed(wording.iso_day(figure.text).words, figure.text, "date")
    return Printed(figure.text, figure.text, "")


def _machine(amount: Amount) -> str:
    low, high = ("" if end is None else f"{end:f}" for end in (amount.low, amount.high))
    return low if low == high else f"{low}/{high}"


def _in_words(figure: Figure, wording: Wording) -> Printed:
    amount = figure.amount
    number = amount.low if amount is not None and not amount.is_range else None
    counts = figure.type is ColumnType.NUMBER and number is not None and number % 1 == 0
    if not counts or number is None or not 0 <= number < len(_WORDS) or not wording.is_english:
        raise FigureError(
            "figure-format",
            "only whole numbers from zero to twelve are put into words, and only in English",
            "leave '| words' out",
            "words",
        )
    return Printed(_WORDS[int(number)], f"{number:f}", figure.unit)


def _as_share(figure: Figure, digits: int) -> Figure:
    amount, whole = figure.amount, figure.whole
    if figure.type in _PER_CENT and amount is not None:
        return _rounded(figure, digits)
    if amount is None or whole is None or amount.low is None or amount.high is None:
        raise FigureError(
            "figure-format",
            f"'{figure.reference}' is no part of a total, so that it has no share",
            "shares are for parts of breakdowns, and for sums of such parts",
            "share",
        )
    if amount.high > whole:
        raise FigureError(
            "figure-total",
            f"this is more than the total ({amount.high:,} > {whole:,})",
            "parts of several breakdowns may be the same; add only what does not overlap",
            "share",
        )
    ends = Amount(share(amount.low, whole, digits), share(amount.high, whole, digits))
    return figure._replace(type=ColumnType.PERCENT, amount=ends)


def _whole(figure: Figure) -> Figure:
    """The figure without decimals, where that leaves something of it."""
    whole = _rounded(figure, 0)
    if figure.amount and any(figure.amount[:2]) and not any((whole.amount or ())[:2]):
        raise FigureError(
            "figure-format",
            "rounded to a whole number, this is 0",
            "write | decimals(1), or compare the other way round",
            figure.reference,
        )
    return whole


def _rounded(figure: Figure, digits: int) -> Figure:
    ends = (None if end is None else _round(end, digits) for end in figure.amount or ())
    return figure._replace(amount=Amount(*ends))


def _round(number: Decimal, digits: int) -> Decimal:
    try:
        return number.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP) + 0  # never -0
    except InvalidOperation:
        message = "this is too large to be calculated with"
        raise FigureError("figure-format", message, "use a larger unit") from None


class _Known(NamedTuple):
    """Figures by reference, and hints for references that are not among them."""

    figures: Mapping[str, Figure]
    hints: Mapping[str, str | None]

    def figure(self, reference: str) -> Figure:
        if reference in self.figures:
            return self.figures[reference]
        hint = self.hints.get(reference, "")
        if hint is None:
            raise FigureError(UNTOLD, f"the table of '{reference}' cannot be read", "", reference)
        raise FigureError("unknown-figure", f"there is no figure '{reference}'", hint, reference)


def _others(step: Step, known: _Known, most: int | None = None) -> list[Figure]:
    """The figures that the step's arguments name."""
    count = len(step.arguments)
    if not count or (most is not None and count > most):
        wanted = "one figure" if most == 1 else "figures"
        raise FigureError(
            "figure-format",
            f"'{step.name}' needs {wanted} between brackets",
            f"such as | {step.name}(table.breakdown.part)",
            step.name,
        )
    return [known.figure(one) for one in step.arguments]


def _measured(figure: Figure, step: Step) -> Amount:
    if figure.amount is None or not is_measured(figure):
        raise FigureError(
            "figure-format",
            f"'{step.name}' needs a number, and '{figure.reference}' is none",
            "name a figure",
            figure.reference,
        )
    return figure.amount


def _alike(figure: Figure, other: Figure, step: Step) -> None:
    """An error where the two cannot be added or compared."""
    _measured(figure, step)
    _measured(other, step)
    if (figure.type, figure.unit) != (other.type, other.unit):
        raise FigureError(
            "figure-unit",
            f"'{other.reference}' is in {_unit(other)}, and '{figure.reference}' in "
            f"{_unit(figure)}",
            f"'{step.name}' is for figures of one unit",
            other.reference,
        )


def _unit(figure: Figure) -> str:
    if figure.type in _PER_CENT:
        return f"per cent (type {figure.type})"
    return figure.unit or "no unit"


def _sum(figure: Figure, step: Step, known: _Known) -> Figure:
    added = {figure.reference}
    for other in _others(step, known):
        _alike(figure, other, step)
        if other.reference in added:
            message = f"'{other.reference}' is added twice"
            name = other.reference.rpartition(".")[2]
            raise FigureError("figure-format", message, "name each part once", name)
        added.add(other.reference)
        amount = _both(figure, other, lambda a, b: a + b)
        figure = figure._replace(amount=amount, whole=_common_whole(figure, other))
    return figure


def _common_whole(figure: Figure, other: Figure) -> Decimal | None:
    """The total that both are parts of, if it is one."""
    return figure.whole if figure.table == other.table else None


def _single(figure: Figure, step: Step) -> Decimal:
    """The number that is compared: of a range, nobody knows which."""
    amount = _measured(figure, step)
    if amount.low is None or amount.is_range:
        raise FigureError(
            "figure-format",
            f"'{step.name}' compares single numbers, and '{figure.reference}' is a range",
            "name one of its ends: .low, .high, .median or .middle",
            figure.reference,
        )
    return amount.low


def _difference(figure: Figure, step: Step, known: _Known) -> Figure:
    (other,) = _others(step, known, most=1)
    _alike(figure, other, step)
    apart = abs(_single(figure, step) - _single(other, step))
    result = figure._replace(amount=Amount(apart, apart), whole=_common_whole(figure, other))
    if figure.type in _PER_CENT:
        return result._replace(type=ColumnType.NUMBER, unit="percentage points", whole=None)
    return result


def _ratio(figure: Figure, step: Step, known: _Known) -> Figure:
    (other,) = _others(step, known, most=1)
    _alike(figure, other, step)
    divisor = _single(other, step)
    if not divisor:
        raise FigureError("figure-format", f"'{other.reference}' is 0", "", other.reference)
    times = _single(figure, step) / divisor
    return Figure(
        figure.reference,
        ColumnType.NUMBER,
        Amount(times, times),
        as_of=figure.as_of,
        calculated=True,
    )


def _grown(figure: Figure, step: Step, known: _Known) -> Figure:
    (other,) = _others(step, known, most=1)
    _measured(figure, step)
    _measured(other, step)
    if other.type not in _PER_CENT:
        raise FigureError(
            "figure-unit",
            f"'{other.reference}' is in {_unit(other)}, and growth is in per cent",
            "name a figure of type change or percent",
            other.reference,
        )
    grown = _both(figure, other, lambda a, b: a * (100 + b) / 100)
    if grown.low is not None and grown.high is not None:
        grown = Amount(min(grown.low, grown.high), max(grown.low, grown.high))
    return figure._replace(amount=grown, whole=None, calculated=True)


def _both(figure: Figure, other: Figure, of: Callable[[Decimal, Decimal], Decimal]) -> Amount:
    """Low ends with low ends, high ends with high ends."""
    ends = []
    for name in ("low", "high"):
        one, two = getattr(figure.amount, name), getattr(other.amount, name)
        ends.append(None if one is None or two is None else of(one, two))
    if ends == [None, None]:
        raise FigureError(
            "figure-format",
            f"'{figure.reference}' and '{other.reference}' are open at different ends",
            "",
            other.reference,
        )
    return Amount(*ends)


def _print(figure: Figure, step: Step, known: _Known) -> Printing:
    """The steps that say how to print."""
    takes_digits = step.name in {"share", "decimals"}
    digits = step.arguments[0] if takes_digits and step.arguments else ""
    wrong = step.arguments[1:] if takes_digits else step.arguments
    if wrong or (digits and not (digits.isdecimal() and int(digits) <= _MOST_DECIMALS)):
        raise FigureError(
            "figure-format",
            f"'{step.name}' takes "
            + (f"a number of decimals, 0 to {_MOST_DECIMALS}" if takes_digits else "nothing"),
            f"such as | {step.name}" + ("(1)" if takes_digits else ""),
            step.name,
        )
    if step.name != "as-of":
        amount = _measured(figure, step)
        if step.name == "money" and figure.type is not ColumnType.MONEY:
            raise FigureError(
                "figure-unit",
                f"'{figure.reference}' is in {_unit(figure)}, not in a currency",
                "leave '| money' out",
                "money",
            )
        if step.name == "range" and not amount.is_range:
            raise FigureError(
                "figure-format",
                f"'{figure.reference}' is a single number",
                "leave '| range' out",
                "range",
            )
    return Printing(figure, step.name, int(digits or 0))


_STEPS: dict[str, Callable[[Figure, Step, _Known], Figure | Printing]] = {
    "sum": _sum,
    "difference": _difference,
    "ratio": _ratio,
    "grown": _grown,
    **dict.fromkeys(FORMATS, _print),
}
