"""Traps that show in a Markdown text alone: what it looks like is not what Python-Markdown reads.

Most come with habits from other programs, and garble a text without a word.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import TYPE_CHECKING

from aicareers_site.diagnostics import Diagnostic, Severity
from aicareers_site.markdown_extensions import CAPTION
from aicareers_site.markdown_source import FENCE, blank

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from aicareers_site.diagnostics import Span
    from aicareers_site.markdown_source import MarkdownSource

_FENCED = re.compile(rf"{FENCE}|<!--.*?-->", re.DOTALL | re.MULTILINE)
_OPEN_FENCE = re.compile(r"^(?:`{3,}(?!.*`)|~{3,}).*$", re.MULTILINE)
_INDENTED_FENCE = re.compile(r"^ +(?:`{3,}|~{3,}).*", re.MULTILINE)
_ITEM = re.compile(r"( *)(?:[-*+]|\d+\.)( +)\S")


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    text: str

    @property
    def indent(self) -> int:
        """The columns before the text; Python-Markdown takes a tab for up to four."""
        expanded = self.text.expandtabs(4)
        return len(expanded) - len(expanded.lstrip(" "))

    @property
    def end(self) -> int:
        return self.start + len(self.text.rstrip())


def traps(source: MarkdownSource) -> Iterator[Diagnostic]:
    """What to say about the text of ``source``: warnings, and errors where it would be garbled."""
    outside = source.text
    if "```" in outside or "~~~" in outside:
        outside = _FENCED.sub(lambda found: blank(found.group()), outside)
    yield from _indentation(source)
    # Every other one is the end of the one before.
    for found in islice(_INDENTED_FENCE.finditer(outside), 0, None, 2):
        yield _warning(
            "fence-indent",
            "a fence that is indented does not start a block of code",
            source.at(found.start(), found.end()),
            "inside a list or callout, indent the code by 4 more spaces, without a fence",
        )
    end = len(outside)
    if fence := _OPEN_FENCE.search(outside):
        end = fence.start()
        yield Diagnostic(
            "unclosed-fence",
            "the code that starts here is never closed",
            source.at(fence.start(), fence.end()),
            f"write {fence.group()[:3]} on a line of its own, where the code ends",
        )
    blocks = list(_blocks(source.masked[:end]))
    for index, block in enumerate(blocks):
        yield from _tab(source, blocks, index)
        yield from _list(source, block)
        yield from _marker(source, block)
        yield from _table(source, block)


def _warning(code: str, message: str, span: Span, hint: str) -> Diagnostic:
    return Diagnostic(code, message, span, hint, Severity.WARNING)


def _blocks(text: str) -> Iterator[list[_Line]]:
    """The runs of lines that are not blank."""
    block: list[_Line] = []
    start = 0
    for line in text.split("\n"):
        if line.strip():
            block.append(_Line(start, line))
        elif block:
            yield block
            block = []
        start += len(line) + 1
    if block:
        yield block


# Lists


def _indentation(source: MarkdownSource) -> Iterator[Diagnostic]:
    """What is indented by too little to belong to the list item or callout above.

    Python-Markdown wants 4 spaces a level and takes less for the level above, without a word, where
    CommonMark takes as many as the marker is wide.
    """
    levels: list[tuple[int, int]] = []  # of the items around: their indent, their text's
    callout: int | None = None  # the indent of one whose text is still to come
    after_blank, offset = False, 0
    for text in source.masked.split("\n"):
        line, offset = _Line(offset, text), offset + len(text) + 1
        item, indent = _ITEM.match(text.expandtabs(4)), line.indent
        if not text.strip(" \0"):
            after_blank = after_blank or not text.strip()
            continue
        new_block = bool(item) or after_blank
        while levels and new_block and indent <= levels[-1][0]:
            levels.pop()
        in_gap = levels and new_block and levels[-1][1] <= indent < levels[-1][0] + 4
        if in_gap or (callout is not None and indent < callout + 4):
            yield _warning(
                "list-indent",
                f"indented by {indent} spaces, this is not inside the list item or callout above",
                source.at(line.start, line.end),
                "indent what belongs to it by 4 spaces",
            )
        if item:
            levels.append((indent, item.end() - 1))
        callout = indent if text.lstrip().startswith("!!!") else None
        after_blank = False


_LISTED = re.compile(r"\s*(?:[-*+]|\d{1,2}\.)[ \t]+\S")
# What may stand directly above a list, or is no paragraph.
_NO_PARAGRAPH = re.compile(
    rf"\s*(?:#|!!!|>|<|\||:|\[\^|={{2,}}|-{{2,}}|\*{{3,}}|\0+\s*$|{CAPTION})"
)


def _list(source: MarkdownSource, block: Sequence[_Line]) -> Iterator[Diagnostic]:
    if block[0].text.lstrip().startswith("<"):
        return
    for above, line in pairwise(block):
        if _LISTED.match(above.text):
            return
        if _LISTED.match(line.text) and not _NO_PARAGRAPH.match(above.text):
            yield _warning(
                "list-start",
                "directly below a line of text, this is not a list",
                source.at(line.start, line.end),
                "leave a line empty above a list; write a backslash before the sign if it is none",
            )
            return


_NUMBERED = re.compile(r"\s*(?P<marker>\d{1,2}\))[ \t]+\S")
_BULLET = re.compile(r"\s*(?P<marker>[•‣◦▪●·])[ \t\u00a0]*\S")
_DASH = re.compile(r"\s*(?P<marker>[–—])[ \t\u00a0]+\S")


def _marker(source: MarkdownSource, block: Sequence[_Line]) -> Iterator[Diagnostic]:
    """Other signs before the entries of a list."""
    first = block[0].text
    found = _NUMBERED.match(first) or (
        _DASH.match(first) if len(block) > 1 and _DASH.match(block[1].text) else None
    )
    line = block[0]
    if found is None:
        bullets = ((each, _BULLET.match(each.text)) for each in block)
        line, found = next((pair for pair in bullets if pair[1]), (line, None))
    if found is not None:
        start, end = found.span("marker")
        yield _warning(
            "list-marker",
            f"'{found['marker']}' does not make a list",
            source.at(line.start + start, line.start + end),
            "write '1.' or '-' and a space before each entry",
        )


# Code

_CONTAINER = re.compile(r"(?:[-*+]|\d+\.)\s|!!!|\[\^|:\s")
_PROSE = re.compile(r"[^\W\d]{2,}[,;:]?(?: +[^\W_]+[,.;:!?]?){2,}")
_CODE = re.compile(r"[{};=<>|]|\w\(|[\w-]+/|^\s*[$#>]")


def _tab(
    source: MarkdownSource, blocks: Sequence[Sequence[_Line]], index: int
) -> Iterator[Diagnostic]:
    """A paragraph that starts with a tab, as typewriters and word processors have it."""
    line = blocks[index][0]
    if not line.text.startswith("\t") or not _PROSE.search(line.text) or _CODE.search(line.text):
        return
    around = next(
        (
            block
            for block in reversed(blocks[:index])
            if not block[0].text.startswith(("\t", "    "))
        ),
        [],
    )
    if not any(_CONTAINER.match(each.text.lstrip()) for each in around):
        yield _warning(
            "tab-indent",
            "text that starts with a tab or 4 spaces is shown as code",
            source.at(line.start, line.end),
            "remove the tab; for code, write ``` above and below it",
        )


# Tables

_DELIMITERS = re.compile(r"[ ]*\|?[ :]*-[-: |]*\|[-: |]*|[ ]*\|[ :]*-+[ :]*\|?[ ]*")
_WRONG_DELIMITERS = re.compile(r"[ ]*\|[ :|–—―−_=-]*[–—―−_=-][ :|–—―−_=-]*")


def _table(source: MarkdownSource, block: Sequence[_Line]) -> Iterator[Diagnostic]:
    if block[0].text.lstrip().startswith("<"):
        return
    texts = [line.text for line in block]
    rows = [number for number, text in enumerate(texts) if text.lstrip().startswith("|")]
    delimiters = [number for number, text in enumerate(texts) if _DELIMITERS.fullmatch(text)]
    first = rows[0] if rows else (delimiters[0] - 1 if delimiters else -1)
    if first < 0 or len(block) - first < 2 or (not delimiters and len(rows) < 2):
        return
    if problem := _table_problem(texts, first, delimiters):
        number, message, hint = problem
        line = block[number]
        yield _warning("table-syntax", message, source.at(line.start, line.end), hint)


def _table_problem(
    texts: Sequence[str], first: int, delimiters: Sequence[int]
) -> tuple[int, str, str] | None:
    """The line that keeps a table from being one, or is lost in it; why, and what helps."""
    none = "this looks like a table but is none: "
    hyphens = "the second row of a table is | --- | --- |, once per column"
    if first and not re.match(rf"\s*(?:#|!!!|{CAPTION})", texts[first - 1]):
        return first, f"{none}text stands directly above it", "leave a line empty above it"
    second = texts[first + 1]
    if first + 1 not in delimiters:
        what = (
            "its second row has other signs than hyphens"
            if _WRONG_DELIMITERS.fullmatch(second)
            else "its second row is not a row of hyphens"
        )
        return first + 1, none + what, hyphens
    wanted, found = _columns(texts[first]), _columns(second)
    if wanted != found:
        what = f"its first row has {wanted} columns, its row of hyphens {found}"
        return first + 1, none + what, hyphens
    for number, text in enumerate(texts[first + 2 :], first + 2):
        if "|" not in text and not text.startswith(CAPTION):
            hint = "leave a line empty below the table"
            return number, "this line becomes a row of the table above", hint
    return None


def _columns(row: str) -> int:
    bare = row.strip().removeprefix("|")
    return len(re.findall(r"(?<!\\)\|", re.sub(r"(?<!\\)\|$", "", bare))) + 1
