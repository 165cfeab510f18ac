"""Where work is done must not show in what it gives."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import traceback
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aicareers_site.executor import InMemory, Processes, Serial, workers_for
from aicareers_site.outputs import digest
from aicareers_site.results import Made, slow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from aicareers_site.executor import Workers


class UnpicklableError(Exception):
    """Cannot be made again from its ``args``, so that no worker can send it."""

    def __init__(self, place: str, line: int) -> None:
        super().__init__(f"{place}:{line}")


def double(number: int) -> Made[int]:
    return Made(number * 2, str(number).encode())


def worker_of(_: int) -> Made[int]:
    return Made(os.getpid())


@slow
def slow_worker_of(_: int) -> Made[int]:
    return Made(os.getpid())


def fail_on_some(number: int) -> Made[int]:
    if number in {7, 61}:
        raise UnpicklableError("content/a.md", number)
    return Made(number)


def heads(workers: Workers, stage: Callable[[int], Made[int]], items: Sequence[int]) -> list[int]:
    return [made.head for made in workers.run(stage, items)]


@pytest.fixture(scope="module")
def processes() -> Iterator[Processes]:
    with Processes(2, threshold=2) as workers:
        yield workers


@given(st.lists(st.integers(), max_size=40))
@settings(deadline=None, max_examples=30)
def test_processes_give_what_serial_gives(processes: Processes, items: list[int]) -> None:
    assert list(processes.run(double, items)) == list(Serial().run(double, items))


@pytest.mark.parametrize("count", [0, 1, 2, 3, 49, 50, 51, 1000])
def test_results_keep_the_order_of_the_items(processes: Processes, count: int) -> None:
    assert heads(processes, double, range(count)) == list(range(0, 2 * count, 2))


def test_many_items_are_done_in_other_processes(processes: Processes) -> None:
    first, *others = heads(processes, worker_of, range(100))

    # What the first one loads, forked workers inherit.
    assert first == os.getpid()
    assert os.getpid() not in others
    assert len(set(others)) <= 2


def test_few_items_are_done_in_this_process() -> None:
    with Processes(2, threshold=10) as workers:
        assert set(heads(workers, worker_of, range(9))) == {os.getpid()}


def test_of_a_slow_stage_two_items_are_enough_for_other_processes() -> None:
    with Processes(2, threshold=10) as workers:
        first, second = heads(workers, slow_worker_of, range(2))
        assert first == os.getpid() != second


def test_results_come_as_they_are_made() -> None:
    made = Serial().run(fail_on_some, range(100))

    assert [next(made).head for _ in range(7)] == list(range(7))
    with pytest.raises(UnpicklableError):
        next(made)


@pytest.mark.parametrize("workers", [Serial(), Processes(2, threshold=2)], ids=["serial", "2"])
def test_the_first_failure_surfaces_as_itself(workers: Serial | Processes) -> None:
    with workers, pytest.raises(UnpicklableError, match=r"^content/a\.md:7$") as caught:
        heads(workers, fail_on_some, range(100))

    assert "in fail_on_some" in "".join(traceback.format_exception(caught.value))


@pytest.mark.parametrize("workers", [Serial(), Processes(2, threshold=2)], ids=["serial", "2"])
def test_what_comes_before_a_failure_is_given(workers: Serial | Processes) -> None:
    found: list[int] = []
    with workers, pytest.raises(UnpicklableError):
        found.extend(made.head for made in workers.run(fail_on_some, range(8, 100)))

    assert found == list(range(8, 61))


def test_a_failure_leaves_the_workers_usable(processes: Processes) -> None:
    with pytest.raises(UnpicklableError):
        heads(processes, fail_on_some, range(100))

    assert heads(processes, double, [1, 2, 3]) == [2, 4, 6]


def test_results_that_nobody_waits_for_leave_the_workers_usable(processes: Processes) -> None:
    for made in processes.run(double, range(1000)):
        if made.head == 20:
            break

    assert heads(processes, double, [1, 2, 3]) == [2, 4, 6]


def test_the_workers_end_with_the_context() -> None:
    with Processes(2, threshold=2) as workers:
        others = set(heads(workers, worker_of, range(10))) - {os.getpid()}

    assert others
    for worker in others:
        with pytest.raises(ProcessLookupError):
            os.kill(worker, 0)


def test_works_beside_other_threads() -> None:
    """Forking a process with threads can hang; a progress display is one."""
    done = threading.Event()
    thread = threading.Thread(target=done.wait)
    thread.start()
    try:
        with Processes(2, threshold=2) as workers:
            assert heads(workers, double, [1, 2, 3]) == [2, 4, 6]
    finally:
        done.set()
        thread.join()


def test_an_executor_in_memory_holds_the_bodies() -> None:
    results = InMemory(Serial()).map(double, [3, 1])

    assert [result.head for result in results] == [6, 2]
    assert [result.body.content() for result in results] == [b"3", b"1"]
    assert [result.body.digest for result in results] == [digest(b"3"), digest(b"1")]


def test_one_job_needs_no_processes() -> None:
    assert isinstance(workers_for(1), Serial)


def test_several_jobs_need_processes() -> None:
    assert isinstance(workers_for(2), Processes)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a process its cores")
def test_by_default_there_is_a_job_for_each_usable_core() -> None:
    script = """
import os
from aicareers_site.executor import workers_for
os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
print(type(workers_for(None)).__name__)
"""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    run = subprocess.run(
        [sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True
    )

    assert run.stdout == "Serial\n"


def test_no_jobs_at_all_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="at least one job"):
        workers_for(0)
