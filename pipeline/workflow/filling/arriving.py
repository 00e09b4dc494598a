"""A recording that was handed over becomes an episode: `workflow.add`, under the name that it was given."""

from __future__ import annotations

import re
import tempfile
import unicodedata
from datetime import datetime
from pathlib import Path

from pipeline import project
from pipeline.errors import HdwError, Where
from pipeline.workflow.adding import Added, add
from pipeline.workflow.filling.pictures import base_name

_LONGEST = 150
_UNFIT = re.compile(r'[\x00-\x1f\x7f-\x9f<>:"|?*\ud800-\udfff]+')


def receive(root: Path, upload: Path, name: str, *, now: datetime) -> Added:
    """Make an episode of an uploaded file; the file goes into it, or away where it is no recording.

    `name` is what the file was called where it came from: the title may be guessed from it, a path it never
    makes. HdwError as of `add`, at that name.
    """
    called = file_name(name)
    with tempfile.TemporaryDirectory(dir=upload.parent) as folder:
        recording = upload.replace(Path(folder) / called)
        try:
            return add(root, recording, metadata={}, link=_linkable(root, recording), now=now)
        except HdwError as error:
            error.where = Where(called)
            raise


def upload_limit(root: Path) -> int:
    """How many bytes a recording may have that is handed over."""
    return project.load_settings(root).desk.upload_limit


def file_name(name: str) -> str:
    """A name from outside as a file in an empty folder may have it: one part, short, nothing hidden."""
    plain = _UNFIT.sub("_", unicodedata.normalize("NFC", base_name(name))).strip(" .")
    stem, dot, suffix = plain.rpartition(".")
    return (stem or plain)[:_LONGEST].strip(" .") + (dot + suffix[:10] if stem else "") or "aufnahme"


def _linkable(root: Path, recording: Path) -> bool:
    """Whether the file can take its place without being copied: the same drive, which knows hard links."""
    storage = project.storage_folder(root, project.load_settings(root)) or root
    probe = recording.with_name(".link")
    try:
        probe.hardlink_to(recording)
        probe.unlink()
        return storage.stat().st_dev == recording.stat().st_dev
    except OSError:
        return False
