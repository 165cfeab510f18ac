"""An executor that recalls an earlier build, and puts work off."""

from __future__ import annotations

import pickle
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import pytest

from aicareers_site import stages
from aicareers_site.executor import InMemory, Serial
from aicareers_site.fingerprints import Keyed, fingerprint
from aicareers_site.recalling import Deferred, Recalling, same
from aicareers_site.results import Held, Made, Result

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

A = TypeVar("A")
H = TypeVar("H")


class Item(NamedTuple):
    path: str
    value: object = 0


class Counting:
    """An executor that writes down what it was asked for."""

    def __init__(self) -> None:
        self.asked: list[object] = []

    def map(self, stage: Callable[[A], Made[H]], items: Sequence[A]) -> list[Result[H]]:
        self.asked += items
        return InMemory(Serial()).map(stage, items)


def at_once(item: Item) -> Made[object]:
    return Made(item.value, item.path.encode())


def page(item: Item) -> Made[tuple[()]]:
    """Has the name of a stage that is put off."""
    return Made((), f"{item.path}{item.value}".encode())


def test_what_was_made_before_is_recalled_by_its_path() -> None:
    first, then = Counting(), Counting()
    before = Recalling(first, first)
    before.map(at_once, [Item("a", 1), Item("b", 2)])
    found = Recalling(then, then, before.kept).map(at_once, [Item("b", 2), Item("c"), Item("a", 3)])
    assert [result.head for result in found] == [2, 0, 3]
    assert then.asked == [Item("c"), Item("a", 3)]


def test_each_time_that_a_stage_is_asked_for_is_recalled_by_itself() -> None:
    first, then = Counting(), Counting()
    before = Recalling(first, first)
    before.map(at_once, [Item("a", 1)])
    before.map(at_once, [Item("a", 2)])
    again = Recalling(then, then, before.kept)
    assert [again.map(at_once, [Item("a", value)])[0].head for value in (1, 2)] == [1, 2]
    assert then.asked == []


def test_two_items_of_one_path_are_two_results() -> None:
    made = Recalling(Counting(), Counting()).map(at_once, [Item("a", 1), Item("a", 2)])
    assert [result.head for result in made] == [1, 2]


def test_a_page_is_printed_when_it_is_asked_for_and_once() -> None:
    now, later = Counting(), Counting()
    executor = Recalling(now, later)
    one, _ = executor.map(page, [Item("a", 1), Item("b", 2)])
    assert (now.asked, later.asked) == ([], [])
    assert (one.head, one.body.content(), one.body.content()) == ((), b"a1", b"a1")
    assert (now.asked, later.asked) == ([], [Item("a", 1)])
    assert list(executor.pages()) == [result.body for _, result in executor.results(page).values()]


def test_a_page_that_stays_the_same_is_not_printed_again() -> None:
    later = Counting()
    before = Recalling(later, later)
    (one,) = before.map(page, [Item("a")])
    one.body.content()
    (again,) = Recalling(later, later, before.kept).map(page, [Item("a")])
    assert again.body.content() == b"a0"
    assert later.asked == [Item("a")]


def test_what_a_page_is_made_of_stands_for_it() -> None:
    def body(value: int) -> Deferred:
        return Deferred(page, Item("a", value), Counting())

    assert fingerprint(body(1)) == fingerprint(body(1))
    assert fingerprint(body(1)) != fingerprint(body(2))


def test_another_process_gets_the_bytes() -> None:
    received = pickle.loads(pickle.dumps(Deferred(page, Item("a"), Counting())))
    assert isinstance(received, Held)
    assert (received.content(), received.digest) == (b"a0", Held(b"a0").digest)


def test_the_stages_that_are_put_off_exist() -> None:
    from aicareers_site.recalling import _HEADS

    assert [name for name in _HEADS if not hasattr(stages, name)] == []


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("a", "a", True),
        (("a", 1), ("a", 1), True),
        (("a", 1), ("a", 1, 2), False),
        (1, True, False),
        (1, 1.0, False),
        (Decimal("1.0"), Decimal("1.00"), False),
        ([1], [1], True),
        (Keyed("a"), Keyed("a"), True),
        (Keyed("a"), Keyed("b"), False),
        (Item("a"), ("a", 0), False),
    ],
)
def test_what_a_stage_could_tell_apart_is_not_the_same(
    one: Any, other: Any, expected: bool
) -> None:
    assert same(one, other) is expected
