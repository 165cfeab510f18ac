"""A watch takes the time of stages, and shows how far the long ones are."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

import pytest

from aicareers_site import stages
from aicareers_site.executor import InMemory, Serial
from aicareers_site.results import Made, Result
from aicareers_site.watch import LONG, Stage, Watch

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


class Clock:
    """Shows another second each time it is looked at."""

    def __init__(self) -> None:
        self._seconds = count()

    def __call__(self) -> float:
        return next(self._seconds)


def doubled(number: int) -> Made[int]:
    return Made(2 * number)


def test_time_in_an_inner_stage_counts_for_that_one_only() -> None:
    watch = Watch(clock=Clock())
    with watch.stage("outer"):  # begins at 0
        with watch.stage("inner"):  # 1 to 2
            pass
        with watch.stage("inner"):  # 3 to 4
            pass
    # ends at 5

    assert watch.stages == {"outer": Stage("outer", 3), "inner": Stage("inner", 2)}


def test_a_stage_that_fails_has_taken_its_time_too() -> None:
    watch = Watch(clock=Clock())
    with pytest.raises(ValueError, match="no"), watch.stage("failing"):
        raise ValueError("no")

    assert watch.stages == {"failing": Stage("failing", 1)}


class Knowing:
    """An executor that has the results for small numbers already."""

    def __init__(self, made: InMemory) -> None:
        self._made = made

    def map(self, stage: Callable[[int], Made[int]], items: Sequence[int]) -> list[Result[int]]:
        return self._made.map(stage, [item for item in items if item > 9])


def test_it_counts_the_items_of_a_stage_and_those_that_were_made() -> None:
    watch = Watch(clock=Clock())
    executor = watch.executor(Knowing(InMemory(watch.workers(Serial()))))  # type: ignore[arg-type]

    results = executor.map(doubled, [1, 10, 2, 11])

    assert [result.head for result in results] == [20, 22]
    assert watch.stages == {"doubled": Stage("doubled", 1, items=4, made=2)}


def test_stages_have_names_for_people() -> None:
    watch = Watch(clock=Clock())
    watch.executor(InMemory(Serial())).map(stages.related, [((("a",), ("a",)), 1)])

    assert list(watch.stages) == ["Finding related articles"]


def progress(watch: Watch, total: int) -> list[int]:
    with watch:
        return list(watch.progress("Counting", iter(range(total)), total))


@pytest.fixture
def _terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "100")


@pytest.mark.usefixtures("_terminal")
def test_of_a_long_stage_it_shows_how_far_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    assert progress(Watch(shows_progress=True, clock=Clock()), LONG) == list(range(LONG))

    shown = capsys.readouterr()
    assert shown.out == ""
    assert "Counting" in shown.err
    assert f"{LONG}/{LONG}" in shown.err


@pytest.mark.usefixtures("_terminal")
@pytest.mark.parametrize(
    ("wanted", "total"), [(True, LONG - 1), (False, LONG)], ids=["short", "not wanted"]
)
def test_otherwise_it_shows_nothing(
    wanted: bool, total: int, capsys: pytest.CaptureFixture[str]
) -> None:
    watch = Watch(shows_progress=wanted, clock=Clock())
    assert progress(watch, total) == list(range(total))

    assert capsys.readouterr() == ("", "")
