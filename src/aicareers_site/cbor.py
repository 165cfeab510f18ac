"""CBOR (RFC 8949), as far as the files of a search index need it: whole numbers, text, arrays."""

from __future__ import annotations

from typing import TypeAlias

Item: TypeAlias = "int | str | list[Item]"

_UNSIGNED, _NEGATIVE, _TEXT, _ARRAY = 0, 1, 3, 4


def decoded(data: bytes) -> Item:
    """The one item that ``data`` holds; ValueError for anything else than that."""
    try:
        item, end = _item(data, 0)
    except IndexError:
        raise ValueError("the data ends within an item") from None
    if end != len(data):
        raise ValueError(f"there are {len(data) - end} bytes behind the item")
    return item


def encoded(item: Item) -> bytes:
    """``item`` in its shortest form (RFC 8949, section 4.2.1)."""
    if isinstance(item, str):
        text = item.encode()
        return _head(_TEXT, len(text)) + text
    if isinstance(item, list):
        return _head(_ARRAY, len(item)) + b"".join(map(encoded, item))
    return _head(_UNSIGNED, item) if item >= 0 else _head(_NEGATIVE, -1 - item)


def _item(data: bytes, start: int) -> tuple[Item, int]:
    """The item that begins at ``start``, and where it ends."""
    kind, argument, end = _argument(data, start)
    if kind == _UNSIGNED:
        return argument, end
    if kind == _NEGATIVE:
        return -1 - argument, end
    if kind == _TEXT:
        text = data[end : end + argument]
        if len(text) < argument:
            raise IndexError
        return text.decode(), end + argument
    if kind == _ARRAY:
        items: list[Item] = []
        for _ in range(argument):
            item, end = _item(data, end)
            items.append(item)
        return items, end
    raise ValueError(f"CBOR's major type {kind} is not known here")


def _argument(data: bytes, start: int) -> tuple[int, int, int]:
    """An item's major type and argument, and where its content begins (RFC 8949, section 3)."""
    kind, short = data[start] >> 5, data[start] & 0x1F
    if short < 24:
        return kind, short, start + 1
    if short > 27:
        raise ValueError(f"CBOR's additional information {short} is not known here")
    end = start + 1 + (1 << (short - 24))
    if end > len(data):
        raise IndexError
    return kind, int.from_bytes(data[start + 1 : end], "big"), end


def _head(kind: int, argument: int) -> bytes:
    if argument < 24:
        return bytes([kind << 5 | argument])
    size = next(size for size in range(4) if argument < 1 << (8 << size))
    return bytes([kind << 5 | 24 + size]) + argument.to_bytes(1 << size, "big")
