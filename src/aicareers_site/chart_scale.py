"""Scales: from the values of a chart to places, with round numbers as ticks."""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence


class Scale(NamedTuple):
    """From ``low`` to ``high``, which are the first and the last of the ticks."""

    ticks: tuple[Decimal, ...]

    def at(self, value: Decimal) -> float:
        """Where ``value`` is: 0 at the low end, 1 at the high end."""
        low, high = self.ticks[0], self.ticks[-1]
        return float((value - low) / (high - low))


def scale(values: Sequence[Decimal], steps: int) -> Scale:
    """A scale for ``values``, in about so many steps of 1, 2 or 5 times a power of ten.

    It starts at zero unless all values are closer to each other than to zero.
    """
    low, high = min(values), max(values)
    zero = Decimal(0)
    if low == high or 0 < low < high / 2:
        low = min(low, zero)
    if low == high or low < high * 2 < 0:
        high = max(high, zero)
    if low == high:
        high = Decimal(1)
    step = _round_step((high - low) / steps)
    first = (low / step).to_integral_value(ROUND_FLOOR)
    last = (high / step).to_integral_value(ROUND_CEILING)
    return Scale(tuple(step * (first + n) for n in range(int(last - first) + 1)))


def _round_step(least: Decimal) -> Decimal:
    power = Decimal(1).scaleb(least.adjusted())
    return next(step for factor in (1, 2, 5, 10) if (step := power * factor) >= least)


def spread(wanted: Sequence[float], sizes: Sequence[float], low: float, high: float) -> list[float]:
    """Centres for things of these sizes, as near as may be to where they are wanted.

    They keep their order, do not overlap and stay between ``low`` and ``high``, if they fit in at
    all. The sum of the squared distances is the smallest: isotonic regression by pooling adjacent
    violators (Barlow et al., Statistical Inference under Order Restrictions, 1972).
    """
    if not wanted:
        return []
    before = [sum(sizes[:n]) + sizes[n] / 2 for n in range(len(sizes))]
    pools: list[tuple[float, int]] = []  # mean, how many
    for centre, offset in zip(wanted, before, strict=True):
        mean, many = centre - offset, 1
        while pools and pools[-1][0] > mean:
            other, others = pools.pop()
            mean = (mean * many + other * others) / (many + others)
            many += others
        pools.append((mean, many))
    last = high - sum(sizes)
    starts = [max(low, min(mean, last)) for mean, many in pools for _ in range(many)]
    return [start + offset for start, offset in zip(starts, before, strict=True)]
