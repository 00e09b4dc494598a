"""Python's collector of circles, where a command makes many thousands of values that all stay."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

SELDOM = 20_000
"""So many new values come before the collector does: what YAML leaves behind fills no memory until then."""
_lock = Lock()
_usual: list[tuple[int, int, int]] = []
"""How often it came before, once for everybody who is inside."""


@contextmanager
def many_values() -> Iterator[None]:
    """The collector comes seldom: it would look through all that is there, again and again, for nothing.

    Several threads may be inside at once; the last one sets it back.
    """
    with _lock:
        _usual.append(_usual[0] if _usual else gc.get_threshold())
        gc.set_threshold(SELDOM, *_usual[0][1:])
    try:
        yield
    finally:
        with _lock:
            before = _usual.pop()
            if not _usual:
                gc.set_threshold(*before)
