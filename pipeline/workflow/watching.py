"""Tells when files of a house were saved (watchfiles, which asks the operating system)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from threading import Event
from typing import Any

from watchfiles import Change, DefaultFilter, watch

from pipeline import catalog, project
from pipeline.files import PART

FOLDERS = ("content", project.EPISODES, project.THEME, project.PRIVATE)
"""What is watched with all that lies below; not what the program itself makes (`.hdw`, `output`)."""
FILES = (project.SETTINGS, project.PELICAN)
"""What is looked at again and again: programs put a new file in place of one, and nobody tells of that."""
STEP_MS = 50
"""So long nothing more may come before it is told: programs save in several steps."""
MOST_MS = 400
LOOK_MS = 300


def saved(root: Path, stop: Event) -> Iterator[None]:
    """Once for each time that something was saved, until `stop`; what is saved at once is told at once."""
    missed, asked = False, True
    while not stop.is_set():
        try:
            yield from _saved(root, stop, missed=missed, force_polling=None if asked else True)
        except OSError:  # the system watches no more files for one person: they are looked at in turn
            if not asked:
                raise
            asked = False
        missed = True


def _saved(root: Path, stop: Event, *, missed: bool, **how: Any) -> Iterator[None]:
    """The same, as long as the same folders are there; at first what was `missed` is told."""
    folders, files = _folders(root), _look(root)
    for changes in watch(
        *folders,
        watch_filter=_Wanted(),
        debounce=MOST_MS,
        step=STEP_MS,
        stop_event=stop,
        rust_timeout=LOOK_MS,
        yield_on_timeout=True,
        raise_interrupt=False,
        **how,
    ):
        now = _look(root)
        if changes or missed or now != files:
            yield
        files, missed = now, False
        if _folders(root) != folders:
            return


class _Wanted(DefaultFilter):
    """Files of people, and none that is being written or that their programs keep for themselves."""

    def __call__(self, change: Change, path: str) -> bool:
        """Whether a change is told."""
        return not path.endswith(PART) and super().__call__(change, path)


def _folders(root: Path) -> tuple[Path, ...]:
    return tuple(root / name for name in FOLDERS if (root / name).is_dir())


def _look(root: Path) -> catalog.Look:
    return catalog.look(None, tuple(root / name for name in FILES))
