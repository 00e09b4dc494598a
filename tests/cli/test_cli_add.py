from __future__ import annotations

import subprocess
import sys
from pathlib import Path

RECORDING = Path(__file__).parent.parent / "fixtures" / "speech.mp3"


def _hdw(house: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pipeline", *arguments]
    return subprocess.run(
        command, cwd=house, capture_output=True, encoding="utf-8", check=False, stdin=subprocess.DEVNULL
    )


def test_options_win_and_nothing_is_asked_through_a_pipe(house_folder: Path) -> None:
    done = _hdw(
        house_folder, "--lang", "de", "add", str(RECORDING),
        "--title", "Drei Sätze", "--date", "2026-12-01 18:30", "--people", "Mira Beispiel, Ada Neu",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    text = (house_folder / "episodes/2026-12-01-drei-saetze/episode.md").read_text(encoding="utf-8")
    assert "date: 2026-12-01 18:30" in text
    assert "person: mira-beispiel" in text
    assert (house_folder / "content/people/ada-neu.md").is_file()
    assert "Titel" in done.stdout


def test_a_date_that_is_none_is_refused_with_an_example(house_folder: Path) -> None:
    done = _hdw(house_folder, "add", str(RECORDING), "--title", "T", "--date", "gestern")
    assert done.returncode == 2
    assert "2026-11-20 12:00" in done.stderr
    assert len(list((house_folder / "episodes").iterdir())) == 1
