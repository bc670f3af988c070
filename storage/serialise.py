"""Dataclasses to JSON and back, generically and strictly.

What is written is read back equal; what does not fit its type (an unknown field, a missing one without a
default, a number where text must be) raises Unreadable and never becomes a half-true value.
"""

import json
import types
import typing
from collections.abc import Callable, Hashable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import datetime
from enum import Enum
from functools import cache
from typing import Any, NewType, TypeVar, cast, get_args, get_origin, get_type_hints

from storage.errors import Unreadable

T = TypeVar("T")
Reader = Callable[[Any, str], Any]


def to_json(value: Any) -> str:
    """JSON text of a dataclass, or of a tuple, mapping or scalar of such."""
    return json.dumps(dump(value), ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def from_json(kind: type[T] | Any, text: str) -> T:
    """The value that `to_json` wrote. Raises Unreadable."""
    try:
        data = json.loads(text)
    except ValueError as error:
        raise Unreadable("storage.unreadable", cause=f"not JSON: {error}", what=_name(kind)) from error
    return cast(T, load(kind, data))


def dump(value: Any) -> Any:
    """Plain JSON data. Times are written as ISO 8601 with their offset."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: dump(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime):
        if value.tzinfo is None:
            raise Unreadable("storage.unreadable", cause="a naive datetime", what="datetime")
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): dump(item) for key, item in value.items()}
    if isinstance(value, (tuple, list, frozenset)):
        return [item if type(item) is str else dump(item) for item in value]
    if value is None or isinstance(value, (str, int, float, bool)):
        return value
    raise Unreadable("storage.unreadable", cause=f"no JSON for {type(value).__name__}", what="value")


def load(kind: type[T] | Any, data: Any) -> T:
    """The value of type `kind` that `data` stands for. Raises Unreadable with the path of what is wrong."""
    return cast(T, _reader(cast(Hashable, kind))(data, _name(kind)))


def _name(kind: Any) -> str:
    return getattr(kind, "__name__", str(kind))


def _fail(path: str, wanted: str, got: Any) -> typing.NoReturn:
    cause = f"{path}: wanted {wanted}, got {type(got).__name__}"
    raise Unreadable("storage.unreadable", cause=cause, what=path.split(".")[0])


@cache
def _reader(kind: Any) -> Reader:
    if isinstance(kind, NewType):
        return _reader(kind.__supertype__)
    origin = get_origin(kind)
    if origin in (typing.Union, types.UnionType):
        return _optional(get_args(kind))
    if origin is typing.Literal:
        return _one_of(get_args(kind))
    if origin is tuple:
        return _sequence(get_args(kind))
    if origin is not None and isinstance(origin, type) and issubclass(origin, Mapping):
        return _mapping(get_args(kind))
    if is_dataclass(kind) and isinstance(kind, type):
        return _record(kind)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return _enum(kind)
    if kind is datetime:
        return _moment
    if kind in (str, int, float, bool):
        return _scalar(kind)
    raise TypeError(f"no reader for {kind!r}")


def _optional(options: tuple[Any, ...]) -> Reader:
    kinds = [option for option in options if option is not type(None)]
    if len(kinds) != 1 or len(kinds) == len(options):
        raise TypeError(f"only `X | None` can be read, not {options!r}")
    inner = _reader(kinds[0])
    return lambda data, path: None if data is None else inner(data, path)


def _one_of(words: tuple[Any, ...]) -> Reader:
    def read(data: Any, path: str) -> Any:
        return data if data in words else _fail(path, f"one of {words}", data)

    return read


def _sequence(arguments: tuple[Any, ...]) -> Reader:
    if len(arguments) == 2 and arguments[1] is Ellipsis:
        inner = _reader(arguments[0])

        def read(data: Any, path: str) -> Any:
            if not isinstance(data, list):
                _fail(path, "a list", data)
            return tuple([inner(item, f"{path}[{index}]") for index, item in enumerate(data)])

        return read
    raise TypeError(f"only tuple[X, ...] can be read, not {arguments!r}")


def _mapping(arguments: tuple[Any, ...]) -> Reader:
    if arguments[0] is not str:
        raise TypeError("only mappings from text can be read")
    inner = _reader(arguments[1])

    def read(data: Any, path: str) -> Any:
        if not isinstance(data, dict):
            _fail(path, "an object", data)
        return {key: inner(item, f"{path}.{key}") for key, item in data.items()}

    return read


def _record(kind: type) -> Reader:
    hints = get_type_hints(kind)
    readers = {field.name: _reader(hints[field.name]) for field in fields(kind)}
    needed = {
        field.name for field in fields(kind) if field.default is MISSING and field.default_factory is MISSING
    }

    def read(data: Any, path: str) -> Any:
        if not isinstance(data, dict):
            _fail(path, "an object", data)
        if unknown := data.keys() - readers.keys():
            _fail(f"{path}.{min(unknown)}", "no such field", data)
        if missing := needed - data.keys():
            _fail(f"{path}.{min(missing)}", "a value", None)
        return kind(**{name: readers[name](item, f"{path}.{name}") for name, item in data.items()})

    return read


def _enum(kind: type[Enum]) -> Reader:
    values = {item.value: item for item in kind}

    def read(data: Any, path: str) -> Any:
        if not isinstance(data, str) or data not in values:
            _fail(path, f"one of {sorted(values)}", data)
        return values[data]

    return read


def _moment(data: Any, path: str) -> datetime:
    if not isinstance(data, str):
        _fail(path, "a time", data)
    try:
        moment = datetime.fromisoformat(data)
    except ValueError:
        _fail(path, "an ISO 8601 time", data)
    if moment.tzinfo is None:
        _fail(path, "a time with its offset", data)
    return moment


def _scalar(kind: type) -> Reader:
    def read(data: Any, path: str) -> Any:
        if kind is float and isinstance(data, int) and not isinstance(data, bool):
            return float(data)
        if type(data) is not kind:
            _fail(path, kind.__name__, data)
        return data

    return read
