"""What a data file may say: the models of ``content/data/*.yaml``.

The columns of a table are declared in the file itself, so the model of its records is made from
them: :func:`with_columns`.
"""

from __future__ import annotations

import itertools
import warnings
from functools import cache
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, ValidationInfo, create_model, field_validator
from pydantic_core import PydanticCustomError

from aicareers_site import schema_forms
from aicareers_site.content_parts import Publication, refuse_before
from aicareers_site.data_tables import ColumnType
from aicareers_site.models import (
    CalendarDate,
    ClearNumber,
    CountryCode,
    CurrencyCode,
    Flag,
    Model,
    Number,
    Slug,
    Text,
    WholeNumber,
)
from aicareers_site.schema_forms import Form, Written

RESERVED = frozenset({"total", "rest", "low", "high", "median", "middle"})
"""Words that mean something of their own in references."""


class PartEntry(Model):
    """A part of a total."""

    label: Text | None = Field(None, description="What readers see; by default the id in words.")
    value: Annotated[ClearNumber, Field(ge=0)] = Field(description="How many, in the table's unit.")
    share: Annotated[Number, Field(ge=0, le=100)] | None = Field(
        None, description="The share that the source itself states, in per cent."
    )
    acknowledged: Text | None = Field(
        None,
        description="Why the stated share may differ from the value's, in words that readers see.",
    )


class BreakdownEntry(Model):
    """The total divided by one property."""

    title: Text = Field(description="The property, such as Seniority.")
    parts: Annotated[dict[Slug, PartEntry], Field(min_length=1)] = Field(
        description="The parts by their ids, in the order of the source."
    )
    complete: Flag = Field(
        True, description="false where the parts leave a rest of the total, as the source has it."
    )
    rest: Text = Field("Not stated", description="What the rest is called.")
    note: Text | None = Field(None, description="What a reader must know.")
    acknowledged: Text | None = Field(
        None, description="Why parts and total do not agree, in words that readers see."
    )


class ColumnEntry(Model):
    """A column of records."""

    type: ColumnType = Field(description="What the values are.")
    label: Text | None = Field(None, description="What readers see; by default the id in words.")
    unit: Text | None = Field(None, description="What the numbers count, such as openings.")
    currency: Text | None = Field(
        None,
        description="Of money: the code (ISO 4217), or the id of the column that has it.",
    )


class AgreementEntry(Model):
    """Two figures that must be the same."""

    figure: Text = Field(description="A figure of this table, such as outlook.remote.share.")
    equals: Text = Field(description="What it must agree with; may calculate, as in articles.")
    acknowledged: Text | None = Field(
        None, description="Why the two differ all the same, in words that readers see."
    )


class CorrectionEntry(Model):
    """A published figure that was wrong."""

    date: CalendarDate = Field(description="The day of the correction.")
    figure: Text = Field(description="The figure, such as seniority.senior.")
    before: Number = Field(description="What the table said before.")
    after: Number = Field(description="What it says since.")
    why: Text = Field(description="What was wrong, in a sentence for readers.")


def _cell() -> Form:
    """A value of a record, as far as that is known without the columns."""
    return {**schema_forms.of(AmountEntry), "type": ["string", "number", "boolean", "object"]}


class TableEntry(Model):
    """A data table, without its records."""

    id: Slug | None = Field(
        None, description="The name by which articles refer to it; the file's name when left out."
    )
    title: Text = Field(description="What the table shows.")
    description: Text = Field(
        max_length=320, description="What was counted or asked, in a sentence or two."
    )
    as_of: CalendarDate = Field(description="The day for which the figures hold.")
    review_by: CalendarDate | None = Field(
        None, description="The day after which the figures may be out of date."
    )
    max_age: Annotated[WholeNumber, Field(ge=1, le=36500)] | None = Field(
        None, description="Instead of review_by: for how many days after as_of they are good."
    )
    source: Publication = Field(description="Who published the figures, and when they were read.")
    note: Text | None = Field(None, description="What a reader must know.")
    unit: Text | None = Field(None, description="What the total and its parts count.")
    total: Annotated[ClearNumber, Field(gt=0)] | None = Field(
        None, description="How many there are in all, before breakdowns divide them."
    )
    breakdowns: dict[Slug, BreakdownEntry] = Field(
        {}, description="The total divided into parts, by one property each."
    )
    columns: dict[Slug, ColumnEntry] = Field({}, description="The columns of the records.")
    records: dict[Slug, dict[Slug, Annotated[Any, Written(_cell)]]] = Field(
        {}, description="Rows by their ids, with a value for each column that is reported."
    )
    agreements: tuple[AgreementEntry, ...] = Field(
        (), description="Figures that must agree with figures of other tables."
    )
    corrections: tuple[CorrectionEntry, ...] = Field(
        (), description="Published figures that were wrong, oldest first."
    )

    @field_validator("review_by")
    @classmethod
    def _after_as_of(cls, value: CalendarDate | None, info: ValidationInfo) -> CalendarDate | None:
        refuse_before(value, info, "as_of")
        return value


