"""The site on its way to the public: what a target has to do, and which kinds there are."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from importlib import import_module
from pathlib import Path
from typing import Protocol

from pipeline.deploy.releases import CURRENT, KEPT, Release, Sent, following, renewed, waves
from pipeline.models import Target

TARGETS: dict[str, str] = {
    # kind of a target: the module that knows it
    "folder": "pipeline.deploy.folder",
    "zip": "pipeline.deploy.zip",
    "s3": "pipeline.deploy.s3",
    "sftp": "pipeline.deploy.sftp",
    "ssh": "pipeline.deploy.ssh",
}


class Place(Protocol):
    """Where releases lie and one of them is shown; who sends holds it.

    Readers find whole files at any moment: those of the release of before until `send` is done, then the new.
    Killed or cut off at any moment, the same `send` again finishes the work.
    """

    def held(self, holder: str) -> AbstractContextManager[None]:
        """The right to publish, for one at a time; BusyError says who has it."""

    def releases(self) -> tuple[Release, ...]:
        """Those that can be shown, the newest first."""

    def current(self) -> Release | None:
        """The one that is shown."""

    def read(self, path: str, release: str = "") -> bytes | None:
        """A file of a release, by default of the one that is shown; None if there is none."""

    def send(self, release: Release, site: Path | None, told: Callable[[int], object]) -> None:
        """Make a release and show it: files that lie there already are not sent, all others come from `site`.

        `told` gets the number of bytes of each file that is in place. DeployError if it cannot be finished.
        """

    def forget(self) -> None:
        """Remove every release but the one that is shown, for good, with all that only they have."""


def place(target: Target, root: Path) -> Place:
    """The place that a table [publish.NAME] names; a relative path starts at the house."""
    place: Place = import_module(TARGETS[target.kind]).place(target, root)
    return place


__all__ = [
    "CURRENT",
    "KEPT",
    "TARGETS",
    "Place",
    "Release",
    "Sent",
    "following",
    "place",
    "renewed",
    "waves",
]
