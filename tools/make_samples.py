"""`make samples`: the sample episodes and the demonstration's recording, spoken by espeak-ng's German voice.

A script in tools/samples/ is an episode's front matter and notes, then `===`, then what is spoken:
`# Chapter` lines, and a sentence a line. The announcer speaks about facts or visibly invented examples,
never as a person. What is spoken keeps to the words that the demonstration checkpoint has heard.
"""

from __future__ import annotations

import datetime
import re
import shutil
import subprocess
import sys
import tempfile
import wave
from pathlib import Path

from pipeline import audio, project, transcripts, workflow
from pipeline.messages import clock_text
from pipeline.models import AudioFacts, Chapter, Cue, CueReview, CueState, Review, Transcript

HERE = Path(__file__).resolve().parent.parent
SCRIPTS = HERE / "tools" / "samples"
FIXTURES = HERE / "tests" / "fixtures"
DEMO = "demo"
SPEAKER = "ansage"
UNHEARD = frozenset({"bücherei", "erfundenen", "erfundenes", "erzählen", "rad"})
"""Words outside the vocabulary that are spoken all the same: what the house and an episode are about."""
CHECKED = datetime.date(2026, 11, 20)
BUILT = datetime.datetime(2026, 11, 24, tzinfo=datetime.UTC)
PAUSE_S, CHAPTER_PAUSE_S = 0.4, 1.0


def main() -> None:
    """Make every sample again; the same espeak-ng and libraries give the same bytes."""
    scripts = {path.stem: path.read_text(encoding="utf-8") for path in sorted(SCRIPTS.glob("*.md"))}
    known = vocabulary()
    strange = {name: unheard(text.partition("\n===\n")[2], known) for name, text in scripts.items()}
    if any(strange.values()):
        sys.exit(
            "\n".join(f"{name}: not in the vocabulary: {', '.join(w)}" for name, w in strange.items() if w)
        )
    project.write_atomic(HERE / "content" / "cover.jpg", project.plain_cover())
    for name, text in scripts.items():
        written, _, spoken = text.partition("\n===\n")
        with tempfile.TemporaryDirectory() as folder:
            make(name, written, spoken.strip().splitlines(), Path(folder))
        print(name)
    with tempfile.TemporaryDirectory() as folder:  # audio.json names the editions that a build makes
        workflow.build(HERE, output=Path(folder), now=BUILT)


def vocabulary() -> frozenset[str]:
    """The words that the demonstration checkpoint has heard, folded."""
    return frozenset((FIXTURES / "vocabulary.txt").read_text(encoding="utf-8").casefold().split())


def unheard(spoken: str, known: frozenset[str]) -> tuple[str, ...]:
    """Spoken words that are neither known, nor figures, nor excepted; chapter titles are not spoken."""
    sentences = " ".join(line for line in spoken.splitlines() if not line.startswith("#"))
    words = dict.fromkeys(re.findall(r"[\w-]+", sentences.casefold()))
    return tuple(word for word in words if word not in known | UNHEARD and not word.isdigit())


def make(name: str, written: str, spoken: list[str], folder: Path) -> None:
    """One sample: speaks, joins, encodes, and writes the transcript from the known times."""
    cues, chapters = speak(spoken, folder / "all.wav")
    title = next(line.partition(": ")[2] for line in written.splitlines() if line.startswith("title:")).strip(
        '"'
    )
    facts = audio.measure(folder / "all.wav")
    pixels = 1400 if name == DEMO else 300  # the demonstration's cover becomes its episode's own
    tags = audio.Tags(
        title=title,
        people=("Ansage",),
        album="Haus des Wissens",
        date="2026-11-20" if name == DEMO else name[:10],
        language="de",
        chapters=chapters,
        cover=audio.Cover(project.thumbnail(HERE / "content/cover.jpg", pixels) or b"", "image/jpeg"),
    )
    sound = audio.encode(folder / "all.wav", facts, "mp3", folder / "sound.mp3", lambda _: None)
    edition = audio.publish(folder / "sound.mp3", sound, folder / "aufnahme", tags, "mp3")
    if name == DEMO:
        shutil.copyfile(folder / edition.file, FIXTURES / "demo-recording.mp3")
        text = "\n".join(cue.text for cue in cues) + "\n"
        (FIXTURES / "demo-recording.txt").write_text(text, encoding="utf-8", newline="\n")
        return
    target = project.episode_folder(HERE, name)
    target.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(folder / edition.file, target / "aufnahme.mp3")
    listed = "".join(f'  - {{start: "{clock_text(c.start)}", title: "{c.title}"}}\n' for c in chapters)
    listed = f"chapters:\n{listed}" if chapters else ""
    text = written.replace("\n---\n\n", f"\n{listed}---\n\n", 1)
    (target / "episode.md").write_text(text.strip() + "\n", encoding="utf-8", newline="\n")
    (target / "transcript.vtt").write_text(
        transcripts.write_vtt(Transcript(cues)), encoding="utf-8", newline="\n"
    )
    checked = {
        c.id: CueReview(CueState.CHECKED, "Haus des Wissens", CHECKED, transcripts.text_digest(c))
        for c in cues
    }
    project.save_review(HERE, name, Review(cues=checked))
    project.save_audio(HERE, name, AudioFacts(recording=audio.measure(target / "aufnahme.mp3")))


def speak(lines: list[str], target: Path) -> tuple[tuple[Cue, ...], tuple[Chapter, ...]]:
    """A WAV of all sentences with pauses between them; cues and chapters with their times."""
    cues: list[Cue] = []
    chapters: list[Chapter] = []
    at = 0.0
    part = target.with_name("part.wav")
    with wave.open(str(target), "wb") as joined:
        for line in (line.strip() for line in lines if line.strip()):
            if line.startswith("# "):
                at += pause(joined, CHAPTER_PAUSE_S) if cues else 0.0
                chapters.append(Chapter(start=float(int(at)), title=line[2:]))
                continue
            subprocess.run(["espeak-ng", "-v", "de", "-w", str(part), line], check=True)
            with wave.open(str(part), "rb") as one:
                if not cues:
                    joined.setparams(one.getparams())
                joined.writeframes(one.readframes(one.getnframes()))
                length = one.getnframes() / one.getframerate()
            cues.append(Cue(str(len(cues) + 1), round(at, 3), round(at + length, 3), line, SPEAKER))
            at += length + pause(joined, PAUSE_S)
    return tuple(cues), tuple(chapters)


def pause(joined: wave.Wave_write, seconds: float) -> float:
    """Silence; returns its length as written."""
    frames = round(joined.getframerate() * seconds)
    joined.writeframes(b"\0\0" * frames)
    return frames / joined.getframerate()


if __name__ == "__main__":
    main()
