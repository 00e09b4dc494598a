"""Questions to the person at the terminal; through a pipe nothing is ever asked."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence

import click

from pipeline.cli.speaking import say, text
from pipeline.messages import Message, msg


def somebody_there() -> bool:
    """Whether a person can answer: standard input is a terminal."""
    return sys.stdin.isatty()


def choose(shown: Sequence[Message]) -> Iterator[int]:
    """The positions that a person says yes to, asked one by one: yes, no, all from here on, or quit."""
    for position, question in enumerate(shown):
        answer = ask(question, wrong=_no_answer)[:1].casefold()
        if answer == "q":
            return
        if answer == "a":
            yield from range(position, len(shown))
            return
        if answer in {"j", "y"}:
            yield position


def _no_answer(answer: str) -> Message | None:
    known = len(answer) == 1 and answer.casefold() in "ajnqy"
    return None if known else msg("y: yes, n: no, a: all from here on, q: stop")


def agreed(question: Message) -> bool:
    """Whether a person says yes; the question names the letters."""
    return ask(question, wrong=_neither).casefold() in {"j", "y"}


def _neither(answer: str) -> Message | None:
    return None if answer.casefold() in {"j", "n", "y"} else msg("y: yes, n: no")


def ask(question: Message, *, default: str = "", wrong: Callable[[str], Message | None] | None = None) -> str:
    """The answer, asked for again as long as `wrong` says what is wrong with it; may be empty otherwise."""
    while True:
        given = click.prompt(text(question), default=default, show_default=bool(default), err=True)
        answer = str(given).strip()
        complaint = wrong(answer) if wrong else None
        if complaint is None:
            return answer
        say(complaint, err=True)
