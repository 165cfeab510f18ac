"""The JSON Schemas of what editors write: front matter of each kind, ``site.yaml``, data tables."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, NamedTuple

from aicareers_site import schema_forms
from aicareers_site.configuration import SiteSettings
from aicareers_site.content_types import MODELS
from aicareers_site.kinds import CALLED, Kind
from aicareers_site.table_schema import TableEntry

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aicareers_site.models import Model
    from aicareers_site.schema_forms import Form

DIALECT = "https://json-schema.org/draft/2020-12/schema"

SITE = "site"
DATA_TABLE = "data-table"

NAMES = (*CALLED, SITE, DATA_TABLE)
"""What there are schemas of."""

_TITLES = {
    Kind.POST: "Post",
    Kind.COUNTRY_PROFILE: "Country profile",
    Kind.HIRING_TREND: "Hiring trend",
    Kind.MARKET_STATISTICS: "Market statistics",
    Kind.PAGE: "Page",
}
# Words that YAML 1.2 takes for something else than text.
_NO_TEXT = re.compile(r"[-+.0-9].*|true|false|null")


class Known(NamedTuple):
    """What ``site.yaml`` names: words for readers by id."""

    authors: Mapping[str, str] = {}
    categories: Mapping[str, str] = {}
    series: Mapping[str, str] = {}
    topics: Mapping[str, str] = {}


def known(settings: SiteSettings) -> Known:
    """The names in these settings."""
    return Known(
        {name: f"{author.name}: {author.role}" for name, author in settings.authors.items()},
        *(
            {name: section.description for name, section in sections.items()}
            for sections in (settings.categories, settings.series, settings.topics)
        ),
    )


def schema(name: str, names: Known = Known()) -> dict[str, Any]:  # noqa: B008 - it never changes
    """The schema of this name, one of :data:`NAMES`; ``names`` are offered where they are meant.

    A value that the reader takes is never refused. What a schema cannot say is left to
    ``aicareers check``: dates in order, figures that agree, links, files.
    """
    if name == SITE:
        return _document("Settings of the site", SiteSettings)
    if name == DATA_TABLE:
        return _document("Data table", TableEntry)
    kind = CALLED[name]
    made = _document(f"Front matter: {_TITLES[kind]}", MODELS[kind])
    if kind is not Kind.PAGE:
        _offer(made["properties"], names)
    return made


def as_text(made: Mapping[str, Any]) -> str:
    """A schema, or several by name, as a JSON text for people."""
    return json.dumps(made, ensure_ascii=False, indent=2) + "\n"


def _document(title: str, model: type[Model]) -> dict[str, Any]:
    summary = (model.__doc__ or "").partition("\n\n")[0]
    return {
        "$schema": DIALECT,
        "title": title,
        "description": " ".join(summary.replace("``", "").split()),
        **schema_forms.of(model),
    }


def _offer(properties: dict[str, Form], names: Known) -> None:
    """Name the authors, categories and series that there are, and the topics with words."""
    for field, ids in (("category", names.categories), ("series", names.series)):
        if choice := _choice(ids):
            properties[field] = {"description": properties[field]["description"], **choice}
    if choice := _choice(names.authors):
        properties["authors"]["items"] = choice
    if names.topics:
        properties["tags"]["items"]["examples"] = [*names.topics]


def _choice(names: Mapping[str, str]) -> Form:
    """These ids alone; any, where YAML may take one of them for a number."""
    if not names or any(map(_NO_TEXT.fullmatch, names)):
        return {}
    return schema_forms.one_of(names)
