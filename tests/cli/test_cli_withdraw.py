"""`hdw withdraw`, `hdw approve` and `hdw preview` as an editor calls them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipeline import project
from tests import published
from tests.cli.calling import Hdw, Terminal
from tests.published import KEPT, LATER

EPISODE = KEPT[0]
NOW = ("--now", "2026-11-26T12:00:00")


def shown(house: Path) -> bool:
    return "Was ist das Haus?" in (published.current(house) / "feed.xml").read_text(encoding="utf-8")


def test_through_a_pipe_it_only_says_what_it_would_do_and_what_remains(house: Path, hdw: Hdw) -> None:
    done = hdw("withdraw", EPISODE, *NOW, cwd=house)
    assert done.returncode == 0
    said = " ".join(done.stdout.split())
    assert "„Was ist das Haus?“ wird endgültig zurückgezogen." in said
    assert "Von: web, mit allen Ständen, die dort aufgehoben sind" in said
    assert "Apps und Hörende behalten, was sie geladen haben" in said.replace("apps", "Apps")
    assert said.endswith("Nichts geändert (--yes zieht sie zurück).")
    assert max(map(len, done.stdout.splitlines())) <= 80
    assert shown(house)
    assert project.load_ledger(house).withdrawn == ()


def test_a_program_is_told_that_nothing_was_withdrawn(house: Path, hdw: Hdw) -> None:
    done = hdw("withdraw", EPISODE, "--json", *NOW, cwd=house)
    found = json.loads(done.stdout)
    assert (found["episode"], found["withdrawn"]) == (EPISODE, False)
    assert shown(house)


def test_yes_takes_it_from_the_target(house: Path, hdw: Hdw) -> None:
    done = hdw("withdraw", EPISODE, "--yes", "--erase", *NOW, cwd=house)
    assert done.returncode == 0, done.stderr
    assert "web: zurückgezogen, mit allen früheren Ständen." in done.stdout
    assert f"Gelöscht: episodes/{EPISODE}" in done.stdout
    assert not shown(house)
    assert len(json.loads(hdw("publish", "--list", "--json", cwd=house).stdout)) == 1
    again = hdw("withdraw", EPISODE, "--yes", "--erase", "--json", *NOW, cwd=house)
    found = json.loads(again.stdout)
    assert (found["withdrawn"], found["targets"]) == (True, ["web"])
    assert found["remaining"]


@pytest.mark.parametrize(("typed", "gone"), [(EPISODE, True), ("j", False)])
def test_at_a_terminal_the_name_has_to_be_typed(house: Path, typed: str, gone: bool) -> None:
    terminal = Terminal(("withdraw", EPISODE, *NOW), house)
    terminal.until(f"tippt {EPISODE}")
    terminal.type(typed)
    terminal.until("gehört in git" if gone else "Nichts geändert.")
    assert terminal.process.wait(60) == 0
    assert shown(house) != gone


def test_an_unknown_one_is_told_with_the_nearest(house: Path, hdw: Hdw) -> None:
    done = hdw("withdraw", EPISODE[:-1], cwd=house)
    assert done.returncode == 2
    assert EPISODE in done.stderr


def test_what_was_never_published_cannot_be_taken_back(house: Path, hdw: Hdw) -> None:
    published.add_sample(house, LATER)
    done = hdw("withdraw", LATER, "--yes", cwd=house)
    assert done.returncode == 2
    assert "nie veröffentlicht" in done.stderr


def test_for_a_timer_nothing_is_done_until_something_is_due(house: Path, hdw: Hdw) -> None:
    command = ("publish", "--due", "--yes", "--no-verify", *NOW)
    idle = hdw(*command, cwd=house)
    assert (idle.returncode, idle.stdout) == (0, "Nichts zu tun: Keine Folge ist fällig.\n")
    assert json.loads(hdw(*command, "--json", cwd=house).stdout) == {"published": False}
    published.add_sample(house, LATER)
    assert "Veröffentlicht: " in hdw(*command, cwd=house).stdout


def test_a_preview_is_made_and_its_answer_noted(house: Path, hdw: Hdw) -> None:
    done = hdw("preview", EPISODE, cwd=house)
    assert done.returncode == 0, done.stderr
    file = house / "was-ist-das-haus-entwurf.zip"
    assert file.is_file()
    assert done.stdout.startswith("was-ist-das-haus-entwurf.zip (")
    assert f"hdw approve {EPISODE} --by NAME" in done.stdout
    noted = hdw("approve", EPISODE, "--by", "Mira", "--note", "gern", "--date", "2026-11-20", cwd=house)
    assert noted.returncode == 0, noted.stderr
    assert "Notiert in private/approvals.toml." in noted.stdout
    private = project.load_private(house)
    assert private
    assert [(one.by, one.note, str(one.date)) for one in private.approvals] == [
        ("Mira", "gern", "2026-11-20")
    ]
