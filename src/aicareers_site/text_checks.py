"""What an editor may want to know of one article's text, though it can be published as it is."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from aicareers_site import documents, passages
from aicareers_site.diagnostics import Diagnostic, Severity, as_notes
from aicareers_site.figure_lint_prose import ReadText
from aicareers_site.figure_marks import MARK
from aicareers_site.markdown_source import MarkdownSource
from aicareers_site.results import Made

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aicareers_site.diagnostics import Span
    from aicareers_site.documents import Document

SENTENCE_WORDS = 45
"""How many words a sentence may have before it is called long."""

PARAGRAPH_WORDS = 180

_WORD = re.compile(r"[^\W_]+(?:['’.,-][^\W_]+)*")
_NO_PARAGRAPH = re.compile(
    r"^[ \t>]*(?:(?:[-*+]|\d{1,2}[.)])[ \t]|\||#|:[ \t]|!!!|<)", re.MULTILINE
)
_PICTURE = re.compile(
    r"!\[(?P<alt>(?:[^\[\]\\]|\\.)*)\]"
    r"\(\s*<?(?P<src>[^\s()<>]+)>?(?:\s+(?P<sign>[\"'])(?P<title>.*?)(?P=sign))?\s*\)",
    re.DOTALL,
)
_EXTENSION = re.compile(r"\.(?:avif|gif|jpe?g|png|svg|webp)$", re.IGNORECASE)
_KINDS = "image|picture|photo|photograph|graphic|screenshot|illustration"
_ONLY_KIND = re.compile(rf"(?:an? |the )?(?:{_KINDS}|chart|graph|diagram|figure|logo|icon)", re.I)
_NAMES_KIND = re.compile(rf"(?:an? |the )?(?:{_KINDS}) (?:of|showing|that shows)\b", re.I)


class Proof(NamedTuple):
    """An article's file; ``drafts`` are published if asked for, and else their faults are notes."""

    path: str
    content: bytes
    language: str
    drafts: bool


def proofread(proof: Proof) -> Made[tuple[Diagnostic, ...]]:
    """What is to say of the article's text; the body are the fingerprints of its passages.

    Codes: ``useless-alt``, a warning or, where it is a matter of style, a note; the notes
    ``long-sentence`` and ``long-paragraph``.
    """
    document = documents.parse(proof.path, proof.content).value
    if document is None:
        return Made(())
    source = MarkdownSource(document.path, document.body, document.body_line)
    found = (*_alternatives(document, source, proof.language), *_lengths(ReadText(source)))
    compared = passages.fingerprints(passages.passages(document))
    are_notes = document.says_draft and not proof.drafts
    return Made(as_notes(found) if are_notes else found, compared)


def _alternatives(
    document: Document, source: MarkdownSource, language: str
) -> Iterator[Diagnostic]:
    is_english = language.partition("-")[0] == "en"
    tree = document.front_matter
    lead = tree.data.get("image")
    if isinstance(lead, dict):
        alt, file, caption = (str(lead.get(key) or "") for key in ("alt", "src", "caption"))
        span = tree.span(("image", "alt"))
        yield from _alternative(alt, file, caption, span, english=is_english)
    for found in _PICTURE.finditer(source.masked):
        span = source.at(*found.span("alt"))
        caption = found["title"] or ""
        yield from _alternative(found["alt"], found["src"], caption, span, english=is_english)


def _alternative(
    alt: str, file: str, caption: str, span: Span, *, english: bool
) -> Iterator[Diagnostic]:
    words = " ".join(alt.split()).rstrip(".")
    name = PurePosixPath(file).name
    problem = ""
    if not words:
        return  # the build reports it
    if _EXTENSION.search(words) or _plain(words) == _plain(_EXTENSION.sub("", name)):
        problem = f"'{words}' is the name of the file, and does not say what the picture shows"
    elif english and _ONLY_KIND.fullmatch(words):
        problem = f"'{words}' does not say what the picture shows"
    elif caption and words.casefold() == caption.strip().rstrip(".").casefold():
        problem = "the alternative text repeats the caption, which is read out as well"
    if problem:
        hint = "say what it shows, as you would on the telephone"
        yield Diagnostic("useless-alt", problem, span, hint, Severity.WARNING)
    elif english and (found := _NAMES_KIND.match(words)):
        message = f"'{found[0]}' is said twice: programs that read pages aloud say it themselves"
        yield Diagnostic("useless-alt", message, span, "begin with what it shows", Severity.NOTE)


def _plain(name: str) -> str:
    """The letters and digits alone: harbour_2026 is Harbour 2026."""
    return "".join(sign for sign in name.casefold() if sign.isalnum())


def _lengths(text: ReadText) -> Iterator[Diagnostic]:
    for block in text.blocks:
        for sentence in block.sentences:
            written = text.source.text[sentence.start : sentence.end].lstrip()
            words = _count(text, sentence.start, sentence.end)
            if words > SENTENCE_WORDS and not written.startswith("|"):
                span = text.source.at(sentence.end - len(written), sentence.end)
                yield _long("long-sentence", "sentence", words, span)
        words = _count(text, block.start, block.end)
        written = text.source.text[block.start : block.end]
        if words > PARAGRAPH_WORDS and not _NO_PARAGRAPH.search(written):
            span = text.source.at(block.start, block.end)
            yield _long("long-paragraph", "paragraph", words, span)


def _count(text: ReadText, start: int, end: int) -> int:
    """How many words readers see, a figure being one."""
    figures = sum(1 for _ in MARK.finditer(text.source.masked, start, end))
    return figures + sum(1 for _ in _WORD.finditer(text.prose, start, end))


def _long(code: str, what: str, words: int, span: Span) -> Diagnostic:
    return Diagnostic(
        code,
        f"this {what} has {words} words",
        span,
        f"make two {what}s of it where you can",
        Severity.NOTE,
    )
