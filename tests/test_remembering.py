"""An executor that has made something once knows it, and never knows it wrongly."""

from __future__ import annotations

import pickle
import shutil
import sqlite3
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import aicareers_site
from aicareers_site import remembering
from aicareers_site.cache import FILE, Cache
from aicareers_site.executor import InMemory, Processes, Serial
from aicareers_site.fingerprints import Keyed
from aicareers_site.outputs import digest
from aicareers_site.remembering import Remembering
from aicareers_site.results import Body, Held, Made
from tests.samples import PROJECT
from tests.workers import Recording

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import TypeAlias

    from aicareers_site.executor import Executor

    Stage: TypeAlias = Callable[[int], Made[int]]


def doubled(number: int) -> Made[int]:
    return Made(2 * number, f"body of {number}".encode())


def squared(number: int) -> Made[int]:
    return Made(number * number, b"square")


class Found(NamedTuple):
    """What an executor gave, and what was made for it."""

    heads: list[int]
    bodies: list[bytes]
    made: list[object]


def run(folder: Path, numbers: Sequence[int], stage: Stage = doubled, **options: int) -> Found:
    """One build that needs ``stage`` of ``numbers``."""
    workers = Recording()
    with Cache(folder, **options) as results:
        found = Remembering(workers, results).map(stage, numbers)
        bodies = [result.body.content() for result in found]
    return Found([result.head for result in found], bodies, [item for _, item in workers.given])


def made(folder: Path, numbers: Sequence[int], stage: Stage = doubled) -> list[object]:
    """What has to be made for ``numbers``; heads and bodies are as ever."""
    found = run(folder, numbers, stage)
    expected = list(map(stage, numbers))
    assert found.heads == [result.head for result in expected]
    assert found.bodies == [result.body for result in expected]
    return found.made


@contextmanager
def database(folder: Path) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(folder / FILE)
    with connection:
        yield connection
    connection.close()


# Remembered


def test_what_was_made_once_is_remembered(tmp_path: Path) -> None:
    assert made(tmp_path, [3, 1, 2]) == [3, 1, 2]
    assert made(tmp_path, [1, 2, 3, 4]) == [4]
    assert made(tmp_path, [4, 3, 1]) == []


def test_equal_items_are_made_once(tmp_path: Path) -> None:
    assert made(tmp_path, [3, 1, 3, 3]) == [3, 1]
    assert made(tmp_path, [3, 3, 2, 2]) == [2]


def test_no_items_are_nothing_to_do(tmp_path: Path) -> None:
    assert made(tmp_path, []) == []


def test_stages_do_not_share_results(tmp_path: Path) -> None:
    made(tmp_path, [3])
    assert made(tmp_path, [3], squared) == [3]
    assert made(tmp_path, [3], squared) == []


