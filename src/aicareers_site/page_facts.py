"""What has changed on a page, as facts that compare: the same fact on many pages is told once."""

from __future__ import annotations

import re
from collections import Counter
from difflib import SequenceMatcher
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from aicareers_site.html_tokens import count_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from aicareers_site.page_abstract import Block, PageAbstract


class Kind(StrEnum):
    """What a fact is about."""

    TITLE = "title"
    DESCRIPTION = "description"
    SITE = "site name"
    CANONICAL = "canonical address"
    ROBOTS = "robots"
    HEADING = "heading"
    TEXT = "text"
    FIGURE = "figure"
    LINK = "link"
    PICTURE = "picture"
    ASSET = "file of the theme"
    MARKUP = "markup"
    """Nothing that a reader sees at once."""


class Fact(NamedTuple):
    """Something that was ``old`` and is ``new``; one of them is empty where it came or went.

    ``name`` is the reference of a figure. Of a text whose change is not at hand in words it stands
    for that change, and ``old`` and ``new`` are the same.
    """

    kind: Kind
    old: str
    new: str
    name: str = ""


_STATED = {
    Kind.TITLE: "title",
    Kind.DESCRIPTION: "description",
    Kind.SITE: "site",
    Kind.CANONICAL: "canonical",
    Kind.ROBOTS: "robots",
}
_FINGERPRINT = re.compile(r"[.-][0-9a-f]{8,}(?=\.)|\?.*$")


def facts(old: PageAbstract, new: PageAbstract) -> tuple[Fact, ...]:
    """All that has changed; with bytes that differ and nothing else, only the markup has."""
    found = [
        Fact(kind, getattr(old, name), getattr(new, name))
        for kind, name in _STATED.items()
        if getattr(old, name) != getattr(new, name)
    ]
    # What the head says stands in the text too, and is told once.
    told = {(fact.old, fact.new) for fact in found}
    replaced = (*_replaced(old.blocks, new.blocks), *_replaced(old.frame, new.frame))
    texts = [_text(gone, come) for gone, come in replaced]
    found += [fact for fact in texts if (fact.old, fact.new) not in told]
    found += _figures(old.figures, new.figures)
    found += _counted(Kind.LINK, old.links, new.links)
    found += _counted(Kind.PICTURE, old.pictures, new.pictures)
    found += _assets(old.assets, new.assets)
    return tuple(dict.fromkeys(found)) or (Fact(Kind.MARKUP, "", ""),)


def words_changed(old: PageAbstract, new: PageAbstract) -> int:
    """How many words of the content have come, gone or changed.

    Of a text that is not at hand as a whole, all count.
    """
    return sum(_words(gone, come) for gone, come in _replaced(old.blocks, new.blocks))


def _words(gone: Sequence[Block], come: Sequence[Block]) -> int:
    if all(count_words(block.text) == block.words for block in (*gone, *come)):
        before, after = (
            [word for block in blocks for word in block.text.split() if count_words(word)]
            for blocks in (gone, come)
        )
        return sum(
            max(end - start, stop - begin)
            for how, start, end, begin, stop in SequenceMatcher(
                None, before, after, False
            ).get_opcodes()
            if how != "equal"
        )
    return max(sum(block.words for block in blocks) for blocks in (gone, come))


def _replaced(
    old: Sequence[Block], new: Sequence[Block]
) -> Iterator[tuple[Sequence[Block], Sequence[Block]]]:
    """Runs of blocks that have given way to others, one by one where there are as many."""
    before, after = [block.key for block in old], [block.key for block in new]
    if before == after:
        return
    for how, *ends in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        gone, come = old[ends[0] : ends[1]], new[ends[2] : ends[3]]
        if how == "equal":
            continue
        if len(gone) == len(come):
            yield from (((one,), (other,)) for one, other in zip(gone, come, strict=True))
        else:
            yield gone, come


def _text(gone: Sequence[Block], come: Sequence[Block]) -> Fact:
    is_heading = all(block.level for block in (*gone, *come))
    was, is_ = (" · ".join(block.text for block in blocks) for blocks in (gone, come))
    # Of long texts in manifests only the beginnings are known, which may be the same.
    before, after = (" ".join(block.key for block in blocks) for blocks in (gone, come))
    name = f"{before}>{after}" if was == is_ else ""
    return Fact(Kind.HEADING if is_heading else Kind.TEXT, was, is_, name)


def _figures(old: Sequence[tuple[str, str]], new: Sequence[tuple[str, str]]) -> Iterator[Fact]:
    before, after = [name for name, _ in old], [name for name, _ in new]
    for block in SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks():
        pairs = zip(old[block.a :], new[block.b :], range(block.size), strict=False)
        for (name, was), (_, is_), _ in pairs:
            if was != is_:
                yield Fact(Kind.FIGURE, was, is_, name)


def _counted(kind: Kind, old: Iterable[str], new: Iterable[str]) -> Iterator[Fact]:
    """What is there more or less often than before."""
    before, after = Counter(old), Counter(new)
    yield from (Fact(kind, one, "") for one in before - after)
    yield from (Fact(kind, "", one) for one in after - before)


def _assets(old: Sequence[str], new: Sequence[str]) -> Iterator[Fact]:
    """Files that changed their names with their contents are the same ones still."""
    gone = {_FINGERPRINT.sub("", one): one for one in old if one not in new}
    come = {_FINGERPRINT.sub("", one): one for one in new if one not in old}
    for name in sorted({*gone, *come}):
        yield Fact(Kind.ASSET, gone.get(name, ""), come.get(name, ""))
