"""What of a data table with errors can be checked all the same, so that none hides another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from pydantic import ValidationError

if TYPE_CHECKING:
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
        for place in sorted(places, key=str):
            whole &= place[0] in {*_STAND_INS, "note", "agreements"}
            left = _without(left, place)
        if not whole:
            left.pop("corrections", None)
    return None


def _without(data: dict[str, Any], place: Location) -> dict[str, Any]:
    """The ``data`` without the row, the breakdown or else the field in which the place is."""
    top = str(place[0])
    if top in _STAND_INS:
        return {**data, top: _STAND_INS[top]}
    if top in {"records", "breakdowns"} and len(place) > 1 and isinstance(data.get(top), dict):
        return {**data, top: {key: one for key, one in data[top].items() if key != place[1]}}
    # Rows are checked by their columns.
    gone = {"columns", "records"} if top == "columns" else {top}
    return {key: value for key, value in data.items() if key not in gone}
