"""Our syntax where Markdown did not understand it: it is still there, as text between tags."""

from __future__ import annotations

import html
import re
from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING

from aicareers_site.diagnostics import Severity, did_you_mean
from aicareers_site.markdown_extensions import CALLOUTS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aicareers_site.diagnostics import Span
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
    r"|(?P<signs>(?P<sign>~~|==)(?=\w)(?P<words>[^~=\n]+)(?P=sign))"
    r"|(?P<wiki>\[\[[^\[\]\n]+\]\])"
    r"|(?P<template>\{(?:%|\{?&lt;)[^{}\n]*(?:%|&gt;\}?)\})"
    r"|(?<!\[)\[(?P<number>\d{1,2})\](?![\[(:])"
    r"|(?<![\w@/.\[])@(?P<source>[a-z][a-z0-9-]*)"
)
_SIGNS = ("**", "{", "@", "~~", "==")
_COMMENT = "<!--"
_BOLD = re.compile(r"\*\*\S(?:.*\S)?\*\*")
_COMPLETE = re.compile(r"(\[[^\[\]]*\])\(([^()\s]+)\)")
_CURLY = re.compile("[“”„‟‘’‚«»]")
_CURLY_TITLE = re.compile(r"\s(?:[“”„‟‘’‚«]|[\"'].*[“”„‟‘’‚»]$)")
_SIZE = re.compile(r"\s=[0-9]+%?x?[0-9]*%?$")
_LINK_HINT = "write [words](address), without a space between the brackets"


class LeftOvers:
    """Reports what is left over in the texts of an article; ``footnotes`` are their labels."""

    def __init__(
        self, source: MarkdownSource, references: References, footnotes: Sequence[str]
    ) -> None:
        self._source = source
        self._references = references
        self._footnotes = footnotes
        self._unread_before: Counter[str] = Counter()

    @staticmethod
    def possible(text: str) -> bool:
        """Whether there can be any in ``text``, or in a part of it."""
        return any(sign in text for sign in ("[", "]", "!!!", "&lt;!--", *_SIGNS))

    def check(self, text: str, *, starts_block: bool) -> None:
        """Look at the next ``text`` between tags, outside code."""
        if "[" in text or "!!!" in text:
            for found in _SYNTAX.finditer(text):
                self._syntax(text, found, starts_block=starts_block)
        if "]" in text:
            for found in _NOT_A_LINK.finditer(text):
                self._link(found)
        if "[" in text or any(sign in text for sign in _SIGNS):
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
            is_note = starts_block and not found.start() and text[found.end() :][:1] == " "
            hint = self._footnote_hint(name, is_note=is_note)
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

    def _footnote_hint(self, name: str, *, is_note: bool) -> str:
        """What helps where there is no footnote ``name``; ``is_note`` tells that it begins here."""
        if name in self._references.source_ids:
            return f"write [@{name}] to cite the source of this name"
        if is_note:
            return f"for the footnote itself, write a colon behind the bracket: [^{name}]:"
        known = did_you_mean(name, self._footnotes)
        return known or f"write '[^{name}]: …' on a line of its own in the body"

    def _unread(self, found: re.Match[str]) -> None:
        """What another program would understand, or a slip that readers would see."""
        needle = html.unescape(found.group())
        if not self._source.holds(needle) or self._source.holds(f"\\{needle}"):
            return
        span, level = self._place(found, needle), Severity.WARNING
        if found["stars"] or found["sign"]:
            message, hint = _emphasis(found, needle)
            self._references.report("emphasis-syntax", message, span, hint, level)
        elif found["wiki"]:
            message = "this is not a link, and readers would see the brackets"
            hint = "write [words](address), with the path of the article's .md file as the address"
            self._references.report("link-syntax", message, span, hint, level)
        elif found["figure"] or found["template"]:
            message, hint = _figure(found)
            self._references.report("figure-syntax", message, span, hint, level)
        elif problem := self._citation(found, needle):
            message, hint = problem
            self._references.report("citation-syntax", message, span, hint, level)

    def _place(self, found: re.Match[str], needle: str) -> Span:
        """Where it stands, and not where the same is part of something that was understood."""
        number = self._unread_before[needle]
        self._unread_before[needle] += 1
        places = self._unread_places.get(needle, ())
        if not found["stars"] and number < len(places):
            return self._source.at(*places[number])
        return self._source.next(needle)

    @cached_property
    def _unread_places(self) -> dict[str, list[tuple[int, int]]]:
        """Where each of them stands in the source."""
        places: dict[str, list[tuple[int, int]]] = {}
        for found in _UNREAD.finditer(self._source.masked):
            places.setdefault(found.group(), []).append(found.span())
        return places

    def _citation(self, found: re.Match[str], needle: str) -> tuple[str, str] | None:
        if found["number"] and self._references.source_ids:
            return (
                f"{needle} is no citation here, though it looks like one",
                "write [@id] with the id of one of the article's sources, which are numbered by "
                "themselves, or a backslash before the bracket",
            )
        if found["source"] in self._references.source_ids:
            message = f"readers would see '{needle}': a citation stands between brackets"
            return message, f"write [{needle}]"
        return None

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
        elif whole := _COMPLETE.fullmatch(needle):
            self._references.report(
                "link-syntax",
                "within HTML, Markdown is not read: this is not a link",
                span,
                f'write <a href="{whole[2]}">{whole[1][1:-1]}</a>',
            )
        else:
            self._references.report(
                "link-syntax",
                "this is not a link: its address is not complete",
                span,
                "write [words](address), with the closing bracket",
            )


def _emphasis(found: re.Match[str], needle: str) -> tuple[str, str]:
    """What is wrong with signs that make nothing of their words, and what helps."""
    if sign := found["sign"]:
        name = "s" if sign == "~~" else "mark"
        message = f"'{sign}' means nothing here, and readers would see it"
        return message, f"write <{name}>{html.unescape(found['words'])}</{name}>"
    if _BOLD.fullmatch(needle):  # nothing is wrong but the place
        message = "within HTML, Markdown is not read: readers would see these stars"
        return message, f"write <strong>{needle.strip('*')}</strong>"
    return (
        "these stars make nothing bold, and readers would see them",
        "write **words**, with no space inside the stars, and the same stars behind them",
    )


def _figure(found: re.Match[str]) -> tuple[str, str]:
    """What is wrong with a figure in single braces, or with code of a template; what helps."""
    if figure := found["figure"]:
        message = "a figure stands between double braces; readers would see this as it is"
        return message, f"write {{{{ {html.unescape(figure)} }}}}"
    return (
        "articles are no templates: readers would see this",
        "take it out; figures are written {{ table.figure }}, and the rest in Markdown",
    )


def quoted(address: str) -> tuple[str, str] | None:
    """What is wrong with an address that holds curly quotation marks or a size, and what helps."""
    if _SIZE.search(address):
        return "a size stands behind the address", "take it out: the build makes all sizes"
    if _CURLY.match(address):
        return "the address stands between quotation marks", "write [words](address), without them"
    if _CURLY_TITLE.search(address):
        return (
            "the title behind the address stands between curly quotation marks",
            "use straight ones, \" or ', not “ ”",
        )
    return None
