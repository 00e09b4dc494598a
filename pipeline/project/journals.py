"""The journal of an episode's transcript: what was done to it, a line each, on disk before the files change.

It lies in .hdw/journal and may be deleted while nobody edits: the text stays, what could be undone is gone.
It holds every wording that ever stood there, so it begins anew once the transcript is finished, or withdrawn.
"""

from __future__ import annotations

import contextlib
import json
import os
import secrets
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipeline.errors import HdwError
from pipeline.files import to_disk_name, write_atomic
from pipeline.project import layout
from pipeline.transcripts import wire
from pipeline.transcripts.deeds import Clash
from pipeline.transcripts.history import History, Record

HEAD = 128
"""Bytes that tell one journal from another: its first line has a key that no other has."""


@dataclass(slots=True)
class Journal:
    """The journal of one episode, read as far as `whole` bytes; more may have been written by others since.

    Whoever reads or adds holds the lock beside it (`files.alone`). A last line that was torn is dropped.
    """

    path: Path
    history: History = field(default_factory=History)
    whole: int = 0
    head: bytes = b""

    def read(self) -> History:
        """What was done so far; only what is new is read."""
        if not self.path.is_file():
            self.history, self.whole = History(), 0
            return self.history
        with self.path.open("rb") as file:
            head = file.read(HEAD)
            if not head.startswith(self.head) or os.fstat(file.fileno()).st_size < self.whole:
                self.history, self.whole = History(), 0
            self.head = head
            file.seek(self.whole)
            for line in file:
                if not line.endswith(b"\n"):
                    break
                self._take(line)
                self.whole += len(line)
        return self.history

    def add(self, *entries: Record | Clash) -> None:
        """Keep what was done; once this returns it survives a power cut. OSError if it cannot be kept."""
        self._append([_line(one) for one in entries], durable=True)

    def written(self) -> None:
        """Note that all that was done stands in the files; if the note is lost, they are looked through."""
        with contextlib.suppress(OSError):
            self._append([json.dumps({"written": True}).encode() + b"\n"], durable=False)

    def begin_anew(self) -> None:
        """Forget what was done, but for the ids of sentences that may come back.

        Whoever calls has brought all of it into the files. Killed here, the journal is as it was; if it
        cannot be written, it stays.
        """
        if self.whole and not self.history.open:
            line = {"begun": secrets.token_hex(16), "known": sorted(self.history.known)}
            with contextlib.suppress(OSError):
                write_atomic(self.path, json.dumps(line, separators=(",", ":")).encode() + b"\n")
            self.read()

    def _append(self, lines: list[bytes], *, durable: bool) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.read()
        new = not self.path.exists()
        with self.path.open("ab", buffering=0) as file:
            file.truncate(self.whole)
            try:
                data = b"".join(lines)
                while data:
                    data = data[file.write(data) :]
                if durable:
                    os.fsync(file.fileno())
            except OSError:
                with contextlib.suppress(OSError):
                    file.truncate(self.whole)
                raise
        if new and durable:
            to_disk_name(self.path.parent)
        self.read()

    def _take(self, line: bytes) -> None:
        """One line; one that cannot be read counts as not there (another version, a damaged drive)."""
        try:
            data = json.loads(line)
            if "deed" in data:
                self.history.add(wire.record(data))
            elif "clash" in data:
                self.history.clashed(wire.clash(data["clash"]))
            elif "written" in data:
                self.history.written()
            elif "known" in data:
                self.history.known.update(map(str, data["known"]))
        except (HdwError, ValueError, KeyError, TypeError, AttributeError):
            return


_OPEN: dict[Path, Journal] = {}


def journal(root: Path, episode_id: str) -> Journal:
    """An episode's journal; what was read of it stays in memory."""
    path = journal_path(root, episode_id)
    return _OPEN.setdefault(path, Journal(path))


def journal_path(root: Path, episode_id: str) -> Path:
    """Where it stands what was done to a transcript."""
    return root / layout.JOURNALS / f"{episode_id}.deeds.jsonl"


def _line(entry: Record | Clash) -> bytes:
    data: dict[str, Any]
    data = wire.to_record(entry) if isinstance(entry, Record) else {"clash": wire.to_clash(entry)}
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
