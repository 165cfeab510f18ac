"""What an editor may want to know of the articles together, and of what they leave unused."""

from __future__ import annotations

from collections import Counter
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import quote

from aicareers_site import data_book
from aicareers_site.diagnostics import Diagnostic, Severity, Span, did_you_mean
from aicareers_site.site import repeated

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from aicareers_site.data_book import DataBook
    from aicareers_site.diagnostics import Locate
    from aicareers_site.records import Record
    from aicareers_site.share_cards import Place

SHORTEST, LONGEST = 50, 200
"""Between how many characters a description should be."""

_YOUNG = 10
"""Up to how many articles it says nothing that a topic has but one of them."""

_PICTURES = frozenset([".avif", ".gif", ".jpeg", ".jpg", ".png", ".svg", ".webp"])
_TEXTS = (".md", ".yaml", ".html", ".xml", ".txt", ".css", ".js", ".svg", ".webmanifest")
# What browsers and systems ask for by its name, whether a page names it or not.
_ASKED_FOR = ("apple-touch-icon", "favicon", "mstile")


def descriptions(records: Iterable[Record], locate: Locate) -> Iterator[Diagnostic]:
    """The note ``description-length``, and for one that stands twice the warning
    ``duplicate-description``.
    """
    records = list(records)
    for record in records:
        length = len(record.description)
        if not SHORTEST <= length <= LONGEST:
            few = length < SHORTEST
            yield Diagnostic(
                "description-length",
                f"the description has {'only ' if few else ''}{length} characters",
                locate(record.source, "description"),
                f"write {SHORTEST} to {LONGEST}, of which search results show some 160",
                Severity.NOTE,
            )
    for first, record in repeated(records, lambda record: record.description.casefold()):
        yield Diagnostic(
            "duplicate-description",
            f"'{first.source}' has the same description",
            locate(record.source, "description"),
            "say what is different here",
            Severity.WARNING,
            (locate(first.source, "description"),),
        )


def lone_topics(posts: Sequence[Record], locate: Locate) -> Iterator[Diagnostic]:
    """The note ``lone-topic`` for a tag that one article has alone."""
    if len(posts) <= _YOUNG:
        return
    uses = Counter(tag for record in posts for tag in record.tags)
    for record in posts:
        for index, tag in enumerate(record.tags):
            if uses[tag] == 1:
                others = [other for other in uses if other != tag and uses[other] > 1]
                meant = did_you_mean(tag, others)
                hint = meant if meant.startswith("did") else "give it to others that it suits, too"
                yield Diagnostic(
                    "lone-topic",
                    f"no other article has the tag '{tag}', whose page lists this one alone",
                    locate(record.source, f"tags.{index}"),
                    f"{hint}, or take it out",
                    Severity.NOTE,
                )


def card_titles(
    places: Iterable[Place], shown: Iterable[str], locate: Locate
) -> Iterator[Diagnostic]:
    """The warning ``card-title`` for titles that are cut on their share cards.

    ``shown`` says for each of the ``places`` what is left of its title, or nothing if all is.
    """
    for place, words in zip(places, shown, strict=True):
        if words:
            yield Diagnostic(
                "card-title",
                f"the share card has no room for all of it: '{words}'",
                locate(place.source, place.field),
                "shorten it",
                Severity.WARNING,
            )


def unused_pictures(files: Mapping[str, bytes]) -> Iterator[Diagnostic]:
    """``unused-image`` for pictures among the sources whose names stand nowhere: a warning for one
    among articles, and a note for one of the theme, which something outside may show.
    """
    names: dict[str, list[str]] = {}
    for path in files:
        file = PurePosixPath(path)
        is_ours = path.startswith(("content/", "static/")) and file.suffix.lower() in _PICTURES
        if is_ours and not file.name.startswith((*_ASKED_FOR, ".")):
            names.setdefault(file.name, []).append(path)
    for name in sorted(_unnamed(names, files)):
        for path in names[name]:
            ours = path.startswith("content/")
            yield Diagnostic(
                "unused-image",
                "no article, template or style names this picture",
                Span(path),
                "show it where it belongs, or remove it",
                Severity.WARNING if ours else Severity.NOTE,
            )


def _unnamed(names: Collection[str], files: Mapping[str, bytes]) -> set[str]:
    left = {name: {name.encode(), quote(name).encode()} for name in names}
    for path, content in files.items() if left else ():
        if path.endswith(_TEXTS):
            left = {
                name: forms
                for name, forms in left.items()
                if path.endswith(f"/{name}") or not any(form in content for form in forms)
            }
    return set(left)


def unused_tables(files: Mapping[str, bytes], data: DataBook) -> Iterator[Diagnostic]:
    """The note ``unused-table`` for data tables that nothing names."""
    texts = {path: content for path, content in files.items() if path.endswith((".md", ".html"))}
    named = data_book.mentioned(texts.values(), data)
    for name, table in data.tables.items():
        if name not in named:
            others = (one.path for one in data.tables.values() if one is not table)
            if name not in data_book.mentioned((files[path] for path in others), data):
                yield Diagnostic(
                    "unused-table",
                    "no article names this data table",
                    Span(table.path),
                    "name its figures where they belong, or remove it",
                    Severity.NOTE,
                )
