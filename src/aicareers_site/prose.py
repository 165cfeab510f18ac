"""placeholder: value types"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from aicareers_site.diagnostics import Outcome, Span


@dataclass(frozen=True, slots=True)
class Fragment:
    """Markdown from outside the body, such as an answer of the FAQ, and where it stands."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Heading:
    """An entry of the contents list: a heading of level 2 with those of level 3 below it."""

    id: str
    text: str
    children: tuple[Heading, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """An address as the editor wrote it, whose final form only the site knows.

    ``embedded`` is true for what is shown in the page itself, such as the src of an image.
    """

    target: str
    span: Span
    embedded: bool = False


@dataclass(frozen=True, slots=True)
class Prose:
    """Rendered Markdown as one value.

    ``html`` and the values of ``fragments`` hold the token ``\\ufdd0<n>\\ufdd1`` in place of the
    address of ``links[n]``. ``ids`` are all ids in the HTML. ``citations`` maps a source's id to
    the ids of the places that cite it, in reading order. ``words`` counts the body's words;
    ``summary`` is its opening as plain text.
    """

    html: str
    fragments: Mapping[str, str] = field(default_factory=dict)
    contents: tuple[Heading, ...] = ()
    ids: frozenset[str] = frozenset()
    links: tuple[Link, ...] = ()
    citations: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    words: int = 0
    summary: str = ""


def render(
    path: str,
    body: str,
    body_line: int = 1,
    fragments: Mapping[str, Fragment] | None = None,
    source_ids: Sequence[str] = (),
) -> Outcome[Prose]:
    raise NotImplementedError
