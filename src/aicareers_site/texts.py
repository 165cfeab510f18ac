"""One article from its bytes to its rendered text: all that needs no other article.

This is where the time of a build goes, so that it is one step: what it sees is few and small, and
whoever calls it may keep its result for as long as these stay the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from aicareers_site import content_types, documents, prose, site
from aicareers_site.diagnostics import Diagnostic, Outcome, Span, as_notes, did_you_mean
from aicareers_site.facts import fragment_name
from aicareers_site.prose import Fragment, Prose

if TYPE_CHECKING:
    from datetime import tzinfo

    from aicareers_site.configuration import SiteSettings
    from aicareers_site.content_types import Article


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


@dataclass(frozen=True, slots=True)
class Manuscript:
    """An article's file, and the rules by which it is read."""

    path: str
    content: bytes
    rules: Rules


@dataclass(frozen=True, slots=True)
class Text:
    """An article and its rendered prose."""

    article: Article
    prose: Prose


def misplaced(path: str) -> Diagnostic | None:
    """An error for a Markdown file that would be left out without a word."""
    parts = PurePosixPath(path).parts
    is_markdown = PurePosixPath(path).suffix.lower() in {".md", ".markdown", ".mdown", ".mdx"}
    if parts[0] != "content" or not is_markdown:
        return None
    if content_types.kind_of(path) is None:
        folder = parts[1] if len(parts) > 2 else ""
        return Diagnostic(
            "unknown-folder",
            f"the folder content/{folder} has no kind of article",
            Span(path),
            did_you_mean(folder, content_types.FOLDERS),
        )
    if not path.endswith(".md"):
        return Diagnostic("file-extension", "articles end in '.md'", Span(path), "rename the file")
    return None


def read(manuscript: Manuscript) -> Outcome[Text | None]:
    """Read and render one article; None where its front matter cannot be understood.

    The faults of a draft are notes unless drafts are published: it may be unfinished, and must
    not stop the others.
    """
    rules = manuscript.rules
    document = documents.parse(manuscript.path, manuscript.content)
    if document.value is None:
        return Outcome(None, document.diagnostics)
    written = str(document.value.front_matter.data.get("draft", "")).lower()
    article = content_types.read(document.value, rules.zone)
    found = [*document.diagnostics, *article.diagnostics]
    text = None
    if article.value is not None:
        found += site.check_references(article.value, rules.authors, rules.categories)
        rendered = _rendered(article.value)
        found += rendered.diagnostics
        text = Text(article.value, rendered.value)
    lenient = written in {"true", "yes"} and not rules.drafts
    return Outcome(text, as_notes(found) if lenient else tuple(found))


def _rendered(article: Article) -> Outcome[Prose]:
    document, front = article.document, article.front
    fragments = {
        fragment_name(location): Fragment(text, document.front_matter.span(location))
        for location, text in front.markdown_texts()
    }
    return prose.render(
        document.path,
        document.body,
        document.body_line,
        fragments,
        tuple(source.id for source in front.sources),
    )
