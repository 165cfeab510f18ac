"""``python -m benchmarks``: measure the generators beside each other; README.md says how."""

from __future__ import annotations

import argparse
import sys
from itertools import chain, repeat
from pathlib import Path

from benchmarks.generators import GENERATORS, PROJECT
from benchmarks.machine import this_machine
from benchmarks.measure import can_count
from benchmarks.results import Results, document
from benchmarks.runner import Runner


def main() -> None:
    """Measure what the arguments name; print the results and write them down."""
    options = _options()
    results = Results(options.date, this_machine(), can_count())
    runner = Runner(options.work.resolve(), results)
    largest = dict(options.generators)
    generators = list(runner.ready([GENERATORS[name] for name in largest]))
    repeats = chain(options.repeat, repeat(options.repeat[-1]))
    for size, turns in zip(options.sizes, repeats, strict=False):
        taking_part = [one for one in generators if size <= largest[one.name]]
        runner.measure(taking_part, size, turns)
        # After each size: the larger ones take long.
        options.results.write_text(document(results), encoding="utf-8")
    print(f"\n{document(results)}\nThis is in {options.results}.")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks", description=__doc__)
    known = ", ".join(GENERATORS)
    add = parser.add_argument
    add("--sizes", type=int, nargs="+", default=[1000, 10000], help="how many articles")
    add(
        "--generators",
        type=_generator,
        nargs="+",
        default=[(name, sys.maxsize) for name in GENERATORS],
        help=f"of {known}; pelican:1000 takes part up to that size",
    )
    add(
        "--repeat",
        type=int,
        nargs="+",
        default=[3, 1],
        help="how often each build is measured: of the first size, the second, and so on",
    )
    add("--date", required=True, help="the day, for the record")
    add("--work", type=Path, default=PROJECT / "dist" / "bench", help="where sites are made")
    add("--results", type=Path, default=PROJECT / "benchmarks" / "RESULTS.md", help="the record")
    return parser.parse_args()


def _generator(text: str) -> tuple[str, int]:
    name, _, largest = text.partition(":")
    if name not in GENERATORS:
        raise ValueError(name)
    return name, int(largest or sys.maxsize)


if __name__ == "__main__":
    main()
