"""Values → TOML as people write it: plain keys first, then a table for each group."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

_BARE = re.compile(r"[A-Za-z0-9_-]+")


def dump(values: Mapping[str, Any]) -> str:
    """A document; keys in the order given, None and empty groups left out."""
    return "\n".join(_table(values, ())).strip() + "\n"


def _table(values: Mapping[str, Any], path: tuple[str, ...]) -> Iterator[str]:
    plain = {key: value for key, value in values.items() if value is not None and not _grouped(value)}
    if path and plain:
        yield f"[{'.'.join(path)}]"
    yield from (f"{_key(key)} = {written(value)}" for key, value in plain.items())
    if plain:
        yield ""
    for key, value in values.items():
        if isinstance(value, Mapping):
            yield from _table(value, (*path, _key(key)))
        elif value is not None and _grouped(value):
            yield from _tables(value, (*path, _key(key)))


def _tables(values: list[Mapping[str, Any]], path: tuple[str, ...]) -> Iterator[str]:
    for one in values:
        yield f"[[{'.'.join(path)}]]"
        yield from (f"{_key(key)} = {written(value)}" for key, value in one.items() if value is not None)
        yield ""


def _grouped(value: Any) -> bool:
    if isinstance(value, Mapping):
        return True
    return isinstance(value, list | tuple) and bool(value) and all(isinstance(one, Mapping) for one in value)


def _key(key: str) -> str:
    return key if _BARE.fullmatch(key) else written(key)


def written(said: Any) -> str:
    """A value as it stands behind a key."""
    match said:
        case bool():
            return str(said).lower()
        case date():  # a moment is one too
            return said.isoformat()
        case int() | float():
            return str(said)
        case list() | tuple():
            return f"[{', '.join(written(one) for one in said)}]"
        case Mapping():
            inner = ", ".join(f"{_key(k)} = {written(v)}" for k, v in said.items() if v is not None)
            return f"{{ {inner} }}" if inner else "{}"
    return json.dumps(str(said), ensure_ascii=False).replace("\x7f", "\\u007f")
