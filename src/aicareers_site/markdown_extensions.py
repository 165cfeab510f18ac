"""Python-Markdown as articles use it: the standard extensions and our changes to them.

Nothing here knows positions or remembers a document; what the HTML must still get (ids, checked
addresses, typography) is the work of :mod:`aicareers_site.html_pass`.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Self
from xml.etree.ElementTree import Element, SubElement

from markdown.blockprocessors import BlockProcessor
from markdown.extensions.admonition import AdmonitionProcessor
from markdown.extensions.codehilite import CodeHiliteExtension
from markdown.extensions.def_list import DefListExtension
from markdown.extensions.fenced_code import FencedBlockPreprocessor
from markdown.extensions.footnotes import FootnoteExtension, FootnoteInlineProcessor
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.tables import TableProcessor
from markdown.inlinepatterns import InlineProcessor
from markdown.util import AtomicString

from aicareers_site.markdown_limits import FENCES, check_signs
from aicareers_site.markdown_speed import QuickAttrListExtension, QuickMarkdown

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from markdown import Markdown
    from pygments.formatters import HtmlFormatter

CALLOUTS = ("note", "tip", "warning")
CAPTION = "Table: "
_BLOCK = 1000  # what a block of code takes, in letters read in vain


class ArticleMarkdown(QuickMarkdown):
    """The Markdown of articles; ``surplus_rows`` are table rows with more cells than the head."""

    def __init__(self) -> None:
        self.footnotes = Footnotes()
        self.surplus_rows: list[str] = []
        super().__init__(
            output_format="html",
            extensions=[
                self.footnotes,
                CodeHiliteExtension(
                    guess_lang=False, linenums=False, pygments_formatter=_html_formatter
                ),
                DefListExtension(),
                QuickAttrListExtension(),
                SaneListExtension(),
            ],
        )
        self.ESCAPED_CHARS.append("|")
        blocks = self.parser.blockprocessors
        blocks.register(Callouts(self.parser), "callout", 105)
        blocks.register(CaptionBelow(self.parser), "caption", 76)
        blocks.register(Tables(self), "table", 75)
        # Ahead of links, to which [@id] looks like one.
        self.inlinePatterns.register(Citations(Citations.PATTERN, self), "citation", 172)
        self.preprocessors.register(Fences(self, {}), "fenced_code_block", 25)
        self.block_marks |= {Callouts: "! ", CaptionBelow: CAPTION[0], Tables: "|"}
        self.inline_marks[Citations, Citations.PATTERN] = ("[@",)
        self.inline_marks[FootnoteMarks, FootnoteMarks.PATTERN] = ("[^",)

    def reset(self) -> Self:
        """Forget the document before; to be called before each one."""
        self.surplus_rows.clear()
        super().reset()
        return self


class Footnotes(FootnoteExtension):
    """Footnotes with the ids ``fn:<n>`` and ``fnref:<n>``, where n counts the definitions."""

    def __init__(self) -> None:
        # No text can hold the noncharacter that would move the footnotes to another place.
        super().__init__(PLACE_MARKER="\ufdd0", BACKLINK_TITLE="Back to the text, note {}")

    def makeFootnoteId(self, id: str) -> str:  # noqa: N802, A002
        return super().makeFootnoteId(self._number(id))

    def makeFootnoteRefId(self, id: str, found: bool = False) -> str:  # noqa: N802, A002
        return super().makeFootnoteRefId(self._number(id), found)

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        super().extendMarkdown(md)
        mark: Any = FootnoteMarks(FootnoteMarks.PATTERN, self)
        md.inlinePatterns.register(mark, "footnote", 175)

    def reset(self) -> None:
        super().reset()
        self.numbers: dict[str, int] = {}

    def setFootnote(self, id: str, text: str) -> None:  # noqa: N802, A002
        self.numbers.setdefault(id, len(self.numbers) + 1)
        super().setFootnote(id, text)

    def _number(self, label: str) -> str:
        return str(self.numbers[label])

    def addFootnoteRef(self, id: str) -> None:  # noqa: N802, A002
        """They stand in the order of their definitions, so that nobody asks for that of marks."""

    def unique_ref(self, reference: str, found: bool = False) -> str:
        """The library tries one number after the other."""
        if not found:
            return reference
        times = self.found_refs[reference] = self.found_refs.get(reference, 0) + 1
        return reference if times == 1 else reference.replace(":", f"{times}:", 1)

    def findFootnotesPlaceholder(  # noqa: N802
        self, root: Element
    ) -> tuple[Element, Element, bool] | None:
        marker = self.getConfig("PLACE_MARKER")
        return (
            super().findFootnotesPlaceholder(root) if marker in "".join(root.itertext()) else None
        )

    def makeFootnotesDiv(self, root: Element) -> Element | None:  # noqa: N802
        notes = super().makeFootnotesDiv(root)
        if notes is not None:
            notes.remove(notes[0])  # the rule above them is the theme's affair
            notes.set("role", "doc-endnotes")
            notes.set("aria-label", "Footnotes")
            for link in notes.iter("a"):
                if link.get("class") == "footnote-backref":
                    link.set("role", "doc-backlink")
        return notes


class FootnoteMarks(FootnoteInlineProcessor):
    """``[^label]``, of which the library counts the definitions anew each time."""

    PATTERN = r"\[\^([^\]]*)\]"

    footnotes: Footnotes

    def handleMatch(  # type: ignore[override]  # noqa: N802
        self, m: re.Match[str], data: str
    ) -> tuple[Element | None, int | None, int | None]:
        notes, label = self.footnotes, m[1]
        if label not in notes.numbers:
            return None, None, None
        mark = Element("sup", {"id": notes.makeFootnoteRefId(label, found=True)})
        address = f"#{notes.makeFootnoteId(label)}"
        link = SubElement(mark, "a", {"href": address, "class": "footnote-ref"})
        link.text = str(notes.numbers[label])
        return mark, m.start(), m.end()


class Callouts(AdmonitionProcessor):
    """``!!! note "Title"`` and an indented text, for the kinds in ``CALLOUTS``.

    Another kind stays a paragraph that starts with ``!!!``, which the pass over the HTML reports.
    """

    CLASSNAME = "callout"
    CLASSNAME_TITLE = "callout-title"
    RE = re.compile(rf'(?:^|\n)!!! ?({"|".join(CALLOUTS)})(?: +"(.*?)")? *(?:\n|$)')

    def run(self, parent: Element, blocks: list[str]) -> None:
        known = len(parent)
        super().run(parent, blocks)
        for child in parent[known:]:
            if child.get("class", "").startswith(self.CLASSNAME):
                child.set("role", "note")

    def get_class_and_title(self, match: re.Match[str]) -> tuple[str, str | None]:
        kind, title = match[1], match[2]
        name = kind.capitalize()
        if title:
            # Its colour must not be all that tells a warning from a tip (WCAG 2.2, 1.4.1).
            title = f'<span class="visually-hidden">{name}: </span>{title}'
        return f"{self.CLASSNAME}-{kind}", title or name


class Tables(TableProcessor):
    """Tables with header cells for columns and rows, a caption, and classes for alignment."""

    def __init__(self, markdown: ArticleMarkdown) -> None:
        super().__init__(markdown.parser, {"use_align_attribute": False})
        self._surplus_rows = markdown.surplus_rows

    def run(self, parent: Element, blocks: list[str]) -> None:
        above = self.lastChild(parent)
        lines = blocks[0].split("\n")
        below = lines.pop() if len(lines) > 2 and lines[-1].startswith(CAPTION) else ""
        blocks[0] = "\n".join(lines)
        scroller = SubElement(parent, "div", {"class": "table-scroll"})
        super().run(scroller, blocks)
        if above is not None and above.tag == "p" and (above.text or "").startswith(CAPTION):
            parent.remove(above)
            _set_caption(scroller, above.text or "")
        elif below:
            _set_caption(scroller, below)

    def _split(self, row: str) -> list[str]:
        # Only in code and behind a backslash does a bar not part cells.
        if "`" in row or "\\" in row:
            check_signs(row)
            return super()._split(row)  # type: ignore[misc, no-any-return, unused-ignore]
        return row.split("|")

    def _build_row(self, row: str, parent: Element, align: Sequence[str | None]) -> None:
        in_head = parent.tag == "thead"
        cells = self._split_row(row)  # type: ignore[attr-defined, unused-ignore]
        if len(cells) > len(align):
            self._surplus_rows.append(row)
        tr = SubElement(parent, "tr")
        for index, alignment in enumerate(align):
            text = cells[index].strip(" ") if index < len(cells) else ""
            heads = bool(text) and (in_head or index == 0)
            cell = SubElement(tr, "th" if heads else "td")
            cell.text = text
            if heads:
                cell.set("scope", "col" if in_head else "row")
            if alignment in {"right", "center"}:
                cell.set("class", f"align-{alignment}")


class CaptionBelow(BlockProcessor):
    """``Table: `` below a table, or above one without a blank line between them."""

    def test(self, parent: Element, block: str) -> bool:
        return block.startswith(CAPTION)

    def run(self, parent: Element, blocks: list[str]) -> bool:
        lines = blocks[0].split("\n")
        length = next((i for i, line in enumerate(lines) if i and "|" in line), len(lines))
        caption, rest = "\n".join(lines[:length]), "\n".join(lines[length:])
        above = self.lastChild(parent)
        if rest:
            SubElement(parent, "p").text = caption
            blocks[0] = rest
            return True
        if above is not None and _can_take_caption(above):
            _set_caption(above, caption)
            blocks.pop(0)
            return True
        return False  # a paragraph, which the table below may take


def _can_take_caption(element: Element) -> bool:
    return element.get("class") == "table-scroll" and element[0][0].tag != "caption"


def _set_caption(scroller: Element, text: str) -> None:
    caption = Element("caption")
    caption.text = text.removeprefix(CAPTION)
    scroller[0].insert(0, caption)


class Citations(InlineProcessor):
    """``[@id]`` and ``[@id; @other]``: links to the sources, still without number and id."""

    PATTERN = r"\[(@[\w-]+(?:\s*;\s*@[\w-]+)*)\](?!\()"
    ANCESTOR_EXCLUDES = ("a",)

    def handleMatch(  # type: ignore[override]  # noqa: N802
        self, m: re.Match[str], data: str
    ) -> tuple[Element, int, int]:
        mark = Element("sup", {"class": "citation-mark"})
        mark.text = AtomicString("[")
        for name in m[1].split(";"):
            if len(mark):
                mark[-1].tail = AtomicString(", ")
            address = "#source:" + name.strip()[1:]
            SubElement(mark, "a", {"class": "citation", "href": address})
        mark[-1].tail = AtomicString("]")
        return mark, m.start(), m.end()


class Fences(FencedBlockPreprocessor):
    """Fenced code whose ``{…}`` may give a language, classes and lines to highlight.

    Every other option would go to Pygments, which takes inline styles and fails on bad values.
    """

    md: QuickMarkdown

    def run(self, lines: list[str]) -> list[str]:
        fences = [number for number, line in enumerate(lines) if line.startswith(("```", "~~~"))]
        if not fences:
            return lines
        # Where no fence is, the expression that finds the blocks is slow to see that.
        first, last = fences[0], fences[-1] + 1
        self._check(lines[first:last])
        return lines[:first] + super().run(lines[first:last]) + lines[last:]

    def _check(self, lines: Sequence[str]) -> None:
        """The library reads to the end of the text where a fence has none, and copies the text for
        each block.
        """
        last = {line.rstrip(" "): number for number, line in enumerate(lines)}
        left = sum(len(line) + 1 for line in lines)
        for number, line in enumerate(lines):
            if line.startswith(("```", "~~~")):
                fence = line[: len(line) - len(line.lstrip(line[0]))]
                closed = last.get(fence, 0) > number and "hl_lines" not in line
                self.md.effort.spend(_BLOCK + left // (1000 if closed else 16), line, FENCES)
            left -= len(line) + 1

    def handle_attrs(
        self, attrs: Iterable[tuple[str, str | None]]
    ) -> tuple[str, list[str], dict[str, Any]]:
        name, classes, options = super().handle_attrs(attrs)  # type: ignore[arg-type, unused-ignore]
        plain = [word for word in classes if re.fullmatch(r"[a-zA-Z0-9_+#.-]+", word)]
        return name, plain, {key: options[key] for key in ("hl_lines",) if key in options}


def _html_formatter(lang_str: str, **options: Any) -> HtmlFormatter[str]:
    """The formatter for a piece of code, which takes Pygments longer to make than to use."""
    return _cached_formatter(
        tuple(
            (name, tuple(value) if isinstance(value, list) else value)
            for name, value in sorted(options.items())
        )
    )


@lru_cache(maxsize=32)
def _cached_formatter(options: tuple[tuple[str, Any], ...]) -> HtmlFormatter[str]:
    from pygments.formatters import HtmlFormatter

    return HtmlFormatter(**dict(options))