def test_other_code_makes_other_results(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made(tmp_path, [3])
    monkeypatch.setattr(remembering, "code_digest", lambda: b"another version")
    assert made(tmp_path, [3]) == [3]


def test_the_folder_can_be_moved(tmp_path: Path) -> None:
    made(tmp_path / "one", [3])
    (tmp_path / "one").rename(tmp_path / "two")
    assert made(tmp_path / "two", [3]) == []


def test_two_builds_can_use_one_cache(tmp_path: Path) -> None:
    with Cache(tmp_path) as one, Cache(tmp_path) as other:
        Remembering(Serial(), one).map(doubled, [1])
        workers = Recording()
        found = Remembering(workers, other).map(doubled, [1, 2])
        assert [result.head for result in found] == [2, 4]
        assert [item for _, item in workers.given] == [2]


def test_a_folder_that_cannot_be_used_only_costs_time(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    assert made(tmp_path / "file/cache", [3]) == [3]
    assert made(tmp_path / "file/cache", [3]) == [3]


largest: list[int] = []


def large(number: int) -> Made[int]:
    largest.append(number)
    return Made(number, bytes([number]) * 25_000)


def test_what_no_build_used_for_longest_is_made_anew(tmp_path: Path) -> None:
    for number in range(8):
        run(tmp_path, [number], large)
    run(tmp_path, [5, 0, 2], large)
    run(tmp_path, [8], large, max_bytes=130_000)  # room for four
    largest.clear()
    run(tmp_path, [0, 2, 5, 8], large)
    assert largest == []
    run(tmp_path, [7], large)
    assert largest == [7]


def test_what_was_made_before_a_failure_is_not_made_again(tmp_path: Path) -> None:
    numbers = range(200)
    broken.add(150)
    with pytest.raises(ZeroDivisionError):
        run(tmp_path, numbers, fragile)
    broken.clear()
    again = made(tmp_path, numbers, fragile)
    assert again == list(numbers)[-len(again) :]
    assert 50 <= len(again) < 150


broken: set[int] = set()


def fragile(number: int) -> Made[int]:
    if number in broken:
        raise ZeroDivisionError
    return Made(number)


# The same results wherever they come from


@pytest.fixture(scope="module")
def processes() -> Iterator[Processes]:
    with Processes(2, threshold=2) as workers:
        yield workers


@given(numbers=st.lists(st.integers(), max_size=60), others=st.lists(st.integers(), max_size=20))
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_all_executors_give_the_same(
    tmp_path: Path, processes: Processes, numbers: list[int], others: list[int]
) -> None:
    def given(executor: Executor) -> list[tuple[int, bytes, bytes]]:
        return [
            (result.head, result.body.digest, result.body.content())
            for result in executor.map(doubled, numbers)
        ]

    expected = [(2 * n, digest(doubled(n).body), doubled(n).body) for n in numbers]
    assert given(InMemory(Serial())) == expected
    assert given(InMemory(processes)) == expected
    with Cache(tmp_path) as results:
        Remembering(Serial(), results).map(doubled, [*others, *numbers[::2]])
        assert given(Remembering(processes, results)) == expected
        assert given(Remembering(Serial(), results)) == expected
    with Cache(tmp_path) as results:
        assert given(Remembering(Serial(), results)) == expected


class Order(NamedTuple):
    """An item that takes a body along, as feeds do their texts."""

    text: Body
    settings: Keyed[str]


def sized(order: Order) -> Made[int]:
    return Made(len(order.text.content()), order.settings.value.encode())


def test_a_body_may_be_part_of_another_stages_item(tmp_path: Path, processes: Processes) -> None:
    for expected in (["doubled", "sized"], []):
        for workers in (Recording(), processes):
            with Cache(tmp_path) as results:
                executor = Remembering(workers, results)
                (text,) = executor.map(doubled, [1000])
                (found,) = executor.map(sized, [Order(text.body, Keyed("settings"))])
                assert (found.head, found.body.content()) == (12, b"settings")
            if isinstance(workers, Recording):
                assert [stage for stage, _ in workers.given] == expected


def test_what_is_equal_but_came_about_otherwise_is_known(tmp_path: Path) -> None:
    def given(order: Order) -> list[object]:
        workers = Recording()
        with Cache(tmp_path) as results:
            Remembering(workers, results).map(sized, [order])
        return [item for _, item in workers.given]

    order = Order(Held(b"text"), Keyed("settings"))
    assert given(order) == [order]
    assert given(pickle.loads(pickle.dumps(order))) == []
    assert given(Order(Held(b"text"), Keyed("".join(["set", "tings"])))) == []
    assert given(Order(Held(b"text"), Keyed("other settings", order.settings.key))) == []
    assert len(given(Order(Held(b"another text"), order.settings))) == 1
    assert len(given(Order(order.text, Keyed("other settings")))) == 1


# Few look-ups


class Asked(Cache):
    """A cache that counts the heads that it is asked for."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.count = 0

    def heads(self, keys: Sequence[bytes]) -> dict[bytes, bytes]:
        self.count += len(keys)
        return super().heads(keys)


@pytest.fixture
def same_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """The keys, and so the groups, are those that they will be after the next change of code."""
    monkeypatch.setattr(remembering, "code_digest", lambda: b"some version")


def asked_and_made(folder: Path, numbers: Sequence[int]) -> tuple[int, list[object]]:
    workers = Recording()
    with Asked(folder) as results:
        found = Remembering(workers, results).map(doubled, numbers)
    assert [result.head for result in found] == [2 * number for number in numbers]
    return results.count, [item for _, item in workers.given]


NUMBERS = list(range(500))
CHANGES = {
    "changed": [*NUMBERS[:250], 1000, *NUMBERS[251:]],
    "added": [*NUMBERS[:250], 1000, *NUMBERS[250:]],
    "added first": [1000, *NUMBERS],
    "added last": [*NUMBERS, 1000],
    "removed": [*NUMBERS[:250], *NUMBERS[251:]],
}


@pytest.mark.usefixtures("same_keys")
def test_a_build_in_which_nothing_changed_asks_for_groups_only(tmp_path: Path) -> None:
    assert asked_and_made(tmp_path, NUMBERS)[1] == NUMBERS
    count, again = asked_and_made(tmp_path, NUMBERS)
    assert (count <= len(NUMBERS) / 20, again) == (True, [])


@pytest.mark.usefixtures("same_keys")
@pytest.mark.parametrize("change", CHANGES)
def test_where_one_item_has_changed_only_its_group_is_looked_up_singly(
    tmp_path: Path, change: str
) -> None:
    asked_and_made(tmp_path, NUMBERS)
    count, again = asked_and_made(tmp_path, CHANGES[change])
    assert again == [number for number in CHANGES[change] if number not in NUMBERS]
    assert count <= len(NUMBERS) / 2
    # From then on, that group is known as well.
    count, again = asked_and_made(tmp_path, CHANGES[change])
    assert (count <= len(NUMBERS) / 20, again) == (True, [])


@given(st.lists(st.integers(0, 300), max_size=300), st.lists(st.integers(0, 300), max_size=300))
@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_only_what_is_new_is_made(
    tmp_path_factory: pytest.TempPathFactory, before: list[int], after: list[int]
) -> None:
    folder = tmp_path_factory.mktemp("cache")
    made(folder, before)
    assert made(folder, after) == [n for n in dict.fromkeys(after) if n not in before]


# Damage


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE heads SET value = x'00'",
        "UPDATE heads SET digest = x'00'",
        "DELETE FROM heads",
        "DROP TABLE heads",
        "DROP TABLE heads; CREATE TABLE heads (other INTEGER)",
    ],
)
def test_a_damaged_result_is_made_anew(tmp_path: Path, damage: str) -> None:
    made(tmp_path, [3])
    with database(tmp_path) as connection:
        connection.executescript(damage)
    assert made(tmp_path, [3]) == [3]
    made(tmp_path, [3])  # where the whole file was thrown away
    assert made(tmp_path, [3]) == []


def test_a_result_that_cannot_be_read_is_made_anew(tmp_path: Path) -> None:
    made(tmp_path, [3])
    unreadable = pickle.dumps(pytest.raises)[:-3]
    with database(tmp_path) as connection:
        update = "UPDATE heads SET value = ?, digest = ?"
        connection.execute(update, (unreadable, digest(unreadable)))
    assert made(tmp_path, [3]) == [3]


@pytest.mark.parametrize("content", [b"", b"no database", b"SQLite format 3\0" + bytes(100)])
def test_a_damaged_file_is_thrown_away(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE).write_bytes(content)
    assert made(tmp_path, [3]) == [3]
    assert made(tmp_path, [3]) == []


def test_bytes_flipped_anywhere_never_give_a_wrong_result(tmp_path: Path) -> None:
    numbers = list(range(40))
    made(tmp_path, numbers)
    sound = (tmp_path / FILE).read_bytes()
    for place in range(0, len(sound), 97):
        damaged = bytearray(sound)
        damaged[place] ^= 0xFF
        (tmp_path / FILE).write_bytes(damaged)
        made(tmp_path, numbers)  # compares heads and bodies


@pytest.mark.parametrize(
    "damage",
    [
        "DELETE FROM bodies",
        "UPDATE bodies SET value = x'00'",
        "UPDATE bodies SET value = (SELECT value FROM bodies ORDER BY value LIMIT 1)",
        "DROP TABLE bodies",
    ],
)
def test_a_body_that_is_lost_or_damaged_is_made_anew_where_it_is_needed(
    tmp_path: Path, damage: str
) -> None:
    made(tmp_path, [3, 4])
    with database(tmp_path) as connection:
        connection.execute(damage)
    found = run(tmp_path, [3, 4])
    assert (found.heads, found.bodies) == ([6, 8], [b"body of 3", b"body of 4"])


def test_a_body_that_is_asked_for_when_the_cache_is_closed_is_made_anew(tmp_path: Path) -> None:
    with Cache(tmp_path) as results:
        (found,) = Remembering(Serial(), results).map(doubled, [3])
    assert found.body.content() == b"body of 3"


# What results depend on besides items


def copied_code_digest(folder: Path) -> str:
    """The digest as the copy of the package in ``folder`` says it, in a process of its own."""
    script = "from aicareers_site.remembering import code_digest; print(code_digest().hex())"
    return subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(folder)!r}); {script}"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout


def test_any_change_of_the_code_makes_other_results_and_moving_it_does_not(tmp_path: Path) -> None:
    package = Path(aicareers_site.__file__).parent
    here, there = tmp_path / "here", tmp_path / "there"
    for folder in (here, there):
        shutil.copytree(package, folder / package.name, ignore=shutil.ignore_patterns("__*__"))
        shutil.copy(package / "__init__.py", folder / package.name)
    assert copied_code_digest(here) == copied_code_digest(there)
    with (there / package.name / "slugs.py").open("a", encoding="utf-8") as source:
        source.write("\n")
    assert copied_code_digest(here) != copied_code_digest(there)


def stage_packages() -> list[str]:
    """The packages that this one needs, but for those that only talk to people."""
    import tomllib

    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    names = [requirement.partition(">")[0] for requirement in project["dependencies"]]
    return sorted(set(names) - {"click", "rich"})


@pytest.mark.parametrize("package", stage_packages())
def test_another_version_of_a_package_makes_other_results(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, package: str
) -> None:
    compute = remembering.code_digest.__wrapped__
    before = compute()
    (tmp_path / f"{package.replace('-', '_')}-99.0.dist-info").mkdir()
    monkeypatch.syspath_prepend(tmp_path)
    assert compute() != before


def test_packages_that_make_nothing_do_not_matter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = remembering.code_digest.__wrapped__()
    (tmp_path / "pytest-99.0.dist-info").mkdir()
    monkeypatch.syspath_prepend(tmp_path)
    assert remembering.code_digest.__wrapped__() == before
