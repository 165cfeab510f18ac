"""What each code of a diagnostic means, why it matters, and how to mend it.

The explanations are Markdown files in the folder ``codes`` of this package, one for each topic, so
that they can be read and edited like any text. They have a fixed form::

    # Topic

    ## code

    What it means.

    Why it matters: …

    How to mend it: …

    Wrong:

    (a block of code)

    Right:

    (a block of code)
"""

from __future__ import annotations

import re
import textwrap
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

TOPICS = (
    "front-matter",
    "text",
    "links",
    "pictures",
    "figures",
    "files",
    "site",
    "identity",
    "templates",
    "publishing",
    "check",
)
"""The names of the files, without their ending, in the order in which they are shown."""

_FENCED = r"(?P<{0}_fence>`{{3,}})(?P<{0}_language>\w+)\n(?P<{0}>.*?)\n(?P={0}_fence)"
_ENTRY = re.compile(
    r"## (?P<code>[a-z]+(?:-[a-z0-9]+)*)\n\n"
    r"(?P<meaning>.+?)\n\n"
    r"Why it matters: (?P<why>.+?)\n\n"
    r"How to mend it: (?P<mend>.+?)\n\n"
    rf"Wrong:\n\n{_FENCED.format('wrong')}\n\n"
    rf"Right:\n\n{_FENCED.format('right')}\n+",
    re.DOTALL,
)

_HEADING = re.compile(r"^(?=## [a-z0-9-]+$)", re.MULTILINE)
"""Where an explanation begins; a heading in an example has other words than a code."""


class Explanation(NamedTuple):
    """A code explained; the texts are in Markdown, ``wrong`` and ``right`` are examples."""

    code: str
    topic: str
    meaning: str
    why: str
    mend: str
    wrong: str
    right: str


def parse(text: str) -> tuple[Explanation, ...]:
    """The explanations in the ``text`` of a topic's file; raises ValueError for another form."""
    head, *rest = _HEADING.split(text)
    topic = re.fullmatch(r"# (.+)\n\n", head)
    found = [_ENTRY.fullmatch(entry) for entry in rest]
    if topic is None or None in found:
        wrong = next((entry for entry, one in zip(rest, found, strict=True) if not one), head)
        raise ValueError(f"not in the form of an explanation: {wrong[:30]!r}")
    return tuple(_explanation(topic[1], one) for one in found if one)


def _explanation(topic: str, found: re.Match[str]) -> Explanation:
    meaning, why, mend = (" ".join(found[part].split()) for part in ("meaning", "why", "mend"))
    return Explanation(found["code"], topic, meaning, why, mend, found["wrong"], found["right"])


def source(name: str) -> str:
    """The text of the file of the topic ``name``."""
    return (files(__package__) / "codes" / f"{name}.md").read_text(encoding="utf-8")


@cache
def shipped() -> Mapping[str, Explanation]:
    """All codes that a build or a check can give, explained, by topic."""
    return {one.code: one for name in TOPICS for one in parse(source(name))}


def plain(words: str) -> str:
    """A part of an explanation without the marks of Markdown."""
    return words.replace("`", "")


def as_text(one: Explanation, width: int) -> str:
    """The explanation for a terminal that is ``width`` columns wide."""

    def wrapped(words: str) -> str:
        return textwrap.fill(plain(words), width, break_on_hyphens=False)

    return "\n\n".join([
        f"{one.code} ({one.topic})",
        wrapped(one.meaning),
        wrapped(f"Why it matters: {one.why}"),
        wrapped(f"How to mend it: {one.mend}"),
        f"Wrong:\n\n{textwrap.indent(one.wrong, '    ')}",
        f"Right:\n\n{textwrap.indent(one.right, '    ')}",
    ])  # fmt: skip


def as_list(explained: Iterable[Explanation], width: int) -> str:
    """The codes below their topics, each with the first words on it."""
    lines: list[str] = []
    topic = ""
    for one in explained:
        if one.topic != topic:
            topic = one.topic
            lines += ["", topic] if lines else [topic]
        words = textwrap.shorten(plain(one.meaning), max(width - 28, 20), placeholder=" …")
        lines.append(f"  {one.code:<25} {words}")
    return "\n".join(lines)
