"""The step that takes what was withdrawn away from every target; one out of reach holds up no other."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from pathlib import Path

from pipeline import deploy
from pipeline.errors import BusyError, DeployError, HdwError, Problem, ProblemsError
from pipeline.messages import msg
from pipeline.workflow import publishing
from pipeline.workflow.events import Event
from pipeline.workflow.publications import Publication

Sending = Callable[[Publication], AbstractContextManager[Callable[[int], object]]]
"""What is told how many bytes are in place while a publication is sent."""


@contextmanager
def _unseen(_: Publication) -> Iterator[Callable[[int], object]]:
    yield lambda _: None


def take_away(
    root: Path,
    *,
    now: datetime,
    holder: str,
    progress: Callable[[Event], object] = lambda _: None,
    sending: Sending = _unseen,
    done: Callable[[str], object] = lambda _: None,
) -> tuple[str, ...]:
    """Publish what is left of the house to every target, and remove every earlier release there.

    Returns the names of the targets, each told to `done` when it is finished; where nothing was published,
    nothing is. ProblemsError at the end names those that could not be reached.
    """
    taken: list[str] = []
    failed: dict[str, HdwError] = {}
    for name in publishing.targets(root):
        try:
            if _taken(root, name, now=now, holder=holder, progress=progress, sending=sending):
                taken.append(name)
                done(name)
        except (BusyError, DeployError) as error:
            failed[name] = error
    if failed:
        raise ProblemsError(
            msg("Not taken back yet: {names}.", names=", ".join(failed)),
            hint=msg("When that is mended, the same command once more does what is left."),
            problems=tuple(Problem(one.message, one.where, one.hint) for one in failed.values()),
        )
    return tuple(taken)


def _taken(
    root: Path,
    name: str,
    *,
    now: datetime,
    holder: str,
    progress: Callable[[Event], object],
    sending: Sending,
) -> bool:
    """Whether anything was published there; if not, only what killed calls have left is removed."""
    place = deploy.place(publishing.target(root, name)[1], root)
    if place.current() is None:
        with place.held(holder):
            place.forget()
        return False
    made = publishing.publication(root, name, now=now, progress=progress, new=False)
    with sending(made) as told:
        publishing.send(root, made, holder=holder, told=told, now=now)
    return True
