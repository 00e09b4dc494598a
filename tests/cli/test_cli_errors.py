"""What goes wrong: a sentence, a place, one hint; the exit code; a log for bugs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.cli import failing
from pipeline.cli.speaking import speak
from pipeline.errors import FeedError, Problem, Where
from pipeline.messages import msg
from tests.cli.calling import COMMAND, Hdw, environment


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (
            "buidl",
            "Den Befehl „buidl“ gibt es nicht. Gemeint ist vielleicht: build\n\nHinweis: ",
        ),
        (
            "add --titel x",
            "Die Option „--titel“ gibt es nicht. Gemeint ist vielleicht: --title\n\n"
            "Hinweis: Alle Optionen: hdw add --help\n",
        ),
        ("add", "Es fehlt die Angabe „AUFNAHME…“.\n\nHinweis: Alle Optionen: hdw add --help\n"),
        ("status 7", "Eine Angabe ist zu viel: 7\n\nHinweis: Alle Optionen: hdw status --help\n"),
        ("transcript approve x", "Es fehlt die Option „--by“.\n\nHinweis: "),
        ("serve --port x", "„--port“: ein Port ist eine Zahl von 0 bis 65535.\n\nHinweis: "),
        (
            "schema x",
            "„ART“: „x“ ist keines von „episode“, „person“, „series“, „topic“, „page“, „settings“, "
            "„glossary“, „consent“.\n\n",
        ),
        (
            "build --now",
            "Die Option „--now“ braucht einen Wert.\n\nHinweis: Alle Optionen: hdw build --help\n",
        ),
    ],
)
def test_a_misuse_is_told_in_german_and_exits_with_2(hdw: Hdw, call: str, said: str) -> None:
    done = hdw(*call.split())
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(said)
    assert "Usage" not in done.stderr


def test_an_error_says_what_then_where_then_one_hint(hdw: Hdw, house_folder: Path, tmp_path: Path) -> None:
    done = hdw("init", str(house_folder))
    assert done.returncode == 2
    assert done.stderr.startswith(f"Der Ordner ist nicht leer: {house_folder}\n\nHinweis: ")


def test_the_cause_is_shown_with_verbose_only(hdw: Hdw, house_folder: Path) -> None:
    broken = house_folder / "content/people/mira-beispiel.md"
    broken.write_bytes(b"---\nname: \xff\n---\n")
    recording = house_folder / "leer.mp3"
    recording.write_bytes(b"kein Ton")
    broken.write_text("---\nname: Mira\n---\n", encoding="utf-8")
    plain, verbose = hdw("add", str(recording)), hdw("add", str(recording), "--verbose")
    assert plain.returncode == verbose.returncode == 1
    assert "Ursache" not in plain.stderr
    assert "\nUrsache: " in verbose.stderr
    assert "Traceback" not in verbose.stderr


BUG = """
import sys
from pipeline import cli, workflow
def broken(*_, **__): raise ZeroDivisionError("by zero")
workflow.status = workflow.add = workflow.find = broken
sys.exit(cli.run(sys.argv[1:]))
"""


def _bug(folder: Path, temporary: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", BUG, *arguments],
        cwd=folder,
        env={**environment("de"), "TMPDIR": str(temporary)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_a_bug_is_told_as_one_and_kept_in_the_houses_log(house_folder: Path, tmp_path: Path) -> None:
    done = _bug(house_folder, tmp_path, "--lang", "de", "status")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("Das ist ein Fehler im Programm hdw, kein Bedienfehler: ZeroDivisionError")
    assert "Verloren ist nichts." in done.stderr
    assert "Traceback" not in done.stderr
    (log,) = (house_folder / ".hdw" / "log").iterdir()
    assert str(log) in done.stderr
    kept = log.read_text(encoding="utf-8")
    assert kept.startswith("hdw --lang de status\n")
    assert "ZeroDivisionError: by zero" in kept


def test_a_bug_outside_of_a_house_is_kept_in_the_temporary_folder(tmp_path: Path) -> None:
    (tmp_path / "tmp").mkdir()
    _bug(tmp_path, tmp_path / "tmp", "status")
    assert len(list((tmp_path / "tmp").glob("hdw-*.log"))) == 1


def test_a_bug_of_a_command_that_writes_promises_nothing(house_folder: Path, tmp_path: Path) -> None:
    assert "Verloren" not in _bug(house_folder, tmp_path, "add", "x.mp3").stderr


def test_verbose_shows_the_traceback_of_a_bug(house_folder: Path, tmp_path: Path) -> None:
    assert "Traceback" in _bug(house_folder, tmp_path, "status", "--verbose").stderr


@pytest.mark.parametrize("call", ["", "status", "schema episode"])
def test_a_closed_pipe_is_no_error_message(house_folder: Path, call: str) -> None:
    command = subprocess.Popen(
        [*COMMAND, *call.split()],
        cwd=house_folder,
        env=environment("de"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert command.stdout is not None
    assert command.stderr is not None
    command.stdout.close()
    assert command.stderr.read() == b""
    command.stderr.close()
    command.wait()


def test_a_file_that_cannot_be_written_is_no_bug(hdw: Hdw, tmp_path: Path) -> None:
    (tmp_path / "datei").write_text("", encoding="utf-8")
    done = hdw(
        "init", str(tmp_path / "datei" / "haus"),
        "--name", "H", "--title", "T", "--address", "https://p.example.org/", "--email", "a@b.de",
    )  # fmt: skip
    assert done.returncode == 1
    assert done.stderr.startswith("Das ist eine Datei; nötig ist ein Ordner: ")


def test_every_rule_that_a_feed_breaks_is_said_with_its_remedy(capsys: pytest.CaptureFixture[str]) -> None:
    problems = tuple(
        Problem(msg("{tag} is missing", tag=tag), Where("feed.xml", line), msg("Write it."))
        for line, tag in ((3, "title"), (9, "guid"))
    )
    speak("en")
    failing.say_error(FeedError(msg("The feed breaks 2 rules."), where="feed.xml", problems=problems))
    said = capsys.readouterr().err
    assert said.startswith("The feed breaks 2 rules.\n\nfeed.xml\n")
    assert "title is missing" in said
    assert "guid is missing" in said
    assert said.count("Write it.") == 2
