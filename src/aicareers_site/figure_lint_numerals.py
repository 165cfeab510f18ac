"""Numbers that stand for a quantity in prose, as people write them: 440, 5 per cent, US$350,000.

Left out are numbers that name or order something: years, dates, times, ordinals, the numbers of
list items and tables, names and versions (GPT-4, H-1B, Python 3.12), fractions.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

PER_CENT = "%"
"""The unit of a share or a change."""

_SMALL = 12
"""Up to here whole numbers are often written as words."""

_MOST_DECIMALS = 6
"""Figures have no more, and a step that is finer would be beyond what Decimal divides."""

# The currencies that are traded most (Bank for International Settlements, 2022), and their words.
_CODES = (
    "USD|EUR|JPY|GBP|CNY|AUD|CAD|CHF|HKD|SGD|SEK|KRW|NOK|NZD|INR|MXN|TWD|ZAR|BRL|DKK|PLN|THB"
    "|ILS|IDR|CZK|AED|TRY|HUF|CLP|SAR|PHP|MYR|COP|RUB|RON"
)
# In the patterns here a space is any space between words, which may go on in the next line.
_GAP = r"(?:[^\S\n]+|[^\S\n]*\n[^\S\n]*)"
_SIGN = rf"(?:[A-Z]{{1,3}})?[$£€¥₹₩]|\b(?:{_CODES})\b"
_MONEY_WORD = (
    rf"(?:{_CODES})\b|[€£$]|(?:US-|US |Canadian |Singapore )?dollars?\b|pounds?\b|euros?\b"
)
_PER_CENT = r"%|per ?cent\b(?!age)|percent\b(?!age)"
_MANY = r"(?:thousand|million|billion|trillion)\b"
_TIMES = {
    "k": 10**3,
    "thousand": 10**3,
    "m": 10**6,
    "million": 10**6,
    "b": 10**9,
    "bn": 10**9,
    "billion": 10**9,
    "trillion": 10**12,
}
_LABELLED = (
    "table|figure|chart|section|chapter|step|part|page|question|tip|point|item|number|no|version"
    "|phase|level|row|column|line|footnote|appendix|lesson|issue|volume|round|tier|grade|group"
)


class Numeral(NamedTuple):
    """A quantity at ``text[start:end]``: a number, or the two ends of a range.

    The first end is ``text[start:low_end]``, the second ``text[high_start:end]``.
    ``unit`` is :data:`PER_CENT`, the sign, code or word of a currency as it is written, or empty.
    ``step`` is the value of the last digit that is written: 0.1 for 3.5, 100,000 for 3.5 million.
    """

    start: int
    end: int
    low: Decimal
    high: Decimal
    unit: str
    step: Decimal
    low_end: int
    high_start: int

    @property
    def is_range(self) -> bool:
        return self.low != self.high

    @property
    def is_small(self) -> bool:
        """Whether it may as well be a word: a small whole number, and no amount of anything."""
        return not self.unit and self.step == 1 and 0 <= self.low <= self.high <= _SMALL


def numerals(text: str, language: str) -> Iterator[Numeral]:
    """The quantities in ``text``, with thousands and decimals as the ``language`` marks them."""
    group, decimal, months = _notation(language)
    for found in _pattern(group, decimal, months).finditer(text):
        if found["exempt"] is not None:
            continue
        numeral = _numeral(found, group, decimal)
        if numeral.low <= numeral.high:
            yield numeral
        elif numeral.unit or re.search(r"\bto\b", found[0]):  # from 86 to 18, and not 3166-1
            yield from ends(numeral)


def ends(numeral: Numeral) -> tuple[Numeral, ...]:
    """The two ends of a range as numerals of their own, in its unit; a single number is itself."""
    if not numeral.is_range:
        return (numeral,)
    first = numeral._replace(end=numeral.low_end, high=numeral.low)
    return first, numeral._replace(start=numeral.high_start, low=numeral.high)


def _numeral(found: re.Match[str], group: str, decimal: str) -> Numeral:
    parts = [_Part(found, name, group, decimal) for name in "ab" if found[f"number_{name}"]]
    first, last = parts[0], parts[-1]
    times = last.times if first.times == 1 else first.times
    low = first.value * times
    high = last.value * last.times
    unit = last.unit or first.unit
    start = found.end("between") if found["between"] else found.start()
    low_end = found.end("first")
    high_start = found.start("second") if last is not first else start
    step = last.step * last.times
    return Numeral(start, found.end(), low, high, unit, step, low_end, high_start)


class _Part:
    """One number of a match: the first (``a``) or the second (``b``) end of a range."""

    def __init__(self, found: re.Match[str], name: str, group: str, decimal: str) -> None:
        digits = re.sub(f"[{group}]", "", found[f"number_{name}"]).replace(decimal, ".")
        number = Decimal(digits)
        self.value = -number if found[f"minus_{name}"] else number
        self.step = Decimal(1).scaleb(-min(len(digits.partition(".")[2]), _MOST_DECIMALS))
        self.times = _TIMES.get((found[f"times_{name}"] or "").strip().lower(), 1)
        money = found[f"sign_{name}"] or found[f"money_{name}"] or ""
        self.unit = PER_CENT if found[f"share_{name}"] else money.strip()


@lru_cache(maxsize=4)
def _notation(language: str) -> tuple[str, str, str]:
    """The signs between thousands, the decimal sign, and a pattern for the names of months."""
    from babel import Locale
    from babel.numbers import get_decimal_symbol, get_group_symbol

    locale = Locale.parse(language, sep="-")
    group, decimal = get_group_symbol(locale), get_decimal_symbol(locale)
    names = {
        re.escape(name.rstrip("."))
        for width in ("wide", "abbreviated")
        for name in locale.months["format"][width].values()
    }
    spaces = "\u00a0\u202f\u2009"
    return re.escape(group) + spaces, decimal, "|".join(sorted(names, key=lambda n: (-len(n), n)))


def _number(group: str, decimal: str) -> str:
    fraction = rf"(?:{re.escape(decimal)}\d+)?"
    return rf"(?:\d{{1,3}}(?:[{group}]\d{{3}})+(?!\d){fraction}|\d+{fraction})"


@lru_cache(maxsize=4)
def _pattern(group: str, decimal: str, months: str) -> re.Pattern[str]:
    """Matches what is no quantity as ``exempt``, and quantities with their parts."""
    number = _number(group, decimal)
    first, second = _quantity(number, "a"), _quantity(number, "b")
    to = r" ?[–—-] ?| to |(?(between) and |(?!))"
    pattern = (
        rf"(?P<exempt>{_exempt(months)})"
        rf"|(?P<between>\bbetween )?(?P<first>{first})(?:(?:{to})(?P<second>{second}))?"
    )
    return re.compile(pattern.replace(" ", _GAP), re.MULTILINE)


def _quantity(number: str, name: str) -> str:
    """A number with what may stand around it; ``name`` tells its groups from another's."""
    return (
        rf"(?:(?P<sign_{name}>{_SIGN}) ?|(?<![^\W_]))"
        rf"(?:\+|(?P<minus_{name}>[−-]))?(?P<number_{name}>{number})"
        rf"(?P<times_{name}> {_MANY}|[kK]\b"
        rf"|(?(sign_a)(?:bn|[mMbB])\b|(?!)))?"
        rf"(?:(?P<share_{name}> ?(?:{_PER_CENT}))|(?P<money_{name}> ?(?:{_MONEY_WORD})))?"
        rf"(?![^\W_])"
    )


