"""Findings as people read them: counted, grouped by file in the order of lines, hints after errors."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from pipeline.cli.columns import wrapped
from pipeline.cli.speaking import say, text
from pipeline.errors import Level, Problem
from pipeline.messages import Message, msg_n

INDENT = " " * 7


def parted(problems: Iterable[Problem]) -> tuple[tuple[Problem, ...], tuple[Problem, ...]]:
    """Errors, and what is only a hint, each by file and line."""
    ordered = sorted(problems, key=lambda p: (p.where.file, p.where.line))
    errors = tuple(p for p in ordered if p.level is Level.REQUIRED)
    return errors, tuple(p for p in ordered if p.level is not Level.REQUIRED)


def counted(problems: Iterable[Problem]) -> tuple[Message, Message]:
    """“3 errors” and “2 hints”."""
    errors, hints = parted(problems)
    return msg_n("{n} error", "{n} errors", len(errors)), msg_n("{n} hint", "{n} hints", len(hints))


def say_problems(problems: Iterable[Problem], *, err: bool = False) -> None:
    """Every problem under the name of its file."""
    ordered = sorted(problems, key=lambda p: (p.where.file, p.where.line))
    for file, found in groupby(ordered, key=lambda p: p.where.file):
        if file:
            say(file, err=err)
        for problem in found:
            _say_problem(problem, err=err)


def _say_problem(problem: Problem, *, err: bool) -> None:
    line = f"  {problem.where.line or '':<4} "
    say(wrapped(text(problem.message), first=line, rest=INDENT), err=err)
    if problem.hint:
        say(wrapped(text(problem.hint), first=INDENT, rest=INDENT), err=err)
