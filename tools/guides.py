"""`make docs`: the guides in docs/, walked from top to bottom, and what each command said put below it.

In a guide an indented line is typed, a `yaml` block is written into episode.md, a `toml` block into
podcast.toml, a `markdown` block into every page that waits to be filled in, and a `text` block below a
command holds what it said. tests/docs walks the same steps.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
GUIDES = {"de": HERE / "docs" / "de" / "erste-folge.md", "en": HERE / "docs" / "first-episode.md"}
FIXTURES = HERE / "tests" / "fixtures"
RECORDING = "aufnahme.mp3"
STEP = re.compile(
    r"^    (?P<typed>[^\n]+)|^```(?P<kind>yaml|toml|text|markdown)\n(?P<block>.*?)^```$",
    re.DOTALL | re.MULTILINE,
)
PATIENCE_S = 60.0


def main() -> None:
    """Write what the commands say today into both guides."""
    for language, guide in GUIDES.items():
        with tempfile.TemporaryDirectory() as folder:
            walked = walk(guide.read_text(encoding="utf-8"), language, Path(folder))
        guide.write_text(walked, encoding="utf-8", newline="\n")


def walk(guide: str, language: str, folder: Path) -> str:
    """Follow a guide in an empty folder; the guide with what was said. RuntimeError where it fails."""
    return STEP.sub(_Reader(language, folder).step, guide)


class _Reader:
    """Somebody who follows the guide: a place, and what the last command said."""

    def __init__(self, language: str, folder: Path) -> None:
        self.language, self.place, self.said = language, folder, ""

    def step(self, found: re.Match[str]) -> str:
        """Do one step; the text that belongs in its place."""
        if found["typed"]:
            self.type(shlex.split(found["typed"]))
        elif found["kind"] == "text":
            return f"```text\n{self.said}```"
        elif found["kind"] == "markdown":
            self.fill(found["block"])
        else:
            self.edit(found["kind"], found["block"])
        return found[0]

    def type(self, words: list[str]) -> None:
        """One line typed into the window for commands."""
        match words:
            case ["cd", name]:
                self.place = self.place / name
                shutil.copyfile(FIXTURES / "speech.mp3", self.place / RECORDING)
            case ["hdw", "serve", *rest]:
                self.said = self.look(rest)
            case ["hdw", *rest]:
                self.said = self.run(rest)
            case _:
                raise RuntimeError(f"nobody knows how to do: {shlex.join(words)}")

    def fill(self, text: str) -> None:
        """The text in place of every `[…]` that stands alone on a line of a page."""
        for page in sorted(self.place.glob("content/pages/*.md")):
            old = page.read_text(encoding="utf-8")
            new, count = re.subn(r"^\[[^\]]+\]$", lambda _: text.strip(), old, flags=re.MULTILINE)
            if count != 1:
                raise RuntimeError(f"{page.name} has {count} places to be filled in")
            page.write_text(new, encoding="utf-8", newline="\n")

    def edit(self, kind: str, lines: str) -> None:
        """Lines typed over those of the same field, a new section below; a model is the one that is here."""
        file = (
            self.place / "podcast.toml" if kind == "toml" else next(self.place.glob("episodes/*/episode.md"))
        )
        text = file.read_text(encoding="utf-8")
        if lines.startswith("["):
            text, lines = f"{text}\n{lines}", ""
        for line in lines.splitlines():
            name = re.split(r"\W", line)[0]
            written = f'model = "{(FIXTURES / "tiny-de-espeak.pt").as_posix()}"' if name == "model" else line
            text, count = re.subn(rf"^{name}\b.*$", lambda _, new=written: new, text, flags=re.MULTILINE)
            if count != 1:
                raise RuntimeError(f"{file.name} has {count} lines to be changed for: {line}")
        file.write_text(text, encoding="utf-8", newline="\n")

    def run(self, arguments: list[str]) -> str:
        """What a command says; RuntimeError if it fails."""
        done = subprocess.run(
            [*HDW, *arguments],
            cwd=self.place,
            env=self.environment,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        if done.returncode:
            raise RuntimeError(f"hdw {shlex.join(arguments)}: {done.stdout}{done.stderr}")
        return steady(done.stdout, self.place)

    def look(self, arguments: list[str]) -> str:
        """Open the preview's start page once, then end it as Ctrl-C does."""
        port = str(_free_port())
        serving = subprocess.Popen(
            [*HDW, "serve", *arguments, "--port", port],
            cwd=self.place, env=self.environment, stdout=subprocess.PIPE, encoding="utf-8",
        )  # fmt: skip
        try:
            page = _fetched(f"http://127.0.0.1:{port}/", serving)
        finally:
            serving.terminate()
            said, _ = serving.communicate()
        if "<h1" not in page:
            raise RuntimeError("hdw serve shows no page")
        return steady(said, self.place)

    @property
    def environment(self) -> dict[str, str]:
        """This machine's, speaking the guide's language."""
        return {
            **os.environ,
            "LANGUAGE": self.language,
            "LC_ALL": f"{self.language}.UTF-8",
            "PYTHONUTF8": "1",
        }


HDW = (str(Path(sys.executable).with_name("hdw")),)


def steady(said: str, place: Path) -> str:
    """Output without what differs from run to run: the folder above the house, and how long it took."""
    lines = (line.rstrip() for line in said.replace(f"{place.as_posix()}/", "").splitlines())
    text = "\n".join(line for line in lines if not line.startswith(("Done: Processed", "and 0 draft")))
    return re.sub(r"\d+[.,]\d+ s\b", "… s", text).strip("\n") + "\n"


def _free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


def _fetched(address: str, serving: subprocess.Popen[str]) -> str:
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end and serving.poll() is None:
        try:
            with urllib.request.urlopen(address) as answer:
                return str(answer.read().decode())
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("hdw serve does not answer")


def troubles(guide: str) -> Iterator[str]:
    """The messages that the guide explains, with … for what they name."""
    for row in re.findall(r"^\| [„“](.+?)[“”] \|", guide, re.MULTILINE):
        yield str(row)


if __name__ == "__main__":
    main()
