"""Equal values have equal fingerprints however they came about, and different values differ."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from copy import deepcopy
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from aicareers_site.fingerprints import Keyed, fingerprint
from aicareers_site.results import Body, Held


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


class Pair(NamedTuple):
    first: Any
    second: Any


class OtherPair(NamedTuple):
    first: Any
    second: Any


@dataclass(frozen=True, slots=True)
class Point:
    x: Any
    y: Any = None


ZONES = st.sampled_from([UTC, ZoneInfo("Europe/Berlin"), ZoneInfo("Asia/Tokyo")])
LEAVES = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=10)
    | st.binary(max_size=10)
    | st.sampled_from(Colour)
    | st.dates()
    | st.datetimes(timezones=ZONES)
)
VALUES = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, max_size=4).map(tuple)
        | st.builds(Pair, inner, inner)
        | st.builds(Point, inner, inner)
        | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=12,
)


def told_apart(value: object) -> str:
    """What tells values apart: 1, True and 1.0 are equal in Python, and mean different things."""
    return repr(value)


# Equal values


@given(VALUES)
def test_a_copy_has_the_same_fingerprint(value: object) -> None:
    assert fingerprint(deepcopy(value)) == fingerprint(value)


@given(VALUES)
def test_a_value_that_was_sent_or_kept_has_the_same_fingerprint(value: object) -> None:
    again = pickle.loads(pickle.dumps(value, pickle.HIGHEST_PROTOCOL))
    assert fingerprint(again) == fingerprint(value)


@given(VALUES)
def test_sharing_makes_no_difference(value: object) -> None:
    shared, separate = (value, value), (value, deepcopy(value))
    assert fingerprint(shared) == fingerprint(separate)


@given(st.text(min_size=2))
def test_equal_strings_may_be_one_object_or_two(text: str) -> None:
    joined = "".join(text)
    assert fingerprint((text, text)) == fingerprint((text, joined))


def test_attributes_and_keys_that_are_interned_or_not_make_no_difference() -> None:
    computed = "".join(["na", "me"])
    assert computed is not sys.intern("name")
    assert fingerprint({computed: 1}) == fingerprint({"name": 1})


SCRIPT = """
import sys
from datetime import UTC, datetime
from zoneinfo import ZoneInfo
from decimal import Decimal
from aicareers_site.data_tables import Amount, ColumnType
from aicareers_site.diagnostics import Diagnostic, Span
from aicareers_site.figure_marks import NamedFigures
from aicareers_site.figures import Figure
from aicareers_site.fingerprints import Keyed, fingerprint
from aicareers_site.manuscripts import Manuscript, Rules
from aicareers_site.results import Held
from aicareers_site.stages import article

rules = Keyed(Rules("en", ZoneInfo("Europe/Berlin"), ("desk",), ("advice",), False))
figure = Figure("a.total", ColumnType.NUMBER, Amount(Decimal(1), Decimal(2)), unit="openings")
value = (
    Manuscript("content/articles/a.md", b"text", rules, NamedFigures((figure,))),
    Held(b"body"),
    datetime(2026, 1, 2, 3, 4, tzinfo=UTC),
    Diagnostic("code", "message", Span("a.md", 1, 2, 3)),
    {"b": 1, "a": 2},
    article,
)
print(fingerprint(value).hex())
"""


def test_all_processes_agree() -> None:
    found = {
        subprocess.run(
            [sys.executable, "-c", SCRIPT],
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": locale},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed, zone, locale in (("1", "UTC", "C"), ("2", "Asia/Tokyo", "C.UTF-8"))
    }
    assert len(found) == 1


# Different values


@given(VALUES, VALUES)
def test_values_that_differ_have_different_fingerprints(one: object, other: object) -> None:
    assert (fingerprint(one) == fingerprint(other)) == (told_apart(one) == told_apart(other))


@given(st.lists(st.text(max_size=3), max_size=4), st.lists(st.text(max_size=3), max_size=4))
def test_where_one_part_ends_and_the_next_begins_matters(one: list[str], other: list[str]) -> None:
    assert (fingerprint(tuple(one)) == fingerprint(tuple(other))) == (one == other)


def test_types_matter() -> None:
    values: tuple[object, ...] = (
        *(1, True, 1.0, "1", b"1"),
        *((1,), [1], frozenset([1]), {1: None}),
        *((1, 2), Pair(1, 2), OtherPair(1, 2), Point(1, 2)),
        *("red", Colour.RED, Colour.BLUE),
        *(date(2026, 1, 1), datetime(2026, 1, 1, tzinfo=UTC)),
        datetime(2026, 1, 1, tzinfo=ZoneInfo("UTC")),
        *((), "", b"", None, {}, ((),)),
    )
    assert len({fingerprint(value) for value in values}) == len(values)


def test_how_deep_a_value_stands_matters() -> None:
    values = ((1, (2, 3)), ((1, 2), 3), (1, 2, 3), ((1, 2, 3),))
    assert len({fingerprint(value) for value in values}) == len(values)


# Values for which others stand


def test_a_key_stands_for_its_value() -> None:
    assert fingerprint(("a", Keyed("large", b"key"))) == fingerprint(("a", Keyed("other", b"key")))
    assert fingerprint(Keyed("same", b"key")) != fingerprint(Keyed("same", b"other key"))


@given(VALUES, VALUES)
def test_a_value_is_its_own_key_unless_another_is_given(one: object, other: object) -> None:
    same = fingerprint(one) == fingerprint(other)
    assert (fingerprint((1, Keyed(one))) == fingerprint((1, Keyed(other)))) is same
    assert (Keyed(one) == Keyed(other)) is same
    assert len({Keyed(one), Keyed(other)}) == (1 if same else 2)


def test_a_key_is_not_the_bytes_that_it_is_made_of() -> None:
    assert fingerprint(Keyed("value", b"key")) != fingerprint(b"key")
    assert Keyed("value", b"key") != b"key"


def test_what_is_keyed_survives_pickling() -> None:
    keyed = pickle.loads(pickle.dumps(Keyed(("a", 1), b"key")))
    assert (keyed.value, keyed.key) == (("a", 1), b"key")


def test_keys_are_taken_once() -> None:
    class Asked:
        times = 0

        def __reduce__(self) -> tuple[type[tuple[()]], tuple[()]]:
            Asked.times += 1
            return (tuple, ())

    keyed = Keyed(Asked())
    for _ in range(3):
        fingerprint((keyed, keyed))
    assert Asked.times == 1


class Remote(Body):
    """A body that nobody may fetch."""

    def content(self) -> bytes:
        raise AssertionError("fetched")


@given(st.binary(), st.binary())
def test_a_digest_stands_for_a_body_wherever_that_is(one: bytes, other: bytes) -> None:
    here = Held(one)
    elsewhere = Remote(here.digest)
    assert fingerprint((1, here)) == fingerprint((1, elsewhere))
    assert (fingerprint(Held(one)) == fingerprint(Held(other))) == (one == other)


def test_a_body_within_what_is_keyed_is_not_fetched() -> None:
    assert Keyed((Remote(b"digest"), 1)) == Keyed((Remote(b"digest"), 1))
    assert Keyed((Remote(b"digest"), 1)) != Keyed((Remote(b"other digest"), 1))
