"""What a model's annotations say about a place in its data."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args, get_origin

from pydantic import BaseModel

from aicareers_site.slugs import SLUG_PATTERN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic.fields import FieldInfo

    from aicareers_site.yaml_tree import Location


def field_at(model: type[BaseModel], location: Location) -> FieldInfo | None:
    """The field whose value is at ``location``, or is the list or mapping around it."""
    for index in reversed(range(len(location))):
        inner = model_at(model, location[:index])
        field = inner.model_fields.get(str(location[index])) if inner else None
        if field is not None:
            return field
    return None


def model_at(model: type[BaseModel], location: Location) -> type[BaseModel] | None:
    """The model that describes the value at ``location``, found by walking the annotations.

    For a list or a mapping of ids, it is that of their entries.
    """
    current: type[BaseModel] | None = model
    behind_mapping = False
    for part in location:
        if isinstance(part, int) or behind_mapping:
            behind_mapping = False
            continue
        if current is None or part not in current.model_fields:
            return None
        annotation = current.model_fields[part].annotation
        behind_mapping = get_origin(annotation) is dict
        current = _first_model(annotation)
    return current


def keys_at(model: type[BaseModel], location: Location) -> tuple[str, ...]:
    """The keys that the value at ``location`` may have."""
    inner = model_at(model, location)
    return tuple(inner.model_fields) if inner else ()


def required_at(model: type[BaseModel], location: Location) -> list[str]:
    """The keys that it, or each of its entries, must have."""
    inner = model_at(model, location)
    fields = inner.model_fields.items() if inner else ()
    return [name for name, field in fields if field.is_required()]


def description_at(model: type[BaseModel], location: Location) -> str:
    """What the documentation says about the key at ``location``, or about the nearest around it."""
    field = field_at(model, location)
    return (field.description or "") if field else ""


def holds_slugs(field: FieldInfo) -> bool:
    """Whether the field is a list of slugs."""
    return any(getattr(note, "pattern", None) == SLUG_PATTERN for note in _notes(field.annotation))


def holds(field: FieldInfo, marker: type) -> bool:
    """Whether the field is, or contains, what is marked so in its annotation."""
    return marker in [*field.metadata, *_notes(field.annotation)]


def _notes(annotation: object) -> Iterator[object]:
    # An Annotated type gives its metadata among its arguments.
    yield annotation
    for inner in (*getattr(annotation, "metadata", ()), *get_args(annotation)):
        yield from _notes(inner)


def _first_model(annotation: object) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    found = map(_first_model, get_args(annotation))
    return next((model for model in found if model is not None), None)
