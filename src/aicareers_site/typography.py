"""Curly quotation marks, dashes and ellipses for text typed on a plain keyboard (English rules).

``"`` and ``'`` become the opening or closing mark that their surroundings ask for, ``--`` an en
dash, ``---`` an em dash, ``...`` an ellipsis. Longer runs of hyphens or full stops stay as they
are, and so does text that already holds the right marks: smartening twice changes nothing.
"""

from __future__ import annotations

import re

# Begins with a set of characters, which searches skip to.
_MARKS = re.compile(r"""["'.-](?:(?<=["'])|(?<=-)(?<!--)-{1,2}(?!-)|(?<=\.)(?<!\.\.)\.\.(?!\.))""")
_REPLACEMENTS = {"--": "–", "---": "—", "...": "…"}
_BEFORE_OPENING = frozenset("([{<«‹“‘/=¿¡")
_DASHES = frozenset("-‐‑–—")
# Where an apostrophe stands for the beginning of a word or of a year: ’tis, ’em, ’90s.
_ELISION = re.compile(r"(?:\d\ds?|tis|twas|twere|til|em|cause|bout|n)(?!\w)", re.IGNORECASE)


class Typographer:
    """Smartens a text that comes in pieces, as it does between the tags of HTML.

    It remembers what a reader saw last, so that the marks of ``"<em>so</em>"`` face each other.
    """

    def __init__(self) -> None:
        self._before = ""
        self._quoting = False

    def start_block(self) -> None:
        """A new block begins: nothing stands before its text."""
        self._before = ""
        self._quoting = False

    def skip(self, text: str) -> None:
        """A reader sees ``text`` (code, a picture) that stays as it is."""
        if text:
            self._before = text[-1]

    def smarten(self, text: str) -> str:
        """The next piece, smartened."""
        if not text:
            return text
        if "'" not in text and '"' not in text and "--" not in text and "..." not in text:
            self._before = text[-1]
            return text
        pieces, end = [], 0
        for mark in _MARKS.finditer(text):
            if mark.start() > end:
                pieces.append(text[end : mark.start()])
                self._before = text[mark.start() - 1]
            end = mark.end()
            replacement = _REPLACEMENTS.get(mark.group()) or self._quotation_mark(text, mark)
            pieces.append(replacement)
            self._before = replacement
        if end < len(text):
            pieces.append(text[end:])
            self._before = text[-1]
        return "".join(pieces)

    def _quotation_mark(self, text: str, mark: re.Match[str]) -> str:
        after = text[mark.end() : mark.end() + 1]
        opening = self._opens(after)
        if mark.group() == "'":
            return "‘" if opening and not _ELISION.match(text, mark.end()) else "’"
        self._quoting = opening
        return "“" if opening else "”"

    def _opens(self, after: str) -> bool:
        if not self._before or self._before.isspace():
            return not (self._quoting and after.isspace())
        if self._before in _DASHES:
            return after.isalnum()
        return self._before in _BEFORE_OPENING


def smarten(text: str) -> str:
    """Plain ``text``, such as a title, smartened."""
    return Typographer().smarten(text)
