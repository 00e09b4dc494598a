"""Finished pieces on disk, a line each, so that a job killed at any moment goes on where it was."""

from __future__ import annotations

import json
import os
import zlib
from io import FileIO
from pathlib import Path
from types import TracebackType
from typing import Self

from pipeline.errors import SpeechError
from pipeline.messages import msg
from pipeline.speech.recognition import Segment, segment_from, segment_to


class Journal:
    """The pieces of one job that are done, by their digest; a torn or damaged last line is dropped.

    The file belongs to exactly one job: its name holds the key of everything that can change a text.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.done: dict[str, tuple[Segment, ...]] = {}
        self._file: FileIO | None = None

    def __enter__(self) -> Self:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        whole = self._read() if self.path.is_file() else 0
        try:
            self._file = self.path.open("ab", buffering=0)
            self._file.truncate(whole)
        except OSError as error:
            raise self._full(error) from error
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._file:
            self._file.close()

    def add(self, piece: str, segments: tuple[Segment, ...]) -> None:
        """Keep a piece; once this returns it survives a power cut."""
        assert self._file  # noqa: S101 (inside `with`)
        body = json.dumps([piece, [segment_to(one) for one in segments]], ensure_ascii=False)
        line = f"{zlib.crc32(body.encode()):08x} {body}\n".encode()
        try:
            while line:
                line = line[self._file.write(line) :]
            os.fsync(self._file.fileno())
        except OSError as error:
            raise self._full(error) from error
        self.done[piece] = segments

    def discard(self) -> None:
        """The job is finished and its result is kept elsewhere."""
        self.path.unlink(missing_ok=True)

    def _read(self) -> int:
        """Fill `done`; returns how many bytes of the file are whole."""
        whole = 0
        for line in self.path.read_bytes().splitlines(keepends=True):
            check, _, body = line.partition(b" ")
            if not line.endswith(b"\n") or check != f"{zlib.crc32(body[:-1]):08x}".encode():
                break
            piece, segments = json.loads(body)
            self.done[piece] = tuple(segment_from(one) for one in segments)
            whole += len(line)
        return whole

    def _full(self, error: OSError) -> SpeechError:
        return SpeechError(
            msg("What was recognised cannot be kept: {reason}.", reason=error.strerror or str(error)),
            where=self.path,
            hint=msg("Make room on the drive and start again; what was kept before is still there."),
        )
