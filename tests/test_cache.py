from __future__ import annotations

import pickle
import sqlite3
from typing import TYPE_CHECKING, TypeVar

import pytest

from aicareers_site import cache
from aicareers_site.cache import FILE, Cache, Remembering
from aicareers_site.executor import Serial

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

A = TypeVar("A")
B = TypeVar("B")


class Counting(Serial):
    """An executor that tells what it had to compute."""

    def __init__(self) -> None:
        self.computed: list[object] = []

    def map(self, function: Callable[[A], B], items: Sequence[A]) -> list[B]:
        self.computed += items
        return super().map(function, items)


def doubled(number: int) -> int:
    return 2 * number


def squared(number: int) -> int:
    return number * number


def run(
    folder: Path, numbers: Sequence[int], function: Callable[[int], int] = doubled, **options: int
) -> tuple[list[int], list[object]]:
    """The results, and what was computed for them."""
    counting = Counting()
    with Cache(folder, **options) as results:
        found = Remembering(counting, results).map(function, numbers)
    return found, counting.computed


def test_what_was_computed_once_is_remembered(tmp_path: Path) -> None:
    assert run(tmp_path, [3, 1, 2]) == ([6, 2, 4], [3, 1, 2])
    assert run(tmp_path, [1, 2, 3, 4]) == ([2, 4, 6, 8], [4])


def test_equal_items_are_computed_once(tmp_path: Path) -> None:
    assert run(tmp_path, [3, 3]) == ([6, 6], [3])


def test_functions_do_not_share_results(tmp_path: Path) -> None:
    run(tmp_path, [3])
    assert run(tmp_path, [3], squared) == ([9], [3])


def test_other_code_makes_other_results(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(tmp_path, [3])
    monkeypatch.setattr(cache, "code_digest", lambda: b"another version")
    assert run(tmp_path, [3]) == ([6], [3])


def test_the_folder_can_be_moved(tmp_path: Path) -> None:
    run(tmp_path / "one", [3])
    (tmp_path / "one").rename(tmp_path / "two")
    assert run(tmp_path / "two", [3]) == ([6], [])


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE results SET value = x'00'",
        "UPDATE results SET digest = x'00'",
        "DELETE FROM results",
        "DROP TABLE results",
        "DROP TABLE results; CREATE TABLE results (other INTEGER)",
    ],
)
def test_a_damaged_entry_is_computed_anew(tmp_path: Path, damage: str) -> None:
    run(tmp_path, [3])
    with sqlite3.connect(tmp_path / FILE) as database:
        database.executescript(damage)
    database.close()
    assert run(tmp_path, [3]) == ([6], [3])


def test_an_entry_that_cannot_be_read_is_computed_anew(tmp_path: Path) -> None:
    run(tmp_path, [3])
    broken = pickle.dumps(pytest.raises)[:-3]
    with sqlite3.connect(tmp_path / FILE) as database:
        database.execute("UPDATE results SET value = ?, digest = ?", (broken, cache.digest(broken)))
    database.close()
    assert run(tmp_path, [3]) == ([6], [3])


@pytest.mark.parametrize("content", [b"", b"no database", b"SQLite format 3\0" + bytes(100)])
def test_a_damaged_file_is_thrown_away(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE).write_bytes(content)
    assert run(tmp_path, [3]) == ([6], [3])
    assert run(tmp_path, [3]) == ([6], [])


def test_bytes_flipped_anywhere_never_give_a_wrong_result(tmp_path: Path) -> None:
    numbers = list(range(40))
    run(tmp_path, numbers)
    sound = (tmp_path / FILE).read_bytes()
    for place in range(0, len(sound), 97):
        damaged = bytearray(sound)
        damaged[place] ^= 0xFF
        (tmp_path / FILE).write_bytes(damaged)
        assert run(tmp_path, numbers)[0] == [2 * number for number in numbers]


def test_a_folder_that_cannot_be_used_only_costs_time(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    assert run(tmp_path / "file/cache", [3]) == ([6], [3])


def test_what_was_not_used_for_longest_goes_first(tmp_path: Path) -> None:
    size = len(pickle.dumps(6, protocol=5))
    run(tmp_path, [1])
    run(tmp_path, [2])
    run(tmp_path, [1])
    run(tmp_path, [3], max_bytes=2 * size)
    assert run(tmp_path, [1, 2, 3]) == ([2, 4, 6], [2])


def test_two_builds_can_use_one_cache(tmp_path: Path) -> None:
    with Cache(tmp_path) as one, Cache(tmp_path) as other:
        assert Remembering(Serial(), one).map(doubled, [1]) == [2]
        counting = Counting()
        assert Remembering(counting, other).map(doubled, [1, 2]) == [2, 4]
        assert counting.computed == [2]
