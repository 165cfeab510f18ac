"""Python-Markdown with less work for the same bytes.

Most of Python-Markdown's time goes into regular expressions that cannot match: every inline pattern
on every piece of text, every block processor on every block, whole passes over documents that hold
nothing for them. Here the *marks* that a text holds decide what is worth trying on it. A mark is
what must be there for a processor to do anything: a backtick for code, a line that starts with
``>`` for a quotation. A processor whose marks are not known is always tried, so extensions need
know nothing of this. Marks are known for exact classes (and, of inline patterns, expressions): a
subclass or another expression may take other texts.

It follows versions 3.11.* of the library; ``tools/compare_markdown.py`` tells whether another one
agrees. The inline part is in :mod:`aicareers_site.markdown_inline`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Self, TypeAlias

from markdown import Markdown, blockprocessors
from markdown.blockparser import BlockParser
from markdown.extensions.admonition import AdmonitionProcessor
from markdown.extensions.attr_list import AttrListExtension, AttrListTreeprocessor
from markdown.extensions.def_list import DefListIndentProcessor, DefListProcessor
from markdown.extensions.footnotes import FootnoteBlockProcessor
from markdown.extensions.sane_lists import SaneUListProcessor
from markdown.extensions.tables import TableProcessor
from markdown.postprocessors import RawHtmlPostprocessor
from markdown.preprocessors import HtmlBlockPreprocessor, NormalizeWhitespace
from markdown.treeprocessors import UnescapeTreeprocessor
from markdown.util import ETX, HTML_PLACEHOLDER, STX

from aicareers_site import markdown_links
from aicareers_site.markdown_inline import (
    INLINE_MARKS,
    Likely,
    QuickBacktick,
    QuickEmphasis,
    QuickInline,
)
from aicareers_site.markdown_limits import OPEN_TAGS, PARAGRAPHS, UNPARTED, Effort

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from xml.etree.ElementTree import Element, ElementTree

    from markdown.blockprocessors import BlockProcessor

BlockMarks: TypeAlias = "Mapping[type, str | tuple[str, ...]]"

# The first characters of a block's lines behind their indentation ("" for an empty line), a space
# if the block is indented, and "|" if it stands anywhere in a block of several lines.
BLOCK_MARKS: BlockMarks = {
    blockprocessors.EmptyBlockProcessor: ("",),
    blockprocessors.ListIndentProcessor: " ",
    blockprocessors.CodeBlockProcessor: " ",
    blockprocessors.HashHeaderProcessor: "#",
    blockprocessors.SetextHeaderProcessor: "=-",
    blockprocessors.HRProcessor: "-_*",
    blockprocessors.UListProcessor: "*+-",
    blockprocessors.BlockQuoteProcessor: ">",
    blockprocessors.ReferenceProcessor: "[",
    AdmonitionProcessor: "! ",
    DefListIndentProcessor: " ",
    DefListProcessor: ":",
    FootnoteBlockProcessor: "[",
    SaneUListProcessor: "*+-",
    TableProcessor: "|",
}


_LONG = 2000  # characters of a block whose lines are too many to be looked at one by one
_MANY = 600  # blocks
_TAG = re.compile("<(?:[a-zA-Z?]|!(?!--))")
_HTML_PLACEHOLDER = HTML_PLACEHOLDER.partition("%")[0]


class QuickMarkdown(Markdown):
    """Python-Markdown's converter with the quicker parts; extensions may still replace them.

    ``block_marks`` and ``inline_marks`` can take the marks of further processors, in the form of
    ``BLOCK_MARKS`` and ``INLINE_MARKS``, before the first text is converted.
    """

    def __init__(self, **options: Any) -> None:
        self._block_level: dict[Any, bool] = {}
        self.effort = Effort()
        self.block_marks = dict(BLOCK_MARKS)
        self.inline_marks = dict(INLINE_MARKS)
        super().__init__(**options)

    def build_parser(self) -> Self:
        super().build_parser()
        processors = self.parser.blockprocessors
        self.parser = QuickBlockParser(self, self.block_marks)
        self.parser.blockprocessors = processors
        for processor in processors:
            processor.parser = self.parser
        # The names and priorities of the library's own.
        self.preprocessors.register(QuickWhitespace(self), "normalize_whitespace", 30)
        self.preprocessors.register(QuickHtmlBlocks(self, self.effort), "html_block", 20)
        backtick = QuickBacktick(QuickBacktick.PATTERN)
        self.inlinePatterns.register(backtick, "backtick", 190)
        markdown_links.register(self, self.effort)
        emphasis = QuickEmphasis("*", "strong,em", self)
        emphasis.add("_", "strong,em", smart=True)
        self.inlinePatterns.register(emphasis, "em_strong", 60)
        self.treeprocessors.register(QuickInline(self, self.inline_marks), "inline", 20)
        self.treeprocessors.register(QuickUnescape(self), "unescape", 0)
        self.postprocessors.register(QuickRawHtml(self), "raw_html", 30)
        return self

    def reset(self) -> Self:
        self._block_level.clear()
        self.effort.reset()
        super().reset()
        return self

    def is_block_level(self, tag: Any) -> bool:
        known = self._block_level.get(tag)  # looked up once a document, as the list may change
        if known is None:
            known = self._block_level[tag] = super().is_block_level(tag)
        return known


class QuickAttrListExtension(AttrListExtension):
    """Attribute lists, for which documents without a brace are not searched."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        super().extendMarkdown(md)
        md.treeprocessors.register(QuickAttrList(md), "attr_list", 8)


