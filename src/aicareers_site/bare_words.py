"""The words in the bytes of a file, in whatever dress: of HTML, of feeds with HTML in them, JSON,
CSV, SVG, the parts of a search index.

Words are bytes without case, apart from letters beyond ASCII, which are written in one way
everywhere. Whatever stands between words counts as one space. So the same text has the same words
in each dress, unless a tag stands within a word.
"""

from __future__ import annotations

import gzip
import html
import re
from functools import lru_cache
from typing import TYPE_CHECKING

from aicareers_site import cbor

if TYPE_CHECKING:
    from collections.abc import Iterator

_PAGEFIND = b"pagefind_dcd"
_GZIP = b"\x1f\x8b"

_WORDS = bytes(
    code if code >= 0x80 or chr(code).isalnum() else 0x20 for code in bytes(range(256)).lower()
)
# General punctuation, such as quotation marks and dashes, and the signs of Latin-1.
_PUNCTUATION = re.compile(rb"\xe2[\x80\x81][\x80-\xbf]|\xc2[\x80-\xbf]|\xef\xb7[\x90-\xaf]")
_TAG = re.compile(rb"<[^<>]*>")
_ENTITY = re.compile(rb"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_ENCODED = re.compile(rb"%[0-9A-Fa-f]{2}")
_ESCAPED = re.compile(rb'\\(?:u[0-9a-fA-F]{4}|["\\/bfnrt])')

BETWEEN = b"|"
"""What stands between the words of a file's text and those in its tags; it is no word."""


def undressed(content: bytes) -> bytes:
    """The bytes of a text without escapes of JSON and addresses, and unpacked if it is a part of a
    search index.
    """
    if content.startswith(_GZIP):
        content = _unzipped(content)
    if content.startswith(_PAGEFIND):
        content = _index_part(content.removeprefix(_PAGEFIND))
    if b"\\" in content:
        content = _ESCAPED.sub(_unescaped, content)
    if b"%" in content:
        content = _ENCODED.sub(lambda found: bytes([int(found[0][1:], 16)]), content)
    return content


def words(text: bytes) -> bytes:
    """The words of an :func:`undressed` text, each between two spaces: first those for readers,
    then those within tags, such as alternative texts and addresses.
    """
    bare = text_words(text)
    if b"<" not in text and b"&lt;" not in text:
        return bare
    tags = b" ".join(_TAG.findall(_without_entities(text)))
    return b"%b%b%b" % (bare, BETWEEN, _plain(_without_entities(tags)))


def text_words(text: bytes) -> bytes:
    """The words of a text, each between two spaces, without what stands within tags.

    HTML may be escaped, as it is in feeds.
    """
    for _ in range(2):
        if b"<" in text:
            text = _TAG.sub(b" ", text)
        text = _without_entities(text)
    if b"<" in text:
        text = _TAG.sub(b" ", text)
    return _plain(text)


def _plain(text: bytes) -> bytes:
    if not text.isascii():
        text = _PUNCTUATION.sub(b" ", text)
    return b" %b " % b" ".join(text.translate(_WORDS).split())


def _without_entities(text: bytes) -> bytes:
    return _ENTITY.sub(lambda found: _character(found[0]), text) if b"&" in text else text


@lru_cache(maxsize=1024)
def _character(entity: bytes) -> bytes:
    return html.unescape(entity.decode()).encode("utf-8", "replace")


def _unescaped(found: re.Match[bytes]) -> bytes:
    escape = found[0]
    if escape.startswith(b"\\u"):
        return chr(int(escape[2:], 16)).encode("utf-8", "replace")
    return escape[1:] if escape[1:] in b'"\\/' else b" "


def _unzipped(content: bytes) -> bytes:
    try:
        return gzip.decompress(content)
    except (OSError, EOFError):
        return content


def _index_part(content: bytes) -> bytes:
    """The texts in a part of a search index: a fragment is JSON, all others are CBOR."""
    if content.startswith(b"{"):
        return content
    try:
        return "\n".join(_texts(cbor.decoded(content))).encode()
    except (ValueError, IndexError):
        return content


def _texts(item: cbor.Item) -> Iterator[str]:
    if isinstance(item, str):
        yield item
    elif isinstance(item, list):
        for inner in item:
            yield from _texts(inner)
