"""An episode's transcript file and what lies under asr/: read as it stands, changed whole or not at all."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from pipeline.errors import BusyError, MisuseError
from pipeline.files import whole, write_atomic
from pipeline.messages import msg
from pipeline.project import layout

FOLDER = "asr"


def recognitions(root: Path, episode_id: str) -> tuple[Path, ...]:
    """What the machine heard, oldest first: by the day in the name, then by the time of writing."""
    found = (layout.episode_folder(root, episode_id) / FOLDER).glob("*.jsonl")
    return tuple(sorted(found, key=lambda path: (path.name[:10], path.stat().st_mtime_ns, path.name)))


def spoken_files(root: Path, episode_id: str) -> tuple[Path, ...]:
    """The transcript, who checked it, and what machines heard; the first two there or not."""
    own = (layout.transcript_path(root, episode_id), layout.review_path(root, episode_id))
    heard = (layout.episode_folder(root, episode_id) / FOLDER).glob("*.jsonl")
    return (*own, *sorted(heard))


def transcript_source(root: Path, episode_id: str) -> str:
    """transcript.vtt with its own ends of lines."""
    return layout.transcript_path(root, episode_id).read_bytes().decode()


def change_transcript(root: Path, episode_id: str, was: str, text: str) -> bool:
    """Write transcript.vtt in place of what was read from it; BusyError if somebody else wrote meanwhile."""
    path = layout.transcript_path(root, episode_id)
    if path.read_bytes() != was.encode():
        raise BusyError(
            msg("The transcript was changed by somebody else in the meantime."),
            where=layout.shown(path, root),
            hint=msg("Nothing was written. The same command again works on the new text."),
        )
    return write_atomic(path, text.encode())


def put_aside(root: Path, episode_id: str, now: datetime) -> tuple[Path, ...]:
    """Copy transcript.vtt and transcript.json into asr/, named by the moment; where they lie now.

    There they are part of the episode and of its history in git, and .hdw/ may be deleted at any time.
    """
    made = []
    for name, data in aside(root, episode_id, now).items():
        target = layout.episode_folder(root, episode_id) / name
        try:
            with whole(target, durable=True, new=True) as part:
                part.write_bytes(data)
        except FileExistsError as error:
            message = msg("What was discarded in this very second lies there already.")
            raise MisuseError(message, where=layout.shown(target, root)) from error
        made.append(target)
    return tuple(made)


def aside(root: Path, episode_id: str, now: datetime) -> dict[str, bytes]:
    """transcript.vtt and transcript.json by the names that they get when they are put aside."""
    sources = (layout.transcript_path(root, episode_id), layout.review_path(root, episode_id))
    return {
        f"{FOLDER}/discarded-{now:%Y-%m-%d-%H%M%S}{source.suffix}": source.read_bytes()
        for source in sources
        if source.is_file()
    }
