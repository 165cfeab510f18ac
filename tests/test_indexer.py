"""Pagefind makes the index, always the same one; what keeps it from that is said."""

from __future__ import annotations

import gzip
import json
import sys
from base64 import b64encode
from typing import TYPE_CHECKING, TypeVar

import pytest

from aicareers_site import indexer
from aicareers_site.cache import Cache
from aicareers_site.executor import InMemory, Serial
from aicareers_site.hosting import immutable_patterns
from aicareers_site.indexer import Indexer, IndexingError, indexed
from aicareers_site.remembering import Remembering
from aicareers_site.results import Held
from aicareers_site.search_index import KINDS, Texts
from tests.workers import Recording

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from aicareers_site.executor import Executor

T = TypeVar("T")

TEXTS = {
    "/blog/a/": '<p data-pagefind-filter="year:2026">Pay in <b>Zürich</b></p>',
    "/blog/b/": '<p data-pagefind-filter="year:2025">Pay in Paris</p>',
    "/c%20d/": '<h1>Visas</h1><p data-pagefind-filter="year:2024">None</p>',
}

REFUSAL = b64encode(json.dumps({"payload": {"type": "Error", "message": "no"}}).encode()).decode()


def texts(language: str = "en", **changed: str) -> Texts:
    found = {**TEXTS, **changed}
    pages = (f"<main data-pagefind-body>{text}</main>".encode() for text in found.values())
    return Texts(language, tuple(zip(found, map(Held, pages), strict=True)))


def silent(_name: str, made: Iterator[T], _total: int) -> Iterator[T]:
    return made


def files(given: Texts, executor: Executor | None = None) -> dict[str, bytes]:
    """The files of the index of these texts, which must be made."""
    outcome = indexed(given, executor or InMemory(Serial()), silent)
    assert outcome.diagnostics == ()
    return {output.path: output.content() for output in outcome.value}


def fragments(found: dict[str, bytes]) -> dict[str, dict[str, object]]:
    """What the index knows of each page, by its address."""
    pages = [
        json.loads(gzip.decompress(content).removeprefix(b"pagefind_dcd"))
        for path, content in found.items()
        if path.startswith("pagefind/fragment/")
    ]
    return {page["url"]: page for page in pages}


def test_who_has_no_index_knows_how_its_files_are_kept() -> None:
    assert immutable_patterns(KINDS) == immutable_patterns(files(texts()))


def test_the_index_knows_every_text_by_its_address() -> None:
    found = files(texts())
    pages = fragments(found)
    assert {url: page["content"] for url, page in pages.items()} == {
        "/blog/a/": "Pay in Zürich.",
        "/blog/b/": "Pay in Paris.",
        "/c%20d/": "Visas. None.",
    }
    assert pages["/blog/a/"]["filters"] == {"year": ["2026"]}
    assert {path.removeprefix("pagefind/").split("_")[0] for path in found} == {
        *("pagefind.js", "pagefind-entry.json", "wasm.en.pagefind", "pagefind.en"),
        *("filter/en", "fragment/en", "index/en"),
    }


def test_the_same_texts_give_the_same_files(monkeypatch: pytest.MonkeyPatch) -> None:
    expected = files(texts())
    for threads in ("1", "2", "5"):
        monkeypatch.setenv("RAYON_NUM_THREADS", threads)
        monkeypatch.setenv("PAGEFIND_EXCLUDE_SELECTORS", "p")  # which is not heard
        assert files(texts()) == expected


def test_another_text_changes_what_is_found() -> None:
    assert files(texts(**{"/blog/a/": "Pay in Oslo"})).keys() != files(texts()).keys()


@pytest.mark.parametrize(
    ("language", "program"),
    [("en-GB", "wasm.en-gb.pagefind"), ("de", "wasm.de.pagefind"), ("mt", "wasm.unknown.pagefind")],
)
def test_words_are_stemmed_as_their_language_wants(language: str, program: str) -> None:
    found = files(texts(language))
    assert [path for path in found if "wasm" in path] == [f"pagefind/{program}"]


def test_it_tells_how_far_it_is() -> None:
    told: list[tuple[str, int, int]] = []

    def noting(name: str, made: Iterator[T], total: int) -> Iterator[T]:
        for number, item in enumerate(made, start=1):
            told.append((name, number, total))
            yield item

    Indexer(noting).search_index(texts())
    assert told == [("Indexing for search", number, 3) for number in (1, 2, 3)]


def test_the_index_of_the_same_texts_is_not_made_again(tmp_path: Path) -> None:
    made = []
    with Cache(tmp_path) as results:
        for given in (texts(), texts(), texts(**{"/blog/a/": "Other"}), texts()):
            workers = Recording()
            files(given, Remembering(workers, results))
            made.append([given.stage for given in workers.given])
    assert made == [["search_index"], [], ["search_index"], []]


def test_without_pagefind_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(indexer, "program", lambda: None)
    outcome = indexed(texts(), InMemory(Serial()), silent)
    (problem,) = outcome.diagnostics
    assert (outcome.value, problem.code, str(problem.span)) == ((), "search-missing", "site.yaml")
    assert problem.hint == (
        "run pip install 'aicareers-site[search]', or write 'search: false' in site.yaml"
    )


def test_a_system_for_which_there_is_no_pagefind_has_none(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "pagefind_bin", None)
    assert indexer.program() is None


@pytest.mark.parametrize(
    ("script", "message"),
    [
        ("exit 1", "Pagefind ended before it had answered"),
        ("printf 'not Base64,'; cat", "Pagefind ended before it had answered"),
        (
            f"printf '{REFUSAL},'; cat",
            "Pagefind says: no",
        ),
    ],
)
def test_a_program_that_fails_is_an_error(
    script: str, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "pagefind"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    monkeypatch.setattr(indexer, "program", lambda: program)
    (problem,) = indexed(texts(), InMemory(Serial()), silent).diagnostics
    assert (problem.code, problem.message) == ("search-failed", message)


def test_a_program_that_cannot_be_run_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(indexer, "program", lambda: tmp_path / "pagefind")
    with pytest.raises(IndexingError, match="cannot be run"):
        Indexer(silent).search_index(texts())
