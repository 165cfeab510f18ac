"""Compressed copies of texts, as servers send them."""

from __future__ import annotations

import gzip
import sys
from typing import TYPE_CHECKING

import brotli
import pytest
import zstandard

from aicareers_site import precompression, stages
from aicareers_site.compression import SMALLEST, compressed
from aicareers_site.executor import InMemory, Serial
from aicareers_site.outputs import Output
from aicareers_site.results import Held

if TYPE_CHECKING:
    from collections.abc import Callable

    from aicareers_site.configuration import Encoding

TEXT = b"<p>The same words, again and again.</p>\n" * 100
READ: dict[Encoding, Callable[[bytes], bytes]] = {
    "br": brotli.decompress,
    "gz": gzip.decompress,
    "zst": lambda copy: zstandard.ZstdDecompressor().decompress(copy),
}
every_encoding = pytest.mark.parametrize("encoding", READ)


@every_encoding
def test_a_copy_holds_the_text_in_fewer_bytes_and_is_always_the_same(encoding: Encoding) -> None:
    made = compressed((encoding, Held(TEXT)))
    assert made.head
    assert READ[encoding](made.body) == TEXT
    assert len(made.body) < len(TEXT)
    assert compressed((encoding, Held(TEXT))) == made


def test_gzip_names_no_file_time_or_system() -> None:
    """RFC 1952, section 2.3: flags, time, and the operating system, here unknown."""
    copy = compressed(("gz", Held(TEXT))).body
    assert copy[:10] == b"\x1f\x8b\x08" + b"\0" + bytes(4) + b"\x02\xff"


@every_encoding
def test_there_is_none_of_what_is_small_or_would_grow(encoding: Encoding) -> None:
    assert not compressed((encoding, Held(b"a" * (SMALLEST - 1)))).head
    noise = gzip.compress(TEXT * 300)[:2000] + bytes(range(256)) * 4
    dense = brotli.compress(bytes(i * i * 7919 % 251 for i in range(40_000)))
    for content in (noise, dense):
        made = compressed((encoding, Held(content)))
        assert not made.head or len(made.body) < len(content)


def test_texts_get_copies_and_pictures_none() -> None:
    outputs = tuple(Output.of(name, TEXT) for name in ("index.html", "card.png", "feed.xml"))
    found = precompression.added(outputs, ("gz", "br"), InMemory(Serial()))
    assert found.diagnostics == ()
    names = [output.path for output in found.value]
    assert names == [
        *("index.html", "card.png", "feed.xml"),
        *("index.html.gz", "feed.xml.gz", "index.html.br", "feed.xml.br"),
    ]
    assert found.value[3] == Output(
        "index.html.gz",
        Output.of("", compressed(("gz", Held(TEXT))).body).digest,
        found.value[3].content,
    )
    assert gzip.decompress(found.value[3].content()) == TEXT


def test_nothing_is_added_where_nothing_is_asked_for() -> None:
    outputs = (Output.of("index.html", TEXT),)
    assert precompression.added(outputs, (), InMemory(Serial())).value == outputs


def test_a_missing_package_is_told_with_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "brotli", None)
    found = precompression.added((), ("gz", "br"), InMemory(Serial()))
    (problem,) = found.diagnostics
    assert (problem.code, problem.message, problem.hint) == (
        "compression-missing",
        "'br' needs the package brotli, which is not installed",
        "run pip install 'aicareers-site[compress]', or take 'br' out of 'precompress'",
    )
    assert found.value == ()


def test_the_stage_is_the_same() -> None:
    assert stages.compressed(("gz", Held(TEXT))) == compressed(("gz", Held(TEXT)))
