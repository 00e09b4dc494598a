"""What may go wrong, as one tree; the front doors translate it, everything below only raises.

HdwError                    a failure; exit code 1
├── MisuseError             the command was called in a way that cannot work; exit code 2
│   └── MalformedError      what another program sent is not of the form that was agreed
├── ProjectError            files that people wrote are wrong; carries every problem at once
├── AudioError              a recording that cannot be read or published
│   └── ShortRecordingError a recording that breaks off; a person may take it as it is
├── SpeechError             recognition that cannot run or broke off
│   └── ModelMissingError   the checkpoint is not here and cannot be had
├── TranscriptError         a transcript file that cannot be read
├── ForeignFeedError        a feed from elsewhere that cannot be read
├── FetchError              something of the web that cannot be had, or must not be asked for
├── ChaptersError           a chapter file that cannot be read
├── BuildError              the site or a feed cannot be made
│   └── FeedError           a written feed breaks rules; carries every problem at once
├── DeployError              the site cannot be sent, or not to the end
├── LogError                an access log that cannot be read
├── FullError               there is no more room on the drive
└── BusyError               somebody else holds what is needed (a lock, a port)
    └── HeldError           somebody else has it open
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


class MalformedError(MisuseError):
    """What another program sent is not of the form that was agreed; `where` is the place in it."""


class ProblemsError(HdwError):
    """Several things are wrong, all said at once: in `problems`, of which there is at least one."""

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

    def __reduce__(self) -> tuple[Any, ...]:
        return _all_made_again, (type(self), self.message, self.where, self.hint, self.problems)

    def __str__(self) -> str:
        return "\n".join(f"{p.where}: {p.message}" if p.where.file else str(p.message) for p in self.problems)


def _all_made_again(
    kind: type[ProblemsError],
    message: Message,
    where: Where,
    hint: Message | None,
    problems: tuple[Problem, ...],
) -> ProblemsError:
    """The same for several at once."""
    return kind(message, where=where, hint=hint, problems=problems)


class ProjectError(ProblemsError):
    """Files that people wrote are wrong: every problem of every file."""


class AudioError(HdwError):
    """A recording that cannot be read or published."""


class ShortRecordingError(AudioError):
    """A recording that breaks off; a person may take it as it is."""


class SpeechError(HdwError):
    """Recognition that cannot run or broke off."""


class ModelMissingError(SpeechError):
    """The checkpoint is not on this machine and cannot be had."""


class TranscriptError(HdwError):
    """A transcript file that cannot be read."""


class ForeignFeedError(HdwError):
    """A feed from elsewhere that cannot be read."""


class FetchError(HdwError):
    """Something of the web that cannot be had, or must not be asked for.

    `passing`: another try may succeed. `status`: the server's answer; 0 where there was none.
    """

    def __init__(
        self,
        message: Message,
        *,
        where: Where | PurePath | str = "",
        hint: Message | None = None,
        passing: bool = False,
        status: int = 0,
    ) -> None:
        super().__init__(message, where=where, hint=hint)
        self.passing, self.status = passing, status


class ChaptersError(HdwError):
    """A chapter file that cannot be read."""


class BuildError(HdwError):
    """The site or a feed cannot be made."""


class FeedError(ProblemsError, BuildError):
    """A written feed that apps would not take: every rule that it breaks."""


class DeployError(HdwError):
    """The site cannot be sent, or not to the end; what readers see is whole."""


class LogError(HdwError):
    """An access log, or a list beside it, that cannot be read."""


class BusyError(HdwError):
    """Somebody else holds what is needed: a lock, a port."""


class HeldError(BusyError):
    """Somebody else has it open: `holder` says who, as people read it."""

    def __init__(
        self,
        message: Message,
        *,
        where: Where | PurePath | str = "",
        hint: Message | None = None,
        holder: str = "",
    ) -> None:
        super().__init__(message, where=where, hint=hint)
        self.holder = holder


class FullError(HdwError):
    """There is no more room on the drive; nothing that was there is lost."""
