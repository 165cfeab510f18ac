"""Traps that show in a Markdown text alone: what it looks like is not what Python-Markdown reads.

Most come with habits from other programs, and garble a text without a word.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import TYPE_CHECKING

from aicareers_site.diagnostics import Diagnostic, Severity
from aicareers_site.markdown_code import blocks_blanked
from aicareers_site.markdown_extensions import CAPTION

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from aicareers_site.diagnostics import Span
    from aicareers_site.markdown_source import MarkdownSource

_OPEN_FENCE = re.compile(r"^(?:`{3,}(?!.*`)|~{3,}).*$", re.MULTILINE)
_INDENTED_FENCE = re.compile(r"^ +(?:`{3,}|~{3,}).*", re.MULTILINE)
_FOOTNOTE = re.compile(r"^ {0,3}(?P<mark>\[\^(?P<label>[^\]\n]+)\]:)", re.MULTILINE)
_ITEM = re.compile(r"( *)(?:[-*+]|\d+\.)( +)\S")


@dataclass(slots=True)
class _Block:
    """A run of lines that are not blank, the first of which begins at ``start``."""

    start: int
    lines: list[str]

    def place(self, number: int) -> tuple[int, int]:
        """Where the line begins, and where it ends but for white space."""
        start = self.start + sum(len(line) + 1 for line in self.lines[:number])
        return start, start + len(self.lines[number].rstrip())


def traps(source: MarkdownSource) -> Iterator[Diagnostic]:
    """What to say about the text of ``source``: warnings, and errors where it would be garbled."""
    yield from _indentation(source)
    outside = source.text
    if _has_fence(outside):
        outside = blocks_blanked(outside)
    end = len(outside)
    if _has_fence(outside):
        # Every other one is the end of the one before.
        for found in islice(_INDENTED_FENCE.finditer(outside), 0, None, 2):
            yield _warning(
                "fence-indent",
                "a fence that is indented does not start a block of code",
                source.at(found.start(), found.end()),
                "inside a list or callout, indent the code by 4 more spaces, without a fence",
            )
        if fence := _OPEN_FENCE.search(outside):
            end = fence.start()
            yield Diagnostic(
                "unclosed-fence",
                "the code that starts here is never closed",
                source.at(fence.start(), fence.end()),
                f"write {fence.group()[:3]} on a line of its own, where the code ends",
            )
    yield from _block_traps(source, source.masked[:end])
    if "[^" in source.masked:
        yield from _footnotes(source)


def _footnotes(source: MarkdownSource) -> Iterator[Diagnostic]:
    """Footnotes of which Python-Markdown would lose the first."""
    before: dict[str, Span] = {}
    for found in _FOOTNOTE.finditer(source.masked):
        label, span = found["label"], source.at(*found.span("mark"))
        if label in before:
            yield Diagnostic(
                "duplicate-footnote",
                f"there are two footnotes '{label}', and readers would see the last alone",
                span,
                "give one of them another name, here and where it is referred to",
                related=(before[label],),
            )
        before.setdefault(label, span)


def _has_fence(text: str) -> bool:
    return "```" in text or "~~~" in text


def _block_traps(source: MarkdownSource, text: str) -> Iterator[Diagnostic]:
    has_tabs = "\t" in text
    has_markers = not text.isascii() or _POSSIBLE_MARKER.search(f"\n{text}") is not None
    blocks = list(_blocks(text))
    for index, block in enumerate(blocks):
        if has_tabs:
            yield from _tab(source, blocks, index)
        if len(block.lines) > 1:
            yield from _list(source, block)
        if has_markers:
            yield from _marker(source, block)
        if len(block.lines) > 1:
            yield from _table(source, block)


def _warning(code: str, message: str, span: Span, hint: str) -> Diagnostic:
    return Diagnostic(code, message, span, hint, Severity.WARNING)


def _blocks(text: str) -> Iterator[_Block]:
    """The runs of lines that are not blank."""
    lines: list[str] = []
    start = end = 0
    for line in text.split("\n"):
        if not line or line.isspace():
            if lines:
                yield _Block(start, lines)
                lines = []
        else:
            if not lines:
                start = end
            lines.append(line)
        end += len(line) + 1
    if lines:
        yield _Block(start, lines)


# Lists


def _indentation(source: MarkdownSource) -> Iterator[Diagnostic]:
    """What is indented by too little to belong to the list item or callout above.

    Python-Markdown wants 4 spaces a level and takes less for the level above, without a word, where
    CommonMark takes as many as the marker is wide.
    """
    levels: list[tuple[int, int]] = []  # of the items around: their indent, their text's
    callout: int | None = None  # the indent of one whose text is still to come
    after_blank, end = False, -1
    for text in source.masked.split("\n"):
        start, end = end + 1, end + 1 + len(text)
        if text[:1].isalpha() and callout is None:  # most lines are like this
            if after_blank:
                levels.clear()
                after_blank = False
            continue
        if not text.strip(" \0"):
            after_blank = after_blank or not text.strip()
            continue
        expanded = text.expandtabs(4)  # Python-Markdown takes a tab for up to four
        item, indent = _ITEM.match(expanded), len(expanded) - len(expanded.lstrip(" "))
        new_block = bool(item) or after_blank
        while levels and new_block and indent <= levels[-1][0]:
            levels.pop()
        in_gap = levels and new_block and levels[-1][1] <= indent < levels[-1][0] + 4
        if in_gap or (callout is not None and indent < callout + 4):
            wanted = levels[0][0] + 4 * len(levels) if in_gap else (callout or 0) + 4
            how = f"indented by {indent} spaces" if indent else "not indented"
            yield _warning(
                "list-indent",
                f"{how}, this is not inside the list item or callout above",
                source.at(start, start + len(text.rstrip())),
                f"indent it by {wanted} spaces to put it inside",
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


def _list(source: MarkdownSource, block: _Block) -> Iterator[Diagnostic]:
    if block.lines[0].lstrip().startswith("<"):
        return
    for number, (above, line) in enumerate(pairwise(block.lines), 1):
        if _LISTED.match(above):
            return
        if _LISTED.match(line) and not _NO_PARAGRAPH.match(above):
            yield _warning(
                "list-start",
                "directly below a line of text, this is not a list",
                source.at(*block.place(number)),
                "leave a line empty above a list; write a backslash before the sign if it is none",
            )
            return


_NUMBERED = re.compile(r"\s*(?P<marker>\d{1,2}\))[ \t]+\S")
_BULLET = re.compile(r"\s*(?P<marker>[•‣◦▪●·])[ \t\u00a0]*\S")
_DASH = re.compile(r"\s*(?P<marker>[–—])[ \t\u00a0]+\S")


# Without one of these, only signs beyond ASCII can match.
_POSSIBLE_MARKER = re.compile(r"\)(?:(?<=\s\d\))|(?<=\s\d\d\)))")


def _marker(source: MarkdownSource, block: _Block) -> Iterator[Diagnostic]:
    """Other signs before the entries of a list."""
    first, number = block.lines[0], 0
    found = _NUMBERED.match(first) or (
        _DASH.match(first) if len(block.lines) > 1 and _DASH.match(block.lines[1]) else None
    )
    if found is None:
        bullets = ((at, _BULLET.match(line)) for at, line in enumerate(block.lines))
        number, found = next((pair for pair in bullets if pair[1]), (0, None))
    if found is not None:
        line_start, _ = block.place(number)
        start, end = found.span("marker")
        yield _warning(
            "list-marker",
            f"'{found['marker']}' does not make a list",
            source.at(line_start + start, line_start + end),
            "write '1.' or '-' and a space before each entry",
        )


# Code

_CONTAINER = re.compile(r"(?:[-*+]|\d+\.)\s|!!!|\[\^|:\s")
_PROSE = re.compile(r"[^\W\d]{2,}[,;:]?(?: +[^\W_]+[,.;:!?]?){2,}")
_CODE = re.compile(r"[{};=<>|]|\w\(|[\w-]+/|^\s*[$#>]")


def _tab(source: MarkdownSource, blocks: Sequence[_Block], index: int) -> Iterator[Diagnostic]:
    """A paragraph that starts with a tab, as typewriters and word processors have it."""
    line = blocks[index].lines[0]
    if not line.startswith("\t") or not _PROSE.search(line) or _CODE.search(line):
        return
    around: Sequence[str] = next(
        (
            block.lines
            for block in reversed(blocks[:index])
            if not block.lines[0].startswith(("\t", "    "))
        ),
        (),
    )
    if not any(_CONTAINER.match(each.lstrip()) for each in around):
        yield _warning(
            "tab-indent",
            "text that starts with a tab or 4 spaces is shown as code",
            source.at(*blocks[index].place(0)),
            "remove the tab; for code, write ``` above and below it",
        )


# Tables

_DELIMITERS = re.compile(r"[ ]*\|?[ :]*-[-: |]*\|[-: |]*|[ ]*\|[ :]*-+[ :]*\|?[ ]*")
_WRONG_DELIMITERS = re.compile(r"[ ]*\|[ :|–—―−_=-]*[–—―−_=-][ :|–—―−_=-]*")


def _table(source: MarkdownSource, block: _Block) -> Iterator[Diagnostic]:
    lines = block.lines
    piped = [number for number, line in enumerate(lines) if "|" in line]
    if not piped or lines[0].lstrip().startswith("<"):
        return
    rows = [number for number in piped if lines[number].lstrip().startswith("|")]
    delimiters = [number for number in piped if _DELIMITERS.fullmatch(lines[number])]
    first = rows[0] if rows else (delimiters[0] - 1 if delimiters else -1)
    if first < 0 or len(lines) - first < 2 or (not delimiters and len(rows) < 2):
        return
    if problem := _table_problem(lines, first, delimiters):
        number, message, hint = problem
        yield _warning("table-syntax", message, source.at(*block.place(number)), hint)


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
