"""What contestants wrote, without case and punctuation, and how much of it is wrong."""

from __future__ import annotations

import json
from pathlib import Path

import jiwer

ROOT = Path(__file__).resolve().parent.parent


def plain(text: str) -> str:
    """Words with one space between."""
    return " ".join("".join(sign if sign.isalnum() else " " for sign in text.casefold()).split())


def of_whisper(path: Path) -> str:
    """The text in a JSON file of openai-whisper's command."""
    segments = json.loads(path.read_text(encoding="utf-8"))["segments"]
    return " ".join(segment["text"].strip() for segment in segments)


def spoken(recording: Path) -> str:
    """What a recording of this project says: its approved transcript, or the text that lies beside it."""
    if recording.parent.parent.name != "episodes":
        return recording.with_suffix(".txt").read_text(encoding="utf-8")
    from pipeline import project

    transcript = project.load_transcript(ROOT, recording.parent.name)
    assert transcript, recording
    return transcript.text


def errors(spoken_: list[str], heard: list[str]) -> float:
    """Word error rate over all, in per cent."""
    return round(100 * jiwer.wer([plain(one) for one in spoken_], [plain(one) for one in heard]), 2)
