"""What articles write between ``{{`` and ``}}``: a figure, and what is done with it.

    {{ ml-jobs-2026.seniority.senior | share(1) }}

A reference is followed by steps, each of which takes what the one before it gives. Those that
calculate (``sum``, ``difference``, ``ratio``, ``grown``) give a figure again; the last step may say
how it is printed (``share``, ``money``, ``range``, ``words``, ``decimals``, ``as-of``).
"""

from __future__ import annotations

import re
from itertools import chain
from typing import NamedTuple

from aicareers_site.diagnostics import did_you_mean

CALCULATIONS = ("sum", "difference", "ratio", "grown")
FORMATS = ("share", "money", "range", "words", "decimals", "as-of")

_NAME = "[a-z0-9]+(?:-[a-z0-9]+)*"
REFERENCE = rf"{_NAME}(?:\.{_NAME})*"
"""A pattern for references (and for the names of steps)."""

UNTOLD = "untold"
"""The code of what follows from a fault that is told elsewhere."""

_STEP = re.compile(rf"\s*({_NAME})\s*(?:\(([^()]*)\))?\s*")


class FigureError(Exception):
    """What is wrong with an expression: ``code``, message and hint of a diagnostic.

    ``word`` is the part of the expression that is meant.
    """

    def __init__(self, code: str, message: str, hint: str = "", word: str = "") -> None:
        super().__init__(code, message, hint, word)
        self.code = code
        self.message = message
        self.hint = hint
        self.word = word


class Step(NamedTuple):
    """A step: its name and its arguments, references or a number of decimals."""

    name: str
    arguments: tuple[str, ...] = ()

    @property
    def calculates(self) -> bool:
        return self.name in CALCULATIONS


class Expression(NamedTuple):
    """A reference and the steps that follow it."""

    reference: str
    steps: tuple[Step, ...] = ()

    @property
    def references(self) -> tuple[str, ...]:
        """Every figure that the expression names."""
        others = (step.arguments for step in self.steps if step.calculates)
        return (self.reference, *chain.from_iterable(others))


def parse(text: str) -> Expression:
    """Read an expression; FigureError (``figure-syntax``, ``unknown-format``) if it is none."""
    # Behind a backslash too, as Markdown's tables ask elsewhere.
    first, *rest = text.replace("\\|", "|").split("|")
    reference = first.strip()
    if not re.fullmatch(REFERENCE, reference):
        raise FigureError(
            "figure-syntax",
            f"'{text.strip()}' does not begin with a figure",
            "write table.breakdown.part or table.record.column; {{ as text is written \\{{",
            reference,
        )
    return Expression(reference, tuple(_step(part, reference) for part in rest))


def _step(text: str, reference: str) -> Step:
    found = _STEP.fullmatch(text)
    if found is None:
        raise FigureError(
            "figure-syntax",
            f"'{text.strip()}' is no format",
            "such as | share, | share(1) or | sum(table.breakdown.part)",
            text.strip(),
        )
    name, inside = found.groups()
    known = (*CALCULATIONS, *FORMATS)
    if name not in known:
        hint = did_you_mean(name, known)
        raise FigureError("unknown-format", f"there is no format '{name}'", hint, name)
    arguments = [one.strip() for one in inside.split(",")] if inside and inside.strip() else []
    wrong = next((one for one in arguments if not re.fullmatch(REFERENCE, one)), None)
    if wrong is not None:
        raise FigureError(
            "figure-syntax", f"'{wrong}' is neither a figure nor a number", "", wrong or name
        )
    step = Step(name, tuple(arguments))
    if not step.calculates:
        return step
    # A name without a dot is a sibling: of seniority.student, sum(junior) adds seniority.junior.
    parent = reference.rpartition(".")[0]
    full = (one if "." in one else f"{parent}.{one}" for one in arguments)
    return Step(name, tuple(full))
