"""What is kept between builds is found again, undamaged, or not at all."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aicareers_site.cache import FILE, Cache
from aicareers_site.outputs import digest
from tests.folders import open_folder as open_folder
from tests.folders import powerless

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

CONTENTS = st.dictionaries(st.binary(min_size=1, max_size=40), st.binary(max_size=100), max_size=20)


def key(number: int) -> bytes:
    """A key as digests are: equally long, and different from the first bytes on."""
    return digest(str(number).encode())


def head(number: int) -> bytes:
    return f"head {number}".encode()


def body(number: int) -> bytes:
    return f"body {number}".encode() * 10_000


def keep(folder: Path, numbers: Iterable[int], **options: int) -> None:
    """A build that makes and uses what is kept by these numbers."""
    numbers = list(numbers)
    with Cache(folder, **options) as results:
        results.put(
            [(key(number), head(number)) for number in numbers],
            [(key(number), body(number)) for number in numbers],
        )
        results.used(map(key, numbers))


def use(folder: Path, numbers: Iterable[int], **options: int) -> None:
    """A build that uses what is kept by these numbers, and makes nothing."""
    with Cache(folder, **options) as results:
        results.used(map(key, numbers))


def kept_heads(folder: Path, numbers: Iterable[int]) -> list[int]:
    """The numbers whose heads are found as they were kept."""
    numbers = list(numbers)
    with Cache(folder) as results:
        found = results.heads(list(map(key, numbers)))
    assert all(value in map(head, numbers) for value in found.values())
    return [number for number in numbers if found.get(key(number)) == head(number)]


def kept_bodies(folder: Path, numbers: Iterable[int]) -> list[int]:
    """The numbers whose bodies are found as they were kept."""
    with Cache(folder) as results:
        found = {number: results.body(key(number), digest(body(number))) for number in numbers}
    assert all(value in {None, body(number)} for number, value in found.items())
    return [number for number, value in found.items() if value is not None]


def kept(folder: Path, numbers: Iterable[int]) -> list[int]:
    """The numbers by which both heads and bodies are found."""
    numbers = list(numbers)
    heads = kept_heads(folder, numbers)
    return heads if heads == kept_bodies(folder, numbers) else []


def run_sql(folder: Path, *statements: str) -> None:
    with sqlite3.connect(folder / FILE) as database:
        for statement in statements:
            database.execute(statement)
    database.close()


# Kept and found


def test_what_was_kept_is_found(tmp_path: Path) -> None:
    keep(tmp_path, [1, 2])
    assert kept(tmp_path, [1, 2, 3]) == [1, 2]


@given(contents=CONTENTS, more=CONTENTS)
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_are_found_as_they_were_put_last(
    tmp_path: Path, contents: dict[bytes, bytes], more: dict[bytes, bytes]
) -> None:
    with Cache(tmp_path) as results:
        for values in (contents, more):
            results.put(values.items(), values.items())
    expected = contents | more
    with Cache(tmp_path) as results:
        assert results.heads(list(expected)) == expected
        bodies = {name: results.body(name, digest(value)) for name, value in expected.items()}
    assert bodies == expected


def test_very_many_are_found_at_once(tmp_path: Path) -> None:
    numbers = range(2500)
    with Cache(tmp_path) as results:
        results.put([(key(number), head(number)) for number in numbers], ())
    assert kept_heads(tmp_path, numbers) == list(numbers)


def test_a_head_may_be_without_a_body(tmp_path: Path) -> None:
    with Cache(tmp_path) as results:
        results.put([(key(1), head(1))], ())
    assert (kept_heads(tmp_path, [1]), kept_bodies(tmp_path, [1])) == ([1], [])


def test_a_body_that_is_not_the_one_asked_for_is_not_found(tmp_path: Path) -> None:
    keep(tmp_path, [1])
    with Cache(tmp_path) as results:
        assert results.body(key(1), digest(b"another body")) is None


def test_the_folder_can_be_moved(tmp_path: Path) -> None:
    keep(tmp_path / "one", [1])
    (tmp_path / "one").rename(tmp_path / "two")
    assert kept(tmp_path / "two", [1]) == [1]


def test_two_builds_can_use_one_cache(tmp_path: Path) -> None:
    with Cache(tmp_path) as one, Cache(tmp_path) as other:
        one.put([(key(1), head(1))], [(key(1), body(1))])
        other.put([(key(2), head(2))], [(key(2), body(2))])
        for results in (one, other):
            assert results.heads([key(1), key(2)]) == {key(1): head(1), key(2): head(2)}
            assert results.body(key(1), digest(body(1))) == body(1)
            assert results.body(key(2), digest(body(2))) == body(2)
    assert kept(tmp_path, [1, 2]) == [1, 2]


def test_a_cache_that_is_closed_knows_nothing(tmp_path: Path) -> None:
    keep(tmp_path, [1])
    with Cache(tmp_path) as results:
        pass
    assert results.heads([key(1)]) == {}
    assert results.body(key(1), digest(body(1))) is None


# Damage


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE heads SET value = x'00'",
        "UPDATE heads SET value = 'text'",
        "UPDATE heads SET digest = x'00'",
        "UPDATE heads SET digest = 7",
        "DELETE FROM heads",
        "DROP TABLE heads",
        "DROP TABLE heads; CREATE TABLE heads (other INTEGER)",
    ],
)
def test_a_damaged_head_is_not_found(tmp_path: Path, damage: str) -> None:
    keep(tmp_path, [1])
    run_sql(tmp_path, *damage.split(";"))
    assert kept_heads(tmp_path, [1]) == []
    keep(tmp_path, [1])
    assert kept(tmp_path, [1]) == [1]


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE bodies SET value = x'00'",
        "UPDATE bodies SET value = 'text'",
        "UPDATE bodies SET value = 7.5",
        "DELETE FROM bodies",
        "DROP TABLE bodies",
        "DROP TABLE bodies; CREATE TABLE bodies (other INTEGER)",
    ],
)
def test_a_damaged_body_is_not_found(tmp_path: Path, damage: str) -> None:
    keep(tmp_path, [1])
    run_sql(tmp_path, *damage.split(";"))
    assert kept_bodies(tmp_path, [1]) == []
    keep(tmp_path, [1])
    assert kept(tmp_path, [1]) == [1]


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE builds SET used = x'00'",
        "UPDATE builds SET used = 'text'",
        "DELETE FROM builds",
        "DROP TABLE builds",
        "DROP TABLE builds; CREATE TABLE builds (other INTEGER)",
    ],
)
def test_a_build_goes_on_when_it_is_not_known_what_others_used(tmp_path: Path, damage: str) -> None:
    keep(tmp_path, [1, 2])
    run_sql(tmp_path, *damage.split(";"))
    keep(tmp_path, [3], max_bytes=1)
    keep(tmp_path, [4])
    assert kept(tmp_path, [4]) == [4]


@pytest.mark.parametrize("content", [b"", b"no database", b"SQLite format 3\0" + bytes(100)])
def test_a_damaged_file_is_thrown_away(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE).write_bytes(content)
    keep(tmp_path, [1])
    assert kept(tmp_path, [1]) == [1]


def test_bytes_flipped_anywhere_never_give_anything_else(tmp_path: Path) -> None:
    numbers = range(2)
    keep(tmp_path, numbers)
    sound = (tmp_path / FILE).read_bytes()
    for place in range(0, len(sound), 797):
        damaged = bytearray(sound)
        damaged[place] ^= 0xFF
        (tmp_path / FILE).write_bytes(damaged)
        kept(tmp_path, numbers)  # what is found is compared there


def test_a_file_that_was_cut_never_gives_anything_else(tmp_path: Path) -> None:
    numbers = range(2)
    keep(tmp_path, numbers)
    sound = (tmp_path / FILE).read_bytes()
    for length in range(0, len(sound), 997):
        (tmp_path / FILE).write_bytes(sound[:length])
        kept(tmp_path, numbers)


# A folder that cannot be used


def test_a_folder_that_cannot_be_made_keeps_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    keep(tmp_path / "file/cache", [1])
    assert kept(tmp_path / "file/cache", [1]) == []


def test_a_cache_that_cannot_be_written_is_read_and_left_alone(open_folder: Path) -> None:
    keep(open_folder, [1])
    (open_folder / FILE).chmod(0o444)
    open_folder.chmod(0o555)
    before = (open_folder / FILE).read_bytes()
    with powerless():
        keep(open_folder, [2])
        assert kept(open_folder, [1, 2]) == [1]
    assert (open_folder / FILE).read_bytes() == before


# What goes first

ROOM = 490_000
"""So little that six of eight are left: when room is made, a fifth is left for the next builds."""


def test_what_was_not_used_for_longest_goes_first(tmp_path: Path) -> None:
    for number in range(8):
        keep(tmp_path, [number])
    use(tmp_path, [0])
    use(tmp_path, [1, 2])
    use(tmp_path, [3], max_bytes=ROOM)
    assert kept(tmp_path, range(8)) == [0, 1, 2, 3, 6, 7]


def test_all_that_one_build_used_is_equally_old(tmp_path: Path) -> None:
    keep(tmp_path, range(8))
    use(tmp_path, range(0, 8, 3))
    use(tmp_path, [1, 4, 7], max_bytes=ROOM)
    assert {0, 1, 3, 4, 6, 7} == set(kept(tmp_path, range(8)))


def test_what_was_used_long_ago_goes_before_what_was_used_since(tmp_path: Path) -> None:
    keep(tmp_path, range(4))
    for _ in range(100):
        use(tmp_path, [])
    keep(tmp_path, range(4, 8), max_bytes=ROOM)
    assert kept(tmp_path, range(4, 8)) == [4, 5, 6, 7]


def test_the_cache_never_grows_beyond_its_bound(tmp_path: Path) -> None:
    sizes = []
    for start in range(0, 100, 5):
        keep(tmp_path, range(start, start + 5), max_bytes=1_000_000)
        sizes.append((tmp_path / FILE).stat().st_size)
    assert max(sizes) <= 1_000_000
    assert kept(tmp_path, range(95, 100)) == [95, 96, 97, 98, 99]


def test_below_its_bound_the_cache_keeps_everything(tmp_path: Path) -> None:
    for number in range(20):
        keep(tmp_path, [number])
    assert kept(tmp_path, range(20)) == list(range(20))


def test_heads_go_with_their_bodies(tmp_path: Path) -> None:
    keep(tmp_path, range(20), max_bytes=ROOM)
    left = kept_heads(tmp_path, range(20))
    assert len(left) == 6
    assert kept_bodies(tmp_path, range(20)) == left
