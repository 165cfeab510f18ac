"""Where labels stand on a map: beside what they name, without covering one another.

This is point-feature label placement (J. Christensen, J. Marks and S. Shieber, "An empirical study
of algorithms for point-feature label placement", ACM Transactions on Graphics 14 (3), 1995): every
label has candidate places, each with a cost. The labels are placed one by one, and then moved as
long as that makes the whole cheaper. Lengths are in units of the drawing, with y downwards.
"""

from __future__ import annotations

from math import cos, hypot, radians, sin
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

HEIGHT = 1.05
"""Of a line of text, in its sizes."""
GAP = 0.2
"""From a mark to the label beside it, in sizes of the text."""

_ASIDE = 0.15
"""Half of what is between labels side by side, in sizes of the text."""
_DISTANCES = (0.7, 1.5, 2.5, 3.7, 5.1, 6.7)
"""How far labels with a leader are from their marks, in sizes of the text."""
_ANGLES = range(0, 360, 20)
"""The directions of leaders, in degrees."""
_UNPLACED = 1000.0
"""What it costs to leave out a label."""
_CLOSE = 1.2
"""What it costs to come near to another mark."""
_GAIN = 0.01
"""The least that is worth a change."""

Segment: TypeAlias = "tuple[float, float, float, float]"
"""Both ends of a straight line: x and y, x and y."""


class Mark(NamedTuple):
    """Something on the map: its middle, its radius, and how wide its label is, 0 if it has none.

    A mark with a radius of 0 may be covered by its label. A leader to an area ends in its middle,
    one to another mark at its edge.
    """

    x: float
    y: float
    radius: float
    width: float
    lines: int = 1
    is_area: bool = False


class Label(NamedTuple):
    """Where a label stands: ``x`` is its start, middle or end, as ``anchor`` says in SVG's words,
    and ``y`` the middle of its height. ``leader`` is the line from its mark, if it is far from it.
    """

    x: float
    y: float
    anchor: str
    leader: Segment | None = None


class Placing(NamedTuple):
    """The labels of the marks, in their order; None for one that fits in nowhere.

    ``cost`` tells how well they stand: a label right beside its mark costs next to nothing.
    """

    labels: tuple[Label | None, ...]
    cost: float


class _Box(NamedTuple):
    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: _Box) -> bool:
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def holds(self, other: _Box) -> bool:
        return (
            self.left <= other.left
            and other.right <= self.right
            and self.top <= other.top
            and other.bottom <= self.bottom
        )

    def is_crossed_by(self, line: Segment) -> bool:
        """Whether ``line`` has a part inside (Liang and Barsky's clipping)."""
        x, y, end_x, end_y = line
        if (
            (x <= self.left and end_x <= self.left)
            or (x >= self.right and end_x >= self.right)
            or (y <= self.top and end_y <= self.top)
            or (y >= self.bottom and end_y >= self.bottom)
        ):
            return False
        enters, leaves = 0.0, 1.0
        for start, way, low, high in (
            (x, end_x - x, self.left, self.right),
            (y, end_y - y, self.top, self.bottom),
        ):
            if way:
                first, last = sorted(((low - start) / way, (high - start) / way))
                enters, leaves = max(enters, first), min(leaves, last)
        return enters < leaves


class _Candidate(NamedTuple):
    """A place for the label of a mark; ``reach`` holds the label with its leader."""

    label: Label
    box: _Box
    reach: _Box
    cost: float

    def clashes(self, other: _Candidate) -> bool:
        """Whether the two would cover or cross one another."""
        if not self.reach.meets(other.reach):
            return False
        mine, theirs = self.label.leader, other.label.leader
        return (
            self.box.meets(other.box)
            or (mine is not None and other.box.is_crossed_by(mine))
            or (theirs is not None and self.box.is_crossed_by(theirs))
            or (mine is not None and theirs is not None and _cross(mine, theirs))
        )


