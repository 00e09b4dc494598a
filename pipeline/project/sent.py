"""Which words of each episode were published last from this computer: kept in .hdw/, may be deleted."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

from pipeline.files import write_atomic
from pipeline.project.layout import FRONT_MATTER, REVIEW, SENT, TRANSCRIPT, episode_folder


def written_mark(root: Path, episode_id: str) -> str:
    """What changes with anything that people write of an episode: 16 hexadecimal digits."""
    seen = hashlib.sha256()
    for name in (FRONT_MATTER, TRANSCRIPT, REVIEW):
        path = episode_folder(root, episode_id) / name
        seen.update(hashlib.sha256(path.read_bytes() if path.is_file() else b"").digest())
    return seen.hexdigest()[:16]


def load_sent(root: Path) -> Mapping[str, str]:
    """The marks of what was published last, by episode; empty where nothing is known."""
    try:
        kept = json.loads((root / SENT).read_bytes())
        return {str(id_): str(mark) for id_, mark in kept.items()}
    except (OSError, ValueError, AttributeError):
        return {}


def note_sent(root: Path, marks: Mapping[str, str]) -> None:
    """Note these episodes as published with the words that these marks tell of, and no others."""
    write_atomic(root / SENT, json.dumps(marks, indent=1, sort_keys=True).encode(), durable=False)
