"""What was sent and when: each publication is a release, and what vanishes stays for a while."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from pipeline.models import ASSETS, FEED

CURRENT = "current"
"""The link to the release that is shown, where a place has a switch."""
KEPT = timedelta(days=7)
"""How long a file stays that the site no longer names: apps read the feed of before until they ask again."""
_ID = "%Y-%m-%dT%H%M%SZ"


@dataclass(frozen=True, slots=True)
class Sent:
    """A file of a release. `gone`: since when no page or feed of the site names it any more."""

    sha256: str
    bytes: int
    gone: datetime | None = None


@dataclass(frozen=True, slots=True)
class Release:
    """One publication: its moment is its name; `files` go by path. `back` names the release brought back."""

    id: str
    files: Mapping[str, Sent]
    back: str = ""

    @property
    def moment(self) -> datetime:
        """When it was made."""
        return datetime.strptime(self.id, _ID).replace(tzinfo=UTC)

    @property
    def site(self) -> dict[str, Sent]:
        """The files that the site consisted of then, without those kept from before."""
        return {path: file for path, file in self.files.items() if file.gone is None}


def following(
    previous: Release | None,
    site: Mapping[str, Sent],
    now: datetime,
    *,
    pinned: Collection[str] = (),
    back: str = "",
    erasing: bool = False,
) -> Release:
    """The release that comes after `previous`, with the files of the site as it is now.

    What `previous` had and the site has no longer stays for seven days at least, and through one further
    release: so the readers of the feed of before find everything that it names. What is `pinned` (paths)
    stays for good. When `erasing`, nothing else stays but the theme's own files, which tell of no episode.
    """
    now = now.astimezone(UTC).replace(microsecond=0)
    if previous and now <= previous.moment:  # two in a second, or a clock that was put back
        now = previous.moment + timedelta(seconds=1)
    left = {path: file for path, file in (previous.files if previous else {}).items() if path not in site}
    if erasing:
        left = {path: file for path, file in left.items() if path in pinned or path.startswith(f"{ASSETS}/")}
    kept = {
        path: replace(file, gone=None if path in pinned else file.gone or now)
        for path, file in left.items()
        if path in pinned or file.gone is None or now - file.gone < KEPT
    }
    return Release(f"{now:{_ID}}", {**kept, **site}, back)


def renewed(release: Release, shown: Release | None) -> tuple[str, ...]:
    """The paths of the site whose content is new to those who see `shown`, sorted."""
    there = shown.files if shown else {}
    return tuple(
        path
        for path, file in sorted(release.site.items())
        if path not in there or there[path].sha256 != file.sha256
    )


def waves(release: Release, shown: Release | None) -> tuple[tuple[str, ...], ...]:
    """The paths whose content is new, in the order in which a place without a switch has to show them.

    What nobody knows yet (audio, pictures, assets), new pages, what was there under its name (pages that
    link to the new ones, the list that the search reads first), feeds, the main one last. So whatever a
    reader sees names only what is there.
    """
    there = shown.files if shown else {}
    found: tuple[list[str], ...] = ([], [], [], [], [])
    for path, file in sorted(release.site.items()):
        if path in there and there[path].sha256 == file.sha256:
            continue
        feed = path.endswith(".xml")
        found[3 + (path == FEED) if feed else 2 if path in there else int(path.endswith(".html"))].append(
            path
        )
    return tuple(tuple(wave) for wave in found if wave)


def is_name(text: str) -> bool:
    """Whether this may be the name of a release."""
    try:
        return bool(datetime.strptime(text, _ID).replace(tzinfo=UTC))
    except ValueError:
        return False


def to_json(release: Release) -> bytes:
    """A release as it is noted where it lies."""
    files = {
        path: [file.sha256, file.bytes, *([file.gone.isoformat()] if file.gone else [])]
        for path, file in sorted(release.files.items())
    }
    noted = {"release": release.id, "back": release.back, "files": files}
    return (json.dumps(noted, ensure_ascii=False, separators=(",", ":")) + "\n").encode()


@lru_cache(maxsize=2)  # the note of what is shown, which is asked for at every step
def from_json(data: bytes) -> Release:
    """What `to_json` wrote; ValueError for anything else."""
    try:
        noted = json.loads(data)
        files = {
            path: Sent(sha256, size, datetime.fromisoformat(gone[0]) if gone else None)
            for path, (sha256, size, *gone) in noted["files"].items()
        }
        release = Release(noted["release"], files, noted["back"])
        assert release.moment  # noqa: S101 (raises where the name is none)
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(str(error)) from error
    return release
