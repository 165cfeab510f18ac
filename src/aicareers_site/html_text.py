"""Our syntax where Markdown did not understand it: it is still there, as text between tags."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from aicareers_site.diagnostics import Severity, did_you_mean
from aicareers_site.markdown_extensions import CALLOUTS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aicareers_site.markdown_source import MarkdownSource
    from aicareers_site.references import References

_SYNTAX = re.compile(r"\[\^[^\]\s]+\]|\[@[^\]\n]*\]|(?:(?<=\n)|^)!!!\s?([\w-]*)")
_LABEL = r"(?:(?<![\w\]])\[(?![@^])[^\[\]\n]*)?"
_ADDRESS = r"(?:https?://|mailto:|www\.|#|\.{0,2}/(?=\w)|[\w/.-]+\.(?:md|html?)\b)[^)\s]*"
_NOT_A_LINK = re.compile(
    rf"{_LABEL}\]\((?P<open>\S*)"
    rf"|{_LABEL}\](?P<apart>[ \n]+\({_ADDRESS}\))"
    r"|(?<![\w\]])\[(?![@^])[^\[\]\n]+\]\[(?P<undefined>[^\[\]^@\n]*)\]"
)
_UNREAD = re.compile(
    r"(?P<stars>\*\*)(?:[^*\n]*\*\*)?"
    r"|(?<!\{)\{\s?(?P<figure>[a-z0-9][a-z0-9-]*(?:\.[a-z0-9-]+)+[^{}\n]*?)\s?\}(?!\})"
    r"|(?P<template>\{(?:%|\{?&lt;)[^{}\n]*(?:%|&gt;\}?)\})"
    r"|(?<!\[)\[(?P<number>\d{1,2})\](?![\[(:])"
    r"|(?<![\w@/.\[])@(?P<source>[a-z][a-z0-9-]*)"
)
_COMMENT = "<!--"
_CURLY = re.compile("[“”„‟‘’‚«»]")
_CURLY_TITLE = re.compile(r"\s[“”„‟‘’‚«]")
_LINK_HINT = "write [words](address), without a space between the brackets"


class LeftOvers:
    """Reports what is left over in the texts of an article; ``footnotes`` are their labels."""

    def __init__(
        self, source: MarkdownSource, references: References, footnotes: Sequence[str]
    ) -> None:
        self._source = source
        self._references = references
        self._footnotes = footnotes

    @staticmethod
    def possible(text: str) -> bool:
        """Whether there can be any in ``text``, or in a part of it."""
        return any(sign in text for sign in ("[", "]", "!!!", "&lt;!--", "**", "{", "@"))

    def check(self, text: str, *, starts_block: bool) -> None:
        """Look at the next ``text`` between tags, outside code."""
        if "[" in text or "!!!" in text:
            for found in _SYNTAX.finditer(text):
                self._syntax(text, found, starts_block=starts_block)
        if "]" in text:
            for found in _NOT_A_LINK.finditer(text):
                self._link(found)
        if any(sign in text for sign in ("**", "{", "[", "@")):
            for found in _UNREAD.finditer(text):
                self._unread(found)
        if "&lt;!--" in text and self._source.holds(_COMMENT):
            self._references.report(
                "html-syntax",
                "this comment is never closed, and readers would see it",
                self._source.next(_COMMENT),
                "write --> where it ends",
            )

    def _syntax(self, text: str, found: re.Match[str], *, starts_block: bool) -> None:
        needle = html.unescape(found.group())
        if not self._source.holds(needle):
            return  # escaped with a backslash
        if needle.startswith("!!!") and not (found.start() or starts_block):
            return  # only excited
        name = needle[2:-1]
        if needle.startswith("[@") and self._source.holds(f"@{name}"):
            # Those that were understood have been looked up by their names, too.
            span = self._source.next(f"@{name}")
        else:
            span = self._source.next(needle)
        if needle.startswith("[^"):
            problem = ("unknown-footnote", f"there is no footnote '{name}'")
            known = did_you_mean(name, self._footnotes)
            if name in self._references.source_ids:
                known = f"write [@{name}] to cite the source of this name"
            hint = known or f"write '[^{name}]: …' on a line of its own in the body"
        elif needle.startswith("[@"):
            problem = ("citation-syntax", f"'{needle}' is not a citation here")
            hint = "write [@id] or [@id; @other], outside links and HTML blocks"
            first, comma, _ = name.partition(",")
            if comma and first in self._references.source_ids:
                hint = f"write [@{first}], another source behind a semicolon, pages in the text"
        elif found[1] in {"", *CALLOUTS}:
            problem = ("unknown-callout", "this is not how a callout starts")
            hint = f'write !!! {found[1] or CALLOUTS[0]} "Title"'
            if _CURLY.search(text[found.end() :].split("\n")[0]):
                hint += ", with straight quotation marks, not “ ”"
        else:
            problem = ("unknown-callout", f"there is no callout '{found[1]}'")
            hint = did_you_mean(found[1], CALLOUTS)
        self._references.report(*problem, span, hint)

    def _unread(self, found: re.Match[str]) -> None:
        """What another program would understand, or a slip that readers would see."""
        needle = html.unescape(found.group())
        if not self._source.holds(needle) or self._source.holds(f"\\{needle}"):
            return
        code = "citation-syntax"
        if found["stars"]:
            code = "emphasis-syntax"
            message = "these stars make nothing bold, and readers would see them"
            hint = "write **words**, with no space inside the stars, and the same stars behind them"
        elif figure := found["figure"]:
            code = "figure-syntax"
            message = "a figure stands between double braces; readers would see this as it is"
            hint = f"write {{{{ {html.unescape(figure)} }}}}"
        elif found["template"]:
            code = "figure-syntax"
            message = "articles are no templates: readers would see this"
            hint = "take it out; figures are written {{ table.figure }}, and the rest in Markdown"
        elif number := found["number"]:
            if not self._references.source_ids:
                return
            message = f"[{number}] is no citation here, though it looks like one"
            hint = "write [@id] with the id of one of the article's sources, which are numbered by "
            hint += "themselves, or a backslash before the bracket"
        elif found["source"] in self._references.source_ids:
            message = f"readers would see '{needle}': a citation stands between brackets"
            hint = f"write [{needle}]"
        else:
            return
        self._references.report(code, message, self._source.next(needle), hint, Severity.WARNING)

    def _link(self, found: re.Match[str]) -> None:
        needle = html.unescape(found.group())
        if not self._source.holds(needle):
            return  # escaped with a backslash
        if not needle.startswith("[") and self._source.holds(f"\\{needle}"):
            return
        span = self._source.next(needle)
        if found["apart"]:
            self._references.report(
                "link-syntax", "this is not a link", span, _LINK_HINT, Severity.WARNING
            )
        elif found["undefined"] is not None:
            label = html.unescape(found["undefined"])
            self._references.report(
                "link-syntax",
                f"this is not a link: there is no line '[{label}]: address'"
                if label
                else "this is not a link",
                span,
                "write [words](address)",
            )
        else:
            self._references.report(
                "link-syntax",
                "this is not a link: its address is not complete",
                span,
                "write [words](address), with the closing bracket",
            )


def quoted(address: str) -> tuple[str, str] | None:
    """What is wrong with an address that holds curly quotation marks, and what helps."""
    if _CURLY.match(address):
        return "the address stands between quotation marks", "write [words](address), without them"
    if _CURLY_TITLE.search(address):
        return (
            "the title behind the address stands between curly quotation marks",
            "use straight ones, \" or ', not “ ”",
        )
    return None
