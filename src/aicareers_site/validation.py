"""A tree read as a model, and everything that is wrong with it at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from pydantic import ValidationError

from aicareers_site.diagnostics import Outcome
from aicareers_site.findings import MAX_FINDINGS, diagnose, guesses
from aicareers_site.models import Model

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from datetime import tzinfo

    from pydantic_core import ErrorDetails

    from aicareers_site.yaml_tree import Location, Tree

M = TypeVar("M", bound=Model)


def validate(
    model: type[M],
    tree: Tree,
    *,
    what: str,
    time_zone: tzinfo | None = None,
    excused: Collection[str] = (),
) -> Outcome[M | None]:
    """Read ``tree`` as a ``model``; every mismatch becomes a diagnostic at its place.

    ``what`` names the thing for messages, such as "a country profile". ``time_zone`` is that of
    moments written without an offset, UTC when left out. A key without a value is an error
    everywhere: it is more often forgotten than meant. What is below a misspelt key is looked at as
    if that were mended. That the ``excused`` keys are missing is told elsewhere. The value is None
    when there is an error.
    """
    value, details = _read(model, tree, time_zone)
    found = dict.fromkeys(diagnose(model, tree, what, _told(details, excused)))
    for meant, names in _attempts(model, tree, details, time_zone):
        # Whether a value as a whole is what such a key has depends on the guess.
        below = [one for one in _read(model, meant, time_zone)[1] if one["loc"] not in names]
        found |= dict.fromkeys(diagnose(model, meant, what, _told(below, excused)))
    return Outcome(None if found else value, tuple(found))


def as_meant(model: type[Model], tree: Tree, time_zone: tzinfo | None = None) -> Tree:
    """The tree with the keys that were probably meant in place of those that are misspelt."""
    _, details = _read(model, tree, time_zone)
    for meant, _ in _attempts(model, tree, details, time_zone):
        tree = meant
    return tree


def misspelt(model: type[Model], tree: Tree) -> dict[Location, str]:
    """The misspelt keys of a tree, by their places, with those that were probably meant."""
    return guesses(model, tree, _read(model, tree, None)[1])


def _read(
    model: type[M], tree: Tree, time_zone: tzinfo | None
) -> tuple[M | None, list[ErrorDetails]]:
    try:
        return model.model_validate(tree.data, context={"time_zone": time_zone}), []
    except ValidationError as error:
        return None, error.errors(include_url=False)


def _attempts(
    model: type[Model], tree: Tree, details: list[ErrorDetails], time_zone: tzinfo | None
) -> Iterator[tuple[Tree, set[Location]]]:
    """Trees with fewer and fewer misspelt keys, and the places of those that were mended."""
    mended: set[Location] = set()
    while len(details) <= MAX_FINDINGS and (names := guesses(model, tree, details)):
        tree = tree.renamed(names)
        mended |= {(*location[:-1], name) for location, name in names.items()}
        yield tree, mended
        _, details = _read(model, tree, time_zone)


def _told(details: list[ErrorDetails], excused: Collection[str]) -> list[ErrorDetails]:
    missing = {(key,) for key in excused}
    return [one for one in details if one["type"] != "missing" or one["loc"] not in missing]