def placed(marks: Sequence[Mark], size: float, width: float, height: float) -> Placing:
    """Places for the labels of ``marks``, in text of ``size``, on a map of ``width`` by ``height``.

    The labels are placed one by one, in several orders, since the first ones have the most room.
    Then any of them may take a better place from others, if that is better for all together.
    """
    frame = _Box(0, 0, width, height)
    search = _Search(
        {at: _free(mark, marks, size, frame) for at, mark in enumerate(marks) if mark.width}
    )
    orders: list[Callable[[int], float]] = [
        search.room,
        lambda at: marks[at].x,
        lambda at: -marks[at].x,
        lambda at: marks[at].y,
        lambda at: -marks[at].y,
    ]
    chosen = min((search.settled(order) for order in orders), key=search.cost)
    labels = {at: search.choices[at][n].label for at, n in chosen.items() if n is not None}
    return Placing(tuple(map(labels.get, range(len(marks)))), search.cost(chosen))


_Chosen: TypeAlias = "dict[int, int | None]"
"""The number of the candidate that each mark has got; None where nothing fits."""


class _Search:
    """Looks for the cheapest choice of one candidate for each mark. Their best ones come first."""

    def __init__(self, choices: Mapping[int, Sequence[_Candidate]]) -> None:
        self.choices = choices
        self._blocked: dict[tuple[int, int, int], int] = {}

    def room(self, at: int) -> float:
        """How many good candidates a mark has."""
        return sum(1 / (2 + one.cost) for one in self.choices[at])

    def cost(self, chosen: _Chosen) -> float:
        costs = (_UNPLACED if n is None else self.choices[at][n].cost for at, n in chosen.items())
        return round(sum(costs), 3)

    def settled(self, order: Callable[[int], float]) -> _Chosen:
        """The labels placed in this order and then moved while that helps."""
        chosen: _Chosen = {}
        for at in sorted(self.choices, key=order):
            chosen[at] = self._first_free(at, chosen)
        while better := next(filter(None, (self._better(at, chosen) for at in chosen)), None):
            chosen = better
        return chosen

    def _blocks(self, other: int, candidate: int, at: int) -> int:
        """Which candidates of a mark clash with one of another's: a bit for each."""
        key = (other, candidate, at)
        if key not in self._blocked:
            there = self.choices[other][candidate]
            self._blocked[key] = sum(
                1 << n for n, one in enumerate(self.choices[at]) if one.clashes(there)
            )
        return self._blocked[key]

    def _first_free(self, at: int, chosen: _Chosen) -> int | None:
        blocked = 0
        for other, candidate in chosen.items():
            if candidate is not None:
                blocked |= self._blocks(other, candidate, at)
        lowest = (~blocked & (blocked + 1)).bit_length() - 1
        return lowest if lowest < len(self.choices[at]) else None

    def _better(self, at: int, chosen: _Chosen) -> _Chosen | None:
        """``chosen`` with this label moved, and those that it displaces, if that costs less."""
        limit = self.cost(chosen) - _GAIN
        others = {n: one for n, one in chosen.items() if n != at and one is not None}
        blocks = {n: self._blocks(n, one, at) for n, one in others.items()}
        now = chosen[at]
        for wanted in range(len(self.choices[at]) if now is None else now):
            displaced = [n for n, blocked in blocks.items() if blocked >> wanted & 1]
            moved = {n: one for n, one in chosen.items() if n not in displaced} | {at: wanted}
            for other in displaced:
                if self.cost(moved) >= limit:
                    break
                moved[other] = self._first_free(other, moved)
            if len(moved) == len(chosen) and self.cost(moved) < limit:
                return {n: moved[n] for n in chosen}
        return None


