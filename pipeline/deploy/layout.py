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
from pipeline.deploy.releases import CURRENT, Release
from pipeline.errors import DeployError
from pipeline.files import PART
from pipeline.messages import msg

RELEASES, LOCK = "releases", ".publishing"


def from_home(path: str) -> str:
    """A path on a server without the home that it starts at anyway: `podcast` for `~/podcast`, "" for `~`."""
    return path.removeprefix("~/") if path != "~" else ""


def filling(release: str) -> str:
    """The hidden folder in which a release comes together."""
    return f".{release}{PART}"


def noted(names: Iterable[str], shown: str) -> tuple[str, ...]:
    """The releases among the names in `releases/` that were shown, the newest first.

    A later one than the shown was not: somebody was killed on the way.
    """
    return tuple(one for one in _complete(names) if one <= shown)


def refuse_lost(names: Iterable[str], where: PurePath | str) -> None:
    """DeployError if several releases lie there and no link leads to one: what was shown is not known.

    One alone is what a first publication leaves that was killed before it could switch.
    """
    newest, *more = _complete(names) or ("",)
    if more:
        raise DeployError(
            msg("The link to the release that is shown is missing."),
            where=where,
            hint=msg(
                "Make it again: {link}; or move the folder {folder} away, to begin anew.",
                link=f"ln -s {RELEASES}/{newest} {CURRENT}",
                folder=RELEASES,
            ),
        )


def _complete(names: Iterable[str]) -> tuple[str, ...]:
    """The releases that have both their folder and their note, the newest first."""
    there = set(names)
    return tuple(
        sorted((one for one in there if releases.is_name(one) and f"{one}.json" in there), reverse=True)
    )


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