def _exempt(months: str) -> str:
    """What holds digits and is no quantity; the alternatives are tried in this order."""
    month, day = rf"(?:{months})\b\.?", r"\d{1,2}(?:st|nd|rd|th|\.)?"
    measured = rf" ?(?:{_PER_CENT}|{_MONEY_WORD}|{_MANY})"
    # Behind a name's number there is neither more of a number nor what is counted.
    counted = r" (?!(?:does|this|was)\b)[a-z]{3,}s\b"
    goes_on = rf"{measured}|{counted}| ?[–-] ?\d|[.,]\d| to "
    alternatives = [
        # Numbers of list items and headings.
        r"^[^\S\n]*(?:>[^\S\n]*)*(?:\d{1,2}[.)]|#+[^\S\n]+(?:\d+(?:\.\d+)+|\d+[.)]))(?=\s)",
        # Dates, times.
        rf"\b{day}(?: ?[–-] ?{day}| (?:to|and) {day})? (?:of )?{month}(?:,? \d{{4}})?\b",
        rf"\b{month} (?:{day}(?: ?[–-] ?\d{{1,2}})?(?:,? \d{{4}})?|\d{{4}})\b",
        r"\b\d{4}-\d{2}(?:-\d{2})?(?:T[\d:]+Z?)?\b",
        r"\b\d{1,2}(?:/\d{1,2}/|\.\d{1,2}\.)\d{2,4}\b",
        r"\b\d{1,2}:\d{2}(?::\d{2})?\b",
        r"\b\d{1,2}(?:\.\d{2})? ?(?:[ap]m\b|[ap]\.m\.)",
        # Years, alone or from one to another.
        rf"(?<![^\W_])(?<![$£€¥₹₩])(?:19\d\d|20\d\d|2100)(?:s\b|[–/-]\d{{2,4}}\b"
        rf"|(?![^\W_]|[.,]\d)(?!{measured}))",
        # Ordinals, fractions, versions, names; in a chain of words each one is tried, not all.
        r"\b\d+(?:st|nd|rd|th)\b",
        r"\b\d+(?:/\d+)+\b",
        r"\bv?(?!\d{1,3}(?:\.\d{3})+\b)\d+(?:\.\d+){2,}\b",
        r"[#№] ?\d+",
        rf"\b(?!(?:{_CODES})\d)[^\W\d_]+(?:[-.&][^\W_]+){{0,20}}[-.&]?\d[^\W_]*"
        r"(?:[-.][^\W_]+)*",
        r"\b\d+(?!(?:k|K|m|M|b|B|bn)\b)[^\W\d_][^\W_]*",
        r"\b\d+\([a-z]\)",
        rf"\b(?i:{_LABELLED})s?\.? \d{{1,2}}(?:\.\d+)*\b(?! ?(?:{_PER_CENT}))(?![.,]\d)",
        rf"\b(?!(?:{_CODES})\b)[A-Z][A-Z&]{{1,40}} \d+(?:\.\d+)?\b(?!{goes_on})",
        rf"(?<=[\w,)”’]\s)[a-z]?[A-Z][\w+-]* \d{{1,2}}(?:\.\d+)?\b(?!{goes_on})",
        # Telephone numbers.
        r"\+\d{1,3}(?: \d{2,4}){2,5}\b|\b0\d{2,4}(?: \d{2,4}){1,4}\b",
    ]
    return "|".join(f"(?:{one})" for one in alternatives)
