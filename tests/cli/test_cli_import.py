from __future__ import annotations

import json
import subprocess
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.cli.calling import Hdw, Terminal
from tests.moving.conftest import full, picture
from tests.moving.serving import Host


@pytest.fixture
def host() -> Iterator[Host]:
    with full({"/cover.jpg": picture("#8E3219"), "/fs003.png": picture("#112233", "PNG")}) as one:
        yield one


@pytest.fixture
def run(hdw: Hdw, host: Host, tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """`hdw import` of a feed into tmp_path/haus-neu."""

    def call(name: str, *options: str) -> subprocess.CompletedProcess[str]:
        return hdw("import", host.feed(name), "neu", "--allow-private", *options, cwd=tmp_path)

    return call


def test_import_says_what_came_what_did_not_and_the_next_step(run: Callable[..., object], host: Host) -> None:
    done = run("podlove.xml")
    assert done.returncode == 0
    assert done.stdout.splitlines() == [
        "Der Podcast ist eingezogen: neu",
        "  Folgen       3, vom 04.09.2026 bis 06.11.2026",
        "  Personen     2",
        "  Transkripte  1, noch nicht geprüft",
        "",
        "Nicht oder anders übernommen (alles in import-bericht.md):",
        "  atom:contributor  3-mal",
        "  notes             2-mal",
        "  psc:chapter       1-mal",
        "  chapter image     1-mal",
        "",
        "In podcast.toml auszufüllen: address",
        "",
        "Die Aufnahmen von 3 Folgen fehlen. Geholt werden sie mit:",
        f"  hdw import {host.address}/podlove.xml neu --audio",
        "",
        "Weiter: cd neu, dann hdw check",
    ]


def test_report_in_the_house_names_episode_tag_and_words(run: Callable[..., object], tmp_path: Path) -> None:
    run("podlove.xml")
    report = (tmp_path / "neu" / "import-bericht.md").read_text()
    assert "# Import von „Forum Stadt“" in report
    assert "### Wem gehört der Platz? (2026-11-06-wem-gehoert-der-platz)" in report
    assert "- `psc:chapter`: Ohne Zeit – Ein Kapitel braucht Zeit und Titel." in report


def test_json_has_a_line_a_step_and_one_for_all(run: Callable[..., object]) -> None:
    done = run("podigee.xml", "--audio", "--json")
    events = [json.loads(line) for line in done.stdout.splitlines()]
    assert [event["event"] for event in events] == ["page", "episode", *["audio"] * (len(events) - 3), "done"]
    assert (events[-1]["added"], events[-1]["sounds"], events[-1]["silent"]) == (1, 1, 0)


def test_audio_and_kept_addresses_exclude_each_other(run: Callable[..., object]) -> None:
    done = run("podigee.xml", "--audio", "--keep-audio-urls")
    assert done.returncode == 2
    assert "passen nicht zusammen" in done.stderr


def test_address_is_that_of_the_new_site(run: Callable[..., object], tmp_path: Path) -> None:
    run("podigee.xml", "--address", "https://neu.example.org/p", "--email", "neu@example.org")
    text = (tmp_path / "neu" / "podcast.toml").read_text()
    assert 'address = "https://neu.example.org/p/"' in text
    assert 'email = "neu@example.org"' in text


def test_answer_that_does_not_fit_is_refused_before_anything_is_fetched(
    run: Callable[..., object], host: Host
) -> None:
    done = run("podigee.xml", "--address", "neu.example.org")
    assert done.returncode == 2
    assert host.asked == []


def test_private_address_is_refused_with_the_option_that_allows_it(
    hdw: Hdw, host: Host, tmp_path: Path
) -> None:
    done = hdw("import", host.feed("podigee.xml"), "neu", cwd=tmp_path)
    assert done.returncode == 1
    assert "privaten Netz" in done.stderr
    assert "--allow-private" in done.stderr
    assert not (tmp_path / "neu").exists()


def test_missing_file_is_said(hdw: Hdw, tmp_path: Path) -> None:
    done = hdw("import", "feed.xml", cwd=tmp_path)
    assert done.returncode == 1
    assert "feed.xml" in done.stderr
    assert "Traceback" not in done.stderr


def test_terminal_shows_the_progress_and_cleans_up(
    terminal: Callable[..., Terminal], host: Host, tmp_path: Path
) -> None:
    shown = terminal("import", host.feed("podigee.xml"), "neu", "--audio", "--allow-private", cwd=tmp_path)
    assert shown.end() == 0
    assert "Folge 1 von 1" in shown.plain
    assert "49,3 kB von 49,3 kB  2026-11-01-glocken" in shown.plain
    assert max(len(line) for line in shown.plain.rpartition("\r")[2].splitlines()) <= 80


def test_stopped_import_goes_on_with_the_same_command(
    terminal: Callable[..., Terminal], hdw: Hdw, host: Host, tmp_path: Path
) -> None:
    host.held = threading.Event()
    arguments = ("import", host.feed("podlove.xml"), "neu", "--audio", "--allow-private")
    one = terminal(*arguments, cwd=tmp_path)
    one.until("kB von 49,3 kB")
    one.interrupt()
    assert one.end() == 130
    host.held.set()
    assert hdw(*arguments, cwd=tmp_path).returncode == 0
    assert len(list((tmp_path / "neu" / "episodes").glob("*/*.mp3"))) == 3
