"""A second reading of an article's HTML: as browsers read it, and with another's list.

The pass over the HTML (:mod:`aicareers_site.html_pass`) looks at tags as they are written. Here a
parser by the HTML standard builds the tree that a browser would, and a cleaner that has been
attacked for years takes out of it what is not allowed (ammonia, by way of nh3). Where both
readings agree, which is nearly always, the text stays as it was, byte for byte.
"""

from __future__ import annotations

import html
import re
from functools import cache
from itertools import zip_longest
from typing import TYPE_CHECKING, NamedTuple

from aicareers_site.diagnostics import Severity
from aicareers_site.html_allowed import ALLOWED, EVERYWHERE
from aicareers_site.html_tokens import Tokens, attributes
from aicareers_site.urls import SCHEMES

if TYPE_CHECKING:
    from nh3 import Cleaner

    from aicareers_site.diagnostics import Span
    from aicareers_site.markdown_source import MarkdownSource
    from aicareers_site.references import References

_BY_HAND = re.compile(r"<(?!https?://)|(?<!\{)\{(?!\{)")
"""A tag begins so, or an attribute list; everything else Markdown makes by itself."""

_TAG = re.compile(r"<[a-zA-Z/!?][^>]*>?")
_TABLE = re.compile(r"(<table\b[^>]*>).*?</table>", re.IGNORECASE | re.DOTALL)
_PART = re.compile(r"<(caption|col|colgroup|tbody|td|tfoot|th|thead|tr)\b", re.IGNORECASE)
_SPACE = re.compile(r"\s+")
_REFERENCE = re.compile(r"&#(?:[xX]([0-9a-fA-F]+)|([0-9]+));?")
_OURS = range(0xFDD0, 0xFDF0)
"""Noncharacters, which stand for addresses and the like in what prose makes."""

_IMPLIED = frozenset(["colgroup", "p", "tbody", "tr"])
"""What the standard's parser puts in where it was left out, if without attributes."""


class _Piece(NamedTuple):
    """A start tag, with its attributes, and the text before it without white space.

    The last piece has no tag; ``written`` is how the tag stands there.
    """

    text: str
    name: str
    attributes: dict[str, str]
    written: str = ""


def may_hold_html(text: str) -> bool:
    """Whether Markdown's ``text`` may hold anything that its editor wrote in HTML."""
    return _BY_HAND.search(text) is not None


def read_again(finished: str, source: MarkdownSource, references: References) -> str:
    """The ``finished`` HTML of ``source`` as it is, if browsers read it as it is written.

    Otherwise that is an error, if there is none yet, and the value is what may be left of it.
    """
    cleaned = _cleaner().clean(_REFERENCE.sub(_without_noncharacters, finished))
    if cleaned == finished:
        return finished
    where = _difference(_reading(finished), _reading(cleaned))
    if where is None:
        return finished
    if all(one.severity is not Severity.ERROR for one in references.diagnostics):
        references.report("ambiguous-html", *_problem(where, source))
    return cleaned


def _problem(where: str, source: MarkdownSource) -> tuple[str, Span, str]:
    """What is wrong with the HTML of ``source`` where browsers read another tag than ``where``, the
    place, and what helps.
    """
    for found in _REFERENCE.finditer(source.masked):
        if _is_ours(found):
            span = source.at(*found.span())
            return f"{found.group()} stands for no character", span, "take it out"
    for found in _TABLE.finditer(source.masked):
        outside, table, _ = _cleaner().clean(found.group()).partition("<table")
        if table and (words := _shortened(_TAG.sub("", outside))):
            return (
                f"'{words}' stands in no cell of this table, and browsers would show it above",
                source.at(*found.span(1)),
                "put it into a cell, between <td> and </td>, or in front of <table>",
            )
    first = source.nth_match(_TAG, 0)
    span = source.next(where) if where and source.holds(where) else first
    part = _PART.match(where)
    if part and not _TABLE.search(source.masked):
        name = part[1].lower()
        return (
            f"<{name}> stands outside of a table, and browsers would leave it out",
            span,
            "put it between <table> and </table>, cells in rows: <tr><td>…</td></tr>",
        )
    return (
        "browsers would not read this HTML as it is written",
        span,
        "close each tag inside of what it was opened in, and write &lt; for the sign itself",
    )


@cache
def _cleaner() -> Cleaner:
    from nh3 import Cleaner

    return Cleaner(
        tags={*ALLOWED},
        attributes={name: {*own} for name, own in ALLOWED.items()} | {"*": {*EVERYWHERE}},
        url_schemes={*SCHEMES},
        link_rel=None,
    )


def _without_noncharacters(found: re.Match[str]) -> str:
    """The reference, unless it stands for what must not come from a text."""
    return "\ufffd" if _is_ours(found) else found.group()


def _is_ours(reference: re.Match[str]) -> bool:
    code = int(reference[1], 16) if reference[1] else int(reference[2][:9])
    return code in _OURS


def _shortened(text: str) -> str:
    """The ``text`` of HTML as people read it, and no more than they need to find it."""
    words = " ".join(html.unescape(text).split())
    return words if len(words) <= 40 else words[:39] + "…"


def _reading(text: str) -> list[_Piece]:
    pieces: list[_Piece] = []
    before = ""
    tokens = Tokens(text)
    for words, _, tag, rest, _ in tokens:
        before += words
        if tag and not tag.startswith("/"):
            given = attributes(rest)
            if given or tag.lower() not in _IMPLIED:
                pieces.append(_Piece(_squeezed(before), tag.lower(), given, f"<{tag}{rest}"))
                before = ""
    return [*pieces, _Piece(_squeezed(before + tokens.rest), "", {})]


def _squeezed(text: str) -> str:
    return _SPACE.sub("", html.unescape(text))


def _difference(mine: list[_Piece], its: list[_Piece]) -> str | None:
    """How what differs is written, empty if that is at the end; None if the readings agree."""
    for one, other in zip_longest(mine, its):
        if one is None or other is None or one[:3] != other[:3]:
            return one.written if one else ""
    return None
