"""What tests of every module share: a small house on disk, made of plain files."""

from __future__ import annotations

import io
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import hypothesis
import pytest
from PIL import Image

from tests import parts

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# A shell's background job ignores Ctrl-C, and so would every program that these tests start.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

# How long an example takes says nothing on a machine that others use too.
hypothesis.settings.register_profile("untimed", deadline=None)
hypothesis.settings.load_profile("untimed")

FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

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


@pytest.fixture
def house_folder(tmp_path: Path, cover: bytes) -> Path:
    """A house with one person and one episode, without a recording."""
    root = tmp_path / "haus"
    for name, text in {
        "podcast.toml": PODCAST_TOML,
        "content/people/mira-beispiel.md": "---\nname: Mira Beispiel\n---\n\nLeitet die Bücherei.\n",
        "episodes/2026-11-20-smarte-stadt/episode.md": EPISODE_MD,
    }.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (root / "content/cover.jpg").write_bytes(cover)
    return root


@pytest.fixture(scope="session")
def once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A house that was published once (tests/published.py); no test changes it."""
    from tests import published

    return published.made(tmp_path_factory.mktemp("einmal"))


@pytest.fixture
def house(once: Path, tmp_path: Path) -> Path:
    """The same with its target, to change them; of another house where a test's own `once` makes one."""
    from tests import published

    return published.copied(once, tmp_path / "alles")


@pytest.fixture(scope="session")
def cover() -> bytes:
    """A cover that every app takes: square, 1400 pixels, JPEG in RGB."""
    stream = io.BytesIO()
    Image.new("RGB", (1400, 1400), "#8E3219").save(stream, "JPEG")
    return stream.getvalue()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium; one for all tests of a process, as Playwright starts but once in it."""
    from playwright.sync_api import sync_playwright

    program = parts.chromium()
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield started
        started.close()
