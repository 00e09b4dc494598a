"""A host of podcasts on this machine, with a cover, pictures, a recording, chapters and transcripts."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PIL import Image

from pipeline import workflow
from pipeline.workflow import MovedIn
from tests.moving.serving import Host, serving

SPEECH = (Path(__file__).parent.parent / "fixtures" / "speech.mp3").read_bytes()
VTT = """\
WEBVTT

00:00:00.000 --> 00:00:02.000
<v Mira Beispiel>Hallo zusammen.

00:00:02.000 --> 00:00:04.000
<v Mira Beispiel>Heute geht es um Plätze.
"""
SRT = """\
1
00:00:00,000 --> 00:00:02,000
Mira Beispiel: Guten Tag.

2
00:00:02,000 --> 00:00:04,000
Am Kiosk.
"""
CHAPTERS = {
    "version": "1.2.0",
    "chapters": [
        {"startTime": 0, "title": "Anfang"},
        {"startTime": 2.5, "title": "Mitte", "url": "https://example.org/mitte"},
        {"startTime": 4, "title": "Nur Bild", "toc": False},
        {"startTime": "x", "title": "Kaputt"},
    ],
}
Move = Callable[..., MovedIn]


def picture(colour: str, kind: str = "JPEG", side: int = 1400) -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (side, side), colour).save(stream, kind)
    return stream.getvalue()


@pytest.fixture(scope="session")
def pictures() -> dict[str, bytes]:
    return {
        "/cover.jpg": picture("#8E3219"),
        "/fs003.png": picture("#112233", "PNG"),
        "/bank.png": picture("#332211", "PNG", side=40),
        "/klein.jpg": picture("#445566", side=600),
    }


@pytest.fixture
def host(pictures: dict[str, bytes]) -> Iterator[Host]:
    with full(pictures) as one:
        yield one


@contextmanager
def full(pictures: dict[str, bytes]) -> Iterator[Host]:
    """A host that has everything the feeds name."""
    with serving() as one:
        one.sound = SPEECH
        one.files |= pictures
        one.files |= {
            "/fs003.vtt": VTT.encode(),
            "/glocken.vtt": VTT.encode(),
            "/kiosk.srt": SRT.encode(),
            "/shelves.srt": SRT.encode(),
            "/kiosk-chapters.json": json.dumps(CHAPTERS).encode(),
        }
        yield one


@pytest.fixture
def move(host: Host, tmp_path: Path) -> Move:
    """Imports a feed of tests/moving/feeds into a new house."""

    def run(name: str, **options: object) -> MovedIn:
        return workflow.move_in(host.feed(name), tmp_path / "haus", private=True, **options)

    return run
