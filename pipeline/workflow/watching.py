"""Tells when files of a house were saved (watchfiles, which asks the operating system)."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from threading import Event
from typing import Any

from watchfiles import Change, DefaultFilter, watch

from pipeline import catalog, project
from pipeline.errors import HdwError
from pipeline.files import PART

FOLDERS = ("content", project.EPISODES, project.THEME, project.PRIVATE)
"""What is watched with all that lies below; not what the program itself makes (`.hdw`, `output`)."""
FILES = (project.SETTINGS, project.PELICAN)
"""What is looked at again and again: programs put a new file in place of one, and nobody tells of that."""
STEP_MS = 50
"""So long nothing more may come before it is told: programs save in several steps."""
MOST_MS = 400
LOOK_MS = 300
TEXTS = {".css", ".html", ".js", ".json", ".md", ".srt", ".toml", ".txt", ".vtt", ".xml"}
QUIET_S = 2.0
"""So long everything else, as a recording, must not have grown: half of it would be measured as the whole."""


def saved(root: Path, stop: Event) -> Iterator[None]:
    """Once for each time that something was saved, until `stop`; what is saved at once is told at once.

    The first time is at once: something may have been saved since the caller looked.
    """
    asked = True
    while not stop.is_set():
        try:
            yield from _saved(root, stop, force_polling=None if asked else True)
        except (
            OSError,
            RuntimeError,
        ):  # the system watches no more for one person: files are looked at in turn
            if not asked:
                raise
            asked = False


def _saved(root: Path, stop: Event, **how: Any) -> Iterator[None]:
    """The same, as long as the same folders are there."""
    files, missed = _look(root), True
    folders = _folders(root, files)
    coming: set[str] = set()
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
        now, coming = _look(root), {*coming, *(path for _, path in changes if Path(path).suffix not in TEXTS)}
        missed = missed or bool(changes) or now != files
        files = now
        if missed and not any(map(_grows, coming)):
            yield
            missed, coming = False, set()
        if _folders(root, files) != folders:
            return


class _Wanted(DefaultFilter):
    """Files of people, and none that is being written or that their programs keep for themselves."""

    def __call__(self, change: Change, path: str) -> bool:
        """Whether a change is told."""
        return not path.endswith(PART) and super().__call__(change, path)


def _grows(path: str) -> bool:
    """Whether somebody may still be writing a file."""
    try:
        return time.time() - Path(path).stat().st_mtime < QUIET_S
    except OSError:  # it is gone
        return False


def _folders(root: Path, files: catalog.Look) -> dict[Path, int]:
    """The folders that are there, and which they are: another one of the same name is another one."""
    folders = (*(root / name for name in FOLDERS), *_storage(root, files))
    with contextlib.suppress(OSError):
        return {folder: folder.stat().st_ino for folder in folders if folder.is_dir()}
    return {}  # one went just now: the next look tells


@lru_cache(maxsize=1)
def _storage(root: Path, _files: catalog.Look) -> tuple[Path, ...]:
    """Where recordings lie outside the house, as podcast.toml says; read again when that looks otherwise."""
    with contextlib.suppress(HdwError, OSError):
        storage = project.storage_folder(root, project.load_settings(root))
        return (storage,) if storage else ()
    return ()


def _look(root: Path) -> catalog.Look:
    return catalog.look(None, tuple(root / name for name in FILES))
