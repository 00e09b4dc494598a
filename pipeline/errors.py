"""What may go wrong, as one tree; the front doors translate it, everything below only raises.

HdwError                    a failure; exit code 1
├── MisuseError             the command was called in a way that cannot work; exit code 2
├── ProjectError            files that people wrote are wrong; carries every problem at once
├── AudioError              a recording that cannot be read or published
├── SpeechError             recognition that cannot run or broke off
│   └── ModelMissingError   the checkpoint is not here and cannot be had
├── TranscriptError         a transcript file that cannot be read
├── BuildError              the site or a feed cannot be made
└── BusyError               somebody else holds what is needed (a lock, a port)
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePath
from typing import Any, ClassVar

from pipeline.messages import Message


@dataclass(frozen=True, slots=True, order=True)
class Where:
    """A place in the project: file (relative to the house where possible), line from 1, field path."""

    file: str = ""
    line: int = 0
    field: str = ""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}" if self.line else self.file


class Level(StrEnum):
    """How much a problem weighs: `required` stops a production build, `recommended` is a hint."""

    REQUIRED = "required"
    RECOMMENDED = "recommended"


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding: what is wrong, where, and what to do (hint or example); rule names its source."""

    message: Message
    where: Where = Where()
    hint: Message | None = None
    level: Level = Level.REQUIRED
    rule: str = ""


class HdwError(Exception):
    """What went wrong (`message`), where, and, where there is a remedy, what to do (`hint`)."""

    exit_code: ClassVar[int] = 1

    def __init__(
        self, message: Message, *, where: Where | PurePath | str = "", hint: Message | None = None
    ) -> None:
        super().__init__(message)
        self.message = message
        self.where = where if isinstance(where, Where) else Where(str(where))
        self.hint = hint

    def __reduce__(self) -> tuple[Any, ...]:
        return _made_again, (type(self), self.message, self.where, self.hint)

    def __str__(self) -> str:
        place = f"{self.where}: " if str(self.where) else ""
        return place + str(self.message)


def _made_again(kind: type[HdwError], message: Message, where: Where, hint: Message | None) -> HdwError:
    """How an error comes out of a child process: same class, message, place and hint."""
    return kind(message, where=where, hint=hint)


class MisuseError(HdwError):
    """The command was called in a way that cannot work."""

    exit_code = 2


class ProjectError(HdwError):
    """Files that people wrote are wrong: every problem of every file at once, in `problems`."""

    def __init__(
        self,
        message: Message,
        *,
        where: Where | PurePath | str = "",
        hint: Message | None = None,
        problems: tuple[Problem, ...] = (),
    ) -> None:
        super().__init__(message, where=where, hint=hint)
        self.problems = problems or (Problem(message, self.where, hint),)

    def __str__(self) -> str:
        lines = (f"{p.where}: {p.message}" if p.where.file else str(p.message) for p in self.problems)
        return "\n".join(lines)


class AudioError(HdwError):
    """A recording that cannot be read or published."""


class SpeechError(HdwError):
    """Recognition that cannot run or broke off."""


class ModelMissingError(SpeechError):
    """The checkpoint is not on this machine and cannot be had."""


class TranscriptError(HdwError):
    """A transcript file that cannot be read."""


class BuildError(HdwError):
    """The site or a feed cannot be made."""


class BusyError(HdwError):
    """Somebody else holds what is needed: a lock, a port."""
