from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.calling import Hdw

EPISODE = "episodes/2026-11-20-smarte-stadt/episode.md"
GOLDEN = """\
3 Fehler, 1 Hinweis in 1 von 1 Folge

episodes/2026-11-20-smarte-stadt/episode.md
  1    audio fehlt: Welche Datei wird veröffentlicht?
  1    Das Transkript fehlt.
       hdw transcribe 2026-11-20-smarte-stadt
  7    summary fehlt. Apps zeigen sie unter dem Titel.
       Beispiel: summary: Wie Bochum Daten teilt und wer davon etwas hat.

Hinweise
episodes/2026-11-20-smarte-stadt/episode.md
  3    Der Titel wiederholt den Namen des Podcasts.

Weitere Regeln und ihre Quellen: hdw check --rules
"""


@pytest.fixture
def flawed(house_folder: Path) -> Path:
    """The small house with errors and a hint in its episode only."""
    settings = house_folder / "podcast.toml"
    cover = 'cover = "content/cover.jpg"'
    settings.write_text(settings.read_text(encoding="utf-8").replace(cover, f'{cover}\ncover_alt = "Dach"'))
    (house_folder / "content/cover.jpg").write_bytes(_cover())
    file = house_folder / EPISODE
    text = file.read_text(encoding="utf-8").replace("Wie Bochum Daten teilt.", "''")
    file.write_text(text.replace("Was ist eine smarte Stadt?", "Stadt im Haus des Wissens"), encoding="utf-8")
    return house_folder


def _cover() -> bytes:
    from pipeline import project

    return project.plain_cover()


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
    assert found["problems"][2] == {
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
    assert any(line.strip() == "PSP-1, description" for line in lines)
