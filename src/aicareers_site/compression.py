"""Texts compressed for servers: the same bytes give the same, with the same packages."""

from __future__ import annotations

import struct
import zlib
from contextlib import suppress
from importlib import import_module
from typing import TYPE_CHECKING

from aicareers_site.results import Made

if TYPE_CHECKING:
    from aicareers_site.configuration import Encoding
    from aicareers_site.results import Body

SMALLEST = 1024
"""Bytes below which a copy saves nobody anything: it all fits into one packet."""

PACKAGES: dict[Encoding, str] = {"br": "brotli", "zst": "zstandard"}
"""What is needed for an encoding beyond Python's own library."""


def is_installed(encoding: Encoding) -> bool:
    """Whether texts can be compressed so."""
    if encoding not in PACKAGES:
        return True
    with suppress(ImportError):
        import_module(PACKAGES[encoding])
        return True
    return False


def compressed(item: tuple[Encoding, Body]) -> Made[bool]:
    """The copy in an encoding of what is in the body, if it is worth having."""
    encoding, body = item
    content = body.content()
    if len(content) < SMALLEST:
        return Made(False)
    copy = _compressed(content, encoding)
    return Made(True, copy) if len(copy) < len(content) else Made(False)


def _compressed(content: bytes, encoding: Encoding) -> bytes:
    match encoding:
        case "br":
            import brotli

            return bytes(brotli.compress(content, quality=11))
        case "gz":
            return _gzip(content)
        case "zst":
            import zstandard

            # Its window is 8 MB at most, as browsers have it (RFC 9659).
            return zstandard.ZstdCompressor(level=19).compress(content)


def _gzip(content: bytes) -> bytes:
    """A member of RFC 1952 without a time, a name or a system, as Python's own would have them."""
    deflater = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS, memLevel=9)
    deflated = deflater.compress(content) + deflater.flush()
    header = b"\x1f\x8b\x08\x00" + bytes(4) + b"\x02\xff"
    return header + deflated + struct.pack("<II", zlib.crc32(content), len(content) & 0xFFFFFFFF)
