"""Headers to JSON and back, driven by the model's own fields: nothing is listed twice."""

import json
from collections.abc import Callable, Hashable
from dataclasses import fields, is_dataclass
from enum import Enum
from functools import cache
from types import UnionType
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from cda_tools.model import messages
from cda_tools.model.carriage import Context
from cda_tools.model.document import Document
from cda_tools.model.header import Header
from cda_tools.model.timestamp import Timestamp

Value = TypeVar("Value")


def dumps(value: object) -> str:
    """Return a dataclass of the model as compact JSON; what is empty is left out."""
    return json.dumps(_plain(value), ensure_ascii=True, separators=(",", ":"))


def loads(text: str, kind: type[Value]) -> Value:
    """Return the dataclass that :func:`dumps` was given.

    Raise ValueError, KeyError or TypeError where the text is not of that kind.
    """
    reader: Callable[[Any], Value] = _reader(cast(Hashable, kind))
    return reader(json.loads(text))


def document_to_text(document: Document) -> str:
    """Return a document without its tree and findings, as one compact text."""
    header, context = document.header, document.context
    return json.dumps(
        [
            document.file,
            document.inside,
            document.carrier,
            document.digest,
            _plain(header) if header else None,
            _plain(context) if context else None,
        ],
        separators=(",", ":"),
    )


def document_from_text(text: str) -> Document:
    """Return what :func:`document_to_text` was given; raise ValueError for another text."""
    try:
        file, inside, carrier, digest, header, context = json.loads(text)
        return Document(
            file,
            inside=inside,
            carrier=carrier,
            digest=digest,
            header=_reader(Header)(header) if header else None,
            context=_reader(Context)(context) if context else None,
        )
    except (KeyError, TypeError) as error:
        raise ValueError(f"no document: {error}") from None


def _plain(value: Any) -> Any:
    if isinstance(value, Timestamp):
        return value.raw
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if not is_dataclass(value):
        return value
    result = {}
    for name, default in _defaults(cast(Hashable, type(value))):
        one = getattr(value, name)
        if one is not default and one != default:
            result[name] = _plain(one)
    return result


@cache
def _defaults(kind: Any) -> tuple[tuple[str, Any], ...]:
    return tuple((one.name, one.default) for one in fields(kind))


@cache
def _reader(kind: Any) -> Callable[[Any], Any]:
    """Return what makes a value of a type: a field's, such as ``tuple[Code, ...] | None``."""
    origin, arguments = get_origin(kind), get_args(kind)
    if origin in (UnionType, Union):
        inner = _reader(next(one for one in arguments if one is not type(None)))
        return lambda value: None if value is None else inner(value)
    if origin is tuple:
        return _tuple_reader(arguments)
    if kind is Timestamp or (isinstance(kind, type) and issubclass(kind, Enum)):
        made: Callable[[Any], Any] = kind
        return lambda value: made(_of(str, value))
    if is_dataclass(kind):
        return _dataclass_reader(kind)
    return lambda value: _of(kind, value)


def _of(kind: Any, value: Any) -> Any:
    """Return a value of JSON where it is of that very type; raise TypeError."""
    if isinstance(kind, type) and type(value) is not kind:
        raise TypeError(f"{kind.__name__} expected")
    return value


def _tuple_reader(arguments: tuple[Any, ...]) -> Callable[[Any], Any]:
    if arguments[-1] is Ellipsis:
        each = _reader(arguments[0])
        return lambda values: tuple(each(value) for value in _of(list, values))
    readers = [_reader(argument) for argument in arguments]
    return lambda values: tuple(r(v) for r, v in zip(readers, _of(list, values), strict=True))


def _dataclass_reader(kind: Any) -> Callable[[Any], Any]:
    # Names that the model imports for type checkers alone are looked up here.
    hints = get_type_hints(kind, localns=vars(messages))
    readers: dict[str, Callable[[Any], Any]] = {}

    def read(values: dict[str, Any]) -> Any:
        for name in _of(dict, values):
            if name not in readers:
                readers[name] = _reader(hints[name])
        return kind(**{name: readers[name](value) for name, value in values.items()})

    return read
