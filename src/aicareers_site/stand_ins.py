"""A site's sources without what is withheld: in place of each such article one that says nothing.

It stands at the same place, with the same address, and is withheld for the same reason. So the site
that is made of these sources is what readers may see, and whatever differs from it says something
of what they may not.
"""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING

from aicareers_site.kinds import Kind, kind_of, unconverted
from aicareers_site.paths import PUBLISHED
from aicareers_site.urls import published_path

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import datetime

    from aicareers_site.needles import Withholding
    from aicareers_site.records import Record

_WORD = "Withheld"
_COUNTRY = f"""\
as_of: 2000-01-01
source: none
sources: [{{id: none, name: {_WORD}, retrieved: 2000-01-01}}]
hubs: [{{name: {_WORD}}}]
working_language: {_WORD}
in_favour: [{_WORD}]
against: [{_WORD}]"""


def innocent(withholding: Withholding, files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The source ``files`` (bytes by path) with stand-ins for articles that are withheld.

    Tables that only these show are named by the stand-ins, and so stay withheld, too. What was
    promised earlier is left out: stand-ins keep no promises. So are texts that only these offer:
    they would be taken for articles in a wrong format.
    """
    names = " ".join(table.id for table in withholding.tables)
    known = {one.record.source: one.record for one in withholding.articles}
    stand_ins = {
        path: _file(_front_matter(known[path]) if path in known else ["draft: true"], names)
        for path in withholding.reasons
    }
    return {
        path: one
        for path, one in {**files, **stand_ins}.items()
        if path != PUBLISHED
        and (published_path(path) in withholding.published or not unconverted(path, one))
    }


def _file(front_matter: Iterable[str], names: str) -> bytes:
    lines = ["---", *front_matter, "---", "", f"{_WORD} <!-- {names} -->", ""]
    return "\n".join(lines).encode()


def _front_matter(record: Record) -> Iterator[str]:
    yield f"title: {_WORD}"
    yield f"description: {_WORD}"
    yield f"slug: {record.slug}"
    yield f"draft: {str(record.draft).lower()}"
    kind = kind_of(record.source)
    if record.date is None:
        yield f"updated: {_moment(record.modified)}"
        return
    yield f"date: {_moment(record.date)}"
    yield f"authors: [{', '.join(record.authors)}]"
    yield f"category: {record.category}"
    if record.expires is not None:
        yield f"expires: {_moment(record.expires)}"
    if kind is Kind.COUNTRY_PROFILE:
        yield f"country: {record.profiled}\n{_COUNTRY}"
    elif kind is Kind.HIRING_TREND:
        yield f"key_points: [{_WORD}]"
    elif kind is Kind.MARKET_STATISTICS:
        yield f"tables: [{', '.join(name for _, name in record.tables)}]"


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
