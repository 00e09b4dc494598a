"""What the program adds to a house: new episodes, recognitions, approvals, an empty house."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from pipeline.errors import HdwError, MisuseError
from pipeline.files import FULL, PART, alone, copied, whole, write_atomic
from pipeline.messages import msg
from pipeline.models import Person, Recording
from pipeline.project import front_matter, layout, loading

LOCK = ".hdw/adding.lock"
ABANDONED_S = 24 * 3600

Fill = Callable[[Path, ExitStack], None]


def new_episode(
    root: Path,
    episode_id: str,
    values: Mapping[str, object],
    *,
    zone: ZoneInfo,
    notes: str,
    files: Mapping[str, bytes],
    fill: Fill,
) -> Path:
    """Make an episode's folder, whole or not at all: it is filled beside its place and then moved there.

    `fill` puts in what is too large to hold in memory (the recording), and says how to undo what it does
    elsewhere. ProjectError if the front matter would have mistakes: nothing is written then.
    """
    text = _checked(episode_id, values, notes, zone)
    with adding(root, episode_id) as add:
        return add(episode_id, text, files, fill)


@contextmanager
def new_episodes(root: Path, zone: ZoneInfo) -> Iterator[Callable[..., Path]]:
    """Makes many episodes while nobody else makes one: `make(episode_id, values, notes, files, fill)`."""
    with adding(root) as add:

        def make(
            episode_id: str, values: Mapping[str, object], notes: str, files: Mapping[str, bytes], fill: Fill
        ) -> Path:
            return add(episode_id, _checked(episode_id, values, notes, zone), files, fill)

        yield make


def _checked(episode_id: str, values: Mapping[str, object], notes: str, zone: ZoneInfo) -> str:
    """The text of an episode.md without mistakes."""
    text = f"---\n{front_matter.dump(values)}---\n\n{notes.strip()}\n".rstrip() + "\n"
    loading.parse_episode(text, episode_id, zone)
    return text


@contextmanager
def adding(
    root: Path, episode_id: str = ""
) -> Iterator[Callable[[str, str, Mapping[str, bytes], Fill], Path]]:
    """The right to make episodes, which one process has at a time; what killed ones left is cleared away."""
    try:
        with alone(root / LOCK):
            for left in (root / layout.EPISODES).glob(f".*{PART}"):
                shutil.rmtree(left, ignore_errors=True)
            yield partial(_add, root)
    except OSError as error:
        where = layout.episode_folder(root, episode_id) if episode_id else root / layout.EPISODES
        raise _unwritten(error, layout.shown(where, root)) from error


def _add(root: Path, episode_id: str, text: str, files: Mapping[str, bytes], fill: Fill) -> Path:
    folder = layout.episode_folder(root, episode_id)
    _refuse_existing(root, folder)
    with ExitStack() as undo:
        filling = folder.with_name(f".{folder.name}{PART}")
        filling.mkdir(parents=True)
        undo.callback(shutil.rmtree, filling, ignore_errors=True)
        for name, data in {layout.FRONT_MATTER: text.encode(), **files}.items():
            write_atomic(filling / name, data)
        fill(filling, undo)
        filling.replace(folder)
        undo.pop_all()
    return folder


def _refuse_existing(root: Path, folder: Path) -> None:
    if folder.exists():
        raise MisuseError(
            msg("The folder is there already."),
            where=layout.shown(folder, root),
            hint=msg("Give another title or date: --title, --date"),
        )


def _unwritten(error: OSError, where: str) -> HdwError:
    return HdwError(
        msg("The episode cannot be written: {reason}.", reason=error.strerror or str(error)),
        where=where,
        hint=msg("Make room on the drive, then add the recording again.") if error.errno in FULL else None,
    )


def bring_recording(recording: Path, target: Path, facts: Recording, *, link: bool) -> None:
    """Copy a recording to its place (or hard-link it), whole or not at all; never over another file.

    HdwError if it is no longer the one that was measured.
    """
    try:
        if link:
            target.hardlink_to(recording.resolve())
            return
        with whole(target, durable=True, new=True) as part:
            if copied(recording, part) != facts.sha256:
                raise _changed(recording)
    except OSError as error:
        if error.errno in FULL:
            raise
        raise HdwError(
            msg(
                "The recording cannot be brought into the house: {reason}.",
                reason=error.strerror or str(error),
            ),
            where=recording,
            hint=msg("Links work only on the same drive; --copy copies instead.") if link else None,
        ) from error


def _changed(recording: Path) -> HdwError:
    return HdwError(
        msg("The recording changed while it was being added."),
        where=recording,
        hint=msg("Wait until it is copied or recorded to the end, then add it again."),
    )


def storage_ready(storage: Path, root: Path) -> None:
    """The storage folder is there, without what killed copies left a day ago; HdwError if it is not.

    A folder outside the house is never made: where it is missing, its drive is not connected.
    """
    if storage.is_relative_to(root):
        storage.mkdir(parents=True, exist_ok=True)
    if not storage.is_dir():
        raise HdwError(
            msg("The folder for recordings is not there."),
            where=storage,
            hint=msg("Connect its drive, or name another folder in podcast.toml: [storage] recordings"),
        )
    for left in storage.glob(f".*{PART}"):
        if time.time() - left.stat().st_mtime > ABANDONED_S:
            left.unlink(missing_ok=True)


def new_person(root: Path, person: Person) -> Path | None:
    """Write a person's file if there is none; None if there was one."""
    path = root / layout.CONTENT["person"] / f"{person.id}.md"
    if path.exists():
        return None
    values = person.model_dump(mode="json", exclude_defaults=True, exclude={"id", "about"})
    write_atomic(path, f"---\n{front_matter.dump(values)}---\n".encode())
    return path


def save_recognition(root: Path, episode_id: str, name: str, text: str) -> Path:
    """Add a file under asr/; written once, never changed: an equal name with other content is a bug."""
    path = layout.episode_folder(root, episode_id) / "asr" / name
    if path.exists() and path.read_text(encoding="utf-8") != text:
        raise HdwError(
            msg("This recognition is on record already, with other words."), where=layout.shown(path, root)
        )
    write_atomic(path, text.encode())
    return path
