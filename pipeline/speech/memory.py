"""How a process that recognises handles its memory: what it has once had, it keeps for the next window."""

from __future__ import annotations

import ctypes
import sys

_TRIM_THRESHOLD, _MMAP_MAX, _ARENA_MAX = -1, -4, -8  # malloc.h of glibc; see mallopt(3)


def keep() -> bool:
    """Have freed memory used again instead of given back; False where the C library offers no such thing.

    A window needs hundreds of megabytes, and the next one the same: given back each time, a third of the
    encoder's time goes into the kernel, which clears the pages again. Call it before threads are started.
    """
    if sys.platform != "linux":
        return False
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is None:  # musl
        return False
    settings = ((_ARENA_MAX, 1), (_MMAP_MAX, 0), (_TRIM_THRESHOLD, -1))
    accepted = [mallopt(name, value) for name, value in settings]
    return all(accepted)
