"""The front door: help is cheap, German, grouped by work, and readable at 80 columns."""

from __future__ import annotations

import inspect
import subprocess
import sys
from collections.abc import Iterator

import click
import pytest

from pipeline import cli
from pipeline.cli.group import spoken
from pipeline.cli.speaking import speak
from tests.cli.calling import Hdw

HEAVY = ["torch", "whisper", "pelican", "mutagen", "feedgen", "av", "numpy", "lxml", "pydantic", "rich"]
NAMES = [name for _, names in cli.WORK for name in names]


def test_help_imports_nothing_heavy() -> None:
    code = f"import sys; from pipeline.cli import run; run(['--help'])\nassert not set({HEAVY}) & set(sys.modules)"  # noqa: E501
    assert subprocess.run([sys.executable, "-c", code], check=False, capture_output=True).returncode == 0


def test_help_groups_the_commands_by_work(hdw: Hdw) -> None:
    done = hdw("--help")
    titles = [line for line in done.stdout.splitlines() if line.endswith(":") and line[0] != " "]
    assert titles == [
        "Optionen:",
        "Im Browser:",
        "Aufnahme:",
        "Transkript:",
        "Website:",
        "Veröffentlichung:",
        "Haus:",
    ]
    assert all(f"\n  {name} " in done.stdout for name in NAMES)


def test_the_bare_command_says_the_same_as_help(hdw: Hdw) -> None:
    bare = hdw()
    assert (bare.returncode, bare.stderr) == (0, "")
    assert bare.stdout == hdw("--help").stdout


@pytest.mark.parametrize(
    "name", ["", *NAMES, "transcript approve", "model convert", "model list", "feed show", "feed diff"]
)
@pytest.mark.parametrize("language", ["de", "en"])
def test_every_help_fits_80_columns(hdw: Hdw, name: str, language: str) -> None:
    done = hdw(*name.split(), "--help", "--lang", language)
    assert done.returncode == 0
    assert done.stdout.startswith("Aufruf: hdw" if language == "de" else "Usage: hdw")
    assert max(map(len, done.stdout.splitlines())) <= 80


def _commands() -> Iterator[click.Command]:
    context = click.Context(cli.hdw)
    waiting: list[click.Command] = [cli.hdw]
    while waiting:
        command = waiting.pop()
        yield command
        if isinstance(command, click.Group):
            waiting += filter(None, (command.get_command(context, n) for n in command.list_commands(context)))


def test_no_help_is_left_in_english() -> None:
    speak("en")
    english = list(_commands())
    speak("de")
    for command, german in zip(english, map(spoken, _commands()), strict=True):
        assert german.help != inspect.cleandoc(command.help or "")
        told = {param.name: getattr(param, "help", None) for param in german.params}
        for param in command.params:
            assert not getattr(param, "help", None) or told[param.name] != param.help, param.name


def test_language_and_verbose_stand_before_or_after_the_command(hdw: Hdw) -> None:
    before = hdw("--lang", "en", "--verbose", "status")
    after = hdw("status", "--verbose", "--lang", "en")
    assert before.returncode == after.returncode == 0
    assert before.stdout == after.stdout
    assert before.stdout.startswith("Episode ")


def test_schema_speaks_the_language_of_the_call(hdw: Hdw) -> None:
    german, english = hdw("schema", "episode").stdout, hdw("schema", "episode", "--lang", "en").stdout
    assert german != english
    assert len(german.splitlines()) == len(english.splitlines())
