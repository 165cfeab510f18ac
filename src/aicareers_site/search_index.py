"""The files of a search index: what is indexed, and what of Pagefind's files the site needs.

Pagefind 1.5 lists filters and their values in another order in every run, and names files by what
is in them. Here they are put in order, so that the same texts give the same files.
"""

from __future__ import annotations

import gzip
import json
from functools import cache, partial
from itertools import accumulate
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from aicareers_site import cbor
from aicareers_site.outputs import Output, digest
from aicareers_site.results import Made
from aicareers_site.urls import SEARCH_INDEX

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aicareers_site.results import Body, Result

SCRIPT = "pagefind.js"
_ENTRY = "pagefind-entry.json"
_KEPT = ("fragment/", "index/")
_SIGNATURE = b"pagefind_dcd"
"""Pagefind's script takes what begins like this for a file that need not be unpacked."""

KINDS = tuple(
    SEARCH_INDEX[1:] + path
    for path in (
        SCRIPT,
        _ENTRY,
        "wasm.en.pagefind",
        "pagefind.en_0000000000.pf_meta",
        "fragment/en_0000000.pf_fragment",
        "index/en_0000000.pf_index",
        "filter/en_0000000000.pf_filter",
    )
)
"""A path like those of each kind of file in an index, for who has to do without one."""

Part: TypeAlias = tuple[str, bytes, int, int]
"""A file among those of an index: path, digest, and where its bytes begin and end."""


class Texts(NamedTuple):
    """What is indexed: the ``language`` (BCP 47), and the texts of pages by path, in order."""

    language: str
    pages: tuple[tuple[str, Body], ...]


def packed(files: Mapping[str, bytes]) -> Made[tuple[Part, ...]]:
    """All files, by path, as one result for :func:`outputs`."""
    paths = sorted(files)
    ends = accumulate(len(files[path]) for path in paths)
    parts = tuple(
        (path, digest(files[path]), end - len(files[path]), end)
        for path, end in zip(paths, ends, strict=True)
    )
    return Made(parts, b"".join(files[path] for path in paths))


def outputs(index: Result[tuple[Part, ...]]) -> tuple[Output, ...]:
    """The files of the site that were packed into ``index``."""
    whole = cache(index.body.content)  # fetched once, for those that somebody asks for

    def content(start: int, end: int) -> bytes:
        return whole()[start:end]

    return tuple(
        Output(SEARCH_INDEX[1:] + path, check, partial(content, start, end))
        for path, check, start, end in index.head
    )


def settled(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Those of Pagefind's ``files`` that its script loads, by path below its folder, in order.

    Raises ValueError, KeyError, EOFError or OSError for files that are not as Pagefind 1.5 makes
    them.
    """
    entry = json.loads(files[_ENTRY])
    kept = {path: content for path, content in files.items() if path.startswith(_KEPT)}
    kept[SCRIPT] = files[SCRIPT]
    for language, known in entry["languages"].items():
        program = f"wasm.{known['wasm'] or 'unknown'}.pagefind"
        kept[program] = files[program]
        overview = _unpacked(files[f"pagefind.{known['hash']}.pf_meta"])
        # Its fourth field lists the filters: the name and the hash of each.
        filters: list[cbor.Item] = []
        for name, old in sorted(overview[3]):
            _, values = _unpacked(files[f"filter/{old}.pf_filter"])
            content = _packed([name, sorted(values)])
            filters.append([name, _hash(language, content)])
            kept[f"filter/{_hash(language, content)}.pf_filter"] = content
        content = _packed([*overview[:3], filters, *overview[4:]])
        known["hash"] = _hash(language, content)
        kept[f"pagefind.{known['hash']}.pf_meta"] = content
    kept[_ENTRY] = json.dumps(entry, sort_keys=True).encode()
    return kept


def _unpacked(file: bytes) -> Any:
    content = gzip.decompress(file)
    if not content.startswith(_SIGNATURE):
        raise ValueError("this is no file of Pagefind's")
    return cbor.decoded(content.removeprefix(_SIGNATURE))


def _packed(item: cbor.Item) -> bytes:
    # Not compressed: what zlib makes differs from one machine to another.
    return _SIGNATURE + cbor.encoded(item)


def _hash(language: str, content: bytes) -> str:
    return f"{language}_{digest(content).hex()[:10]}"
