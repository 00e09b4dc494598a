"""What is measured of audio, each in a process of its own: `python benchmarks/editing.py WHAT …`."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from pipeline import audio
from pipeline.models import Chapter, Recording

COVER_SIDE = 600


def facts(recording: str, out: str) -> None:
    """What `hdw add` writes into audio.json; no contestant pays for it."""
    Path(out).write_text(audio.measure(Path(recording)).model_dump_json(), encoding="utf-8")


def edition(recording: str, known: str, format_: str, target: str) -> None:
    """What `hdw build` does for one published file: level, encode, measure, label."""
    measured = Recording.model_validate_json(Path(known).read_text(encoding="utf-8"))
    sound = Path(target).with_suffix(".sound")
    made = audio.encode(Path(recording), measured, format_, sound, lambda _: None)
    cover = audio.Cover(Path(target).with_suffix(".jpg").read_bytes(), "image/jpeg")
    label = audio.Tags(title="Folge", cover=cover, chapters=(Chapter(start=0, title="Anfang"),))
    published = audio.publish(sound, made, Path(target), label, format_)
    sound.unlink()
    Path(target).with_suffix(".json").write_text(published.model_dump_json(), encoding="utf-8")


def tags(folder: str) -> None:
    """Title and announced length of every recording in a folder."""
    from pipeline.audio.promise import promised

    for path in sorted(Path(folder).glob("*.mp3")):
        with path.open("rb") as file:
            assert audio.read_tags(path).title
            assert promised(file).duration_s


if __name__ == "__main__":
    what, *arguments = sys.argv[1:]
    {"edition": edition, "facts": facts, "tags": tags}[what](*arguments)
    print(json.dumps(what))
