"""Says results, messages and the next step in the language of this call."""

from __future__ import annotations

import json
import os
import sys

import click

from pipeline.messages import Message, Translator, bind_libraries, msg

_voice = {"now": Translator("en")}


def language_of(arguments: list[str]) -> str:
    """`--lang` wherever it stands, else the locale of the environment."""
    for at, argument in enumerate(arguments):
        if argument == "--lang" and at + 1 < len(arguments):
            return arguments[at + 1]
        if argument.startswith("--lang="):
            return argument.removeprefix("--lang=")
    names = (os.environ.get(name) for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"))
    return next((name for name in names if name), _of_windows())[:2].lower()


def _of_windows() -> str:
    """The language that Windows shows; it sets no variable for it."""
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415
        import locale  # noqa: PLC0415

        return locale.windows_locale.get(ctypes.windll.kernel32.GetUserDefaultUILanguage(), "en")
    return "en"


def speak(language: str) -> None:
    """Choose the language of all that follows, Click's own sentences with it."""
    _voice["now"] = Translator(language)
    bind_libraries(_voice["now"].language)


def language() -> str:
    """The language of this call: `de` or `en`."""
    return _voice["now"].language


def text(message: Message | str) -> str:
    """The sentence in the language of this call."""
    return _voice["now"](message)


def say(message: Message | str, *, err: bool = False) -> None:
    """One line of result, or of progress on stderr."""
    click.echo(text(message), err=err)


def say_more(count: int) -> None:
    """How many further lines a list would have; nothing for none."""
    if count > 0:
        say(msg("  … and {n} more", n=count))


def say_json(value: object) -> None:
    """One JSON value on a line of its own, for programs."""
    click.echo(json.dumps(value, ensure_ascii=False))


def say_next(command: Message | str) -> None:
    """The next step, after a blank line."""
    say("")
    say(msg("Next: {command}", command=command))
