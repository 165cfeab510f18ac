"""The parts of front matter: sources, pictures, questions, pay, visas, tables of figures."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated

from pydantic import AfterValidator, Field, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from aicareers_site.findings import shown
from aicareers_site.models import (
    CalendarDate,
    CurrencyCode,
    MarkdownText,
    Model,
    Slug,
    Text,
    WebAddress,
    WholeNumber,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date


def refuse_repeated(what: str, ids: Sequence[str]) -> None:
    """An error where two things, each a ``what``, have one id."""
    for index, name in enumerate(ids):
        if name in ids[:index]:
            raise PydanticCustomError(
                "duplicate-id",
                "two {what}s have the id '{id}'",
                {"what": what, "id": name, "hint": "give each its own id", "at": (index, "id")},
            )


def refuse_before(value: date | None, info: ValidationInfo, earlier: str) -> None:
    """An error where ``value``, of the field being validated, is before the field ``earlier``."""
    limit = info.data.get(earlier)
    if value is not None and limit is not None and value < limit:
        raise PydanticCustomError(
            "date-order",
            "'{field}' is before '{earlier}'",
            {
                "field": info.field_name,
                "earlier": earlier,
                "hint": "correct one of the two dates",
            },
        )


def _alias(address: str) -> str:
    if re.fullmatch(r"/(?:(?!\.{1,2}/)[A-Za-z0-9._~-]+/)+", address):
        return address
    raise PydanticCustomError(
        "invalid-alias",
        "'{alias}' is not an address on this site",
        {"alias": shown(address), "hint": "start and end with a slash, such as /blog/old-name/"},
    )


Alias = Annotated[str, AfterValidator(_alias)]
"""An address on this site, relative to its home page."""


class Source(Model):
    """Where a fact comes from; cited in prose as ``[@id]``."""

    id: Slug = Field(description="Short name by which the prose cites the source: [@id].")
    name: Text = Field(description="Who published it and what it is called.")
    url: WebAddress | None = Field(None, description="Where to read it, if it is on the web.")
    published: CalendarDate | None = Field(None, description="The day it was published, if known.")
    retrieved: CalendarDate = Field(description="The day it was read: the as-of date of its facts.")

    @field_validator("retrieved")
    @classmethod
    def _after_publication(cls, retrieved: CalendarDate, info: ValidationInfo) -> CalendarDate:
        refuse_before(retrieved, info, "published")
        return retrieved


class Image(Model):
    """A picture with words for those who do not see it."""

    src: Text = Field(
        description="Path of the file, relative to the article, or from static/ when it starts "
        "with a slash."
    )
    alt: Text = Field(description="What the picture shows, for readers who do not see it.")
    caption: Text | None = Field(None, description="A line shown below the picture.")


class Question(Model):
    """A question of readers and its answer."""

    question: Text = Field(description="The question, as a reader would ask it.")
    answer: MarkdownText = Field(description="The answer; Markdown, may cite sources.")


class Named(Model):
    """A name with an optional remark, such as a hub or an employer."""

    name: Text = Field(description="The name.")
    note: Text | None = Field(None, description="What it is known for, in a few words.")


Amount = Annotated[WholeNumber, Field(gt=0)]
"""A sum of money, or any number of things of which there are some."""


class Salary(Model):
    """What one role is paid; without ``low`` and ``high``, the pay is not reported."""

    role: Text = Field(description="The role, such as Senior machine-learning engineer.")
    low: Amount | None = Field(
        None, description="Lower end of the range, a whole number of the currency."
    )
    high: Amount | None = Field(
        None,
        validate_default=True,
        description="Upper end of the range, a whole number of the currency.",
    )
    currency: CurrencyCode = Field(description="Currency code of ISO 4217, such as GBP.")
    place: Text = Field(description="Where the range applies, such as London.")
    basis: Text = Field(description="What is counted, such as total compensation a year.")
    as_of: CalendarDate = Field(description="The day for which the range was stated.")
    source: Slug = Field(description="The id of the source, from this article's sources.")
    note: Text | None = Field(None, description="A remark, such as how it compares elsewhere.")

    @field_validator("high")
    @classmethod
    def _in_order(cls, high: int | None, info: ValidationInfo) -> int | None:
        low = info.data.get("low")
        if "low" in info.data and (low is None) != (high is None):
            raise PydanticCustomError(
                "figure-incomplete",
                "a range needs both 'low' and 'high'",
                {"hint": "give both, or neither where pay is not reported"},
            )
        if low is not None and high is not None and low > high:
            raise PydanticCustomError(
                "figure-order",
                "low must not be above high ({low} > {high})",
                {
                    "low": f"{low:,}",
                    "high": f"{high:,}",
                    "hint": "swap low and high, or correct one of them",
                },
            )
        return high


class Visa(Model):
    """A way to the right to work in a country."""

    name: Text = Field(description="The name of the visa or permit.")
    how: MarkdownText = Field(description="How it works, in a sentence; Markdown.")
    source: Slug = Field(description="The id of the source, from this article's sources.")


class Tip(Model):
    """One numbered piece of advice."""

    title: Text = Field(description="The advice in a few words.")
    text: MarkdownText = Field(description="The advice in full; Markdown.")


class TableRow(Model):
    """One row of a statistics table."""

    label: Text = Field(description="What is counted in this row.")
    value: Annotated[WholeNumber, Field(ge=0)] = Field(
        description="The number, in the table's unit."
    )
    share: Annotated[WholeNumber, Field(ge=0, le=100)] | None = Field(
        None, description="The share that the source itself states, in per cent."
    )


class StatisticsTable(Model):
    """Numbers by one property, with the total they are parts of."""

    id: Slug = Field(description="Short name; the table's anchor on the page.")
    caption: Text = Field(description="What the table shows.")
    property: Text = Field(description="What the rows tell apart, such as Seniority.")
    unit: Text = Field(description="What is counted, such as openings.")
    total: Amount = Field(description="The number of which the rows are parts.")
    rows: Annotated[tuple[TableRow, ...], Field(min_length=1)] = Field(
        description="The rows, in the order in which they are shown."
    )
    note: Text | None = Field(
        None, description="What a reader must know, such as rows that do not add up."
    )

    @field_validator("rows")
    @classmethod
    def _within_total(
        cls, rows: tuple[TableRow, ...], info: ValidationInfo
    ) -> tuple[TableRow, ...]:
        total = info.data.get("total")
        for index, row in enumerate(rows):
            if total is not None and row.value > total:
                raise PydanticCustomError(
                    "figure-total",
                    "this row is above the table's total ({value} > {total})",
                    {
                        "value": f"{row.value:,}",
                        "total": f"{total:,}",
                        "hint": "correct the row or the total",
                        "at": (index, "value"),
                    },
                )
        return rows
