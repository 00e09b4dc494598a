"""How long work is drawn: a bar on a terminal, a few lines through a pipe, JSON for programs."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pipeline.cli.speaking import say, say_json, text
from pipeline.messages import Message, clock_text, msg
from pipeline.workflow.events import Pace

if TYPE_CHECKING:
    from pipeline.workflow import Event

    Report = Callable[[Event], None]

SHARE = 0.05
"""Through a pipe an episode speaks at most once per this share of its length."""
BAR_CELLS = 12
LOADING = msg("the model is being loaded")


@contextmanager
def reporting(*, as_json: bool) -> Iterator[Report]:
    """What takes the events of one call of `hdw transcribe`."""
    if as_json:
        yield say_event
    elif sys.stderr.isatty():
        with _bars() as bars:
            yield bars
    else:
        yield Lines()


@contextmanager
def when_needed() -> Iterator[Report]:
    """The same for work that seldom takes long: before the first event nothing is drawn, or loaded."""
    with ExitStack() as stack:
        started: list[Report] = []

        def report(event: Event) -> None:
            if not started:
                started.append(stack.enter_context(reporting(as_json=False)))
            started[0](event)

        yield report


def say_event(event: Event) -> None:
    """One event as a line of JSON on stdout."""
    said = {"message": text(event.message)} if event.message else {}
    seconds = {"done_s": event.done_s, "of_s": event.of_s, "kept_s": event.kept_s}
    times = {name: round(value, 1) for name, value in seconds.items()} if event.of_s else {}
    say_json({"event": event.kind, "episode": event.episode, **times, **said})


def _said(pace: Pace, event: Event) -> Message:
    """“0:23:40 of 0:42:17 · 3.1× · 0:06:00 left”; without the speed while nothing is measured."""
    places = {"at": clock_text(event.done_s), "end": clock_text(event.of_s)}
    rate = pace.rate(event.done_s, event.kept_s)
    if rate is None:
        return msg("{at} of {end}", **places)
    if event.done_s >= event.of_s:
        return msg("{at} of {end} · {rate}×", **places, rate=rate)
    left = clock_text((event.of_s - event.done_s) / rate)
    return msg("{at} of {end} · {rate}× · {left} left", **places, rate=rate, left=left)


def _voices(_pace: Pace, event: Event) -> Message:
    return msg("voices: {at} of {end}", at=clock_text(event.done_s), end=clock_text(event.of_s))


SHOWN: dict[str, Callable[[Pace, Event], Message]] = {"piece": _said, "voices": _voices}
"""Events that move an episode's bar, and what stands beside it."""


@dataclass(slots=True)
class Lines:
    """Plain lines on stderr; every warning once."""

    clock: Callable[[], float] = time.monotonic
    said: set[Message] = field(default_factory=set)
    paces: dict[str, Pace] = field(default_factory=dict)
    shares: dict[tuple[str, str], int] = field(default_factory=dict)

    def __call__(self, event: Event) -> None:
        """Say what is worth a line."""
        if event.message is not None:
            if event.message not in self.said:
                self.said.add(event.message)
                say(event.message, err=True)
        elif event.kind in SHOWN:
            pace = self.paces.setdefault(event.episode, Pace(self.clock, self.clock()))
            said = SHOWN[event.kind](pace, event)
            if self._worth_a_line(event):
                say(f"{event.episode}  {text(said)}", err=True)
        elif event.kind == "start":
            self.paces[event.episode] = Pace(self.clock, self.clock())

    def _worth_a_line(self, event: Event) -> bool:
        share = int(event.done_s / (event.of_s * SHARE)) if event.of_s else 0
        if share <= self.shares.get((event.episode, event.kind), 0):
            return False
        self.shares[event.episode, event.kind] = share
        return True


@contextmanager
def _bars() -> Iterator[Report]:
    """A bar an episode, drawn by rich on stderr."""
    from rich.console import Console  # noqa: PLC0415 (only for a terminal)
    from rich.progress import BarColumn, Progress, TextColumn  # noqa: PLC0415
    from rich.table import Column  # noqa: PLC0415

    name = TextColumn(
        "{task.description}", markup=False, table_column=Column(ratio=1, no_wrap=True, overflow="ellipsis")
    )
    times = TextColumn("{task.fields[said]}", markup=False, table_column=Column(no_wrap=True))
    console = Console(stderr=True, highlight=False)
    with Progress(name, BarColumn(BAR_CELLS), times, console=console, expand=True) as progress:
        yield Bars(progress)


@dataclass(slots=True)
class Bars:
    """Rich's bars, fed by events; warnings stand above them, each once."""

    progress: Any
    clock: Callable[[], float] = time.monotonic
    said: set[Message] = field(default_factory=set)
    paces: dict[str, Pace] = field(default_factory=dict)
    tasks: dict[str, Any] = field(default_factory=dict)
    heard: dict[str, str] = field(default_factory=dict)

    def __call__(self, event: Event) -> None:
        """Draw an event."""
        if event.message is not None:
            if event.message not in self.said:
                self.said.add(event.message)
                self.progress.console.print(text(event.message), markup=False)
        elif event.kind == "start":
            self.paces[event.episode] = Pace(self.clock, self.clock())
            self.tasks[event.episode] = self.progress.add_task(event.episode, total=None, said=text(LOADING))
        elif event.kind in SHOWN:
            said = text(SHOWN[event.kind](self.paces[event.episode], event))
            if event.kind == "piece":
                self.heard[event.episode] = said
            numbers = {"completed": event.done_s, "total": event.of_s}
            self.progress.update(self.tasks[event.episode], said=said, refresh=True, **numbers)
        elif event.kind == "done":
            self._finish(event.episode)

    def _finish(self, episode: str) -> None:
        """A finished bar becomes a line above: many episodes never push the running bar off the screen."""
        task = self.tasks.pop(episode)
        shown = self.progress.tasks[self.progress.task_ids.index(task)].fields["said"]
        said = self.heard.get(episode, shown)  # how fast it went, not who speaks
        self.progress.remove_task(task)
        self.progress.console.print(f"{episode}  {said}", markup=False)
