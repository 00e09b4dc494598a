"""A house with a sample's recording that was really recognised, and cuts of it as an editor makes them."""

from __future__ import annotations

import shutil
import wave
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from pipeline import audio, workflow
from tests.small_house import PODCAST_TOML, write

ROOT = Path(__file__).parent.parent
FIXTURES = ROOT / "tests" / "fixtures"
SAMPLE = ROOT / "episodes" / "2021-03-04-7000-schmetterlinge" / "aufnahme.mp3"
ID = "2026-11-20-tiere-in-der-stadt"
NOW = datetime(2026, 11, 24, 9, 30, 15, tzinfo=UTC)
JINGLE_S = 4.0
CUT_S = (11.3, 21.2)
"""Where the sample is cut: within two pauses, with three sentences between them."""


LEDGER = f"""\
[[episodes]]
guid = "0b4c7f0e-3a59-5b8e-9f0e-6c1f4d2f9a11"
episode = "{ID}"
number = 0
slug = "tiere-in-der-stadt"
first_published = 2026-11-20T12:00:00+01:00
"""


def sound(path: Path, *parts: np.ndarray) -> Path:
    """Samples at 16 kHz, one after the other, as a WAV file."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(audio.RATE)
        file.writeframes(np.concatenate(parts).astype("<i2").tobytes())
    return path


def samples(path: Path) -> np.ndarray:
    return np.concatenate(list(audio.stream(path)))


def jingle() -> np.ndarray:
    """A tone that swells and fades."""
    at = np.arange(int(audio.RATE * JINGLE_S)) / audio.RATE
    return (6000 * np.sin(2 * np.pi * 440 * at) * np.sin(np.pi * at / JINGLE_S)).astype("<i2")


def without(talk: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The talk before and after the cut."""
    first, last = (int(moment * audio.RATE) for moment in CUT_S)
    return talk[:first], talk[last:]


def made(root: Path) -> Path:
    """A house whose only episode was added and recognised, and its other recordings beside it."""
    house = root / "haus"
    model = (FIXTURES / "tiny-de-espeak.pt").as_posix()
    toml = f'{PODCAST_TOML}\n[speech]\nengine = "faster-whisper"\nmodel = "{model}"\n'
    mira = "---\nname: Mira Beispiel\n---\n"
    write(house, {"podcast.toml": toml, "content/people/mira-beispiel.md": mira})
    shutil.copy(SAMPLE, root / "tiere.mp3")
    metadata = {
        "title": "Tiere in der Stadt",
        "date": "2026-11-20 12:00",
        "people": "Mira Beispiel",
        "guid": "0b4c7f0e-3a59-5b8e-9f0e-6c1f4d2f9a11",
        "chapters": [
            {"start": "0:00", "title": "Anfang"},
            {"start": "0:11.5", "title": "Im Garten"},
            {"start": "0:24.5", "title": "Nachbarn"},
        ],
    }
    workflow.add(house, root / "tiere.mp3", metadata=metadata, now=NOW)
    workflow.transcribe(house, report=lambda event: None, now=NOW)
    talk = samples(SAMPLE)
    sound(root / "jingle.wav", jingle(), talk)
    sound(root / "cut.wav", *without(talk))
    sound(root / "both.wav", jingle(), *without(talk))
    return house


def publish(house: Path) -> None:
    """The ledger as publishing writes it."""
    (house / "episodes" / "ledger.toml").write_text(LEDGER, encoding="utf-8")
