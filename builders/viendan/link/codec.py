"""Values as rows of plain JSON and back: what the memory of linking is written in. Data only, nothing is ever run.

A dataclass is the list of its fields in order, a tuple a list, a frozenset a sorted list. ``encoder`` and ``decoder``
read the types of the fields once and give a function that makes rows of values, or values of rows.
"""

from __future__ import annotations

import dataclasses
import types
from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import attrgetter
from typing import TypeVar, Union, cast, get_args, get_origin, get_type_hints

Json = None | bool | int | float | str | Sequence["Json"] | Mapping[str, "Json"]

_T = TypeVar("_T")
_Convert = Callable[[object], object]


def encoder(kind: type[_T]) -> Callable[[_T], Json]:
    """What makes rows of the values of a dataclass."""
    return cast("Callable[[_T], Json]", _write(kind))


def decoder(kind: type[_T]) -> Callable[[object], _T]:
    """What makes values of a dataclass from their rows; it raises ValueError or TypeError for what is no such row."""
    return cast("Callable[[object], _T]", _read(kind))


def _converters(kind: type[object], of_type: Callable[[object], _Convert | None]) -> list[tuple[int, _Convert]]:
    """The fields that JSON does not have as they are: place and converter."""
    hints = get_type_hints(kind)
    fields = dataclasses.fields(kind)  # type: ignore[arg-type]
    return [(place, own) for place, field in enumerate(fields) if (own := of_type(hints[field.name]))]


def _read(kind: type[object]) -> _Convert:
    convert = _converters(kind, _reader)
    count = len(dataclasses.fields(kind))  # type: ignore[arg-type]

    def read(row: object) -> object:
        if not isinstance(row, list) or len(row) != count:
            raise ValueError(kind.__name__)
        for place, own in convert:
            row[place] = own(row[place])
        return kind(*row)

    return read


def _write(kind: type[object]) -> _Convert:
    convert = _converters(kind, _writer)
    values = attrgetter(*(field.name for field in dataclasses.fields(kind)), "__class__")  # type: ignore[arg-type]

    def write(value: object) -> object:
        *row, _ = values(value)  # the class makes a tuple of one field, too
        for place, own in convert:
            row[place] = own(row[place])
        return row

    return write


def _reader(hint: object) -> _Convert | None:
    """How to make a value of a type from JSON; None where JSON has it as it is."""
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        return _read(hint)
    origin, parts = get_origin(hint), get_args(hint)
    if origin is tuple:
        return _tuple_of(tuple, parts, _reader)
    if origin is frozenset:
        return lambda row: frozenset(cast("list[object]", row))
    return _optional(parts, _reader) if origin in (Union, types.UnionType) else None


def _writer(hint: object) -> _Convert | None:
    """How to make JSON from a value of a type; None where JSON has it as it is (tuples are lists to it)."""
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        return _write(hint)
    origin, parts = get_origin(hint), get_args(hint)
    if origin is tuple:
        inner = any(_writer(part) for part in parts if part is not Ellipsis)
        return _tuple_of(list, parts, _writer) if inner else None
    if origin is frozenset:
        return lambda value: sorted(cast("frozenset[str]", value))
    return _optional(parts, _writer) if origin in (Union, types.UnionType) else None


def _optional(parts: tuple[object, ...], of_type: Callable[[object], _Convert | None]) -> _Convert | None:
    inner = next((own for part in parts if (own := of_type(part))), None)
    if inner is None:
        return None
    return lambda value: None if value is None else inner(value)


def _tuple_of(
    make: Callable[[Iterable[object]], object], parts: tuple[object, ...], of_type: Callable[[object], _Convert | None]
) -> _Convert:
    if len(parts) == 2 and parts[1] is Ellipsis:
        inner = of_type(parts[0])
        return cast("_Convert", make) if inner is None else lambda row: make(map(inner, cast("Sequence[object]", row)))
    inners = [of_type(part) for part in parts]
    if not any(inners):
        return cast("_Convert", make)
    return lambda row: make(
        own(value) if own else value for own, value in zip(inners, cast("Sequence[object]", row), strict=True)
    )
