"""The site as it will be, drafts included: built again when files change, shown at an address of its own."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from threading import Lock

from starlette.applications import Starlette

from pipeline import workflow
from pipeline.desk.running import bug
from pipeline.errors import HdwError


class Preview:
    """One house's preview; `number` counts its builds, so that a page knows when to load it again."""

    def __init__(self, root: Path, building: Lock, now: Callable[[], datetime]) -> None:
        self.root, self._building, self._now = root, building, now
        self.number, self.path = 0, ""
        self.error: HdwError | None = None
        self.site: Starlette | None = None
        self._made = ""
        self._thread: threading.Thread | None = None

    @property
    def busy(self) -> bool:
        """Whether it is being built."""
        return self._thread is not None and self._thread.is_alive()

    def freshen(self) -> None:
        """Build it, unless it is being built or files are as they were."""
        mark = workflow.signature(self.root)
        if mark != self._made and not self.busy:
            self._made = mark
            self._thread = threading.Thread(target=self._build, daemon=True)
            self._thread.start()

    def _build(self) -> None:
        try:
            with self._building:
                self.path, self.site = workflow.preview_site(self.root, now=self._now())
            self.error = None
        except HdwError as error:
            self.error = error
        except Exception as error:  # told to the person, and kept for the developer
            self.error = HdwError(bug(error))
            raise
        finally:
            self.number += 1
