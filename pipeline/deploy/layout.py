"""How releases lie in a folder, here or on a server, and what may be cleared away there.

releases/2026-11-24T120000Z/        the files of a release; equal ones are the same file (hard links)
releases/2026-11-24T120000Z.json    what it consists of
current -> releases/2026-11-24T…    switched by one rename
.publishing                         who publishes now; the system holds it for them
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePath

from pipeline.deploy import failures, releases
from pipeline.deploy.releases import Release
from pipeline.errors import DeployError
from pipeline.files import PART
from pipeline.messages import msg

RELEASES, LOCK = "releases", ".publishing"


def filling(release: str) -> str:
    """The hidden folder in which a release comes together."""
    return f".{release}{PART}"


def noted(names: Iterable[str], shown: str) -> tuple[str, ...]:
    """The releases among the names in `releases/` that were shown, the newest first.

    A later one than the shown was not: somebody was killed on the way.
    """
    there = set(names)
    notes = (name.removesuffix(".json") for name in there if name.endswith(".json"))
    return tuple(sorted((one for one in notes if one in there and one <= shown), reverse=True))


def unfinished(names: Iterable[str], shown: str) -> tuple[str, ...]:
    """What killed calls left: releases that were never shown, and what is hidden."""
    return tuple(name for name in sorted(names) if _is_part(name) or (_is_ours(name) and _id(name) > shown))


def others(names: Iterable[str], shown: str) -> tuple[str, ...]:
    """Everything that publications made, without the release that is shown; what others put there stays."""
    return tuple(name for name in sorted(names) if _is_part(name) or (_is_ours(name) and _id(name) != shown))


def _id(name: str) -> str:
    return name.removesuffix(".json")


def _is_ours(name: str) -> bool:
    return releases.is_name(_id(name))


def _is_part(name: str) -> bool:
    return name.endswith(PART)


def read_note(data: bytes, where: PurePath | str) -> Release:
    """The note beside a release; DeployError for a damaged one."""
    try:
        return releases.from_json(data)
    except ValueError as error:
        raise failures.damaged(where, error) from error


def no_link(where: PurePath | str) -> DeployError:
    """Where `current` belongs lies something that no publication made."""
    return DeployError(
        msg("Here stands something that is no link of a publication."),
        where=where,
        hint=msg("Publish into a folder of its own, or move this away."),
    )