class AmountEntry(Model):
    """A number, or a range that may be open at one end."""

    low: Number | None = Field(None, description="The lower end.")
    median: Number | None = Field(None, description="The median.")
    high: Number | None = Field(None, validate_default=True, description="The upper end.")

    @field_validator("high")
    @classmethod
    def _in_order(cls, high: Any, info: ValidationInfo) -> Any:
        ends = [(name, info.data.get(name)) for name in ("low", "median")] + [("high", high)]
        known = [(name, end) for name, end in ends if end is not None]
        for (name, end), (other, limit) in itertools.pairwise(known):
            if end > limit:
                raise PydanticCustomError(
                    "figure-order",
                    "{name} must not be above {other} ({low} > {high})",
                    {
                        "name": name,
                        "other": other,
                        "low": f"{end:,}",
                        "high": f"{limit:,}",
                        "hint": f"swap {name} and {other}, or correct one of them",
                    },
                )
        if not {"low", "high"} & {name for name, _ in known} and len(info.data) == 2:
            raise PydanticCustomError(
                "figure-incomplete",
                "a range needs 'low', 'high' or both",
                {"hint": "leave the value out where nothing is reported"},
            )
        return high


_SHARE = Annotated[Number, Field(ge=0, le=100)] | None
_SUM = Annotated[ClearNumber, Field(gt=0)] | None
_END = "Per cent of a whole: 0 to 100; what grows or shrinks is of type change."
_PAID = "What is paid is above 0."


class ShareEntry(AmountEntry):
    """Per cent of a whole."""

    low: _SHARE = Field(None, description=_END)
    median: _SHARE = Field(None, description=_END)
    high: _SHARE = Field(None, validate_default=True, description=_END)


class MoneyEntry(AmountEntry):
    """Money that somebody is paid."""

    low: _SUM = Field(None, description=_PAID)
    median: _SUM = Field(None, description=_PAID)
    high: _SUM = Field(None, validate_default=True, description=_PAID)


def _as_range(value: object) -> object:
    return {"low": value, "high": value} if isinstance(value, str) else value


_AMOUNT = BeforeValidator(_as_range)
_CELLS: dict[ColumnType, Any] = {
    ColumnType.TEXT: Text,
    ColumnType.NUMBER: Annotated[AmountEntry, _AMOUNT],
    ColumnType.MONEY: Annotated[MoneyEntry, _AMOUNT],
    ColumnType.PERCENT: Annotated[ShareEntry, _AMOUNT],
    ColumnType.CHANGE: Annotated[AmountEntry, _AMOUNT],
    ColumnType.COUNTRY: CountryCode,
    ColumnType.CURRENCY: CurrencyCode,
    ColumnType.DATE: CalendarDate,
    ColumnType.YEAR: Annotated[WholeNumber, Field(ge=1000, le=2999)],
    ColumnType.LATITUDE: Annotated[Number, Field(ge=-90, le=90)],
    ColumnType.LONGITUDE: Annotated[Number, Field(ge=-180, le=180)],
}


@cache
def with_columns(
    columns: tuple[tuple[str, ColumnType], ...], vague: tuple[str, ...] = ()
) -> type[TableEntry]:
    """The model of a table whose records have these columns, by id and type; in the ``vague`` ones,
    anything may stand.
    """
    fields: dict[str, Any] = {
        name: (_CELLS[kind] | None, Field(None, description="A column of this table."))
        for name, kind in columns
    }
    fields |= {name: (Any, Field(None, description="A column of this table.")) for name in vague}
    fields["label"] = (Text | None, Field(None, description="What readers call the row."))
    with warnings.catch_warnings():
        # A column may have the name of a method of models, such as copy: nobody calls it here.
        warnings.simplefilter("ignore", UserWarning)
        record = create_model("RecordEntry", __base__=Model, **fields)
        records: Any = (dict[Slug, record], Field({}, description="Rows by their ids."))
        return create_model("FullTableEntry", __base__=TableEntry, records=records)
