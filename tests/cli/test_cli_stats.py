"""`hdw stats` as an editor calls it."""

from __future__ import annotations

import csv
import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest

from pipeline import project
from tests.cli.calling import COMMAND, Hdw, Terminal, environment
from tests.published import ADDRESS
from tests.stats.logs import line

IPS = ("198.51.100.23", "203.0.113.99", "2001:db8:cafe:1::77")
TABLE = """\
Folge                                               1 Tag  7 Tage  30 Tage  Alle
2026-11-24  Was ist das Haus?                           1       –        –     1
2026-11-24  7000 Schmetterlinge für die Dortmunde…      3       –        –     4

5 Abrufe vom 24.11.2026 bis 25.11.2026; 9 Zeilen in 1 Protokoll.
Apps: AntennaPod 60 %, gPodder 20 %, unbekannt 20 %
Nicht gezählt:
  1 Anfrage eines Automaten (Suchmaschinen und Ähnliches)
  1 Anfrage, ob es die Datei gibt
  1-mal bekam jemand weniger als eine Minute
  1 Anfrage nach Ton, der zu keiner Folge dieses Hauses gehört
  1 Zeile, die sich nicht lesen lässt
"""


@pytest.fixture
def log(house: Path, tmp_path: Path) -> Path:
    first, second = (
        {"path": entry.editions[0].url.removeprefix(ADDRESS[:-1]), "sent": entry.editions[0].bytes}
        for entry in project.load_ledger(house).episodes
    )
    lines = [
        *(line(ip=ip, **first) for ip in IPS),
        line(ip=IPS[0], agent="gPodder/3.11", at="25/Nov/2026:08:00:00 +0100", **first),
        line(ip=IPS[0], agent="stagefright/1.2 (Linux;Android 9)", **second),
        line(agent="curl/8.4.0", **first),
        line(method="HEAD", **first),
        line(ip="192.0.2.1", **{**second, "sent": 5000}),
        line(path="/audio/fremd.mp3"),
        "Unsinn",
    ]
    file = tmp_path / "access.log"
    file.write_text("\n".join(lines), encoding="utf-8")
    return file


def test_the_table_fits_80_columns_and_says_what_did_not_count(hdw: Hdw, house: Path, log: Path) -> None:
    done = hdw("stats", str(log), cwd=house)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == TABLE
    assert max(map(len, done.stdout.splitlines())) <= 80


def test_days_and_apps_have_tables_of_their_own(hdw: Hdw, house: Path, log: Path) -> None:
    days = hdw("stats", str(log), "--by", "day", cwd=house).stdout.splitlines()
    assert days[:4] == ["Tag         Abrufe", "2026-11-24       4", "2026-11-25       1", ""]
    apps = hdw("stats", str(log), "--by", "app", cwd=house).stdout
    assert apps.splitlines()[:4] == [
        "App         Abrufe  Anteil",
        "AntennaPod       3    60 %",
        "gPodder          1    20 %",
        "unbekannt        1    20 %",
    ]
    assert "Apps:" not in apps


def test_days_can_be_chosen(hdw: Hdw, house: Path, log: Path) -> None:
    found = json.loads(hdw("stats", str(log), "--json", "--since", "2026-11-25", cwd=house).stdout)
    assert (found["first"], found["downloads"]) == ("2026-11-25", 1)
    found = json.loads(hdw("stats", str(log), "--json", "--until", "2026-11-24", cwd=house).stdout)
    assert (found["last"], found["downloads"]) == ("2026-11-24", 4)
    none = hdw("stats", str(log), "--since", "2030-01-01", cwd=house)
    assert (none.returncode, none.stdout) == (0, "Die Protokolle enthalten nichts aus diesen Tagen.\n")


def test_files_hold_the_same_and_nothing_that_leads_to_a_person(
    hdw: Hdw, house: Path, log: Path, tmp_path: Path
) -> None:
    table, picture = tmp_path / "abrufe.csv", tmp_path / "abrufe.svg"
    arguments = ("stats", str(log), "--json", "--verbose", "--csv", str(table), "--plot", str(picture))
    done = hdw(*arguments, cwd=house)
    assert done.returncode == 0
    found = json.loads(done.stdout)
    assert "Geschrieben: " in done.stderr
    rows = list(csv.DictReader(table.read_text("utf-8").splitlines()))
    assert sum(int(row["downloads"]) for row in rows) == found["downloads"] == 5
    assert list(rows[0]) == ["date", "guid", "episode", "title", "app", "downloads"]
    assert ElementTree.parse(picture).getroot().get("role") == "img"
    made = done.stdout + done.stderr + table.read_text("utf-8") + picture.read_text("utf-8")
    for ip in (*IPS, "192.0.2.", "2001:db8", "198.51"):
        assert ip not in made
    assert not [file for file in house.rglob("*") if file.is_file() and b"198.51.100" in file.read_bytes()]


def test_table_and_picture_need_a_file_each(hdw: Hdw, house: Path, log: Path) -> None:
    done = hdw("stats", str(log), "--csv", "beides", "--plot", "beides", cwd=house)
    assert (done.returncode, done.stdout) == (2, "")
    assert "nicht beide nach beides" in done.stderr
    assert not (house / "beides").exists()


def test_json_has_the_documented_keys(hdw: Hdw, house: Path, log: Path) -> None:
    found = json.loads(hdw("stats", str(log), "--json", cwd=house).stdout)
    keys = ["first", "last", "lines", "unreadable", "downloads", "left", "episodes", "days", "apps"]
    assert list(found) == keys
    episode = ["guid", "episode", "title", "published", "day_1", "day_7", "day_30", "downloads"]
    assert [list(one) for one in found["episodes"]] == [episode] * 2
    assert found["episodes"][1]["day_1"] == 3
    assert found["left"] == {"head": 1, "robot": 1, "unknown": 1, "short": 1}
    assert found["apps"][-1] == {"app": None, "downloads": 1}


def test_standard_input_is_a_log_and_standard_output_a_table(house: Path, log: Path) -> None:
    done = subprocess.run(
        [*COMMAND, "stats", "-", "--csv", "-"],
        cwd=house,
        env=environment("de"),
        input=log.read_bytes(),
        capture_output=True,
        check=True,
    )
    lines = done.stdout.decode().split("\r\n")
    assert lines[0] == "date,guid,episode,title,app,downloads"
    assert len(lines) == 1 + 3 + 1


def test_a_terminal_sees_how_far_it_is(terminal: Callable[..., Terminal], house: Path, log: Path) -> None:
    shown = terminal("stats", str(log), cwd=house)
    assert shown.end() == 0
    assert "Lesen" in shown.plain
    assert "5 Abrufe" in shown.plain


def test_what_is_no_log_is_said_with_what_would_be(hdw: Hdw, house: Path) -> None:
    done = hdw("stats", "podcast.toml", cwd=house)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("Das ist kein lesbares Zugriffsprotokoll: podcast.toml\n\nHinweis: Lesbar")
    assert hdw("stats", cwd=house).returncode == 2
