"""What of a data table with errors can be checked all the same, so that none hides another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from pydantic import ValidationError

if TYPE_CHECKING:
    from collections.abc import Collection

    from aicareers_site.table_schema import TableEntry
    from aicareers_site.yaml_tree import Location

_STAND_INS: dict[str, Any] = {
    "title": "A table",
    "description": "A table.",
    "as_of": "1000-01-01",
    "source": {"name": "A source", "retrieved": "2999-12-31"},
}
"""What stands for fields that a table must have: values that contradict no others."""

_ATTEMPTS = 5


class Recovered(NamedTuple):
    """A table without what is wrong in it; ``whole`` if all of its figures and columns are left."""

    entry: TableEntry
    whole: bool


def recovered(model: type[TableEntry], data: dict[str, Any]) -> Recovered | None:
    """The table that the ``data`` of a file hold, without the rows and breakdowns in which
    something is wrong. None where nothing makes sense.

    What would be compared with something that is left out, is left out as well.
    """
    left, whole = {**data}, True
    for _ in range(_ATTEMPTS):
        try:
            return Recovered(model.model_validate(left), whole)
        except ValidationError as error:
            places = {one["loc"] for one in error.errors(include_url=False)}
        whole &= all(place[0] in {*_STAND_INS, "note", "agreements"} for place in places)
        left = _without(left, places)
        if not whole:
            left.pop("corrections", None)
    return None


def _without(data: dict[str, Any], places: Collection[Location]) -> dict[str, Any]:
    """The ``data`` without the rows, the breakdowns or else the fields in which the places are."""
    parts: dict[str, set[object]] = {"records": set(), "breakdowns": set()}
    gone: set[str] = set()
    for place in places:
        top = str(place[0])
        if top in parts and len(place) > 1 and isinstance(data.get(top), dict):
            parts[top].add(place[1])
        elif top == "columns":  # rows are checked by them
            gone |= {"columns", "records"}
        else:
            gone.add(top)
    left = {key: value for key, value in data.items() if key not in gone}
    left |= {top: value for top, value in _STAND_INS.items() if top in gone}
    for top, names in parts.items():
        if names and top in left:
            left[top] = {name: one for name, one in left[top].items() if name not in names}
    return left
