"""A picture that was handed over: looked into, named plainly, put into the episode's folder, entered."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count
from pathlib import Path, PurePosixPath

from pipeline import project
from pipeline.errors import HdwError, MisuseError
from pipeline.files import whole
from pipeline.messages import Message, msg
from pipeline.workflow.adding import plain_stem
from pipeline.workflow.filling.values import Conflict, Filled
from pipeline.workflow.filling.writing import add_entry, fill

PICTURE_BYTES = 50_000_000
"""The largest file that is looked into; a photograph of 40 million pixels has about 20 MB."""


def bring_picture(
    root: Path,
    episode_id: str,
    path: str,
    upload: Path,
    name: str,
    *,
    language: str,
    was: str | None = None,
) -> Filled | Conflict:
    """Put an uploaded file into the episode's folder and enter it: at a field (`cover`), or as a new entry
    of `pictures`.

    `name` is what the file was called; of it only letters and digits are kept. MisuseError where it is no
    picture, or none that can be shown; nothing is left behind then.
    """
    if episode_id not in project.episode_ids(root):
        raise MisuseError(msg("There is no episode {name}.", name=episode_id))
    data, suffix = _taken(upload, cover=path == "cover")
    file = _placed(project.episode_folder(root, episode_id), _names(name, suffix), data)
    try:
        if path == "pictures":
            done = add_entry(root, episode_id, path, {"file": file.name}, language=language, was=was)
        else:
            done = fill(root, episode_id, path, file.name, language=language, was=was)
    except HdwError:
        file.unlink()
        raise
    if isinstance(done, Conflict):
        file.unlink()
    return done


def _placed(folder: Path, names: Iterator[str], data: bytes) -> Path:
    """A new file under the first name that nobody has, also nobody who brings one in this moment."""
    for name in names:
        if any(one.name.casefold() == name.casefold() for one in folder.iterdir()):
            continue
        try:
            with whole(folder / name, durable=True, new=True) as part:
                part.write_bytes(data)
        except FileExistsError:
            continue
        return folder / name
    raise AssertionError


def base_name(name: str) -> str:
    """The last part of a name from outside, whichever way it was cut: `..\\a/b.mp3` is `b.mp3`."""
    return PurePosixPath(name.replace("\\", "/")).name


def _taken(upload: Path, *, cover: bool) -> tuple[bytes, str]:
    if upload.stat().st_size > PICTURE_BYTES:
        raise _refused(msg("it is larger than {n} MB", n=PICTURE_BYTES // 10**6))
    data = upload.read_bytes()
    looked = project.embedded(data) if cover else project.illustration(data)
    if not looked.data:
        raise _refused(looked.note or msg("it is no picture that can be opened"))
    return looked.data, looked.suffix


def _refused(why: Message) -> MisuseError:
    return MisuseError(msg("This picture cannot be taken: {why}.", why=why))


def _names(name: str, suffix: str) -> Iterator[str]:
    """Plain names, the simplest first: `schulheft.jpg`, `schulheft-2.jpg` …"""
    stem = plain_stem(re.sub(r"\.[^.]*$", "", base_name(name)), "bild")
    yield stem + suffix
    yield from (f"{stem}-{number}{suffix}" for number in count(2))
