"""`make demo`: a recording that lies in no episode becomes a page and a feed, in a fresh copy under demo/."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
DEMO = HERE / "demo"
MODEL = HERE / "tests" / "fixtures" / "tiny-de-espeak.pt"
COPIED = {
    # in the demonstration's folder: what it is copied from
    "content": HERE / "content",
    "demo.yaml": HERE / "tools" / "samples" / "demo.yaml",
    "demo-recording.mp3": HERE / "tests" / "fixtures" / "demo-recording.mp3",
    "episodes": HERE / "episodes",
    "pelicanconf.py": HERE / "pelicanconf.py",
    "podcast.toml": HERE / "podcast.toml",
    "theme": HERE / "theme",
}
EPISODE = "2026-11-20-ein-abend-in-der-buecherei"
STEPS = (
    # why, and the command as an editor types it; {model} is the demonstration checkpoint
    (
        "A recording becomes an episode: tags are read, the sound is measured.",
        "add demo-recording.mp3 --metadata demo.yaml",
    ),
    ("Whisper writes down what it hears, on this machine.", "transcribe --model {model}"),
    (
        "A person reads the transcript and approves it; this demonstration skips the reading.",
        f"transcript approve {EPISODE} --by Demo",
    ),
    ("Every rule: what is missing, what could be better.", "check"),
    ("The website and the feed.", "build"),
    ("How far each episode is.", "status"),
)
COLUMNS = 80


def main(folder: Path = DEMO) -> None:
    """Copy, then the editor's own commands, one after the other, as they would be typed in `folder`."""
    say(f"A fresh copy of this project's samples lies in {shown(folder)}/. There:")
    fresh(folder)
    for why, command in STEPS:
        model = Path(os.path.relpath(MODEL, folder)).as_posix()
        hdw(folder, why, command.format(model=model))
    tell(folder)


def fresh(folder: Path) -> None:
    """The folder anew, whatever an earlier run left in it."""
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir(parents=True)
    for name, source in COPIED.items():
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("published"))
        else:
            shutil.copy2(source, folder / name)


def hdw(folder: Path, why: str, command: str) -> None:
    """Run one command in the folder; the demonstration ends where one fails."""
    say(f"\n# {why}\n$ hdw {command}")
    done = subprocess.run([sys.executable, "-m", "pipeline", *shlex.split(command)], cwd=folder, check=False)
    if done.returncode:
        sys.exit(done.returncode)


def tell(folder: Path) -> None:
    """What was made, and how to look at it."""
    output = folder / "output"
    made = {
        "Episode": output / "folgen" / "ein-abend-in-der-buecherei" / "index.html",
        "Heard": folder / "episodes" / EPISODE / "transcript.vtt",
        "Spoken": HERE / "tests" / "fixtures" / "demo-recording.txt",
        "Feed": output / "feed.xml",
    }
    say(f"\nMade: {len(list(output.rglob('*.html')))} pages and a feed, in {shown(output)}/")
    for name, file in made.items():
        if not file.is_file():
            sys.exit(f"{file} was not made")
        say(f"  {name:<9}{shown(file)}")
    say("\nLook at it in the browser:  make serve   then open http://127.0.0.1:8000/")
    say(
        "The model of this demonstration knows one synthetic voice and no human one. For"
        " a recording of your own: docs/first-episode.md, docs/de/erste-folge.md"
    )


def shown(path: Path) -> str:
    """A path as seen from the project, where it lies below it."""
    return path.relative_to(HERE).as_posix() if path.is_relative_to(HERE) else path.as_posix()


def say(text: str) -> None:
    """Print, wrapped for a terminal of 80 columns, before a command speaks."""
    for line in text.split("\n"):
        print(line if line.startswith(("$", "  ")) else textwrap.fill(line, COLUMNS), flush=True)


if __name__ == "__main__":
    main()
