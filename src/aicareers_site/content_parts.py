"""The parts of front matter: sources, pictures, questions, hubs, visas, tips."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated

from pydantic import AfterValidator, Field, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from aicareers_site.findings import shown
from aicareers_site.models import (
    CalendarDate,
    MarkdownText,
    Model,
    Name,
    Slug,
    Text,
    WebAddress,
)
from aicareers_site.schema_forms import Form, Written

if TYPE_CHECKING:
    from datetime import date


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


_ALIAS = r"^/(?:(?!\.{1,2}/)[A-Za-z0-9._~-]+/)+$"


def _address() -> Form:
    return {
        "type": "string",
        "pattern": _ALIAS,
        "patternErrorMessage": "start and end with a slash, such as /blog/old-name/",
        "examples": ["/blog/old-name/"],
    }


def _alias(address: str) -> str:
    if re.fullmatch(_ALIAS, address):
        return address
    raise PydanticCustomError(
        "invalid-alias",
        "'{alias}' is not an address on this site",
        {"alias": shown(address), "hint": "start and end with a slash, such as /blog/old-name/"},
    )


Alias = Annotated[str, AfterValidator(_alias), Written(_address)]
"""An address on this site, relative to its home page."""


class Publication(Model):
    """Where facts come from."""

    name: Text = Field(description="Who published it and what it is called.")
    url: WebAddress | None = Field(None, description="Where to read it, if it is on the web.")
    published: CalendarDate | None = Field(None, description="The day it was published, if known.")
    retrieved: CalendarDate = Field(description="The day it was read: the as-of date of its facts.")

    @field_validator("retrieved")
    @classmethod
    def _after_publication(cls, retrieved: CalendarDate, info: ValidationInfo) -> CalendarDate:
        refuse_before(retrieved, info, "published")
        return retrieved


class Source(Publication):
    """Where a fact of an article comes from; cited in prose as ``[@id]``."""

    id: Slug = Field(description="Short name by which the prose cites the source: [@id].")


class Image(Model):
    """A picture with words for those who do not see it."""

    src: Name = Field(
        description="Path of the file, relative to the article, or from static/ when it starts "
        "with a slash."
    )
    alt: Text = Field(description="What the picture shows, for readers who do not see it.")
    caption: Text | None = Field(None, description="A line shown below the picture.")


class LeadFigure(Model):
    """The one figure that an article is about."""

    value: Text = Field(
        max_length=30,
        description="The figure, taken from a data table; at most 30 characters as printed.",
    )
    label: Text = Field(
        max_length=90,
        description="What it counts, such as: of openings are for seniors; at most 90 characters.",
    )


class Question(Model):
    """A question of readers and its answer."""

    question: Text = Field(description="The question, as a reader would ask it.")
    answer: MarkdownText = Field(description="The answer; Markdown, may cite sources.")


class Named(Model):
    """A name with an optional remark, such as a hub or an employer."""

    name: Text = Field(description="The name.")
    note: Text | None = Field(None, description="What it is known for, in a few words.")


class Visa(Model):
    """A way to the right to work in a country."""

    name: Text = Field(description="The name of the visa or permit.")
    how: MarkdownText = Field(description="How it works, in a sentence; Markdown.")
    source: Slug = Field(description="The id of the source, from this article's sources.")


class Tip(Model):
    """One numbered piece of advice."""

    title: Text = Field(description="The advice in a few words.")
    text: MarkdownText = Field(description="The advice in full; Markdown.")