def _free(mark: Mark, marks: Sequence[Mark], size: float, frame: _Box) -> list[_Candidate]:
    """The candidates that cover no mark and lie within the frame, the best ones first.

    Those that come near to another mark cost more, since they might be taken for its label. A
    leader may run through a mark in the same place: there is no way around it.
    """
    obstacles = [other for other in marks if other.radius and other != mark]
    others = [_square(other) for other in obstacles]
    apart = [
        _square(other)
        for other in obstacles
        if hypot(other.x - mark.x, other.y - mark.y) > mark.radius
    ]
    nearby = [_square(other, size / 3) for other in obstacles]
    found = []
    for one in _candidates(mark, size):
        line = one.label.leader
        if (
            frame.holds(one.box)
            and not any(map(one.box.meets, others))
            and not (line and any(square.is_crossed_by(line) for square in apart))
        ):
            close = sum(map(one.box.meets, nearby))
            if line:
                close += sum(square.is_crossed_by(line) for square in nearby)
            # Rounded, so that equal costs are equal on any machine.
            found.append(one._replace(cost=round(one.cost + _CLOSE * close, 3)))
    return sorted(found, key=lambda one: one.cost)


def _square(mark: Mark, around: float = 0) -> _Box:
    radius = mark.radius + around
    return _Box(mark.x - radius, mark.y - radius, mark.x + radius, mark.y + radius)


def _candidates(mark: Mark, size: float) -> Iterator[_Candidate]:
    """Where the label of ``mark`` may stand: beside it, or away from it with a leader."""
    near = mark.radius + GAP * size
    half = HEIGHT * size * mark.lines / 2
    diagonal = mark.radius * 0.75
    edge = 0 if mark.is_area else mark.radius
    if mark.radius == 0:
        yield _candidate(mark, size, Label(mark.x, mark.y, "middle"), -0.5)
    for across, down, anchor, cost in (
        (near, 0, "start", 0),
        (-near, 0, "end", 0.3),
        (0, -mark.radius - half, "middle", 0.8),
        (0, mark.radius + half, "middle", 0.9),
        (diagonal, -diagonal - half, "start", 0.6),
        (diagonal, diagonal + half, "start", 0.7),
        (-diagonal, -diagonal - half, "end", 0.7),
        (-diagonal, diagonal + half, "end", 0.8),
    ):
        yield _candidate(mark, size, Label(mark.x + across, mark.y + down, anchor), cost)
    for distance in _DISTANCES:
        for angle in _ANGLES:
            across, down = cos(radians(angle)), sin(radians(angle))
            reach = mark.radius + distance * size
            end = (mark.x + across * reach, mark.y + down * reach)
            start = (mark.x + across * edge, mark.y + down * edge)
            if abs(across) < 0.4:
                label = Label(
                    end[0], end[1] + (half if down > 0 else -half), "middle", (*start, *end)
                )
            else:
                anchor, gap = ("start", size / 8) if across > 0 else ("end", -size / 8)
                label = Label(end[0] + gap, end[1], anchor, (*start, *end))
            yield _candidate(mark, size, label, 2 + distance + 0.4 * distance**2 + 0.4 * abs(down))


def _candidate(mark: Mark, size: float, label: Label, cost: float) -> _Candidate:
    left = label.x - mark.width * {"start": 0.0, "middle": 0.5, "end": 1.0}[label.anchor]
    half = HEIGHT * size * mark.lines / 2
    aside = _ASIDE * size
    box = _Box(left - aside, label.y - half, left + mark.width + aside, label.y + half)
    start = label.leader[:2] if label.leader else (label.x, label.y)
    reach = _Box(
        min(box.left, start[0]),
        min(box.top, start[1]),
        max(box.right, start[0]),
        max(box.bottom, start[1]),
    )
    return _Candidate(label, box, reach, cost)


def _cross(a: Segment, b: Segment) -> bool:
    """Whether two lines cross, or touch."""

    def side(line: Segment, x: float, y: float) -> float:
        return (line[2] - line[0]) * (y - line[1]) - (line[3] - line[1]) * (x - line[0])

    return (
        side(a, b[0], b[1]) * side(a, b[2], b[3]) <= 0
        and side(b, a[0], a[1]) * side(b, a[2], a[3]) <= 0
    )
