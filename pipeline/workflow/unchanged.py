"""Whether a house is as the last build left it: then nothing is read, planned or made."""

from __future__ import annotations

import hashlib
from datetime import datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from pipeline import catalog, project
from pipeline.errors import Problem
from pipeline.models import House

_KIND = "whole"
_FOLDERS = ("content", "private")
_FILES = (project.SETTINGS, project.PELICAN, project.LEDGER)


def report(
    files: catalog.Files, site: str, kind: str, now: datetime
) -> tuple[tuple[Problem, ...], int] | None:
    """What a build found and how many pages it made, where nothing changed since; None where something may.

    `site` is the output folder's name, `kind` what else was asked for. It holds until the day is over or an
    episode becomes due.
    """
    memo = files.store.memo(_KIND, site)
    if memo is None:
        return None
    since, until, outside, problems, pages = memo.value
    if not since <= now < until or memo.key != _key(files, kind, outside):
        return None
    return problems, pages


def note(
    files: catalog.Files,
    site: str,
    kind: str,
    now: datetime,
    *,
    house: House,
    found: tuple[tuple[Problem, ...], int],
) -> None:
    """Keep what a build found; not where a file is so young that it may change unseen."""
    if files.young:
        return
    outside = files.outside
    value = (now, _until(house, now), outside, *found)
    files.store.note(_KIND, {site: catalog.Memo(_key(files, kind, outside), value)})


def _until(house: House, now: datetime) -> datetime:
    zone = ZoneInfo(house.settings.show.time_zone)
    tomorrow = datetime.combine(now.astimezone(zone).date() + timedelta(days=1), time(), zone)
    return min((tomorrow, *(one.date for one in house.episodes if one.date > now)))


def _key(files: catalog.Files, kind: str, outside: tuple[str, ...]) -> str:
    """The digest of how everything looks that a build reads."""
    root = files.root
    theme = project.theme(root)
    seen = [catalog.look(folder).signature for folder in (*(root / one for one in _FOLDERS), theme)]
    others = (*(root / name for name in _FILES), *map(Path, outside))
    seen.append(catalog.look(None, others).signature)
    seen += [part for id_, look in sorted(files.looks.items()) for part in (id_.encode(), look.signature)]
    return hashlib.sha256(b"\0".join((kind.encode(), str(theme).encode(), *seen))).hexdigest()
