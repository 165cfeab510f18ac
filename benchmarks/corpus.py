"""The articles that every generator builds: made up, but built as real ones are.

Article ``n`` is the same whatever the size of the corpus, on every machine. It has about 1,500
words under headings of two levels, with nested lists, tables, code, quotations, footnotes, links to
earlier articles, one category, some of fifty tags (the first four times as common as the last) and
an author. Its Markdown means the same to Python-Markdown, Goldmark and markdown-it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random
from typing import TYPE_CHECKING

from benchmarks import vocabulary as words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

WORDS = 1240
"""After this many words an article begins no new section."""

_FIRST_DATE = datetime(2020, 1, 1, 6, 0, tzinfo=UTC)
_INTERVAL = timedelta(hours=5)
_SLOT = re.compile(r"{(\w+)}")
_VOWEL_NEXT = re.compile(r"\b([Aa])(?= [aeiou])")
_TAG_WEIGHTS = [1 / (place + 20) for place in range(len(words.TAGS))]


@dataclass(frozen=True, slots=True)
class Article:
    """An article of the corpus; ``body`` is Markdown and the same for every generator."""

    slug: str
    title: str
    description: str
    date: datetime
    author: str
    category: str
    tags: tuple[str, ...]
    body: str

    @property
    def address(self) -> str:
        """Its path on the site, whichever generator builds it."""
        return address(self.slug)


def address(slug: str) -> str:
    """The path on the site of the article with this slug."""
    return f"/blog/{slug}/"


def articles(count: int) -> Iterator[Article]:
    """The first ``count`` articles, oldest first."""
    return map(article, range(count))


def article(index: int) -> Article:
    """The article with this number."""
    writer = _Writer(index)
    title = _title(index)
    return Article(
        slug=_slug(index),
        title=title,
        description=f"{title}. {writer.sentence()}",
        date=_FIRST_DATE + index * _INTERVAL,
        author=writer.random.choice(words.AUTHORS),
        category=writer.random.choice(words.CATEGORIES),
        tags=writer.tags(),
        body=writer.body(),
    )


def _title(index: int) -> str:
    random = Random(-index - 1)  # Not the body's: a link needs the title alone.
    subject, place = random.choice(words.SUBJECTS), random.choice(words.PLACES)
    return f"{subject} in {place}: {random.choice(words.ANGLES)}, part {index + 1}"


def _slug(index: int) -> str:
    return re.sub(r"[^a-z0-9]+", "-", _title(index).lower())


class _Writer:
    """Writes one article; what it writes depends on the article's number alone."""

    def __init__(self, index: int) -> None:
        self.index = index
        self.random = Random(index)
        self.notes: list[str] = []

    def tags(self) -> tuple[str, ...]:
        wanted = self.random.randint(3, 5)
        drawn = self.random.choices(words.TAGS, _TAG_WEIGHTS, k=4 * wanted)
        return tuple(dict.fromkeys(drawn))[:wanted]

    def body(self) -> str:
        blocks = [self.paragraph(), self.paragraph(linked=True)]
        extras: Sequence[Callable[[], str]] = (
            self.bullets, self.table, self.steps, self.code, self.quotation,
        )  # fmt: skip
        written = 0
        for number, heading in enumerate(self.random.sample(words.HEADINGS, 12)):
            if written >= WORDS:
                break
            extra = extras[(self.index + number) % len(extras)]
            blocks += [f"## {heading}", self.paragraph(noted=number < 3), extra()]
            blocks.append(self.paragraph(linked=number % 2 == 0))
            if number % 2:
                blocks += [f"### {self._subheading(number)}", self.paragraph()]
            written = sum(len(block.split()) for block in blocks)
        return "\n\n".join(blocks + self.notes) + "\n"

    def _subheading(self, number: int) -> str:
        """Another one each time, since the rules for repeated anchors differ."""
        return words.SUBHEADINGS[(self.index + number) % len(words.SUBHEADINGS)]

    def paragraph(self, *, linked: bool = False, noted: bool = False) -> str:
        sentences = [self.sentence() for _ in range(self.random.randint(3, 5))]
        if linked:
            sentences.insert(self.random.randint(1, 3), self.link())
        if noted:
            label = len(self.notes) + 1
            sentences[0] += f"[^{label}]"
            self.notes.append(f"[^{label}]: {self.sentence()} {self.link()}")
        return " ".join(sentences)

    def sentence(self) -> str:
        text = self._filled(self.random.choice(words.PATTERNS))
        return text[0].upper() + text[1:]

    def link(self) -> str:
        other = self.random.randrange(max(self.index, 1))
        pattern = self.random.choice(words.LINK_PATTERNS)
        pattern = pattern.replace("{title}", _title(other))
        return self._filled(pattern.replace("{address}", address(_slug(other))))

    def bullets(self) -> str:
        lines: list[str] = []
        for _ in range(self.random.randint(3, 5)):
            lines.append(f"- **{self._word('skill').capitalize()}:** {self.sentence()}")
            inner = self.random.randint(0, 2)
            lines += [f"    - {self._word('thing').capitalize()}, {self._word('time')}"] * (
                inner > 0
            )
            lines += [f"    - {self.sentence()}"] * (inner > 1)
        return "\n".join(lines)

    def steps(self) -> str:
        count = self.random.randint(3, 5)
        return "\n".join(f"{number}. {self.sentence()}" for number in range(1, count + 1))

    def table(self) -> str:
        rows = ["| Place | Role | Openings | Share |", "| --- | --- | ---: | ---: |"]
        for place in self.random.sample(words.PLACES, self.random.randint(4, 8)):
            role = self._word("role")
            rows.append(f"| {place} | {role} | {self._number()} | {self._percent()} % |")
        return "\n".join(rows)

    def code(self) -> str:
        low, high = sorted((self._number(), self._number()))
        return "\n".join([
            "```python",
            "def within(openings, low=" + str(low) + ", high=" + str(high) + "):",
            f'    """Openings in {self._word("place")} that name their pay."""',
            "    for opening in openings:",
            f"        if low <= opening[{self._word('field')!r}] < high:  # a year",
            "            yield opening",
            "```",
        ])  # fmt: skip

    def quotation(self) -> str:
        return f"> {self.sentence()} {self.sentence()}"

    def _filled(self, pattern: str) -> str:
        text = _SLOT.sub(lambda slot: self._word(slot[1]), pattern)
        return _VOWEL_NEXT.sub(r"\1n", text)

    def _word(self, slot: str) -> str:
        match slot:
            case "number":
                return f"{self._number():,}"
            case "percent":
                return str(self._percent())
            case "place":
                return self.random.choice(words.PLACES)
            case "field":
                return self.random.choice(words.FIELDS)
            case _:
                return self.random.choice(words.SLOTS[slot])

    def _number(self) -> int:
        return self.random.randint(12, 9800)

    def _percent(self) -> int:
        return self.random.randint(2, 97)
