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

from aicareers_site.executor import Processes, Serial, executor_for

if TYPE_CHECKING:
    from collections.abc import Iterator


class UnpicklableError(Exception):
    """Cannot be made again from its ``args``, so that no worker can send it."""

    def __init__(self, place: str, line: int) -> None:
        super().__init__(f"{place}:{line}")


def double(number: int) -> int:
    return number * 2


def worker_of(_: int) -> int:
    return os.getpid()


def fail_on_some(number: int) -> int:
    if number in {7, 61}:
        raise UnpicklableError("content/a.md", number)
    return number


@pytest.fixture(scope="module")
def processes() -> Iterator[Processes]:
    with Processes(2, threshold=2) as executor:
        yield executor


@given(st.lists(st.integers(), max_size=40))
@settings(deadline=None, max_examples=30)
def test_processes_give_what_serial_gives(processes: Processes, items: list[int]) -> None:
    assert processes.map(double, items) == Serial().map(double, items)


def test_results_keep_the_order_of_the_items(processes: Processes) -> None:
    assert processes.map(double, range(1000)) == list(range(0, 2000, 2))


def test_many_items_are_done_in_other_processes(processes: Processes) -> None:
    workers = set(processes.map(worker_of, range(100)))

    assert os.getpid() not in workers
    assert len(workers) <= 2


def test_few_items_are_done_in_this_process() -> None:
    with Processes(2, threshold=10) as executor:
        assert set(executor.map(worker_of, range(9))) == {os.getpid()}


@pytest.mark.parametrize("executor", [Serial(), Processes(2, threshold=2)], ids=["serial", "2"])
def test_the_first_failure_surfaces_as_itself(executor: Serial | Processes) -> None:
    with executor, pytest.raises(UnpicklableError, match=r"^content/a\.md:7$") as caught:
        executor.map(fail_on_some, range(100))

    assert "in fail_on_some" in "".join(traceback.format_exception(caught.value))


def test_a_failure_leaves_the_executor_usable(processes: Processes) -> None:
    with pytest.raises(UnpicklableError):
        processes.map(fail_on_some, range(100))

    assert processes.map(double, [1, 2, 3]) == [2, 4, 6]


def test_the_workers_end_with_the_context() -> None:
    with Processes(2, threshold=2) as executor:
        workers = set(executor.map(worker_of, range(10)))

    for worker in workers:
        with pytest.raises(ProcessLookupError):
            os.kill(worker, 0)


def test_works_beside_other_threads() -> None:
    """Forking a process with threads can hang; a progress display is one."""
    done = threading.Event()
    thread = threading.Thread(target=done.wait)
    thread.start()
    try:
        with Processes(2, threshold=2) as executor:
            assert executor.map(abs, [-1, -2, -3]) == [1, 2, 3]
    finally:
        done.set()
        thread.join()


def test_one_job_needs_no_processes() -> None:
    assert isinstance(executor_for(1), Serial)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a process its cores")
def test_by_default_there_is_a_job_for_each_usable_core() -> None:
    script = """
import os
from aicareers_site.executor import executor_for
os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
print(type(executor_for(None)).__name__)
"""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    run = subprocess.run(
        [sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True
    )

    assert run.stdout == "Serial\n"


def test_no_jobs_at_all_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="at least one job"):
        executor_for(0)
