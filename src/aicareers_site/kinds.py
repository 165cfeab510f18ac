"""Which kind of article a file below ``content/`` is: its folder decides."""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from enum import StrEnum
from pathlib import PurePosixPath

from aicareers_site.diagnostics import Diagnostic, Span, did_you_mean


class Kind(StrEnum):
    """What an article is."""

    POST = "post"
    COUNTRY_PROFILE = "country-profile"
    HIRING_TREND = "hiring-trend"
    MARKET_STATISTICS = "market-statistics"
    PAGE = "page"


FOLDERS: dict[str, Kind] = {
    "articles": Kind.POST,
    "countries": Kind.COUNTRY_PROFILE,
    "trends": Kind.HIRING_TREND,
    "market": Kind.MARKET_STATISTICS,
    "pages": Kind.PAGE,
}
"""The kind of the articles in each folder of ``content/``."""

CALLED: dict[str, Kind] = {
    "country-profile": Kind.COUNTRY_PROFILE,
    "trend": Kind.HIRING_TREND,
    "market": Kind.MARKET_STATISTICS,
    "post": Kind.POST,
    "page": Kind.PAGE,
}
"""The kinds by the names that editors use on the command line."""


_MARKDOWN = frozenset([".md", ".markdown", ".mdown", ".mdx"])

_SECOND_ENDING = r"(?i)\.md\.(?:docx?|html?|odt|rtf|txt)$"
"""What programs put behind a name, and file managers do not show."""

_OTHER_TEXTS = frozenset([".doc", ".docx", ".htm", ".html", ".odt", ".rtf", ".txt"])

_LOCK = "~$"
"""How the name of a file begins that Word keeps beside one that is open."""


def kind_of(path: str) -> Kind | None:
    """The kind of the article at ``path`` (``content/<folder>/…``), None outside known folders."""
    parts = path.split("/")
    return FOLDERS.get(parts[1]) if len(parts) > 2 and parts[0] == "content" else None


def misplaced(path: str) -> Diagnostic | None:
    """An error for a Markdown file that would be left out without a word."""
    if not path.startswith("content/") or (path.endswith(".md") and kind_of(path)):
        return None
    stem, *second = re.split(_SECOND_ENDING, PurePosixPath(path).name, maxsplit=1)
    if not second and PurePosixPath(path).suffix.lower() not in _MARKDOWN:
        return None
    if kind_of(path) is None:
        folder = PurePosixPath(path).relative_to("content").parent.parts[:1]
        return Diagnostic(
            "unknown-folder",
            f"no kind of article belongs in the folder content/{''.join(folder)}",
            Span(path),
            did_you_mean("".join(folder), FOLDERS),
        )
    hint = f"rename it to {stem if second else PurePosixPath(path).stem}.md"
    return Diagnostic("file-extension", "the names of articles end in '.md'", Span(path), hint)


def unconverted(path: str, content: bytes) -> Diagnostic | None:
    """An error for a text in another format than Markdown, right in a folder of articles.

    Ask for files that no article offers. One whose name has no ending is a text if it begins as
    front matter does.
    """
    if path.endswith(".md") or not kind_of(path) or misplaced(path):
        return None
    file = PurePosixPath(path)
    if file.parts[2:-1] or file.name.startswith(_LOCK):
        return None
    begins = content.removeprefix(BOM_UTF8).startswith(b"---")
    if file.suffix.lower() not in _OTHER_TEXTS and (file.suffix or not begins):
        return None
    return Diagnostic(
        "file-extension",
        "articles are Markdown, and their names end in '.md'",
        Span(path),
        f"save it as Markdown, as {file.stem}.md; if it is no article, keep it elsewhere",
    )
