"""What docs/operations.md tells to type works: in a published house, behind the server that it describes."""

from __future__ import annotations

import configparser
import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from pipeline import workflow
from pipeline.cli import hdw as group
from tests import parts
from tests.cli.calling import COMMAND, environment
from tests.published import KEPT, NOW, current, swap
from tests.servers import nginx

DOCS = Path(__file__).parent.parent.parent / "docs"
PAGES = {name: (DOCS / name).read_text(encoding="utf-8") for name in ("operations.md", "de/betrieb.md")}
OPERATIONS = PAGES["operations.md"]
TYPED = re.compile(r"^ {4,}(hdw .+)$", re.MULTILINE)
INI = re.compile(r"^```ini\n# \S+/(\S+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
HOUSE = "/home/podcast/haus"
IGNORED = ".hdw/\noutput/\nprivate/\nepisodes/*/published/\n"
AS = ("-c", "user.name=Zeitgeber", "-c", "user.email=podcast@example.org")
BOTH = "<<<<<<< HEAD\n{}\n=======\n{}\n>>>>>>> 0a1b2c3\n"


@pytest.fixture(scope="module")
def once(secure_once: Path) -> Path:
    return secure_once


@pytest.fixture
def server(house: Path, tmp_path: Path, port: int, certificate: Path) -> Iterator[str]:
    shared, site = (workflow.server_config(house, "nginx", now=NOW, part=one) for one in ("shared", "site"))
    with nginx(house, tmp_path, shared=shared, more=site, port=port, certificate=certificate) as address:
        yield address


def run(words: list[str], cwd: Path, language: str = "en") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        words, cwd=cwd, env=environment(language), capture_output=True, encoding="utf-8", check=False
    )


def hdw(line: str, cwd: Path, language: str = "en") -> subprocess.CompletedProcess[str]:
    return run([*COMMAND, *shlex.split(line)[1:]], cwd, language)


@pytest.mark.parametrize("page", PAGES)
def test_every_command_can_be_typed_as_it_stands(page: str, house: Path, server: str) -> None:
    commands = list(dict.fromkeys(TYPED.findall(PAGES[page])))
    assert len(commands) >= 5
    for command in commands:
        done = hdw(command, house)
        assert done.returncode == 0, f"{command}: {done.stdout}{done.stderr}"


def test_a_new_computer_is_one_with_the_target_and_a_lost_server_comes_back(house: Path, server: str) -> None:
    assert "Nothing to do" in hdw("hdw publish --dry-run", house).stdout
    before = {path.relative_to(current(house)) for path in current(house).rglob("*")}
    shutil.rmtree(house.parent / "srv")
    shutil.rmtree(house / "output")
    shutil.rmtree(house / ".hdw")
    assert hdw("hdw verify", house).returncode == 1
    done = hdw("hdw publish --yes", house)
    assert done.returncode == 0, done.stderr
    assert {path.relative_to(current(house)) for path in current(house).rglob("*")} == before
    assert hdw("hdw verify --all", house).returncode == 0


def git(*arguments: str, cwd: Path) -> str:
    done = run([parts.program("git"), *AS, *arguments], cwd)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture
def shared(house: Path) -> Path:
    """The house on a git server, without recordings; what came of it at the first editor."""
    (house / ".gitignore").write_text(f"{IGNORED}*.mp3\n", encoding="utf-8")
    for arguments in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "Haus"]):
        git(*arguments, cwd=house)
    git("clone", "-q", "--bare", ".", "../server.git", cwd=house)
    git("remote", "add", "origin", "../server.git", cwd=house)
    git("clone", "-q", "server.git", "zweite", cwd=house.parent)
    return house.parent / "zweite"


def units() -> dict[str, configparser.ConfigParser]:
    found = {}
    for name, text in INI.findall(OPERATIONS):
        found[name] = configparser.ConfigParser(interpolation=None, strict=False)
        found[name].optionxform = str  # type: ignore[assignment,method-assign]
        found[name].read_string(text)
    return found


def steps(text: str) -> list[str]:
    return re.findall(r"^ExecStart(?:Pre|Post)?=(.+)$", text, re.MULTILINE)


