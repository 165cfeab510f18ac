"""The one pass over the HTML that Markdown made: what an article's HTML must get and may not hold.

It sees tags made by Markdown and tags written by editors alike. Ids become unique, addresses
become tokens (see :class:`~aicareers_site.references.Link`), citations get their numbers, pictures
load lazily and are marked, text gets its typography; headings and text are read off on the way.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aicareers_site.html_allowed import ALLOWED, TAKEN_WHOLE, element_hint
from aicareers_site.html_attributes import Attributes
from aicareers_site.html_embeds import Embed, Embeds
from aicareers_site.html_headings import Headings
from aicareers_site.html_nesting import Nesting
from aicareers_site.html_tables import Tables
from aicareers_site.html_text import LeftOvers
from aicareers_site.html_tokens import (
    HEADINGS,
    LITERAL,
    RAW_TEXT,
    UNFINISHED_TAG,
    UNSUPPORTED,
    Element,
    Tokens,
    attributes,
    element,
    plain,
)
from aicareers_site.typography import Typographer, smarten

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from aicareers_site.html_allowed import HtmlPolicy
    from aicareers_site.markdown_source import MarkdownSource
    from aicareers_site.references import References

_ID = re.compile(
    r"""<[a-zA-Z][^\s<>]*+[^<>]*?\sid\s*=\s*["']?([^\s"'>]+)""", re.IGNORECASE | re.ASCII
)
_CITATION = re.compile(r' class="citation" href="#source:([^"]*)">')
_MARK = re.compile('"citation-mark"|"fnref')
_FIGURE = re.compile(r'<p>\s*<img\s[^>]*?\btitle="([^"]+)"[^>]*>\s*</p>')
_TITLE = re.compile(r'\stitle="[^"]*"')
_SLASH = re.compile(r"(?<=[\"'\s])/$")


@dataclass(frozen=True, slots=True)
class _OpenHeading:
    """A heading whose end is still to come: its tag is ``out[tag]``, its text from ``text`` on."""

    level: int
    id: str
    tag: int
    text: int


