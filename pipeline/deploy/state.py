"""What lies in a place where files are overwritten one by one, as it is noted there."""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from pipeline.deploy import releases
from pipeline.deploy.releases import Release

OURS = ".publishing/"
"""The folder of the notes and of what is kept; everything outside it is for readers."""
CURRENT = f"{OURS}current.json.gz"
LOCK = f"{OURS}lock"


def note(release: str) -> str:
    """Where it is noted what a release consists of."""
    return f"{OURS}releases/{release}.json.gz"


class Spot(NamedTuple):
    """Where a content lies: a path and, in a store that keeps what is overwritten, a version's mark."""

    path: str
    mark: str = ""


def aside(sha256: str) -> Spot:
    """Where a content is kept that is overwritten or removed at its own path."""
    return Spot(f"{OURS}kept/{sha256}")


class Kept(NamedTuple):
    """A content that earlier releases need, the latest of them `until`."""

    spot: Spot
    until: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A release and the marks of its files, by path, where the store gives any."""

    release: Release
    marks: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class State:
    """The note `current`.

    `releases` are the names of those that can be shown, the newest first, with the marks of their notes; the
    first one is shown. `kept` goes by SHA-256. `begun` is a release that was not finished, `touched` are the
    paths of which nobody knows whether that has written them. `left` are files of such releases that no
    release has, and since when. `doomed` is removed by the next publication.
    """

    releases: Mapping[str, str] = field(default_factory=dict)
    kept: Mapping[str, Kept] = field(default_factory=dict)
    begun: str = ""
    touched: frozenset[str] = frozenset()
    left: Mapping[str, datetime] = field(default_factory=dict)
    doomed: tuple[Spot, ...] = ()

    @property
    def shown(self) -> str:
        """The name of the release that is shown, "" for none."""
        return next(iter(self.releases), "")


def to_note(state: State) -> bytes:
    """The state as it is noted."""
    return _packed(
        {
            "releases": list(state.releases.items()),
            "kept": {sha256: [*one.spot, one.until] for sha256, one in sorted(state.kept.items())},
            "begun": state.begun,
            "touched": sorted(state.touched),
            "left": {path: since.isoformat() for path, since in sorted(state.left.items())},
            "doomed": state.doomed,
        }
    )


def from_note(data: bytes) -> State:
    """What `to_note` wrote; ValueError for anything else."""
    try:
        noted = _unpacked(data)
        return State(
            dict(noted["releases"]),
            {sha256: Kept(Spot(path, mark), until) for sha256, (path, mark, until) in noted["kept"].items()},
            noted["begun"],
            frozenset(noted["touched"]),
            {path: datetime.fromisoformat(since) for path, since in noted["left"].items()},
            tuple(Spot(*one) for one in noted["doomed"]),
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(str(error)) from error


def to_release_note(shown: Shown) -> bytes:
    """A release with its marks as it is noted."""
    return _packed([releases.to_json(shown.release).decode(), dict(sorted(shown.marks.items()))])


def from_release_note(data: bytes) -> Shown:
    """What `to_release_note` wrote; ValueError for anything else."""
    try:
        release, marks = _unpacked(data)
        return Shown(releases.from_json(release), {str(path): str(mark) for path, mark in marks.items()})
    except (TypeError, AttributeError) as error:
        raise ValueError(str(error)) from error


def _packed(value: Any) -> bytes:
    plain = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
    return gzip.compress(plain, compresslevel=6, mtime=0)


def _unpacked(data: bytes) -> Any:
    try:
        return json.loads(gzip.decompress(data))
    except (OSError, EOFError) as error:
        raise ValueError(str(error)) from error