# Blocks


class QuickBlockParser(BlockParser):
    """Tries those block processors on a block that its marks allow."""

    def __init__(self, md: QuickMarkdown, marks: BlockMarks) -> None:
        super().__init__(md)
        self._effort = md.effort
        self._marks_needed = marks
        self._processors: list[BlockProcessor] = []
        self._likely: Likely[BlockProcessor] = Likely([])

    def parseDocument(self, lines: Iterable[str]) -> ElementTree:  # noqa: N802
        self._refresh()
        return super().parseDocument(lines)

    def _refresh(self) -> None:
        processors = list(self.blockprocessors)
        if processors != self._processors:
            # Every block is indented by a tab of no length.
            marks = self._marks_needed if self.md.tab_length else {}
            self._processors = processors
            self._likely = Likely(
                (processor, frozenset(marks[type(processor)]) if type(processor) in marks else None)
                for processor in processors
            )

    def parseBlocks(self, parent: Element, blocks: list[str]) -> None:  # noqa: N802
        if not self._processors:  # outside a document
            self._refresh()
        fewest = len(blocks) + 1
        while blocks:
            block, left = blocks[0], len(blocks)
            if left >= fewest:  # it is left of the block before
                self._effort.spend(len(block) // 4, block, UNPARTED)
            fewest = min(fewest, left)
            if left > _MANY:  # each of which moves when the first is taken
                self._effort.spend(left // _MANY, block, PARAGRAPHS)
            for processor in self._likely.given(self._marks(block)):
                if processor.test(parent, block) and processor.run(parent, blocks) is not False:
                    break
                if blocks[0] is not block:
                    # It left another block to those behind it, whose marks may differ.
                    self._try_from(self._processors.index(processor) + 1, parent, blocks)
                    break

    def _marks(self, block: str) -> tuple[str, ...]:
        first = block[:1]
        if first != " " and first not in self._likely.marks and "\n" not in block:
            return ()  # most paragraphs
        if len(block) > _LONG and "\n " not in block:
            marks = {mark for mark in self._likely.marks if f"\n{mark}" in block}
            marks.add(block.lstrip(" ")[:1])
            if "|" in block:
                marks.add("|")
        elif "\n" in block:
            marks = {line.lstrip(" ")[:1] for line in block.split("\n")}
            if "|" in block:
                marks.add("|")
        else:
            marks = {block.lstrip(" ")[:1]}
        marks.add(first)
        return tuple([mark for mark in self._likely.marks if mark in marks])

    def _try_from(self, first: int, parent: Element, blocks: list[str]) -> None:
        for processor in self._processors[first:]:
            if processor.test(parent, blocks[0]) and processor.run(parent, blocks) is not False:
                break


# Passes over the whole document


class QuickWhitespace(NormalizeWhitespace):
    """Line ends, tabs and lines of spaces are sought only where there may be some."""

    def run(self, lines: list[str]) -> list[str]:
        source = "\n".join(lines) + "\n\n"
        if any(sign in source for sign in (STX, ETX, "\r", "\t", " \n")):
            return super().run(lines)
        return source.split("\n")


class QuickHtmlBlocks(HtmlBlockPreprocessor):
    """HTML is sought only in documents that may hold some."""

    def __init__(self, md: Markdown, effort: Effort) -> None:
        super().__init__(md)
        self._effort = effort

    def run(self, lines: list[str]) -> list[str]:
        source = "\n".join(lines)
        if "<" not in source and "&" not in source:
            return source.split("\n")
        end = -1
        for tag in _TAG.finditer(source):
            if end <= tag.start() and (end := source.find(">", tag.start())) < 0:
                end = len(source)
            written = source[tag.start() : tag.start() + 200]
            self._effort.spend((end - tag.start()) // 2, written, OPEN_TAGS)
        return super().run(lines)


class QuickAttrList(AttrListTreeprocessor):
    """Attribute lists are sought only in documents with a brace, and from the first of spaces."""

    HEADER_RE = re.compile(  # type: ignore[misc]
        f"(?<! ){AttrListTreeprocessor.HEADER_RE.pattern}"
    )

    def run(self, doc: Element) -> None:
        if "{" in "".join(doc.itertext()):
            super().run(doc)


class QuickUnescape(UnescapeTreeprocessor):
    """Escaped characters are sought only in texts with the sign that marks them."""

    def run(self, root: Element) -> None:
        for element in root.iter():
            text, tail = element.text, element.tail
            if text and STX in text and element.tag != "code":
                element.text = self.unescape(text)
            if tail and STX in tail:
                element.tail = self.unescape(tail)
            for key, value in element.items():
                if value and STX in value:
                    element.set(key, self.unescape(value))


class QuickRawHtml(RawHtmlPostprocessor):
    """Stashed HTML is put back only from the first to the last place that may be for some."""

    def run(self, text: str) -> str:
        first, last = text.find(_HTML_PLACEHOLDER), text.rfind(_HTML_PLACEHOLDER)
        if first < 0 or ETX not in text[last:]:
            return super().run(text)
        # A paragraph around the place goes with it.
        start = max(first - len("<p>"), 0)
        end = text.find(ETX, last) + 1 + len("</p>")
        return text[:start] + super().run(text[start:end]) + text[end:]
