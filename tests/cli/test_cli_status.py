from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.calling import Hdw, Terminal

ROOT = Path(__file__).parent.parent.parent
DRAFT = """\
---
guid: 0b4c7f0e-3a59-5b8e-9f0e-6c1f4d2f0001
title: 7000 Schmetterlinge für die Dortmunder Nordstadt
date: 2021-03-04 12:00
status: draft
summary: Ohne Aufnahme.
---
"""


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The samples (all finished), a draft without a recording, and a finished episode of the far future."""
    root = tmp_path_factory.mktemp("haus")
    for name in ("content", "episodes"):
        shutil.copytree(ROOT / name, root / name)
    shutil.copy(ROOT / "podcast.toml", root)
    (root / "episodes/2021-03-04-entwurf").mkdir()
    (root / "episodes/2021-03-04-entwurf/episode.md").write_text(DRAFT, encoding="utf-8")
    sample = next(
        file for file in (root / "episodes").glob("*/episode.md") if "type: trailer" in file.read_text()
    )
    planned = shutil.copytree(sample.parent, root / "episodes/2099-01-08-geplant") / "episode.md"
    text = re.sub("(?m)^title: .*", "title: Kommt erst noch", planned.read_text(encoding="utf-8"))
    planned.write_text(re.sub("(?m)^date: .*", "date: 2099-01-08 12:00", text), encoding="utf-8")
    return root


TABLE = """\
Folge                          Ton    Text     Seite    Online
2099-01-08  Kommt erst noch    ✓      geprüft  ✓        ab 08.01.2099  geplant
2021-03-04  7000 Schmetterli…  fehlt  fällig   Entwurf  –              hdw check
8 weitere sind aktuell (--all).
"""


def test_the_table_fits_80_columns_and_folds_what_is_finished(hdw: Hdw, house: Path) -> None:
    done = hdw("status", cwd=house)
    assert done.returncode == 0
    assert done.stdout.partition("\n\n")[0] + "\n" == TABLE
    assert "\n\nWeiter: hdw check" in done.stdout


def test_all_shows_finished_episodes_too(hdw: Hdw, house: Path) -> None:
    shown = hdw("status", "--all", cwd=house).stdout
    assert "2021-05-14  Bochum. Zuk" in shown
    assert "weitere" not in shown


def test_json_has_the_documented_keys_in_every_language(hdw: Hdw, house: Path) -> None:
    german = json.loads(hdw("status", "--json", cwd=house).stdout)
    english = json.loads(hdw("status", "--json", "--lang", "en", cwd=house).stdout)
    keys = ["episode", "date", "title", "sound", "text", "page", "online", "finished", "next", "due"]
    assert all(list(row) == keys for row in german)
    stable = ("sound", "text", "page", "online", "finished", "next")
    assert [[row[key] for key in stable] for row in german] == [
        [row[key] for key in stable] for row in english
    ]
    assert (german[0]["page"], german[0]["online"]) == ("done", "from 8 Jan 2099")
    assert [row["finished"] for row in german].count(False) == 2


def test_a_house_without_episodes_says_how_to_begin(hdw: Hdw, house_folder: Path) -> None:
    (house_folder / "episodes/2026-11-20-smarte-stadt/episode.md").unlink()
    assert hdw("status").stdout == "Es gibt noch keine Folge.\n\nWeiter: hdw add AUFNAHME\n"


def test_a_wide_terminal_shows_more_of_the_title(terminal: Callable[..., Terminal], house: Path) -> None:
    shown = terminal("status", cwd=house, columns=120)
    assert shown.end() == 0
    assert "7000 Schmetterlinge für die Dortmunder Nordstadt  fehlt" in shown.plain
