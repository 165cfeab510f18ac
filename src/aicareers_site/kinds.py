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


def kind_of(path: str) -> Kind | None:
    """The kind of the article at ``path`` (``content/<folder>/…``), None outside known folders."""
    parts = path.split("/")
    return FOLDERS.get(parts[1]) if len(parts) > 2 and parts[0] == "content" else None


def misplaced(path: str) -> Diagnostic | None:
    """An error for a Markdown file that would be left out without a word."""
    folder, _, rest = path.partition("/")
    is_markdown = PurePosixPath(path).suffix.lower() in {".md", ".markdown", ".mdown", ".mdx"}
    if folder != "content" or not is_markdown:
        return None
    if kind_of(path) is None:
        folder = rest.rpartition("/")[0].partition("/")[0]
        return Diagnostic(
            "unknown-folder",
            f"the folder content/{folder} has no kind of article",
            Span(path),
            did_you_mean(folder, FOLDERS),
        )
    if not path.endswith(".md"):
        return Diagnostic("file-extension", "articles end in '.md'", Span(path), "rename the file")
    return None
