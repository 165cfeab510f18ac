#!/usr/bin/env python3
"""Compare our quicker Markdown with Python-Markdown on the texts of a folder.

``python tools/compare_markdown.py FOLDER`` converts every .md and .txt file below it, with the
extensions that articles use, with none, and with all that come with the library; says how many
were compared and which differ; and exits with 1 if any do. Python-Markdown's own test cases are
in its source distribution, in the folder ``tests``.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from markdown import Markdown
from markdown.extensions.attr_list import AttrListTreeprocessor
from markdown.extensions.codehilite import CodeHiliteExtension, HiliteTreeprocessor
from markdown.extensions.fenced_code import FencedBlockPreprocessor
from markdown.extensions.tables import TableProcessor

from aicareers_site.markdown_extensions import ArticleMarkdown, Fences, Tables
from aicareers_site.markdown_speed import QuickMarkdown

if TYPE_CHECKING:
    from collections.abc import Callable

# Some come twice, such as lists of their own kind and sane ones; the later one counts.
LIBRARY_EXTENSIONS = [
    *("extra", "admonition", "codehilite", "legacy_attrs", "legacy_em", "meta", "nl2br"),
    *("sane_lists", "smarty", "toc", "wikilinks"),
]


class PlainFences(Fences):
    """Fenced code, looked for in the whole text."""

    run = FencedBlockPreprocessor.run


class PlainTables(Tables):
    """Tables whose rows are all split by the library."""

    _split = TableProcessor._split  # type: ignore[attr-defined, unused-ignore]


class PlainArticleMarkdown(ArticleMarkdown):
    """The Markdown of articles with the library's own parts in place of the quicker ones."""

    is_block_level = Markdown.is_block_level

    def __init__(self) -> None:
        super().__init__()
        self.treeprocessors.register(AttrListTreeprocessor(self), "attr_list", 8)
        self.preprocessors.register(PlainFences(self, {}), "fenced_code_block", 25)
        self.parser.blockprocessors.register(PlainTables(self), "table", 75)
        for extension in self.registeredExtensions:
            if isinstance(extension, CodeHiliteExtension):
                extension.setConfig("pygments_formatter", "html")
                highlighter = HiliteTreeprocessor(self)
                highlighter.config = extension.getConfigs()
                self.treeprocessors.register(highlighter, "hilite", 30)

    def build_parser(self) -> Self:
        Markdown.build_parser(self)
        return self


class Pair(NamedTuple):
    """Two ways to make a converter that must agree."""

    plain: Callable[[], Markdown]
    quick: Callable[[], Markdown]


PAIRS = {
    "articles": Pair(PlainArticleMarkdown, ArticleMarkdown),
    "no extensions": Pair(Markdown, QuickMarkdown),
    "all extensions": Pair(
        lambda: Markdown(extensions=LIBRARY_EXTENSIONS),
        lambda: QuickMarkdown(extensions=LIBRARY_EXTENSIONS),
    ),
}


def outcome(make: Callable[[], Markdown], text: str) -> Any:
    """What a new converter makes of ``text`` and says of it, or the kind of error it raises."""
    markdown = make()
    try:
        html = markdown.convert(text)
    except Exception as error:
        return type(error)
    return html, getattr(markdown, "toc", ""), getattr(markdown, "surplus_rows", [])


def differing(texts: dict[str, str]) -> list[str]:
    """Which of ``texts``, given by their names, come out differently, and with what."""
    return [
        f"{name} ({kind})"
        for name, text in texts.items()
        for kind, pair in PAIRS.items()
        if outcome(pair.plain, text) != outcome(pair.quick, text)
    ]


def main(folder: Path) -> int:
    texts = {
        str(path): path.read_text(encoding="utf-8", errors="replace")
        for path in sorted(folder.rglob("*"))
        if path.suffix in {".md", ".txt"} and path.is_file()
    }
    problems = differing(texts)
    print(f"{len(texts)} texts compared in {len(PAIRS)} ways, {len(problems)} differences")
    print(*problems, sep="\n", end="\n" if problems else "")
    return 1 if problems or not texts else 0


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(f"usage: {sys.argv[0]} FOLDER")
    sys.exit(main(Path(sys.argv[1])))
