"""Inline Markdown with less work for the same bytes: see :mod:`aicareers_site.markdown_speed`.

:class:`QuickInline` does in its own way what the library's class does in private methods, and
:class:`QuickEmphasis` changes what came with version 3.11; both follow 3.11.
"""

from __future__ import annotations

import re
from collections import deque
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeAlias, TypeVar
from xml.etree.ElementTree import Element

from markdown import inlinepatterns
from markdown.extensions.footnotes import FootnoteInlineProcessor
from markdown.treeprocessors import InlineProcessor
from markdown.util import (
    INLINE_PLACEHOLDER,
    INLINE_PLACEHOLDER_PREFIX,
    INLINE_PLACEHOLDER_RE,
    AtomicString,
)

from aicareers_site.markdown_limits import check_signs
from aicareers_site.markdown_links import (
    NEED_DEFINITIONS,
    QuickImage,
    QuickImageReference,
    QuickLink,
    QuickReference,
    QuickShortImageReference,
    QuickShortReference,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from markdown import Markdown

InlineMarks: TypeAlias = "Mapping[tuple[type, str], tuple[str, ...]]"

_Item = TypeVar("_Item")


class Likely(Generic[_Item]):
    """What is worth trying on a text with certain marks, in the order of ``items``.

    ``items`` come with the marks of which one is needed, or none if that is not known.
    """

    def __init__(self, items: Iterable[tuple[_Item, frozenset[str] | None]]) -> None:
        self._items = list(items)
        self.marks: frozenset[str] = frozenset().union(*(needs or () for _, needs in self._items))
        self._given: dict[tuple[str, ...], tuple[_Item, ...]] = {}

    def given(self, marks: tuple[str, ...]) -> tuple[_Item, ...]:
        found = self._given.get(marks)
        if found is None:
            found = self._given[marks] = tuple(
                item for item, needs in self._items if needs is None or not needs.isdisjoint(marks)
            )
        return found


class QuickBacktick(inlinepatterns.BacktickInlineProcessor):
    """Code, with an expression that begins with a set of characters, which searches skip to."""

    PATTERN = r"[`\\](?:(?<=`)(?<!\\`)|(?<=\\)(?<!\\\\)(\\)(?:\\\\)*(?=`))"

    def handleMatch(  # type: ignore[override]  # noqa: N802
        self, m: re.Match[str], data: str
    ) -> tuple[Element | str | None, int | None, int | None]:
        if m[1]:  # backslashes before the backtick
            return m[0].replace(r"\\", self.ESCAPED_BSLASH), m.start(), m.end()
        return super().handleMatch(m, data)


class QuickEmphasis(inlinepatterns.DelimiterProcessor):
    """Emphasis, whose marks are looked for by an expression and not letter by letter."""

    def search(self, data: str, start: int) -> re.Match[str] | None:
        if any(len(token) != 1 for token in self.tokens):
            return super().search(data, start)
        for token in self.compiled_re.finditer(data, start):
            delimiter = self.delimiters[token.group()]
            match = delimiter.boundary.match(data, token.start())
            if match is not None and (delimiter.stack or match.lastgroup != "end"):
                return match
        return None

    def handleMatch(  # type: ignore[override]  # noqa: N802
        self, m: re.Match[str], data: str
    ) -> tuple[Element | None, int | None, int | None]:
        return self._simple(m, data) or super().handleMatch(m, data)

    def _simple(self, m: re.Match[str], data: str) -> tuple[Element, int, int] | None:
        """``*a*`` or ``**a**`` without further marks inside, for which no pairing is needed."""
        if self.regions or len(m.group()) > 1:
            return None
        delimiter = self.delimiters[m.group()]
        start = delimiter.boundary.match(data, m.start())
        if not start or start.lastgroup == "end" or delimiter.tag_count != 2:
            return None
        mark = self.compiled_re.search(data, start.end())
        end = delimiter.boundary.match(data, mark.start()) if mark else None
        if not end or end.lastgroup == "start" or end.group() != start.group():
            return None
        size = len(start.group())
        if size > 2:
            return None
        element = Element(delimiter.tags[0 if size == 2 else 1])
        element.text = data[start.end() : end.start()]
        return element, start.start(), end.end()


# Strings of which one must stand in the text. None is part of the placeholder that a match leaves
# behind, or can arise beside it.
INLINE_MARKS: InlineMarks = {
    (inlinepatterns.EscapeInlineProcessor, inlinepatterns.ESCAPE_RE): ("\\",),
    (QuickReference, inlinepatterns.REFERENCE_RE): ("[",),
    (QuickLink, inlinepatterns.LINK_RE): ("](",),
    (QuickImage, inlinepatterns.IMAGE_LINK_RE): ("![",),
    (QuickImageReference, inlinepatterns.IMAGE_REFERENCE_RE): ("![",),
    (QuickShortReference, inlinepatterns.REFERENCE_RE): ("[",),
    (QuickShortImageReference, inlinepatterns.IMAGE_REFERENCE_RE): ("![",),
    (inlinepatterns.AutolinkInlineProcessor, inlinepatterns.AUTOLINK_RE): ("<",),
    (inlinepatterns.AutomailInlineProcessor, inlinepatterns.AUTOMAIL_RE): ("<",),
    (inlinepatterns.SubstituteTagInlineProcessor, inlinepatterns.LINE_BREAK_RE): ("  \n",),
    (inlinepatterns.HtmlInlineProcessor, inlinepatterns.HTML_RE): ("<",),
    (inlinepatterns.HtmlInlineProcessor, inlinepatterns.ENTITY_RE): ("&",),
    (QuickBacktick, QuickBacktick.PATTERN): ("`",),
    (QuickEmphasis, r"\*|_"): ("*", "_"),
    (FootnoteInlineProcessor, r"\[\^([^\]]*)\]"): ("[^",),
}


class _Pattern(NamedTuple):
    """An inline pattern with its expression, and the tags that it must not be inside.

    ``place`` is its place in the order. Patterns of the ``old`` kind match the whole text.
    """

    place: int
    pattern: inlinepatterns.Pattern
    expression: re.Pattern[str]
    old: bool
    excludes: tuple[str, ...]
    needs_definitions: bool


class QuickInline(InlineProcessor):
    """Tries those inline patterns on a text that its marks allow.

    As in the library's class, a match becomes a placeholder in the text and its element is kept
    in ``stashed_nodes``; when all patterns are done, the text is split at its placeholders.
    """

    def __init__(self, md: Markdown, marks: InlineMarks) -> None:
        super().__init__(md)
        self._md = md
        self._marks = marks
        self._patterns: list[tuple[inlinepatterns.Pattern, re.Pattern[str]]] = []
        self._likely: Likely[_Pattern] = Likely([])
        self._sign = re.compile("")  # found in each text on which something is worth trying

    def run(self, tree: Element, ancestors: list[str] | None = None) -> Element:
        self._refresh()
        promising = self._sign.search
        self.stashed_nodes: dict[str, Element | str] = {}
        queue = deque([(tree, [*(ancestors or ()), tree.tag.lower()])])
        while queue:
            element, self.ancestors = queue.popleft()
            if element is not tree:
                self.ancestors.append(element.tag.lower())
            inserted = []
            for child in element:  # which grows by the elements that tails turn into
                text, tail = child.text, child.tail
                if text and promising(text) and not isinstance(text, AtomicString):
                    nodes = self._text(child)
                    if nodes:
                        queue += nodes
                        inserted.append((child, nodes))
                if tail and promising(tail):
                    self._tail(element, child)
                if len(child):
                    queue.append((child, self.ancestors[:]))
            for child, nodes in inserted:
                for index, (node, _) in enumerate(nodes):
                    child.insert(index, node)
        return tree

    def _refresh(self) -> None:
        registry: Iterable[Any] = self.inlinePatterns
        patterns = [(item, item.getCompiledRegExp()) for item in registry]
        if patterns != self._patterns:
            self._patterns = patterns
            self._likely = Likely(self._known(place) for place in range(len(patterns)))
            # A mark is there only if its last sign is. The prefix is that of placeholders.
            signs = "".join(mark[-1] for mark in self._likely.marks) + INLINE_PLACEHOLDER_PREFIX[0]
            always = self._likely.given(())
            self._sign = re.compile("" if always else f"[{re.escape(signs)}]")

    def _known(self, place: int) -> tuple[_Pattern, frozenset[str] | None]:
        pattern, expression = self._patterns[place]
        marks = self._marks.get((type(pattern), expression.pattern))
        item = _Pattern(
            place,
            pattern,
            expression,
            old=not isinstance(pattern, inlinepatterns.InlineProcessor),
            excludes=tuple(tag.lower() for tag in pattern.ANCESTOR_EXCLUDES),
            needs_definitions=marks is not None and type(pattern) in NEED_DEFINITIONS,
        )
        return item, None if marks is None else frozenset(marks)

    def _text(self, child: Element) -> list[tuple[Element, list[str]]]:
        self.ancestors.append(child.tag.lower())
        text = self._whole(child.text or "")
        nodes = []
        if INLINE_PLACEHOLDER_PREFIX in text:
            child.text = None
            nodes = self._split(text, child, is_text=True)
        else:
            child.text = text
        self.ancestors.pop()
        return nodes

    def _tail(self, parent: Element, child: Element) -> None:
        text = self._whole(child.tail or "")
        child.tail = text
        if INLINE_PLACEHOLDER_PREFIX in text:
            carrier = Element("d")
            nodes = self._split(text, carrier, is_text=False)
            child.tail = carrier.tail
            _insert(parent, list(parent).index(child) + 1, nodes)

    def _whole(self, text: str) -> str:
        check_signs(text)
        return self._apply_all(text, 0)

    def _apply_all(self, text: str, first: int) -> str:
        """``text`` with placeholders for what the patterns from the place ``first`` on find."""
        if isinstance(text, AtomicString):
            return text
        likely = self._likely
        for item in likely.given(tuple([mark for mark in likely.marks if mark in text])):
            if (
                item.place >= first
                and not (item.needs_definitions and not self._md.references)
                and not any(tag in self.ancestors for tag in item.excludes)
            ):
                text = self._apply(item, text)
        return text

    def _apply(self, item: _Pattern, text: str) -> str:
        start = 0
        while found := _find(item, text, start):
            node, before, after, start = found
            if node is None:
                continue
            if not isinstance(node, str) and not isinstance(node.text, AtomicString):
                for child in [node, *node]:
                    if child.text and self._sign.search(child.text):
                        self.ancestors.append(child.tag.lower())
                        child.text = self._apply_all(child.text, item.place + 1)
                        self.ancestors.pop()
                    if child.tail and self._sign.search(child.tail):
                        child.tail = self._apply_all(child.tail, item.place)
            name = f"{len(self.stashed_nodes):04d}"
            self.stashed_nodes[name] = node
            before += INLINE_PLACEHOLDER % name
            text, start = before + after, len(before)
        return text

    def _split(
        self, text: str, owner: Element, *, is_text: bool
    ) -> list[tuple[Element, list[str]]]:
        """The elements that placeholders in ``text`` stand for, with their ancestors.

        Text before the first one becomes the text of ``owner``, or its tail.
        """
        nodes: list[tuple[Element, list[str]]] = []
        start = 0
        while (index := text.find(INLINE_PLACEHOLDER_PREFIX, start)) >= 0:
            # What only begins like a placeholder may stand before a true one, and is lost then.
            found = INLINE_PLACEHOLDER_RE.search(text, index)
            if found is None or found[1] not in self.stashed_nodes:
                end = index + len(INLINE_PLACEHOLDER_PREFIX)
                _append(text[start:end], owner, nodes, is_text=is_text)
                start = end
                continue
            _append(text[start:index], owner, nodes, is_text=is_text)
            start = found.end()
            node = self.stashed_nodes[found[1]]
            if isinstance(node, str):
                _append(node, owner, nodes, is_text=is_text)
                continue
            self._split_inside(node)
            nodes.append((node, self.ancestors[:]))
        rest = text[start:]
        _append(
            AtomicString(rest) if isinstance(text, AtomicString) else rest,
            owner,
            nodes,
            is_text=is_text,
        )
        return nodes

    def _split_inside(self, node: Element) -> None:
        for child in [node, *node]:
            if child.tail and INLINE_PLACEHOLDER_PREFIX in child.tail:
                tail, child.tail = child.tail, None
                nodes = self._split(tail, child, is_text=False)
                _insert(node, 0 if child is node else list(node).index(child) + 1, nodes)
            if child.text and INLINE_PLACEHOLDER_PREFIX in child.text:
                text, child.text = child.text, None
                _insert(child, 0, self._split(text, child, is_text=True))


def _find(
    item: _Pattern, text: str, start: int
) -> tuple[Element | str | None, str, str, int] | None:
    """What a pattern finds behind ``start``: the node, the text around it, and where it ends."""
    pattern: Any = item.pattern  # whose method depends on its kind
    if not item.old:
        for match in item.expression.finditer(text, start):
            node, begin, end = pattern.handleMatch(match, text)
            if begin is not None and end is not None:
                return node, text[:begin], text[end:], end
        return None
    # The expression takes in the text on both sides.
    found = item.expression.match(text[start:])
    if not found:
        return None
    return pattern.handleMatch(found), text[:start] + found[1], found.groups()[-1], found.end()


def _insert(parent: Element, index: int, nodes: Sequence[tuple[Element, list[str]]]) -> None:
    for node, _ in reversed(nodes):
        parent.insert(index, node)


def _append(
    text: str, owner: Element, nodes: Sequence[tuple[Element, list[str]]], *, is_text: bool
) -> None:
    """Put ``text`` behind the last of ``nodes``, or at the end of the text or tail of ``owner``."""
    if not text:
        return
    if nodes:
        last = nodes[-1][0]
        last.tail = last.tail + text if last.tail else text
    elif is_text:
        owner.text = owner.text + text if owner.text else text
    else:
        owner.tail = owner.tail + text if owner.tail else text
