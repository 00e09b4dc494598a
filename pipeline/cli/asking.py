"""Questions to the person at the terminal; through a pipe nothing is ever asked."""

from __future__ import annotations

import sys
from collections.abc import Callable

import click

from pipeline.cli.speaking import say, text
from pipeline.messages import Message


def somebody_there() -> bool:
    """Whether a person can answer: standard input is a terminal."""
    return sys.stdin.isatty()


def ask(question: Message, *, default: str = "", wrong: Callable[[str], Message | None] | None = None) -> str:
    """The answer, asked for again as long as `wrong` says what is wrong with it; may be empty otherwise."""
    while True:
        given = click.prompt(text(question), default=default, show_default=bool(default), err=True)
        answer = str(given).strip()
        complaint = wrong(answer) if wrong else None
        if complaint is None:
            return answer
        say(complaint, err=True)
