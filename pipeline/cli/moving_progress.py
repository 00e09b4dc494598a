"""How an import is drawn while it runs: a line on a terminal, one for each recording through a pipe, JSON."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from pipeline.cli.columns import cut, width
from pipeline.cli.speaking import say, say_json, text
from pipeline.messages import Message, msg, size_text

if TYPE_CHECKING:
    from pipeline.workflow import Step

    Told = Callable[[Step], None]

SHARE = 0.02
"""A bar moves, and JSON speaks, at most once per this share of a file."""


@contextmanager
def reporting(*, as_json: bool) -> Iterator[Told]:
    """What takes the steps of one call of `hdw import`."""
    if as_json:
        yield _Sparing(lambda step: say_json(_row(step)))
    elif sys.stderr.isatty():
        try:
            yield _Sparing(_drawn)
        finally:
            _draw("")
    else:
        yield _Sparing(_line, whole=True)


class _Sparing:
    """Passes on a step where it says something new; with `whole`, only what is begun or done."""

    def __init__(self, tell: Told, *, whole: bool = False) -> None:
        self.tell, self.whole, self.last = tell, whole, ("", "", -1)

    def __call__(self, step: Step) -> None:
        share = int(step.done / step.of / SHARE) if step.of and step.kind == "audio" else step.done
        if self.whole and step.kind == "audio" and step.done < step.of:
            return
        if (step.kind, step.name, share) != self.last:
            self.last = (step.kind, step.name, share)
            self.tell(step)


def _row(step: Step) -> dict[str, object]:
    return {"event": step.kind, "name": step.name, "done": step.done, "of": step.of}


def _said(step: Step) -> Message:
    match step.kind:
        case "page":
            return msg("Page {n} of the feed", n=step.done)
        case "episode":
            return msg("Episode {n} of {of}", n=step.done, of=step.of)
    done, of = size_text(step.done), size_text(step.of)
    return msg("{done} of {of}  {name}", done=done, of=of, name=step.name)


def _drawn(step: Step) -> None:
    _draw(cut(text(_said(step)), width() - 1))


def _draw(line: str) -> None:
    """Put a line in the place of the one before, without ending it."""
    sys.stderr.write(f"\r\x1b[K{line}")
    sys.stderr.flush()


def _line(step: Step) -> None:
    if step.kind == "audio":
        say(_said(step), err=True)
