"""What can be read of data that does not fit its model, so that one mistake hides no other.

A model checks all of its fields, but gives no value where one of them is wrong, and what is to be
said of the rest would have to wait until that is mended.
"""

from __future__ import annotations

from functools import cache
from types import NoneType
from typing import TYPE_CHECKING, Annotated, Any, Generic, NamedTuple, TypeVar, get_args, get_origin

from pydantic import BaseModel, TypeAdapter, ValidationError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import tzinfo

    from pydantic.fields import FieldInfo

M = TypeVar("M", bound=BaseModel)


class Recovered(NamedTuple, Generic[M]):
    """A model of what can be read.

    ``unread`` are the keys of which something is missing in it. In its place stands what is empty:
    ``""``, ``()``, the default of a field that may be left out, else None, whatever the type says.
    """

    value: M
    unread: frozenset[str]


def recovered(model: type[M], data: Mapping[str, Any], time_zone: tzinfo | None) -> Recovered[M]:
    """Read ``data`` as a ``model``, as far as it is one. Keys that the model does not have are left
    out.

    ``time_zone`` is that of moments without an offset.
    """
    values: dict[str, Any] = {}
    unread: set[str] = set()
    for name, field in model.model_fields.items():
        if name not in data:
            values[name] = _empty(field)
            if field.is_required():
                unread.add(name)
            continue
        try:
            values[name] = _adapter(model, name).validate_python(
                data[name], context={"time_zone": time_zone}
            )
        except ValidationError:
            unread.add(name)
            parts = _parts(field.annotation, data[name], time_zone)
            values[name] = _empty(field) if parts is None else parts
    return Recovered(model.model_construct(**values), frozenset(unread))


@cache
def _adapter(model: type[BaseModel], name: str) -> TypeAdapter[Any]:
    """Reads one field, by its type alone and not by what others say."""
    field = model.model_fields[name]
    annotation: Any = field.annotation
    return TypeAdapter(Annotated[annotation, *field.metadata] if field.metadata else annotation)


def _empty(field: FieldInfo) -> Any:
    if not field.is_required():
        return field.get_default(call_default_factory=True)
    kind = _kind(field.annotation)
    return kind() if kind in {str, tuple, dict} else None


def _parts(annotation: object, value: object, time_zone: tzinfo | None) -> Any:
    """What can be read of a list or of keys, None where it is neither or should not be."""
    kind = _kind(annotation)
    if isinstance(value, dict) and isinstance(kind, type) and issubclass(kind, BaseModel):
        return recovered(kind, value, time_zone).value
    if isinstance(value, list) and kind is tuple:
        return tuple(_entries(annotation, value, time_zone))
    return None


def _entries(annotation: object, values: list[Any], time_zone: tzinfo | None) -> Iterator[Any]:
    """The entries of a list, each at its place."""
    item = get_args(_plain(annotation))[0]
    adapter: TypeAdapter[Any] = TypeAdapter(item)
    kind = _kind(item)
    is_model = isinstance(kind, type) and issubclass(kind, BaseModel)
    for value in values:
        try:
            yield adapter.validate_python(value, context={"time_zone": time_zone})
        except ValidationError:
            if is_model:
                yield recovered(kind, value if isinstance(value, dict) else {}, time_zone).value
            else:
                yield ""


def _kind(annotation: object) -> Any:
    """The class of the values: of lists ``tuple``, whatever is in them."""
    plain = _plain(annotation)
    return get_origin(plain) or plain


def _plain(annotation: object) -> Any:
    """The type without notes, and without the None that may stand for it."""
    inner = [one for one in get_args(annotation) if one is not NoneType]
    if get_origin(annotation) is Annotated:
        return _plain(inner[0])
    if NoneType in get_args(annotation):
        return _plain(inner[0])
    return annotation
