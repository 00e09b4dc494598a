"""What the program adds to a house: new episodes, recognitions, approvals, an empty house."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

from pipeline.errors import HdwError, MisuseError
from pipeline.files import write_atomic
from pipeline.messages import msg
from pipeline.models import Person
from pipeline.project import front_matter, layout


def new_episode(
    root: Path,
    episode_id: str,
    values: Mapping[str, object],
    *,
    notes: str,
    files: Mapping[str, bytes],
    fill: Callable[[Path], None],
) -> Path:
    """Make an episode's folder, whole or not at all: it is filled beside its place and then moved there.

    `fill` puts in what is too large to hold in memory (the recording).
    """
    folder = layout.episode_folder(root, episode_id)
    if folder.exists():
        raise MisuseError(
            msg("The folder is there already."),
            where=layout.shown(folder, root),
            hint=msg("Give another title or date: --title, --date"),
        )
    filling = folder.with_name(f".{episode_id}.part")
    shutil.rmtree(filling, ignore_errors=True)
    filling.mkdir(parents=True)
    text = f"---\n{front_matter.dump(values)}---\n\n{notes.strip()}\n".rstrip() + "\n"
    try:
        for name, data in {layout.FRONT_MATTER: text.encode(), **files}.items():
            write_atomic(filling / name, data)
        fill(filling)
        filling.replace(folder)
    except BaseException:
        shutil.rmtree(filling, ignore_errors=True)
        raise
    return folder


def bring_recording(recording: Path, target: Path, *, link: bool) -> None:
    """Copy a recording to its place (or hard-link it), whole or not at all."""
    part = target.with_name(f".{target.name}.part")
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        if link:
            part.hardlink_to(recording.resolve())
        else:
            shutil.copy2(recording, part)
        part.replace(target)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise HdwError(
            msg(
                "The recording cannot be brought into the house: {reason}.",
                reason=error.strerror or str(error),
            ),
            where=recording,
            hint=msg("Links work only on the same drive; --copy copies instead.") if link else None,
        ) from error


def new_person(root: Path, person: Person) -> bool:
    """Write a person's file if there is none; False if there was one."""
    path = root / layout.CONTENT["person"] / f"{person.id}.md"
    if path.exists():
        return False
    return write_atomic(path, f"---\n{front_matter.dump({'name': person.name})}---\n".encode())


def save_recognition(root: Path, episode_id: str, name: str, text: str) -> Path:
    """Add a file under asr/; written once, never changed: an equal name with other content is a bug."""
    path = layout.episode_folder(root, episode_id) / "asr" / name
    if path.exists() and path.read_text(encoding="utf-8") != text:
        raise HdwError(
            msg("This recognition is on record already, with other words."), where=layout.shown(path, root)
        )
    write_atomic(path, text.encode())
    return path
