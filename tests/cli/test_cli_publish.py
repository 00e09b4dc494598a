"""`hdw publish` as an editor calls it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests import published
from tests.cli.calling import Hdw, Terminal
from tests.drives import drive, empty, fill
from tests.published import LATER, NOW

AT = f"{NOW:%Y-%m-%dT%H:%M:%S}"
LATER_ON = ("--no-verify", "--now", "2026-11-25T12:00:00")


@pytest.fixture
def due(house: Path) -> Path:
    """A house with a new episode."""
    published.add_sample(house, LATER)
    return house


@pytest.fixture
def renamed(house: Path) -> Path:
    """A house in which a person's file has another name."""
    people = house / "content/people"
    text = (people / "ansage.md").read_text(encoding="utf-8").replace("\nrole:", "\n# eine Maschine\nrole:")
    (people / "ansagen.md").write_text(text, encoding="utf-8")
    (people / "ansage.md").unlink()
    for episode in published.KEPT:
        path = house / "episodes" / episode / "episode.md"
        published.swap(path, "person: ansage", "person: ansagen")
    return house


OFFERED = """\
1 Seite führte in einer Woche ins Leere:
  personen/ansage/
Vermutlich umbenannt. Diese Zeilen leiten weiter:
  → personen/ansagen/
    content/people/ansagen.md:
      former_ids: [ansage]
"""


def titles(house: Path) -> str:
    return (published.current(house) / "feed.xml").read_text(encoding="utf-8")


def test_through_a_pipe_it_is_only_shown(due: Path, hdw: Hdw) -> None:
    done = hdw("publish", *LATER_ON, cwd=due)
    assert done.returncode == 0
    lines = done.stdout.splitlines()
    assert lines[0] == "Für Hörerinnen und Hörer ändert sich"
    assert lines[1].split()[:4] == ["neu", "Angst", "vor", "der"]
    assert lines[-1].startswith("Nichts wurde gesendet: ")
    assert lines[-1].endswith("stehen an (--yes veröffentlicht).")
    assert "Angst vor" not in titles(due)


@pytest.mark.parametrize("options", [["--yes"], ["web", "--yes"]])
def test_yes_publishes_and_says_the_way_back(due: Path, hdw: Hdw, options: list[str]) -> None:
    done = hdw("publish", *options, *LATER_ON, cwd=due)
    assert done.returncode == 0, done.stderr
    assert "Veröffentlicht: " in done.stdout
    assert done.stdout.rstrip().endswith("hdw publish web --rollback")
    assert "Angst vor" in titles(due)
    again = hdw("publish", "--yes", *LATER_ON, cwd=due)
    assert again.stdout.splitlines()[-1] == "Nichts zu tun: web zeigt die Website, wie sie ist."


def test_a_person_is_asked(due: Path) -> None:
    terminal = Terminal(("publish", *LATER_ON), due)
    terminal.until("Veröffentlichen? [j/n]")
    assert "Angst vor" not in titles(due)
    terminal.type("j")
    terminal.until("--rollback")
    assert terminal.process.wait(30) == 0
    assert "Angst vor" in titles(due)


def test_a_dry_run_sends_nothing(due: Path, hdw: Hdw) -> None:
    done = hdw("publish", "--dry-run", "--yes", *LATER_ON, cwd=due)
    assert done.returncode == 0
    assert "Nichts wurde gesendet" in done.stdout
    assert "Angst vor" not in titles(due)


def test_releases_are_listed_and_taken_back(due: Path, hdw: Hdw) -> None:
    hdw("publish", "--yes", *LATER_ON, cwd=due)
    listed = json.loads(hdw("publish", "--list", "--json", cwd=due).stdout)
    assert [(one["release"], one["shown"]) for one in listed] == [
        ("2026-11-25T120000Z", True),
        ("2026-11-24T120000Z", False),
    ]
    done = hdw(
        "publish", "web", "--rollback", "--yes", "--no-verify", "--now", "2026-11-26T12:00:00", cwd=due
    )
    assert done.returncode == 0, done.stderr
    assert "web zeigt wieder den Stand 2026-11-24T120000Z." in done.stdout
    assert "Angst vor" not in titles(due)
    first = hdw("publish", "--list", cwd=due).stdout.splitlines()[0]
    assert first.startswith("2026-11-26T120000Z · ")
    assert first.endswith("gezeigt · bringt 2026-11-24T120000Z zurück")
    named = ("--rollback", "2026-11-25T120000Z", "--yes", "--no-verify", "--now", "2026-11-27T12:00:00")
    assert hdw("publish", "web", *named, cwd=due).returncode == 0
    assert "Angst vor" in titles(due)


