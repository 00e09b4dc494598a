from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.calling import Hdw

FRONT = "---\nguid: {guid}\ntitle: {title}\ndate: {date}\nstatus: {status}\nsummary: S.\n---\n"


def _episode(root: Path, day: str, title: str, status: str) -> None:
    folder = root / "episodes" / f"{day}-x{len(title)}"
    folder.mkdir()
    guid = f"0b4c7f0e-3a59-5b8e-9f0e-6c1f4d2f{len(title):04}"
    text = FRONT.format(guid=guid, title=title, date=f"{day} 12:00", status=status)
    (folder / "episode.md").write_text(text, encoding="utf-8")


@pytest.fixture
def house(house_folder: Path) -> Path:
    """The small house with a draft whose title is long, and an episode planned for the future."""
    _episode(house_folder, "2021-03-04", "7000 Schmetterlinge für die Dortmunder Nordstadt", "draft")
    _episode(house_folder, "2099-01-08", "Kommt erst noch", "ready")
    return house_folder


TABLE = """\
Folge                           Ton    Text    Seite    Online
2099-01-08  Kommt erst noch     fehlt  fällig  ✓        ab 08.01.2099  geplant
2021-03-04  7000 Schmetterlin…  fehlt  fällig  Entwurf  –              hdw check
1 weitere ist aktuell (--all).
"""


def test_the_table_fits_80_columns_and_folds_what_is_finished(hdw: Hdw, house: Path) -> None:
    done = hdw("status")
    assert done.returncode == 0
    assert done.stdout.partition("\n\n")[0] + "\n" == TABLE
    assert "\n\nWeiter: hdw check" in done.stdout


def test_all_shows_finished_episodes_too(hdw: Hdw, house: Path) -> None:
    shown = hdw("status", "--all").stdout
    assert "2026-11-20  Was ist eine" in shown
    assert "weitere" not in shown


def test_json_has_the_documented_keys_in_every_language(hdw: Hdw, house: Path) -> None:
    german = json.loads(hdw("status", "--json").stdout)
    english = json.loads(hdw("status", "--json", "--lang", "en").stdout)
    keys = ["episode", "date", "title", "sound", "text", "page", "online", "finished", "next", "due"]
    assert [list(row) for row in german] == [keys] * 3
    assert [row["page"] for row in german] == [row["page"] for row in english] == ["done", "done", "draft"]
    assert german[0]["online"].startswith("from ")


def test_a_house_without_episodes_says_how_to_begin(hdw: Hdw, house_folder: Path) -> None:
    (house_folder / "episodes/2026-11-20-smarte-stadt/episode.md").unlink()
    assert hdw("status").stdout == "Es gibt noch keine Folge.\n\nWeiter: hdw add AUFNAHME\n"
