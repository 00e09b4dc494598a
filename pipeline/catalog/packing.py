"""Models ↔ bytes, quickly: what was checked once is not checked again when it comes back.

Pickle with two limits: a checksum finds damage, and nothing but values of this program is brought back, so
that nobody's file runs any code.
"""

from __future__ import annotations

import io
import pickle
import zlib
from typing import Any
from zoneinfo import ZoneInfo

from pipeline.models import Model

_BARE = {"__pydantic_extra__": None, "__pydantic_private__": None}
_KNOWN = {
    ("builtins", "frozenset"),
    ("builtins", "set"),
    ("datetime", "date"),
    ("datetime", "datetime"),
    ("datetime", "timedelta"),
    ("datetime", "timezone"),
    ("zoneinfo", "ZoneInfo"),
    (__name__, "revived"),
    ("pydantic_core._pydantic_core", "TzInfo"),
}
_VALUES = ("pipeline.errors", "pipeline.messages", "pipeline.models.")
_CHECKSUM = 4


class DamagedError(Exception):
    """The bytes are not what was packed."""


def packed(value: object) -> bytes:
    """Models, dataclasses of models, and plain values in tuples and dictionaries."""
    stream = io.BytesIO()
    _Packer(stream, 5).dump(value)
    return checked(stream.getvalue())


def checked(data: bytes) -> bytes:
    """The bytes behind their checksum."""
    return zlib.crc32(data).to_bytes(_CHECKSUM, "big") + data


def unpacked(data: bytes) -> Any:
    """What was packed; DamagedError for anything else."""
    body = data[_CHECKSUM:]
    if checked(body) != data:
        raise DamagedError
    try:
        return _Unpacker(io.BytesIO(body)).load()
    except Exception as error:  # pickle promises no kind
        raise DamagedError from error


def revived(model: type[Model], values: dict[str, Any]) -> Model:
    """A model with these values as its fields; they were checked when they were read from their file."""
    made = object.__new__(model)
    object.__setattr__(made, "__dict__", values)
    object.__setattr__(made, "__pydantic_fields_set__", set())
    for name, value in _BARE.items():
        object.__setattr__(made, name, value)
    return made


class _Packer(pickle.Pickler):
    def reducer_override(self, value: Any) -> Any:
        if isinstance(value, Model):
            fields = {name: value.__dict__[name] for name in type(value).model_fields}
            return revived, (type(value), fields)
        if isinstance(value, ZoneInfo):
            return ZoneInfo, (value.key,)
        return NotImplemented


class _Unpacker(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        if (module, name) in _KNOWN:
            return super().find_class(module, name)
        found = super().find_class(module, name) if module.startswith(_VALUES) else None
        if isinstance(found, type) and found.__module__ == module:  # its own, not what it imports
            return found
        raise DamagedError