class HtmlPass:
    """The pass over the HTML ``text`` of an article's body, or of a ``field`` of its front matter.

    ``footnotes`` are the labels of the footnotes in the order of their numbers. After :meth:`run`,
    ``headings`` are (level, id, text), and ``text`` is what can be read, escaped, without code
    blocks, citation marks and footnotes.
    """

    def __init__(
        self,
        text: str,
        source: MarkdownSource,
        references: References,
        policy: HtmlPolicy,
        footnotes: Sequence[str] = (),
        *,
        field: bool = False,
    ) -> None:
        self._html = text
        self._tokens = Tokens(text)
        self._has_pictures = "<img" in text
        texts = self._tokens.texts()
        self._has_unfinished = "<" in texts
        self._has_left_overs = self._has_unfinished or LeftOvers.possible(texts)
        self._source = source
        self._references = references
        self._trusted = policy.trusted
        self._field = field
        self._given_ids = frozenset(map(html.unescape, _ID.findall(text)))
        self._attributes = Attributes(source, references, policy, self._given_ids, footnotes)
        self._embeds = Embeds(source, references, policy)
        self._embed = Embed()
        self._out: list[str] = []
        self._text: list[str] = []
        self._typographer = Typographer()
        self.nesting = Nesting(source, references)
        self._headings = Headings(source, references)
        self._tables = Tables(references)
        self._left_overs = LeftOvers(source, references, footnotes)
        self._block_starts = False  # where the next text does
        # Open elements that matter for what is inside them.
        self._literal = 0
        self._dropping = ""
        self._to_end = 0  # end tags until that is over
        self._refused: Counter[str] = Counter()
        self._in_link = False
        self._in_mark = False
        self._in_footnotes = False
        self._heading: _OpenHeading | None = None
        self._figcaption = ""
        self._region = -1  # where in the output the last region for a table begins

    @property
    def headings(self) -> Sequence[tuple[int, str, str]]:
        return self._headings.found

    @property
    def text(self) -> str:
        return "".join(self._text)

    def run(self) -> str:
        """The finished HTML."""
        ordinary = _ORDINARY if self._has_pictures else _ORDINARY | {"p"}
        noteworthy = self._attributes.are_noteworthy
        for text, code, tag, rest, other in self._tokens:
            if text:
                self._characters(text)
            if self._dropping:
                self._drop(tag)
            elif tag:
                kind = element(tag)
                if kind.ends:
                    self._end_tag(kind, f"<{tag}{rest}")
                elif kind.name in ordinary and (
                    rest == ">" or not noteworthy(kind.name, rest)
                ):  # most of them
                    self.nesting.start(kind, rest)
                    self._block_starts = self._block_starts or kind.is_block
                    self._out.append(f"<{tag}{rest}")
                else:
                    self._start_tag(kind, tag, rest)
            elif code:
                self._typographer.start_block()
                # A code block that scrolls sideways must be in reach of the keyboard.
                self._out.append("<" + code.replace("<pre>", '<pre tabindex="0">', 1))
            elif other and not other.startswith("!--"):
                self._unsupported(f"<{other}", f"'{_shortened(f'<{other}')}'", "take it out")
        self._characters(self._tokens.rest)
        self._finish()
        return "".join(self._out)

    def _finish(self) -> None:
        """The end of the text."""
        self._finish_heading()
        if not self._dropping or self._dropping == "iframe":
            self.nesting.finish()  # else what ends it may have been left out
        if self._dropping == "iframe":
            span = self._source.next("<iframe")
            self._references.report(
                "html-syntax", "<iframe> is never closed", span, "write </iframe>"
            )

    def _drop(self, tag: str | None) -> None:
        """A token inside of what is left out, and reported as a whole."""
        name = (tag or "").lower()
        if name == self._dropping and name in TAKEN_WHOLE:
            self._to_end += 1
        elif name == f"/{self._dropping}":
            self._to_end -= 1
            if not self._to_end:
                if name == "/iframe":
                    self._end_embed()
                self._dropping = ""

    def _unsupported(self, needle: str, what: str, hint: str) -> None:
        span = self._source.next(needle, needle.split()[0])
        message = f"{what} is not allowed here"
        self._references.report("unsupported-html", message, span, hint)

    # Text

    def _characters(self, text: str) -> None:
        if self._dropping:
            return
        if self._block_starts:
            self._start_block()
        if self._has_unfinished and "<" in text:
            text = self._unfinished_tags(text)
        if self._literal or text == "\n":
            self._typographer.skip(text)
        else:
            if self._has_left_overs:
                self._left_overs.check(text, starts_block=self._text[-1:] == ["\n"])
            text = self._typographer.smarten(text)
        self._out.append(text)
        if not self._in_mark and (self._heading or not self._in_footnotes):
            self._text.append(text)

    def _start_block(self) -> None:
        self._block_starts = False
        self._typographer.start_block()
        self._text.append("\n")

    def _unfinished_tags(self, text: str) -> str:
        for found in UNFINISHED_TAG.finditer(text):
            start = text[found.start() :].split("\n")[0]
            self._references.report(
                "html-syntax",
                f"'{_shortened(start)}' starts a tag that is not complete",
                self._source.next(start, start[:10], "<"),
                "complete it, or write &lt; for the sign itself",
            )
        return text.replace("<", "&lt;")

    # Tags

    def _start_tag(self, kind: Element, written: str, rest: str) -> None:
        name, tag = kind.name, f"<{written}{rest}"
        if kind.is_unsupported or not (self._trusted or name in ALLOWED):
            self._unsupported(tag, f"<{name}>", element_hint(name))
            if name in RAW_TEXT or (name in TAKEN_WHOLE and not rest.endswith("/>")):
                self._dropping, self._to_end = name, 1
            else:
                self._refused[name] += not kind.is_void
            return
        if name == "iframe":
            self._start_embed(tag, rest)
            return
        self.nesting.start(kind, rest)
        self._block_starts = self._block_starts or kind.is_block
        if kind.is_literal:
            self._literal += 1
        if rest != ">":
            if name == "a" and (citation := _CITATION.fullmatch(rest)):
                self._cite(html.unescape(citation[1]))
                return
            if self._attributes.are_noteworthy(name, rest):
                tag = f"<{written}{self._attributes.finished(name, rest)}"
        if name == "a":
            self._in_link = True
        handler = _ELEMENTS.get(name)
        self._out.append(handler(self, tag, written, rest) if handler else tag)

    def _end_tag(self, kind: Element, tag: str) -> None:
        name = kind.name
        if self._refused[name]:
            self._refused[name] -= 1
            return  # reported at its start
        self.nesting.end(name)
        self._block_starts = self._block_starts or kind.is_block
        if name not in _SPECIAL:
            pass
        elif name == "p":
            if self._figcaption:
                tag = self._end_figure()
        elif kind.is_literal and self._literal:
            self._literal -= 1
        elif name == "sup":
            self._in_mark = False
        elif name == "a":
            self._in_link = False
        elif name == "table":
            tag += self._tables.end()
        elif name in HEADINGS:
            self._finish_heading()
        self._out.append(tag)

    # Single elements

    def _cite(self, name: str) -> None:
        if self._in_link:
            self._references.report(
                "citation-syntax",
                "a citation cannot stand inside a link",
                self._source.next(f"@{name}"),
                "write it behind the link",
            )
        self._out.append(self._references.citation(name, self._source))

    def _start_embed(self, tag: str, rest: str) -> None:
        self._attributes.finished("iframe", rest)  # for what is to be said of them
        in_line = self._in_link or self._heading is not None or self.nesting.holds("p")
        self._embed = self._embeds.embed(tag, rest, in_line=in_line)
        self._out.append(self._embed.start)
        self._dropping, self._to_end = "iframe", 1  # browsers show nothing of what is inside

    def _end_embed(self) -> None:
        self._out.append(self._embed.end)
        self._start_block()
        self._text.append(html.escape(self._embed.caption, quote=False))

    def _start_mark(self, tag: str, _: str, rest: str) -> str:
        self._in_mark = bool(_MARK.search(rest))
        if self._in_mark and self._text:  # no space is left where the mark was
            self._text[-1] = self._text[-1].rstrip(" ")
        if "citation-mark" in rest and self._out:
            # A word joiner, lest the mark stand alone at the start of a line.
            self._out[-1] = self._out[-1].rstrip() + "\u2060"
        return tag

    def _start_division(self, tag: str, _: str, rest: str) -> str:
        if 'role="doc-endnotes"' in rest:
            self._in_footnotes = True
        if rest != ' class="table-scroll">':
            return tag
        self._region = len(self._out)
        return self._tables.region(self._html, self._tokens.position())

    def _start_table(self, tag: str, written: str, rest: str) -> str:
        in_region = self._region >= 0 and not "".join(self._out[self._region + 1 :]).strip()
        start = self._tokens.position() - len(f"<{written}{rest}")
        return self._tables.start(self._html, start, in_region=in_region) + tag

    def _start_caption(self, tag: str, _: str, __: str) -> str:
        return self._tables.caption(tag)

    def _start_pre(self, tag: str, _: str, rest: str) -> str:
        if "tabindex" in attributes(rest):
            return tag
        return f'{tag[:-1]} tabindex="0">'

    def _start_paragraph(self, tag: str, written: str, rest: str) -> str:
        if self._has_pictures:
            start = self._tokens.position() - len(f"<{written}{rest}")
            if figure := _FIGURE.match(self._html, start):
                self._figcaption = smarten(html.unescape(figure[1]))
                return "<figure>"
        return tag

    def _end_figure(self) -> str:
        caption, self._figcaption = html.escape(self._figcaption, quote=False), ""
        self._start_block()
        self._text.append(caption)
        return f"<figcaption>{caption}</figcaption>\n</figure>"

    def _image(self, tag: str, written: str, rest: str) -> str:
        if self._block_starts:
            self._start_block()
        self._typographer.skip("\ufffc")
        given, links = attributes(rest), self._references.links
        if not given.get("alt", "").strip():
            self._references.report(
                "missing-alt",
                "the picture has no alternative text",
                links[-1].span if "src" in given else self._source.next(f"<{written}{rest}"),
                "say what it shows: ![Bar chart of …](chart.svg)",
            )
        # A slash before the end means nothing in HTML; only behind a bare value is it part of it.
        head = _SLASH.sub("", tag[:-1].rstrip()).rstrip()
        if self._figcaption:
            head = _TITLE.sub("", head)
        for name, wanted in (("loading", "lazy"), ("decoding", "async")):
            head += "" if name in given else f' {name}="{wanted}"'
        return f"\ufdd6{len(links) - 1}\ufdd7{head}>\ufdd8" if given.get("src") else f"{head}>"

    def _start_heading(self, tag: str, written: str, rest: str) -> str:
        self._finish_heading()
        level = int(written[1])
        if self._field:
            self._headings.refuse()
            return tag
        self._headings.start(level)
        given = attributes(rest).get("id", "")
        self._heading = _OpenHeading(level, given, len(self._out), len(self._text))
        return tag

    def _finish_heading(self) -> None:
        heading, self._heading = self._heading, None
        if heading is None:
            return
        text, name = plain("".join(self._text[heading.text :])), heading.id
        has_picture = any("<img" in piece for piece in self._out[heading.tag :])
        if not name:
            name = self._references.heading_id(text, self._given_ids)
            self._out[heading.tag] = f'{self._out[heading.tag][:-1]} id="{name}">'
        self._headings.end(heading.level, name, text, empty=not (text or has_picture))


_ELEMENTS: Mapping[str, Callable[[HtmlPass, str, str, str], str]] = {
    "sup": HtmlPass._start_mark,
    "div": HtmlPass._start_division,
    "table": HtmlPass._start_table,
    "pre": HtmlPass._start_pre,
    "caption": HtmlPass._start_caption,
    "p": HtmlPass._start_paragraph,
    "img": HtmlPass._image,
    **dict.fromkeys(HEADINGS, HtmlPass._start_heading),
}

# Elements of which more matters than where they start and end.
_SPECIAL = LITERAL | UNSUPPORTED | {*_ELEMENTS, "a", "iframe"}
_ORDINARY = frozenset(ALLOWED) - _SPECIAL


def _shortened(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"
