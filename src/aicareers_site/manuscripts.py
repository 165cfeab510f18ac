"""The articles' files, before they are read, and the rules by which they are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from aicareers_site.figure_marks import NOTHING
from aicareers_site.html_allowed import CHECKED, HtmlPolicy

if TYPE_CHECKING:
    from datetime import tzinfo

    from aicareers_site.configuration import SiteSettings
    from aicareers_site.figure_marks import NamedFigures
    from aicareers_site.fingerprints import Keyed


@dataclass(frozen=True, slots=True)
class Rules:
    """What reading an article depends on, of the settings: language, zone of dates, known names.

    ``drafts`` tells that drafts are published, and so held to what holds for all; ``html`` says
    which HTML articles may hold.
    """

    language: str
    zone: tzinfo
    authors: tuple[str, ...]
    categories: tuple[str, ...]
    drafts: bool
    series: tuple[str, ...] = ()
    html: HtmlPolicy = CHECKED

    @classmethod
    def of(cls, settings: SiteSettings, *, drafts: bool) -> Rules:
        """The rules of the site with these settings."""
        return cls(
            settings.language,
            settings.zone,
            tuple(settings.authors),
            tuple(settings.categories),
            drafts,
            tuple(settings.series),
            HtmlPolicy(settings.embeds, settings.raw_html == "trusted"),
        )


class Manuscript(NamedTuple):
    """An article's file, the rules by which it is read, and the figures that it names."""

    path: str
    content: bytes
    rules: Keyed[Rules]
    figures: NamedFigures = NOTHING
