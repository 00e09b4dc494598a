"""Houses made for the occasion: an empty one to add to, and one with many episodes to look through."""

from __future__ import annotations

import hashlib
import io
import json
import uuid
from datetime import date, timedelta
from pathlib import Path

from tests.small_house import PODCAST_TOML

CUE_S = 5.0
SENTENCE_S, WORDS = 3.6, 10
RATE, STRETCH_S = 16_000, 10
TALK = """\
---
guid: lang
title: Ein langes Gespräch
date: 2026-11-20 12:00
status: ready
summary: Zwei Stimmen, viele Wörter.
audio: aufnahme.mp3
"""
VOCABULARY = Path(__file__).parent.parent / "tests" / "fixtures" / "vocabulary.txt"
FIRST = date(2020, 1, 1)


def founded(root: Path) -> Path:
    """A house without episodes."""
    (root / "content").mkdir(parents=True)
    (root / "podcast.toml").write_text(PODCAST_TOML, encoding="utf-8")
    cover(root / "content/cover.jpg", 1400)
    return root


def cover(path: Path, side: int = 600) -> Path:
    """A plain square picture."""
    from PIL import Image

    stream = io.BytesIO()
    Image.new("RGB", (side, side), "#8E3219").save(stream, "JPEG")
    path.write_bytes(stream.getvalue())
    return path


def many(root: Path, count: int, *, cues: int) -> Path:
    """A house with that many published episodes; each with a transcript of so many sentences, or none."""
    founded(root)
    for number in range(count):
        day = FIRST + timedelta(days=number)
        folder = root / "episodes" / f"{day}-folge-{number}"
        folder.mkdir(parents=True)
        guid = uuid.uuid5(uuid.NAMESPACE_URL, str(number))
        (folder / "episode.md").write_text(
            f"---\nguid: {guid}\ntitle: Folge {number}\ndate: {day} 12:00\nstatus: ready\n"
            f"summary: Worum es in Folge {number} geht.\naudio: aufnahme.mp3\n---\n\nNotizen.\n",
            encoding="utf-8",
        )
        (folder / "aufnahme.mp3").write_bytes(b"sound")
        (folder / "audio.json").write_text(_facts(), encoding="utf-8")
        if cues:
            (folder / "transcript.vtt").write_text(_transcript(cues), encoding="utf-8")
    return root


def talk(root: Path, length_s: float) -> Path:
    """A house with one published talk: words at an even pace, the voice changes every six sentences.

    Every word has a time that a machine heard; the sound is a real MP3 of that length.
    """
    founded(root)
    folder = root / "episodes" / "2026-11-20-lang"
    count = round(length_s / SENTENCE_S)
    known = VOCABULARY.read_text(encoding="utf-8").split()
    words = [known[place % len(known)] for place in range(count * WORDS)]
    sentences = [words[place : place + WORDS] for place in range(0, len(words), WORDS)]
    chapters = ", ".join(f"{{start: {n * length_s / 10:.0f}, title: Kapitel {n}}}" for n in range(10))
    sound = _sound(length_s)
    digest = hashlib.sha256(sound).hexdigest()
    edition = f"published/lang.{digest[:8]}.mp3"
    for name, data in {
        "episode.md": f"{TALK}chapters: [{chapters}]\n---\n\nNotizen.\n",
        "transcript.vtt": _spoken(sentences),
        "transcript.json": json.dumps({"asr": "lang.jsonl", "model": "x", "recognised": "2026-11-20"}),
        "asr/lang.jsonl": _heard(sentences),
        "audio.json": _facts(edition, size=len(sound), digest=digest, length_s=length_s),
        edition: sound,
    }.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return root


def _sound(length_s: float) -> bytes:
    """Soft noise, a stretch of it again and again."""
    import lameenc
    import numpy as np

    encoder = lameenc.Encoder()
    encoder.silence()
    encoder.set_bit_rate(32)
    encoder.set_in_sample_rate(RATE)
    encoder.set_channels(1)
    noise = np.random.default_rng(1).normal(0, 300, RATE * STRETCH_S).astype("<i2")
    stretch = bytes(encoder.encode(noise.tobytes())) + bytes(encoder.flush())
    return stretch * round(length_s / STRETCH_S)


def _spoken(sentences: list[list[str]]) -> str:
    cues = []
    for n, one in enumerate(sentences):
        start, end = (_time(at) for at in (SENTENCE_S * n, SENTENCE_S * (n + 1) - 0.1))
        cues.append(f"{n + 1}\n{start} --> {end}\n<v stimme-{n // 6 % 2}>{' '.join(one)}.")
    return "WEBVTT\nLanguage: de\n\n" + "\n\n".join(cues) + "\n"


def _heard(sentences: list[list[str]]) -> str:
    from pipeline import speech
    from pipeline.models import Word

    pace_s = (SENTENCE_S - 0.1) / WORDS
    segments = tuple(
        speech.Segment(
            SENTENCE_S * n,
            SENTENCE_S * (n + 1) - 0.1,
            " ".join(one),
            tuple(
                Word(word, SENTENCE_S * n + pace_s * k, SENTENCE_S * n + pace_s * (k + 1))
                for k, word in enumerate(one)
            ),
            *(-0.2, 0.0, 1.5, 0.0),
        )
        for n, one in enumerate(sentences)
    )
    return speech.to_jsonl(speech.Recognition(segments, "de", {"engine": "none"}))


def _facts(
    file: str = "published/folge.abababab.mp3",
    *,
    size: int = 5,
    digest: str = "ab" * 32,
    length_s: float = 600.0,
) -> str:
    shared = {"bytes": size, "sha256": digest, "bit_rate": 64000, "duration_s": length_s}
    recording = {**shared, "file": "aufnahme.mp3", "codec": "mp3", "sample_rate": 44100, "channels": 1}
    edition = {**shared, "file": file, "type": "audio/mpeg", "inputs": "x"}
    return json.dumps({"recording": recording, "editions": [edition], "tracks": []})


def _transcript(cues: int) -> str:
    parts = ["WEBVTT\nLanguage: de\n"]
    for number in range(cues):
        start, end = (_time(at) for at in (number * CUE_S, (number + 1) * CUE_S))
        parts.append(f"{number + 1}\n{start} --> {end}\nDas ist der Satz mit der Nummer {number}.\n")
    return "\n".join(parts)


def _time(seconds: float) -> str:
    whole = int(seconds)
    return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}.{round(seconds % 1 * 1000):03}"
