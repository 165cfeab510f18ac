"""The articles' files, before they are read, and the rules by which they are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import tzinfo

    from aicareers_site.configuration import SiteSettings
    from aicareers_site.fingerprints import Keyed


@dataclass(frozen=True, slots=True)
class Rules:
    """What reading an article depends on, of the settings: the zone of its dates, known names.

    ``drafts`` tells that drafts are published, and so held to what holds for all.
    """

    zone: tzinfo
    authors: tuple[str, ...]
    categories: tuple[str, ...]
    drafts: bool

    @classmethod
    def of(cls, settings: SiteSettings, *, drafts: bool) -> Rules:
        """The rules of the site with these settings."""
        return cls(settings.zone, tuple(settings.authors), tuple(settings.categories), drafts)


class Manuscript(NamedTuple):
    """An article's file, and the rules by which it is read."""

    path: str
    content: bytes
    rules: Keyed[Rules]
