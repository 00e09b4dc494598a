from __future__ import annotations

import json
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.calling import Hdw, Terminal
from tests.cli.legal import IMPRINT, STATEMENT

GIVEN = {
    "--name": "Haus",
    "--title": "Gespräche",
    "--address": "https://p.example.org/",
    "--email": "a@b.de",
}


def _options(**changed: str) -> list[str]:
    given = {**GIVEN, **{f"--{name}": value for name, value in changed.items()}}
    return [part for pair in given.items() for part in pair]


def test_a_founded_house_says_what_was_made_and_what_comes_next(hdw: Hdw, tmp_path: Path) -> None:
    done = hdw("init", "neu", *_options(), cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert lines[0] == "Neues Haus: neu"
    assert lines[-1] == "Weiter: cd neu, dann hdw add AUFNAHME"
    assert max(map(len, lines)) <= 80
    for line in lines[1:-2]:
        assert (tmp_path / "neu" / line.split()[0]).exists()


def test_a_new_house_has_no_errors_but_the_pages_to_be_filled_in(hdw: Hdw, tmp_path: Path) -> None:
    hdw("init", "neu", *_options(name='A "B" {c}'), cwd=tmp_path)
    house = tmp_path / "neu"
    found = json.loads(hdw("check", "--json", cwd=house).stdout)
    assert {problem["rule"] for problem in found["problems"] if problem["level"] == "required"} == {
        "law-statement",
        "pages-filled",
    }
    settings = house / "podcast.toml"
    settings.write_text(settings.read_text(encoding="utf-8") + STATEMENT, encoding="utf-8")
    for page in (house / "content/pages").glob("*.md"):
        page.write_text(page.read_text(encoding="utf-8").replace("[Ausfüllen]", IMPRINT), encoding="utf-8")
    assert hdw("check", cwd=house).returncode == 0
    assert hdw("build", cwd=house).returncode == 0


def test_through_a_pipe_every_missing_option_is_named(hdw: Hdw, tmp_path: Path) -> None:
    done = hdw("init", "neu", "--name", "H", cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr.startswith("Es fehlt: --title, --address, --email\n\nHinweis: ")
    assert not (tmp_path / "neu").exists()


@pytest.mark.parametrize(
    ("field", "bad"),
    [
        ("address", "http://p.example.org/"),
        ("address", "p.example.org"),
        ("email", "niemand"),
        ("language", "Deutsch"),
        ("title", " "),
    ],
)
def test_a_bad_answer_is_refused_and_nothing_is_made(hdw: Hdw, tmp_path: Path, field: str, bad: str) -> None:
    done = hdw("init", "neu", *_options(**{field: bad}), cwd=tmp_path)
    assert done.returncode == 2
    assert f"„{bad}“ passt nicht zu --{field}." in done.stderr
    assert not (tmp_path / "neu").exists()


def test_at_a_terminal_it_asks_and_asks_again_after_a_bad_answer(
    terminal: Callable[..., Terminal], tmp_path: Path
) -> None:
    shown = terminal("init", "neu", "--name", "Haus", cwd=tmp_path)
    for question, answer in (
        ("Titel des Podcasts", "Gespräche"),
        ("Sprache des Podcasts", ""),
        ("Adresse der Website", "http://p.example.org/"),
        ("Eine Adresse beginnt mit https://", "https://p.example.org/"),
        ("Kontaktadresse", "niemand"),
        ("Eine E-Mail-Adresse enthält ein @", "a@b.de"),
    ):
        shown.until(question)
        shown.type(answer)
    assert shown.end() == 0, shown.plain
    assert "Name des Hauses" not in shown.plain
    made = tomllib.loads((tmp_path / "neu" / "podcast.toml").read_text(encoding="utf-8"))
    assert made["show"]["address"] == "https://p.example.org/"
    assert made["show"]["language"] == "de"
    assert made["show"]["owner"] == {"name": "Haus", "email": "a@b.de"}


def test_a_new_house_has_the_pelican_settings_of_this_one(hdw: Hdw, tmp_path: Path) -> None:
    hdw("init", "neu", *_options(), cwd=tmp_path)
    root = Path(__file__).parent.parent.parent
    assert (tmp_path / "neu/pelicanconf.py").read_bytes() == (root / "pelicanconf.py").read_bytes()
