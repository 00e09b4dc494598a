"""Every Python of a measured build loads this by itself: it notes what single functions of ours cost.

Python looks for a module of this name wherever PYTHONPATH leads. The functions of the table are wrapped as
soon as their module is there, in worker processes as well. Each call appends lines to the file that the
variable `TIMED` names: CPU seconds of this process and of those that it waited for; megabytes of the largest
of those, if no earlier one was as large. The main process adds its own megabytes when it ends.
"""

from __future__ import annotations

import atexit
import functools
import inspect
import os
import resource
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType
from typing import Any

PARTS = {
    # module: function or Class.method, the part of the work
    "pipeline.website.binding": {"Bound.__call__": "books"},
    "pipeline.website.drawing": {"Card.draw": "cards"},
    "pipeline.website.searching.bundles": {"bundle": "search index", "write": "search index"},
}
_FILE = os.environ.get("TIMED", "")
_inside: list[str] = []
"""The parts that are being worked on: what one calls belongs to it."""


class _Finder(MetaPathFinder):
    """Finds those modules where everybody would, and wraps their functions when they are loaded."""

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> ModuleSpec | None:
        spec = PathFinder.find_spec(name, path, target) if name in PARTS else None
        if spec is None or spec.loader is None:
            return None
        load = spec.loader.exec_module

        def loaded(module: ModuleType) -> None:
            load(module)
            for place, part in PARTS[name].items():
                _wrap(module, place, part)

        spec.loader.exec_module = loaded  # type: ignore[method-assign]
        return spec


def _wrap(module: ModuleType, place: str, part: str) -> None:
    """AttributeError where there is no such function any more: the table has to follow the program."""
    owner, _, name = place.rpartition(".")
    holder = getattr(module, owner) if owner else module
    setattr(holder, name, _timed(getattr(holder, name), part))


def _timed(function: Callable[..., Any], part: str) -> Callable[..., Any]:
    if inspect.isgeneratorfunction(function):

        @functools.wraps(function)
        def made(*arguments: Any, **named: Any) -> Iterator[Any]:
            steps = function(*arguments, **named)
            while True:
                with _noted(part):
                    try:
                        value = next(steps)
                    except StopIteration:
                        return
                yield value

        return made

    @functools.wraps(function)
    def called(*arguments: Any, **named: Any) -> Any:
        with _noted(part):
            return function(*arguments, **named)

    return called


@contextmanager
def _noted(part: str) -> Iterator[None]:
    if _inside:
        yield
        return
    _inside.append(part)
    begun_s, largest = _cpu_s(), _peak_mb(resource.RUSAGE_CHILDREN)
    try:
        yield
    finally:
        _inside.pop()
        _write("cpu_s", part, _cpu_s() - begun_s)
        if (peak_mb := _peak_mb(resource.RUSAGE_CHILDREN)) > largest:
            _write("peak_mb", part, peak_mb)


def _cpu_s() -> float:
    children = os.times()
    return time.process_time() + children.children_user + children.children_system


def _peak_mb(whose: int) -> float:
    return resource.getrusage(whose).ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)


def _ended() -> None:
    _write("peak_mb", "main process", _peak_mb(resource.RUSAGE_SELF))


def _write(what: str, part: str, value: float) -> None:
    """Appended at once, so that processes do not mix their lines."""
    file = os.open(_FILE, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    os.write(file, f"{what}\t{part}\t{value:.6f}\n".encode())
    os.close(file)


if _FILE:
    sys.meta_path.insert(0, _Finder())
    atexit.register(_ended)
