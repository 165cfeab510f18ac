"""CBOR as RFC 8949 has it, as far as it is known here."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aicareers_site.cbor import Item, decoded, encoded

ITEMS: st.SearchStrategy[Item] = st.recursive(
    st.integers(-(2**64), 2**64 - 1) | st.text(), lambda items: st.lists(items, max_size=30)
)

# From the RFC's appendix A.
EXAMPLES: list[tuple[Item, str]] = [
    (0, "00"),
    (23, "17"),
    (24, "1818"),
    (100, "1864"),
    (1000, "1903e8"),
    (1_000_000, "1a000f4240"),
    (1_000_000_000_000, "1b000000e8d4a51000"),
    (18_446_744_073_709_551_615, "1bffffffffffffffff"),
    (-1, "20"),
    (-100, "3863"),
    (-1000, "3903e7"),
    (-18_446_744_073_709_551_616, "3bffffffffffffffff"),
    ("", "60"),
    ("IETF", "6449455446"),
    ("水", "63e6b0b4"),
    ([], "80"),
    ([1, [2, 3], [4, 5]], "8301820203820405"),
    (list(range(1, 26)), "98190102030405060708090a0b0c0d0e0f101112131415161718181819"),
]


@pytest.mark.parametrize(("item", "data"), EXAMPLES)
def test_the_examples_of_the_standard(item: Item, data: str) -> None:
    assert encoded(item).hex() == data
    assert decoded(bytes.fromhex(data)) == item


@given(ITEMS)
def test_what_was_encoded_is_decoded(item: Item) -> None:
    assert decoded(encoded(item)) == item


@given(ITEMS, st.data())
def test_no_part_of_an_item_is_an_item(item: Item, data: st.DataObject) -> None:
    whole = encoded(item)
    part = whole[: data.draw(st.integers(0, len(whole) - 1))]
    with pytest.raises(ValueError, match="ends within"):
        decoded(part)


@pytest.mark.parametrize(
    "data",
    [
        *("40", "a0", "c001", "f4", "fb3ff199999999999a"),  # bytes, map, tag, false, 1.1
        *("1c", "9fff"),  # a reserved length, and one that comes later
        "0000",
        "61ff",
    ],
)
def test_anything_else_is_refused(data: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        decoded(bytes.fromhex(data))
