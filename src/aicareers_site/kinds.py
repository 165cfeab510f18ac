"""Which kind of article a file below ``content/`` is: its folder decides."""

from __future__ import annotations

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


def kind_of(path: str) -> Kind | None:
    """The kind of the article at ``path`` (``content/<folder>/…``), None outside known folders."""
    parts = path.split("/")
    return FOLDERS.get(parts[1]) if len(parts) > 2 and parts[0] == "content" else None


def misplaced(path: str) -> Diagnostic | None:
    """An error for a Markdown file that would be left out without a word."""
    if not path.startswith("content/") or (path.endswith(".md") and kind_of(path)):
        return None
    if PurePosixPath(path).suffix.lower() not in {".md", ".markdown", ".mdown", ".mdx"}:
        return None
    if kind_of(path) is None:
        folder = PurePosixPath(path).relative_to("content").parent.parts[:1]
        return Diagnostic(
            "unknown-folder",
            f"no kind of article belongs in the folder content/{''.join(folder)}",
            Span(path),
            did_you_mean("".join(folder), FOLDERS),
        )
    hint = f"rename it to {PurePosixPath(path).stem}.md"
    return Diagnostic("file-extension", "the names of articles end in '.md'", Span(path), hint)
