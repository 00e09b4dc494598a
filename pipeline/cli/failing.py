"""Turns every failure into sentences on stderr and an exit code: the only place that does."""

from __future__ import annotations

import errno
import re
import sys
import tempfile
import traceback
from datetime import UTC, datetime
from pathlib import Path

import click

from pipeline.cli.columns import wrapped
from pipeline.cli.findings import say_problems
from pipeline.cli.speaking import say, text
from pipeline.errors import HdwError, MisuseError, ProblemsError
from pipeline.messages import Message, msg

STOPPED = 130
READING = frozenset({"build", "check", "schema", "serve", "status"})
"""Commands that write nothing which could not be made again."""

_DISK = {
    # what the operating system says: what a person is told
    errno.EACCES: msg("There is no permission to read or write this."),
    errno.EDQUOT: msg("There is no space left here."),
    errno.EISDIR: msg("This is a folder; a file is needed."),
    errno.ENOENT: msg("This file does not exist."),
    errno.ENOSPC: msg("There is no space left here."),
    errno.ENOTDIR: msg("This is a file; a folder is needed."),
    errno.EPERM: msg("There is no permission to read or write this."),
    errno.EROFS: msg("Nothing can be written here."),
}


def tell(error: BaseException, arguments: list[str]) -> int:
    """Say what went wrong; returns the exit code."""
    verbose = "--verbose" in arguments
    match error:
        case click.exceptions.NoArgsIsHelpError():
            click.echo(error.format_message())
            return 0
        case click.ClickException():
            say_error(_misuse(error, arguments))
            return error.exit_code
        case HdwError():
            say_error(error)
            _say_causes(error, shown=verbose)
            return error.exit_code
        case KeyboardInterrupt() | click.Abort() | EOFError():
            say(msg("Stopped."), err=True)
            return STOPPED
        case OSError() if error.errno in _DISK and error.filename:
            say_error(HdwError(_DISK[error.errno], where=str(error.filename)))
            _say_causes(error, shown=verbose)
            return 1
    _say_bug(error, arguments)
    if verbose:
        click.echo(_trace(error), err=True)
    return 1


def say_error(error: HdwError) -> None:
    """What is wrong: where; after a blank line one hint."""
    if isinstance(error, ProblemsError) and _several(error):
        say(error.message, err=True)
        say("", err=True)
        say_problems(error.problems, err=True)
        return
    _say_line(sentence(error))
    if error.hint:
        say("", err=True)
        _say_line(msg("Hint: {hint}", hint=error.hint))


def _say_line(message: Message | str) -> None:
    """Wrapped for a person; through a pipe one line, for grep."""
    said = text(message)
    say(wrapped(said) if sys.stderr.isatty() else said, err=True)


def _several(error: ProblemsError) -> bool:
    return len(error.problems) > 1 or error.problems[0].message != error.message


def sentence(error: HdwError) -> str:
    """“What: where”; a sentence that has a colon already gets the place in brackets."""
    said, place = text(error.message), str(error.where)
    if not place:
        return said
    said = said.removesuffix(".")
    return f"{said} ({place})" if ": " in said else f"{said}: {place}"


def _misuse(error: click.ClickException, arguments: list[str]) -> MisuseError:
    """Click's sentence, with the command whose help lists what there is."""
    context = getattr(error, "ctx", None)
    command = context.command_path if context else f"hdw {_command_of(arguments)}".rstrip()
    hint = msg("All options: {command} --help", command=command)
    if isinstance(error, click.NoSuchOption) and error.possibilities:
        near = error.possibilities[0]
        sentence = msg(
            "There is no option “{name}”. Perhaps meant: {near}", name=error.option_name, near=near
        )
        return MisuseError(sentence, hint=hint)
    return MisuseError(Message("{said}", (("said", _quoted(error.format_message())),)), hint=hint)


def _quoted(said: str) -> str:
    """The sentence that gettext gave to Click, with the quotation marks of its language."""
    return re.sub(r"'([^']+)'", lambda found: text(msg("“{word}”", word=found[1])), said)


def _say_causes(error: BaseException, *, shown: bool) -> None:
    """The chain of causes, for whoever has to find out why."""
    cause = error.__cause__ if isinstance(error, HdwError) else error
    while shown and cause is not None:
        said = "".join(traceback.format_exception_only(cause)).strip()
        say(msg("Cause: {cause}", cause=said), err=True)
        cause = cause.__cause__ or cause.__context__


def _say_bug(error: BaseException, arguments: list[str]) -> None:
    said = "".join(traceback.format_exception_only(error)).strip().partition("\n")[0]
    _say_line(msg("This is a bug in hdw, not a mistake of yours: {cause}", cause=said))
    if _command_of(arguments) in READING:
        say(msg("Nothing was lost."), err=True)
    say("", err=True)
    say(msg("Hint: {hint}", hint=_report(_kept(error, arguments))), err=True)


def _command_of(arguments: list[str]) -> str:
    """The command's name; empty if none was given."""
    words = iter(arguments)
    for word in words:
        if word == "--lang":
            next(words, None)
        elif not word.startswith("-"):
            return word
    return ""


def _report(log: Path | None) -> Message:
    if log is None:
        return msg("Report it with what the same command says with --verbose.")
    return msg("Report it with this file: {file}", file=log)


def _kept(error: BaseException, arguments: list[str]) -> Path | None:
    """The log file that holds the traceback; None where none can be written."""
    stamp = datetime.now(UTC).strftime("%Y-%m-%dT%H%M%SZ")
    call = " ".join(["hdw", *arguments])
    for folder in _log_folders():
        try:
            folder.mkdir(parents=True, exist_ok=True)
            file = folder / f"hdw-{stamp}.log"
            file.write_text(f"{call}\n\n{_trace(error)}", encoding="utf-8")
        except OSError:
            continue
        return file
    return None


def _log_folders() -> tuple[Path, ...]:
    """The house's own folder for logs, else the machine's for what is temporary."""
    here = Path.cwd()
    house = next((f for f in (here, *here.parents) if (f / "podcast.toml").is_file()), None)
    elsewhere = Path(tempfile.gettempdir())
    return (house / ".hdw" / "log", elsewhere) if house else (elsewhere,)


def _trace(error: BaseException) -> str:
    return "".join(traceback.format_exception(error))
