"""Whether a house is as the last build left it: then nothing is read, planned or made."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from pipeline import catalog, project
from pipeline.errors import Problem
from pipeline.models import House

_KIND = "whole"
_FOLDERS = ("content", project.PRIVATE)
_FILES = (project.SETTINGS, project.PELICAN, project.LEDGER)


class Found(NamedTuple):
    """What a build found, and how many pages there are."""

    problems: tuple[Problem, ...]
    pages: int


def looked(files: catalog.Files, kind: str) -> catalog.Look:
    """How everything looks that a build reads, before it reads: what changes afterwards is not missed.

    `kind` is what else was asked for. Files that lie elsewhere are looked at as they are read.
    """
    root, theme = files.root, project.theme(files.root)
    looks = [catalog.look(folder) for folder in (*(root / one for one in _FOLDERS), theme)]
    looks.append(catalog.look(None, (root / name for name in _FILES)))
    looks += [look for _, look in sorted(files.looks.items())]
    seen = (kind.encode(), str(theme).encode(), *map(str.encode, sorted(files.looks)))
    digest = _digest((*seen, *(one.signature for one in looks)))
    return catalog.Look(digest.encode(), max(one.newest for one in looks))


def kind(*, drafts: bool = False, published: bool = False, **_: object) -> str:
    """What of the wishes decides what is made."""
    return f"{drafts} {published}"


def own(root: Path, output: Path) -> str:
    """Which of the house's own folders this is, "" for none: of others nothing is known, nor noted."""
    names = {(root / one).resolve(): one for one in (project.OUTPUT, project.PREVIEW)}
    return names.get(output.resolve(), "")


def found(files: catalog.Files, site: str, seen: catalog.Look, now: datetime) -> Found | None:
    """What is known of a house that looks like this; None where something may have changed.

    `site` is the output folder's name. It holds until the day is over or an episode becomes due.
    """
    memo = files.store.memo(_KIND, site)
    if memo is None:
        return None
    since, until, outside, problems, pages = memo.value
    if not since <= now < until or memo.key != _key(seen, map(catalog.elsewhere, outside)):
        return None
    return Found(problems, pages)


def note(
    files: catalog.Files, site: str, seen: catalog.Look, now: datetime, *, house: House, found: Found
) -> None:
    """Keep what a build found; not where a file is so young that it may change unseen."""
    if files.young(seen):
        return
    outside = [one for one in files.outside if one.paths]
    value = (now, _until(house, now), tuple(one.paths for one in outside), *found)
    files.store.note(_KIND, {site: catalog.Memo(_key(seen, outside), value)})


def _until(house: House, now: datetime) -> datetime:
    zone = ZoneInfo(house.settings.show.time_zone)
    tomorrow = datetime.combine(now.astimezone(zone).date() + timedelta(days=1), time(), zone)
    return min((tomorrow, *(one.date for one in house.episodes if one.date > now)))


def _key(seen: catalog.Look, outside: Iterable[catalog.Elsewhere]) -> str:
    return _digest((seen.signature, *(one.signature for one in outside)))


def _digest(parts: Iterable[bytes]) -> str:
    return hashlib.sha256(b"\0".join(parts)).hexdigest()