def test_the_timer_publishes_and_brings_the_ledger_to_the_others(
    shared: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What systemd would start, one after the other, with this house in place of that of the page."""
    for name, value in (("NAME", "Zeitgeber"), ("EMAIL", "podcast@example.org")):
        monkeypatch.setenv(f"GIT_AUTHOR_{name}", value)
        monkeypatch.setenv(f"GIT_COMMITTER_{name}", value)
    parts.program("git")
    (text,) = (text for name, text in INI.findall(OPERATIONS) if name.endswith(".service"))
    commands = [shlex.split(line) for line in steps(text)]
    assert [words[0].rpartition("/")[2] for words in commands] == ["git", "hdw", "sh", "git"]
    for words in commands:
        if words[0] == f"{HOUSE}/.venv/bin/hdw":
            words[:] = [*COMMAND, *words[1:], "--no-verify"]
    episode = shared / "episodes" / KEPT[0] / "episode.md"
    swap(episode, "Was ist das Haus?", "Was ist dieses Haus?")
    date = next(one for one in episode.read_text(encoding="utf-8").splitlines() if one.startswith("date:"))
    swap(episode, date, "date: 2026-11-24 14:30")  # after the last publication, so it became due
    git("commit", "-qam", "Titel", cwd=shared)
    git("push", "-q", cwd=shared)
    for _ in range(2):  # the second time nothing became due
        for words in commands:
            done = run(words, shared)
            assert done.returncode == 0, f"{words}: {done.stdout}{done.stderr}"
    log = git("log", "--format=%s", "origin/HEAD", cwd=shared).splitlines()
    assert log in (["Titel", "Haus"], ["Published by the timer", "Titel", "Haus"])
    assert "dieses Haus" in (shared.parent / "srv/current/feed.xml").read_text(encoding="utf-8")
    assert git("status", "--porcelain", cwd=shared) == ""


def test_the_timer_starts_the_service_and_both_are_units(tmp_path: Path) -> None:
    found = units()
    assert set(found) == {"hdw-publish.service", "hdw-publish.timer"}
    assert found["hdw-publish.service"]["Service"]["WorkingDirectory"] == HOUSE
    assert found["hdw-publish.timer"]["Install"]["WantedBy"] == "timers.target"


def test_whoever_publishes_an_old_copy_sees_that_it_takes_something_back(house: Path, shared: Path) -> None:
    swap(shared / "episodes" / KEPT[0] / "episode.md", "Was ist das Haus?", "Was ist dieses Haus?")
    assert hdw("hdw publish --yes --no-verify", shared).returncode == 0
    shown = hdw("hdw publish --dry-run", house).stdout
    assert "Was ist das Haus?" in shown
    assert "title" in shown


@pytest.mark.parametrize(
    "file",
    [
        "podcast.toml",
        "content/people/ansage.md",
        "episodes/ledger.toml",
        f"episodes/{KEPT[0]}/episode.md",
        f"episodes/{KEPT[0]}/transcript.vtt",
    ],
)
def test_where_git_left_two_versions_check_names_the_line_and_nothing_is_published(
    house: Path, file: str
) -> None:
    path = house / file
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    place = len(lines) // 2
    line = lines[place].rstrip("\n")
    lines[place] = BOTH.format(line, line)
    path.write_text("".join(lines), encoding="utf-8")
    done = hdw("hdw check", house)
    assert done.returncode == 1
    section = done.stdout.partition(f"{file}\n")[2]
    assert int(re.match(r"\s+(\d+) ", section)[1]) in {place + 1, place + 2}  # type: ignore[index]
    assert hdw("hdw publish --yes --no-verify", house).returncode == 1


def test_the_commands_of_cron_are_those_of_the_program() -> None:
    lines = re.findall(r"^[\d*/ ]+cd (\S+) && \.venv/bin/hdw (.+)$", OPERATIONS, re.MULTILINE)
    assert len(lines) == 3
    for folder, call in lines:
        assert folder == HOUSE
        words = shlex.split(call.partition(">")[0])
        command = group.get_command(click.Context(group), words[0])
        assert command
        command.make_context(words[0], words[1:])
