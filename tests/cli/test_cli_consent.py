"""`hdw consent` as an editor calls it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipeline import project
from tests import published
from tests.cli.calling import Hdw


@pytest.fixture
def house(once: Path, tmp_path: Path) -> Path:
    return published.asking(once, tmp_path / "alles")


def given(house: Path) -> str:
    return (house / "private/consent.toml").read_text(encoding="utf-8")


def somebody(house: Path) -> str:
    """Who is in a published episode."""
    return project.load(house).episodes[0].people[0].person


def test_a_consent_is_added_listed_and_taken_back(house: Path, hdw: Hdw) -> None:
    who = somebody(house)
    scope = ("--scope", "audio", "--scope", "transcript")
    days = ("--date", "2026-01-02", "--expires", "2099-01-02")
    done = hdw("consent", "add", who, *scope, *days, "--paper", "Ordner 7", "--note", "im Foyer", cwd=house)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("Notiert in private/consent.toml.")
    assert given(house) == (
        f'[[consents]]\nperson = "{who}"\nscope = ["audio", "transcript"]\ndate = 2026-01-02\n'
        'expires = 2099-01-02\npaper = "Ordner 7"\nnote = "im Foyer"\n'
    )
    listed = hdw("consent", "list", cwd=house)
    row = next(line for line in listed.stdout.splitlines() if "Ordner 7" in line)
    assert "liegt vor" in row
    assert "Stimme, Worte" in row
    assert "02.01.2026 bis 02.01.2099" in row
    before = given(house)
    done = hdw("consent", "end", who, "--scope", "audio", "--date", "2026-01-03", cwd=house)
    assert done.returncode == 0, done.stderr
    assert f"hdw withdraw {project.load(house).episodes[0].id}" in done.stdout
    assert "(Stimme)" in done.stdout
    assert given(house) == before.replace('["audio", "transcript"]', '["transcript"]') + "\n" + (
        before.replace(', "transcript"', "") + "withdrawn = 2026-01-03\n"
    )
    told = json.loads(hdw("consent", "list", who, "--json", cwd=house).stdout)
    (person,) = told["people"]
    assert (told["required"], person["standing"]) == (["audio", "transcript"], "withdrawn")
    assert person["lacking"] == ["audio"]
    problems = hdw("check", cwd=house).stdout
    assert "zurückgenommen" in " ".join(problems.split())


def test_what_cannot_be_is_refused_and_nothing_written(house: Path, hdw: Hdw) -> None:
    who = somebody(house)
    paper = ("--scope", "audio", "--paper", "Ordner 7")
    for words, said in (
        (("add", "niemand-da", *paper), "niemand-da"),
        (("add", who, *paper, "--date", "2026-01-02", "--expires", "2026-01-01"), "letzte Tag"),
        (("add", who, *paper, "--episode", "nirgends"), "nirgends"),
        (("add", who, "--scope", "audio", "--paper", ""), "Papier"),
        (("end", who), "zurückgenommen"),
    ):
        done = hdw("consent", *words, cwd=house)
        assert done.returncode == 2, done.stderr
        assert said in done.stderr
    assert not (house / "private").exists()


def test_where_none_is_asked_for_that_is_said(house: Path, hdw: Hdw) -> None:
    text = (house / "podcast.toml").read_text(encoding="utf-8").partition("\n[consent]")[0]
    (house / "podcast.toml").write_text(text + "\n", encoding="utf-8")
    done = hdw("consent", "list", cwd=house)
    assert "podcast.toml verlangt keine Einwilligungen" in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 80
