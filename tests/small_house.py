"""The files of a small house, as people write them: its settings, and one episode."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

PODCAST_TOML = """\
[show]
title = "Haus des Wissens"
description = "Gespräche über Stadt und Wissen."
address = "https://podcast.example.org/"
author = "Haus des Wissens"
categories = ["Education"]
cover = "content/cover.jpg"

[show.owner]
name = "Haus des Wissens"
email = "podcast@example.org"

[[show.institutions]]
id = "vhs"
name = "Volkshochschule"
colour = "blue"

[site]
name = "Haus des Wissens"
"""

EPISODE_MD = """\
---
guid: 0b4c7f0e-3a59-5b8e-9f0e-6c1f4d2f9a11
title: Was ist eine smarte Stadt?
date: 2026-11-20 12:00
status: ready
# the editor's own remark
summary: Wie Bochum Daten teilt.
people:
  - person: mira-beispiel
    role: guest
---

Die *Notizen* zur Folge.
"""


def write(root: Path, files: Mapping[str, str | bytes]) -> Path:
    """Files by their names below a folder, which is made."""
    for name, held in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(held.encode() if isinstance(held, str) else held)
    return root
