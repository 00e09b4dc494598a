"""A file that FFmpeg reads and that is hashed as it goes by, so that a recording is read once."""

from __future__ import annotations

import hashlib
import os
from typing import BinaryIO

PIECE = 1 << 20
NEAR = 1 << 16  # a gap of this size is read at once; a farther jump (an index at the end) comes back


class HashedFile:
    """What PyAV needs of a file (read, seek, tell), and the SHA-256 of every byte of it.

    Bytes enter the hash in the order of the file. Where FFmpeg skips a little, the gap is read here; where it
    looks at the end first and comes back (M4A), the end is read a second time, and nothing else.
    """

    def __init__(self, file: BinaryIO) -> None:
        self.name = str(file.name)
        self._file = file
        self._hash = hashlib.sha256()
        self._hashed = 0

    @property
    def size(self) -> int:
        """The file's bytes."""
        return os.fstat(self._file.fileno()).st_size

    def read(self, size: int = -1) -> bytes:
        """Bytes from here on; those that the hash has not seen yet go into it."""
        at = self._file.tell()
        if 0 < at - self._hashed <= NEAR:
            self._hash_up_to(at)
        data = self._file.read(size)
        if at <= self._hashed < at + len(data):
            self._hash.update(memoryview(data)[self._hashed - at :])
            self._hashed = at + len(data)
        return data

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """Move, and say where."""
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        """Where the next read begins."""
        return self._file.tell()

    def hexdigest(self) -> str:
        """SHA-256 of the whole file; reads what FFmpeg left unread."""
        self._hash_up_to(self.size)
        return self._hash.hexdigest()

    def _hash_up_to(self, end: int) -> None:
        self._file.seek(self._hashed)
        while self._hashed < end and (data := self._file.read(min(PIECE, end - self._hashed))):
            self._hash.update(data)
            self._hashed += len(data)
