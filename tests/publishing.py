"""A recording → its published file, as a build makes it, without a house around it."""

from __future__ import annotations

from pathlib import Path

from pipeline import audio
from pipeline.models import Edition, Recording


def published(
    recording: Path,
    target: Path,
    tags: audio.Tags,
    format_: str = "mp3",
    facts: Recording | None = None,
) -> Edition:
    """The facts of the file beside `target` (a path without suffix); what is fit stays as it is."""
    facts = facts or audio.measure(recording)
    if audio.fit(facts) == format_:
        return audio.publish(recording, facts, target, tags, format_)
    sound = target.with_name(f"{target.name}.sound")
    sound.parent.mkdir(parents=True, exist_ok=True)
    measured = audio.encode(recording, facts, format_, sound, lambda _: None)
    try:
        return audio.publish(sound, measured, target, tags, format_)
    finally:
        sound.unlink()
