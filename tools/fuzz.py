#!/usr/bin/env python3
"""Look for files that make the program fail: ``python -m tools.fuzz --minutes 60``.

What it finds lies in ``dist/fuzz/`` afterwards, made as small as it can be, and the exit code is 1.
Files for which new combinations of problems are told become beginnings of further ones, so that it
does not stay with the first mistake of a file.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, Phase, Verbosity, given, seed, settings
from hypothesis import strategies as st

from tools.fuzz_inputs import damaged, originals
from tools.fuzz_laws import Broken, Input, examine, prepare

if TYPE_CHECKING:
    from collections.abc import Callable

ROUND = 50
"""Files between two looks at the clock."""

_KEPT = 4000
_PATIENCE = 60.0
"""Seconds in which a file must have been made small."""


class Fuzzing:
    """What was tried, and what was found by it; ``folder`` gets the files that break a law."""

    def __init__(self, folder: Path, seconds: float, first_seed: int) -> None:
        self.folder = folder
        self.seconds = seconds
        self.tried: Counter[str] = Counter()
        self.codes: set[str] = set()
        self.broken: dict[tuple[str, str], Path] = {}
        self._seed = first_seed
        self._known = list(originals())
        self._combinations: set[tuple[str, frozenset[str]]] = set()

    def run(self) -> None:
        """Try files until the time is over."""
        prepare()
        started = told = time.monotonic()
        while (now := time.monotonic()) - started < self.seconds:
            if now - told >= 60:
                told = now
                print(self.progress(now - started), flush=True)
            self._round()
        print(self.progress(time.monotonic() - started), flush=True)

    def progress(self, seconds: float) -> str:
        return (
            f"{seconds / 60:5.1f} min: {self.tried['files']} files, {self.tried['sites']} sites, "
            f"{len(self.codes)} codes, {len(self._known)} beginnings, "
            f"{len(self.broken)} broken laws (next seed {self._seed})"
        )

    def _round(self) -> None:
        known = tuple(self._known)

        @seed(self._seed)
        @settings(
            max_examples=ROUND,
            phases=[Phase.generate],
            database=None,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            verbosity=Verbosity.quiet,
        )
        @given(damaged(known), st.integers(0, 9).map(lambda number: number == 0))
        def attempt(one: Input, whole: bool) -> None:
            self._try(one, whole=whole)

        attempt()
        self._seed += 1

    def _try(self, one: Input, *, whole: bool) -> None:
        self.tried["files"] += 1
        self.tried["sites"] += whole
        try:
            codes = examine(one, whole=whole)
        except Broken as broken:
            self._keep(one, broken, whole=whole)
            return
        self.codes |= codes
        combination = (one.path.rpartition("/")[0], codes)
        if combination not in self._combinations and len(self._known) < _KEPT:
            self._combinations.add(combination)
            self._known.append(one)

    def _keep(self, one: Input, broken: Broken, *, whole: bool) -> None:
        """Save the file that breaks a law, the first for each way of breaking it."""
        way = (broken.law, broken.about)
        if way in self.broken:
            return

        def breaks(content: bytes) -> bool:
            try:
                examine(Input(one.path, content), whole=whole)
            except Broken as other:
                return (other.law, other.about) == way
            return False

        small = reduced(one.content, breaks, time.monotonic() + _PATIENCE)
        name = sha256(small).hexdigest()[:8]
        file = self.folder / f"{name}-{one.path.replace('/', '-')}"
        self.folder.mkdir(parents=True, exist_ok=True)
        file.write_bytes(small)
        file.with_name(f"{name}-whole").write_bytes(one.content)
        self.broken[way] = file
        print(f"BROKEN: {broken}\n  {one.path}, {len(small)} bytes: {file}", flush=True)


def reduced(content: bytes, breaks: Callable[[bytes], bool], until: float) -> bytes:
    """``content`` without the lines, and then the bytes, that are not needed for it to break."""
    for parts in (content.splitlines(keepends=True), None):
        pieces = parts if parts is not None else [bytes([byte]) for byte in content]
        size = max(1, len(pieces) // 2)
        while size:
            at = 0
            while at < len(pieces):
                if time.monotonic() > until:
                    return b"".join(pieces)
                fewer = pieces[:at] + pieces[at + size :]
                if breaks(b"".join(fewer)):
                    pieces = fewer
                else:
                    at += size
            size //= 2
        content = b"".join(pieces)
    return content


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(description="Look for files that make the program fail.")
    parser.add_argument("--minutes", type=float, default=60.0)
    parser.add_argument("--seed", type=int, default=0, help="where chance begins")
    parser.add_argument("--folder", type=Path, default=Path("dist/fuzz"))
    asked = parser.parse_args()
    fuzzing = Fuzzing(asked.folder, asked.minutes * 60, asked.seed * 1_000_000)
    fuzzing.run()
    return 1 if fuzzing.broken else 0


if __name__ == "__main__":
    sys.exit(main())
