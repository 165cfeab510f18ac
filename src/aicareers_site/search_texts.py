"""What pages give to search: the elements that their templates mark, and nothing around them.

The marks are Pagefind's attributes (https://pagefind.app/docs/indexing/): ``data-pagefind-body``
says which elements are searched, the others what in them is a filter, metadata, or left out. A text
is cut out of its page, so that another navigation, stylesheet or related article changes none.
"""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

from aicareers_site.html_tokens import HEADINGS, Tokens, attributes, element
from aicareers_site.results import Made

if TYPE_CHECKING:
    from aicareers_site.html_tokens import Element
    from aicareers_site.results import Body

_MARK = "data-pagefind-"
_SEARCHED = f"{_MARK}body"

# What is left out on purpose, what is not read aloud either, and marks of citations and footnotes.
_LEFT_OUT = re.compile(rf'{_MARK}ignore="all"|aria-hidden="true"|"citation-mark"|"fnref')

_WORD_JOINER = "\u2060"  # stands before marks, and would be part of the word
_WORD = re.compile(r"[\w-]+")

# Pagefind reads none of these either.
_UNREAD = frozenset(
    ["form", "iframe", "label", "nav", "noscript", "script", "style", "svg", "template"]
)


def searched(page: Body) -> Made[bool]:
    """The text of a printed page, and whether it has one."""
    text = cut(page.content().decode())
    return Made(bool(text), text.encode())


def cut(html: str) -> str:
    """The marked elements of ``html``, with the marks in them; empty where there are none.

    Of other attributes those are left to which a mark may refer, as ``date[datetime]`` does, and
    the ids of headings, to which results can lead.
    """
    if _SEARCHED not in html:
        return ""
    cutting = _Cutting()
    for text, code, tag, rest, _ in Tokens(html):
        cutting.text(text)
        if code is not None:
            cutting.text(f"<{code}")
        elif tag is not None:
            cutting.tag(element(tag), rest)
    return cutting.found()


class _Cutting:
    """Takes the tokens of a page one after the other, and keeps those that are searched."""

    def __init__(self) -> None:
        self._kept: list[str] = []
        self._open: list[str] = []  # the elements around, from the marked one on
        self._left_out = 0  # how many are around when the outermost that is left out begins

    def found(self) -> str:
        return "".join(self._kept)

    def text(self, text: str) -> None:
        if self._open and not self._left_out:
            self._kept.append(text.replace(_WORD_JOINER, ""))

    def tag(self, tag: Element, rest: str) -> None:
        if tag.ends:
            self._end(tag.name)
        elif self._open or _SEARCHED in rest:
            self._start(tag, rest)

    def _start(self, tag: Element, rest: str) -> None:
        is_left_out = tag.name in _UNREAD or _LEFT_OUT.search(rest) is not None
        if not self._left_out and not is_left_out:
            self._kept.append(_start_tag(tag.name, rest))
        if tag.is_void:
            return
        self._open.append(tag.name)
        if is_left_out and not self._left_out:
            self._left_out = len(self._open)

    def _end(self, name: str) -> None:
        if name not in self._open:
            return
        while True:
            ended = self._open.pop()
            if not self._left_out:
                self._kept.append(f"</{ended}>")
            elif len(self._open) < self._left_out:
                self._left_out = 0
            if ended == name:
                return


def _start_tag(name: str, rest: str) -> str:
    if _MARK not in rest and name not in HEADINGS:
        return f"<{name}>"
    given = attributes(rest)
    marks = {known for known in given if known.startswith(_MARK)}
    kept = marks.union(*(_WORD.findall(given[mark]) for mark in marks))
    if name in HEADINGS:
        kept.add("id")
    return "".join(
        [
            f"<{name}",
            *(f' {known}="{escape(value)}"' for known, value in given.items() if known in kept),
            ">",
        ]
    )
