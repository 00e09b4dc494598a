"""Memory that a process has had once is there for the next window."""

from __future__ import annotations

import platform
import subprocess
import sys

from tests import parts

FAULTS = """
import ctypes, resource
from pipeline.speech import memory

libc = ctypes.CDLL(None)
libc.malloc.restype = ctypes.c_void_p

def faults(size=100_000_000):
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    address = ctypes.c_void_p(libc.malloc(ctypes.c_size_t(size)))
    ctypes.memset(address, 1, size)
    libc.free(address)
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before

assert memory.keep()
print(faults(), faults())
"""


def test_pages_are_asked_for_only_once() -> None:
    parts.there("glibc, which alone can be told so", "glibc" if platform.libc_ver()[0] == "glibc" else "")
    said = subprocess.run([sys.executable, "-c", FAULTS], capture_output=True, text=True, check=True).stdout
    first, second = map(int, said.split())
    assert first > 10_000
    assert second < 100
