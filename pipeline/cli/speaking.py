"""Says messages and errors on the terminal in the language of this call."""

from __future__ import annotations

import os
from itertools import groupby

import click

from pipeline.errors import HdwError, Problem, ProjectError
from pipeline.messages import Message, Translator, msg

_voice = {"now": Translator("en")}


def language_of(arguments: list[str]) -> str:
    """`--lang` wherever it stands, else the locale of the environment."""
    for at, argument in enumerate(arguments):
        if argument == "--lang" and at + 1 < len(arguments):
            return arguments[at + 1]
        if argument.startswith("--lang="):
            return argument.removeprefix("--lang=")
    names = (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return next((name for name in names if name), "en")[:2]


def speak(language: str) -> None:
    """Choose the language of all that follows."""
    _voice["now"] = Translator(language)


def spoken_language() -> str:
    """The language of this call: `de` or `en`."""
    return _voice["now"].language


def text(message: Message | str) -> str:
    """The sentence in the language of this call."""
    return _voice["now"](message)


def say(message: Message | str, *, err: bool = False) -> None:
    """One line of result, or of progress on stderr."""
    click.echo(text(message), err=err)


def say_next(command: str) -> None:
    """The next step."""
    say("")
    say(msg("Next: {command}", command=command))


def say_error(error: HdwError) -> None:
    """What is wrong, where, and one hint, on stderr."""
    if isinstance(error, ProjectError):
        say_problems(error.problems, err=True)
        return
    place = f"{error.where}: " if str(error.where) else ""
    say(place + text(error.message), err=True)
    if error.hint:
        say(msg("Hint: {hint}", hint=error.hint), err=True)


def say_problems(problems: tuple[Problem, ...], *, err: bool = False) -> None:
    """Every problem, grouped by file, in the order of lines."""
    ordered = sorted(problems, key=lambda p: (p.where.file, p.where.line))
    for file, found in groupby(ordered, key=lambda p: p.where.file):
        say(file, err=err)
        for problem in found:
            say(f"  {problem.where.line or '':<4} {text(problem.message)}", err=err)
            if problem.hint:
                say(f"       {text(problem.hint)}", err=err)
