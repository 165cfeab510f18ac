"""What of withheld articles must be in no file of the site: their words, addresses and pictures."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from aicareers_site.bare_words import text_words, undressed
from aicareers_site.data_files import FORMATS, file_path, page_path
from aicareers_site.haystacks import Needle
from aicareers_site.identity import addresses
from aicareers_site.outputs import digest
from aicareers_site.records import Text
from aicareers_site.urls import published_path
from aicareers_site.wording import in_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from aicareers_site.articles import Withheld
    from aicareers_site.data_tables import Table
    from aicareers_site.records import Record
    from aicareers_site.site import Site, Taxonomy

RUN = 8
"""So many words in a row give a text away, wherever in it they stand."""

_SHORTEST = 4
"""A whole text, such as a heading, gives itself away with fewer words, but not with fewer still."""

_LONG_WORD = 4
"""A title, topic or address of one word is looked for if the word has so many letters."""

_BLOCK = re.compile(
    r"</?(?:aside|blockquote|caption|d[dlt]|div|fig(?:caption|ure)|h[1-6]|li|ol|p|pre|section|"
    r"svg|t[dhr]|table|text|ul)\b[^>]*>"
)
_CHART = re.compile(r'<figure class="chart".*?</figure>', re.DOTALL)
"""What a chart says is its table's, which may be published, in sentences that the program makes."""

_SPOKEN = re.compile(r'\b(?:alt|title|aria-label)="([^"]+)"')


class Withholding(NamedTuple):
    """What a build keeps to itself, and the ``site`` as it shows it.

    ``reasons`` tell, by source path, why an article is withheld; of some of these, drafts, no more
    is known than their file. ``tables`` are shown by such articles alone, ``hidden`` are the source
    paths of files that are not published, ``published`` the paths on the site of all that is.
    """

    articles: tuple[Withheld, ...]
    reasons: Mapping[str, str]
    tables: tuple[Table, ...]
    hidden: frozenset[str]
    published: frozenset[str]
    site: Site

    @property
    def sources(self) -> frozenset[str]:
        """The source paths of withheld articles and tables."""
        return frozenset([*self.reasons, *(table.path for table in self.tables)])


def collect(withholding: Withholding, files: Mapping[str, bytes]) -> tuple[Needle, ...]:
    """All that is to be looked for, each once; ``files`` are all sources (bytes by path)."""
    found: list[Needle] = []
    for record, text, shown in withholding.articles:
        found += _of_record(record, withholding.site)
        found += _of_text(record.source, Text.of(text))
        found += _of_files(record.source, shown & withholding.hidden, files)
    read = {record.source for record, _, _ in withholding.articles}
    for path in sorted(withholding.reasons.keys() - read):
        lines = files[path].decode("utf-8", "replace").splitlines()
        found += (one for line in lines for one in _said("text", line, path))
    for table in withholding.tables:
        found += _of_table(table)
    public = {_parts(path) for path in withholding.published}
    unique: dict[bytes, Needle] = {}
    for one in found:
        if one.sought and one.sought not in public:
            unique.setdefault(one.sought, one)
    return tuple(unique.values())


def _of_record(record: Record, site: Site) -> Iterator[Needle]:
    source = record.source
    yield from _named("title", record.title, source)
    yield from _said("description", record.description, source)
    for address in addresses(record):
        yield Needle(_parts(address), "address", source, is_address=True)
        yield from _named("address", address.strip("/").rpartition("/")[2], source)
    for chart in record.charts:
        yield from _named("chart", chart.title, source)
        yield from _said("chart", chart.note, source)
    if record.lead_figure:
        yield from _said("figure", " ".join(record.lead_figure), source)
    terms: tuple[tuple[Taxonomy, str, Iterable[str]], ...] = (
        (site.topics, "topic", record.tags),
        (site.categories, "category", filter(None, [record.category])),
        (site.authors, "author", record.authors),
        (site.series, "series", filter(None, [record.series])),
    )
    for taxonomy, what, names in terms:
        for name in names:
            if name not in taxonomy.terms:
                yield Needle(_parts(f"{taxonomy.base}{name}/"), what, source, is_address=True)
                yield from _named(what, in_words(name), source)


def _of_text(source: str, text: Text) -> Iterator[Needle]:
    """The texts of an article, each in runs of words."""
    for html in (_CHART.sub(" <p>", text.prose.html), *text.prose.fragments.values()):
        for block in _BLOCK.split(html):
            yield from _said("text", block, source)
        for words in _SPOKEN.findall(html):
            yield from _said("picture", words, source)
    for words in _strings(text.front.model_dump()):
        yield from _said("text", words, source)


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _strings(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _strings(inner)


def _of_files(source: str, shown: Iterable[str], files: Mapping[str, bytes]) -> Iterator[Needle]:
    """Pictures and other files by their names, and by the digests in the names of their sizes."""
    for path in sorted(shown):
        yield Needle(_parts(published_path(path)), "picture", source, is_address=True)
        if path in files:
            mark = digest(files[path])[:5].hex()
            yield Needle(mark.encode(), "picture", source)


def _of_table(table: Table) -> Iterator[Needle]:
    for path in (page_path(table.id), *(file_path(table.id, form) for form in FORMATS)):
        yield Needle(_parts(path), "table", table.path, is_address=True)
    yield from _named("table", table.title, table.path)
    for breakdown in table.breakdowns:
        if " " in breakdown.title:
            yield from _named("table", breakdown.title, table.path)
    for words in _strings(table):
        yield from _said("table", words, table.path)


def _named(what: str, name: str, source: str) -> Iterator[Needle]:
    """A name, which gives itself away as a whole, unless it is one short word."""
    words = _words(name)
    if b" " in words or (len(words) >= _LONG_WORD and not words.isdigit()):
        yield Needle(words, what, source)


def _said(what: str, text: str, source: str) -> Iterator[Needle]:
    """A text: as a whole if it is short, else in runs, of which one is in any long part of it."""
    words = _words(text).split()
    if len(words) < _SHORTEST:
        return
    last = max(0, len(words) - RUN)
    for start in dict.fromkeys([*range(0, last, RUN), last]):
        yield Needle(b" ".join(words[start : start + RUN]), what, source)


def _words(text: str) -> bytes:
    return text_words(undressed(text.encode("utf-8", "replace"))).strip()


def _parts(address: str) -> bytes:
    return undressed(address.encode()).strip(b"/")
