"""When a change is over: editors save in steps, and a checkout changes many files."""

from __future__ import annotations

QUIET = 0.01
"""Seconds without a change after which a saved file is whole."""

MANY = 8
"""More files than an editor saves at once: a tool is at work."""

PATIENCE = 0.3
"""Seconds to wait for more, where a file is empty or gone, or a tool is at work."""

AT_MOST = 2.0
"""Seconds after which what has changed is shown although there is more to come."""


def remaining(first: float, last: float, now: float, count: int, *, incomplete: bool) -> float:
    """How many seconds to wait for more; none or less where the change is over.

    ``first`` and ``last`` are the moments of the first and the last of the changes, in seconds,
    ``count`` is how many files have changed. ``incomplete`` tells that one of them had contents and
    is empty or gone now, as between the two steps in which some editors save.
    """
    quiet = PATIENCE if incomplete or count > MANY else QUIET
    return min(last + quiet, first + AT_MOST) - now