def test_what_listeners_would_lose_is_refused_until_it_is_named(house: Path, hdw: Hdw) -> None:
    (house / "episodes/ledger.toml").unlink()
    shutil.rmtree(house / "episodes" / published.KEPT[1])
    done = hdw("publish", "--yes", *LATER_ON, cwd=house)
    assert done.returncode == 1
    assert "„7000 Schmetterlinge für die Dortmunder Nordstadt“ verschwände aus dem Feed." in " ".join(
        done.stderr.split()
    )
    name = next(word for word in done.stderr.split() if word.count("-") == 4)
    really = hdw("publish", "--yes", "--yes-really", name, *LATER_ON, cwd=house)
    assert really.returncode == 0, really.stderr
    assert "7000 Schmetterlinge" not in titles(house)


def test_a_renamed_page_is_shown_with_the_line_that_leads_on(renamed: Path, hdw: Hdw) -> None:
    assert OFFERED in hdw("publish", "--dry-run", *LATER_ON, cwd=renamed).stdout
    found = json.loads(hdw("publish", "--json", *LATER_ON, cwd=renamed).stdout)
    assert found["redirects"] == [
        {
            "from": ["personen/ansage/"],
            "to": "personen/ansagen/",
            "file": "content/people/ansagen.md",
            "text": "former_ids: [ansage]",
        }
    ]


@pytest.mark.parametrize(("typed", "leads"), [("j", True), ("n", False)])
def test_at_a_terminal_the_line_is_written_if_it_is_wanted(renamed: Path, typed: str, leads: bool) -> None:
    file = renamed / "content/people/ansagen.md"
    before = file.read_text(encoding="utf-8")
    terminal = Terminal(("publish", *LATER_ON), renamed)
    terminal.until("Diese Zeilen eintragen? [j/n]")
    terminal.type(typed)
    terminal.until("Veröffentlichen? [j/n]")
    terminal.type("j")
    terminal.until("--rollback")
    assert terminal.process.wait(30) == 0
    added = "former_ids: [ansage]\n---\n" if leads else "---\n"
    first, mark, rest = before.rpartition("---\n")
    assert (file.read_text(encoding="utf-8"), mark) == (f"{first}{added}{rest}", "---\n")
    answer = (published.current(renamed) / "personen/ansage/index.html").read_text(encoding="utf-8")
    assert ("0; url=/personen/ansagen/" in answer) == leads


def test_a_full_drive_is_said_and_the_same_command_goes_on_when_there_is_room(house: Path, hdw: Hdw) -> None:
    srv = house.parent / "klein"
    published.swap(house / "podcast.toml", 'path = "../srv"', 'path = "../klein"')
    with drive(srv, "64m"):
        done = hdw("publish", "--yes", "--no-verify", "--now", AT, cwd=house)
        assert done.returncode == 0, done.stderr
        feed, ledger = srv / "current/feed.xml", house / "episodes/ledger.toml"
        before = feed.read_bytes(), ledger.read_bytes()
        published.add_sample(house, LATER)
        fill(srv, 20)
        done = hdw("publish", "--yes", *LATER_ON, cwd=house)
        assert done.returncode == 1
        said = " ".join(done.stderr.split())
        assert "Am Ziel lässt sich nicht schreiben: " in said
        assert "Hinweis: Dort Platz schaffen" in said
        assert (feed.read_bytes(), ledger.read_bytes()) == before
        empty(srv)
        assert hdw("publish", "--yes", *LATER_ON, cwd=house).returncode == 0
        assert b"Angst vor" in feed.read_bytes()
        assert LATER in ledger.read_text(encoding="utf-8")


def test_json_says_it_for_programs(due: Path, hdw: Hdw) -> None:
    found = json.loads(hdw("publish", "--json", *LATER_ON, cwd=due).stdout)
    assert (found["target"], found["previous"], found["published"]) == ("web", "2026-11-24T120000Z", False)
    assert [one["kind"] for one in found["changes"]["episodes"]] == ["new"]
    assert (found["dying"], found["objections"], found["fallen"]) == ([], [], [])
    found = json.loads(hdw("publish", "--json", "--yes", *LATER_ON, cwd=due).stdout)
    assert (found["release"], found["published"]) == ("2026-11-25T120000Z", True)


def test_nothing_is_wider_than_80_columns(due: Path, hdw: Hdw) -> None:
    done = hdw("publish", "--yes", *LATER_ON, cwd=due)
    assert max(map(len, done.stdout.splitlines())) <= 80
    assert max(map(len, hdw("publish", "--list", cwd=due).stdout.splitlines())) <= 80


def test_archives_are_carried_by_others_so_nothing_is_asked_afterwards(due: Path, hdw: Hdw) -> None:
    published.swap(
        due / "podcast.toml", published.TARGET, '\n[publish.webteam]\nkind = "zip"\npath = "../zip"\n'
    )
    done = hdw("publish", "--yes", "--now", LATER_ON[-1], cwd=due)
    assert done.returncode == 0, done.stderr
    assert "hdw verify" in done.stdout.splitlines()[-1]
    assert "Ton" in (due.parent / "zip/LIESMICH.txt").read_text(encoding="utf-8")
