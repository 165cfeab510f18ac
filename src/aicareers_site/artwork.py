"""What a site publishes besides pages, feeds and charts for the eye: pictures and share cards."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from aicareers_site import picture_use, share_cards
from aicareers_site.diagnostics import Diagnostic, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from aicareers_site.articles import Articles
    from aicareers_site.diagnostics import Locate
    from aicareers_site.picture_use import Source
    from aicareers_site.pictures import Job
    from aicareers_site.share_cards import Place, ShareCard
    from aicareers_site.site import Site


@dataclass(frozen=True, slots=True)
class Artwork:
    """The files of pictures and the share cards to be made, by path on the site."""

    files: Mapping[str, Source]
    cards: Mapping[str, Place]

    @classmethod
    def of(cls, site: Site, found: Articles, sources: Mapping[str, bytes]) -> Artwork:
        """That of the ``site``, whose articles show what was ``found``."""
        files = picture_use.made(found.pictures, found.leading, sources)
        cards = share_cards.cards(site, sources) if site.settings.share_cards else ()
        return cls(files, dict(cards))

    @property
    def jobs(self) -> list[Job]:
        """What the files are made of."""
        return [source.job for source in self.files.values()]

    @property
    def drafts(self) -> list[ShareCard]:
        """What is on the cards."""
        return [place.card for place in self.cards.values()]

    def claims(self) -> Iterator[tuple[str, str, str]]:
        """All paths, with the sources and the fields there that they come from."""
        yield from ((path, source.path, "") for path, source in self.files.items())
        yield from ((path, place.source, place.field) for path, place in self.cards.items())

    def unprintable(self, lost: Iterable[str], locate: Locate) -> Iterator[Diagnostic]:
        """Notes on titles with characters that were ``lost`` on their cards, card by card."""
        for place, characters in zip(self.cards.values(), lost, strict=True):
            if characters:
                yield Diagnostic(
                    "card-characters",
                    f"the share card cannot show '{characters}' as it is written",
                    locate(place.source, place.field),
                    "put a font that has it into static/fonts/",
                    Severity.NOTE,
                )
