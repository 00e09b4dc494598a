from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.calling import Hdw
from tests.cli.legal import IMPRINT, STATEMENT

EPISODE = "episodes/2026-11-20-smarte-stadt/episode.md"
GOLDEN = """\
3 Fehler, 1 Hinweis in 1 von 1 Folge

episodes/2026-11-20-smarte-stadt/episode.md
  1    audio fehlt: Welche Datei wird veröffentlicht?
       Beispiel: audio: aufnahme.mp3
  7    summary fehlt. Apps zeigen sie unter dem Titel.
       Beispiel: summary: Wie Bochum Daten teilt und wer davon etwas hat.
episodes/2026-11-20-smarte-stadt/transcript.vtt
       Das Transkript fehlt.
       hdw transcribe 2026-11-20-smarte-stadt

Hinweise
episodes/2026-11-20-smarte-stadt/episode.md
  3    Der Titel wiederholt den Namen des Podcasts.
       Weglassen: Apps zeigen ihn über dem Titel.

Weitere Regeln und ihre Quellen: hdw check --rules
"""
PAGES = (
    "barriere-melden", "barrierefreiheit", "datenschutz", "gebaerdensprache", "impressum", "leichte-sprache",
)  # fmt: skip


@pytest.fixture
def flawed(house_folder: Path) -> Path:
    """The small house with errors and a hint in its episode only."""
    settings = house_folder / "podcast.toml"
    cover = 'cover = "content/cover.jpg"'
    text = settings.read_text(encoding="utf-8").replace(cover, f'{cover}\ncover_alt = "Dach"')
    settings.write_text(f"{text}menu = {json.dumps(PAGES)}\n{STATEMENT}", encoding="utf-8")
    (house_folder / "content/pages").mkdir()
    for page in PAGES:
        (house_folder / f"content/pages/{page}.md").write_text(f"---\ntitle: T\n---\n\n{IMPRINT}\n")
    file = house_folder / EPISODE
    text = file.read_text(encoding="utf-8").replace("Wie Bochum Daten teilt.", "''")
    file.write_text(text.replace("Was ist eine smarte Stadt?", "Stadt im Haus des Wissens"), encoding="utf-8")
    return house_folder


def test_findings_are_counted_then_grouped_by_file_hints_last(hdw: Hdw, flawed: Path) -> None:
    done = hdw("check")
    assert (done.stdout, done.stderr) == (GOLDEN, "")
    assert done.returncode == 1


def test_hints_alone_exit_with_0_and_say_the_next_step(hdw: Hdw, flawed: Path) -> None:
    file = flawed / EPISODE
    text = file.read_text(encoding="utf-8").replace("summary: ''", "summary: Daten.")
    file.write_text(text.replace("status: ready", "status: draft"), encoding="utf-8")
    done = hdw("check")
    assert done.returncode == 0
    assert done.stdout.startswith("0 Fehler, 1 Hinweis in 1 von 1 Folge\n\nHinweise\n")
    assert done.stdout.endswith("\n\nWeiter: hdw build\n")


def test_json_has_the_documented_keys(hdw: Hdw, flawed: Path) -> None:
    done = hdw("check", "--json")
    assert done.returncode == 1
    found = json.loads(done.stdout)
    assert {key: found[key] for key in ("errors", "hints", "episodes")} == {
        "errors": 3,
        "hints": 1,
        "episodes": 1,
    }
    assert found["problems"][1] == {
        "file": EPISODE,
        "line": 7,
        "field": "summary",
        "level": "required",
        "rule": "summary-present",
        "message": "summary fehlt. Apps zeigen sie unter dem Titel.",
        "hint": "Beispiel: summary: Wie Bochum Daten teilt und wer davon etwas hat.",
    }


def test_rules_are_listed_with_their_sources_at_80_columns(hdw: Hdw) -> None:
    lines = hdw("check", "--rules").stdout.splitlines()
    assert max(map(len, lines)) <= 80
    assert any(line.startswith("summary-present ") for line in lines)
    assert any("PSP-1" in line for line in lines)
